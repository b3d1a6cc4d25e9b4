//! The `:::` containers: one table of names, and how their opening line is read.

use std::ops::Range;

use super::attributes::{attributes, braced, is_told, quoted};
use super::guard_words::{is_guard, is_guard_alone};
use super::translations::translated;
use crate::config::roles::CUSTOMER;
use crate::diagnostic::{Code, Problem};

/// What the reading of a text must know of a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A boxed remark, which alerts can name too.
    Callout,
    /// A part that is folded away.
    Details,
    /// For everybody but customers.
    Internal,
    /// For the roles it names.
    Only,
    /// What to do, one thing after the other.
    Steps,
    /// The text of another file; with a path it is one line, without one it holds that text.
    Include,
    /// A set of tabs.
    Tabs,
    /// One of them.
    Tab,
    /// A ready answer to copy.
    Reply,
    /// Of a name that nobody knows: what stands in it is shown all the same.
    Unknown,
}

/// All names. `important` comes with GitHub's alerts.
pub(crate) const NAMES: [(&str, Kind); 15] = [
    ("note", Kind::Callout),
    ("tip", Kind::Callout),
    ("info", Kind::Callout),
    ("important", Kind::Callout),
    ("warning", Kind::Callout),
    ("caution", Kind::Callout),
    ("danger", Kind::Callout),
    ("details", Kind::Details),
    ("steps", Kind::Steps),
    ("tabs", Kind::Tabs),
    ("tab", Kind::Tab),
    ("reply", Kind::Reply),
    ("internal", Kind::Internal),
    ("only", Kind::Only),
    ("include", Kind::Include),
];

/// The container of a name.
pub(crate) fn kind(name: &str) -> Option<Kind> {
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

impl Kind {
    /// Whether the container decides who may read what is in it.
    pub(crate) fn guards_access(self) -> bool {
        matches!(self, Kind::Internal | Kind::Only)
    }
}

/// Whether a container of this name decides who may read what is in it.
pub(crate) fn guards_access(name: &str) -> bool {
    NAMES.iter().any(|(known, kind)| kind.guards_access() && *known == name)
}

/// Where a block would be seen that was not cut, in English and Chinese.
pub(crate) const OWN_PAGE: (&str, &str) = ("the page of this file", "本文件的页面");

/// The problem of a container whose name is not known.
pub(crate) fn unknown(container: &Container, span: &Range<usize>) -> Problem {
    let names: Vec<_> = NAMES.iter().map(|(name, _)| *name).collect();
    Problem::new(Code::UnknownContainer, span.clone())
        .with("name", &container.name)
        .with("allowed", names.join(", "))
}

/// An opening line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Container {
    /// The name as written.
    pub name: String,
    /// What it means; none if the name is not known.
    pub kind: Option<Kind>,
    /// The rest of the line.
    pub title: String,
    /// `key="value"` pairs, and what stands in braces: a word alone has no value.
    pub attributes: Vec<(String, String)>,
    /// All pairs at the start of the line, and what follows them as it is written: whatever speaks
    /// of readers counts, be it an attribute, a title or a part of one.
    pub written: (Vec<(String, String)>, String),
}

impl Container {
    /// A folding part, from `+++Title`.
    pub(crate) fn fold(title: &str) -> Self {
        Container {
            name: "details".to_owned(),
            kind: Some(Kind::Details),
            title: title.to_owned(),
            attributes: Vec::new(),
            written: (Vec::new(), title.to_owned()),
        }
    }

    /// Whether it is a line that stands for the text of a snippet, and holds nothing itself.
    pub(crate) fn is_leaf(&self) -> bool {
        let is_bare = self.title.is_empty() && self.attributes.is_empty();
        self.kind == Some(Kind::Include) && !is_bare
    }

