//! Blocks: headings, lists, quotes, tables, code, footnotes.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::{Builder, Named};
use crate::document::html::allowed::may_have;
use crate::document::tree::{Align, Kind};
use crate::syntax::containers::{self, NAMES};
use crate::syntax::fences::Step;
use crate::syntax::shown::language;
use crate::syntax::{attributes, is_told};
use crate::text::reserved;

/// The code block being read.
pub(super) struct CodeState {
    /// Its text so far.
    pub text: String,
    language: String,
    span: Range<usize>,
}

impl Builder<'_> {
    /// Opens a block; says how many steps it used up.
    pub(super) fn start_block(
        &mut self,
        tag: &Tag<'_>,
        span: &Range<usize>,
        steps: &[(Step<'_>, Range<usize>)],
    ) -> usize {
        if begins_block(tag) {
            self.end_paragraph();
        }
        let kind = match tag {
            Tag::Paragraph => self.paragraph(steps),
            Tag::Heading { level, id, classes, .. } => {
                self.heading_in_steps(*level as u8, span);
                let kind = self.heading(*level as u8, id.as_ref(), classes);
                self.enter(kind, span);
                self.braces(span);
                return 1;
            }
            Tag::BlockQuote(kind) => return self.quote(*kind, span, steps),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => language(&self.masked.original(info)),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some(CodeState { text: String::new(), language, span: span.clone() });
                return 1;
            }
            Tag::List(start) => {
                self.list_in_steps(*start);
                Kind::List(start.map(|start| u32::try_from(start).unwrap_or(u32::MAX)))
            }
            Tag::Item => self.item_in_steps().unwrap_or(Kind::Item),
            Tag::FootnoteDefinition(name) => {
                self.outer.push(self.seen);
                Kind::FootnoteDefinition(self.words(name))
            }
            Tag::DefinitionList => Kind::DefinitionList,
            Tag::DefinitionListTitle => Kind::DefinitionTerm,
            Tag::DefinitionListDefinition => Kind::DefinitionText,
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                Kind::Table
            }
            Tag::TableHead => {
                self.cell = 0;
                Kind::TableHead
            }
            Tag::TableRow => {
                self.cell = 0;
                Kind::TableRow
            }
            Tag::TableCell => {
                self.cell += 1;
                Kind::TableCell(align(self.alignments.get(self.cell - 1)))
            }
            // Inline tags are opened by `start`; html blocks are gathered; the rest is switched off.
            _ => return 1,
        };
        self.enter(kind, span);
        1
    }

    /// Closes a block.
    pub(super) fn end_block(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::Heading(_) => {
                if let Some((text, span)) = self.placeholder.take() {
                    let words = self.words(&text);
                    self.leaf(Kind::Text(words), &span);
                }
                self.leave_block(&tag);
            }
            TagEnd::FootnoteDefinition => {
                self.leave_block(&tag);
                self.seen = self.outer.pop().unwrap_or(self.seen);
            }
            TagEnd::Paragraph
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell => self.leave_block(&tag),
            _ => {}
        }
        self.last = Some('\n');
    }

    /// Closes a block, and html that was left open in it.
    fn leave_block(&mut self, tag: &TagEnd) {
        let node = self.leave();
        if let Some((node, with_blocks)) = node.zip(closes_html(tag)) {
            self.close_behind(node, with_blocks);
            self.forget_broken();
        }
    }

    fn heading(&mut self, level: u8, id: Option<&CowStr<'_>>, classes: &[CowStr<'_>]) -> Kind {
        self.last = None;
        let is_lead = level == 1
            && self.may_lead
            && self.seen == 0
            && self.containers.is_empty()
            && self.outer.is_empty();
        if is_lead {
            self.may_lead = false;
            return Kind::Lead;
        }
        let own = |text: &CowStr<'_>| reserved::clean(&self.masked.original(text)).into_owned();
        let (id, classes) = (id.map(own), classes.iter().map(own).collect());
        self.named(Named { level, id, classes })
    }

    /// What stands in braces at the end of a heading, which the parser takes for attributes: words
    /// alone are a placeholder, and a part of the heading.
    fn braces(&mut self, span: &Range<usize>) {
        let Some((place, inside)) = self.masked.text.get(span.clone()).and_then(braces) else {
            return;
        };
        let place = span.start + place.start..span.start + place.end;
        if !is_told(inside) {
            let text = self.masked.text[place.clone()].to_owned();
            self.placeholder = Some((text, place));
            return;
        }
        let node = self.open.last().copied().unwrap_or_default();
        let Kind::Heading(number) = self.parsed.tree.node(node).kind else {
            self.lead_braces(inside, &place);
            return;
        };
        for (name, value) in attributes(inside) {
            let is_kept = value.is_some() && may_have("h2", &name, value.as_deref());
            match (&*name, value) {
                // The parser knows them by their marks alone.
                ("id", Some(id)) => {
                    let id = reserved::clean(&id).into_owned();
                    self.parsed.headings[number as usize].id.get_or_insert(id);
                }
                ("class", Some(class)) => {
                    let named = &mut self.parsed.headings[number as usize];
                    if !class
                        .split_whitespace()
                        .all(|one| named.classes.iter().any(|known| known == one))
                    {
                        named.classes.push(reserved::clean(&class).into_owned());
                    }
                }
                (name, Some(value)) if is_kept => self.attribute(node, name, &value),
                (name, _) => self.report_unread(name, &place),
            }
        }
    }

    /// The title of the page has no place for attributes.
    fn lead_braces(&mut self, inside: &str, place: &Range<usize>) {
        for (name, value) in attributes(inside) {
            match (&*name, value) {
                ("id", Some(id)) => self.report_unread(&format!("#{id}"), place),
                ("class", Some(class)) => self.report_unread(&format!(".{class}"), place),
                _ => self.report_unread(&name, place),
            }
        }
    }

    /// A heading, by what it says of itself.
    pub(super) fn named(&mut self, named: Named) -> Kind {
        self.parsed.headings.push(named);
        Kind::Heading(u32::try_from(self.parsed.headings.len() - 1).unwrap_or(u32::MAX))
    }

    /// A quote, or a callout in the manner of GitHub (`[!NOTE]`) or Zendesk (`![info]`).
    fn quote(
        &mut self,
        kind: Option<BlockQuoteKind>,
        span: &Range<usize>,
        steps: &[(Step<'_>, Range<usize>)],
    ) -> usize {
        let named = kind.map(|kind| match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        });
        let alert = named.map(|name| (name, 1)).or_else(|| self.alert(steps));
        let Some((name, used)) = alert else {
            self.enter(Kind::Quote, span);
            return 1;
        };
        let name = self.words(name);
        self.enter(Kind::Alert(name), span);
        if used > 1 {
            // The first paragraph goes on behind the mark.
            self.enter(Kind::Paragraph, &steps[1].1);
            self.depth += 1;
        }
        used
    }

    /// Looks for an alert mark at the start of a quote's first paragraph: the callout it names,
    /// and how many steps the mark takes up.
    fn alert(&self, steps: &[(Step<'_>, Range<usize>)]) -> Option<(&'static str, usize)> {
        if !matches!(steps.get(1)?.0, Step::Event(Event::Start(Tag::Paragraph))) {
            return None;
        }
        let mut mark = String::new();
        let mut used = 2;
        while let Some((Step::Event(Event::Text(text)), _)) = steps.get(used) {
            mark.push_str(&self.masked.original(text));
            used += 1;
            if mark.ends_with(']') {
                break;
            }
        }
        let word =
            mark.strip_prefix("![").or_else(|| mark.strip_prefix("[!"))?.strip_suffix(']')?;
        if word.is_empty() || !word.chars().all(|c| c.is_ascii_alphabetic()) {
            return None;
        }
        if matches!(steps.get(used), Some((Step::Event(Event::SoftBreak), _))) {
            used += 1;
        }
        let word = word.to_lowercase();
        let is_callout = |kind| kind == containers::Kind::Callout;
        let known = NAMES
            .iter()
            .find_map(|(name, kind)| (is_callout(*kind) && *name == word).then_some(*name));
        Some((known.unwrap_or("note"), used))
    }

    fn end_code(&mut self) {
        let Some(mut code) = self.code.take() else { return };
        // At the end of a file the parser takes the last line as it is; whether a block that was cut
        // stood behind it must not show.
        if !code.text.is_empty() && !code.text.ends_with('\n') {
            code.text.push('\n');
        }
        let (language, text) = (self.words(&code.language), self.words(&code.text));
        self.leaf(Kind::CodeBlock { language, text }, &code.span);
    }
}

/// Where a heading ends with braces, with the blank before them, and what stands between them.
fn braces(heading: &str) -> Option<(Range<usize>, &str)> {
    let underline = |line: &str| line.trim_matches(['=', '-', ' ', '\t', '\r']).is_empty();
    let heading = heading.trim_end();
    let heading = match heading.rsplit_once('\n') {
        Some((text, last)) if underline(last) => text.trim_end(),
        _ => heading,
    };
    let (before, inside) = heading.strip_suffix('}')?.rsplit_once('{')?;
    let is_read = !inside.contains(['}', '<', '>', '\\', '\n', '\r']);
    is_read.then(|| (before.trim_end().len()..heading.len(), inside))
}

fn align(alignment: Option<&Alignment>) -> Align {
    match alignment {
        Some(Alignment::Left) => Align::Left,
        Some(Alignment::Center) => Align::Center,
        Some(Alignment::Right) => Align::Right,
        _ => Align::None,
    }
}

/// Whether a block ends the paragraph of html that is open before it.
fn begins_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::List(_)
            | Tag::DefinitionList
            | Tag::Table(_)
    )
}

/// Whether raw html that is open ends with a block, and if so, whether blocks of raw html do too.
fn closes_html(tag: &TagEnd) -> Option<bool> {
    match tag {
        TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::DefinitionListTitle => Some(false),
        TagEnd::TableCell
        | TagEnd::Item
        | TagEnd::BlockQuote(_)
        | TagEnd::FootnoteDefinition
        | TagEnd::DefinitionListDefinition => Some(true),
        _ => None,
    }
}
