//! Editions, roles and pasted heads where nothing reads them, and names of files and translations
//! that say who reads; honest ones stay.

use crate::secret::{SECRET, published, refused};
use crate::support::{Run, Site};

const DESK: &str = "[editions.desk]\nroles = [\"customer\", \"hotline\"]\n";

fn site(settings: &str) -> Site {
    Site::new().file("tier0.toml", settings).file("content/index.md", "# Home\n\nHi.\n")
}

fn headed(settings: &str, head: &str) -> Site {
    site(settings).file("content/a.md", &format!("---\ntitle: A\n{head}\n---\n\nquamble\n"))
}

fn bodied(settings: &str, body: &str) -> Site {
    site(settings).file("content/a.md", &format!("---\ntitle: A\n---\n\n{body}\n"))
}

#[test]
fn names_of_editions_say_who_reads_in_heads() {
    for head in [
        "editions: [desk]",
        "edition: desk",
        "edition: Desk",
        "for: desk, ops",
        "params: { edition: desk }",
        "editions: { desk: true }",
        "desk_only: true",
        "section_editions: [desk]",
    ] {
        refused(&headed(DESK, head).build(&[]), "access-key-unread", head);
    }
    for head in ["edition: public", "edition: 2nd", "editions: [public, desk]", "owner: desk"] {
        published(&headed(DESK, head), head);
    }
    // Where there is no such edition, it is a word, and where it is for everybody.
    published(&headed("", "edition: desk"), "no edition");
    let shop = "[editions.shop]\nroles = [\"customer\"]\n[editions.all]\nroles = \"all\"\n";
    published(&headed(shop, "editions: [shop]"), "an edition for customers");
    published(&headed(shop, "editions: all"), "all editions");
    published(&headed(&format!("{DESK}[keys]\nedition = \"off\"\n"), "edition: desk"), "off");
}

#[test]
fn names_of_editions_say_who_reads_in_texts() {
    for body in [
        "> [!DESK]\n> quamble",
        "<!-- desk only -->\n\nquamble\n\n<!-- end desk only -->",
        "<details><summary>Desk only</summary>quamble</details>",
        "<Desk>\n\nquamble\n\n</Desk>",
        "<div data-desk>quamble</div>",
        "<div data-edition=\"desk\">quamble</div>",
        "<!-- edition: desk -->\n\nquamble",
        "<!-- only desk -->\n\nquamble",
        "{% if edition == \"desk\" %}\nquamble\n{% endif %}",
        ":::note{edition=desk}\nquamble\n:::",
        ":::note Desk only\nquamble\n:::",
        "!!! note \"Desk only\"\n    quamble",
        "```js title=\"Desk only\"\nquamble\n```",
    ] {
        let run = bodied(DESK, body).build(&[]);
        assert_eq!(run.code, 1, "{body}: {:?}", run.problems);
        assert!(run.output.holding(SECRET).is_empty(), "{body}");
        if !body.contains("<Desk>") {
            let run = bodied("", body).build(&[]);
            assert_eq!(run.code, 0, "{body}: {:?}", run.problems);
        }
    }
    let run = site(DESK).file("content/a.md", "# A\n\nEdition: desk\n\nquamble\n").build(&[]);
    refused(&run, "unclear-roles", "a head that became text");
    published(&bodied(DESK, "The service desk is open. quamble"), "prose");
}

#[test]
fn keys_made_of_roles_say_who_reads() {
    for head in [
        "section_roles: [ops]",
        "pageRole: manager",
        "viewer-roles: [x]",
        "页面角色: 运维",
        "ops_only: true",
        "hotline: true",
        "only_ops: yes",
        "for-support: true",
        "customerOpsOnly: true",
        "engineers_only: true",
        "运维专用: 是",
        "params: { ops: true }",
        "ops: only",
    ] {
        refused(&headed("", head).build(&[]), "access-key-unread", head);
    }
    for head in [
        "section_roles: [customer]",
        "page_roles: []",
        "author_role: Writer",
        "ops_only: false",
        "hotline: 400-123",
        "customer: true",
        "support_link: true",
        "ops_center: true",
        "hotline_hours: true",
    ] {
        published(&headed("", head), head);
    }
}

