//! Heads, keys and names of other systems that speak of readers: what they keep back is kept back,
//! or the build stops; honest ones stay.

use crate::secret::{SECRET, article, headed, kept, published, refused};
use crate::support::Site;

#[test]
fn heads_in_other_syntaxes_are_no_text() {
    for head in [
        "{\n  \"title\": \"A\",\n  \"draft\": true\n}",
        "{ \"title\": \"A\", \"roles\": [\"ops\"] }",
        "{\"visibility\": \"staff\"}",
        "---json\n{ \"title\": \"A\", \"public\": false }\n---",
        ";;;\n\"draft\": true\n;;;",
        "———\ndraft: true\n———",
        "```yaml\ntitle: A\nwip: true\n```",
        "~~~ toml\nprivate = true\n~~~",
        "```json\n{ \"customerVisible\": false }\n```",
    ] {
        let run = article(&format!("{head}\n\nquamble\n")).build(&[]);
        refused(&run, "front-matter-syntax", head);
        assert_eq!(run.places(), ["error front-matter-syntax content/a.md:1:1"], "{head}");
    }
    for text in [
        "{ \"error\": 500, \"draft\": false }\n\nquamble\n",
        "{{ include }}\n\ndraft: quamble\n",
        "```yaml\nport: 8080\nreplicas: 2\n```\n\nquamble\n",
        "# A\n\nSet it:\n\n```yaml\nprivate: true\n```\n\nquamble\n",
    ] {
        let run = article(text).build(&[]);
        assert_eq!(run.code, 0, "{text}: {:?}", run.problems);
    }
}

#[test]
fn heads_that_became_text_are_refused() {
    for text in [
        "# A\n\nStatus: Draft\nVisibility: Internal\n",
        "# A\n\nOwner: Kim\nStatus: Draft (second round)\n",
        "Title: A\nAudience: staff\n",
        "# A\n\n**Roles:** ops\n",
        "# A\n\n*Role*: ops, support\n",
        "- roles: ops\n",
        "| Roles | ops |\n|---|---|\n| Owner | Kim |\n",
        "| Owner | Kim |\n|---|---|\n| Status | Draft |\n",
        "# A\n\n角色：ops\n",
        "# A\n\n状态：草稿\n",
        "# A\n\n可见范围：内部\n",
        "* * *\n\ntitle: x\nroles: \\[ops\\]\n\n* * *\n",
        "---\n\n## title: x draft: true\n",
        "public:: false\n",
        "<!-- status: draft -->\n",
        "<!--\nSeen by nobody.\ninternal: true\n-->\n",
        "\\-\\-\\-\ndraft: true\n\\-\\-\\-\n",
        "> Access: staff only\n",
    ] {
        let run = article(&format!("{text}\nquamble\n")).build(&[]);
        // A page that begins with keys has no title, either.
        let codes: Vec<_> = run.codes().into_iter().filter(|code| *code != "empty-title").collect();
        assert_eq!((run.code, codes), (1, vec!["unclear-roles"]), "{text}");
        assert!(run.output.holding(SECRET).is_empty(), "{text}");
    }
    let run = article("# A\n\n**Status:** Draft\n\nquamble\n").build(&[]);
    assert_eq!(run.places(), ["error unclear-roles content/a.md:3:1"]);
}

#[test]
fn as_many_lines_are_read_whatever_ends_them() {
    let text = format!("# A\n\n{}\nroles: ops\n\nquamble\n", "Text.\n".repeat(20));
    for ends in ["\n", "\r", "\r\n"] {
        let run = article(&text.replace('\n', ends)).build(&[]);
        refused(&run, "unclear-roles", &format!("{ends:?}"));
    }
}

