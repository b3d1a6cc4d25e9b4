//! What search engines are told of a page: schema.org data as JSON-LD.
//!
//! Public editions only: nobody indexes the others.

use serde_json::{Value as Json, json};

use super::shared::Shared;
use super::view::{LinkView, View};
use crate::article::Kind;
use crate::config::Config;
use crate::document::{Heading, Procedure};
use crate::kinds::GuidePart;
use crate::site::{Page, Site, Subject, encode};
use crate::text::sentence::sentences;

/// Longest name of a step, in characters.
const LONGEST_NAME: usize = 110;

/// Where a page stands, and what is known of its site.
#[derive(Clone, Copy)]
pub(crate) struct PageContext<'a> {
    /// The site.
    pub site: &'a Site,
    /// The configuration.
    pub config: &'a Config,
    /// What the pages of its language share.
    pub shared: &'a Shared,
    /// What it shows.
    pub subject: &'a Subject,
    /// The sheet of a list, from 1.
    pub sheet: usize,
}

/// The data of a page, ready to stand in a script element; empty if there is nothing to say.
pub(crate) fn data(place: PageContext<'_>, view: &View) -> String {
    if !place.site.edition.is_public() {
        return String::new();
    }
    let page = match place.subject {
        Subject::Article(id) => Some(&place.site.pages[*id]),
        _ if place.sheet > 1 => None,
        Subject::Section(folder) => {
            let node = place.site.parts[place.shared.part].sections.get(folder);
            let page = node.and_then(|node| node.page).map(|id| &place.site.pages[id]);
            page.filter(|page| page.kind() != Kind::Article)
        }
        _ => None,
    };
    let home =
        place.sheet == 1 && matches!(place.subject, Subject::Section(folder) if folder.is_empty());
    let maker = Maker { place, view };
    let mut all = Vec::new();
    all.extend(home.then(|| maker.website()).flatten());
    all.extend(maker.breadcrumbs());
    if let Some(page) = page {
        all.extend(maker.article(page));
    }
    if all.is_empty() {
        return String::new();
    }
    escaped(&json!({ "@context": "https://schema.org", "@graph": all }).to_string())
}

/// JSON that no html parser takes for the end of the script, or for a comment.
fn escaped(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

struct Maker<'a> {
    place: PageContext<'a>,
    view: &'a View,
}

