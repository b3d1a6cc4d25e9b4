//! A tree to html.

mod elements;
mod images;
mod start_tags;

use std::ops::Range;

use super::containers::Begin;
use super::{Piece, Words, containers, highlight};
use crate::document::{Align, BlockKind, Document, Kind, Tree, Visit};
use crate::text::fold::single_spaced;
use crate::text::html::escape;

/// What tables stand in: wide ones scroll by themselves, also by keyboard.
const TABLE_START: &str = "<div class=\"table\" tabindex=\"0\">";
/// The end of it.
const TABLE_END: &str = "</div>";

/// The attribute of a marked start tag; its value is a number of a span.
pub(crate) const MARK: &str = "data-t0-at";

/// Html that is being written.
pub(crate) struct Html<'d> {
    document: &'d Document,
    tree: &'d Tree,
    words: &'d Words,
    /// What is finished, and what follows it up to the next hole.
    pieces: Vec<Piece>,
    out: String,
    /// Where the marked blocks stand; none if none are to be.
    spans: Option<Vec<Range<usize>>>,
    /// How much code has colours already.
    highlighted: usize,
    /// The block that comes next.
    block: usize,
    in_table_head: bool,
    /// A node whose start tag is being written, and where it begins.
    unsettled: Option<(usize, usize)>,
    /// For each open table of raw html whether it has a box.
    tables: Vec<bool>,
}

impl<'d> Html<'d> {
    pub(crate) fn new(document: &'d Document, words: &'d Words, with_marks: bool) -> Self {
        let tree = &document.tree;
        Html {
            document,
            tree,
            words,
            pieces: Vec::new(),
            out: String::new(),
            spans: with_marks.then(Vec::new),
            highlighted: 0,
            block: 0,
            in_table_head: false,
            unsettled: None,
            tables: Vec::new(),
        }
    }

    /// The html, and where the marked blocks stand.
    pub(crate) fn into_parts(mut self) -> (Vec<Piece>, Vec<Range<usize>>) {
        self.cut();
        (self.pieces, self.spans.unwrap_or_default())
    }

    fn cut(&mut self) {
        if !self.out.is_empty() {
            self.pieces.push(Piece::Html(std::mem::take(&mut self.out).into_boxed_str()));
        }
    }

    /// Leaves a hole for an attribute with the address of a link.
    fn address(&mut self, name: &str, link: usize) {
        self.hole(Piece::Address { name: name.into(), link });
    }

    /// Leaves a hole.
    fn hole(&mut self, hole: Piece) {
        self.settle();
        self.cut();
        self.pieces.push(hole);
    }

    /// Writes the whole document.
    pub(crate) fn body(&mut self) {
        self.nodes(0..self.tree.nodes().len());
        self.block_at(Visit::Leave(usize::MAX));
        self.footnotes();
    }

    /// Writes nodes that stand side by side.
    pub(crate) fn nodes(&mut self, nodes: Range<usize>) {
        let mut walk = self.tree.walk(nodes);
        while let Some(visit) = walk.next() {
            self.block_at(visit);
            match visit {
                Visit::Enter(number) => {
                    let kind = self.tree.node(number).kind;
                    self.enter(number, kind);
                    // What is in it is written, or is written elsewhere.
                    if matches!(
                        kind,
                        Kind::Lead
                            | Kind::FootnoteDefinition(_)
                            | Kind::Image { .. }
                            | Kind::ContainerTitle
                    ) {
                        walk.skip_inside();
                    }
                }
                Visit::Leave(number) => self.leave(number),
            }
        }
    }

    /// Leaves a hole where a block begins that something may go before.
    fn block_at(&mut self, at: Visit) {
        let Some(block) = self.document.blocks.get(self.block).filter(|block| block.at == at)
        else {
            return;
        };
        let before = self.block.checked_sub(1).map(|before| &self.document.blocks[before].kind);
        let is_plain = matches!(block.kind, BlockKind::Other | BlockKind::Code(_));
        if !is_plain || matches!(before, Some(BlockKind::Heading(_))) {
            self.hole(Piece::Block(self.block));
        }
        self.block += 1;
    }

