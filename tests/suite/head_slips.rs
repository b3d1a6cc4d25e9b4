//! Heads as people write them: what is wrong is said once, with a line that works.

use crate::secret::article;
use crate::support::Site;

/// The page again, with its first line that has the problem written as the help says.
fn advised(text: &str, help: &str, line: u64) -> String {
    let (_, shown) = help.split_once('`').expect("the help shows a line");
    let (fixed, _) = shown.split_once("`.").expect("and ends it");
    let mut lines: Vec<&str> = text.lines().collect();
    lines[usize::try_from(line).unwrap() - 1] = fixed;
    lines.join("\n")
}

#[test]
fn what_is_advised_is_read() {
    for head in [
        "title：退款\ntags: a",
        "title: a\nkeywords：b",
        "title: “How: it works”",
        "title: ‘a: b’",
        "title: 「a: b」",
        "title: Error: cannot connect",
        "title: @home",
        "title: `tier0` here",
        "title: *a* b",
        "title: [a] b",
        "title: 'it's here'",
        "title: \"a\" b",
        "title: \"C:\\windows\"",
        "title: \"a\ntags: b",
        "title:a\ntags: b",
        "title: a\n tags: b",
        "title: a\ntags:\n\t- b",
        "title: a\ntags:\n-b",
        "title: a: b\ntags: c\nslug: x",
    ] {
        let text = format!("---\n{head}\n---\n\nHello.\n");
        let run = article(&text).build(&["--strict"]);
        assert_eq!(run.codes(), ["front-matter-syntax"], "{head}: {:?}", run.problems);
        let problem = &run.problems[0];
        let again = article(&advised(&text, &problem.help, problem.line)).build(&["--strict"]);
        assert_eq!((again.code, again.codes()), (0, Vec::new()), "{head}: {}", problem.help);
    }
}

#[test]
fn lines_with_the_same_slip_are_one_problem() {
    for (head, more) in [
        ("标题：退款\n标签：a", "One more line has the same."),
        ("title：a\ntags：b，c\nkind：faq\nslug：x", "3 more lines have the same."),
        ("title: a: b\ntags: c\ndescription: d: e", "One more line has the same."),
        ("tags:\n\t- a\n\t- b", "One more line has the same."),
    ] {
        let run = article(&format!("---\n{head}\n---\n\nx\n")).build(&["--strict"]);
        assert_eq!(run.codes(), ["front-matter-syntax"], "{head}");
        assert!(run.problems[0].help.ends_with(more), "{head}: {}", run.problems[0].help);
    }
    // Two rules in a text are no head, whatever is between them.
    let text = "---\n\n注意：先备份\n再说一遍。\n\n---\n\n正文。\n";
    assert_eq!(article(text).build(&[]).codes(), ["empty-title"]);
}

#[test]
fn keys_are_known_by_their_chinese_names() {
    let page = |head: &str| article(&format!("---\n{head}\n---\n\nx\n"));
    for (head, key) in [("标题: 退款", "title"), ("title: a\n标签: b", "tags")] {
        let run = page(head).build(&[]);
        assert_eq!((run.code, run.codes()), (0, vec!["unknown-key"]), "{head}");
        assert!(run.problems[0].help.contains(&format!("`{key}`")), "{}", run.problems[0].help);
    }
    // What keeps readers out is no warning.
    assert_eq!(page("title: a\n角色: 内部").build(&[]).code, 1);
}

#[test]
fn short_names_are_compared_with_what_is_declared() {
    let site = |product: &str| {
        let page = format!("---\ntitle: A\nproducts: [{product}]\n---\n\nx\n");
        Site::new()
            .file("tier0.toml", "[products.web]\nlabel = \"Web\"\n")
            .file("content/a.md", &page)
            .file("content/index.md", "# Home\n\nHi.\n")
    };
    assert_eq!(site("webb").build(&[]).codes(), ["unknown-product"]);
    for fine in ["web", "wap", "app"] {
        assert_eq!(site(fine).build(&[]).codes(), [""; 0], "{fine}");
    }
}