impl Maker<'_> {
    /// An address: whole if the site knows its own, else one that leads there from the page.
    fn address(&self, url: &str) -> String {
        let base = self.place.config.base_url(&self.place.site.edition);
        format!("{}{url}", base.unwrap_or(&self.view.root))
    }

    /// The site and how to search it, for which its whole address is needed.
    fn website(&self) -> Option<Json> {
        let base = self.place.config.base_url(&self.place.site.edition)?;
        let part = &self.place.site.parts[self.place.shared.part];
        let (home, tag) = (encode(&part.home), &part.language.tag);
        let template = format!("{base}{home}search/?q={{search_term_string}}");
        Some(json!({
            "@type": "WebSite",
            "name": self.place.shared.site_title,
            "url": format!("{base}{home}"),
            "inLanguage": tag,
            "potentialAction": {
                "@type": "SearchAction",
                "target": { "@type": "EntryPoint", "urlTemplate": template },
                "query-input": "required name=search_term_string",
            },
        }))
    }

    /// The way from the home to the page, the page included.
    fn breadcrumbs(&self) -> Option<Json> {
        let shown = &self.view.page;
        if shown.breadcrumbs.is_empty() {
            return None;
        }
        // Behind the list itself its further pages go by their numbers.
        let paging = self.view.paging.as_ref().filter(|paging| !paging.is_first);
        let title = paging.map_or(&shown.title, |paging| &paging.label).clone();
        let own = LinkView { title, url: shown.url.clone() };
        let links = shown.breadcrumbs.iter().chain([&own]);
        let item = |(at, link): (usize, &LinkView)| {
            json!({
                "@type": "ListItem",
                "position": at + 1,
                "name": link.title,
                "item": self.address(&link.url),
            })
        };
        let items: Vec<Json> = links.enumerate().map(item).collect();
        Some(json!({ "@type": "BreadcrumbList", "itemListElement": items }))
    }

    /// What an article is, by its kind.
    fn article(&self, page: &Page) -> Vec<Json> {
        let instructions = match page.kind() {
            Kind::Faq => return self.questions(page).into_iter().collect(),
            Kind::Howto => self.instructions(page, &page.document.procedures.iter().collect()),
            Kind::Guide => self.instructions(page, &of_solution(page)),
            _ => None,
        };
        // Instructions say all that an article would; a guide tells more than what to do.
        let text = (page.kind() != Kind::Howto || instructions.is_none()).then(|| {
            let mut text = self.about(page, "TechArticle", "headline");
            text["mainEntityOfPage"] = text["url"].clone();
            text
        });
        instructions.into_iter().chain(text).collect()
    }

    /// What all things on a page are told with.
    fn about(&self, page: &Page, kind: &str, title: &str) -> Json {
        let shown = &self.view.page;
        let part = &self.place.site.parts[self.place.shared.part];
        let mut thing = json!({
            "@type": kind,
            title: shown.title,
            "url": self.address(&shown.url),
            "inLanguage": part.language.tag,
        });
        if !shown.summary.is_empty() {
            thing["description"] = Json::from(shown.summary.as_str());
        }
        if let Some(updated) = &page.selected.article.meta.updated {
            thing["dateModified"] = Json::from(updated.as_str());
        }
        if !shown.products.is_empty() {
            let product = |name: &String| json!({ "@type": "Thing", "name": name });
            thing["about"] = shown.products.iter().map(product).collect();
        }
        thing
    }

    /// Questions that have an answer.
    fn questions(&self, page: &Page) -> Option<Json> {
        let known = page.shape.questions.iter().filter_map(|question| {
            let text = question.answer(&page.document);
            let answer = json!({ "@type": "Answer", "text": text });
            let name = &question.question;
            let whole = json!({ "@type": "Question", "name": name, "acceptedAnswer": answer });
            (!text.is_empty()).then_some(whole)
        });
        let known: Vec<Json> = known.collect();
        let mut thing = self.about(page, "FAQPage", "name");
        thing["mainEntity"] = Json::from(known.as_slice());
        (!known.is_empty()).then_some(thing)
    }

    /// What to do, step by step. Lists below different headings are parts of their own.
    fn instructions(&self, page: &Page, procedures: &Vec<&Procedure>) -> Option<Json> {
        let mut parts: Vec<(Option<&String>, Vec<Json>)> = Vec::new();
        for procedure in procedures {
            let anchor = procedure.anchor.as_ref();
            let steps = procedure.steps.iter().map(|step| instruction(step));
            match parts.iter_mut().find(|(known, _)| *known == anchor) {
                Some((_, known)) => known.extend(steps),
                None => parts.push((anchor, steps.collect())),
            }
        }
        parts.retain(|(_, steps)| !steps.is_empty());
        let heading = |anchor: Option<&String>| {
            let is_it = |heading: &&Heading| Some(&heading.id) == anchor;
            let heading = page.document.headings.iter().find(is_it);
            heading.map_or(&self.view.page.title, |heading| &heading.text)
        };
        let steps: Vec<Json> = match parts.len() {
            0 => return None,
            1 => parts.remove(0).1,
            _ => {
                let part = |(anchor, steps): (Option<&String>, Vec<Json>)| {
                    let name = heading(anchor);
                    json!({ "@type": "HowToSection", "name": name, "itemListElement": steps })
                };
                parts.into_iter().map(part).collect()
            }
        };
        let mut thing = self.about(page, "HowTo", "name");
        thing["step"] = Json::from(steps);
        if let Some(minutes) = page.selected.article.meta.time {
            thing["totalTime"] = format!("PT{minutes}M").into();
        }
        Some(thing)
    }
}

/// A step, by its first sentence.
fn instruction(text: &str) -> Json {
    let first = sentences(text).next().unwrap_or_default();
    let name: String = first.chars().take(LONGEST_NAME).collect();
    json!({ "@type": "HowToStep", "name": name.trim_end_matches(['.', '。']), "text": text })
}

/// The numbered lists in the solutions of a guide.
fn of_solution(page: &Page) -> Vec<&Procedure> {
    let guide = page.shape.guide.as_ref();
    let sections = guide.map(|guide| guide.sections.as_slice()).unwrap_or_default();
    let mut anchors = Vec::new();
    let mut solution = None;
    for (number, heading) in page.document.headings.iter().enumerate() {
        let found = sections.iter().find(|section| section.heading == number);
        if found.is_some() || solution.is_some_and(|level| heading.level <= level) {
            let is_solution = found.is_some_and(|section| section.part == GuidePart::Solution);
            solution = is_solution.then_some(heading.level);
        }
        if solution.is_some() {
            anchors.push(&heading.id);
        }
    }
    let in_solution =
        |known: &&Procedure| known.anchor.as_ref().is_some_and(|a| anchors.contains(&a));
    page.document.procedures.iter().filter(in_solution).collect()
}
