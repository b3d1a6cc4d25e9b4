//! Reads a project again and again. What has not changed on the disk stays the very same value, so
//! that whoever remembers what was made of it need not look into it.

use std::collections::{BTreeSet, HashMap};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::head::LARGEST_HEAD;
use super::walk::{self, MarkdownFile};
use super::{ContentFile, Inputs, NearPage, Project, SourceFile, cannot_read, regular, theme};
use super::{adopted, left_out, static_folder};
use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic};

/// Some disks tell the time of a change no finer than this. A file that was younger when it was
/// read may have changed again since, and its time would not show it.
const COARSEST: Duration = Duration::from_secs(2);

/// The most bytes of an article. What is larger is refused before it is read.
const LARGEST_ARTICLE: u64 = 2 * 1024 * 1024;

/// What may have changed since a project was read last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// Anything.
    Everything,
    /// Files and folders at these places, by their real paths. Nothing else has.
    Places(BTreeSet<PathBuf>),
}

/// Reads a project again and again.
#[derive(Debug)]
pub(crate) struct ProjectReader {
    project: Project,
    last: Option<Last>,
}

/// What was read last.
#[derive(Debug)]
struct Last {
    inputs: Arc<Inputs>,
    /// The configuration as it is written.
    written: Arc<Config>,
    /// What the text of the configuration has to say, and what all else has.
    of_config: Vec<Diagnostic>,
    of_files: Vec<Diagnostic>,
    /// The files of all articles by their real paths.
    known: HashMap<PathBuf, KnownFile>,
}

/// A file as it was read.
#[derive(Debug)]
struct KnownFile {
    /// The articles that it is, by their numbers: links give it more than one name.
    numbers: Vec<usize>,
    stamp: Option<Stamp>,
}

/// What the disk says of a file without reading it; none for a file that was too young.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: SystemTime,
    length: u64,
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let metadata = std::fs::metadata(path).ok()?;
        let modified = metadata.modified().ok()?;
        let age = SystemTime::now().duration_since(modified).ok()?;
        (age > COARSEST).then_some(Stamp { modified, length: metadata.len() })
    }
}

impl ProjectReader {
    /// A reader that has read nothing yet.
    pub(crate) fn new(project: Project) -> Self {
        ProjectReader { project, last: None }
    }

    /// Reads what has changed. Diagnostics of this stage come beside the inputs, which are as whole
    /// as they can be.
    pub(crate) fn read(&mut self, changed: &Changed) -> (Arc<Inputs>, Vec<Diagnostic>) {
        let last = self.last.take();
        let next = match (last, changed) {
            (Some(last), Changed::Places(places)) => match last.with_articles(places) {
                Ok(next) => next,
                Err(last) => whole(&self.project, Some(&last), Some(places)),
            },
            (last, _) => whole(&self.project, last.as_ref(), None),
        };
        let problems = next.of_config.iter().chain(&next.of_files).cloned().collect();
        let inputs = Arc::clone(&next.inputs);
        self.last = Some(next);
        (inputs, problems)
    }
}

impl Last {
    /// Reads articles again that changed where they lie. If anything else has happened, too, all is
    /// as it was.
    fn with_articles(mut self, places: &BTreeSet<PathBuf>) -> Result<Self, Self> {
        let read = places.par_iter().map(|place| {
            let known = self.known.get(place)?;
            // A link in the place of a file may lead anywhere.
            let is_file = std::fs::symlink_metadata(place).is_ok_and(|data| data.is_file());
            let stamp = Stamp::of(place);
            let bytes = is_file.then(|| regular::read(place, LARGEST_ARTICLE).ok()).flatten()?;
            let (text, invalid_utf8) = text(bytes);
            let known = KnownFile { numbers: known.numbers.clone(), stamp };
            Some((place, known, Arc::from(text), invalid_utf8))
        });
        let Some(read) = read.collect::<Option<Vec<_>>>() else { return Err(self) };
        let mut articles = None;
        for (place, known, text, invalid_utf8) in read {
            for number in &known.numbers {
                let old = &self.inputs.articles[*number];
                if text != old.text || invalid_utf8 != old.invalid_utf8 {
                    let articles = articles.get_or_insert_with(|| self.inputs.articles.clone());
                    let text = Arc::clone(&text);
                    articles[*number] =
                        Arc::new(SourceFile { text, invalid_utf8, ..(**old).clone() });
                }
            }
            self.known.insert(place.clone(), known);
        }
        if let Some(articles) = articles {
            self.inputs = Arc::new(Inputs { articles, ..(*self.inputs).clone() });
        }
        Ok(self)
    }
}

