//! Which pages there are to write.

use crate::site::{PageId, Site};

/// What a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// An article.
    Article(PageId),
    /// A section, by its folder; the home has the empty one.
    Section(String),
    /// All tags.
    Tags,
    /// One tag, by its url.
    Tag(String),
    /// The search page.
    Search,
    /// What servers show for addresses that do not exist.
    NotFound,
}

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

impl Job {
    fn new(part: usize, subject: Subject, template: &'static str, url: String) -> Self {
        let path = format!("{url}index.html");
        Job { part, subject, template, url, path }
    }
}

/// Every page of the site.
pub fn jobs(site: &Site) -> Vec<Job> {
    let mut jobs = Vec::with_capacity(site.pages.len() + 64);
    for (number, part) in site.parts.iter().enumerate() {
        for (folder, node) in &part.sections {
            let template = if folder.is_empty() { "home.html" } else { "section.html" };
            jobs.push(Job::new(
                number,
                Subject::Section(folder.clone()),
                template,
                node.url.clone(),
            ));
        }
        for url in part.tags.keys() {
            jobs.push(Job::new(number, Subject::Tag(url.clone()), "tag.html", url.clone()));
        }
        jobs.push(Job::new(number, Subject::Tags, "tags.html", format!("{}tags/", part.home)));
        jobs.push(Job::new(
            number,
            Subject::Search,
            "search.html",
            format!("{}search/", part.home),
        ));
    }
    for (id, page) in site.pages.iter().enumerate() {
        if let Some(part) =
            site.part_of.get(page.language()).filter(|_| !page.selected.article.name.is_section)
        {
            jobs.push(Job::new(*part, Subject::Article(id), "article.html", page.url.clone()));
        }
    }
    if !site.parts.is_empty() {
        let mut job = Job::new(0, Subject::NotFound, "404.html", String::new());
        job.path = "404.html".to_owned();
        jobs.push(job);
    }
    jobs
}
