//! Languages by all that they are called in names of files: in English, by themselves, in Chinese, and by
//! the codes of ISO 639-2.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Languages by their code, and what else they are called.
const SPELLED: [(&str, &[&str]); 50] = [
    ("en", &["eng", "english", "英文", "英语", "英語"]),
    (
        "zh",
        &[
            "cn",
            "chs",
            "cht",
            "zho",
            "chi",
            "chinese",
            "mandarin",
            "zhongwen",
            "中文",
            "汉语",
            "漢語",
            "简体",
            "繁体",
            "繁體",
            "简体中文",
            "繁体中文",
            "繁體中文",
            "简中",
            "繁中",
            "zhcn",
            "zhtw",
            "中国語",
            "중국어",
        ],
    ),
    ("ja", &["jp", "jpn", "japanese", "nihongo", "日本語", "日文", "日语", "日語"]),
    ("ko", &["kr", "kor", "korean", "한국어", "韩文", "韩语", "韓文", "韓語"]),
    ("fr", &["fra", "fre", "french", "français", "francais", "法文", "法语", "法語"]),
    ("de", &["deu", "ger", "german", "deutsch", "德文", "德语", "德語"]),
    ("es", &["spa", "spanish", "español", "espanol", "castellano", "西班牙文", "西班牙语"]),
    ("it", &["ita", "italian", "italiano", "意大利文", "意大利语"]),
    ("pt", &["por", "portuguese", "português", "portugues", "葡萄牙文", "葡萄牙语"]),
    ("ru", &["rus", "russian", "русский", "russkij", "俄文", "俄语", "俄語"]),
    ("uk", &["ukr", "ukrainian", "українська", "乌克兰语"]),
    ("nl", &["nld", "dut", "dutch", "nederlands", "荷兰语"]),
    ("pl", &["pol", "polish", "polski", "波兰语"]),
    ("cs", &["ces", "cze", "czech", "čeština", "cestina", "捷克语"]),
    ("sk", &["slk", "slovak", "slovenčina", "slovencina"]),
    ("sl", &["slv", "slovenian", "slovene", "slovenščina"]),
    ("hr", &["hrv", "croatian", "hrvatski"]),
    ("sr", &["srp", "serbian", "srpski", "српски"]),
    ("bg", &["bul", "bulgarian", "български"]),
    ("ro", &["ron", "rum", "romanian", "română", "romana"]),
    ("hu", &["hun", "hungarian", "magyar", "匈牙利语"]),
    ("el", &["ell", "gre", "greek", "ελληνικά", "ελληνικα", "希腊语"]),
    ("tr", &["tur", "turkish", "türkçe", "turkce", "土耳其语"]),
    ("ar", &["ara", "arabic", "العربية", "阿拉伯语", "阿拉伯文"]),
    ("he", &["heb", "hebrew", "עברית"]),
    ("fa", &["fas", "per", "persian", "farsi", "فارسی"]),
    ("hi", &["hin", "hindi", "हिन्दी", "印地语"]),
    ("bn", &["ben", "bengali", "বাংলা"]),
    ("ta", &["tam", "tamil", "தமிழ்"]),
    ("te", &["tel", "telugu", "తెలుగు"]),
    ("ur", &["urd", "urdu", "اردو"]),
    ("th", &["tha", "thai", "ไทย", "泰文", "泰语"]),
    ("vi", &["vie", "vietnamese", "tiếng việt", "tiếng-việt", "越南文", "越南语"]),
    ("id", &["ind", "indonesian", "bahasa", "bahasa indonesia", "印尼语"]),
    ("ms", &["msa", "malay", "melayu", "马来语"]),
    ("tl", &["tgl", "fil", "tagalog", "filipino"]),
    ("sv", &["swe", "swedish", "svenska", "瑞典语"]),
    ("da", &["dan", "danish", "dansk", "丹麦语"]),
    ("nb", &["nob", "nor", "norwegian", "norsk", "bokmål", "挪威语"]),
    ("fi", &["fin", "finnish", "suomi", "芬兰语"]),
    ("et", &["est", "estonian", "eesti"]),
    ("lv", &["lav", "latvian", "latviešu"]),
    ("lt", &["lit", "lithuanian", "lietuvių"]),
    ("ca", &["cat", "catalan", "català"]),
    ("eu", &["eus", "baq", "basque", "euskara"]),
    ("gl", &["glg", "galician", "galego"]),
    ("ka", &["kat", "geo", "georgian", "ქართული"]),
    ("kk", &["kaz", "kazakh", "қазақша"]),
    ("sq", &["sqi", "alb", "albanian", "shqip"]),
    ("mk", &["mkd", "macedonian", "македонски"]),
];
/// Codes of three letters that are everyday words and short names, too.
const WORDS: [&str; 22] = [
    "cat", "per", "fin", "est", "spa", "ind", "fil", "geo", "kat", "tel", "tam", "dan", "ben",
    "pol", "lit", "rum", "chi", "heb", "alb", "nor", "ita", "por",
];
/// What stands beside such a name and is none: `chinese-simplified`, `中文版`.
const BESIDE: [&str; 12] = [
    "simplified",
    "traditional",
    "brazilian",
    "latin",
    "american",
    "british",
    "version",
    "translation",
    "translated",
    "language",
    "lang",
    "locale",
];
/// The same at the end of a name without spaces.
const ENDS: [&str; 6] = ["翻译版", "译文", "翻译", "版本", "版", "译"];

/// The code of a language that is called so.
pub(super) fn code(name: &str) -> Option<&'static str> {
    let words = name.split(['-', '_', ' ']).filter(|word| !BESIDE.contains(word));
    let bare = words.collect::<Vec<_>>().join("-");
    let bare = ENDS.iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(&bare);
    named(bare).or_else(|| named(name))
}

/// Whether a name is an everyday word, too.
pub(super) fn is_word(name: &str) -> bool {
    WORDS.contains(&name)
}

/// A name without the language that ends it with no mark between: `退款英文版`.
pub(super) fn without_end(name: &str) -> Option<(&str, &'static str)> {
    let bare = name.strip_suffix('版').filter(|bare| !bare.is_ascii())?;
    SPELLED.iter().find_map(|(code, names)| {
        let mut rests = names.iter().filter(|known| !known.is_ascii());
        let rest = rests.find_map(|known| bare.strip_suffix(known))?;
        (!rest.is_empty()).then_some((rest, *code))
    })
}

fn named(name: &str) -> Option<&'static str> {
    static CODES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        let names =
            SPELLED.iter().flat_map(|(code, names)| names.iter().map(|name| (*name, *code)));
        names.collect()
    });
    CODES.get(name).copied()
}
