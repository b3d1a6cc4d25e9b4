//! Words that keep a text from readers: here, in other systems, and in the heads of writers.
//!
//! Nothing that speaks of readers is decoration. Where no rule reads such a word, its writer
//! believes something hidden that everybody would see.

mod lists;
mod people;
mod plain;
mod titles;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::containers::{Container, Kind, UnclearRoles};
use crate::text::nearest::slips;
pub(crate) use lists::GUARDS;
use lists::{
    BESIDE, BOXES, CLASSES, COMMON_KEYS, EDITIONS, EVERYBODY, FOR_SOME, KEYS, NEIGHBOURS,
    PLACEHOLDERS, SETTERS,
};

/// As much of a title is looked at, in characters.
const LONGEST_TITLE: usize = 400;

/// Whether a word is one that keeps a text from readers.
pub(crate) fn is_guard(word: &str) -> bool {
    if word.is_ascii() {
        return GUARDS.iter().any(|guard| guard.eq_ignore_ascii_case(word));
    }
    let word = word.to_lowercase();
    GUARDS.contains(&word.as_str()) || WIDE_GUARDS.is_match(&word)
}

/// Whether a text is nothing but such a word; of a Chinese one, with no more than [`BESIDE`] around it.
pub(crate) fn is_guard_alone(text: &str) -> bool {
    if text.is_ascii() {
        return is_guard(text);
    }
    let text = text.to_lowercase();
    let is_alone = |guard: &&str| {
        let mut rest = text.replacen(*guard, "", 1);
        BESIDE.iter().for_each(|word| rest = rest.replace(word, ""));
        text.contains(*guard) && !rest.contains(char::is_alphanumeric)
    };
    GUARDS.contains(&text.as_str())
        || WIDE_GUARDS.is_match(&text)
            && GUARDS.iter().filter(|guard| !guard.is_ascii()).any(is_alone)
}

/// Finds the guards that are not ASCII: words without spaces around them hide anywhere in a text, and
/// are looked for in every line.
static WIDE_GUARDS: LazyLock<AhoCorasick> =
    LazyLock::new(|| finder(GUARDS.iter().filter(|guard| !guard.is_ascii())));

/// Finds whether any of some words stands in a text.
fn finder<'w>(words: impl Iterator<Item = &'w &'w str>) -> AhoCorasick {
    AhoCorasick::new(words).expect("a few short words make a small automaton")
}

/// The words that count on a site: those of everybody, and its roles.
#[derive(Debug, Default)]
pub(crate) struct GuardWords {
    /// Names and labels of roles other than customers, and names of editions that are not for everybody;
    /// lower case.
    roles: Vec<String>,
    /// Their names as written.
    names: Vec<String>,
    /// Titles that the site's owner has said mean nothing of the kind.
    honest: Vec<String>,
    /// Names of containers that its owner has said what they mean.
    boxes: BTreeSet<String>,
}

impl GuardWords {
    /// The words of a site, from the names and labels of its roles without customers, and the titles
    /// and names of containers that its owner vouches for.
    pub(crate) fn new(
        names: Vec<String>,
        labels: impl Iterator<Item = String>,
        honest: Vec<String>,
        boxes: BTreeSet<String>,
    ) -> Self {
        let lower = names.iter().map(|name| name.to_lowercase());
        let roles = lower.chain(labels.map(|label| label.to_lowercase())).collect();
        GuardWords { roles, names, honest, boxes }
    }

    /// Whether a container that no rule takes for a role block was meant as one.
    pub(crate) fn suspects(&self, container: &Container) -> Option<UnclearRoles> {
        let is_read = container.kind.is_some_and(Kind::guards_access);
        if is_read {
            return None;
        }
        if container.kind.is_none() && self.names_guard(&container.name) {
            return Some(UnclearRoles::Elsewhere);
        }
        let (pairs, written) = &container.written;
        let mut attributes = container.attributes.iter().chain(pairs);
        if attributes.any(|(key, value)| self.is_about(key, value, false)) {
            return Some(UnclearRoles::NotHere);
        }
        let is_other = container.kind == Some(Kind::Include)
            || container.kind == Some(Kind::Tab) && is_choice(&container.title);
        let mut titles = [&container.title, written].into_iter();
        (!is_other && titles.any(|title| self.is_address(title))).then_some(UnclearRoles::Title)
    }

