//! `versions`: which versions of its products a page is for.
//!
//! ```text
//! versions    = "all" | part { ("," | "、" | ";" | "|" | " or " | "或") part }
//! part        = comparison { comparison } | range | line | version ["+"] | declared name
//! comparison  = (">=" | ">" | "<=" | "<" | "=" | "≥" | "≤") version
//! range       = version (" - " | "–" | "—" | "~" | " to " | "至" | "到") version   both included
//! line        = number { "." number } "." ("x" | "*")
//! version     = ["v"] number { "." number } [suffix]
//! ```
//!
//! Parts are alternatives, but a lower and an upper bound beside each other are one range, if any
//! version lies between them. Full-width characters count as their common forms.
//!
//! Versions are compared number by number; numbers that are missing are zero. Of equal numbers
//! those come first that have a suffix for what is not finished (`-alpha`, `-beta`, `-rc1`), then
//! the version itself, then all other suffixes (`-p1`, ` SP2`).

use crate::text::fold::{for_people, plain};

/// The value of the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Versions {
    /// As written.
    pub written: String,
    /// What it says; None if unknown.
    pub range: Option<Range>,
}

/// Versions of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Range {
    /// All of them.
    All,
    /// Those of which one of these is true.
    AnyOf(Vec<Alternative>),
}

/// One way to name versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Alternative {
    /// Those between two bounds; a single version is both of its bounds.
    Between {
        /// The lower one.
        from: Option<Bound>,
        /// The upper one.
        to: Option<Bound>,
    },
    /// Those that begin with some numbers: `2.x`.
    Line {
        /// As written.
        text: String,
        /// The numbers.
        numbers: Vec<Number>,
    },
    /// A version that has no number, declared under this name.
    Named(String),
}

/// An end of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bound {
    /// The version as written, without `v`.
    pub text: String,
    /// The version.
    pub version: Version,
    /// Whether the version itself is among them.
    pub is_included: bool,
}

impl Alternative {
    /// The version, if it is only one.
    pub(crate) fn only(&self) -> Option<&str> {
        match self {
            Alternative::Named(name) => Some(name),
            Alternative::Between { from: Some(from), to: Some(to) } if from == to => {
                Some(&from.text)
            }
            _ => None,
        }
    }
}

/// A number of any length, without zeros in front: how many digits it has, and which.
type Number = (usize, String);

/// A version that can be compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    /// Without zeros at the end.
    numbers: Vec<Number>,
    /// Rank, word and number of each suffix; the last one stands for the end.
    suffixes: Vec<(i8, String, Number)>,
}

/// Where a version with a suffix stands; one without has the rank 0.
fn rank(word: &str) -> i8 {
    match word {
        "dev" | "snapshot" | "nightly" | "canary" => -5,
        "alpha" => -4,
        "beta" => -3,
        "m" | "milestone" | "pre" | "preview" => -2,
        "rc" | "cr" => -1,
        _ => 1,
    }
}

impl Version {
    /// Reads a version; none if it does not begin with a number.
    pub(crate) fn parse(text: &str) -> Option<Version> {
        let folded = for_people(text);
        let (mut numbers, mut rest) = numbers(without_v(folded.trim()))?;
        while numbers.last().is_some_and(|(digits, _)| *digits == 0) {
            numbers.pop();
        }
        let mut suffixes = Vec::new();
        while !rest.is_empty() {
            let (separated, word) = match rest.strip_prefix(['-', '_', '.', '+']) {
                Some(behind) => (true, behind),
                None => (false, rest.trim_start()),
            };
            let (word, behind) = cut(word, |c| c.is_ascii_alphabetic());
            let dotless = behind.strip_prefix(['-', '.']).filter(|_| !word.is_empty());
            let digits = |text| cut(text, |c| c.is_ascii_digit());
            let (count, behind) = match digits(behind) {
                ("", _) => {
                    dotless.map(digits).filter(|(d, _)| !d.is_empty()).unwrap_or(("", behind))
                }
                found => found,
            };
            let is_prose = rest.starts_with(' ') && count.is_empty() && !behind.is_empty();
            // Something else, or a mark that nothing follows.
            if is_prose || word.is_empty() && (count.is_empty() || !separated) {
                return None;
            }
            suffixes.push((rank(word), word.to_owned(), number(count)));
            rest = behind;
        }
        suffixes.push((0, String::new(), number("")));
        Some(Version { numbers, suffixes })
    }

