//! Reads html as far as tests need it: tags, their attributes, and where links lead.
//!
//! The reader is its own on purpose: a test must not take the word of what it tests.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::Tree;

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Lower case.
    pub name: String,
    /// Names in lower case, values with entities resolved.
    pub attributes: Vec<(String, String)>,
    /// Where the text behind it begins.
    pub end: usize,
}

impl Tag {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// All start tags of a page.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<') {
        at += open + 1;
        let rest = &html[at..];
        if rest.starts_with("!--") {
            at += rest.find("-->").map_or(rest.len(), |end| end + 3);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let tag = tag(html, at);
            at = tag.end;
            let is_raw = matches!(tag.name.as_str(), "script" | "style");
            if is_raw && let Some(end) = html[at..].find(&format!("</{}", tag.name)) {
                at += end;
            }
            tags.push(tag);
        }
    }
    tags
}

fn tag(html: &str, start: usize) -> Tag {
    let bytes = html.as_bytes();
    let until = |from: usize, stop: &[u8]| {
        from + bytes[from..].iter().take_while(|b| !stop.contains(b)).count()
    };
    let name_end = until(start, b" \t\r\n/>");
    let mut attributes = Vec::new();
    let mut at = name_end;
    loop {
        while at < bytes.len() && b" \t\r\n/".contains(&bytes[at]) {
            at += 1;
        }
        if at >= bytes.len() || bytes[at] == b'>' {
            break;
        }
        let key_end = until(at, b" \t\r\n/>=").max(at + 1);
        let key = html[at..key_end].to_ascii_lowercase();
        at = key_end;
        let mut value = String::new();
        if bytes.get(at) == Some(&b'=') {
            at += 1;
            match bytes.get(at) {
                Some(quote @ (b'"' | b'\'')) => {
                    let end = until(at + 1, &[*quote]);
                    value = unescape(&html[at + 1..end]);
                    at = end + 1;
                }
                _ => {
                    let end = until(at, b" \t\r\n>");
                    value = unescape(&html[at..end]);
                    at = end;
                }
            }
        }
        attributes.push((key, value));
    }
    Tag {
        name: html[start..name_end].to_ascii_lowercase(),
        attributes,
        end: (at + 1).min(html.len()),
    }
}

/// Resolves entities, as browsers do: also those that someone might hide a scheme in.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        // A number counts without a semicolon too.
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(rest.len());
        match entity(&rest[..end]) {
            Some(character) => {
                out.push(character);
                rest = rest[end..].strip_prefix(';').unwrap_or(&rest[end..]);
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "amp" => '&',
        "nbsp" => '\u{a0}',
        "colon" => ':',
        "Tab" => '\t',
        "NewLine" => '\n',
        _ => return None,
    })
}

/// The text of an article without the frame around it.
pub fn prose(page: &str) -> &str {
    let start =
        page.find("<div class=\"prose\">").unwrap_or_else(|| panic!("no article text in\n{page}"))
            + "<div class=\"prose\">".len();
    let mut depth = 1;
    let mut at = start;
    while depth > 0 {
        let open = page[at..].find("<div").unwrap_or(usize::MAX);
        let close = page[at..].find("</div>").expect("the article's end");
        if open < close {
            depth += 1;
            at += open + 4;
        } else {
            depth -= 1;
            at += close + 6;
        }
    }
    page[start..at - "</div>".len()].trim()
}

/// Everything that is wrong with the pages of a site: things that its content security policy
/// forbids, links that lead nowhere, anchors that are not there, missing or repeated headings.
pub fn faults(site: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    let anchors: BTreeMap<&str, BTreeSet<String>> = site
        .pages()
        .map(|(path, page)| {
            let ids = tags(page).into_iter().filter_map(|tag| tag.get("id").map(str::to_owned));
            (path, ids.collect())
        })
        .collect();
    for (path, page) in site.pages() {
        let mut fault = |text: String| faults.push(format!("{path}: {text}"));
        let tags = tags(page);
        active(&tags, &mut fault);
        frame(&tags, &mut fault);
        for (attribute, link) in tags.iter().flat_map(links) {
            let target = match resolve(path, link) {
                Ok(Some(target)) => target,
                Ok(None) => continue,
                Err(reason) => {
                    fault(format!("{attribute} {link}: {reason}"));
                    continue;
                }
            };
            let (file, anchor) = target;
            if !site.has(&file) {
                fault(format!("{attribute} {link}: there is no {file}"));
            } else if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty())
                && let Some(ids) = anchors.get(file.as_str())
                && !ids.contains(&anchor)
            {
                fault(format!("{attribute} {link}: {file} has no id {anchor}"));
            }
        }
    }
    faults
}

