//! Blocks: headings, lists, quotes, tables, code, footnotes, containers.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::fences::Step;
use super::heading_id::is_reserved;
use super::landmarks::BlockKind;
use super::polish::{TABLE_END, TABLE_START};
use super::writer::Writer;
use super::{Heading, Problem, Title, highlight, pieces};
use crate::diagnostic::Code;
use crate::text::fold::single_spaced;
use crate::text::html::escape;

/// The table being written.
#[derive(Default)]
pub(crate) struct TableState {
    alignments: Vec<Alignment>,
    in_head: bool,
    cell: usize,
}

/// The heading being written.
pub(crate) struct HeadingState {
    /// Its plain text so far.
    pub text: String,
    /// Whether it holds raw html.
    pub has_raw_html: bool,
    level: u8,
    id: Option<String>,
    classes: Vec<String>,
    /// Where its html begins.
    start: usize,
}

/// The code block being written.
pub(crate) struct CodeState {
    /// Its text so far.
    pub text: String,
    language: String,
}

impl Writer<'_> {
    /// Opens a block; says how many steps it used up.
    pub(super) fn start_block(
        &mut self,
        tag: &Tag<'_>,
        span: &Range<usize>,
        steps: &[(Step<'_>, Range<usize>)],
    ) -> usize {
        if closes_raw_html(&tag.to_end()).is_some() {
            self.enter_block();
        }
        self.note_start(tag, span);
        let mut from = self.out.len();
        let mut used = 1;
        match tag {
            Tag::Paragraph => self.start_paragraph(steps),
            Tag::Heading { level, id, classes, .. } => {
                self.heading_in_steps(*level as u8, span);
                self.start_heading(*level, id.as_ref(), classes);
            }
            Tag::BlockQuote(kind) => used = self.start_quote(*kind, steps),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => highlight::language(&self.masked.original(info)),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some(CodeState { text: String::new(), language });
            }
            Tag::List(start) => {
                self.list_in_steps(*start);
                match start {
                    None => self.out.push_str("<ul>\n"),
                    Some(1) => self.out.push_str("<ol>\n"),
                    Some(start) => self.out.push_str(&format!("<ol start=\"{start}\">\n")),
                }
            }
            Tag::Item if self.item_in_steps(is_task(steps)) => {}
            Tag::Item => {
                self.out.push_str(if is_task(steps) { "<li class=\"task\">" } else { "<li>" });
            }
            Tag::FootnoteDefinition(name) => {
                let outer = std::mem::take(&mut self.out);
                self.footnotes.outer.push((name.to_string(), outer));
            }
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::Table(alignments) => {
                self.table = TableState { alignments: alignments.clone(), ..TableState::default() };
                self.out.push_str(TABLE_START);
                // The sanitizer's last touches know the box by its tag.
                from = self.out.len();
                self.out.push_str("<table>\n");
            }
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.cell = 0;
                self.out.push_str("<thead>");
                from = self.out.len();
                self.out.push_str("<tr>");
            }
            Tag::TableRow => {
                self.table.cell = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            // Inline tags are written by `start`; html blocks are gathered; the rest is switched off.
            _ => {}
        }
        self.mark(from, span);
        used
    }

    /// Closes a block.
    pub(super) fn end_block(&mut self, tag: TagEnd, span: &Range<usize>) {
        if let Some(with_blocks) = closes_raw_html(&tag) {
            self.leave_block(with_blocks);
        }
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(_) => self.end_heading(span),
            TagEnd::BlockQuote(_) => {
                let end = self.quotes.pop().unwrap_or("</blockquote>\n");
                self.out.push_str(end);
            }
            TagEnd::CodeBlock => self.end_code(span),
            TagEnd::List(ordered) => {
                self.leave_list();
                self.leave_procedure();
                self.out.push_str(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => {
                self.leave_item();
                self.leave_step();
                self.out.push_str("</li>\n");
            }
            TagEnd::FootnoteDefinition => {
                if let Some((name, outer)) = self.footnotes.outer.pop() {
                    let body = std::mem::replace(&mut self.out, outer);
                    self.footnotes.bodies.insert(name, body);
                }
            }
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::Table => {
                self.out.push_str("</tbody></table>");
                self.out.push_str(TABLE_END);
                self.out.push('\n');
            }
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.out.push_str("</tr></thead>\n<tbody>");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => {
                self.out.push_str(if self.table.in_head { "</th>" } else { "</td>" });
                self.table.cell += 1;
            }
            _ => {}
        }
        self.plain("\n");
    }

    fn start_cell(&mut self) {
        let class = match self.table.alignments.get(self.table.cell) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            _ => "",
        };
        let name = if self.table.in_head { "th scope=\"col\"" } else { "td" };
        self.out.push_str(&format!("<{name}{class}>"));
    }

    fn start_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&CowStr<'_>>,
        classes: &[CowStr<'_>],
    ) {
        let own = |text: &CowStr<'_>| self.masked.original(text).into_owned();
        self.heading = Some(HeadingState {
            text: String::new(),
            has_raw_html: false,
            level: level as u8,
            id: id.map(own),
            classes: classes.iter().map(own).collect(),
            start: self.out.len(),
        });
    }

    fn end_heading(&mut self, span: &Range<usize>) {
        let Some(heading) = self.heading.take() else {
            return;
        };
        let inner = self.out.split_off(heading.start);
        let text = single_spaced(&heading.text);
        let is_lead = heading.level == 1
            && self.document.lead.is_none()
            && self.out.trim().is_empty()
            && self.open.is_empty()
            && self.footnotes.outer.is_empty();
        if is_lead {
            self.document.lead = Some(lead(&inner, text, heading.has_raw_html));
            return;
        }
        self.write_heading(heading.level, &inner, text, heading.id, &heading.classes, span);
    }

    /// Writes a heading. The page's title is its only level 1, so others begin at 2.
    pub(super) fn write_heading(
        &mut self,
        level: u8,
        inner: &str,
        text: String,
        id: Option<String>,
        classes: &[String],
        span: &Range<usize>,
    ) {
        let level = level.max(2);
        if let Some(id) = &id
            && !self.ids.take(id)
        {
            let problem = Problem::new(Code::DuplicateAnchor, span.clone()).with("id", id);
            self.document.problems.push(problem);
        }
        let id = id.filter(|id| !is_reserved(id)).unwrap_or_else(|| self.ids.unique(&text));
        let number = self.document.headings.len();
        self.note_block(BlockKind::Heading(number), span, self.depth);
        let from = self.out.len();
        self.out.push_str(&format!("<h{level} id=\""));
        escape(&id, &mut self.out);
        if !classes.is_empty() {
            self.out.push_str("\" class=\"");
            escape(&classes.join(" "), &mut self.out);
        }
        self.out.push_str("\">");
        self.out.push_str(inner);
        self.out.push_str("<a class=\"anchor\" href=\"#");
        escape(&id, &mut self.out);
        // For the mouse alone: named, it would be read out as a part of the heading.
        let rest = format!("\" aria-hidden=\"true\" tabindex=\"-1\">#</a></h{level}>\n");
        self.out.push_str(&rest);
        self.mark(from, span);
        self.end_section(Some(id.clone()), text.clone());
        self.document.headings.push(Heading { level, id, text, classes: classes.to_vec() });
    }

    fn end_code(&mut self, span: &Range<usize>) {
        let Some(mut code) = self.code.take() else { return };
        // At the end of a file the parser takes the last line as it is; whether a block that was cut
        // stood behind it must not show.
        if !code.text.is_empty() && !code.text.ends_with('\n') {
            code.text.push('\n');
        }
        self.plain(&code.text);
        self.note_code(&code.text);
        let from = self.out.len();
        self.out.push_str("<div class=\"code\"");
        if !code.language.is_empty() {
            self.out.push_str(" data-lang=\"");
            escape(&code.language, &mut self.out);
            self.out.push('"');
        }
        let html = highlight::highlight(&code.language, &code.text, &mut self.highlighted);
        let number = self.opaque.len();
        self.opaque.push(format!("<pre tabindex=\"0\"><code>{html}</code></pre>"));
        self.out.push_str(&format!(">{}</div>\n", pieces::opaque(number)));
        self.mark(from, span);
    }
}

/// The title that a heading makes: its html with code and emphasis. Titles are not sanitized and
/// have no places for addresses, so with anything else in it only the text stays.
fn lead(inner: &str, text: String, has_raw_html: bool) -> Title {
    if has_raw_html || inner.contains("<a ") || pieces::has_marks(inner) {
        let mut html = String::new();
        escape(&text, &mut html);
        return Title { html, text };
    }
    Title { html: inner.trim().to_owned(), text }
}

/// Whether raw html that is open ends with a block, and if so, whether blocks of raw html do too.
fn closes_raw_html(tag: &TagEnd) -> Option<bool> {
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

/// Whether a list item begins with a tick box.
fn is_task(steps: &[(Step<'_>, Range<usize>)]) -> bool {
    let mut next = steps.iter().skip(1).map(|(step, _)| step);
    match next.next() {
        Some(Step::Event(Event::TaskListMarker(_))) => true,
        Some(Step::Event(Event::Start(Tag::Paragraph))) => {
            matches!(next.next(), Some(Step::Event(Event::TaskListMarker(_))))
        }
        _ => false,
    }
}
