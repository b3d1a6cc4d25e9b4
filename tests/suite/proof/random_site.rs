//! Random sites whose excluded content can be there, be gone, or be something else.
//!
//! Two sequences of numbers make a site: one for what everybody sees, which never knows about the
//! other, and one for what is excluded.

use std::collections::BTreeMap;

use crate::support::Site;
use crate::support::random::Random;

/// What stands in the excluded places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// Words of the first kind.
    Text,
    /// Nothing: neither files nor blocks.
    Nothing,
    /// Other words, other lengths, by the seed.
    Noise(u64),
}

/// Files by path.
pub type Files = BTreeMap<String, String>;

const FOLDERS: [&str; 6] = ["", "guides/", "guides/deep/", "faq/", "faq/路由/", "release notes/"];
const WORDS: [&str; 16] = [
    "router",
    "reset",
    "lamp",
    "cable",
    "blinks",
    "wait",
    "press",
    "again",
    "重启",
    "路由器",
    "指示灯",
    "等待",
    "E-1001",
    "`ping`",
    "**bold**",
    "account",
];
const NOISE: [&str; 8] =
    ["granite", "velvet", "**oak**", "石头", "`slate`", "E-9999", "天鹅绒", "mercury"];
const HEADINGS: [&str; 4] = ["Setup", "Reset it", "设置", "Then"];
const PARTS: [&str; 5] = ["Issue", "原因", "Solution", "解决方案", "Why {.resolved}"];
const KINDS: [&str; 6] = ["guide", "faq", "troubleshooter", "howto", "reference", "article"];
const TAGS: [&str; 5] = ["wifi", "Wi Fi", "WiFi", "电源", "cable"];

pub const CONFIG: &str = "\
[site]
title = \"Random\"
base_url = \"https://help.example.com/kb/\"

[languages.zh]

[editions.internal]
roles = \"all\"

