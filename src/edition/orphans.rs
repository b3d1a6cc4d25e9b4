//! Translations whose originals moved away.
//!
//! A translation lives on what its original says. Where that is renamed or moved, nothing says any
//! more who reads the translation; what has its name elsewhere may be what it translates.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::role_inheritance::RoleInheritance;
use super::tongues::Spoken;
use crate::article::{Article, Status};
use crate::config::Config;
use crate::config::roles::CUSTOMER;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::fold::for_disks;
use crate::text::paths;

/// Pages in the default language that are kept from customers and not translated, by their names.
pub(crate) struct Orphans<'a> {
    kept_back: BTreeMap<String, Vec<(String, &'a Article)>>,
    /// Keys without languages of all pages in the default language.
    originals: BTreeSet<String>,
    config: &'a Config,
}

impl<'a> Orphans<'a> {
    /// Gathers them.
    pub(crate) fn new(
        articles: &'a [Arc<Article>],
        role_inheritance: &RoleInheritance<'_>,
        config: &'a Config,
    ) -> Self {
        let mut orphans =
            Orphans { kept_back: BTreeMap::new(), originals: BTreeSet::new(), config };
        let mut translated = BTreeSet::new();
        let mut candidates = Vec::new();
        let is_alone = config.languages.len() < 2;
        for article in articles {
            let bare = orphans.bare(article);
            if orphans.is_translation(article) {
                translated.insert(bare);
                continue;
            }
            orphans.originals.insert(bare.clone());
            if !is_alone && !bare.is_empty() {
                candidates.push((bare, &**article));
            }
        }
        candidates.retain(|(bare, _)| !translated.contains(bare));
        for (bare, article) in candidates {
            let is_customer = |roles: &Vec<String>| roles.iter().any(|role| role == CUSTOMER);
            let readers = role_inheritance.readers(article);
            let is_kept = readers.roles.as_ref().is_some_and(|roles| !is_customer(roles))
                || readers.kept_back.as_ref().is_some_and(|roles| !is_customer(roles))
                || article.meta.status == Status::Draft;
            if is_kept {
                orphans.kept_back.entry(name(&bare).to_owned()).or_default().push((bare, article));
            }
        }
        orphans
    }

    /// What may be the original of a translation that has none, and of which nothing else says who
    /// reads it.
    pub(crate) fn problem(&self, article: &Article) -> Option<Diagnostic> {
        let bare = self.bare(article);
        if bare.is_empty() || self.originals.contains(&bare) || !self.is_translation(article) {
            return None;
        }
        let own = name(&bare);
        let same = self.kept_back.get(own).into_iter().flatten();
        // In the same folder, `refund` may be called `refund-rules` now.
        let goes_on = |long: &str, short: &str| {
            let rest = long.strip_prefix(short);
            rest.is_some_and(|rest| rest.starts_with(['-', '_', '.', ' ']))
        };
        let beside =
            self.kept_back.iter().filter(|(other, _)| goes_on(other, own) || goes_on(own, other));
        let beside = beside.flat_map(|(_, pages)| pages);
        let beside = beside.filter(|(other, _)| paths::folder(other) == paths::folder(&bare));
        let (_, original) = same.chain(beside).next()?;
        let path = &original.path;
        let problem = Diagnostic::at(Code::UnclearRoles, &article.path, 0..0);
        Some(problem.with_both(
            "reason",
            format!(
                "the page that this translates is gone, and `{path}`, which is kept from readers, has its name; write `translation_of` with its path, `roles`, or `roles: [customer]` if it is for everybody"
            ),
            format!(
                "这篇译文的原文不见了，而同名的 `{path}` 不对外公开；请用 `translation_of` 写明原文的路径，或者写 `roles`，所有人都能看则写 `roles: [customer]`"
            ),
        ))
    }

    fn bare(&self, article: &Article) -> String {
        Spoken::read(&for_disks(&article.name.key), article.name.is_section, self.config).bare
    }

    /// Whether a page is not in the default language, by its name or its folder.
    fn is_translation(&self, article: &Article) -> bool {
        let key = for_disks(&article.name.key);
        let spoken = Spoken::read(&key, article.name.is_section, self.config);
        article.name.language != self.config.default_language().code
            || !spoken.is_original(self.config) && spoken.is_of_the_site()
    }
}

/// The last part of a key.
fn name(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}
