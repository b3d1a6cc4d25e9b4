//! `tier0.toml` as plain data: site, languages, roles, editions, products, links, search.
//!
//! Everything has a default, so a folder with only `content/*.md` builds. [`read`] turns the
//! text of the file into a [`Config`] and says all that is wrong with it.

pub(crate) mod containers;
mod guard;
pub(crate) mod guides;
pub(crate) mod keys;
mod read;
pub(crate) mod roles;
pub(crate) mod search;
pub(crate) mod security;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::{self, Code, Diagnostic, Severity, Standing};
use crate::spanned::reader::Localized;
use crate::text::nearest::slips;

pub(crate) use guard::{Guard, GuardKind};
pub(crate) use guides::Guides;
pub(crate) use read::{base_url, language_code, read};
#[cfg(test)]
pub(crate) use roles::Audience;
pub use roles::Edition;
pub(crate) use roles::Role;
pub(crate) use search::Search;
pub(crate) use security::Security;

/// The whole configuration, defaults filled in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Config {
    /// `[site]`.
    pub site: Site,
    /// The default language first, then the others by code.
    pub languages: Vec<Language>,
    /// In escalation order: shipped roles first, then the site's own.
    pub roles: Vec<Role>,
    /// `public` first unless the site defines it elsewhere.
    pub editions: Vec<Edition>,
    /// `[products.NAME]`.
    pub products: Vec<Product>,
    /// `[links] rewrite`: prefixes of link targets and what stands for them, longest first.
    pub rewrites: Vec<(String, String)>,
    /// `[guides]`.
    pub guides: Guides,
    /// `[search]`.
    pub search: Search,
    /// `[keys]`: keys of front matter, in their one form, that say nothing of readers here.
    pub keys_off: BTreeSet<String>,
    /// `[containers]`: what stands for the containers of other tools, by their names in lower case.
    pub containers: BTreeMap<String, String>,
    /// `[security]`.
    pub security: Security,
    /// What of it shows that the site has something to guard.
    pub guard: Option<Guard>,
    /// `[severity]`: codes whose weight the site changes; none switches a warning off.
    pub severities: BTreeMap<Code, Option<Severity>>,
}

/// `[site]`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Site {
    /// Name of the site.
    pub title: Localized,
    /// Whether somebody has given it one; else that of the home page is better than the default.
    pub title_is_named: bool,
    /// One sentence for the home page and search engines.
    pub description: Localized,
    /// Where the site will live; only absolute addresses need it.
    pub base_url: Option<String>,
    /// Folder with markdown, relative to the site folder.
    pub content: String,
    /// Whether the configuration names it.
    pub content_is_named: bool,
    /// Files and folders of the content folders that are not part of the site.
    pub exclude: Vec<String>,
    /// Folder whose files are copied as they are, relative to the configuration file.
    pub static_folder: String,
    /// Where the configuration names it.
    pub static_span: Range<usize>,
    /// Whether there is such a folder at all: in a project that was not written for tier0, a folder of
    /// this name may hold anything.
    pub copies_static: bool,
    /// Folder that gets one folder per edition, relative to the configuration file.
    pub output: String,
    /// Whether that is relative to the current folder: nothing of it belongs into a folder that was not
    /// written for tier0.
    pub output_is_here: bool,
    /// Folder under `themes/` that overrides the shipped theme file by file.
    pub theme: Option<String>,
    /// What happens to raw HTML in articles.
    pub html: HtmlMode,
    /// Roles of pages that name none.
    pub default_roles: Vec<String>,
    /// Whether a page must name its roles.
    pub require_roles: bool,
    /// Whether slips that spoil a page stop a build.
    pub strict: bool,
}

/// What happens to raw HTML in articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HtmlMode {
    /// Passes an allow-list.
    Sanitize,
    /// Stays as it is.
    Allow,
    /// Is shown as text.
    Escape,
}

/// A language of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Language {
    /// Short code: file suffix, url segment, index folder.
    pub code: String,
    /// BCP 47 tag for the `lang` attribute.
    pub tag: String,
    /// Its own name for itself.
    pub name: String,
    /// A path-mirrored content folder of its own, relative to the site folder.
    pub content: Option<String>,
}

/// `[products.NAME]`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Product {
    /// Name in front matter.
    pub name: String,
    /// Name for readers.
    pub label: Localized,
    /// Known versions, oldest first.
    pub versions: Vec<String>,
}

impl Config {
    /// The language that lives at the root.
    pub(crate) fn default_language(&self) -> &Language {
        &self.languages[0]
    }

