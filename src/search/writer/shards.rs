//! Sorted terms, cut into shards.
//!
//! A shard ends where the first word of a key changes (in unspaced script, the first two
//! characters): phrases lie with the word that they begin with.
//!
//! A question in unspaced script asks for its pairs and its characters. The list of a character is
//! therefore repeated in every shard that has pairs which begin with it: one request gets both.
//!
//! A beginning that more terms have than a reader should load gets a list of its own, `be*`.

use super::super::fold::is_unspaced;
use super::super::format::{PREFIX_MARK, TermShard, compare_terms};
use super::super::postings::{self, Posting};
use super::super::relations::Near;
use super::count::Term;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Bytes of terms and lists, from which on a shard ends.
const SHARD: usize = 3_600;
/// Longer lists keep their heaviest pages: a word that stands everywhere decides nothing.
const MOST_POSTINGS: usize = 1_000;
/// The same for single characters, which say less and lie in several shards.
const MOST_OF_CHARACTER: usize = 500;
/// Terms with one beginning that are more bytes than this have a list for the beginning. Below
/// half a shard they never reach over more than two.
const MOST_BEGUN: usize = SHARD / 2;
/// The most frequent continuations, and their heaviest pages, are enough for a list that the next
/// letter replaces.
const CONTINUATIONS: usize = 24;
const MOST_CONTINUED: usize = 300;

/// A term with its lists.
pub(super) struct Row {
    pub(super) term: String,
    pub(super) list: Vec<Posting>,
    pub(super) raws: Vec<(String, u32)>,
    near: Vec<Posting>,
}

/// The terms in their order, relatives added.
pub(super) fn sorted(terms: Vec<Term>, near: Vec<Near>) -> Vec<Row> {
    let mut relatives: HashMap<String, Vec<Posting>> =
        near.into_iter().map(|Near { term, list }| (term, list)).collect();
    let row = |Term { term, list, raws }| {
        let near = relatives.remove(&term).unwrap_or_default();
        Row { term, list, raws, near }
    };
    let mut rows: Vec<Row> = terms.into_iter().map(row).collect();
    let mut phrases: Vec<Row> = relatives
        .into_iter()
        .map(|(term, near)| Row { term, list: vec![], raws: vec![], near })
        .collect();
    rows.append(&mut phrases);
    rows.par_sort_unstable_by(|a, b| compare_terms(&a.term, &b.term));
    rows
}

/// A key and its lists as they are written.
struct Line {
    term: String,
    list: String,
    near: String,
    /// How many pages have the term, if the list is cut.
    cut: Option<usize>,
}

impl Line {
    fn of(mut row: Row, most: usize, pages: usize) -> Self {
        let cut = (row.list.len() > most).then_some(pages);
        let list = postings::encode(&mut row.list, most);
        let near = postings::encode(&mut row.near, most);
        Line { term: row.term, list, near, cut }
    }

    fn size(&self) -> usize {
        self.term.len() + self.list.len() + self.near.len() + 2
    }
}

/// The shards, and where each begins.
pub(super) fn shards(rows: Vec<Row>, pages: usize) -> (String, Vec<TermShard>) {
    let mut begun = Vec::new();
    let sizes = sizes(&rows);
    beginnings(&rows, &sizes, 0..rows.len(), 0, &mut begun);
    let mut lines: Vec<Line> =
        begun.into_par_iter().map(|begun| continued(&rows, begun, pages)).collect();
    lines.par_extend(rows.into_par_iter().map(|row| {
        let pages = row.list.len();
        let most = if is_character(&row.term) { MOST_OF_CHARACTER } else { MOST_POSTINGS };
        Line::of(row, most, pages)
    }));
    lines.par_sort_unstable_by(|a, b| compare_terms(&a.term, &b.term));
    cut(&lines)
}

/// The bytes of all rows before each, nearly.
fn sizes(rows: &[Row]) -> Vec<usize> {
    let size = |row: &Row| row.term.len() + 2 + (row.list.len() + row.near.len()) * 3 / 2;
    let mut sum = 0;
    let before = rows.iter().map(|row| {
        sum += size(row);
        sum
    });
    std::iter::once(0).chain(before).collect()
}

/// A beginning: its length in bytes and the rows that have it.
type Begun = (usize, Range<usize>);

/// Finds the beginnings longer than `length` that too many of the rows in `range` have.
fn beginnings(
    rows: &[Row],
    sizes: &[usize],
    range: Range<usize>,
    length: usize,
    found: &mut Vec<Begun>,
) {
    let next = |row: &Row| row.term[length..].chars().next();
    let mut start = range.start;
    for group in rows[range].chunk_by(|a, b| next(a) == next(b)) {
        let end = start + group.len();
        if let Some(c) = next(&group[0]).filter(|c| *c != ' ')
            && sizes[end] - sizes[start] > MOST_BEGUN
            && group.len() > 1
        {
            let longer = length + c.len_utf8();
            found.push((longer, start..end));
            beginnings(rows, sizes, start..end, longer, found);
        }
        start = end;
    }
}

