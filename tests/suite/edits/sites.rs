//! Small sites with some of everything that pages may depend on.

use super::disk::{Age, Disk};
use crate::support::Site;
use crate::support::random::Random;

/// A word that only text for `ops` holds.
pub const SECRET: &str = "velvet";

pub const FOLDERS: [&str; 5] = ["guides", "faq", "guides/deep", "路由", "guides/_parts"];
pub const ENDINGS: [&str; 4] = ["", "", "", ".zh"];
/// As many pages as may be named by others.
pub const PAGES: usize = 12;

const EDITIONS: &str = "[editions.desk]\nroles = [\"customer\", \"ops\"]\n";
const BASES: [&str; 7] = [
    "[languages.zh]\n",
    "[site]\ntitle = \"Other\"\nbase_url = \"https://help.example.com/kb/\"\n[languages.zh]\n",
    "[site]\nhtml = \"escape\"\n[languages.zh]\nname = \"中文\"\n[links]\nrewrite = { \"/old/\" = \"/\" }\n",
    "[languages.zh]\n[products.x]\nlabel = \"Product X\"\nversions = [\"1.0\", \"2.0\"]\n[severity]\nbroken-link = \"warning\"\n",
    "[site]\nexclude = [\"faq\"]\n[languages.zh]\n[search]\nsynonyms = [\"cable, lead\"]\n[search.promoted]\n\"guides/p1.md\" = [\"reset\"]\n",
    "[site]\ndefault_language = \"zh\"\n[languages.en]\n[roles.ops]\nlabel = \"Operators\"\nescalates_to = \"support\"\n",
    "[site]\ndefault_roles = [\"customer\", \"ops\"]\n[languages.zh]\ncontent = \"content-zh\"\n",
];

pub fn config(random: &mut Random) -> String {
    format!("{}{EDITIONS}", random.pick(&BASES))
}

/// A configuration that takes the mistakes of random pages lightly.
pub fn lenient(random: &mut Random) -> String {
    let mut config = config(random).replace("[severity]\nbroken-link = \"warning\"\n", "");
    config += "[severity]\n";
    for code in ["broken-link", "link-outside-edition", "missing-image", "missing-file"] {
        config += &format!("{code} = \"warning\"\n");
    }
    config
}

/// A page without what a site may not take lightly.
pub fn without_errors(text: &str) -> String {
    let keys = ["id: ", "slug: ", "aliases: ", "translation_of: "];
    let lines = text.split_inclusive('\n');
    let text: String = lines.filter(|line| !keys.iter().any(|key| line.starts_with(key))).collect();
    let text = text.replace("_s/shard.md", "_s/inner.md").replace("Never closed.", "Closed.\n:::");
    if text.starts_with("---\ntitle: broken") { "# Whole\n".to_owned() } else { text }
}

/// The path of a page, which may not be there.
pub fn name(random: &mut Random) -> String {
    let number = random.below(PAGES);
    let folder = ["guides", "faq", "guides/deep", "路由"][number % 4];
    format!("{folder}/p{number}")
}

pub fn start(random: &mut Random) -> Disk {
    let mut disk = Disk::new(Site::new());
    disk.put("tier0.toml", &format!("{}{EDITIONS}", BASES[0]), Age::Old);
    disk.put("content/_index.md", "---\ntitle: Home\n---\nWelcome.\n", Age::Old);
    disk.put("content/guides/_index.md", "---\ntitle: Guides\n---\n", Age::Packed);
    disk.put("content/pictures/p.svg", &picture(0), Age::Old);
    disk.put("content/pictures/q.svg", &picture(1), Age::Packed);
    disk.put("content/_s/shared.md", &snippet(random), Age::Old);
    disk.put("content/_s/inner.md", "Inner.\n", Age::Packed);
    disk.put("content-zh/guides/p1.md", "# 另一个目录\n\n[x](p0.md)\n", Age::Old);
    disk.put("static/robots.txt", "User-agent: *\n", Age::Old);
    for number in 0..9 {
        let folder = FOLDERS[number % 4];
        let text = page(random);
        disk.put(&format!("content/{folder}/p{number}.md"), &text, Age::Packed);
    }
    for number in [1, 2] {
        let text = page(random);
        disk.put(&format!("content/{}/p{number}.zh.md", FOLDERS[number]), &text, Age::Old);
    }
    disk
}

/// A site that has hardly any errors.
pub fn start_calm(random: &mut Random) -> Disk {
    let mut disk = start(random);
    disk.put("tier0.toml", &lenient(random), Age::Old);
    for path in disk.list("content").iter().filter(|path| path.ends_with(".md")) {
        let text = disk.text(path).unwrap_or_default();
        disk.put(path, &without_errors(&text), Age::Old);
    }
    disk
}

pub fn picture(number: usize) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{number}\"/>\n")
}

