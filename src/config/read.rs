//! The text of `tier0.toml` to a [`Config`].

use std::ops::Range;
use std::sync::Arc;

use super::roles::{Audience, Contact, Edition, Role};
use super::{Config, Guard, GuardKind, HtmlMode, Language, Product};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::spanned::reader::{Localized, Spanned, TableReader};
use crate::spanned::{SyntaxError, Table, Value, toml};

/// Reads a configuration. What cannot be read keeps its default, and is reported.
pub(crate) fn read(path: &Arc<str>, text: &str) -> (Config, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut config = Config::default();
    match toml::parse(text) {
        Ok(table) => top(&mut config, TableReader::new(&table, path, 0, &mut diagnostics)),
        Err(errors) => diagnostics.extend(errors.into_iter().map(|error| match error {
            SyntaxError::Invalid { at, detail } => {
                Diagnostic::at(Code::ConfigSyntax, path, at..at + 1).with("detail", detail)
            }
            SyntaxError::Duplicate { span, key } => {
                Diagnostic::at(Code::DuplicateKey, path, span).with("key", key)
            }
        })),
    }
    (config, diagnostics)
}

fn top(config: &mut Config, mut reader: TableReader<'_>) {
    for (key, kind) in [("roles", GuardKind::RolesTable), ("editions", GuardKind::EditionsTable)] {
        add_guard(config, &reader, key, kind);
    }
    let site_table = reader.table("site");
    let languages = reader.table("languages");
    let roles = reader.table("roles");
    let editions = reader.table("editions");
    let products = reader.table("products");
    let links = reader.table("links");
    let guides = reader.table("guides");
    let search = reader.table("search");
    let keys = reader.table("keys");
    let containers = reader.table("containers");
    let security = reader.table("security");
    let severity = reader.table("severity");
    let mut default_language = None;
    let mut default_roles = None;
    if let Some(table) = site_table {
        (default_language, default_roles) = site(config, reader.inner(table));
    }
    if let Some(table) = languages {
        read_languages(config, &mut reader, table);
    }
    let english_declared = languages.into_iter().flatten().any(|entry| entry.key == "en");
    if let Some(code) = default_language {
        put_default_language_first(config, &code, english_declared);
    }
    for (name, table) in named_tables(&mut reader, roles) {
        read_role(config, name, reader.inner(table));
    }
    check_escalation(config, &mut reader, roles);
    if let Some(names) = default_roles {
        config.site.default_roles = check_roles(config, &mut reader, names);
    }
    for (name, table) in named_tables(&mut reader, editions) {
        if !is_name(name) {
            refuse_name(&mut reader, "editions", editions.unwrap_or(table), name);
            continue;
        }
        read_edition(config, name, reader.inner(table));
    }
    for (name, table) in named_tables(&mut reader, products) {
        read_product(config, name, reader.inner(table));
    }
    if let Some(table) = links {
        read_links(config, reader.inner(table));
    }
    if let Some(table) = guides {
        super::guides::read(&mut config.guides, reader.inner(table));
    }
    if let Some(table) = search {
        super::search::read(&mut config.search, reader.inner(table));
    }
    if let Some(table) = keys {
        super::keys::read(config, &mut reader, table);
    }
    if let Some(table) = containers {
        super::containers::read(config, &mut reader, table);
    }
    if let Some(table) = security {
        super::security::read(&mut config.security, reader.inner(table));
    }
    if let Some(table) = severity {
        read_severity(config, reader.inner(table));
    }
    reader.refuse_rest();
}

/// `[site]`; hands back what must wait for other tables.
fn site(
    config: &mut Config,
    mut reader: TableReader<'_>,
) -> (Option<String>, Option<Vec<Spanned>>) {
    let site = &mut config.site;
    let title = reader.localized("title");
    site.title_is_named = title.is_some();
    set(&mut site.title, title);
    set(&mut site.description, reader.localized("description"));
    site.base_url = reader.text("base_url").and_then(|url| check_base_url(&mut reader, &url));
    let default_language =
        reader.text("default_language").and_then(|code| check_language(&mut reader, &code));
    let content = folder(reader.text("content"));
    site.content_is_named = content.is_some();
    set(&mut site.content, content);
    let exclude = reader.texts("exclude").unwrap_or_default();
    site.exclude = exclude.into_iter().map(|path| path.text.trim_matches('/').to_owned()).collect();
    let static_folder = reader.text("static");
    set(&mut site.static_span, static_folder.as_ref().map(|named| named.span.clone()));
    set(&mut site.static_folder, folder(static_folder));
    set(&mut site.output, folder(reader.text("output")));
    site.theme = reader.text("theme").map(|name| name.text).filter(|name| name != "default");
    if let Some(mode) = reader.text("html") {
        match mode.text.as_str() {
            "sanitize" => site.html = HtmlMode::Sanitize,
            "allow" => site.html = HtmlMode::Allow,
            "escape" => site.html = HtmlMode::Escape,
            _ => refuse_value(&mut reader, "html", &mode, "sanitize, allow, escape"),
        }
    }
    add_guard(config, &reader, "default_roles", GuardKind::DefaultRoles);
    let default_roles = reader.texts("default_roles");
    let require_roles = reader.peek("require_roles").map(|entry| reader.key_span(entry));
    let site = &mut config.site;
    set(&mut site.require_roles, reader.flag("require_roles"));
    set(&mut site.strict, reader.flag("strict"));
    let requires = require_roles.filter(|_| site.require_roles);
    let requires = requires.map(|span| Guard { kind: GuardKind::RequireRoles, span });
    config.guard = config.guard.take().or(requires);
    reader.refuse_rest();
    (default_language, default_roles)
}

