//! The proof's own proof: whichever policy is taken away, a check finds fault.
//!
//! A policy is off on the threads of one pool, so other tests that run beside this one keep
//! theirs.

use std::time::Instant;

use tier0::{Policy, switch_off};

use super::{Way, canary, evasion, folder_files, gate, interference, layers, readers, snippets};
use crate::support::is_long;

/// Faults, found as far as somebody asks for them.
type Faults = Box<dyn Iterator<Item = String>>;
type Check = fn() -> Faults;

fn all(faults: Vec<String>) -> Faults {
    Box::new(faults.into_iter())
}

/// What can find fault: the quick ones first.
const CHECKS: [(&str, Check); 16] = [
    ("pages", || all(readers::check(Way::Inside))),
    ("pages in doubt", || all(readers::check_wrong(Way::Inside))),
    ("what is said", || all(readers::check_said(Way::Inside))),
    ("layers", || all(layers::check_each())),
    ("files of folders", || all(folder_files::check(Way::Inside))),
    ("files that run", || all(crate::attachments::check_inside())),
    ("a public edition for more", || all(readers::check_public_for_more(Way::Inside))),
    ("links", || all(readers::check_links(Way::Inside))),
    ("editions with one memo", || all(readers::check_shared_bodies())),
    ("blocks in doubt", || all(evasion::check_unclear(Way::Inside))),
    ("gate", || Box::new(gate::check(Way::Inside))),
    ("snippets", || all(snippets::check(Way::Inside))),
    ("canaries", || all(canary::check(Way::Inside))),
    ("random sites", || Box::new((1..=5).flat_map(|seed| interference::check(Way::Inside, seed)))),
    ("places", || all(evasion::check(Way::Inside))),
    ("blocks in snippets", || all(snippets::check_places(Way::Inside))),
];

/// Which check finds fault without which policies.
const FOUND_BY: [(&str, &[Policy]); 9] = [
    ("pages in doubt", &[Policy::KnownRoles]),
    (
        "pages",
        &[
            Policy::PageRoles,
            Policy::Drafts,
            Policy::TranslatedRoles,
            Policy::CascadedRoles,
            Policy::OnlyBlocks,
            Policy::UnreferredFiles,
        ],
    ),
    ("what is said", &[Policy::InternalBlocks]),
    ("a public edition for more", &[Policy::PublicIsPublic]),
    ("blocks in doubt", &[Policy::UnclearBlocks, Policy::FencesInHiding]),
    ("layers", &[Policy::ReadAgain]),
    ("files of folders", &[Policy::FilesOfFolders]),
    ("snippets", &[Policy::SnippetRoles]),
    ("gate", &[Policy::GateFiles]),
];

/// Each of these is one layer of several: nobody misses it alone. `layers` takes away the others.
const NOT_ALONE: [Policy; 2] = [Policy::BlocksWritten, Policy::GateScan];

/// Runs something while policies are off.
pub fn without<T: Send>(
    policies: impl IntoIterator<Item = Policy> + Clone + Sync + Send + 'static,
    run: impl FnOnce() -> T + Send,
) -> T {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(2)
        .start_handler(move |_| switch_off(policies.clone()))
        .build()
        .expect("threads");
    pool.install(run)
}

/// What the first check that finds fault without a policy finds, and the check.
fn found(policy: Policy) -> Option<(&'static str, String)> {
    without(Some(policy), || CHECKS.iter().find_map(|(name, check)| Some((*name, check().next()?))))
}

/// What is wrong with a row of [`FOUND_BY`], where the check does not find what it is to find.
fn missed(policy: Policy, by: &str) -> Option<String> {
    let (_, check) = CHECKS.iter().find(|(name, _)| *name == by).expect("a check of this name");
    if without(Some(policy), || check().next()).is_some() {
        return None;
    }
    Some(match found(policy) {
        Some((name, fault)) => format!(
            "FOUND_BY is out of date: {policy:?} is found by {name:?}, not by {by:?}: {fault}"
        ),
        None => format!("nobody notices that {policy:?} is off"),
    })
}

/// Every fourth policy, so that these tests run beside each other.
fn quarter(number: usize) {
    let start = Instant::now();
    let rows = FOUND_BY.iter().flat_map(|(by, policies)| policies.iter().map(move |f| (*f, *by)));
    let mut faults = Vec::new();
    for (policy, by) in rows.skip(number).step_by(4) {
        faults.extend(missed(policy, by));
        println!("{policy:?}: {by} ({:.1} s)", start.elapsed().as_secs_f64());
    }
    assert_eq!(faults, [""; 0]);
}

#[test]
fn whichever_policy_is_taken_away_a_check_finds_fault_1() {
    quarter(0);
}

#[test]
fn whichever_policy_is_taken_away_a_check_finds_fault_2() {
    quarter(1);
}

#[test]
fn whichever_policy_is_taken_away_a_check_finds_fault_3() {
    quarter(2);
}

#[test]
fn whichever_policy_is_taken_away_a_check_finds_fault_4() {
    quarter(3);
}

#[test]
fn every_policy_has_one_check() {
    let mut rows: Vec<_> = FOUND_BY.iter().flat_map(|(_, policies)| *policies).collect();
    rows.extend(&NOT_ALONE);
    let mut all: Vec<_> = Policy::ALL.iter().collect();
    rows.sort_by_key(|policy| **policy as usize);
    all.sort_by_key(|policy| **policy as usize);
    assert_eq!(rows, all);
}

/// A check that always finds fault would prove nothing.
#[test]
fn with_all_policies_on_no_check_finds_fault() {
    for (name, check) in CHECKS {
        if is_long() || FOUND_BY.iter().any(|(by, _)| *by == name) {
            assert_eq!(without(None, || check().next()), None, "{name}");
        }
    }
}
