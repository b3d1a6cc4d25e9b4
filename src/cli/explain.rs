//! `tier0 explain CODE`: the help page of a diagnostic code, in the terminal.

use include_dir::{Dir, include_dir};

use super::Outcome;
use super::terminal::{self, Terminal};
use crate::article::front_matter;
use crate::diagnostic::{Code, Locale, visible};
use crate::text::nearest::Names;

static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content/diagnostics");

/// Runs the command.
pub(crate) fn run(code: &str, terminal: &Terminal) -> Outcome {
    let name = visible::line(&code.to_lowercase()).into_owned();
    let Some(code) = Code::by_name(&name) else {
        let names: Vec<_> = Code::ALL.iter().map(|code| code.definition().name).collect();
        let near = Names::new(names.iter().copied()).nearest(&name);
        let (en, zh) = near.map_or_else(Default::default, |near| {
            (format!("; did you mean `{near}`?"), format!("；是不是 `{near}`？"))
        });
        terminal.error(&terminal.locale.pick(
            format!("there is no code `{name}`{en}\n\nAll codes: {}", names.join(", ")),
            format!("没有名为 `{name}` 的诊断代码{zh}\n\n全部代码：{}", names.join("、")),
        ));
        return Outcome::Usage;
    };
    terminal::print(page(code, terminal.locale).trim_end());
    Outcome::Fine
}

/// The page of a code as markdown, its title as heading.
fn page(code: Code, locale: Locale) -> String {
    let definition = code.definition();
    let suffix = locale.pick(".md", ".zh.md");
    let file = PAGES.get_file(format!("{}{suffix}", definition.name));
    let Some(text) = file.and_then(|file| file.contents_utf8()) else {
        return format!(
            "{}\n{}",
            definition.name,
            locale.pick(definition.help_en, definition.help_zh)
        );
    };
    let block = front_matter::split(text);
    let title = text[block.content].lines().find_map(|line| line.strip_prefix("title:"));
    let title = title.unwrap_or(definition.name).trim().trim_matches('"');
    format!("# {title}\n\n{}", text[block.body_start..].trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_page_in_both_languages_and_no_page_is_left_over() {
        for code in Code::ALL {
            for suffix in [".md", ".zh.md"] {
                let name = format!("{}{suffix}", code.definition().name);
                assert!(PAGES.get_file(&name).is_some(), "content/diagnostics/{name} is missing");
            }
            assert!(page(*code, Locale::En).starts_with("# "));
        }
        for file in PAGES.files() {
            let name = file.path().to_string_lossy();
            let stem = name.trim_end_matches(".md").trim_end_matches(".zh");
            assert!(stem == "_index" || Code::by_name(stem).is_some(), "{name} explains no code");
        }
    }
}
