//! Puts a page together: its own text without what an edition must not see, and the texts of
//! snippets, each cut by itself, where the page and its snippets hold them.
//!
//! Each file is read alone before its text goes into another, so that nobody's fences end or hide
//! the blocks of somebody else. A snippet stands in a container of its own, indented and quoted as
//! the line that it takes the place of.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::Part;
use super::again::{self, Difference, Reading};
use super::cut::Visibility;
use super::labels::Owners;
use super::scan;
use super::snippets::{Missing, Snippet, Snippets};
use crate::article::Article;
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Weight};
use crate::mutation::{Policy, off};
use crate::syntax::containers::OWN_PAGE;
use crate::syntax::edits::{Edit, Mapped};
use crate::syntax::parts::Parts;
use crate::syntax::snippet::GAP;
use crate::syntax::{self, Include};
use crate::text::lines::lines_at;

/// How much text snippets may add to a page, in bytes.
const LARGEST: usize = 1024 * 1024;
/// How many snippets may stand in each other.
const DEEPEST: usize = 16;

/// A page put together.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Expanded {
    pub(super) text: Mapped,
    /// The page and its snippets, by the numbers in the text.
    pub(super) parts: Vec<Part>,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) missing: Vec<Missing>,
    /// Whether it was made from the page alone: it names no snippet.
    pub stands_alone: bool,
}

impl Expanded {
    /// The body without the blocks of other readers, with the texts of its snippets.
    pub(crate) fn body(&self) -> &str {
        &self.text.body
    }

    /// Where a span of the text stands.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        let (part, span) = self.text.span(&span);
        match self.parts.get(part) {
            Some(part) => part.article.place(span),
            None => Place { path: Arc::default(), span },
        }
    }
}

/// Puts a page together.
pub(crate) fn expand(
    page: &Arc<Article>,
    visibility: &Visibility,
    snippets: &Snippets<'_>,
) -> Expanded {
    let mut weaver = Expander {
        snippets,
        language: &page.name.language,
        expanded: Expanded::default(),
        numbers: BTreeMap::new(),
        labels: Owners::default(),
        chain: vec![0],
        limit: page.text.len() + LARGEST,
        read: 0,
        is_full: false,
    };
    let scanned = scan::scan(page.body(), snippets.audience).into();
    let (article, cuts) = (Arc::clone(page), visibility.cuts.clone());
    weaver.expanded.parts.push(Part { article, cuts, scanned });
    weaver.expanded.stands_alone = visibility.includes.is_empty();
    weaver.expanded.problems.extend(visibility.problems.iter().cloned());
    let mut labels = Vec::new();
    if !weaver.expanded.stands_alone {
        let config = snippets.audience.config;
        labels = weaver.labels.of_page(&weaver.expanded.parts[0], config);
    }
    weaver.file(0, visibility, "", &[], &labels);
    let Expander { expanded, numbers, is_full, .. } = weaver;
    let mut expanded = expanded;
    if is_full {
        // It would never end: the page shows no snippet, and is an error.
        let alone = Visibility {
            cuts: visibility.cuts.clone(),
            parts: visibility.parts.clone(),
            ..Visibility::default()
        };
        let page = expand(page, &alone, snippets);
        (expanded.text, expanded.parts) = (page.text, page.parts);
        return expanded;
    }
    let is_changed =
        expanded.parts.len() > 1 || !visibility.cuts.is_empty() || !visibility.includes.is_empty();
    if is_changed && !off(Policy::ReadAgain) {
        look_again(&mut expanded, visibility, &numbers, snippets);
    }
    refuse_left_over(&mut expanded);
    expanded
}

/// A page that holds what should be cut shows nothing. If nothing else is wrong with it, the cut was.
fn refuse_left_over(expanded: &mut Expanded) {
    let found = expanded.parts.iter().map(|part| (part.article.body_start, &*part.scanned));
    let Some(span) = scan::left_over(&expanded.text, &found.collect::<Vec<_>>()) else { return };
    if !stop(&mut expanded.problems) {
        let place = expanded.place(span);
        let problem = Diagnostic::at(Code::Leak, &place.path, place.span)
            .with_both("target", OWN_PAGE.0, OWN_PAGE.1);
        expanded.problems.push(problem);
        expanded.text = Mapped::default();
    }
}

