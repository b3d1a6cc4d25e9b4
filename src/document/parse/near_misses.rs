//! Text that was meant as markdown and is none: what input methods make of its marks, a blank too few or
//! too many, a label that nothing defines.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diagnostic::{Code, Problem};
use crate::syntax::fences::Step;
use crate::text::cjk::is_unspaced;
use crate::text::lines::lines;

/// Why a text stays text, in English and Chinese, and how to write it.
struct Miss {
    span: Range<usize>,
    reason: (&'static str, &'static str),
    fix: (String, String),
}

/// Marks before items that some programs write.
const BULLETS: [char; 8] = ['•', '·', '●', '○', '▪', '■', '－', '・'];
/// Links and labels are no longer, in bytes: a text of nothing but brackets takes no longer than others.
const LONGEST: usize = 300;
/// As much of a text is shown, in characters.
const SHOWN: usize = 40;

/// Finds them.
pub(super) fn find(body: &str, steps: &[(Step<'_>, Range<usize>)]) -> Vec<Problem> {
    let mut misses = Vec::new();
    let text = text(body, steps, &mut misses);
    let all: Vec<(usize, &str)> = lines(&text).collect();
    let shown = |number: usize| all.get(number).map_or("", |(_, line)| line.trim());
    for (number, (start, line)) in all.iter().enumerate() {
        let (before, own, next) =
            (number.checked_sub(1).map_or("", shown), shown(number), shown(number + 1));
        if own.is_empty() {
            continue;
        }
        let at = start + line.find(own).unwrap_or(0);
        let stands_alone = before.is_empty() && next.is_empty();
        let of_line = heading(own, stands_alone)
            .or_else(|| list(before, own, next))
            .or_else(|| table(own, next));
        misses.extend(of_line.map(|(reason, fix)| Miss { span: at..at + own.len(), reason, fix }));
        links(own, at, &mut misses);
        labels(own, at, &mut misses);
        wide_marks(own, at, &mut misses);
    }
    misses.sort_by_key(|miss| miss.span.start);
    let problem = |miss: Miss| {
        let text: String = body[miss.span.clone()].chars().take(SHOWN).collect();
        let problem = Problem::new(Code::NearMiss, miss.span).with("text", text);
        let (en, zh) = miss.reason;
        problem.with_both("reason", en, zh).with_both("suggestion", miss.fix.0, miss.fix.1)
    };
    misses.into_iter().map(problem).collect()
}

/// A body in which nothing is left but text outside of code, at its place.
fn text(body: &str, steps: &[(Step<'_>, Range<usize>)], misses: &mut Vec<Miss>) -> String {
    let mut text: Vec<u8> =
        body.bytes().map(|byte| if byte == b'\n' || byte == b'\r' { byte } else { b' ' }).collect();
    let mut is_code = false;
    for (step, span) in steps {
        let Step::Event(event) = step else { continue };
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Start(Tag::Link { dest_url, .. }) => {
                misses.extend(wide_bang(body, span, dest_url));
            }
            Event::Text(_) if !is_code => {
                let is_escaped = body[..span.start].ends_with('\\');
                let skipped = body[span.clone()].chars().next().filter(|_| is_escaped);
                let start = span.start + skipped.map_or(0, char::len_utf8);
                if let Some(place) = text.get_mut(start..span.end) {
                    place.copy_from_slice(&body.as_bytes()[start..span.end]);
                }
            }
            _ => {}
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

type Found = ((&'static str, &'static str), (String, String));

fn like(line: &str) -> (String, String) {
    (format!("Write it like this: `{line}`."), format!("请这样写：`{line}`。"))
}

fn heading(line: &str, stands_alone: bool) -> Option<Found> {
    let rest = line.trim_start_matches(['#', '＃']);
    let marks = &line[..line.len() - rest.len()];
    let count = marks.chars().count();
    let first = rest.chars().next()?;
    let is_wide = marks.contains('＃');
    // One mark begins a tag or a number, too.
    let is_one =
        count == 1 && stands_alone && is_unspaced(first) && !rest.contains(['#', '＃', '。', '，']);
    let is_many = (2..=6).contains(&count) && (first.is_alphanumeric() || is_wide && first == ' ');
    (is_one || is_many).then(|| {
        let fixed = format!("{} {}", "#".repeat(count), rest.trim_start());
        let reason = if is_wide {
            ("it looks like a heading, with full-width marks", "像是标题，但用了全角的井号")
        } else {
            (
                "it looks like a heading, without a blank behind the marks",
                "像是标题，但井号后面少了空格",
            )
        };
        (reason, like(&fixed))
    })
}

/// The number that an item begins with, and its text.
fn numbered(line: &str) -> Option<(u32, &str)> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = line.get(..digits).filter(|_| (1..=3).contains(&digits))?.parse().ok()?;
    let mut rest = line[digits..].chars();
    let mark = rest.next()?;
    let text = rest.as_str();
    let is_wide = matches!(mark, '、' | '．' | '）');
    let is_glued = matches!(mark, '.' | ')') && text.starts_with(char::is_alphabetic);
    (is_wide || is_glued).then_some((number, text.trim_start()))
}

fn bulleted(line: &str) -> Option<(char, &str)> {
    let mut rest = line.chars();
    let mark = rest.next()?;
    let text = rest.as_str();
    let is_glued = matches!(mark, '-' | '*') && text.starts_with(char::is_alphabetic);
    (BULLETS.contains(&mark) || is_glued).then_some((mark, text.trim_start()))
}

/// The first of several lines that were meant as items, and run together.
fn list(before: &str, line: &str, next: &str) -> Option<Found> {
    if let (Some((number, text)), Some((second, _))) = (numbered(line), numbered(next)) {
        let is_first = numbered(before).is_none_or(|(last, _)| last + 1 != number);
        return (is_first && second == number + 1).then(|| {
            let reason =
                ("it looks like a list, and its lines run together", "像是列表，但各行会连成一段");
            (reason, like(&format!("{number}. {text}")))
        });
    }
    let ((mark, text), (second, _)) = (bulleted(line)?, bulleted(next)?);
    let is_first = bulleted(before).is_none_or(|(last, _)| last != mark);
    (is_first && second == mark).then(|| {
        let reason =
            ("it looks like a list, and its lines run together", "像是列表，但各行会连成一段");
        (reason, like(&format!("- {text}")))
    })
}

fn table(line: &str, next: &str) -> Option<Found> {
    let is_pipe = |c: char| matches!(c, '|' | '｜');
    let is_dash = |c: char| matches!(c, '-' | '—' | '－' | '─' | '–');
    let is_rule = |line: &str| {
        line.chars().filter(|c| is_pipe(*c)).count() >= 2
            && line.chars().filter(|c| is_dash(*c)).count() >= 2
            && line.chars().all(|c| is_pipe(c) || is_dash(c) || matches!(c, ' ' | ':' | '：'))
    };
    let is_wide = |line: &str| line.starts_with('｜') && line.matches('｜').count() >= 2;
    let is_meant =
        is_rule(line) && !line.is_ascii() || is_wide(line) && (is_wide(next) || is_rule(next));
    is_meant.then(|| {
        let fixed: String = line
            .chars()
            .map(|c| match c {
                '｜' => '|',
                '：' if is_rule(line) => ':',
                c if is_rule(line) && is_dash(c) => '-',
                c => c,
            })
            .collect();
        let reason =
            ("it looks like a table, with full-width marks", "像是表格，但用了全角的竖线或横线");
        (reason, like(&fixed))
    })
}

/// Whether a text is the address of something.
fn is_target(text: &str) -> bool {
    let text = text.trim();
    let first = text.split([' ', '　']).next().unwrap_or_default();
    let has_ending = text.rsplit_once('.').is_some_and(|(before, end)| {
        let end = end.split(['#', '?', ' ']).next().unwrap_or_default();
        !before.is_empty()
            && (2..=5).contains(&end.len())
            && end.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    !text.is_empty()
        && !text.contains(['。', '，', '；'])
        && (has_ending
            || first.contains("://")
            || text.starts_with(['#', '/'])
            || first.ends_with('/'))
}

fn links(line: &str, at: usize, misses: &mut Vec<Miss>) {
    for (close, mark) in line.match_indices([']', '】', '］']) {
        let behind = &line[close + mark.len()..];
        let Some(opening) = behind.chars().next().filter(|c| matches!(c, '(' | '（')) else {
            continue;
        };
        let Some(start) = left_of(line, close).rfind(['[', '【', '［']) else { continue };
        let start = start + close - left_of(line, close).len();
        let inside = right_of(&behind[opening.len_utf8()..]);
        let Some(end) = inside.find([')', '）']) else { continue };
        let (words, target) = (&line[start..close], &inside[..end]);
        if !is_target(target) {
            continue;
        }
        let begin = if line[..start].ends_with(['!', '！']) {
            start - line[..start].chars().next_back().map_or(0, char::len_utf8)
        } else {
            start
        };
        let close = close + mark.len() + opening.len_utf8() + end;
        let close = close + line[close..].chars().next().map_or(0, char::len_utf8);
        let words = words.trim_start_matches(['[', '【', '［']);
        let bang = if begin < start { "!" } else { "" };
        let narrow = mark == "]" && opening == '(' && line[..close].ends_with(')');
        let has_blank = target.contains([' ', '\t']);
        let (size, target) = match target.split_once(" =") {
            Some((target, size)) if size.starts_with(|c: char| c.is_ascii_digit() || c == 'x') => {
                (format!("{{width={}}}", size.split('x').next().unwrap_or_default()), target)
            }
            _ => (String::new(), target),
        };
        let shown = if target.contains(' ') { format!("<{target}>") } else { target.to_owned() };
        let reason = match narrow {
            true if has_blank => (
                "there is a blank in its target, so that it is no link and no picture",
                "目标里有空格，所以不是链接或图片",
            ),
            true => continue,
            false => {
                ("it looks like a link, with full-width brackets", "像是链接，但用了全角的括号")
            }
        };
        let fix = like(&format!("{bang}[{words}]({shown}){size}"));
        misses.push(Miss { span: at + begin..at + close, reason, fix });
    }
}

/// What stands before a place in a line, as far as it is looked at.
fn left_of(line: &str, at: usize) -> &str {
    &line[line.floor_char_boundary(at.saturating_sub(LONGEST))..at]
}

/// The same of what stands behind one.
fn right_of(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

/// `！[图](x.png)`: the parser sees a link.
fn wide_bang(body: &str, link: &Range<usize>, target: &str) -> Option<Miss> {
    const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif"];
    let ending = target.rsplit_once('.')?.1.to_lowercase();
    let is_meant = body[..link.start].ends_with('！') && PICTURES.contains(&ending.as_str());
    is_meant.then(|| Miss {
        span: link.start - '！'.len_utf8()..link.end,
        reason: (
            "it looks like a picture, with a full-width `！` before it",
            "像是图片，但前面是全角的 `！`",
        ),
        fix: like(&format!("!{}", &body[link.clone()])),
    })
}

fn labels(line: &str, at: usize, misses: &mut Vec<Miss>) {
    for (start, _) in line.match_indices("[^") {
        let Some(end) = right_of(&line[start..]).find(']').map(|end| start + end) else {
            continue;
        };
        let label = &line[start + 2..end];
        if label.is_empty() || label.contains([' ', '[']) {
            continue;
        }
        misses.push(Miss {
            span: at + start..at + end + 1,
            reason: ("no footnote has this label", "没有这个标记的脚注"),
            fix: (
                format!("Define it: `[^{label}]: …`. To show the brackets as text, write `\\[`."),
                format!("请写上它的定义：`[^{label}]: ……`。如果只想显示方括号，请写 `\\[`。"),
            ),
        });
    }
    for (close, _) in line.match_indices("][") {
        let Some(start) = left_of(line, close).rfind('[') else { continue };
        let start = start + close - left_of(line, close).len();
        let Some(end) = right_of(&line[close + 2..]).find(']').map(|end| close + 2 + end) else {
            continue;
        };
        let (words, label) = (&line[start + 1..close], &line[close + 2..end]);
        // `a[i][j]` is no link, and neither is what stands in another pair.
        let is_code =
            line[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || "_])".contains(c));
        let label = if label.is_empty() { words } else { label };
        let is_number = label.bytes().all(|byte| byte.is_ascii_digit());
        if is_code
            || words.is_empty()
            || is_number
            || label.contains('[')
            || words.starts_with(['!', '^'])
        {
            continue;
        }
        misses.push(Miss {
            span: at + start..at + end + 1,
            reason: ("nothing defines the label of this link", "没有定义这个链接的标记"),
            fix: (
                format!("Define it in a line of its own: `[{label}]: page.md`. To show the brackets as text, write `\\[`."),
                format!("请另起一行写上定义：`[{label}]: page.md`。如果只想显示方括号，请写 `\\[`。"),
            ),
        });
    }
}

fn wide_marks(line: &str, at: usize, misses: &mut Vec<Miss>) {
    for (mark, plain) in [("＊＊", "**"), ("｀", "`")] {
        let Some(start) = line.find(mark) else { continue };
        let inside = &line[start + mark.len()..];
        let Some(end) = inside.find(mark).filter(|end| *end > 0) else { continue };
        let span = at + start..at + start + mark.len() * 2 + end;
        let reason = ("its marks are full-width", "用了全角的标记");
        let fix = like(&format!("{plain}{}{plain}", &inside[..end]));
        misses.push(Miss { span, reason, fix });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{fences, mask, notes};

    fn fixes(body: &str) -> Vec<String> {
        let masked = mask::mask(body);
        let steps = notes::shown(fences::events(&masked), body);
        let problems = find(body, &steps);
        let fix = |problem: &Problem| {
            let help = problem.diagnostic.argument("suggestion").unwrap_or_default();
            help.split_once('`')
                .and_then(|(_, rest)| rest.split_once("`."))
                .map_or("", |(fix, _)| fix)
                .to_owned()
        };
        problems.iter().map(fix).collect()
    }

    #[test]
    fn what_looks_like_markdown_is_told_with_its_form() {
        for (body, fix) in [
            ("##标题\n", "## 标题"),
            ("#标题\n", "# 标题"),
            ("＃＃ 标题\n", "## 标题"),
            ("###Title\n\ntext\n", "### Title"),
            ("1、断电\n2、等\n3、通电\n", "1. 断电"),
            ("1.断电\n2.通电\n", "1. 断电"),
            ("先做：\n1）断电\n2）通电\n", "1. 断电"),
            ("• a\n• b\n• c\n", "- a"),
            ("－断电\n－通电\n", "- 断电"),
            ("-断电\n-通电\n", "- 断电"),
            ("| a | b |\n|——|——|\n| 1 | 2 |\n", "|--|--|"),
            ("｜a｜b｜\n｜1｜2｜\n", "|a|b|"),
            ("[重置]（b.md）\n", "[重置](b.md)"),
            ("【重置】(b.md)\n", "[重置](b.md)"),
            ("[x](y.md）\n", "[x](y.md)"),
            ("！[图](x.png)\n", "![图](x.png)"),
            ("![shot](my shot.png)\n", "![shot](<my shot.png>)"),
            ("- [g](d/two words.md#a)\n", "[g](<d/two words.md#a>)"),
            ("![s](i.png =200x)\n", "![s](i.png){width=200}"),
            ("＊＊重点＊＊ 后\n", "**重点**"),
            ("用｀ipconfig｀查看\n", "`ipconfig`"),
            ("| a |\n|---|\n| x[^7] |\n", "[^7]: …"),
            ("见[说明][没有]。\n", "[没有]: page.md"),
            ("[x][]\n", "[x]: page.md"),
        ] {
            assert_eq!(fixes(body), [fix], "{body}");
        }
    }

    #[test]
    fn everyday_text_is_none() {
        for body in [
            "`##标题` 工单 #4711 与 C#，第1、2步\n",
            "#话题# 与 #1\n",
            "1、断电\n\n2、通电\n",
            "1.5 米\n2.5 米\n",
            "```\n##x\n1、a\n2、b\n[x](a b.md)\n```\n",
            "a [x] (y z) b [1] [ ] [x](已读)\n",
            "\\[x](a b.md) \\##标题\n",
            "arr[i][j] and [a][1], [!NOTE][x]\n",
            "- a\n- b\n\n1. c\n2. d\n",
            "T[^1]\n\n[^1]: n\n\n[x][y]\n\n[y]: https://a.example\n",
            "注意：（1）断电；（2）通电【说明】（见下文）\n",
            "—— 引文 ——\n-1 和 -2\n",
            "    ##x\n    1、a\n",
            "好！[看这里](a.md)\n",
        ] {
            assert_eq!(fixes(body), [""; 0], "{body}");
        }
    }
}
