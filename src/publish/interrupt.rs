//! Ctrl-C, and being asked to end: the staging folder goes, and the output stays as it was.
//!
//! Whoever writes a file into a stage holds [`STAGED`] for reading; the thread that waits for signals
//! takes it for writing, so that nothing is written behind its back, and ends the process with it.
//! From the moment on at which a stage takes the place of the output, it is waited for instead.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::swap;

/// What a shell takes for an end by Ctrl-C.
const INTERRUPTED: i32 = 130;

static STAGED: RwLock<BTreeMap<u64, Stage>> = RwLock::new(BTreeMap::new());
static NEXT: AtomicU64 = AtomicU64::new(0);
/// Stages that are taking the place of their output.
static COMMITTING: AtomicUsize = AtomicUsize::new(0);

/// Whether a stage has taken the place of its output.
static PUBLISHED: AtomicBool = AtomicBool::new(false);

/// What goes with a stage that is given up.
#[derive(Debug)]
struct Stage {
    folder: PathBuf,
    lock: PathBuf,
    new_folders: Vec<PathBuf>,
}

/// A stage that an interruption removes.
#[derive(Debug)]
pub(super) struct Interruptible(u64);

impl Interruptible {
    pub(super) fn new(folder: &Path, lock: &Path, new_folders: &[PathBuf]) -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let stage = Stage {
            folder: folder.to_path_buf(),
            lock: lock.to_path_buf(),
            new_folders: new_folders.to_vec(),
        };
        STAGED.write().unwrap_or_else(PoisonError::into_inner).insert(number, stage);
        Interruptible(number)
    }

    /// Held while a file is written.
    pub(super) fn hold() -> impl Drop {
        STAGED.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// From here on the stage is waited for.
    pub(super) fn commit(&self) -> Committing {
        let mut staged = STAGED.write().unwrap_or_else(PoisonError::into_inner);
        COMMITTING.fetch_add(1, Ordering::SeqCst);
        staged.remove(&self.0);
        Committing
    }
}

impl Drop for Interruptible {
    fn drop(&mut self) {
        STAGED.write().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// A stage that takes the place of its output.
pub(super) struct Committing;

impl Committing {
    /// The stage is the output now.
    pub(super) fn has_swapped(&self) {
        PUBLISHED.store(true, Ordering::SeqCst);
    }
}

impl Drop for Committing {
    fn drop(&mut self) {
        COMMITTING.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Lets signals end the process in good order. `last_words` are said if a stage is given up.
pub(crate) fn watch(last_words: impl Fn() + Send + 'static) {
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM, SIGHUP]) else { return };
    let wait = move || {
        if signals.forever().next().is_none() {
            return;
        }
        let staged = loop {
            let staged = STAGED.write().unwrap_or_else(PoisonError::into_inner);
            // What has been published is to be told of. Little is left to do then, or another stage.
            let is_over = staged.is_empty() && PUBLISHED.load(Ordering::SeqCst);
            if COMMITTING.load(Ordering::SeqCst) == 0 && !is_over {
                break staged;
            }
            drop(staged);
            std::thread::sleep(Duration::from_millis(5));
        };
        for stage in staged.values() {
            let _ = swap::clear(&stage.folder);
            let _ = std::fs::remove_file(&stage.lock);
            for folder in &stage.new_folders {
                let _ = std::fs::remove_dir(folder);
            }
        }
        if !staged.is_empty() {
            last_words();
        }
        std::process::exit(INTERRUPTED);
    };
    // Without a thread, a signal ends the process as it always did; the next build clears up.
    let _ = std::thread::Builder::new().name("signals".to_owned()).spawn(wait);
}
