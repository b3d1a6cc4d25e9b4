//! Programs whose folders are known: where they keep their pages, and what they say of them.

use std::path::Path;

use super::patterns::{Patterns, Reading};
use super::script::{self, Property};
use super::settings::{self, Unread, at, text_at, texts};
use crate::spanned::{Table, Value};

/// What the settings of a program say.
#[derive(Debug)]
pub(super) struct Finding {
    /// The program.
    pub system: &'static str,
    /// The file that says so, or the folder that it is known by.
    pub said_in: String,
    /// The folder with the pages.
    pub folder: String,
    /// Whether the settings name it, and it is not only the one that the program takes.
    pub is_named: bool,
    /// The name of the site.
    pub title: Option<String>,
    /// The language of its pages.
    pub language: Option<String>,
    /// What is left out, by the keys that say so.
    pub left_out: Vec<(&'static str, Patterns)>,
    /// What of the settings is not read.
    pub unread: Vec<Unread>,
    /// Whether the program publishes the files of `static` as they are.
    pub has_static: bool,
}

/// Looks in a folder for the settings of one program; an error if they cannot be read at all, with the
/// name of their file.
pub(super) type Look = fn(&Path) -> Option<Result<Finding, (String, Unread)>>;

/// All of them, those first that also bring files of others.
pub(super) const SYSTEMS: [Look; 14] = [
    mkdocs, zensical, docusaurus, vitepress, vuepress, astro, mdbook, gitbook, docfx, hugo, jekyll,
    docsify, wiki, obsidian,
];

/// Files and folders whose name begins with `_`, where those are parts of pages.
const PARTS: &str = "**/_*.{md,mdx,markdown}";
/// The endings of a program's settings.
const SCRIPTS: [&str; 6] = ["ts", "js", "mts", "mjs", "cts", "cjs"];

impl Finding {
    fn new(system: &'static str, said_in: &str, folder: &str) -> Self {
        Finding {
            system,
            said_in: said_in.to_owned(),
            folder: folder.to_owned(),
            is_named: false,
            title: None,
            language: None,
            left_out: Vec::new(),
            unread: Vec::new(),
            has_static: false,
        }
    }

    fn name(&mut self, folder: Option<String>) {
        if let Some(folder) = folder {
            (self.folder, self.is_named) = (folder, true);
        }
    }

    fn leave_out<'t>(
        &mut self,
        key: &'static str,
        patterns: impl IntoIterator<Item = &'t str>,
        reading: Reading,
    ) {
        let patterns = Patterns::new(patterns, reading);
        if !patterns.is_empty() {
            self.left_out.push((key, patterns));
        }
    }

    /// What a list in a program leaves out; what only running it would tell is not read.
    fn leave_out_as(&mut self, program: &str, key: &'static str) {
        match script::property(program, key) {
            Some(Property::Plain(globs)) => {
                self.leave_out(key, globs.iter().map(String::as_str), Reading::Glob);
            }
            Some(Property::Made) => self.unread.push(made(key)),
            None => {}
        }
    }
}

fn made(key: &str) -> Unread {
    (
        format!("`{key}` is made by a program, and tier0 runs none"),
        format!("`{key}` 由程序生成，而 tier0 不运行程序"),
    )
}

/// The first of these files that is there.
fn first(folder: &Path, names: &[&str]) -> Option<String> {
    names.iter().find(|name| folder.join(name).is_file()).map(|name| (*name).to_owned())
}

/// The settings of a program in a script with this stem.
fn script_at(folder: &Path, stem: &str) -> Option<String> {
    let names = SCRIPTS.map(|ending| format!("{stem}.{ending}"));
    names.into_iter().find(|name| folder.join(name).is_file())
}

type Found = Option<Result<Finding, (String, Unread)>>;

/// What data in a file say.
fn from_data(
    folder: &Path,
    mut finding: Finding,
    read: impl FnOnce(&mut Finding, &Table) -> Result<(), Unread>,
) -> Found {
    let file = folder.join(&finding.said_in);
    let text = settings::text(&file)?;
    let result = text
        .and_then(|text| settings::data(&file, &text))
        .and_then(|table| read(&mut finding, &table));
    Some(match result {
        Ok(()) => Ok(finding),
        Err(unread) => Err((finding.said_in, unread)),
    })
}

/// What a script says.
fn from_script(
    folder: &Path,
    mut finding: Finding,
    read: impl FnOnce(&mut Finding, &str) -> Result<(), Unread>,
) -> Found {
    let text = settings::text(&folder.join(&finding.said_in))?;
    Some(match text.and_then(|text| read(&mut finding, &text)) {
        Ok(()) => Ok(finding),
        Err(unread) => Err((finding.said_in, unread)),
    })
}

