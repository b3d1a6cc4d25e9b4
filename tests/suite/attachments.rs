//! Files that writers attach: what a browser would run on the site's own origin does not get there,
//! by whatever name, in the build and the preview alike.

use tier0::{Nowhere, Project, Request, Session, any_error};

use crate::support::{Run, Site, TODAY};

const SVG: &str = "http://www.w3.org/2000/svg";
const MARK: &str = "zorblat";

/// A page that links to a file, and the file.
fn attached(name: &str, bytes: &[u8]) -> Site {
    let site = Site::new().file("content/a.md", &format!("# A\n\n[file](<files/{name}>)\n"));
    site.put(&format!("content/files/{name}"), bytes);
    site
}

/// Names of documents, and of what is one to some servers.
const ACTIVE: [&str; 24] = [
    "a.html",
    "a.HTM",
    "a.xhtml",
    "a.xht",
    "a.xml",
    "a.XML",
    "a.svgz",
    "a.shtml",
    "a.mht",
    "a.mhtml",
    "a.xsl",
    "a.xslt",
    "a.hta",
    "a.rss",
    "a.atom",
    "a.mathml",
    "a.html.zh",
    "a.svg.gz",
    "a.html.bak",
    "a.html.",
    "a.php",
    "a.rdf",
    "a.swf",
    "a.wsdl",
];

/// What is wrong with files that run, seen from inside.
pub fn check_inside() -> Vec<String> {
    let site = attached("a.html", b"<script>zorblat</script>");
    let session = Session::new(Project::new(&site.root(), None));
    let edition = session.edition("public").expect("the public edition");
    let request = Request { edition, drafts: false, for_authors: false, today: TODAY };
    let build = session.build(&request, &Nowhere, &|_, _| {});
    let is_told = any_error(&build.problems);
    let fault = (!is_told).then(|| "an attached page is published".to_owned());
    fault.into_iter().collect()
}

#[test]
fn documents_are_refused_by_name() {
    let mut links: Vec<String> = ACTIVE.iter().map(|name| format!("[x](files/{name})")).collect();
    // As an image, in raw html, and counted from the content folder too.
    links.push("![x](/files/a.html)".to_owned());
    links.push("<a href=\"files/a.html\">x</a>".to_owned());
    links.push("<p><img src=\"files/a.xml\"></p>".to_owned());
    let site = Site::new().file("content/a.md", &format!("# A\n\n{}\n", links.join("\n\n")));
    for name in ACTIVE {
        site.put(&format!("content/files/{name}"), b"zorblat");
    }
    let run = site.build(&[]);
    assert_eq!((run.code, run.codes()), (1, vec!["active-file"; links.len()]));
    for (problem, link) in run.problems.iter().zip(&links) {
        let name = link.rsplit('/').next().unwrap_or_default();
        let name = name.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        assert!(link.contains("</a>") || problem.message.contains(name), "{link}: {problem:?}");
    }
    assert!(run.output.files.is_empty());
}

#[test]
fn documents_under_names_that_say_nothing_are_refused_by_their_first_bytes() {
    let page = "<!doctype html><script>zorblat</script>";
    let wide = page.encode_utf16();
    let wide: Vec<u8> = std::iter::once(0xfeff).chain(wide).flat_map(u16::to_be_bytes).collect();
    let refused: [(&str, &[u8]); 5] = [
        ("page", page.as_bytes()),
        ("page.1", b"\xef\xbb\xbf<?xml version='1.0'?><x/>"),
        ("page.data", page.as_bytes()),
        ("page.unknown", b"\n\n  <svg onload='zorblat()'/>"),
        ("page.wide", &wide),
    ];
    // Where the name is clear, or nothing begins like a tag, files are copied as they are.
    let copied: [(&str, &[u8]); 5] = [
        ("page.txt", page.as_bytes()),
        ("log.csv", page.as_bytes()),
        ("firmware.img2", b"\0\x01\x02<svg>"),
        ("form.pdf", b"%PDF-1.4"),
        ("archive.html.zip", b"PK"),
    ];
    let link = |(name, _): &(&str, &[u8])| format!("[x](files/{name})\n");
    let links = |files: &[(&str, &[u8])]| files.iter().map(link).collect::<String>();
    let site =
        Site::new().file("content/a.md", &format!("# A\n\n{}{}", links(&refused), links(&copied)));
    for (name, bytes) in refused.into_iter().chain(copied) {
        site.put(&format!("content/files/{name}"), bytes);
    }
    let wanted = refused.map(|(name, _)| format!("error active-file content/files/{name}:1:1"));
    assert_eq!(site.build(&[]).places(), wanted);
    site.put("content/a.md", format!("# A\n\n{}", links(&copied)).as_bytes());
    let run = site.build(&["--strict"]).clean();
    for (name, bytes) in copied {
        assert_eq!(run.output.files[&format!("files/{name}")], bytes, "{name}");
    }
}

