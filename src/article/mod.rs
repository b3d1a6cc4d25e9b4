//! One source file, read as far as any edition may: its front matter, and where its body begins.
//!
//! The body is parsed later (`document/`), after `edition/` has taken out what an edition must
//! not see.

mod address;
mod attached;
mod cut_values;
pub(crate) mod foreign;
pub(crate) mod front_matter;
mod guard;
pub(crate) mod keys;
mod lost;
mod meta;
mod name;
mod scope;
mod slips;
mod stray;
mod text_head;
mod times;
pub(crate) mod versions;

use std::ops::Range;
use std::sync::Arc;

use crate::config::{Config, Guard};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::SourceFile;
use crate::syntax::dialects;
use crate::syntax::edits::Mapped;

pub(crate) use attached::{CopiedFor, near_page};
pub(crate) use meta::{ErrorCode, Kind, Meta, Status};
pub(crate) use name::{Name, Stem, stem, translation_key};
pub(crate) use times::Time;

/// The largest article tier0 reads, in bytes. Real articles stay under a tenth of it.
pub(crate) const LARGEST: usize = 2 * 1024 * 1024;

/// One article's head, and its body as text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Article {
    /// Path relative to the site folder: what diagnostics and reports call it.
    pub path: Arc<str>,
    /// Language, and the path that its translations share.
    pub name: Name,
    /// The name at the place that a symbolic link leads to.
    pub origin: Option<Name>,
    /// The front matter.
    pub meta: Meta,
    /// The whole file, its body as tier0 reads it.
    pub text: Arc<str>,
    /// Where the body begins in `text`, in bytes.
    pub body_start: usize,
    /// What shows, in it, that the site has something to guard.
    pub guard: Option<Guard>,
    /// Whether its head does not parse: where there is something to guard, nobody knows who reads it.
    pub has_lost_head: bool,
    /// How the body is written, where a dialect makes a difference.
    written: Option<Arc<Written>>,
}

/// A file that is written in a dialect.
#[derive(Debug, PartialEq)]
struct Written {
    /// The file as it is.
    file: Arc<str>,
    /// The body, and where in that of the file each part of it stands.
    body: Mapped,
}

impl Article {
    /// The markdown below the front matter.
    pub(crate) fn body(&self) -> &str {
        &self.text[self.body_start..]
    }

    /// The whole file as it is written.
    pub(crate) fn file(&self) -> &str {
        self.written.as_ref().map_or(&self.text, |written| &written.file)
    }

    /// Where a span of the text stands in the file.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        let path = Arc::clone(&self.path);
        let start = self.body_start;
        let body = self.written.as_ref().filter(|_| span.start >= start);
        let span = body.map_or(span.clone(), |written| {
            let (_, inner) = written.body.span(&(span.start - start..span.end - start));
            inner.start + start..inner.end + start
        });
        Place { path, span }
    }

    /// Whether all but the text is as in another article.
    pub(crate) fn has_head_of(&self, other: &Article) -> bool {
        (&self.path, &self.name, &self.origin, &self.meta)
            == (&other.path, &other.name, &other.origin, &other.meta)
    }
}

