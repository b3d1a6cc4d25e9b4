//! Files that writers attach: what a browser would run on the site's own origin does not get there,
//! by whatever name, in the build and the preview alike.

use crate::support::{Run, Site};

const SVG: &str = "http://www.w3.org/2000/svg";
const MARK: &str = "zorblat";

/// A page that links to a file, and the file.
fn attached(name: &str, bytes: &[u8]) -> Site {
    let site = Site::new().file("content/a.md", &format!("# A\n\n[file](<files/{name}>)\n"));
    site.put(&format!("content/files/{name}"), bytes);
    site
}

/// Names of documents, and of what is one to some servers.
const ACTIVE: [&str; 25] = [
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
    "a.Html~.unknown",
    "a.php",
    "a.rdf",
    "a.swf",
    "a.wsdl",
];

/// What is wrong with files that run, seen from inside.
pub fn check_inside() -> Vec<String> {
    let site = attached("a.html", b"<script>zorblat</script>");
    let inputs = tier0::source::read(&tier0::source::Project::new(&site.root(), None)).0;
    let edition = tier0::config::Edition::public();
    let request = tier0::pipeline::Request { edition: &edition, drafts: false, for_authors: false };
    let memo = tier0::pipeline::Memo::default();
    let build = tier0::pipeline::run(&inputs, &request, &memo, &|_, _| {}, &|_, _| {});
    let is_told = !build.is_good();
    let fault = (!is_told).then(|| "an attached page is published".to_owned());
    fault.into_iter().collect()
}

#[test]
fn documents_are_refused_by_name() {
    for name in ACTIVE {
        let run = attached(name, b"zorblat").build(&[]);
        if name == "a.Html~.unknown" {
            // Not an ending that any server knows.
            assert_eq!(run.code, 0, "{name}");
            continue;
        }
        assert_eq!((run.code, run.codes()), (1, vec!["active-file"]), "{name}");
        assert_eq!(run.places(), ["error active-file content/a.md:3:1"], "{name}");
        assert!(run.problems[0].message.contains(name), "{:?}", run.problems);
        assert!(run.output.files.is_empty());
    }
    // As an image, in raw html, and in a folder of another language too.
    for link in
        ["![x](files/a.html)", "<a href=\"files/a.html\">x</a>", "<img src=\"/files/a.html\">"]
    {
        let site = attached("a.html", b"zorblat");
        site.put("content/a.md", format!("# A\n\n{link}\n").as_bytes());
        assert_eq!(site.build(&[]).codes(), ["active-file"], "{link}");
    }
}

#[test]
fn documents_under_names_that_say_nothing_are_refused_by_their_first_bytes() {
    let page = "<!doctype html><script>zorblat</script>";
    let wide: Vec<u8> =
        std::iter::once(0xfeff).chain(page.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    for (name, bytes) in [
        ("page", page.as_bytes()),
        ("page.data", page.as_bytes()),
        ("page.unknown", b"\n\n  <svg onload='zorblat()'/>"),
        ("page.1", b"\xef\xbb\xbf<?xml version='1.0'?><x/>"),
        ("page.wide", &wide),
    ] {
        let run = attached(name, bytes).build(&[]);
        let wanted = format!("error active-file content/files/{name}:1:1");
        assert_eq!((run.code, run.places()), (1, vec![wanted]), "{name}");
    }
    // Where the name is clear, or nothing begins like a tag, files are copied as they are.
    for (name, bytes) in [
        ("page.txt", page.as_bytes()),
        ("log.csv", page.as_bytes()),
        ("firmware.img2", b"\0\x01\x02<svg>"),
        ("form.pdf", b"%PDF-1.4"),
        ("archive.html.zip", b"PK"),
    ] {
        let run = attached(name, bytes).build(&["--strict"]).clean();
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
    for (name, link) in [
        ("d.svg", "![d](files/d.svg)"),
        ("d.SVG", "[d](files/d.SVG)"),
        ("d.svg", "<img src=\"files/d.svg\" alt=\"d\">"),
        ("d.svg.zh", "[d](files/d.svg.zh)"),
    ] {
        let site = attached(name, picture().as_bytes());
        site.put("content/a.md", format!("# A\n\n{link} {link}\n").as_bytes());
        for settings in ["", "[site]\nhtml = \"allow\"\n"] {
            site.put("tier0.toml", settings.as_bytes());
            let run = site.build(&[]).fine();
            assert_eq!(run.places(), [format!("warning svg-cleaned content/files/{name}:1:1")]);
            for what in ["`onload`", "`<script>`", "`<a href>`"] {
                assert!(run.problems[0].message.contains(what), "{:?}", run.problems);
            }
            assert_cleaned(&run, &format!("files/{name}"));
            let again = site.build(&[]);
            run.output.assert_same(&again.output, "the same picture");
        }
        assert_eq!(site.build(&["--strict"]).code, 1);
        let checked = site.run(&["check", "--format", "json"]);
        assert!(checked.stdout.contains("svg-cleaned"), "{}", checked.stdout);
    }
}

#[test]
fn pictures_that_do_not_parse_are_errors() {
    let bomb = format!(
        "<!DOCTYPE svg [<!ENTITY a \"zorblat\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><svg xmlns=\"{SVG}\">&b;</svg>"
    );
    for bytes in [
        "",
        "<svg",
        "<svg><g></svg>",
        "not a picture",
        &bomb,
        "<html><script>zorblat</script></html>",
        &format!("<svg xmlns=\"{SVG}\">{}", "<g>".repeat(100_000)),
    ] {
        let run = attached("d.svg", bytes.as_bytes()).build(&[]);
        assert_eq!(run.places(), ["error svg-unreadable content/files/d.svg:1:1"], "{bytes:.60}");
        assert_eq!(run.code, 1);
    }
    let large = vec![b' '; (16 << 20) + 1];
    assert_eq!(attached("d.svg", &large).build(&[]).codes(), ["svg-unreadable"]);
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
    assert_eq!(run.places(), ["error unsafe-link content/a.md:5:1"]);
}