#[test]
fn a_page_pasted_into_another_is_refused_wherever_it_begins() {
    let far = "A line.\n\n".repeat(40);
    for head in [
        "title: Refund by hand\nroles: [ops]",
        "title: x\nroles:\n  - ops\n  - support",
        "title: x\n\n# who reads\nrole: ops",
        "draft: true",
        "title: x\nvisibility: internal",
        "title: x\nsection_roles: [ops]",
        "cascade:\n  roles: [ops]",
        "title: x\ntags: [internal-only]",
    ] {
        let text = format!("{far}\n---\n{head}\n---\n\nquamble");
        refused(&bodied("", &text).build(&[]), "unclear-roles", head);
    }
    for (before, after) in
        [("A line.\n", ""), ("---\n\n", "\n---\n"), ("```\nx\n```\n", ""), ("> ", "")]
    {
        let text = format!("{far}{before}---\ntitle: x\nroles: [ops]\n---\n\nquamble\n{after}");
        let text = if before == "> " {
            text.replace("\ntitle", "\n> title")
                .replace("\nroles", "\n> roles")
                .replace("\n---\n\nq", "\n> ---\n\nq")
        } else {
            text
        };
        refused(&bodied("", &text).build(&[]), "unclear-roles", &text);
    }
    let toml = format!("{far}+++\nroles = [\"ops\"]\n+++\n\nquamble");
    let run = bodied("", &toml).build(&[]);
    assert!(run.code == 1 && run.codes().contains(&"unclear-roles"), "TOML");
    for text in [
        "```yaml\n---\nroles: [ops]\n---\n```\n",
        "~~~~\n```\n---\nroles: [ops]\n---\n~~~~\n",
        "Text:\n\n    ---\n    roles: [ops]\n    ---\n",
        "---\n\nSome prose about roles: they matter, and more.\n\nThe end\n\n---\n",
        "---\ntitle: x\nweight: 3\n---\n",
        "---\n### Kim\n\nRole: Support\n\n---\n",
        "| Key | Value |\n|---|---|\n| roles | many |\n\n---\n\nDone.\n",
    ] {
        published(&bodied("", &format!("{far}{text}\nquamble")), text);
    }
    let off = "[keys]\nvisibility = \"off\"\n";
    published(&bodied(off, &format!("{far}---\nvisibility: internal\n---\n\nquamble")), "off");
}

#[test]
fn names_of_files_and_folders_say_who_reads_as_titles_do() {
    let page = "# B\n\nquamble\n";
    for path in [
        "content/ops-only/b.md",
        "content/desk_only/b.md",
        "content/客服专用/b.md",
        "content/refunds (ops only).md",
        "content/refunds-ops-only.md",
        "content/internal-use-only/b.md",
        "content/not-for-customers/b.md",
        "content/hidden/b.md",
        "content/vertraulich/b.md",
        "content/forStaff/b.md",
        "content/x/02 Confidential Info/b.md",
        "content/仅限技术支持/b.md",
    ] {
        refused(&site(DESK).file(path, page).build(&[]), "unclear-roles", path);
    }
    for path in [
        "content/private-browsing/b.md",
        "content/agents/b.md",
        "content/ops/b.md",
        "content/desk/b.md",
        "content/技术支持/b.md",
        "content/internal-storage.md",
        "content/secret-keys.md",
        "content/hidden-files.md",
        "content/hidden.md",
        "content/read-only.md",
        "content/support-hours.md",
        "content/staff-accounts.md",
        "content/only-on-windows.md",
        "content/contact-support/b.md",
    ] {
        published(&site(DESK).file(path, page), path);
    }
    let told = "---\nroles: [customer]\n---\n\n# B\n\nquamble\n";
    published(&site(DESK).file("content/ops-only/b.md", told), "told");
    let vouched = "[security]\ntitles = [\"hidden\"]\n";
    published(&site(vouched).file("content/hidden/b.md", page), "vouched for");
}

#[test]
fn what_is_excluded_still_says_who_reads() {
    let page = "# B\n\nquamble\n";
    let head = |head: &str| format!("---\ntitle: A\n{head}\n---\n\nx\n");
    let languages = "[languages.en]\n[languages.zh]\n";
    let cascade = "cascade: { roles: [ops] }";
    for (exclude, original, says, other) in [
        ("en", "content/en/a.md", "roles: [ops]", "content/zh/a.md"),
        ("a.md", "content/a.md", "roles: [ops]", "content/a.zh.md"),
        ("a.md", "content/a.md", "status: draft", "content/a.zh.md"),
        ("k/_index.md", "content/k/_index.md", cascade, "content/k/a.md"),
        ("en/k", "content/en/k/_index.md", cascade, "content/zh/k/a.md"),
    ] {
        let site = site(&format!("[site]\nexclude = [\"{exclude}\"]\n{languages}"));
        let run = site.file(original, &head(says)).file(other, page).build(&[]);
        assert_eq!(run.code, 0, "{other}: {:?}", run.problems);
        assert!(run.output.holding(SECRET).is_empty(), "{other}");
    }
    let site = site("[site]\nexclude = [\"old\"]\n");
    let site = site.file("content/old/a.md", &head("roles: [ops]")).file("content/a.md", page);
    let site = site.file("content/old/b.md", "---\nroles: [nobody\n---\n");
    published(&site, "another page of the same name, and one that cannot be read");
    let files = Site::new()
        .file("tier0.toml", "[site]\nexclude = [\"k/_index.md\"]\n")
        .file("content/index.md", "# Home\n\n[x](k/x.txt)\n")
        .file("content/k/_index.md", &head(cascade))
        .file("content/k/x.txt", "quamble\n");
    refused(&files.build(&[]), "file-of-other-readers", "a file of the folder");
}

