//! Pages on which no other one depends: what their heads say holds for themselves alone.

use super::ties::is_group;
use super::tongues::Spoken;
use crate::config::Config;
use crate::config::keys::form;
use crate::text::fold::for_disks;
use crate::text::paths::last;

/// Heads are no longer, in bytes.
const LONGEST_HEAD: usize = 64 * 1024;

/// A file: its content path and its text.
type File<'a> = (&'a str, &'a str);

/// Whether another page may have its readers from a file whose head nobody can read: it opens a folder,
/// another file has its name in any folder and language, or a head ties them together. In doubt it may.
pub(crate) fn may_be_tied<'a>(
    (path, text): File<'a>,
    mut others: impl Iterator<Item = File<'a>>,
    config: &Config,
) -> bool {
    let (own, stem) = (bare(path, config), stem(path));
    let opens = ["_index", "index", "readme", "home"].contains(&for_disks(last(stem)).as_str());
    let is_near =
        |other: &str| other.strip_prefix(stem).is_some_and(|rest| rest.starts_with(['.', '/']));
    let mut keys = head(text).lines().filter_map(|line| line.split_once([':', '=']));
    opens
        || keys.any(|(key, _)| is_group(&form(key)))
        || others.any(|(path, text)| {
            is_near(path) || bare(path, config) == own || for_disks(head(text)).contains(&own)
        })
}

/// A path without what stands behind the first dot of its name.
fn stem(path: &str) -> &str {
    let start = path.rfind('/').map_or(0, |slash| slash + 1);
    path[start..].find('.').map_or(path, |dot| &path[..start + dot])
}

/// The name of a file without its folder, its language and its ending.
fn bare(path: &str, config: &Config) -> String {
    let key = path.rsplit_once('.').map_or(path, |(key, _)| key);
    last(&Spoken::read(&for_disks(key), false, config).bare).to_owned()
}

/// The head of a file.
fn head(text: &str) -> &str {
    let text = &text[..text.floor_char_boundary(LONGEST_HEAD)];
    let shown = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let may_be = shown.starts_with(['-', '+', '{', '<', '`', '~', ';', '—']);
    if may_be { &text[..text.find("\n---").unwrap_or(text.len())] } else { "" }
}
