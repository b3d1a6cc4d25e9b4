//! Scripts of the theme, made small for readers: blanks and comments are left out, modules that are
//! only ever needed together are joined, and names that nobody else sees are shortened.
//!
//! A script that is loaded by others (`import("…")`, a worker) or that a template names gets the
//! modules put into it that nothing else needs. A worker is a world of its own, so it gets all that
//! it imports. What is not a plain module, or of no use to join, stays a file of its own.

mod join;
mod locals;
mod module;
mod print;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};

use module::Module;

/// Scripts by name.
type Modules<'t> = BTreeMap<&'t str, Module<'t>>;

/// The files to write, by name, from the scripts of a theme. Those that were put into others are
/// not among them, unless `is_named` says that a template names them.
pub fn pack<'t>(
    scripts: &BTreeMap<&'t str, &'t str>,
    is_named: impl Fn(&str) -> bool,
) -> BTreeMap<&'t str, String> {
    let lexed: BTreeMap<_, _> =
        scripts.iter().map(|(name, text)| (*name, tokens::read(text))).collect();
    let mut modules = Modules::new();
    for (name, tokens) in &lexed {
        if let Some(module) = tokens.clone().and_then(module::read) {
            modules.insert(name, module);
        }
    }
    let graph = Graph::new(scripts, &modules, is_named);
    let mut files = BTreeMap::new();
    let mut joined = BTreeSet::new();
    // What is left then are modules that import each other, and nobody else does.
    let mut rest = scripts.keys().copied();
    let mut waiting: Vec<&str> = graph.roots.iter().copied().collect();
    while let Some(name) = waiting.pop().or_else(|| rest.find(|name| !joined.contains(name))) {
        if files.contains_key(name) {
            continue;
        }
        let mut members = graph.members(name);
        let mut text = join::join(name, &members, &modules);
        if text.is_none() {
            members = BTreeSet::from([name]);
            text = join::join(name, &members, &modules);
        }
        // A script that is no plain module keeps its names.
        let text = text
            .or_else(|| lexed[name].as_deref().map(print::print))
            .unwrap_or_else(|| scripts[name].to_owned());
        files.insert(name, text);
        joined.extend(members.iter().copied());
        let taken = members.iter().flat_map(|member| graph.imports(member));
        waiting.extend(taken.filter(|other| !members.contains(other)));
    }
    files
}

/// Which script needs which.
struct Graph<'t> {
    imports: BTreeMap<&'t str, BTreeSet<&'t str>>,
    /// Scripts that something other than an `import` statement loads, or nothing known.
    roots: BTreeSet<&'t str>,
    workers: BTreeSet<&'t str>,
}

impl<'t> Graph<'t> {
    fn new(
        scripts: &BTreeMap<&'t str, &'t str>,
        modules: &Modules<'t>,
        is_named: impl Fn(&str) -> bool,
    ) -> Self {
        let mut imports: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut roots = BTreeSet::new();
        let mut workers = BTreeSet::new();
        for (name, text) in scripts {
            let known =
                |path: &str| scripts.get_key_value(&*resolve(name, path)).map(|(name, _)| *name);
            let Some(module) = modules.get(name) else {
                let literals = text.split(['"', '\'', '`']);
                roots.extend(literals.filter(|text| is_path(text)).filter_map(known));
                continue;
            };
            let statements = module.imports.iter().filter_map(|import| known(&import.path));
            imports.insert(name, statements.collect());
            for (at, path) in module.loaded() {
                roots.extend(known(path));
                if module.starts_worker(at) {
                    workers.extend(known(path));
                }
            }
        }
        let imported: BTreeSet<&str> = imports.values().flatten().copied().collect();
        let is_root = |name: &&&str| is_named(name) || !imported.contains(*name);
        roots.extend(scripts.keys().filter(is_root));
        Graph { imports, roots, workers }
    }

    fn imports(&self, name: &str) -> impl Iterator<Item = &'t str> {
        self.imports.get(name).into_iter().flatten().copied()
    }

    /// The scripts that go into one file with `root`.
    fn members(&self, root: &'t str) -> BTreeSet<&'t str> {
        let mut members = BTreeSet::from([root]);
        loop {
            let taken: BTreeSet<&str> =
                members.iter().flat_map(|name| self.imports(name)).collect();
            let fits = |name: &&&str| {
                let is_alone = !self.roots.contains(*name)
                    && self
                        .imports
                        .iter()
                        .all(|(by, of)| !of.contains(*name) || members.contains(by));
                // Paths in it stay what they are.
                folder(name) == folder(root)
                    && !members.contains(*name)
                    && (is_alone || self.workers.contains(root))
            };
            let more: Vec<&str> = taken.iter().filter(fits).copied().collect();
            if more.is_empty() {
                return members;
            }
            members.extend(more);
        }
    }
}

/// Whether a literal is the path of a script beside this one.
pub fn is_path(literal: &str) -> bool {
    (literal.starts_with("./") || literal.starts_with("../")) && literal.ends_with(".js")
}

fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The name of the script that a path in the script `from` leads to.
pub fn resolve(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder(from).split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => _ = parts.pop(),
            other => parts.push(other),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests;
