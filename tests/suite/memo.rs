//! A build with a memo gives the same bytes and the same problems as a clean one.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Mutex;

use tier0::config::{Audience, Edition};
use tier0::diagnostic::{Code, Diagnostic};
use tier0::pipeline::{self, Memo, Request};
use tier0::source::{self, Project};

use crate::support::random::Random;
use crate::support::{Site, rounds};

type Files = BTreeMap<String, Vec<u8>>;

/// What one build gives: its files, the files it would copy, its problems.
#[derive(Debug, PartialEq)]
struct Result {
    files: Files,
    copies: Vec<(String, String)>,
    problems: Vec<Diagnostic>,
}

fn build(site: &Site, memo: &Memo) -> Result {
    build_edition(site, &Edition::public(), memo)
}

fn build_edition(site: &Site, edition: &Edition, memo: &Memo) -> Result {
    let (inputs, mut problems) = source::read(&Project::new(&site.root(), None));
    let files: Mutex<Files> = Mutex::default();
    let build = pipeline::run(
        &inputs,
        &Request { edition, drafts: true, for_authors: true },
        memo,
        &|path, bytes| {
            let mut files = files.lock().expect("no test panics while it holds this");
            files.insert(path.to_owned(), bytes.to_vec());
        },
        &|_, _| {},
    );
    let copies = pipeline::copies(&build)
        .map(|(path, disk)| (path.to_owned(), disk.display().to_string()))
        .collect();
    problems.extend(build.diagnostics);
    Result { files: files.into_inner().expect("as above"), copies, problems }
}

fn start() -> Site {
    let site = Site::new()
        .file("content/_index.md", "---\ntitle: Home\n---\n")
        .file("content/pictures/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n")
        .file("content/_s/shared.md", "Shared [link](../guides/p1.md).\n")
        .file("content/_s/inner.md", "Inner.\n")
        .file("content/_s/shared.zh.md", "共享。\n\n:::include inner.md\n")
        .file("tier0.toml", CONFIGS[0]);
    for number in 0..12 {
        let folder = ["guides", "faq", "guides/deep"][number % 3];
        let language = if number % 4 == 3 { ".zh" } else { "" };
        let name = format!("content/{folder}/p{number}{language}.md");
        site.put(&name, page(&mut Random::new(number as u64 + 1)).as_bytes());
    }
    site
}

const CONFIGS: [&str; 4] = [
    "[languages.zh]\n",
    "[site]\ntitle = \"Other\"\n[languages.zh]\n",
    "[site]\ntitle = \"Other\"\nhtml = \"escape\"\n[languages.zh]\n",
    "[languages.zh]\nname = \"中文\"\n[products.x]\nlabel = \"Product X\"\n[severity]\nbroken-link = \"warning\"\n",
];

/// A page with some of everything that other pages may depend on.
fn page(random: &mut Random) -> String {
    let title = random.pick(&["Reset", "重启", "Codes <E1>", "Cables", "Zebra"]);
    let weight = random.below(4);
    let tags = random.pick(&["wifi", "wifi, cable", "电源", ""]);
    let role = random.pick(&["customer", "customer", "customer", "ops"]);
    let target = random.below(14);
    let folder = random.pick(&["guides", "faq", "guides/deep"]);
    let extra = random.pick(&[
        "",
        "![p](/pictures/p.svg)",
        ":::only roles=\"ops\"\nHidden.\n:::",
        ":::note\nInside **重点：**后文\n:::",
        "A <hostname> and <b>html</b>.",
        "```bash\necho hi\n```",
        ":::include /_s/shared.md\n:::",
        "> - :::include _s/shared.md",
    ]);
    format!(
        "---\ntitle: {title} {weight}\nweight: {weight}\ntags: {tags}\nroles: {role}\ncodes: E{target}\nproducts: x\n---\n\n\
         Word{target} [other](/{folder}/p{target}.md#one).\n\n## One\n\n{extra}\n\n## Two {weight}\n\nEnd.\n"
    )
}

const FOOTER: &str = "themes/default/templates/partials/footer.html";
const BROKEN: &str = "<footer>{{ site.title }</footer>";

