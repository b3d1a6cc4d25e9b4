//! What all pages of a language share, computed once.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value as Json;

use super::theme::{Texts, Theme};
use super::view::RoleView;
use crate::config::{Config, Role};
use crate::render::Words;
use crate::site::{LanguagePart, RolePage, Site, encode, index_path, open_search_path};

/// What all pages of a language share.
#[derive(Debug)]
pub(crate) struct Shared {
    /// Name and value of each variable.
    pub values: Vec<(&'static str, tera::Value)>,
    /// Interface texts.
    pub texts: Texts,
    /// Words that go into the text of pages.
    pub words: Words,
    /// The title of the site.
    pub site_title: String,
    /// Number of the language in `Site::parts`.
    pub part: usize,
}

#[derive(Serialize)]
struct SiteView<'a> {
    title: &'a str,
    description: &'a str,
    base_url: Option<&'a str>,
    edition: EditionView<'a>,
    version: &'static str,
}

#[derive(Serialize)]
struct EditionView<'a> {
    name: &'a str,
    label: &'a str,
    public: bool,
}

#[derive(Serialize)]
struct LanguageView<'a> {
    code: &'a str,
    tag: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct SearchView {
    page_url: String,
    open_search_url: Option<String>,
    index_url: String,
}

/// The title that its writer gave the home page of a language, unless it says no more than that it is
/// the home page.
fn title_of_home<'a>(site: &'a Site, part: &LanguagePart, texts: &Texts) -> Option<&'a str> {
    let home = &site.pages[part.sections.get("")?.page?].names;
    let title = home.title.text.as_str();
    let says_more = texts.get("home").is_none_or(|home| !home.eq_ignore_ascii_case(title));
    (home.has_title() && says_more).then_some(title)
}

impl Shared {
    /// Computes what the pages of a language share.
    pub(crate) fn new(site: &Site, part: &LanguagePart, config: &Config, theme: &Theme) -> Self {
        let code = part.language.code.as_str();
        let texts = theme.texts(code);
        let edition = &site.edition;
        let named = edition.title.as_ref().unwrap_or(&config.site.title).get(code);
        let is_named = edition.title.is_some() || config.site.title_is_named;
        let title = match title_of_home(site, part, &texts) {
            Some(title) if !is_named => title,
            _ => named,
        };
        let base_url = config.base_url(edition);
        let site_view = SiteView {
            title,
            description: config.site.description.get(code),
            base_url,
            edition: EditionView {
                name: &edition.name,
                label: &edition.name,
                public: edition.is_public(),
            },
            version: env!("CARGO_PKG_VERSION"),
        };
        let language = LanguageView { code, tag: &part.language.tag, name: &part.language.name };
        let search = SearchView {
            page_url: format!("{}search/", part.home),
            open_search_url: base_url.map(|_| open_search_path(&part.home)),
            index_url: index_path(code),
        };
        let mut values = Vec::new();
        let mut add = |name, json: Json| values.push((name, tera::Value::from_serializable(&json)));
        add("site", to_json(&site_view));
        add("lang", to_json(&language));
        add("lang_home", Json::from(part.home.as_str()));
        add("search", to_json(&search));
        add("codes_url", to_json(&part.codes.url));
        add("t", to_json(&*texts));
        add("readers", to_json(&readers(part, config)));
        add("assets", to_json(theme.asset_names()));
        add("modules", to_json(theme.modules()));
        let number = site.part_of.get(code).copied().unwrap_or(0);
        let site_title = title.to_owned();
        let words =
            Words { texts: Arc::clone(&texts), role_labels: role_labels(site, config, code) };
        Shared { values, texts, words, site_title, part: number }
    }

    pub(super) fn text(&self, key: &str) -> String {
        self.texts.get(key).cloned().unwrap_or_default()
    }
}

/// The labels of roles. Those that the edition does not have are not named.
fn role_labels(site: &Site, config: &Config, code: &str) -> Arc<BTreeMap<String, String>> {
    let label = |role: &Role| (role.name.clone(), role.label.get(code).to_owned());
    let roles = config.roles.iter().filter(|role| site.edition.shows(&[&role.name]));
    Arc::new(roles.map(label).collect())
}

/// The roles that read this edition, where there are several.
fn readers(part: &LanguagePart, config: &Config) -> Vec<RoleView> {
    let code = part.language.code.as_str();
    let label = |name: &str| config.role(name).map_or(name, |role| role.label.get(code)).to_owned();
    let view = |role: &RolePage| RoleView {
        name: role.name.clone(),
        label: label(&role.name),
        url: Some(encode(&role.url)),
    };
    part.roles.iter().map(view).collect()
}

fn to_json<T: Serialize>(value: &T) -> Json {
    // Plain structs and string maps always convert.
    serde_json::to_value(value).unwrap_or_default()
}
