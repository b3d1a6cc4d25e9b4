//! Ways by which a text would get out that nobody looks at: comments that end too early, merges left
//! half done, pages of folders under another name, links in the place of folders, hidden layers.

use std::os::unix::fs::symlink;
use std::time::Instant;

use crate::secret::{SECRET, article, build};
use crate::support::{Run, Site};

#[test]
fn comments_that_end_too_early_are_refused() {
    for text in [
        "<!--\nOld.\n\n<!-- check -->\n\nquamble\n-->",
        "<!-- a <!-- b --> quamble -->",
        "> <!-- a <!-- b --> quamble -->",
        "<!--\n```mermaid\nA --> B\n```\n\nquamble\n-->",
        "<!--\n~~~\nA --> B\n~~~\nquamble\n-->",
        "<!--\none --> two quamble\n-->",
        "<!--\none --> two\n\nquamble\n\n-->",
        "<!--\none --> two\n\nquamble\n\nend -->",
        "- <!-- one --> quamble -->\n- b",
        "<!-- File --> Save, quamble -->",
        "{# a {# b #} quamble #}",
        "{# a #} quamble #}",
        "{/* a {/* b */} quamble */}",
        "{/* a */} quamble */}",
        "{{/* a {{/* b */}} quamble */}}",
        "{{/* a */}} quamble */}}",
        "{{!-- a {{!-- b --}} quamble --}}",
        "{{! use {{name}} quamble }}",
        "<%# use <%= name %> quamble %>",
        "{% # use {% x %} quamble %}",
        "{% comment %}a{% endcomment %} quamble {% endcomment %}",
        "{>> a {>> b <<} quamble <<}",
        "{ /* a { /* b */ } quamble */ }",
        "{%- comment -%}a{%- endcomment -%} quamble {%- endcomment -%}",
        "{{< comment >}}a{{< /comment >}} quamble {{</comment>}}",
        "<%-- a <%-- b --%> quamble --%>",
        "@* a @* b *@ quamble *@",
    ] {
        let run = build(text);
        assert_eq!(run.code, 1, "{text}");
        assert!(run.codes().contains(&"comment-unclear"), "{text}: {:?}", run.places());
        assert!(run.problems.iter().all(|one| one.line > 4), "{text}: {:?}", run.places());
        assert!(run.output.holding(SECRET).is_empty(), "{text}");
    }
}

#[test]
fn comments_and_arrows_that_are_clear_are_fine() {
    for text in [
        "Click File --> Save.\n\nThen --> here",
        "<!-- check -->\n\nClick File --> Save.",
        "<!-- check -->\n\n```mermaid\nA --> B\nB -->\n```",
        "<!-- a --> Seen <!-- b -->",
        "<!-- `<b>` and a { brace -->\n\nSeen.",
        "<!--\n```\ncode\n```\n-->\n\nSeen.",
        "{# a #} and `#}`",
        "{# a {b} #}",
        "{/* glob: src/**/*.md */}",
        "{{!-- {{name}} --}}",
        "<%-- <% code %> --%>",
        "{% comment %}a{% comment %}b{% endcomment %}{% endcomment %}",
        "%%a%% and %%b%%",
        "```\n<!-- a <!-- b --> c -->\n```",
    ] {
        let run = build(text);
        assert_eq!(run.code, 0, "{text}: {:?}", run.problems);
    }
}

#[test]
fn merges_left_half_done_are_refused() {
    let conflict = "<<<<<<< HEAD\n:::internal\nquamble\n:::\n=======\nquamble\n>>>>>>> other\n";
    for text in [conflict.to_owned(), conflict.replace('\n', "\r\n"), format!("- a\n{conflict}")] {
        let run = build(&text);
        assert_eq!(run.code, 1, "{text}");
        assert!(run.codes().contains(&"merge-conflict"), "{text}: {:?}", run.places());
    }
    for text in ["<<<<<<< HEAD\nquamble", "quamble\n=======\nB\n>>>>>>> other"] {
        assert!(build(text).codes().contains(&"merge-conflict"), "{text}");
    }
    let run = build("```text\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n```\n\nTitle\n=======");
    assert_eq!(run.code, 0, "{:?}", run.problems);
}

