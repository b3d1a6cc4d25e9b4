//! The proof's own proof: whichever filter is taken away, a check finds fault.
//!
//! A filter is off on the threads of one pool, so other tests that run beside this one keep
//! theirs.

use std::time::Instant;

use tier0::mutation::{ALL, Filter, switch_off};

use super::{Way, canary, evasion, gate, interference, readers};

type Check = fn() -> Vec<String>;

/// What is tried until something is wrong: the quick ones first.
const CHECKS: [(&str, Check); 9] = [
    ("pages", || readers::check(Way::Inside)),
    ("pages in doubt", || readers::check_wrong(Way::Inside)),
    ("links", || readers::check_links(Way::Inside)),
    ("editions with one memo", readers::check_shared_bodies),
    ("blocks in doubt", || evasion::check_unclear(Way::Inside)),
    ("gate", || gate::check(Way::Inside)),
    ("canaries", || canary::check(Way::Inside)),
    ("random sites", || (1..=5).flat_map(|seed| interference::check(Way::Inside, seed)).collect()),
    ("places", || evasion::check(Way::Inside)),
];

/// The first check that finds fault without a filter, and what it says.
fn first_fault(filter: Option<Filter>) -> Option<(&'static str, String)> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(2)
        .start_handler(move |_| switch_off(filter))
        .build()
        .expect("threads");
    pool.install(|| {
        CHECKS.iter().find_map(|(name, check)| Some((*name, check().into_iter().next()?)))
    })
}

#[test]
fn whichever_filter_is_taken_away_a_check_finds_fault() {
    assert_eq!(first_fault(None), None, "with all filters on");
    let mut survivors = Vec::new();
    for filter in ALL {
        let start = Instant::now();
        match first_fault(Some(*filter)) {
            Some((check, fault)) => {
                let fault: String = fault.chars().take(90).collect();
                let time = start.elapsed().as_secs_f64();
                println!("{filter:?}: {check} ({time:.1} s): {fault}");
            }
            None => survivors.push(filter),
        }
    }
    assert!(survivors.is_empty(), "nobody notices that these are off: {survivors:?}");
}
