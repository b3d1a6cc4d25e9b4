//! Languages in names: `zh/reset`, `docs-zh/reset`, `reset_zh-CN`, also of languages that the site does not have.
//!
//! Writers keep translations in many ways. What a name says decides no address here, and a page
//! must not be more open than the one it may translate.

use super::language_names;
use crate::config::Config;

/// Codes that are hardly anything but languages.
const SURE: [&str; 49] = [
    "en", "zh", "fr", "de", "es", "ja", "ko", "ru", "pt", "nl", "pl", "tr", "ar", "he", "vi", "th",
    "uk", "cs", "sv", "da", "fi", "el", "hu", "ro", "bg", "fa", "hi", "ms", "ca", "sk", "sl", "lt",
    "lv", "et", "sr", "nb", "nn", "ka", "kk", "bn", "ta", "te", "ur", "eu", "gl", "sq", "mk", "tl",
    "cn",
];
/// Codes that are everyday words and short names, too: `it`, `hr`.
const UNSURE: [&str; 38] = [
    "it", "hr", "id", "no", "is", "my", "am", "be", "so", "to", "pa", "as", "or", "os", "ml", "mn",
    "mr", "mt", "ne", "ps", "si", "sw", "uz", "zu", "af", "az", "bs", "cy", "ga", "gu", "hy", "km",
    "kn", "ky", "la", "lo", "jp", "kr",
];
/// Folders that hold a language each: what lies in them is a tree of its own.
const HOLDERS: [&str; 20] = [
    "i18n",
    "l10n",
    "intl",
    "locale",
    "locales",
    "lang",
    "langs",
    "language",
    "languages",
    "translation",
    "translations",
    "translated",
    "localization",
    "localisation",
    "localized",
    "localised",
    "翻译",
    "译文",
    "多语言",
    "语言",
];
/// How the folders of a plugin begin between a language and its pages.
const PLUGIN: &str = "docusaurus-plugin-";

/// What the key of a page says of its language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Spoken {
    /// The key without it and with one mark between words: what translations share.
    pub bare: String,
    /// Whether it lies in a folder that holds languages, beside the folder of what it translates.
    pub is_apart: bool,
    /// The codes that stand in it.
    codes: Vec<String>,
    /// Whether all are languages beyond doubt: the site's, or such as mean nothing else.
    is_sure: bool,
    /// Whether one is a language of the site.
    is_ours: bool,
}

/// A code, and how sure it is that one is meant.
struct Locale {
    code: String,
    is_sure: bool,
    is_ours: bool,
}

impl Spoken {
    /// Reads a key in its one form.
    pub(crate) fn read(key: &str, is_section: bool, config: &Config) -> Spoken {
        let mut spoken = Spoken { is_sure: true, ..Spoken::default() };
        let mut parts: Vec<&str> = Vec::new();
        let mut holders = 0;
        let mut is_in_plugin = false;
        let last = key.split('/').count() - 1;
        for (at, part) in key.split('/').enumerate() {
            let is_file = at == last && !is_section;
            // `refund/en.md`; `it.md` and `hr.md` are two departments.
            let whole = locale(part, config).filter(|locale| !is_file || locale.is_sure);
            let (rest, locale) = match whole {
                Some(locale) => ("", Some(locale)),
                None => without_affix(part, config),
            };
            // `_index-zh` is the page of its folder, or was meant to be.
            let is_index = locale.is_some() && matches!(rest, "_index" | "index");
            if let Some(Locale { code, is_sure, is_ours }) = locale {
                spoken.codes.push(code);
                spoken.is_sure &= is_sure;
                spoken.is_ours |= is_ours;
                // `lang-de` and `locales/de` hold a tree.
                let is_held = parts.last().is_some_and(|held| HOLDERS.contains(held));
                if is_held && rest.is_empty() && !is_file {
                    parts.pop();
                }
                holders += usize::from(is_held || HOLDERS.contains(&rest));
            }
            let is_of_plugin = part.starts_with(PLUGIN)
                || is_in_plugin && (part == "current" || part.starts_with("version-"));
            is_in_plugin |= is_of_plugin;
            let is_left_out = rest.is_empty()
                || is_index
                || !spoken.codes.is_empty() && is_of_plugin
                || !spoken.codes.is_empty() && HOLDERS.contains(&rest) && !is_file;
            parts.extend((!is_left_out).then_some(rest));
        }
        spoken.is_apart = holders > 0;
        spoken.bare = with_one_mark(&parts.join("/"));
        spoken
    }

    /// Whether the key says nothing of a language, or names the default one.
    pub(crate) fn is_original(&self, config: &Config) -> bool {
        let default = &config.default_language().code;
        self.codes.iter().all(|code| is_same(default, code))
    }

    /// The languages that stand in the key.
    pub(crate) fn codes(&self) -> &[String] {
        &self.codes
    }

    /// Whether a language in the key is one of the site.
    pub(crate) fn is_of_the_site(&self) -> bool {
        self.is_ours
    }

    /// The bare key without its first folder: what a tree of translations repeats of it.
    pub(crate) fn below_first(&self) -> Option<&str> {
        self.bare.split_once('/').map(|(_, rest)| rest)
    }

