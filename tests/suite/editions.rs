//! Editions: what an edition may not see is absent from every byte of it.

use crate::support::{Site, html};

const CONFIG: &str = "\
[editions.desk]
roles = [\"customer\", \"hotline\", \"support\"]

[editions.internal]
roles = \"all\"
";

/// Invented words, each in a place that only some readers may see.
const SECRETS: [(&str, &str); 9] = [
    ("zorbit", "the title of an ops page"),
    ("quamble", "the text of an ops page"),
    ("frindle", "the slug of an ops page"),
    ("plovice", "a tag of an ops page"),
    ("snorgle", "an error code of an ops page"),
    ("wexibar", "a section that holds only ops pages"),
    ("drolmic", "an internal block"),
    ("tarvix", "a block for ops"),
    ("mubbles", "an image that only ops see"),
];

fn site() -> Site {
    Site::new()
        .file("tier0.toml", CONFIG)
        .file(
            "content/a.md",
            "# Reset\n\nHold the button.\n\n:::internal\n## Drolmic\n\ndrolmic ![d](mubbles.svg)\n:::\n\n\
             - item\n\n  :::only roles=\"ops, engineer\"\n  tarvix\n  :::\n\n\
             ::::note\nSeen.\n\n:::only role=ops\nAlso tarvix.\n:::\n\nSeen too.\n::::\n\n## After\n\nThe end.\n",
        )
        .file("content/mubbles.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file(
            "content/b.md",
            "---\ntitle: Zorbit\nroles: ops\nslug: frindle\ntags: [plovice, wifi]\ncodes: [snorgle]\n---\n\nquamble\n",
        )
        .file("content/wexibar/_index.md", "---\ntitle: Wexibar\ncascade:\n  roles: [ops]\n---\n")
        .file("content/wexibar/c.md", "# Inherits\n")
        .file("content/wexibar/c.zh.md", "# 也继承\n")
        .file("content/hot.md", "---\ntitle: For the hotline\nroles: [hotline]\n---\n")
        .file("content/draft.md", "---\ntitle: Blimfark\nstatus: draft\n---\n")
}

#[test]
fn the_public_edition_holds_no_secret() {
    let run = site().build(&["--strict"]).clean();
    for (word, what) in SECRETS {
        let capital = format!("{}{}", word[..1].to_uppercase(), &word[1..]);
        for word in [word, &capital] {
            assert_eq!(run.output.holding(word), [""; 0], "{word}: {what}");
        }
    }
    assert_eq!(run.output.holding("Blimfark"), [""; 0], "a draft");
    assert_eq!(run.output.holding("For the hotline"), [""; 0]);
    assert_eq!(
        run.output.holding("role-block"),
        run.output
            .files
            .keys()
            .filter(|path| path.ends_with(".css") || path.ends_with(".js"))
            .filter(|path| run.output.text(path).contains("role-block"))
            .map(String::as_str)
            .collect::<Vec<_>>()
    );
    let prose = run.prose("a/");
    for seen in ["Hold the button.", "Seen.", "Seen too.", "The end.", "item"] {
        assert!(prose.contains(seen), "{seen} is missing from\n{prose}");
    }
    assert_eq!(html::faults(&run.output), [""; 0]);
}

#[test]
fn the_public_edition_does_not_depend_on_what_it_may_not_see() {
    let with = site().build(&[]).clean().output;
    let without = Site::new()
        .file("tier0.toml", CONFIG)
        .file(
            "content/a.md",
            "# Reset\n\nHold the button.\n\n\n\n- item\n\n  \n\n::::note\nSeen.\n\n\n\nSeen too.\n::::\n\n## After\n\nThe end.\n",
        );
    let without = without.build(&[]).clean().output;
    // The list is loose with and without the block, since both have the empty line.
    with.assert_same(&without, "with and without internal content");
    let noise = site();
    noise.put(
        "content/b.md",
        b"---\ntitle: Other noise\nroles: ops\ntags: [x, y]\n---\n\n## More\n\nNoise.\n",
    );
    noise.put("content/wexibar/d.md", b"# Noise\n");
    with.assert_same(&noise.build(&[]).clean().output, "with other internal content");
}

#[test]
fn each_edition_sees_its_own() {
    let site = site();
    let desk = site.build(&["--edition", "desk"]).clean();
    assert!(desk.page("hot/").contains("For the hotline"));
    assert!(desk.prose("a/").contains("drolmic") && !desk.prose("a/").contains("tarvix"));
    for word in ["Zorbit", "quamble", "frindle", "Wexibar", "tarvix"] {
        assert_eq!(desk.output.holding(word), [""; 0]);
    }
    let internal = site.build(&["--edition", "internal"]).clean();
    assert!(internal.page("frindle/").contains("quamble"));
    assert!(internal.prose("a/").contains("tarvix") && internal.output.has("mubbles.svg"));
    assert!(internal.output.has("wexibar/c/index.html"));
    assert_eq!(internal.output.holding("Blimfark"), [""; 0], "a draft");
    assert_eq!(html::faults(&internal.output), [""; 0]);
    // Editions lie beside each other.
    assert!(site.path("dist/desk").is_dir() && site.path("dist/internal").is_dir());
}

#[test]
fn a_role_block_that_is_never_closed_shows_nothing() {
    let run = Site::new()
        .file("content/a.md", "# A\n\n:::internal\nquamble\n\nquamble again\n")
        .build(&[]);
    assert!(run.output.files.is_empty() || run.output.holding("quamble").is_empty());
    // The customer's build cuts the block with all that follows; whoever sees it is told.
    let run = Site::new()
        .file("tier0.toml", CONFIG)
        .file("content/a.md", "# A\n\n:::internal\nquamble\n")
        .build(&["--edition", "internal"]);
    assert_eq!(run.places(), ["error unclosed-container content/a.md:3:1"]);
}

#[test]
fn an_unclosed_role_block_is_an_error_in_every_edition() {
    let run = Site::new().file("content/a.md", "# A\n\n:::internal\nquamble\n").build(&[]);
    assert_eq!(
        (run.code, run.places()),
        (1, vec!["error unclosed-container content/a.md:3:1".to_owned()])
    );
}

#[test]
fn role_fences_in_odd_places_leak_nothing() {
    let hidden = [
        ":::internal\r\nquamble\r\n:::\r\n",
        "> :::internal\n> quamble\n> :::\n",
        "1. one\n\n   :::internal\n   quamble\n   :::\n",
        "- :::internal\n  quamble\n  :::\n",
        "::: internal\nquamble\n:::\n",
        ":::INTERNAL\nquamble\n:::\n",
        ":::only{roles=“ops”}\nquamble\n:::\n",
        ":::only\nquamble\n:::\n",
        ":::::internal\n:::note\nquamble\n:::\nquamble\n:::::\n",
        "Text\n:::internal\nquamble\n:::\nText\n",
        "<div>\n\n:::internal\nquamble\n:::\n\n</div>\n",
        "<div>\n:::internal\nquamble\n:::\n</div>\n",
        "    :::internal\n    quamble\n    :::\n",
        "- a\n\n      :::internal\n      quamble\n      :::\n",
        "[^1]\n\n[^1]: note\n\n    :::internal\n    quamble\n    :::\n",
        ":::internl\nquamble\n:::\n",
        ":::only roles=opps\nquamble\n:::\n",
        "Term\n: def\n\n  :::internal\n  quamble\n  :::\n",
    ];
    for text in hidden {
        let run = Site::new().file("content/a.md", &format!("# A\n\n{text}")).build(&[]);
        let leaks = run.output.holding("quamble");
        assert!(leaks.is_empty(), "{text:?} leaks into {leaks:?}");
    }
}

#[test]
fn a_translation_is_as_private_as_what_it_translates() {
    let run = Site::new()
        .file("tier0.toml", "[languages.zh]\n")
        .file("content/home.md", "# Home\n")
        .file("content/home.zh.md", "# 首页\n")
        .file("content/b.md", "---\ntitle: B\nroles: ops\n---\n")
        .file("content/b.zh.md", "# quamble\n")
        .build(&[])
        .clean();
    assert_eq!(run.output.holding("quamble"), [""; 0]);
}

#[test]
fn an_edition_has_its_own_title() {
    let site = Site::new().file("content/a.md", "# A\n").file(
        "tier0.toml",
        "[editions.desk]\nroles = [\"customer\", \"support\"]\ntitle = \"Desk book\"\n",
    );
    assert!(site.build(&["--edition", "desk"]).clean().page("a/").contains("Desk book"));
    let public = site.build(&[]).clean();
    assert_eq!(public.output.holding("Desk book"), [""; 0]);
    // Only the public edition may be found by search engines.
    let desk = site.output("desk");
    assert!(
        desk.text("a/index.html").contains("noindex") && !public.page("a/").contains("noindex")
    );
}

#[test]
fn the_gate_stops_what_was_copied_by_hand() {
    const SECRET: &str = "the master password rotates on every second Tuesday at noon";
    let ops = format!("---\ntitle: Night shift\nroles: ops\n---\n\nRemember: {SECRET}.\n");
    let site = Site::new().file("content/a.md", "# A\n").file("content/ops.md", &ops);
    let before = site.build(&[]).clean().output;
    let hideouts = [
        ("static/notes.txt", SECRET.to_owned()),
        ("static/notes.html", format!("<p>{}</p>", SECRET.replace("master", "<b>master</b>"))),
        ("static/the-master-password-rotates-on-every-second.txt", "x".to_owned()),
    ];
    for (path, text) in hideouts {
        let old = std::fs::read(site.path(path)).ok();
        site.put(path, text.as_bytes());
        let run = site.build(&[]);
        assert_eq!(run.code, 4, "{path}: {:?}", run.places());
        assert!(run.codes().iter().all(|code| *code == "leak"), "{:?}", run.places());
        before.assert_same(&run.output, path);
        match old {
            Some(bytes) => site.put(path, &bytes),
            None => site.remove(path),
        }
    }
    assert_eq!(site.run(&["audit", "dist/public"]).code, 0);
    site.put("dist/public/notes.txt", SECRET.as_bytes());
    assert_eq!(site.run(&["audit", "dist/public"]).code, 4);
}

#[test]
fn all_editions_come_out_of_one_run_as_they_do_one_by_one() {
    let (one_by_one, together) = (site(), site());
    together.build(&["--all-editions"]).clean();
    for edition in ["public", "desk", "internal"] {
        let alone = one_by_one.build(&["--edition", edition]).clean().output;
        alone.assert_same(&together.output(edition), edition);
    }
}
