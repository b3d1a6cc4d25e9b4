//! Long lists: the sheets that they are cut into, and the one file with all rows of a list, which a
//! script loads when somebody narrows it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use serde_json::{Value as Json, json};

use super::plan::{Job, Subject};
use super::present::Maker;
use super::view::{LinkView, Paging, PagingLink, ScopeView, View};
use crate::site::{CodeGroup, List, PageId, ROWS, Site, encode, list_of_rows, rows_path};

/// The long lists of a site, by their urls.
#[derive(Debug)]
pub(crate) struct Lists(BTreeMap<String, Long>);

/// A long list.
#[derive(Debug)]
pub(crate) struct Long {
    /// Number of its language.
    pub part: usize,
    /// Whose list it is.
    pub subject: Subject,
    /// Made when the first of its sheets is.
    whole: OnceLock<Whole>,
}

/// What all sheets of a list say of it.
#[derive(Debug)]
pub(crate) struct Whole {
    /// The versions to choose from.
    pub pickers: Option<String>,
    /// Site path of the file with its rows; none where nothing narrows them.
    pub rows: Option<String>,
}

/// The numbers of sheets that one of them leads to; none for a gap. They take the same room on all
/// sheets of a long list: the first, the last, and three in a row.
fn numbers(sheet: usize, last: usize) -> Vec<Option<usize>> {
    let start = sheet.saturating_sub(1).clamp(2, last.saturating_sub(3).max(2));
    let mut numbers = Vec::new();
    let mut before = 0;
    for number in [1].into_iter().chain(start..last.min(start + 3)).chain([last]) {
        match number - before {
            1 => {}
            // A gap of one is no shorter than what it leaves out.
            2 => numbers.push(Some(number - 1)),
            _ => numbers.push(None),
        }
        numbers.push(Some(number));
        before = number;
    }
    numbers
}

/// A scope as it stands in a row.
fn words(scope: &ScopeView) -> String {
    format!("{} {}", scope.product, scope.versions.as_deref().unwrap_or_default())
}

impl Lists {
    /// Finds the long lists.
    pub(crate) fn new(site: &Site) -> Self {
        let second = site.routes.iter().filter(|route| route.sheet == 2);
        let long = second.filter_map(|route| {
            let url = site.parts[route.part].list(&route.subject)?.url.to_owned();
            let (part, subject) = (route.part, route.subject.clone());
            Some((url, Long { part, subject, whole: OnceLock::new() }))
        });
        Lists(long.collect())
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Long> {
        self.0.values()
    }

    /// The list that a file has the rows of, to go by where the file is.
    pub(crate) fn of_file(&self, path: &str) -> Option<&Long> {
        self.0.get(list_of_rows(path)?)
    }
}

impl Maker<'_> {
    /// Tells of the sheets of a long list. Hands back the rows that stand on this one.
    pub(super) fn sheet(&self, view: &mut View, job: &Job<'_>) -> Range<usize> {
        let Some(list) = self.part.list(job.subject) else { return 0..0 };
        if list.is_long() {
            view.paging = Some(self.paging(list, job));
        }
        if job.sheet > 1 {
            let title = view.page.title.clone();
            view.page.breadcrumbs.push(LinkView { title, url: encode(list.url) });
        }
        list.range(job.sheet)
    }

    fn paging(&self, list: List<'_>, job: &Job<'_>) -> Paging {
        let (sheet, last) = (job.sheet, list.sheets());
        let url = |sheet: usize| encode(&list.sheet_url(sheet));
        let number =
            |key: &str, sheet: usize| self.shared.text(key).replace("{n}", &sheet.to_string());
        let link = |sheet: usize| PagingLink {
            number: sheet,
            label: number("paging_page", sheet),
            url: url(sheet),
        };
        Paging {
            number: sheet,
            count: last,
            is_first: sheet == 1,
            label: number("paging_label", sheet).replace("{all}", &last.to_string()),
            previous: (sheet > 1).then(|| url(sheet - 1)),
            next: (sheet < last).then(|| url(sheet + 1)),
            links: numbers(sheet, last).into_iter().map(|number| number.map(link)).collect(),
            rows: self
                .long(job.subject)
                .and_then(|long| self.whole(long).rows.as_deref())
                .map(encode),
        }
    }

    /// The long list on a page.
    fn long(&self, subject: &Subject) -> Option<&Long> {
        self.lists.0.get(self.part.list(subject)?.url)
    }

