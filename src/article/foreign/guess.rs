//! Keys that no list names, and that speak of readers all the same: by the words they are made of.
//!
//! Nobody knows every system. What plainly sounds like *not for the public* is not published.

use super::hints::*;
use super::readers::is_subject;
use super::words::*;
use super::{Effect, day};
use crate::article::times::Bound;
use crate::config::keys::form;
use crate::spanned::Value;
use crate::syntax::GuardWords;
use crate::text::fold::plain;
use crate::text::unseen::is_unseen;

/// A longer value is a text, in characters.
const LONGEST_VALUE: usize = 60;
/// Words that keep a text from readers, and as values say other things, too: `toc: hidden`.
const AMBIGUOUS: [&str; 9] =
    ["only", "hidden", "private", "secret", "restricted", "classified", "nda", "privat", "note"];

/// A key, and what stands behind it.
pub(super) struct Said<'v> {
    /// The key in its one form.
    key: String,
    /// The words that it is made of: `show_in_public`, `showInPublic`.
    pub(super) words: Vec<String>,
    /// The value, if it is one text, in the form of a key.
    word: Option<String>,
    pub(super) value: &'v Value,
}

/// What a key does that no list names.
pub(super) fn effect(key: &str, value: &Value) -> Option<Effect> {
    let word = match value {
        Value::Scalar(text) => Some(form(text)),
        _ => None,
    };
    let said = Said { key: form(key), words: words(key), word, value };
    let guess = said.of_days().or_else(|| said.keeps_out()).or_else(|| said.keeps_back());
    guess.or_else(|| said.of_other_systems()).or_else(|| said.speaks_as_texts_do())
}

/// What tags and labels say of a whole page: less than other keys do, since they also say what a
/// page is about.
pub(crate) fn effect_of_tags(key: &str, value: &Value) -> Option<Effect> {
    let items = items(value);
    let any = |known: &[&str]| items.iter().any(|item| known.contains(&item.as_str()));
    if any(&["draft", "草稿"]) {
        return Some(Effect::LikeDraft);
    }
    let is_label = !form(key).starts_with("tag") && items.len() == 1;
    (any(&ONLY_SOME) || is_label && any(&FOR_SOME)).then_some(Effect::Unread)
}

