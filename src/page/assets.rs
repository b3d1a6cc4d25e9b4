//! Theme assets under names that change with their bytes, so that browsers may keep them forever.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::site::asset_path;

/// Assets ready to be written.
#[derive(Debug, Default)]
pub struct Assets {
    /// Name in the theme to site path: `css/main.css` to `assets/css/main.1a2b3c4d.css`.
    pub names: BTreeMap<String, String>,
    /// Files by site path.
    pub files: Vec<(String, Arc<Vec<u8>>)>,
}

/// Names the assets. Scripts import each other, so a change of one changes the names of all:
/// their imports are rewritten to those names.
pub fn name(assets: &BTreeMap<String, Arc<[u8]>>) -> Assets {
    let is_script = |name: &str| name.ends_with(".js");
    let mut scripts = blake3::Hasher::new();
    for (name, bytes) in assets.iter().filter(|(name, _)| is_script(name)) {
        scripts.update(name.as_bytes());
        scripts.update(bytes);
    }
    let scripts = scripts.finalize();
    let names: BTreeMap<String, String> = assets
        .iter()
        .map(|(name, bytes)| {
            let hash = if is_script(name) { scripts } else { blake3::hash(bytes) };
            (name.clone(), asset_path(name, &hash.to_hex()))
        })
        .collect();
    let files = assets
        .iter()
        .map(|(name, bytes)| {
            let bytes = match std::str::from_utf8(bytes) {
                Ok(text) if is_script(name) => rewrite_imports(name, text, &names).into_bytes(),
                _ => bytes.to_vec(),
            };
            (names[name].clone(), Arc::new(bytes))
        })
        .collect();
    Assets { names, files }
}

/// Puts hashed names into string literals that name another script by a relative path.
fn rewrite_imports(name: &str, text: &str, names: &BTreeMap<String, String>) -> String {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'']) {
        let quote = rest[at..].chars().next().unwrap_or('"');
        out.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        // A quote that opens no such path may be an apostrophe: go on right behind it.
        let literal = rest.split(quote).next().unwrap_or_default();
        let is_path =
            (literal.starts_with("./") || literal.starts_with("../")) && literal.ends_with(".js");
        if let Some(hashed) = is_path.then(|| names.get(&join(folder, literal))).flatten() {
            let file = hashed.rsplit('/').next().unwrap_or(hashed);
            let path = literal.rsplit_once('/').map_or("", |(path, _)| path);
            out.push_str(&format!("{path}/{file}"));
            rest = &rest[literal.len()..];
        }
    }
    out.push_str(rest);
    out
}

fn join(folder: &str, relative: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_follow_the_names() {
        let file = |text: &str| Arc::<[u8]>::from(text.as_bytes());
        let assets = BTreeMap::from([
            (
                "js/main.js".to_owned(),
                file("import { a } from \"./search/ui.js\"; import('./x.js')"),
            ),
            ("js/search/ui.js".to_owned(), file("import '../main.js';")),
            ("css/a.css".to_owned(), file("a{}")),
        ]);
        let named = name(&assets);
        let text = |name: &str| {
            let path = &named.names[name];
            let (_, bytes) = named.files.iter().find(|(known, _)| known == path).unwrap();
            String::from_utf8(bytes.to_vec()).unwrap()
        };
        let ui = named.names["js/search/ui.js"].rsplit('/').next().unwrap();
        assert!(
            text("js/main.js").contains(&format!("\"./search/{ui}\"")),
            "{}",
            text("js/main.js")
        );
        assert!(text("js/main.js").contains("'./x.js'"));
        assert!(!text("js/main.js").contains("ui.js"));
        assert!(text("js/search/ui.js").contains("'../main."));
    }
}
