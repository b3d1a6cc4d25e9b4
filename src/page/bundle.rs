//! Bundles: scripts of the theme that `themes/bundle.mjs` has put into one file before tier0 was
//! built. A bundle says at its top what it was made from, and stands for that as long as nobody
//! has changed any of it.

use std::collections::BTreeMap;

/// A bundle.
#[derive(Debug)]
pub(crate) struct Bundle<'t> {
    /// The script that begins it, and then the ones that this imports.
    pub sources: Vec<&'t str>,
    /// What is published.
    pub code: &'t str,
    /// Whether the scripts of the theme are those that it was made from, and those that bundles it
    /// works together with were made from.
    pub stands: bool,
}

impl<'t> Bundle<'t> {
    /// Reads a bundle; there is none in a file that does not say what it was made from. `hashes`:
    /// of the scripts of the theme.
    pub(crate) fn read(text: &'t str, hashes: &BTreeMap<&str, String>) -> Option<Self> {
        let (head, code) = text.split_once("\n\n")?;
        let mut bundle = Bundle { sources: Vec::new(), code, stands: true };
        for line in head.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            let ["//", how @ ("from" | "with"), name, hash] = words[..] else {
                continue;
            };
            if how == "from" {
                bundle.sources.push(name);
            }
            bundle.stands &= hashes.get(name).is_some_and(|own| own == hash);
        }
        (!bundle.sources.is_empty()).then_some(bundle)
    }
}

/// 64 bits of FNV-1a, as in `themes/bundle.mjs`: enough to see that a text is another.
pub(crate) fn hash(text: &str) -> String {
    let step = |sum: u64, byte: u8| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}
