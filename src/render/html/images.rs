//! Images.

use super::Html;
use super::start_tags::push_attribute;
use crate::document::Kind;
use crate::render::Piece;
use crate::text::html::escape;

impl Html<'_> {
    /// An image. Alone in a figure it leads to its own file, where it can be seen in full size: one of
    /// the site, and outside of other links.
    pub(super) fn image(&mut self, number: usize, link: usize, title: &str) {
        let words = crate::document::text(self.tree, self.tree.inside(number));
        let before = number.checked_sub(1).map(|before| self.tree.node(before).kind);
        let Some(Kind::Figure(in_link)) = before else {
            self.img(number, link, &words, title);
            return;
        };
        let leads_on = is_of_the_site(&self.document.links[link].target) && !in_link;
        if leads_on {
            self.out.push_str("<a class=\"zoom\"");
            self.address("href", link);
            let name = if words.trim().is_empty() { self.word("image_zoom") } else { "" };
            let name = name.to_owned();
            self.attribute("aria-label", &name);
            self.out.push('>');
        }
        self.img(number, link, &words, title);
        if leads_on {
            self.out.push_str("</a>");
        }
    }

    fn img(&mut self, number: usize, link: usize, words: &str, title: &str) {
        let mut behind = " alt=\"".to_owned();
        escape(words, &mut behind);
        behind.push('"');
        let title = Some(("title", title)).filter(|(_, title)| !title.is_empty());
        let others = self.tree.attributes.get(&number).into_iter().flatten();
        let others = others.map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in title.into_iter().chain(others) {
            push_attribute(name, value, &mut behind);
        }
        behind.push_str(" loading=\"lazy\">");
        self.hole(Piece::Image {
            before: "<img".into(),
            link,
            behind: behind.into(),
            words: words.into(),
        });
    }
}

/// Whether an image is a file of the site: it has a path, and neither scheme nor host.
fn is_of_the_site(target: &str) -> bool {
    let target = target.trim();
    let first = target.split(['/', '?', '#']).next().unwrap_or_default();
    !target.is_empty() && !target.starts_with("//") && !first.contains(':')
}
