//! Selected texts to parsed articles, each by itself.

use std::sync::Arc;

use super::memo::{BuildCache, DocumentInput, EditionCache, NamesInput, Parts, ShapeInput};
use crate::config::Edition;
use crate::diagnostic::{self, Diagnostic};
use crate::document::{Document, Options};
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
        let config = ById::of(&self.inputs.config);
        let edition = Arc::new(self.edition.clone());
        let containers = Arc::new(config.containers.clone());
        let options = |page: &Selected| Options {
            html: config.site.html,
            is_titled: is_titled(page),
            containers: Arc::clone(&containers),
            edition: Arc::clone(&edition),
        };
        let input = |page: &Selected| DocumentInput {
            expanded: ById::of(&page.expanded),
            options: options(page),
            known: self.memo.known_documents(),
        };
        let documents = own.documents.run(selected, path, input, DocumentInput::document);
        let pages: Vec<_> = selected.iter().zip(documents.iter().map(|made| &**made)).collect();
        let input = |(page, document): &(&Selected, &Arc<Document>)| ShapeInput {
            article: ById::of(&page.article),
            document: ById::of(document),
            config: config.clone(),
        };
        let shapes = own.shapes.run(
            &pages,
            |(page, _)| path(page),
            input,
            |input| {
                let ShapeInput { article, document, config } = input;
                let (shape, problems) =
                    kinds::read(&kinds::Input { meta: &article.meta, document, config });
                (Arc::new(shape), problems)
            },
        );
        let shaped: Vec<_> = pages.iter().zip(&shapes).collect();
        let input = |((page, document), shape): &(&(&Selected, &Arc<Document>), &Arc<Parts>)| {
            let (article, document) = (ById::of(&page.article), ById::of(document));
            NamesInput { article, document, shape: ById::of(&shape.0) }
        };
        let names = own.names.run(
            &shaped,
            |((page, _), _)| path(page),
            input,
            |input| site::names(&input.article, &input.document, &input.shape),
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
}

fn path(page: &Selected) -> &Arc<str> {
    &page.article.path
}

/// Whether the front matter of a page has a title.
fn is_titled(page: &Selected) -> bool {
    page.article.meta.title.as_deref().is_some_and(|title| !title.trim().is_empty())
}
