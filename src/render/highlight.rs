//! Code to spans with classes, for the languages people write support articles in.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use crate::text::html::escape;

/// Larger blocks are logs and dumps: colours help nobody there and cost time.
const LARGEST: usize = 64 * 1024;
/// The same for all blocks of a page together: grammars take seconds for what is no code.
const LARGEST_PAGE: usize = 128 * 1024;
/// The same for single lines; grammars are slow on them.
const LONGEST_LINE: usize = 2 * 1024;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Scope prefixes and the class they get: the first that fits the innermost scope wins.
static CLASSES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    [
        ("comment", "hl-comment"),
        ("string", "hl-string"),
        ("constant.numeric", "hl-number"),
        ("constant", "hl-constant"),
        ("keyword.operator", "hl-operator"),
        ("keyword", "hl-keyword"),
        ("storage", "hl-keyword"),
        ("entity.name.function", "hl-function"),
        ("entity.name.tag", "hl-tag"),
        ("entity.name", "hl-type"),
        ("entity.other.attribute-name", "hl-attribute"),
        ("entity.other.inherited-class", "hl-type"),
        ("support.function", "hl-function"),
        ("support.type.property-name", "hl-attribute"),
        ("support", "hl-type"),
        ("variable.function", "hl-function"),
        ("variable", "hl-variable"),
        ("markup.inserted", "hl-inserted"),
        ("markup.deleted", "hl-deleted"),
        ("meta.diff", "hl-keyword"),
        ("punctuation.definition.comment", "hl-comment"),
        ("punctuation.definition.string", "hl-string"),
    ]
    .into_iter()
    .filter_map(|(prefix, class)| Some((Scope::new(prefix).ok()?, class)))
    .collect()
});

/// Names that writers use and the grammars do not.
const ALIASES: [(&str, &str); 10] = [
    ("shell", "bash"),
    ("terminal", "bash"),
    ("console", "bash"),
    ("curl", "bash"),
    ("mysql", "sql"),
    ("mariadb", "sql"),
    ("clike", "c"),
    ("gql", "graphql"),
    ("conf", "ini"),
    ("jsonc", "json"),
];

/// Code as html, escaped, with spans where the language is known. `done` counts how much of a
/// page's code got them so far.
pub(crate) fn highlight(language: &str, code: &str, done: &mut usize) -> String {
    let spans = if *done + code.len() > LARGEST_PAGE { None } else { spans(language, code) };
    if spans.is_some() {
        *done += code.len();
    }
    spans.unwrap_or_else(|| {
        let mut plain = String::with_capacity(code.len() + code.len() / 8);
        escape(code, &mut plain);
        plain
    })
}

fn syntax(language: &str, code: &str) -> Option<&'static SyntaxReference> {
    let language =
        ALIASES.iter().find(|(alias, _)| *alias == language).map_or(language, |(_, name)| name);
    match language {
        "" | "text" | "txt" | "plain" | "plaintext" | "code" => None,
        // Snippets rarely begin with the opening tag that the PHP grammar waits for.
        "php" if !code.contains("<?") => SYNTAXES.find_syntax_by_name("PHP Source"),
        other => SYNTAXES.find_syntax_by_token(other),
    }
}

fn spans(language: &str, code: &str) -> Option<String> {
    if code.len() > LARGEST || code.lines().any(|line| line.len() > LONGEST_LINE) {
        return None;
    }
    let mut parser = ParseState::new(syntax(language, code)?);
    let mut scopes = ScopeStack::new();
    let mut out = Spans { html: String::with_capacity(code.len() * 3), class: None };
    for line in LinesWithEndings::from(code) {
        let mut at = 0;
        for (offset, operation) in parser.parse_line(line, &SYNTAXES).ok()? {
            out.put(line.get(at..offset)?, class(&scopes));
            at = offset;
            scopes.apply(&operation).ok()?;
        }
        out.put(&line[at..], class(&scopes));
    }
    out.close();
    Some(out.html)
}

fn class(scopes: &ScopeStack) -> Option<&'static str> {
    scopes.as_slice().iter().rev().find_map(|scope| {
        CLASSES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
    })
}

/// Html with at most one span open.
struct Spans {
    html: String,
    class: Option<&'static str>,
}

impl Spans {
    fn put(&mut self, text: &str, class: Option<&'static str>) {
        if text.is_empty() {
            return;
        }
        // White space has no colour, so it never splits a span.
        if class != self.class && !text.trim().is_empty() {
            self.close();
            if let Some(class) = class {
                self.html.push_str("<span class=\"");
                self.html.push_str(class);
                self.html.push_str("\">");
            }
            self.class = class;
        }
        escape(text, &mut self.html);
    }

    fn close(&mut self) {
        if self.class.take().is_some() {
            self.html.push_str("</span>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_promised_language_has_a_grammar() {
        for name in [
            "bash",
            "php",
            "sql",
            "yaml",
            "json",
            "xml",
            "html",
            "css",
            "javascript",
            "typescript",
            "graphql",
            "python",
            "java",
            "c",
            "c++",
            "go",
            "rust",
            "toml",
            "diff",
            "nginx",
            "ini",
            "mysql",
            "shell",
        ] {
            assert!(syntax(name, "").is_some(), "{name}");
        }
    }

    #[test]
    fn code_is_escaped_and_complete() {
        let html = highlight("bash", "echo \"<b>\" # & done\n", &mut 0);
        assert!(html.contains("hl-comment") && html.contains("&lt;b&gt;"), "{html}");
        assert_eq!(highlight("nonsense", "<a>", &mut 0), "&lt;a&gt;");
        assert_eq!(highlight("bash", "# a", &mut LARGEST_PAGE.clone()), "# a");
    }
}
