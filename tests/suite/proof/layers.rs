//! Pages whose role blocks were once published, because the cut changed how the rest is read. Three
//! layers keep them back, and each of them does so alone.

use tier0::Policy;

use super::mutation::without;
use super::{Built, Haystack, Way};
use crate::support::Site;

const SECRET: &str = "quamble";

/// The cut looks for fences that nobody reads, and reads the rest again.
const CUT: [Policy; 2] = [Policy::FencesInHiding, Policy::ReadAgain];
/// The writer refuses what the edition must not show.
const WRITER: [Policy; 1] = [Policy::BlocksWritten];
/// A scan that knows no markdown looks at what is shown.
const SCAN: [Policy; 1] = [Policy::GateScan];

/// A page that must not be published, or not with its secret.
struct Leak {
    text: &'static str,
    /// Whether the secret stands in a block that is read as one in the end: then the writer sees it.
    is_block: bool,
}

const fn block(text: &'static str) -> Leak {
    Leak { text, is_block: true }
}

const fn swallowed(text: &'static str) -> Leak {
    Leak { text, is_block: false }
}

const LEAKS: [Leak; 27] = [
    // A line of html goes on until there is an empty one; behind a paragraph it does not.
    block("Turn it off.\n:::internal\nours\n:::\n<br>\n:::internal\nquamble\n:::\n"),
    block("Turn it off.\n:::internal\nours\n:::\n<kbd>\n:::only roles=\"ops\"\nquamble\n:::\n"),
    block("Turn it off.\n:::internal\nours\n:::\n<a id=\"x\">\n:::internal\nquamble\n:::\n"),
    swallowed("<div>\n:::internal\nquamble\n:::\n</div>\n"),
    // A block at the margin ends the list, and with it the code in its item.
    block("1. Run\n\n   ```\n   x\n:::internal\nours\n:::\n   ```\n\n:::internal\nquamble\n:::\n"),
    swallowed(
        "- a\n\n  ```\n  x\n:::internal\nours\n:::\n  <div>\n  :::internal\n  quamble\n  :::\n  ```\n",
    ),
    // A code block that nobody closed ends at the first fence of the block that it swallowed.
    swallowed("```\nls\n\n:::internal\nBy hand:\n\n```\nquamble\n```\n\nNever tell.\n:::\n"),
    swallowed("```\nls\n\n:::internal\nquamble\n:::\n\n```sh\nmore\n```\n"),
    swallowed("```\nls\n\n:::internal\nquamble\n:::\n\n```\nmore\n```\n\nEnd.\n"),
    swallowed("~~~\nls\n\n:::internal\nquamble\n\n~~~\ncode\n~~~\n:::\n"),
    swallowed("> ```\n> ls\n>\n> :::internal\n> quamble\n>\n> ```\n> code\n> ```\n> :::\n"),
    // Code by indentation, spans over several lines.
    swallowed("Text\n\n    :::internal\n    quamble\n    :::\n"),
    swallowed("Renderer ` now\n    :::internal\n    quamble\n    :::\n    and `\n"),
    // Two slips of a hand, so that fences are even again.
    swallowed("Run this: ```\nls\n```\n\n:::internal\nquamble\n:::\n\nThen: ```\npwd\n```\n"),
    swallowed("```\nls```\n\n:::internal\nquamble\n:::\n\n```\n# all\n```\n"),
    swallowed("```\nls\n~~~\n\n:::internal\nquamble\n:::\n\n```\n- x\n```\n"),
    swallowed("```\nls\n\n:::internal\nquamble\n:::\n\n```\n# all\n"),
    swallowed("\u{a0}```\nls\n```\n\n:::internal\nquamble\n:::\n\n\u{a0}```\nls\n```\n"),
    swallowed("## Run ```\nls\n```\n\n:::internal\nquamble\n:::\n\n## And ```\nls\n```\n"),
    swallowed("```:::internal\nquamble\n:::\n```\n"),
    // Comments that are a word about readers, and comments in the line of a container.
    swallowed("[//]: # (internal)\n\nquamble\n"),
    swallowed("<!-- begin internal -->\nquamble\n<!-- end internal -->\n"),
    swallowed(":\u{200b}:\u{200b}:internal\nquamble\n:::\n"),
    swallowed(":::note Title <!-- quamble -->\nx\n:::\n"),
    // In other letters.
    swallowed("：：：internal\nquamble\n：：：\n"),
    swallowed("!!! internal\n    quamble\n"),
    swallowed("+++internal\nquamble\n+++\n"),
];

