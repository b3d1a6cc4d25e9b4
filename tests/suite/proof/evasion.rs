//! Role blocks in odd places: hidden from customers and shown to others, or an error. Never shown
//! to customers.

use super::{Haystack, Way};
use crate::support::Site;

const CONFIG: &str = "[editions.internal]\nroles = \"all\"\n";
/// Stands in every block that must be hidden.
pub const SECRET: &str = "quamble";

/// Ways to write a block, with `S` for the secret. What stands in it must not matter.
pub const BLOCKS: [&str; 24] = [
    ":::internal\nS\n:::",
    ":::only roles=\"ops\"\nS\n:::",
    "::: internal\nS\n:::",
    ":::INTERNAL\nS\n:::",
    ":::only{roles=“ops，engineer”}\nS\n:::",
    ":::only role=ops For the night\nS\n:::",
    ":::::internal\nS\n:::::",
    ":::internal\nS\n:::::",
    ":::internal\n\n\nS\n\n\n:::",
    ":::internal\n- S\n  - S\n:::",
    ":::internal\n1. S\n\n   S\n:::",
    ":::internal\n> S\nS\n:::",
    ":::internal\n| S | b |\n|---|---|\n| c | S |\n:::",
    ":::internal\n```\nS\n:::\nS\n```\nS\n:::",
    ":::internal\n~~~text\n:::internal\nS\n:::\n~~~\n\nS\n:::",
    "::::internal\n:::note\nS\n:::\nS\n::::",
    ":::internal\n:::note S\nS\n:::\nS\n:::",
    "::::internal\n:::only roles=\"customer\"\nS\n:::\nS\n::::",
    ":::internal\n:::internal\nS\n:::\nS\n:::",
    "::::internal\n+++S\nS\n+++\nS\n::::",
    ":::::internal\n::::tabs\n:::tab S\nS\n:::\n::::\n:::::",
    ":::internal\n## S\n\nS[^s]\n\n[^s]: S\n\n[S]: /S\n:::",
    ":::internal\n<!-- S -->\n\n<b>S</b>\n\n<div>S</div>\n\n:::",
    ":::only roles=\"customer, ops\"\nx\n:::\n\n:::internal\nS\n:::",
];

/// Places a block can stand in: before its first line, before each other line, and behind it.
pub const PLACES: [(&str, &str, &str, &str); 22] = [
    ("plain", "", "", ""),
    ("behind text", "Text\n", "", "Text\n"),
    ("behind a table", "| a |\n|---|\n| b |\n", "", ""),
    ("behind a heading", "## A\n", "", ""),
    ("behind a comment", "<!-- c -->\n\n", "", ""),
    ("a list item", "- a\n\n  ", "  ", "- b\n"),
    ("a tight list item", "- a\n  ", "  ", "- b\n"),
    ("the begin of a list item", "- ", "  ", "- b\n"),
    ("an ordered list", "1. a\n\n   ", "   ", "2. b\n"),
    ("an ordered list with two digits", "10) a\n    ", "    ", "11) b\n"),
    ("a list in a list", "- a\n  - b\n\n    ", "    ", "  - c\n"),
    ("a task", "- [ ] a\n\n  ", "  ", ""),
    ("a quote", "> a\n>\n> ", "> ", "> b\n"),
    ("a quote in a list", "- a\n\n  > b\n  > ", "  > ", ""),
    ("a list in a quote", "> - a\n>\n>   ", ">   ", "> - b\n"),
    ("a footnote", "x[^1]\n\n[^1]: a\n\n    ", "    ", "\nb\n"),
    ("a definition", "Term\n: a\n\n  ", "  ", ""),
    ("html", "<div>\n\n", "", "\n</div>\n"),
    ("details", "::::::details\na\n\n", "", "::::::\n"),
    ("a note of the same length", ":::note\na\n\n", "", ":::\n"),
    ("tabs", ":::::::tabs\n::::::tab One\na\n\n", "", "::::::\n:::::::\n"),
    ("steps", "::::::steps\n1. a\n\n   ", "   ", "2. b\n::::::\n"),
];

/// A page with a block in a place.
pub fn page(place: (&str, &str, &str, &str), block: &str) -> String {
    let (_, first, other, behind) = place;
    let mut text = first.to_owned();
    for (number, line) in block.replace('S', SECRET).lines().enumerate() {
        if number > 0 {
            text.push_str(other);
        }
        text.push_str(line);
        text.push('\n');
    }
    format!("# A\n\nBefore.\n\n{text}{behind}\nBehind.\n")
}

