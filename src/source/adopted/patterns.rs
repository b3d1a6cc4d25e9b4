//! What other programs leave out: patterns of paths in their three ways of reading.

/// How a program reads its patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Lines of a `.gitignore`: without a slash at any depth, `!` takes back.
    Ignore,
    /// Globs for whole paths, in which `*` does not cross a slash.
    Glob,
    /// The begin of a path, or a glob in which `*` crosses slashes.
    Jekyll,
}

/// The most patterns that braces make of one.
const MOST_BRACES: usize = 64;

/// Patterns, in the order in which they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Patterns {
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    /// Its globs: braces make several.
    globs: Vec<Vec<char>>,
    takes_back: bool,
    /// Whether it is for folders alone.
    for_folders: bool,
    /// Whether `*` and `?` stop at a slash.
    stops_at_slash: bool,
    /// Whether the begin of a path is enough.
    is_begin: bool,
    /// Whether what it says of a folder holds for all in it.
    holds_below: bool,
}

impl Patterns {
    /// Reads them.
    pub(super) fn new<'t>(texts: impl IntoIterator<Item = &'t str>, reading: Reading) -> Self {
        Patterns { rules: texts.into_iter().filter_map(|text| Rule::read(text, reading)).collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Whether what is said of a folder holds for all in it.
    pub(super) fn takes_nothing_back(&self) -> bool {
        self.rules.iter().all(|rule| !rule.takes_back)
    }

    /// Whether a path below the root is left out: the last rule that fits says so.
    pub(super) fn leave_out(&self, path: &str, is_folder: bool) -> bool {
        let fits = |rule: &&Rule| rule.fits(path, is_folder);
        self.rules.iter().rev().find(fits).is_some_and(|rule| !rule.takes_back)
    }
}

impl Rule {
    fn read(text: &str, reading: Reading) -> Option<Rule> {
        let text = text.trim();
        let is_ignore = reading == Reading::Ignore;
        if text.is_empty() || is_ignore && text.starts_with('#') {
            return None;
        }
        let back = text.strip_prefix('!').filter(|_| reading != Reading::Jekyll);
        let text = back.unwrap_or(text);
        let bare = text.strip_suffix('/').unwrap_or(text);
        let for_folders = bare.len() < text.len() && reading == Reading::Ignore;
        let is_anchored = bare.contains('/');
        let bare = bare.strip_prefix("./").unwrap_or(bare);
        let bare = bare.strip_prefix('/').unwrap_or(bare);
        let whole = match is_ignore && !is_anchored {
            true => format!("**/{bare}"),
            false => bare.to_owned(),
        };
        let globs = braces(&whole).into_iter().map(|glob| glob.chars().collect()).collect();
        Some(Rule {
            globs,
            takes_back: back.is_some(),
            for_folders,
            stops_at_slash: reading != Reading::Jekyll,
            is_begin: reading == Reading::Jekyll,
            holds_below: is_ignore,
        })
    }

    fn fits(&self, path: &str, is_folder: bool) -> bool {
        let above = path.match_indices('/').map(|(at, _)| &path[..at]);
        (self.is(path) && (is_folder || !self.for_folders))
            || self.holds_below && above.into_iter().any(|folder| self.is(folder))
    }

    fn is(&self, path: &str) -> bool {
        let path: Vec<char> = path.chars().collect();
        let is_begin_of = |glob: &Vec<char>| self.is_begin && path.starts_with(glob);
        self.globs.iter().any(|glob| {
            is_begin_of(glob) || Matching { stops_at_slash: self.stops_at_slash }.is(glob, &path)
        })
    }
}

/// `a.{md,mdx}` as `a.md` and `a.mdx`.
fn braces(glob: &str) -> Vec<String> {
    let mut done = Vec::new();
    let mut open = vec![glob.to_owned()];
    while let Some(glob) = open.pop() {
        let inner = glob.find('{').and_then(|begin| {
            let end = begin + glob[begin..].find('}')?;
            Some((begin, end))
        });
        match inner {
            Some((begin, end)) if open.len() + done.len() < MOST_BRACES => {
                let choices = glob[begin + 1..end].split(',');
                let (before, after) = (&glob[..begin], &glob[end + 1..]);
                open.extend(choices.map(|choice| format!("{before}{choice}{after}")));
            }
            _ => done.push(glob),
        }
    }
    done
}

struct Matching {
    stops_at_slash: bool,
}

impl Matching {
    fn is(&self, glob: &[char], path: &[char]) -> bool {
        // Where the last star stands in the glob, and how far it reaches in the path; the same for the
        // last pair of stars: going back to these two is enough.
        let (mut at, mut to) = (0, 0);
        let mut star: Option<(usize, usize)> = None;
        let mut stars: Option<(usize, usize)> = None;
        loop {
            if at == glob.len() && to == path.len() {
                return true;
            }
            if let Some(next) = self.pair(&glob[at..]) {
                (star, stars) = (None, Some((at + next, to)));
                at += next;
                continue;
            }
            match glob.get(at) {
                Some('*') => {
                    star = Some((at + 1, to));
                    at += 1;
                    continue;
                }
                Some('?') if path.get(to).is_some_and(|c| !self.stops_at_slash || *c != '/') => {
                    (at, to) = (at + 1, to + 1);
                    continue;
                }
                Some('[') => {
                    if let Some(length) = class(&glob[at..], path.get(to).copied()) {
                        (at, to) = (at + length, to + 1);
                        continue;
                    }
                }
                Some('\\') if glob.get(at + 1) == path.get(to) && to < path.len() => {
                    (at, to) = (at + 2, to + 1);
                    continue;
                }
                Some(c) if path.get(to) == Some(c) => {
                    (at, to) = (at + 1, to + 1);
                    continue;
                }
                _ => {}
            }
            let can_grow =
                |reach: usize| path.get(reach).is_some_and(|c| !self.stops_at_slash || *c != '/');
            if let Some((from, reach)) = star.filter(|(_, reach)| can_grow(*reach)) {
                star = Some((from, reach + 1));
                (at, to) = (from, reach + 1);
            } else if let Some((from, reach)) = stars.filter(|(_, reach)| *reach < path.len()) {
                // Whole folders alone: what is behind `**/` begins with a name.
                let step = path[reach..].iter().position(|c| *c == '/');
                let is_tail = from == glob.len();
                let Some(step) = step.or(is_tail.then_some(path.len() - reach - 1)) else {
                    return false;
                };
                star = None;
                stars = Some((from, reach + step + 1));
                (at, to) = (from, reach + step + 1);
            } else {
                return false;
            }
        }
    }

    /// How long `**/`, or `**` at the end, is at the begin of a glob.
    fn pair(&self, glob: &[char]) -> Option<usize> {
        match glob {
            _ if !self.stops_at_slash => None,
            ['*', '*', '/', ..] => Some(3),
            ['*', '*'] => Some(2),
            _ => None,
        }
    }
}

/// How long a class is at the begin of a glob, if it holds the character: `[ab]`, `[a-z]`, `[!_]`.
fn class(glob: &[char], c: Option<char>) -> Option<usize> {
    let c = c.filter(|c| *c != '/')?;
    let end = glob.iter().skip(2).position(|c| *c == ']')? + 2;
    let inner = &glob[1..end];
    let (is_not, inner) = match inner {
        ['!' | '^', rest @ ..] => (true, rest),
        _ => (false, inner),
    };
    let in_range = inner.windows(3).any(|w| w[1] == '-' && (w[0]..=w[2]).contains(&c));
    ((in_range || inner.contains(&c)) != is_not).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(patterns: &[&str], reading: Reading, path: &str) -> bool {
        Patterns::new(patterns.iter().copied(), reading).leave_out(path, false)
    }

    #[test]
    fn globs_are_for_whole_paths() {
        let glob = |pattern: &str, path: &str| leaves(&[pattern], Reading::Glob, path);
        for (pattern, path) in [
            ("**/README.md", "README.md"),
            ("**/README.md", "a/b/README.md"),
            ("drafts/**", "drafts/a/b.md"),
            ("drafts/*", "drafts/a.md"),
            ("*.md", "a.md"),
            ("**/*.{md,mdx}", "a/b.mdx"),
            ("**/_*.md", "x/_part.md"),
            ("a/**/z.md", "a/z.md"),
            ("a/**/z.md", "a/b/c/z.md"),
            ("**/[!_]?.md", "x/ab.md"),
            ("**/a*/b*c.md", "x/ay/bzzc.md"),
            ("文档/*.md", "文档/甲.md"),
        ] {
            assert!(glob(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("README.md", "a/README.md"),
            ("drafts/*", "drafts/a/b.md"),
            ("*.md", "a/b.md"),
            ("**/README.md", "a/MYREADME.md"),
            ("a/**/z.md", "b/z.md"),
            ("", "a.md"),
        ] {
            assert!(!glob(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn ignore_files_take_back_and_look_everywhere() {
        let rules = ["# notes", "*.tmp.md", "/plans/", "!keep.tmp.md", "old/x.md"];
        let leaves = |path: &str| leaves(&rules, Reading::Ignore, path);
        assert!(leaves("a.tmp.md") && leaves("x/y/a.tmp.md") && leaves("old/x.md"));
        assert!(leaves("plans/deep/a.md"));
        assert!(!leaves("x/keep.tmp.md") && !leaves("x/old/x.md") && !leaves("plans"));
        let patterns = Patterns::new(rules, Reading::Ignore);
        assert!(patterns.leave_out("plans", true) && !patterns.leave_out("x/plans", true));
        assert!(!patterns.takes_nothing_back());
    }

    #[test]
    fn jekyll_leaves_out_what_begins_so() {
        let leaves = |path: &str| leaves(&["vendor/", "*.txt", "tmp"], Reading::Jekyll, path);
        assert!(leaves("vendor/a.md") && leaves("x/y.txt") && leaves("tmp.md"));
        assert!(!leaves("x/vendor/a.md") && !leaves("a.md"));
    }
}
