//! Boxes: quotes, callouts and containers.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Tag};

use super::containers::{BlockAudience, Container, Kind, NAMES};
use super::fences::{Opening, Step};
use super::tags::escape;
use super::writer::Writer;
use super::{Problem, inline, pieces};
use crate::diagnostic::Code;

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

    /// A container that opens; its end is written by [`Writer::close_container`].
    pub(super) fn open_container(&mut self, opening: &Opening, span: &Range<usize>) {
        let container = &opening.container;
        if !opening.is_closed {
            let problem = Problem::new(Code::UnclosedContainer, span.clone())
                .with("name", &container.name)
                .with("fence", &opening.fence);
            self.document.problems.push(problem);
        }
        let title = inline::resolve_labels(&container.title).into_owned();
        let Some(kind) = container.kind else {
            let names: Vec<_> = NAMES.iter().map(|(name, _)| *name).collect();
            let problem = Problem::new(Code::UnknownContainer, span.clone())
                .with("name", &container.name)
                .with("allowed", names.join(", "));
            self.document.problems.push(problem);
            self.enter_container(false, span);
            self.enter_frame(false);
            self.open.push("");
            return;
        };
        self.enter_container(kind.guards_access(), span);
        self.enter_frame(kind.guards_access() || matches!(kind, Kind::Steps));
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
        self.open.push(end);
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

    /// A block that only some roles see, marked as such for those who do. Roles that the edition
    /// does not have are not named.
    fn role_block(&mut self, container: &Container) {
        let roles = match container.audience() {
            Some(Ok(BlockAudience::Roles(roles))) => roles,
            _ => Vec::new(),
        };
        let named: Vec<_> = roles
            .iter()
            .filter_map(|role| Some((role.as_str(), self.options.role_labels.get(role)?.as_str())))
            .collect();
        let label = if named.is_empty() {
            self.word("internal_block")
        } else {
            let labels: Vec<_> = named.iter().map(|(_, label)| *label).collect();
            self.word("role_block").replace("{roles}", &labels.join(&self.word("list_separator")))
        };
        let names: Vec<_> = named.iter().map(|(name, _)| *name).collect();
        self.titled("<div class=\"role-block\" data-roles=\"", &names.join(" "), "\">");
        self.titled("<p class=\"role-block-label\">", &label, "</p>\n");
    }

    /// Ends the innermost container.
    pub(super) fn close_container(&mut self, span: &Range<usize>) {
        if let Some(end) = self.open.pop() {
            self.leave_container(span);
            self.leave_frame();
            self.out.push_str(end);
        }
    }
}
