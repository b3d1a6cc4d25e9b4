//! From arguments to a project that can be built.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::Outcome;
use super::arguments::CommonArguments;
use crate::config::{Config, Edition};
use crate::diagnostic::{Code, Diagnostic, any_error};
use crate::session::{Request, Session};
use crate::source::{Inputs, Project};

/// A project, read.
pub(crate) struct Loaded {
    pub project: Project,
    pub inputs: Arc<Inputs>,
    /// The edition that was asked for.
    pub edition: Edition,
    /// The day to build for, read once for all that is made of it.
    pub today: Date,
    /// Problems of reading.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the project that the arguments name.
pub(crate) fn load(folder: &Path, common: &CommonArguments) -> (Session, Loaded) {
    let session = Session::new(project(folder, common));
    let loaded = Loaded::new(&session, common);
    (session, loaded)
}

/// The project that the arguments name.
pub(crate) fn project(folder: &Path, common: &CommonArguments) -> Project {
    let base_url = common.base_url.clone();
    Project { base_url, strict: common.strict, ..Project::new(folder, common.config.as_deref()) }
}

impl Loaded {
    /// What was read, and the edition that was asked for.
    pub(crate) fn new(session: &Session, common: &CommonArguments) -> Self {
        let (project, inputs) = (session.project().clone(), Arc::clone(session.inputs()));
        let mut diagnostics = session.problems().to_vec();
        let found = inputs.config.edition(&common.edition).cloned();
        let mut edition = found.unwrap_or_else(|| {
            let names: Vec<_> =
                inputs.config.editions.iter().map(|edition| edition.name.as_str()).collect();
            diagnostics.push(
                Diagnostic::general(Code::UnknownEdition)
                    .with("name", &common.edition)
                    .with("allowed", names.join(", ")),
            );
            Edition::public()
        });
        if common.base_url.is_some() {
            edition.base_url = None;
        }
        Loaded { project, inputs, edition, today: common.today(), diagnostics }
    }

    /// What is asked of a build that is to be published.
    pub(crate) fn request(&self) -> Request<'_> {
        let (edition, today) = (&self.edition, self.today);
        Request { edition, drafts: false, for_authors: false, today }
    }

    /// Where the output goes.
    pub(crate) fn output(&self, common: &CommonArguments) -> PathBuf {
        output(&self.project, &self.inputs.config, &self.edition.name, common)
    }

    /// Folders the site is made from.
    pub(crate) fn sources(&self) -> Vec<PathBuf> {
        let (site, config) = (&self.project.site, &self.inputs.config);
        let mut folders = vec![site.join(&config.site.content), self.project.base().join("themes")];
        if config.site.copies_static {
            folders.push(self.project.base().join(&config.site.static_folder));
        }
        folders.extend(
            config
                .languages
                .iter()
                .filter_map(|language| Some(site.join(language.content.as_ref()?))),
        );
        folders
    }

    /// Folders and files that the site is made from.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut files = self.sources();
        files.push(self.project.config.clone());
        let settings = self.inputs.adopted.iter().filter_map(|adopted| adopted.system.as_ref());
        files.extend(settings.map(|(_, file)| self.project.site.join(file)));
        files
    }

    /// Whether the configuration cannot be trusted: then nothing is built, since roles and
    /// editions may be other than they were meant.
    pub(crate) fn is_unusable(&self) -> bool {
        let is_of_config = |d: &Diagnostic| {
            d.code == Code::IoError
                && d.place.as_ref().is_some_and(|place| place.path == self.inputs.config_path)
        };
        self.outcome() == Outcome::Usage || self.diagnostics.iter().any(is_of_config)
    }

    /// How a run ends that got no further.
    pub(crate) fn outcome(&self) -> Outcome {
        outcome(&self.diagnostics, &self.inputs)
    }
}

/// The output folder of an edition.
pub(crate) fn output(
    project: &Project,
    config: &Config,
    edition: &str,
    common: &CommonArguments,
) -> PathBuf {
    let named = common.output.clone();
    let named = named.map(|output| if common.all_editions { output.join(edition) } else { output });
    named.unwrap_or_else(|| project.output(config).join(edition))
}

/// How a run with these problems ends.
pub(crate) fn outcome(diagnostics: &[Diagnostic], inputs: &Inputs) -> Outcome {
    if !any_error(diagnostics) {
        return Outcome::Fine;
    }
    if diagnostics.iter().any(|diagnostic| diagnostic.code == Code::Leak) {
        return Outcome::Leak;
    }
    let errors = diagnostics.iter().filter(|d| d.severity == crate::diagnostic::Severity::Error);
    let kinds = errors.map(|diagnostic| match diagnostic.code {
        Code::ConfigMissing
        | Code::ConfigSyntax
        | Code::ConfigUnknownKey
        | Code::UnknownEdition
        | Code::ThemeMissing
        | Code::OutputNotOurs
        | Code::OutputOfOtherEdition
        | Code::OutputUnsafe => Outcome::Usage,
        Code::IoError | Code::OutputLocked => Outcome::Environment,
        _ if diagnostic.place.as_ref().is_some_and(|place| place.path == inputs.config_path) => {
            Outcome::Usage
        }
        _ => Outcome::Content,
    });
    // The configuration comes first: what it breaks shows up as other problems.
    let kinds: Vec<_> = kinds.collect();
    [Outcome::Usage, Outcome::Environment]
        .into_iter()
        .find(|kind| kinds.contains(kind))
        .unwrap_or(Outcome::Content)
}
