//! The leak gate: what people copy by hand from excluded content stops the edition.

use super::{Built, Way};
use crate::support::{Run, Site, is_long, repository};

const ENGLISH: &str = "The master key hangs behind the blue door of the old archive.";
const CHINESE: &str = "备用钥匙挂在旧档案室那扇蓝色的门后面，不要告诉任何客户。";
const CONFIG: &str = "[languages.zh]\n[editions.internal]\nroles = \"all\"\n";

/// A site that hides both sentences, in blocks and in pages.
fn site() -> Site {
    Site::new()
        .file("tier0.toml", CONFIG)
        .file("content/_index.md", "# Home\n\nSee [the list](files/list.txt).\n")
        .file("content/_index.zh.md", "# 首页\n\n欢迎。\n")
        .file("content/files/list.txt", "Nothing special.\n")
        .file("content/lock.md", &format!("# Lock\n\nCall us.\n\n:::internal\n{ENGLISH}\n:::\n"))
        .file("content/keys.zh.md", &format!("---\ntitle: 钥匙\nroles: ops\n---\n\n{CHINESE}\n"))
        .file("static/robots.txt", "User-agent: *\n")
}

/// Ways to copy a sentence: into which file, and which file of the output holds it then.
fn copies() -> Vec<(&'static str, String, Vec<u8>, &'static str)> {
    let mut copies = Vec::new();
    for (sentence, source) in [(ENGLISH, "content/lock.md"), (CHINESE, "content/keys.zh.md")] {
        let mut add = |path: &str, text: Vec<u8>| {
            let target = path.trim_start_matches("static/").trim_start_matches("content/");
            copies.push((source, path.to_owned(), text, ""));
            let last = copies.last_mut().expect("just added");
            last.3 = Box::leak(target.to_owned().into_boxed_str());
        };
        add("static/broken.txt", [sentence.as_bytes(), b"\n\xe9\n"].concat());
        let units: Vec<u16> = format!("\u{feff}{sentence}").encode_utf16().collect();
        add("static/wide.txt", units.iter().flat_map(|unit| unit.to_le_bytes()).collect());
        add("static/wide.csv", units.iter().flat_map(|unit| unit.to_be_bytes()).collect());
        // Without a mark, and in the encodings of older programs.
        add("static/plain.csv", units[1..].iter().flat_map(|unit| unit.to_le_bytes()).collect());
        add("static/plain.txt", units[1..].iter().flat_map(|unit| unit.to_be_bytes()).collect());
        add("static/old.csv", encoding_rs::GB18030.encode(sentence).0.into_owned());
        add(
            "static/old.txt",
            encoding_rs::GBK.encode(&format!("价格\n{sentence}\n")).0.into_owned(),
        );
        // In the middle of what no editor opens, at any offset.
        let inside = |text: &[u8]| [b"\xd0\xcf\x11\xe0\0\x01", text, b"\0\0\xff\xfe"].concat();
        let wide = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            units[1..].iter().flat_map(|unit| bytes(*unit)).collect()
        };
        add("static/old.doc", inside(sentence.as_bytes()));
        add("static/old.doc", inside(&wide(u16::to_le_bytes)));
        add("static/data.sqlite", inside(&[b"\0".as_slice(), &wide(u16::to_le_bytes)].concat()));
        add("static/old.bin", inside(&wide(u16::to_be_bytes)));
        let mut add = |path: &str, text: String| add(path, text.into_bytes());
        copies_in_disguise(sentence, &mut add);
        copies_in_short_lines(sentence, &mut add);
        let (first, rest) = sentence.split_at(sentence.find('k').unwrap_or(0));
        add("static/notes.txt", format!("Do not forget: {sentence}\n"));
        add("static/notes.txt", sentence.to_uppercase());
        add("static/notes.csv", format!("1;\"{sentence}\";x\n"));
        add("static/data.json", format!("{{\"note\": \"{sentence}\"}}\n"));
        add("static/page.html", format!("<p>{first}<b>{rest}</b></p>\n"));
        let bold: String = words(sentence).map(|word| format!("<b>{word}</b> ")).collect();
        add("static/page.html", format!("<p>{bold}</p>\n"));
        add("static/page.html", format!("<img alt=\"{sentence}\">\n"));
        add("static/page.html", format!("<!-- {sentence} -->\n"));
        add("static/old.HTM", format!("<p>{bold}</p>\n"));
        add("static/p.svg", format!("<svg xmlns=\"x\"><text>{sentence}</text></svg>\n"));
        add("static/deep/er/app.js", format!("// {sentence}\n"));
        add("content/files/list.txt", format!("{sentence}\n"));
        let name: String =
            sentence.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        add(&format!("static/{name}.bin"), "x".to_owned());
    }
    copies
}

