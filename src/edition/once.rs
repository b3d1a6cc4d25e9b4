//! Problems that whole sites have alike: said once, with their number, at the first of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};

/// The arguments that make two problems one; none if each is said.
fn alike(code: Code) -> Option<&'static [&'static str]> {
    match code {
        Code::CommentLeftOut => Some(&["form"]),
        Code::AccessKeyUnread => Some(&["key", "value"]),
        Code::KeptBackToday => Some(&["key", "today"]),
        _ => None,
    }
}

/// Problems with one word for all that are alike, at the first of them.
pub(crate) fn once<'p>(problems: impl Iterator<Item = &'p Diagnostic>) -> Vec<Diagnostic> {
    type Places<'p> = BTreeSet<(&'p str, usize)>;
    type Kind<'p> = (&'static str, Vec<Option<&'p str>>);
    let mut said: BTreeMap<Kind<'_>, (&Diagnostic, Places<'_>)> = BTreeMap::new();
    let mut all = Vec::new();
    for problem in problems {
        let (Some(names), Some(place)) = (alike(problem.code), &problem.place) else {
            all.push(problem.clone());
            continue;
        };
        let values = names.iter().map(|name| problem.argument(name)).collect();
        let kind = (problem.code.definition().name, values);
        let at = (&*place.path, place.span.start);
        let (first, places) = said.entry(kind).or_insert_with(|| (problem, BTreeSet::new()));
        if places.first().is_none_or(|earlier| at < *earlier) {
            *first = problem;
        }
        places.insert(at);
    }
    all.extend(
        said.into_values()
            .map(|(first, places)| first.clone().with("count", places.len().to_string())),
    );
    all
}
