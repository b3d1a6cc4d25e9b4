//! Readers named in the markup of other tools, and honest texts that sound like it.

use crate::secret::{SECRET, article};

/// Each of these must stop the build.
fn refuse(lines: &[&str]) {
    for line in lines {
        let run = article(&format!("# A\n\nSeen.\n\n{line}\n")).build(&[]);
        assert_eq!(run.code, 1, "{line}: {:?}", run.problems);
        assert!(run.output.holding(SECRET).is_empty(), "{line}");
        assert!(run.problems.iter().all(|one| one.path == "content/a.md"), "{line}");
    }
}

#[test]
fn titles_that_end_with_their_readers() {
    refuse(&[
        ":::note Credits (internal only)\nquamble\n:::",
        ":::details 退款额度（仅内部）\nquamble\n:::",
        "> [!NOTE] Credits – for internal use only\n> quamble",
        "> [!NOTE] For ops\n> quamble",
        "> [!WARNING] Visible to staff\n> quamble",
        "+++Strictly confidential\nquamble\n+++",
        ":::note Do not show to customers\nquamble\n:::",
        ":::note Agents only\nquamble\n:::",
        "<details><summary>Internal only</summary>\n\nquamble\n\n</details>",
        "<details>\n<summary>🔒 仅内部可见</summary>\n\nquamble\n\n</details>",
        "<p title=\"Internal only\">quamble</p>",
    ]);
}

#[test]
fn components_and_conditions() {
    refuse(&[
        "<InternalOnly>\n\nquamble\n\n</InternalOnly>",
        "<staff-note>quamble</staff-note>",
        "1. <internal>quamble</internal>",
        "<Callout type=\"internal\">\n\nquamble\n\n</Callout>",
        "<Show when=\"ops\">quamble</Show>",
        "<p className=\"internal\">quamble</p>",
        "<p class='internalOnly'>quamble</p>",
        "<p v-if=\"user.internal\">quamble</p>",
        "<p data-show-for=\"ops\">quamble</p>",
        "{{#if internal}}quamble{{/if}}",
        "{{ if internal }}quamble{{ end }}",
        "{%\n  if internal\n%}\nquamble\n{% endif %}",
        "{% if user.internal %}quamble{% endif %}",
        "{% if false %}quamble{% endif %}",
        "{internal}quamble{/internal}",
        "[quamble]{internal} and more",
    ]);
}

#[test]
fn brackets_comments_and_marks_alone_in_a_line() {
    refuse(&[
        "[internal]\nquamble\n[/internal]",
        "[private role=\"ops\"]quamble[/private]",
        "[details=\"Internal\"]\nquamble\n[/details]",
        "【内部】quamble【/内部】",
        "<!-- internal use only -->\nquamble\n<!-- end -->",
        "<!-- BEGIN INTERNAL NOTES -->\nquamble\n<!-- END INTERNAL NOTES -->",
        "<!--\ninternal\n-->\nquamble",
        "<!-- ops -->\nquamble\n<!-- /ops -->",
        "\\:\\:\\:internal\nquamble\n\\:\\:\\:",
        "::;internal\nquamble\n::;",
        ":internal\nquamble\n:",
        ":INTERNAL:\nquamble\n:END:",
        "---internal---\nquamble",
        "#+BEGIN_INTERNAL\nquamble\n#+END_INTERNAL",
        "#ifdef INTERNAL\nquamble\n#endif",
        "internal:: quamble",
    ]);
}

#[test]
fn comments_with_a_slip_in_their_mark_are_left_out() {
    for comment in [
        "< !-- quamble -->",
        "<！-- quamble -->",
        "&lt;!-- quamble --&gt;",
        "<?php quamble ?>",
        "{::comment}\nquamble\n{:/comment}",
        "{* quamble *}",
        "[//] : # (quamble)",
        "[//]：# (quamble)",
    ] {
        let run = article(&format!("# A\n\nSeen.\n\n{comment}\n\nToo.\n")).build(&[]);
        assert_eq!((run.code, run.codes()), (0, vec!["comment-left-out"]), "{comment}");
        assert_eq!(run.output.holding(SECRET), [""; 0], "{comment}");
        assert!(run.prose("a/").contains("Too."), "{comment}");
    }
}

