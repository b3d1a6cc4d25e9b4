//! Translations, names and keys of more systems that keep a page from readers; honest ones stay.

use crate::secret::{SECRET, article, headed, kept, published, refused};
use crate::support::Site;

const LANGUAGES: &str = "[languages.en]\nname = \"English\"\n[languages.zh]\nname = \"中文\"\n";

/// A site in English and Chinese with an internal page at one path and a page without a head at
/// another.
fn beside(original: &str, head: &str, translation: &str) -> Site {
    Site::new()
        .file("tier0.toml", LANGUAGES)
        .file("content/index.md", "# Home\n\nHi.\n")
        .file(original, &format!("---\ntitle: A\n{head}\n---\n\nx\n"))
        .file(translation, "# B\n\nquamble\n")
}

#[test]
fn translations_in_folders_and_names_are_as_private_as_their_originals() {
    for (original, translation) in [
        ("content/en/a.md", "content/zh/a.md"),
        ("content/x/en/a.md", "content/x/zh/a.md"),
        ("content/en-us/x/a.md", "content/zh_CN/x/a.md"),
        ("content/x/a.md", "content/x/zh-Hans/a.md"),
        ("content/x/a.md", "content/pt-BR/x/a.md"),
        ("content/en/a.md", "content/it/a.md"),
        ("content/a.md", "content/中文/a.md"),
        ("content/x-en/a.md", "content/x-zh/a.md"),
        ("content/x/a.md", "content/x/a-zh.md"),
        ("content/x/a.md", "content/x/a_zh_TW.md"),
        ("content/x/a.md", "content/x/a（中文）.md"),
        ("content/x/a-en.md", "content/x/a-zh.md"),
        ("content/zh/a.md", "content/a.md"),
        ("content/en/a/index.md", "content/zh/a.md"),
    ] {
        for head in ["roles: [ops]", "status: draft"] {
            let is_later = original == "content/zh/a.md" && head == "status: draft";
            let run = beside(original, head, translation).build(&[]);
            assert_eq!(run.code, 0, "{original} {translation}: {:?}", run.problems);
            let is_shown = !run.output.holding(SECRET).is_empty();
            assert_eq!(is_shown, is_later, "{original} {translation} {head}");
        }
    }
    let folder = "roles: [ops]\ncascade: { roles: [ops] }";
    for translation in ["content/zh/x/a.md", "content/zh/x/only-here.md", "content/zh/x/y/a.md"] {
        let run = beside("content/en/x/_index.md", folder, translation).build(&[]);
        assert!(run.code == 0 && run.output.holding(SECRET).is_empty(), "{translation}");
    }
    // Departments, words and what names its readers itself are no translations.
    for (original, other) in [
        ("content/hr/a.md", "content/it/a.md"),
        ("content/hr/_index.md", "content/zh/b.md"),
        ("content/hr/a.md", "content/zh/a.md"),
        ("content/how.md", "content/how-to.md"),
        ("content/a.md", "content/api/a.md"),
        ("content/fr-a.md", "content/a.md"),
    ] {
        published(&beside(original, folder_head(original), other), other);
    }
    let own = "---\nroles: [customer]\n---\n\n# B\n\nquamble\n";
    let site = beside("content/en/a.md", "roles: [ops]", "content/b.md");
    published(&site.file("content/zh/a.md", own), "its own roles");
}

fn folder_head(path: &str) -> &'static str {
    if path.ends_with("_index.md") { "cascade: { roles: [ops] }" } else { "roles: [ops]" }
}

#[test]
fn pages_that_other_systems_tie_together_are_as_private_as_one() {
    let site = |key: &str, other: &str| {
        let text = format!("---\ntitle: B\n{other}\n---\n\nquamble\n");
        let site = beside("content/x/refund.md", &format!("roles: [ops]\n{key}"), "content/b.md");
        site.file("content/b.md", "# B\n").file("content/y/tuikuan.zh.md", &text)
    };
    for (key, other) in [
        ("translationKey: r1", "translationKey: r1"),
        ("translation-id: r1", "translation_id: R1"),
        ("ref: r1", "ref: r1"),
        ("id: r1", "id: r1"),
        ("extra: { i18n_key: r1 }", "params: { i18n_key: r1 }"),
        ("", "translated_from: x/refund.md"),
        ("", "translates: ../x/refund.md"),
        ("", "original: /x/refund"),
        ("", "source: content/x/refund.md"),
        ("", "原文: x/refund.md"),
        ("translations: { zh: y/tuikuan.md }", ""),
    ] {
        let run = site(key, other).build(&[]);
        assert_eq!(run.code, 0, "{key} {other}: {:?}", run.problems);
        assert!(run.output.holding(SECRET).is_empty(), "{key} {other}");
    }
    for (key, other) in [
        ("ref: r1", "ref: r2"),
        ("", "source: https://example.com/x/refund.md"),
        ("", "original: Kim"),
        ("translationKey: r1", "translationKey: r1\nroles: [customer]"),
    ] {
        published(&site(key, other), other);
    }
    let site =
        site("ref: r1", "ref: r1").file("tier0.toml", "[languages.zh]\n[keys]\nref = \"off\"\n");
    published(&site, "a key that is turned off");
}

