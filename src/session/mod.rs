//! One project, read and built: for `build`, `check`, `serve` and `audit`, and for tests.
//!
//! 1. [`Session`] reads the project, and remembers what it is told to remember.
//! 2. [`build`] makes every file of an edition and hands it to a [`Sink`], through the leak gate.
//! 3. [`planned`] makes files of an edition when somebody asks for them, with the same plan.
//!
//! Files of the disk are looked at by [`copies`] before they are published, and by [`sweep`].

mod build;
mod copies;
mod planned;
mod sink;
mod sweep;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::config::Edition;
use crate::diagnostic::Diagnostic;
use crate::pipeline::{self, BuildCache, Progress};
use crate::source::{Changed, Inputs, Project, ProjectReader};

pub use crate::pipeline::Request;
pub(crate) use crate::pipeline::{Guarding, Stage, doubts_readers, may_be_tied};
pub use build::Build;
pub(crate) use build::Sources;
pub use planned::Planned;
pub use sink::{Body, Nowhere, Sink, Swept};
pub(crate) use sweep::Sweep;

/// A project that is read and built, once or again and again.
#[derive(Debug)]
pub struct Session {
    project: Project,
    reader: ProjectReader,
    inputs: Arc<Inputs>,
    problems: Vec<Diagnostic>,
    memory: Memory,
}

/// What builds of a session have from those before them. All give the same bytes.
#[derive(Debug)]
enum Memory {
    /// One memo for all: nothing, or parsed bodies.
    One(Arc<BuildCache>),
    /// What the last build of each edition made.
    Editions { shared: Arc<BuildCache>, own: Mutex<BTreeMap<String, Arc<BuildCache>>> },
}

impl Memory {
    fn remembering(shared: BuildCache) -> Self {
        Memory::Editions { shared: Arc::new(shared), own: Mutex::default() }
    }
}

impl Session {
    /// Reads a project, to build an edition of it once.
    pub fn new(project: Project) -> Self {
        Session::with(project, Memory::One(Arc::default()))
    }

    /// Reads a project, to build its editions again and again.
    pub fn remembering(project: Project) -> Self {
        Session::with(project, Memory::remembering(BuildCache::remembering()))
    }

    fn with(project: Project, memory: Memory) -> Self {
        let mut reader = ProjectReader::new(project.clone());
        let (inputs, problems) = reader.read(&Changed::Everything);
        Session { project, reader, inputs, problems, memory }
    }

    /// From now on, editions share the bodies that they parse alike.
    pub fn share_bodies(&mut self) {
        self.memory = Memory::One(Arc::new(BuildCache::sharing()));
    }

    /// Reads what has changed.
    pub fn read(&mut self, changed: &Changed) {
        (self.inputs, self.problems) = self.reader.read(changed);
    }

    /// A session of the same project that has read all of it again. It only has the theme that this one
    /// made ready, if that is the same still: for small sites that is half of the work.
    #[cfg(debug_assertions)]
    #[must_use]
    pub fn afresh(&self) -> Self {
        let mut fresh = Session::remembering(self.project.clone());
        if let Memory::Editions { shared, .. } = &self.memory
            && *fresh.inputs.theme == *self.inputs.theme
        {
            let theme = Arc::clone(&self.inputs.theme);
            fresh.inputs = Arc::new(Inputs { theme, ..(*fresh.inputs).clone() });
            fresh.memory = Memory::remembering(shared.beside());
        }
        fresh
    }

    /// From now on, the pages of these files are held back.
    pub(crate) fn hold(&mut self, held: &BTreeSet<Arc<str>>) {
        let inputs = (*self.inputs).clone();
        self.inputs = Arc::new(Inputs { held: Arc::new(held.clone()), ..inputs });
    }

    /// The folders of the project.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// What was read.
    pub(crate) fn inputs(&self) -> &Arc<Inputs> {
        &self.inputs
    }

    /// What was wrong with what was read.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// The editions that the configuration names.
    pub fn editions(&self) -> &[Edition] {
        &self.inputs.config.editions
    }

    /// The edition with this name.
    pub fn edition(&self, name: &str) -> Option<&Edition> {
        self.inputs.config.edition(name)
    }

    /// Forgets what was made of other editions than these.
    pub fn keep_editions(&mut self, is_kept: impl Fn(&str) -> bool) {
        if let Memory::Editions { own, .. } = &mut self.memory {
            let own = own.get_mut().unwrap_or_else(PoisonError::into_inner);
            own.retain(|name, _| is_kept(name));
        }
    }

    /// Forgets the parsed bodies that no edition holds any more.
    pub fn forget_unused(&self) {
        if let Memory::Editions { shared, .. } = &self.memory {
            shared.forget_unused();
        }
    }

    /// Builds an edition: every file of it goes through the leak gate into the sink.
    pub fn build(&self, request: &Request<'_>, sink: &dyn Sink, progress: &Progress<'_>) -> Build {
        build::build(&self.inputs, request, &self.memo(request.edition), sink, progress)
    }

    /// Plans an edition, whose files are made when somebody asks for them. If other machines can ask,
    /// every file is made once before: the leak gate looks at bytes.
    pub fn plan(&self, request: &Request<'_>, is_exposed: bool) -> Planned {
        let memo = self.memo(request.edition);
        let plan = pipeline::plan(&self.inputs, request, &memo, &|_, _| {});
        Planned::new(plan, &self.project, is_exposed)
    }

    /// The leak gate of an edition alone, to look at an output that exists; none if the edition
    /// excludes nothing.
    pub(crate) fn sweep(&self, request: &Request<'_>) -> Option<Sweep> {
        let memo = self.memo(request.edition);
        pipeline::plan(&self.inputs, request, &memo, &|_, _| {}).gate().map(Sweep::new)
    }

    fn memo(&self, edition: &Edition) -> Arc<BuildCache> {
        match &self.memory {
            Memory::One(memo) => Arc::clone(memo),
            Memory::Editions { shared, own } => {
                let mut own = own.lock().unwrap_or_else(PoisonError::into_inner);
                let memo = own.entry(edition.name.clone());
                Arc::clone(memo.or_insert_with(|| Arc::new(shared.beside())))
            }
        }
    }
}