    fn begins_with(&self, numbers: &[Number]) -> bool {
        let zero = number("0");
        let own = self.numbers.iter().chain(std::iter::repeat(&zero));
        numbers.iter().zip(own).all(|(a, b)| a == b)
    }
}

/// Parts that a value may have: each version of a site is compared with each of them.
pub(crate) const MOST_PARTS: usize = 500;

/// Whether a value has more parts than are read.
pub(crate) fn is_too_long(written: &str) -> bool {
    // In a part, each comparison counts.
    written.matches(|c: char| ",、，;；|｜<>≥≤=或".contains(c)).count()
        + written.matches(" or ").count()
        >= MOST_PARTS
}

impl Versions {
    /// Reads the value of the key. `declared` are the versions of the products of the page.
    pub(crate) fn read(written: &str, declared: &[&str]) -> Versions {
        let folded = plain(written);
        let range = if is_too_long(&folded) { None } else { range(folded.trim(), declared) };
        Versions { written: written.to_owned(), range }
    }
}

impl Range {
    /// Whether a version is among them.
    pub(crate) fn includes(&self, version: &str) -> bool {
        self.includes_parsed(version, Version::parse(version).as_ref())
    }

    /// The same for a version that is asked for often, and has been parsed once.
    pub(crate) fn includes_parsed(&self, version: &str, parsed: Option<&Version>) -> bool {
        let Range::AnyOf(alternatives) = self else { return true };
        alternatives.iter().any(|alternative| match (alternative, parsed) {
            (Alternative::Named(name), _) => is_same_name(name, version),
            (_, None) => false,
            (Alternative::Line { numbers, .. }, Some(version)) => version.begins_with(numbers),
            (Alternative::Between { from, to }, Some(version)) => {
                from.as_ref().is_none_or(|from| is_within(&from.version, version, from))
                    && to.as_ref().is_none_or(|to| is_within(version, &to.version, to))
            }
        })
    }
}

fn is_within(lower: &Version, upper: &Version, bound: &Bound) -> bool {
    lower < upper || bound.is_included && lower == upper
}

fn is_same_name(a: &str, b: &str) -> bool {
    for_people(a.trim()) == for_people(b.trim())
}

fn range(text: &str, declared: &[&str]) -> Option<Range> {
    if ["all", "*", "全部", "所有"].contains(&text.to_ascii_lowercase().as_str()) {
        return Some(Range::All);
    }
    let separated = text.replace(" or ", ",").replace('或', ",");
    let mut alternatives: Vec<Alternative> = Vec::new();
    for part in separated.split([',', '、', ';', '|']).map(str::trim) {
        for piece in pieces(part) {
            let next =
                alternative(piece).or_else(|| named(piece, declared).map(Alternative::Named))?;
            match alternatives.last().and_then(|last| joined(last, &next)) {
                Some(both) => {
                    alternatives.pop();
                    alternatives.push(both);
                }
                None => alternatives.push(next),
            }
        }
    }
    (!alternatives.is_empty()).then_some(Range::AnyOf(alternatives))
}

/// A part before each of its comparisons: `>=2.3 <2.4` is two.
fn pieces(part: &str) -> Vec<&str> {
    let is_mark = |c: char| matches!(c, '<' | '>' | '=' | '≥' | '≤');
    let mut starts = vec![0];
    let mut was_mark = true;
    for (at, c) in part.char_indices() {
        if is_mark(c) && !was_mark {
            starts.push(at);
        }
        was_mark = is_mark(c);
    }
    starts.push(part.len());
    let pieces = starts.windows(2).map(|pair| part[pair[0]..pair[1]].trim());
    pieces.filter(|piece| !piece.is_empty()).collect()
}