/// Nobody meant to hide anything here.
#[test]
fn honest_texts_are_published() {
    for line in [
        ":::tab Internal transfer\nSeen.\n:::",
        ":::note Internal fans\nSeen.\n:::",
        ":::tip 内部转账实时到账\nSeen.\n:::",
        ":::note 客服专用邮箱\nSeen.\n:::",
        ":::note 仅技术支持 Windows\nSeen.\n:::",
        ":::details Support only in 2.0\nSeen.\n:::",
        ":::details Employees only see their own pay slips\nSeen.\n:::",
        ":::danger Do not publish your private key\nSeen.\n:::",
        ":::note 客户看不到价格怎么办\nSeen.\n:::",
        "=== \"Private cloud\"\n\n    Seen.",
        "!!! note \"Hidden SSID\"\n    Seen.",
        "```bash title=\"Create a private key\"\nls\n```",
        "```yaml title=\"internal.yaml\"\na: 1\n```",
        "Use {内部编号} in the address `x`.",
        "See <https://example.com/v1/{secret}>",
        "<a class=\"reference internal\" href=\"https://example.com\">x</a>",
        "<span data-hidden=\"false\">Seen.</span>",
        "{% assign role = user.role %}",
        "In C++ ::internal::Foo is a name.",
        "At 50 %% of it, type for %%i in (*) do echo %%i.",
        "<!-- 待补充内部链接截图 -->\n\nSeen.",
        "<!-- check the internal links of this page again -->\n\nSeen.",
        "- internal\n- external",
        "| internal | external |\n|---|---|\n| a | b |",
        "**Internal** and *private* are words.",
        "Term\n: internal",
    ] {
        let run = article(&format!("# A\n\nSeen.\n\n{line}\n")).build(&[]);
        assert_eq!(run.code, 0, "{line}: {:?}", run.problems);
    }
}

/// What cannot be told apart, the owner vouches for: as written, and nothing else.
#[test]
fn owners_vouch_for_titles() {
    let site = |title: &str| {
        let text = format!("# A\n\n:::tab {title}\nquamble\n:::\n");
        article(&text).file("tier0.toml", "[security]\ntitles = [\"Internal\", \"内部\"]\n")
    };
    for title in ["Internal", "内部"] {
        assert!(!site(title).build(&[]).clean().output.holding(SECRET).is_empty(), "{title}");
    }
    for title in ["Internal notes", "Staff", "Internal {.internal}"] {
        assert_eq!(site(title).build(&[]).code, 1, "{title}");
    }
}

#[test]
fn titles_are_judged_without_what_decorates_them() {
    refuse(&[
        "<details><summary><em>Staff</em> only</summary>\n\nquamble\n\n</details>",
        "<details>\n<summary>\n  <b>内部</b>\n</summary>\n\nquamble\n\n</details>",
        "<details><summary><img src=\"x.svg\" alt=\"lock\"> <span>Internal</span> remarks</summary>\nquamble\n</details>",
        "<details><summary>&#128274; Ops only</summary>\n\nquamble\n\n</details>",
        ":::details <i>Internal</i> remarks\nquamble\n:::",
        ":::tip 2) Internal remarks\nquamble\n:::",
        ":::tip 三、内部资料\nquamble\n:::",
        ":::tip Step 2: internal remarks\nquamble\n:::",
        ":::tip &emsp;Staff only\nquamble\n:::",
        ":::tip St\u{200b}aff only\nquamble\n:::",
        ":::tip Ｓｔａｆｆ ｏｎｌｙ\nquamble\n:::",
        ":::tip **In**ternal remarks\nquamble\n:::",
        "> [!TIP]+ <u>Ops only</u>\n> quamble",
    ]);
}

