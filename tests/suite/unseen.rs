//! What a page does not show is nowhere in the output: footnotes that nothing mentions, html that a
//! browser would hide, files that only dropped tags name.

use crate::secret::{SECRET, article};
use crate::support::Run;

/// Refused with this code, and nothing is written.
fn refused(run: &Run, code: &str, what: &str) {
    let errors = run.problems.iter().filter(|problem| problem.severity == "error");
    let codes: Vec<_> = errors.map(|problem| problem.code.as_str()).collect();
    assert!(run.code == 1 && !codes.is_empty(), "{what}: {codes:?}");
    assert!(codes.iter().all(|found| *found == code), "{what}: {codes:?}");
    assert!(run.output.holding(SECRET).is_empty(), "{what}");
}

/// Published without the secret.
fn kept(run: &Run, what: &str) {
    assert_eq!((run.code, run.output.holding(SECRET)), (0, Vec::<&str>::new()), "{what}");
    assert!(run.output.has("a/index.html"), "{what}");
}

#[test]
fn footnotes_that_nothing_shown_mentions_are_no_part_of_the_page() {
    for text in [
        ":::internal\nAsk the vault[^v].\n:::\n\nSeen.\n\n[^v]: On host quamble\n",
        "Seen.\n\n[^v]: On host quamble\n",
        "Seen.\n\n[^_^]: # (quamble)\n",
        "[^v]: On host quamble\n\nSeen.\n\n:::only roles=\"ops\"\nsee[^v]\n:::\n",
        ":::internal\nAsk[^v].\n:::\n\nSeen.\n\n[^v]: See[^w].\n\n[^w]: Host quamble\n",
        "Seen.\n\n[^v]: See[^w].\n\n[^w]: Host quamble[^v]\n",
        "Seen[^v].\n\n[^v]: Fine.\n\n[^v]: Host quamble\n",
        "- One\n\n  [^v]: Host quamble\n\n:::internal\nsee[^v]\n:::\n",
        "Seen.\n\n:::internal\nsee[^v]\n:::\n\n[^v]: See [the dump](dump.txt).\n\n    ## Host quamble\n\n    `quamble`\n",
        "Seen.\n\n[^v]: See [the dump](dump.txt).\n",
    ] {
        let site = article(&format!("# A\n\n{text}"));
        let site = site.file("content/dump.txt", "quamble\n");
        let run = site.build(&[]);
        kept(&run, text);
        assert!(!run.output.has("dump.txt"), "{text}");
    }
    let text = "# A\n\nSeen[^v].\n\n[^v]: See[^w].\n\n[^w]: Host quamble, [x](dump.txt)\n";
    let run = article(text).file("content/dump.txt", "x").build(&[]).fine();
    assert!(run.page("a/").contains(SECRET) && run.output.has("dump.txt"));
}

#[test]
fn footnotes_of_a_block_are_excluded_text() {
    let words = "the quamble of the seventh engine must never be opened at night";
    let text = format!("# A\n\nSeen.\n\n:::internal\nsee[^v]\n:::\n\n[^v]: {words}\n");
    let site = article(&text).file("static/copy.txt", words);
    let run = site.build(&[]);
    assert_eq!((run.codes(), run.output.holding(SECRET)), (vec!["leak"], Vec::<&str>::new()));
    // Whoever sees the block sees its footnote.
    let site =
        article(&text).file("tier0.toml", "[editions.desk]\nroles = [\"customer\", \"support\"]\n");
    let run = site.build(&["--edition", "desk"]).fine();
    assert!(run.page("a/").contains(SECRET));
}

