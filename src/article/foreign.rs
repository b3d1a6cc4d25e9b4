//! Keys of other systems that keep a page from readers.
//!
//! What only its own tool leaves out is left out here too; what its own tool hides is hidden. Where
//! a key names readers in words of its own, nobody can translate them, and the build stops.

use jiff::civil::Date;

use super::times::{self, Bound};
use crate::config::keys::form;
use crate::spanned::Value;

/// What a key of another system does to a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It keeps the page back.
    Draft,
    /// It keeps the page back before a day, or from one on.
    Time(Bound, Date),
    /// It keeps the page back, because it should name a day and does not.
    NoDay,
    /// It takes the page out of navigation and search.
    Hide,
    /// It says who reads, in a way that tier0 does not know.
    Unread,
}

/// Keys that keep a page back unless they say no.
const DRAFT: [&str; 15] = [
    "draft",
    "isdraft",
    "unpublished",
    "wip",
    "headless",
    "草稿",
    "workinprogress",
    "notready",
    "donotpublish",
    "dontpublish",
    "nopublish",
    "notpublished",
    "norender",
    "ignore",
    "embargoed",
];
/// Keys that keep a page back where they say no.
const VISIBLE: [&str; 6] = ["visible", "isvisible", "render", "show", "output", "enabled"];
/// Keys that keep a page back unless they say yes, or when.
const PUBLISHED: [&str; 7] =
    ["published", "publish", "ispublished", "public", "ispublic", "发布", "公开"];
/// Keys whose value is a word for how far the page is.
const STATUS: [&str; 6] =
    ["status", "publishstatus", "poststatus", "pagestatus", "workflowstatus", "状态"];
/// The same for keys that mean other things too: only words of [`UNFINISHED`] count.
const STATE: [&str; 4] = ["state", "stage", "workflow", "workflowstate"];
/// Keys that take a page out of navigation.
const HIDDEN: [&str; 5] = ["hidden", "unlisted", "navexclude", "excludefromnav", "hidefromnav"];
/// Keys that say who reads.
const READERS: [&str; 33] = [
    "audiences",
    "allowedroles",
    "allowedgroups",
    "allowedusers",
    "requiredrole",
    "requiredroles",
    "restrictedto",
    "limitedto",
    "accessroles",
    "userroles",
    "usergroups",
    "securitylevel",
    "cascaderoles",
    "visibility",
    "access",
    "accesslevel",
    "audience",
    "usersegment",
    "usersegmentid",
    "permission",
    "permissions",
    "permissiongroup",
    "viewers",
    "readers",
    "acl",
    "classification",
    "confidentiality",
    "visibleto",
    "可见范围",
    "可见性",
    "权限",
    "受众",
    "密级",
];
/// Keys that keep readers out unless they say no.
const LOCKS: [&str; 14] = [
    "private",
    "isprivate",
    "restricted",
    "protected",
    "password",
    "internal",
    "isinternal",
    "internalonly",
    "confidential",
    "secret",
    "staffonly",
    "requireslogin",
    "membersonly",
    "内部",
];
/// Keys that say when a page appears.
const FROM: [&str; 7] = [
    "publishdate",
    "publishfrom",
    "publishon",
    "publishat",
    "publishedfrom",
    "embargo",
    "发布日期",
];
/// Keys that say until when it stays.
const UNTIL: [&str; 13] = [
    "expirydate",
    "expiredate",
    "expirationdate",
    "expires",
    "expireson",
    "expiresat",
    "expiry",
    "unpublish",
    "unpublishdate",
    "unpublishon",
    "unpublishat",
    "过期日期",
    "失效日期",
];

const YES: [&str; 8] = ["true", "yes", "on", "1", "y", "t", "是", "enabled"];
const NO: [&str; 9] = ["false", "no", "off", "0", "n", "f", "否", "none", "never"];
/// Words for everybody.
const EVERYBODY: [&str; 27] = [
    "users",
    "user",
    "allusers",
    "endusers",
    "general",
    "unrestricted",
    "用户",
    "所有用户",
    "普通用户",
    "公众",
    "public",
    "everyone",
    "everybody",
    "all",
    "any",
    "anyone",
    "world",
    "open",
    "anonymous",
    "customer",
    "customers",
    "external",
    "visible",
    "公开",
    "所有人",
    "客户",
    "全部",
];
/// Words for what is published.
const FINISHED: [&str; 22] = [
    "published",
    "publish",
    "public",
    "live",
    "final",
    "done",
    "released",
    "release",
    "approved",
    "validated",
    "unvalidated",
    "verified",
    "active",
    "complete",
    "completed",
    "stable",
    "current",
    "archived",
    "已发布",
    "发布",
    "已审核",
    "完成",
];
/// Words for what is not.
const UNFINISHED: [&str; 15] = [
    "draft",
    "wip",
    "review",
    "inreview",
    "pending",
    "inprogress",
    "unpublished",
    "private",
    "internal",
    "hidden",
    "todo",
    "rejected",
    "草稿",
    "待审",
    "内部",
];