    fn enter(&mut self, number: usize, kind: Kind) {
        match kind {
            Kind::Text(words) => escape(self.tree.words(words), &mut self.out),
            Kind::Label(words) => self.around("<span class=\"ui-label\">", words, "</span>"),
            Kind::Code(words) => self.around("<code>", words, "</code>"),
            Kind::Emphasis => self.out.push_str("<em>"),
            Kind::Strong => self.out.push_str("<strong>"),
            Kind::Strikethrough => self.out.push_str("<del>"),
            Kind::HardBreak => self.out.push_str("<br>\n"),
            Kind::Link { link, title } => {
                self.out.push_str("<a");
                self.address("href", link as usize);
                self.attribute("title", self.tree.words(title));
                self.out.push('>');
            }
            Kind::Address { link, text } => {
                self.out.push_str("<a");
                self.address("href", link as usize);
                self.around(">", text, "</a>");
            }
            Kind::Image { link, title } => {
                self.image(number, link as usize, self.tree.words(title));
            }
            Kind::FootnoteReference(_) => self.mention(number),
            Kind::TaskMarker(done) => {
                let checked = if done { " checked" } else { "" };
                self.out.push_str(&format!("<input type=\"checkbox\" disabled{checked}> "));
            }
            Kind::Raw(words) => self.out.push_str(self.tree.words(words)),
            Kind::Element(element) => self.element(number, element as usize),
            _ => self.enter_block(number, kind),
        }
    }

    fn enter_block(&mut self, number: usize, kind: Kind) {
        match kind {
            Kind::Paragraph => self.start(number, "<p>"),
            Kind::Figure(_) => self.start(number, "<figure>"),
            Kind::Caption => self.push("<figcaption>"),
            Kind::Heading(heading) => self.heading(number, heading as usize),
            Kind::Quote => self.start(number, "<blockquote>\n"),
            Kind::Alert(name) => {
                self.unsettled = Some((number, self.out.len()));
                containers::start_callout(self, self.tree.words(name), None);
                self.settle();
            }
            Kind::CodeBlock { language, text } => {
                self.code(number, self.tree.words(language), self.tree.words(text));
            }
            Kind::List(None) => self.start(number, "<ul>\n"),
            Kind::List(Some(1)) => self.start(number, "<ol>\n"),
            Kind::List(Some(first)) => self.start(number, &format!("<ol start=\"{first}\">\n")),
            Kind::Item => {
                let is_task = self.is_task(number);
                self.start(number, if is_task { "<li class=\"task\">" } else { "<li>" });
            }
            Kind::StepItem(step) => self.step_item(number, step as usize),
            Kind::Step => self.start(number, "<section class=\"step-item\">\n"),
            Kind::Table => {
                self.out.push_str(TABLE_START);
                self.start(number, "<table>\n");
            }
            Kind::TableHead => {
                self.in_table_head = true;
                self.out.push_str("<thead>");
                self.start(number, "<tr>");
            }
            Kind::TableRow => self.start(number, "<tr>"),
            Kind::TableCell(align) => self.cell(number, align),
            Kind::DefinitionList => self.start(number, "<dl>\n"),
            Kind::DefinitionTerm => self.start(number, "<dt>"),
            Kind::DefinitionText => self.start(number, "<dd>"),
            Kind::Rule => self.start(number, "<hr>\n"),
            Kind::Container(container) => {
                let container = &self.tree.containers[container as usize];
                let Some(kind) = container.kind else { return };
                self.unsettled = Some((number, self.out.len()));
                // Of a comment, say, nothing is left.
                let title = self.tree.title(number).filter(|title| self.says_something(*title));
                (containers::form(kind).open)(self, &Begin { container, title });
                self.settle();
            }
            // Titles and footnotes are written elsewhere.
            _ => {}
        }
    }