/// A snippet that everybody reads, on the page too.
const SNIPPET: &str = "\n:::include /_s/all.md\n\n";

fn site(text: &str) -> Site {
    Site::new()
        .file("content/_s/all.md", "For everybody.\n")
        .file("content/page.md", &format!("# Page\n\n{text}"))
}

fn is_kept_back(built: &Built) -> bool {
    let shows = !Haystack::new(&built.tree).find(SECRET).is_empty();
    !built.is_good || !shows
}

fn check(way: Way, wanted: impl Fn(&Leak) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    for leak in LEAKS.iter().filter(|leak| wanted(leak)) {
        let texts = [leak.text.to_owned(), format!("{SNIPPET}{}", leak.text)];
        for text in texts.iter().flat_map(|text| [text.clone(), text.replace('\n', "\r\n")]) {
            let built = way.build(&site(&text), "public");
            if !is_kept_back(&built) {
                faults.push(format!("published: {text:?}"));
            }
            let is_placed = |problem: &String| problem.contains(" content/");
            if !built.is_good && !built.problems.iter().any(is_placed) {
                faults.push(format!("no place: {text:?} {:?}", built.problems));
            }
        }
    }
    faults
}

/// What only one of the filters finds.
pub fn check_each() -> Vec<String> {
    let mut faults = Vec::new();
    // Nothing is hidden here by a fence that nobody reads: the text behind the block is other.
    let split = site("- Turn it off.\n\n:::internal\nours\n:::\n\n    Wait.\n");
    let wanted = "error cut-changes-reading content/page.md".to_owned();
    if !Way::Inside.build(&split, "public").problems.contains(&wanted) {
        faults.push("a split list is published".to_owned());
    }
    // A few words, copied by hand.
    let copied = site(":::internal\nPIN 4711\n:::\n").file("static/x.txt", "PIN 4711\n");
    let built = Way::Inside.build(&copied, "public");
    if !built.problems.contains(&"error leak content/page.md".to_owned()) {
        faults.push("a short block is published in a copy".to_owned());
    }
    faults
}

#[test]
fn a_page_that_changes_and_a_short_copy_are_refused() {
    assert_eq!(check_each(), [""; 0]);
}

#[test]
fn all_layers_together() {
    assert_eq!(check(Way::Command, |_| true), [""; 0]);
}

#[test]
fn the_cut_alone() {
    let off = WRITER.into_iter().chain(SCAN).collect::<Vec<_>>();
    assert_eq!(without(off, || check(Way::Inside, |_| true)), [""; 0]);
}

#[test]
fn the_writer_alone() {
    let off = CUT.into_iter().chain(SCAN).collect::<Vec<_>>();
    assert_eq!(without(off, || check(Way::Inside, |leak| leak.is_block)), [""; 0]);
}

#[test]
fn the_scan_alone() {
    let off = CUT.into_iter().chain(WRITER).collect::<Vec<_>>();
    assert_eq!(without(off, || check(Way::Inside, |_| true)), [""; 0]);
}

/// Without any of them these pages are published: the tests above can fail.
#[test]
fn without_layers_they_are_published() {
    let off = CUT.into_iter().chain(WRITER).chain(SCAN).collect::<Vec<_>>();
    let faults = without(off, || check(Way::Inside, |_| true));
    assert!(faults.len() > LEAKS.len(), "{faults:#?}");
}