#[test]
fn heads_of_folders_in_files_that_nobody_reads_are_refused() {
    let head = "---\ntitle: X\ncascade: { roles: [ops] }\n---\n";
    // That a text is no markdown is told anyway.
    let told = |run: &Run| {
        let told = run.places().into_iter();
        told.filter(|told| !told.starts_with("warning not-markdown")).collect::<Vec<_>>()
    };
    for name in [
        "_index.mdx",
        "index.mdx",
        "_index.txt",
        "_index.html",
        "index.zh.mdx",
        "_index.md.bak",
        "README.rst",
    ] {
        for head in [head, "---\nroles: [ops]\n---\n", "+++\nroles = [\"ops\"]\n+++\n"] {
            let site = article("# A\n").file("content/x/b.md", "# B\n\nquamble\n");
            let run = site.file(&format!("content/x/{name}"), head).build(&[]);
            let place = format!("error unclear-roles content/x/{name}:1:1");
            assert_eq!((run.code, told(&run)), (1, vec![place]), "{name} {head}");
            assert!(run.output.holding(SECRET).is_empty(), "{name}");
        }
        let site = article("# A\n").file("content/x/b.md", "# B\n");
        let run = site.file(&format!("content/x/{name}"), "---\ntitle: X\n---\n").build(&[]);
        assert_eq!((run.code, told(&run)), (0, Vec::new()), "{name}");
    }
    for (name, text) in
        [("_index.yaml", "roles: [ops]\n"), ("index.json", "{\n  \"roles\": \"ops\"\n}\n")]
    {
        let site = article("# A\n").file("content/x/b.md", "# B\n\nquamble\n");
        let run = site.file(&format!("content/x/{name}"), text).build(&[]);
        assert_eq!((run.code, run.codes()), (1, vec!["unclear-roles"]), "{name}");
    }
    let site = article("# A\n").file("content/x/b.md", "# B\n\nquamble\n");
    let run = site.file("content/x/_index.markdown", head).build(&[]);
    assert!(run.output.holding(SECRET).is_empty(), "{:?}", run.places());
}

#[test]
fn folders_that_are_links_out_of_the_site_are_refused() {
    let away = Site::new().file("a.md", "# A\n\nquamble\n").file("assets/x.css", "/* quamble */");
    let languages = "[languages.zh]\ncontent = \"chinese\"\n";
    for (folder, config) in [
        ("content", ""),
        ("chinese", languages),
        ("themes/t", "[site]\ntheme = \"t\"\n"),
        ("themes/default", ""),
    ] {
        let site = Site::new().file("tier0.toml", config).file("themes/x", "");
        if folder != "content" {
            site.put("content/index.md", b"# Home\n");
        }
        symlink(away.root(), site.path(folder)).expect("a link");
        let run = site.build(&[]);
        assert_eq!(run.code, 1, "{folder}: {:?}", run.places());
        assert!(run.codes().contains(&"outside-site"), "{folder}: {:?}", run.places());
        assert!(run.output.holding(SECRET).is_empty(), "{folder}");
    }
    // Inside the site a link is only another name.
    let site = Site::new().file("docs/index.md", "# Home\n\nquamble\n");
    symlink("docs", site.path("content")).expect("a link");
    assert!(!site.build(&[]).fine().output.holding(SECRET).is_empty());
}

#[test]
fn hidden_parts_of_pictures_are_taken_out() {
    for hidden in [
        "<g style=\"display:none\"><text>quamble</text></g>",
        "<g style=\"fill:red; DISPLAY : none !important\"><text>quamble</text></g>",
        "<text display=\"none\">quamble</text>",
        "<g visibility=\" Hidden \"><g><text>quamble</text></g></g>",
        "<text style=\"visibility: collapse\">quamble</text>",
        "<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\" hidden=\"\">quamble</p></foreignObject>",
        "<foreignObject display=\"none\"><p xmlns=\"http://www.w3.org/1999/xhtml\">quamble</p></foreignObject>",
    ] {
        let text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>Seen</text>{hidden}<text>Too</text></svg>"
        );
        let run = article("# A\n\n![x](x.svg)\n").file("content/x.svg", &text).build(&[]).fine();
        assert_eq!(run.codes(), ["svg-cleaned"], "{hidden}");
        assert!(run.output.holding(SECRET).is_empty(), "{hidden}");
        let picture = run.output.text("x.svg");
        assert!(picture.contains("Seen") && picture.contains("Too"), "{picture}");
    }
    let whole = "<svg xmlns=\"http://www.w3.org/2000/svg\" style=\"display:none\"><text>quamble</text></svg>";
    let run = article("# A\n\n![x](x.svg)\n").file("content/x.svg", whole).build(&[]).fine();
    assert!(run.output.holding(SECRET).is_empty());
    let seen = "<svg xmlns=\"http://www.w3.org/2000/svg\"><text display=\"inline\" style=\"opacity:0.5;overflow:hidden\">quamble</text></svg>";
    let run = article("# A\n\n![x](x.svg)\n").file("content/x.svg", seen).build(&[]).clean();
    assert_eq!(run.output.holding(SECRET), ["x.svg"]);
}

/// Ten times the marks take about ten times as long, not a hundred times.
#[test]
fn time_grows_with_the_number_of_marks() {
    for mark in ["{{%% ", "{{% if ", "{% x ", "{{# ", "{{< ", "<!-- a --> --> ", "{# a #} #} "] {
        let time = |marks: usize| {
            let site = article(&format!("# A\n\n{}\n", mark.repeat(marks)));
            let start = Instant::now();
            site.build(&[]);
            start.elapsed().as_secs_f64()
        };
        // The slower of two: other programs take their share too.
        let (before, many, after) = (time(600), time(6000), time(600));
        let few = before.max(after);
        assert!(many < few * 30.0, "{mark}: {few} and {many} seconds");
    }
}
