//! Which template makes each page.

pub use crate::site::Subject;
use crate::site::{Route, Site};

/// One page to write.
#[derive(Debug, Clone)]
pub struct Job {
    /// Number of the language in `Site::parts`.
    pub part: usize,
    /// What it shows.
    pub subject: Subject,
    /// The template.
    pub template: &'static str,
    /// Its url, not percent-encoded.
    pub url: String,
    /// The file it is written to.
    pub path: String,
}

/// Every page of the site.
pub fn jobs(site: &Site) -> Vec<Job> {
    site.routes.iter().cloned().map(job).collect()
}

fn job(route: Route) -> Job {
    let Route { part, subject, url, path } = route;
    let template = match &subject {
        Subject::Article(_) => "article.html",
        Subject::Section(folder) if folder.is_empty() => "home.html",
        Subject::Section(_) => "section.html",
        Subject::Tags => "tags.html",
        Subject::Tag(_) => "tag.html",
        Subject::Codes | Subject::ProductCodes(_) => "codes.html",
        Subject::Role(_) => "role.html",
        Subject::Redirect(_) => "redirect.html",
        Subject::Search => "search.html",
        Subject::OpenSearch => "opensearch.xml",
        Subject::NotFound => "404.html",
    };
    Job { part, subject, template, url, path }
}
