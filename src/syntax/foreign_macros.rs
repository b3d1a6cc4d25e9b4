//! Finds what macros, shortcodes and conditions of other tools say of readers, besides the tags and
//! marks of [`super::foreign_marks`].

use super::foreign_conditions;
use super::guard_words::{GuardWords, is_guard};
use super::role_marks::{name, short};
use crate::text::tag::Tag;

/// Macros in braces that show their text to some readers only.
const CONDITIONS: [&str; 12] = [
    "show-if",
    "hide-if",
    "showif",
    "hideif",
    "show-to",
    "hide-from",
    "builder-show",
    "builder-hide",
    "restrict",
    "restricted",
    "visibility",
    "private-content",
];
/// Macros in braces around a text, with a title or with settings.
const BOXES: [&str; 16] = [
    "panel",
    "expand",
    "note",
    "info",
    "tip",
    "warning",
    "excerpt",
    "details",
    "section",
    "column",
    "ui-expand",
    "card",
    "deck",
    "multi-excerpt",
    "multiexcerpt",
    "box",
];
/// Shortcodes in brackets whose text only some readers see.
const SHORTCODES: [&str; 16] = [
    "members_only",
    "members-only",
    "membersonly",
    "members",
    "member",
    "hide",
    "hidden",
    "private",
    "restricted",
    "restrict",
    "protected",
    "logged_in",
    "loggedin",
    "login_required",
    "exclude",
    "private_content",
];
/// Attributes by which documents are filtered for their readers.
const FILTERS: [&str; 9] = [
    "props",
    "otherprops",
    "condition",
    "conditions",
    "xml:condition",
    "audience",
    "filter",
    "applicability",
    "security",
];
/// Attributes that decide whether something is there at all.
const SWITCHES: [&str; 7] = ["v-if", "v-show", "x-if", "x-show", "ng-if", "*ngif", "visible"];
/// Tags of notes among writers, whose tools leave them out.
const NOTES: [&str; 5] =
    ["draft-comment", "remark", "comment", "required-cleanup", "internal-note"];
/// What a comment says that ends the public part of a text, or stands around what is not public.
const HIDING: [&str; 18] = [
    "hide",
    "hidden",
    "exclude",
    "omit",
    "nopublish",
    "no publish",
    "do not publish",
    "don't publish",
    "not public",
    "unpublished",
    "not for publication",
    "不要发布",
    "不发布",
    "勿发布",
    "请勿发布",
    "不公开",
    "隐藏",
    "草稿",
];
/// Words around these in such a comment.
const AROUND: [&str; 10] =
    ["begin", "start", "end", "stop", "below", "from here", "开始", "结束", "以下", "部分"];

/// Parameters and blocks are no longer, in bytes.
const LONGEST: usize = 300;
/// The end of a block is not looked for further away, in bytes.
const LONGEST_BLOCK: usize = 20_000;

/// Where a line holds one.
pub(super) fn in_line(line: &str, words: &GuardWords, mut found: impl FnMut(usize)) {
    let shown = line.trim_start();
    let at = line.len() - shown.len();
    let directive =
        ["ifeval::", "ifdef::", "ifndef::"].iter().find_map(|mark| shown.strip_prefix(mark));
    if directive.is_some_and(|rest| holds_guard(rest, words))
        || shown.starts_with(['#', '*']) && shown.trim_end().ends_with(":noexport:")
    {
        found(at);
    }
    if line.contains('{') {
        let braces = line.match_indices('{').map(|(at, _)| at);
        braces.filter(|at| is_macro(&line[at + 1..], words)).for_each(found);
    }
}