#[test]
fn honest_lines_of_text_stay() {
    for text in [
        "Support desk\n============\n\nRole: Support\nPriority: high\nUsername: admin\n",
        "# A\n\nPriority: high\nUsername: admin\nPassword: yes\n",
        "# A\n\n状态：正常\n",
        "# A\n\nStatus: published\n",
        "# A\n\nStatus: active\nState: new\n",
        "# A\n\n**Status:** Resolved\n",
        "# A\n\nStatus: In progress\n",
        "# A\n\nVisibility: Public\nAccess: see below\n",
        "# A\n\nSave the order first.\n\nStatus: Draft\n",
        "# A\n\n```\nStatus: Draft\n```\n",
        "# A\n\n| Status | Meaning |\n|---|---|\n| Draft | Not sent |\n| Private | Yours |\n",
        "# Status: what it means\n\n## Access: how to get it\n",
        "# A\n\nNote: a draft: true to life\n",
    ] {
        published(&article(&format!("{text}\nquamble\n")), text);
    }
    // Whose readers are known is not in doubt.
    let ops = "---\nroles: [ops]\n---\n\n# A\n\nVisibility: Internal\n";
    article(ops).build(&["--strict"]).clean();
    let folder = "---\ntitle: F\ncascade:\n  roles: [ops]\n---\n";
    let site = Site::new().file("content/f/_index.md", folder).file("content/index.md", "# Home\n");
    site.file("content/f/a.md", "# A\n\nAudience: staff\n").build(&["--strict"]).clean();
}

#[test]
fn lists_and_labels_speak_of_readers_too() {
    for head in [
        "flags: [beta, internal]",
        "flags: beta, 内部",
        "labels: [internal-only]",
        "labels: 内部",
        "labels: Internal",
        "tags: [network, staff only]",
        "categories: [Internal]",
    ] {
        refused(&headed(head).build(&[]), "access-key-unread", head);
    }
    for head in ["tags: draft", "labels: [network, Draft]", "flags: [draft]", "tags: [草稿]"] {
        kept(&headed(head).build(&[]), "key-keeps-back", head);
    }
    for head in [
        "tags: [internal]",
        "tags: 内部",
        "labels: [internal, network]",
        "keywords: [draft, internal, staff only]",
        "categories: [network, internal]",
        "related: [drafts]",
        "summary: \"Public, internal, and private repositories\"",
    ] {
        published(&headed(head), head);
    }
    published(&headed("tags: draft").file("tier0.toml", "[keys]\ntags = \"off\"\n"), "off");
}

#[test]
fn roles_as_the_value_of_any_key_are_refused() {
    for head in [
        "group: ops",
        "for: Ops",
        "allow: [ops]",
        "users: [ops, customer]",
        "show_to: ops, support",
        "可见角色: ops",
        "access_control: ops",
        "params: { group: ops }",
    ] {
        refused(&headed(head).build(&[]), "access-key-unread", head);
    }
    for head in [
        "owner: ops",
        "author: ops",
        "team: [ops]",
        "contact: support",
        "reviewer: ops",
        "maintainers: [ops]",
        "category: support",
        "section: support",
        "tags: [ops]",
        "keywords: [ops]",
        "product: support",
        "created_by: ops",
        "feature: Support",
        "for: customer",
        "group: ops team",
        "menu: { main: { group: ops } }",
    ] {
        let site = headed(head);
        let run = site.build(&[]);
        assert_eq!(run.code, 0, "{head}: {:?}", run.problems);
        assert!(!run.output.holding(SECRET).is_empty(), "{head}");
    }
}