[products.router]
versions = [\"1.0\", \"2.0\", \"3.0\"]
";

/// Makes the files of the site with this seed.
pub fn files(seed: u64, inside: Inside) -> Files {
    let secret_seed = match inside {
        Inside::Text | Inside::Nothing => seed ^ 0x5ec7e7,
        Inside::Noise(other) => seed ^ 0x015e ^ other << 20,
    };
    let mut maker = Maker {
        open: Random::new(seed),
        secret: Random::new(secret_seed),
        inside,
        images: Vec::new(),
        files: Files::new(),
        pages: Vec::new(),
    };
    maker.site();
    maker.files
}

/// Writes files into a site, and deletes those of the build before.
pub fn put(site: &Site, files: &Files, before: &Files) {
    for path in before.keys().filter(|path| !files.contains_key(*path)) {
        site.remove(path);
    }
    for (path, text) in files.iter().filter(|(path, text)| before.get(*path) != Some(text)) {
        site.put(path, text.as_bytes());
    }
}

struct Maker {
    open: Random,
    secret: Random,
    inside: Inside,
    /// Images that only excluded blocks show.
    images: Vec<String>,
    files: Files,
    /// Public pages by path, to link to.
    pages: Vec<String>,
}

impl Maker {
    fn site(&mut self) {
        self.files.insert("tier0.toml".to_owned(), CONFIG.to_owned());
        let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_owned();
        self.files.insert("content/pictures/open.svg".to_owned(), picture.clone());
        let count = 6 + self.open.below(8);
        for number in 0..count {
            let folder = *self.open.pick(&FOLDERS);
            let suffix = *self.open.pick(&[".md", ".md", ".zh.md"]);
            self.pages.push(format!("{folder}p{number}{suffix}"));
        }
        for path in self.pages.clone() {
            let text = self.public_page();
            self.files.insert(format!("content/{path}"), text);
        }
        for folder in ["guides/", "faq/"] {
            if self.open.below(2) == 0 {
                let text = self.public_page();
                self.files.insert(format!("content/{folder}_index.md"), text);
            }
        }
        if self.inside != Inside::Nothing {
            self.secret_pages();
            for name in std::mem::take(&mut self.images) {
                self.files.insert(format!("content/{name}"), picture.clone());
            }
        }
    }

    fn public_page(&mut self) -> String {
        let mut head = format!("---\ntitle: {}\n", self.words(3).replace(['*', '`'], ""));
        if self.open.below(3) > 0 {
            head.push_str(&format!("tags: [{}]\n", self.open.pick(&TAGS)));
        }
        if self.open.below(2) == 0 {
            head.push_str(&format!("weight: {}\n", self.open.below(4)));
        }
        if self.open.below(3) == 0 {
            head.push_str("roles: [customer, ops]\n");
        }
        if self.open.below(3) > 0 {
            head.push_str(&format!("kind: {}\n", self.open.pick(&KINDS)));
        }
        if self.open.below(3) == 0 {
            let number = self.open.below(3);
            head.push_str(&format!(
                "products: router\nversions: '<={number}.0, 1.0'\ncodes: [E-1001]\ncollect: [Version]\n"
            ));
        }
        if self.open.below(4) == 0 {
            head.push_str("hide: true\n");
        }
        let mut body = String::new();
        for _ in 0..2 + self.open.below(6) {
            let part = self.part();
            body.push_str(&part);
            body.push('\n');
        }
        body.push_str(&self.block("", ""));
        format!("{head}---\n\n{body}")
    }

    /// A part of a public page, with an excluded block in it or beside it.
    fn part(&mut self) -> String {
        let (a, b) = (self.words(5), self.words(4));
        let heading = *self.open.pick(&HEADINGS);
        match self.open.below(18) {
            kind @ 14.. => self.part_of_kind(kind, &a, &b),
            0 => format!("## {heading}\n\n{a}\n"),
            1 => {
                let block = self.block("", "");
                format!("{block}\n### {heading}\n\n{a}\n")
            }
            2 => {
                let block = self.block("  ", "  ");
                format!("- {a}\n\n{block}- {b}\n")
            }
            3 => {
                let block = self.block("> ", "> ");
                format!("> {a}\n>\n{block}> {b}\n")
            }
            4 => {
                let block = self.block("", "");
                format!("| {a} | x |\n|---|---|\n| {b} | y |\n{block}\n{a}\n")
            }
            5 => {
                let block = self.block("", "");
                format!("::::::::details {a}\n{block}{b}\n::::::::\n")
            }
            6 => {
                let (one, two) = (self.block("", ""), self.block("", ""));
                format!(":::::::::tabs\n{one}::::::::tab {a}\n{two}{b}\n::::::::\n:::::::::\n")
            }
            7 => {
                let block = self.block("   ", "   ");
                format!("::::::::steps\n1. {a}\n\n{block}2. {b}\n::::::::\n")
            }
            8 => {
                let block = self.block("    ", "    ");
                let label = self.open.below(1000);
                format!("{a}[^o{label}]\n\n[^o{label}]: {b}\n\n{block}\n")
            }
            9 => {
                // The first line of an item goes with the block.
                let block = self.block("- ", "  ");
                format!("- {a}\n{block}- {b}\n")
            }
            10 => {
                let block = self.block("", "");
                format!("{a}\n{block}{b}\n")
            }
            11 => {
                let target = self.open.pick(&self.pages).clone();
                format!("{a} [{heading}](/{})\n", target.replace(' ', "%20"))
            }
            12 => {
                // Names that excluded blocks define too.
                let block = self.block("", "");
                format!("{block}{a} [x][ref] [^1]\n\n![p](/pictures/open.svg)\n")
            }
            _ => {
                let block = self.block("", "");
                format!("<div>\n\n{block}{a}\n\n</div>\n\n```sh\n{b} :::\n```\n")
            }
        }
    }

    /// What only some kinds of articles read in a way of their own.
    fn part_of_kind(&mut self, kind: usize, a: &str, b: &str) -> String {
        let heading = *self.open.pick(&HEADINGS);
        match kind {
            14 => {
                let (part, block) = (*self.open.pick(&PARTS), self.block("", ""));
                format!("## {part}\n\n{a}\n\n{block}\n")
            }
            15 => {
                let (part, block) = (*self.open.pick(&PARTS), self.block("", ""));
                let target = self.open.pick(&self.pages).replace(' ', "%20");
                format!("## {part}\n\n- [{a}](/{target})\n\n{block}\n## {heading}\n\n{b}\n")
            }
            16 => {
                let block = self.block("", "");
                format!("::::::::reply {a}\n{b}\n\n{block}::::::::\n")
            }
            _ => {
                let block = self.block("", "");
                format!("::::::::steps\n## {heading}\n\n{block}## {b}\n\n{a}\n::::::::\n")
            }
        }
    }

    fn words(&mut self, most: usize) -> String {
        let count = 1 + self.open.below(most);
        (0..count).map(|_| *self.open.pick(&WORDS)).collect::<Vec<_>>().join(" ")
    }

    /// Excluded lines, indented as they stand in a list or quote; nothing where nothing is asked.
    fn block(&mut self, first: &str, other: &str) -> String {
        // Whether there is one is for everybody to see: the places are the same.
        if self.open.below(4) == 0 || self.inside == Inside::Nothing {
            return String::new();
        }
        let is_snippet = self.secret.below(4) == 0;
        let opening = *self.secret.pick(&[
            "::::::internal",
            "::::::only roles=\"ops\"",
            "::::::only{role=engineer}",
            "::::::internal Title",
        ]);
        let mut text = format!("{opening}\n");
        for _ in 0..1 + self.secret.below(4) {
            let part = self.secret_part();
            // A footnote in a footnote ends the outer one, which is an error.
            text.push_str(&if first == "    " { part.replace("[^1]:", "Note:") } else { part });
            text.push('\n');
        }
        text.push_str("::::::");
        if is_snippet {
            text = self.snippet(&text);
        }
        let mut lines = text.lines();
        let mut block = format!("{first}{}\n", lines.next().unwrap_or_default());
        for line in lines {
            block.push_str(format!("{other}{line}").trim_end());
            block.push('\n');
        }
        block
    }

    /// The lines that stand for a snippet with an excluded block in it, or excluded as a whole.
    fn snippet(&mut self, block: &str) -> String {
        let head = *self.secret.pick(&["roles: ops", "status: draft", "weight: 1"]);
        let path = format!("_snippets/{}.md", self.files.len());
        let text = format!("---\n{head}\n---\n{block}\n");
        self.files.insert(format!("content/{path}"), text);
        let include = format!(":::include /{path}");
        match head {
            // Its place is seen by nobody either.
            "weight: 1" => format!("::::::internal\n{include}\n:::\n::::::"),
            _ => format!("{include}\n:::"),
        }
    }

    fn secret_words(&mut self, most: usize) -> String {
        let known = if self.inside == Inside::Text { &WORDS[..] } else { &NOISE[..] };
        let count = 1 + self.secret.below(most);
        let mut words: Vec<&str> = (0..count).map(|_| *self.secret.pick(known)).collect();
        words.insert(0, *self.secret.pick(&["alpha", "omega", "secret"]));
        words.join(" ")
    }

    fn secret_part(&mut self) -> String {
        let (a, b) = (self.secret_words(12), self.secret_words(6));
        let heading = *self.secret.pick(&HEADINGS);
        let number = self.secret.below(10_000);
        match self.secret.below(15) {
            0 => format!("## {heading}\n\n{a}\n"),
            1 => format!("### {heading} {{#setup}}\n\n{a}\n"),
            2 => format!("x[^1]\n\n[^1]: {a}\n"),
            3 => format!("[ref]: https://example.com/{number}\n\n{a} [ref]\n"),
            4 => {
                self.images.push(format!("pictures/secret-{number}.svg"));
                format!("![{a}](/pictures/secret-{number}.svg)\n")
            }
            5 => format!("- {a}\n  - {b}\n\n  {b}\n"),
            6 => format!("| {a} | b |\n|---|---|\n| c | {b} |\n"),
            7 => format!("```sh\n{a}\n:::\n```\n"),
            8 => format!(":::note {a}\n{b}\n:::\n"),
            9 => format!("::::tabs\n:::tab {a}\n{b}\n:::\n::::\n"),
            10 => format!(":::only roles=\"customer\"\n{a}\n:::\n"),
            11 => format!("> {a}\n"),
            12 => format!("<!-- {a} -->\n\n<b>{b}</b>\n"),
            13 => format!("+++{a}\n{b}\n+++\n"),
            _ => format!("{a}\n{b}\n"),
        }
    }

    /// Whole pages that only others read: beside public ones, in folders of their own, as
    /// translations, with the same titles, tags and addresses.
    fn secret_pages(&mut self) {
        let noise = self.inside != Inside::Text;
        for number in 0..4 + self.secret.below(6) {
            let folder = *self.secret.pick(&FOLDERS);
            let suffix = *self.secret.pick(&[".md", ".zh.md"]);
            let key = *self.secret.pick(&[
                "roles: ops",
                "role: [engineer, architect]",
                "status: draft",
                "roles: ops\nslug: p1",
                "roles: ops\nid: shared",
                "roles: ops\nid: p1\naliases: [/p1/, /old/]",
                "roles: ops\nkind: faq\nproducts: router\nversions: '>2'",
                "roles: ops\nkind: troubleshooter\nescalate_to: engineer",
            ]);
            let name = if noise { "n" } else { "s" };
            let text = self.secret_page(key);
            self.files.insert(format!("content/{folder}{name}{number}{suffix}"), text);
            if self.secret.below(3) == 0 && !key.contains("draft") {
                // The other language says nothing about roles.
                let other = if suffix == ".md" { ".zh.md" } else { ".md" };
                let text = self.secret_page("weight: 1");
                self.files.insert(format!("content/{folder}{name}{number}{other}"), text);
            }
        }
        // A folder with nothing else in it.
        let folder = if noise { "vault" } else { "ops" };
        let text = self.secret_page("cascade: { roles: [ops] }");
        self.files.insert(format!("content/{folder}/_index.md"), text);
        for number in 0..1 + self.secret.below(3) {
            let suffix = *self.secret.pick(&[".md", ".zh.md"]);
            let text = self.secret_page("weight: 2");
            self.files.insert(format!("content/{folder}/deep/{number}{suffix}"), text);
        }
        // The own page of a folder whose pages are public.
        if self.secret.below(2) == 0 {
            let text = self.secret_page("roles: ops");
            self.files.insert("content/release notes/_index.md".to_owned(), text);
        }
        let number = self.secret.below(1000);
        let text = self.secret_words(9);
        self.files.insert(format!("content/attachment-{number}.txt"), text);
    }

    fn secret_page(&mut self, key: &str) -> String {
        let title = self.secret_words(3).replace(['*', '`'], "");
        let tag = *self.secret.pick(&TAGS);
        let weight = if key.contains("weight") {
            String::new()
        } else {
            format!("weight: {}\n", self.secret.below(4))
        };
        let mut body = String::new();
        for _ in 0..1 + self.secret.below(4) {
            let part = self.secret_part();
            body.push_str(&part);
            body.push('\n');
        }
        let target = self.secret.pick(&self.pages).replace(' ', "%20");
        format!(
            "---\ntitle: {title}\ntags: [{tag}, secret]\ncodes: E-1001\n{weight}{key}\n---\n\n{body}\n[x](/{target})\n"
        )
    }
}
