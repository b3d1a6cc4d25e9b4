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
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (number, (name, _)) in labels.iter().enumerate() {
        known.entry(name.clone()).or_insert(number);
    }
    let mut sets: BTreeMap<Vec<usize>, u32> = BTreeMap::new();
    for entry in entries {
        let mut set = Vec::new();
        for value in values(entry) {
            match known.get(&value) {
                Some(number) => set.push(*number),
                None if open => {
                    set.push(column.values.len());
                    known.insert(value.clone(), column.values.len());
                    column.values.push((value.clone(), value));
                }
                None => {}
            }
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