#[test]
fn days_under_other_names_count() {
    let build = |head: &str| headed(head).build(&["--today", "2026-11-29"]);
    for head in [
        "published_at: 2099-01-01",
        "publishedAt: 2099-01-01",
        "embargo_until: 2099-01-01",
        "publication-date: 2099-01-01",
        "release_date: 2099-01-01",
        "scheduled: 2099-01-01 10:00",
        "发布时间: 2099-01-01",
        "date: 2099-01-01",
        "date: 2099-01-01 8am",
        "valid_from: 2099-01-01",
        "valid_until: 2001-01-01",
        "published_until: 2001-01-01",
        "expired_at: 2001-01-01",
        "有效期: 2001-01-01",
    ] {
        kept(&build(head), "kept-back-today", head);
    }
    for head in ["published_at: 01/31/2099", "embargo_until: tbd", "schedule_date: June 2099"] {
        kept(&build(head), "key-keeps-back", head);
    }
    for head in [
        "published_at: 2001-01-01",
        "date: 2001-01-01",
        "release: 2.0",
        "release: 2024.1",
        "valid_until: 2099-01-01",
        "embargo_until: 2001-01-01",
        "validated_at: 2001-01-01",
        "supported_until: 2001-01-01",
        "certificate_expires_on: 2001-01-01",
        "publisher: Quill 2020",
        "updated: 2099-01-01",
    ] {
        let run = build(head);
        assert_eq!((run.code, run.codes()), (0, Vec::new()), "{head}: {:?}", run.problems);
        assert!(!run.output.holding(SECRET).is_empty(), "{head}");
    }
    // Nearly every page is dated: only a day to come depends on the day of the build.
    let says = |head: &str| {
        let run = headed(head).run(&["check", "--today", "2026-11-29"]);
        (run.stdout + &run.stderr).contains("today is 2026-11-29")
    };
    assert!(says("date: 2099-01-01") && !says("date: 2001-01-01"));
}

#[test]
fn keys_that_say_no_in_other_words_keep_the_page_back() {
    for head in [
        "customer_visible: false",
        "external: false",
        "dg-publish: false",
        "live: no",
        "approved: false",
        "released: false",
        "disabled: true",
        "deleted: true",
        "exclude: true",
        "permalink: false",
        "showInPublic: false",
        "not_public: true",
        "是否公开: 否",
        "发布状态: 未发布",
        "对外: 否",
        "eleventyExcludeFromCollections: true",
        "review_status: pending",
        "note: 未公开",
        "page: { customer_visible: false }",
    ] {
        kept(&headed(head).build(&[]), "key-keeps-back", head);
    }
    for head in [
        "login_required: true",
        "requires_auth: yes",
        "visible: agents",
        "hidden_from: customers",
        "hide_from_customers: true",
        "not_for: customer",
        "privacy: private",
        "layout: private",
        "保密: 是",
        "仅员工可见: 是",
    ] {
        refused(&headed(head).build(&[]), "access-key-unread", head);
    }
    for head in [
        "toc: false",
        "comments: false",
        "search: false",
        "sidebar: false",
        "nav: false",
        "enableComments: false",
        "enable_search: false",
        "internal_link: true",
        "comments_visible: false",
        "show_published_date: false",
        "public_ip: false",
        "toc_visible: false",
        "启用评论: 否",
        "exclude_from_feed: true",
        "author_required: true",
        "customer_visible: true",
        "login_required: false",
        "hide_from_public: false",
        "disabled: false",
        "layout: wide",
        "privacy: GDPR",
        "发布状态: 已发布",
        "menu: { main: { visible: false } }",
    ] {
        published(&headed(head), head);
    }
}

const LANGUAGES: &str = "[languages.en]\nname = \"English\"\n[languages.zh]\nname = \"中文\"\n";

fn translated(original: &str, translation: &str) -> Site {
    Site::new()
        .file("tier0.toml", LANGUAGES)
        .file("content/index.md", "# Home\n")
        .file("content/a.md", &format!("---\n{original}\n---\n\n# A\n"))
        .file("content/a.zh.md", translation)
}

