//! Switches that let a test take away filters and see that other tests notice.
//!
//! Only debug builds have them, a switch acts on the thread that set it, and nothing in tier0 sets
//! one. In release builds [`off`] is `false` and leaves no trace.

/// Defines [`Filter`] and the list of all together, so that neither can miss a row.
macro_rules! filters {
    ($($(#[$text:meta])* $name:ident)*) => {
        /// Everything that keeps content from the wrong readers.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// Front matter that is not in its proper form is an error.
    MistakenFrontMatter
    /// Front matter that is never closed is an error.
    UnclosedFrontMatter
    /// Roles that are given twice, or empty, are an error.
    RolesGivenOnce
    /// Roles that the site does not have are an error.
    KnownRoles
    /// A key that is almost `roles` is an error.
    RoleKeyTypos
    /// Roles that stand where they are not read are an error.
    StrayRoles
    /// A status that cannot be read keeps the page back.
    UnreadableStatus
    /// So does what says `draft` in the way of another system.
    DraftsElsewhere
    /// `cascade` outside a section's page is an error.
    StrayCascade

    // Pages.
    /// Pages of other roles are left out.
    PageRoles
    /// Drafts are left out.
    Drafts
    /// Pages that name no roles are refused where the site asks for roles.
    RequiredRoles
    /// A translation has the roles of what it translates.
    TranslatedRoles
    /// A translation is a draft where what it translates is one, unless it says otherwise.
    DraftsOfTranslations
    /// A translation is not more open than the folder it lies in.
    KeptBack
    /// A folder's page and the page beside the folder are no translations of each other.
    KindsOfPages
    /// A page has the roles that its folder hands down.
    CascadedRoles
    /// Where translations or pages of a folder name different roles, those count that all name.
    CommonRoles
    /// Keys of pages and folders that differ in case or spelling of letters are the same.
    FormsOfKeys
    /// A translation of a translation is as private as what is translated first.
    TranslationChains
    /// A translation of nothing is an error.
    LostTranslations
    /// A page with the ending of a language that the site does not have may be a translation.
    UnknownLanguages
    /// A page that is a symbolic link is not more open than what it leads to.
    LinkedArticles
    /// Roles that an edition does not have are not named on its pages.
    RoleNames

    // Blocks.
    /// `:::internal` is cut from what customers read.
    InternalBlocks
    /// So it is from the public edition, whatever roles it has besides.
    PublicIsPublic
    /// `:::only` is cut where none of its roles reads.
    OnlyBlocks
    /// Blocks whose readers nobody can tell are cut.
    UnclearBlocks
    /// Roles that are written in a way that is not read are an error.
    GarbledRoles
    /// `:::only` without roles is an error.
    BlocksWithoutRoles
    /// Roles on other containers are an error, and the container is cut.
    RolesOnOtherContainers
    /// Roles of blocks that the site does not have are an error.
    KnownBlockRoles
    /// A block that is not closed ends with the page.
    UnclosedToTheEnd
    /// A block that is not closed is an error, also where it is cut.
    UnclosedReported
    /// Role fences that the parser does not read are an error.
    FencesInHiding
    /// So are those with other characters that look like colons.
    WideFences
    /// So are role blocks in the markup of other tools, and roles in braces.
    MarksElsewhere
    /// A block that ends while a container is open in it is an error, and ends with the page.
    UnclosedInside
    /// Alerts that are named like a role are an error.
    AlertsForRoles
    /// So are alerts whose name is longer than that of a role.
    LongAlerts
    /// Labels of roles that an edition does not have are not known to its blocks.
    RoleLabels
    /// A page that is read in another way after the cut is an error, and shows nothing.
    ReadAgain
    /// A role block for others that is there after the cut is not written, and is an error.
    BlocksWritten
    /// Editions of one run share only bodies without containers.
    SharedBodies

    // Snippets.
    /// They are no pages.
    SnippetPages
    /// Snippets of other roles are left out.
    SnippetRoles
    /// So are drafts.
    SnippetDrafts
    /// A snippet that leaves something open is an error, and is left out.
    WholeSnippets
    /// Suggestions name snippets of the edition.
    SuggestedSnippets

    // The site.
    /// Files are part of the output only if a page leads to them.
    UnreferredFiles
    /// Files of a folder are published only to the readers that the folder names.
    FilesOfFolders
    /// Files that a browser would run are not published as they are.
    ActiveFiles
    /// A link to a page outside the edition is an error of its own.
    LinksOutside
    /// The address of a page outside the edition is not written out.
    AddressesOutside
    /// What is wrong with a page is said in editions that show it.
    ProblemsOutside
    /// Suggestions name files of the edition.
    SuggestedFiles

    // The leak gate.
    /// It reads names of files.
    GateNames
    /// It reads files.
    GateFiles
    /// It reads files that are not quite UTF-8.
    GateBrokenText
    /// It reads html without its tags.
    GateMarkup
    /// It reads characters that are written by their numbers.
    GateEscapes
    /// It finds role blocks by itself.
    GateScan
    /// It looks for blocks of a few words as a whole.
    GateShort
}

#[cfg(debug_assertions)]
thread_local! {
    static OFF: std::cell::Cell<u128> = const { std::cell::Cell::new(0) };
}

/// Whether a test has taken this filter away.
#[cfg(debug_assertions)]
pub fn off(filter: Filter) -> bool {
    OFF.get() & bit(filter) != 0
}

/// Whether a test has taken this filter away: never.
#[cfg(not(debug_assertions))]
pub const fn off(_: Filter) -> bool {
    false
}

/// Takes filters away on this thread; all others are on.
#[cfg(debug_assertions)]
pub fn switch_off(filters: impl IntoIterator<Item = Filter>) {
    OFF.set(filters.into_iter().fold(0, |off, filter| off | bit(filter)));
}

#[cfg(debug_assertions)]
fn bit(filter: Filter) -> u128 {
    1 << filter as u32
}
