//! Troubleshooters: what comes out of any tree, and who sees the map.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::support::random::Random;
use crate::support::{Run, Site, each_seed, html};

const CONFIG: &str = "[site]\ntitle = \"Help\"\n\n[editions.staff]\nroles = \"all\"\n";

fn build(body: &str, edition: &str) -> Run {
    let page = format!("---\ntitle: Tree\nkind: troubleshooter\n---\n\n{body}");
    let site = Site::new().file("tier0.toml", CONFIG).file("content/a.md", &page);
    site.build(&["--edition", edition]).fine()
}

/// Whether each element that begins in a piece of html ends in it, in the right order.
fn nests(html: &str) -> bool {
    const VOID: [&str; 4] = ["br", "hr", "img", "input"];
    let mut open: Vec<&str> = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, _) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap_or_default();
        if tag.starts_with('/') {
            if open.pop() != Some(name) {
                return false;
            }
        } else if !VOID.contains(&name) && !tag.ends_with('/') {
            open.push(name);
        }
    }
    open.is_empty()
}

fn sections(run: &Run) -> Vec<html::Tag> {
    let tags = html::tags(run.prose("a/")).into_iter();
    tags.filter(|tag| tag.name == "section" && tag.get("class") == Some("step")).collect()
}

#[test]
fn steps_are_found_where_they_stand() {
    let body = "Intro.\n\n## One\n\n- [two](#two)\n\n:::internal\nText first.\n\n## No step\n\n- [three](#three)\n:::\n\n## Two {.resolved}\n\n:::note\n## In a box\n:::\n\n:::internal\n:::only roles=\"ops\"\n## Three\n\n- [four](#four)\n:::\n\n## Four {#four .escalate}\n:::\n";
    let names = |edition: &str| -> Vec<String> {
        let run = build(body, edition);
        assert!(nests(run.prose("a/")), "{}", run.prose("a/"));
        assert!(run.places().is_empty(), "{:?}", run.places());
        let step = |tag: &html::Tag| tag.get("data-step").unwrap_or_default().to_owned();
        sections(&run).iter().map(step).collect()
    };
    assert_eq!(names("public"), ["one", "two"]);
    assert_eq!(names("staff"), ["one", "two", "three", "four"]);
}

#[test]
fn steps_say_how_far_it_is() {
    let body = "## A\n\n- [b](#b)\n- [d](#d)\n\n## B\n\n- [c](#c)\n- [d](#d)\n\n## C\n\n- [d](#d)\n\n## D {.resolved}\n\n- [again](#a)\n\n## E\n\n- [e](#e)\n- [d](#d)\n";
    let left: Vec<_> = sections(&build(body, "public"))
        .iter()
        .map(|tag| tag.get("data-left").map(str::to_owned))
        .collect();
    assert_eq!(
        left.iter().map(|left| left.as_deref()).collect::<Vec<_>>(),
        [Some("3"), Some("2"), Some("1"), Some("0"), None]
    );
}

#[test]
fn a_choice_into_a_block_for_others_is_unknown_to_those_who_do_not_see_it() {
    let body = "## Start\n\n- [Go](#secret-cellar)\n- [End](#end)\n\n:::internal\n## Secret cellar {.resolved}\n:::\n\n## End {.resolved}\n";
    let public = build(body, "public");
    assert_eq!(public.places(), ["warning step-unknown-target content/a.md:8:3"]);
    assert!(!public.stderr.contains("Secret") && !public.page("a/").contains("Secret"));
    assert_eq!(build(body, "staff").places(), [""; 0]);
}

#[test]
fn only_editions_that_are_not_public_have_the_map() {
    let body = "## Start\n\n- [<b> & 'x'](#end)\n\n:::internal\n- [Cellar](#cellar)\n:::\n\n## End {.resolved}\n\n:::internal\n## Cellar {.resolved}\n:::\n";
    assert!(!build(body, "public").page("a/").contains("<svg"));
    let run = build(body, "staff");
    let map = run.page("a/").split_once("<svg").and_then(|(_, rest)| rest.split_once("</svg>"));
    let (map, _) = map.expect("a map");
    assert!(nests(map.split_once('>').expect("the svg's own tag").1), "{map}");
    for text in ["Start", "End", "Cellar", "&amp; &#39;x&#39;", "href=\"#cellar\""] {
        assert!(map.contains(text), "{text}: {map}");
    }
    assert_eq!(html::faults(&run.output), [""; 0]);
}

#[test]
fn two_hundred_steps_are_no_burden() {
    let mut body = String::new();
    for step in 0..200 {
        let _ = write!(body, "## Step {step} {{#s{step}}}\n\n");
        for choice in [step + 1, step * 2, step * 7 + 3, step / 2] {
            let _ = writeln!(body, "- [To {choice}](#s{})", choice % 200);
        }
        body.push_str("- [Out](#end)\n\n");
    }
    body.push_str("## End {#end .resolved}\n");
    let run = build(&body, "staff");
    assert_eq!(sections(&run).len(), 201);
    assert!(run.page("a/").len() < 1_500_000, "{} bytes", run.page("a/").len());
}