/// Copies that look like the sentence to people, and not to programs.
fn copies_in_disguise(sentence: &str, add: &mut impl FnMut(&str, String)) {
    // Nobody sees a difference.
    for unseen in ["\u{ad}", "\u{200b}", "\u{2060}", "&shy;", "&#173;", "&ZeroWidthSpace;", "<wbr>"]
    {
        let end = if unseen.is_ascii() { "html" } else { "txt" };
        add(&format!("static/unseen.{end}"), format!("<p>{}</p>", inside(sentence, unseen)));
    }
    add("static/spans.html", format!("<p><span>{}</span></p>", inside(sentence, "</span><span>")));
    add("static/font.html", format!("<p>{}</p>", inside(sentence, "<font size=3></font>")));
    add("static/upper.html", format!("<P>{}</P>", inside(sentence, "<B></B>")));
    add("static/comments.html", format!("<p>{}</p>", inside(sentence, "<!-- -->")));
    add("static/span.md", format!("# x\n\n<span>{}</span>", inside(sentence, "</span><span>")));
    let broken: String = words(sentence).map(|word| format!("{}<br/>", word.trim())).collect();
    add("static/breaks.html", format!("<p>{broken}</p>"));
    let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).filter(|_| c.is_ascii_graphic());
    let wide: String = sentence.chars().map(|c| wide(c).unwrap_or(c)).collect();
    add("static/wide-letters.txt", wide);
    let percent: String = sentence.bytes().map(|byte| format!("%{byte:02X}")).collect();
    add("static/address.txt", percent);
    add("static/address.html", format!("<a href=\"?q={}\">x</a>", sentence.replace(' ', "%20")));
    let numbered: String = sentence.chars().map(|c| format!("&#{};", u32::from(c))).collect();
    add("static/page.html", format!("<p>{numbered}</p>\n"));
    add("static/page.html", format!("<img alt='{sentence}'>\n"));
    add("static/page.html", format!("<p>1 < 2. {sentence} 3 > 2</p>\n"));
    add("static/page.html", format!("<script>if (a < b) x = '{sentence}'</script>\n"));
    add("static/p.xml", format!("<a><![CDATA[{sentence}]]></a>\n"));
    let escaped: String = sentence.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    add("static/data.json", format!("{{\"note\": \"{escaped}\"}}\n"));
    add("static/app.js", format!("x = '{escaped}'\n"));
    let lines = words(sentence).map(str::trim).collect::<Vec<_>>().join("\\n");
    add("static/data.json", format!("{{\"note\": \"{lines}\"}}\n"));
}

/// Copies of which no line is long enough for a run.
fn copies_in_short_lines(sentence: &str, add: &mut impl FnMut(&str, String)) {
    let words: Vec<_> = words(sentence).map(str::trim).collect();
    let space = if sentence.is_ascii() { " " } else { "" };
    let lines: Vec<String> = words.chunks(4).map(|words| words.join(space)).collect();
    let cue = |(number, line): (usize, &String)| {
        format!("{number}\n00:00:0{number},000 --> 00:00:09,500 align:start\n{line}\n\n")
    };
    add("static/talk.srt", lines.iter().enumerate().map(cue).collect());
    add("static/mail.txt", format!("Hi,\n\n> {}\n\nBye\n", lines.join("\n> ")));
    add("static/cells.csv", words.join("\n"));
    add("static/cells.txt", format!("| {} |\n", words.join(" |\n| ")));
}

/// A sentence with something inside each of its words.
fn inside(sentence: &str, what: &str) -> String {
    let is_chinese = !sentence.is_ascii();
    let put = |word: &str| {
        let middle = if is_chinese { word.len() } else { word.len() / 2 };
        format!("{}{what}{}", &word[..middle], &word[middle..])
    };
    words(sentence).map(put).collect()
}

/// Words, and single Chinese characters.
fn words(sentence: &str) -> impl Iterator<Item = &str> {
    let is_chinese = !sentence.is_ascii();
    sentence.split_inclusive(move |c: char| is_chinese || c == ' ')
}

