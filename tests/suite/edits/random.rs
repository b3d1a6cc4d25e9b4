//! Random edits in a row.

use super::disk::{Age, Disk};
use super::sites::{self, ENDINGS, FOLDERS, PAGES, SECRET};
use super::{Bench, Changed, EDITIONS};
use crate::support::random::Random;
use crate::support::{each_seed, is_long};

const FOOTER: &str = "themes/default/templates/partials/footer.html";
const CSS: &str = "themes/default/assets/css/content.css";
const TEXTS: &str = "themes/default/i18n/en.toml";
const BROKEN: &str = "<footer>{{ site.title }</footer>";

/// Who edits: chance, and what it remembers.
pub struct Editor {
    pub random: Random,
    /// Older states of files.
    past: Vec<(String, String)>,
    /// What was done, in words.
    pub done: Vec<String>,
    /// Whether most states are to be free of errors, and none shows [`SECRET`] to everybody.
    is_careful: bool,
}

impl Editor {
    pub fn new(seed: u64) -> Self {
        let random = Random::new(seed);
        Editor { random, past: Vec::new(), done: Vec::new(), is_careful: false }
    }

    /// Chance that keeps from errors, where it knows how to.
    pub fn careful(seed: u64) -> Self {
        Editor { is_careful: true, ..Editor::new(seed) }
    }

    fn config(&mut self) -> String {
        match self.is_careful {
            true => sites::lenient(&mut self.random),
            false => sites::config(&mut self.random),
        }
    }

    fn age(&mut self) -> Age {
        *self.random.pick(&[Age::Young, Age::Old, Age::Old, Age::Kept, Age::Packed])
    }

    fn put(&mut self, disk: &mut Disk, path: &str, text: &str) {
        if disk.site.path(path).is_dir() {
            self.remove(disk, path);
        }
        let is_calm = self.is_careful && path.ends_with(".md") && self.random.below(6) != 0;
        let calm = is_calm.then(|| sites::without_errors(text));
        let text = calm.as_deref().unwrap_or(text);
        if let Some(old) = disk.text(path) {
            self.past.push((path.to_owned(), old));
        }
        let age = self.age();
        self.done.push(format!("write {path} ({age:?})"));
        disk.put(path, text, age);
    }

    fn remove(&mut self, disk: &mut Disk, path: &str) {
        self.past.extend(disk.text(path).map(|old| (path.to_owned(), old)));
        self.done.push(format!("delete {path}"));
        disk.remove(path);
    }

    fn rename(&mut self, disk: &mut Disk, from: &str, to: &str) {
        self.done.push(format!("move {from} to {to}"));
        disk.rename(from, to);
    }

    fn new_name(&mut self) -> String {
        let folder = *self.random.pick(&FOLDERS);
        let number = self.random.below(PAGES);
        let ending = self.random.pick(&ENDINGS);
        format!("content/{folder}/p{number}{ending}.md")
    }

    /// Takes away what lies in the way of a file.
    fn clear(&mut self, disk: &mut Disk, path: &str) -> bool {
        // A file in the place of a folder above it.
        let above = path.match_indices('/').map(|(at, _)| &path[..at]);
        let blocked = above.clone().any(|part| disk.has(part) && !disk.site.path(part).is_dir());
        if !blocked && disk.has(path) {
            self.remove(disk, path);
        }
        !blocked
    }

    /// One random edit.
    pub fn edit(&mut self, disk: &mut Disk) {
        // A broken template or configuration hides what all other edits do.
        if disk.text(FOOTER).as_deref() == Some(BROKEN) {
            return self.remove(disk, FOOTER);
        }
        if disk.text("tier0.toml").is_none_or(|text| text.contains("[[")) {
            let text = self.config();
            return self.put(disk, "tier0.toml", &text);
        }
        let mut all = disk.list("content");
        if self.is_careful {
            // Pages without their snippets are errors.
            all.retain(|path| !path.starts_with("content/_s/"));
        }
        let files: Vec<&String> = all.iter().filter(|path| path.ends_with(".md")).collect();
        if files.len() < 8 {
            let (path, text) = (self.new_name(), sites::page(&mut self.random));
            if self.clear(disk, &path) {
                self.put(disk, &path, &text);
            }
            return;
        }
        let victim = (*self.random.pick(&files)).clone();
        match self.random.below(32) {
            0..=15 => self.edit_page(disk, &victim),
            16..=23 => self.edit_tree(disk, &all, &victim),
            24 | 25 => self.edit_links(disk, &all, &victim),
            26 | 27 => {
                let name = *self.random.pick(&["shared", "shared", "inner", "shared.zh"]);
                let text = sites::snippet(&mut self.random);
                if self.clear_link(disk, &format!("content/_s/{name}.md")) {
                    self.put(disk, &format!("content/_s/{name}.md"), &text);
                }
            }
            28 => self.edit_files(disk),
            29 => {
                let broken = self.random.below(4) == 0;
                let text = self.config();
                let text = if broken { text + "[[\n" } else { text };
                self.put(disk, "tier0.toml", &text);
            }
            _ => self.edit_theme(disk),
        }
    }