/// All pages by name: each block in each place, with the line ends of Unix and of Windows; some with
/// those of old Macs.
fn pages() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for (number, place) in PLACES.iter().enumerate() {
        for (block, text) in BLOCKS.iter().enumerate() {
            let text = page(*place, text);
            let name = format!("content/{number}/{block}");
            pages.push((format!("{name}-windows.md"), text.replace('\n', "\r\n")));
            if (number + block) % 4 == 0 {
                pages.push((format!("{name}-mac.md"), text.replace('\n', "\r")));
            }
            pages.push((format!("{name}.md"), text));
        }
    }
    pages
}

fn site_of(pages: &[(String, String)]) -> Site {
    let site = Site::new().file("tier0.toml", CONFIG);
    for (path, text) in pages {
        site.put(path, text.as_bytes());
    }
    site
}

pub fn url_file(path: &str) -> String {
    path.trim_start_matches("content/").trim_end_matches(".md").to_owned() + "/index.html"
}

/// What is wrong with blocks in places where they can be read.
pub fn check(way: Way) -> Vec<String> {
    let pages = pages();
    let mut faults = Vec::new();
    // Those that are refused are so in every edition; they are few.
    let all = site_of(&pages);
    let public = Way::Inside.build(&all, "public");
    let internal = Way::Inside.build(&all, "internal");
    for path in Haystack::new(&public.tree).find(SECRET) {
        faults.push(format!("shown, even if refused: {path}"));
    }
    let (refused, read): (Vec<_>, Vec<_>) =
        pages.into_iter().partition(|(path, _)| internal.refuses(path));
    if refused.len() * 10 > read.len() {
        faults.push(format!("{} of these are refused, {} not", refused.len(), read.len()));
    }
    for (path, text) in &refused {
        if !public.refuses(path) {
            faults.push(format!("refused in one edition only: {path} {text:?}"));
        }
    }
    let site = site_of(&read);
    let public = way.build(&site, "public");
    if !public.is_good {
        faults.push(format!("refused: {:?}", public.problems));
        return faults;
    }
    for path in Haystack::new(&public.tree).find(SECRET) {
        faults.push(format!("shown to customers: {path}"));
    }
    let internal = way.build(&site, "internal");
    for (path, text) in &read {
        let file = url_file(path);
        if !internal.tree.has(&file) || !internal.tree.text(&file).contains(SECRET) {
            faults.push(format!("hidden from all: {path} {text:?}"));
        }
        for seen in ["Before.", "Behind."] {
            if !public.tree.has(&file) || !public.tree.text(&file).contains(seen) {
                faults.push(format!("{seen} is missing: {path} {text:?}"));
            }
        }
    }
    faults
}