/// Notes a key that shows that the site has something to guard.
fn add_guard(config: &mut Config, reader: &TableReader<'_>, key: &str, kind: GuardKind) {
    let found = reader.peek(key).map(|entry| Guard { kind, span: reader.key_span(entry) });
    config.guard = config.guard.take().or(found);
}

fn set<T>(target: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *target = value;
    }
}

fn folder(text: Option<Spanned>) -> Option<String> {
    let text = text?.text;
    let trimmed = text.trim_start_matches("./").trim_end_matches('/');
    Some(if trimmed.is_empty() { "." } else { trimmed }.to_owned())
}

fn check_base_url(reader: &mut TableReader<'_>, url: &Spanned) -> Option<String> {
    let checked = base_url(&url.text);
    if checked.is_none() {
        refuse_value(reader, "base_url", url, "https://help.example.com/");
    }
    checked
}

/// The address of a site, with a slash at its end; none if it is no web address.
pub(crate) fn base_url(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let is_clean = rest.chars().all(|c| c.is_alphanumeric() || "-._~:/%@[]+".contains(c));
    let has_host = rest.starts_with(|c: char| c.is_alphanumeric() || c == '[');
    (is_clean && has_host).then(|| format!("{}/", text.trim_end_matches('/')))
}

fn refuse_value(reader: &mut TableReader<'_>, key: &'static str, value: &Spanned, allowed: &str) {
    reader.report(Code::InvalidValue, value.span.clone(), |diagnostic| {
        diagnostic.with("key", key).with("value", &value.text).with("allowed", allowed)
    });
}

/// The tables inside a table of tables: `[roles.NAME]`.
fn named_tables<'a>(
    reader: &mut TableReader<'_>,
    table: Option<&'a Table>,
) -> Vec<(&'a str, &'a Table)> {
    let mut named = Vec::new();
    for entry in table.into_iter().flatten() {
        match &entry.node.value {
            Value::Table(inner) => named.push((entry.key.as_str(), inner)),
            _ => reader.report(Code::WrongType, entry.node.span.clone(), |diagnostic| {
                diagnostic
                    .with("key", &entry.key)
                    .with_both("expected", "a table", "表")
                    .with("example", format!("{} = {{ … }}", entry.key))
            }),
        }
    }
    named
}

fn read_languages(config: &mut Config, reader: &mut TableReader<'_>, table: &Table) {
    for (code, inner) in named_tables(reader, Some(table)) {
        if !is_language(code) {
            let entry = table.iter().find(|entry| entry.key == code);
            refuse_language(reader, "languages", code, entry.map_or(0..0, |e| e.key_span.clone()));
            continue;
        }
        let mut language = Language::named(code);
        let mut inner = reader.inner(inner);
        set(&mut language.name, inner.text("name").map(|name| name.text));
        if let Some(tag) = inner.text("tag") {
            match is_tag(&tag.text) {
                true => language.tag = tag.text,
                false => refuse_language(&mut inner, "tag", &tag.text, tag.span),
            }
        }
        language.content = folder(inner.text("content"));
        inner.refuse_rest();
        match config.languages.iter_mut().find(|known| known.code == code) {
            Some(known) => *known = language,
            None => config.languages.push(language),
        }
    }
}

/// English is only the default of defaults: a site whose default is another language has an
/// English part only if it declares one.
pub(super) fn put_default_language_first(config: &mut Config, code: &str, english_declared: bool) {
    if !english_declared && code != "en" {
        config.languages.retain(|language| language.code != "en");
    }
    match config.languages.iter().position(|language| language.code == code) {
        Some(at) => config.languages[..=at].rotate_right(1),
        None => config.languages.insert(0, Language::named(code)),
    }
    config.languages[1..].sort_by(|a, b| a.code.cmp(&b.code));
}