/// Makes what stops some sites stop all of them, where it is why a page cannot be trusted. False if
/// there is no such problem.
fn stop(problems: &mut [Diagnostic]) -> bool {
    let mut stops = false;
    for problem in problems.iter_mut().filter(|problem| problem.severity == Severity::Error) {
        *problem = problem.clone().weighing(Weight::Stop);
        stops = true;
    }
    stops
}

/// A page that is read in another way than its files shows nothing, and is an error: nobody can
/// tell what it would show.
fn look_again(
    expanded: &mut Expanded,
    visibility: &Visibility,
    numbers: &BTreeMap<usize, usize>,
    snippets: &Snippets<'_>,
) {
    let mut sights = vec![visibility; expanded.parts.len()];
    for (snippet, part) in numbers {
        sights[*part] = &snippets.all[*snippet].visibility;
    }
    let again = snippets.audience.look(&expanded.text.body, &|span| expanded.place(span.clone()));
    let Some(difference) = difference(expanded, &sights, &again) else { return };
    // What a reading says by itself is reason enough, and says more.
    expanded.problems.extend(again.problems);
    if !stop(&mut expanded.problems) {
        let place = expanded.place(difference.span);
        let (before, now) = difference.classes.map_or_else(
            || (("a container of its own", "独立的容器"), ("something else", "别的内容")),
            |(before, now)| (before.words(), now.words()),
        );
        let problem = Diagnostic::at(Code::CutChangesReading, &place.path, place.span)
            .with_both("before", before.0, before.1)
            .with_both("now", now.0, now.1);
        expanded.problems.push(problem);
    }
    expanded.text = Mapped::default();
}

/// Where a page is read in another way than its files; `again` is its reading.
fn difference(
    expanded: &Expanded,
    sights: &[&Visibility],
    again: &Visibility,
) -> Option<Difference> {
    if let Some(cut) = again.cuts.first() {
        // `> [!INTERNAL]` comes about where a snippet stands in a quote.
        return Some(Difference { span: cut.clone(), classes: None });
    }
    let nothing = Parts::default();
    let readings = expanded.parts.iter().zip(sights).map(|(part, visibility)| Reading {
        body_start: part.article.body_start,
        parts: visibility.parts.as_ref().unwrap_or(&nothing),
    });
    let readings: Vec<_> = readings.collect();
    match &again.parts {
        Some(parts) => again::difference(&expanded.text, parts, &readings),
        None => again::difference(&expanded.text, &syntax::parts(&expanded.text.body), &readings),
    }
}

struct Expander<'a> {
    snippets: &'a Snippets<'a>,
    /// The language of the page.
    language: &'a str,
    expanded: Expanded,
    /// Numbers of parts by those of snippets.
    numbers: BTreeMap<usize, usize>,
    labels: Owners,
    /// The parts that stand in each other now, the page first.
    chain: Vec<usize>,
    /// Bytes that the text may have.
    limit: usize,
    /// Bytes of snippets that were read; more than are shown.
    read: usize,
    is_full: bool,
}