fn mkdocs(folder: &Path) -> Found {
    let name = first(folder, &["mkdocs.yml", "mkdocs.yaml"])?;
    from_data(folder, Finding::new("MkDocs", &name, "docs"), |finding, table| {
        finding.name(text_at(table, &["docs_dir"]));
        finding.title = text_at(table, &["site_name"]);
        finding.language = text_at(table, &["theme", "language"]);
        for key in ["exclude_docs", "draft_docs"] {
            let patterns = text_at(table, &[key]).unwrap_or_default();
            finding.leave_out(key, patterns.lines(), Reading::Ignore);
        }
        if at(table, &["exclude_docs"]).is_none() {
            finding.leave_out("exclude_docs", ["/templates/"], Reading::Ignore);
        }
        if at(table, &["INHERIT"]).is_some() {
            finding.unread.push((
                "`INHERIT` takes over another file, which is not read".to_owned(),
                "`INHERIT` 引用了另一个文件，没有读取".to_owned(),
            ));
        }
        Ok(())
    })
}

fn zensical(folder: &Path) -> Found {
    let name = first(folder, &["zensical.toml"])?;
    from_data(folder, Finding::new("Zensical", &name, "docs"), |finding, table| {
        finding.name(text_at(table, &["project", "docs_dir"]));
        finding.title = text_at(table, &["project", "site_name"]);
        finding.language = text_at(table, &["project", "theme", "language"]);
        Ok(())
    })
}

fn docusaurus(folder: &Path) -> Found {
    let name = script_at(folder, "docusaurus.config")?;
    from_script(folder, Finding::new("Docusaurus", &name, "docs"), |finding, program| {
        finding.title = script::text(program, "title");
        finding.language = script::text(program, "defaultLocale");
        finding.has_static = true;
        finding.leave_out("_", [PARTS], Reading::Glob);
        if script::property(program, "exclude").is_some() {
            finding.unread.push(made("exclude"));
        }
        Ok(())
    })
}

fn vitepress(folder: &Path) -> Found {
    beside_pages(folder, "VitePress", ".vitepress", |finding, program| {
        match script::property(program, "srcDir") {
            Some(Property::Plain(folders)) if folders.len() == 1 => {
                finding.name(folders.first().cloned());
            }
            Some(_) => return Err(made("srcDir")),
            None => {}
        }
        finding.leave_out_as(program, "srcExclude");
        Ok(())
    })
}

fn vuepress(folder: &Path) -> Found {
    beside_pages(folder, "VuePress", ".vuepress", |finding, program| {
        for key in ["patterns", "pagePatterns"] {
            if script::property(program, key).is_some() {
                finding.unread.push(made(key));
            }
        }
        Ok(())
    })
}

/// A program whose settings lie in a folder beside the pages.
fn beside_pages(
    folder: &Path,
    system: &'static str,
    own: &str,
    read: impl FnOnce(&mut Finding, &str) -> Result<(), Unread>,
) -> Found {
    if !folder.join(own).is_dir() {
        return None;
    }
    let stems = ["config", "config/index"].map(|stem| format!("{own}/{stem}"));
    match stems.iter().find_map(|stem| script_at(folder, stem)) {
        Some(name) => from_script(folder, Finding::new(system, &name, "."), |finding, program| {
            finding.title = script::text(program, "title");
            finding.language = script::text(program, "lang");
            read(finding, program)
        }),
        None => Some(Ok(Finding::new(system, &format!("{own}/"), "."))),
    }
}

fn astro(folder: &Path) -> Found {
    const PAGES: &str = "src/content/docs";
    if !folder.join(PAGES).is_dir() {
        return None;
    }
    let Some(name) = script_at(folder, "astro.config") else {
        return Some(Ok(Finding::new("Astro", &format!("{PAGES}/"), PAGES)));
    };
    from_script(folder, Finding::new("Starlight", &name, PAGES), |finding, program| {
        finding.title = script::text(program, "title");
        finding.leave_out("_", [PARTS], Reading::Glob);
        Ok(())
    })
}

fn mdbook(folder: &Path) -> Found {
    let name = first(folder, &["book.toml"])?;
    from_data(folder, Finding::new("mdBook", &name, "src"), |finding, table| {
        finding.name(text_at(table, &["book", "src"]));
        finding.title = text_at(table, &["book", "title"]);
        finding.language = text_at(table, &["book", "language"]);
        Ok(())
    })
}

fn gitbook(folder: &Path) -> Found {
    let name = first(folder, &[".gitbook.yaml", ".gitbook.yml", "book.json"])?;
    from_data(folder, Finding::new("GitBook", &name, "."), |finding, table| {
        finding.name(text_at(table, &["root"]));
        finding.title = text_at(table, &["title"]);
        finding.language = text_at(table, &["language"]);
        Ok(())
    })
}

