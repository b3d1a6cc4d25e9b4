//! What is in a sink already; and the text of pages once more, with marks that tell where each block
//! comes from.

#![allow(
    clippy::disallowed_methods,
    dead_code,
    unreachable_pub,
    reason = "what is shared with the tests outside is written for them"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::{Body, Request, Session, Sink, Swept};
use crate::config::{Audience, Edition, HtmlMode};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{self, Document, Options};
use crate::page::{Shared, theme, traced};
use crate::render::{self, MARK, Piece, Words};
use crate::site::Page;
use crate::source::Project;

use random::Random;
use seeds::each_seed;

#[path = "../../tests/support/disk.rs"]
pub(super) mod disk;
#[path = "../../tests/support/html.rs"]
mod html;
#[path = "../../tests/support/random.rs"]
mod random;
#[path = "../../tests/support/seeds.rs"]
mod seeds;
#[path = "../../tests/support/tree.rs"]
mod tree;

const TODAY: jiff::civil::Date = jiff::civil::Date::constant(2026, 11, 29);

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Keeps the files that are made.
#[derive(Default)]
struct Made(Mutex<BTreeMap<String, String>>);

impl Sink for Made {
    fn put(&self, file: &Swept<'_>) -> Result<u64, Box<Diagnostic>> {
        if let Body::Bytes(bytes) = file.body() {
            let text = String::from_utf8_lossy(bytes).into_owned();
            self.0.lock().expect("files").insert(file.path().to_owned(), text);
        }
        Ok(0)
    }
}

/// An output that holds some files already.
struct Kept {
    foreign: Vec<(String, PathBuf)>,
    lasting: Vec<(String, PathBuf)>,
    kept: Mutex<Vec<String>>,
}

impl Sink for Kept {
    fn put(&self, _: &Swept<'_>) -> Result<u64, Box<Diagnostic>> {
        Ok(0)
    }

    fn foreign(&self) -> Vec<(String, PathBuf)> {
        self.foreign.clone()
    }

    fn lasting(&self) -> Vec<(String, PathBuf)> {
        self.lasting.clone()
    }

    fn keep(&self, file: &Swept<'_>) {
        self.kept.lock().expect("paths").push(file.path().to_owned());
    }
}

#[test]
fn what_a_sink_has_already_is_read_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let secret = "Ask for the serial number on the back first.";
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        disk::put(&path, text.as_bytes());
        (name.to_owned(), path)
    };
    file("content/_index.md", &format!("# Home\n\n:::internal\n{secret}\n:::\n"));
    let sink = Kept {
        foreign: vec![file("old.html", secret), file("CNAME", "help.example.com")],
        lasting: vec![file("assets/a.js", secret), file("assets/b.js", "run()")],
        kept: Mutex::default(),
    };
    let session = Session::new(Project::new(folder.path(), None));
    let edition = session.edition("public").expect("the edition");
    let request = Request { edition, drafts: false, for_authors: false, today: TODAY };
    let build = session.build(&request, &sink, &|_, _| {});
    let leaks: Vec<_> = build.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(leaks, [Code::Leak]);
    assert!(format!("{:?}", build.problems).contains("old.html"));
    assert_eq!(sink.kept.into_inner().expect("paths"), ["assets/b.js"]);
}

/// Html without its marks.
fn unmarked(marked: &str) -> String {
    let mut out = String::with_capacity(marked.len());
    let mark = format!(" {MARK}=\"");
    let mut parts = marked.split(&mark);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (number, rest) = part.split_once('"').expect("a value");
        assert!(number.parse::<usize>().is_ok(), "{number}");
        out.push_str(rest);
    }
    out
}

fn html_of(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Html(html) => html.to_string(),
        Piece::Address { name, link } => format!(" {name}=\"{link}\""),
        Piece::Image { before, link, behind, .. } => format!("{before} src=\"{link}\"{behind}"),
        Piece::Block(number) => format!("Block({number})"),
    };
    pieces.iter().map(piece).collect()
}

/// Builds an edition and looks at every page of it; says how many pages and blocks there are.
fn check(folder: &Path, config: Option<&Path>, edition: &str) -> (usize, usize) {
    let session = Session::new(Project::new(folder, config));
    let inputs = session.inputs();
    let edition = session.edition(edition).expect("the edition");
    let request = Request { edition, drafts: true, for_authors: false, today: TODAY };
    let made = Made::default();
    let build = session.build(&request, &made, &|_, _| {});
    let (site, files) = (build.site.expect("a site"), made.0.into_inner().expect("files"));
    let theme = theme::prepare(&inputs.theme).0.expect("a theme");
    let mut blocks = 0;
    for part in site.parts.iter() {
        let words = Shared::new(&site, part, &inputs.config, &theme).words;
        let code = part.language.code.as_str();
        for page in site.pages.iter().filter(|page| page.language() == code) {
            let file = &files[&format!("{}index.html", page.url)];
            blocks += check_page(page, &words, file);
        }
    }
    (site.pages.len(), blocks)
}