/// Reads a project: all of it, or where the disk says that files are as they were, only what lies
/// at `places` and what is new.
fn whole(project: &Project, last: Option<&Last>, places: Option<&BTreeSet<PathBuf>>) -> Last {
    let old = last.map(|last| &*last.inputs);
    let config_path: Arc<str> = project.config_name().into();
    let (config_text, mut of_files) = super::read_config(project, &config_path);
    let same = last.filter(|last| last.inputs.config_text == config_text);
    let (written, of_config) = match same {
        Some(last) => (Arc::clone(&last.written), last.of_config.clone()),
        None => read_config(project, &config_path, &config_text),
    };
    let adopted = adopted::find(project, &written, &mut of_files);
    let config = match &adopted {
        Some(adopted) => {
            let has_file = project.config.is_file();
            kept(old.map(|old| &old.config), adopted.apply(&written, has_file))
        }
        None => Arc::clone(&written),
    };
    let mut found = walk::content(project, &config, &mut of_files);
    let near_pages = found.near_pages.iter().filter_map(|file| near_page(file, &mut of_files));
    let near_pages = kept(old.map(|old| &old.near_pages), near_pages.collect());
    let files = kept(old.map(|old| &old.files), found.files);
    let left_out = kept(old.map(|old| &old.left_out), left_out::heads(project, &config));
    let known = last.zip(places);
    let markdown = std::mem::take(&mut found.markdown);
    let mut read: Vec<_> = markdown.into_par_iter().map(|file| article(file, old, known)).collect();
    read.sort_by(|a, b| a.path.cmp(&b.path));
    let mut articles = Vec::with_capacity(read.len());
    let mut by_place: HashMap<_, KnownFile> = HashMap::with_capacity(read.len());
    for Article { file, place, stamp, .. } in read {
        match file {
            Ok(file) => {
                let known = by_place
                    .entry(place)
                    .or_insert_with(|| KnownFile { numbers: Vec::new(), stamp });
                known.numbers.push(articles.len());
                // It may have been read twice, and changed in between.
                known.stamp = known.stamp.filter(|first| Some(*first) == stamp);
                articles.push(file);
            }
            Err(problem) => of_files.push(problem),
        }
    }
    let static_files = static_folder::files(project, &config, &config_path, &mut of_files);
    let static_origins = kept(old.map(|old| &old.static_origins), static_files.origins);
    let static_files = kept(old.map(|old| &old.static_files), static_files.disk);
    let theme = theme::load(project, &config, &mut of_files);
    let theme = kept(old.map(|old| &old.theme), theme);
    let inputs = Arc::new(Inputs {
        config,
        adopted,
        config_path,
        config_text,
        articles,
        held: Arc::default(),
        left_out,
        files,
        near_pages,
        static_files,
        static_origins,
        theme,
    });
    Last { inputs, written, of_config, of_files, known: by_place }
}

fn read_config(project: &Project, path: &Arc<str>, text: &str) -> (Arc<Config>, Vec<Diagnostic>) {
    let (mut config, mut problems) = config::read(path, text);
    config.site.strict |= project.strict;
    if let Some(named) = &project.base_url {
        match config::base_url(named) {
            Some(url) => config.site.base_url = Some(url),
            None => problems.push(
                Diagnostic::at(Code::InvalidValue, path, 0..0)
                    .with("key", "--base-url")
                    .with("value", named)
                    .with("allowed", "https://help.example.com/"),
            ),
        }
    }
    (Arc::new(config), problems)
}

