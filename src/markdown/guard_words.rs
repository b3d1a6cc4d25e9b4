//! Words that keep a text from readers: here, in other systems, and in the heads of writers.
//!
//! Nothing that speaks of readers is decoration. Where no rule reads such a word, its writer
//! believes something hidden that everybody would see.

use super::containers::{Container, Kind, UnclearRoles};
use crate::mutation::{Filter, off};

/// Words that name what is not for everybody; lower case. Those that are not ASCII count inside
/// another word too.
pub const GUARDS: [&str; 66] = [
    "internal",
    "only",
    "private",
    "staff",
    "confidential",
    "restricted",
    "secret",
    "classified",
    "hidden",
    "nda",
    "employee",
    "employees",
    "intern",
    "vertraulich",
    "geheim",
    "privat",
    "interne",
    "internes",
    "confidentiel",
    "confidentielle",
    "interno",
    "interna",
    "confidencial",
    "privado",
    "privada",
    "reservado",
    "riservato",
    "confidenziale",
    "vertrouwelijk",
    "internt",
    "poufne",
    "dahili",
    "gizli",
    "privé",
    "wewnętrzne",
    "interní",
    "nội",
    "内部",
    "內部",
    "保密",
    "机密",
    "機密",
    "绝密",
    "秘密",
    "对内",
    "内网专用",
    "仅员工",
    "社内",
    "社外秘",
    "部外秘",
    "非公開",
    "極秘",
    "내부",
    "비공개",
    "기밀",
    "사내",
    "대외비",
    "внутренн",
    "конфиденциальн",
    "секретн",
    "служебн",
    "داخلي",
    "سري",
    "פנימי",
    "आंतरिक",
    "गोपनीय",
];

/// Guards that are words of everyday prose too: alone they say much, before another word little.
const CORE: [&str; 4] = ["internal", "内部", "內部", "社内"];

/// What an internal thing is, where the word speaks of machines and not of readers.
const MACHINES: [&str; 60] = [
    "site",
    "sites",
    "system",
    "systems",
    "component",
    "components",
    "structure",
    "站点",
    "网站",
    "系统",
    "接口",
    "调用",
    "异常",
    "状态",
    "结构",
    "原理",
    "机制",
    "组件",
    "模块",
    "代码",
    "时钟",
    "通信",
    "error",
    "errors",
    "server",
    "network",
    "networks",
    "ip",
    "address",
    "storage",
    "memory",
    "battery",
    "link",
    "links",
    "antenna",
    "microphone",
    "speaker",
    "disk",
    "drive",
    "clock",
    "port",
    "ports",
    "state",
    "fault",
    "failure",
    "temperature",
    "and",
    "错误",
    "錯誤",
    "服务器",
    "網路",
    "网络",
    "存储",
    "内存",
    "电池",
    "链接",
    "地址",
    "故障",
    "温度",
    "端口",
];

/// What makes an address of readers out of a role before it.
const FOR: [&str; 6] = ["only", "notes", "专用", "专属", "限定", "可见"];

/// What does so behind a guard, too.
const FOR_GUARDS: [&str; 8] = ["note", "use", "info", "information", "eyes", "使用", "资料", "用"];

/// What limits the readers in Chinese.
const LIMITS: [&str; 5] = ["仅限", "仅", "只限", "只给", "限"];

/// Attributes that say who reads, without `data-` before them.
const KEYS: [&str; 17] = [
    "roles",
    "role",
    "audience",
    "visibility",
    "visible-to",
    "visible_to",
    "access",
    "readers",
    "reader",
    "viewers",
    "permission",
    "permissions",
    "restricted",
    "internal",
    "only",
    "角色",
    "读者",
];

/// Keys that say who reads in html too, where `role` is another thing.
const HTML_KEYS: [&str; 6] =
    ["roles", "data-roles", "audience", "data-audience", "data-visibility", "data-access"];

/// As much of a title is looked at, in characters.
const LONGEST_TITLE: usize = 400;

/// Attributes whose values are words to go by.
const CLASSES: [&str; 6] = ["class", "classname", "type", "kind", "name", "data-role"];

/// Whether a word is one that keeps a text from readers.
pub fn is_guard(word: &str) -> bool {
    let word = word.to_lowercase();
    GUARDS.iter().any(|guard| *guard == word || !guard.is_ascii() && word.contains(guard))
}

/// The words that count on a site: those of everybody, and its roles.
#[derive(Debug, Default)]
pub struct GuardWords {
    /// Names and labels of roles other than customers; lower case.
    roles: Vec<String>,
    /// Their names as written.
    names: Vec<String>,
}

