//! Blocks: headings, lists, quotes, tables, code, footnotes, containers.

use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, Tag, TagEnd,
};

use super::containers::{Container, Kind, NAMES};
use super::fences::{Fence, Step};
use super::tags::{escape, strip};
use super::writer::Writer;
use super::{Heading, Problem, Title, highlight, inline, pieces};
use crate::diagnostic::Code;

/// A container that is open.
pub struct Open {
    name: String,
    length: usize,
    /// The parser's depth where it opened: it must close at the same.
    depth: usize,
    span: Range<usize>,
    end: &'static str,
}

/// The table being written.
#[derive(Default)]
pub struct TableState {
    alignments: Vec<Alignment>,
    in_head: bool,
    cell: usize,
}

/// The heading being written.
pub struct HeadingState {
    /// Its plain text so far.
    pub text: String,
    level: u8,
    id: Option<String>,
    classes: Vec<String>,
    /// Where its html begins.
    start: usize,
}

/// The code block being written.
pub struct CodeState {
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
        match tag {
            Tag::Paragraph => self.out.push_str("<p>"),
            Tag::Heading { level, id, classes, .. } => {
                self.start_heading(*level, id.as_ref(), classes)
            }
            Tag::BlockQuote(kind) => return self.start_quote(*kind, steps),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => highlight::language(&self.masked.original(info)),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some(CodeState { text: String::new(), language });
            }
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(start)) => self.out.push_str(&format!("<ol start=\"{start}\">\n")),
            Tag::Item => {
                self.out.push_str(if is_task(steps) { "<li class=\"task\">" } else { "<li>" })
            }
            Tag::FootnoteDefinition(name) => {
                let outer = std::mem::take(&mut self.out);
                self.footnotes.outer = Some((name.to_string(), outer));
            }
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::Table(alignments) => {
                self.table = TableState { alignments: alignments.clone(), ..TableState::default() };
                self.out.push_str("<div class=\"table\" tabindex=\"0\"><table>\n");
            }
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.cell = 0;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.table.cell = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            // Inline tags are written by `start`; html blocks are gathered; the rest is switched off.
            _ => {
                let _ = span;
            }
        }
        1
    }

    /// Closes a block.
    pub(super) fn end_block(&mut self, tag: TagEnd, span: &Range<usize>) {
        if matches!(
            tag,
            TagEnd::Item
                | TagEnd::BlockQuote(_)
                | TagEnd::FootnoteDefinition
                | TagEnd::DefinitionListDefinition
        ) {
            self.close_containers(self.depth + 1);
        }
        match tag {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(_) => self.end_heading(span),
            TagEnd::BlockQuote(_) => {
                let end = self.quotes.pop().unwrap_or("</blockquote>\n");
                self.out.push_str(end);
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(ordered) => self.out.push_str(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((name, outer)) = self.footnotes.outer.take() {
                    let body = std::mem::replace(&mut self.out, outer);
                    self.footnotes.bodies.insert(name, body);
                }
            }
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::Table => self.out.push_str("</tbody></table></div>\n"),
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
        let text = heading.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_lead = heading.level == 1
            && self.document.lead.is_none()
            && self.out.trim().is_empty()
            && self.open.is_empty();
        if is_lead {
            self.document.lead = Some(lead(&inner, &text));
            return;
        }
        self.write_heading(heading.level, inner, text, heading.id, &heading.classes, span);
    }

    /// Writes a heading. The page's title is its only level 1, so others begin at 2.
    pub(super) fn write_heading(
        &mut self,
        level: u8,
        inner: String,
        text: String,
        id: Option<String>,
        classes: &[String],
        span: &Range<usize>,
    ) {
        let level = level.max(2);
        let id = match id {
            Some(id) => {
                if !self.ids.take(&id) {
                    let problem = Problem::new(Code::DuplicateAnchor, span.clone()).with("id", &id);
                    self.document.problems.push(problem);
                }
                id
            }
            None => self.ids.unique(&text),
        };
        self.out.push_str(&format!("<h{level} id=\""));
        escape(&id, &mut self.out);
        if !classes.is_empty() {
            self.out.push_str("\" class=\"");
            escape(&classes.join(" "), &mut self.out);
        }
        self.out.push_str("\">");
        self.out.push_str(&inner);
        self.out.push_str("<a class=\"anchor\" href=\"#");
        escape(&id, &mut self.out);
        self.out.push_str("\" aria-label=\"");
        escape(&self.word("heading_anchor").replace("{heading}", &text), &mut self.out);
        self.out.push_str(&format!("\">#</a></h{level}>\n"));
        self.end_section(Some(id.clone()), text.clone());
        self.document.headings.push(Heading { level, id, text });
    }

    fn end_code(&mut self) {
        let Some(code) = self.code.take() else { return };
        self.plain(&code.text);
        self.out.push_str("<div class=\"code\"");
        if !code.language.is_empty() {
            self.out.push_str(" data-lang=\"");
            escape(&code.language, &mut self.out);
            self.out.push('"');
        }
        let html = highlight::highlight(&code.language, &code.text);
        let number = self.opaque.len();
        self.opaque.push(format!("<pre tabindex=\"0\"><code>{html}</code></pre>"));
        self.out.push_str(&format!(">{}</div>\n", pieces::opaque(number)));
    }

    /// A quote, or a callout in the manner of GitHub (`[!NOTE]`) or Zendesk (`![info]`).
    fn start_quote(
        &mut self,
        kind: Option<BlockQuoteKind>,
        steps: &[(Step<'_>, Range<usize>)],
    ) -> usize {
        let named = kind.map(|kind| match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        });
        if let Some(name) = named {
            self.start_callout(name, "");
            self.quotes.push("</aside>\n");
            return 1;
        }
        let Some((name, used)) = self.alert(steps) else {
            self.out.push_str("<blockquote>\n");
            self.quotes.push("</blockquote>\n");
            return 1;
        };
        self.start_callout(name, "");
        self.quotes.push("</aside>\n");
        self.out.push_str("<p>");
        self.depth += 1;
        used
    }

    /// Looks for an alert mark at the begin of a quote's first paragraph: the callout it names,
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
        let known = NAMES.iter().find_map(|(name, kind)| match kind {
            Kind::Callout(class) if *name == word => Some(*class),
            _ => None,
        });
        Some((known.unwrap_or("note"), used))
    }

    fn start_callout(&mut self, class: &str, title: &str) {
        let title = if title.is_empty() {
            self.word(&format!("callout_{class}"))
        } else {
            title.to_owned()
        };
        self.out.push_str(&format!(
            "<aside class=\"callout {class}\" role=\"note\"><p class=\"callout-title\">"
        ));
        inline::push_words(&pieces::clean(&title), &mut self.out);
        self.out.push_str("</p>\n");
    }

    /// A line that opens or closes a container.
    pub(super) fn fence(&mut self, fence: &Fence, span: &Range<usize>) {
        // The fence stands inside an html block, which is one level of the parser's own.
        let depth = self.depth.saturating_sub(1);
        match &fence.opens {
            Some(container) => self.open_container(container, fence.length, depth, span),
            None => {
                let found = self
                    .open
                    .iter()
                    .rposition(|open| open.depth == depth && open.length <= fence.length);
                let Some(at) = found else {
                    let mark = self.masked.text[span.clone()].trim();
                    let problem =
                        Problem::new(Code::StrayContainerEnd, span.clone()).with("fence", mark);
                    self.document.problems.push(problem);
                    return;
                };
                self.close_unclosed(at + 1);
                if let Some(open) = self.open.pop() {
                    self.out.push_str(open.end);
                }
            }
        }
    }

    fn open_container(
        &mut self,
        container: &Container,
        length: usize,
        depth: usize,
        span: &Range<usize>,
    ) {
        let title = inline::resolve_labels(&container.title).into_owned();
        let Some(kind) = container.kind else {
            let names: Vec<_> = NAMES.iter().map(|(name, _)| *name).collect();
            let problem = Problem::new(Code::UnknownContainer, span.clone())
                .with("name", &container.name)
                .with("allowed", names.join(", "));
            self.document.problems.push(problem);
            self.open.push(Open {
                name: container.name.clone(),
                length,
                depth,
                span: span.clone(),
                end: "",
            });
            return;
        };
        let end = match kind {
            Kind::Callout(class) => {
                self.start_callout(class, &title);
                "</aside>\n"
            }
            Kind::Details => {
                let summary =
                    if title.is_empty() { self.word("details_title") } else { title.clone() };
                self.titled("<details class=\"details\"><summary>", &summary, "</summary>\n");
                "</details>\n"
            }
            Kind::Steps => self.plain_container("<div class=\"steps\">\n", "</div>\n"),
            Kind::Tabs => self.plain_container("<div class=\"tabs\">\n", "</div>\n"),
            Kind::Reply => self.plain_container("<div class=\"reply\">\n", "</div>\n"),
            Kind::Tab => {
                self.titled("<section class=\"tab\" data-label=\"", &title, "\">");
                self.titled("<p class=\"tab-title\">", &title, "</p>\n");
                "</section>\n"
            }
            Kind::Internal | Kind::Only => {
                self.role_block(container);
                "</div>\n"
            }
        };
        self.plain(&title);
        self.plain("\n");
        self.open.push(Open {
            name: container.name.clone(),
            length,
            depth,
            span: span.clone(),
            end,
        });
    }

    fn plain_container(&mut self, start: &str, end: &'static str) -> &'static str {
        self.out.push_str(start);
        end
    }

    fn titled(&mut self, before: &str, title: &str, after: &str) {
        self.out.push_str(before);
        escape(&pieces::clean(title), &mut self.out);
        self.out.push_str(after);
    }

    /// A block that only some roles see, marked as such for those who do.
    fn role_block(&mut self, container: &Container) {
        let roles = container.roles().unwrap_or_default();
        let labels: Vec<_> = roles
            .iter()
            .map(|role| self.options.role_labels.get(role).cloned().unwrap_or_else(|| role.clone()))
            .collect();
        let label = if labels.is_empty() {
            self.word("internal_block")
        } else {
            self.word("role_block").replace("{roles}", &labels.join(&self.word("list_separator")))
        };
        self.titled("<div class=\"role-block\" data-roles=\"", &roles.join(" "), "\">");
        self.titled("<p class=\"role-block-label\">", &label, "</p>\n");
    }

    /// Ends containers that were opened at this depth of the parser or deeper.
    pub(super) fn close_containers(&mut self, depth: usize) {
        let keep = self.open.iter().position(|open| open.depth >= depth).unwrap_or(self.open.len());
        self.close_unclosed(keep);
    }

    /// Closes all but the first `keep` containers, which their writer forgot to do.
    fn close_unclosed(&mut self, keep: usize) {
        while self.open.len() > keep {
            let Some(open) = self.open.pop() else { return };
            let mark = self.masked.text[open.span.start..].chars().next().unwrap_or(':');
            let problem = Problem::new(Code::UnclosedContainer, open.span)
                .with("name", open.name)
                .with("fence", mark.to_string().repeat(open.length));
            self.document.problems.push(problem);
            self.out.push_str(open.end);
        }
    }

    pub(super) fn footnote_reference(&mut self, name: &str) {
        let order = &mut self.footnotes.order;
        let known = order.iter().position(|known| known == name);
        let number = known.unwrap_or_else(|| {
            order.push(name.to_owned());
            order.len() - 1
        }) + 1;
        // Only the first mention can be the one that the footnote leads back to.
        let id = if known.is_none() { format!(" id=\"fnref-{number}\"") } else { String::new() };
        self.out.push_str(&format!(
            "<sup class=\"footnote-ref\"{id}><a href=\"#fn-{number}\">{number}</a></sup>"
        ));
    }

    pub(super) fn write_footnotes(&mut self) {
        let order = std::mem::take(&mut self.footnotes.order);
        let noted: Vec<_> = order
            .iter()
            .enumerate()
            .filter_map(|(at, name)| Some((at + 1, self.footnotes.bodies.remove(name)?)))
            .collect();
        if noted.is_empty() {
            return;
        }
        let back = self.word("footnote_back");
        self.out.push_str("<section class=\"footnotes\"><ol>\n");
        for (number, body) in noted {
            self.out.push_str(&format!("<li id=\"fn-{number}\">{}", body.trim_end()));
            self.out.push_str(&format!(" <a href=\"#fnref-{number}\" aria-label=\""));
            escape(&back, &mut self.out);
            self.out.push_str("\">↩</a></li>\n");
        }
        self.out.push_str("</ol></section>\n");
    }
}

/// The title that a heading makes: its html, unless it holds links, which titles do not.
fn lead(inner: &str, text: &str) -> Title {
    if inner.contains("<a ") || inner.contains("<img ") {
        let mut html = String::new();
        escape(&strip(inner), &mut html);
        return Title { html: pieces::clean(&html).into_owned(), text: text.to_owned() };
    }
    Title { html: inner.trim().to_owned(), text: text.to_owned() }
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