    /// Who may read what is in it; none if the container is not about that.
    pub(crate) fn audience(&self) -> Option<Result<BlockAudience, UnclearRoles>> {
        let names_roles = |key: &str| matches!(key, "roles" | "role");
        let given: Vec<_> = self.attributes.iter().filter(|(key, _)| names_roles(key)).collect();
        let title = self.title.to_lowercase();
        // A title that speaks of roles was meant as more than a title.
        let is_garbled = title.contains("role")
            || title.contains(['=', '＝'])
            || given.len() < self.attributes.len();
        match self.kind {
            Some(Kind::Internal) if !given.is_empty() || is_garbled => {
                Some(Err(UnclearRoles::NotHere))
            }
            Some(Kind::Internal | Kind::Only) if self.adds_readers(&given) => {
                Some(Err(UnclearRoles::WordsBehind))
            }
            Some(Kind::Internal) => Some(Ok(BlockAudience::Internal)),
            Some(Kind::Only) if given.len() > 1 => Some(Err(UnclearRoles::Twice)),
            Some(Kind::Only) if is_garbled => Some(Err(UnclearRoles::Unreadable)),
            Some(Kind::Only) => Some(match given.as_slice() {
                [(_, value)] if !split_roles(value).is_empty() => {
                    Ok(BlockAudience::Roles(split_roles(value)))
                }
                _ => Err(UnclearRoles::Missing),
            }),
            // A path may well speak of roles.
            Some(Kind::Include) if title.contains("role") && title.contains(['=', '＝']) => {
                Some(Err(UnclearRoles::NotHere))
            }
            // `+++internal` is a fold with a title.
            Some(Kind::Details) if guards_access(&title) => Some(Err(UnclearRoles::NotHere)),
            _ if !given.is_empty() || self.written.0.iter().any(|(key, _)| names_roles(key)) => {
                Some(Err(UnclearRoles::NotHere))
            }
            _ => None,
        }
    }
}

impl Container {
    /// Whether the title of a role block is a word that keeps a text from readers: its writer may
    /// take it for more than a title. Where customers are among the roles, any such word counts.
    fn adds_readers(&self, given: &[&(String, String)]) -> bool {
        let has_roles = given.iter().any(|(_, value)| !split_roles(value).is_empty());
        let is_open =
            given.iter().any(|(_, value)| split_roles(value).iter().any(|role| role == CUSTOMER));
        let title = self.title.trim();
        let mut words = title.split(|c: char| !c.is_alphanumeric());
        let is_for_roles = self.kind == Some(Kind::Internal) || has_roles;
        is_for_roles && (is_guard_alone(title) || is_open && words.any(is_guard))
    }
}

fn split_roles(value: &str) -> Vec<String> {
    let names = value.split([',', '，', '、', ' ']);
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Who a role block is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BlockAudience {
    /// Everybody but customers.
    Internal,
    /// These roles.
    Roles(Vec<String>),
}

/// Why nobody can tell who a role block is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnclearRoles {
    /// `only` names no roles.
    Missing,
    /// Something about roles is written in a way that is not read.
    Unreadable,
    /// Roles stand on a container that takes none.
    NotHere,
    /// A title says who reads, as far as a program can tell.
    Title,
    /// The line of a code block does.
    CodeLine,
    /// An alert, which everybody reads, is named like something that only some read.
    Alert,
    /// The container keeps something from readers in other systems.
    Elsewhere,
    /// Html that a browser would hide.
    HiddenHtml,
    /// Roles are given twice, as `roles` and `role` for example.
    Twice,
    /// Words behind the roles sound like other readers.
    WordsBehind,
}

impl UnclearRoles {
    /// What is wrong, in English and Chinese.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            UnclearRoles::Missing => ("`only` must name its roles", "`only` 必须写明角色"),
            UnclearRoles::Unreadable => {
                ("the roles on this line cannot be read", "无法读出这一行的角色")
            }
            UnclearRoles::NotHere => ("only `:::only` takes roles", "只有 `:::only` 可以写角色"),
            UnclearRoles::Title => (
                "this title sounds as if it said who may read, and hides nothing (an honest one goes into `[security] titles`)",
                "这个标题像是在说明谁可以阅读，但它不会隐藏任何内容（如果只是普通标题，请写进 `[security] titles`）",
            ),
            UnclearRoles::CodeLine => (
                "the words behind the fence of a code block hide nothing",
                "代码块围栏后面的文字不会隐藏任何内容",
            ),
            UnclearRoles::HiddenHtml => (
                "a browser would hide this, and here everybody reads it (to show html as text, put it in backticks)",
                "浏览器会隐藏这段内容，而在这里所有人都会看到（要把 html 当文字显示，请放进反引号）",
            ),
            UnclearRoles::Twice => (
                "the roles are given twice (`roles`, `role`); write all of them in one `roles=\"…\"`",
                "角色写了两次（`roles`、`role`）；请全部写进一个 `roles=\"…\"`",
            ),
            UnclearRoles::WordsBehind => (
                "the words behind the roles sound like other readers, and hide nothing",
                "角色后面的文字像是在说明另外的读者，但它不会隐藏任何内容",
            ),
            UnclearRoles::Elsewhere => (
                "a container of this name hides nothing here; `:::internal` and `:::only` do",
                "这里没有隐藏内容的同名容器；能隐藏内容的是 `:::internal` 和 `:::only`",
            ),
            UnclearRoles::Alert => (
                "a quote with `[!…]` is a note for everybody, whatever its word",
                "带 `[!…]` 的引用是给所有人看的提示，无论写的是什么词",
            ),
        }
    }
}