    /// Whether a path is free for a file that is not written through a link.
    fn clear_link(&mut self, disk: &mut Disk, path: &str) -> bool {
        let is_link = disk.site.path(path).is_symlink();
        !is_link || self.clear(disk, path)
    }

    fn edit_page(&mut self, disk: &mut Disk, victim: &str) {
        let text = disk.text(victim).unwrap_or_default();
        let number = self.random.below(100);
        let head = text.starts_with("---\n");
        let put = |line: String| match head {
            true => text.replacen("---\n", &format!("---\n{line}"), 1),
            false => format!("---\n{line}---\n{text}"),
        };
        let without = |key: &str| -> String {
            text.split_inclusive('\n').filter(|line| !line.starts_with(key)).collect()
        };
        let text = match self.random.below(17) {
            0 | 1 => format!("{text}\nAnother line {number}.\n"),
            // As long as before.
            2 | 3 if text.contains(SECRET) && self.is_careful => return,
            2 | 3 => text.replacen("r", "n", 1 + number % 3),
            4 => text.replacen("title: ", &format!("title: N{number} "), 1),
            5 if text.contains("slug: ") => without("slug: "),
            5 => put(format!("slug: s{}\n", number % 3)),
            6 => text.replacen("weight: ", "weight: 1", 1),
            7 => sites::page(&mut self.random),
            8 if !text.contains(SECRET) && text.contains("roles: ") => without("roles: "),
            8 if !text.contains(SECRET) => put("roles: ops\n".to_owned()),
            9 if text.contains("status: ") => without("status: "),
            9 => put("status: draft\n".to_owned()),
            // All that follows moves.
            10 => put(format!("# {}\n", "~".repeat(number))),
            11 => text.replacen("## ", &format!("## N{} ", number % 3), 1),
            12 => text.replace("## One", &format!("## One {{#two{}}}", number % 2)),
            13 => format!("---\ntitle: broken {number}\n"),
            14 => match self.past.is_empty() {
                true => return,
                false => {
                    let (path, old) = self.random.pick(&self.past).clone();
                    if self.clear(disk, &path) {
                        self.put(disk, &path, &old);
                    }
                    return;
                }
            },
            15 if text.contains("translation_of: ") => without("translation_of: "),
            15 => put(format!("translation_of: {}.md\n", sites::name(&mut self.random))),
            _ => put(format!("shared_codes: E{}\nid: id{}\n", number % PAGES, number % PAGES)),
        };
        self.put(disk, victim, &text);
    }

    /// Files and folders that come, go and move.
    fn edit_tree(&mut self, disk: &mut Disk, all: &[String], victim: &str) {
        let folders: Vec<&String> = all.iter().filter(|path| path.ends_with('/')).collect();
        let folder = folders.get(self.random.below(folders.len().max(1)));
        let folder = folder.map(|folder| folder.trim_end_matches('/').to_owned());
        let target = self.new_name();
        match (self.random.below(9), folder) {
            (0, _) => self.remove(disk, victim),
            (1 | 2, _) => {
                let is_free = target != victim && self.clear(disk, &target);
                if is_free && disk.has(victim) {
                    self.rename(disk, victim, &target);
                }
            }
            (3 | 4, _) => {
                let text = sites::page(&mut self.random);
                if self.clear_link(disk, &target) && self.clear(disk, &target) {
                    self.put(disk, &target, &text);
                }
            }
            // The page of a section, which comes and goes.
            (5, Some(folder)) => {
                let index = format!("{folder}/{}", self.random.pick(&["_index.md", "index.md"]));
                if disk.has(&index) {
                    return self.remove(disk, &index);
                }
                let number = self.random.below(9);
                let more = *self.random.pick(&["", "slug: moved\n", "cascade: { roles: [ops] }\n"]);
                self.put(disk, &index, &format!("---\ntitle: S{number}\n{more}---\nText.\n"));
            }
            (6, Some(folder)) => {
                let new = *self.random.pick(&["content/moved", "content/guides/moved"]);
                if !disk.has(new) && !new.starts_with(&format!("{folder}/")) {
                    self.rename(disk, &folder, new);
                } else if disk.has(new) && !disk.has("content/faq") {
                    self.rename(disk, new, "content/faq");
                }
            }
            // Two folders change places.
            (7, Some(folder)) => {
                let other = "content/faq";
                let apart = |a: &str, b: &str| !a.starts_with(b) && !b.starts_with(a);
                if disk.has(other) && apart(&folder, other) {
                    self.rename(disk, &folder, "content/.swap");
                    self.rename(disk, other, &folder);
                    self.rename(disk, "content/.swap", other);
                }
            }
            // A file becomes a folder, and a folder a file.
            (8, _) => {
                self.remove(disk, victim);
                let text = sites::page(&mut self.random);
                self.put(disk, &format!("{victim}/inner.md"), &text);
            }
            _ => {}
        }
    }