pub fn snippet(random: &mut Random) -> String {
    let head = random.pick(&[
        "",
        "",
        "---\nroles: ops\n---\n",
        "---\nstatus: draft\n---\n",
        "---\ntags: unused\n---\n\n",
    ]);
    let secret = if head.contains("ops") { SECRET } else { "Shared" };
    let (number, link) = (random.below(100), name(random));
    let more = random.pick(&[
        "",
        ":::include inner.md",
        ":::include /_s/inner.md\n:::",
        "## Put in\n\nMore.",
        ":::only roles=\"ops\"\nThe velvet snippet.\n:::",
        ":::note\nNever closed.",
        "![p](../pictures/q.svg)",
    ]);
    format!("{head}{secret} {number} [link](../{link}.md#one).\n\n{more}\n")
}

/// A page with some of everything that other pages may depend on.
pub fn page(random: &mut Random) -> String {
    let secret = random.below(6) == 0;
    let mut head = String::from("---\n");
    let title = random.pick(&["Reset", "重启", "Codes <E1>", "Cables", "Zebra", "cables"]);
    if random.below(8) != 0 {
        head += &format!("title: {title} {}\n", random.below(5));
    }
    head += &format!("weight: {}\n", random.below(4));
    let tag = random.pick(&["wifi", "wifi, cable", "电源", "WiFi"]);
    if random.below(3) != 0 {
        head += &format!("tags: {tag}\n");
    }
    if secret {
        head += "roles: ops\n";
    } else if random.below(2) == 0 {
        head += *random.pick(&["roles: customer\n", "roles: [customer, ops]\n"]);
    }
    let number = random.below(PAGES);
    for (odds, line) in [
        (3, format!("codes: E{number}\n")),
        (4, format!("id: id{number}\n")),
        (5, format!("aliases: /old{number}/\n")),
        (4, "products: x\nversions: \">=1.0, <2.0\"\n".to_owned()),
        (7, format!("slug: s{}\n", number % 3)),
        (9, "hide: true\n".to_owned()),
        (9, "status: draft\n".to_owned()),
        (9, format!("updated: 2026-0{}-11\n", 1 + number % 9)),
        (9, format!("translation_of: {}.md\n", name(random))),
        (8, "description: What it says.\n".to_owned()),
    ] {
        if random.below(odds) == 0 {
            head += &line;
        }
    }
    let kind = random.below(7);
    head += ["kind: faq\n", "kind: troubleshooter\n", "", "", "", "", ""][kind];
    head += "---\n";
    let word = if secret { SECRET } else { "Word" };
    let mut body = format!("{word}{number} [other]({}).\n\n", link(random));
    body += match kind {
        0 => "## Topic\n\n### Why {#one}\n\nBecause.\n\n### How\n\nLike so.\n\n",
        1 => {
            "## One\n\nLook.\n\n- [Yes](#two)\n- [No](#three)\n\n## Two\n\nGood.\n\n## Three\n\nBad.\n\n"
        }
        2 => "## Symptom\n\nIt blinks.\n\n## Solution {#one}\n\n1. Wait.\n2. Renderer.\n\n",
        _ => "# Lead\n\n## One\n\nFirst.\n\n",
    };
    for _ in 0..1 + random.below(2) {
        body += &extra(random);
        body += "\n\n";
    }
    body += &format!("[end]({})\n", link(random));
    head + &body
}

fn link(random: &mut Random) -> String {
    let (name, number) = (name(random), random.below(PAGES));
    match random.below(9) {
        0 => format!("id:id{number}"),
        1 => format!("/old{number}/"),
        2 => format!("/{name}/"),
        3 => format!("/{name}.md#two"),
        4 => format!("/{name}.zh.md"),
        5 => "/guides/".to_owned(),
        6 => "/pictures/q.svg".to_owned(),
        _ => format!("/{name}.md#one"),
    }
}

fn extra(random: &mut Random) -> String {
    let name = name(random);
    match random.below(13) {
        0 => "![p](/pictures/p.svg)".to_owned(),
        1 => "![none](/pictures/none.svg) ![q](../pictures/q.svg)".to_owned(),
        2 => ":::only roles=\"ops\"\nHidden velvet, see [there](/guides/p0.md).\n:::".to_owned(),
        3 => ":::note\nInside **重点：**后文\n:::".to_owned(),
        4 => "A <hostname> and <b>html</b> <img src=\"/pictures/p.svg\">.".to_owned(),
        5 => "```bash\necho hi\n```".to_owned(),
        6 => ":::include /_s/shared.md\n:::".to_owned(),
        7 => "> - :::include _s/shared.md".to_owned(),
        8 => ":::include _s/inner.md".to_owned(),
        9 => ":::include _s/shard.md".to_owned(),
        10 => format!("## Two\n\n[wrong](/{name}x.md) [anchor](/{name}.md#onne)"),
        11 => "[robots](/robots.txt) ![old](/old/pictures/p.svg)".to_owned(),
        _ => "A footnote[^1].\n\n[^1]: Said.".to_owned(),
    }
}
