//! The proof's own proof: whichever filter is taken away, a check finds fault.
//!
//! A filter is off on the threads of one pool, so other tests that run beside this one keep
//! theirs.

use std::collections::BTreeSet;
use std::time::Instant;

use tier0::mutation::{ALL, Filter, switch_off};

use super::{Way, canary, evasion, folder_files, gate, interference, readers, snippets};

type Check = fn() -> Vec<String>;

/// What is tried until something is wrong: the quick ones first.
const CHECKS: [(&str, Check); 15] = [
    ("pages", || readers::check(Way::Inside)),
    ("pages in doubt", || readers::check_wrong(Way::Inside)),
    ("what is said", || readers::check_said(Way::Inside)),
    ("files of folders", || folder_files::check(Way::Inside)),
    ("files that run", crate::attachments::check_inside),
    ("a public edition for more", || readers::check_public_for_more(Way::Inside)),
    ("links", || readers::check_links(Way::Inside)),
    ("editions with one memo", readers::check_shared_bodies),
    ("blocks in doubt", || evasion::check_unclear(Way::Inside)),
    ("gate", || gate::check(Way::Inside)),
    ("snippets", || snippets::check(Way::Inside)),
    ("canaries", || canary::check(Way::Inside)),
    ("random sites", || (1..=5).flat_map(|seed| interference::check(Way::Inside, seed)).collect()),
    ("places", || evasion::check(Way::Inside)),
    ("blocks in snippets", || snippets::check_places(Way::Inside)),
];

/// Runs something while a filter is off.
fn without<T: Send>(filter: Option<Filter>, run: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(2)
        .start_handler(move |_| switch_off(filter))
        .build()
        .expect("threads");
    pool.install(run)
}

#[test]
fn whichever_filter_is_taken_away_a_check_finds_fault() {
    let mut survivors = Vec::new();
    let mut used = BTreeSet::new();
    for filter in ALL {
        let start = Instant::now();
        let first = || {
            let mut faults = CHECKS.iter().enumerate();
            faults.find_map(|(number, (_, check))| Some((number, check().into_iter().next()?)))
        };
        match without(Some(*filter), first) {
            Some((number, fault)) => {
                used.insert(number);
                let fault: String = fault.chars().take(90).collect();
                let time = start.elapsed().as_secs_f64();
                println!("{filter:?}: {} ({time:.1} s): {fault}", CHECKS[number].0);
            }
            None => survivors.push(filter),
        }
    }
    assert!(survivors.is_empty(), "nobody notices that these are off: {survivors:?}");
    // A check that always finds fault would prove nothing.
    for number in used {
        let (name, check) = CHECKS[number];
        assert_eq!(without(None, check), [""; 0], "{name}, with all filters on");
    }
}
