//! What a broken link may have meant.
//!
//! Comparing a name with all others takes its time: it is done for so many links only, the first
//! in the order of the pages, so that it does not matter which thread was faster.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Page, PageId};
use crate::diagnostic::Diagnostic;
use crate::source::{ContentFile, ContentFiles};
use crate::text::nearest::Names;

/// For how many links of a build names that are nearly the same are looked for.
const MOST: usize = 200;

/// What to look for.
#[derive(Debug, Clone)]
pub(crate) enum Wanted {
    /// A page, by its key, among those of a language.
    Page { language: String, key: String },
    /// A file, by its content path, among those that pages of a language may refer to.
    File { language: String, path: String },
    /// An anchor of a page.
    Anchor { page: PageId, anchor: String },
}

/// A problem of a link, and what to look for before it is complete.
pub(crate) type Problem = (Diagnostic, Option<Wanted>);

/// Completes the problems with suggestions.
pub(crate) fn complete(
    problems: Vec<Problem>,
    pages: &[Page],
    files: &ContentFiles,
    may_name: &dyn Fn(&ContentFile) -> bool,
) -> Vec<Diagnostic> {
    let files: Vec<_> = files.iter().filter(|(_, file)| may_name(file)).collect();
    let known = LinkTargets::new(&problems, pages, &files);
    let mut left = MOST;
    let searches: Vec<(Problem, Option<String>, bool)> = problems
        .into_iter()
        .map(|(diagnostic, wanted)| {
            let same_name = wanted.as_ref().and_then(|wanted| known.same_name(wanted));
            let may_search = wanted.is_some() && same_name.is_none() && left > 0;
            left -= usize::from(may_search);
            ((diagnostic, wanted), same_name, may_search)
        })
        .collect();
    searches
        .into_par_iter()
        .map(|((diagnostic, wanted), same_name, may_search)| match wanted {
            Some(wanted) => {
                let near = || may_search.then(|| known.nearest(&wanted)).flatten();
                advise(diagnostic, &wanted, same_name.or_else(near))
            }
            None => diagnostic,
        })
        .collect()
}

fn advise(diagnostic: Diagnostic, wanted: &Wanted, near: Option<String>) -> Diagnostic {
    let near = near.map(|near| match wanted {
        Wanted::Page { .. } => format!("/{near}.md"),
        Wanted::File { .. } => format!("/{near}"),
        Wanted::Anchor { .. } => format!("#{near}"),
    });
    let (en, zh) = match (near, wanted) {
        (Some(near), _) => (format!("Did you mean `{near}`?"), format!("是不是 `{near}`？")),
        (None, Wanted::Anchor { .. }) => (
            "Link to a heading that exists, or give the heading `{#id}`.".to_owned(),
            "请链接到存在的标题，或用 `{#id}` 给标题设置 id。".to_owned(),
        ),
        (None, _) => (
            "Check the path; it counts from the page's own file, or from the content folder if it begins with `/`.".to_owned(),
            "请检查路径：它相对于页面自己的文件，以 `/` 开头时相对于内容目录。".to_owned(),
        ),
    };
    diagnostic.with_both("suggestion", en, zh)
}

/// All that links may mean, by language; made only for languages whose pages have broken links.
struct LinkTargets<'a> {
    pages: &'a [Page],
    keys: BTreeMap<String, Names<'a>>,
    paths: BTreeMap<String, Names<'a>>,
}

impl<'a> LinkTargets<'a> {
    fn new(
        problems: &[Problem],
        pages: &'a [Page],
        files: &[(&'a (String, String), &'a ContentFile)],
    ) -> Self {
        let mut known = LinkTargets { pages, keys: BTreeMap::new(), paths: BTreeMap::new() };
        for (_, wanted) in problems {
            match wanted {
                Some(Wanted::Page { language, .. }) if !known.keys.contains_key(language) => {
                    let keys = pages.iter().filter(|page| page.language() == language);
                    let keys = keys.map(|page| page.selected.article.name.key.as_str());
                    known.keys.insert(language.clone(), Names::new(keys));
                }
                Some(Wanted::File { language, .. }) if !known.paths.contains_key(language) => {
                    let of_language = |tree: &str| tree.is_empty() || tree == language;
                    let paths = files.iter().map(|(name, _)| *name);
                    let paths = paths.filter(|(tree, _)| of_language(tree));
                    let names = Names::new(paths.map(|(_, path)| path.as_str()));
                    known.paths.insert(language.clone(), names);
                }
                _ => {}
            }
        }
        known
    }

    /// The only page or file with the same file name.
    fn same_name(&self, wanted: &Wanted) -> Option<String> {
        let (names, path) = match wanted {
            Wanted::Page { language, key } => (self.keys.get(language)?, key),
            Wanted::File { language, path } => (self.paths.get(language)?, path),
            Wanted::Anchor { .. } => return None,
        };
        names.same_last(path).map(str::to_owned)
    }

    fn nearest(&self, wanted: &Wanted) -> Option<String> {
        let near = match wanted {
            Wanted::Page { language, key } => self.keys.get(language)?.nearest(key),
            Wanted::File { language, path } => self.paths.get(language)?.nearest(path),
            Wanted::Anchor { page, anchor } => {
                let anchors = &self.pages[*page].document.anchors;
                Names::new(anchors.iter().map(String::as_str)).nearest(anchor)
            }
        };
        near.map(str::to_owned)
    }
}
