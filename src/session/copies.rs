//! Files of the output that come from the disk, as they are published.

use std::io::{self, Read};
use std::sync::Arc;

use crate::article::CopiedFor;
use crate::attachment::{self, HEAD, Kind, LARGEST_SVG, Published};
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Copied;
use crate::source;
use crate::source::{LARGEST_HEAD, may_have_head};
use crate::syntax;

/// So much of a file tells whether it may have a head.
const FIRST: usize = 64;

/// What is published of a file under this site path. Only as much of it is read as it takes to know.
pub(crate) fn vet(
    path: &str,
    copied: &Copied,
    readers: CopiedFor<'_>,
) -> Result<Published, Box<Diagnostic>> {
    if copied.unvetted.is_none() && !(copied.is_static && is_text(path)) {
        return Ok(Published::AsIs);
    }
    let most = match attachment::kind(path) {
        Kind::Svg => LARGEST_SVG + 1,
        _ if is_text(path) || is_data(path) => LARGEST_HEAD,
        Kind::Inert => FIRST,
        Kind::Active | Kind::Unknown => HEAD,
    };
    let bytes = first(copied, most).map_err(|error| Box::new(unreadable(copied, &error)))?;
    publish(path, &bytes, copied, readers)
}

/// The first bytes of a file; of one that may have a head, as many as that can have.
fn first(copied: &Copied, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut file = source::open(&copied.disk)?;
    file.by_ref().take(most as u64).read_to_end(&mut bytes)?;
    if may_have_head(&bytes) {
        let rest = LARGEST_HEAD.saturating_sub(bytes.len());
        file.take(rest as u64).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// What is published of a file that begins with these bytes. Files of the static folder are only asked
/// for what tier0 itself reads in articles.
pub(crate) fn publish(
    path: &str,
    bytes: &[u8],
    copied: &Copied,
    readers: CopiedFor<'_>,
) -> Result<Published, Box<Diagnostic>> {
    let of_static = || format!("{}/{path}", readers.config.site.static_folder).into();
    let shown = match &copied.unvetted {
        Some(shown) => shown,
        None if copied.is_static && is_text(path) => &of_static(),
        None => return Ok(Published::AsIs),
    };
    let fault = readers.fault(bytes, shown).or_else(|| role_block(path, bytes, shown));
    let is_attachment = copied.unvetted.is_some();
    let in_data = || {
        let may_be = is_attachment && (is_data(path) || path.ends_with(".txt"));
        may_be.then(|| readers.fault_in_data(bytes, shown)).flatten()
    };
    match fault.or_else(in_data) {
        Some(fault) => Err(fault),
        None if is_attachment => attachment::publish(path, bytes, shown),
        None => Ok(Published::AsIs),
    }
}

/// Whether a file of this name is keys and values.
fn is_data(path: &str) -> bool {
    [".yaml", ".yml", ".toml", ".json"].iter().any(|ending| path.ends_with(ending))
}

/// Whether people may have written tier0's own markdown into a file of this name.
fn is_text(path: &str) -> bool {
    path.ends_with(".txt") || attachment::kind(path) == Kind::Unknown
}

/// A role block in a file that is copied as it is.
fn role_block(path: &str, bytes: &[u8], shown: &Arc<str>) -> Option<Box<Diagnostic>> {
    let text = is_text(path).then(|| String::from_utf8_lossy(bytes))?;
    let line = 1 + text[..syntax::role_block_in_copy(&text)?].matches('\n').count();
    let problem = Diagnostic::at(Code::UnclearRoles, shown, 0..0).with_both(
        "reason",
        format!("the file is copied as it is, and nobody cuts the role block at its line {line}"),
        format!("这个文件会原样复制，第 {line} 行的角色块不会被去掉"),
    );
    Some(Box::new(problem))
}

/// The diagnostic for a file that cannot be read.
pub(crate) fn unreadable(copied: &Copied, error: &io::Error) -> Diagnostic {
    Diagnostic::general(Code::IoError)
        .with_both("action", "read", "读取")
        .with("target", copied.disk.display().to_string())
        .with("detail", error.to_string())
}
