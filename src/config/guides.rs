//! `[guides]`: what a site calls the parts of its guides.

use crate::spanned::reader::TableReader;

/// `[guides]`: headings that count besides those tier0 knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the names say it")]
pub(crate) struct Guides {
    pub symptom: Vec<String>,
    pub applies_to: Vec<String>,
    pub cause: Vec<String>,
    pub solution: Vec<String>,
}

/// Reads the table.
pub(crate) fn read(guides: &mut Guides, mut reader: TableReader<'_>) {
    let mut headings = |key| {
        let texts = reader.texts(key).unwrap_or_default();
        texts.into_iter().map(|text| text.text).collect()
    };
    *guides = Guides {
        symptom: headings("symptom"),
        applies_to: headings("applies_to"),
        cause: headings("cause"),
        solution: headings("solution"),
    };
    reader.refuse_rest();
}
