//! A site with an invented word in every place that something excluded can stand in.

use crate::support::Site;

/// A word and where it stands.
#[derive(Debug)]
pub struct Canary {
    pub word: String,
    pub place: String,
    /// Whether the internal edition shows it anywhere.
    pub shown: bool,
}

/// Makes words, no two alike, and notes them down.
pub struct Aviary {
    pub canaries: Vec<Canary>,
    where_to: String,
    chinese: bool,
}

const CONFIG: &str = r#"
[languages.zh]

[roles.ROLE]
label = { en = "ROLELABEL", zh = "ROLEZH" }
escalates_to = "engineer"
contact = { phone = "PHONE", mailto = "MAIL@example.com", url = "https://URL.example/", hours = "HOURS" }

[editions.internal]
roles = "all"
title = "EDITIONTITLE"
base_url = "https://BASEURL.example/"

[editions.EDITIONNAME]
roles = ["ROLE"]

[products.PRODUCT]
label = "PRODUCTLABEL"
"#;

impl Aviary {
    fn add(&mut self, place: &str, shown: bool) -> String {
        let number = self.canaries.len();
        let word = if self.chinese { chinese(number) } else { english(number) };
        let place = format!("{place} of {}", self.where_to);
        self.canaries.push(Canary { word: word.clone(), place, shown });
        word
    }

    /// A word that the internal edition shows.
    fn word(&mut self, place: &str) -> String {
        self.add(place, true)
    }

    /// A word that no edition shows, or not always.
    fn silent(&mut self, place: &str) -> String {
        self.add(place, false)
    }
}

/// A word that no stemmer shortens and no dictionary has.
fn english(number: usize) -> String {
    let letters = b"bcdfghjklmnpqrtvwxz";
    let mut word = "zq".to_owned();
    let mut rest = number;
    for _ in 0..3 {
        word.push(char::from(letters[rest % letters.len()]));
        word.push('o');
        rest /= letters.len();
    }
    word + "k"
}

/// Two characters that nobody writes, the search index's own length of a word.
fn chinese(number: usize) -> String {
    let character = |offset: usize| {
        char::from_u32(0x3400 + u32::try_from(offset).unwrap_or(0)).unwrap_or('\u{3400}')
    };
    [character(number / 60), character(100 + number % 60)].iter().collect()
}

/// The site and its canaries.
pub fn site() -> (Site, Vec<Canary>) {
    let mut aviary = Aviary { canaries: Vec::new(), where_to: String::new(), chinese: false };
    let site = Site::new();
    aviary.where_to = "the configuration".to_owned();
    let mut config = CONFIG.to_owned();
    for (name, shown) in [
        ("ROLELABEL", true),
        ("ROLEZH", true),
        ("PHONE", false),
        ("MAIL", false),
        ("EDITIONTITLE", true),
        ("EDITIONNAME", false),
        ("BASEURL", false),
        ("URL", false),
        ("HOURS", false),
        ("PRODUCTLABEL", true),
    ] {
        let word = aviary.add(name, shown);
        config = config.replace(name, &word);
    }
    let role = aviary.silent("a role's name");
    let product = aviary.silent("a product's name");
    config = config.replace("PRODUCT", &product).replace("ROLE", &role);
    site.put("tier0.toml", config.as_bytes());
    for chinese in [false, true] {
        aviary.chinese = chinese;
        language(&site, &mut aviary, &role, &product);
    }
    (site, aviary.canaries)
}