    /// Whether a page with this key may be a translation of one with another key.
    pub(crate) fn may_translate(&self, other: &Spoken) -> bool {
        let is_same = self.bare == other.bare
            || self.is_apart && other.below_first() == Some(self.bare.as_str());
        if !is_same || self.codes.is_empty() && other.codes.is_empty() {
            return false;
        }
        let are_sure = self.is_sure && other.is_sure;
        // `hr/` beside the home page is a department, as a rule.
        if self.bare.is_empty() {
            return are_sure && !self.codes.is_empty();
        }
        if self.codes.is_empty() {
            return other.is_ours;
        }
        other.codes.is_empty() || other.is_ours || are_sure
    }
}

/// The language that a name is, with or without its region: `zh`, `zh-cn`, `中文`.
fn locale(name: &str, config: &Config) -> Option<Locale> {
    let spelled = language_names::code(name);
    let code = spelled.unwrap_or_else(|| primary(name));
    let mut regions = name.split(['-', '_', '.']).skip(1).filter(|_| spelled.is_none());
    let is_region = |part: &str| {
        part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit())
            || part.len() == 2 && part.bytes().all(|b| b.is_ascii_lowercase())
            || ["hans", "hant", "latn", "cyrl"].contains(&part)
    };
    if !regions.all(is_region) {
        return None;
    }
    let codes = config.languages.iter().flat_map(|known| [&*known.code, &*known.tag]);
    let is_ours = codes.into_iter().any(|known| is_same(known, code));
    let is_word = language_names::is_word(name);
    let is_unsure = UNSURE.contains(&code) || is_word;
    let is_certain = SURE.contains(&code) && !is_word || spelled.is_some() && name.len() > 3;
    let is_sure = is_ours || is_certain || is_unsure && name.contains(['-', '_']);
    (is_sure || is_unsure).then(|| Locale { code: code.to_owned(), is_sure, is_ours })
}

/// A name without the language at its end or, of the site's, at its begin: `reset-zh`, `zh_reset`.
fn without_affix<'n>(name: &'n str, config: &Config) -> (&'n str, Option<Locale>) {
    let is_mark = |c: char| matches!(c, '.' | '-' | '_' | ' ' | '(' | '（' | '[' | '【');
    for (at, mark) in name.match_indices(is_mark).filter(|(at, _)| *at > 0) {
        let end = name[at + mark.len()..].trim_matches([')', '）', ']', '】', ' ', '(', '（']);
        let locale = locale(end, config).filter(|locale| locale.is_sure || mark == ".");
        if locale.is_some() {
            return (name[..at].trim_end_matches(is_mark), locale);
        }
    }
    if let Some((rest, code)) = language_names::without_end(name) {
        return (rest.trim_end_matches(is_mark), locale(code, config));
    }
    let begins = name.match_indices(is_mark).filter(|(at, _)| *at > 0).collect::<Vec<_>>();
    for (at, mark) in begins.into_iter().rev() {
        let locale = locale(&name[..at], config).filter(|locale| locale.is_ours);
        let rest = &name[at + mark.len()..];
        if locale.is_some() && !rest.is_empty() {
            return (rest, locale);
        }
    }
    (name, None)
}

/// A key whose words are all separated in one way: `my_page`, `my-page`.
fn with_one_mark(key: &str) -> String {
    key.chars().map(|c| if matches!(c, '_' | ' ' | '.') { '-' } else { c }).collect()
}

/// Whether a code of the site is a language, whatever its region.
fn is_same(known: &str, language: &str) -> bool {
    primary(known).eq_ignore_ascii_case(language)
}

/// The language of a code without its region.
fn primary(code: &str) -> &str {
    code.split(['-', '_', '.']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(key: &str) -> Spoken {
        let mut config = Config::default();
        let mut more = config.default_language().clone();
        "zh".clone_into(&mut more.code);
        config.languages.push(more);
        Spoken::read(key, false, &config)
    }

    #[test]
    fn keys_are_bare_of_languages() {
        for key in [
            "x/a",
            "zh/x/a",
            "x/zh-cn/a",
            "x/a-zh",
            "x/a_zh_cn",
            "x/a.fr",
            "x-zh/a",
            "x/zh-a",
            "x/it/a",
            "中文/x/a",
            "x/a（中文）",
            "x/a (zh)",
            "x/a/zh",
            "x/a/en-us",
            "x/a-中文版",
            "x/a英文版",
            "russian/x/a",
            "deutsch/x/a",
            "chinese-simplified/x/a",
            "rus/x/a",
            "locales/de/x/a",
            "translations/zh/x/a",
            "lang-de/x/a",
            "i18n/zh-cn/docusaurus-plugin-content-docs/current/x/a",
        ] {
            assert_eq!(read(key).bare, "x/a", "{key}");
        }
        assert_eq!(
            (read("x/my_page").bare, read("01 a").bare),
            ("x/my-page".into(), "01-a".into())
        );
        for key in ["how-to", "api/faq", "sign-in", "fr-a", "team/it", "locales/b", "lang/x"] {
            assert_eq!(read(key).bare, key, "{key}");
        }
    }

    #[test]
    fn departments_are_no_languages_of_each_other() {
        let may = |own: &str, other: &str| read(own).may_translate(&read(other));
        assert!(may("zh/a", "en/a") && may("zh/a", "a") && may("fr/a", "a") && may("a", "zh/a"));
        assert!(may("it/a", "a") && may("it/a", "zh/a"));
        assert!(
            !may("a", "a") && !may("a", "fr/a") && !may("it/a", "hr/a") && !may("zh/a", "hr/a")
        );
    }
}
