//! Containers on their way into the tree.

use std::borrow::Cow;
use std::ops::Range;

use super::Builder;
use super::steps::Steps;
use crate::diagnostic::{Code, Problem};
use crate::document::tree::Kind;
use crate::mutation::{Policy, off};
use crate::syntax::containers::{self, BlockAudience, Container, OWN_PAGE, unknown};
use crate::syntax::fences::Opening;
use crate::text::reserved;

/// A container that is open.
pub(super) struct OpenContainer {
    /// Its node. The text of a snippet has none: it stands for itself.
    pub node: Option<usize>,
    /// What is known of its steps, if it is `:::steps`.
    pub steps: Option<Steps>,
}

impl Builder<'_> {
    /// A container that opens.
    pub(super) fn open_container(&mut self, opening: &Opening, span: &Range<usize>) {
        let meant = self.meant(&opening.container);
        let container = meant.as_ref();
        if !self.may_show(container) {
            let problem = Problem::new(Code::Leak, span.clone());
            let problem = problem.with_both("target", OWN_PAGE.0, OWN_PAGE.1);
            self.parsed.problems.push(problem);
            self.has_stopped = true;
            return;
        }
        if !opening.is_closed {
            let problem = Problem::new(Code::UnclosedContainer, span.clone())
                .with("name", &container.name)
                .with("fence", &opening.fence);
            self.parsed.problems.push(problem);
        }
        let node = (container.kind != Some(containers::Kind::Include)).then(|| {
            let tree = &mut self.parsed.tree;
            let number = u32::try_from(tree.containers.len()).unwrap_or(u32::MAX);
            let title = reserved::clean(&container.title).into_owned();
            // An unknown one is shown like any other box.
            let kind = container.kind.or(Some(containers::Kind::Unknown));
            tree.containers.push(Container { title, kind, ..container.clone() });
            tree.ends.push(opening.end);
            self.end_paragraph();
            self.push(Kind::Container(number), span)
        });
        if let Some(node) = node {
            self.container_attributes(node, container, span);
        }
        if container.is_leaf() {
            self.gap(span);
        }
        match container.kind {
            Some(containers::Kind::Tab) if container.title.is_empty() => {
                let problem = Problem::new(Code::TabWithoutTitle, span.clone());
                self.parsed.problems.push(problem);
            }
            Some(_) => {}
            None => self.parsed.problems.push(unknown(container, span)),
        }
        self.last = Some('\n');
        if node.is_some() && !container.title.is_empty() {
            self.title(&container.title, span);
        }
        let is_steps = container.kind == Some(containers::Kind::Steps);
        let steps = is_steps.then(|| self.begin_steps(span));
        self.containers.push(OpenContainer { node, steps });
    }

    /// Keeps the attributes of a container that mean something, and reports the others; so it does
    /// with a title that is shown nowhere.
    fn container_attributes(&mut self, node: usize, container: &Container, span: &Range<usize>) {
        use containers::Kind as Known;
        let is_guard = container.kind.is_some_and(Known::guards_access);
        for (key, value) in &container.attributes {
            let is_open = key == containers::OPEN && container.kind == Some(Known::Details);
            let is_off = matches!(value.as_str(), "false" | "no" | "0");
            match key.as_str() {
                _ if is_guard => {}
                "class" | "dir" | "id" | "lang" => self.attribute(node, key, value),
                _ if is_open && is_off => {}
                _ if is_open => self.attribute(node, key, ""),
                _ => self.report_unread(key, span),
            }
        }
        let is_lost = matches!(container.kind, Some(Known::Steps | Known::Tabs));
        if is_lost && !container.title.is_empty() {
            self.report_unread(&container.title, span);
        }
    }

    /// A container in the name that the site has given it.
    fn meant<'c>(&self, container: &'c Container) -> Cow<'c, Container> {
        let name = self.options.containers.get(&container.name);
        match name.filter(|_| container.kind.is_none()) {
            Some(name) => {
                let kind = containers::kind(name);
                Cow::Owned(Container { name: name.clone(), kind, ..container.clone() })
            }
            None => Cow::Borrowed(container),
        }
    }

    /// Whether those who read the page may read what is in a container. The cut has seen to that;
    /// this asks once more, so that nothing but both together can show a block to the wrong people.
    fn may_show(&self, container: &Container) -> bool {
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
    pub(super) fn close_container(&mut self) {
        let Some(OpenContainer { node, steps }) = self.containers.pop() else { return };
        if let Some(steps) = &steps {
            self.end_steps(steps);
        }
        // With it ends a step that stands in it, and html that was left open.
        if let Some(node) = node {
            self.close_to(node);
        }
    }

    /// How many containers are open, without those of snippets.
    pub(super) fn boxes(&self) -> usize {
        self.containers.iter().filter(|container| container.node.is_some()).count()
    }
}