impl GuardWords {
    /// The words of a site, from the names and labels of its roles without customers.
    pub fn new(names: Vec<String>, labels: impl Iterator<Item = String>) -> Self {
        let lower = names.iter().map(|name| name.to_lowercase());
        let roles = lower.chain(labels.map(|label| label.to_lowercase())).collect();
        GuardWords { roles, names }
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
        let speaks = container.attributes.iter().any(|(key, value)| self.is_about(key, value));
        let is_path = container.kind == Some(Kind::Include);
        (speaks || !is_path && self.is_address(&container.title)).then_some(UnclearRoles::NotHere)
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

    fn is_role(&self, word: &str) -> bool {
        let is_inside = |role: &&String| !role.is_ascii() && role.chars().count() > 1;
        self.roles.iter().any(|role| *role == word)
            || self.roles.iter().filter(is_inside).any(|role| word.contains(role.as_str()))
    }

    /// Whether an attribute says who reads.
    fn is_about(&self, key: &str, value: &str) -> bool {
        let key = key.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let key = key.strip_prefix("data-").or_else(|| key.strip_prefix("x-")).unwrap_or(&key);
        let words = || value.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
        let is_class = CLASSES.contains(&key);
        KEYS.contains(&key)
            || self.is_role(key)
            || is_class && words().any(|word| self.is_word(&word.to_lowercase()))
    }

    /// Whether attributes speak of readers: `roles=ops`, `.internal`, `class="x internal"`. Bare
    /// words count where they are guards.
    pub fn are_about(&self, attributes: &str) -> bool {
        let mut words = attributes.split([' ', '\t', ',', ';', '{', '}']);
        self.pairs_are_about(attributes)
            || words.any(|word| GUARDS.contains(&word.to_lowercase().as_str()))
            || self.classes_are_about(attributes)
    }

    /// The same for attributes that stand in running text, where a bare word is one of the text.
    pub fn classes_are_about(&self, attributes: &str) -> bool {
        let mut words = attributes.split([' ', '\t', ',', ';', '{', '}', ':']);
        let is_class = |word: &str| {
            let class = word.strip_prefix('.');
            class.is_some_and(|class| self.is_word(&class.to_lowercase()))
        };
        self.pairs_are_about(attributes) || words.any(is_class)
    }

    /// Whether the attributes in some braces name a role of the site as their class.
    pub fn is_role_class(&self, attributes: &str) -> bool {
        let mut words = attributes.split([' ', '\t', ',', ':']);
        words.any(|word| word.strip_prefix('.').is_some_and(|c| self.names.iter().any(|n| n == c)))
    }

    /// Whether a text holds a pair of key and value that says who reads.
    fn pairs_are_about(&self, text: &str) -> bool {
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
            self.is_about(key, value.unwrap_or_default())
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
    fn is_address(&self, title: &str) -> bool {
        let end = title.char_indices().nth(LONGEST_TITLE).map_or(title.len(), |(end, _)| end);
        let title = &title[..end];
        let is_class = title.starts_with('.') && self.are_about(title);
        let is_name = self.names.iter().any(|name| name == title);
        if self.pairs_are_about(title) || self.braces_are_about(title) || is_class || is_name {
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
    }

    /// `仅运维`, `仅限内部`.
    fn is_limited(&self, text: &str) -> bool {
        let words = || self.roles.iter().map(String::as_str).chain(CORE).filter(|w| !w.is_ascii());
        let rests = LIMITS.iter().filter_map(|limit| text.strip_prefix(limit));
        rests.into_iter().any(|rest| words().any(|word| rest.starts_with(word)))
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
                    !rest.is_empty() && marks.into_iter().any(|mark| behind(rest, mark).is_some())
                })
            })
    }
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

/// Whether a tag of html says who reads: `<div roles="ops">`, `<p class="internal">`.
pub fn tag_is_about(tag: &str) -> bool {
    let lower = tag.to_lowercase();
    let mut attributes = lower.split_whitespace().skip(1);
    attributes.any(|attribute| {
        let Some((key, value)) = attribute.split_once('=') else { return false };
        let value = value.trim_matches(|c: char| !c.is_alphanumeric());
        let is_guard = value == "internal" || value == "internal-only" || value == "内部";
        HTML_KEYS.contains(&key) || key == "class" && is_guard
    })
}

#[cfg(test)]
mod tests {
    use super::super::containers::parse;
    use super::*;

    fn words() -> GuardWords {
        let names = ["hotline", "support", "ops", "engineer"].map(str::to_owned).to_vec();
        GuardWords::new(names, ["运维", "技术支持"].map(str::to_owned).into_iter())
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
        ] {
            assert_eq!(words().suspects(&parse(line)), None, "{line}");
        }
    }

    #[test]
    fn tags_that_speak_of_readers() {
        for tag in ["div roles=\"ops\"", "p class='internal'", "span data-roles=ops"] {
            assert!(tag_is_about(tag), "{tag}");
        }
        for tag in ["div role=\"note\"", "p class=\"a\"", "input type=internal"] {
            assert!(!tag_is_about(tag), "{tag}");
        }
    }
}
