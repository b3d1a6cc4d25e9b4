//! Random pages: no secret in any byte, the same bytes whatever the blocks hold, and a place for
//! every refusal.

use std::collections::BTreeSet;

use tier0::Policy;

use super::mutation::without;
use super::random_page::{Blocks, DEEP_SECRET, Kept, SECRET, page};
use super::{Built, Haystack, Way};
use crate::support::{Site, each_seed, is_long};

/// Pages of one site.
const PAGES: u64 = 120;
/// Pages that once showed a fault, by their seeds.
const KEPT: [u64; 1] = [8_556_702_000_080];

const CONFIG: &str = "\
[site]
title = \"Random\"
base_url = \"https://help.example.com/\"
[editions.desk]
roles = [\"customer\", \"hotline\", \"support\"]
";

/// The editions, the words that none of their bytes may hold, and the blocks they must not see.
const EDITIONS: [(&str, &[&str], Kept); 2] =
    [("public", &[SECRET, DEEP_SECRET], Kept::All), ("desk", &[DEEP_SECRET], Kept::Deep)];

/// Filters that make up a layer of defence.
const CUT: [Policy; 5] = [
    Policy::InternalBlocks,
    Policy::OnlyBlocks,
    Policy::UnclearBlocks,
    Policy::FencesInHiding,
    Policy::ReadAgain,
];
const WRITER: [Policy; 1] = [Policy::BlocksWritten];

fn site(seeds: &BTreeSet<u64>, blocks: Blocks, kept: Kept) -> Site {
    let site = Site::new().file("tier0.toml", CONFIG).file("content/_index.md", "# Home\n");
    for (path, text) in seeds.iter().flat_map(|seed| page(*seed, blocks, kept)) {
        site.put(&path, text.as_bytes());
    }
    site
}

fn build(seeds: &BTreeSet<u64>, blocks: Blocks, kept: Kept, edition: &str) -> Built {
    Way::Inside.build(&site(seeds, blocks, kept), edition)
}

/// The page that an error is about.
fn seed_of(problem: &str) -> Option<u64> {
    let name = problem.strip_prefix("error ")?.rsplit(['/', ' ']).next()?;
    name.trim_start_matches('p').split(['.', '-']).next()?.parse().ok()
}

/// Takes out the pages that are refused; what is wrong with a refusal.
fn keep_good(seeds: &mut BTreeSet<u64>, kept: Kept, edition: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for blocks in [Blocks::Present, Blocks::Noise, Blocks::Absent] {
        // A page that is gone may have kept another from being judged.
        loop {
            let built = build(seeds, blocks, kept, edition);
            let errors = built.problems.iter().filter(|problem| problem.starts_with("error "));
            let refused: Vec<_> = errors.map(|problem| (problem, seed_of(problem))).collect();
            for (problem, seed) in &refused {
                if seed.is_none_or(|seed| !seeds.contains(&seed)) {
                    faults.push(format!("{edition}: a refusal without a page: {problem}"));
                }
            }
            if refused.is_empty() || !faults.is_empty() {
                break;
            }
            seeds.retain(|seed| refused.iter().all(|(_, refused)| refused != &Some(*seed)));
        }
    }
    faults
}

/// What is wrong with some pages, and how many were published.
fn check(first: u64, count: u64) -> (Vec<String>, usize) {
    let mut faults = Vec::new();
    let mut published = 0;
    for (edition, secrets, kept) in EDITIONS {
        let mut seeds: BTreeSet<u64> = (first..first + count).chain(KEPT).collect();
        faults.extend(keep_good(&mut seeds, kept, edition));
        published += seeds.len();
        let reference = build(&seeds, Blocks::Absent, kept, edition);
        for blocks in [Blocks::Present, Blocks::Noise] {
            let built = build(&seeds, blocks, kept, edition);
            let haystack = Haystack::new(&built.tree);
            for word in secrets {
                let found = haystack.find(word);
                faults.extend(found.iter().map(|path| format!("{edition}: {word} is in {path}")));
            }
            let paths = reference.tree.files.keys().chain(built.tree.files.keys());
            let is_other =
                |path: &&String| reference.tree.files.get(*path) != built.tree.files.get(*path);
            let other: BTreeSet<_> = paths.filter(is_other).collect();
            faults
                .extend(other.iter().map(|path| format!("{edition}: {path} differs, {blocks:?}")));
        }
    }
    (faults, published)
}

#[test]
fn random_pages_hide_what_they_hide() {
    let (mut published, mut wanted) = (0, 0);
    let mut run = |seed: u64| {
        let (faults, good) = check(seed * 1_000_000, PAGES);
        assert_eq!(faults, [""; 0]);
        published += good;
        wanted += PAGES as usize / 2;
    };
    // What is tried here still finds faults now and then: other pages are for the long run.
    match is_long() {
        true => each_seed(260, 260, run),
        false => (1..=3).for_each(&mut run),
    }
    println!("{published} pages were published");
    assert!(published > wanted, "only {published} pages were published");
}

/// Pages like these were published before there were these layers.
#[test]
fn random_pages_find_what_is_not_guarded() {
    let off = [Policy::FencesInHiding, Policy::ReadAgain, Policy::BlocksWritten, Policy::GateScan];
    let found = |round: u64| without(off, || check(round * 1_000_000, PAGES)).0;
    assert!((1..=5).any(|round| !found(round).is_empty()), "the random pages are too tame");
}

/// The scan alone keeps blocks back that neither the cut nor the writer notice.
#[test]
fn random_pages_are_refused_by_the_scan_alone() {
    let off: Vec<Policy> = CUT.into_iter().chain(WRITER).collect();
    let faults = without(off, || {
        let mut seeds: BTreeSet<u64> = (1..=PAGES).chain(KEPT).collect();
        let built = build(&seeds, Blocks::Present, Kept::All, "public");
        let refused: BTreeSet<u64> = built.problems.iter().filter_map(|p| seed_of(p)).collect();
        assert!(refused.len() > 60, "only {} pages are refused", refused.len());
        seeds.retain(|seed| !refused.contains(seed));
        let built = build(&seeds, Blocks::Present, Kept::All, "public");
        let haystack = Haystack::new(&built.tree);
        [SECRET, DEEP_SECRET]
            .iter()
            .flat_map(|word| {
                haystack
                    .find(word)
                    .iter()
                    .map(|path| format!("{word} is in {path}"))
                    .collect::<Vec<_>>()
            })
            .collect::<Vec<_>>()
    });
    assert_eq!(faults, [""; 0]);
}
