//! Comments of other systems: cut for everybody.

use std::ops::Range;

use super::cut::Visibility;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::syntax::comments::{Comment, Kind};

/// Adds comments to what is cut.
pub(crate) fn cut(
    comments: Vec<Comment>,
    place: &dyn Fn(&Range<usize>) -> Place,
    visibility: &mut Visibility,
) {
    if comments.is_empty() {
        return;
    }
    let blocks = visibility.cuts.clone();
    let mut found = Vec::new();
    for Comment { span, opening, kind, is_closed } in comments {
        // Nothing is reported for what other readers alone see.
        let is_seen = !blocks.iter().any(|cut| cut.contains(&opening.start));
        let code = if is_closed { Code::CommentLeftOut } else { Code::CommentUnclosed };
        if !is_closed || is_seen && kind != Kind::Html {
            let Place { path, span } = place(&opening);
            let problem = Diagnostic::at(code, &path, span);
            visibility.problems.push(problem.with("form", kind.form()));
        }
        found.push(span);
    }
    visibility.add(found.into_iter());
}
