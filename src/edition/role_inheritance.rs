//! Roles that pages do not name themselves.
//!
//! `tools.md` and `tools/_index.md` share a key, but only pages of one kind are translations of
//! each other: what the one says must not open the other.
//!
//! Keys are compared in one form: on some disks `Ops` and `ops`, or two spellings of `é`, are one
//! folder, and a page must not lose its roles on another. Where several places say different
//! things, a page is for those readers that all of them name.

use std::collections::{BTreeMap, BTreeSet};

use super::ties::Ties;
use super::tongues::Spoken;
use crate::article::{Article, Status, translation_key};
use crate::config::Config;
use crate::config::roles::CUSTOMER;
use crate::mutation::{Policy, off};
use crate::text::fold::for_disks;
use crate::text::paths;

/// Names of roles.
type Roles = Vec<String>;

/// Who may read an article.
#[derive(Debug)]
pub(crate) struct Readers {
    /// Its roles; none if nothing says who reads it.
    pub roles: Option<Roles>,
    /// Roles of the places that it must not be more open than.
    pub kept_back: Option<Roles>,
    /// Whether what it translates is not published today, and it says nothing of that itself.
    pub waits: bool,
}

/// Roles of all articles, by where they hand them on.
pub(crate) struct RoleInheritance<'a> {
    /// Roles that any translation of a page names, by the key they share, and whether it is a
    /// folder's page.
    translations: BTreeMap<(String, bool), Vec<&'a Roles>>,
    /// Languages and roles of the pages that may open a folder, by the key of the folder.
    openers: BTreeMap<String, Vec<(&'a str, &'a Roles)>>,
    /// Roles that a folder hands down, whatever language says so.
    cascades: BTreeMap<String, Vec<&'a Roles>>,
    /// Keys that the pages with a key name in `translation_of`.
    translation_of: BTreeMap<String, BTreeSet<String>>,
    /// Keys of all articles.
    keys: BTreeSet<String>,
    /// Pages that are not published on all days, by key and kind.
    unfinished: BTreeMap<(String, bool), Vec<&'a Article>>,
    /// Keys of pages, by what is left of them without the languages in them.
    by_bare: BTreeMap<String, BTreeMap<String, Spoken>>,
    /// The same, without the first folder.
    by_bare_below: BTreeMap<String, BTreeMap<String, Spoken>>,
    /// The first of folders that hand roles down.
    folders_by_bare: BTreeMap<String, BTreeMap<String, Spoken>>,
    /// Keys of other systems that tie translations together.
    ties: Ties,
    config: &'a Config,
}

