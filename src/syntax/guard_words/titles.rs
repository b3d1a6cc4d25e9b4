//! Titles that say who reads, in place of what is told.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::lists::{
    ADDRESSES, CORE, EDITIONS, FOLLOW, FOR, FOR_GUARDS, GUARDS, KEYS, LIMITS, MACHINES, NOT_FOR,
    PHRASES,
};
use super::people::{
    ASKING, ASKING_WIDE, FOR_STAFF, MORE_MACHINES, MORE_NOT_FOR, MORE_PHRASES, PEOPLE, STAFF,
    TO_STAFF,
};
use super::plain::plain;
use super::{GuardWords, cut_short, finder, with_hyphens};

/// Find [`PHRASES`], and what [`NOT_FOR`] lists: hardly a title holds one, and all are looked for in
/// every title.
static PHRASE_FINDER: LazyLock<AhoCorasick> =
    LazyLock::new(|| finder(PHRASES.iter().chain(&MORE_PHRASES)));
static NOT_FOR_FINDER: LazyLock<AhoCorasick> =
    LazyLock::new(|| finder(NOT_FOR.iter().chain(&MORE_NOT_FOR)));

impl GuardWords {
    /// Whether a title says who reads, in place of what is told.
    pub(crate) fn is_address(&self, title: &str) -> bool {
        let title = cut_short(title);
        if !title.contains(char::is_alphanumeric) {
            return false;
        }
        if self.honest.iter().any(|honest| honest == title.trim()) {
            return false;
        }
        let shown = plain(title);
        let title = shown.as_ref();
        if is_path(title) || is_question(title) {
            return false;
        }
        let is_class = title.starts_with('.') && self.are_about(title);
        let is_label = || !title.is_ascii() && self.roles.iter().any(|role| role == title);
        let is_name = self.names.iter().any(|name| name == title) || is_label();
        let without_code: String = title.split('`').step_by(2).collect();
        if self.pairs_are_about(&without_code, false)
            || self.braces_are_about(title)
            || is_class
            || is_name
        {
            return true;
        }
        let lower = title.to_lowercase();
        let text = lower.trim_matches(|c: char| !c.is_alphanumeric());
        let first = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let after = text[first.len()..].trim_start_matches(|c: char| !c.is_alphanumeric());
        self.is_pair(first, after, &text[first.len()..])
            || self.is_for_readers(text)
            || self.ends_for_readers(&lower)
            || has_phrase(&lower)
            || self.is_for_staff(text)
            || self.is_role_only(text)
            || CORE.iter().any(|core| begins_with_core(text, core))
            || first == "only" && self.are_readers(after)
            || self.is_limited(text)
            || NOT_FOR_FINDER.is_match(text)
                && NOT_FOR.iter().chain(&MORE_NOT_FOR).any(|no| {
                    // `not for customers` may end the title, and may not go on: `not for public networks`.
                    let is_plural =
                        |rest: &str| !rest.trim_start_matches('s').starts_with(is_letter);
                    text.match_indices(no).any(|(at, no)| {
                        let rest = &text[at + no.len()..];
                        ends_address(rest)
                            || is_plural(rest) && ends_address(rest.trim_start_matches('s'))
                    })
                })
            || ADDRESSES.iter().any(|begin| {
                let rest = text.strip_prefix(begin);
                rest.is_some_and(|rest| self.are_readers(rest) || self.is_for_readers(rest))
            })
    }

    /// Whether the name of a file or a folder says who reads, as a title does: `ops-only`,
    /// `not_for_customers`. A role alone is a subject, and so is a guard alone in the name of a file.
    pub(crate) fn is_in_name(&self, name: &str, is_folder: bool) -> bool {
        let apart: String =
            with_hyphens(name).chars().map(|c| if "-_.".contains(c) { ' ' } else { c }).collect();
        let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
        let words: Vec<&str> = apart.split_whitespace().skip_while(is_number).collect();
        let apart = words.join(" ");
        let is_subject = self.roles.contains(&apart)
            || !is_folder && GUARDS.contains(&apart.as_str())
            || self.honest.iter().any(|honest| honest == name);
        // `refunds-ops-only`
        let ends = || (1..words.len()).map(|at| words[at..].join(" "));
        !is_subject
            && (self.is_address(name)
                || self.is_address(&apart)
                || words.last() == Some(&"only") && ends().any(|end| self.is_role_only(&end)))
    }