#[test]
fn a_translation_waits_for_its_original() {
    for (original, code) in [
        ("status: draft", "key-keeps-back"),
        ("draft: true", "key-keeps-back"),
        ("publishDate: 2099-01-01", "kept-back-today"),
        ("expires: 2001-01-01", "kept-back-today"),
    ] {
        let run = translated(original, "# A\n\nquamble\n").build(&["--today", "2026-11-29"]);
        kept(&run, code, original);
        let site = translated(original, "---\nstatus: validated\n---\n\n# A\n\nquamble\n");
        let run = site.build(&["--today", "2026-11-29"]);
        assert!(!run.output.holding(SECRET).is_empty(), "{original}: its own word counts");
    }
    // An original does not wait for its translations.
    let site = Site::new().file("tier0.toml", LANGUAGES).file("content/index.md", "# Home\n");
    let site = site.file("content/a.md", "# A\n\nquamble\n");
    published(&site.file("content/a.zh.md", "---\nstatus: draft\n---\n\n# A\n"), "original");
    let other = "---\ntranslation_of: a\n---\n\n# B\n\nquamble\n";
    let site = translated("status: draft", "---\nstatus: draft\n---\n\n# A\n");
    kept(&site.file("content/b.zh.md", other).build(&[]), "key-keeps-back", "translation_of");
    // Also snippets, and languages that the site keeps in folders or does not have.
    let site = Site::new()
        .file("tier0.toml", LANGUAGES)
        .file("content/index.md", "# Home\n")
        .file("content/c.zh.md", "# C\n\n:::include _s/b.md\n")
        .file("content/_s/b.md", "---\nstatus: draft\n---\n\nx\n")
        .file("content/_s/b.zh.md", "quamble\n");
    assert!(site.build(&[]).output.holding(SECRET).is_empty());
    for path in ["content/zh/a.md", "content/a.fr.md"] {
        for original in ["status: draft", "roles: [ops]"] {
            let site = translated(original, "---\nstatus: draft\n---\n\n# A\n");
            let run = site.file(path, "# A\n\nquamble\n").build(&[]);
            assert!(run.output.holding(SECRET).is_empty(), "{path} {original}");
        }
    }
}

#[test]
fn names_that_say_internal_ask_who_reads() {
    let site = |path: &str| article("# A\n").file(path, "# B\n\nquamble\n");
    for path in [
        "content/internal/b.md",
        "content/x/Internal-Only/b.md",
        "content/staff/y/b.md",
        "content/confidential/b.md",
        "content/drafts/b.md",
        "content/内部/b.md",
        "content/保密/b.md",
        "content/b.internal.md",
        "content/x/b.draft.md",
    ] {
        refused(&site(path).build(&[]), "unclear-roles", path);
    }
    let run = site("content/internal/b.md").file("content/internal/c.md", "# C\n").build(&[]);
    assert_eq!(run.places(), ["error unclear-roles content/internal/b.md:1:1"], "once a folder");
    let site = |path: &str, head: &str| {
        article("# A\n").file(path, &format!("---\n{head}\n---\n\n# B\n\nquamble\n"))
    };
    for head in ["roles: [customer]", "role: customer"] {
        published(&site("content/internal/b.md", head), head);
        published(&site("content/b.internal.md", head), head);
    }
    for head in ["roles: [ops]", "status: draft"] {
        assert_eq!(site("content/internal/b.md", head).build(&[]).codes(), [""; 0], "{head}");
        assert_eq!(site("content/b.draft.md", head).build(&[]).codes(), [""; 0], "{head}");
    }
    let folder = "---\ntitle: I\ncascade:\n  roles: [customer]\n---\n";
    let site = |path: &str| article("# A\n").file(path, "# B\n\nquamble\n");
    published(&site("content/internal/b.md").file("content/internal/_index.md", folder), "cascade");
    for path in ["content/internals/b.md", "content/x/internal.md", "content/b.v2.md"] {
        published(&site(path), path);
    }
    let text = "# A\n\n:::include _internal/b.md\n";
    let run = article(text).file("content/_internal/b.md", "quamble\n").build(&[]);
    refused(&run, "unclear-roles", "a snippet");
}