fn read_role(config: &mut Config, name: &str, mut reader: TableReader<'_>) {
    let mut role = config.roles.iter().find(|role| role.name == name).cloned().unwrap_or(Role {
        name: name.to_owned(),
        label: Localized::same(name),
        escalates_to: None,
        contact: Contact::default(),
    });
    set(&mut role.label, reader.localized("label"));
    if let Some(next) = reader.text("escalates_to") {
        role.escalates_to = Some(next.text);
    }
    if let Some(table) = reader.table("contact") {
        let mut contact = reader.inner(table);
        role.contact = Contact {
            phone: contact.text("phone").map(|phone| phone.text),
            mailto: contact.text("mailto").map(|mail| mail.text),
            url: contact.text("url").and_then(|url| check_url(&mut contact, &url)),
            ticket: contact.text("ticket").and_then(|url| check_ticket(&mut contact, &url)),
            hours: contact.localized("hours"),
        };
        contact.refuse_rest();
    }
    reader.refuse_rest();
    match config.roles.iter_mut().find(|known| known.name == name) {
        Some(known) => *known = role,
        None => config.roles.push(role),
    }
}

/// An address that pages link to as it is: a scheme that is not on the list would be run, not
/// opened. Browsers leave out spaces and control characters when they look for one.
fn check_url(reader: &mut TableReader<'_>, url: &Spanned) -> Option<String> {
    let plain = |c: char| !c.is_whitespace() && !c.is_control();
    let text: String = url.text.chars().filter(|c| plain(*c)).collect::<String>().to_lowercase();
    let head = text.split(['/', '?', '#']).next().unwrap_or_default();
    let is_safe =
        ["http:", "https:", "mailto:", "tel:", "sms:"].iter().any(|s| text.starts_with(s));
    if !is_safe && head.contains(':') {
        refuse_value(reader, "url", url, "https://help.example.com/contact");
        return None;
    }
    Some(url.text.clone())
}

/// A form on the web; marks in braces are filled in by the reader's browser.
fn check_ticket(reader: &mut TableReader<'_>, url: &Spanned) -> Option<String> {
    let rest = url.text.strip_prefix("https://").or_else(|| url.text.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    if host.is_none_or(|host| host.is_empty() || host.contains(['{', ' '])) {
        let allowed = "https://desk.example.com/new?subject={title}&body={text}";
        refuse_value(reader, "ticket", url, allowed);
        return None;
    }
    Some(url.text.clone())
}

/// The next role must exist.
fn check_escalation(config: &Config, reader: &mut TableReader<'_>, roles: Option<&Table>) {
    for (_, table) in named_tables(reader, roles) {
        let next = table.iter().find(|entry| entry.key == "escalates_to");
        let Some(Value::Scalar(name)) = next.map(|entry| &entry.node.value) else { continue };
        if config.role(name).is_none() {
            let span = next.map_or(0..0, |entry| entry.node.span.clone());
            reader.report(Code::UnknownRole, span, |diagnostic| {
                diagnostic.with("role", name).with("allowed", config.role_names())
            });
        }
    }
}

fn check_roles(config: &Config, reader: &mut TableReader<'_>, names: Vec<Spanned>) -> Vec<String> {
    let mut known = Vec::new();
    for name in names {
        if config.role(&name.text).is_some() {
            known.push(name.text);
        } else {
            let allowed = config.role_names();
            reader.report(Code::UnknownRole, name.span, |diagnostic| {
                diagnostic.with("role", &name.text).with("allowed", allowed)
            });
        }
    }
    known
}

/// Parts of addresses and folders: nothing that leads elsewhere or needs quoting.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Whether a text has the form of a language tag: `zh`, `zh-CN`, `zh-Hans`, `pt_BR`.
fn is_tag(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let is_language =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic());
    let is_other = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    parts.next().is_some_and(is_language) && parts.all(is_other) && text.len() <= 35
}

/// Whether a text can be the code of a language, which is a part of addresses and file names.
fn is_language(code: &str) -> bool {
    is_tag(code)
        && code.len() > 1
        && !RESERVED_LANGUAGES.contains(&code.to_ascii_lowercase().as_str())
}

/// The code of a language as other programs name it: `zh_CN` and `zh-Hans` are `zh`, `en-US` is `en`.
pub(crate) fn language_code(name: &str) -> Option<String> {
    let tag = name.replace('_', "-");
    let small = tag.to_ascii_lowercase();
    let code = match small.as_str() {
        "zh-cn" | "zh-hans" | "zh-hans-cn" | "zh-sg" => "zh".to_owned(),
        _ if small.starts_with("en-") => "en".to_owned(),
        _ => tag,
    };
    is_language(&code).then_some(code)
}

