//! Pages that do not have a term but have relatives of it.

/// Relatives of one term, for the writer.
pub struct Near {
    /// As in the index, or two such words with a space between them, or three to six characters
    /// of unspaced script.
    pub term: String,
    /// Numbers of entries, ascending, and impacts, which are lower than those of the relatives.
    pub pages: Vec<(u32, u8)>,
}
