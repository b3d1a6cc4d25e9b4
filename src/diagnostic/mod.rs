//! Content problems: what went wrong, where, and the way out.
//!
//! Stages return their diagnostics beside their value and go on; nothing stops at the first
//! problem. [`codes`] is the one table of kinds, in English and Chinese; [`human`] and [`json`]
//! write them out.

pub(crate) mod codes;
pub(crate) mod human;
pub(crate) mod json;
pub(crate) mod position;
mod problem;
pub(crate) mod visible;
mod weight;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

pub use codes::Code;
pub(crate) use problem::Problem;
pub(crate) use weight::{Standing, Weight};

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The build fails and the previous output stays.
    Error,
    /// The build goes on; `--strict` makes it fail.
    Warning,
}

impl Severity {
    /// The word that machines read: `error` or `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// The language tier0 speaks to the person at the terminal (not the language of the site).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locale {
    /// English.
    En,
    /// Simplified Chinese.
    Zh,
}

impl Locale {
    /// Picks one of two texts.
    pub fn pick<T>(self, en: T, zh: T) -> T {
        match self {
            Locale::En => en,
            Locale::Zh => zh,
        }
    }
}

/// A stretch of a source file. `span` counts bytes of the file's text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// Path as shown to people, `/`-separated.
    pub path: Arc<str>,
    /// Byte range; empty means a point.
    pub span: Range<usize>,
}

/// `Range` is not `Ord`; this orders places by path, then start, then end.
fn place_order(place: &Place) -> (&str, usize, usize) {
    (&place.path, place.span.start, place.span.end)
}

/// The value of a `{name}` mark.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Argument {
    name: &'static str,
    en: String,
    /// None where the value is the same in every language: a path, a key.
    zh: Option<String>,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of problem.
    pub code: Code,
    /// What it may do to a site: that of its code, unless more is known.
    pub(crate) weight: Weight,
    /// What it does to this one. Until that is known, whatever may stop a site does.
    pub severity: Severity,
    /// Where; none for problems of the whole site or machine.
    pub place: Option<Place>,
    /// Values for the `{name}` marks in the code's texts.
    pub arguments: Vec<Argument>,
    /// A second place that belongs to the problem (the other page with the same address).
    pub related: Option<Place>,
    /// How many more like it there are in the file, behind it, that nobody keeps.
    pub more: usize,
}

/// Problems of one code that are kept for one file.
const MOST: usize = 5000;
/// The same on a page that shows the file as a snippet: so may thousands of others.
const MOST_OF_SNIPPET: usize = 100;

impl Diagnostic {
    /// A problem at a place in a file.
    pub fn at(code: Code, path: &Arc<str>, span: Range<usize>) -> Self {
        let place = Some(Place { path: Arc::clone(path), span });
        Diagnostic { place, ..Diagnostic::general(code) }
    }

    /// A problem without a place.
    pub fn general(code: Code) -> Self {
        let weight = code.definition().weight;
        let severity = weight.severity(Standing { is_guarded: true, is_strict: true });
        let arguments = Vec::new();
        Diagnostic { code, weight, severity, place: None, arguments, related: None, more: 0 }
    }

    /// With another weight than problems of its code have.
    #[must_use]
    pub(crate) fn weighing(mut self, weight: Weight) -> Self {
        self.weight = weight;
        self.severity = weight.severity(Standing { is_guarded: true, is_strict: true });
        self
    }

    /// Fills a `{name}` mark of the message with words that differ by language.
    #[must_use]
    pub fn with_both(
        mut self,
        name: &'static str,
        en: impl Into<String>,
        zh: impl Into<String>,
    ) -> Self {
        self.arguments.push(Argument { name, en: en.into(), zh: Some(zh.into()) });
        self
    }

    /// Fills a `{name}` mark of the message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.arguments.push(Argument { name, en: value.into(), zh: None });
        self
    }

    /// The value of a `{name}` mark.
    pub fn argument(&self, name: &str) -> Option<&str> {
        let mut named = self.arguments.iter().filter(|argument| argument.name == name);
        named.next().map(|argument| argument.en.as_str())
    }

    /// Adds the second place.
    #[must_use]
    pub fn related(mut self, place: Place) -> Self {
        self.related = Some(place);
        self
    }

    /// What is wrong, in one sentence.
    pub fn message(&self, locale: Locale) -> String {
        let definition = self.code.definition();
        self.fill(locale.pick(definition.message_en, definition.message_zh), locale)
    }

    /// The way out, in one or two sentences.
    pub fn help(&self, locale: Locale) -> String {
        let definition = self.code.definition();
        self.fill(locale.pick(definition.help_en, definition.help_zh), locale)
    }

    /// Puts the arguments into a text. One pass, so that a value with braces is never read again.
    fn fill(&self, text: &str, locale: Locale) -> String {
        let mut out = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            rest = &rest[open..];
            let Some(close) = rest.find('}') else { break };
            let name = &rest[1..close];
            match self.arguments.iter().find(|argument| argument.name == name) {
                Some(argument) => {
                    out.push_str(
                        locale.pick(&argument.en, argument.zh.as_ref().unwrap_or(&argument.en)),
                    );
                }
                None => out.push_str(&rest[..=close]),
            }
            rest = &rest[close + 1..];
        }
        out.push_str(rest);
        out
    }
}