#[test]
fn data_beside_pages_that_says_who_reads_is_refused() {
    for (path, text) in [
        ("content/x/.meta.yml", "roles: [ops]\n"),
        ("content/x/x.11tydata.json", "{\"title\": \"x\", \"roles\": [\"ops\"]}"),
        ("content/x/x.11tydata.json", "{\n\t\"draft\": true\n}\n"),
        ("content/x/a.yml", "title: A\nvisibility: internal\n"),
        ("content/x/a.md.yaml", "---\ntitle: A\nrole: ops\n"),
        (
            "content/x/_category_.json",
            "{\"label\": \"X\", \"customProps\": {\"roles\": [\"ops\"]}}",
        ),
        ("content/x/_category_.yml", "label: X\ndraft: true\n"),
        ("content/metadata.toml", "ops_only = true\n"),
        ("content/x.yml", "cascade:\n  roles: [ops]\n"),
    ] {
        let site = site("").file("content/x/a.md", "# A\n\nquamble\n").file(path, text);
        refused(&site.build(&[]), "unclear-roles", path);
    }
    for (path, text) in [
        ("content/x/_category_.json", "{\"label\": \"X\", \"position\": 2}"),
        ("content/x/a.yml", "title: A\nweight: 2\n"),
        ("content/x/openapi.yml", "openapi: 3.1.0\nroles: [ops]\n"),
        ("content/x/.hidden/a.yml", "roles: [ops]\n"),
    ] {
        published(&site("").file("content/x/a.md", "# A\n\nquamble\n").file(path, text), path);
    }
}

#[test]
fn what_most_pages_say_ties_no_pages_together() {
    let mut site = site("[languages.en]\n[languages.zh]\n");
    for number in 0..20 {
        let roles = if number == 0 { "roles: [ops]\n" } else { "" };
        let page = format!("---\ntitle: P{number}\nref: main\n{roles}---\n\nText.\n");
        site = site.file(&format!("content/p{number}.md"), &page);
    }
    let other = "---\ntitle: Q\nref: main\n---\n\nquamble\n";
    published(&site.file("content/zh/q.md", other), "one of many");
}

/// A site with a page for `ops` at one path and a page without a head at another.
fn translated(settings: &str, original: &str, other: &str) -> Run {
    let original = Site::file(site(settings), original, "---\ntitle: A\nroles: [ops]\n---\n\nx\n");
    original.file(other, "# B\n\nquamble\n").build(&[])
}

#[test]
fn translations_are_known_wherever_their_language_stands() {
    let two = "[languages.en]\n[languages.zh]\n";
    for (original, other) in [
        // The language is the whole name of the file.
        ("content/refund/en.md", "content/refund/zh.md"),
        ("content/kb/001/en-US.md", "content/kb/001/zh-CN.md"),
        ("content/refund.md", "content/refund/zh.md"),
        // In a tree of its own.
        ("content/docs/a.md", "content/i18n/zh-CN/docusaurus-plugin-content-docs/current/a.md"),
        ("content/docs/x/a.md", "content/locales/de/x/a.md"),
        ("content/a.md", "content/translations/zh/a.md"),
        ("content/a.md", "content/lang-de/a.md"),
        ("content/x/a.md", "content/lang/de/x/a.md"),
        ("content/i18n/en/a.md", "content/i18n/fr/a.md"),
        // Called by its name.
        ("content/english/a.md", "content/russian/a.md"),
        ("content/a.md", "content/deutsch/a.md"),
        ("content/a.md", "content/Français/a.md"),
        ("content/a.md", "content/rus/a.md"),
        ("content/a.md", "content/chinese-simplified/a.md"),
        ("content/a.md", "content/a-中文版.md"),
        ("content/退款.md", "content/退款英文版.md"),
        // With other marks between words.
        ("content/en/my-page.md", "content/zh/my_page.md"),
        ("content/en/01-a.md", "content/zh/01_a.md"),
    ] {
        for settings in ["", two] {
            let run = translated(settings, original, other);
            assert_eq!(run.code, 0, "{original} {other}: {:?}", run.problems);
            assert!(run.output.holding(SECRET).is_empty(), "{original} {other} {settings}");
        }
    }
    for (original, other) in [
        ("content/team/hr.md", "content/team/it.md"),
        ("content/docs/a.md", "content/x/a.md"),
        ("content/docs/a.md", "content/locales/a.md"),
        ("content/my-page.md", "content/x/my_page.md"),
        ("content/docs/a.md", "content/de/b.md"),
        ("content/en/a.md", "content/zh/b.md"),
    ] {
        let run = translated("", original, other);
        assert_eq!((run.code, run.codes()), (0, Vec::new()), "{original} {other}");
        assert!(!run.output.holding(SECRET).is_empty(), "{original} {other}");
    }
    // Where the tree repeats a page at its whole path, that is the original.
    let run = site(two)
        .file("content/ops/faq.md", "---\ntitle: A\nroles: [ops]\n---\n\nx\n")
        .file("content/faq.md", "# A\n")
        .file("content/locales/zh/faq.md", "# B\n\nquamble\n")
        .build(&[]);
    assert!(run.code == 0 && !run.output.holding(SECRET).is_empty(), "{:?}", run.problems);
}