fn docfx(folder: &Path) -> Found {
    let name = first(folder, &["docfx.json"])?;
    from_data(folder, Finding::new("docfx", &name, "."), |finding, table| {
        finding.title = text_at(table, &["build", "globalMetadata", "_appTitle"]);
        let groups = match at(table, &["build", "content"]) {
            Some(Value::List(groups)) => groups.as_slice(),
            _ => &[],
        };
        let tables = groups.iter().filter_map(|group| match &group.value {
            Value::Table(table) => Some(table),
            _ => None,
        });
        let files = |table: &Table| {
            let files = at(table, &["files"]).map(texts).unwrap_or_default();
            files.iter().any(|glob| glob.contains("md") || glob.ends_with("**"))
        };
        let with_pages: Vec<&Table> = tables.filter(|table| files(table)).collect();
        let folder = |table: &&Table| {
            let named = text_at(table, &["src"]).or_else(|| text_at(table, &["cwd"]));
            named.unwrap_or_else(|| ".".to_owned())
        };
        let mut folders: Vec<String> = with_pages.iter().map(folder).collect();
        folders.dedup();
        match folders.as_slice() {
            [] => {}
            [one] => finding.name(Some(one.clone())),
            _ => {
                return Err((
                    "`build.content` names several folders".to_owned(),
                    "`build.content` 写了多个文件夹".to_owned(),
                ));
            }
        }
        let excluded =
            with_pages.iter().filter_map(|table| at(table, &["exclude"])).flat_map(texts);
        finding.leave_out("exclude", excluded, Reading::Glob);
        Ok(())
    })
}

fn hugo(folder: &Path) -> Found {
    let own = ["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"];
    let old = ["config.toml", "config.yaml", "config.yml", "config.json"];
    let name = first(folder, &own).or_else(|| first(folder, &old))?;
    let is_old = old.contains(&name.as_str());
    let found = from_data(folder, Finding::new("Hugo", &name, "content"), |finding, table| {
        let keys = ["contentDir", "contentdir"];
        finding.name(keys.iter().find_map(|key| text_at(table, &[key])));
        finding.title = text_at(table, &["title"]);
        finding.language = text_at(table, &["defaultContentLanguage"]);
        finding.has_static = true;
        if ["ignoreFiles", "ignorefiles"].iter().any(|key| at(table, &[key]).is_some()) {
            finding.unread.push((
                "`ignoreFiles` is not read".to_owned(),
                "没有读取 `ignoreFiles`".to_owned(),
            ));
        }
        Ok(())
    })?;
    // Many programs have a `config.toml`.
    let is_hugo = |finding: &Finding| !is_old || finding.is_named;
    match found {
        Ok(finding) => is_hugo(&finding).then_some(Ok(finding)),
        Err(unread) => (!is_old).then_some(Err(unread)),
    }
}

fn jekyll(folder: &Path) -> Found {
    let name = first(folder, &["_config.yml", "_config.yaml", "_config.toml"])?;
    from_data(folder, Finding::new("Jekyll", &name, "."), |finding, table| {
        // Another program with a file of this name.
        if let Some(source) = text_at(table, &["source_dir"]) {
            finding.system = "Hexo";
            finding.name(Some(source));
        } else {
            finding.name(text_at(table, &["source"]));
            finding.leave_out("_", [PARTS], Reading::Glob);
        }
        finding.title = text_at(table, &["title"]);
        finding.language = ["lang", "language"].iter().find_map(|key| text_at(table, &[key]));
        let excluded = at(table, &["exclude"]).map(texts).unwrap_or_default();
        finding.leave_out("exclude", excluded, Reading::Jekyll);
        Ok(())
    })
}

fn docsify(folder: &Path) -> Found {
    let page = settings::text(&folder.join("index.html"))?.ok()?;
    let mut finding = Finding::new("docsify", "index.html", ".");
    finding.leave_out("_", ["**/_{sidebar,navbar,coverpage,404}.md"], Reading::Glob);
    page.contains("$docsify").then_some(Ok(finding))
}

fn wiki(folder: &Path) -> Found {
    let name = first(folder, &["Home.md", "home.md"])?;
    let mut finding = Finding::new("wiki", &name, ".");
    finding.leave_out("_", ["**/_{Sidebar,Footer,Header}.md", "**/_sidebar.md"], Reading::Glob);
    Some(Ok(finding))
}

fn obsidian(folder: &Path) -> Found {
    let is_vault = folder.join(".obsidian").is_dir();
    is_vault.then(|| Ok(Finding::new("Obsidian", ".obsidian/", ".")))
}