#[test]
fn the_owner_names_what_is_published_as_it_is() {
    let page = b"<script>zorblat</script>";
    let svg = format!("<svg xmlns=\"{SVG}\"><script>zorblat</script></svg>");
    for (allowed, name, is_fine) in [
        ("[\"html\"]", "a.html", true),
        ("[\".HTML\"]", "a.html", true),
        ("\"xml, html\"", "a.HTML", true),
        ("[\"files/a.html\"]", "a.html", true),
        ("[\"files/\"]", "a.html", true),
        ("[\"files/\"]", "page", true),
        ("[\"./files/page\"]", "page", true),
        ("[\"svg\"]", "a.svg", true),
        ("[\"xml\"]", "a.html", false),
        ("[\"files/b.html\"]", "a.html", false),
        ("[\"file\"]", "a.html", false),
        ("[\"fil/\"]", "a.html", false),
        ("[]", "a.html", false),
    ] {
        let bytes = if name == "a.svg" { svg.as_bytes() } else { page };
        let site = attached(name, bytes);
        site.put("tier0.toml", format!("[security]\nattachments = {allowed}\n").as_bytes());
        let run = site.build(&[]);
        assert_eq!(run.code == 0, is_fine, "{allowed} {name}: {:?}", run.problems);
        if is_fine {
            assert_eq!(run.output.files[&format!("files/{name}")], bytes, "{allowed} {name}");
        }
    }
    for (wrong, code) in [
        ("attachments = [\"*.html\"]", "invalid-value"),
        ("attachments = [\"../x\"]", "invalid-value"),
        ("attachments = [\"\"]", "invalid-value"),
        ("attachments = { html = true }", "wrong-type"),
        ("attachment = [\"html\"]", "config-unknown-key"),
    ] {
        let site = attached("a.txt", b"x").file("tier0.toml", &format!("[security]\n{wrong}\n"));
        let run = site.build(&[]);
        assert_eq!((run.code, run.codes()), (2, vec![code]), "{wrong}");
    }
}

/// A picture that shows something, and would do something.
fn picture() -> String {
    format!(
        "<?xml version=\"1.0\"?><svg xmlns=\"{SVG}\" onload=\"zorblat()\"><title>Kept</title>\
         <script>zorblat()</script><a href=\"javascript:zorblat()\"><rect width=\"9\" height=\"9\"/></a></svg>"
    )
}

fn assert_cleaned(run: &Run, path: &str) {
    let out = run.output.text(path);
    assert!(out.contains("<title>Kept</title>") && out.contains("<rect width=\"9\""), "{out}");
    assert!(!out.contains(MARK) && !out.contains("script"), "{out}");
}

#[test]
fn pictures_lose_what_could_run_and_the_build_says_what() {
    let links = "# A\n\n![d](a.svg) ![d](a.svg)\n\n[d](b.SVG)\n\n<img src=\"c.svg\" alt=\"d\">\n\n\
        [d](d.svg.zh)\n";
    let names = ["a.svg", "b.SVG", "c.svg", "d.svg.zh"];
    let site = Site::new().file("content/a.md", links);
    for name in names {
        site.put(&format!("content/{name}"), picture().as_bytes());
    }
    for settings in ["", "[site]\nhtml = \"allow\"\n"] {
        site.put("tier0.toml", settings.as_bytes());
        let run = site.build(&[]).fine();
        let wanted = names.map(|name| format!("warning svg-cleaned content/{name}:1:1"));
        assert_eq!(run.places(), wanted);
        for what in ["`onload`", "`<script>`", "`<a href>`"] {
            assert!(run.problems[0].message.contains(what), "{:?}", run.problems);
        }
        for name in names {
            assert_cleaned(&run, name);
        }
    }
    let before = site.output("public");
    assert_eq!(site.build(&["--strict"]).code, 1);
    let checked = site.run(&["check", "--format", "json"]);
    assert!(checked.stdout.contains("svg-cleaned"), "{}", checked.stdout);
    before.assert_same(&site.build(&[]).output, "the same picture");
}

#[test]
fn pictures_that_do_not_parse_are_errors() {
    let bomb = format!(
        "<!DOCTYPE svg [<!ENTITY a \"zorblat\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><svg xmlns=\"{SVG}\">&b;</svg>"
    );
    let deep = format!("<svg xmlns=\"{SVG}\">{}", "<g>".repeat(100_000));
    let large = " ".repeat((16 << 20) + 1);
    let wrong = ["", "<svg", "<svg><g></svg>", "not a picture", &bomb, "<html/>", &deep, &large];
    let mut links = "# A\n\n".to_owned();
    let site = Site::new();
    for (number, text) in wrong.into_iter().enumerate() {
        site.put(&format!("content/{number}.svg"), text.as_bytes());
        links += &format!("![d]({number}.svg)\n");
    }
    site.put("content/a.md", links.as_bytes());
    let run = site.build(&[]);
    let wanted = |number| format!("error svg-unreadable content/{number}.svg:1:1");
    assert_eq!(run.places(), (0..wrong.len()).map(wanted).collect::<Vec<_>>());
    assert_eq!(run.code, 1);
}