    /// Whether the name of an unknown container is that of a guard: as such, in a longer name, or
    /// but for a slip of the finger. Names under four letters have too many neighbours, Chinese
    /// ones too.
    fn names_guard(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        let mut parts = name.split(['-', '_']);
        if self.is_word(&name) || parts.any(|part| self.is_word(part)) {
            return true;
        }
        if NEIGHBOURS.contains(&&*name) || self.boxes.contains(&name) {
            return false;
        }
        let mut parts = name.split(['-', '_']);
        if BOXES.contains(&&*name) || parts.any(|part| BOXES.contains(&part)) {
            return true;
        }
        let known = self.roles.iter().map(String::as_str).chain(["internal", "only"]);
        let mut known = known.filter(|known| known.is_ascii());
        known.any(|known| match known.len() {
            0..=3 => false,
            4 | 5 => slips(&name, known) <= 1,
            _ => slips(&name, known) <= 2,
        })
    }

    fn is_word(&self, word: &str) -> bool {
        is_guard(word) || self.is_role(word)
    }

    /// Whether a class is such a word, or holds one: `internal-only`, `note_internal`. `sr-only`
    /// and `md-hidden` are everyday classes.
    fn is_class(&self, class: &str) -> bool {
        let class = with_hyphens(class);
        let mut parts = class.split(['-', '_']);
        let is_telling = |part: &str| is_guard(part) && part != "only" && part != "hidden";
        // `internal-link` is how programs call a link within the site.
        !class.ends_with("-link") && (self.is_word(&class) || parts.any(is_telling))
    }

    /// Whether the line that opens a block of any tool, behind its mark, speaks of readers: by its
    /// name, by a word beside that, by an attribute, by its title.
    pub(crate) fn open_with(&self, line: &str) -> bool {
        let quotes = ['"', '“', '\''];
        let is_before = |c: char| !c.is_alphanumeric() && !quotes.contains(&c);
        let line = cut_short(line).trim_start_matches(is_before);
        let end = |c: char| !c.is_alphanumeric() && c != '-' && c != '_';
        let name = line.split(end).next().unwrap_or_default();
        let after = &line[name.len()..];
        if SETTERS.contains(&name) {
            return false;
        }
        let (bare, quoted) = after.split_once(quotes).unwrap_or((after, ""));
        let (bare, behind) = bare.split_once(['|', ':']).unwrap_or((bare, ""));
        let title = quoted.split(['"', '”', '\'']).next().unwrap_or_default();
        if name.eq_ignore_ascii_case("only") {
            return !after.contains(char::is_alphanumeric)
                || self.are_readers(&bare.trim().to_lowercase())
                || self.are_readers(&behind.trim_matches([':', ' ']).to_lowercase())
                || self.pairs_are_about(after, false);
        }
        let is_telling = |word: &str| {
            let word = word.trim_start_matches(['$', '!', '@']);
            is_guard(word) && !word.eq_ignore_ascii_case("only")
        };
        let is_condition = ["if", "unless", "elif", "elsif", "ifdef"].contains(&name);
        self.is_class(name)
            || self.pairs_are_about(after, false)
            || bare
                .split(|c: char| c.is_whitespace() || c == ',' || is_condition && c == '.')
                .any(is_telling)
            || self.is_address(title)
            || self.is_address(behind.trim_matches([':', ' ', '\t']))
    }

    /// Whether the line of a code block speaks of readers behind its fence.
    pub(crate) fn are_about_code(&self, info: &str) -> bool {
        let info = cut_short(info).trim();
        let bare: String = info.split(['"', '\'']).step_by(2).collect();
        let mut words = bare.split([' ', '\t', ',', ';', '{', '}']);
        let language = words.next().unwrap_or_default();
        let is_bare = |word: &str| GUARDS.contains(&word.to_lowercase().as_str()) && word != "only";
        self.is_class(language)
            || words.any(is_bare)
            || self.classes_are_about(info)
            || info.split(['"', '\'']).skip(1).step_by(2).any(|title| self.is_address(title))
    }

