//! What shows, in one file, that a site has something to guard.

use super::Meta;
use crate::config::{Guard, GuardKind};
use crate::spanned::Table;
use crate::syntax;

/// The roles of a head, whose keys stand `offset` bytes into the file; else the first role block of the
/// body, which begins at `body_start`.
pub(super) fn find(
    meta: &Meta,
    table: &Table,
    offset: usize,
    text: &str,
    body_start: usize,
) -> Option<Guard> {
    let key = |names: &[&str]| {
        let entry = table.iter().find(|entry| names.contains(&entry.key.as_str()));
        entry.map_or(0..0, |entry| entry.key_span.start + offset..entry.key_span.end + offset)
    };
    if meta.roles.is_some() {
        return Some(Guard { kind: GuardKind::Roles, span: key(&["roles", "role"]) });
    }
    if meta.cascade_roles.is_some() {
        return Some(Guard { kind: GuardKind::Cascade, span: key(&["cascade"]) });
    }
    let at = syntax::first_role_block(&text[body_start..])? + body_start;
    Some(Guard { kind: GuardKind::RoleBlock, span: at..at + 1 })
}
