//! Words that speak of readers where no list names the key: for guesses, and for lines of text.

/// Words for some readers that are nothing else: also as a tag.
pub(super) const ONLY_SOME: [&str; 8] = [
    "internalonly",
    "internaluse",
    "internaluseonly",
    "staffonly",
    "employeesonly",
    "strictlyconfidential",
    "仅内部",
    "内部资料",
];

/// Keys that keep a page back where they say no, and no part of longer keys.
pub(super) const OPEN: [&str; 27] = [
    "external",
    "isexternal",
    "live",
    "islive",
    "ready",
    "isready",
    "final",
    "isfinal",
    "finished",
    "done",
    "isdone",
    "complete",
    "completed",
    "iscomplete",
    "active",
    "isactive",
    "online",
    "isonline",
    "shared",
    "isshared",
    "listed",
    "permalink",
    "启用",
    "显示",
    "展示",
    "有效",
    "审核通过",
];
/// Words of keys that keep a page back where they say no: `customer_visible`.
pub(super) const OPEN_WORDS: [&str; 12] = [
    "publish",
    "published",
    "publishable",
    "publication",
    "visible",
    "viewable",
    "public",
    "publicly",
    "approved",
    "released",
    "launched",
    "facing",
];
/// The same for languages without spaces.
pub(super) const OPEN_PARTS: [&str; 5] = ["公开", "发布", "对外", "可见", "上线"];
/// Words of keys that are about a part of a page, or about something else that is public.
pub(super) const PARTS: [&str; 60] = [
    "toc",
    "comment",
    "comments",
    "search",
    "sidebar",
    "nav",
    "navbar",
    "navigation",
    "menu",
    "feed",
    "rss",
    "sitemap",
    "footer",
    "header",
    "link",
    "links",
    "url",
    "chat",
    "demo",
    "author",
    "tag",
    "tags",
    "breadcrumb",
    "breadcrumbs",
    "time",
    "date",
    "dates",
    "image",
    "cover",
    "banner",
    "logo",
    "icon",
    "social",
    "title",
    "description",
    "summary",
    "math",
    "code",
    "pagination",
    "edit",
    "rating",
    "feedback",
    "votes",
    "likes",
    "related",
    "ads",
    "analytics",
    "widget",
    "button",
    "ip",
    "key",
    "dns",
    "network",
    "api",
    "address",
    "repo",
    "repository",
    "cloud",
    "bucket",
    "enable",
];
/// Keys that keep a page back where they say yes.
pub(super) const CLOSED: [&str; 29] = [
    "disabled",
    "isdisabled",
    "deleted",
    "isdeleted",
    "exclude",
    "excluded",
    "eleventyexcludefromcollections",
    "excludefromcollections",
    "excludefromsite",
    "excludefrombuild",
    "excludefromoutput",
    "trashed",
    "removed",
    "expired",
    "isexpired",
    "scheduled",
    "isscheduled",
    "notpublic",
    "notforpublication",
    "禁用",
    "停用",
    "删除",
    "已删除",
    "下线",
    "已下线",
    "待审",
    "待审核",
    "待发布",
    "作废",
];
/// Values that keep a page back, whatever the key.
pub(super) const UNPUBLISHED: [&str; 12] = [
    "unpublished",
    "notpublished",
    "notyetpublished",
    "donotpublish",
    "notpublic",
    "notforpublication",
    "未发布",
    "未公开",
    "不公开",
    "不发布",
    "不对外",
    "待发布",
];
/// Words of keys of a status that is the page's.
pub(super) const OF_A_STATUS: [&str; 11] = [
    "publish",
    "publishing",
    "publication",
    "published",
    "review",
    "approval",
    "article",
    "doc",
    "document",
    "page",
    "content",
];
/// What is published, in words of other systems.
pub(super) const FINISHED_ELSEWHERE: [&str; 10] =
    ["已上线", "上线", "公开", "已公开", "正常", "通过", "已通过", "审核通过", "有效", "已完成"];
