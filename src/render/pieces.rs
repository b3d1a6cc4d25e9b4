//! Html in pieces, with holes between them.

/// A part of the html.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Finished html.
    Html(Box<str>),
    /// An attribute whose value is the address of a link, by its number in `links`; none where that leads
    /// nowhere.
    Address {
        /// The name of the attribute.
        name: Box<str>,
        /// The link.
        link: usize,
    },
    /// An image; its words where there is none.
    Image {
        /// Its tag up to the address.
        before: Box<str>,
        /// The link.
        link: usize,
        /// The rest of its tag.
        behind: Box<str>,
        /// What it shows.
        words: Box<str>,
    },
    /// Here begins a block, by its number in `blocks`.
    Block(usize),
}
