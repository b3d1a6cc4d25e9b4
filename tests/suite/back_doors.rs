//! More ways by which a text would get out that nobody looked at: layers that a stylesheet hides,
//! comments in blocks that are indented like code, lines that end as on old Macs, conditions of
//! templates, merges in quotes; and that honest texts are not taken for them.

use std::time::Instant;

use crate::support::{Run, Site};

const SECRET: &str = "quamble";

fn article(text: &str) -> Site {
    Site::new().file("content/a.md", text).file("content/index.md", "# Home\n\nHi.\n")
}

fn build(text: &str) -> Run {
    article(&format!("# A\n\nSeen.\n\n{text}\n")).build(&[])
}

fn picture(inside: &str) -> Run {
    let text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">\
         <text>Seen</text>{inside}<text>Too</text></svg>"
    );
    article("# A\n\n![x](x.svg)\n").file("content/x.svg", &text).build(&[])
}

#[test]
fn layers_that_a_stylesheet_hides_are_taken_out() {
    for inside in [
        "<style>.st0{display:none;}</style><g class=\"st0\"><text>quamble</text></g>",
        "<g class=\"a st0 b\"><text>quamble</text></g><style>/* x */ .st1 , .st0 { fill:red; visibility : hidden !important }</style>",
        "<style><![CDATA[#notes{visibility:collapse}]]></style><text id=\"notes\">quamble</text>",
        "<style>@media screen{tspan.x{opacity:0}}</style><text>Fine<tspan class=\"x\">quamble</tspan></text>",
        "<style>*.x.y{display:none}</style><g class=\"y x\"><text>quamble</text></g>",
        "<style>.x{stroke:red;font-size:0;display:none}</style><text class=\"x\">quamble</text>",
        "<text opacity=\"0\">quamble</text>",
        "<g style=\"opacity:0\"><text>quamble</text></g>",
        "<text fill-opacity=\"0\">quamble</text>",
        "<g fill-opacity=\"0\"><g><text>quamble</text></g></g>",
        "<defs><g id=\"old\"><text>quamble</text></g></defs>",
        "<symbol id=\"old\"><text>quamble</text></symbol>",
        "<defs><symbol><g id=\"old\"/><text>quamble</text></symbol></defs>",
    ] {
        let run = picture(inside).fine();
        assert_eq!(run.codes(), ["svg-cleaned"], "{inside}");
        assert!(run.output.holding(SECRET).is_empty(), "{inside}");
        let picture = run.output.text("x.svg");
        assert!(picture.contains("Seen") && picture.contains("Too"), "{picture}");
    }
    for inside in [
        "<style>g .st0{display:none}</style><g class=\"st0\"><text>quamble</text></g>",
        "<style>[id=x]{display:none}</style><g id=\"x\"><text>quamble</text></g>",
        "<style>.\\61{display:none}</style><g class=\"a\"><text>quamble</text></g>",
    ] {
        let run = picture(inside);
        assert_eq!((run.code, run.codes()), (1, vec!["svg-unreadable"]), "{inside}");
        assert!(run.output.holding(SECRET).is_empty(), "{inside}");
    }
}

#[test]
fn pictures_that_hide_nothing_stay_as_they_are() {
    for inside in [
        "<style>.st0{fill:none;opacity:.5} .st1{display:inline}</style><text class=\"st0\">quamble</text>",
        "<style>@media (prefers-color-scheme:dark){.light{display:none}}</style><text class=\"light\">quamble</text>",
        "<style>.tip{opacity:0}.all:hover .tip{opacity:1}</style><text class=\"tip\">quamble</text>",
        "<style>@keyframes x{from{opacity:0}to{opacity:1}}</style><text>quamble</text>",
        "<text opacity=\"0\">quamble<animate attributeName=\"opacity\" to=\"1\" dur=\"1s\"/></text>",
        "<rect opacity=\"0\"/><path style=\"fill-opacity:0\"/><text>quamble</text>",
        "<defs><g id=\"x\"><text>quamble</text></g></defs><use xlink:href=\"#x\"/>",
        "<defs><g><text id=\"x\">quamble</text></g></defs><use href=\"#x\"/>",
        "<defs><mask id=\"m\"><text>quamble</text></mask><linearGradient id=\"unused\"/></defs><rect mask=\"url(#m)\"/>",
        "<g fill-opacity=\"0\"><text fill-opacity=\"1\">quamble</text></g>",
    ] {
        let run = picture(inside).clean();
        assert_eq!(run.output.holding(SECRET), ["x.svg"], "{inside}");
    }
}