    /// What all sheets of a long list say of it, which is found out once.
    pub(super) fn whole<'l>(&self, long: &'l Long) -> &'l Whole {
        long.whole.get_or_init(|| {
            let pickers = self.pickers(self.listed(&long.subject));
            let is_codes = matches!(long.subject, Subject::Codes | Subject::ProductCodes(_));
            let rows = (is_codes || pickers.is_some()).then(|| self.rows_path(&long.subject));
            Whole { pickers, rows: rows.flatten() }
        })
    }

    /// The versions to choose from in a list.
    pub(super) fn pickers_of(&self, subject: &Subject) -> Option<String> {
        match self.long(subject) {
            Some(long) => self.whole(long).pickers.clone(),
            None => self.pickers(self.listed(subject)),
        }
    }

    /// The pages of a list that readers may choose versions in.
    fn listed(&self, subject: &Subject) -> &[PageId] {
        let pages = match subject {
            Subject::Section(folder) => self.part.sections.get(folder).map(|node| &node.pages),
            Subject::Tag(number) => self.part.tags.all.get(*number).map(|tag| &tag.pages),
            _ => None,
        };
        pages.map(Vec::as_slice).unwrap_or_default()
    }

    fn rows_path(&self, subject: &Subject) -> Option<String> {
        let hash = blake3::hash(&self.rows(subject)).to_hex();
        Some(rows_path(self.part.list(subject)?.url, &hash))
    }

    /// All rows of a list, as scripts read them.
    pub(super) fn rows(&self, subject: &Subject) -> Vec<u8> {
        let codes = &self.part.codes.groups;
        let rows = match subject {
            Subject::Codes => self.rows_of_codes(subject, &codes.iter().collect::<Vec<_>>()),
            Subject::ProductCodes(number) => {
                self.rows_of_codes(subject, &codes.get(*number).into_iter().collect::<Vec<_>>())
            }
            _ => self.listed(subject).iter().map(|id| self.row_of_page(*id)).collect(),
        };
        rows.to_string().into_bytes()
    }

    fn row_of_page(&self, id: PageId) -> Json {
        let row = self.row(id);
        let scopes: Vec<String> = row.scopes.iter().map(words).collect();
        let scopes = scopes.join(&self.shared.text("scope_separator"));
        // It is text already, made for an attribute.
        let versions = row.version_data.and_then(|data| serde_json::from_str(&data).ok());
        let versions = versions.unwrap_or_else(|| json!({}));
        json!([row.title, row.url, row.description, scopes, row.codes, versions])
    }

    /// Pages stand there once, however many codes they answer.
    fn rows_of_codes(&self, subject: &Subject, groups: &[&CodeGroup]) -> Json {
        let mut pages: Vec<Json> = Vec::new();
        let mut numbers: BTreeMap<PageId, usize> = BTreeMap::new();
        let mut number = |id: PageId| {
            *numbers.entry(id).or_insert_with(|| {
                let row = self.row(id);
                pages.push(json!([row.title, row.url, row.description]));
                pages.len() - 1
            })
        };
        let is_alone = matches!(subject, Subject::ProductCodes(_));
        let mut told = Vec::new();
        for group in groups {
            let mut rows = Vec::new();
            for row in &group.codes {
                let answers: Vec<usize> = row.pages.iter().map(|id| number(*id)).collect();
                rows.push(json!([row.label, row.id(is_alone), answers]));
            }
            let url = group.url.as_deref().filter(|_| !is_alone).map(encode);
            told.push(json!([self.group_title(group), url, rows]));
        }
        let url = self.part.list(subject).map(|list| encode(list.url));
        json!({ "url": url, "size": ROWS, "pages": pages, "groups": told })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lead_to_the_ends_and_to_the_neighbours() {
        let shown = |sheet, last| {
            let text = |number: Option<usize>| number.map_or("…".to_owned(), |n| n.to_string());
            numbers(sheet, last).into_iter().map(text).collect::<Vec<_>>().join(" ")
        };
        for (sheet, last, expected) in [
            (1, 2, "1 2"),
            (2, 3, "1 2 3"),
            (3, 5, "1 2 3 4 5"),
            (1, 100, "1 2 3 4 … 100"),
            (3, 100, "1 2 3 4 … 100"),
            (4, 100, "1 2 3 4 5 … 100"),
            (50, 100, "1 … 49 50 51 … 100"),
            (98, 100, "1 … 97 98 99 100"),
            (100, 100, "1 … 97 98 99 100"),
        ] {
            assert_eq!(shown(sheet, last), expected, "{sheet} of {last}");
        }
    }
}