/// Blocks that nobody can tell the end, the readers or the place of: errors, in every edition, and
/// nothing of them is made, not even for the preview.
pub const UNCLEAR: [(&str, &str); 93] = [
    ("unclosed-container", ":::internal\nS\n\nS\n"),
    ("unclosed-container", ":::only roles=ops\nS\n"),
    ("unclosed-container", "::::internal\nS\n:::\nS\n"),
    ("unclosed-container", ":::::internal\n::::note\nS\n:::::\nS\n"),
    ("unclosed-container", "- :::internal\n  S\n:::\nS\n"),
    ("unclosed-container", "> :::internal\n> S\n\nS\n"),
    ("unclosed-container", ":::note\n:::internal\nS\n:::\nx\n"),
    ("unclosed-container", "::::note\n:::internal\nS\n::::\nx\n"),
    ("unclosed-container", ":::internal\n:::note\nS\n:::\nS\n"),
    ("unclosed-container", "+++More\n:::internal\nS\n+++\nS\n"),
    ("unclosed-container", ":::internal\n```\nS\n:::\nS\n"),
    ("unclosed-container", ":::internal\n<div>\nS\n:::\nS\n"),
    ("unclosed-container", ":::internal\n<!--\nS\n:::\n-->\nS\n"),
    ("unclosed-container", ":::internal\n- S\n  :::\nS\n"),
    ("unclosed-container", ":::internal S :::\n"),
    // The block ends while something else is open in it: whose end was meant?
    ("unclosed-container", ":::internal\n::::note\nx\n:::\nS\n"),
    ("unclosed-container", ":::internal\n+++More\nx\n:::\nS\n"),
    ("unclosed-container", ":::internal\n- :::note\n  x\n:::\nS\n"),
    ("unclosed-container", ":::internal\n> :::note\n> x\n:::\nS\n"),
    ("unclosed-container", ":::internal\n::::internal\nx\n:::\nS\n"),
    ("unclosed-container", "- :::internal\n  ::::note\n  x\n  :::\n  S\n"),
    ("unclosed-container", "[^1]\n\n[^1]: x\n\n    :::internal\n    S\n\nS\n"),
    ("unclosed-container", "Term\n: x\n\n  :::internal\n  S\n\nS\n"),
    ("container-not-read", "<div>\n:::internal\nS\n:::\n</div>\n"),
    ("container-not-read", "<details>\n<summary>x</summary>\n:::internal\nS\n:::\n</details>\n"),
    ("container-not-read", "    :::internal\n    S\n    :::\n"),
    ("container-not-read", "- a\n\n      :::internal\n      S\n      :::\n"),
    ("container-not-read", "| a |\n|---|\n| :::internal S ::: |\n"),
    ("container-not-read", "Text :::internal S ::: text\n"),
    ("container-not-read", "## :::internal S\n"),
    ("unclosed-container", "[a]: /x \"t\n:::internal\nS\n:::\"\n"),
    ("container-not-read", "[a :::internal S](https://example.com/)\n"),
    ("container-not-read", "`x\n```\ny\n\n:::internal\nS\n:::\n"),
    ("container-not-read", "：：：internal\nS\n：：：\n"),
    ("container-not-read", "∶∶∶internal\nS\n∶∶∶\n"),
    ("container-not-read", "﹕﹕﹕only roles=ops\nS\n﹕﹕﹕\n"),
    ("container-not-read", "︓︓︓internal\nS\n︓︓︓\n"),
    ("container-not-read", "꞉꞉꞉internal\nS\n꞉꞉꞉\n"),
    ("container-not-read", "ːːːinternal\nS\nːːː\n"),
    ("container-not-read", "׃׃׃internal\nS\n׃׃׃\n"),
    ("container-not-read", "։։։ internal\nS\n։։։\n"),
    ("container-not-read", "∷∷internal\nS\n∷∷\n"),
    ("unclear-roles", ":::：internal\nS\n:::\n"),
    ("container-not-read", "::internal\nS\n::\n"),
    ("container-not-read", "\u{3000}:::internal\nS\n:::\n"),
    ("container-not-read", "\u{200b}:::internal\nS\n:::\n"),
    ("container-not-read", "\\:::internal\nS\n:::\n"),
    ("unclear-roles", ":::internl\nS\n:::\n"),
    ("unclear-roles", ":::内部\nS\n:::\n"),
    ("unclear-roles", ":::only\nS\n:::\n"),
    ("unclear-roles", ":::only ops\nS\n:::\n"),
    ("unclear-roles", ":::only roles=\"\"\nS\n:::\n"),
    ("unclear-roles", ":::only roles=\"ops\" role=\"customer\"\nS\n:::\n"),
    ("unclear-roles", ":::only rols=ops\nS\n:::\n"),
    ("unclear-roles", ":::only roles=customer rols=ops\nS\n:::\n"),
    ("unclear-roles", ":::internal roles=ops\nS\n:::\n"),
    ("unclear-roles", ":::internal roles \"ops\"\nS\n:::\n"),
    ("unclear-roles", ":::details{roles=\"ops\"}\nS\n:::\n"),
    // Blocks of other tools, and roles in braces.
    ("container-not-read", "：：：内部\nS\n：：：\n"),
    ("container-not-read", "：：：internl\nS\n：：：\n"),
    ("container-not-read", "：：：运维\nS\n：：：\n"),
    ("container-not-read", "!!! internal\n    S\n"),
    ("container-not-read", "{{< internal >}}\nS\n{{< /internal >}}\n"),
    ("container-not-read", "{% only ops %}\nS\n{% end %}\n"),
    ("container-not-read", "<internal>S</internal>\n"),
    ("container-not-read", "<only roles=\"ops\">\n\nS\n\n</only>\n"),
    ("container-not-read", "<div roles=\"ops\">\n\nS\n\n</div>\n"),
    ("container-not-read", "<!-- internal -->\nS\n<!-- /internal -->\n"),
    ("container-not-read", "a :internal[S] b\n"),
    ("container-not-read", "## S {roles=ops}\n\nS\n"),
    ("container-not-read", "## S {#s .internal}\n\nS\n"),
    ("container-not-read", "a [S]{.only roles=ops} b\n"),
    ("unclear-roles", "+++internal\nS\n+++\n"),
    ("unclear-roles", ":::details Internal\nS\n:::\n"),
    // Alerts are for everybody, whatever their name.
    ("unclear-roles", "> [!INTERNAL]\n> S\n"),
    ("unclear-roles", "> [!only] S\n> S\n"),
    ("unclear-roles", "> [!Ops]\n> S\n"),
    ("unclear-roles", "> [!customer-ops]\n> S\n"),
    ("unclear-roles", "> [!运维]\n> S\n"),
    ("unclear-roles", "> [!only roles=\"ops\"]\n> S\n"),
    ("unclear-roles", "> [!INTERNAL NOTE]\n> S\n"),
    ("unclear-roles", "> [!internal-only]-\n> S\n"),
    ("unclear-roles", "> [!ops|x]\n> S\n"),
    ("unclear-roles", ">\n> [!internal]\n> S\n"),
    ("unclear-roles", "> x\n> **[!internal]**\n> S\n"),
    ("unclear-roles", "> [！内部]\n> S\n"),
    ("unclear-roles", ">【！仅限内部】\n> S\n"),
    ("unclear-roles", "> ［!运维专用］\n> S\n"),
    ("unclear-roles", "- a\n\n  > ![internal]\n  > S\n"),
    ("unclear-roles", "> x\n>\n> > [!INTERNAL]\n> > S\n"),
    ("unclear-roles", ":::note\n> [!INTERNAL]\n> S\n:::\n"),
    ("unknown-role", ":::only roles=\"opps\"\nS\n:::\n"),
    ("unknown-role", ":::only roles=\"customer, opps\"\nS\n:::\n"),
];

