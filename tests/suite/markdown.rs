//! Markdown beyond the golden sites: what must never come out, whatever goes in.

use std::collections::BTreeSet;

use crate::support::random::Random;
use crate::support::{Site, each_seed, html};

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
        ("设为*是*，不设为*否*。", "设为<em>是</em>，不设为<em>否</em>。"),
        ("，**后**文", "，<strong>后</strong>文"),
        ("**重点：**和**“重启”**", "<strong>重点：</strong>和<strong>“重启”</strong>"),
        ("2 * 3 和 4*5*6", "2 * 3 和 4<em>5</em>6"),
        ("a * b，c * d", "a * b，c * d"),
        (r"\*\*重点：\*\*后文", "**重点：**后文"),
        ("`**重点：**后文`", "<code>**重点：**后文</code>"),
    ] {
        assert_eq!(prose(text), format!("<p>{html}</p>"), "{text}");
    }
}

#[test]
fn entities_of_html_are_characters_wherever_it_is_plain_text() {
    let page = "---\ntitle: A\n---\n\n<p>Caf&eacute; &mdash; it&rsquo;s open &nosuch; now.</p>\n\n## The <b>M&uuml;nchen</b> office\n\nText.\n";
    let run = Site::new().file("content/a.md", page).build(&[]).fine();
    let texts = run.output.files.iter().filter(|(path, _)| path.starts_with("search/en/text/"));
    let texts: String = texts.map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
    assert!(texts.contains("Café — it’s open &nosuch; now."), "{texts}");
    assert!(texts.contains("The München office"), "{texts}");
    assert!(run.page("a/").contains("<meta name=\"description\" content=\"Café — it’s open"));
}

