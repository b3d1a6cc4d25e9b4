//! Same inputs, same bytes: whatever the order of the files on the disk and the number of
//! threads.

use crate::support::random::Random;
use crate::support::tree::Tree;
use crate::support::{Site, repository};

/// tier0's own help centre: large enough for threads to get in each other's way.
fn help_centre() -> Vec<(String, Vec<u8>)> {
    let content = Tree::read(&repository().join("content"));
    let mut files: Vec<_> =
        content.files.into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes)).collect();
    let config = std::fs::read(repository().join("tier0.toml")).expect("tier0.toml");
    files.push(("tier0.toml".to_owned(), config));
    files
}

fn output(files: &[(String, Vec<u8>)], threads: &str) -> Tree {
    let site = Site::on_an_ordered_disk().environment("RAYON_NUM_THREADS", threads);
    for (path, bytes) in files {
        site.put(path, bytes);
    }
    let first = site.build(&[]).fine().output;
    let again = site.build(&[]).fine().output;
    first.assert_same(&again, "the same build twice");
    assert!(first.files.len() > 200);
    first
}

#[test]
fn order_and_threads_leave_no_trace() {
    let mut files = help_centre();
    let reference = output(&files, "1");
    let mut random = Random::new(7);
    for threads in ["1", "4"] {
        random.shuffle(&mut files);
        let shuffled = output(&files, threads);
        reference.assert_same(&shuffled, &format!("shuffled, {threads} threads"));
    }
}

#[test]
fn problems_come_in_the_same_order() {
    let problems = |threads: &str| {
        let site = Site::new().environment("RAYON_NUM_THREADS", threads);
        for number in 0..40 {
            let text = format!("# P\n\n[x](gone-{number}.md) ![y](gone.png)\n\n:::recuerda\n:::\n");
            site.put(&format!("content/{}/p{number}.md", number % 7), text.as_bytes());
        }
        let run = site.build(&[]);
        assert_eq!((run.code, run.problems.len()), (0, 120));
        run.problems
    };
    assert_eq!(problems("1"), problems("4"));
}