/// The old value where the new one is no other.
fn kept<T: PartialEq>(old: Option<&Arc<T>>, new: T) -> Arc<T> {
    old.filter(|old| ***old == new).map_or_else(|| Arc::new(new), Arc::clone)
}

/// An article that was found, or why it cannot be read.
struct Article {
    path: Arc<str>,
    /// Its real path.
    place: PathBuf,
    stamp: Option<Stamp>,
    file: Result<Arc<SourceFile>, Diagnostic>,
}

fn article(
    found: MarkdownFile,
    old: Option<&Inputs>,
    known: Option<(&Last, &BTreeSet<PathBuf>)>,
) -> Article {
    let MarkdownFile { path, content_path, tree_language, disk, place, origin } = found;
    // Before the file is read: what happens after that gives it another one.
    let stamp = Stamp::of(&disk);
    let mut file = SourceFile {
        path: Arc::clone(&path),
        content_path: content_path.into(),
        tree_language,
        origin: origin.map(Into::into),
        text: Arc::from(""),
        invalid_utf8: None,
    };
    let same_name = |old: &Arc<SourceFile>| {
        (&old.content_path, &old.tree_language, &old.origin)
            == (&file.content_path, &file.tree_language, &file.origin)
    };
    let before = old.and_then(|old| {
        let at = old.articles.binary_search_by(|article| article.path.cmp(&path)).ok()?;
        Some((at, &old.articles[at])).filter(|(_, old)| same_name(old))
    });
    // A folder that came or went says nothing of the files in it; a link may lead to another file,
    // whose stamp says nothing of what was behind it before.
    if let Some((last, places)) = known
        && let Some((number, before)) = before
        && !place.ancestors().any(|place| places.contains(place))
        && let Some(known) = last.known.get(&place)
        && known.numbers.contains(&number)
        && known.stamp.is_some()
        && known.stamp == stamp
    {
        return Article { path, place, stamp, file: Ok(Arc::clone(before)) };
    }
    let read = regular::read(&disk, LARGEST_ARTICLE);
    let read = read.map_err(|error| unreadable(&path, &disk, &error)).map(|bytes| {
        let (text, invalid_utf8) = text(bytes);
        let before = before.map(|(_, before)| before);
        match before.filter(|old| *old.text == *text && old.invalid_utf8 == invalid_utf8) {
            Some(before) => Arc::clone(before),
            None => {
                (file.text, file.invalid_utf8) = (text.into(), invalid_utf8);
                Arc::new(file)
            }
        }
    });
    Article { path, place, stamp, file: read }
}

fn near_page(file: &ContentFile, problems: &mut Vec<Diagnostic>) -> Option<NearPage> {
    let read = regular::open(&file.disk).and_then(|disk| {
        let mut head = Vec::new();
        disk.take(LARGEST_HEAD as u64).read_to_end(&mut head)?;
        Ok(head)
    });
    match read {
        Ok(head) => Some(NearPage { path: Arc::clone(&file.path), head }),
        Err(error) => {
            problems.push(cannot_read(&file.path, &error));
            None
        }
    }
}

/// Why an article is not read.
fn unreadable(path: &Arc<str>, disk: &Path, error: &std::io::Error) -> Diagnostic {
    if error.kind() != std::io::ErrorKind::FileTooLarge {
        return cannot_read(path, error);
    }
    let kib = |bytes: u64| format!("{} KiB", bytes.div_ceil(1024));
    let size = std::fs::metadata(disk).map_or(LARGEST_ARTICLE + 1, |metadata| metadata.len());
    Diagnostic::at(Code::FileTooLarge, path, 0..0)
        .with("size", kib(size))
        .with("limit", kib(LARGEST_ARTICLE))
}

/// The text of a file, and where it stops being UTF-8.
fn text(bytes: Vec<u8>) -> (String, Option<usize>) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at))
        }
    }
}
