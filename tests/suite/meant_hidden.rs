//! Text that was meant to be hidden, in ways that tier0 does not read: it never leaves, and its
//! writer is told.

use crate::secret::{SECRET, article, refused};
use crate::support::Run;

/// Published without the secret, and with these codes.
fn kept(run: &Run, codes: &[&str], what: &str) {
    assert_eq!((run.code, run.codes()), (0, codes.to_vec()), "{what}");
    assert_eq!(run.output.holding(SECRET), [""; 0], "{what}");
    assert!(run.output.has("index.html"), "{what}");
}

#[test]
fn words_about_readers_on_a_container_are_refused() {
    for opening in [
        ":::note Night shift roles=\"ops\"",
        ":::warning[Night shift]{roles=ops}",
        ":::details Night shift { roles = \"ops\" }",
        ":::tip {.internal}",
        "::: {.internal}",
        "::: {.ops}",
        ":::tip {.ops}",
        ":::info {class=\"wide internal\"}",
        ":::note Night shift {data-roles=ops}",
        ":::note Night shift audience=staff",
        ":::details Internal remarks",
        ":::note 仅内部查看",
        ":::tip 运维专用",
        ":::reply Staff only",
        ":::note Only for ops",
        ":::private",
        ":::staff Night shift",
        ":::confidential",
        ":::保密",
        ":::vertraulich",
        ":::社外秘",
        ":::internl",
        ":::engineeer",
        ":::ops-notes",
    ] {
        let run = article(&format!("# A\n\nSeen.\n\n{opening}\nquamble\n:::\n")).build(&[]);
        refused(&run, "unclear-roles", opening);
        assert_eq!(run.places(), ["error unclear-roles content/a.md:5:1"], "{opening}");
    }
    for title in ["only roles=\"ops\"", "internal notes", "T {roles=ops}", "仅限运维"] {
        let run = article(&format!("# A\n\n+++{title}\nquamble\n+++\n")).build(&[]);
        refused(&run, "unclear-roles", title);
    }
}

#[test]
fn honest_titles_stay() {
    let titles = [
        "note Internal error 500",
        "note 内部错误",
        "danger 内部站点要自己设访问控制",
        "tip Only on Windows",
        "details Support",
        "details Private networks",
        "note The role of DNS",
        "warning {#roles}",
    ];
    let blocks: Vec<_> = titles.iter().map(|title| format!(":::{title}\nSeen.\n:::\n")).collect();
    article(&format!("# A\n\n{}", blocks.join("\n"))).build(&["--strict"]).clean();
}

#[test]
fn words_about_readers_on_anything_else_are_refused() {
    for line in [
        "## T { roles = \"ops\" }",
        "## T {data-roles=ops}",
        "## T {class=internal}",
        "[x](https://example.com/){.internal} quamble",
        "text <span class=\"internal\">quamble</span>",
        "<p data-roles=\"ops\">quamble</p>",
        "<private>\nquamble\n</private>",
        "!!! private\n    quamble",
        "{% private %}\nquamble\n{% endprivate %}",
        "text <!-- internal -->quamble<!-- /internal -->",
        "%% internal %%\nquamble\n%% end %%",
        "## quamble {.ops}",
        "## quamble {.Internal-Only}",
        "quamble {roles: ops}",
        "## quamble {internal}",
        "<p\n  class='wide internal'>quamble</p>",
        "<b title=\"a > b\" data-visible-to=staff>quamble</b>",
        "<div data-internal>quamble</div>",
        "1. a\n\n        :::internl\n        quamble\n        :::",
        "- a\n\n        :::note Nur intern {roles=ops}\n        quamble\n        :::",
        "| a |\n|---|\n| :::ops quamble ::: |",
        "፡፡፡internal\nquamble\n፡፡፡",
        "；；；内部\nquamble\n；；；",
        "|||staff\nquamble\n|||",
        "@@@ internal\nquamble\n@@@",
        "!!! note \"Internal only\"\n    quamble",
        "!!! ops\n    quamble",
        "??? tip \"客户不可见\"\n    quamble",
        "/// note | For internal use only\nquamble\n///",
        "{% hint style=\"internal\" %}\nquamble\n{% endhint %}",
        "Seen {% if internal %}quamble{% endif %}",
        "{{< hint internal >}}\nquamble\n{{< /hint >}}",
        "{{% ops %}}\nquamble\n{{% /ops %}}",
        ".. only:: internal\n\n   quamble",
        "`:::internal`\nquamble\n`:::`",
        "````\nls\n```\n\n:::internal\nquamble\n:::\n\n```\nls\n````",
        "```\nls\n｀｀｀\n\n:::internal\nquamble\n:::\n\n｀｀｀\nls\n```",
    ] {
        let run = article(&format!("# A\n\n{line}\n")).build(&[]);
        refused_with_any(&run, line);
    }
    for line in [
        "> [!PRIVATE]\n> quamble",
        "> [!NOTE] Internal only\n> quamble",
        "> [!NOTE roles=ops]\n> quamble",
        "> [!note|internal]\n> quamble",
        "> [!NOTE-INTERNAL]\n> quamble",
        "> [!inter\u{200b}nal]\n> quamble",
        "> [!TIP] 仅运维\n> quamble",
        "```internal-only\nquamble\n```",
        "```ops\nquamble\n```",
        "```sh title=\"Internal only\"\nquamble\n```",
        "```sh roles=ops\nquamble\n```",
        "```internal\nquamble\n```",
    ] {
        refused(&article(&format!("# A\n\n{line}\n")).build(&[]), "unclear-roles", line);
    }
}