#[test]
fn titles_that_keep_customers_out_in_everyday_words() {
    refuse(&[
        ":::note 请勿转发，客户勿看\nquamble\n:::",
        ":::tip 不要告诉客户\nquamble\n:::",
        ":::tip 禁止外传\nquamble\n:::",
        ":::tip 不得对外\nquamble\n:::",
        ":::tip 坐席可见\nquamble\n:::",
        ":::tip 供运维查看\nquamble\n:::",
        ":::tip 面向工程师\nquamble\n:::",
        ":::tip 公司内部\nquamble\n:::",
        ":::tip For ops engineers\nquamble\n:::",
        ":::tip Support agents\nquamble\n:::",
        ":::tip Do not send to customers\nquamble\n:::",
        ":::tip Nur für Mitarbeiter\nquamble\n:::",
        ":::tip Réservé au personnel\nquamble\n:::",
        ":::tip 직원용\nquamble\n:::",
    ]);
}

#[test]
fn honest_titles_about_the_inside_of_things() {
    for title in [
        "Internal hard drive",
        "Internal combustion engines",
        "Internal audit log",
        "内部有异响怎么办？",
        "内部进水",
        "内部构造",
        "Is this page for staff only?",
        "Can employees only read it?",
        "Admins only",
        "For admins only",
        "联系客服",
        "给客服打电话",
        "员工手册",
        "致电技术支持",
        "1. Internal error 500",
        "Set <env> first",
        "3 internal disks",
    ] {
        let run = article(&format!("# A\n\n:::note {title}\nx\n:::\n")).build(&[]);
        assert_eq!(run.code, 0, "{title}: {:?}", run.problems);
    }
    let site = article("# A\n\n:::note Admins only\nquamble\n:::\n");
    let run = site.file("tier0.toml", "[roles.admin]\nlabel = \"Admins\"\n").build(&[]);
    assert_eq!(run.code, 1, "a role of that name: {:?}", run.problems);
}

#[test]
fn macros_conditions_and_comments_of_more_tools() {
    refuse(&[
        "{panel:borderStyle=dashed|title=Staff only}\nquamble\n{panel}",
        "{expand:仅内部}\nquamble\n{expand}",
        "{info:title=Internal}quamble{info}",
        "{hide-from:group=guests}\nquamble\n{hide-from}",
        "{excerpt:name=x|hidden=true}quamble{excerpt}",
        "{% if !$staff %}\nquamble\n{% /if %}",
        "quamble {% hidden=true %}",
        "<p props=\"staff\">quamble</p>",
        "<note condition=\"internal\">quamble</note>",
        "ifeval::[\"{readers}\" == \"staff\"]\nquamble\nendif::[]",
        "[hidden]\nquamble\n[/hidden]",
        "[logged_in]quamble[/logged_in]",
        "> [!WIP]\n> quamble",
        "<div v-show=\"false\">\nquamble\n</div>",
        "<remark>quamble</remark>",
        "## Foo :noexport:\n\nquamble",
        "<!-- STAFF ONLY: nothing below goes out -->\n\nquamble",
        "<!-- 请勿发布 -->\n\nquamble",
        "<!-- 运维专用 开始 -->\n\nquamble\n\n<!-- 运维专用 结束 -->",
        "<!-- block:internal -->\nquamble\n<!-- /block:internal -->",
        "<!-- #ifdef STAFF -->\nquamble\n<!-- #endif -->",
        "<!-- hide -->\nquamble\n<!-- /hide -->",
        "```ad-tip\ntitle: Staff only\nquamble\n```",
        "```{tip}\n:class: internal\n\nquamble\n```",
    ]);
    for text in [
        "{panel:title=Refunds}\nSeen.\n{panel}",
        "Type {note: x} here.",
        "{% if $beta %}Seen.{% /if %}",
        "<p condition=\"new\">Seen.</p>",
        "A <remark> of yours.",
        "It returns a Map<Internal> of all nodes.",
        "```{note}\n:class: wide\nSeen.\n```",
        "Use [hide] to hide.",
        "<!-- show the menu: only on phones -->\n\nSeen.",
        "<div v-if=\"open\">Seen.</div>",
    ] {
        let run = article(&format!("# A\n\nSeen.\n\n{text}\n")).build(&[]);
        assert_eq!(run.code, 0, "{text}: {:?}", run.problems);
    }
}