/// What is wrong with a gate that should have found a copy, one copy after the other.
pub fn check(way: Way) -> impl Iterator<Item = String> {
    let good = way.build(&site(), "public");
    let alarm = (!good.is_good).then(|| format!("a false alarm: {:?}", good.problems));
    let of_copy = move |(source, path, text, target): (&str, String, Vec<u8>, &str)| {
        let mut faults = Vec::new();
        let site = site();
        site.put(&path, &text);
        let Built { problems, said, is_good, .. } = way.build(&site, "public");
        if is_good || problems != [format!("error leak {source}")] || !said.contains(target) {
            let text = String::from_utf8_lossy(&text);
            faults.push(format!("{path} with {text:?}: {problems:?}"));
        }
        if !way.build(&site, "internal").is_good {
            faults.push(format!("{path} is refused where its source is shown"));
        }
        faults
    };
    alarm.into_iter().chain(copies().into_iter().flat_map(of_copy))
}

/// Some of the copies, of both languages; [`check`] sees that each is found.
#[test]
fn the_command_refuses_it_and_publishes_nothing() {
    for (source, path, text, target) in copies().into_iter().step_by(if is_long() { 1 } else { 11 })
    {
        let site = site();
        let before = site.build(&[]).clean().output;
        site.put(&path, &text);
        let run = site.build(&[]);
        assert_eq!((run.code, run.codes()), (4, vec!["leak"]), "{path}\n{}", run.stdout);
        let problem = &run.problems[0];
        assert_eq!(problem.path, source);
        assert!(problem.line > 0 && problem.message.contains(target), "{problem:?}");
        before.assert_same(&run.output, "nothing is published");
        assert_eq!(site.run(&["check"]).code, 4, "check finds it too");
        // Those who may read the source may read the copy.
        site.build(&["--edition", "internal"]).fine();
        // People are told as well.
        let told = site.run(&["build"]);
        assert_eq!(told.code, 4);
        assert!(told.stderr.contains(target) && told.stderr.contains(source), "{}", told.stderr);
    }
}

/// What people and programs put into the output stays there, and is published too.
#[test]
fn files_that_stay_in_the_output_are_read() {
    let site = site().file("content/open.md", "# Open\n\nNothing.\n");
    site.build(&[]).fine();
    site.put("dist/public/CNAME", b"help.example.com\n");
    site.build(&[]).fine();
    // A page is internal now; what another program made of it is not.
    for sentence in [ENGLISH, CHINESE] {
        site.put("dist/public/open/index.html.txt", sentence.as_bytes());
        let run = site.build(&[]);
        assert_eq!((run.code, run.codes()), (4, vec!["leak"]));
        assert!(run.problems[0].message.contains("open/index.html.txt"), "{:?}", run.problems);
    }
    site.remove("dist/public/open/index.html.txt");
    assert!(site.build(&[]).fine().output.has("CNAME"));
}

#[test]
fn what_is_also_public_is_no_leak() {
    let site = site();
    let page = format!("# Public\n\n{ENGLISH}\n\n{CHINESE}\n");
    site.put("content/public.md", page.as_bytes());
    site.put("static/notes.txt", format!("{ENGLISH}\n{CHINESE}\n").as_bytes());
    site.build(&[]).clean();
}

fn audit(site: &Site, output: &str, edition: &str) -> Run {
    site.run(&["audit", output, "--edition", edition, "--format", "json"])
}

#[test]
fn audit_judges_outputs_that_exist() {
    let site = site();
    site.build(&["--all-editions"]).fine();
    for output in ["dist/public", "dist/internal"] {
        assert_eq!(audit(&site, output, "internal").fine().problems, []);
    }
    assert_eq!(audit(&site, "dist/public", "public").fine().problems, []);
    let run = audit(&site, "dist/internal", "public");
    assert_eq!(run.code, 4);
    let said: String = run.problems.iter().map(|problem| problem.message.clone()).collect();
    for target in ["lock/index.html", "zh/keys/index.html"] {
        assert!(said.contains(target), "{target} is not named in {said}");
    }
    for (sentence, source) in [(ENGLISH, "content/lock.md"), (CHINESE, "content/keys.zh.md")] {
        site.put("dist/public/extra/note.html", format!("<p>{sentence}</p>").as_bytes());
        let run = audit(&site, "dist/public", "public");
        assert_eq!((run.code, run.codes()), (4, vec!["leak"]));
        assert_eq!(run.problems[0].path, source);
        assert!(run.problems[0].message.contains("extra/note.html"));
        assert_eq!(audit(&site, "dist/public", "internal").code, 0);
        site.remove("dist/public/extra/note.html");
    }
    assert_eq!(audit(&site, "dist/public", "public").code, 0);
    assert_eq!(audit(&site, "dist/nowhere", "public").code, 2);
}

