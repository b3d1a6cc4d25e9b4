//! Containers on their way into the html.

use std::ops::Range;

use super::{Begin, form};
use crate::diagnostic::Code;
use crate::markdown::fences::Opening;
use crate::markdown::writer::Writer;
use crate::markdown::{Problem, inline, pieces};
use crate::mutation::{Policy, off};
use crate::syntax::containers::{BlockAudience, Container, Kind, OWN_PAGE, unknown};
use crate::text::html::escape;

impl Writer<'_> {
    /// A container that opens; its end is written by [`Writer::close_container`].
    pub(in crate::markdown) fn open_container(&mut self, opening: &Opening, span: &Range<usize>) {
        let container = &opening.container;
        if !self.may_write(container) {
            let problem =
                Problem::new(Code::Leak, span.clone()).with_both("target", OWN_PAGE.0, OWN_PAGE.1);
            self.document.problems.push(problem);
            self.has_stopped = true;
            return;
        }
        if !opening.is_closed {
            let problem = Problem::new(Code::UnclosedContainer, span.clone())
                .with("name", &container.name)
                .with("fence", &opening.fence);
            self.document.problems.push(problem);
        }
        let Some(form) = form(&container.name) else {
            self.document.problems.push(unknown(container, span));
            self.enter_container(container, span);
            self.open.push(|_| {});
            return;
        };
        self.enter_container(container, span);
        let title = inline::resolve_labels(&container.title).into_owned();
        let from = self.out.len();
        (form.open)(self, &Begin { container, title: &title, span });
        self.mark(from, span);
        if container.kind != Some(Kind::Include) {
            self.plain(&title);
        }
        self.plain("\n");
        self.open.push(form.close);
    }

    /// Whether those who read the page may read what is in a container. The cut has seen to that;
    /// this asks once more, so that nothing but both together can show a block to the wrong people.
    fn may_write(&self, container: &Container) -> bool {
        let edition = &self.options.edition;
        match container.audience() {
            None => true,
            _ if off(Policy::BlocksWritten) => true,
            Some(Ok(BlockAudience::Internal)) => edition.shows_internal(),
            Some(Ok(BlockAudience::Roles(roles))) => edition.shows(&roles),
            Some(Err(_)) => false,
        }
    }

    /// Ends the innermost container.
    pub(in crate::markdown) fn close_container(&mut self, span: &Range<usize>) {
        if let Some(close) = self.open.pop() {
            self.leave_container(span);
            close(self);
        }
    }

    /// Writes a title between two pieces of html.
    pub(super) fn titled(&mut self, before: &str, title: &str, after: &str) {
        self.out.push_str(before);
        escape(&pieces::clean(title), &mut self.out);
        self.out.push_str(after);
    }
}
