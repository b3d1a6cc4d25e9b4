//! Paths with slashes: keys of articles, urls, files of the output.

/// The folder that a path lies in; empty at the top.
pub(crate) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of a path.
pub(crate) fn last(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, last)| last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_a_folder_and_a_last_part() {
        for (path, expected) in
            [("a/b/c.md", ("a/b", "c.md")), ("c", ("", "c")), ("a/", ("a", "")), ("", ("", ""))]
        {
            assert_eq!((folder(path), last(path)), expected);
        }
    }
}
