//! Which folders and which configuration file are meant.

use std::path::{Component, Path, PathBuf};

use crate::config::Config;

/// The folders of a site on this disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// The site folder: content paths are relative to it.
    pub site: PathBuf,
    /// The configuration file; it need not exist unless it was named.
    pub config: PathBuf,
    /// Whether the configuration was named on the command line.
    pub config_is_named: bool,
    /// The address that was named on the command line, in the place of the configuration's.
    pub base_url: Option<String>,
    /// Whether slips are to stop its builds, whatever the configuration says.
    pub strict: bool,
}

impl Project {
    /// The project in `site`, with another configuration file if one is named.
    pub fn new(site: &Path, config: Option<&Path>) -> Self {
        Project {
            site: site.to_path_buf(),
            config: config.map_or_else(|| site.join("tier0.toml"), Path::to_path_buf),
            config_is_named: config.is_some(),
            base_url: None,
            strict: false,
        }
    }

    /// The folder of the configuration file: static files, themes and output are beside it.
    pub fn base(&self) -> &Path {
        match self.config.parent() {
            Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
            Some(parent) => parent,
            None => Path::new("."),
        }
    }

    /// A path beside the configuration file, without detours through `..` where the folders it
    /// leaves are named in it.
    pub fn beside(&self, path: &str) -> PathBuf {
        let mut joined = PathBuf::new();
        for part in self.base().join(path).components() {
            let leaves = matches!(part, Component::ParentDir)
                && matches!(joined.components().next_back(), Some(Component::Normal(_)));
            match part {
                Component::CurDir => {}
                _ if leaves => {
                    joined.pop();
                }
                other => joined.push(other),
            }
        }
        joined
    }

    /// The folder that gets one folder per edition.
    pub(crate) fn output(&self, config: &Config) -> PathBuf {
        let named = &config.site.output;
        if config.site.output_is_here { PathBuf::from(named) } else { self.beside(named) }
    }

    /// The configuration's path as people named it.
    pub fn config_name(&self) -> String {
        if self.config_is_named { super::slashed(&self.config) } else { "tier0.toml".to_owned() }
    }
}