fn check_page(page: &Page, words: &Words, file: &str) -> usize {
    let (body, path) = (page.selected.body(), &page.selected.article.path);
    let plain = html_of(&render::html(&page.document, words));
    let (marked, spans) = render::marked(&page.document, words);
    assert_eq!(unmarked(&html_of(&marked)), plain, "{path}");
    assert!(!plain.contains(MARK), "{path}");

    let shown = traced(page, words);
    assert!(file.contains(&unmarked(&shown.html)), "{path}: the page shows something else");
    assert_eq!(shown.places.len(), spans.len(), "{path}");
    let mut numbers = BTreeSet::new();
    let mut last = 0;
    let notes = shown.html.find("<section class=\"footnotes\">").unwrap_or(usize::MAX);
    for tag in html::tags(&shown.html) {
        let Some(number) = tag.get(MARK) else { continue };
        let number: usize = number.parse().expect("a number");
        let span = &spans[number];
        assert!(numbers.insert(number), "{path}: {number} comes twice");
        let block = body.get(span.clone()).unwrap_or_else(|| panic!("{path}: {span:?}"));
        let is_cell = matches!(tag.name.as_str(), "td" | "th");
        assert!(!block.is_empty() || is_cell, "{path}: {tag:?} is nowhere");
        assert!(span.start >= last || tag.end > notes, "{path}: {tag:?} comes too late");
        last = if tag.end > notes { 0 } else { span.start };
        if tag.name == "p" {
            let word = first_word(&shown.html[tag.end..]);
            assert!(body[span.clone()].contains(&word), "{path}: no {word:?} in {span:?}");
            let place = &shown.places[number];
            let parts = page.selected.parts();
            let mut parts = parts.filter(|part| part.article.path == place.path);
            let source = &parts.next().expect("a file of the page").article.text;
            let line = source.lines().nth(place.line - 1).expect("a line");
            let rest: String = line.chars().skip(place.column - 1).collect();
            let first = body[span.clone()].lines().next().unwrap_or_default();
            assert!(rest.starts_with(first), "{path}: {first:?} is not at {place:?}");
        }
    }
    numbers.len()
}

/// The first letters of a text that no tag stands between.
fn first_word(html: &str) -> String {
    let mut rest = html.split("</p>").next().unwrap_or_default();
    while let Some(after) = rest.trim_start().strip_prefix('<') {
        rest = after.split_once('>').map_or("", |(_, rest)| rest);
    }
    let text = html::unescape(rest.split('<').next().unwrap_or_default());
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.find(|word| !word.is_empty()).unwrap_or_default().to_owned()
}

#[test]
fn the_help_centre_is_the_same_apart_from_the_marks() {
    for edition in ["public", "internal"] {
        let (pages, blocks) = check(repository(), None, edition);
        assert!(pages > 100 && blocks > pages * 10, "{edition}: {pages} pages, {blocks} blocks");
    }
}

#[test]
#[cfg_attr(not(has_corpora), ignore = "the public corpora are not beside the repository")]
fn public_sites_are_the_same_apart_from_the_marks() {
    for name in ["commerce-zh", "magento-en"] {
        let corpus = repository().join("../shared/corpora").join(name);
        let config = repository().join(format!("tests/corpora/{name}.toml"));
        let (pages, blocks) = check(&corpus, Some(&config), "public");
        assert!(pages > 500 && blocks > pages * 10, "{name}: {pages} pages, {blocks} blocks");
    }
}

/// All that a page can be made of, and the start of the source of each mark.
const ALL: &str = "# Title

Intro[^n] *text*.

## Heading {#here}

- item

  second

> quote

> [!NOTE]
> alert

> ![info]
> zendesk

```sh
code
```

![image](a.png)

| a | b |
|---|---|
| c | d |

term
: meaning

---

:::steps
1. one
:::

:::steps
### Do it

So.
:::

::::tabs
:::tab First
in tab
:::
::::

:::reply Hello
dear
:::

:::details More
hidden
:::

+++Fold
folded
+++

:::internal
secret
:::

:::nonsense
unknown
:::

<div>

in html

</div>

<table><tr><td>raw</td></tr></table>

[^n]: note
";

