//! Tests that find out while they run that this machine lacks what they need.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::panic::Location;
use std::thread;

/// The running test, or a part of it, could not be done here. A test calls this once, last.
///
/// Rust would count it as passed. `tests/run` names a file in `TIER0_SKIPPED` and takes each line of
/// it from the passed tests to the skipped ones.
#[track_caller]
#[allow(clippy::disallowed_methods, reason = "tests/run hands the file over")]
pub(crate) fn skip(why: &str) {
    let (thread, place) = (thread::current(), Location::caller());
    let test = thread.name().unwrap_or_default();
    let why = why.lines().collect::<Vec<_>>().join(" ");
    let line = format!("{test} ({}:{}): {why}\n", place.file(), place.line());
    // Not by a macro: what those print is not shown for a test that does not fail.
    let _ = std::io::stderr().write_all(format!("skipped {line}").as_bytes());
    if let Some(list) = std::env::var_os("TIER0_SKIPPED") {
        let list = OpenOptions::new().create(true).append(true).open(list);
        list.and_then(|mut list| list.write_all(line.as_bytes())).expect("TIER0_SKIPPED to write");
    }
}
