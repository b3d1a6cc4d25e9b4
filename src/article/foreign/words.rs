//! Words of other systems that speak of who reads a page, and when. All in one form: see
//! [`crate::config::keys::form`].

/// Keys that keep a page back unless they say no.
pub(super) const DRAFT: [&str; 15] = [
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
pub(super) const VISIBLE: [&str; 6] =
    ["visible", "isvisible", "render", "show", "output", "enabled"];
/// Keys that keep a page back unless they say yes, or when.
pub(super) const PUBLISHED: [&str; 7] =
    ["published", "publish", "ispublished", "public", "ispublic", "发布", "公开"];
/// Keys whose value is a word for how far the page is.
pub(super) const STATUS: [&str; 6] =
    ["status", "publishstatus", "poststatus", "pagestatus", "workflowstatus", "状态"];
/// The same for keys that mean other things too: only words of [`UNFINISHED`] count.
pub(super) const STATE: [&str; 4] = ["state", "stage", "workflow", "workflowstate"];
/// Keys that take a page out of navigation.
pub(super) const HIDDEN: [&str; 6] =
    ["隐藏", "hidden", "unlisted", "navexclude", "excludefromnav", "hidefromnav"];
/// Keys that say who reads.
pub(super) const READERS: [&str; 33] = [
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
pub(super) const LOCKS: [&str; 16] = [
    "保密",
    "机密",
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
pub(super) const FROM: [&str; 7] = [
    "publishdate",
    "publishfrom",
    "publishon",
    "publishat",
    "publishedfrom",
    "embargo",
    "发布日期",
];
/// Keys that say until when it stays.
pub(super) const UNTIL: [&str; 13] = [
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

pub(super) const YES: [&str; 22] = [
    "true", "yes", "on", "1", "y", "t", "是", "enabled", "ja", "oui", "si", "sí", "sì", "sim",
    "да", "はい", "예", "tak", "evet", "wahr", "vrai", "vero",
];
pub(super) const NO: [&str; 17] = [
    "false",
    "no",
    "off",
    "0",
    "n",
    "f",
    "否",
    "none",
    "never",
    "nein",
    "non",
    "nej",
    "nee",
    "não",
    "нет",
    "いいえ",
    "아니요",
];
/// Words for everybody.
pub(super) const EVERYBODY: [&str; 28] = [
    "free",
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
/// Those who use a product in a way of their own: readers of a public site, unless a role has their name.
pub(super) const USERS: [&str; 18] = [
    "administrator",
    "administrators",
    "admin",
    "admins",
    "developer",
    "developers",
    "programmer",
    "programmers",
    "itpro",
    "itpros",
    "beginner",
    "beginners",
    "expert",
    "experts",
    "advanced",
    "newcomers",
    "管理员",
    "开发者",
];
/// Keys that ask for something before a page is read: none is nothing.
pub(super) const ASKING: [&str; 8] = [
    "permission",
    "permissions",
    "acl",
    "requiredrole",
    "requiredroles",
    "restrictedto",
    "limitedto",
    "权限",
];
/// Words for what is published.
pub(super) const FINISHED: [&str; 22] = [
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
pub(super) const UNFINISHED: [&str; 15] = [
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
pub(super) const FOR_SOME: [&str; 14] = [
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
pub(super) const NAMING: [&str; 20] = [
    "region",
    "brand",
    "environment",
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
pub(super) const NO_LOCKS: [&str; 9] =
    ["key", "link", "links", "network", "id", "ip", "dns", "pick", "label"];

/// Words in a longer key that lock a page if it says yes: `internal_use_only`.
pub(super) const LOCKING: [&str; 11] = [
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
pub(super) const OF_THE_PAGE: [&str; 7] =
    ["build", "publish", "page", "params", "extra", "meta", "options"];
