//! The two streams of the process. Neither may stop a build by being full or gone.

use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicU8, Ordering};

use super::Outcome;

/// What became of the standard output.
static STATE: AtomicU8 = AtomicU8::new(OPEN);
const OPEN: u8 = 0;
/// Whoever read it has gone (`| head`). That is no error, and nobody is told.
const CLOSED: u8 = 1;
/// It cannot be written: results are missing.
const FAILED: u8 = 2;

/// Writes to the standard output. After the first failure nothing more is tried.
pub(crate) fn write(text: &str) {
    if STATE.load(Ordering::Relaxed) != OPEN {
        return;
    }
    let mut output = io::stdout().lock();
    if let Err(error) = output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        fail(&error);
    }
}

/// Notes that the standard output could not be written.
pub(crate) fn fail(error: &io::Error) {
    if error.kind() == ErrorKind::BrokenPipe {
        STATE.store(CLOSED, Ordering::Relaxed);
    } else if STATE.swap(FAILED, Ordering::Relaxed) != FAILED {
        tell(&format!("{error}"));
    }
}

/// Whether nobody gets what is written.
pub(crate) fn is_gone() -> bool {
    STATE.load(Ordering::Relaxed) != OPEN
}

/// How a run ends, given what it came to: who asked for results and got none must hear of it. What
/// must not be shown stays the graver news.
pub(crate) fn outcome(outcome: Outcome) -> Outcome {
    match STATE.load(Ordering::Relaxed) {
        FAILED if outcome != Outcome::Leak => Outcome::Environment,
        _ => outcome,
    }
}

/// Writes a line to the error stream. There is nobody to tell if that fails.
pub(crate) fn tell(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
