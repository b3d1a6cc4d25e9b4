//! Pages by tag.

use std::collections::BTreeMap;

use super::address::part;
use super::{LanguagePart, Page, PageId, natural};
use crate::text::fold::for_people;
use crate::text::unique::Unique;

/// The page of one tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TagPage {
    /// The tag as first written.
    pub label: String,
    /// Its url.
    pub url: String,
    /// Its pages, in the order of their titles.
    pub pages: Vec<PageId>,
}

/// The tags of a language.
#[derive(Debug, Default)]
pub(crate) struct Tags {
    /// In the order of their labels.
    pub all: Vec<TagPage>,
    /// Numbers in `all`, by folded label.
    by_label: BTreeMap<String, usize>,
}

impl Tags {
    /// The page of a tag, however it is spelt. Tags that only hidden pages have got no page.
    pub(crate) fn get(&self, label: &str) -> Option<&TagPage> {
        self.by_label.get(&fold(label)).map(|number| &self.all[*number])
    }
}

/// What all spellings of one tag have in common: neither case nor width counts, nor what stands
/// between words.
fn fold(label: &str) -> String {
    let folded = for_people(label);
    let words = folded.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The tags of a language.
pub(crate) fn tags(pages: &[Page], language: &LanguagePart) -> Tags {
    let mut groups: BTreeMap<String, TagPage> = BTreeMap::new();
    for (id, page) in pages.iter().enumerate() {
        if page.language() != language.language.code || page.is_hidden() {
            continue;
        }
        for tag in &page.selected.article.meta.tags {
            let group = groups.entry(fold(tag)).or_insert_with(|| TagPage {
                label: tag.clone(),
                url: String::new(),
                pages: Vec::new(),
            });
            if group.pages.last() != Some(&id) {
                group.pages.push(id);
            }
        }
    }
    for (name, last) in names(groups.keys()) {
        if let Some(tag) = groups.get_mut(&name) {
            tag.url = format!("{}tags/{last}/", language.home);
        }
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by(|(a, _), (b, _)| natural::compare(a, b));
    let mut tags = Tags::default();
    for (folded, mut tag) in groups {
        let title = |id: PageId| pages[id].names.title.text.as_str();
        tag.pages.sort_by(|a, b| natural::compare(title(*a), title(*b)).then(a.cmp(b)));
        tags.by_label.insert(folded, tags.all.len());
        tags.all.push(tag);
    }
    tags
}

/// The last part of each label's url, by folded label. Labels that would make the same one are
/// numbered; a label that looks like its url keeps it.
pub(crate) fn names<'l>(labels: impl Iterator<Item = &'l String>) -> Vec<(String, String)> {
    let wish = |folded: &str| part(&folded.replace('+', "plus").replace('#', "sharp"));
    let mut wishes: Vec<(String, String)> =
        labels.map(|folded| (folded.clone(), wish(folded))).collect();
    wishes.sort_by_key(|(folded, wish)| folded.replace(' ', "-") != *wish);
    // All that can have what they wish for get it before any is numbered.
    let mut taken = Unique::default();
    let is_late: Vec<bool> = wishes.iter().map(|(_, name)| !taken.take(name)).collect();
    for ((_, name), _) in wishes.iter_mut().zip(is_late).filter(|(_, is_late)| *is_late) {
        *name = taken.numbered(name, 2);
    }
    wishes
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_tag_has_a_url_of_its_own() {
        let labels = ["c", "c++", "c#", "a,b", "a b", "a b 2", "a.b.", "a.b", "!", "?"];
        let sorted: BTreeSet<String> = labels.iter().map(|label| (*label).to_owned()).collect();
        let names: BTreeMap<_, _> = names(sorted.iter()).into_iter().collect();
        let expected =
            ["c", "cplusplus", "csharp", "a-b-3", "a-b", "a-b-2", "a.b-2", "a.b", "page", "page-2"];
        assert_eq!(labels.map(|label| names[label].as_str()), expected);
        assert_eq!(fold("Wi-Fi"), fold("wi  fi"));
        assert_eq!(fold(" Ｃ＋＋  Ｂ "), "c++ b");
    }
}
