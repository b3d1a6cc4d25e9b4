//! What a page applies to: products that the configuration declares, and their versions.

use std::sync::Arc;

use super::Meta;
use super::versions::{Range, Versions};
use crate::config::{Config, Product};
use crate::diagnostic::{Code, Diagnostic};
use crate::spanned::reader::Spanned;
use crate::text::fold::for_people;
use crate::text::nearest::is_almost_declared;

impl Meta {
    /// The versions of a product that the page is for: all of them if it does not say so, or not
    /// in a way that can be read.
    pub(crate) fn versions_of<'p>(&self, product: &'p Product) -> impl Iterator<Item = &'p str> {
        let range = self.versions.as_ref().and_then(|versions| versions.range.as_ref());
        let is_for = move |version: &&str| range.is_none_or(|range| range.includes(version));
        product.versions.iter().map(String::as_str).filter(is_for)
    }

    /// Whether the page says that it is not for all versions.
    pub(crate) fn is_narrow(&self) -> bool {
        let range = self.versions.as_ref().and_then(|versions| versions.range.as_ref());
        matches!(range, Some(Range::AnyOf(_)))
    }

    /// The products of the page whose versions are declared.
    pub(crate) fn versioned<'c>(&self, config: &'c Config) -> impl Iterator<Item = &'c Product> {
        let products = self.products.iter();
        products.filter_map(|name| config.product(name)).filter(|known| !known.versions.is_empty())
    }
}

/// Products that are almost declared: a slip of the finger, another spelling, or what readers see in
/// place of the name.
pub(super) fn check_products(
    products: &[Spanned],
    path: &Arc<str>,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for Spanned { text, span } in products {
        if config.product(text).is_some() {
            continue;
        }
        let written = for_people(text);
        let meant = config.products.iter().find(|known| {
            let name = for_people(&known.name);
            let mut labels = known.label.by_language.values().chain([&known.label.fallback]);
            written == name
                || is_almost_declared(&written, &name)
                || labels.any(|label| label == text)
        });
        if let Some(Product { name: known, .. }) = meant {
            diagnostics.push(
                Diagnostic::at(Code::UnknownProduct, path, span.clone())
                    .with("product", text)
                    .with("known", known),
            );
        }
    }
}

/// Reads `versions` and says what is wrong with them.
pub(super) fn versions(
    text: &Spanned,
    products: &[Spanned],
    path: &Arc<str>,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Versions {
    let known = products.iter().filter_map(|product| config.product(&product.text));
    let known: Vec<&Product> = known.filter(|product| !product.versions.is_empty()).collect();
    let declared = known.iter().flat_map(|product| product.versions.iter().map(String::as_str));
    let versions = Versions::read(&text.text, &declared.collect::<Vec<_>>());
    let mut report = |en: String, zh: String| {
        diagnostics.push(
            Diagnostic::at(Code::InvalidVersions, path, text.span.clone())
                .with("versions", &text.text)
                .with_both("reason", en, zh),
        );
    };
    let Some(range) = &versions.range else {
        match super::versions::is_too_long(&text.text) {
            true => report(
                format!("it has more than {} parts", super::versions::MOST_PARTS),
                format!("写了超过 {} 个部分", super::versions::MOST_PARTS),
            ),
            false => {
                report("this is no range of versions".to_owned(), "无法识别为版本范围".to_owned());
            }
        }
        return versions;
    };
    let is_outside = |product: &&&Product| !product.versions.iter().any(|v| range.includes(v));
    for Product { name, versions, .. } in known.iter().copied().filter(|one| is_outside(&one)) {
        let (all, list) = (versions.join(", "), versions.join("、"));
        report(
            format!("`{name}` has none of them; it has {all}"),
            format!("产品 `{name}` 没有符合的版本，它的版本有 {list}"),
        );
    }
    versions
}
