//! Switches that let a test take away policies and see that other tests notice.
//!
//! Only debug builds have them, a switch acts on the thread that set it, and nothing in tier0 sets
//! one. In release builds [`off`] is `false` and leaves no trace.

/// Defines [`Policy`] and the list of all together, so that neither can miss a row.
macro_rules! policies {
    ($($(#[$text:meta])* $name:ident)*) => {
        /// What decides who reads what, and the layers that look again.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[cfg_attr(not(debug_assertions), allow(unreachable_pub, reason = "tests take it from outside"))]
        pub enum Policy { $($(#[$text])* $name),* }

        #[cfg(debug_assertions)]
        impl Policy {
            /// All policies.
            pub const ALL: &[Policy] = &[$(Policy::$name),*];
        }
    };
}

policies! {
    // Front matter.
    /// Roles that the site does not have are an error.
    KnownRoles

    // Pages.
    /// Pages of other roles are left out.
    PageRoles
    /// Drafts are left out.
    Drafts
    /// A translation has the roles of what it translates.
    TranslatedRoles
    /// A page has the roles that its folder hands down.
    CascadedRoles

    // Blocks.
    /// `:::internal` is cut from what customers read.
    InternalBlocks
    /// So it is from the public edition, whatever roles it has besides.
    PublicIsPublic
    /// `:::only` is cut where none of its roles reads.
    OnlyBlocks
    /// Blocks whose readers nobody can tell are cut.
    UnclearBlocks
    /// Role fences that the parser does not read are an error.
    FencesInHiding
    /// A page that is read in another way after the cut is an error, and shows nothing.
    ReadAgain
    /// A role block for others that is there after the cut is not written, and is an error.
    BlocksWritten

    // Snippets.
    /// Snippets of other roles are left out.
    SnippetRoles

    // The site.
    /// Files are part of the output only if a page leads to them.
    UnreferredFiles
    /// Files of a folder are published only to the readers that the folder names.
    FilesOfFolders

    // The leak gate.
    /// It reads files.
    GateFiles
    /// It finds role blocks by itself.
    GateScan
}

#[cfg(debug_assertions)]
thread_local! {
    static OFF: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// Whether a test has taken this policy away.
#[cfg(debug_assertions)]
pub(crate) fn off(policy: Policy) -> bool {
    OFF.get() & bit(policy) != 0
}

/// Whether a test has taken this policy away: never.
#[cfg(not(debug_assertions))]
pub(crate) const fn off(_: Policy) -> bool {
    false
}

/// Takes policies away on this thread; all others are on.
#[cfg(debug_assertions)]
pub fn switch_off(policies: impl IntoIterator<Item = Policy>) {
    OFF.set(policies.into_iter().fold(0, |off, policy| off | bit(policy)));
}

#[cfg(debug_assertions)]
fn bit(policy: Policy) -> u32 {
    1 << policy as u32
}