/// Two blocks one behind the other, the second indented like the list item before it, is what any
/// writer writes: nothing is wrong with it.
#[test]
fn a_block_below_a_list_item_may_follow_another() {
    let text = "- Unplug it.\n\n:::internal\nours\n:::\n\n  :::internal\n  quamble\n  :::\n\n- Plug it in.\n";
    let run = site(text).build(&["--strict"]).clean();
    assert!(Haystack::new(&run.output).find(SECRET).is_empty());
    assert!(run.prose("page/").contains("Plug it in."));
}

/// A block whose code is never closed may end at a fence of what follows it: its own end is in the
/// code. Nobody can tell, and nothing is cut too much in silence.
#[test]
fn code_that_may_hold_the_end_of_its_block_is_refused() {
    let text = ":::internal\n```\nquamble\n:::\n\n::::note\n```md\nx\n```\n::::\n";
    let run = site(text).build(&[]);
    assert!(
        run.places().iter().any(|place| place.starts_with("error container-not-read")),
        "{run:?}"
    );
}

/// Code that explains a role block is shown, also with code in it.
#[test]
fn role_blocks_in_code_are_shown_on_purpose() {
    let text = "Write `:::internal` like this:\n\n```markdown\n:::internal\nquamble\n:::\n```\n\n````md\n:::only roles=\"ops\"\n```\nquamble\n```\n:::\n````\n\n1. In a list:\n\n   ```\n   :::internal\n   quamble\n   :::\n   ```\n2. Then\n";
    let run = site(text).build(&["--strict"]).clean();
    assert_eq!(run.prose("page/").matches("quamble").count(), 3);
}

/// The line ends of other systems leave nothing behind either.
#[test]
fn what_is_cut_leaves_no_line_behind() {
    for ending in ["\n", "\r\n", "\r"] {
        let text = |block: &str| format!("one\n{block}two\n").replace('\n', ending);
        let with = site(&text(":::internal\nquamble\n:::\n")).build(&[]).clean();
        let without = site(&text("")).build(&[]).clean();
        assert_eq!(with.output, without.output);
    }
}

/// Whoever takes a page over sees the same revision, whatever was cut.
#[test]
fn the_revision_does_not_tell_of_what_is_cut() {
    let revision = |blocks: usize| {
        let block = ":::internal\nquamble\n:::\n\n".repeat(blocks);
        let text =
            format!("---\nkind: guide\n---\n\n## Symptoms\n\nx\n\n{block}## Solution\n\ny\n");
        let run = Site::new().file("content/page.md", &text).build(&[]).fine();
        let page = run.page("page/").to_owned();
        let from = page.find("data-revision=\"").expect("a revision");
        page[from..from + 40].to_owned()
    };
    assert_eq!(revision(0), revision(1));
    assert_eq!(revision(0), revision(3));
}

/// A block may end with a snippet, whatever stands between the two or around the snippet: the second
/// search finds the same end of the block, and does not take what follows for a part of it.
#[test]
fn a_block_may_end_with_a_snippet() {
    for inside in [
        ":::include _s/b.md\n\n",
        ":::include _s/b.md\n \t\n\n",
        "- a\n- :::include _s/b.md\n",
        "- a\n\n  :::include _s/b.md\n",
        "1. a\n   - b\n\n     :::include _s/b.md\n",
        "> :::include _s/b.md\n",
        "- > :::include _s/b.md\n",
        "> - a\n>\n>   :::include _s/b.md\n",
        ":::include _s/b.md\n:::\n",
        "- :::include _s/b.md\n  :::\n",
        "> :::include _s/b.md\n> :::\n",
        "- a\n\nb\n\n  :::include _s/b.md\n  :::\n",
        "- a\n\n ::: include _s/b.md\n:::\n",
    ] {
        for ending in ["\n", "\r\n", "\r"] {
            let text = format!(":::internal\nquamble\n\n{inside}:::\n\nSeen by everybody.\n");
            let site = site(&text.replace('\n', ending)).file("content/_s/b.md", "quamble\n");
            let run = site.build(&["--strict"]).clean();
            assert!(Haystack::new(&run.output).find(SECRET).is_empty(), "{inside}");
            assert!(run.prose("page/").contains("Seen by everybody."), "{inside}");
        }
    }
}
