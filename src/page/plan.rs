//! Which template makes each page.

use crate::site::Route;
pub(crate) use crate::site::Subject;

/// One page to make.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Job<'a> {
    /// Number of the language in `Site::parts`.
    pub part: usize,
    /// What it shows.
    pub subject: &'a Subject,
    /// The sheet of a list, from 1.
    pub sheet: usize,
    /// The template.
    pub template: &'static str,
    /// Its url, not percent-encoded.
    pub url: &'a str,
}

/// The template of a page.
pub(crate) fn job(route: &Route) -> Job<'_> {
    let Route { part, subject, sheet, url, .. } = route;
    let template = match subject {
        Subject::Article(_) => "article.html",
        Subject::Section(folder) if folder.is_empty() && *sheet == 1 => "home.html",
        Subject::Section(_) => "section.html",
        Subject::Tags => "tags.html",
        Subject::Tag(_) => "tag.html",
        Subject::Codes | Subject::ProductCodes(_) => "codes.html",
        Subject::Role(_) => "role.html",
        Subject::Redirect(_) | Subject::Entrance => "redirect.html",
        Subject::Search => "search.html",
        Subject::OpenSearch => "opensearch.xml",
        Subject::NotFound => "404.html",
    };
    Job { part: *part, subject, sheet: *sheet, template, url }
}
