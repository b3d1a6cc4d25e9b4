//! What customers see does not depend on what they may not see: the public tree is the same byte
//! for byte with excluded content, without it, and with something else in its place.

use tier0::{Changed, Project, Session};

use super::random_site::{self, Files, Inside};
use super::{Built, Way, inside};
use crate::support::{Site, each_seed};

/// The excluded content of a row of builds.
const SEQUENCE: [Inside; 7] = [
    Inside::Text,
    Inside::Nothing,
    Inside::Noise(1),
    Inside::Text,
    Inside::Noise(2),
    Inside::Noise(3),
    Inside::Nothing,
];

fn fault(what: &str, reference: &Built, built: &Built) -> Option<String> {
    if !reference.is_good || !built.is_good {
        return Some(format!("{what}: refused: {:?} {:?}", reference.problems, built.problems));
    }
    if reference.problems != built.problems {
        return Some(format!("{what}: {:?}, {:?}", reference.problems, built.problems));
    }
    let paths = reference.tree.files.keys().chain(built.tree.files.keys());
    let differs = |path: &&String| reference.tree.files.get(*path) != built.tree.files.get(*path);
    let different: Vec<_> = paths.filter(differs).collect();
    (!different.is_empty()).then(|| format!("{what}: these differ: {different:?}"))
}

/// Builds the site with each kind of excluded content; says what differs.
pub fn check(way: Way, seed: u64) -> Vec<String> {
    let site = Site::new();
    let mut before = Files::new();
    let mut reference: Option<Built> = None;
    let mut faults = Vec::new();
    for kind in [Inside::Nothing, Inside::Text, Inside::Noise(1)] {
        let files = random_site::files(seed, kind);
        random_site::put(&site, &files, &before);
        before = files;
        let built = way.build(&site, "public");
        match &reference {
            Some(reference) => {
                faults.extend(fault(&format!("seed {seed}, {kind:?}"), reference, &built));
            }
            None => reference = Some(built),
        }
    }
    faults
}

/// Changes the excluded content again and again in one session.
fn remembered(seed: u64) -> Vec<String> {
    let site = Site::new();
    let mut before = Files::new();
    let mut session = Session::remembering(Project::new(&site.root(), None));
    let mut reference: Option<Built> = None;
    let mut faults = Vec::new();
    for (step, kind) in SEQUENCE.into_iter().enumerate() {
        let files = random_site::files(seed, kind);
        random_site::put(&site, &files, &before);
        before = files;
        let what = format!("seed {seed}, step {step}, {kind:?}");
        session.read(&Changed::Everything);
        // Others look at the site in between.
        let internal = inside(&session, "internal");
        if kind != Inside::Nothing && internal.tree.files.len() < 10 {
            faults.push(format!("{what}: the internal edition is nearly empty"));
        }
        let built = inside(&session, "public");
        let reference = reference.get_or_insert_with(|| Way::Inside.build(&site, "public"));
        faults.extend(fault(&what, reference, &built));
    }
    faults
}

fn with_threads(count: usize, run: impl FnOnce() -> Vec<String> + Send) -> Vec<String> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build().expect("threads");
    pool.install(run)
}

#[test]
fn random_sites_look_the_same_whatever_is_excluded() {
    each_seed(10, 400, |seed| assert_eq!(check(Way::Inside, seed), [""; 0]));
}

#[test]
fn a_memo_does_not_tell_what_is_excluded() {
    each_seed(5, 400, |seed| assert_eq!(remembered(seed), [""; 0]));
}

#[test]
fn neither_does_the_number_of_threads() {
    each_seed(2, 50, |seed| {
        assert_eq!(with_threads(1, || check(Way::Inside, seed)), [""; 0]);
        assert_eq!(with_threads(1, || remembered(seed)), [""; 0]);
    });
}

#[test]
fn the_command_shows_the_same_as_the_stages() {
    each_seed(3, 60, |seed| {
        assert_eq!(check(Way::Command, seed), [""; 0]);
        let build = |threads: &str| {
            let site = Site::new().environment("RAYON_NUM_THREADS", threads);
            let kind = if threads == "1" { Inside::Text } else { Inside::Nothing };
            random_site::put(&site, &random_site::files(seed, kind), &Files::new());
            Way::Command.build(&site, "public")
        };
        assert_eq!(fault("threads", &build("1"), &build("3")), None);
    });
}

/// A property of sites that hold nothing excluded would prove nothing.
#[test]
fn random_sites_hold_something_to_exclude() {
    let (mut blocks, mut refused) = (0, 0);
    for seed in 1..=40 {
        let site = Site::new();
        let files = random_site::files(seed, Inside::Text);
        random_site::put(&site, &files, &Files::new());
        blocks += files.values().filter(|text| text.contains("::::::internal")).count();
        let internal = Way::Inside.build(&site, "internal");
        refused += usize::from(!internal.is_good);
        let public = Way::Inside.build(&site, "public");
        assert!(internal.tree.files.len() > public.tree.files.len() + 3, "seed {seed}");
    }
    println!("{blocks} pages with internal blocks; {refused} internal editions are refused");
    assert!(blocks > 200, "only {blocks} pages with internal blocks");
}
