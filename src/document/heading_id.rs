//! Ids of headings.

use crate::text::unique::Unique;

/// The part of an address that stands for a text: letters, digits, `-` and `_`; Chinese stays.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' {
            slug.push(c);
        } else if (c.is_whitespace() || c == '-' || c == '/' || c == '.') && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_matches('-').to_owned()
}

/// Whether an id is one that the theme may use: its scripts must find their own elements by it.
pub(crate) fn is_reserved(id: &str) -> bool {
    id.starts_with("t0-")
}

/// Ids that a page uses already.
#[derive(Debug, Default)]
pub(crate) struct Ids(Unique);

impl Ids {
    /// An id for a heading: its slug, with a number when the page has it already.
    pub(crate) fn unique(&mut self, text: &str) -> String {
        let slug = slug(text);
        let base = match slug.as_str() {
            "" => "section".to_owned(),
            reserved if is_reserved(reserved) => format!("section-{reserved}"),
            _ => slug,
        };
        self.0.numbered(&base, 1)
    }

    /// Takes an id that the writer chose; false if the page has it already, or the theme may.
    pub(crate) fn take(&mut self, id: &str) -> bool {
        !is_reserved(id) && self.0.take(id)
    }

    /// All ids.
    pub(crate) fn into_vec(self) -> Vec<String> {
        self.0.into_names().into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_readable() {
        let mut ids = Ids::default();
        assert_eq!(ids.unique("Reset the Router!"), "reset-the-router");
        assert_eq!(ids.unique("Reset the router"), "reset-the-router-1");
        assert_eq!(ids.unique("Reset the router 2"), "reset-the-router-2");
        assert_eq!(ids.unique("Reset the router"), "reset-the-router-3");
        assert_eq!(ids.unique("错误码 10407：登录失败"), "错误码-10407登录失败");
        assert_eq!(ids.unique("？！"), "section");
        assert_eq!(ids.unique("T0 handoff"), "section-t0-handoff");
    }
}