/// What tier0 writes on public pages by itself tells nothing, wherever else it stands.
#[test]
fn words_that_pages_show_of_themselves_are_no_leak() {
    let config = "[site]\nbase_url = \"https://help.example.com/\"\n[languages.zh]\n\
        [products.box]\nlabel = \"Box\"\nversions = [\"1.0\", \"2.0\"]\n";
    let head = "kind: guide\ntime: 10\nproducts: [box]\nversions: \">=1.0, <2.0\"\n\
        updated: 2026-03-09\ntags: [lamps]\nescalate_to: support\nid: lamp\naliases: [old/lamp]\n";
    let english =
        format!("---\ntitle: Lamp\n{head}---\n\n## Symptoms\n\nx\n\n## Solution\n\n1. y\n");
    let chinese =
        english.replace("Lamp", "灯").replace("Symptoms", "症状").replace("Solution", "解决");
    let chinese = chinese.replace("id: lamp\naliases: [old/lamp]\n", "");
    let site = |inside: &str| {
        Site::new()
            .file("tier0.toml", config)
            .file("content/_index.md", "# Home\n\nHi.\n")
            .file("content/guides/lamp.md", &english)
            .file("content/guides/lamp.zh.md", &chinese)
            .file("content/ours.md", &format!("---\ntitle: Ours\nroles: ops\n---\n\n{inside}\n"))
    };
    let words = [
        "March 9, 2026",
        "Updated March 9, 2026",
        "2026年3月9日",
        "2026-03-09",
        "Technical support",
        "技术支持",
        "Operations",
        "Box 1.0",
        "Box",
        "About 10 min",
        "约 10 分钟",
        "Guide",
        "Guide · Box",
        "English",
        "简体中文",
        "lamps",
        "Tag: lamps",
        "1 article",
        "/a/lamp/",
        "/old/lamp/",
        "https://help.example.com/guides/lamp/",
        "https://help.example.com/zh/guides/lamp/",
        "Error codes",
    ];
    let each = |form: &dyn Fn(&str) -> String| words.map(form).join("\n");
    for forms in [
        each(&|words| format!("Some words.\n\n## {words}\n\nMore.\n")),
        each(&|words| format!("- {words}")),
        each(&|words| format!("| {words} | more |\n|---|---|\n| a | b |\n")),
        each(&|words| format!("{words}\n")),
    ] {
        let run = site(&forms).build(&[]);
        assert_eq!(run.code, 0, "{forms}: {:?}", run.problems);
    }
    // Those of pages that are not shown do not count.
    let more =
        "---\ntitle: More\nroles: ops\nupdated: 2025-08-07\ntags: [zebras at night]\n---\n\nx\n";
    for words in ["August 7, 2025", "zebras at night"] {
        let site = site("x").file("content/more.md", more);
        let run = site
            .file("content/two.md", &format!("---\nroles: ops\ntitle: T\n---\n\n{words}\n"))
            .file("static/list.txt", &format!("{words}\n"))
            .build(&[]);
        assert_eq!((run.code, run.codes()), (4, vec!["leak"]), "{words}");
    }
}

/// Builds and audits a site that is not ours to change, in each edition.
fn no_alarm(folder: &str, config: &str, editions: &[&str]) {
    let folder = repository().join(folder);
    let site = Site::new();
    let (folder, config) = (folder.display().to_string(), repository().join(config));
    let config = config.display().to_string();
    for (number, edition) in editions.iter().enumerate() {
        let output = site.path("dist").join(edition).display().to_string();
        let common = ["--config", &config, "--edition", edition, "--format", "json"];
        let build = [&["build", &folder, "--output", &output], &common[..]].concat();
        let run = site.run(&build);
        assert_eq!(run.code, 0, "{edition}: {:?}", run.places());
        // An audit builds everything again: once is enough.
        if number > 0 {
            continue;
        }
        let audit = [&["audit", &output, "--site", &folder], &common[..]].concat();
        assert_eq!(site.run(&audit).fine().problems, [], "{edition}");
    }
}

#[test]
fn there_is_no_false_alarm_on_the_help_centre() {
    no_alarm(".", "tier0.toml", &["public", "internal"]);
}

#[test]
#[cfg_attr(not(has_corpora), ignore = "the public corpora are not beside the repository")]
fn there_is_no_false_alarm_on_a_chinese_support_site() {
    let config = "tests/corpora/commerce-zh.toml";
    // `corpora` builds the public edition.
    let editions = ["admin", "public", "developer"];
    let editions = &editions[..if is_long() { 3 } else { 1 }];
    no_alarm("../shared/corpora/commerce-zh", config, editions);
}

#[test]
#[cfg_attr(not(has_corpora), ignore = "the public corpora are not beside the repository")]
fn there_is_no_false_alarm_on_an_english_support_site() {
    no_alarm("../shared/corpora/magento-en", "tests/corpora/magento-en.toml", &["public"]);
}