/// Reads the head of a source file. A file that cannot be read as text at all gives no article.
pub(crate) fn read(file: &SourceFile, config: &Config) -> (Option<Article>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    if let Some(diagnostic) = unreadable(file) {
        diagnostics.push(diagnostic);
        return (None, diagnostics);
    }
    let mut block = front_matter::split(&file.text);
    let Some(head) = lost::read(file, &mut block, config, &mut diagnostics) else {
        return (None, diagnostics);
    };
    let lost::Head { table, days, is_lost } = head;
    let offset = block.content.start;
    if block.fence == front_matter::Fence::Yaml {
        let content = &file.text[block.content.clone()];
        for (key, rest) in cut_values::find(content, &table) {
            let span = rest.start + offset..rest.end + offset;
            let cut = Diagnostic::at(Code::ValueCut, &file.path, span);
            diagnostics.push(cut.with("key", key).with("rest", &content[rest]));
        }
    }
    let mut meta = meta::read(&table, &file.path, offset, config, &mut diagnostics);
    meta.times.extend(days);
    lost::weigh_values(&mut diagnostics, &table, &meta, config);
    let name = name::name(file, meta.language.as_deref(), config);
    tell_stray(file, &block, &meta, &name, config, &mut diagnostics);
    if diagnostics.iter().all(|problem| problem.code != Code::UnclearRoles) {
        meta.text_head = text_head::find(&file.text, &block, config);
    }
    let (text, written) = match dialects::read(&file.text[block.body_start..]) {
        Some(body) => {
            let text = format!("{}{}", &file.text[..block.body_start], body.body);
            (text.into(), Some(Arc::new(Written { file: Arc::clone(&file.text), body })))
        }
        None => (Arc::clone(&file.text), None),
    };
    let guard = guard::find(&meta, &table, offset, &text, block.body_start);
    let article = Article {
        path: Arc::clone(&file.path),
        name,
        origin: file.origin.as_deref().map(|path| name::origin(path, config)),
        meta,
        text,
        body_start: block.body_start,
        guard,
        has_lost_head: is_lost,
        written,
    };
    (Some(article), diagnostics)
}

/// Tells of what speaks of readers in a file and is not read.
fn tell_stray(
    file: &SourceFile,
    block: &front_matter::Block,
    meta: &Meta,
    name: &Name,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let is_stray = meta.cascade_roles.is_some() && !name.is_section;
    if is_stray {
        diagnostics.push(
            Diagnostic::at(Code::UnclearRoles, &file.path, meta.cascade_span.clone()).with_both(
                "reason",
                "`cascade` is only read in a folder's `_index.md` or `index.md`",
                "`cascade` 只有写在目录的 `_index.md` 或 `index.md` 中才有效",
            ),
        );
    }
    if meta.roles.is_none()
        && let Some(span) = stray::roles(&file.text, block, meta.cascade_roles.is_some(), config)
    {
        diagnostics.push(Diagnostic::at(Code::UnclearRoles, &file.path, span).with_both(
            "reason",
            "`roles` is not read here; it belongs into the front matter, at the left edge",
            "这里的 `roles` 不会被读取；请写到文件头里，顶格写",
        ));
    }
    if let Some(span) = stray::head(&file.text, block, config) {
        diagnostics.push(Diagnostic::at(Code::UnclearRoles, &file.path, span).with_both(
            "reason",
            "a second block of keys is text; what keeps a page from readers belongs into the first",
            "第二段键值只会当作正文；不让读者看到页面的设置请写到最前面的文件头里",
        ));
    }
}

/// Whether a problem of a head leaves in doubt who may read the article: it stops every edition,
/// also those that do not show the article as it stands.
pub(crate) fn decides_readers(problem: &Diagnostic) -> bool {
    match problem.code {
        Code::RoleKeyTypo | Code::UnknownRole | Code::UnclearRoles => true,
        Code::KeyKeepsBack | Code::AccessKeyUnread => true,
        Code::WrongType | Code::InvalidValue => {
            problem.argument("key").is_some_and(keys::decides_readers)
        }
        _ => false,
    }
}

fn unreadable(file: &SourceFile) -> Option<Diagnostic> {
    if let Some(at) = file.text.find('\0') {
        return Some(Diagnostic::at(Code::NulByte, &file.path, at..at + 1));
    }
    (file.text.len() > LARGEST).then(|| {
        let kib = |bytes: usize| format!("{} KiB", bytes.div_ceil(1024));
        Diagnostic::at(Code::FileTooLarge, &file.path, 0..0)
            .with("size", kib(file.text.len()))
            .with("limit", kib(LARGEST))
    })
}