#[test]
fn heads_know_the_words_of_texts() {
    for head in [
        "vertraulich: ja",
        "confidentiel: oui",
        "sichtbarkeit: intern",
        "niveau: confidentiel",
        "级别: 绝密",
        "no_customers: true",
        "not_for_customers: yes",
        "do_not_share_with_customers: true",
        "eyes-only: 1",
        "notice: For internal use only",
        "banner_note: Not for customers",
        "备注: 客户不可见",
    ] {
        refused(&headed("", head).build(&[]), "access-key-unread", head);
    }
    for head in ["not_before: 2099-01-01", "hold_until: 2099-01-01", "effective_date: 2099-01-01"] {
        let run = headed("", head).build(&["--today", "2026-11-29"]);
        assert_eq!((run.code, run.codes()), (0, vec!["kept-back-today"]), "{head}");
        assert!(run.output.holding(SECRET).is_empty(), "{head}");
    }
    for head in [
        "vertraulich: nein",
        "hold_until: 2020-01-01",
        "effective_date: 2020-01-01",
        "toc: hidden",
        "category: Internal communications",
        "question: Is this for staff only?",
        "no_sidebar: true",
        "error: Internal server error",
    ] {
        published(&headed("", head), head);
    }
}

#[test]
fn what_is_about_the_product_is_not_about_readers() {
    for head in [
        "audience: administrators",
        "audience: [developers, admins]",
        "access: free",
        "permissions: none",
        "region: internal",
        "brand: internal",
        "environment: internal",
        "slack: ops",
        "queue: support",
    ] {
        published(&headed("", head), head);
    }
    refused(&headed("", "access: none").build(&[]), "access-key-unread", "nobody");
    let role = "[roles.admins]\nlabel = \"Admins\"\n";
    refused(&headed(role, "audience: admins").build(&[]), "access-key-unread", "a role");
    for text in [
        "| Field | Meaning |\n|---|---|\n| Name | Any text |\n| Visibility | Public or internal |\n",
        "# A\n\n| Setting | Default |\n|---|---|\n| Hidden | no |\n| Published | no |\n",
        "# A\n\n| 设置 | 默认值 |\n|---|---|\n| 可见范围 | 内部 |\n",
        "# A\n\nRole: Engineer\n\nYou need this role.\n",
        "# A\n\nRequired role: Support\n",
    ] {
        let site = site("").file("content/a.md", &format!("{text}\nquamble\n"));
        let run = site.build(&[]);
        assert_eq!(run.code, 0, "{text}: {:?}", run.problems);
        assert!(!run.output.holding(SECRET).is_empty(), "{text}");
    }
    for text in [
        "# A\n\nRole: engineer\n",
        "# A\n\nRequired role: ops\n",
        "| Published | no |\n|---|---|\n",
    ] {
        let site = site("").file("content/a.md", &format!("{text}\nquamble\n"));
        let run = site.build(&[]);
        assert!(run.code == 1 && run.codes().contains(&"unclear-roles"), "{text}");
    }
    let run = site("").file("content/k/_index.md", "---\ntitle: K\ncascade: { weight: 3 }\n---\n");
    let run = run.build(&[]);
    refused(&run, "unclear-roles", "cascade");
    assert!(run.problems[0].message.contains("take `weight` out"), "{:?}", run.problems);
}