/// Reads what stands behind the colons: `note Title`, `note[Title]`, `only roles="ops, support"`.
pub(crate) fn parse(line: &str) -> Container {
    let end =
        line.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(line.len());
    let name = line[..end].to_lowercase();
    let name = translated(&name).map_or(name, str::to_owned);
    let kind = kind(&name);
    let mut rest = line[end..].trim().trim_end_matches(':').trim();
    let mut attributes = Vec::new();
    if let Some(inner) = rest.strip_prefix('{').and_then(|r| r.strip_suffix('}')) {
        rest = inner.trim();
    }
    while let Some((key, value, after)) = attribute(rest) {
        attributes.push((key, value));
        rest = after;
    }
    let title = rest.strip_prefix('[').and_then(|r| r.strip_suffix(']')).unwrap_or(rest);
    let title = title.to_owned();
    let written = (attributes.clone(), title.clone());
    let mut container = Container { name, kind, title, attributes, written };
    let is_other = kind.is_some_and(|kind| !kind.guards_access() && kind != Kind::Include);
    if is_other {
        container.read_title(line[end..].trim_end().trim_end_matches(':').trim_end());
    }
    container
}

impl Container {
    /// Reads the title of a container that holds nothing back: in brackets or quotes, with
    /// attributes before or behind it.
    fn read_title(&mut self, line: &str) {
        self.attributes.clear();
        let rest = self.read_braces(line.trim(), line.starts_with('{'));
        let bracketed = rest.strip_prefix('[').filter(|inner| !inner.starts_with('!'));
        let bracketed = bracketed.and_then(|inner| {
            let (title, behind) = inner.split_at(closing(inner)?);
            let behind = behind[1..].trim();
            let is_all = behind.is_empty() || behind.starts_with('{') && behind.ends_with('}');
            is_all.then_some((title, behind))
        });
        let title = if let Some((title, behind)) = bracketed {
            self.read_braces(behind, true);
            title
        } else {
            self.read_pairs(rest)
        };
        self.title = title.trim().to_owned();
        if self.title.is_empty()
            && let Some(at) = self.attributes.iter().position(|(key, _)| key == "title")
        {
            self.title = self.attributes.remove(at).1;
        }
    }

    /// Reads the attributes in braces at the start of a text, and returns what follows. Right
    /// behind a name or a title they are nothing else; elsewhere they may be a placeholder.
    fn read_braces<'t>(&mut self, text: &'t str, mut is_glued: bool) -> &'t str {
        let mut rest = text;
        while let Some((inside, after)) = braced(rest)
            && (is_glued || is_told(inside) || inside.trim() == OPEN)
        {
            self.add_attributes(inside);
            rest = after.trim_start();
            is_glued = false;
        }
        rest
    }

    /// Reads `key="value"` before a title, and attributes in braces behind it.
    fn read_pairs<'t>(&mut self, text: &'t str) -> &'t str {
        let mut rest = text;
        // A setting in a title has blanks: `html = "allow"`.
        let is_pair =
            |key: &str, rest: &str| KNOWN.contains(&key) || rest[key.len()..].starts_with('=');
        while let Some((key, value, after)) = attribute(rest)
            && is_pair(&key, rest)
        {
            self.attributes.push((key, value));
            rest = after;
        }
        if let Some((before, inside)) = rest.strip_suffix('}').and_then(|r| r.rsplit_once('{'))
            && is_told(inside)
        {
            self.add_attributes(inside);
            rest = before.trim_end();
        }
        let unquoted = ['"', '\''].iter().find_map(|quote| {
            let inner = rest.strip_prefix(*quote)?.strip_suffix(*quote)?;
            (!inner.contains(*quote)).then_some(inner)
        });
        unquoted.unwrap_or(rest)
    }

    fn add_attributes(&mut self, inside: &str) {
        let all = attributes(inside).into_iter();
        self.attributes.extend(all.map(|(key, value)| (key, value.unwrap_or_default())));
    }
}

/// Names of attributes that mean something.
const KNOWN: [&str; 8] = ["class", "dir", "id", "lang", OPEN, "role", "roles", "title"];

/// The attribute that lets a part be seen from the start.
pub(crate) const OPEN: &str = "open";

/// Where the bracket closes that stands before a text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' if depth == 0 => return Some(at),
            ']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// One `key="value"` at the start of a text, and what follows it. Curly and Chinese quotes count:
