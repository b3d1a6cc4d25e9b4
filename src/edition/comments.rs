//! Comments of other systems: cut for everybody.

use std::ops::Range;

use super::cut::Sight;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::markdown::comments::{Comment, Kind};

/// Adds comments to what is cut.
pub(crate) fn cut(
    comments: Vec<Comment>,
    place: &dyn Fn(&Range<usize>) -> Place,
    sight: &mut Sight,
) {
    if comments.is_empty() {
        return;
    }
    let blocks = sight.cuts.clone();
    let mut found = Vec::new();
    for Comment { span, opening, kind, is_closed } in comments {
        // Nothing is said of what other readers alone see.
        let is_seen = !blocks.iter().any(|cut| cut.contains(&opening.start));
        let code = if is_closed { Code::CommentLeftOut } else { Code::CommentUnclosed };
        if !is_closed || is_seen && kind != Kind::Html {
            let Place { path, span } = place(&opening);
            let problem = Diagnostic::at(code, &path, span);
            sight.problems.push(problem.with("form", kind.form()));
        }
        found.push(span);
    }
    sight.add(found.into_iter());
}