fn check_language(reader: &mut TableReader<'_>, code: &Spanned) -> Option<String> {
    if is_language(&code.text) {
        return Some(code.text.clone());
    }
    refuse_language(reader, "default_language", &code.text, code.span.clone());
    None
}

fn refuse_language(
    reader: &mut TableReader<'_>,
    key: &'static str,
    value: &str,
    span: Range<usize>,
) {
    reader.report(Code::InvalidValue, span, |diagnostic| {
        diagnostic.with("key", key).with("value", value).with_both(
            "allowed",
            "a language tag of letters, digits and hyphens, such as `en`, `zh`, `zh-CN`, `zh-Hans`, `pt-BR`",
            "由字母、数字和连字符组成的语言标签，例如 `en`、`zh`、`zh-CN`、`zh-Hans`、`pt-BR`",
        )
    });
}

/// Addresses that tier0 uses itself.
const RESERVED_LANGUAGES: [&str; 6] = ["search", "tags", "assets", "roles", "codes", "a"];

fn refuse_name(reader: &mut TableReader<'_>, key: &'static str, table: &Table, name: &str) {
    let span = table.iter().find(|entry| entry.key == name).map_or(0..0, |e| e.key_span.clone());
    reader.report(Code::InvalidValue, span, |diagnostic| {
        diagnostic.with("key", key).with("value", name).with("allowed", "a-z, 0-9, -, _")
    });
}

fn read_edition(config: &mut Config, name: &str, mut reader: TableReader<'_>) {
    let mut edition = Edition { name: name.to_owned(), ..Edition::public() };
    if let Some(names) = reader.texts("roles") {
        edition.audience = match names.as_slice() {
            [only] if only.text == "all" => Audience::All,
            _ => Audience::Roles(check_roles(config, &mut reader, names)),
        };
    }
    edition.base_url = reader.text("base_url").and_then(|url| check_base_url(&mut reader, &url));
    edition.title = reader.localized("title");
    reader.refuse_rest();
    match config.editions.iter_mut().find(|known| known.name == name) {
        Some(known) => *known = edition,
        None => config.editions.push(edition),
    }
}

fn read_product(config: &mut Config, name: &str, mut reader: TableReader<'_>) {
    let label = reader.localized("label").unwrap_or_else(|| Localized::same(name));
    let versions = reader.texts("versions").unwrap_or_default();
    let versions = versions.into_iter().map(|version| version.text).collect();
    reader.refuse_rest();
    config.products.push(Product { name: name.to_owned(), label, versions });
}

fn read_links(config: &mut Config, mut reader: TableReader<'_>) {
    let rewrite = reader.table("rewrite");
    for entry in rewrite.into_iter().flatten() {
        if let Value::Scalar(replacement) = &entry.node.value {
            config.rewrites.push((entry.key.clone(), replacement.clone()));
        } else {
            reader.report(Code::WrongType, entry.node.span.clone(), |diagnostic| {
                diagnostic
                    .with("key", &entry.key)
                    .with_both("expected", "a text", "文字")
                    .with("example", "\"/help/\" = \"/\"")
            });
        }
    }
    config.rewrites.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    reader.refuse_rest();
}

/// Codes whose weight a site may change: what goes wrong with them is a flaw of one page. Codes
/// that keep content from the wrong readers, or the output from harm, are not negotiable.
const ADJUSTABLE: [Code; 17] = [
    Code::BrokenLink,
    Code::LinkOutsideEdition,
    Code::BrokenAnchor,
    Code::MissingImage,
    Code::ExternalImage,
    Code::MissingFile,
    Code::UnsafeLink,
    Code::UnknownHtmlTag,
    Code::HtmlRemoved,
    Code::AttributeNotRead,
    Code::MarkdownInHtml,
    Code::EmptyTitle,
    Code::UnknownKey,
    Code::DuplicateAnchor,
    Code::DuplicateCode,
    Code::InvalidVersions,
    Code::UnknownProduct,
];

fn read_severity(config: &mut Config, mut reader: TableReader<'_>) {
    for code in ADJUSTABLE {
        let name = code.definition().name;
        let Some(value) = reader.text(name) else {
            continue;
        };
        let severity = match value.text.as_str() {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "off" => None,
            _ => {
                refuse_value(&mut reader, name, &value, "error, warning, off");
                continue;
            }
        };
        config.severities.insert(code, severity);
    }
    reader.refuse_rest();
}
