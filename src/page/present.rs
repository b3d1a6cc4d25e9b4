//! From the site to the values that templates see.

use std::ops::Range;
use std::sync::Arc;

use super::body;
use super::finding;
use super::guide_summary;
use super::handoff;
use super::lists::Lists;
use super::map;
use super::plan::{Job, Subject};
use super::shared::Shared;
use super::structured;
use super::view::{
    Children, Group, Handoff, LanguageLink, LinkView, Navigation, NavigationItem, PageView,
    RoleDetail, RoleView, RowView, SectionView, TagLink, TagView, TocEntry, View,
};
use crate::config::Config;
use crate::config::roles::CUSTOMER;
use crate::site::{LanguagePart, Page, PageId, SectionNode, Site, encode};
use crate::text::html::escaped;

/// Entries of the section navigation around the page.
pub(super) const NAVIGATION: usize = 40;
/// Articles shown on a section's card.
const CARD: usize = 5;
/// Error codes shown in a row of a list: a page may have thousands, and stand in many lists.
const ROW_CODES: usize = 12;

/// Makes the view of one page. `all` is what the pages of each language share.
pub(crate) fn page(maker: &Maker<'_>, all: &[Shared], job: &Job<'_>) -> View {
    let Maker { site, config, shared, .. } = *maker;
    let mut view = View {
        root: body::root(job.url),
        page: PageView {
            template: job.template,
            url: encode(job.url),
            kind: "article",
            ..PageView::default()
        },
        ..View::default()
    };
    match job.subject {
        Subject::Article(id) => maker.article(&mut view, *id),
        Subject::Section(folder) => maker.section(&mut view, job, folder),
        Subject::Tags => maker.tags(&mut view),
        Subject::Tag(number) => maker.tag(&mut view, job, *number),
        Subject::Codes => maker.codes(&mut view, job, None),
        Subject::ProductCodes(group) => maker.codes(&mut view, job, Some(*group)),
        Subject::Role(number) => maker.role_page(&mut view, job, *number),
        Subject::Search => {
            view.page.title = shared.text("search_title");
            view.filters = finding::filters(site, maker.part, config, shared);
            view.ways = finding::ways(site, maker.part, config);
        }
        Subject::Redirect(number) => {
            let target = site.redirects.get(*number).map(|redirect| &site.pages[redirect.page]);
            if let Some(target) = target {
                view.page.title.clone_from(&target.names.title.text);
                view.page.url = encode(&target.url);
            }
        }
        Subject::Entrance => {
            view.page.title.clone_from(&maker.part.language.name);
            view.page.url = encode(&maker.part.home);
        }
        Subject::OpenSearch => {}
        Subject::NotFound => {
            view.page.title = shared.text("not_found_title");
            // Servers show this page at any depth, so only addresses from the root work.
            view.root = absolute_root(site, config);
            let code = |shared: &Shared| site.parts[shared.part].language.code.clone();
            let texts = all.iter().map(|shared| (code(shared), Arc::clone(&shared.texts)));
            view.t_by_language = texts.collect();
        }
    }
    view.languages = maker.languages(job);
    if view.page.title_html.is_empty() {
        view.page.title_html = escaped(&view.page.title);
    }
    let place =
        structured::PageContext { site, config, shared, subject: job.subject, sheet: job.sheet };
    view.page.structured = structured::data(place, &view);
    view
}

fn absolute_root(site: &Site, config: &Config) -> String {
    let base = config.base_url(&site.edition);
    let path =
        base.and_then(|url| url.split_once("://")).and_then(|(_, rest)| rest.split_once('/'));
    path.map_or_else(|| "/".to_owned(), |(_, path)| format!("/{path}"))
}

/// What views of the pages of a language are made from.
pub(crate) struct Maker<'a> {
    pub(super) site: &'a Site,
    pub(super) config: &'a Config,
    pub(super) shared: &'a Shared,
    pub(super) lists: &'a Lists,
    pub(super) part: &'a LanguagePart,
    pub(super) for_authors: bool,
}

