//! What tests are written with: a site in a folder of its own, the real `tier0`, and what it
//! says and writes.
//!
//! ```ignore
//! let run = Site::new().file("content/a.md", "# A").build(&["--strict"]);
//! assert_eq!(run.code, 0);
//! assert!(run.page("a/").contains("<h1>A</h1>"));
//! ```

mod disk;
pub mod html;
pub mod memory;
pub mod random;
mod seeds;
pub mod skip;
pub mod tree;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub use seeds::{each_seed, is_long};
use tree::Tree;

/// A day to build for.
pub const TODAY: jiff::civil::Date = jiff::civil::Date::constant(2026, 11, 29);

/// A site in a temporary folder. It goes when this goes.
#[derive(Debug)]
pub struct Site {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

impl Site {
    /// An empty site.
    pub fn new() -> Self {
        Site {
            folder: TempDir::with_prefix("tier0-test-").expect("a temporary folder"),
            environment: Vec::new(),
        }
    }

    /// An empty site on a disk that lists files in the order they were made, where there is one.
    /// Most disks list them by a hash of their names, which hides what depends on the order.
    pub fn on_an_ordered_disk() -> Self {
        let memory = Path::new("/dev/shm");
        let folder = TempDir::with_prefix_in("tier0-test-", memory).ok();
        folder.map_or_else(Site::new, |folder| Site { folder, environment: Vec::new() })
    }

    /// A copy of a folder.
    pub fn copy_of(folder: &Path) -> Self {
        let site = Site::new();
        for (path, bytes) in Tree::read(folder).files {
            site.put(&path, &bytes);
        }
        site
    }

    /// Adds or replaces a file.
    #[must_use]
    pub fn file(self, path: &str, text: &str) -> Self {
        self.put(path, text.as_bytes());
        self
    }

    /// Sets an environment variable for `tier0`.
    #[must_use]
    pub fn environment(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The environment variables for `tier0`.
    pub fn variables(&self) -> impl Iterator<Item = (&str, &str)> {
        self.environment.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Adds or replaces a file.
    pub fn put(&self, path: &str, bytes: &[u8]) {
        disk::put(&self.path(path), bytes);
    }

    /// Deletes a file.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("a file to delete");
    }

    /// The site's folder.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// A path inside the site's folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// The output of an edition.
    pub fn output(&self, edition: &str) -> Tree {
        Tree::read(&self.path("dist").join(edition))
    }

    /// `tier0 build`, with problems as JSON.
    pub fn build(&self, arguments: &[&str]) -> Run {
        self.run(&[&["build", "--format", "json"], arguments].concat())
    }

    /// `tier0` with any arguments, in the site's folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        fs::create_dir_all(self.root()).expect("a folder");
        let output = self.command(arguments).output().expect("tier0 runs");
        let edition = arguments
            .iter()
            .position(|argument| *argument == "--edition")
            .map_or("public", |at| arguments[at + 1]);
        Run::new(&output, self.output(edition))
    }

    /// The command of [`Site::run`], not started yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tier0"));
        command
            .args(arguments)
            .current_dir(self.root())
            .stdin(Stdio::null())
            // Locale, home and threads of whoever runs the tests must not matter.
            .env("LC_ALL", "C.UTF-8")
            .env("HOME", self.folder.path())
            .env_remove("RAYON_NUM_THREADS")
            .env_remove("NO_COLOR");
        for (name, value) in &self.environment {
            command.env(name, value);
        }
        command
    }
}

/// What a run of `tier0` gave.
#[derive(Debug)]
pub struct Run {
    /// The exit code; -1 if a signal ended it.
    pub code: i32,
    /// What it printed.
    pub stdout: String,
    /// What it printed beside its results.
    pub stderr: String,
    /// Problems, from the JSON lines.
    pub problems: Vec<Problem>,
    /// The output folder of the edition afterwards.
    pub output: Tree,
}

/// One problem as `--format json` prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// `error` or `warning`.
    pub severity: String,
    /// The readable code.
    pub code: String,
    /// The file; empty for the whole site.
    pub path: String,
    /// From 1; 0 without a place.
    pub line: u64,
    /// From 1; 0 without a place.
    pub column: u64,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: String,
}

impl Problem {
    /// `error broken-link content/a.md:3:5`.
    pub fn place(&self) -> String {
        let Problem { severity, code, path, line, column, .. } = self;
        if path.is_empty() {
            format!("{severity} {code}")
        } else {
            format!("{severity} {code} {path}:{line}:{column}")
        }
    }
}

impl Run {
    fn new(output: &Output, tree: Tree) -> Self {
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!stderr.contains("panicked at"), "tier0 panicked:\n{stderr}");
        Run {
            code: output.status.code().unwrap_or(-1),
            problems: stdout.lines().filter_map(problem).collect(),
            stdout,
            stderr,
            output: tree,
        }
    }

    /// The problems, each as one line.
    pub fn places(&self) -> Vec<String> {
        self.problems.iter().map(Problem::place).collect()
    }

    /// The codes of the problems.
    pub fn codes(&self) -> Vec<&str> {
        self.problems.iter().map(|p| p.code.as_str()).collect()
    }

    /// Fails unless all is well and there is no problem at all.
    pub fn clean(self) -> Self {
        assert_eq!(self.places(), [""; 0], "{}{}", self.stdout, self.stderr);
        self.fine()
    }

    /// Fails unless the exit code is 0.
    pub fn fine(self) -> Self {
        assert_eq!(self.code, 0, "{}{}", self.stdout, self.stderr);
        self
    }

    /// The page at a url, as text.
    pub fn page(&self, url: &str) -> &str {
        self.output.text(&format!("{url}index.html"))
    }

    /// The text of an article, as html, without the frame around it.
    pub fn prose(&self, url: &str) -> &str {
        html::prose(self.page(url))
    }
}

fn problem(line: &str) -> Option<Problem> {
    let value: Value = serde_json::from_str(line).ok()?;
    if value["type"] != "problem" {
        return None;
    }
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let number = |key: &str| value[key].as_u64().unwrap_or_default();
    Some(Problem {
        severity: text("severity"),
        code: text("code"),
        path: text("path"),
        line: number("line"),
        column: number("column"),
        message: text("message"),
        help: text("help"),
    })
}

/// The repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