#[allow(clippy::too_many_lines, reason = "one list of places, longer than any function should be")]
fn language(site: &Site, aviary: &mut Aviary, role: &str, product: &str) {
    let suffix = if aviary.chinese { ".zh.md" } else { ".md" };
    let code = if aviary.chinese { "zh" } else { "en" };
    let mut pages: Vec<(String, String)> = Vec::new();
    // Whole pages, by every way of leaving one out.
    let ways = [
        ("a page with roles", "roles: [ROLE]"),
        ("a page with one role", "role: ops"),
        ("a page with a list of roles", "roles: engineer, architect"),
        ("a draft", "status: draft"),
    ];
    for (what, key) in ways {
        aviary.where_to = format!("{what} in {code}");
        let name = aviary.word("the file's name");
        let name = if what == "a draft" { hide_last(aviary, name) } else { name };
        let folder = aviary.word("the folder's name");
        let folder = if what == "a draft" { hide_last(aviary, folder) } else { folder };
        let from = aviary.canaries.len();
        let key = key.replace("ROLE", role);
        pages.push((format!("{folder}/{name}{suffix}"), page(aviary, &key, product, "")));
        if what == "a draft" {
            aviary.canaries[from..].iter_mut().for_each(|canary| canary.shown = false);
        }
    }
    aviary.where_to = format!("a page with a slug in {code}");
    let name = aviary.silent("the file's name behind a slug");
    let slug = aviary.word("the slug");
    pages.push((format!("{name}{suffix}"), page(aviary, "roles: ops", product, &slug)));

    aviary.where_to = format!("a folder that hands roles down in {code}");
    let folder = aviary.word("the folder's name");
    let deep = aviary.word("the inner folder's name");
    let name = aviary.word("the file's name");
    let from = aviary.canaries.len();
    let index = page(aviary, "cascade: { roles: [ops] }", product, "");
    // The theme shows no facts on a folder's page.
    for canary in &mut aviary.canaries[from..] {
        canary.shown &= !["`versions`", "`products`"].iter().any(|key| canary.place.contains(key));
    }
    pages.push((format!("{folder}/_index{suffix}"), index));
    pages.push((format!("{folder}/{deep}/{name}{suffix}"), page(aviary, "weight: 1", product, "")));

    // The other language of it names no roles.
    aviary.where_to = format!("a page whose translation into {code} names the roles");
    let name = aviary.word("the file's name");
    let other = if aviary.chinese { ".md" } else { ".zh.md" };
    pages.push((format!("{name}{suffix}"), "---\ntitle: Named\nroles: ops\n---\n".to_owned()));
    pages.push((format!("{name}{other}"), page(aviary, "weight: 2", product, "")));

    // TOML in front.
    aviary.where_to = format!("a page with TOML in {code}");
    let (name, title) = (aviary.word("the file's name"), aviary.word("the title"));
    let text = format!("+++\ntitle = \"{title}\"\nroles = [\"ops\"]\n+++\n\nText.\n");
    pages.push((format!("{name}{suffix}"), text));

    // Blocks in pages that stay.
    for (what, block) in [
        ("an internal block", ":::::::internal TITLE"),
        ("a block for ops", ":::::::only roles=\"ops, engineer\" TITLE"),
        ("a block for the site's own role", ":::::::only{role=ROLE}"),
    ] {
        aviary.where_to = format!("{what} in {code}");
        let mut opening = block.replace("ROLE", role);
        if opening.contains("TITLE") {
            opening = opening.replace("TITLE", &aviary.silent("the block's title"));
        }
        let block = format!("{opening}\n{}\n:::::::\n", body(aviary));
        let name = what.replace([' ', '\''], "-");
        let head = format!("---\ntitle: Open page\nroles: [customer, {role}]\n---\n\n");
        let text = format!("{head}Before.\n\n## Setup\n\n{block}\nAfter.\n\n## Setup\n\nEnd.\n");
        pages.push((format!("open/{name}{suffix}"), text));
    }
    // Snippets in pages that stay: by their own roles, by the block they stand in, by nobody.
    for (what, head, include) in [
        ("a snippet with roles", "roles: ops", ":::include _s/FILE\n:::\n"),
        ("a snippet in a block", "weight: 3", ":::::internal\n:::include _s/FILE\n:::\n:::::\n"),
        ("a snippet in a list", "roles: ops", "- a\n  > :::include _s/FILE\n  > :::\n"),
        ("a draft of a snippet", "status: draft", ":::include _s/FILE\n"),
        ("a snippet that nobody includes", "weight: 3", ""),
    ] {
        aviary.where_to = format!("{what} in {code}");
        let from = aviary.canaries.len();
        let file = format!("{}{suffix}", aviary.silent("the file's name"));
        let head = format!("---\n{head}\ntitle: {}\n---\n\n", aviary.silent("`title`"));
        pages.push((format!("open/_s/{file}"), format!("{head}{}", body(aviary))));
        if what.contains("draft") || include.is_empty() {
            aviary.canaries[from..].iter_mut().for_each(|canary| canary.shown = false);
        }
        let name = what.replace(' ', "-");
        let text =
            format!("# Open page\n\nBefore.\n\n{}\nAfter.\n", include.replace("FILE", &file));
        pages.push((format!("open/{name}{suffix}"), text));
    }
    aviary.where_to = format!("a block in a container in {code}");
    let name = format!("open/places{suffix}");
    pages.push((name, format!("# Places\n\n{}", places(aviary))));

    for (path, text) in pages {
        site.put(&format!("content/{path}"), text.as_bytes());
    }
    for (path, text) in files(aviary) {
        site.put(&format!("content/{path}"), text.as_bytes());
    }
    site.put(&format!("content/_index{suffix}"), b"---\ntitle: Home\n---\n\nWelcome.\n");
}