    /// Whether a code block that other tools show as a box says so in its first lines: its title, or its
    /// class.
    pub(crate) fn are_about_box(&self, info: &str, block: &str) -> bool {
        let lines = block.lines().skip(1).take(6);
        let mut settings =
            lines.filter_map(|line| line.trim_start_matches([':', '>', ' ']).split_once(':'));
        may_be_box(info)
            && settings.any(|(key, value)| match key.trim() {
                "title" => self.is_address(value.trim()),
                "class" | "name" => value.split_whitespace().any(|class| self.is_class(class)),
                _ => false,
            })
    }

    /// Whether a tag that html does not have is named for readers: `<InternalOnly>`, `<StaffNote>`.
    pub(crate) fn is_component(&self, name: &str) -> bool {
        !PLACEHOLDERS.contains(&name.to_lowercase().as_str()) && self.is_class(name)
    }

    /// Whether an attribute of html speaks of readers; `is_own` of a tag that html does not have. Many
    /// a key has another meaning in html.
    pub(crate) fn is_about_in_html(&self, key: &str, value: &str, is_own: bool) -> bool {
        let own = key.strip_prefix("data-").or_else(|| key.strip_prefix("x-"));
        let name = own.unwrap_or(key);
        if key != "class" && EVERYBODY.contains(&value.trim().to_lowercase().as_str()) {
            return false;
        }
        if EDITIONS.contains(&name) && self.names_role(value) {
            return true;
        }
        if ["title", "label", "summary"].contains(&key) {
            return !PLACEHOLDERS.contains(&value) && self.is_address(value);
        }
        let is_condition = ["v-if", "v-show", "x-if", "x-show", "*ngif"].contains(&key)
            || key.ends_with("conditions");
        if is_own || is_condition {
            let end = |c: char| !c.is_alphanumeric() && c != '-' && c != '_';
            let is_telling = |word: &str| !word.eq_ignore_ascii_case("only") && self.is_class(word);
            let is_name = !COMMON_KEYS.contains(&key)
                && (KEYS.contains(&key) || is_guard(key) && key != "hidden");
            return is_name || value.split(end).any(is_telling);
        }
        if key == "class" || key == "classname" {
            return value.split_whitespace().any(|class| self.is_class(class));
        }
        let is_choice =
            |part: &str| ["show", "hide", "visible", "for", "if", "when"].contains(&part);
        if own.is_some() && name.split('-').any(is_choice) {
            let mut words = value.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
            return words.any(|word| self.is_class(word)) || KEYS.contains(&name);
        }
        let is_common = own.is_none() && COMMON_KEYS.contains(&name);
        !is_common && (KEYS.contains(&name) || own.is_some() && self.is_class(name))
    }

    fn is_role(&self, word: &str) -> bool {
        let is_inside = |role: &&String| !role.is_ascii() && role.chars().count() > 1;
        self.roles.iter().any(|role| *role == word)
            || self.roles.iter().filter(is_inside).any(|role| word.contains(role.as_str()))
    }

    /// Whether one of the words of a value is a role or an edition.
    fn names_role(&self, value: &str) -> bool {
        let mut words = value.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
        words.any(|word| self.is_role(&word.to_lowercase()))
    }

    /// Whether an attribute says who reads. `is_prose`: common keys count by their values there.
    fn is_about(&self, key: &str, value: &str, is_prose: bool) -> bool {
        let key = key.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let key = key.rsplit('.').next().unwrap_or(&key);
        let key = key.strip_prefix("data-").or_else(|| key.strip_prefix("x-")).unwrap_or(key);
        let words = || value.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
        let is_class = CLASSES.contains(&key) || COMMON_KEYS.contains(&key);
        let is_title =
            || ["title", "label", "custom-style"].contains(&key) && self.is_address(value);
        is_title()
            || KEYS.contains(&key) && !(is_prose && COMMON_KEYS.contains(&key))
            || self.is_role(key)
            || EDITIONS.contains(&key) && self.names_role(value)
            || !is_prose && FOR_SOME.contains(&key) && self.are_readers(&value.to_lowercase())
            || is_class && words().any(|word| self.is_class(word))
    }