    /// Whether it says anything of readers.
    pub(crate) fn has_readers(&self) -> bool {
        let default = Config::default();
        self.roles != default.roles
            || self.editions != default.editions
            || self.site.default_roles != default.site.default_roles
            || self.site.require_roles
    }

    /// Makes a language the one that lives at the root.
    pub(crate) fn speak(&mut self, code: &str) {
        read::put_default_language_first(self, code, false);
    }

    /// The edition with this name.
    pub(crate) fn edition(&self, name: &str) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.name == name)
    }

    /// Names of editions that are not for everybody: where a text names one, it may speak of its
    /// readers. `all` is a word for everybody.
    pub(crate) fn inner_editions(&self) -> impl Iterator<Item = &str> {
        let inner = self.editions.iter().filter(|edition| !edition.is_public());
        inner.map(|edition| edition.name.as_str()).filter(|name| *name != "all")
    }

    /// Where an edition will live, with a slash at the end.
    pub(crate) fn base_url<'a>(&'a self, edition: &'a Edition) -> Option<&'a str> {
        edition.base_url.as_deref().or(self.site.base_url.as_deref())
    }

    /// The role with this name.
    pub(crate) fn role(&self, name: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.name == name)
    }

    /// Whether a text is a role or an edition that is not for everybody, but for one slip: by its name or
    /// its label.
    pub(crate) fn is_nearly_a_role(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let names = self.roles.iter().flat_map(|role| {
            let labels = role.label.by_language.values();
            labels.chain([&role.name, &role.label.fallback]).map(String::as_str)
        });
        let mut names = names.chain(self.inner_editions()).map(str::to_lowercase);
        names.any(|name| slips(&text, &name) <= 1)
    }

    /// The roles among the readers of an edition, where telling them apart is of use: a public
    /// edition has only one kind of reader.
    pub(crate) fn readers(&self, edition: &Edition) -> impl Iterator<Item = &Role> {
        let several = !edition.is_public();
        let reads = move |role: &&Role| several && edition.shows(&[&role.name]);
        self.roles.iter().filter(reads)
    }

    /// All role names, for a hint.
    pub(crate) fn role_names(&self) -> String {
        self.roles.iter().map(|role| role.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Weighs problems as the site wants them to be weighed.
    pub(crate) fn weigh(&self, diagnostics: &mut Vec<Diagnostic>, site: Standing) {
        diagnostic::weigh(diagnostics, site);
        diagnostics.retain_mut(|diagnostic| match self.severities.get(&diagnostic.code) {
            Some(Some(severity)) => {
                diagnostic.severity = *severity;
                true
            }
            Some(None) => false,
            None => true,
        });
    }

    /// The product with this name, if it is declared.
    pub(crate) fn product(&self, name: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.name == name)
    }

    /// The label of a product, or its name where it is not declared.
    pub(crate) fn product_label<'a>(&'a self, name: &'a str, language: &str) -> &'a str {
        self.product(name).map_or(name, |product| product.label.get(language))
    }
}

impl Default for Config {
    fn default() -> Self {
        Config {
            site: Site {
                title: Localized {
                    fallback: "Help centre".to_owned(),
                    by_language: [("zh".to_owned(), "帮助中心".to_owned())].into(),
                },
                title_is_named: false,
                description: Localized::default(),
                base_url: None,
                content: "content".to_owned(),
                content_is_named: false,
                exclude: Vec::new(),
                static_folder: "static".to_owned(),
                static_span: 0..0,
                copies_static: true,
                output: "dist".to_owned(),
                output_is_here: false,
                theme: None,
                html: HtmlMode::Sanitize,
                default_roles: vec![roles::CUSTOMER.to_owned()],
                require_roles: false,
                strict: false,
            },
            languages: vec![Language::named("en")],
            roles: roles::shipped(),
            editions: vec![Edition::public()],
            products: Vec::new(),
            rewrites: Vec::new(),
            guides: Guides::default(),
            search: Search::default(),
            keys_off: BTreeSet::new(),
            containers: BTreeMap::new(),
            security: Security::default(),
            guard: None,
            severities: BTreeMap::new(),
        }
    }
}

impl Language {
    /// A language with the tag and name that its code suggests.
    pub(crate) fn named(code: &str) -> Self {
        let (tag, name) = match code {
            "en" => ("en", "English"),
            "zh" => ("zh-CN", "简体中文"),
            other => (other, other),
        };
        Language {
            code: code.to_owned(),
            tag: tag.to_owned(),
            name: name.to_owned(),
            content: None,
        }
    }
}