fn named(text: &str, declared: &[&str]) -> Option<String> {
    declared.iter().find(|name| is_same_name(name, text)).map(|name| (*name).to_owned())
}

fn alternative(piece: &str) -> Option<Alternative> {
    if let Some(rest) = piece.strip_prefix('=') {
        return single(rest.trim_start_matches('='));
    }
    const COMPARISONS: [(&str, bool, bool); 6] = [
        // Mark, whether it is a lower bound, whether the version itself is among them.
        (">=", true, true),
        ("≥", true, true),
        (">", true, false),
        ("<=", false, true),
        ("≤", false, true),
        ("<", false, false),
    ];
    for (mark, is_lower, is_included) in COMPARISONS {
        let Some(rest) = piece.strip_prefix(mark) else { continue };
        // `>=2.x` and `<2.x` speak of 2; what `<=2.x` means is anybody's guess.
        let text = match line(rest) {
            Some(_) if is_lower == is_included => {
                rest.trim().trim_end_matches(['x', 'X', '*', '.'])
            }
            _ => rest,
        };
        let bound = Some(bound(text, is_included)?);
        let (from, to) = if is_lower { (bound, None) } else { (None, bound) };
        return Some(Alternative::Between { from, to });
    }
    if let Some(version) = piece.strip_suffix('+') {
        return Some(Alternative::Between { from: Some(bound(version, true)?), to: None });
    }
    let between = between(piece);
    between.or_else(|| line(piece)).or_else(|| single(piece))
}

fn single(text: &str) -> Option<Alternative> {
    let bound = bound(text, true)?;
    Some(Alternative::Between { from: Some(bound.clone()), to: Some(bound) })
}

fn bound(text: &str, is_included: bool) -> Option<Bound> {
    let text = without_v(text.trim());
    let version = Version::parse(text).filter(|_| line(text).is_none())?;
    Some(Bound { text: text.to_owned(), version, is_included })
}

/// `1.0 - 1.5`. A hyphen without spaces is part of a version, unless only numbers are around it.
fn between(piece: &str) -> Option<Alternative> {
    let marks = [" - ", "–", "—", "~", " to ", "至", "到"];
    let plain =
        |text: &str| text.contains('.') && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let spaced = marks.iter().find_map(|mark| piece.split_once(mark));
    let (from, to) =
        spaced.or_else(|| piece.split_once('-').filter(|(from, to)| plain(from) && plain(to)))?;
    let (from, to) = (bound(from, true)?, bound(to, true)?);
    (from.version <= to.version).then_some(Alternative::Between { from: Some(from), to: Some(to) })
}

/// `2.x`.
fn line(piece: &str) -> Option<Alternative> {
    let text = without_v(piece.trim());
    let head = text.strip_suffix(['x', 'X', '*'])?.strip_suffix('.')?;
    let (numbers, rest) = numbers(head)?;
    rest.is_empty().then(|| Alternative::Line { text: text.to_owned(), numbers })
}

/// A lower and an upper bound as one range, if any version lies between them.
fn joined(a: &Alternative, b: &Alternative) -> Option<Alternative> {
    let (from, to) = match (a, b) {
        (
            Alternative::Between { from: Some(from), to: None },
            Alternative::Between { from: None, to: Some(to) },
        )
        | (
            Alternative::Between { from: None, to: Some(to) },
            Alternative::Between { from: Some(from), to: None },
        ) => (from, to),
        _ => return None,
    };
    let some = from.version < to.version
        || from.version == to.version && from.is_included && to.is_included;
    some.then(|| Alternative::Between { from: Some(from.clone()), to: Some(to.clone()) })
}

fn without_v(text: &str) -> &str {
    let rest = text.strip_prefix(['v', 'V']).map(str::trim_start);
    rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(text)
}