impl Maker<'_> {
    pub(super) fn code(&self) -> &str {
        &self.part.language.code
    }

    fn article(&self, view: &mut View, id: PageId) {
        let page = &self.site.pages[id];
        self.content(view, page);
        view.page.toc = toc(page);
        view.page.tree_map = page.shape.tree.as_ref().filter(|_| self.for_authors).map(|tree| {
            let label =
                self.shared.text("tree_map_label").replace("{title}", &page.names.title.text);
            map::svg(tree, &label)
        });
        view.page.breadcrumbs = self.breadcrumbs(&page.folder, true);
        let link = |id: PageId| link_to(&self.site.pages[id]);
        view.page.previous = page.previous.map(link);
        view.page.next = page.next.map(link);
        view.nav = self.navigation(&page.folder, Some(id));
    }

    /// What an article and a section's own page have in common.
    fn content(&self, view: &mut View, page: &Page) {
        let meta = &page.selected.article.meta;
        let shown = &mut view.page;
        shown.title.clone_from(&page.names.title.text);
        shown.title_html.clone_from(&page.names.heading.html);
        shown.description = meta.description.as_ref().map(|_| page.names.summary.clone());
        shown.summary.clone_from(&page.names.summary);
        let pieces = body::pieces(page, &self.shared.words);
        shown.content = body::html(page, &pieces, &view.root);
        shown.updated.clone_from(&meta.updated);
        shown.kind = page.kind().name();
        shown.kind_label = self.kind_label(page);
        shown.status =
            (meta.status != crate::article::Status::Validated).then(|| meta.status.name());
        shown.tags = meta.tags.iter().filter_map(|tag| self.tag_link(tag)).collect();
        shown.roles = page.selected.roles.iter().map(|role| self.role(role)).collect();
        shown.internal = page.selected.is_internal;
        let product = |name: &String| self.config.product_label(name, self.code()).to_owned();
        shown.products = meta.products.iter().map(product).collect();
        shown.versions = self.versions_text(meta);
        shown.scopes = self.scopes(meta);
        shown.version_data = self.version_data(meta);
        shown.codes = self.code_links(page);
        shown.minutes = meta.time;
        shown.glance = guide_summary::guide_summary(page, &self.shared.text("scope_separator"));
        shown.handoff = handoff::handoff(self.site, self.config, page, self.code())
            .map(|handoff| Handoff { revision: handoff::revision(page, &pieces), ..handoff });
        shown.extra.clone_from(&meta.extra);
        // Nobody reads it twice. On the home page the search stands in between.
        if shown.template != "home.html" && opens_with_summary(page) {
            shown.description = None;
        }
    }

    fn section(&self, view: &mut View, job: &Job<'_>, folder: &str) {
        let Some(node) = self.part.sections.get(folder) else {
            return;
        };
        view.page.title.clone_from(&node.title);
        match node.page.map(|id| &self.site.pages[id]) {
            Some(page) if job.sheet == 1 => self.content(view, page),
            Some(page) => {
                view.page.title.clone_from(&page.names.title.text);
                view.page.title_html.clone_from(&page.names.heading.html);
            }
            None => {}
        }
        if folder.is_empty() && view.page.title.is_empty() {
            view.page.title = self.shared.text("home");
        }
        if !folder.is_empty() {
            view.page.breadcrumbs = self.breadcrumbs(folder, false);
            view.nav = self.navigation(folder, None);
        }
        let rows = self.sheet(view, job);
        view.children = self.articles(job, &node.pages, rows);
        // Further sheets go on with the articles alone.
        if job.sheet == 1 {
            view.children.sections = self.cards(node);
        }
    }

    fn tags(&self, view: &mut View) {
        view.page.title = self.shared.text("tags_title");
        view.page.breadcrumbs = self.breadcrumbs("", true);
        let tags = self.part.tags.all.iter();
        view.tags = tags
            .map(|tag| TagView {
                label: tag.label.clone(),
                url: encode(&tag.url),
                count: tag.pages.len(),
            })
            .collect();
    }

    fn tag(&self, view: &mut View, job: &Job<'_>, number: usize) {
        let Some(tag) = self.part.tags.all.get(number) else {
            return;
        };
        view.page.title = self.shared.text("tag_title").replace("{tag}", &tag.label);
        view.page.breadcrumbs = self.breadcrumbs("", true);
        let all = LinkView {
            title: self.shared.text("tags_title"),
            url: format!("{}tags/", self.part.home),
        };
        view.page.breadcrumbs.push(all);
        let rows = self.sheet(view, job);
        view.children = self.articles(job, &tag.pages, rows);
    }

    fn languages(&self, job: &Job) -> Vec<LanguageLink> {
        let translations = match job.subject {
            Subject::Article(id) => Some(&self.site.pages[*id].translations),
            Subject::Section(folder) => {
                let page = self.part.sections.get(folder).and_then(|node| node.page);
                page.map(|id| &self.site.pages[id].translations)
            }
            _ => None,
        };
        let link = |part: &LanguagePart| {
            let code = part.language.code.as_str();
            let translation = translations
                .and_then(|ids| ids.get(code))
                .map(|id| self.site.pages[*id].url.to_string());
            let same = translation.or_else(|| match job.subject {
                Subject::Section(folder) => part.sections.get(folder).map(|node| node.url.clone()),
                Subject::Tags => Some(format!("{}tags/", part.home)),
                Subject::Role(number) => {
                    let name = self.part.roles.get(*number).map(|role| &role.name);
                    part.roles
                        .iter()
                        .find(|role| Some(&role.name) == name)
                        .map(|role| role.url.clone())
                }
                Subject::Codes | Subject::ProductCodes(_) => self.codes_elsewhere(part, job),
                Subject::Search => Some(format!("{}search/", part.home)),
                _ => None,
            });
            LanguageLink {
                code: code.to_owned(),
                tag: part.language.tag.clone(),
                name: part.language.name.clone(),
                exists: same.is_some(),
                url: encode(&same.unwrap_or_else(|| part.home.clone())),
                current: code == self.code(),
            }
        };
        self.site.parts.iter().map(link).collect()
    }

    /// Home first; `with_last` adds the section itself.
    pub(super) fn breadcrumbs(&self, folder: &str, with_last: bool) -> Vec<LinkView> {
        let mut trail = Vec::new();
        let mut at = Some(folder);
        while let Some((folder, node)) =
            at.and_then(|folder| Some((folder, self.part.sections.get(folder)?)))
        {
            let title =
                if folder.is_empty() { self.shared.text("home") } else { node.title.clone() };
            trail.push(LinkView { title, url: encode(&node.url) });
            at = node.parent.as_deref();
        }
        if !with_last {
            trail.remove(0);
        }
        trail.reverse();
        trail
    }

    /// The pages of a section around one of them; large sections show a window.
    fn navigation(&self, folder: &str, current: Option<PageId>) -> Navigation {
        let Some(node) = self.part.sections.get(folder) else {
            return Navigation::default();
        };
        let sections = node.sections.iter().filter_map(|folder| self.part.sections.get(folder));
        let mut items: Vec<_> = sections
            .take(NAVIGATION)
            .map(|node| NavigationItem {
                title: node.title.clone(),
                url: encode(&node.url),
                kind: "section",
            })
            .collect();
        items.extend(self.around(node, current).map(|id| {
            let LinkView { title, url } = link_to(&self.site.pages[id]);
            NavigationItem { title, url, kind: "page" }
        }));
        let title = if folder.is_empty() { self.shared.text("home") } else { node.title.clone() };
        Navigation {
            section: Some(LinkView { title, url: encode(&node.url) }),
            items,
            more: node.pages.len().saturating_sub(NAVIGATION),
        }
    }

    /// The articles of a section around one of them, which stands in the middle where it can; the
    /// first ones around a page that is not in the list.
    fn around(&self, node: &SectionNode, current: Option<PageId>) -> impl Iterator<Item = PageId> {
        let pages = &self.site.pages;
        let listed = current.filter(|id| !pages[*id].is_hidden() && !pages[*id].is_section);
        let current = listed.or_else(|| node.pages.first().copied());
        let forward = |from| std::iter::successors(from, |id: &PageId| pages[*id].next);
        // Chains are followed for a few steps: looking for a page in a list takes long where each
        // page of a long list is looked for.
        let behind = forward(current).take(NAVIGATION / 2).count();
        let mut back = std::iter::successors(current, |id| pages[*id].previous);
        let first = back.by_ref().take(NAVIGATION - behind + 1).last();
        forward(first).take(NAVIGATION)
    }

    /// The articles of a list that stand on a sheet.
    fn articles(&self, job: &Job<'_>, ids: &[PageId], rows: Range<usize>) -> Children {
        Children {
            sections: Vec::new(),
            pages: ids[rows].iter().map(|id| self.row(*id)).collect(),
            count: ids.len(),
            version_pickers: self.pickers_of(job.subject),
        }
    }

    fn cards(&self, node: &SectionNode) -> Vec<SectionView> {
        let sections = node.sections.iter().filter_map(|folder| self.part.sections.get(folder));
        let card = |node: &SectionNode| {
            let page = node.page.map(|id| &self.site.pages[id]);
            SectionView {
                title: node.title.clone(),
                url: encode(&node.url),
                description: page.and_then(|page| {
                    page.selected
                        .article
                        .meta
                        .description
                        .as_ref()
                        .map(|_| page.names.summary.clone())
                }),
                count: node.count,
                pages: self.first_pages(node),
            }
        };
        sections.map(card).collect()
    }

    /// The first articles in a section, from those below it if it has none itself.
    fn first_pages(&self, node: &SectionNode) -> Vec<LinkView> {
        let mut ids: Vec<PageId> = node.pages.iter().copied().take(CARD).collect();
        let below = node.sections.iter().filter_map(|folder| self.part.sections.get(folder));
        ids.extend(below.flat_map(|node| node.pages.iter().copied()).take(CARD - ids.len()));
        ids.into_iter().map(|id| link_to(&self.site.pages[id])).collect()
    }

    pub(super) fn row(&self, id: PageId) -> RowView {
        let page = &self.site.pages[id];
        let codes = page.selected.article.meta.codes.iter();
        RowView {
            title: page.names.title.text.clone(),
            url: encode(&page.url),
            description: page.names.summary.clone(),
            kind_label: self.kind_label(page),
            codes: codes.take(ROW_CODES).map(|c| c.text.clone()).collect(),
            scopes: self.row_scopes(&page.selected.article.meta),
            version_data: self.version_data(&page.selected.article.meta),
        }
    }

    pub(super) fn kind_label(&self, page: &Page) -> String {
        self.shared.text(&format!("kind_{}", page.kind().name().replace('-', "_")))
    }

    fn tag_link(&self, label: &str) -> Option<TagLink> {
        let url = encode(&self.part.tags.get(label)?.url);
        Some(TagLink { label: label.to_owned(), url })
    }

    fn role(&self, name: &str) -> RoleView {
        let label = self.config.role(name).map_or(name, |role| role.label.get(self.code()));
        let page = self.part.roles.iter().find(|role| role.name == name);
        RoleView {
            name: name.to_owned(),
            label: label.to_owned(),
            url: page.map(|page| encode(&page.url)),
        }
    }

    fn role_page(&self, view: &mut View, job: &Job<'_>, number: usize) {
        let Some(role) = self.part.roles.get(number) else { return };
        view.page.title = self.role(&role.name).label;
        view.page.breadcrumbs = self.breadcrumbs("", true);
        view.page.internal = role.name != CUSTOMER;
        if let Some(known) = self.config.role(&role.name) {
            let next = known.escalates_to.as_ref();
            let next = next.filter(|next| self.site.edition.shows(&[next]));
            let next = next.map(|next| self.role(next));
            view.role = Some(RoleDetail { next, ..handoff::detail(known, self.code()) });
        }
        let rows = self.sheet(view, job);
        for id in &role.pages[rows] {
            let page = &self.site.pages[*id];
            let product = page.selected.article.meta.products.first();
            let product = product.map(|name| self.config.product_label(name, self.code()));
            let title = match product {
                Some(product) => format!("{} · {product}", self.kind_label(page)),
                None => self.kind_label(page),
            };
            let row = self.row(*id);
            match view.groups.last_mut().filter(|group| group.title == title) {
                Some(group) => group.pages.push(row),
                None => view.groups.push(Group { title, pages: vec![row] }),
            }
        }
    }
}

/// Whether the text begins with (nearly) the words of the summary; punctuation, spaces and capitals
/// make no difference.
fn opens_with_summary(page: &Page) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    let mut texts = page.document.sections.iter().map(|section| section.text.as_str());
    let text = texts.find(|text| !text.is_empty()).unwrap_or_default();
    let same = letters(&page.names.summary).zip(letters(text)).take_while(|(a, b)| a == b).count();
    same * 5 >= letters(&page.names.summary).count() * 4
}

fn link_to(page: &Page) -> LinkView {
    LinkView { title: page.names.title.text.clone(), url: encode(&page.url) }
}

pub(super) fn link_to_section(node: &SectionNode) -> LinkView {
    LinkView { title: node.title.clone(), url: encode(&node.url) }
}

fn toc(page: &Page) -> Vec<TocEntry> {
    let headings = page.document.headings.iter().filter(|heading| heading.level <= 3);
    headings.map(|h| TocEntry { level: h.level, id: h.id.clone(), text: h.text.clone() }).collect()
}