fn refused_with_any(run: &Run, what: &str) {
    assert_eq!(run.code, 1, "{what}");
    assert!(run.codes().contains(&"container-not-read"), "{what}: {:?}", run.codes());
    assert!(run.output.holding(SECRET).is_empty(), "{what}");
}

#[test]
fn honest_markup_of_other_tools_is_no_secret() {
    let text = "# A\n\n!!! note \"Internal error 500\"\n    Seen.\n\n{% include internal.md %}\n\n\
        Set {role=admin} in the file.\n\n> [!TIP] Only on Windows\n> Seen.\n\n```java only\nSeen.\n```\n\n\
        <span class=\"sr-only\">Seen.</span>\n\n!!! Only today\n\n````\n:::internal\n```sh\nls\n```\n:::\n````\n";
    let run = article(text).build(&[]);
    assert_eq!(run.code, 0, "{:?}", run.problems);
}

#[test]
fn heads_in_the_wrong_place_and_texts_that_hide_nothing_are_refused() {
    for text in [
        "---\ntitle: A\n---\n\n---\ndraft: true\n---\n\nquamble\n",
        "# A\n\n---\nvisibility: internal\n---\n\nquamble\n",
        "===\ndraft: true\n===\n\n# A\n\nquamble\n",
        "---\ntitle: A\ndescription: \"Seen.\\n:::internal\\nquamble\\n:::\"\n---\n\nSeen.\n",
        "---\ntitle: A\ndescription: >\n  Seen. :::internal quamble :::\n---\n\nSeen.\n",
        "---\ntitle: \"A <!-- quamble -->\"\n---\n\nSeen.\n",
        "---\ntitle: A\ndescription: \"Seen %% quamble %%\"\n---\n\nSeen.\n",
    ] {
        refused(&article(text).build(&[]), "unclear-roles", text);
    }
    for head in [
        "extra:\n  visibility: internal",
        "extra: { roles: [ops] }",
        "group: Internal only",
        "internal_use_only: true",
        "allowed_roles: ops",
        "restricted_to: ops",
    ] {
        let text = format!("---\ntitle: A\n{head}\n---\n\nquamble\n");
        refused(&article(&text).build(&[]), "access-key-unread", head);
    }
    for head in [
        "drafts: true",
        "dratf: true",
        "visible: false",
        "do_not_publish: true",
        "build: { render: never }",
    ] {
        let run = article(&format!("---\ntitle: A\n{head}\n---\n\nquamble\n")).build(&[]);
        assert_eq!(run.code, 0, "{head}: {:?}", run.problems);
        assert!(run.output.holding(SECRET).is_empty(), "{head}");
    }
}

#[test]
fn comments_of_any_system_are_left_out() {
    for comment in [
        "%% quamble %%",
        "%%\nquamble\n\nquamble\n%%",
        "{% comment %}quamble{% endcomment %}",
        "{%- comment -%}\n\nquamble\n\n{%- endcomment -%}",
        "{# quamble #}",
        "{#\nquamble\n\n#}",
        "{/* quamble */}",
        "{{/* quamble */}}",
        "{{< comment >}}\nquamble\n{{< /comment >}}",
        "{{% comment %}}quamble{{% /comment %}}",
        "[//]: # (quamble)",
        "[comment]: <> (quamble (again))",
        "[//]: # quamble",
        "{{!quamble}}",
        "{>>quamble<<}",
        "<!— quamble —>",
        "so%%quamble%%",
    ] {
        for text in [format!("Seen.\n{comment}\n\nToo."), format!("- Seen.\n\n{comment}\n\nToo.")] {
            let run = article(&format!("# A\n\n{text}\n")).build(&[]);
            kept(&run, &["comment-left-out"], comment);
            assert!(run.prose("a/").contains("Too."), "{comment}");
        }
    }
    // Once for all pages.
    let site = article("# A\n\n{# quamble #} and {# quamble #}\n");
    let run = site.file("content/b.md", "# B\n\n{# quamble #}\n").build(&[]);
    assert_eq!(run.places(), ["warning comment-left-out content/a.md:3:1"]);
    assert!(run.problems[0].message.contains('3'), "{:?}", run.problems);
}

