//! How many threads there may be. Where a limit leaves none, all is done by the one there is.

use std::sync::{Arc, RwLock};
use std::thread::{self, JoinHandle};

/// Makes ready for parallel work. The pool of `rayon` fails for good if one of its threads cannot be
/// made, so it is asked for no more than there can be.
///
/// # Errors
/// If nothing can be done in parallel, not even by one thread.
pub(crate) fn prepare() -> Result<(), String> {
    let named = std::env::var("RAYON_NUM_THREADS").ok();
    let named = named.and_then(|number| number.parse().ok()).filter(|number| *number > 0);
    let wanted = named.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    let possible = possible(wanted);
    let pool = rayon::ThreadPoolBuilder::new();
    let pool = match possible {
        0 => pool.num_threads(1).use_current_thread(),
        _ => pool.num_threads(possible),
    };
    pool.build_global().map_err(|error| error.to_string())
}

/// How many of so many threads can be there at a time.
fn possible(wanted: usize) -> usize {
    let gate = Arc::new(RwLock::new(()));
    let closed = gate.write();
    let waiting = |_| -> std::io::Result<JoinHandle<()>> {
        let gate = Arc::clone(&gate);
        thread::Builder::new().spawn(move || drop(gate.read()))
    };
    let threads: Vec<_> = (0..wanted).map(waiting).map_while(Result::ok).collect();
    drop(closed);
    threads.into_iter().filter_map(|thread| thread.join().ok()).count()
}
