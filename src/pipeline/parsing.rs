//! Selected texts to parsed articles, each by itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::memo::{BuildCache, EditionCache};
use crate::config::{Config, Edition, Role};
use crate::diagnostic::{self, Diagnostic};
use crate::edition::Selected;
use crate::kinds;
use crate::markdown;
use crate::memo::ById;
use crate::page::Theme;
use crate::site::{self, Parsed};
use crate::source::Inputs;

/// What parsing depends on besides the texts.
pub(crate) struct Parsing<'a> {
    pub inputs: &'a Inputs,
    pub edition: &'a Edition,
    pub theme: Option<&'a Theme>,
    pub memo: &'a BuildCache,
}

impl Parsing<'_> {
    /// Parses the articles of an edition, finds their parts and their names.
    pub(crate) fn run(
        &self,
        selected: &[Selected],
        own: &mut EditionCache,
    ) -> (Vec<Parsed>, Vec<Diagnostic>) {
        let config = &self.inputs.config;
        let options = options(config, self.edition, self.theme);
        let of = |page: &Selected| options.get(&page.article.name.language);
        let none = [0; 32];
        let documents = own.documents.run(
            selected,
            |page| &page.article.path,
            |page| (ById::of(&page.expanded), of(page).map_or(none, |of| *of.hash.as_bytes())),
            |_| true,
            |_, page| {
                of(page).map(|options| self.document(page.body(), options)).unwrap_or_default()
            },
        );
        let pages: Vec<_> = selected.iter().zip(documents.iter().map(|made| &**made)).collect();
        let shapes = own.shapes.run(
            &pages,
            |(page, _)| &page.article.path,
            |(page, document)| (ById::of(&page.article), ById::of(document)),
            |_| true,
            |_, (page, document)| {
                let meta = &page.article.meta;
                let (shape, problems) = kinds::read(&kinds::Input { meta, document, config });
                (Arc::new(shape), problems)
            },
        );
        let shaped: Vec<_> = pages.iter().zip(&shapes).collect();
        let names = own.names.run(
            &shaped,
            |((page, _), _)| &page.article.path,
            |((page, document), _)| (ById::of(&page.article), ById::of(document)),
            |_| true,
            |_, ((page, document), shape)| site::names(&page.article, document, &shape.0),
        );
        let mut diagnostics = Vec::new();
        for ((page, document), shape) in &shaped {
            let problems = document.problems.iter().chain(&shape.1);
            let problems = problems.map(|problem| problem.at(|span| page.place(span))).collect();
            let own = Some(&*page.article.path);
            diagnostics.extend(diagnostic::few(problems, own, |problem| problem));
        }
        let parsed = shaped.iter().zip(names).map(|(((_, document), shape), names)| {
            let (document, shape) = (Arc::clone(document), Arc::clone(&shape.0));
            Parsed { document, shape, names }
        });
        (parsed.collect(), diagnostics)
    }

    fn document(&self, body: &str, options: &ParserOptions) -> Arc<markdown::Document> {
        let key = || {
            let has_containers = body.contains(":::");
            let hash = if has_containers { options.hash } else { options.plain_hash };
            let mut hasher = blake3::Hasher::new();
            *hasher.update(hash.as_bytes()).update(body.as_bytes()).finalize().as_bytes()
        };
        self.memo.document(key, || markdown::parse(body, &options.options))
    }
}

/// Parser options of a language.
pub(crate) struct ParserOptions {
    pub options: markdown::Options,
    /// Hash of all options.
    hash: blake3::Hash,
    /// Hash of those that bodies without containers depend on: such bodies are parsed once for
    /// all editions of a run.
    plain_hash: blake3::Hash,
}

/// Parser options by language.
pub(crate) fn options(
    config: &Config,
    edition: &Edition,
    theme: Option<&Theme>,
) -> BTreeMap<String, ParserOptions> {
    let is_known = |role: &&Role| edition.shows(&[&role.name]);
    let roles: Vec<&Role> = config.roles.iter().filter(is_known).collect();
    let edition = Arc::new(edition.clone());
    let of = |code: &str| {
        let words = theme.map(|theme| theme.texts(code)).unwrap_or_default();
        let label = |role: &Role| (role.name.clone(), role.label.get(code).to_owned());
        let role_labels = Arc::new(roles.iter().copied().map(label).collect());
        let plain_hash = blake3::hash(format!("{:?} {words:?}", config.site.html).as_bytes());
        let edition = Arc::clone(&edition);
        let options = markdown::Options { html: config.site.html, words, role_labels, edition };
        ParserOptions { hash: blake3::hash(format!("{options:?}").as_bytes()), options, plain_hash }
    };
    let languages = config.languages.iter();
    languages.map(|language| (language.code.clone(), of(&language.code))).collect()
}
