//! Where a symbolic link inside the site may lead.
//!
//! Not everything in the site's folder is content: there are its configuration, the sites that were
//! built for other readers, and what `exclude` leaves out. A link to one of those would publish it.

use std::path::{Component, Path, PathBuf};

use super::Project;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};

/// In the root of each folder that a build has made.
const MADE_BY_A_BUILD: &str = ".tier0";

/// Places in the site's folder that no link may lead to.
pub(super) struct NoContent {
    /// Real paths of files and folders.
    places: Vec<PathBuf>,
    /// The real path of the folder of the configuration.
    base: Option<PathBuf>,
}

impl NoContent {
    /// Those of a project.
    pub(super) fn of(project: &Project, config: &Config) -> Self {
        let base = project.base();
        let own = [project.config.clone(), project.output(config)];
        let contents = config.languages.iter().filter_map(|language| language.content.as_deref());
        let contents = contents.chain([config.site.content.as_str()]);
        let excluded = contents.flat_map(|content| {
            let content = project.site.join(content);
            config.site.exclude.iter().map(move |path| content.join(path))
        });
        let places = excluded.chain(own).filter_map(|place| place.canonicalize().ok()).collect();
        NoContent { places, base: base.canonicalize().ok() }
    }

    /// Whether one of them holds this real path.
    pub(super) fn holds(&self, real: &Path) -> bool {
        let is_below_base =
            |folder: &&Path| self.base.as_ref().is_some_and(|base| folder.starts_with(base));
        let mut folders = real.ancestors().take_while(is_below_base);
        self.places.iter().any(|place| real.starts_with(place))
            || folders.any(|folder| folder.join(MADE_BY_A_BUILD).is_file())
    }
}

/// Whether a folder is a link out of the site, or lies behind one. `folder` counts from `base`; where
/// it names a place outside by itself, the site's owner has said so.
pub(super) fn leads_out(project: &Project, base: &Path, folder: &str) -> bool {
    let Ok(mut named) = base.canonicalize() else { return false };
    for part in Path::new(folder).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                named.pop();
            }
            Component::Normal(name) => named.push(name),
            Component::RootDir | Component::Prefix(_) => return false,
        }
    }
    let Ok(real) = base.join(folder).canonicalize() else { return false };
    let site = [project.site.as_path(), project.base()];
    let mut site = site.into_iter().filter_map(|folder| folder.canonicalize().ok());
    real != named && !site.any(|folder| real.starts_with(folder))
}

/// What is reported for such a folder.
pub(super) fn outside(folder: &str) -> Diagnostic {
    Diagnostic::at(Code::OutsideSite, &folder.into(), 0..0).with("target", folder)
}
