//! Theme assets under names that change with their bytes, so that browsers may keep them forever.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::script;
use crate::site::asset_path;

/// Assets ready to be written.
#[derive(Debug, Default)]
pub struct Assets {
    /// Name in the theme to site path: `css/main.css` to `assets/css/main.1a2b3c4d.css`.
    pub names: BTreeMap<String, String>,
    /// Files by site path.
    pub files: Vec<(String, Arc<Vec<u8>>)>,
}

/// Packs scripts and names all assets. Scripts import each other, so a change of one changes the
/// names of all: their imports are rewritten to those names. `is_named`: a template names it.
pub fn name(assets: &BTreeMap<String, Arc<[u8]>>, is_named: impl Fn(&str) -> bool) -> Assets {
    let scripts = assets.iter().filter(|(name, _)| name.ends_with(".js"));
    let scripts = scripts
        .filter_map(|(name, bytes)| Some((name.as_str(), std::str::from_utf8(bytes).ok()?)))
        .collect();
    let packed = script::pack(&scripts, is_named);
    let mut hasher = blake3::Hasher::new();
    for (name, text) in &packed {
        hasher.update(name.as_bytes());
        hasher.update(text.as_bytes());
    }
    let hash = hasher.finalize();
    let others = assets.iter().filter(|(name, _)| !scripts.contains_key(name.as_str()));
    let mut names: BTreeMap<String, String> = others
        .clone()
        .map(|(name, bytes)| (name.clone(), asset_path(name, &blake3::hash(bytes).to_hex())))
        .collect();
    names.extend(packed.keys().map(|name| ((*name).to_owned(), asset_path(name, &hash.to_hex()))));
    let mut files: Vec<_> =
        others.map(|(name, bytes)| (names[name].clone(), Arc::new(bytes.to_vec()))).collect();
    files.extend(packed.iter().map(|(name, text)| {
        (names[*name].clone(), Arc::new(rewrite_imports(name, text, &names).into_bytes()))
    }));
    Assets { names, files }
}

/// Puts hashed names into string literals that name another script by a relative path.
fn rewrite_imports(name: &str, text: &str, names: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'']) {
        let quote = rest[at..].chars().next().unwrap_or('"');
        out.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        // A quote that opens no such path may be an apostrophe: go on right behind it.
        let literal = rest.split(quote).next().unwrap_or_default();
        let known = || names.get(&script::resolve(name, literal));
        if let Some(hashed) = script::is_path(literal).then(known).flatten() {
            let file = hashed.rsplit('/').next().unwrap_or(hashed);
            let path = literal.rsplit_once('/').map_or("", |(path, _)| path);
            out.push_str(&format!("{path}/{file}"));
            rest = &rest[literal.len()..];
        }
    }
    out.push_str(rest);
    out
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
        let named = name(&assets, |name| name == "js/main.js");
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
        assert!(text("js/search/ui.js").contains("\"../main."));
    }
}
