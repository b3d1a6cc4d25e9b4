//! Html in pieces, with holes between them.

/// A part of the html.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Finished html.
    Html(Box<str>),
    /// The address of a link goes here, by its number in `links`.
    Address(usize),
    /// Here begins a block, by its number in `blocks`.
    Block(usize),
}
