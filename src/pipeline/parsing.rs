//! Selected texts to parsed articles, each by itself.

use std::sync::Arc;

use super::memo::{BuildCache, EditionCache};
use crate::config::Edition;
use crate::diagnostic::{self, Diagnostic};
use crate::document::{self, Document, Options};
use crate::edition::Selected;
use crate::kinds;
use crate::memo::ById;
use crate::site::{self, Parsed};
use crate::source::Inputs;

/// What parsing depends on besides the texts.
pub(crate) struct Parsing<'a> {
    pub inputs: &'a Inputs,
    pub edition: &'a Edition,
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
        let edition = Arc::new(self.edition.clone());
        let options = Options { html: config.site.html, edition };
        let documents = own.documents.run(
            selected,
            |page| &page.article.path,
            |page| ById::of(&page.expanded),
            |_| true,
            |_, page| self.document(page.body(), &options),
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

    fn document(&self, body: &str, options: &Options) -> Arc<Document> {
        let key = || {
            // Bodies without containers are parsed once for all editions of a run.
            let has_containers = body.contains(":::");
            let of =
                if has_containers { format!("{options:?}") } else { format!("{:?}", options.html) };
            *blake3::Hasher::new()
                .update(of.as_bytes())
                .update(body.as_bytes())
                .finalize()
                .as_bytes()
        };
        self.memo.document(key, || document::parse(body, options))
    }
}
