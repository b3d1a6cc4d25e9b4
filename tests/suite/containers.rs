//! Containers and figures: what the rest of tier0 makes of them.

use crate::support::Site;

fn steps(text: &str) -> Site {
    Site::new().file("content/a.md", &format!("# A\n\n{text}\n\n:::steps\n1. One.\n2. Two.\n:::\n"))
}

#[test]
fn links_to_steps_are_checked() {
    steps("[two](#step-2)").build(&["--strict"]).clean();
    assert_eq!(steps("[three](#step-3)").build(&[]).codes(), ["broken-anchor"]);
}

#[test]
fn headings_choose_their_ids_before_steps() {
    let run =
        steps("## Step 1\n\n[one](#step-1) [its step](#step-1-1)").build(&["--strict"]).clean();
    assert!(run.prose("a/").contains("<h2 id=\"step-1\">"));
    let after = format!("{}\n## Mine {{#step-2}}\n", "# A\n\n:::steps\n1. One.\n2. Two.\n:::\n");
    let run = Site::new().file("content/a.md", &after).build(&["--strict"]).clean();
    assert!(run.prose("a/").contains("<li class=\"step-item\" id=\"step-2-1\">"));
}

#[test]
fn the_search_gets_the_words_of_the_writer_alone() {
    let run = Site::new()
        .file(
            "content/a.md",
            "# A\n\n:::steps\n1. Quokka.\n:::\n\n:::reply\nWombat.\n:::\n\n![Numbat](p.svg \"Bandicoot\")\n",
        )
        .file("content/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .build(&["--strict"])
        .clean();
    let index: String = run
        .output
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("search/en/"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes))
        .collect();
    let text = "Quokka. Wombat. Numbat Bandicoot";
    assert!(index.contains(text), "{index}");
    assert!(!index.contains("step-1") && !index.contains("Reply to send"), "{index}");
}

#[test]
fn titles_are_plain_where_they_can_only_be_text() {
    let page = "---\ntitle: Use `numbat` & **bandicoot**\n---\n\n::::tabs\n:::tab `quokka` *or* <b>wombat</b>\nText.\n:::\n::::\n\n\
                :::note **Koala** [bilby](b.md) &amp; \\*\nText.\n:::\n";
    let run = Site::new()
        .file("content/a.md", page)
        .file("content/b.md", "# B\n")
        .build(&["--strict"])
        .clean();
    let page = run.page("a/");
    assert!(page.contains("<title>Use numbat &amp; bandicoot ·"), "{page}");
    assert!(page.contains("data-label=\"quokka or wombat\""), "{page}");
    let files = run.output.files.iter();
    let index = files.filter(|(path, _)| path.starts_with("search/en/"));
    let index: String = index.map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
    assert!(index.contains("quokka or wombat Text. Koala bilby & * Text."), "{index}");
    assert!(index.contains("Use numbat & bandicoot"), "{index}");
}

#[test]
fn links_in_titles_are_checked_where_they_stand() {
    let text = "# A\n\n- x\n\n  :::tip A *b* [c](no.md) d\n  Text.\n  :::\n\n+++ `x` https://a.example/路径 [e](no.md)\nText.\n+++\n";
    let run = Site::new().file("content/a.md", text).build(&[]);
    let places = ["warning broken-link content/a.md:5:16", "warning broken-link content/a.md:9:30"];
    assert_eq!(run.places(), places);
}

#[test]
fn readers_of_a_role_block_see_its_title() {
    let text = "# A\n\n:::internal For the `desk`\nQuokka.\n:::\n";
    let site = Site::new().file("content/a.md", text);
    let site = site.file("tier0.toml", "[editions.desk]\nroles = \"all\"\n");
    let run = site.build(&["--edition", "desk"]).clean();
    let label = "do not see this · For the <code>desk</code></p>";
    assert!(run.prose("a/").contains(label), "{}", run.prose("a/"));
}

#[test]
fn the_image_of_a_figure_is_one_link() {
    let site = |text: &str| {
        Site::new()
            .file("content/a/b.md", &format!("# A\n\n{text}\n"))
            .file("content/a/p.png", "not really")
    };
    let run = site("![P](p.png \"Title\")").build(&["--strict"]).clean();
    assert_eq!(
        run.prose("a/b/"),
        "<figure><a class=\"zoom\" href=\"../../a/p.png\"><img src=\"../../a/p.png\" alt=\"P\" loading=\"lazy\"></a><figcaption>Title</figcaption></figure>"
    );
    assert!(run.output.has("a/p.png"));
    assert_eq!(site("![P](q.png)").build(&[]).codes(), ["missing-image"]);
    for unsafe_link in ["![P](javascript:x)", "![P](java&#10;script:x)", "![P](<java script:x>)"] {
        let run = site(unsafe_link).build(&[]);
        assert_eq!(run.codes(), ["unsafe-link"], "{unsafe_link}");
    }
    for elsewhere in ["![P](https://a.example/p.png)", "![P](//a.example/p.png)"] {
        let run = site(elsewhere).build(&[]);
        assert!(!run.prose("a/b/").contains("<a "), "{elsewhere}");
    }
}

#[test]
fn an_image_for_others_is_nowhere_in_the_public_edition() {
    let text = "# A\n\n:::steps\n1. One.\n\n   :::internal\n   ![Rack](rack.png \"Hall\")\n   :::\n2. Two.\n:::\n";
    let site = Site::new()
        .file("tier0.toml", "[editions.desk]\nroles = \"all\"\n")
        .file("content/a.md", text)
        .file("content/rack.png", "not really");
    let run = site.build(&["--strict"]).clean();
    assert!(!run.output.has("rack.png"));
    assert!(run.prose("a/").contains("id=\"step-2\""));
    assert!(!run.page("a/").contains("rack"));
    assert!(site.build(&["--strict", "--edition", "desk"]).clean().page("a/").contains("rack.png"));
}
