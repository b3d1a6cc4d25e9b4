//! Links: every way to write one, and where it leads.

use crate::support::{Site, html};

/// Addresses of all links in the text of a page.
fn targets(prose: &str) -> Vec<String> {
    html::tags(prose)
        .iter()
        .filter(|tag| tag.get("class") != Some("anchor"))
        .filter_map(|tag| tag.get("href").or(tag.get("src")).map(str::to_owned))
        .collect()
}

fn site() -> Site {
    Site::new()
        .file("content/_index.md", "# Home\n")
        .file("content/guides/_index.md", "# Guides\n")
        .file(
            "content/guides/reset.md",
            "---\nid: reset\ntitle: Reset\n---\n\n## Hold the button {#hold}\n\n## 错误码 10407\n",
        )
        .file("content/guides/路由器.md", "# 路由器\n")
        .file("content/faq/q.md", "---\ntitle: Q\nslug: questions\n---\n")
}

/// Where links lead, each on a page of its own.
fn resolve(links: &[(&str, &str)]) {
    let site = site().file("content/guides/deep/a.md", "# A\n\n## Here\n");
    for (number, (link, _)) in links.iter().enumerate() {
        let text = format!("# Page {number}\n\n{link}\n\n## Here\n");
        site.put(&format!("content/guides/deep/p{number}.md"), text.as_bytes());
    }
    let run = site.build(&["--strict"]).clean();
    assert_eq!(html::faults(&run.output), [""; 0]);
    for (number, (link, target)) in links.iter().enumerate() {
        let page = format!("guides/deep/p{number}/");
        assert_eq!(targets(run.prose(&page)), [*target], "{link}");
    }
}

#[test]
fn every_way_to_name_a_page() {
    let reset = "../../../guides/reset/";
    resolve(&[
        ("[x](../reset.md)", reset),
        ("[x](../reset)", reset),
        ("[x](../reset/)", reset),
        ("[x](../reset.html)", reset),
        ("[x](../../guides/reset.md)", reset),
        ("[x](/guides/reset.md)", reset),
        ("[x](/guides/reset/)", reset),
        ("[x](id:reset)", reset),
        ("[x][r]\n\n[r]: /guides/reset.md", reset),
        ("<a href=\"/guides/reset.md\">x</a>", reset),
        ("[x](../reset.md#hold)", "../../../guides/reset/#hold"),
        ("[x](id:reset#hold)", "../../../guides/reset/#hold"),
        ("[x](../reset.md?q=1#hold)", "../../../guides/reset/?q=1#hold"),
        ("[x](#here)", "#here"),
        ("[x](a.md#here)", "../../../guides/deep/a/#here"),
        ("[x](..)", "../../../guides/"),
        ("[x](../_index.md)", "../../../guides/"),
        ("[x](../index.md)", "../../../guides/"),
        ("[x](/guides/)", "../../../guides/"),
        ("[x](/)", "../../../"),
        ("[x](/faq/q.md)", "../../../faq/questions/"),
        ("[x](/faq/questions/)", "../../../faq/questions/"),
        ("[x](../路由器.md)", "../../../guides/%E8%B7%AF%E7%94%B1%E5%99%A8/"),
        ("[x](../%E8%B7%AF%E7%94%B1%E5%99%A8.md)", "../../../guides/%E8%B7%AF%E7%94%B1%E5%99%A8/"),
        ("[x](https://a.example/?a=1&b=2)", "https://a.example/?a=1&b=2"),
        ("[x](mailto:help@a.example)", "mailto:help@a.example"),
        ("[x](tel:+4940123)", "tel:+4940123"),
        ("<help@a.example>", "mailto:help@a.example"),
    ]);
}

#[test]
fn anchors_may_differ_in_form() {
    const ERROR: &str = "../../../guides/reset/#%E9%94%99%E8%AF%AF%E7%A0%81-10407";
    resolve(&[
        ("[x](../reset.md#Hold)", "../../../guides/reset/#hold"),
        ("[x](../reset.md#错误码-10407)", ERROR),
        ("[x](../reset.md#%E9%94%99%E8%AF%AF%E7%A0%81-10407)", ERROR),
    ]);
}

#[test]
fn old_prefixes_are_rewritten() {
    let run = site()
        .file("tier0.toml", "[links.rewrite]\n\"/help/\" = \"/guides/\"\n\"https://old.example/\" = \"/\"\n\"/help/old/\" = \"/faq/\"\n")
        .file("content/a.md", "# A\n\n[1](/help/reset.md) [2](https://old.example/guides/reset.md) [3](/help/old/q.md)\n")
        .build(&["--strict"])
        .clean();
    assert_eq!(
        targets(run.prose("a/")),
        ["../guides/reset/", "../guides/reset/", "../faq/questions/"]
    );
}

#[test]
fn broken_links_say_what_was_probably_meant() {
    let run = site()
        .file(
            "content/a.md",
            "# A\n\n[1](guides/rest.md) [2](reset.md) [3](guides/reset.md#hodl)\n",
        )
        .build(&[]);
    let help: Vec<_> = run.problems.iter().map(|p| p.help.as_str()).collect();
    assert_eq!(
        help,
        [
            "Did you mean `/guides/reset.md`?",
            "Did you mean `/guides/reset.md`?",
            "Did you mean `#hold`?"
        ]
    );
}

