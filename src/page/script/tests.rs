use std::collections::BTreeMap;

use super::{pack, print, tokens};

fn packed(scripts: &[(&'static str, &'static str)]) -> BTreeMap<&'static str, String> {
    pack(&scripts.iter().copied().collect(), |name| name == "js/main.js")
}

fn printed(text: &str) -> Option<String> {
    Some(print::print(&tokens::read(text)?).trim_end().to_owned())
}

#[test]
fn what_only_people_need_stays_behind() {
    for (text, short) in [
        (
            "// One.\n/** Two\n * three */\nlet a = 1; // four\n  b(\"// five\");\n\n",
            "let a=1;b(\"// five\");",
        ),
        ("if (a) {\n  b();\n}\nelse { c() }", "if(a){b()}\nelse{c()}"),
        ("a = b\n(c)\n++d", "a=b\n(c)\n++d"),
        ("return\na", "return\na"),
        ("x = {\n  a,\n  ...b,\n}\ny()", "x={a,...b,}\ny()"),
        ("a + +b - -c + ++d; e-- > f; 1 .g", "a+ +b- -c+ ++d;e-- >f;1 .g"),
        ("a = b / c / d; e = /[/] \"/g in f", "a=b/c/d;e=/[/] \"/g in f"),
        ("if (a) /b\"/.test(c)", "if(a)/b\"/.test(c)"),
        ("`a  ${ b ? `${ {c: 1}.c }` : \"}\" }  d` + e", "`a  ${b?`${{c:1}.c}`:\"}\"}  d`+e"),
        ("{ for (;;) ; }  { if (a) ; }", "{for(;;);}{if(a);}"),
        ("a ? .5 : b?.c", "a?.5:b?.c"),
    ] {
        assert_eq!(printed(text).as_deref(), Some(short), "{text}");
    }
}

#[test]
fn what_only_a_parser_can_tell_is_left_alone() {
    for text in [
        "a = {} / 2",
        "a++ / 2",
        "\"open",
        "`open",
        "(a]]",
        "/*! mine */ a",
        "a <!-- b",
        "a\rb",
        "\\u0061",
    ] {
        assert_eq!(printed(text), None, "{text}");
        assert_eq!(packed(&[("js/main.js", text)])["js/main.js"], text);
    }
}

#[test]
fn modules_that_only_one_needs_are_joined() {
    let files = packed(&[
        (
            "js/main.js",
            "import { both } from \"./both.js\";\nimport(\"./late.js\").then((late) => late.run(both));",
        ),
        ("js/both.js", "export const both = 1;"),
        (
            "js/late.js",
            "import { both } from './both.js';\nimport { help as aid, n } from './help.js';\nexport function run(help) { return aid({ n, help }) + both; }",
        ),
        (
            "js/help.js",
            "const run = (own) => own.run + own;\nlet n = 2, m = n;\nexport const help = (x) => run(x) + m;\nexport { n };",
        ),
    ]);
    // `export {` is not read, so nothing is joined.
    assert_eq!(files.len(), 4);
    assert!(files["js/late.js"].contains("help as "), "{}", files["js/late.js"]);

    let files = packed(&[
        (
            "js/main.js",
            "import { both } from \"./both.js\";\nimport(\"./late.js\").then((late) => late.run(both));",
        ),
        ("js/both.js", "export const both = 1;"),
        (
            "js/late.js",
            "import { both } from './both.js';\nimport { help as aid, n } from './help.js';\nexport function run(help) { return aid({ n, help }) + both; }",
        ),
        (
            "js/help.js",
            "const run = (own) => own.run + own;\nexport let n = 2, m = n;\nexport const help = (x) => run(x) + m;",
        ),
    ]);
    assert_eq!(
        files.keys().copied().collect::<Vec<_>>(),
        ["js/both.js", "js/late.js", "js/main.js"]
    );
    assert_eq!(
        files["js/late.js"],
        "import{both as f}from\"./both.js\";const d=(b)=>b.run+b;let a=2,g=a;const c=(e)=>d(e)+g;function h(help){return c({n:a,help})+f}\nexport{h as run};\n"
    );
}

#[test]
fn a_worker_gets_all_that_it_imports() {
    let files = packed(&[
        (
            "js/main.js",
            "import { both } from './both.js';\nnew Worker(new URL('./work.js', import.meta.url));",
        ),
        ("js/work.js", "import { both } from './both.js';\npostMessage(both);"),
        ("js/both.js", "export const both = 1;"),
    ]);
    assert_eq!(files["js/work.js"], "const a=1;postMessage(a);\n");
    assert!(files.contains_key("js/both.js"));
}

#[test]
fn names_that_others_see_stay() {
    for (text, short) in [
        // Of the browser, or perhaps.
        (
            "export const f = (top) => top;\nf(top);",
            "const a=(top)=>top;a(top);\nexport{a as f};\n",
        ),
        (
            "export const f = (own) => own;\nf(window.own);",
            "const b=(a)=>a;b(window.own);\nexport{b as f};\n",
        ),
        // A part of an object.
        (
            "export const f = (x) => ({ x: 1, f() {}, ...x });",
            "const b=(a)=>({x:1,f(){},...a});\nexport{b as f};\n",
        ),
        (
            "export const f = ({ word: it, no = it }) => it + no;",
            "const b=({word:a,no=a})=>a+no;\nexport{b as f};\n",
        ),
        // The loop does not reach what follows.
        (
            "export function f() { for (const name of []) name(); name(); }",
            "function a(){for(const name of[])name();name()}\nexport{a as f};\n",
        ),
        // Any module is left as it is that is not of the plain kind.
        ("export const f = class { };", "export const f=class{};\n"),
        ("import * as all from \"./x.js\";", "import*as all from\"./x.js\";\n"),
        ("var a = 1; export const f = 1", "var a=1;export const f=1\n"),
        // A script that all of the page sees.
        ("function seen() {}", "function seen(){}\n"),
    ] {
        assert_eq!(packed(&[("js/main.js", text)])["js/main.js"], short, "{text}");
    }
}
