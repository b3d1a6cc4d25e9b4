//! The theme: the one in the binary, overridden file by file from `themes/NAME/`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::links::{NoContent, leads_out, outside};
use super::regular::{self, LARGEST_THEME_FILE};
use super::walk::{self, Walk};
use super::{Project, cannot_read, slashed};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A text file of the theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ThemeFile {
    /// Path as shown to people.
    pub path: Arc<str>,
    /// Its text.
    pub text: Arc<str>,
}

/// Everything a theme is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ThemeFiles {
    /// Templates by the name Tera knows them by: `article.html`, `partials/toc.html`.
    pub templates: BTreeMap<String, ThemeFile>,
    /// Files with interface texts by language code; later ones win key by key.
    pub texts: BTreeMap<String, Vec<ThemeFile>>,
    /// Other files by their path under `assets/`.
    pub assets: BTreeMap<String, Arc<[u8]>>,
    /// Bundles of scripts by their path under `bundles/`.
    pub bundles: BTreeMap<String, ThemeFile>,
}

impl ThemeFiles {
    /// The text of a theme file by the path that diagnostics carry.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        // A site's own file has the path of the shipped one that it lies over, and comes later.
        let texts = self.texts.values().flat_map(|files| files.iter().rev());
        let mut files = self.templates.values().chain(texts);
        files.find(|file| &*file.path == path).map(|file| &*file.text)
    }

    /// Every text of the theme.
    pub(crate) fn all_texts(&self) -> impl Iterator<Item = &str> {
        let files = self.templates.values().chain(self.texts.values().flatten());
        let files = files.chain(self.bundles.values());
        let assets = self.assets.values().filter_map(|bytes| std::str::from_utf8(bytes).ok());
        files.map(|file| &*file.text).chain(assets)
    }

    fn put(
        &mut self,
        relative: &str,
        shown: &str,
        bytes: &[u8],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let as_text = |diagnostics: &mut Vec<Diagnostic>| match std::str::from_utf8(bytes) {
            Ok(text) => Some(ThemeFile { path: shown.into(), text: text.into() }),
            Err(_) => {
                diagnostics.push(Diagnostic::at(Code::InvalidUtf8, &shown.into(), 0..0));
                None
            }
        };
        if let Some(name) = relative.strip_prefix("templates/") {
            if let Some(file) = as_text(diagnostics) {
                self.templates.insert(name.to_owned(), file);
            }
        } else if let Some(name) = relative.strip_prefix("assets/") {
            self.assets.insert(name.to_owned(), bytes.into());
        } else if let Some(name) = relative.strip_prefix("bundles/") {
            if let Some(file) = as_text(diagnostics) {
                self.bundles.insert(name.to_owned(), file);
            }
        } else if let Some(code) =
            relative.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".toml"))
            && let Some(file) = as_text(diagnostics)
        {
            self.texts.entry(code.to_owned()).or_default().push(file);
        }
    }
}

/// Loads the shipped theme and lays `themes/NAME/` of the project over it. A `themes/default/`
/// in the project changes the default theme the same way.
pub(super) fn load(
    project: &Project,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> ThemeFiles {
    let mut theme = ThemeFiles::default();
    put_shipped(&SHIPPED, &mut theme, diagnostics);
    let name = config.site.theme.as_deref();
    let folder = project.base().join("themes").join(name.unwrap_or("default"));
    if !folder.is_dir() {
        if let Some(name) = name {
            diagnostics.push(Diagnostic::general(Code::ThemeMissing).with("name", name));
        }
        return theme;
    }
    let named = format!("themes/{}", name.unwrap_or("default"));
    if leads_out(project, project.base(), &named) {
        diagnostics.push(outside(&named));
        return theme;
    }
    let contents = walk::content_folders(project, config);
    let mut walk = Walk {
        project,
        root: &folder,
        skip: &[],
        exclude: &[],
        no_content: &NoContent::of(project, config),
        are_files_optional: false,
        for_servers: false,
        hidden: Vec::new(),
        diagnostics: &mut *diagnostics,
    };
    let own = folder.canonicalize().ok();
    let (articles, files): (Vec<_>, Vec<_>) = walk.files().into_iter().partition(|(_, real)| {
        let is_own = |file: &Path| own.as_ref().is_some_and(|own| file.starts_with(own));
        real.as_ref().is_some_and(|file| !is_own(file) && walk::is_source(file, &contents))
    });
    articles.iter().for_each(|(entry, _)| walk.report_article(entry.path()));
    for (entry, _) in files {
        let Ok(relative) = entry.path().strip_prefix(&folder) else {
            continue;
        };
        let shown = slashed(entry.path().strip_prefix(project.base()).unwrap_or(entry.path()));
        match regular::read(entry.path(), LARGEST_THEME_FILE) {
            Ok(bytes) => theme.put(&slashed(relative), &shown, &bytes, diagnostics),
            Err(error) => diagnostics.push(cannot_read(&shown, &error)),
        }
    }
    theme
}

fn put_shipped(folder: &Dir<'_>, theme: &mut ThemeFiles, diagnostics: &mut Vec<Diagnostic>) {
    for file in folder.files() {
        let relative = slashed(file.path());
        let shown = format!("themes/default/{relative}");
        theme.put(&relative, &shown, file.contents(), diagnostics);
    }
    for inner in folder.dirs() {
        put_shipped(inner, theme, diagnostics);
    }
}
