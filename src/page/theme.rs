//! The theme made ready for a build.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Context, ErrorKind, Tera};

use super::assets::{self, Assets};
use super::view::View;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::ThemeFiles;
use crate::source::theme::ThemeFile;
use crate::spanned::{SyntaxError, Value, toml};
use crate::text::lines::offset;

/// Interface texts by key.
pub(crate) type Texts = Arc<BTreeMap<String, String>>;

/// Language whose texts stand in for those a language does not have.
const FALLBACK: &str = "en";

/// A theme, compiled.
#[derive(Debug)]
pub(crate) struct Theme {
    tera: Tera,
    templates: BTreeMap<String, ThemeFile>,
    texts: BTreeMap<String, Texts>,
    assets: Assets,
}

/// Compiles a theme. Where a template is broken no page can be rendered, so there is none then.
pub(crate) fn prepare(theme: &ThemeFiles) -> (Option<Theme>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let texts = theme
        .texts
        .iter()
        .map(|(code, files)| (code.clone(), merge(files, &mut diagnostics)))
        .collect();
    let mut tera = Tera::new();
    let sources = theme.templates.iter().map(|(name, file)| (name.as_str(), &*file.text));
    if tera.add_raw_templates(sources).is_err() {
        diagnostics.extend(template_errors(theme));
        return (None, diagnostics);
    }
    let theme =
        Theme { tera, templates: theme.templates.clone(), texts, assets: assets::name(theme) };
    (Some(theme), diagnostics)
}

/// Later files win over earlier ones key by key, so that a site can change one word.
fn merge(files: &[ThemeFile], diagnostics: &mut Vec<Diagnostic>) -> Texts {
    let mut texts = BTreeMap::new();
    for file in files {
        let problem = |at: usize, detail: String| {
            Diagnostic::at(Code::ThemeFileSyntax, &file.path, at..at + 1).with("detail", detail)
        };
        match toml::parse(&file.text) {
            Ok(table) => {
                for entry in table {
                    match entry.node.value {
                        Value::Scalar(text) => {
                            texts.insert(entry.key, text);
                        }
                        _ => diagnostics
                            .push(problem(entry.node.span.start, format!("`{}`", entry.key))),
                    }
                }
            }
            Err(errors) => diagnostics.extend(errors.into_iter().map(|error| match error {
                SyntaxError::Invalid { at, detail } => problem(at, detail),
                SyntaxError::Duplicate { span, key } => problem(span.start, key),
            })),
        }
    }
    Arc::new(texts)
}

/// Every template that does not work: each is tried alone first, since Tera stops at the first
/// error; then all together, for errors between them.
fn template_errors(theme: &ThemeFiles) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut whole = Tera::new();
    for (name, file) in &theme.templates {
        let alone = Tera::new().add_raw_templates([(name.as_str(), &*file.text)]);
        if let Err(error) = alone
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            diagnostics.push(to_diagnostic(&error, &theme.templates, name));
        }
    }
    if diagnostics.is_empty() {
        let sources = theme.templates.iter().map(|(name, file)| (name.as_str(), &*file.text));
        if let Err(error) = whole.add_raw_templates(sources) {
            diagnostics.push(to_diagnostic(&error, &theme.templates, ""));
        }
    }
    diagnostics
}

fn to_diagnostic(
    error: &tera::Error,
    templates: &BTreeMap<String, ThemeFile>,
    template: &str,
) -> Diagnostic {
    let (name, span, message) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.filename(), Some(report.span()), report.message().to_owned())
        }
        other => (template, None, other.to_string()),
    };
    if span.is_none()
        && let Some((file, at, rest)) = place_in_words(&message, templates)
    {
        return Diagnostic::at(Code::TemplateError, &file.path, at..at + 1).with("detail", rest);
    }
    let Some(file) = templates.get(name).or_else(|| templates.get(template)) else {
        return Diagnostic::general(Code::TemplateError).with("detail", message);
    };
    let offset = span.map_or(0, |span| offset(&file.text, span.start_line, span.start_col));
    let end = span.map_or(0, |span| offset_end(&file.text, span.end_line, span.end_col, offset));
    let detail = message.lines().next().unwrap_or_default();
    Diagnostic::at(Code::TemplateError, &file.path, offset..end.max(offset)).with("detail", detail)
}

/// Errors between templates name their place only in words: `article.html:1:17`, or the template
/// in quotes. The place and the message without it.
fn place_in_words<'t>(
    message: &str,
    templates: &'t BTreeMap<String, ThemeFile>,
) -> Option<(&'t ThemeFile, usize, String)> {
    for (name, file) in templates {
        if let Some((_, after)) = message.split_once(&format!("{name}:")) {
            let mut numbers = after.split(|c: char| !c.is_ascii_digit()).map(str::parse::<usize>);
            if let (Some(Ok(line)), Some(Ok(column))) = (numbers.next(), numbers.next()) {
                return Some((
                    file,
                    offset(&file.text, line, column),
                    message.lines().next()?.to_owned(),
                ));
            }
        }
    }
    let named = templates
        .iter()
        .filter_map(|(name, file)| Some((message.find(&format!("'{name}'"))?, file)));
    let (_, file) = named.min_by_key(|(at, _)| *at)?;
    let at = file.text.find("{% extends").or_else(|| file.text.find("{% include")).unwrap_or(0);
    Some((file, at, message.lines().next()?.to_owned()))
}

fn offset_end(text: &str, line: usize, column: usize, start: usize) -> usize {
    let end = offset(text, line, column);
    // Marks stay on the first line.
    text[start..end.max(start)].find('\n').map_or(end, |at| start + at)
}

impl Theme {
    /// Interface texts for a language: its own, those of its base language, then English.
    pub(crate) fn texts(&self, code: &str) -> Texts {
        let mut merged = BTreeMap::new();
        let base = code.split('-').next().unwrap_or(code);
        for code in [FALLBACK, base, code] {
            if let Some(texts) = self.texts.get(code) {
                merged.extend(texts.iter().map(|(key, text)| (key.clone(), text.clone())));
            }
        }
        Arc::new(merged)
    }

    /// Site paths of assets by their names in the theme.
    pub(crate) fn asset_names(&self) -> &BTreeMap<String, String> {
        &self.assets.names
    }

    /// The scripts that are modules, with what each imports.
    pub(crate) fn modules(&self) -> &BTreeMap<String, Vec<String>> {
        &self.assets.modules
    }

    /// The asset with this site path.
    pub(crate) fn asset(&self, path: &str) -> Option<&Arc<Vec<u8>>> {
        self.assets().find(|(known, _)| *known == path).map(|(_, bytes)| bytes)
    }

    /// Assets to write.
    pub(crate) fn assets(&self) -> impl Iterator<Item = (&str, &Arc<Vec<u8>>)> {
        self.assets.files.iter().map(|(path, bytes)| (path.as_str(), bytes))
    }

    /// Renders one page.
    pub(super) fn render(
        &self,
        template: &str,
        shared: &[(&'static str, tera::Value)],
        view: &View,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let failed =
            |error: tera::Error| Box::new(to_diagnostic(&error, &self.templates, template));
        let mut context = Context::from_serialize(view).map_err(failed)?;
        for (name, value) in shared {
            context.insert_value(*name, value.clone());
        }
        self.tera.render(template, &context).map(String::into_bytes).map_err(failed)
    }
}
