//! Headings by which the parts of a guide are known, in English and Chinese.

use super::guide::GuidePart;
use crate::config::Guides;
use crate::text::fold::{for_people, single_spaced};

/// What writers call each part. Compared in small letters, without numbers before them and what
/// follows a colon or dash.
const SHIPPED: [(GuidePart, &[&str]); 4] = [
    (
        GuidePart::Symptom,
        &[
            "issue",
            "issues",
            "the issue",
            "issue description",
            "description of the issue",
            "problem",
            "problems",
            "the problem",
            "problem description",
            "symptom",
            "symptoms",
            "what you see",
            "what happens",
            "error",
            "error message",
            "error messages",
            "description",
            "问题",
            "问题描述",
            "问题现象",
            "问题说明",
            "问题表现",
            "故障现象",
            "故障描述",
            "故障表现",
            "现象",
            "现象描述",
            "看到的现象",
            "你会看到",
            "您会看到",
            "症状",
            "描述",
            "错误",
            "错误消息",
            "错误信息",
            "错误提示",
            "报错",
            "报错信息",
            "报错内容",
        ],
    ),
    (
        GuidePart::AppliesTo,
        &[
            "applies to",
            "affected products",
            "affected versions",
            "affected editions",
            "affected products and versions",
            "affected versions and products",
            "affected editions and versions",
            "environment",
            "environments",
            "environment and technologies",
            "scope",
            "products and versions",
            "适用于",
            "适用范围",
            "适用产品",
            "适用版本",
            "适用产品和版本",
            "适用的产品和版本",
            "适用环境",
            "影响范围",
            "受影响的产品",
            "受影响的版本",
            "受影响的产品和版本",
            "受影响的版本和产品",
            "受影响的版本和版本",
            "受影响的范围",
            "环境",
            "环境和技术",
            "产品和版本",
        ],
    ),
    (
        GuidePart::Cause,
        &[
            "cause",
            "causes",
            "the cause",
            "root cause",
            "possible cause",
            "possible causes",
            "reason",
            "reasons",
            "why this happens",
            "why it happens",
            "原因",
            "问题原因",
            "故障原因",
            "原因分析",
            "可能原因",
            "可能的原因",
            "根本原因",
            "根因",
            "为什么会这样",
        ],
    ),
    (
        GuidePart::Solution,
        &[
            "solution",
            "solutions",
            "the solution",
            "possible solution",
            "possible solutions",
            "recommended solution",
            "resolution",
            "resolutions",
            "resolve",
            "resolve the issue",
            "resolving the issue",
            "fix",
            "the fix",
            "how to fix it",
            "how to fix",
            "what to do",
            "workaround",
            "workarounds",
            "steps to resolve",
            "solution steps",
            "recommendation",
            "recommendations",
            "patch",
            "patches",
            "apply the patch",
            "apply patch",
            "apply the patches",
            "apply patches",
            "how to apply the patch",
            "how to apply a patch",
            "解决",
            "解决方案",
            "解决方法",
            "解决办法",
            "解决步骤",
            "解决方案步骤",
            "可能的解决方案",
            "可能的解决方法",
            "推荐的解决方案",
            "如何解决",
            "怎么解决",
            "怎么办",
            "处理",
            "处理方法",
            "处理办法",
            "处理方案",
            "处理步骤",
            "处理建议",
            "修复",
            "修复方法",
            "修复步骤",
            "临时解决方案",
            "临时解决方法",
            "变通方法",
            "规避方法",
            "规避措施",
            "应对方法",
            "应用修补程序",
            "应用补丁",
            "如何应用修补程序",
            "如何应用补丁",
            "修补程序",
            "补丁",
            "补丁程序",
            "建议",
        ],
    ),
];

/// The part that a heading names.
pub(crate) fn part(heading: &str, own: &Guides) -> Option<GuidePart> {
    let folded = fold(heading);
    let is = |text: &str| {
        let names = |part: &GuidePart| {
            let shipped = SHIPPED.iter().filter(|(known, _)| known == part);
            own_headings(*part, own).iter().any(|name| fold(name) == text)
                || shipped.flat_map(|(_, names)| *names).any(|name| *name == text)
        };
        GuidePart::ALL.into_iter().find(names)
    };
    is(&folded).or_else(|| is(stem(&folded)))
}

fn own_headings(part: GuidePart, own: &Guides) -> &[String] {
    match part {
        GuidePart::Symptom => &own.symptom,
        GuidePart::AppliesTo => &own.applies_to,
        GuidePart::Cause => &own.cause,
        GuidePart::Solution => &own.solution,
    }
}

/// One form for all spellings, without the number before: `二、问题现象：` is `问题现象`.
fn fold(heading: &str) -> String {
    let text = for_people(heading);
    let is_number = |c: char| c.is_numeric() || "一二三四五六七八九十".contains(c);
    let rest = text.trim_start_matches(['(', '[', ' ', '#']).trim_start_matches(is_number);
    let numbered = rest.len() < text.len() && rest.starts_with(['.', '、', ')', ']', ':', ' ']);
    let text = if numbered { rest } else { &text };
    let is_mark = |c: char| !c.is_alphanumeric();
    let text = text.trim_matches(is_mark);
    single_spaced(text)
}

/// What stands before a colon, dash, bracket or number: `solution` of `solution 2: the database`.
fn stem(folded: &str) -> &str {
    let end = folded.find([':', '—', '–', '(', '|', '/']).or_else(|| folded.find(" - "));
    let head = folded[..end.unwrap_or(folded.len())].trim();
    let numberless =
        head.trim_end_matches(|c: char| c.is_numeric() || "一二三四五六七八九十".contains(c));
    let numberless = numberless.trim_end_matches(" #").trim_end();
    if numberless.is_empty() { head } else { numberless }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_as_writers_write_them() {
        let own = Guides { symptom: vec!["Beschwerde".to_owned()], ..Guides::default() };
        for (heading, expected) in [
            ("Issue", Some(GuidePart::Symptom)),
            ("1. Symptoms:", Some(GuidePart::Symptom)),
            ("一、问题现象", Some(GuidePart::Symptom)),
            ("问题 — 付款方法缺失", Some(GuidePart::Symptom)),
            ("BESCHWERDE", Some(GuidePart::Symptom)),
            ("受影响的产品和版本", Some(GuidePart::AppliesTo)),
            ("(2) Root cause", Some(GuidePart::Cause)),
            ("Solution 2: the database", Some(GuidePart::Solution)),
            ("解决方案一：重启", Some(GuidePart::Solution)),
            ("解决方案（推荐）", Some(GuidePart::Solution)),
            ("Ｓｏｌｕｔｉｏｎ", Some(GuidePart::Solution)),
            ("Related reading", None),
            ("常见问题", None),
            ("Issue tracker", None),
            ("", None),
            ("2.", None),
        ] {
            assert_eq!(part(heading, &own), expected, "{heading}");
        }
    }
}