#[test]
fn pictures_of_the_owner_and_of_other_languages() {
    let site = Site::new()
        .file("tier0.toml", "[languages.zh]\ncontent = \"chinese\"\n")
        .file("content/a.md", "# A\n\n![s](/s.svg)\n")
        .file("chinese/a.md", "# 甲\n\n![d](d.svg)\n")
        .file("chinese/d.svg", &picture())
        .file("static/s.svg", &picture())
        .file("static/tool.html", "<script>zorblat</script>");
    let run = site.build(&[]).fine();
    assert_eq!(run.places(), ["warning svg-cleaned chinese/d.svg:1:1"]);
    assert_cleaned(&run, "zh/d.svg");
    // The static folder is the owner's.
    assert_eq!(run.output.text("s.svg"), picture());
    assert!(run.output.has("tool.html"));
}

#[test]
fn pictures_in_addresses_are_no_svg() {
    let site = Site::new().file(
        "content/a.md",
        "# A\n\n![x](data:image/png;base64,AAAA)\n\n![y](data:image/svg+xml,%3Csvg/onload=zorblat()%3E)\n",
    );
    let run = site.build(&[]);
    assert_eq!(run.places(), ["warning unsafe-link content/a.md:5:1"]);
    assert!(run.output.holding("zorblat").is_empty());
}

#[test]
fn attached_files_whose_head_speaks_of_readers_are_refused() {
    // That a text is no markdown is told anyway.
    let told = |run: &Run| {
        let told = run.places().into_iter();
        told.filter(|told| !told.starts_with("warning not-markdown")).collect::<Vec<_>>()
    };
    let site = |name: &str, text: &str| {
        let ops = "[roles.ops]\n[editions.ops]\nroles = [\"ops\", \"customer\"]\n";
        let link = format!("# Home\n\n[x](files/{name})\n");
        let site = Site::new().file("tier0.toml", ops).file("content/index.md", &link);
        site.file(&format!("content/files/{name}"), text)
    };
    for text in [
        "---\nroles: [ops]\n---\nquamble\n",
        "---\nroles: ops\nquamble\n",
        "\u{feff}---\ntitle: x\ndraft: true\n---\nquamble\n",
        "+++\ndraft = true\n+++\nquamble\n",
        "---\nstatus: draft\n---\nquamble\n",
        "---\nvisibility: internal\n---\nquamble\n",
        "---\nexpires: 2020-01-01\n---\nquamble\n",
        "\n---\nroles: [ops]\n---\nquamble\n",
        "---\nrole: [ops\n---\nquamble\n",
    ] {
        for name in ["a.txt", "a.mdx", "a.log", "a", "a.csv"] {
            let run = site(name, text).build(&[]);
            let place = format!("error unclear-roles content/files/{name}:1:1");
            assert_eq!((run.code, told(&run)), (1, vec![place]), "{name} {text}");
            assert!(run.output.holding("quamble").is_empty(), "{name} {text}");
        }
        assert_eq!(site("a.txt", text).run(&["check"]).code, 1, "{text}");
    }
    for text in [
        "Public.\n\n:::internal\nquamble\n:::\n",
        "- a\r\n  ：：：only roles=\"ops\"\r\n  quamble\r\n",
    ] {
        for name in ["a.txt", "a.mdx", "a"] {
            let run = site(name, text).build(&[]);
            let place = format!("error unclear-roles content/files/{name}:1:1");
            assert_eq!((run.code, told(&run)), (1, vec![place]), "{name} {text}");
            assert!(run.output.holding("quamble").is_empty(), "{name} {text}");
        }
    }
    // Its own readers may have it.
    let own = site("a.txt", "---\nroles: [ops]\n---\nquamble\n").build(&["--edition", "ops"]);
    assert_eq!(own.clean().output.holding("quamble").len(), 1);
    for text in [
        "---\nroles: [customer]\n---\nquamble\n",
        "---\ntitle: x\ndraft: false\npublishDate: 2020-01-01\n---\nquamble\n",
        "---\n\nquamble, roles\n\n---\nquamble\n",
        "---\nopenapi: 3.1\ninfo:\n  title: quamble\n",
        "- quamble\n- roles: [ops]\n",
        "The line `:::internal` opens a block: quamble\n:::note\n:::internals\n",
    ] {
        let run = site("a.txt", text).build(&["--strict"]).clean();
        assert_eq!(run.output.holding("quamble").len(), 1, "{text}");
    }
}