#[test]
fn translations_whose_originals_moved_are_asked_about() {
    let moved = |original: &str, translation: &str| beside(original, "roles: [ops]", translation);
    for (original, translation) in [
        ("content/team/refund.md", "content/x/refund.zh.md"),
        ("content/x/refund-rules.md", "content/x/refund.zh.md"),
        ("content/en/team/refund.md", "content/zh/x/refund.md"),
    ] {
        let run = moved(original, translation).build(&[]);
        refused(&run, "unclear-roles", translation);
        assert_eq!(run.problems[0].path, translation);
    }
    // Another name, a translation of its own, an original in its place: nothing is gone.
    published(&moved("content/team/fees.md", "content/x/refund.zh.md"), "another name");
    let site = moved("content/team/refund.md", "content/x/refund.zh.md");
    published(&site.file("content/team/refund.zh.md", "# R\n"), "translated");
    let site = moved("content/team/refund.md", "content/x/refund.zh.md");
    published(&site.file("content/x/refund.md", "# R\n"), "in its place");
    let told = "---\nroles: [customer]\n---\n\n# B\n\nquamble\n";
    let site = moved("content/team/refund.md", "content/b.md");
    published(&site.file("content/x/refund.zh.md", told), "told");
}

#[test]
fn more_names_that_ask_who_reads() {
    let site = |path: &str| article("# A\n").file(path, "# B\n\nquamble\n");
    for path in [
        "content/02_Internal/b.md",
        "content/x/private/b.md",
        "content/Draft/b.md",
        "content/employee-only/b.md",
        "content/internalDocs/b.md",
        "content/內部資料/b.md",
        "content/社内向け/b.md",
        "content/仅内部/b.md",
        "content/3. 草稿/b.md",
        "content/fees-internal.md",
        "content/fees (internal).md",
        "content/费用（内部）.md",
        "content/[WIP] fees.md",
        "content/fees.wip.md",
        "content/_fees.md",
        "content/#fees#.md",
    ] {
        refused(&site(path).build(&[]), "unclear-roles", path);
    }
    for path in [
        "content/private-browsing/b.md",
        "content/internal-storage.md",
        "content/save-a-draft.md",
        "content/内部存储.md",
        "content/staff-picks/b.md",
        "content/agents/b.md",
        "content/agent-docs/b.md",
        "content/c#.md",
    ] {
        published(&site(path), path);
    }
    // A name that begins so by its topic, of a page that has a title.
    let titled = "---\ntitle: The option _isPublic\n---\n\nquamble\n";
    published(&article("# A\n").file("content/_ispublic-is-slow.md", titled), "titled");
}

#[test]
fn keys_of_single_systems_keep_readers_out() {
    for head in [
        "groups: [beta-team]",
        "rbac: { anonymous: none }",
        "if: visitor.isSignedIn",
        "page_access: restricted",
        "who_can_view: [abc]",
        "sharing: false",
        "share_status: TEAM",
        "restrictions: { read: [g] }",
        "admins-only: true",
        "login: yes",
        "nda: signed",
        "tlp: red",
        "segments: agents",
        "channels: [App, CSP]",
        "适用对象: 坐席",
        "目标读者: 技术支持",
        "保密级别: 秘密",
        "target_audience: Support agents and staff",
    ] {
        refused(&headed(head).build(&[]), "access-key-unread", head);
    }
    for head in [
        "published_on:",
        "publishedAt: TBD",
        "approved: pending",
        "visible:",
        "share_with_customers: no",
        "display: none",
        "release_date: March 2099",
        "available_from: tbd",
    ] {
        kept(&headed(head).build(&[]), "key-keeps-back", head);
    }
    for head in
        ["release_date: 2099/1/31", "available_from: 2099年1月31日", "publish_date: 2099.1.31"]
    {
        kept(&headed(head).build(&["--today", "2026-11-29"]), "kept-back-today", head);
    }
    for head in [
        "groups: []",
        "login: false",
        "tlp: clear",
        "channels: [web, mail]",
        "site: main",
        "print_only: true",
        "适用对象: 新手用户",
        "target_audience: beginners",
        "release_date: 2020/1/31",
        "share: false",
        "approved: Kim",
        "display: block",
        "适用版本: 2.0",
    ] {
        published(&headed(head), head);
    }
}

#[test]
fn more_heads_that_became_text() {
    for text in [
        "# A\n\n创建时间: 2026年1月1日\n读者: 运维\n",
        "# A\n\n作者：王五\n目标读者：客服\n",
        "# A\n\nCreated: May 1\nAudience: Team of agents\n",
        "# A\n\nOwner: Kim\nCustomer-facing: no\n",
        "# A\n\nStatus: Not started\n",
        "# A\n\n| Author | Visibility | State |\n|---|---|---|\n| Kim | Internal | Draft |\n",
        "# A\n\n> 作者：王五 | 状态：草稿\n",
        "# A\n\n{status:title=DRAFT|colour=Grey}\n",
    ] {
        let run = article(&format!("{text}\nquamble\n")).build(&[]);
        refused(&run, "unclear-roles", text);
    }
    for text in [
        "# A\n\n| Feature | Status | Since |\n|---|---|---|\n| One | Draft | 2 |\n| Two | Done | 3 |\n",
        "# A\n\nCreated: May 1\nAudience: Beginners\n",
        "# A\n\n读者从第一个标题开始，怎么走都到不了这一步：多半是选项写在内部块里了。\n",
        "# A\n\nReaders, and customers above all, want an answer: ask your colleagues for it.\n",
    ] {
        published(&article(&format!("{text}\nquamble\n")), text);
    }
}
