//! Files of the output that come from the disk, as they are published.

use std::fs::File;
use std::io::{self, Read};

use crate::attachment::{self, HEAD, Kind, LARGEST_SVG, Published};
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Copied;

/// What is published of a file under this site path. Only as much of it is read as it takes to know.
pub fn vet(path: &str, copied: &Copied) -> Result<Published, Box<Diagnostic>> {
    let Some(shown) = &copied.unvetted else { return Ok(Published::AsIs) };
    let most = match attachment::kind(path) {
        Kind::Inert => return Ok(Published::AsIs),
        Kind::Svg => LARGEST_SVG + 1,
        Kind::Active | Kind::Unknown => HEAD,
    };
    let mut bytes = Vec::new();
    File::open(&copied.disk)
        .and_then(|file| file.take(most as u64).read_to_end(&mut bytes))
        .map_err(|error| Box::new(unreadable(copied, &error)))?;
    attachment::publish(path, &bytes, shown)
}

/// The diagnostic for a file that cannot be read.
pub fn unreadable(copied: &Copied, error: &io::Error) -> Diagnostic {
    Diagnostic::general(Code::IoError)
        .with_both("action", "read", "读取")
        .with("target", copied.disk.display().to_string())
        .with("detail", error.to_string())
}
