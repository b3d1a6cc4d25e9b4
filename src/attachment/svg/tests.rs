use super::*;

fn cleaned(text: &str) -> (String, Vec<String>) {
    let Cleaned { bytes, dropped } = clean(text.as_bytes()).expect(text);
    (String::from_utf8(bytes).expect("utf-8"), dropped)
}

/// A picture around something.
fn around(inside: &str) -> String {
    format!(
        "<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\" xmlns:x=\"urn:x\" viewBox=\"0 0 9 9\">{inside}</svg>"
    )
}

#[test]
fn what_runs_or_loads_goes_and_is_named() {
    let cases = [
        ("<script>alert(1)</script>", "<script>"),
        (
            "<x:g xmlns:x=\"http://www.w3.org/2000/svg\"><x:script>alert(1)</x:script></x:g>",
            "<script>",
        ),
        ("<script xmlns=\"http://www.w3.org/1999/xhtml\">alert(1)</script>", "<script>"),
        ("<rect onclick=\"alert(1)\"/>", "onclick"),
        ("<rect ONCLICK=\"alert(1)\"/>", "ONCLICK"),
        ("<a href=\"javascript:alert(1)\"><text>x</text></a>", "<a href>"),
        ("<a xlink:href=\" java&#10;script:alert(1)\"><text>x</text></a>", "<a href>"),
        ("<a href=\"data:text/html,alert(1)\"/>", "<a href>"),
        ("<use href=\"data:image/svg+xml,alert(1)#a\"/>", "<use href>"),
        ("<use href=\"other.svg#alert\"/>", "<use href>"),
        ("<image href=\"https://host.example/alert.png\"/>", "<image href>"),
        ("<image href=\"data:image/svg+xml;base64,alert\"/>", "<image href>"),
        ("<set attributeName=\"href\" to=\"javascript:alert(1)\"/>", "<set>"),
        (
            "<a><animate attributeName=\"xlink:href\" values=\"javascript:alert(1)\"/></a>",
            "<animate>",
        ),
        ("<set attributeName=\"onclick\" to=\"alert(1)\"/>", "<set>"),
        ("<style>@import url(//host/alert.css);</style>", "<style>"),
        ("<style>a{}@im<!-- -->port '//host/alert.css'</style>", "<style>"),
        ("<rect style=\"fill:url(https://host/alert#a)\"/>", "style"),
        ("<rect fill=\"url(https://host/alert#a)\"/>", "fill"),
        (
            "<foreignObject><iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"alert\"/></foreignObject>",
            "<iframe>",
        ),
        (
            "<foreignObject><img xmlns=\"http://www.w3.org/1999/xhtml\" src=\"alert\" onerror=\"x\"/></foreignObject>",
            "<img>",
        ),
        ("<handler type=\"text/javascript\">alert(1)</handler>", "<handler>"),
        ("<animate onbegin=\"alert(1)\" attributeName=\"x\" dur=\"1s\"/>", "onbegin"),
        ("<embed src=\"alert\"/>", "<embed>"),
    ];
    for (inside, named) in cases {
        let (out, dropped) = cleaned(&around(inside));
        assert!(!out.contains("alert"), "{inside}\n{out}");
        assert_eq!(dropped, [named], "{inside}\n{out}");
    }
    let (out, dropped) = cleaned(&format!(
        "<?xml version=\"1.0\"?><?xml-stylesheet href=\"alert.xsl\"?><!DOCTYPE svg>{}",
        around("<!-- alert --><g/>")
    ));
    assert!(!out.contains("alert"), "{out}");
    assert_eq!(dropped, ["<?xml-stylesheet?>"]);
}

#[test]
fn what_draws_stays_and_is_not_mentioned() {
    let inside = "<title>A &amp; B &lt;c&gt;</title><defs><linearGradient id=\"g\"><stop offset=\"1\"/></linearGradient></defs>\
        <style>.a{fill:url(#g)} g &gt; rect{x:1}</style><rect class=\"a\" data-x=\"\u{91cd}\" style=\"fill:url(#g)\"/>\
        <a href=\"https://example.com/?a=1&amp;b=2\"><text xml:space=\"preserve\">\u{91cd}\u{542f}</text></a>\
        <use xlink:href=\"#g\"/><image href=\"data:image/png;base64,AA\"/>\
        <foreignObject width=\"9\" height=\"9\"><div xmlns=\"http://www.w3.org/1999/xhtml\" style=\"color:red\">x<br/>y</div></foreignObject>\
        <animate attributeName=\"x\" from=\"1\" to=\"2\" dur=\"1s\"/>";
    let (out, dropped) = cleaned(&around(inside));
    assert_eq!(dropped, [""; 0]);
    assert!(out.contains(inside), "{out}");
    // What it wrote is what it reads.
    assert_eq!(cleaned(&out).0, out.replacen("\n\n", "\n", 1));
    // Notes of drawing programs go without a word.
    let (out, dropped) = cleaned(&around("<metadata><x:y/></metadata><x:z/><g x:label=\"a\"/>"));
    assert_eq!((out.contains("label"), dropped), (false, Vec::new()));
}

#[test]
fn a_picture_that_is_none_is_refused() {
    let long = format!("<svg>{}", "<g>".repeat(300));
    let names: String = (0..400).map(|n| format!(" xmlns:a{n}=\"urn:{n}\"")).collect();
    let bomb = format!("<svg xmlns=\"{SVG}\"{names}>{}</svg>", "<g/>".repeat(200_000));
    let cases = [
        ("", "Syntax"),
        ("GIF89a", "Syntax"),
        ("<svg><g></svg>", "Syntax"),
        ("<svg a=\"1\" a=\"2\"/>", "Syntax"),
        ("<svg>&nothing;</svg>", "Syntax"),
        ("<svg/><svg/>", "Syntax"),
        ("<html xmlns=\"http://www.w3.org/1999/xhtml\"/>", "NotSvg"),
        ("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg>&a;</svg>", "Entities"),
        (&long, "TooDeep"),
        (&bomb, "TooManyNames"),
    ];
    for (text, wanted) in cases {
        let fault = clean(text.as_bytes()).map(|cleaned| cleaned.dropped).expect_err(text);
        let start: String = text.chars().take(80).collect();
        assert!(format!("{fault:?}").starts_with(wanted), "{start}: {fault:?}");
    }
}

#[test]
fn other_encodings_come_out_as_utf_8() {
    let text = around("<text>\u{91cd}</text><script>alert(1)</script>");
    let wide: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let Cleaned { bytes, dropped } = clean(&wide).expect("utf-16");
    let out = String::from_utf8(bytes).expect("utf-8");
    assert!(out.contains("<text>\u{91cd}</text>") && !out.contains("alert"), "{out}");
    assert_eq!(dropped, ["<script>"]);
}
