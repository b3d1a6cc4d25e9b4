//! Random tests, and how to repeat them.

/// Whether this is `tests/run --long`.
pub fn is_long() -> bool {
    std::env::var_os("TIER0_LONG").is_some()
}

/// Runs a random test with `once` seeds, or `long` in `tests/run --long`. They count from
/// `TIER0_SEED`, which `tests/run` takes from the commit, so that every commit tries others.
pub fn each_seed(once: usize, long: usize, mut test: impl FnMut(u64)) {
    let first = std::env::var("TIER0_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1u64);
    for seed in (first..).take(if is_long() { long } else { once }) {
        let _told = Told(seed);
        test(seed);
    }
}

/// Tells how to repeat what fails.
struct Told(u64);

impl Drop for Told {
    #[allow(clippy::print_stderr, reason = "whoever sees the failure wants to repeat it")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            let thread = std::thread::current();
            let (seed, test) = (self.0, thread.name().unwrap_or_default());
            eprintln!("seed {seed}; again: TIER0_SEED={seed} cargo test -- --exact {test}");
        }
    }
}
