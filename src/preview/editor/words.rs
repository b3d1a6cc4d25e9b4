//! Commands as an author writes them, cut into words and filled in.

use std::ffi::OsString;
use std::path::Path;

/// Stands for the path of the file.
pub(crate) const FILE: &str = "{file}";
/// What a command may have in it.
pub(crate) const MARKS: [&str; 3] = [FILE, "{line}", "{column}"];

/// The words of a command: spaces separate them, quotes hold them together, and with `escapes` a
/// backslash takes the meaning from what follows it. In double quotes only from `"` and `\`, as in
/// a shell; on Windows it is a part of paths. None if a quote is not closed. Nothing else is read:
/// no variables, no `~`, no `*`.
pub(crate) fn split(command: &str, escapes: bool) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut rest = command.chars().peekable();
    while let Some(c) = rest.next() {
        match quote {
            Some(open) if c == open => quote = None,
            Some('"') if escapes && c == '\\' => {
                let taken = rest.next_if(|next| matches!(next, '"' | '\\'));
                word.get_or_insert_default().push(taken.unwrap_or(c));
            }
            Some(_) => word.get_or_insert_default().push(c),
            None if c == '"' || c == '\'' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if escapes && c == '\\' => word.get_or_insert_default().extend(rest.next()),
            None if c.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

/// A word with its marks filled in. What is filled in is not read again.
pub(crate) fn fill(word: &str, file: &Path, line: usize, column: usize) -> OsString {
    let mut filled = OsString::new();
    let mut rest = word;
    loop {
        let next = MARKS.iter().filter_map(|mark| Some((rest.find(mark)?, *mark))).min();
        let Some((at, mark)) = next else { break };
        filled.push(&rest[..at]);
        match mark {
            FILE => filled.push(file),
            "{line}" => filled.push(line.to_string()),
            _ => filled.push(column.to_string()),
        }
        rest = &rest[at + mark.len()..];
    }
    filled.push(rest);
    filled
}