impl Said<'_> {
    pub(super) fn says(&self, known: &[&str]) -> bool {
        self.word.as_deref().is_some_and(|word| known.contains(&word))
    }

    pub(super) fn is(&self, keys: &[&str]) -> bool {
        keys.contains(&self.key.as_str())
    }

    /// Whether one of the key's words is one of these.
    pub(super) fn has(&self, known: &[&str]) -> bool {
        self.words.iter().any(|word| known.contains(&word.as_str()))
    }

    /// The same for languages without spaces.
    fn holds(&self, known: &[&str]) -> bool {
        known.iter().any(|part| self.key.contains(part))
    }

    /// Whether one of the key's words begins like this.
    fn begins(&self, known: &[&str]) -> bool {
        let begins = |word: &String| known.iter().any(|part| word.starts_with(part));
        self.words.iter().any(|word| begins(word) && !word.starts_with("publisher"))
    }

    pub(super) fn ends(&self, known: &[&str]) -> bool {
        self.words.last().is_some_and(|last| known.contains(&last.as_str()))
    }

    fn says_no(&self) -> bool {
        self.says(&NO) || self.says(&["不", "不可", "不是", "无", "关", "关闭"])
    }

    fn is_name(&self) -> bool {
        NAMING.iter().any(|part| self.key.starts_with(part) || self.key.ends_with(part))
    }

    /// Whether the key is about a part of the page, and not about the page.
    fn is_of_a_part(&self) -> bool {
        self.has(&PARTS) || self.holds(&["目录", "评论", "搜索", "导航", "侧边栏", "链接", "菜单"])
    }

    /// Whether a no becomes a yes: `not_public`.
    fn is_negated(&self) -> bool {
        self.has(&["not", "non", "no", "hide", "hidden", "exclude", "excluded", "deny"])
            || self.holds(&["不", "未", "非", "隐藏"])
    }

    /// Whether the key is about being seen by everybody.
    fn is_open(&self) -> bool {
        let is_whole = self.is(&OPEN);
        is_whole || (self.has(&OPEN_WORDS) || self.holds(&OPEN_PARTS)) && !self.is_of_a_part()
    }

    /// Days before or behind which the page is not published.
    fn of_days(&self) -> Option<Effect> {
        let bound = self.bound()?;
        if let Some(day) = day(self.value) {
            return Some(Effect::Time(bound, day));
        }
        // `release: 2.0` is no day; a day that is written in another way keeps the page back.
        let is_sure = self.begins(&["publish", "publication", "embargo", "schedul", "expir"])
            && (self.words.len() == 1 || self.ends(&DAYS))
            || self.holds(&["时间", "日期"]);
        let is_date = || self.ends(&DAYS) && self.words.len() > 1;
        if (is_sure || is_date()) && self.is_no_day() {
            return Some(Effect::NoDay);
        }
        let Value::Scalar(text) = self.value else { return None };
        let mut runs = text.split(|c: char| !c.is_ascii_digit());
        let has_year = runs.any(|run| run.len() == 4);
        let is_embargo = self.key.starts_with("embargo") && !text.is_empty() && !self.says_no();
        (is_sure && (has_year || is_embargo) || is_date() && has_year).then_some(Effect::NoDay)
    }

    fn bound(&self) -> Option<Bound> {
        let ends = self.ends(&["until", "till", "to", "through", "end"]);
        if self.begins(&["embargo"]) || self.has(&["hidden", "hide"]) && ends {
            return Some(Bound::From);
        }
        if self.has(&KEPT_THINGS) {
            return None;
        }
        let is_shown = self.begins(&["publish", "publication"]) || self.has(&SHOWN);
        let is_held = self.has(&["hold", "held", "wait", "delay", "delayed", "withhold"]) && ends
            || self.words.join(" ") == "not before";
        if is_held {
            return Some(Bound::From);
        }
        let is_until = self.begins(&["expir", "unpublish"])
            || is_shown && ends
            || self.is(&["valid", "enddate"])
            || self.holds(&["过期", "失效", "到期", "有效", "下线"]);
        if is_until {
            return Some(Bound::Until);
        }
        let is_from = self.begins(&["effectiv"])
            || self.begins(&["publish", "publication", "releas", "schedul", "launch"])
            || is_shown && self.ends(&["from", "after", "since", "at", "on", "start"])
            || self.is(&["golive", "golivedate"])
            || self.holds(&["发布", "上线", "生效", "公开", "对外"]);
        is_from.then_some(Bound::From)
    }

    /// What keeps some readers out.
    fn keeps_out(&self) -> Option<Effect> {
        let yes = self.says(&YES);
        let is_empty = self.word.as_deref().is_none_or(str::is_empty);
        let has_value = !is_empty || items(self.value).iter().any(|item| !item.is_empty());
        let is_login = self.has(&LOGIN) || self.has(&["sign"]) && self.has(&["in"]);
        let needs = self.has(&["required", "require", "requires", "need", "needs", "only"]);
        let is_against = self.has(&["hide", "hidden", "exclude", "excluded", "deny", "block"])
            && self.has(&PEOPLE);
        let is_some = self.is(&["visible", "isvisible"])
            && self.word.as_deref().is_some_and(|word| !word.is_empty())
            && !yes
            && !self.says_no()
            && !self.says(&EVERYBODY);
        let is_item = || {
            let items = items(self.value);
            items.len() != 1 || matches!(self.value, Value::List(_))
        };
        let lists = || items(self.value).iter().any(|item| FOR_SOME.contains(&item.as_str()));
        // `no_customers`
        let is_without = self.has(&["no", "not", "without", "never"])
            && self.ends(&PEOPLE)
            && !self.ends(&["public"]);
        let is_lock = is_without && yes
            || is_login && (needs && yes || self.words.len() == 1 && self.says(&["required"]))
            || is_against && yes
            || self.is(&AGAINST) && has_value && !self.says_no()
            || self.holds(&["不可见"]) && has_value && !self.says_no()
            || self.holds(&["登录可见", "需登录", "需要登录", "会员可见"]) && yes
            || self.key.contains('仅') && yes
            || self.is(&SHARING) && self.says(&SECLUDED)
            || is_some;
        if is_lock {
            return Some(Effect::Unread);
        }
        if self.is(&["category", "categories"]) {
            return effect_of_tags(&self.key, self.value);
        }
        let is_list = !self.is_name() && !self.is(&["keyword", "keywords"]) && is_item();
        (is_list && lists()).then_some(Effect::Unread)
    }

    /// Whether the value is what says in a text who reads it: `intern`, `For internal use only`. Some
    /// such words say other things of other keys.
    fn value_is_guard(&self) -> bool {
        let Value::Scalar(text) = self.value else { return false };
        // Blocks in a text of the head are told of as such.
        let is_text = text.chars().count() > LONGEST_VALUE
            || text.contains(['\n', '\r'])
            || text.contains(":::")
            || self.is(&["keyword", "keywords", "description", "summary"]);
        let is_title = is_subject(&self.key) && text.contains(char::is_whitespace);
        if is_text || is_title || self.says(&AMBIGUOUS) {
            return false;
        }
        GuardWords::default().is_address(text)
    }

    /// What says in a text who reads it: as a key that says yes, or as the value of any key.
    fn speaks_as_texts_do(&self) -> Option<Effect> {
        let is_key = || GuardWords::default().is_address(&self.words.join(" "));
        let speaks = self.says(&YES) && is_key() || !self.is_name() && self.value_is_guard();
        speaks.then_some(Effect::Unread)
    }

    /// What keeps the page from everybody.
    fn keeps_back(&self) -> Option<Effect> {
        let (yes, no) = (self.says(&YES), self.says_no());
        let is_status = self.has(&["status", "state"]) && self.has(&OF_A_STATUS)
            || self.key.contains("状态")
                && self.holds(&["发布", "公开", "审核", "审批", "文章", "文档"]);
        let is_unfinished = || {
            let is_done = self.says(&FINISHED) || self.says(&FINISHED_ELSEWHERE);
            self.says(&UNFINISHED) || self.key.contains("状态") && self.word.is_some() && !is_done
        };
        let is_draft = is_status && is_unfinished()
            || no && self.is_open() && !self.is_negated()
            || yes && self.is_open() && self.is_negated() && !self.has(&["hide", "hidden"])
            || yes && self.is(&CLOSED)
            || self.says(&UNPUBLISHED) && !self.is_name()
            || matches!(self.value, Value::List(_))
                && !self.is_name()
                && !self.is(&["keyword", "keywords"])
                && items(self.value).iter().any(|item| ["draft", "草稿"].contains(&item.as_str()));
        is_draft.then_some(Effect::LikeDraft)
    }
}

/// The texts of a list, or of single words with commas, each in the form of a key.
pub(super) fn items(value: &Value) -> Vec<String> {
    match value {
        Value::Scalar(text) => {
            let parts: Vec<&str> = text.split([',', '，', '、', ';']).map(str::trim).collect();
            let is_prose = parts.len() > 1 && parts.iter().any(|part| part.contains(' '));
            if is_prose { Vec::new() } else { parts.into_iter().map(form).collect() }
        }
        Value::List(items) => {
            let scalar = |value: &Value| match value {
                Value::Scalar(text) => Some(form(text)),
                _ => None,
            };
            items.iter().filter_map(|item| scalar(&item.value)).collect()
        }
        Value::Table(_) | Value::Null => Vec::new(),
    }
}

/// The words of a key, in lower case.
pub(super) fn words(key: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in plain(key).chars() {
        let is_seam = c.is_uppercase() && was_small;
        if is_seam || !is_unseen(c) && !c.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(last) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            last.extend(c.to_lowercase());
        }
        was_small = c.is_lowercase() || c.is_numeric();
    }
    words.retain(|word| !word.is_empty());
    words
}
