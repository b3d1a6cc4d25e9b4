//! Switches that let a test take away filters and see that other tests notice.
//!
//! Only debug builds have them, a switch acts on the thread that set it, and nothing in tier0 sets
//! one. In release builds [`off`] is `false` and leaves no trace.

/// Defines [`Filter`] and the list of all together, so that neither can miss a row.
macro_rules! filters {
    ($($(#[$text:meta])* $name:ident)*) => {
        /// Everything that keeps content from the wrong readers.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[cfg_attr(not(debug_assertions), allow(unreachable_pub, reason = "tests take it from outside"))]
        pub enum Filter { $($(#[$text])* $name),* }

        #[cfg(debug_assertions)]
        impl Filter {
            /// All filters.
            pub const ALL: &[Filter] = &[$(Filter::$name),*];
        }
    };
}

filters! {
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

/// Whether a test has taken this filter away.
#[cfg(debug_assertions)]
pub(crate) fn off(filter: Filter) -> bool {
    OFF.get() & bit(filter) != 0
}

/// Whether a test has taken this filter away: never.
#[cfg(not(debug_assertions))]
pub(crate) const fn off(_: Filter) -> bool {
    false
}

/// Takes filters away on this thread; all others are on.
#[cfg(debug_assertions)]
pub fn switch_off(filters: impl IntoIterator<Item = Filter>) {
    OFF.set(filters.into_iter().fold(0, |off, filter| off | bit(filter)));
}

#[cfg(debug_assertions)]
fn bit(filter: Filter) -> u32 {
    1 << filter as u32
}