fn hide_last(aviary: &mut Aviary, word: String) -> String {
    if let Some(last) = aviary.canaries.last_mut() {
        last.shown = false;
    }
    word
}

/// A page with a word in every key and every kind of markup.
fn page(aviary: &mut Aviary, key: &str, product: &str, slug: &str) -> String {
    let mut head = format!("---\n{key}\nupdated: 2026-11-21\n");
    for name in ["title", "description", "versions", "codes", "tags"] {
        head.push_str(&format!("{name}: {}\n", aviary.word(&format!("`{name}`"))));
    }
    for name in ["keywords", "collect"] {
        head.push_str(&format!("{name}: [{}]\n", aviary.word(&format!("`{name}`"))));
    }
    head.push_str(&format!("products: [{product}, {}]\n", aviary.word("`products`")));
    // Each is an address of its own.
    for name in ["id", "aliases"] {
        head.push_str(&format!("{name}: {}\n", aviary.word(&format!("`{name}`"))));
    }
    for name in ["owner", "review_every", "priority", "urgency"] {
        head.push_str(&format!("{name}: {}\n", aviary.silent(&format!("`{name}`"))));
    }
    let (own, value) = (aviary.silent("a key of its own"), aviary.silent("its value"));
    head.push_str(&format!("x{own}: {value}\n# {}\n", aviary.silent("a comment in front")));
    if !slug.is_empty() {
        head.push_str(&format!("slug: {slug}\n"));
    }
    format!("{head}---\n\n{}", body(aviary))
}

