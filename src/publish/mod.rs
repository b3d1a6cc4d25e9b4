//! Writes the output. The only module that does.
//!
//! 1. [`Stage::begin`] asks [`guard`] whether the folder may be an output at all, takes the
//!    [`lock`], puts right what a killed build left behind ([`swap`]), and makes a staging
//!    folder beside the output, on the same file system.
//! 2. A [`Stage`] is a [`Sink`] of builds: it writes one file after the other into the staging folder, from any thread. A file whose bytes
//!    are those of the live one is linked to it, so that its date stays as it was.
//! 3. [`Stage::commit`] carries over what people put into the output themselves ([`foreign`]),
//!    seals the tree with its [`marker`], swaps it in, and clears the old tree away.
//!
//! Dropping a [`Stage`] before `commit` leaves the output as it was and nothing beside it.
//!
//! What holds at every moment, also after a kill: the output is one whole build, old or new, and
//! nothing is deleted that tier0 did not write. The one exception is a file system that cannot
//! exchange two folders: there the output is missing between two renames, and the next `begin`
//! brings the old tree back.
//!
//! Files a site owner keeps in the output (`CNAME`, `.well-known/`) stay there from build to
//! build. A build that would write something else to the path of such a file is refused.
//!
//! Nothing is flushed to the disk file by file; it would cost more than the whole build. After a
//! power cut the output may have to be built again.

#![allow(clippy::disallowed_methods, reason = "this is the edge that writes the disk")]

mod error;
mod foreign;
mod guard;
mod interrupt;
mod lasting;
mod lock;
mod marker;
mod stage;
mod swap;
mod write;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use crate::session::Body;
#[cfg(doc)]
use crate::session::Sink;
pub(crate) use error::PublishError;
pub(crate) use guard::Guard;
pub(crate) use interrupt::watch;
pub(crate) use stage::Stage;

/// What a build has put out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Published {
    /// Files written by this build, not counting its marker.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Old trees that could not be deleted. They are no part of the output, and the next build tries
    /// again.
    pub leftovers: Vec<PathBuf>,
}