/// One random edit; says what it did.
fn edit(site: &Site, random: &mut Random) -> String {
    // A broken template hides what all other edits do, so it is mended at once.
    if fs::read_to_string(site.path(FOOTER)).is_ok_and(|text| text == BROKEN) {
        fs::remove_dir_all(site.path("themes")).expect("a theme to delete");
        return "the template is mended".to_owned();
    }
    let tree = crate::support::tree::Tree::read(&site.path("content"));
    let pages: Vec<String> = tree
        .files
        .keys()
        .filter(|path| path.ends_with(".md"))
        .map(|path| format!("content/{path}"))
        .collect();
    let victim = random.pick(&pages).clone();
    let text = fs::read_to_string(site.path(&victim)).expect("a page");
    let put = |text: String| site.put(&victim, text.as_bytes());
    let number = random.below(1000);
    match random.below(11) {
        0 => put(format!("{text}\nAnother line {number}.\n")),
        1 => put(text.replacen("title: ", &format!("title: N{number} "), 1)),
        2 => put(text.replacen("title: ", &format!("slug: s{}\ntitle: ", number % 3), 1)),
        3 => put(text.replacen("weight: ", "weight: 1", 1)),
        4 => put(page(random)),
        5 if pages.len() > 4 => site.remove(&victim),
        6 => {
            let target = format!("content/faq/p{}.md", number % 14);
            site.put(&target, text.as_bytes());
            if target != victim {
                site.remove(&victim);
            }
        }
        7 => site.put(&format!("content/guides/p{}.zh.md", number % 14), page(random).as_bytes()),
        8 => site.put("tier0.toml", random.pick(&CONFIGS).as_bytes()),
        9 => theme(site, random),
        _ => put(format!("---\ntitle: broken {number}\n")),
    }
    format!("{victim} ({number})")
}

fn theme(site: &Site, random: &mut Random) {
    let texts = "themes/default/i18n/en.toml";
    match random.below(4) {
        0 => site.put(
            FOOTER,
            format!("<footer>{{{{ site.title }}}} {}</footer>", random.below(9)).as_bytes(),
        ),
        1 => site.put(texts, format!("callout_note = \"Mind {}\"\n", random.below(9)).as_bytes()),
        2 => site.put(FOOTER, BROKEN.as_bytes()),
        _ => {
            let _ = fs::remove_dir_all(site.path("themes"));
        }
    }
}

#[test]
fn a_memo_changes_nothing_but_the_time() {
    for seed in rounds(2, 20) {
        let site = start();
        let mut random = Random::new(seed);
        let memo = Memo::remembering();
        let mut good = 0;
        let mut edits = Vec::new();
        for step in 0..60 {
            let with_memo = build(&site, &memo);
            memo.forget_unused();
            let clean = build(&site, &Memo::default());
            let different: Vec<_> = clean
                .files
                .keys()
                .chain(with_memo.files.keys())
                .filter(|path| clean.files.get(*path) != with_memo.files.get(*path))
                .collect();
            assert!(
                different.is_empty(),
                "seed {seed}, step {step}: these differ: {different:?}\nafter {edits:#?}"
            );
            assert_eq!(with_memo, clean, "seed {seed}, step {step}, after {edits:#?}");
            good += usize::from(!clean.files.is_empty());
            edits.push(edit(&site, &mut random));
        }
        assert!(good > 30, "most builds of seed {seed} must render: {good}");
    }
}

#[test]
fn editions_that_share_a_memo_are_what_they_are_alone() {
    let site = start();
    let mut random = Random::new(7);
    let desk = Edition { name: "desk".to_owned(), audience: Audience::All, ..Edition::public() };
    let shared = Memo::remembering();
    let editions = [(Edition::public(), shared.beside()), (desk, shared.beside())];
    let mut edits = Vec::new();
    for step in 0..15 {
        for (edition, memo) in &editions {
            let mut together = build_edition(&site, edition, memo);
            let mut alone = build_edition(&site, edition, &Memo::default());
            if alone.problems.iter().any(|p| p.code == Code::DuplicateAddress) {
                (together.files, alone.files) = Default::default();
            }
            let name = &edition.name;
            assert!(together == alone, "{name} differs at step {step}, after {edits:#?}");
        }
        shared.forget_unused();
        edits.push(edit(&site, &mut random));
    }
}

#[test]
fn a_snippet_changes_the_pages_that_hold_it() {
    let site = Site::new()
        .file("content/a.md", "# A\n\n- :::include _s/x.md\n  :::\n")
        .file("content/b.md", "# B\n\nNothing.\n")
        .file("content/_s/x.md", "First, see [B](../b.md).\n");
    let memo = Memo::remembering();
    let text = |files: &Files| {
        String::from_utf8_lossy(files.get("a/index.html").expect("a page")).into_owned()
    };
    let before = build(&site, &memo);
    assert!(text(&before.files).contains("First, see"));
    site.put("content/_s/x.md", b"Second, see [B](../b.md).\n");
    let after = build(&site, &memo);
    assert!(text(&after.files).contains("Second, see") && !text(&after.files).contains("First"));
    assert_eq!(after, build(&site, &Memo::default()));
    // Only the place of the link changes, and so does what is said.
    site.put("content/_s/x.md", b"\n\nSecond, see [B](../c.md).\n");
    assert_eq!(build(&site, &memo), build(&site, &Memo::default()));
    site.remove("content/_s/x.md");
    let gone = build(&site, &memo);
    assert_eq!(gone.problems.iter().map(|p| p.code).collect::<Vec<_>>(), [Code::IncludeMissing]);
    assert_eq!(gone, build(&site, &Memo::default()));
}
