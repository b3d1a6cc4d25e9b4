//! More ways by which a text would get out that nobody looked at: layers that a stylesheet hides,
//! comments in blocks that are indented like code, lines that end as on old Macs, conditions of
//! templates, merges in quotes; and that honest texts are not taken for them.

use std::time::Instant;

use crate::secret::{SECRET, article, build, published, refused};
use crate::support::Run;

fn picture(inside: &str) -> Run {
    let text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">\
         <text>Seen</text>{inside}<text>Too</text></svg>"
    );
    article("# A\n\n![x](x.svg)\n").file("content/x.svg", &text).build(&[])
}

#[test]
fn layers_that_a_stylesheet_hides_are_taken_out() {
    for inside in [
        "<style>.st0{display:none;}</style><g class=\"st0\"><text>quamble</text></g>",
        "<g class=\"a st0 b\"><text>quamble</text></g><style>/* x */ .st1 , .st0 { fill:red; visibility : hidden !important }</style>",
        "<style><![CDATA[#notes{visibility:collapse}]]></style><text id=\"notes\">quamble</text>",
        "<style>@media screen{tspan.x{opacity:0}}</style><text>Fine<tspan class=\"x\">quamble</tspan></text>",
        "<style>*.x.y{display:none}</style><g class=\"y x\"><text>quamble</text></g>",
        "<style>.x{stroke:red;font-size:0;display:none}</style><text class=\"x\">quamble</text>",
        "<text opacity=\"0\">quamble</text>",
        "<g style=\"opacity:0\"><text>quamble</text></g>",
        "<text fill-opacity=\"0\">quamble</text>",
        "<g fill-opacity=\"0\"><g><text>quamble</text></g></g>",
        "<defs><g id=\"old\"><text>quamble</text></g></defs>",
        "<symbol id=\"old\"><text>quamble</text></symbol>",
        "<defs><symbol><g id=\"old\"/><text>quamble</text></symbol></defs>",
    ] {
        let run = picture(inside).fine();
        assert_eq!(run.codes(), ["svg-cleaned"], "{inside}");
        assert!(run.output.holding(SECRET).is_empty(), "{inside}");
        let picture = run.output.text("x.svg");
        assert!(picture.contains("Seen") && picture.contains("Too"), "{picture}");
    }
    for inside in [
        "<style>g .st0{display:none}</style><g class=\"st0\"><text>quamble</text></g>",
        "<style>[id=x]{display:none}</style><g id=\"x\"><text>quamble</text></g>",
        "<style>.\\61{display:none}</style><g class=\"a\"><text>quamble</text></g>",
    ] {
        let run = picture(inside);
        assert_eq!((run.code, run.codes()), (1, vec!["svg-unreadable"]), "{inside}");
        assert!(run.output.holding(SECRET).is_empty(), "{inside}");
    }
}

#[test]
fn pictures_that_hide_nothing_stay_as_they_are() {
    for inside in [
        "<style>.st0{fill:none;opacity:.5} .st1{display:inline}</style><text class=\"st0\">quamble</text>",
        "<style>@media (prefers-color-scheme:dark){.light{display:none}}</style><text class=\"light\">quamble</text>",
        "<style>.tip{opacity:0}.all:hover .tip{opacity:1}</style><text class=\"tip\">quamble</text>",
        "<style>@keyframes x{from{opacity:0}to{opacity:1}}</style><text>quamble</text>",
        "<text opacity=\"0\">quamble<animate attributeName=\"opacity\" to=\"1\" dur=\"1s\"/></text>",
        "<rect opacity=\"0\"/><path style=\"fill-opacity:0\"/><text>quamble</text>",
        "<defs><g id=\"x\"><text>quamble</text></g></defs><use xlink:href=\"#x\"/>",
        "<defs><g><text id=\"x\">quamble</text></g></defs><use href=\"#x\"/>",
        "<defs><mask id=\"m\"><text>quamble</text></mask><linearGradient id=\"unused\"/></defs><rect mask=\"url(#m)\"/>",
        "<g fill-opacity=\"0\"><text fill-opacity=\"1\">quamble</text></g>",
    ] {
        let run = picture(inside).clean();
        assert_eq!(run.output.holding(SECRET), ["x.svg"], "{inside}");
    }
}

