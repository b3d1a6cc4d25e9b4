//! What the search page offers beside its field: filters, and where to go when nothing is found.

use std::collections::BTreeMap;

use super::handoff::detail;
use super::present::link_to_section;
use super::shared::Shared;
use super::view::{Filter, FilterValue, NextSteps, RoleDetail};
use crate::config::Config;
use crate::site::{LanguagePart, Page, Site};

/// The columns that pages of this language can be told apart by, in the order they are shown.
pub(crate) fn filters(
    site: &Site,
    part: &LanguagePart,
    config: &Config,
    shared: &Shared,
) -> Vec<Filter> {
    let code = part.language.code.as_str();
    let pages: Vec<&Page> =
        site.pages.iter().filter(|page| page.language() == code && !page.is_hidden()).collect();
    let count = |values: &dyn Fn(&Page) -> Vec<String>| -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for page in &pages {
            // Questions are found by themselves.
            let found = 1 + page.shape.questions.len();
            for value in values(page) {
                *counts.entry(value).or_insert(0) += found;
            }
        }
        counts
    };
    let by_count = |mut values: Vec<FilterValue>| {
        values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
        values
    };
    let value = |(name, count): (String, usize), label: String| FilterValue { name, label, count };

    let roles = count(&|page| page.selected.roles.to_vec());
    let roles = config
        .readers(&site.edition)
        .filter_map(|role| {
            let count = *roles.get(&role.name)?;
            Some(value((role.name.clone(), count), role.label.get(code).to_owned()))
        })
        .collect();
    let products = count(&|page| page.selected.article.meta.products.clone());
    let products = products.into_iter().map(|one| {
        let label = config.product_label(&one.0, code).to_owned();
        value(one, label)
    });
    let kinds = count(&|page| vec![page.kind().name().to_owned()]);
    let kinds = kinds.into_iter().map(|one| {
        let label = shared.text(&format!("kind_{}", one.0.replace('-', "_")));
        value(one, label)
    });
    let mut pages_for = vec![0; part.versions.all.len()];
    for number in part.versions.of_page.values().flat_map(|numbers| numbers.iter()) {
        pages_for[*number] += 1;
    }
    let versions = part.versions.all.iter().zip(pages_for);
    let versions = versions
        .map(|(name, count)| value((name.clone(), count), name.clone()))
        .filter(|value| value.count > 0);

    let filters = [
        ("role", roles),
        ("product", by_count(products.collect())),
        ("kind", by_count(kinds.collect())),
        ("version", versions.collect()),
    ];
    filters
        .into_iter()
        .filter(|(_, values)| values.len() > 1)
        .map(|(name, values)| Filter {
            name,
            label: shared.text(&format!("filter_{name}")),
            all: shared.text(&format!("filter_{name}_all")),
            values,
        })
        .collect()
}

/// Where a reader goes on whom search could not help: the topics of the site, and the role that
/// the readers of this edition hand over to. No role is passed over: who comes after the next one
/// may be nobody's business here.
pub(crate) fn ways(site: &Site, part: &LanguagePart, config: &Config) -> NextSteps {
    let code = part.language.code.as_str();
    let home = part.sections.get("");
    let topics = home.map(|home| {
        let sections = home.sections.iter().filter_map(|folder| part.sections.get(folder));
        sections.map(link_to_section).collect()
    });
    let mut contacts: Vec<RoleDetail> = Vec::new();
    for role in config.roles.iter().filter(|role| site.edition.shows(&[&role.name])) {
        let next = role.escalates_to.as_ref().and_then(|name| config.role(name));
        let Some(next) = next.filter(|next| contacts.iter().all(|known| known.name != next.name))
        else {
            continue;
        };
        let contact = &next.contact;
        if contact.phone.is_some() || contact.mailto.is_some() || contact.url.is_some() {
            contacts.push(detail(next, code));
        }
    }
    NextSteps { topics: topics.unwrap_or_default(), contacts }
}
