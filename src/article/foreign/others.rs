//! Keys of single systems that neither a list nor a guess by words finds: those of Mintlify, Redocly,
//! GitBook, HubSpot, ServiceNow, Salesforce, Guru, Strapi and the like.

use super::Effect;
use super::guess::{Said, items};
use super::hints::SECLUDED;
use super::words::{EVERYBODY, FOR_SOME, NO, UNFINISHED, YES};
use crate::spanned::Value;

/// Keys that restrict a page whatever they say, unless it is nothing or everybody.
const RESTRICTING: [&str; 22] = [
    "groups",
    "rbac",
    "if",
    "showif",
    "visibleif",
    "conditions",
    "restrictions",
    "restriction",
    "restrictto",
    "canread",
    "cannotread",
    "canreadusercriteria",
    "cannotreadusercriteria",
    "usercriteria",
    "whocanview",
    "whocanread",
    "sharedwith",
    "sharewith",
    "accessgroups",
    "viewgroups",
    "readgroups",
    "verifiedgroups",
];
/// Keys that say with whom a page is shared, or where it lies, among other things.
const PLACES: [&str; 14] = [
    "site",
    "space",
    "sharestatus",
    "shared",
    "articleaccess",
    "contentaccess",
    "pageaccess",
    "articletype",
    "segment",
    "segments",
    "sharescope",
    "linksharing",
    "linksharestatus",
    "docaccess",
];
/// What they say of pages that are for some.
const CLOSED_PLACES: [&str; 16] = [
    "private",
    "restricted",
    "team",
    "teamonly",
    "me",
    "owner",
    "organization",
    "organisation",
    "company",
    "tenant",
    "workspace",
    "members",
    "agent",
    "agents",
    "closed",
    "tenanteditable",
];
/// Who has something to themselves: `team_only`.
const OWNERS: [&str; 20] = [
    "team",
    "owner",
    "owners",
    "admin",
    "admins",
    "member",
    "members",
    "staff",
    "agent",
    "agents",
    "author",
    "authors",
    "editor",
    "editors",
    "partner",
    "partners",
    "employee",
    "employees",
    "company",
    "org",
];
/// Words of keys about being shown to somebody.
const SHOWING: [&str; 9] =
    ["show", "shown", "share", "display", "access", "view", "viewable", "accessible", "readable"];
/// To whom.
const PUBLIC: [&str; 12] = [
    "customer",
    "customers",
    "client",
    "clients",
    "public",
    "external",
    "everyone",
    "guest",
    "guests",
    "anonymous",
    "visitors",
    "outside",
];
/// Words for a day that nobody knows yet.
const NO_DAYS: [&str; 12] = [
    "tbd",
    "tba",
    "tbc",
    "soon",
    "later",
    "pending",
    "unknown",
    "notyet",
    "待定",
    "未定",
    "待发布",
    "另行通知",
];

impl Said<'_> {
    /// What keeps the page from some or from all.
    pub(super) fn of_other_systems(&self) -> Option<Effect> {
        let (yes, no) = (self.says(&YES), self.says(&NO));
        let is_empty = matches!(self.value, Value::Null) || self.says(&[""]);
        let is_empty_list = matches!(self.value, Value::List(items) if items.is_empty());
        let is_one_of_many = |known: &[&str]| {
            let items = items(self.value);
            !items.is_empty() && items.iter().all(|item| known.contains(&item.as_str()))
        };
        let is_restricted = self.is(&RESTRICTING)
            && !(is_empty || is_empty_list || no || yes || is_one_of_many(&EVERYBODY));
        let is_secluded = self.is(&PLACES)
            && (self.says(&CLOSED_PLACES) || self.says(&SECLUDED) || self.says(&FOR_SOME));
        let is_only = self.ends(&["only"]) && self.words.len() == 2 && self.has(&OWNERS) && yes;
        let is_login = self.is(&["login", "auth", "authenticated", "signin"]) && yes;
        let is_nda = self.has(&["nda"]) && !(is_empty || no);
        let is_tlp = self.is(&["tlp"])
            && !is_empty
            && !self.says(&["clear", "white", "tlpclear", "tlpwhite"]);
        let is_channel = self.is(&["channels"]) && is_one_of_many(&["app", "csp", "prm"]);
        let is_unshared = self.is(&["sharing"]) && no;
        if is_restricted
            || is_secluded
            || is_only
            || is_login
            || is_nda
            || is_tlp
            || is_channel
            || is_unshared
        {
            return Some(Effect::Unread);
        }
        let is_kept = no && self.has(&SHOWING) && self.has(&PUBLIC)
            || self.is(&["approved", "isapproved", "visible", "isvisible"])
                && (self.says(&UNFINISHED) || is_empty)
            || self.is(&["display", "shown"])
                && self.says(&["hidden", "none", "hide", "no", "false"]);
        is_kept.then_some(Effect::LikeDraft)
    }

    /// A day of publishing that is not given yet.
    pub(super) fn is_no_day(&self) -> bool {
        let is_empty = matches!(self.value, Value::Null) || self.says(&[""]);
        self.says(&NO_DAYS)
            || is_empty
                && self.words.first().is_some_and(|word| word == "published")
                && self.words.len() == 2
    }
}