#[test]
fn what_is_hidden_in_blocks_indented_like_code_is_refused() {
    for text in [
        "- Step.\n\n      <!-- quamble -->\n\n- Next.",
        "1. Step.\n\n        {% comment %}quamble{% endcomment %}\n\n2. Next.",
        "    %% quamble %%",
        "\t{# quamble #}",
        "    {/* quamble */}",
        "- Step.\n\n      <div hidden>quamble</div>",
        "- Step.\n\n      <p style=\"color:red;display:none\">quamble</p>",
        "- Step.\n\n      Restart it. <!-- quamble -->",
        "    Restart it.\n    <!-- quamble -->",
        "    Restart it.\n\n    [//]: # (quamble)",
    ] {
        let run = build(text);
        assert_eq!((run.code, run.codes()), (1, vec!["container-not-read"]), "{text}");
        assert!(run.output.holding(SECRET).is_empty(), "{text}");
        build(&format!("````text\n{text}\n````")).clean();
    }
    for text in [
        "    <config>\n      <!-- a -->\n    </config>",
        "    for %%i in (*) do echo %%i",
        "    <?php echo 1; ?>",
        "    printf(\"100%%\");\n    x = y %% z",
        "    {\n      {# a #}\n    }",
        "    // a\n    ////////",
        "    <p style=\"color:red\">hidden</p>",
    ] {
        build(text).clean();
    }
}

#[test]
fn lone_carriage_returns_end_lines_for_the_cut_too() {
    for text in [
        ":::note\rHello\r:::\r\r:::internal\rquamble\r:::\r\rMore.",
        "- a\r\r:::internal\rquamble\r:::\r\rMore.",
        "```\rx\r```\r\r:::only roles=\"ops\"\r\r- quamble\r:::\r\rMore.",
        "<!-- quamble\r-->\r\rMore.",
    ] {
        let site = article(&format!("---\rtitle: A\r---\r{text}\r"));
        let run = site.file("tier0.toml", "[roles.ops]\n").build(&[]).fine();
        assert!(run.codes().iter().all(|code| *code == "comment-left-out"), "{:?}", run.places());
        assert!(run.output.holding(SECRET).is_empty(), "{text:?}");
        assert!(run.output.text("a/index.html").contains("More."), "{text:?}");
    }
    for text in [":::note\rHello\r:::\r\rText.\r", "A\rB\r\r```\r:::internal\rx\r:::\r```\r"] {
        article(&format!("---\rtitle: A\r---\r{text}")).build(&[]).clean();
    }
}

#[test]
fn merges_left_half_done_are_refused_in_any_shape() {
    for text in [
        "> <<<<<<< HEAD\n> quamble\n> =======\n> b\n> >>>>>>> x",
        "- a\n\n  <<<<<<< HEAD\n  quamble",
        "    <<<<<<< HEAD\n    quamble",
        "\\<<<<<<< HEAD\nquamble",
        "\\<\\<\\<\\<\\<\\<\\< HEAD\nquamble",
        "<<<<<<<HEAD\nquamble",
        "<<<<<<<<<<< HEAD\nquamble",
        "quamble\n\n>>>>>>> other",
        "||||||| base\nquamble",
    ] {
        let run = build(text);
        assert!(run.codes().contains(&"merge-conflict"), "{text}: {:?}", run.places());
        assert_eq!(run.code, 1, "{text}");
    }
    for text in [
        "Title\n=======\n\n> > > a",
        "| a | b |\n| --- | --- |\n||||||| x | y |",
        "`<<<<<<< HEAD` marks it.",
        "```text\n<<<<<<< HEAD\n||||||| base\n=======\n>>>>>>> x\n```",
        "Back <<<<<<< Next >>>>>>> last",
    ] {
        assert_eq!(build(text).code, 0, "{text}");
    }
}

