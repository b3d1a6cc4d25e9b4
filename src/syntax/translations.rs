//! Names of boxed remarks in the languages of their writers.

/// What they are called here. None of them says who reads what.
const NAMES: [(&str, &[&str]); 7] = [
    (
        "note",
        &[
            "nota",
            "hinweis",
            "remarque",
            "notitie",
            "anmerkung",
            "observação",
            "observación",
            "примечание",
            "说明",
            "備註",
            "备注",
            "注释",
            "ノート",
            "備考",
            "メモ",
            "참고",
            "노트",
        ],
    ),
    (
        "tip",
        &[
            "dica",
            "consejo",
            "tipp",
            "astuce",
            "conseil",
            "suggerimento",
            "ipucu",
            "совет",
            "提示",
            "小贴士",
            "技巧",
            "建议",
            "ヒント",
            "팁",
        ],
    ),
    ("info", &["información", "informação", "informazione", "bilgi", "信息", "情報", "정보"]),
    ("important", &["importante", "wichtig", "belangrijk", "önemli", "важно", "重要", "중요"]),
    (
        "warning",
        &[
            "aviso",
            "advertencia",
            "avertissement",
            "avviso",
            "warnung",
            "waarschuwing",
            "uyarı",
            "предупреждение",
            "警告",
            "경고",
        ],
    ),
    (
        "caution",
        &[
            "atenção",
            "atención",
            "precaución",
            "attention",
            "attenzione",
            "achtung",
            "vorsicht",
            "dikkat",
            "внимание",
            "осторожно",
            "注意",
            "小心",
            "주의",
        ],
    ),
    (
        "danger",
        &["perigo", "peligro", "pericolo", "gefahr", "tehlike", "опасно", "危险", "危険", "위험"],
    ),
];

/// The name that tier0 has for a name in another language.
pub(super) fn translated(name: &str) -> Option<&'static str> {
    let known = NAMES.iter().find(|(_, others)| others.contains(&name));
    known.map(|(known, _)| *known)
}

#[cfg(test)]
mod tests {
    use super::super::containers::{Container, parse};
    use super::super::guard_words::GuardWords;
    use super::*;

    #[test]
    fn none_is_there_twice_or_speaks_of_readers() {
        let all: Vec<&str> = NAMES.iter().flat_map(|(_, others)| others.iter().copied()).collect();
        let words = GuardWords::default();
        for (at, name) in all.iter().enumerate() {
            assert!(!all[..at].contains(name), "{name}");
            let foreign = Container { kind: None, ..parse(name) };
            let foreign = Container { name: (*name).to_owned(), ..foreign };
            assert_eq!(words.suspects(&foreign), None, "{name}");
        }
        assert_eq!(parse("提示 先备份").name, "tip");
    }
}