/// What a strict content security policy would stop.
fn active(tags: &[Tag], fault: &mut impl FnMut(String)) {
    for tag in tags {
        let name = &tag.name;
        // Data is not run.
        let is_data = tag.get("type") == Some("application/ld+json");
        if name == "script" && tag.get("src").is_none() && !is_data {
            fault("an inline script".to_owned());
        }
        if name == "style" {
            fault("an inline style sheet".to_owned());
        }
        if matches!(name.as_str(), "iframe" | "object" | "embed" | "base") {
            fault(format!("a <{name}>"));
        }
        for (key, value) in &tag.attributes {
            if key == "style" || key.starts_with("on") {
                fault(format!("<{name} {key}={value:?}>"));
            }
            let scheme: String = value
                .chars()
                .filter(|c| !c.is_whitespace() && !c.is_control())
                .collect::<String>()
                .to_lowercase();
            if matches!(key.as_str(), "href" | "src" | "action")
                && ["javascript:", "vbscript:", "data:text"]
                    .iter()
                    .any(|bad| scheme.starts_with(bad))
            {
                fault(format!("<{name} {key}={value:?}>"));
            }
            // A canonical address is told, not loaded.
            let is_told = tag.get("rel") == Some("canonical");
            let loads = key == "src" || name == "link" && key == "href" && !is_told;
            if loads && (value.contains("//")) {
                fault(format!("<{name}> loads {value}"));
            }
        }
    }
}

/// What every page must have.
fn frame(tags: &[Tag], fault: &mut impl FnMut(String)) {
    // Pictures have titles too.
    let head = tags.iter().position(|tag| tag.name == "body").unwrap_or(tags.len());
    let count = |name: &str| match name {
        "title" => tags[..head].iter().filter(|tag| tag.name == name).count(),
        _ => tags.iter().filter(|tag| tag.name == name).count(),
    };
    for name in ["html", "h1", "main", "title"] {
        if count(name) != 1 {
            fault(format!("{} <{name}>", count(name)));
        }
    }
    let language = tags.iter().find(|tag| tag.name == "html");
    if language.and_then(|tag| tag.get("lang")).is_none_or(str::is_empty) {
        fault("no language".to_owned());
    }
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|tag| tag.get("id")) {
        if !ids.insert(id) {
            fault(format!("the id {id} twice"));
        }
    }
    for image in tags.iter().filter(|tag| tag.name == "img") {
        if image.get("alt").is_none() {
            fault("an image without alt".to_owned());
        }
    }
}

fn links(tag: &Tag) -> impl Iterator<Item = (&str, &str)> {
    const KEYS: [&str; 7] = [
        "href",
        "src",
        "action",
        "data-search-index",
        "data-search-page",
        "data-root",
        "data-home",
    ];
    tag.attributes
        .iter()
        .filter(|(key, _)| KEYS.contains(&key.as_str()))
        .map(|(key, value)| (key.as_str(), value.as_str()))
}

type Target = (String, Option<String>);

/// The file and anchor that a link on the page at `path` leads to; none if it leaves the site.
fn resolve(path: &str, link: &str) -> Result<Option<Target>, &'static str> {
    let scheme = link.split_once(':').map(|(scheme, _)| scheme);
    if scheme.is_some_and(|s| s.chars().all(|c| c.is_ascii_alphanumeric())) {
        return Ok(None);
    }
    if link.starts_with("//") {
        return Ok(None);
    }
    // The 404 page is shown at any address, so only it may begin at the root.
    if link.starts_with('/') && path != "404.html" {
        return Err("not relative");
    }
    let (rest, anchor) = match link.split_once('#') {
        Some((rest, anchor)) => (rest, Some(decode(anchor))),
        None => (link, None),
    };
    let rest = rest.split('?').next().unwrap_or_default();
    if rest.is_empty() {
        return Ok(Some((path.to_owned(), anchor)));
    }
    let mut parts: Vec<String> = if rest.starts_with('/') {
        Vec::new()
    } else {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let parts = folder.split('/').filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Err("leaves the site");
                }
            }
            other => parts.push(decode(other)),
        }
    }
    let mut file = parts.join("/");
    if rest.ends_with('/') || rest.ends_with('.') {
        file = if file.is_empty() { "index.html".to_owned() } else { format!("{file}/index.html") };
    }
    Ok(Some((file, anchor)))
}

/// Undoes percent-encoding.
fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}