/// Words that say who reads, whatever key they are the value of.
const FOR_SOME: [&str; 14] = [
    "internal",
    "internalonly",
    "internaluse",
    "internaluseonly",
    "staff",
    "staffonly",
    "employees",
    "employeesonly",
    "confidential",
    "strictlyconfidential",
    "内部",
    "仅内部",
    "保密",
    "机密",
];

/// Parts of keys that name or place a thing: *internal* is a word of a title there.
const NAMING: [&str; 17] = [
    "label",
    "title",
    "name",
    "text",
    "excerpt",
    "parent",
    "permalink",
    "url",
    "alias",
    "breadcrumb",
    "author",
    "tag",
    "topic",
    "icon",
    "network",
    "interface",
    "antenna",
];
/// Ends of keys that are no lock: `internal_link: true`.
const NO_LOCKS: [&str; 9] = ["key", "link", "links", "network", "id", "ip", "dns", "pick", "label"];

/// Words in a longer key that lock a page if it says yes: `internal_use_only`.
const LOCKING: [&str; 11] = [
    "internal",
    "confidential",
    "private",
    "restricted",
    "employees",
    "staff",
    "vertraulich",
    "confidentiel",
    "confidencial",
    "内部",
    "保密",
];

/// Keys whose tables say what becomes of the whole page.
const OF_THE_PAGE: [&str; 7] = ["build", "publish", "page", "params", "extra", "meta", "options"];

/// Keys of a table or a list below this depth are not looked at.
const DEEPEST: usize = 8;

/// What a key does to a page, or a key inside its value: `build: { render: never }`.
pub fn effect_of_all(key: &str, value: &Value) -> Option<Effect> {
    inside(None, key, value, DEEPEST)
}

fn inside(parent: Option<&str>, key: &str, value: &Value, depth: usize) -> Option<Effect> {
    // `comments: { show: false }` is about a part of the page.
    let is_of_a_part = parent.is_some_and(|parent| !OF_THE_PAGE.contains(&form(parent).as_str()))
        && VISIBLE.contains(&form(key).as_str());
    let own = effect(key, value).filter(|_| !is_of_a_part);
    if own.is_some() || depth == 0 {
        return own;
    }
    match value {
        Value::Table(entries) => entries.iter().find_map(|entry| {
            let name = form(&entry.key);
            // Who reads is said at the top of a head, and nowhere else.
            if ["roles", "allowedroles"].contains(&name.as_str()) {
                return Some(Effect::Unread);
            }
            inside(Some(key), &entry.key, &entry.node.value, depth - 1)
        }),
        Value::List(items) => items.iter().find_map(|item| match &item.value {
            table @ Value::Table(_) => inside(parent, key, table, depth - 1),
            _ => None,
        }),
        Value::Scalar(_) | Value::Null => None,
    }
}

/// Whether a key was meant to be one of these, but for a slip of the finger.
fn is_near(key: &str, known: &[&str]) -> bool {
    let is_long = |word: &&&str| word.is_ascii() && word.len() >= 5;
    known.iter().filter(is_long).any(|word| strsim::osa_distance(key, word) == 1)
}

/// What a key does to a page; none if it is not about that, or says that everybody reads.
pub fn effect(key: &str, value: &Value) -> Option<Effect> {
    let key = form(key);
    let is = |keys: &[&str]| keys.contains(&key.as_str());
    let word = match value {
        Value::Scalar(text) => Some(form(text)),
        Value::Null => Some(String::new()),
        Value::List(_) | Value::Table(_) => None,
    };
    let says = |words: &[&str]| word.as_deref().is_some_and(|word| words.contains(&word));
    let is_empty = word.as_deref() == Some("");
    // Whatever the key: who writes `stattus: Draft` means it.
    if says(&["draft", "草稿"]) {
        return Some(Effect::Draft);
    }
    let is_name = NAMING.iter().any(|part| key.starts_with(part) || key.ends_with(part));
    if says(&FOR_SOME) && !is_name {
        return Some(Effect::Unread);
    }
    if is_near(&key, &DRAFT) && (says(&YES) || is_empty) {
        return Some(Effect::Draft);
    }
    if is(&VISIBLE) && says(&NO) {
        return Some(Effect::Draft);
    }
    if is(&DRAFT) {
        return (!says(&NO)).then_some(Effect::Draft);
    }
    if is(&PUBLISHED) {
        if let Some(day) = day(value) {
            return Some(Effect::Time(Bound::From, day));
        }
        return (!says(&YES) && !says(&FINISHED)).then_some(Effect::Draft);
    }
    if is(&STATUS) {
        return (!says(&FINISHED)).then_some(Effect::Draft);
    }
    if is(&STATE) {
        return says(&UNFINISHED).then_some(Effect::Draft);
    }
    if is(&HIDDEN) {
        return (!says(&NO)).then_some(Effect::Hide);
    }
    if is(&READERS) {
        let is_everybody = match value {
            Value::List(items) => {
                !items.is_empty() && items.iter().all(|item| is_for_all(&item.value))
            }
            one => is_for_all(one),
        };
        return (!is_everybody).then_some(Effect::Unread);
    }
    let is_lock = || !NO_LOCKS.iter().any(|end| key.ends_with(end));
    if LOCKING.iter().any(|part| key.contains(part) && key != *part) && says(&YES) && is_lock() {
        return Some(Effect::Unread);
    }
    if is(&LOCKS) {
        let is_no_password = is_empty && key == "password";
        return (!says(&NO) && !is_no_password).then_some(Effect::Unread);
    }
    let bound = if is(&FROM) { Bound::From } else { Bound::Until };
    // What never expires stays; when something appears that never does, nobody can tell.
    if !is(&FROM) && (!is(&UNTIL) || says(&NO)) {
        return None;
    }
    Some(day(value).map_or(Effect::NoDay, |day| Effect::Time(bound, day)))
}