/// Codes whose text is not hidden: who reads it is clear, or nothing is published in any case.
pub const NOT_CUT: [&str; 2] = ["container-not-read", "unknown-container"];

/// What is wrong with blocks that nobody can make sense of.
pub fn check_unclear(way: Way) -> Vec<String> {
    let mut faults = Vec::new();
    let site = Site::new().file("tier0.toml", CONFIG);
    for (number, (_, text)) in UNCLEAR.iter().enumerate() {
        let text = format!("# A\n\nBefore.\n\n{}", text.replace('S', SECRET));
        site.put(&format!("content/{number}.md"), text.as_bytes());
        site.put(&format!("content/{number}w.md"), text.replace('\n', "\r\n").as_bytes());
    }
    for edition in ["public", "internal"] {
        let built = way.build(&site, edition);
        for (number, (code, text)) in UNCLEAR.iter().enumerate() {
            for path in [format!("content/{number}.md"), format!("content/{number}w.md")] {
                let problem = format!("error {code} {path}");
                if !built.problems.contains(&problem) {
                    faults.push(format!("{edition}: no {problem}: {text:?}"));
                }
                let file = url_file(&path);
                let cut = !NOT_CUT.contains(code) && !text.contains("customer, opps");
                let page = built.tree.files.get(&file).map(|_| built.tree.text(&file));
                if edition == "public" && cut && page.is_some_and(|page| page.contains(SECRET)) {
                    faults.push(format!("the preview would show {text:?}"));
                }
            }
        }
        if way == Way::Command && !built.tree.files.is_empty() {
            faults.push(format!("{edition} is published"));
        }
    }
    faults
}

/// Alerts with other words, links and images are what they were.
#[test]
fn alerts_for_everybody_are_shown_to_everybody() {
    let text = "> [!NOTE]\n> seen1\n\n> [!question]\n> seen2\n\n\
        > [!internal](https://example.com/) seen3\n\n[!INTERNAL] seen4\n\n\
        ```\n> [!INTERNAL]\n> seen5\n```\n\n\
        > [!客户须知]\n> seen6 <b>internal</b>, `{roles=ops}`, 注：：：内部\n\n\
        <!-- internal names are fine --> seen7\n\n{internal} {{ only }} seen8\n\n\
        seen9 ：：：\n";
    let site = Site::new().file("tier0.toml", CONFIG).file("content/a.md", text);
    let public = Way::Command.build(&site, "public");
    assert_eq!(public.problems, ["warning empty-title content/a.md"]);
    for number in 1..=9 {
        assert!(public.tree.text("a/index.html").contains(&format!("seen{number}")), "{number}");
    }
}

#[test]
fn role_blocks_are_hidden_wherever_they_can_stand() {
    assert_eq!(check(Way::Command), [""; 0]);
}

#[test]
fn role_blocks_that_nobody_can_make_sense_of_are_errors() {
    assert_eq!(check_unclear(Way::Command), [""; 0]);
}
