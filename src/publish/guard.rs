//! Decides whether a folder may be an output. Only reads.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::error::{Action, PublishError, Reason};
use super::marker::{self, Manifest, Marker};

/// The folders that an output must stay clear of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Guard<'a> {
    /// The site's folder. An output may lie inside it.
    pub project: &'a Path,
    /// The folders the site is made from: content, static files, themes. An output may lie inside
    /// one only if that one also holds the project, as with `content = "."`.
    pub sources: &'a [PathBuf],
    /// The edition that is to go there.
    pub edition: &'a str,
}

/// What stands at the place of the output.
pub(super) enum OutputState {
    /// Nothing.
    Missing,
    /// A folder with nothing in it.
    Empty,
    /// A tree that a build has made.
    Ours(Manifest),
    /// A folder with something else in it.
    Foreign,
    /// A file, a device, a link.
    NotAFolder,
}

/// The real path of an output that passes all rules. `home` is the user's home folder.
pub(super) fn check(
    output: &Path,
    guard: &Guard,
    home: Option<&Path>,
) -> Result<PathBuf, PublishError> {
    let real = resolve(output)?;
    if let Some(reason) = danger(&real, guard, home) {
        return Err(PublishError::Unsafe { path: output.to_path_buf(), reason });
    }
    match look(&real)? {
        OutputState::Missing | OutputState::Empty => Ok(real),
        OutputState::Ours(marker) => match marker.other_edition(&real, guard.edition) {
            None => Ok(real),
            Some(other) => Err(PublishError::OtherEdition {
                path: output.to_path_buf(),
                edition: guard.edition.to_owned(),
                other,
            }),
        },
        OutputState::Foreign => Err(PublishError::NotOurs { path: output.to_path_buf() }),
        OutputState::NotAFolder => {
            Err(PublishError::Unsafe { path: output.to_path_buf(), reason: Reason::NotAFolder })
        }
    }
}

/// What stands at a real path.
pub(super) fn look(real: &Path) -> Result<OutputState, PublishError> {
    let read = |error| PublishError::io(Action::Read, real)(error);
    match fs::symlink_metadata(real) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(OutputState::Missing),
        Err(error) => return Err(read(error)),
        Ok(metadata) if !metadata.is_dir() => return Ok(OutputState::NotAFolder),
        Ok(_) => {}
    }
    if let Some(Marker::Output(marker)) = marker::read(real).map_err(read)? {
        return Ok(OutputState::Ours(marker));
    }
    let empty = fs::read_dir(real).map_err(read)?.next().is_none();
    Ok(if empty { OutputState::Empty } else { OutputState::Foreign })
}

/// Why a real path must not be an output, whatever stands there.
fn danger(real: &Path, guard: &Guard, home: Option<&Path>) -> Option<Reason> {
    if real.parent().is_none() {
        return Some(Reason::Root);
    }
    if home.is_some_and(|home| known(home).starts_with(real)) {
        return Some(Reason::Home);
    }
    let project = known(guard.project);
    if project.starts_with(real) {
        return Some(Reason::Project);
    }
    for named in guard.sources {
        let source = known(named);
        if source.starts_with(real) {
            return Some(Reason::HoldsSource(named.clone()));
        }
        if real.starts_with(&source) && !project.starts_with(&source) {
            return Some(Reason::InsideSource(named.clone()));
        }
    }
    if real.iter().any(|part| part == ".git") {
        return Some(Reason::InsideGit);
    }
    let git = real.join(".git");
    if fs::symlink_metadata(&git).is_ok() {
        return Some(Reason::HoldsGit(git));
    }
    // An output inside another one would be swapped away under its own build.
    let outer = real
        .ancestors()
        .skip(1)
        .find(|outer| matches!(marker::read(outer), Ok(Some(Marker::Output(_)))));
    outer.map(|outer| Reason::InsideOutput(outer.to_path_buf()))
}

/// The real path of a folder that need not be usable as an output.
fn known(folder: &Path) -> PathBuf {
    resolve(folder).unwrap_or_else(|_| folder.to_path_buf())
}

/// The path without links and `..`; its last parts need not exist. `..` is taken after links are
/// followed, as the system does it.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, PublishError> {
    let whole = std::path::absolute(path).map_err(PublishError::io(Action::Read, path))?;
    let mut real = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                real.pop();
            }
            Component::Prefix(_) | Component::RootDir => real.push(part),
            Component::Normal(name) => {
                real.push(name);
                match fs::canonicalize(&real) {
                    Ok(found) => real = found,
                    Err(error) if error.kind() != ErrorKind::NotFound => {
                        return Err(PublishError::io(Action::Read, path)(error));
                    }
                    Err(_) if fs::symlink_metadata(&real).is_ok() => {
                        let reason = Reason::DeadLink(real);
                        return Err(PublishError::Unsafe { path: path.to_path_buf(), reason });
                    }
                    Err(_) => {}
                }
            }
        }
    }
    Ok(real)
}
