//! Words that keep a text from readers: here, in other systems, and in the heads of writers.
//!
//! Nothing that speaks of readers is decoration. Where no rule reads such a word, its writer
//! believes something hidden that everybody would see.

use super::containers::{Container, Kind, UnclearRoles};
use super::guard_lists::{
    ADDRESSES, BESIDE, CLASSES, COMMON_KEYS, CORE, EVERYBODY, FOLLOW, FOR, FOR_GUARDS, GUARDS,
    KEYS, LIMITS, MACHINES, NEIGHBOURS, NOT_FOR, PLACEHOLDERS, SETTERS,
};
use crate::mutation::{Filter, off};

/// As much of a title is looked at, in characters.
const LONGEST_TITLE: usize = 400;

/// Whether a word is one that keeps a text from readers.
pub fn is_guard(word: &str) -> bool {
    let word = word.to_lowercase();
    GUARDS.iter().any(|guard| *guard == word || !guard.is_ascii() && word.contains(guard))
}

/// Whether a text is nothing but such a word; of a Chinese one, with no more than [`BESIDE`] around it.
pub fn is_guard_alone(text: &str) -> bool {
    let text = text.to_lowercase();
    let is_alone = |guard: &&str| {
        let mut rest = text.replacen(*guard, "", 1);
        BESIDE.iter().for_each(|word| rest = rest.replace(word, ""));
        text.contains(*guard) && !rest.contains(char::is_alphanumeric)
    };
    GUARDS.contains(&text.as_str()) || GUARDS.iter().filter(|guard| !guard.is_ascii()).any(is_alone)
}

/// The words that count on a site: those of everybody, and its roles.
#[derive(Debug, Default)]
pub struct GuardWords {
    /// Names and labels of roles other than customers; lower case.
    roles: Vec<String>,
    /// Their names as written.
    names: Vec<String>,
    /// Titles that the site's owner has said mean nothing of the kind.
    honest: Vec<String>,
}

impl GuardWords {
    /// The words of a site, from the names and labels of its roles without customers, and the titles
    /// that its owner vouches for.
    pub fn new(
        names: Vec<String>,
        labels: impl Iterator<Item = String>,
        honest: Vec<String>,
    ) -> Self {
        let lower = names.iter().map(|name| name.to_lowercase());
        let roles = lower.chain(labels.map(|label| label.to_lowercase())).collect();
        GuardWords { roles, names, honest }
    }

    /// Whether a container that no rule takes for a role block was meant as one.
    pub fn suspects(&self, container: &Container) -> Option<UnclearRoles> {
        let is_read = container.kind.is_some_and(Kind::guards_access);
        if is_read || off(Filter::RolesOnOtherContainers) {
            return None;
        }
        if container.kind.is_none() && self.names_guard(&container.name) {
            return Some(UnclearRoles::Elsewhere);
        }
        let speaks =
            container.attributes.iter().any(|(key, value)| self.is_about(key, value, false));
        if speaks {
            return Some(UnclearRoles::NotHere);
        }
        let is_path = container.kind == Some(Kind::Include);
        (!is_path && self.is_address(&container.title)).then_some(UnclearRoles::Title)
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
        if NEIGHBOURS.contains(&&*name) {
            return false;
        }
        let known = self.roles.iter().map(String::as_str).chain(["internal", "only"]);
        let mut known = known.filter(|known| known.is_ascii());
        known.any(|known| match known.len() {
            0..=3 => false,
            4 | 5 => strsim::osa_distance(&name, known) <= 1,
            _ => strsim::osa_distance(&name, known) <= 2,
        })
    }

    fn is_word(&self, word: &str) -> bool {
        is_guard(word) || self.is_role(word)
    }

    /// Whether a class is such a word, or holds one: `internal-only`, `note_internal`. `sr-only`
    /// and `md-hidden` are everyday classes.
    fn is_class(&self, class: &str) -> bool {
        let class = class.to_lowercase();
        let mut parts = class.split(['-', '_']);
        let is_telling = |part: &str| is_guard(part) && part != "only" && part != "hidden";
        // `internal-link` is how programs call a link within the site.
        !class.ends_with("-link") && (self.is_word(&class) || parts.any(is_telling))
    }

    /// Whether the line that opens a block of any tool, behind its mark, speaks of readers: by its
    /// name, by a word beside that, by an attribute, by its title.
    pub fn open_with(&self, line: &str) -> bool {
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
        let is_telling = |word: &str| is_guard(word) && !word.eq_ignore_ascii_case("only");
        self.is_class(name)
            || self.pairs_are_about(after, false)
            || bare.split(|c: char| c.is_whitespace() || c == ',').any(is_telling)
            || self.is_address(title)
            || self.is_address(behind.trim_matches([':', ' ', '\t']))
    }