    /// Whether attributes speak of readers: `roles=ops`, `.internal`, `class="x internal"`. Bare
    /// words count where they are guards.
    fn are_about(&self, attributes: &str) -> bool {
        let mut words = attributes.split([' ', '\t', ',', ';', '{', '}']);
        self.pairs_are_about(attributes, false)
            || words.any(|word| GUARDS.contains(&word.to_lowercase().as_str()))
            || self.classes_are_about(attributes)
    }

    /// The same for attributes that stand in running text, where a bare word is one of the text.
    pub(crate) fn classes_are_about(&self, attributes: &str) -> bool {
        let mut words = attributes.split([' ', '\t', ',', ';', '{', '}', ':']);
        let is_class =
            |word: &str| word.strip_prefix('.').is_some_and(|class| self.is_class(class));
        self.pairs_are_about(attributes, true) || words.any(is_class)
    }

    /// Whether the attributes in some braces are about readers: by a pair, a class, or as a whole. What
    /// stands in an address or a path, as in `/v1/{internal}`, is a placeholder (`is_apart`).
    pub(crate) fn are_about_in_braces(
        &self,
        attributes: &str,
        is_apart: bool,
        ends_line: bool,
    ) -> bool {
        let whole = attributes.trim().to_lowercase();
        let is_pair = || {
            let (key, value) = whole.split_once([':', '：'])?;
            Some(self.is_pair(key.trim(), value.trim(), ":"))
        };
        self.classes_are_about(attributes)
            || ends_line
                && is_apart
                && GUARDS.contains(&whole.as_str())
                && !PLACEHOLDERS.contains(&whole.as_str())
            || is_pair().unwrap_or(false)
    }

    /// Whether a text holds a pair of key and value that says who reads.
    fn pairs_are_about(&self, text: &str, is_prose: bool) -> bool {
        text.match_indices(['=', '＝']).any(|(at, sign)| {
            let before = text[..at].trim_end();
            let begins = |c: char| c.is_whitespace() || "{[(（【,;".contains(c);
            let key = before.rsplit(begins).next().unwrap_or_default();
            let after = text[at + sign.len()..].trim_start();
            let quotes = ['"', '\'', '“', '”'];
            let value = match after.strip_prefix(quotes) {
                Some(quoted) => quoted.split(quotes).next(),
                None => after.split([' ', '\t', ',', '}', ']']).next(),
            };
            self.is_about(key, value.unwrap_or_default(), is_prose)
        })
    }

    /// Whether attributes in the braces of a text speak of readers.
    fn braces_are_about(&self, text: &str) -> bool {
        text.split('{').skip(1).any(|part| {
            let inner = part.split('}').next().unwrap_or_default();
            self.are_about(inner)
        })
    }
}

/// Whether the title of a tab is a word that readers choose by, and not one of who may read: `Private`
/// beside `Public`.
pub(crate) fn is_choice(title: &str) -> bool {
    let title = title.trim().trim_matches(['"', '\'']).to_lowercase();
    let words =
        ["private", "restricted", "secret", "hidden", "privat", "privado", "privada", "privé"];
    words.contains(&title.as_str())
}

/// `internalOnly` as `internal-only`; in lower case.
fn with_hyphens(name: &str) -> String {
    let mut hyphened = String::with_capacity(name.len() + 4);
    let mut was_small = false;
    for c in name.chars() {
        if c.is_uppercase() && was_small {
            hyphened.push('-');
        }
        was_small = c.is_lowercase();
        hyphened.extend(c.to_lowercase());
    }
    hyphened
}

/// Whether a code block is one that other tools show as a box: `ad-note`, `{note}`.
pub(crate) fn may_be_box(info: &str) -> bool {
    info.trim_start().starts_with(['{', ':']) || info.trim_start().starts_with("ad-")
}

/// As much of a title as is looked at.
fn cut_short(title: &str) -> &str {
    let end = title.char_indices().nth(LONGEST_TITLE).map_or(title.len(), |(end, _)| end);
    &title[..end]
}

#[cfg(test)]
mod tests;
