//! The `:::` containers: one table of names, and how their opening line is read.

/// What a container is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A boxed remark; the text is its CSS class and the stem of its title's key.
    Callout(&'static str),
    /// A part that is folded away.
    Details,
    /// Numbered steps.
    Steps,
    /// A set of tabs.
    Tabs,
    /// One tab.
    Tab,
    /// A ready answer to copy.
    Reply,
    /// For everybody but customers.
    Internal,
    /// For the roles it names.
    Only,
}

/// All names. `important` comes with GitHub's alerts.
pub const NAMES: [(&str, Kind); 14] = [
    ("note", Kind::Callout("note")),
    ("tip", Kind::Callout("tip")),
    ("info", Kind::Callout("info")),
    ("important", Kind::Callout("important")),
    ("warning", Kind::Callout("warning")),
    ("caution", Kind::Callout("caution")),
    ("danger", Kind::Callout("danger")),
    ("details", Kind::Details),
    ("steps", Kind::Steps),
    ("tabs", Kind::Tabs),
    ("tab", Kind::Tab),
    ("reply", Kind::Reply),
    ("internal", Kind::Internal),
    ("only", Kind::Only),
];

impl Kind {
    /// Whether the container decides who may read what is in it.
    pub fn guards_access(self) -> bool {
        matches!(self, Kind::Internal | Kind::Only)
    }
}

/// An opening line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Container {
    /// The name as written.
    pub name: String,
    /// What it means; none if the name is not known.
    pub kind: Option<Kind>,
    /// The rest of the line.
    pub title: String,
    /// `key="value"` pairs.
    pub attributes: Vec<(String, String)>,
}

impl Container {
    /// A folding part, from `+++Title`.
    pub fn fold(title: &str) -> Self {
        Container {
            name: "details".to_owned(),
            kind: Some(Kind::Details),
            title: title.to_owned(),
            attributes: Vec::new(),
        }
    }

    /// The roles that `only` names.
    pub fn roles(&self) -> Option<Vec<String>> {
        let (_, value) = self.attributes.iter().find(|(key, _)| key == "roles" || key == "role")?;
        Some(
            value
                .split([',', '，', '、', ' '])
                .filter(|r| !r.is_empty())
                .map(str::to_owned)
                .collect(),
        )
    }
}

/// Reads what stands behind the colons: `note Title`, `note[Title]`, `only roles="ops, support"`.
pub fn parse(line: &str) -> Container {
    let end =
        line.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(line.len());
    let name = line[..end].to_lowercase();
    let kind = NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    let mut rest = line[end..].trim().trim_end_matches(':').trim();
    let mut attributes = Vec::new();
    if let Some(inner) = rest.strip_prefix('{').and_then(|r| r.strip_suffix('}')) {
        rest = inner.trim();
    }
    while let Some((key, value, after)) = attribute(rest) {
        attributes.push((key, value));
        rest = after;
    }
    let title = rest.strip_prefix('[').and_then(|r| r.strip_suffix(']')).unwrap_or(rest);
    Container { name, kind, title: title.to_owned(), attributes }
}

/// One `key="value"` at the begin of a text, and what follows it. Curly and Chinese quotes count:
/// input methods put them in place of straight ones.
fn attribute(text: &str) -> Option<(String, String, &str)> {
    let (key, rest) = text.split_once('=')?;
    let key = key.trim();
    if key.is_empty() || !key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
        return None;
    }
    let rest = rest.trim_start();
    let quotes = ['"', '\'', '“', '”'];
    let (value, after) = match rest.strip_prefix(quotes) {
        Some(inner) => inner.split_once(quotes)?,
        None => rest.split_once(' ').unwrap_or((rest, "")),
    };
    Some((key.to_owned(), value.to_owned(), after.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_lines() {
        let only = parse("only roles=\"ops, engineer\"");
        assert_eq!(only.roles(), Some(vec!["ops".to_owned(), "engineer".to_owned()]));
        assert_eq!(parse("only{roles=“ops”}").roles(), Some(vec!["ops".to_owned()]));
        assert_eq!(parse("note 先备份").title, "先备份");
        assert_eq!(parse("Warning[Careful]").title, "Careful");
        assert_eq!(parse("internl").kind, None);
    }
}