/// The list of a beginning: of each page its heaviest continuation.
fn continued(rows: &[Row], (length, range): Begun, pages: usize) -> Line {
    let beginning = &rows[range.start].term[..length];
    let mut terms: Vec<&Row> =
        rows[range.clone()].iter().filter(|row| row.term.len() > length).collect();
    terms.sort_by_key(|row| std::cmp::Reverse(row.list.len()));
    terms.truncate(CONTINUATIONS);
    let mut best: BTreeMap<u32, u8> = BTreeMap::new();
    let mut frequency = 0;
    for row in terms {
        frequency += row.list.len();
        for posting in &row.list {
            let key = best.entry(posting.page).or_default();
            *key = posting.key.max(*key);
        }
    }
    let list = best.into_iter().map(|(page, key)| Posting { page, key }).collect();
    let term = format!("{beginning}{PREFIX_MARK}");
    let mut line = Line::of(Row { term, list, raws: vec![], near: vec![] }, MOST_CONTINUED, 0);
    line.cut = Some(frequency.min(pages));
    line
}

fn cut(lines: &[Line]) -> (String, Vec<TermShard>) {
    let (mut firsts, mut shards) = (vec![""], Vec::new());
    let (mut held, mut size): (Vec<&Line>, usize) = (Vec::new(), 0);
    let mut character = None;
    for (at, line) in lines.iter().enumerate() {
        if size >= SHARD && root(&lines[at - 1].term) != root(&line.term) {
            shards.push(shard(&held));
            firsts.push(boundary(&lines[at - 1], line));
            held.clear();
            held.extend(
                character.filter(|character: &&Line| line.term.starts_with(&character.term)),
            );
            size = held.iter().map(|line| line.size()).sum();
        }
        if is_character(&line.term) {
            character = Some(line);
        }
        size += line.size();
        held.push(line);
    }
    shards.push(shard(&held));
    (firsts.join(","), shards)
}

/// One character of unspaced script.
fn is_character(term: &str) -> bool {
    let mut chars = term.chars();
    chars.next().is_some_and(is_unspaced) && chars.next().is_none()
}

/// What must not be torn apart.
fn root(term: &str) -> &str {
    let term = term.split(' ').next().unwrap_or(term);
    match term.char_indices().nth(2) {
        Some((end, _)) if term.starts_with(is_unspaced) => &term[..end],
        _ => term,
    }
}

/// The shortest beginning of a term that tells it from the one before.
fn boundary<'a>(before: &Line, line: &'a Line) -> &'a str {
    let ends = line.term.char_indices().map(|(at, c)| at + c.len_utf8());
    let mut beginnings = ends.map(|end| &line.term[..end]);
    beginnings
        .find(|beginning| compare_terms(&before.term, beginning).is_lt())
        .unwrap_or(&line.term)
}

fn shard(lines: &[&Line]) -> TermShard {
    let join = |text: fn(&Line) -> &str, with| {
        lines.iter().map(|line| text(line)).collect::<Vec<_>>().join(with)
    };
    let near =
        |(at, line): (usize, &&Line)| (!line.near.is_empty()).then(|| (at, line.near.clone()));
    let cut = |(at, line): (usize, &&Line)| line.cut.map(|pages| (at, pages));
    TermShard {
        terms: join(|line| &line.term, ","),
        lists: join(|line| &line.list, " "),
        near: lines.iter().enumerate().filter_map(near).collect(),
        cut: lines.iter().enumerate().filter_map(cut).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, SHARD, cut};

    #[test]
    fn a_character_lies_in_every_shard_of_its_pairs() {
        let line = |term: &str, size| {
            let (term, list) = (term.to_owned(), "!".repeat(size));
            Line { term, list, near: String::new(), cut: None }
        };
        let sizes = [("c", 9), ("路", 9), ("路*", 9), ("路口", SHARD), ("路由", SHARD)];
        let others = [("路由器", 9), ("路线", 9), ("退", 9)];
        let lines: Vec<Line> =
            sizes.into_iter().chain(others).map(|(term, size)| line(term, size)).collect();
        let (first, shards) = cut(&lines);
        let terms: Vec<&str> = shards.iter().map(|shard| shard.terms.as_str()).collect();
        assert_eq!(terms, ["c,路,路*,路口", "路,路由,路由器", "路,路线,退"]);
        assert_eq!(first, ",路由,路线");
    }
}