    /// Readers behind what is told: `Refund limits (internal)`, `Refunds – ops only`.
    fn ends_for_readers(&self, title: &str) -> bool {
        let title = title.trim_end();
        let inner = title.strip_suffix([')', '）', ']', '】']);
        let last = match inner {
            Some(inner) => {
                inner.rsplit(['(', '（', '[', '【']).next().filter(|last| *last != inner)
            }
            None => [" – ", " — ", " - ", "——", ": ", "："]
                .iter()
                .find_map(|dash| title.rsplit_once(dash).map(|(_, last)| last)),
        };
        last.is_some_and(|last| {
            let last = last.trim();
            CORE.contains(&last) || last != "only" && self.is_named_for(last)
        })
    }

    /// `仅运维`, `仅限内部`.
    fn is_limited(&self, text: &str) -> bool {
        let mut rests = LIMITS.iter().filter_map(|limit| text.strip_prefix(limit));
        rests.any(|rest| {
            let mut roles = self.roles.iter().filter(|role| !role.is_ascii());
            CORE.iter().any(|core| !core.is_ascii() && rest.starts_with(core))
                || roles.any(|role| rest.strip_prefix(role.as_str()).is_some_and(ends_address))
        })
    }

    /// `roles: ops`, `visibility：内部`.
    pub(super) fn is_pair(&self, key: &str, value: &str, between: &str) -> bool {
        (KEYS.contains(&key) || EDITIONS.contains(&key))
            && between.trim_start().starts_with([':', '：'])
            && self.are_readers(value)
    }

    /// Whether a text is nothing but readers, or begins with a guard: `ops`, `for staff`.
    pub(super) fn are_readers(&self, text: &str) -> bool {
        let text = text.strip_prefix("for ").or_else(|| text.strip_prefix("to ")).unwrap_or(text);
        let text = text.strip_prefix("the ").unwrap_or(text);
        let mut words =
            text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty());
        words.next().is_some_and(|word| self.is_word(word))
            && words.next().is_none_or(|w| w == "and" || PEOPLE.contains(&w) || self.is_word(w))
    }

    /// `ops only`, `运维专用`, `staff notes`, and a guard that stands alone.
    fn is_for_readers(&self, text: &str) -> bool {
        GUARDS.contains(&text) || self.is_named_for(text)
    }

    /// `员工可见`, `供客服参考`, `给运维`, `support staff`.
    fn is_for_staff(&self, text: &str) -> bool {
        let roles = || self.roles.iter().map(String::as_str);
        let is_role_staff = roles().filter(|role| role.is_ascii()).any(|role| {
            behind(text, role).is_some_and(|rest| ["staff", "agents", "personnel"].contains(&rest))
        });
        let mut staff = STAFF.iter().copied().chain(roles().filter(|role| !role.is_ascii()));
        let begin = TO_STAFF.iter().filter_map(|begin| text.strip_prefix(begin));
        let rests: Vec<&str> = begin.map(str::trim_start).collect();
        is_role_staff
            || staff.any(|word| {
                let ends = |rest: &&str| {
                    let after = rest.strip_prefix(word)?;
                    let after = after.trim_start_matches(['人', '员', '们']).trim_start();
                    Some(!after.starts_with(is_letter) || FOR_STAFF.contains(&after))
                };
                let named = behind(text, word);
                rests.iter().any(|rest| ends(rest).unwrap_or(false))
                    || named.is_some_and(|rest| FOR_STAFF.iter().any(|end| is_end(rest, end)))
            })
    }

    /// `ops only`, also of several: `admins only`, where the site has a role of that name.
    fn is_role_only(&self, text: &str) -> bool {
        let text = text.strip_prefix("for ").unwrap_or(text);
        let role = text.strip_suffix(" only").map(|role| role.trim_end_matches('s'));
        role.is_some_and(|role| self.roles.iter().any(|known| known.trim_end_matches('s') == role))
    }

    fn is_named_for(&self, text: &str) -> bool {
        let roles = self.roles.iter().map(|role| (role.as_str(), false));
        let guards = GUARDS.into_iter().filter(|guard| *guard != "only").map(|guard| (guard, true));
        roles.chain(guards).any(|(word, is_guard)| {
            let rest = behind(text, word);
            let rest = rest.map(|rest| rest.strip_prefix("team ").unwrap_or(rest));
            let marks = FOR.iter().chain(FOR_GUARDS.iter().filter(|_| is_guard));
            rest.is_some_and(|rest| {
                marks
                    .into_iter()
                    .any(|mark| behind(rest, mark).is_some() && ends_address(&rest[mark.len()..]))
            })
        })
    }
}