/// Whether a value means everybody.
fn is_for_all(value: &Value) -> bool {
    matches!(value, Value::Scalar(text) if EVERYBODY.contains(&form(text).as_str()))
}

/// Whether a value is a plain yes or no, in the words that every system has.
pub fn is_plain(value: &Value) -> bool {
    let Value::Scalar(text) = value else { return false };
    let word = text.trim().to_lowercase();
    ["true", "yes", "on", "1", "false", "no", "off", "0", "draft"].contains(&word.as_str())
}

fn day(value: &Value) -> Option<Date> {
    let Value::Scalar(text) = value else { return None };
    times::day(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(key: &str, value: &str) -> Option<Effect> {
        effect(key, &Value::Scalar(value.to_owned()))
    }

    #[test]
    fn what_does_not_plainly_say_public_keeps_back() {
        for (key, value) in [
            ("draft", "y"),
            ("draft", "1.0"),
            ("draft ", "true"),
            ("Draft:", "x"),
            ("ｄｒａｆｔ", "true"),
            ("dra\u{200b}ft", "TRUE"),
            ("published", "n"),
            ("published", "0"),
            ("unpublished", "true"),
            ("wip", "true"),
            ("state", "draft"),
            ("stattus", "Draft"),
            ("publish_status", "pending"),
            ("headless", "true"),
            ("isPublic", "no"),
            ("draft", ""),
            ("is_draft", "maybe"),
            ("public", "false"),
        ] {
            assert_eq!(of(key, value), Some(Effect::Draft), "{key}: {value}");
        }
        assert_eq!(effect("draft", &Value::Null), Some(Effect::Draft));
        assert_eq!(effect("draft", &Value::List(Vec::new())), Some(Effect::Draft));
        for (key, value) in [
            ("draft", "false"),
            ("draft", "No"),
            ("published", "true"),
            ("state", "California"),
            ("stage", ""),
            ("visibility", "Public"),
            ("private", "false"),
            ("audience", "everyone"),
            ("password", ""),
            ("hidden", "false"),
            ("author", "x"),
            ("sidebar_label", "Internal"),
            ("permalink", "/internal/"),
            ("internal_link", "true"),
            ("audience", "users"),
        ] {
            assert_eq!(of(key, value), None, "{key}: {value}");
        }
    }

    #[test]
    fn words_for_readers_are_not_guessed() {
        for (key, value) in [
            ("visibility", "internal"),
            ("access", "staff"),
            ("user_segment", "Agents"),
            ("private", "true"),
            ("restricted", "x"),
            ("Permissions", "admin"),
            ("password", "x"),
            ("internal", "true"),
            ("access", ""),
        ] {
            assert_eq!(of(key, value), Some(Effect::Unread), "{key}: {value}");
        }
        assert_eq!(of("nav_exclude", "true"), Some(Effect::Hide));
    }

    #[test]
    fn keys_of_time_name_a_day() {
        let day = Date::constant(2031, 1, 2);
        for key in ["publishDate", "publish_from", "published", "发布日期"] {
            assert_eq!(of(key, "2031-01-02"), Some(Effect::Time(Bound::From, day)), "{key}");
        }
        for key in ["expiryDate", "expires", "expire_date", "unpublish"] {
            assert_eq!(of(key, "2031-01-02 10:00"), Some(Effect::Time(Bound::Until, day)), "{key}");
        }
        for (key, value) in
            [("expires", "soon"), ("expires", "true"), ("publish_on", "never"), ("publishDate", "")]
        {
            assert_eq!(of(key, value), Some(Effect::NoDay), "{key}: {value}");
        }
        assert_eq!(effect("expires", &Value::List(Vec::new())), Some(Effect::NoDay));
        assert_eq!(of("expires", "never"), None);
    }
}
