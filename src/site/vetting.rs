//! Whether a page may publish a file that it leads to.

use super::Files;
use crate::attachment::{self, Kind};
use crate::config::{Config, Edition};
use crate::diagnostic::{Code, Diagnostic};
use crate::edition::FileReaders;
use crate::source::ContentFile;

/// What decides it.
pub(super) struct Vetting<'a> {
    pub edition: &'a Edition,
    pub config: &'a Config,
    pub readers: &'a FileReaders,
}

impl<'a> Vetting<'a> {
    pub(crate) fn new(edition: &'a Edition, config: &'a Config, files: &Files<'a>) -> Self {
        Vetting { edition, config, readers: files.readers }
    }

    /// Whether the site's owner vouches for the file at a content path, or why the page must not
    /// publish it; `problem` stands at the link.
    pub(crate) fn vet(
        &self,
        path: &str,
        file: &ContentFile,
        problem: impl Fn(Code) -> Diagnostic,
    ) -> Result<bool, Diagnostic> {
        let places = [Some(path), file.origin.as_deref()];
        for folder in places.into_iter().flatten().filter_map(|path| self.readers.of(path)) {
            if folder.refuses(self.edition) {
                return Err(folder.complete(problem(Code::FileOfOtherReaders), &file.path));
            }
        }
        let is_vouched_for = self.config.security.vouches_for(path);
        if !is_vouched_for && attachment::kind(path) == Kind::Active {
            let problem = problem(Code::ActiveFile).with("target", &*file.path);
            return Err(attachment::active(problem, path));
        }
        Ok(is_vouched_for)
    }
}