    fn leave(&mut self, number: usize) {
        let end = match self.tree.node(number).kind {
            Kind::Emphasis => "</em>",
            Kind::Strong => "</strong>",
            Kind::Strikethrough => "</del>",
            Kind::Link { .. } => "</a>",
            Kind::Paragraph => "</p>\n",
            Kind::Caption => "</figcaption>",
            Kind::Figure(_) => "</figure>\n",
            Kind::Heading(heading) => {
                let heading = &self.document.headings[heading as usize];
                self.out.push_str("<a class=\"anchor\" href=\"#");
                escape(&heading.id, &mut self.out);
                // For the mouse alone: named, it would be read out as a part of the heading.
                let level = heading.level;
                let rest = format!("\" aria-hidden=\"true\" tabindex=\"-1\">#</a></h{level}>\n");
                self.out.push_str(&rest);
                ""
            }
            Kind::Quote => "</blockquote>\n",
            Kind::Alert(_) => "</aside>\n",
            Kind::List(Some(_)) => "</ol>\n",
            Kind::List(None) => "</ul>\n",
            Kind::Item | Kind::StepItem(_) => "</li>\n",
            Kind::Step => "</section>\n",
            Kind::Table => {
                self.out.push_str("</tbody></table>");
                self.out.push_str(TABLE_END);
                "\n"
            }
            Kind::TableHead => {
                self.in_table_head = false;
                "</tr></thead>\n<tbody>"
            }
            Kind::TableRow => "</tr>\n",
            Kind::TableCell(_) if self.in_table_head => "</th>",
            Kind::TableCell(_) => "</td>",
            Kind::DefinitionList => "</dl>\n",
            Kind::DefinitionTerm => "</dt>\n",
            Kind::DefinitionText => "</dd>\n",
            Kind::Element(element) => {
                self.end_element(self.tree.elements[element as usize].name);
                ""
            }
            Kind::Container(container) => {
                let kind = self.tree.containers[container as usize].kind;
                kind.map_or("", |kind| containers::form(kind).end)
            }
            _ => "",
        };
        self.out.push_str(end);
    }

    fn around(&mut self, before: &str, words: crate::document::tree::Words, after: &str) {
        self.out.push_str(before);
        escape(self.tree.words(words), &mut self.out);
        self.out.push_str(after);
    }

    /// Writes a text between two pieces of html.
    pub(super) fn titled(&mut self, before: &str, title: &str, after: &str) {
        self.out.push_str(before);
        escape(title, &mut self.out);
        self.out.push_str(after);
    }

    /// Writes a title, or a word of the interface where there is none.
    pub(super) fn title_or(&mut self, title: Option<usize>, key: &str) {
        match title {
            Some(title) => self.nodes(self.tree.inside(title)),
            None => {
                let word = self.word(key).to_owned();
                escape(&word, &mut self.out);
            }
        }
    }

    /// The words of a title, or of the interface where there is none.
    pub(super) fn title_text(&self, title: Option<usize>, key: &str) -> String {
        let text = title.map(|title| crate::document::text(self.tree, self.tree.inside(title)));
        let text = text.map(|text| single_spaced(&text)).filter(|text| !text.is_empty());
        text.unwrap_or_else(|| self.word(key).to_owned())
    }

    /// Whether a node holds more than a stretch of words.
    pub(super) fn is_mixed(&self, number: usize) -> bool {
        self.tree.inside(number).len() > 1
    }

    /// Whether there is anything in a node to see.
    fn says_something(&self, number: usize) -> bool {
        let mut inside = self.tree.inside(number).map(|node| self.tree.node(node).kind);
        inside.any(|kind| matches!(kind, Kind::Image { .. } | Kind::Element(_)))
            || !crate::document::text(self.tree, self.tree.inside(number)).trim().is_empty()
    }

    pub(super) fn push(&mut self, html: &str) {
        self.out.push_str(html);
    }

    /// A word of the interface in the page's language.
    pub(super) fn word<'w>(&'w self, key: &'w str) -> &'w str {
        self.words.texts.get(key).map_or(key, String::as_str)
    }