#[test]
fn conditions_of_templates_about_readers_are_refused() {
    for text in [
        "<% if internal %>\nquamble\n<% end %>",
        "<%- unless public -%>\nquamble\n<% end %>",
        "{{internal|quamble}}",
        "{{internal: quamble}}",
        "{% unless public %}\nquamble\n{% endunless %}",
        "{% if not public %}\nquamble\n{% endif %}",
        "{{^public}}\nquamble\n{{/public}}",
        "{{#if !public}}\nquamble\n{{/if}}",
        "ifndef::public[]\nquamble\nendif::[]",
        "{% hide %}\nquamble\n{% endhide %}",
        "{internal|quamble}",
        "{if internal}\nquamble\n{/if}",
        "{isInternal && quamble}",
        "A line.\n{: hidden=\"true\"}\n\nquamble",
        "<p th:if=\"${internal}\">quamble</p>",
        "<div id=\"internal\">\n\nquamble\n\n</div>",
        "[role=internal]\nquamble",
    ] {
        let run = build(text);
        assert_eq!(run.code, 1, "{text}: {:?}", run.problems);
        assert!(run.output.holding(SECRET).is_empty(), "{text}");
    }
    for text in [
        "{{ secret | b64encode }}",
        "<% if user %>Hi<% end %>",
        "{% if product == 'x' %}Hi{% endif %}",
        "{{ internal_ip }}",
        "{: .wide title=\"x\"}",
        "ifndef::env-github[]",
        "{width=50%}",
        "[See](b.md){target=_blank}",
        "<div id=\"internal\"></div>",
        "`{% unless public %}`",
        "{name|upper}",
    ] {
        let run =
            article(&format!("# A\n\nSeen.\n\n{text}\n")).file("content/b.md", "# B\n").build(&[]);
        assert_eq!(run.code, 0, "{text}: {:?}", run.problems);
    }
}

#[test]
fn words_that_only_look_like_readers_stay() {
    for text in [
        "Open `x`, then ping <internal-ip>.",
        "Copy <private-key> to <internal-host> as <staff-id> and <secret-name>.",
        "It gives a Map<String, Private> back, and a List<Internal>.",
        "<!-- flow -->\nStart --> Stop\nStop --> End here",
        ":::tabs\n:::tab Private\na\n:::\n:::tab Public\nb\n:::\n:::",
        "=== \"Private\"\n\n    a",
        "<TabItem value=\"private\">a</TabItem>",
        ":::note Internal flights\na\n:::",
        ":::note Internal consistency check\na\n:::",
    ] {
        let run = build(text);
        assert_eq!(run.code, 0, "{text}: {:?}", run.problems);
    }
    for text in [
        ":::tabs\n:::tab Internal\nquamble\n:::\n:::",
        ":::tabs\n:::tab 内部\nquamble\n:::\n:::",
        "=== \"Internal\"\n\n    quamble",
        "<TabItem value=\"internal\">quamble</TabItem>",
        "<internal-only>\n\nquamble",
        "<staff-note>\n\nquamble\n\n</staff-note>",
        "<internal-ip>\n\nquamble\n\n</internal-ip>",
        "<!-- one --> two\nthree quamble --> four",
    ] {
        let run = build(text);
        assert_eq!(run.code, 1, "{text}");
        assert!(run.output.holding(SECRET).is_empty(), "{text}");
    }
}

/// Ten times the marks take about ten times as long, not a hundred times.
#[test]
fn time_grows_with_the_number_of_marks_in_a_line_and_behind_one() {
    let head =
        |marks: usize| format!("---\ntitle: A\nabout: {}\n---\n", "`:::internal` ".repeat(marks));
    let marked = |marks: usize| format!("# A\n\n{}\n", "`:::internal` ".repeat(marks));
    let lines = |marks: usize| format!("# A\n\n{}\n", "`:::internal`\n".repeat(marks));
    let arrows = |marks: usize| format!("# A\n\n<!-- a -->\n{}\n", "x --> y\n".repeat(marks));
    let braces = |marks: usize| format!("# A\n\n{}\n", "{internal}x ".repeat(marks));
    let headings = |marks: usize| {
        format!("# A\n\n<<<<<<<\n{}{}\n", "A\n=======\n\n".repeat(marks), "`a` b\n".repeat(marks))
    };
    let texts: [(&str, &dyn Fn(usize) -> String); 6] = [
        ("head", &head),
        ("code", &marked),
        ("lines of code", &lines),
        ("arrows", &arrows),
        ("braces", &braces),
        ("headings", &headings),
    ];
    for (name, text) in texts {
        let time = |marks: usize| {
            let site = article(&text(marks));
            let start = Instant::now();
            site.build(&[]);
            start.elapsed().as_secs_f64()
        };
        let (before, many, after) = (time(2000), time(20_000), time(2000));
        let few = before.max(after);
        assert!(many < few * 30.0, "{name}: {few} and {many} seconds");
    }
}