/// Every kind of markup, each with a word of its own.
fn body(aviary: &mut Aviary) -> String {
    const SHOWN: [(&str, &str); 34] = [
        ("a paragraph", "The W one.\n"),
        ("a heading", "## W\n"),
        ("a heading's id", "### Named {#W}\n"),
        ("a heading like another", "## Setup\n\nW\n"),
        ("emphasis", "**W：**then\n"),
        ("a struck word", "~~W~~\n"),
        ("a list", "- W\n"),
        ("a list in a list", "1. a\n   - W\n"),
        ("a task", "- [x] W\n"),
        ("a table's head", "| W | b |\n|---|---|\n| c | d |\n"),
        ("a table's cell", "| a | b |\n|---|---|\n| W | d |\n"),
        ("a quote", "> W\n"),
        ("an alert", "> [!NOTE]\n> W\n"),
        ("a definition", "Term\n: W\n"),
        ("a defined word", "W\n: Meaning\n"),
        ("a footnote", "Foot[^n1].\n\n[^n1]: W\n"),
        ("code", "`W`\n"),
        ("a code block", "```sh\necho W # W\n```\n"),
        ("an indented code block", "    W\n"),
        ("raw html", "<b>W</b>\n"),
        ("an html attribute", "<abbr title=\"W\">x</abbr>\n"),
        ("a link's text", "[W](https://example.com/)\n"),
        ("a link's address", "[x](https://example.com/W)\n"),
        ("a link's title", "[x](https://example.com/ \"W\")\n"),
        ("a bare link", "<https://example.com/W>\n"),
        ("a link by reference", "[x][r1]\n\n[r1]: https://example.com/W\n"),
        ("the text of an image", "![W](https://example.com/p.png)\n"),
        ("a container", ":::note\nW\n:::\n"),
        ("a container's title", ":::warning W\nx\n:::\n"),
        ("a fold's title", "+++W\nx\n+++\n"),
        ("details", ":::details More\nW\n:::\n"),
        ("a tab's title", "::::tabs\n:::tab W\nx\n:::\n::::\n"),
        ("steps", ":::steps\n1. W\n:::\n"),
        ("a reply", ":::reply\nW\n:::\n"),
    ];
    const SILENT: [(&str, &str); 4] = [
        ("a comment", "<!-- W -->\n"),
        ("a definition nobody uses", "[unused]: https://example.com/W\n"),
        ("the language of code", "```W\nx\n```\n"),
        ("something like an include", "{{< include \"W.md\" >}}\n"),
    ];
    let mut text = String::new();
    for (kinds, shown) in [(&SHOWN[..], true), (&SILENT[..], false)] {
        for (place, markup) in kinds {
            let word = aviary.add(place, shown);
            // Names of footnotes and references are words too.
            let label = format!("l{}", aviary.canaries.len());
            let markup = markup.replace("n1", &label).replace("r1", &label);
            text.push_str(&markup.replace('W', &word));
            text.push('\n');
        }
    }
    let image = aviary.word("an image's name");
    let inner = aviary.word("an image's text");
    let attachment = aviary.word("an attachment's name");
    let attached = aviary.word("an attachment's text");
    text.push_str(&format!("![x](/{image}/{image}.svg)\n\n[y](/{attachment}/{attachment}.txt)\n"));
    aviary.canaries.last_mut().expect("just added").place.push_str(&format!("\u{0}{attachment}"));
    let at = aviary.canaries.len() - 3;
    aviary.canaries[at].place.push_str(&format!("\u{0}{image}"));
    let _ = (inner, attached);
    text
}

/// The files that bodies refer to, and one that nobody refers to.
fn files(aviary: &mut Aviary) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for canary in &mut aviary.canaries {
        let Some((place, name)) = canary.place.split_once('\u{0}') else { continue };
        let (name, word) = (name.to_owned(), &canary.word);
        if place.starts_with("an image") {
            let svg =
                format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{word}</text></svg>");
            files.push((format!("{name}/{name}.svg"), svg));
        } else {
            files.push((format!("{name}/{name}.txt"), format!("Text {word}\n")));
        }
        canary.place = place.to_owned();
    }
    aviary.where_to = "a file that no page refers to".to_owned();
    let (name, word) = (aviary.silent("the name"), aviary.silent("the text"));
    files.push((format!("{name}.txt"), word));
    files
}

/// Small blocks in every place that can hold one.
fn places(aviary: &mut Aviary) -> String {
    const PLACES: [(&str, &str); 12] = [
        ("a list item", "- item\n\n  :::internal\n  W\n  :::\n- next\n"),
        ("the first line of a list item", "- :::internal\n  W\n  :::\n- next\n"),
        ("an ordered list", "1. one\n   :::only roles=ops\n   W\n   :::\n2. two\n"),
        ("a quote", "> said\n>\n> :::internal\n> W\n> :::\n"),
        ("behind a table", "| a |\n|---|\n| b |\n:::internal\nW\n:::\n"),
        ("a definition", "Term\n: Meaning\n\n  :::internal\n  W\n  :::\n"),
        ("a footnote", "Foot[^f1].\n\n[^f1]: Note.\n\n    :::internal\n    W\n    :::\n"),
        ("details", "::::details More\nx\n\n:::internal\nW\n:::\n::::\n"),
        ("a fold", "+++More\nx\n\n:::internal\nW\n:::\n+++\n"),
        ("tabs", ":::::tabs\n::::tab One\nx\n\n:::internal\nW\n:::\n::::\n:::::\n"),
        ("steps", "::::steps\n1. one\n\n   :::internal\n   W\n   :::\n2. two\n::::\n"),
        ("html", "<div>\n\n:::internal\nW\n:::\n\n</div>\n"),
    ];
    let mut text = String::new();
    for (place, markup) in PLACES {
        text.push_str(&markup.replace('W', &aviary.word(place)));
        text.push_str("\nBetween.\n\n");
    }
    text
}
