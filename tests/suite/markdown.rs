//! Markdown beyond the golden sites: what must never come out, whatever goes in.

use std::collections::BTreeSet;

use crate::support::random::Random;
use crate::support::{Site, html, rounds};

fn prose(markdown: &str) -> String {
    let run = Site::new().file("content/a.md", &format!("# A\n\n{markdown}\n")).build(&[]).fine();
    run.prose("a/").to_owned()
}

#[test]
fn emphasis_next_to_chinese_punctuation() {
    for (text, html) in [
        ("**重点：**后文", "<strong>重点：</strong>后文"),
        ("请**“重启”**路由器", "请<strong>“重启”</strong>路由器"),
        ("**（注意）**请备份", "<strong>（注意）</strong>请备份"),
        ("*提示：*先保存", "<em>提示：</em>先保存"),
        ("**步骤一、**打开", "<strong>步骤一、</strong>打开"),
        ("前文**`ls -l`**后文", "前文<strong><code>ls -l</code></strong>后文"),
        ("2 * 3 和 4*5*6", "2 * 3 和 4<em>5</em>6"),
        ("a * b，c * d", "a * b，c * d"),
        (r"\*\*重点：\*\*后文", "**重点：**后文"),
        ("`**重点：**后文`", "<code>**重点：**后文</code>"),
    ] {
        assert_eq!(prose(text), format!("<p>{html}</p>"), "{text}");
    }
}

#[test]
fn nothing_active_survives() {
    for text in [
        "<script>evil()</script>",
        "<img src=x onerror=evil()>",
        "<b onclick='evil()'>x</b>",
        "## Heading {onclick=evil()}",
        "## Heading {#a onclick=\"evil()\" style=\"x\"}",
        "<svg onload=evil()></svg>",
        "<svg><script>evil()</script></svg>",
        "<math><mi xlink:href=\"javascript:evil()\">x</mi></math>",
        "<iframe src=\"https://evil.example/evil()\"></iframe>",
        "<form action=\"https://evil.example/evil()\"><input></form>",
        "<style>evil(){}</style>",
        "<p style=\"background:url(evil())\">x</p>",
        "<base href=\"https://evil.example/evil()\">",
        "<meta http-equiv=refresh content=\"0;url=evil()\">",
        "<object data=\"evil()\"></object>",
        "<noscript><p title=\"</noscript><img src=x onerror=evil()>\"></noscript>",
        "<a href=\"https://a.example\" onmouseover=evil()>x</a>",
        "<img src=\"x\" alt=\"`\"><script>evil()</script>\"`",
        "<!-- --!><script>evil()</script> -->",
        "<details ontoggle=evil() open>x</details>",
    ] {
        let run = Site::new()
            .file("content/a.md", &format!("# A\n\n{text}\n"))
            .file("tier0.toml", "[severity]\nmissing-image = \"off\"\nbroken-link = \"off\"\nunsafe-link = \"off\"\nmissing-file = \"off\"\n")
            .build(&[])
            .fine();
        let mut faults = html::faults(&run.output);
        faults.retain(|fault| !fault.contains("there is no") && !fault.contains("without alt"));
        assert_eq!(faults, [""; 0], "{text}\n{}", run.prose("a/"));
        for tag in html::tags(run.prose("a/")) {
            let holds = tag.attributes.iter().any(|(key, value)| {
                key != "title"
                    && key != "alt"
                    && !key.starts_with("aria")
                    && value.contains("evil()")
            });
            assert!(!holds, "{text}: {tag:?}");
        }
    }
}

#[test]
fn html_modes() {
    let build = |mode: &str| {
        let run = Site::new()
            .file("content/a.md", "# A\n\nA <b class=\"x\">b</b> <video></video>.\n")
            .file("tier0.toml", &format!("[site]\nhtml = \"{mode}\"\n"))
            .build(&[])
            .fine();
        run.prose("a/").to_owned()
    };
    assert_eq!(build("sanitize"), "<p>A <b class=\"x\">b</b> .</p>");
    assert_eq!(build("allow"), "<p>A <b class=\"x\">b</b> <video></video>.</p>");
    assert_eq!(
        build("escape"),
        "<p>A &lt;b class=&quot;x&quot;&gt;b&lt;/b&gt; &lt;video&gt;&lt;/video&gt;.</p>"
    );
}

