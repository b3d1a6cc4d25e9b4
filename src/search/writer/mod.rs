//! Entries into the files of an index.
//!
//! 1. [`count`], in parallel: how often each term stands in each field of a page, as impacts.
//! 2. [`shards`]: terms sorted, lists written, cut into files.
//! 3. [`chunks`]: titles and texts of pages; [`facets`]; [`words`]: lists that help a query
//!    that finds nothing.
//! 4. The manifest, which names them all.

mod chunks;
mod count;
mod facets;
mod shards;
mod words;

pub(super) use count::Term;

use super::Entry;
use super::format::{DocChunk, FORMAT_VERSION, HASH, Inline, MANIFEST, Manifest, TermShard};
use super::query;
use super::relations::{self, Vocabulary};
use super::simplify::simplify;
use rayon::prelude::*;
use serde::Serialize;

/// Shards and chunks of at most this many bytes lie in the manifest.
const MOST_INLINE: usize = 48_000;

/// A file of the index.
pub(crate) struct File {
    /// Relative to the folder of the index.
    pub name: String,
    /// JSON.
    pub bytes: Vec<u8>,
}

/// What readers may filter by besides the kind: names and labels.
#[derive(Default)]
pub(crate) struct Labels {
    /// Roles; none in an edition for one kind of reader.
    pub roles: Vec<(String, String)>,
    /// Products.
    pub products: Vec<(String, String)>,
    /// Versions, the newest first.
    pub versions: Vec<(String, String)>,
}

/// Writes the index of one language.
pub(crate) fn write_index(
    language: &str,
    labels: &Labels,
    entries: &[Entry],
    vocabulary: &Vocabulary,
) -> Vec<File> {
    let chinese = language.starts_with("zh");
    let mut files = Vec::new();
    let mut manifest = Manifest {
        format: FORMAT_VERSION,
        language: language.to_owned(),
        pages: entries.len(),
        ..Manifest::default()
    };
    let terms = count::count(entries, vocabulary, chinese);
    let near = relations::near(&terms, vocabulary);
    let terms = shards::sorted(terms, near);
    for (letter, list) in words::fuzzy(&terms, entries.len()) {
        let hash = file(&format!("fuzzy/{letter}"), &list, &mut files);
        manifest.fuzzy.insert(letter.to_string(), hash);
    }
    if chinese {
        manifest.variants = Some(file("variants", &words::variants(&terms), &mut files));
        let known = terms.iter().filter(|row| vocabulary.knows(&row.term));
        let known = known.map(|row| (row.term.as_str(), row.list.len()));
        manifest.pinyin = Some(file("pinyin", &words::pinyin(entries, known), &mut files));
    }
    let (first, terms) = shards::shards(terms, entries.len());
    manifest.first = first;
    manifest.facets = file("facets", &facets::facets(labels, entries), &mut files);
    let (texts, text_of) = chunks::texts(entries);
    let texts = numbered("text", &texts, &mut files);
    let (docs, kinds) = chunks::docs(entries, &texts, &text_of);
    manifest.kinds = kinds;
    for (page, entry) in entries.iter().enumerate() {
        for query in entry.promoted {
            let key = query::terms(&simplify(query)).key();
            manifest.promoted.entry(key).or_default().push(page);
        }
    }
    place(&mut manifest, terms, docs, &mut files);
    files.push(File { name: MANIFEST.to_owned(), bytes: json(&manifest) });
    files
}

/// Puts shards and chunks into the manifest or into files of their own.
fn place(
    manifest: &mut Manifest,
    terms: Vec<TermShard>,
    docs: Vec<DocChunk>,
    files: &mut Vec<File>,
) {
    let written: [Vec<Vec<u8>>; 2] =
        [terms.par_iter().map(json).collect(), docs.par_iter().map(json).collect()];
    if written.iter().flatten().map(Vec::len).sum::<usize>() <= MOST_INLINE {
        manifest.inline = Some(Inline { terms, docs });
        return;
    }
    let [terms, docs] = written;
    manifest.terms = folder("terms", terms, files);
    manifest.docs = folder("docs", docs, files);
}

/// Files `STEM-HASH/N.json` with one hash for all, since a new page changes nearly all of them
/// anyway; gives the hash.
fn folder(stem: &str, all: Vec<Vec<u8>>, files: &mut Vec<File>) -> String {
    let mut hasher = blake3::Hasher::new();
    for bytes in &all {
        hasher.update(bytes);
    }
    let hash = symbols(hasher.finalize());
    let names = (0..).map(|number| format!("{stem}-{hash}/{number}.json"));
    files.extend(names.zip(all).map(|(name, bytes)| File { name, bytes }));
    hash
}

/// Files `FOLDER/N-HASH.json`; gives their names without folder and ending.
fn numbered<T: Serialize + Sync>(folder: &str, all: &[T], files: &mut Vec<File>) -> Vec<String> {
    let written: Vec<_> = all.par_iter().map(json).collect();
    let mut names = Vec::with_capacity(all.len());
    for (number, bytes) in written.into_iter().enumerate() {
        let name = format!("{number}-{}", hash(&bytes));
        files.push(File { name: format!("{folder}/{name}.json"), bytes });
        names.push(name);
    }
    names
}

/// A file `STEM-HASH.json`; gives its hash.
fn file<T: Serialize>(stem: &str, content: &T, files: &mut Vec<File>) -> String {
    let bytes = json(content);
    let hash = hash(&bytes);
    files.push(File { name: format!("{stem}-{hash}.json"), bytes });
    hash
}

fn json<T: Serialize>(content: &T) -> Vec<u8> {
    // Strings and numbers only: serialization has nothing to fail on.
    serde_json::to_vec(content).unwrap_or_default()
}

fn hash(bytes: &[u8]) -> String {
    symbols(blake3::hash(bytes))
}

/// Six bits a character; all may stand in a url and in a file name.
fn symbols(hash: blake3::Hash) -> String {
    const SYMBOLS: &[u8; 64] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    hash.as_bytes()[..HASH].iter().map(|byte| char::from(SYMBOLS[usize::from(byte & 63)])).collect()
}