#[test]
fn comments_in_code_are_shown() {
    let text = "# A\n\n`{# quamble #}`\n\n```\n%% quamble %%\n```\n";
    let run = article(text).build(&["--strict"]).clean();
    assert_eq!(run.prose("a/").matches(SECRET).count(), 2);
}

#[test]
fn html_comments_leave_in_no_mode() {
    for mode in ["sanitize", "allow", "escape"] {
        for text in [
            "<!-- quamble -->",
            "Seen <!-- quamble --> too.",
            "Seen <!-- quamble\n\nquamble --> too.",
            "<div>\n<!-- quamble\nquamble -->\n</div>",
            "| a |\n|---|\n| b <!-- quamble | quamble --> |",
        ] {
            let site = article(&format!("# A\n\n{text}\n"));
            let site = site.file("tier0.toml", &format!("[site]\nhtml = \"{mode}\"\n"));
            kept(&site.build(&[]), &[], &format!("{mode}: {text}"));
        }
        let site = article("# A\n\nSeen <!-- quamble\n\nquamble\n");
        let site = site.file("tier0.toml", &format!("[site]\nhtml = \"{mode}\"\n"));
        refused(&site.build(&[]), "comment-unclosed", mode);
    }
}

#[test]
fn unclosed_comments_are_refused() {
    for text in [
        "{# quamble",
        "%% quamble",
        "{% comment %}quamble{% endcoment %}",
        "{/* quamble }",
        "[//]: # (quamble\n\nx",
    ] {
        refused(&article(&format!("# A\n\n{text}\n")).build(&[]), "comment-unclosed", text);
    }
}

#[test]
fn heads_that_do_not_plainly_say_public_keep_the_page_back() {
    let build =
        |line: &str| article(&format!("---\ntitle: A\n{line}\n---\n\nquamble\n")).build(&[]);
    for line in [
        "draft: y",
        "draft: 1.0",
        "draft: [true]",
        "draft:",
        "\"draft \": \"yes!\"",
        "ｄｒａｆｔ: y",
        "published: n",
        "unpublished: y",
        "status:",
        "wip: soon",
        "publish_status: pending",
    ] {
        kept(&build(line), &["key-keeps-back"], line);
    }
    for line in [
        "draft: true",
        "\"draft \": true",
        "published: no",
        "state: draft",
        "headless: true",
        "wip: true",
    ] {
        kept(&build(line), &[], line);
    }
    for line in ["draft: false", "published: 2021-05-03", "state: open", "stage:"] {
        assert!(!build(line).clean().output.holding(SECRET).is_empty(), "{line}");
    }
}

#[test]
fn keys_that_guard_elsewhere_stop_until_the_site_says_what_they_mean() {
    let site = |line: &str| article(&format!("---\ntitle: A\n{line}\n---\n\nquamble\n"));
    for line in [
        "visibility: internal",
        "access: staff",
        "Audience: [agents]",
        "private: true",
        "restricted: yes",
        "user_segment: Agents",
        "permissions: { read: staff }",
        "password: x",
        "internal: true",
    ] {
        refused(&site(line).build(&[]), "access-key-unread", line);
    }
    // Once for all pages that say the same.
    let three = site("audience: agents")
        .file("content/b.md", "---\naudience: agents\n---\n\n# B\n")
        .file("content/c.md", "---\naudience: staff\n---\n\n# C\n");
    let run = three.build(&[]);
    assert_eq!(
        run.places(),
        ["error access-key-unread content/a.md:3:1", "error access-key-unread content/c.md:2:1"]
    );
    assert!(run.problems[0].message.contains("(2)"), "{:?}", run.problems);
    for line in ["visibility: public", "private: false", "audience: everyone", "password: ''"] {
        site(line).build(&["--strict"]).clean();
    }
    let off = "[keys]\nAudience = \"off\"\n";
    site("audience: agents").file("tier0.toml", off).build(&["--strict"]).clean();
    let run = site("audience: agents").file("tier0.toml", "[keys]\nroles = \"off\"\n").build(&[]);
    assert!(run.codes().contains(&"invalid-value"));
    // What is only hidden elsewhere is only hidden here.
    let run = site("nav_exclude: true").build(&["--strict"]).clean();
    assert!(run.output.has("a/index.html") && !run.page("").contains("href=\"a/\""));
}

#[test]
fn role_blocks_in_texts_of_the_head_are_refused() {
    for head in [
        "description: |\n  Seen.\n\n  :::internal\n  quamble\n  :::",
        "description: \":::internal quamble\"",
        "note: |\n  :::only roles=\"ops\"\n  quamble\n  :::",
        "collect:\n  - \":::internal quamble\"",
    ] {
        let run = article(&format!("---\ntitle: A\n{head}\n---\n\nText.\n")).build(&[]);
        refused(&run, "unclear-roles", head);
    }
    let honest =
        "---\ntitle: A\ndescription: How `:::internal` works\nkeywords: [\":::\"]\n---\n\nText.\n";
    article(honest).build(&["--strict"]).clean();
}