impl Expander<'_> {
    /// Writes the lines of a file behind a prefix.
    /// Labels that it has in common with others are renamed by edits.
    fn file(
        &mut self,
        part: usize,
        visibility: &Visibility,
        prefix: &str,
        code: &[Range<usize>],
        edits: &[Edit<'_>],
    ) {
        let article = Arc::clone(&self.expanded.parts[part].article);
        let base = article.body_start;
        let cuts = visibility.cuts.iter().map(|cut| (cut, Change::Cut));
        let includes = visibility.includes.iter();
        let includes = includes.map(|include| (&include.span, Change::Include(include)));
        let edits = edits.iter().map(|edit| (&edit.span, Change::Text(&edit.text)));
        let mut changes: Vec<_> = cuts.chain(includes).chain(edits).collect();
        changes.sort_by_key(|(span, _)| span.start);
        let mut at = 0;
        for (span, change) in changes {
            if span.start >= at {
                self.lines(part, &article, at..span.start, prefix, code);
                match change {
                    Change::Cut => {}
                    Change::Include(include) => self.include(part, &article, include, prefix),
                    Change::Text(text) => {
                        let from = span.start + base..span.end + base;
                        self.begin_line(part, from.start, prefix);
                        self.expanded.text.add(part, from, text);
                    }
                }
            }
            at = at.max(span.end);
        }
        self.lines(part, &article, at..article.body().len(), prefix, code);
    }

    /// Writes a stretch of a body, or as much of it as there is room for.
    fn lines(
        &mut self,
        part: usize,
        article: &Article,
        span: Range<usize>,
        prefix: &str,
        code: &[Range<usize>],
    ) {
        let base = article.body_start;
        if prefix.is_empty() {
            let span = span.start + base..span.end + base;
            self.expanded.text.copy(part, &article.text, span);
            return;
        }
        for (at, line) in lines_at(&article.body()[span.clone()], span.start) {
            if self.expanded.text.body.len() > self.limit {
                return;
            }
            let from = at + base;
            let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
            let is_empty = line.trim().is_empty();
            let inside = code.partition_point(|code| code.start < at).checked_sub(1);
            let is_code = inside.is_some_and(|number| at < code[number].end);
            let prefix = if is_empty { prefix.trim_end() } else { prefix };
            let begins = self.begin_line(part, from, prefix);
            let text = &mut self.expanded.text;
            let mut rest = from;
            if begins && !is_code && !is_empty && line[..blanks].contains('\t') {
                // A tab reaches less far behind the prefix.
                text.add(part, from..from + blanks, &indented(&line[..blanks]));
                rest += blanks;
            }
            text.copy(part, &article.text, rest..from + line.len());
        }
    }

    /// Puts a prefix where a line begins. Says whether one does.
    fn begin_line(&mut self, part: usize, from: usize, prefix: &str) -> bool {
        let text = &mut self.expanded.text;
        let begins = text.body.ends_with(['\n', '\r']);
        text.add(part, from..from, if begins { prefix } else { "" });
        begins
    }

    /// Puts a snippet in the place of its line.
    fn include(&mut self, part: usize, article: &Article, include: &Include, prefix: &str) {
        if self.is_full {
            return;
        }
        let base = article.body_start;
        let opening = include.opening.start + base..include.opening.end + base;
        let Place { path, span } = article.place(opening.clone());
        let problem = |code| Diagnostic::at(code, &path, span.clone());
        let snippets = self.snippets;
        let Some(number) = self.find(article, include, &problem) else {
            self.gap(part, article, include, prefix);
            return;
        };
        let snippet = &snippets.all[number];
        if !snippet.is_shown {
            return;
        }
        let inner = self.part(number, snippet);
        if self.chain.contains(&inner) {
            let chain = problem(Code::IncludeCycle).with("chain", self.chain_to(inner));
            self.expanded.problems.push(chain);
            self.gap(part, article, include, prefix);
            return;
        }
        self.read += snippet.article.body().len();
        if self.read > LARGEST || self.chain.len() > DEEPEST {
            self.is_full = true;
            let problem = self.too_large(problem(Code::IncludeTooLarge));
            self.expanded.problems.push(problem);
            return;
        }
        if !snippet.faults.is_empty() {
            self.gap(part, article, include, prefix);
            return;
        }
        let own = &article.body()[include.span.start..include.opening.start];
        let behind = format!("{prefix}{}", indented(own));
        let behind: String =
            behind.chars().map(|c| if matches!(c, '>' | ' ') { c } else { ' ' }).collect();
        let place = || opening.start..opening.start;
        let text = &mut self.expanded.text;
        match prefix {
            "" => text.copy(part, &article.text, include.span.start + base..opening.start),
            _ => text.add(part, place(), &format!("{prefix}{}", indented(own))),
        }
        text.add(part, place(), &format!("{}\n", snippet.opening));
        self.chain.push(inner);
        let config = self.snippets.audience.config;
        let labels = self.labels.of_snippet(inner, snippet, config);
        self.file(inner, &snippet.visibility, &behind, &snippet.fitting.code, &labels);
        self.chain.pop();
        let text = &mut self.expanded.text;
        let ends_line = text.body.ends_with(['\n', '\r']);
        text.add(part, place(), if ends_line { "" } else { "\n" });
        let empty_line = format!("{}\n", behind.trim_end());
        text.add(part, place(), if snippet.fitting.ends_in_html { &empty_line } else { "" });
        text.add(part, place(), &format!("{behind}:::\n"));
        if text.body.len() > self.limit && !std::mem::replace(&mut self.is_full, true) {
            let problem = self.too_large(problem(Code::IncludeTooLarge));
            self.expanded.problems.push(problem);
        }
    }

    /// The snippet that a line stands for; a problem if there is none.
    fn find(
        &mut self,
        article: &Article,
        include: &Include,
        problem: &dyn Fn(Code) -> Diagnostic,
    ) -> Option<usize> {
        let target = include.target.as_str();
        let keys = match self.snippets.find(&article.name, self.language, target) {
            Ok(number) => return Some(number),
            Err(keys) => keys,
        };
        if keys.is_empty() && !target.is_empty() {
            let problem = problem(Code::OutsideSite).weighing(Weight::Doubt);
            self.expanded.problems.push(problem.with("target", target));
        } else {
            let written = if target.is_empty() { syntax::HOLDER } else { target };
            let problem = problem(Code::IncludeMissing).with("target", written);
            self.expanded.missing.push(Missing { problem, keys });
        }
        None
    }

    /// Shows that a snippet is missing, where it would stand.
    fn gap(&mut self, part: usize, article: &Article, include: &Include, prefix: &str) {
        let at = include.opening.start + article.body_start;
        let own = &article.body()[include.span.start..include.opening.start];
        let line = format!("{prefix}{}{GAP}\n", indented(own));
        self.expanded.text.add(part, at..at, &line);
    }

    /// The number of a snippet among the parts of the page. What is wrong with it is said once.
    fn part(&mut self, number: usize, snippet: &Snippet) -> usize {
        let expanded = &mut self.expanded;
        *self.numbers.entry(number).or_insert_with(|| {
            let problems = snippet.visibility.problems.iter().chain(&snippet.faults);
            expanded.problems.extend(problems.cloned());
            expanded.parts.push(snippet.part());
            expanded.parts.len() - 1
        })
    }

    /// Says that the page is too large, and which one it is.
    fn too_large(&self, problem: Diagnostic) -> Diagnostic {
        let limit = LARGEST / 1024 / 1024;
        let path = Arc::clone(&self.expanded.parts[0].article.path);
        problem.related(Place { path, span: 0..0 }).with_both(
            "detail",
            format!("more than {limit} MiB of text, or more than {DEEPEST} in each other"),
            format!("内容超过 {limit} MiB，或嵌套超过 {DEEPEST} 层"),
        )
    }

    /// `a.md → b.md → a.md`: from a part back to it.
    fn chain_to(&self, part: usize) -> String {
        let parts = self.chain.iter().skip_while(|number| **number != part).chain([&part]);
        let paths: Vec<&str> =
            parts.map(|number| &*self.expanded.parts[*number].article.path).collect();
        paths.join(" → ")
    }
}

/// What becomes of a stretch of a file.
enum Change<'c> {
    Cut,
    Include(&'c Include),
    Text(&'c str),
}

/// The start of a line with spaces in the place of tabs.
fn indented(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\t' => out.push_str(&"    "[out.len() % 4..]),
            c => out.push(c),
        }
    }
    out
}