/// Whether a text begins with a word, and nothing of a sentence follows.
fn is_end(rest: &str, end: &str) -> bool {
    rest.strip_prefix(end).is_some_and(|after| !after.starts_with(is_letter))
}

/// Whether a title asks something of its reader: `Is it for staff only?`, `内部有异响怎么办？`.
fn is_question(title: &str) -> bool {
    let text = title.trim_end();
    if !text.ends_with(['?', '？']) {
        return false;
    }
    let first = text.split(|c: char| !c.is_alphanumeric() && c != '\'').next().unwrap_or_default();
    let first = first.to_lowercase();
    ASKING.contains(&first.as_str()) || ASKING_WIDE.iter().any(|word| text.contains(word))
}

/// Whether what stands behind the readers in a title ends there: `staff only: …`, `staff only area`,
/// and not `staff only see their own tickets`.
fn ends_address(rest: &str) -> bool {
    let rest = rest.trim_start();
    let mut words = rest.split(|c: char| !c.is_alphanumeric());
    rest.is_empty()
        || !rest.starts_with(is_letter)
        || FOLLOW.iter().any(|word| behind(rest, word).is_some())
        || words.any(|word| word == "only" || word == "internal")
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
}

/// Whether one of [`PHRASES`] stands in a text in lower case, whatever stands between its words.
fn has_phrase(text: &str) -> bool {
    let mut plain = String::with_capacity(text.len() + 2);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        plain.push(' ');
        plain.push_str(word);
    }
    plain.push(' ');
    PHRASE_FINDER.is_match(&plain)
        && PHRASES.iter().chain(&MORE_PHRASES).any(|phrase| {
            plain.match_indices(phrase).any(|(at, phrase)| {
                let is_whole = plain[..at].ends_with(' ')
                    && ends_address(plain[at + phrase.len()..].trim_start_matches('s'));
                !phrase.is_ascii() || is_whole
            })
        })
}

/// Whether a title is the name of a file: `internal.yaml`, `docs/internal`.
fn is_path(title: &str) -> bool {
    let is_inside = |(at, _): (usize, &str)| at > 0 && title[at + 1..].starts_with(is_letter);
    !title.contains(char::is_whitespace)
        && title.is_ascii()
        && !title.contains(['=', '{', ':'])
        && title.match_indices(['.', '/']).any(is_inside)
}

/// What stands behind a word at the start of a text, and behind what separates them.
fn behind<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(word)?;
    let is_apart = !word.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    is_apart.then(|| rest.trim_start_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a title begins with `internal` or `内部`, and not with what machines have inside.
fn begins_with_core(text: &str, core: &str) -> bool {
    let is_machine =
        |rest| MACHINES.iter().chain(&MORE_MACHINES).any(|word| behind(rest, word).is_some());
    behind(text, core).is_some_and(|rest| !is_machine(rest))
}