    /// The labels of roles that the edition has.
    pub(super) fn role_label(&self, role: &str) -> Option<&'d str> {
        self.words.role_labels.get(role).map(String::as_str)
    }

    /// Closes the open attribute and writes another one, if it has a value.
    /// Writes an attribute that has a value.
    fn attribute(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(value, &mut self.out);
            self.out.push('"');
        }
    }

    fn heading(&mut self, number: usize, heading: usize) {
        let heading = &self.document.headings[heading];
        let from = self.out.len();
        self.out.push_str(&format!("<h{} id=\"", heading.level));
        escape(&heading.id, &mut self.out);
        if !heading.classes.is_empty() {
            self.out.push_str("\" class=\"");
            escape(&heading.classes.join(" "), &mut self.out);
        }
        self.out.push_str("\">");
        self.unsettled = Some((number, from));
        self.settle();
    }

    fn code(&mut self, number: usize, language: &str, text: &str) {
        let from = self.out.len();
        self.out.push_str("<div class=\"code\"");
        if !language.is_empty() {
            self.out.push_str(" data-lang=\"");
            escape(language, &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
        self.mark(from, number);
        let html = highlight::highlight(language, text, &mut self.highlighted);
        self.out.push_str(&format!("<pre tabindex=\"0\"><code>{html}</code></pre></div>\n"));
    }

    /// Whether a list item begins with a tick box.
    fn is_task(&self, number: usize) -> bool {
        let first = |number: usize| {
            let first = self.tree.inside(number).next()?;
            Some((first, self.tree.node(first).kind))
        };
        match first(number) {
            Some((_, Kind::TaskMarker(_))) => true,
            Some((paragraph, Kind::Paragraph | Kind::Figure(_))) => {
                matches!(first(paragraph), Some((_, Kind::TaskMarker(_))))
            }
            _ => false,
        }
    }

    fn step_item(&mut self, number: usize, step: usize) {
        let from = self.out.len();
        let id = &self.document.steps[step];
        let class = if self.is_task(number) { "task step-item" } else { "step-item" };
        // For the mouse alone, like the anchors of headings.
        self.out.push_str(&format!(
            "<li class=\"{class}\" id=\"{id}\"><a class=\"anchor\" href=\"#{id}\" \
             aria-hidden=\"true\" tabindex=\"-1\">#</a>"
        ));
        self.mark(from, number);
    }

    fn cell(&mut self, number: usize, align: Align) {
        let class = match align {
            Align::Left => " class=\"align-left\"",
            Align::Center => " class=\"align-center\"",
            Align::Right => " class=\"align-right\"",
            Align::None => "",
        };
        let name = if self.in_table_head { "th scope=\"col\"" } else { "td" };
        self.start(number, &format!("<{name}{class}>"));
    }

    fn mention(&mut self, number: usize) {
        let Some((number, is_first)) = self.document.footnotes.mention(number) else { return };
        // Only the first mention can be the one that the footnote leads back to.
        let id = if is_first { format!(" id=\"fnref-{number}\"") } else { String::new() };
        self.out.push_str(&format!(
            "<sup class=\"footnote-ref\"{id}><a href=\"#fn-{number}\">{number}</a></sup>"
        ));
    }

    /// Writes the footnotes that something mentions.
    fn footnotes(&mut self) {
        let notes = &self.document.footnotes.notes;
        if notes.is_empty() {
            return;
        }
        self.out.push_str("<section class=\"footnotes\"><ol>\n");
        for (number, node) in notes {
            self.out.push_str(&format!("<li id=\"fn-{number}\">"));
            self.nodes(self.tree.inside(*node));
            let end = self.out.trim_end().len();
            self.out.truncate(end);
            self.out.push_str(&format!(" <a href=\"#fnref-{number}\" aria-label=\""));
            let back = self.word("footnote_back").to_owned();
            self.titled("", &back, "\">↩</a></li>\n");
        }
        self.out.push_str("</ol></section>\n");
    }
}
