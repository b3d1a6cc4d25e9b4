//! Inputs that only an attacker writes, or a program that went wrong: reading them takes time in
//! proportion to their length. Where it does not, these tests take minutes.

use super::*;
use crate::config::Audience;
use crate::syntax::{RoleWords, outline};

fn read(text: &str) -> Document {
    let options = Options {
        html: HtmlMode::Sanitize,
        is_titled: false,
        containers: Arc::default(),
        edition: Arc::new(Edition { audience: Audience::All, ..Edition::public() }),
    };
    outline(text, &RoleWords::default());
    parse(text, &options)
}

/// What texts are made of.
const TOKENS: [&str; 84] = [
    "[^",
    "](a b",
    "]（",
    "][",
    "*",
    "_",
    "**",
    "*a ",
    "a**b",
    "*（后",
    "~~",
    "[",
    "]",
    "[]",
    "[a](",
    "[a](b)",
    "![",
    "[a]",
    "[^a]",
    "](",
    "`",
    "` ",
    "``",
    "<",
    "<a ",
    "<a x=",
    "<a x='\" ",
    "<b>",
    "<div>",
    "<div></i>",
    "<p><b></p>",
    "<ul><li>",
    "<a/>",
    "<!--",
    "<!-- -->",
    "<?",
    "<x y>",
    "&",
    "&amp;",
    "&#1;",
    "|",
    "> ",
    "- ",
    "1. ",
    "- a\n",
    ":::note\n",
    ":::\n",
    "+++x\n",
    ": a\n",
    "# a\n",
    "## a\n",
    "## a {#b}\n",
    "www.",
    "(www.a",
    "http://a(",
    "http://a.b/",
    "[!DNL x] ",
    "[!DNL ",
    "[!UICONTROL x] ",
    "[!",
    "> [!NOTE]\n> a\n\n",
    "\\",
    "\n",
    "中\n",
    "a\n\n",
    "---\n",
    "```\n",
    "~~~\n",
    "[^a]: b\n",
    "[a]: b\n",
    "<td>",
    "<table><tr><td>",
    "<svg>",
    "<a href=b></a>",
    "a <b>\n\n",
    "- <b>\n",
    ":::note *a `b` [c](d) <b> {x} \n:::\n",
    ":::note {a=b",
    "## a {b c=d} ",
    "![](a){b=c}",
    "a@b.c",
    "a@",
    "<code>[a](**",
    "<p>\n**[a](b\n",
];

#[test]
fn repetition_takes_no_longer_than_text() {
    for token in TOKENS {
        read(&token.repeat(100_000 / token.len()));
    }
}

#[test]
fn growing_texts_take_no_longer_than_text() {
    let made = |make: &dyn Fn(usize) -> String| (0..5_000).map(make).collect::<String>();
    read(&made(&|i| format!("[^{i}]\n\n[^{i}]: a\n\n")));
    read(&made(&|i| format!("[a{i}]\n\n[a{i}]: b\n\n")));
    read(&made(&|i| format!("a <b class=\"{i}\">b\n\n")));
    read(&made(&|i| format!("<a id=\"x{i}\"></a>\n\n")));
    read(&format!("<a{}>", made(&|i| format!(" x{i}"))));
    read(&format!("http://a.b/{}", ")".repeat(40_000)));
    read(&format!("{}\n{}\n{}", "|a".repeat(5_000), "|-".repeat(5_000), "|b\n".repeat(5_000)));
    for (open, close) in [("[", "](a)"), ("![", "](a)"), ("*a ", "*"), ("<b>", "</b>"), ("`", "``")]
    {
        read(&format!("{} x {}", open.repeat(20_000), close.repeat(20_000)));
    }
}
