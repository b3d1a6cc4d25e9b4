//! Several modules as one.

use std::collections::{BTreeMap, BTreeSet};

use super::module::{Module, rebracketed};
use super::tokens::Kind;
use super::{Modules, print, resolve};

/// What a name at the top of a module stands for: a module, or the path of one that is not joined,
/// and the name there.
type Meaning<'m> = (&'m str, &'m str);

const RESERVED: [&str; 6] = ["as", "do", "if", "in", "is", "of"];

/// One module that does what `root` does, made of `members`. None if one of them is no plain
/// module.
pub fn join(root: &str, members: &BTreeSet<&str>, modules: &Modules<'_>) -> Option<String> {
    // It may be no module at all: then all of the page sees its names.
    let only = modules.get(root).filter(|_| members.len() == 1);
    if only.is_some_and(|module| module.imports.is_empty() && module.exports.is_empty()) {
        return None;
    }
    let mut order = Vec::new();
    visit(root, members, modules, &mut BTreeSet::new(), &mut order)?;
    let mut taken: BTreeSet<&str> = RESERVED.into();
    let mut uses: BTreeMap<Meaning<'_>, usize> = BTreeMap::new();
    for (name, module) in &order {
        for declared in &module.declared {
            uses.entry(meaning(name, module, declared, members, modules)?).or_default();
        }
        for token in module.tokens.iter().filter(|token| token.kind == Kind::Name) {
            taken.insert(&token.text);
            if module.declared.contains(&*token.text) || module.locals.contains(&*token.text) {
                *uses.entry(meaning(name, module, &token.text, members, modules)?).or_default() +=
                    1;
            }
        }
    }
    let names = short_names(&uses, &taken);

    let mut outside: Vec<&str> = Vec::new();
    for (name, module) in &order {
        for import in &module.imports {
            let is_inside = members.contains(&*resolve(name, &import.path));
            if !is_inside && !outside.contains(&import.path.as_str()) {
                outside.push(&import.path);
            }
        }
    }
    let mut out = String::new();
    for path in outside {
        let theirs = names.iter().filter(|((module, _), _)| *module == path);
        let list: Vec<_> = theirs.map(|((_, name), short)| format!("{name} as {short}")).collect();
        let from =
            if list.is_empty() { String::new() } else { format!("{{{}}}from", list.join(",")) };
        out.push_str(&format!("import{from}\"{path}\";"));
    }
    let mut tokens = Vec::new();
    for (name, module) in &order {
        let mut own = BTreeMap::new();
        for declared in module.declared.union(&module.locals) {
            let means = meaning(name, module, declared, members, modules)?;
            own.insert(declared.as_str(), names[&means].clone());
        }
        tokens.extend(module.renamed(&own)?);
    }
    out.push_str(&print::print(&rebracketed(tokens)));
    let exports = &modules.get(root)?.exports;
    let exports: Vec<String> =
        exports.iter().map(|name| format!("{} as {name}", names[&(root, name.as_str())])).collect();
    if !exports.is_empty() {
        out.push_str(&format!("export{{{}}};\n", exports.join(",")));
    }
    Some(out)
}

/// Puts a module behind those that it imports, as they would run.
fn visit<'m, 't>(
    name: &str,
    members: &BTreeSet<&str>,
    modules: &'m Modules<'t>,
    seen: &mut BTreeSet<String>,
    order: &mut Vec<(&'m str, &'m Module<'t>)>,
) -> Option<()> {
    if !seen.insert(name.to_owned()) {
        return Some(());
    }
    let (name, module) = modules.get_key_value(name)?;
    for import in &module.imports {
        let other = resolve(name, &import.path);
        if members.contains(&*other) {
            visit(&other, members, modules, seen, order)?;
        }
    }
    order.push((name, module));
    Some(())
}

fn meaning<'m>(
    module_name: &'m str,
    module: &'m Module<'_>,
    declared: &'m str,
    members: &BTreeSet<&'m str>,
    modules: &Modules<'_>,
) -> Option<Meaning<'m>> {
    for import in &module.imports {
        let Some((theirs, _)) = import.names.iter().find(|(_, own)| own == declared) else {
            continue;
        };
        let Some(other) = members.get(&*resolve(module_name, &import.path)) else {
            return Some((&import.path, theirs));
        };
        return modules.get(other)?.exports.contains(theirs).then_some((other, theirs));
    }
    // Locals that are called the same get the same name.
    Some((if module.locals.contains(declared) { "" } else { module_name }, declared))
}

/// A short name for each, the shortest for those used most, and none that is in use.
fn short_names<'m>(
    uses: &BTreeMap<Meaning<'m>, usize>,
    taken: &BTreeSet<&str>,
) -> BTreeMap<Meaning<'m>, String> {
    let mut sorted: Vec<_> = uses.iter().map(|(meaning, count)| (*count, *meaning)).collect();
    sorted.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let letters = || (b'a'..=b'z').chain(b'A'..=b'Z').map(char::from);
    let one = letters().map(String::from);
    let two = letters().flat_map(|a| letters().map(move |b| format!("{a}{b}")));
    let three = (0..).map(|number| format!("$t{number}"));
    let free = one.chain(two).chain(three).filter(|name| !taken.contains(name.as_str()));
    sorted.into_iter().map(|(_, meaning)| meaning).zip(free).collect()
}