/// input methods put them in place of straight ones.
fn attribute(text: &str) -> Option<(String, String, &str)> {
    let (key, rest) = text.split_once('=')?;
    let key = key.trim();
    if key.is_empty() || !key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
        return None;
    }
    let rest = rest.trim_start();
    let (value, after) = match rest.starts_with(['"', '\'', '“', '”']) {
        true => quoted(rest)?,
        false => rest.split_once(' ').unwrap_or((rest, "")),
    };
    Some((key.to_owned(), value.to_owned(), after.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_lines() {
        let only = parse("only roles=\"ops, engineer\"");
        let roles = |names: &[&str]| {
            Some(Ok(BlockAudience::Roles(names.iter().map(|n| (*n).to_owned()).collect())))
        };
        assert_eq!(only.audience(), roles(&["ops", "engineer"]));
        assert_eq!(parse("only{roles=“ops”}").audience(), roles(&["ops"]));
        assert_eq!(parse("only roles=ops For the night shift").audience(), roles(&["ops"]));
        assert_eq!(parse("internal For the desk").audience(), Some(Ok(BlockAudience::Internal)));
        assert_eq!(parse("note roles").audience(), None);
        for unclear in [
            "only",
            "only ops",
            "only rols=ops",
            "only Roles: ops",
            "only Note roles=\"ops\"",
            "only[ops]",
            "only roles=\"\"",
            "only roles=a roles=b",
            "only roles＝ops",
            "internal roles=ops",
            "note roles=ops",
            "internal roles \"ops\"",
            "only {.ops}",
        ] {
            assert!(matches!(parse(unclear).audience(), Some(Err(_))), "{unclear}");
        }
        for (line, reason) in [
            ("only roles=\"ops\" role=\"customer\"", UnclearRoles::Twice),
            ("only roles=\"customer\" internal", UnclearRoles::WordsBehind),
            ("only roles=\"customer, ops\" Notes for staff", UnclearRoles::WordsBehind),
            ("only roles=ops 内部", UnclearRoles::WordsBehind),
            ("internal staff", UnclearRoles::WordsBehind),
            ("only", UnclearRoles::Missing),
        ] {
            assert_eq!(parse(line).audience(), Some(Err(reason)), "{line}");
        }
        assert!(parse("only roles=ops Internal notes").audience().is_some_and(|told| told.is_ok()));
        assert_eq!(parse("note 先备份").title, "先备份");
        assert_eq!(parse("Warning[Careful]").title, "Careful");
        assert_eq!(parse("internl").kind, None);
    }

    #[test]
    fn titles_and_attributes() {
        for (line, title, attributes) in [
            ("tip{title=\"Title B\"}", "Title B", ""),
            ("tip{ title = “标题” .x }", "标题", "class=x"),
            ("tip title=\"Don't do two\"", "Don't do two", ""),
            ("warning{.x #y}", "", "class=x,id=y"),
            ("warning {.x} Careful", "Careful", "class=x"),
            ("warning Careful {#y}", "Careful", "id=y"),
            ("details{open} Sum", "Sum", "open="),
            ("details {open}", "", "open="),
            ("details[Sum]{open}", "Sum", "open="),
            ("tip \"Title C\"", "Title C", ""),
            ("tip \"A\" and \"B\"", "\"A\" and \"B\"", ""),
            ("tip {name} is yours", "{name} is yours", ""),
            ("tip Replace {name}", "Replace {name}", ""),
            ("tip [a](b.md) and [c](d.md)", "[a](b.md) and [c](d.md)", ""),
            ("tip [a](b.md)", "[a](b.md)", ""),
            ("tip[See [a](b.md)] ::", "See [a](b.md)", ""),
            ("tip[A] {x", "[A] {x", ""),
            ("warning html = \"allow\"", "html = \"allow\"", ""),
            ("warning title = \"A\" id=b x=c", "A", "id=b,x=c"),
            ("tip{a} [B]", "B", "a="),
            ("tip{title=\"A } b\" .x} ", "A } b", "class=x"),
            ("tip [!UICONTROL Save]", "[!UICONTROL Save]", ""),
        ] {
            let read = parse(line);
            let all = read.attributes.iter().map(|(key, value)| format!("{key}={value}"));
            let all = all.collect::<Vec<_>>().join(",");
            assert_eq!((&*read.title, &*all), (title, attributes), "{line}");
        }
        for (line, reason) in [
            ("note{roles=ops}", UnclearRoles::NotHere),
            ("note roles = ops", UnclearRoles::NotHere),
            ("note x = y roles=ops", UnclearRoles::NotHere),
            ("note{.x roles=ops} Title", UnclearRoles::NotHere),
            ("details{title=internal}", UnclearRoles::NotHere),
            ("only{.ops}", UnclearRoles::Missing),
        ] {
            assert!(matches!(parse(line).audience(), Some(Err(told)) if told == reason), "{line}");
        }
    }
}