#[test]
fn code_is_text() {
    for language in ["", "html", "js", "bash", "unknown-language", "rust,ignore", "\"><script>"] {
        let html =
            prose(&format!("```{language}\n</code></pre><script>x</script> & \"q\" <b>\n```"));
        assert!(!html.contains("<script>") && !html.contains("<b>"), "{language}: {html}");
        let text: String =
            html.split('<').filter_map(|part| part.split_once('>').map(|(_, text)| text)).collect();
        assert_eq!(
            html::unescape(&text).trim(),
            "</code></pre><script>x</script> & \"q\" <b>",
            "{language}: {html}"
        );
    }
}

#[test]
fn the_first_heading_is_the_title() {
    let run = Site::new()
        .file("content/a.md", "# From *heading*\n\nText.\n\n# Second\n")
        .file("content/b.md", "---\ntitle: From front matter\n---\n\n# Shown above\n\nText.\n")
        .file("content/c.md", "Text first.\n\n# Not a title\n")
        .build(&[])
        .fine();
    assert!(run.page("a/").contains("<h1>From <em>heading</em></h1>"));
    assert!(run.page("a/").contains("<title>From heading · "));
    assert!(run.prose("a/").contains("<h2 id=\"second\">"));
    assert!(
        run.page("b/").contains("<title>From front matter · ")
            && run.page("b/").contains("<h1>Shown above</h1>")
    );
    assert!(run.prose("c/").contains("<h2 id=\"not-a-title\">"));
    assert_eq!(html::faults(&run.output), [""; 0]);
}

#[test]
fn raw_headings_leave_the_title_alone() {
    let run = Site::new()
        .file(
            "content/a.md",
            "# A\n\n<h1>Second</h1>\n\n<div><h1>Third</h1></div>\n\nText <h1>fourth</h1>.\n",
        )
        .build(&[])
        .fine();
    assert_eq!(html::faults(&run.output), [""; 0], "{}", run.prose("a/"));
}

#[test]
fn toml_front_matter_and_odd_beginnings() {
    let run = Site::new()
        .file("content/a.md", "+++\ntitle = \"From TOML\"\ntags = [\"x\"]\n+++\n\nText.\n")
        .file("content/b.md", "\u{feff}---\r\ntitle: Windows\r\n---\r\n\r\nText.\r\n")
        .file("content/c.md", "---\n\nA rule, not front matter.\n")
        .file("content/d.md", "")
        .build(&[])
        .fine();
    assert!(run.page("a/").contains("<h1>From TOML</h1>"));
    assert!(run.page("b/").contains("<h1>Windows</h1>"));
    assert!(run.prose("c/").contains("A rule, not front matter."));
    assert_eq!(html::faults(&run.output), [""; 0]);
}

/// Pieces that markdown, containers and html are made of, in any order.
const PIECES: [&str; 40] = [
    "\n",
    "\n\n",
    "    ",
    "  ",
    "- ",
    "1. ",
    "> ",
    "# ",
    "## ",
    ":::",
    ":::note",
    "::::",
    ":::internal",
    ":::only roles=\"ops\"",
    "+++More",
    "```",
    "~~~",
    "`",
    "**",
    "*",
    "重点：",
    "后文",
    "[a](b.md)",
    "[",
    "](",
    ")",
    "![",
    "<b>",
    "</b>",
    "<div>",
    "<!--",
    "-->",
    "<a href=\"",
    "|",
    "|---|\n",
    "[^1]",
    "[^1]: ",
    "{#x}",
    "\\",
    "😀\u{0}",
];

#[test]
fn noise_never_panics_and_never_gets_active() {
    for round in rounds(6, 200) {
        let mut random = Random::new(round);
        let site = Site::new().file(
            "tier0.toml",
            "[severity]\nmissing-image = \"off\"\nbroken-link = \"off\"\nmissing-file = \"off\"\n",
        );
        for number in 0..60 {
            let length = 5 + random.below(60);
            let text: String = (0..length).map(|_| *random.pick(&PIECES)).collect();
            site.put(
                &format!("content/p{number}.md"),
                format!("# P\n\n{}", text.replace('\0', "")).as_bytes(),
            );
        }
        // `run` fails on a panic. Pages with an error go, until what is left can be published.
        let run = loop {
            let run = site.build(&[]);
            let errors = run.problems.iter().filter(|p| p.severity == "error");
            let broken: BTreeSet<_> = errors.map(|p| p.path.as_str()).collect();
            if broken.is_empty() {
                break run.fine();
            }
            broken.into_iter().for_each(|path| site.remove(path));
        };
        let mut faults = html::faults(&run.output);
        faults.retain(|fault| {
            !fault.contains("there is no")
                && !fault.contains(" has no id ")
                && !fault.contains("the id ")
        });
        assert_eq!(faults, [""; 0], "round {round}");
    }
}
