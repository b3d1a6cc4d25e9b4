//! The file `.tier0` in the root of an output: proof that tier0 made the folder, and a note of
//! which files in it are tier0's.
//!
//! ```text
//! tier0 output 1
//! edition public
//! 03b1c6d7a84e5f20
//! …
//! lasts 03b1c6d7a84e5f20
//! …
//! ```
//!
//! The second line names the edition, so that no other one takes its place; older markers have none.
//! Each further line is a fingerprint of one path, in the order of the numbers; those of files that
//! the next build keeps once more ([`lasting`](super::lasting)) stand there again. Names are not written
//! out: the marker may be served with the site, and a page that no list shows should not appear
//! in this one. It lies inside the tree, so that tree and note are swapped, moved and cached
//! together and can never disagree.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

/// The name of the marker.
pub(super) const NAME: &str = ".tier0";

const OUTPUT: &str = "tier0 output 1";
const LASTS: &str = "lasts ";
const STAGING: &str = "tier0 staging 1";
const EDITION: &str = "edition ";
/// The edition that everybody may read.
const PUBLIC: &str = "public";

/// What a marker says about its folder.
pub(super) enum Marker {
    /// A build that is not complete.
    Staging,
    /// A whole build.
    Output(Manifest),
}

/// The files of a build.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// The edition that was built; none in older markers.
    edition: Option<String>,
    /// Sorted.
    fingerprints: Vec<u64>,
    /// Sorted.
    lasting: Vec<u64>,
}

impl Manifest {
    /// The marker of a build that has written files with these fingerprints, in any order.
    pub(super) fn new(
        edition: Option<String>,
        mut fingerprints: Vec<u64>,
        mut lasting: Vec<u64>,
    ) -> Self {
        fingerprints.sort_unstable();
        lasting.sort_unstable();
        Manifest { edition, fingerprints, lasting }
    }

    /// The edition that stands in the way of this one: another, or one that is not noted. Where none
    /// is noted, the folder's own name may tell; and what everybody may read can go anywhere.
    pub(super) fn other_edition(&self, folder: &Path, edition: &str) -> Option<Option<String>> {
        let is_in_its_place = match &self.edition {
            Some(known) => known == edition,
            None => edition == PUBLIC || folder.file_name().is_some_and(|name| name == edition),
        };
        (!is_in_its_place).then(|| self.edition.clone())
    }

    /// Whether the next build keeps the file with this fingerprint.
    pub(super) fn lasts(&self, fingerprint: u64) -> bool {
        self.lasting.binary_search(&fingerprint).is_ok()
    }

    /// Whether the build wrote the file with this path, relative to the root of the output.
    pub(super) fn wrote(&self, path: &Path) -> bool {
        let fingerprint = fingerprint(path.as_os_str().as_encoded_bytes());
        path == Path::new(NAME) || self.fingerprints.binary_search(&fingerprint).is_ok()
    }
}

/// The fingerprint of a site path.
pub(super) fn fingerprint(path: &[u8]) -> u64 {
    let hash = blake3::hash(path);
    let [a, b, c, d, e, f, g, h, ..] = *hash.as_bytes();
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// Marks a new, empty folder as a build under way.
pub(super) fn open(folder: &Path) -> io::Result<()> {
    fs::write(folder.join(NAME), format!("{STAGING}\n"))
}

/// Marks a staging folder as a whole build, in one step: a folder with files and without a
/// marker would be nobody's.
pub(super) fn seal(folder: &Path, marker: &Manifest) -> io::Result<()> {
    let mut text = String::with_capacity(16 + 17 * marker.fingerprints.len());
    text.push_str(OUTPUT);
    text.push('\n');
    if let Some(edition) = &marker.edition {
        text.push_str(&format!("{EDITION}{edition}\n"));
    }
    for fingerprint in &marker.fingerprints {
        text.push_str(&format!("{fingerprint:016x}\n"));
    }
    for fingerprint in &marker.lasting {
        text.push_str(&format!("{LASTS}{fingerprint:016x}\n"));
    }
    // No file of the site: names that begin like the marker's are reserved.
    let fresh = folder.join(format!("{NAME}-new"));
    fs::write(&fresh, text)?;
    fs::rename(&fresh, folder.join(NAME))
}

/// Reads the marker of a folder. None if it has none, or one of another format.
pub(super) fn read(folder: &Path) -> io::Result<Option<Marker>> {
    let path = folder.join(NAME);
    match fs::symlink_metadata(&path) {
        Ok(metadata) if metadata.is_file() => {}
        Ok(_) => return Ok(None),
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) => return Err(error),
    }
    // A project may keep something else under this name; that need not be text.
    let text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
    let mut lines = text.lines();
    Ok(match lines.next() {
        Some(OUTPUT) => {
            let number = |text| u64::from_str_radix(text, 16).ok();
            let edition = lines.clone().next().and_then(|line| line.strip_prefix(EDITION));
            let lasting = lines.clone().filter_map(|line| number(line.strip_prefix(LASTS)?));
            let (lasting, numbers) = (lasting.collect(), lines.filter_map(number).collect());
            let edition = edition.map(str::to_owned);
            Some(Marker::Output(Manifest::new(edition, numbers, lasting)))
        }
        // An empty marker: killed between making the file and writing to it.
        Some(STAGING) | None => Some(Marker::Staging),
        Some(_) => None,
    })
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}