/// Numbers with dots between them, and what follows.
fn numbers(text: &str) -> Option<(Vec<Number>, &str)> {
    let (mut numbers, mut rest) = (Vec::new(), text);
    loop {
        let (digits, behind) = cut(rest, |c| c.is_ascii_digit());
        if digits.is_empty() {
            return None;
        }
        numbers.push(number(digits));
        rest = behind;
        match rest.strip_prefix('.') {
            Some(next) if next.starts_with(|c: char| c.is_ascii_digit()) => rest = next,
            _ => return Some((numbers, rest)),
        }
    }
}

fn number(digits: &str) -> Number {
    let digits = digits.trim_start_matches('0');
    (digits.len(), digits.to_owned())
}

fn cut(text: &str, is_in: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !is_in(c)).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_have_an_order() {
        let sorted = [
            "0.9",
            "1",
            "1.0.1",
            "v1.2",
            "1.10",
            "2.0-dev",
            "2.0-alpha",
            "2.0-alpha2",
            "2.0-beta",
            "2.0-rc.1",
            "2.0-RC2",
            "2.0",
            "2.0-1",
            "2.0 hotfix",
            "2.0-p1-beta",
            "2.0-p1",
            "2.0p10",
            "2.0 SP1",
            "2.0.1",
            "2024.1",
            "99999999999999999999",
            "100000000000000000000.0",
        ];
        let parsed = sorted.map(|text| Version::parse(text).unwrap_or_else(|| panic!("{text}")));
        for (at, a) in parsed.iter().enumerate() {
            for (other, b) in parsed.iter().enumerate() {
                assert_eq!(a.cmp(b), at.cmp(&other), "{} {}", sorted[at], sorted[other]);
            }
        }
        for (a, b) in
            [("1.0", "1"), ("v1.0", "1.0.0"), ("2.0-beta2", "2.0 beta.2"), ("１.０", "1.00")]
        {
            assert_eq!(Version::parse(a), Version::parse(b), "{a} {b}");
        }
        for text in
            ["", "v", "x", "Ventura", "1.0-", "1..0", "-1", "1.0/2", "1.0 正式版", "1.", "😀"]
        {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    /// Ranges against versions: `tests/golden/versions.txt`.
    #[test]
    fn ranges_match_what_is_written_down() {
        let table = include_str!("../../tests/golden/versions.txt");
        let mut lines = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let versions: Vec<&str> = lines.next().unwrap_or_default().split_whitespace().collect();
        let mut count = 0;
        for line in lines {
            let (text, expected) = line.rsplit_once(" => ").unwrap_or_else(|| panic!("{line}"));
            let read = Versions::read(text.trim(), &["Cloud"]);
            let found = read.range.map_or("?".to_owned(), |range| {
                let found = versions.iter().filter(|version| range.includes(version));
                let found: Vec<&str> = found.copied().collect();
                if found.is_empty() { "-".to_owned() } else { found.join(" ") }
            });
            assert_eq!(found, expected.trim(), "{text}");
            count += 1;
        }
        assert!(count > 30);
    }

    #[test]
    fn whatever_is_written_is_read_or_refused() {
        let pieces = [
            ">=",
            "<",
            "=",
            "≥",
            "1",
            ".",
            "0",
            "x",
            "*",
            "-",
            " - ",
            "~",
            "+",
            "v",
            "beta",
            ",",
            "|",
            " ",
            "至",
            "或",
            " to ",
            "<=",
            "é",
            "😀",
            "99999999999999999999999999999999999999999999",
        ];
        let mut state = 7_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..state % 9 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            }
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            if let Some(range) = Versions::read(&text, &[]).range {
                // What is reported for one spelling holds for another.
                assert_eq!(range.includes("1.0"), range.includes("v1"), "{text}");
                let Range::AnyOf(all) = &range else { continue };
                let only = all.iter().filter_map(Alternative::only);
                assert!(only.into_iter().all(|version| range.includes(version)), "{text}");
            }
        }
    }
}