/// Keys that name those who do not read.
pub(super) const AGAINST: [&str; 14] = [
    "hiddenfrom",
    "hidefrom",
    "hiddenfor",
    "hidefor",
    "notfor",
    "notvisibleto",
    "notvisiblefor",
    "excludedfor",
    "excludefor",
    "excluderoles",
    "excludedroles",
    "denyroles",
    "denyto",
    "deny",
];
/// Words for the readers of a public site.
pub(super) const PEOPLE: [&str; 13] = [
    "customer",
    "customers",
    "client",
    "clients",
    "public",
    "external",
    "user",
    "users",
    "everyone",
    "guest",
    "guests",
    "visitors",
    "anonymous",
];
/// Words of keys that ask who somebody is.
pub(super) const LOGIN: [&str; 11] = [
    "login",
    "signin",
    "auth",
    "authentication",
    "authenticated",
    "authorization",
    "password",
    "membership",
    "members",
    "subscription",
    "subscribers",
];
/// Keys that say how a page is shared, among other things.
pub(super) const SHARING: [&str; 14] = [
    "privacy",
    "layout",
    "template",
    "sharing",
    "share",
    "scope",
    "mode",
    "level",
    "distribution",
    "exposure",
    "security",
    "sensitivity",
    "publication",
    "listing",
];
/// What they say of pages that are not for everybody.
pub(super) const SECLUDED: [&str; 9] = [
    "private",
    "restricted",
    "protected",
    "secret",
    "members",
    "membersonly",
    "私有",
    "私密",
    "受限",
];

/// Last words of keys that name a day.
pub(super) const DAYS: [&str; 10] =
    ["at", "on", "date", "day", "time", "datetime", "from", "until", "till", "after"];
/// Words of keys that name a day, with another word that says which.
pub(super) const SHOWN: [&str; 10] = [
    "valid",
    "validity",
    "visible",
    "show",
    "shown",
    "available",
    "display",
    "online",
    "live",
    "public",
];
/// Things that have days of their own.
pub(super) const KEPT_THINGS: [&str; 10] = [
    "certificate",
    "cert",
    "token",
    "license",
    "licence",
    "warranty",
    "domain",
    "support",
    "key",
    "publisher",
];

// Of lines of text, which speak of many things.
/// Keys that name roles.
pub(super) const ROLES: [&str; 6] = ["roles", "role", "角色", "读者", "可见角色", "阅读角色"];
/// Keys that say who reads, besides [`READERS`].
pub(super) const SHARING_IN_TEXT: [&str; 9] = [
    "edition",
    "editions",
    "privacy",
    "distribution",
    "sensitivity",
    "sharing",
    "保密级别",
    "公开范围",
    "阅读权限",
];
/// Keys of a status, besides [`STATUS`].
pub(super) const STATUS_IN_TEXT: [&str; 6] =
    ["publicationstatus", "documentstatus", "articlestatus", "发布状态", "文档状态", "文章状态"];
/// What they say of pages that are not published.
pub(super) const NOT_DONE: [&str; 14] = [
    "notstarted",
    "未开始",
    "撰写中",
    "编写中",
    "未完成",
    "wip",
    "workinprogress",
    "unpublished",
    "notpublished",
    "private",
    "donotpublish",
    "未发布",
    "未公开",
    "待发布",
];
/// Keys that keep a page back where they say no.
pub(super) const VISIBLE_IN_TEXT: [&str; 9] = [
    "visible",
    "isvisible",
    "customerfacing",
    "customervisible",
    "publicfacing",
    "external",
    "可否对外",
    "是否公开",
    "对外",
];
/// Parts of keys that say for whom a page is.
pub(super) const READER_PARTS: [&str; 15] = [
    "audience",
    "readers",
    "viewers",
    "visibility",
    "visibleto",
    "受众",
    "读者",
    "对象",
    "人群",
    "权限",
    "可见",
    "密级",
    "保密",
    "可读",
    "阅读者",
];
/// Words for staff in such a value, and for what only staff may know.
pub(super) const STAFF_WORDS: [&str; 10] = [
    "internal",
    "staff",
    "agents",
    "employees",
    "employee",
    "personnel",
    "confidential",
    "secret",
    "coworkers",
    "colleagues",
];
/// The same for languages without spaces.
pub(super) const STAFF_PARTS: [&str; 17] = [
    "内部",
    "內部",
    "员工",
    "員工",
    "客服",
    "坐席",
    "座席",
    "运维",
    "技术支持",
    "同事",
    "秘密",
    "机密",
    "绝密",
    "保密",
    "工程师",
    "售后",
    "内勤",
];
