//! What a build remembers beside its output: `.NAME.tier0.json`, the source of each page.
//!
//! The site itself does not tell its readers where its sources lie.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::session::Sources;

/// Writes the file of an output that has just been published.
pub(crate) fn write(output: &Path, sources: &Sources) -> Result<(), (PathBuf, io::Error)> {
    let path = beside(output).map_err(|error| (output.to_path_buf(), error))?;
    let mut new = path.clone().into_os_string();
    new.push(".new");
    let text = serde_json::to_vec(sources).map_err(io::Error::from);
    // Whoever reads it meanwhile gets a whole one.
    let written =
        text.and_then(|text| fs::write(&new, text)).and_then(|()| fs::rename(&new, &path));
    written.map_err(|error| (path, error))
}

/// Reads the file of an output; empty when there is none.
pub(crate) fn read(output: &Path) -> Result<Sources, (PathBuf, io::Error)> {
    let path = beside(output).map_err(|error| (output.to_path_buf(), error))?;
    match fs::read(&path) {
        Ok(text) => serde_json::from_slice(&text).map_err(|error| (path, error.into())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Sources::new()),
        Err(error) => Err((path, error)),
    }
}

fn beside(output: &Path) -> io::Result<PathBuf> {
    let real = fs::canonicalize(output)?;
    let mut name = OsString::from(".");
    name.push(real.file_name().unwrap_or_default());
    name.push(".tier0.json");
    Ok(real.with_file_name(name))
}