/// `{panel:title=Internal only}`, `{show-if:group=staff}`, `{excerpt:hidden=true}`, `{% visible=false %}`.
fn is_macro(text: &str, words: &GuardWords) -> bool {
    let inner = short(text, LONGEST);
    let Some((inner, _)) = inner.split_once('}') else { return false };
    if let Some(inner) = inner.strip_prefix(['%', ':']) {
        return inner.split_whitespace().any(is_switched_off);
    }
    let name = name(inner);
    let Some(settings) = inner[name.len()..].strip_prefix(':') else { return false };
    if settings.starts_with(' ') {
        return false;
    }
    let lower = name.to_lowercase();
    CONDITIONS.contains(&lower.as_str())
        || BOXES.contains(&lower.as_str())
            && settings.split('|').any(|setting| {
                let value = setting.split_once('=').map_or(setting, |(_, value)| value);
                is_switched_off(setting) || words.is_address(value)
            })
}

/// `visible=false`, `hidden=true`.
fn is_switched_off(pair: &str) -> bool {
    let Some((key, value)) = pair.split_once('=') else { return false };
    let (key, value) =
        (key.trim().to_lowercase(), value.trim_matches(['"', '\'', ' ']).to_lowercase());
    match key.as_str() {
        "visible" | "published" | "show" | "public" => value == "false",
        "hidden" | "hide" | "draft" | "private" | "internal" => value == "true",
        _ => false,
    }
}

/// `[members_only] … [/members_only]`.
pub(super) fn is_shortcode(text: &str) -> bool {
    let Some((inner, _)) = short(&text[1..], LONGEST).split_once(']') else { return false };
    let name = name(inner);
    SHORTCODES.contains(&name.to_lowercase().as_str())
        && short(text, LONGEST_BLOCK).contains(&format!("[/{name}]"))
}

/// Whether a tag filters its text, or is a note among writers.
pub(super) fn is_tag(tag: &Tag, text: &str, words: &GuardWords) -> bool {
    let written = &text[1..=tag.name.len().min(text.len() - 1)];
    let is_note = || {
        NOTES.contains(&&*tag.name) && short(text, LONGEST_BLOCK).contains(&format!("</{written}"))
    };
    tag.attributes.iter().any(|one| {
        let value = one.value.as_deref().unwrap_or_default();
        FILTERS.contains(&&*one.name) && holds_guard(value, words)
            || foreign_conditions::is_switch(&one.name) && holds_guard(value, words)
            || one.name == "id" && is_block_named(tag, value, &text[tag.end..])
            || SWITCHES.contains(&&*one.name) && ["false", "0", "!1"].contains(&value.trim())
    }) || is_note()
}

/// Whether a block of html has the name of a guard, and is no empty anchor.
fn is_block_named(tag: &Tag, name: &str, behind: &str) -> bool {
    let is_block = ["div", "section", "article", "aside", "details", "p"].contains(&&*tag.name);
    is_block && is_guard(name) && !behind.trim_start().starts_with("</")
}

/// Whether a text holds a word that keeps readers out.
fn holds_guard(text: &str, words: &GuardWords) -> bool {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
    let is_telling = |part: &str| is_guard(part) && part != "only" && part != "hidden";
    parts.filter(|part| !part.is_empty()).any(|part| is_telling(part) || words.is_component(part))
}

/// Whether a comment stands around what is not public: `hide`, `不要发布`, `docs:internal`,
/// `INTERNAL ONLY: not below this line`.
pub(super) fn is_hiding(comment: &str, words: &GuardWords) -> bool {
    let lower = comment.trim().to_lowercase();
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let mut rest = lower.replace([':', '-', '_', '/'], " ");
    AROUND.iter().for_each(|word| {
        rest = rest.strip_suffix(word).unwrap_or(&rest).trim().to_owned();
        rest = rest.strip_prefix(word).unwrap_or(&rest).trim().to_owned();
    });
    let is_path = !lower.contains(char::is_whitespace)
        && lower.rsplit_once([':', '/']).is_some_and(|(_, last)| is_guard(last));
    let is_begun = lower.split_once([':', '：', '—', '–']).is_some_and(|(begin, _)| {
        begin.contains(' ') && begin.split_whitespace().count() <= 3 && words.is_address(begin)
    });
    HIDING.contains(&rest.as_str())
        || is_path
        || is_begun
        || rest != lower
            && !rest.is_empty()
            && rest.split_whitespace().count() <= 2
            && words.is_address(&rest)
}
