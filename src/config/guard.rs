//! What shows that a site has something to guard.

use std::ops::Range;

/// Something that says who reads what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Guard {
    /// What it is.
    pub kind: GuardKind,
    /// Where it stands in its file.
    pub span: Range<usize>,
}

/// Its kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words below say what each one is")]
pub(crate) enum GuardKind {
    RoleBlock,
    Roles,
    Cascade,
    RolesTable,
    EditionsTable,
    RequireRoles,
    DefaultRoles,
}

impl GuardKind {
    /// What people call it, in English and Chinese.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            GuardKind::RoleBlock => ("a role block", "角色块"),
            GuardKind::Roles => ("`roles` of a page", "页面的 `roles`"),
            GuardKind::Cascade => ("`cascade` of a folder", "目录的 `cascade`"),
            GuardKind::RolesTable => ("`[roles]`", "`[roles]`"),
            GuardKind::EditionsTable => ("`[editions]`", "`[editions]`"),
            GuardKind::RequireRoles => ("`require_roles`", "`require_roles`"),
            GuardKind::DefaultRoles => ("`default_roles`", "`default_roles`"),
        }
    }
}