/// Brings diagnostics into the order of the files and drops exact repeats, so that the report
/// does not depend on threads.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| d.place.is_some();
        key(a)
            .cmp(&key(b))
            .then_with(|| a.place.as_ref().map(place_order).cmp(&b.place.as_ref().map(place_order)))
            .then_with(|| a.code.definition().name.cmp(b.code.definition().name))
            .then_with(|| a.arguments.cmp(&b.arguments))
    });
    // Pages that show the same file count the same. One stage may know more than another of how much
    // a problem weighs.
    diagnostics.dedup_by(|later, first| {
        let bare = |d: &Diagnostic| Diagnostic {
            more: 0,
            weight: Weight::Stop,
            severity: Severity::Error,
            ..d.clone()
        };
        let is_same = bare(later) == bare(first);
        if is_same {
            first.more = first.more.max(later.more);
            first.weight = first.weight.min(later.weight);
            first.severity = first.severity.min(later.severity);
        }
        is_same
    });
}

/// Keeps the first problems of each code in each file, and counts the others. Of files that are not
/// `own` fewer are kept. What is kept for thousands of pages would fill the memory.
pub(crate) fn few<T>(
    problems: Vec<T>,
    own: Option<&str>,
    of: impl Fn(&mut T) -> &mut Diagnostic,
) -> Vec<T> {
    if problems.len() <= MOST_OF_SNIPPET {
        return problems;
    }
    let mut seen = BTreeMap::new();
    let mut kept: Vec<T> = Vec::new();
    for mut problem in problems {
        let diagnostic = of(&mut problem);
        let file = diagnostic.place.as_ref().map(|place| Arc::clone(&place.path));
        let is_own = own.is_none() || file.as_deref() == own;
        let most = if is_own { MOST } else { MOST_OF_SNIPPET };
        let key = (diagnostic.code, diagnostic.severity, file);
        // How many are kept, and where the last of them is.
        let (count, last) = seen.entry(key).or_insert((0_usize, 0_usize));
        if *count < most {
            *count += 1;
            *last = kept.len();
            kept.push(problem);
        } else {
            of(&mut kept[*last]).more += diagnostic.more + 1;
        }
    }
    kept
}

/// How many problems of a severity there are.
pub(crate) fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    let of_severity = diagnostics.iter().filter(|d| d.severity == severity);
    of_severity.map(|diagnostic| 1 + diagnostic.more).sum()
}

/// Weighs problems by what is known of their site.
pub(crate) fn weigh(diagnostics: &mut [Diagnostic], site: Standing) {
    for diagnostic in diagnostics {
        diagnostic.severity = diagnostic.weight.severity(site);
    }
}

/// Whether any of them is an error.
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// Finds the text of a file by the path that diagnostics carry, to show the source line.
pub(crate) trait Texts {
    /// The file's text, if it is known.
    fn text(&self, path: &str) -> Option<&str>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_of_a_kind_are_counted() {
        let (a, b): (Arc<str>, Arc<str>) = ("a.md".into(), "b.md".into());
        let of = |path: &Arc<str>, many: usize| -> Vec<Diagnostic> {
            (0..many).map(|at| Diagnostic::at(Code::BrokenLink, path, at..at)).collect()
        };
        let mut all = few([of(&a, 9000), of(&b, 3)].concat(), None, |d| d);
        assert_eq!((all.len(), count(&all, Severity::Error)), (5003, 9003));
        all = few(all, Some("b.md"), |d| d);
        assert_eq!((all.len(), count(&all, Severity::Error)), (103, 9003));
        // Another page shows the same.
        all.extend(few(of(&a, 9000), Some("c.md"), |d| d));
        sort(&mut all);
        assert_eq!((all.len(), count(&all, Severity::Error)), (103, 9003));
        assert_eq!(few(all.clone(), None, |d| d), all);
    }
}
