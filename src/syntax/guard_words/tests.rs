use super::super::containers::parse;
use super::*;

fn words() -> GuardWords {
    let names = ["hotline", "support", "ops", "engineer"].map(str::to_owned).to_vec();
    let labels = ["运维", "技术支持"].map(str::to_owned).into_iter();
    GuardWords::new(names, labels, vec!["Internal note".to_owned()], BTreeSet::new())
}

#[test]
fn what_speaks_of_readers_is_no_title() {
    for line in [
        "note T roles=\"ops\"",
        "note[T]{roles=ops}",
        "details T {roles=ops}",
        "note {.internal}",
        "note {class=internal}",
        "note {.ops}",
        "note T {data-roles=ops}",
        "tip internal note",
        "details Internal notes",
        "note 仅内部 x",
        "tip 内部",
        "tip 内部资料",
        "note 运维专用",
        "note ops only",
        "details Staff only",
        "note Only for ops",
        "note only ops",
        "note roles: ops",
        "info class=\"a internal\" T",
        "note T { roles = \"ops\" }",
        "warning 仅限运维",
        "tab ops",
        "note T audience=staff",
        "reply[T]{visibility=internal}",
        "details confidential",
        "private",
        "staff",
        "restricted T",
        "保密",
        "仅内部",
        "ops-notes",
        "internl",
        "onyl",
        "enginer",
        "soport",
        "intern",
        "社外秘",
        "staff-only",
        "INTERNA",
        "внутренний",
        "note Staff only: resets",
        "note ops notes for the failover",
        "note confidential information for staff",
        "note This is not for customers",
        "note 技术支持专用资料",
        "tab 仅运维人员",
    ] {
        assert!(words().suspects(&parse(line)).is_some(), "{line}");
    }
}

#[test]
fn titles_of_honest_prose_stay() {
    for line in [
        "note Internal error 500",
        "note 内部错误",
        "danger 内部站点要自己设访问控制",
        "note 内部服务器错误 500",
        "tip Only on Windows",
        "details Support",
        "note Private networks",
        "note The role of DNS",
        "note a = b",
        "tips",
        "cols",
        "提示",
        "warnig",
        "details How roles work",
        "tab Windows",
        "note Operations",
        "note Access to the router",
        "include _snippets/internal.md",
        "note 支持的版本",
        "note {#roles}",
        "note Secret keys are not shown",
        "details Restricted mode",
        "note Hidden files",
        "grid",
        "note Set mode=internal",
        "columns",
        "details 仅适用于 2.0",
        "note x {a}",
        "tab Internal transfer",
        "tab Internal note",
        "note Internal fans",
        "tip 内部转账实时到账",
        "note 技术支持专用邮箱",
        "note 仅技术支持 Windows",
        "details Support only in 2.0",
        "details Employees only see their own pay slips",
        "note Staff information desk",
        "danger Do not publish your private key",
        "note Not for public networks",
        "note 客户看不到价格怎么办",
        "note What `visibility=private` means",
        "details internal/routing.md",
        "internet",
        "engine",
    ] {
        assert_eq!(words().suspects(&parse(line)), None, "{line}");
    }
}

#[test]
fn attributes_of_html_that_speak_of_readers() {
    for (key, value) in [
        ("roles", "ops"),
        ("class", "note internal"),
        ("class", "internal-only"),
        ("class", "ops"),
        ("data-roles", "x"),
        ("data-role", "x"),
        ("data-visible-to", "x"),
        ("data-internal", ""),
        ("data-ops", ""),
        ("audience", "x"),
    ] {
        assert!(words().is_about_in_html(key, value, false), "{key}={value}");
    }
    for (key, value) in [
        ("role", "note"),
        ("class", "a sr-only"),
        ("type", "hidden"),
        ("name", "internal"),
        ("access", "x"),
        ("data-hidden", "false"),
        ("data-visibility", "public"),
        ("class", "internal-link"),
    ] {
        assert!(!words().is_about_in_html(key, value, false), "{key}={value}");
    }
}

#[test]
fn lines_of_other_tools_that_speak_of_readers() {
    for line in [
        "internal",
        " ops",
        "note \"Internal only\"",
        "note internal",
        "hint style=\"internal\"",
        "if internal",
        "if user.role == \"ops\"",
        "note | For internal use only",
        "note \"客户不可见\"",
        "only:: internal",
        "hint \"Visible only to ops\"",
        "only ops",
        "only",
        "\"Internal\"",
        "\"Internal only\"",
        "note:: Internal use only",
    ] {
        assert!(words().open_with(line), "{line}");
    }
    for line in [
        "note \"Internal error 500\"",
        "Only today",
        "if page.title",
        "include internal.md",
        "note",
        "tip \"For 2.0\"",
        "\"Private cloud\"",
        "\"Hidden SSID\"",
        "+ \"Staff accounts\"",
        "details | Private repositories",
        "assign role = user.role",
        "when 'private'",
    ] {
        assert!(!words().open_with(line), "{line}");
    }
}

#[test]
fn lines_of_code_that_speak_of_readers() {
    for info in [
        "internal-only",
        "ops",
        "js {roles=ops}",
        "js title=\"Internal only\"",
        "js internal",
        "js .internal",
    ] {
        assert!(words().are_about_code(info), "{info}");
    }
    for info in [
        "java only",
        "js title=\"a.js\"",
        "yaml",
        "",
        "js {1,3}",
        "text role=admin",
        "bash title=\"Create a private key\"",
        "yaml title=\"internal.yaml\"",
    ] {
        assert!(!words().are_about_code(info), "{info}");
    }
}