#[test]
fn links_in_every_place_are_seen() {
    let text = "# A\n\n| [t](x1.md) |\n|---|\n| [t](x2.md) |\n\n> [q](x3.md)\n\n- [l](x4.md)\n\nWord[^1]\n\n[^1]: [f](x5.md)\n\n\
                :::note\n[c](x6.md)\n:::\n\n## [h](x7.md)\n\n<p><a href='x8.md'>raw</a></p>\n\n[![i](x9.png)](x10.md)\n";
    let run = Site::new().file("content/a.md", text).build(&[]);
    let mut targets: Vec<_> =
        run.problems.iter().map(|p| p.message.split('`').nth(1).unwrap_or_default()).collect();
    targets.sort_unstable();
    let mut expected: Vec<_> =
        (1..=10).map(|n| format!("x{n}.{}", if n == 9 { "png" } else { "md" })).collect();
    expected.sort_unstable();
    assert_eq!(targets, expected);
}

#[test]
fn dangerous_links_never_reach_a_page() {
    const LINKS: [&str; 15] = [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](&#106;avascript:alert(1))",
        "[x](vbscript:x)",
        "[x](data:text/html,<script>alert(1)</script>)",
        "![x](javascript:alert(1))",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"java&#115;cript:alert(1)\">x</a>",
        "<a href=\" javascript:alert(1)\">x</a>",
        "<a href=\"&#1;javascript:alert(1)\">x</a>",
        "<a href=javascript&colon;alert(1)>x</a>",
        "<img src=\"javascript:alert(1)\" alt=\"x\">",
        "<javascript:alert(1)>",
        "[x][y]\n\n[y]: javascript:alert(1)",
    ];
    for mode in ["sanitize", "allow", "escape"] {
        let config = format!(
            "[site]\nhtml = \"{mode}\"\n[severity]\nunsafe-link = \"off\"\nbroken-link = \"off\"\nmissing-image = \"off\"\nmissing-file = \"off\"\n"
        );
        let site = Site::new().file("tier0.toml", &config);
        for (number, link) in LINKS.iter().enumerate() {
            site.put(&format!("content/{number}.md"), format!("# A\n\n{link}\n").as_bytes());
        }
        let run = site.build(&[]).fine();
        for (number, link) in LINKS.iter().enumerate() {
            for tag in html::tags(run.prose(&format!("{number}/"))) {
                for (key, value) in &tag.attributes {
                    let plain: String =
                        value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
                    let plain = plain.to_lowercase();
                    assert!(
                        !["javascript:", "vbscript:", "data:text"]
                            .iter()
                            .any(|bad| plain.starts_with(bad)),
                        "{mode} {link}: {key}={value}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_link_cannot_name_a_file_outside() {
    let site = Site::new().file(
        "content/a.md",
        "# A\n\n[s](../../outside.txt) ![i](../../../../etc/passwd) [t](..%2f..%2foutside.txt)\n",
    );
    std::fs::write(site.root().join("../outside.txt"), "secret").expect("a file outside");
    let run = site.build(&[]);
    assert_eq!(run.codes(), ["outside-site"; 3]);
    let site = Site::new().file("content/a.md", "# A\n\n[s](inside.txt)\n");
    std::fs::write(site.root().join("../outside.txt"), "secret").expect("a file outside");
    std::os::unix::fs::symlink("../../outside.txt", site.path("content/inside.txt"))
        .expect("a link");
    let run = site.build(&[]);
    assert!(run.codes().contains(&"outside-site"), "{:?}", run.places());
    assert!(run.output.files.is_empty());
}

#[test]
fn links_without_a_target_are_broken() {
    let run = Site::new()
        .file(
            "content/a.md",
            "# A\n\n[x](?q=1)\n\n[y]()\n\n![z]()\n\n[ok](#a)\n\n[top](#)\n\n## A\n",
        )
        .build(&[]);
    assert_eq!(
        run.places(),
        [
            "warning broken-link content/a.md:3:1",
            "warning broken-link content/a.md:5:1",
            "warning missing-image content/a.md:7:1",
        ]
    );
}

#[test]
fn suggestions_do_not_take_longer_than_the_build() {
    // The same pages with links that lead somewhere, and with links that nearly do.
    let check = |link: &str, threads: &str| {
        let site = Site::new();
        for number in 0..2000 {
            let text = format!("# P\n\n[x](article-about-{link}-{number}.md)\n");
            site.put(&format!("content/article-about-devices-{number}.md"), text.as_bytes());
        }
        let mut command = site.command(&["check", "--format", "json"]);
        let start = std::time::Instant::now();
        let output = command.env("RAYON_NUM_THREADS", threads).output().expect("tier0 runs");
        (String::from_utf8_lossy(&output.stdout).into_owned(), start.elapsed())
    };
    let (_, fine) = check("devices", "1");
    let (lines, wrong) = check("devicse", "1");
    assert!(wrong < fine * 8, "{wrong:?}, and {fine:?} with nothing to suggest");
    let suggested = lines.lines().filter(|line| line.contains("Did you mean")).count();
    assert_eq!(suggested, 200);
    let only = |text: &str| -> Vec<String> {
        text.lines().filter(|line| line.contains("\"problem\"")).map(str::to_owned).collect()
    };
    assert_eq!(only(&lines).len(), 2000);
    assert_eq!(only(&lines), only(&check("devicse", "4").0));
}

#[test]
fn links_find_articles_whatever_the_case_of_their_ending() {
    let site = Site::new()
        .file("content/a.md", "# A\n\n[x](b.MD) [y](c.Markdown#d) [z](b.md)\n")
        .file("content/b.MD", "# B\n")
        .file("content/c.Markdown", "# C\n\n## D\n");
    let run = site.build(&[]).clean();
    let prose = run.prose("a/");
    assert!(prose.contains("../b/") && prose.contains("../c/#d"), "{prose}");
    let run = Site::new().file("content/a.md", "# A\n\n[x](b.MD)\n").build(&[]);
    assert_eq!(run.places(), ["warning broken-link content/a.md:3:1"]);
}