    /// Whether the line of a code block speaks of readers behind its fence.
    pub fn are_about_code(&self, info: &str) -> bool {
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

    /// Whether an attribute of html speaks of readers. Many a key has another meaning there.
    pub fn is_about_in_html(&self, key: &str, value: &str) -> bool {
        let own = key.strip_prefix("data-").or_else(|| key.strip_prefix("x-"));
        let name = own.unwrap_or(key);
        if key != "class" && EVERYBODY.contains(&value.trim().to_lowercase().as_str()) {
            return false;
        }
        if key == "class" {
            return value.split_whitespace().any(|class| self.is_class(class));
        }
        let is_common = own.is_none() && COMMON_KEYS.contains(&name);
        !is_common && (KEYS.contains(&name) || own.is_some() && self.is_class(name))
    }

    fn is_role(&self, word: &str) -> bool {
        let is_inside = |role: &&String| !role.is_ascii() && role.chars().count() > 1;
        self.roles.iter().any(|role| *role == word)
            || self.roles.iter().filter(is_inside).any(|role| word.contains(role.as_str()))
    }

    /// Whether an attribute says who reads. `is_prose`: common keys count by their values there.
    fn is_about(&self, key: &str, value: &str, is_prose: bool) -> bool {
        let key = key.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let key = key.rsplit('.').next().unwrap_or(&key);
        let key = key.strip_prefix("data-").or_else(|| key.strip_prefix("x-")).unwrap_or(key);
        let words = || value.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
        let is_class = CLASSES.contains(&key) || COMMON_KEYS.contains(&key);
        KEYS.contains(&key) && !(is_prose && COMMON_KEYS.contains(&key))
            || self.is_role(key)
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
    pub fn classes_are_about(&self, attributes: &str) -> bool {
        let mut words = attributes.split([' ', '\t', ',', ';', '{', '}', ':']);
        let is_class =
            |word: &str| word.strip_prefix('.').is_some_and(|class| self.is_class(class));
        self.pairs_are_about(attributes, true) || words.any(is_class)
    }

    /// Whether the attributes in some braces are about readers: by a pair, a class, or as a whole. What
    /// stands in an address or a path, as in `/v1/{internal}`, is a placeholder (`is_apart`).
    pub fn are_about_in_braces(&self, attributes: &str, is_apart: bool, ends_line: bool) -> bool {
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

    /// Whether a title says who reads, in place of what is told.
    pub fn is_address(&self, title: &str) -> bool {
        let title = cut_short(title);
        if self.honest.iter().any(|honest| honest == title.trim()) || is_path(title) {
            return false;
        }
        let is_class = title.starts_with('.') && self.are_about(title);
        let is_label = || !title.is_ascii() && self.roles.iter().any(|role| role == title);
        let is_name = self.names.iter().any(|name| name == title) || is_label();
        let without_code: String = title.split('`').step_by(2).collect();
        if self.pairs_are_about(&without_code, false)
            || self.braces_are_about(title)
            || is_class
            || is_name
        {
            return true;
        }
        let lower = title.to_lowercase();
        let text = lower.trim_matches(|c: char| !c.is_alphanumeric());
        let first = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let after = text[first.len()..].trim_start_matches(|c: char| !c.is_alphanumeric());
        self.is_pair(first, after, &text[first.len()..])
            || self.is_for_readers(text)
            || CORE.iter().any(|core| begins_with_core(text, core))
            || first == "only" && self.are_readers(after)
            || self.is_limited(text)
            || NOT_FOR.iter().any(|no| {
                // `not for customers` may end the title, and may not go on: `not for public networks`.
                let is_plural = |rest: &str| !rest.trim_start_matches('s').starts_with(is_letter);
                text.match_indices(no).any(|(at, no)| {
                    let rest = &text[at + no.len()..];
                    ends_address(rest)
                        || is_plural(rest) && ends_address(rest.trim_start_matches('s'))
                })
            })
            || ADDRESSES.iter().any(|begin| {
                let rest = text.strip_prefix(begin);
                rest.is_some_and(|rest| self.are_readers(rest) || self.is_for_readers(rest))
            })
    }

    /// `仅运维`, `仅限内部`.
    fn is_limited(&self, text: &str) -> bool {
        let mut rests = LIMITS.iter().filter_map(|limit| text.strip_prefix(limit));
        rests.any(|rest| {
            let mut roles = self.roles.iter().filter(|role| !role.is_ascii());
            CORE.iter().any(|core| !core.is_ascii() && rest.starts_with(core))
                || roles.any(|role| rest.strip_prefix(role.as_str()).is_some_and(ends_address))
        })
    }

    /// `roles: ops`, `visibility：内部`.
    fn is_pair(&self, key: &str, value: &str, between: &str) -> bool {
        KEYS.contains(&key)
            && between.trim_start().starts_with([':', '：'])
            && self.are_readers(value)
    }

    /// Whether a text is nothing but readers, or begins with a guard: `ops`, `for staff`.
    fn are_readers(&self, text: &str) -> bool {
        let text = text.strip_prefix("for ").or_else(|| text.strip_prefix("to ")).unwrap_or(text);
        let text = text.strip_prefix("the ").unwrap_or(text);
        let mut words =
            text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty());
        words.next().is_some_and(|word| self.is_word(word))
            && words.next().is_none_or(|w| w == "and" || w == "team" || self.is_word(w))
    }

    /// `ops only`, `运维专用`, `staff notes`, and a guard that stands alone.
    fn is_for_readers(&self, text: &str) -> bool {
        let roles = self.roles.iter().map(|role| (role.as_str(), false));
        let guards = GUARDS.into_iter().filter(|guard| *guard != "only").map(|guard| (guard, true));
        GUARDS.contains(&text)
            || roles.chain(guards).any(|(word, is_guard)| {
                let rest = behind(text, word);
                let rest = rest.map(|rest| rest.strip_prefix("team ").unwrap_or(rest));
                let marks = FOR.iter().chain(FOR_GUARDS.iter().filter(|_| is_guard));
                rest.is_some_and(|rest| {
                    marks.into_iter().any(|mark| {
                        behind(rest, mark).is_some() && ends_address(&rest[mark.len()..])
                    })
                })
            })
    }
}

/// Whether what stands behind the readers in a title ends there: `staff only: …`, `staff only area`,
/// and not `staff only see their own tickets`.
fn ends_address(rest: &str) -> bool {
    let rest = rest.trim_start();
    let mut words = rest.split(|c: char| !c.is_alphanumeric());
    rest.is_empty()
        || !rest.starts_with(is_letter)
        || FOLLOW.iter().any(|word| behind(rest, word).is_some())
        || words.any(|word| word == "only" || word == "internal")
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
}

/// Whether a title is the name of a file: `internal.yaml`, `docs/internal`.
fn is_path(title: &str) -> bool {
    let is_inside = |(at, _): (usize, &str)| at > 0 && title[at + 1..].starts_with(is_letter);
    !title.contains(char::is_whitespace)
        && title.is_ascii()
        && !title.contains(['=', '{', ':'])
        && title.match_indices(['.', '/']).any(is_inside)
}

/// What stands behind a word at the begin of a text, and behind what separates them.
fn behind<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(word)?;
    let is_apart = !word.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    is_apart.then(|| rest.trim_start_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a title begins with `internal` or `内部`, and not with what machines have inside.
fn begins_with_core(text: &str, core: &str) -> bool {
    let is_machine = |rest| MACHINES.iter().any(|word| behind(rest, word).is_some());
    behind(text, core).is_some_and(|rest| !is_machine(rest))
}

/// As much of a title as is looked at.
fn cut_short(title: &str) -> &str {
    let end = title.char_indices().nth(LONGEST_TITLE).map_or(title.len(), |(end, _)| end);
    &title[..end]
}

#[cfg(test)]
mod tests {
    use super::super::containers::parse;
    use super::*;

    fn words() -> GuardWords {
        let names = ["hotline", "support", "ops", "engineer"].map(str::to_owned).to_vec();
        let labels = ["运维", "技术支持"].map(str::to_owned).into_iter();
        GuardWords::new(names, labels, vec!["Internal note".to_owned()])
    }

    #[test]
    fn what_speaks_of_readers_is_no_title() {
        for line in [
            "note T roles=\"ops\"",
            "note[T]{roles=ops}",
            "details T {roles=ops}",
            "note {.internal}",
            "note {class=internal}",
            "note {.ops}",
            "note T {data-roles=ops}",
            "tip internal note",
            "details Internal notes",
            "note 仅内部 x",
            "tip 内部",
            "tip 内部资料",
            "note 运维专用",
            "note ops only",
            "details Staff only",
            "note Only for ops",
            "note only ops",
            "note roles: ops",
            "info class=\"a internal\" T",
            "note T { roles = \"ops\" }",
            "warning 仅限运维",
            "tab ops",
            "note T audience=staff",
            "reply[T]{visibility=internal}",
            "details confidential",
            "private",
            "staff",
            "restricted T",
            "保密",
            "仅内部",
            "ops-notes",
            "internl",
            "onyl",
            "enginer",
            "soport",
            "intern",
            "社外秘",
            "staff-only",
            "INTERNA",
            "внутренний",
            "note Staff only: resets",
            "note ops notes for the failover",
            "note confidential information for staff",
            "note This is not for customers",
            "note 技术支持专用资料",
            "tab 仅运维人员",
        ] {
            assert!(words().suspects(&parse(line)).is_some(), "{line}");
        }
    }

    #[test]
    fn titles_of_honest_prose_stay() {
        for line in [
            "note Internal error 500",
            "note 内部错误",
            "danger 内部站点要自己设访问控制",
            "note 内部服务器错误 500",
            "tip Only on Windows",
            "details Support",
            "note Private networks",
            "note The role of DNS",
            "note a = b",
            "tips",
            "cols",
            "提示",
            "warnig",
            "details How roles work",
            "tab Windows",
            "note Operations",
            "note Access to the router",
            "include _snippets/internal.md",
            "note 支持的版本",
            "note {#roles}",
            "note Secret keys are not shown",
            "details Restricted mode",
            "note Hidden files",
            "grid",
            "note Set mode=internal",
            "columns",
            "details 仅适用于 2.0",
            "note x {a}",
            "tab Internal transfer",
            "tab Internal note",
            "note Internal fans",
            "tip 内部转账实时到账",
            "note 技术支持专用邮箱",
            "note 仅技术支持 Windows",
            "details Support only in 2.0",
            "details Employees only see their own pay slips",
            "note Staff information desk",
            "danger Do not publish your private key",
            "note Not for public networks",
            "note 客户看不到价格怎么办",
            "note What `visibility=private` means",
            "details internal/routing.md",
            "internet",
            "engine",
        ] {
            assert_eq!(words().suspects(&parse(line)), None, "{line}");
        }
    }

    #[test]
    fn attributes_of_html_that_speak_of_readers() {
        for (key, value) in [
            ("roles", "ops"),
            ("class", "note internal"),
            ("class", "internal-only"),
            ("class", "ops"),
            ("data-roles", "x"),
            ("data-role", "x"),
            ("data-visible-to", "x"),
            ("data-internal", ""),
            ("data-ops", ""),
            ("audience", "x"),
        ] {
            assert!(words().is_about_in_html(key, value), "{key}={value}");
        }
        for (key, value) in [
            ("role", "note"),
            ("class", "a sr-only"),
            ("type", "hidden"),
            ("name", "internal"),
            ("access", "x"),
            ("data-hidden", "false"),
            ("data-visibility", "public"),
            ("class", "internal-link"),
        ] {
            assert!(!words().is_about_in_html(key, value), "{key}={value}");
        }
    }

    #[test]
    fn lines_of_other_tools_that_speak_of_readers() {
        for line in [
            "internal",
            " ops",
            "note \"Internal only\"",
            "note internal",
            "hint style=\"internal\"",
            "if internal",
            "if user.role == \"ops\"",
            "note | For internal use only",
            "note \"客户不可见\"",
            "only:: internal",
            "hint \"Visible only to ops\"",
            "only ops",
            "only",
            "\"Internal\"",
            "\"Internal only\"",
            "note:: Internal use only",
        ] {
            assert!(words().open_with(line), "{line}");
        }
        for line in [
            "note \"Internal error 500\"",
            "Only today",
            "if page.title",
            "include internal.md",
            "note",
            "tip \"For 2.0\"",
            "\"Private cloud\"",
            "\"Hidden SSID\"",
            "+ \"Staff accounts\"",
            "details | Private repositories",
            "assign role = user.role",
            "when 'private'",
        ] {
            assert!(!words().open_with(line), "{line}");
        }
    }

    #[test]
    fn lines_of_code_that_speak_of_readers() {
        for info in [
            "internal-only",
            "ops",
            "js {roles=ops}",
            "js title=\"Internal only\"",
            "js internal",
            "js .internal",
        ] {
            assert!(words().are_about_code(info), "{info}");
        }
        for info in [
            "java only",
            "js title=\"a.js\"",
            "yaml",
            "",
            "js {1,3}",
            "text role=admin",
            "bash title=\"Create a private key\"",
            "yaml title=\"internal.yaml\"",
        ] {
            assert!(!words().are_about_code(info), "{info}");
        }
    }
}
