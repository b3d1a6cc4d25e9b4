//! The front matter keys: one table that drives reading, typo checks and the reference page.

use crate::text::nearest::is_almost;

/// What a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One text.
    Text,
    /// A list, one scalar, or texts separated by commas.
    Texts,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Number,
    /// A whole number that is not below zero.
    Count,
    /// Further keys.
    Table,
}

/// One key.
#[derive(Debug)]
pub(crate) struct Key {
    /// Its name.
    pub name: &'static str,
    /// Names it has in other tools; read the same way.
    pub aliases: &'static [&'static str],
    /// What it holds.
    pub shape: Shape,
    /// Whether tier0 only checks it and hands it to templates, as `page.extra.NAME`.
    pub for_templates: bool,
}

const fn template_key(name: &'static str, shape: Shape) -> Key {
    Key { name, aliases: &[], shape, for_templates: true }
}

const fn key(name: &'static str, aliases: &'static [&'static str], shape: Shape) -> Key {
    Key { name, aliases, shape, for_templates: false }
}

/// Every key tier0 knows.
pub(crate) const KEYS: &[Key] = &[
    key("title", &[], Shape::Text),
    key("description", &[], Shape::Text),
    key("kind", &["type"], Shape::Text),
    key("roles", &["role"], Shape::Texts),
    key("id", &[], Shape::Text),
    key("products", &["product"], Shape::Texts),
    key("versions", &[], Shape::Text),
    key("codes", &[], Shape::Texts),
    key("shared_codes", &[], Shape::Texts),
    key("tags", &["labels"], Shape::Texts),
    key("keywords", &[], Shape::Texts),
    template_key("owner", Shape::Text),
    key("updated", &["date", "lastmod"], Shape::Text),
    key("reviewed", &[], Shape::Text),
    template_key("review_every", Shape::Text),
    key("status", &[], Shape::Text),
    template_key("priority", Shape::Text),
    template_key("urgency", Shape::Text),
    key("escalate_to", &[], Shape::Text),
    key("collect", &[], Shape::Texts),
    key("time", &[], Shape::Count),
    key("weight", &["sidebar_position"], Shape::Number),
    key("slug", &[], Shape::Text),
    key("aliases", &[], Shape::Texts),
    key("lang", &[], Shape::Text),
    key("translation_of", &[], Shape::Text),
    template_key("promoted", Shape::Flag),
    key("hide", &[], Shape::Flag),
    key("cascade", &[], Shape::Table),
];

/// What writers call keys in Chinese, and the keys.
const CHINESE: [(&str, &[&str]); 16] = [
    ("title", &["标题", "題目", "标题名称", "標題"]),
    ("description", &["描述", "摘要", "简介", "簡介"]),
    ("kind", &["类型", "文章类型", "種類"]),
    ("roles", &["角色", "读者", "讀者"]),
    ("products", &["产品", "产品名称"]),
    ("versions", &["版本"]),
    ("codes", &["错误码", "错误代码", "錯誤碼"]),
    ("tags", &["标签", "標籤"]),
    ("keywords", &["关键词", "关键字", "關鍵詞", "關鍵字"]),
    ("owner", &["负责人", "負責人"]),
    ("updated", &["日期", "更新", "更新日期", "更新时间"]),
    ("status", &["状态", "狀態"]),
    ("weight", &["权重", "排序", "顺序"]),
    ("slug", &["网址"]),
    ("aliases", &["别名", "旧网址"]),
    ("lang", &["语言", "語言"]),
];

/// The known key that an unknown one was probably meant to be.
pub(crate) fn meant(unknown: &str) -> Option<&'static str> {
    // White space that is none to YAML, and what nobody sees.
    let shown = unknown.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some((known, _)) = CHINESE.iter().find(|(_, names)| names.contains(&shown)) {
        return Some(known);
    }
    let lower = shown.to_lowercase().replace('-', "_");
    KEYS.iter()
        .flat_map(|key| std::iter::once(key.name).chain(key.aliases.iter().copied()))
        .find(|known| unknown != *known && is_almost(&lower, known))
}

/// Keys whose values decide who may read a page.
pub(crate) fn decides_readers(key: &str) -> bool {
    guards_access(key) || key == "status"
}

/// Keys that decide who may read a page: a slip here is an error, never a guess.
pub(crate) fn guards_access(key: &str) -> bool {
    matches!(key, "roles" | "role" | "cascade" | "translation_of")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a page of the help centre shows a key by itself.
    fn documents(text: &str, key: &str) -> bool {
        let mut words = text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'));
        words.any(|word| word == key)
    }

    #[test]
    fn every_front_matter_key_is_documented() {
        let pages = [
            include_str!("../../content/write/front-matter.md"),
            include_str!("../../content/write/front-matter.zh.md"),
        ];
        for key in KEYS {
            for name in std::iter::once(&key.name).chain(key.aliases) {
                for page in pages {
                    assert!(documents(page, name), "describe {name} in content/write/front-matter");
                }
            }
        }
    }
}