#[test]
fn html_that_a_browser_hides_is_refused() {
    for text in [
        "<div hidden>quamble</div>",
        "Seen <span hidden>quamble</span>.",
        "<div hidden=\"until-found\">\n\nquamble\n\n</div>",
        "Seen <span style=\"color: red; display: none\">quamble</span>.",
        "<p STYLE='Visibility : hidden !important'>quamble</p>",
        "<span style='mso-hide:all'>quamble</span>",
        "<template>quamble</template>",
        "<template>\n\nquamble\n\n</template>",
        "<dialog>quamble</dialog>",
        "<datalist><option>quamble</option></datalist>",
        "<noscript>quamble</noscript>",
        "<object data=\"x.pdf\">quamble</object>",
        "Seen <object data=\"x.pdf\">quamble</object>.",
        "<svg><desc>quamble</desc></svg>",
        "Seen <svg><metadata>quamble</metadata></svg>.",
        "<select><option hidden>quamble</option></select>",
        "<h2 hidden>quamble</h2>",
        "<my-note hidden>quamble</my-note>",
        "> <div>\n> <p hidden>quamble</p>\n> </div>",
        "| a |\n|---|\n| <b hidden>quamble</b> |",
    ] {
        let run = article(&format!("# A\n\n{text}\n")).build(&[]);
        refused(&run, "unclear-roles", text);
        let messages: Vec<_> = run.problems.iter().map(|problem| &problem.message).collect();
        assert!(messages.iter().any(|said| said.contains("a browser would hide this")), "{text}");
    }
    let run = article("# A\n\n> <div>\n> <p hidden>quamble</p>\n> </div>\n").build(&[]);
    assert_eq!(run.places(), ["error unclear-roles content/a.md:4:3"]);
}

#[test]
fn html_that_is_seen_and_html_in_code_is_fine() {
    for text in [
        "<details><summary>More</summary>quamble</details>",
        "<span aria-hidden=\"true\">quamble</span>",
        "<dialog open>quamble</dialog>",
        "<b style=\"color:red;overflow:hidden\">quamble</b>",
        "`<div hidden>quamble</div>`",
        "```html\n<div hidden>quamble</div>\n```",
        "    <x>\n    <template>quamble</template>",
        "<video>quamble</video>",
        "Seen <noscript></noscript><object data=\"x\"></object> quamble.",
        "<p class=\"x\" title=\"hidden\">quamble</p>",
    ] {
        let run = article(&format!("# A\n\n{text}\n")).build(&[]).fine();
        assert!(run.page("a/").contains(SECRET), "{text}");
    }
    let site = article("# A\n\n<div hidden>quamble</div>\n");
    let run = site.file("tier0.toml", "[site]\nhtml = \"allow\"\n").build(&[]).fine();
    assert!(run.page("a/").contains("<div hidden>quamble</div>"));
}

#[test]
fn files_are_copied_only_for_links_that_are_written() {
    for text in [
        "<script src=\"dump.txt\"></script>",
        "<video src=\"dump.txt\"></video>",
        "Seen <iframe src=\"dump.txt\"></iframe>.",
        "<embed src=\"dump.txt\">",
        "<div src=\"dump.txt\">x</div>",
        "<p href=\"dump.txt\">x</p>",
        "<a src=\"dump.txt\">x</a>",
        "<img href=\"dump.txt\">",
        "<link href=\"dump.txt\">",
        "Seen <a href=\"dump.txt\"></a>.",
    ] {
        let site = article(&format!("# A\n\n{text}\n")).file("content/dump.txt", "quamble\n");
        kept(&site.build(&[]), text);
    }
    let site = article("# A\n\n<a href=\"dump.txt\">x</a>\n").file("content/dump.txt", "quamble\n");
    assert_eq!(site.build(&[]).fine().output.holding(SECRET), ["dump.txt"]);
    let site =
        article("# A\n\n<video src=\"dump.txt\"></video>\n").file("content/dump.txt", "quamble\n");
    let site = site.file("tier0.toml", "[site]\nhtml = \"allow\"\n");
    assert_eq!(site.build(&[]).fine().output.holding(SECRET), ["dump.txt"]);
}

#[test]
fn role_blocks_in_the_code_of_programs_are_slips() {
    for language in ["bash", "sh", "python", "rust,ignore", "{.js}", "{.sh #x}", "console"] {
        let text = format!("# A\n\n```{language}\nls\n:::internal\nquamble\n:::\n```\n");
        let run = article(&text).build(&[]);
        assert!(run.code == 1 && run.output.holding(SECRET).is_empty(), "{language}");
    }
    for language in ["", "markdown", "md", "mdx", "text", "html", "yaml", "JSON"] {
        let text = format!("# A\n\n```{language}\n:::internal\nquamble\n:::\n```\n");
        assert!(article(&text).build(&[]).fine().page("a/").contains(SECRET), "{language}");
    }
    let text = "# A\n\n```r\nbase:::internal(quamble)\n```\n\n```css\na:::only\n```\n";
    assert!(article(text).build(&[]).fine().page("a/").contains(SECRET));
}
