//! Lists of pages and codes. A long one is cut into sheets, which are pages of so many rows each:
//! the first keeps the address of the list, the others stand below it, as `codes/page/2/`.

use std::ops::Range;

use super::{LanguagePart, Subject};

/// Rows on a sheet.
pub(crate) const ROWS: usize = 200;

/// A list of a language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct List<'a> {
    /// Its url, which is that of its first sheet.
    pub url: &'a str,
    /// How many rows it has.
    pub rows: usize,
}

impl List<'_> {
    /// How many sheets it has; an empty list has one.
    pub(crate) fn sheets(&self) -> usize {
        self.rows.div_ceil(ROWS).max(1)
    }

    /// Whether it has more than one sheet.
    pub(crate) fn is_long(&self) -> bool {
        self.rows > ROWS
    }

    /// The url of a sheet, which are counted from 1.
    pub(crate) fn sheet_url(&self, sheet: usize) -> String {
        match sheet {
            0 | 1 => self.url.to_owned(),
            _ => format!("{}page/{sheet}/", self.url),
        }
    }

    /// The rows on a sheet.
    pub(crate) fn range(&self, sheet: usize) -> Range<usize> {
        let start = (sheet.saturating_sub(1) * ROWS).min(self.rows);
        start..(start + ROWS).min(self.rows)
    }
}

/// The sheet that a row stands on.
pub(crate) fn sheet_of(row: usize) -> usize {
    row / ROWS + 1
}

impl LanguagePart {
    /// The list on a page; none if the page has none that is ever cut.
    pub(crate) fn list(&self, subject: &Subject) -> Option<List<'_>> {
        let (url, rows) = match subject {
            Subject::Section(folder) => {
                let node = self.sections.get(folder)?;
                (&node.url, node.pages.len())
            }
            Subject::Tag(number) => {
                let tag = self.tags.all.get(*number)?;
                (&tag.url, tag.pages.len())
            }
            Subject::Codes => {
                let rows = self.codes.groups.iter().map(|group| group.codes.len()).sum();
                (self.codes.url.as_ref()?, rows)
            }
            Subject::ProductCodes(number) => {
                let group = self.codes.groups.get(*number)?;
                (group.url.as_ref()?, group.codes.len())
            }
            Subject::Role(number) => {
                let role = self.roles.get(*number)?;
                (&role.url, role.pages.len())
            }
            Subject::Article(_)
            | Subject::Tags
            | Subject::Search
            | Subject::OpenSearch
            | Subject::Redirect(_)
            | Subject::Entrance
            | Subject::NotFound => return None,
        };
        Some(List { url, rows })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_stands_on_one_sheet() {
        for rows in [0, 1, ROWS - 1, ROWS, ROWS + 1, 2 * ROWS, 2 * ROWS + 1] {
            let list = List { url: "codes/", rows };
            let all: Vec<usize> = (1..=list.sheets()).flat_map(|sheet| list.range(sheet)).collect();
            assert_eq!(all, (0..rows).collect::<Vec<_>>());
            assert!((1..=list.sheets()).all(|sheet| list.range(sheet).len() <= ROWS));
            assert_eq!(list.is_long(), list.sheets() > 1);
            for row in all {
                assert!(list.range(sheet_of(row)).contains(&row));
            }
        }
    }

    #[test]
    fn the_first_sheet_keeps_the_address() {
        let list = List { url: "zh/codes/", rows: 900 };
        assert_eq!(
            [1, 2, 5].map(|sheet| list.sheet_url(sheet)),
            ["zh/codes/", "zh/codes/page/2/", "zh/codes/page/5/"]
        );
    }
}