    #[cfg(unix)]
    fn edit_links(&mut self, disk: &mut Disk, all: &[String], victim: &str) {
        let links: Vec<String> =
            all.iter().filter_map(|path| Some(path.strip_suffix('@')?.to_owned())).collect();
        let link = links.get(self.random.below(links.len().max(1)));
        match (self.random.below(6), link) {
            (0, Some(link)) => self.remove(disk, link),
            // A file in the place of a link.
            (1, Some(link)) if link.ends_with(".md") => {
                self.remove(disk, link);
                let text = sites::page(&mut self.random);
                self.put(disk, link, &text);
            }
            (2, _) => {
                let target = *self.random.pick(&["faq", "guides", "路由", "guides/deep"]);
                if self.clear(disk, "content/linked") {
                    self.done.push(format!("link content/linked to {target}"));
                    disk.link(target, "content/linked");
                }
            }
            _ => {
                let number = self.random.below(3);
                let path = format!("content/alias{number}.md");
                if self.clear(disk, &path) && victim != path {
                    let target = victim.trim_start_matches("content/");
                    self.done.push(format!("link {path} to {target}"));
                    disk.link(target, &path);
                }
            }
        }
    }

    #[cfg(not(unix))]
    fn edit_links(&mut self, disk: &mut Disk, _: &[String], victim: &str) {
        self.edit_page(disk, victim);
    }

    fn edit_files(&mut self, disk: &mut Disk) {
        let path = *self.random.pick(&[
            "content/pictures/p.svg",
            "content/pictures/q.svg",
            "content/pictures/none.svg",
            "static/robots.txt",
            "static/pictures/q.svg",
            "static/guides/p0/index.html",
        ]);
        match disk.has(path) && self.random.below(2) == 0 {
            true => self.remove(disk, path),
            false => {
                let text = sites::picture(self.random.below(9));
                self.put(disk, path, &text);
            }
        }
    }

    fn edit_theme(&mut self, disk: &mut Disk) {
        let number = self.random.below(9);
        match self.random.below(6) {
            0 => self.put(disk, FOOTER, &format!("<footer>{{{{ site.title }}}} {number}</footer>")),
            1 => self.put(disk, TEXTS, &format!("callout_note = \"Mind {number}\"\n")),
            2 => self.put(disk, CSS, &format!("body {{ margin: {number}px }}\n")),
            3 => self.put(disk, FOOTER, BROKEN),
            _ if disk.has("themes") => self.remove(disk, "themes"),
            _ => self.put(disk, "themes/default/i18n/zh.toml", "callout_note = \"请注意\"\n"),
        }
    }
}

/// Edits a site `steps` times; says how many of the builds were without fault.
fn edits(seed: u64, steps: usize) -> usize {
    let mut editor = Editor::new(seed);
    let mut bench = Bench::new(sites::start(&mut editor.random), !seed.is_multiple_of(3));
    let mut good = 0;
    let mut step = 0;
    while step < steps {
        let what = |editor: &Editor| {
            format!("seed {seed}, step {step}, after these edits: {:#?}", editor.done)
        };
        let changed = bench.disk.changed();
        let changed = match editor.random.below(8) {
            0 => Changed::Everything,
            _ => changed,
        };
        let editions: [&[&str]; 4] = [&["public"], &["public"], &["desk"], &EDITIONS];
        let editions = *editor.random.pick(&editions);
        let is_swept = editor.random.below(4) == 0;
        let outcomes = bench.check_some(&changed, editions, is_swept, &what(&editor));
        good += usize::from(outcomes.values().any(|all| all.files.len() > 50));
        for _ in 0..*editor.random.pick(&[1, 1, 1, 2, 3, 5]) {
            editor.edit(&mut bench.disk);
            step += 1;
        }
    }
    good
}

/// Two tests, so that they run beside each other.
fn sequence(seed: u64) {
    let steps = if is_long() { 125 } else { 60 };
    let good = edits(seed, steps);
    assert!(good > steps / 10, "many builds must render: {good}");
}

#[test]
fn what_is_served_after_random_edits_equals_a_clean_build() {
    each_seed(1, 100, sequence);
}

#[test]
fn what_is_served_after_other_random_edits_equals_a_clean_build() {
    each_seed(1, 100, |seed| sequence(seed + 1_000_000));
}
