//! What results can be narrowed by.

use super::super::Entry;
use super::super::dense;
use super::super::format::{Column, Facets};
use super::Labels;
use std::collections::BTreeMap;

/// The columns that tell pages apart.
pub(super) fn facets(labels: &Labels, entries: &[Entry]) -> Facets {
    let kinds = |entry: &Entry| vec![entry.kind.to_owned()];
    let versions = |entry: &Entry| entry.versions.iter().map(|v| (*v).to_owned()).collect();
    let columns = [
        ("role", column(&labels.roles, false, entries, |entry| entry.roles.to_vec())),
        ("product", column(&labels.products, true, entries, |entry| entry.products.to_vec())),
        ("kind", column(&[], true, entries, kinds)),
        ("version", column(&labels.versions, false, entries, versions)),
    ];
    let useful = columns.into_iter().filter(|(_, column)| !column.values.is_empty());
    useful.map(|(name, column)| (name.to_owned(), column)).collect()
}

/// A column; values that have no label are their own, or are left out unless `open`.
fn column(
    labels: &[(String, String)],
    open: bool,
    entries: &[Entry],
    values: impl Fn(&Entry) -> Vec<String>,
) -> Column {
    let mut column = Column { values: labels.to_vec(), ..Column::default() };
    let mut sets: BTreeMap<Vec<usize>, u32> = BTreeMap::new();
    for entry in entries {
        let mut set = Vec::new();
        for value in values(entry) {
            let known = column.values.iter().position(|(name, _)| *name == value);
            if known.is_none() && open {
                column.values.push((value.clone(), value));
            }
            set.extend(known.or_else(|| open.then(|| column.values.len() - 1)));
        }
        set.sort_unstable();
        set.dedup();
        let next = u32::try_from(sets.len()).unwrap_or(u32::MAX);
        let number = *sets.entry(set.clone()).or_insert(next);
        if number == next {
            column.sets.push(set);
        }
        dense::encode(number, &mut column.pages);
    }
    column
}