impl<'a> RoleInheritance<'a> {
    /// Gathers what all articles say.
    pub(crate) fn new(articles: &'a [std::sync::Arc<Article>], config: &'a Config) -> Self {
        let mut role_inheritance = RoleInheritance {
            translations: BTreeMap::new(),
            openers: BTreeMap::new(),
            cascades: BTreeMap::new(),
            translation_of: BTreeMap::new(),
            keys: BTreeSet::new(),
            unfinished: BTreeMap::new(),
            by_bare: BTreeMap::new(),
            by_bare_below: BTreeMap::new(),
            folders_by_bare: BTreeMap::new(),
            ties: Ties::default(),
            config,
        };
        for article in articles {
            let (key, kind) = (for_disks(&article.name.key), article.name.is_section);
            // A `README` opens its folder as an `_index` does.
            let opened = article.name.stands_in().map(|_| paths::folder(&key).to_owned());
            if let Some(roles) = &article.meta.roles {
                role_inheritance.translations.entry((key.clone(), kind)).or_default().push(roles);
                if let Some(folder) = opened.clone().or_else(|| kind.then(|| key.clone())) {
                    let openers = role_inheritance.openers.entry(folder).or_default();
                    openers.push((&article.name.language, roles));
                }
            }
            if let Some(roles) =
                article.meta.cascade_roles.as_ref().filter(|_| article.name.is_section)
            {
                role_inheritance.cascades.entry(key.clone()).or_default().push(roles);
                let spoken = Spoken::read(&key, true, config);
                let folders =
                    role_inheritance.folders_by_bare.entry(spoken.bare.clone()).or_default();
                folders.insert(key.clone(), spoken);
            }
            if article.meta.translation_of.is_some() {
                let of = for_disks(translation_key(article, config));
                role_inheritance.translation_of.entry(key.clone()).or_default().insert(of);
            }
            if article.meta.status == Status::Draft || !article.meta.times.is_empty() {
                role_inheritance.unfinished.entry((key.clone(), kind)).or_default().push(article);
            }
            if let Some(folder) = opened {
                let spoken = Spoken::read(&folder, true, config);
                let pages = role_inheritance.by_bare.entry(spoken.bare.clone()).or_default();
                pages.insert(folder, spoken);
            }
            let spoken = Spoken::read(&key, kind, config);
            if let Some(below) = spoken.below_first() {
                let pages = role_inheritance.by_bare_below.entry(below.to_owned()).or_default();
                pages.insert(key.clone(), spoken.clone());
            }
            let pages = role_inheritance.by_bare.entry(spoken.bare.clone()).or_default();
            pages.insert(key.clone(), spoken);
            role_inheritance.keys.insert(key);
        }
        role_inheritance.ties = Ties::new(articles, &role_inheritance.keys, config);
        // Only now: what the page itself says wins over what its translations say.
        for article in articles.iter().filter(|article| article.meta.translation_of.is_some()) {
            if let Some(roles) = &article.meta.roles {
                let key = (for_disks(translation_key(article, config)), article.name.is_section);
                let own = role_inheritance.translations.entry(key).or_default();
                if own.is_empty() {
                    own.push(roles);
                }
            }
        }
        role_inheritance
    }

    /// Whether `translation_of` leads nowhere and nothing else says who reads the article.
    pub(crate) fn is_lost(&self, article: &Article, config: &Config) -> bool {
        article.meta.translation_of.is_some()
            && article.meta.roles.is_none()
            && !self.keys.contains(&for_disks(translation_key(article, config)))
    }

    /// Who may read an article: the roles that it names, else those of a translation, else of the
    /// nearest folder. A translation whose writer forgot the roles is as private as the page it
    /// translates, and no more open than the folder it lies in.
    pub(crate) fn readers(&self, article: &Article) -> Readers {
        if let Some(own) = &article.meta.roles {
            return Readers { roles: Some(own.clone()), kept_back: None, waits: false };
        }
        let own = for_disks(&article.name.key);
        let kind = article.name.is_section;
        let keys = self.translated(&own, article.meta.translation_of.is_some());
        let named = |is_section| {
            let lists = keys.iter().flat_map(|key| self.named(key, is_section));
            common(lists).filter(|_| !off(Policy::TranslatedRoles))
        };
        let handed_down = || keys.iter().find_map(|key| self.cascade(key, kind));
        // Nothing says who reads it: then it is at least as private as the page that shares its
        // key, which may be its translation after all.
        let beside = || {
            let folder = || keys.iter().find_map(|key| self.cascade(key, true));
            named(!kind).or_else(folder)
        };
        let roles = named(kind).or_else(handed_down).or_else(beside);
        let place = || self.at(&own, kind);
        let is_translation = article.meta.translation_of.is_some();
        let opened = article.name.stands_in().map(|_| paths::folder(&own));
        let language = Some(article.name.language.as_str());
        let places = [
            is_translation.then(place).flatten(),
            self.without_language(&own, kind),
            self.at_origin(article),
            opened.or(kind.then_some(&*own)).and_then(|folder| self.at_openers(folder, language)),
        ];
        let mut kin = self.at_kin(&own, kind);
        kin.extend(opened.into_iter().flat_map(|folder| self.at_kin(folder, true)));
        let kept_back = common(places.iter().flatten().chain(&kin));
        // A place that alone says something says it all.
        Readers { roles: roles.or_else(|| kept_back.clone()), kept_back, waits: false }
    }