#[test]
fn nothing_active_survives() {
    const TEXTS: [&str; 19] = [
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
        "<!-- --!><script>evil()</script> -->",
        "<details ontoggle=evil() open>x</details>",
    ];
    let site = Site::new().file("tier0.toml", "[severity]\nmissing-image = \"off\"\nbroken-link = \"off\"\nunsafe-link = \"off\"\nmissing-file = \"off\"\n");
    for (number, text) in TEXTS.iter().enumerate() {
        site.put(&format!("content/{number}.md"), format!("# A\n\n{text}\n").as_bytes());
    }
    let run = site.build(&[]).fine();
    // In the middle of a text nobody would see what is in it.
    site.put("content/in.md", b"# A\n\n<img src=\"x\" alt=\"`\"><script>evil()</script>\"`\n");
    let refused = site.build(&[]);
    assert!(refused.code == 1 && refused.codes().contains(&"unclear-roles"), "{}", refused.stdout);
    let mut faults = html::faults(&run.output);
    faults.retain(|fault| !fault.contains("there is no") && !fault.contains("without alt"));
    assert_eq!(faults, [""; 0]);
    for (number, text) in TEXTS.iter().enumerate() {
        for tag in html::tags(run.prose(&format!("{number}/"))) {
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

/// Scripts look for their own elements by ids that begin so.
#[test]
fn ids_of_the_theme_are_its_own() {
    let text = "# A\n\n## T0 handoff\n\n## B {#t0-texts}\n\n<p id=\"t&#48;-next\">x</p>\n\n[x](#section-t0-next)\n";
    let run = Site::new().file("content/a.md", text).build(&[]);
    assert_eq!(run.places(), ["warning duplicate-anchor content/a.md:5:1"]);
    assert!(!run.prose("a/").contains("id=\"t0-"), "{}", run.prose("a/"));
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

#[test]
fn a_heading_that_is_the_title_keeps_code_and_emphasis() {
    for (heading, html) in [
        (
            "Hello <iframe src=\"https://evil.example\"><b onclick=\"evil()\">you</b>",
            "Hello <b>you</b>",
        ),
        ("See [B](b.md) & <i>x</i>", "See B &amp; <i>x</i>"),
        ("Image ![alt](p.png) `<code>`", "Image alt <code>&lt;code&gt;</code>"),
        (
            "<kbd>F8</kbd><br>~~a~~ <span>[*b*](b.md)</span>",
            "<kbd>F8</kbd> <del>a</del> <em>b</em>",
        ),
        ("<img src=\"p.png\" alt=\"Box\"> [`x`](b.md)", "Box <code>x</code>"),
        ("At https://a.example/ *now*", "At https:&#x2F;&#x2F;a.example&#x2F; <em>now</em>"),
        ("With *em*, `<code>` & more", "With <em>em</em>, <code>&lt;code&gt;</code> &amp; more"),
    ] {
        let run = Site::new()
            .file("content/a.md", &format!("# {heading}\n\nText.\n"))
            .file("content/b.md", "# B\n")
            .file("tier0.toml", "[severity]\nmissing-image = \"off\"\nmissing-file = \"off\"\n")
            .build(&[])
            .fine();
        let page = run.page("a/").replace("&#x2F;", "/");
        let html = html.replace("&#x2F;", "/");
        assert!(page.contains(&format!("<h1>{html}</h1>")), "{heading}: {page}");
        assert_eq!(html::faults(&run.output), [""; 0], "{heading}");
    }
}

#[test]
fn nothing_of_the_masks_comes_out() {
    for (text, html) in [
        ("`List<?> a\nb`", "<p><code>List&lt;?&gt; a b</code></p>"),
        ("`*名称*（必填）\nb`", "<p><code>*名称*（必填） b</code></p>"),
        (
            "> `*名称*（必填）\n> b`",
            "<blockquote>\n<p><code>*名称*（必填） b</code></p>\n</blockquote>",
        ),
        ("`a\n    :::note <?>\n    +++b`", "<p><code>a     :::note &lt;?&gt;     +++b</code></p>"),
        (
            "[x](https://a.example/图*（注）&amp;b '名*（注）&amp;')",
            "<p><a href=\"https://a.example/图*（注）&amp;b\" title=\"名*（注）&amp;\">x</a></p>",
        ),
        (
            "[x]\n\n[x]: https://a.example/图*（注）&amp;b",
            "<p><a href=\"https://a.example/图*（注）&amp;b\">x</a></p>",
        ),
        ("`a\n:b` ~~（c）~~后\n:d", "<p><code>a :b</code> <del>（c）</del>后\n:d</p>"),
        (
            "[x](https://a.example/ 'a\n:b**（c）**后')",
            "<p><a href=\"https://a.example/\" title=\"a\n:b**（c）**后\">x</a></p>",
        ),
        (
            "| a |\n| :-: |\n| :b |",
            "<div class=\"table\" tabindex=\"0\"><table>\n<thead><tr><th scope=\"col\" class=\"align-center\">a</th></tr></thead>\n<tbody><tr><td class=\"align-center\">:b</td></tr>\n</tbody></table></div>",
        ),
        ("&#x2801;**重点：**后文", "<p>\u{2801}<strong>重点：</strong>后文</p>"),
    ] {
        assert_eq!(prose(text), html, "{text}");
    }
    let table = prose("|a|\n|-|\n|`*名*（必\\|填）`|");
    assert!(table.contains("<td><code>*名*（必|填）</code></td>"), "{table}");
}

#[test]
fn line_breaks_between_chinese_are_no_spaces() {
    for (text, html) in [
        ("**重点**\n中文", "<strong>重点</strong>中文"),
        ("中文\n**重点**", "中文<strong>重点</strong>"),
        ("*甲*\n***乙***", "<em>甲</em><em><strong>乙</strong></em>"),
        ("`甲`\n中文", "<code>甲</code>中文"),
        ("**重点**\nword", "<strong>重点</strong>\nword"),
        ("word\n**重点**", "word\n<strong>重点</strong>"),
    ] {
        assert_eq!(prose(text), format!("<p>{html}</p>"), "{text}");
    }
}

#[test]
fn headings_in_footnotes_are_no_titles() {
    let run = Site::new()
        .file("content/a.md", "---\ntitle: T\n---\n\n[^1]: # H\n\nText[^1].\n")
        .build(&[])
        .fine();
    assert!(run.page("a/").contains("<h1>T</h1>"), "{}", run.page("a/"));
    assert!(run.prose("a/").contains("<h2 id=\"h\">"), "{}", run.prose("a/"));
}

#[test]
fn depth_is_limited_however_it_comes_about() {
    let many = |text: &str| text.repeat(2_000);
    for text in [
        many("<div>") + &many("</div>"),
        many("<div></i>"),
        many("<div/><div>"),
        many("<p><div></p>"),
        many("<span><div></span>"),
        many("<b class=x><div></b>"),
        many("<div><table><tr><td></div>"),
        many("<div>\n\n|a|\n|-|\n|</div>|\n\n"),
        many("<span>\n\n> </span>\n\n"),
        many("<b>\n\na\n\n"),
        many("<div><!-- --!></div>-->"),
        many("<div><textarea></div></textarea>"),
        many("<i>a"),
        "> ".repeat(60) + &"<div>".repeat(60),
        many("> "),
    ] {
        let run = Site::new().file("content/a.md", &format!("# A\n\n{text}\n")).build(&[]);
        let start: String = text.chars().take(40).collect();
        assert_eq!(run.codes(), ["nesting-too-deep"], "{start}");
    }
}

#[test]
fn sloppy_html_is_not_deep() {
    let many = |text: &str| text.repeat(200);
    for text in [
        many("<a name=\"x\"></a><a id=\"x\"/>Text <i>a</i>\n\n"),
        many("Text <b>bold <span>and\n\n"),
        many("- item <b>bold\n"),
        many("|a|\n|-|\n|<b>b|\n\n"),
        format!("<ul>{}</ul>", many("<li>a")),
        format!("<table>{}</table>", many("<tr><td><b>a<td>b<p>c")),
        many("<p>a"),
        many("<br><hr/><wbr/>"),
    ] {
        let run = Site::new().file("content/a.md", &format!("# A\n\n{text}\n")).build(&[]).fine();
        let start: String = text.chars().take(40).collect();
        let expected: &[&str] = if text.contains("id=") { &["duplicate-anchor"] } else { &[] };
        assert_eq!(run.codes(), expected, "{start}");
        assert_eq!(html::faults(&run.output), [""; 0], "{start}");
    }
}

#[test]
fn problems_in_html_point_at_their_own_line() {
    let text = "> <div>\n> <p>x</p>\n> <foo\n>  bar=\"中\"> <a href=\"no.md\">y</a>\n> </div>\n\n\
                - <div>\n  中<form>\n  </div>\n\nInline <svg>\n";
    let run = Site::new()
        .file("content/a.md", &format!("# A\n\n{text}"))
        .file("tier0.toml", "[severity]\nbroken-link = \"warning\"\n")
        .build(&[])
        .fine();
    assert_eq!(
        run.places(),
        [
            "warning unknown-html-tag content/a.md:5:3",
            "warning broken-link content/a.md:6:13",
            "warning html-removed content/a.md:10:4",
            "warning html-removed content/a.md:13:8",
        ]
    );
    let message = &run.problems[0].message;
    assert!(message.contains("`<foo bar=\"中\">`"), "{message}");
}

#[test]
fn attributes_that_are_dropped_are_reported_once() {
    let text = "<b style=\"x\">a</b> <b style=\"y\" onclick=\"z\" onfocus=\"z\">a</b>\n\n<p onclick=\"z\">a</p>";
    let run = Site::new().file("content/a.md", &format!("# A\n\n{text}\n")).build(&[]).fine();
    assert_eq!(
        run.places(),
        [
            "warning html-removed content/a.md:3:4",
            "warning html-removed content/a.md:3:33",
            "warning html-removed content/a.md:3:45",
        ]
    );
    assert!(run.problems[0].message.ends_with("removed (2 times)"), "{:?}", run.problems);
}

#[test]
fn marks_cannot_be_forged() {
    let mark = "\u{fdd0}o0\u{fdd1}";
    let text = format!(
        "## {mark} `{mark}` {{#{mark}}}\n\n```{mark}\n{mark}\n```\n\n{mark} `{mark}` [{mark}](b.md \"{mark}\")\n\n\
         &#xfdd0;o0&#xfdd1; ![&#xfdd0;a0&#xfdd1;](p.svg \"&#64976;a0&#64977;\")\n\n\
         <b title=\"&#xfdd0;o0&#xFDD1;\">&#64976o0&#64977;</b>\n\n:::note {mark}\na\n:::\n"
    );
    let run = Site::new()
        .file("content/a.md", &format!("# A\n\n{text}"))
        .file("content/b.md", "# B\n")
        .file("content/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .build(&[])
        .fine();
    let page = run.page("a/");
    assert!(!page.contains(['\u{fdd0}', '\u{fdd1}']), "{page}");
    assert_eq!(page.matches("<pre").count(), 1, "{page}");
    assert_eq!(html::faults(&run.output), [""; 0]);
}

#[test]
fn links_that_nobody_sees_are_dropped() {
    let run = Site::new()
        .file(
            "content/a.md",
            "# A\n\n<a href=\"b.md\"></a>x <a id=\"i\" href=\"b.md\"> </a><a href=\"b.md\">B</a>\n",
        )
        .file("content/b.md", "# B\n")
        .build(&[])
        .fine();
    assert_eq!(run.prose("a/"), "<p>x <a id=\"i\"> </a><a href=\"../b/\">B</a></p>");
}

#[test]
fn all_tables_scroll() {
    let html = prose("<table><tr><td>x</td></tr></table>\n\n|a|\n|-|\n|b|");
    assert_eq!(html.matches("<div class=\"table\" tabindex=\"0\"><table>").count(), 2, "{html}");
    assert_eq!(html.matches("</table></div>").count(), 2, "{html}");
}

/// Pieces that markdown, containers and html are made of, in any order.
const PIECES: [&str; 47] = [
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
    "한글)",
    "~~",
    "\r",
    ":x",
    "[l]",
    "[l]: b.md\n",
    "`\n:::`",
];

#[test]
fn noise_never_panics_and_never_gets_active() {
    each_seed(6, 200, |round| {
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
        // What is put in beside marks is none of the text.
        for (path, bytes) in &run.output.files {
            let text = String::from_utf8_lossy(bytes);
            let is_put_in = |c: char| matches!(c, '\u{2801}'..='\u{28ff}');
            assert!(!path.ends_with(".html") || !text.contains(is_put_in), "{round}: {path}");
        }
        let mut faults = html::faults(&run.output);
        faults.retain(|fault| {
            !fault.contains("there is no")
                && !fault.contains(" has no id ")
                && !fault.contains("the id ")
        });
        assert_eq!(faults, [""; 0], "round {round}");
    });
}
