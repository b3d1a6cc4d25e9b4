use super::*;

/// A text without its comments; code stands between backticks.
fn without(text: &str) -> String {
    let marks: Vec<usize> = text.match_indices('`').map(|(at, _)| at).collect();
    let code = marks.chunks_exact(2).map(|pair| pair[0]..pair[1] + 1).collect();
    let mut left = text.to_owned();
    for comment in find(text, &Reading { code, html: Vec::new() }).comments.iter().rev() {
        left.replace_range(comment.span.clone(), if comment.is_closed { "" } else { "<open>" });
    }
    left
}

#[test]
fn comments_go_and_all_else_stays() {
    for (text, left) in [
        ("for %%i in (*) do echo %%i", "for %%i in (*) do echo %%i"),
        ("at 50 %% of it", "at 50 %% of it"),
        ("a %%b%% c", "a  c"),
        ("%%\nb\n\nc\n%%\nd", "\nd"),
        ("内%%密%%外", "内外"),
        ("{% comment %}a{% endcomment %}b", "b"),
        ("{%- comment -%}a{%- endcomment -%}b", "b"),
        ("{% comment %}a{% comment %}b{% endcomment %}c{% endcomment %}d", "d"),
        ("{% # a %}b {%- # c -%}", "b "),
        ("{# a {b} #}c{#d#}", "c"),
        ("{/* a */}b{ /* c */ }{\n/* d\n*/\n}", "b"),
        ("{{/* a */}}b{{- /* c */ -}}{{!-- d }} --}}", "b"),
        ("{{< comment >}}a{{< /comment >}}b{{% comment %}}c{{% /comment %}}", "b"),
        ("[//]: # (a (b) c)\nd", "\nd"),
        ("[comment]: <> (a\nb)\nd", "\nd"),
        ("e\n> [//]: # \"a\"\nd", "e\n> \nd"),
        ("[//]: # a\nd", "\nd"),
        ("[x]: # 'a'\nd", "\nd"),
        ("a <!-- b\n\nc --> d", "a  d"),
        ("<%# a %>b<%-- c --%>", "b"),
        ("<!---->", ""),
    ] {
        assert_eq!(without(text), left, "{text}");
    }
    for text in [
        "100%% sure",
        "%%%%%%",
        "## A {#id}",
        "## A {#id .c} `{# a #}`",
        "${#a[@]}",
        "{#if x}",
        "`%% a %%`",
        "[a]: b.md",
        "[^1]: # (a)",
        "[a](b) [//] c",
        "{{</* x */>}}",
        "{% if a %}",
        "{% comments %}",
        "\\<!-- a -->",
        "{a}",
        "x/%%20",
        "[a]: #b",
        "5 % % 3",
    ] {
        assert_eq!(without(text), text);
    }
}

#[test]
fn what_is_never_closed_hides_the_rest() {
    for text in ["a {# b", "a <!-- b", "a %% b", "a {% comment %} b {% endcoment %}", "a {/* b }"] {
        assert_eq!(without(text), "a <open>", "{text}");
    }
    assert_eq!(without("[//]: # (a\n\nb)"), "<open>");
    assert_eq!(without("{# a `#}` b"), "` b");
}