    /// The keys that a page translates, those it translates in turn, and its own.
    fn translated(&self, own: &str, is_translation: bool) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        let mut next = vec![own.to_owned()];
        while let Some(key) = next.pop() {
            if keys.contains(&key) {
                continue;
            }
            let goes_on = is_translation || !keys.is_empty();
            let of = self.translation_of.get(&key).filter(|_| goes_on);
            next.extend(of.into_iter().flatten().cloned());
            keys.push(key);
        }
        // What is translated comes before the page's own place.
        keys.rotate_left(1);
        keys
    }

    /// What is said at a place: by the pages there, else by the nearest folder.
    fn at(&self, key: &str, is_section: bool) -> Option<Roles> {
        common(self.named(key, is_section)).or_else(|| self.cascade(key, is_section))
    }

    /// What is reported for `a.md`, for `a.zh-CN.md` on a site that has no such language: the page may
    /// be a translation all the same.
    fn without_language(&self, key: &str, is_section: bool) -> Option<Roles> {
        let stem = stem_of_language(key)?;
        let roles = || self.named(stem, is_section).chain(self.named(stem, !is_section));
        let opens = ["readme", "home"].contains(&paths::last(stem));
        let folder = opens.then(|| paths::folder(stem));
        common(roles()).or_else(|| self.at_openers(folder?, None))
    }

    /// Keys of pages that a page may translate by its name, or to which keys of other systems tie it.
    fn kin(&self, own: &str, is_section: bool) -> Vec<String> {
        let spoken = Spoken::read(own, is_section, self.config);
        let among = |pages: &'_ BTreeMap<String, BTreeMap<String, Spoken>>| -> Vec<String> {
            let pages = pages.get(&spoken.bare).into_iter().flatten();
            let pages = pages.filter(|(key, other)| *key != own && spoken.may_translate(other));
            pages.map(|(key, _)| key.clone()).collect()
        };
        let mut keys = among(&self.by_bare);
        // `locales/de/a.md` of `docs/a.md`.
        if keys.is_empty() && spoken.is_apart {
            keys = among(&self.by_bare_below);
        }
        keys.extend(self.ties.of(own).map(str::to_owned));
        keys
    }

    /// What keeps pages from customers that a page may translate: at their places, and in the folders
    /// that stand beside the page's own in another language.
    fn at_kin(&self, own: &str, is_section: bool) -> Vec<Roles> {
        let said = |key: &str| {
            let other =
                || common(self.named(key, !is_section)).or_else(|| self.at_openers(key, None));
            common(self.named(key, is_section))
                .or_else(other)
                .or_else(|| self.cascade(key, is_section))
        };
        let kin = self.kin(own, is_section);
        let mut all: Vec<Roles> = kin.iter().filter_map(|key| said(key)).collect();
        let mut folder = if is_section { own } else { paths::folder(own) };
        while !folder.is_empty() && !self.folders_by_bare.is_empty() {
            let spoken = Spoken::read(folder, true, self.config);
            let beside = self.folders_by_bare.get(&spoken.bare).into_iter().flatten();
            let beside =
                beside.filter(|(key, other)| *key != folder && spoken.may_translate(other));
            let lists: Vec<Roles> = beside.filter_map(|(key, _)| self.cascade(key, true)).collect();
            if !lists.is_empty() {
                all.extend(lists);
                break;
            }
            folder = paths::folder(folder);
        }
        all.retain(|roles| !roles.iter().any(|role| role == CUSTOMER));
        all
    }

    /// Pages that are not published on all days, and that the article translates. The page in the
    /// default language is the original; translations may be finished later.
    pub(crate) fn originals(&self, article: &Article) -> Vec<&'a Article> {
        if article.meta.says_when {
            return Vec::new();
        }
        let (own, kind) = (for_disks(&article.name.key), article.name.is_section);
        let mut keys = self.translated(&own, article.meta.translation_of.is_some());
        keys.extend(stem_of_language(&own).map(str::to_owned));
        let default = &self.config.default_language().code;
        let is_default = |key: &String| {
            let kind = |kind| self.unfinished.get(&(key.clone(), kind));
            let mut pages = kind(true).into_iter().chain(kind(false)).flatten();
            pages.any(|page| page.name.language == *default)
                && Spoken::read(key, false, self.config).is_original(self.config)
        };
        keys.extend(self.kin(&own, kind).into_iter().filter(is_default));
        let at = |key: String| {
            let is_own = key == own;
            let of = |kind| self.unfinished.get(&(key.clone(), kind)).cloned();
            let mut pages = of(kind).unwrap_or_default();
            // `zh/a.md` may translate `en/a/index.md`; `a.md` and `a/index.md` are two pages.
            pages.extend(of(!kind).filter(|_| !is_own).unwrap_or_default());
            let is_original = move |page: &&Article| {
                page.path != article.path && (!is_own || page.name.language == *default)
            };
            pages.into_iter().filter(is_original)
        };
        keys.into_iter().flat_map(at).collect()
    }

    /// What is said by the pages that may open a folder in other languages than this one.
    fn at_openers(&self, folder: &str, language: Option<&str>) -> Option<Roles> {
        let openers = self.openers.get(folder).into_iter().flatten();
        common(openers.filter(|(other, _)| Some(*other) != language).map(|(_, roles)| *roles))
    }

    /// What is said at the place that a symbolic link leads to.
    fn at_origin(&self, article: &Article) -> Option<Roles> {
        let origin = article.origin.as_ref()?;
        self.at(&for_disks(&origin.key), origin.is_section)
    }

    fn named(&self, key: &str, is_section: bool) -> impl Iterator<Item = &'a Roles> + use<'a> {
        let lists = self.translations.get(&(key.to_owned(), is_section));
        lists.cloned().unwrap_or_default().into_iter()
    }

    /// What the nearest folder hands down: to its own page too, not to a page beside it.
    fn cascade(&self, key: &str, is_section: bool) -> Option<Roles> {
        let mut folder = if is_section { key } else { paths::folder(key) };
        loop {
            if let Some(lists) = self.cascades.get(folder) {
                return common(lists.iter().copied()).filter(|_| !off(Policy::CascadedRoles));
            }
            if folder.is_empty() {
                return None;
            }
            folder = paths::folder(folder);
        }
    }
}

/// The key of `a.md`, for `a.zh-CN.md` on a site that has no such language.
fn stem_of_language(key: &str) -> Option<&str> {
    let (stem, suffix) = key.rsplit_once('.')?;
    let mut parts = suffix.split(['-', '_']);
    let code = parts.next().unwrap_or_default();
    let is_code = matches!(code.len(), 2 | 3) && code.bytes().all(|b| b.is_ascii_lowercase());
    let is_region = |part: &str| part.len() <= 8 && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let is_language = is_code && parts.all(is_region);
    // `_index.fr` is the page of its folder, or was meant to be.
    let folder = ["_index", "index"].iter().find_map(|name| stem.strip_suffix(name));
    let stem = folder.map_or(stem, |folder| folder.trim_end_matches('/'));
    is_language.then_some(stem)
}

/// The roles that all lists have, in the order of the first; none without a list.
pub(super) fn common<'r>(lists: impl IntoIterator<Item = &'r Roles>) -> Option<Roles> {
    let mut lists = lists.into_iter();
    let mut common = lists.next()?.clone();
    for list in lists {
        common.retain(|role| list.contains(role));
    }
    Some(common)
}
