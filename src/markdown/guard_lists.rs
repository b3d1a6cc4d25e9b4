//! The words and keys by which [`super::guard_words`] knows what speaks of readers.

/// Words that name what is not for everybody; lower case. Those that are not ASCII count inside
/// another word too.
pub const GUARDS: [&str; 66] = [
    "internal",
    "only",
    "private",
    "staff",
    "confidential",
    "restricted",
    "secret",
    "classified",
    "hidden",
    "nda",
    "employee",
    "employees",
    "intern",
    "vertraulich",
    "geheim",
    "privat",
    "interne",
    "internes",
    "confidentiel",
    "confidentielle",
    "interno",
    "interna",
    "confidencial",
    "privado",
    "privada",
    "reservado",
    "riservato",
    "confidenziale",
    "vertrouwelijk",
    "internt",
    "poufne",
    "dahili",
    "gizli",
    "privé",
    "wewnętrzne",
    "interní",
    "nội",
    "内部",
    "內部",
    "保密",
    "机密",
    "機密",
    "绝密",
    "秘密",
    "对内",
    "内网专用",
    "仅员工",
    "社内",
    "社外秘",
    "部外秘",
    "非公開",
    "極秘",
    "내부",
    "비공개",
    "기밀",
    "사내",
    "대외비",
    "внутренн",
    "конфиденциальн",
    "секретн",
    "служебн",
    "داخلي",
    "سري",
    "פנימי",
    "आंतरिक",
    "गोपनीय",
];

/// Guards that are words of everyday prose too: alone they say much, before another word little.
pub const CORE: [&str; 4] = ["internal", "内部", "內部", "社内"];

/// What an internal thing is, where the word speaks of machines and not of readers.
pub const MACHINES: [&str; 60] = [
    "site",
    "sites",
    "system",
    "systems",
    "component",
    "components",
    "structure",
    "站点",
    "网站",
    "系统",
    "接口",
    "调用",
    "异常",
    "状态",
    "结构",
    "原理",
    "机制",
    "组件",
    "模块",
    "代码",
    "时钟",
    "通信",
    "error",
    "errors",
    "server",
    "network",
    "networks",
    "ip",
    "address",
    "storage",
    "memory",
    "battery",
    "link",
    "links",
    "antenna",
    "microphone",
    "speaker",
    "disk",
    "drive",
    "clock",
    "port",
    "ports",
    "state",
    "fault",
    "failure",
    "temperature",
    "and",
    "错误",
    "錯誤",
    "服务器",
    "網路",
    "网络",
    "存储",
    "内存",
    "电池",
    "链接",
    "地址",
    "故障",
    "温度",
    "端口",
];

/// What makes an address of readers out of a role before it.
pub const FOR: [&str; 6] = ["only", "notes", "专用", "专属", "限定", "可见"];

/// What does so behind a guard, too.
pub const FOR_GUARDS: [&str; 8] =
    ["note", "use", "info", "information", "eyes", "使用", "资料", "用"];

/// What limits the readers in Chinese.
pub const LIMITS: [&str; 5] = ["仅限", "仅", "只限", "只给", "限"];

/// Attributes that say who reads, without `data-` before them.
pub const KEYS: [&str; 17] = [
    "roles",
    "role",
    "audience",
    "visibility",
    "visible-to",
    "visible_to",
    "access",
    "readers",
    "reader",
    "viewers",
    "permission",
    "permissions",
    "restricted",
    "internal",
    "only",
    "角色",
    "读者",
];

/// Attributes whose values are words to go by.
pub const CLASSES: [&str; 8] =
    ["class", "classname", "type", "kind", "name", "style", "variant", "role"];

/// Keys that mean other things as well: in running text and in html only their value tells.
pub const COMMON_KEYS: [&str; 6] =
    ["role", "access", "permission", "permissions", "reader", "readers"];

/// How a title begins that names readers behind it.
pub const ADDRESSES: [&str; 9] = [
    "for ",
    "visible to ",
    "visible only to ",
    "only visible to ",
    "restricted to ",
    "limited to ",
    "shown to ",
    "only shown to ",
    "intended for ",
];

/// What a title says that takes customers out.
pub const NOT_FOR: [&str; 16] = [
    "not for customer",
    "not for client",
    "not for public",
    "not for external",
    "not for distribution",
    "do not share with",
    "don't share with",
    "do not publish",
    "not visible to customer",
    "客户不可见",
    "对客户隐藏",
    "不对外",
    "勿外传",
    "客户看不到",
    "仅供内部",
    "内部使用",
];