/// A text made of pieces that a troubleshooter may have, in any order.
fn text(random: &mut Random) -> String {
    const PIECES: [&str; 18] = [
        "## Step {#s%}\n\n",
        "## Step {#s%}\n\n",
        "## Step {#s%}\n\n",
        "## End {#s% .resolved}\n\n",
        "## Call {#s% .escalate}\n\n",
        "- [a](#s%)\n- b: [c](#s%)\n\n",
        "- [a](#s%)\n\n",
        "* [away](b.md)\n* [a](#s%)\n\n",
        "1. [a](#s%), [b](#s%)\n2. c\n\n",
        "Text with [a link](#s%).\n\n",
        "### Deeper {#d%}\n\n- [d](#d%)\n\n",
        ":::internal\n",
        ":::only roles=\"ops\"\n",
        ":::\n\n",
        ":::note\n## In a box\n:::\n\n",
        "<div>\n\n",
        "</div>\n\n",
        "---\n\n<!-- nothing -->\n\n",
    ];
    let mut text = String::new();
    let mut open = 0;
    for _ in 0..random.below(30) {
        let mut piece = (*random.pick(&PIECES)).to_owned();
        match piece.as_str() {
            ":::\n\n" if open == 0 => continue,
            ":::\n\n" => open -= 1,
            ":::internal\n" | ":::only roles=\"ops\"\n" => open += 1,
            _ => {}
        }
        while piece.contains('%') {
            piece = piece.replacen('%', &random.below(9).to_string(), 1);
        }
        text.push_str(&piece);
    }
    text + &":::\n\n".repeat(open)
}

/// Steps by the html that came out: anchor, outcome, where its choices lead.
fn walked(prose: &str) -> Vec<(String, bool, Vec<String>)> {
    let mut steps: Vec<(String, bool, Vec<String>)> = Vec::new();
    for part in prose.split("<section class=\"step\"").skip(1) {
        let tag = &html::tags(&format!("<section{part}"))[0];
        let inside = part.split("</section>").next().unwrap_or_default();
        let choices = inside.split("<div class=\"choices\">").skip(1);
        let choices = choices.filter_map(|rest| rest.split("</div>").next());
        let items = choices.flat_map(|rest| rest.split("<li>").skip(1));
        let links = items.filter_map(|item| {
            let all = html::tags(item).into_iter();
            let all: Vec<_> = all.filter_map(|tag| tag.get("href").map(str::to_owned)).collect();
            (all.len() == 1).then(|| all[0].clone())
        });
        let is_end = tag.get("data-outcome").is_some();
        steps.push((tag.get("data-step").unwrap_or_default().to_owned(), is_end, links.collect()));
    }
    steps
}

#[test]
fn any_text_gives_a_page_and_what_is_said_of_it_is_true() {
    each_seed(2, 100, |seed| {
        let mut random = Random::new(seed);
        let site = Site::new().file("tier0.toml", CONFIG).file("content/b.md", "# B\n");
        let texts: Vec<_> = (0..60).map(|_| text(&mut random)).collect();
        for (number, text) in texts.iter().enumerate() {
            let page = format!("---\ntitle: T\nkind: troubleshooter\n---\n\n{text}");
            site.put(&format!("content/t{number}.md"), page.as_bytes());
        }
        for edition in ["public", "staff"] {
            let run = site.build(&["--edition", edition]).fine();
            for (number, text) in texts.iter().enumerate() {
                check(&run, &format!("t{number}"), text);
            }
        }
    });
}

fn check(run: &Run, name: &str, text: &str) {
    let prose = run.prose(&format!("{name}/"));
    assert!(nests(prose), "{text}\n{prose}");
    let steps = walked(prose);
    let said: Vec<String> = run
        .places()
        .iter()
        .filter(|place| place.contains(&format!("/{name}.md:")))
        .cloned()
        .collect();
    let count =
        |code: &str| said.iter().filter(|place| place.contains(&format!(" {code} "))).count();
    let ends = steps.iter().filter(|(_, is_end, choices)| !is_end && choices.is_empty()).count();
    // A link in a wrong place is reported itself; what would follow from it is not.
    let agrees = |code: &str, seen: usize| match count("step-choice-misplaced") {
        0 => count(code) == seen,
        _ => count(code) <= seen,
    };
    assert!(agrees("step-dead-end", ends), "{text}\n{said:?}\n{prose}");
    assert_eq!(count("troubleshooter-empty"), usize::from(steps.is_empty()), "{text}\n{prose}");
    if steps.is_empty() {
        return;
    }
    // The ways that a reader has, by the page alone.
    let first_named = |anchor: &str| steps.iter().position(|(id, ..)| id == anchor);
    let intro = prose.split("<section class=\"step\"").next().unwrap_or_default();
    let links = html::tags(intro).into_iter().filter(|tag| tag.get("class").is_none());
    let entries = links.filter_map(|tag| tag.get("href").map(str::to_owned));
    let entries = entries.filter_map(|href| first_named(href.trim_start_matches('#')));
    let mut reached = BTreeSet::new();
    let mut open: Vec<usize> = entries.chain([0]).collect();
    while let Some(step) = open.pop() {
        if reached.insert(step) {
            let next = steps[step].2.iter().filter_map(|href| first_named(href.strip_prefix('#')?));
            open.extend(next);
        }
    }
    let unreached = steps.len() - reached.len();
    assert!(agrees("step-unreachable", unreached), "{text}\n{said:?}\n{prose}");
}

#[test]
fn one_slip_is_said_once() {
    let body = "## A\n\n- [b](#b), or [c](#c)\n- [a file](a.md)\n\n## B {#b .resloved}\n\n## C\n\n- [b](#b)\n\nMore.\n";
    let run = build(body, "public");
    assert_eq!(
        run.places(),
        [
            "warning step-choice-misplaced content/a.md:8:15",
            "warning step-dead-end content/a.md:11:1",
            "warning step-choice-misplaced content/a.md:15:3",
        ]
    );
    let page = format!("---\ntitle: Tree\nkind: troubleshooter\n---\n\n{body}");
    let run = Site::new().file("content/a.md", &page).run(&["check", "--color", "never"]);
    assert!(run.stderr.contains("`.resloved` is no outcome"), "{}", run.stderr);
}