#[test]
fn static_files_are_asked_for_what_articles_hold() {
    for text in
        ["---\ntitle: X\nroles: [ops]\n---\nquamble\n", "# X\n\n:::internal\nquamble\n:::\n"]
    {
        for name in ["s.md", "deep/s.txt", "README"] {
            let site = article("# A\n").file(&format!("static/{name}"), text);
            let run = site.file("tier0.toml", "[roles.ops]\n").build(&[]);
            let place = format!("error unclear-roles static/{name}:1:1");
            assert_eq!((run.code, run.places()), (1, vec![place]), "{name} {text}");
            assert!(run.output.holding(SECRET).is_empty(), "{name}");
        }
    }
    let honest = "---\ntitle: X\n---\n\n`:::internal` hides a part.\n";
    article("# A\n")
        .file("static/s.md", honest)
        .file("static/s.js", "x = ':::internal'\n")
        .build(&[])
        .clean();
}

#[test]
fn attached_data_that_names_readers_is_refused() {
    let attached = |name: &str, text: &str| {
        let site = article(&format!("# A\n\n[x]({name})\n")).file(&format!("content/{name}"), text);
        site.file("tier0.toml", "[roles.ops]\n[roles.customer]\n").build(&[])
    };
    for (name, text) in [
        ("x.yaml", "title: x\nroles: [ops]\nt: quamble\n"),
        ("x.yml", "roles:\n  - ops\nt: quamble\n"),
        ("x.toml", "t = \"quamble\"\nroles = [\"ops\"]\n"),
        ("x.json", "{\"t\": \"quamble\", \"roles\": [\"ops\"]}"),
        ("x.txt", "Roles: ops\n\nquamble\n"),
    ] {
        let run = attached(name, text);
        assert_eq!((run.code, run.codes()), (1, vec!["unclear-roles"]), "{name}");
        assert!(run.output.holding(SECRET).is_empty(), "{name}");
    }
    for (name, text) in [
        ("x.yaml", "roles: [customer]\n"),
        ("x.yaml", "a:\n  roles: [ops]\n"),
        ("x.toml", "[a]\nroles = [\"ops\"]\n"),
        ("x.json", "{\"a\": {\"roles\": [\"ops\"]}}"),
        ("x.yaml", "roles: [webserver]\n"),
        ("x.txt", "Seen.\nRoles: ops\n"),
    ] {
        assert_eq!(attached(name, text).code, 0, "{name} {text}");
    }
}

#[test]
fn what_an_element_in_a_sentence_holds_and_never_shows_is_no_text() {
    for text in [
        "Call us <script type=\"text/plain\">quamble</script> today.",
        "Call us <style>quamble</style> today.",
        "Call us <title>quamble</title> today.",
    ] {
        let run = build(text);
        assert_eq!((run.code, run.codes().contains(&"unclear-roles")), (1, true), "{text}");
        assert!(run.output.holding(SECRET).is_empty(), "{text}");
    }
    assert_eq!(build("Call us <script src=\"x.js\"></script> today.").code, 0);
    let run =
        build("Call <b data-note=\"quamble\" title=\"seen\">us</b>.\n\n<p data-quamble>Now</p>")
            .fine();
    assert!(run.output.holding(SECRET).is_empty());
    assert!(run.output.text("a/index.html").contains("title=\"seen\""));
}

#[test]
fn attributes_of_blocks_that_name_readers_are_refused() {
    for attributes in
        ["for=\"support\"", "group=ops", "show-to=internal", "level=\"staff\"", "受众=\"support\""]
    {
        let text = format!(":::note{{{attributes}}}\nquamble\n:::\n");
        refused(&build(&text), "unclear-roles", attributes);
    }
    for name in ["not-public", "in-house", "不公开", "坐席专用"] {
        refused(&build(&format!(":::{name}\nquamble\n:::\n")), "unclear-roles", name);
    }
    for fine in [":::note{for=\"beginners\"}", ":::note{level=2}", ":::details{hidden=\"x\"}"] {
        let run = build(&format!("{fine}\nquamble\n:::\n"));
        assert_eq!(run.code, 0, "{fine}: {:?}", run.problems);
    }
    let page = "# Drafts\n\nSet `draft: true`.\n\nquamble\n";
    published(&article(page), page);
}
