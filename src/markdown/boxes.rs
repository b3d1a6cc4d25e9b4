//! Boxes: quotes, callouts and containers.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Tag};

use super::containers::{Container, Kind, NAMES};
use super::fences::{Fence, Step};
use super::tags::escape;
use super::writer::Writer;
use super::{Problem, inline, pieces};
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

impl Writer<'_> {
    /// A quote, or a callout in the manner of GitHub (`[!NOTE]`) or Zendesk (`![info]`).
    pub(super) fn start_quote(
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
}
