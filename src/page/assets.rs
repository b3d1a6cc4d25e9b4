//! Theme assets under names that change with their bytes, so that browsers may keep them forever.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::bundle::{self, Bundle};
use crate::site::asset_path;
use crate::source::ThemeFiles;
use crate::text::paths;

/// Assets ready to be written.
#[derive(Debug, Default)]
pub(crate) struct Assets {
    /// Name in the theme to site path: `css/main.css` to `assets/css/main.1a2b3c4d.css`. A script
    /// that a bundle stands for has the path of that.
    pub names: BTreeMap<String, String>,
    /// Scripts that no bundle stands for: those are modules. With the site paths of what to fetch
    /// beside them.
    pub modules: BTreeMap<String, Vec<String>>,
    /// Files by site path.
    pub files: Vec<(String, Arc<Vec<u8>>)>,
}

type Scripts<'t> = BTreeMap<&'t str, &'t str>;

/// Names all assets. Of the scripts, those are published that no bundle stands for, that a template
/// names, and what these load.
pub(crate) fn name(theme: &ThemeFiles) -> Assets {
    let mut assets = Assets::default();
    let mut scripts = Scripts::new();
    for (name, bytes) in &theme.assets {
        match std::str::from_utf8(bytes) {
            Ok(text) if name.ends_with(".js") => _ = scripts.insert(name, text),
            _ => {
                let path = asset_path(name, &blake3::hash(bytes).to_hex());
                assets.files.push((path.clone(), Arc::new(bytes.to_vec())));
                assets.names.insert(name.clone(), path);
            }
        }
    }
    let hashes = scripts.iter().map(|(name, text)| (*name, bundle::hash(text))).collect();
    let read = |(file, text)| Some((format!("js/{file}"), Bundle::read(text, &hashes)?));
    let bundles = theme.bundles.iter().map(|(file, text)| (file, &*text.text));
    let (standing, broken): (Vec<_>, Vec<_>) =
        bundles.filter_map(read).partition(|(_, bundle)| bundle.stands);

    let bundled: BTreeSet<&str> =
        standing.iter().flat_map(|(_, bundle)| bundle.sources.iter().copied()).collect();
    let begins = |name: &str| standing.iter().any(|(_, bundle)| bundle.sources[0] == name);
    let is_named = |name: &str| theme.templates.values().any(|file| file.text.contains(name));
    let alone = scripts.keys().copied();
    let alone =
        alone.filter(|name| !bundled.contains(name) || is_named(name) && !begins(name)).collect();
    let alone = loaded(&scripts, alone);
    let plain = assets.publish(&alone.iter().map(|name| (*name, scripts[name])).collect());
    assets.modules = plain.keys().map(|name| (name.clone(), Vec::new())).collect();
    for (_, bundle) in &broken {
        let of = loaded(&scripts, vec![bundle.sources[0]]);
        let imports = bundle.sources[1..].iter().filter(|name| of.contains(*name));
        let imports = imports.filter_map(|name| plain.get(*name).cloned()).collect();
        assets.modules.insert(bundle.sources[0].to_owned(), imports);
    }
    assets.names.extend(plain);
    let codes = standing.iter().map(|(name, bundle)| (name.as_str(), bundle.code)).collect();
    let mut paths = assets.publish(&codes);
    for (name, bundle) in &standing {
        let path = paths.remove(name);
        assets.names.extend(path.map(|path| (bundle.sources[0].to_owned(), path)));
    }
    assets
}

impl Assets {
    /// Adds scripts that load each other, and gives their paths. A change of one changes the names
    /// of all: paths in them are rewritten to those names.
    fn publish(&mut self, scripts: &Scripts<'_>) -> BTreeMap<String, String> {
        let mut hasher = blake3::Hasher::new();
        for (name, text) in scripts {
            hasher.update(name.as_bytes());
            hasher.update(text.as_bytes());
        }
        let hash = hasher.finalize().to_hex();
        let name = |name: &&str| ((*name).to_owned(), asset_path(name, &hash));
        let names: BTreeMap<String, String> = scripts.keys().map(name).collect();
        self.files.extend(scripts.iter().map(|(name, text)| {
            (names[*name].clone(), Arc::new(rewrite(name, text, &names).into_bytes()))
        }));
        names
    }
}

/// These scripts, and those that they load at any time.
fn loaded<'t>(scripts: &Scripts<'t>, mut waiting: Vec<&'t str>) -> BTreeSet<&'t str> {
    let mut found = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        let Some(text) = scripts.get(name).filter(|_| found.insert(name)) else {
            continue;
        };
        let names = paths(text).into_iter().map(|place| resolve(name, &text[place]));
        waiting.extend(names.filter_map(|name| Some(*scripts.get_key_value(&*name)?.0)));
    }
    found
}

/// Puts the file names of `names` into the paths of other scripts.
fn rewrite(name: &str, text: &str, names: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut copied = 0;
    for place in paths(text) {
        let path = &text[place.clone()];
        if let Some(hashed) = names.get(&resolve(name, path)) {
            out.push_str(&text[copied..place.start]);
            out.push_str(&format!("{}/{}", paths::folder(path), paths::last(hashed)));
            copied = place.end;
        }
    }
    out.push_str(&text[copied..]);
    out
}

/// Where string literals stand that may be paths of other scripts.
fn paths(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(quote) = text[at..].find(['"', '\'']) {
        at += quote + 1;
        let end = text[at..].find(char::from(text.as_bytes()[at - 1])).unwrap_or(0);
        let literal = &text[at..at + end];
        // A quote that opens no such path may be an apostrophe: go on right behind it.
        if (literal.starts_with("./") || literal.starts_with("../")) && literal.ends_with(".js") {
            found.push(at..at + end);
            at += end + 1;
        }
    }
    found
}

/// The name of the script that a path in the script `from` leads to.
fn resolve(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => _ = parts.pop(),
            other => parts.push(other),
        }
    }
    parts.join("/")
}