/// The marked elements of it, each with the line it comes from.
const MARKED: &str = "\
p: Intro[^n] *text*.
h2: ## Heading {#here}
ul: - item
li: - item
p: item
p: second
blockquote: > quote
p: quote
aside: > [!NOTE]
p: alert
aside: > ![info]
p: ![info]
div: ```sh
figure: ![image](a.png)
table: | a | b |
tr: | a | b |
th: a | b |
th: b |
tr: | c | d |
td: c | d |
td: d |
dl: term
dt: term
dd: : meaning
hr: ---
div: :::steps
ol: 1. one
li: 1. one
div: :::steps
section: ### Do it
h3: ### Do it
p: So.
div: ::::tabs
section: :::tab First
p: in tab
div: :::reply Hello
p: dear
details: :::details More
p: hidden
details: +++Fold
p: folded
div: :::internal
p: secret
aside: :::nonsense
p: unknown
div: <div>
p: in html
table: <table><tr><td>raw</td></tr></table>
p: note
";

#[test]
fn every_kind_of_block_has_a_mark() {
    let document = document::parse(ALL, &options(HtmlMode::Sanitize));
    let (pieces, spans) = render::marked(&document, &Words::default());
    let marked = html_of(&pieces);
    let found: Vec<String> = html::tags(&marked)
        .iter()
        .filter_map(|tag| {
            let span = &spans[tag.get(MARK)?.parse::<usize>().ok()?];
            let line = ALL[span.start..].trim_start().lines().next().unwrap_or_default();
            Some(format!("{}: {line}", tag.name))
        })
        .collect();
    assert_eq!(format!("{}\n", found.join("\n")), MARKED);
    assert_eq!(unmarked(&marked), html_of(&render::html(&document, &Words::default())));
}

/// What texts are made of that no person writes.
const PIECES: [&str; 56] = [
    "\n\n<div class=\"table\" tabindex=\"0\">",
    "\n\n<table>",
    "\n\n<p>",
    "a ",
    "> ",
    "- ",
    "1. ",
    "\n",
    "\n\n",
    "  ",
    "    ",
    "# ",
    "## a ## ",
    "---\n",
    "```\n",
    ":::note\n",
    ":::steps\n",
    ":::\n",
    "::::tabs\n",
    ":::tab x\n",
    "+++x\n",
    "+++\n",
    "|a|\n|-|\n|b|\n",
    "![a](b)",
    "[^1]",
    "\n[^1]: a\n",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<table><tr><td>",
    "</td>",
    "</table>",
    "<div>",
    "</div>",
    "<li>",
    "</ul>",
    "<a href=b>",
    "</a>",
    "<h2>x</h2>\n",
    "<!-- -->",
    "![info]\n",
    "`*重点：*后`",
    "<i>",
    "</i>",
    "<ul>",
    "<dl><dt>",
    "<dd>",
    "<pre>\n",
    "<h3 onclick=x>",
    "</h3>",
    "<q cite=\"java\nscript:x\">",
    "<img src=x onerror=x>",
    "<script>x</script>",
    "<noscript><p title=\"</noscript><b>\">",
    "<span style=x data-x='\"><script>'>",
];

#[test]
fn nothing_makes_the_html_another_one() {
    each_seed(2_000, 50_000, |round| {
        let mut random = Random::new(round);
        let length = 2 + random.below(40);
        let text: String = (0..length).map(|_| *random.pick(&PIECES)).collect();
        for mode in [HtmlMode::Sanitize, HtmlMode::Escape] {
            let document: Document = document::parse(&text, &options(mode));
            let plain = render::html(&document, &Words::default());
            let (marked, spans) = render::marked(&document, &Words::default());
            assert_eq!(unmarked(&html_of(&marked)), html_of(&plain), "{text:?}");
            let is_inside = |span: &std::ops::Range<usize>| text.get(span.clone()).is_some();
            assert!(spans.iter().all(is_inside), "{text:?}");
            assert_eq!(fault(&html_of(&plain)), None, "{text:?}");
        }
    });
}

/// What is wrong with html that writers have a hand in: each element must end, inside of those that
/// it stands in, and nothing may be active.
fn fault(html: &str) -> Option<String> {
    const VOID: [&str; 7] = ["br", "hr", "img", "input", "wbr", "col", "link"];
    let mut open = Vec::new();
    for tag in html.split('<').skip(1) {
        let Some((tag, _)) = tag.split_once('>') else { return Some(tag.to_owned()) };
        let name = tag.split(' ').next().unwrap_or_default();
        let is_active = name == "script" || tag.contains(" on") || tag.contains("script:");
        let is_whole = match name.strip_prefix('/') {
            Some(name) => open.pop() == Some(name),
            None => name.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        };
        if is_active || !is_whole {
            return Some(tag.to_owned());
        }
        if !tag.starts_with('/') && !VOID.contains(&name) {
            open.push(name);
        }
    }
    open.pop().map(str::to_owned)
}

fn options(html: HtmlMode) -> Options {
    Options {
        containers: Arc::default(),
        html,
        is_titled: false,
        edition: Arc::new(Edition { audience: Audience::All, ..Edition::public() }),
    }
}
