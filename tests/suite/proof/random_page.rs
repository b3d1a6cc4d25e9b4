//! Random pages with role blocks in every place that markdown has, and what may stand around them.
//!
//! Most random pages are refused, which proves little. So each page is well written but for a few
//! slips: a missing empty line, a fence at the wrong depth, a code block that nobody closed.

use crate::support::random::Random;

/// Stands in every block that customers must not see.
pub const SECRET: &str = "quamble";
/// Stands in every block that only engineers may see.
pub const DEEP_SECRET: &str = "zorptok";

/// What stands in the places of role blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocks {
    /// The blocks.
    Present,
    /// Nothing.
    Absent,
    /// Blocks with other words, of other shapes.
    Noise,
}

/// Whose blocks are put in, left out, or replaced. The blocks of the other are always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Everything that customers must not see is replaced.
    All,
    /// Only what engineers alone may see.
    Deep,
}

/// A page and the snippets that it includes: paths and texts.
pub type Files = Vec<(String, String)>;

/// The page of a seed. The same seed has the same public text, whatever the blocks are.
pub fn page(seed: u64, blocks: Blocks, kept: Kept) -> Files {
    let mut maker = Maker {
        open: Random::new(seed),
        count: 0,
        seed,
        blocks,
        kept,
        slips: 0,
        snippets: Vec::new(),
    };
    // A page in three has no slip at all.
    maker.slips = maker.open.below(3);
    let ending = *maker.open.pick(&["\n", "\n", "\n", "\n", "\r\n", "\r\n", "\r"]);
    let mut text = format!("---\ntitle: Page {seed}\n---\n\n");
    for _ in 0..2 + maker.open.below(4) {
        let part = maker.part(0);
        text.push_str(&part);
        maker.gap(&mut text);
    }
    if maker.slip(6) {
        text.truncate(text.trim_end().len());
    }
    let path = format!("content/p{seed}.md");
    let mut files = vec![(path, text.replace('\n', ending))];
    files.append(&mut maker.snippets);
    files
}

const WORDS: [&str; 14] = [
    "router",
    "reset",
    "重启",
    "cable",
    "`ping`",
    "**bold**",
    "指示灯",
    "_thin_",
    "wait",
    "E-1001",
    "~~old~~",
    "<kbd>F5</kbd>",
    "[link](https://example.com/)",
    "again",
];
const NOISE: [&str; 6] = ["granite", "velvet", "**oak**", "石头", "`slate`", "mercury"];
const LABELS: [&str; 9] = [
    "note",
    "tip Careful",
    "warning[注意]",
    "details More",
    "reply Answer",
    "info",
    "danger",
    "caution",
    "important",
];

struct Maker {
    open: Random,
    /// How many blocks there are.
    count: u64,
    seed: u64,
    blocks: Blocks,
    kept: Kept,
    /// How many slips the page may still have.
    slips: usize,
    snippets: Files,
}

impl Maker {
    /// Whether to make a slip here, in one of so many places.
    fn slip(&mut self, of: usize) -> bool {
        let makes = self.slips > 0 && self.open.below(of) == 0;
        self.slips -= usize::from(makes);
        makes
    }

    /// The empty line behind a part.
    fn gap(&mut self, text: &mut String) {
        if !self.slip(8) {
            text.push('\n');
        }
    }

    fn words(&mut self) -> String {
        let count = 1 + self.open.below(5);
        (0..count).map(|_| *self.open.pick(&WORDS)).collect::<Vec<_>>().join(" ")
    }

    /// Some blocks of markdown, with role blocks between them.
    #[expect(clippy::too_many_lines, reason = "a list of what markdown has, an arm each")]
    fn part(&mut self, depth: usize) -> String {
        let kinds = if depth > 2 { 6 } else { 20 };
        let (a, b) = (self.words(), self.words());
        match self.open.below(kinds) {
            0 => format!("{a}\n"),
            1 => format!("{a}\n{}{b}\n", self.block("", false)),
            2 => format!("{a}\n\n{}", self.block("", true)),
            3 => self.code(),
            4 => self.html(),
            5 => format!("## {a}\n\n{}{b}\n", self.block("", true)),
            6 => {
                let mark = *self.open.pick(&["- ", "1. ", "* ", "10) ", "- [ ] "]);
                self.list(mark, depth)
            }
            7 => {
                let inner = self.part(depth + 1);
                self.behind(&inner, "> ", "> ")
            }
            8 => {
                let inner = self.part(depth + 1);
                let note = self.behind(&inner, "[^n]: ", "    ");
                format!("{a}[^n]\n\n{}", note.replace("[^n]", &format!("[^{depth}]"))).replacen(
                    "[^n]",
                    &format!("[^{depth}]"),
                    1,
                )
            }
            9 => format!("| {a} | b |\n|---|---|\n| c | {b} |\n{}", self.block("", false)),
            10 => {
                let inner = self.part(depth + 1);
                let label = *self.open.pick(&LABELS);
                let fence = ":".repeat(8 - depth);
                format!("{fence}{label}\n{inner}\n{fence}\n")
            }
            11 => {
                let (inner, block) = (self.part(depth + 1), self.block("", true));
                let fence = ":".repeat(8 - depth);
                format!(
                    "{fence}:tabs\n{fence}tab {}\n{inner}\n{fence}\n{block}\n{fence}:\n",
                    a.replace(['[', ']', '`', '*', '<', '>'], "")
                )
            }
            12 => {
                let block = self.block("   ", true);
                let fence = ":".repeat(8 - depth);
                format!("{fence}steps\n1. {a}\n\n{block}\n2. {b}\n{fence}\n")
            }
            13 => {
                let inner = self.part(depth + 1);
                format!("+++{}\n{inner}\n+++\n", a.replace(['`', '*'], ""))
            }
            14 | 15 => self.snippet(),
            16 => {
                let block = self.block("  ", true);
                format!("Term\n: {a}\n\n{block}")
            }
            17 => format!("<div>\n\n{}\n{a}\n\n</div>\n", self.block("", true)),
            18 => format!(
                "{a} `{b}`\n{}[{}]: https://example.com/{}\n",
                self.block("", false),
                self.open.below(3),
                self.open.below(9)
            )
            .replace("``", "`"),
            _ => {
                // Two blocks with one thing between them, which is where readings differ.
                let first = self.block("", false);
                let between = match self.open.below(8) {
                    0 => "<br>\n".to_owned(),
                    1 => "<kbd>\n\n".to_owned(),
                    2 => self.code(),
                    3 => format!("    {a}\n"),
                    4 => format!("- {a}\n"),
                    5 => format!("> {a}\n"),
                    6 => "<div>\n".to_owned(),
                    _ => "\n".to_owned(),
                };
                let indentation = *self.open.pick(&["", " ", "  ", "   "]);
                let second = self.block(indentation, false);
                format!("- {a}\n{first}{between}{second}\n")
            }
        }
    }

    /// A text behind the mark of a list item or quote.
    fn behind(&mut self, text: &str, first: &str, other: &str) -> String {
        let mut lines = text.lines();
        let mut out = format!("{first}{}\n", lines.next().unwrap_or_default());
        for line in lines {
            out.push_str(format!("{other}{line}").trim_end());
            out.push('\n');
        }
        out
    }

    fn list(&mut self, mark: &str, depth: usize) -> String {
        let indentation = " ".repeat(mark.len().min(4));
        let mut out = String::new();
        for _ in 0..1 + self.open.below(3) {
            let words = self.words();
            out.push_str(&format!("{mark}{words}\n"));
            match self.open.below(4) {
                0 => {}
                1 => {
                    let block = self.block(&indentation, true);
                    out.push_str(&format!("\n{block}"));
                }
                2 => out.push_str(&self.block(&indentation, false)),
                _ => {
                    let inner = self.part(depth + 1);
                    let inner = self.behind(&inner, &indentation, &indentation);
                    out.push_str(&format!("\n{inner}\n"));
                }
            }
        }
        out
    }

    fn code(&mut self) -> String {
        let fence = *self.open.pick(&["```", "~~~", "````"]);
        let language = *self.open.pick(&["", "sh", "text", " markdown"]);
        let words = self.words();
        let shown = match self.open.below(5) {
            0 => ":::internal\nan example\n:::\n",
            1 => ":::\n",
            2 => "```\n",
            _ => "",
        };
        let closing = if self.slip(6) { "" } else { fence };
        format!("{fence}{language}\n{words}\n{shown}{closing}\n")
    }

    fn html(&mut self) -> String {
        let words = self.words();
        match self.open.below(6) {
            0 => format!("<div>\n{words}\n</div>\n"),
            1 => format!("<br>\n{words}\n"),
            2 => format!("{words}<br>{words}\n"),
            3 => format!("<!-- {words} -->\n"),
            4 => format!("<table><tr><td>{words}</td></tr></table>\n"),
            _ => format!("<details><summary>{words}</summary>\n\n{words}\n\n</details>\n"),
        }
    }

    /// A snippet, and the line that includes it. Some are drafts, or for others; most hold a block.
    fn snippet(&mut self) -> String {
        let number = self.snippets.len();
        let path = format!("_s/p{}-{number}.md", self.seed);
        let (text, block, more) = (self.words(), self.block("", true), self.words());
        let what = self.open.below(4);
        let include = format!(":::include /{path}\n");
        // One that others read is excluded as a whole.
        let head = ["weight: 1", "weight: 1", "status: draft", "roles: engineer"][what];
        let body = match (what, self.blocks) {
            (0 | 1, _) => format!("{text}\n\n{block}\n{more}\n"),
            (2, Blocks::Noise) => "granite\n".to_owned(),
            (2, _) => format!("{SECRET} {DEEP_SECRET}\n"),
            (_, Blocks::Noise) => "velvet\n".to_owned(),
            (..) => format!("{DEEP_SECRET}\n"),
        };
        self.snippets.push((format!("content/{path}"), format!("---\n{head}\n---\n\n{body}")));
        include
    }

    /// A role block, indented; nothing where nothing is asked. With an empty line behind it or not.
    fn block(&mut self, indentation: &str, gap: bool) -> String {
        // Whether there is one, and its slips, are for everybody to see.
        let is_there = self.open.below(5) > 0;
        let is_deep = self.open.below(2) == 0;
        let indentation = if self.slip(6) {
            *self.open.pick(&["", " ", "  ", "    ", "\t"])
        } else {
            indentation
        };
        if !is_there {
            return String::new();
        }
        let is_replaced = is_deep || self.kept == Kept::All;
        let blocks = if is_replaced { self.blocks } else { Blocks::Present };
        self.count += 1;
        let mut out = String::new();
        if blocks != Blocks::Absent {
            let salt = if blocks == Blocks::Noise { 1 << 40 } else { 0 };
            let secret = Random::new(self.seed << 8 ^ self.count ^ salt);
            for line in secret_block(secret, is_deep, blocks).lines() {
                out.push_str(format!("{indentation}{line}").trim_end());
                out.push('\n');
            }
        }
        if gap {
            out.push('\n');
        }
        out
    }
}

/// The lines of a role block.
fn secret_block(mut secret: Random, is_deep: bool, blocks: Blocks) -> String {
    let word = match (blocks, is_deep) {
        (Blocks::Noise, _) => *secret.pick(&NOISE),
        (_, true) => DEEP_SECRET,
        (_, false) => SECRET,
    };
    let opening = match is_deep {
        true => *secret.pick(&[
            "only roles=\"engineer\"",
            "only{role=engineer}",
            "only roles=engineer Title",
        ]),
        false => *secret.pick(&["internal", "internal For the desk", " internal"]),
    };
    let fence = ":".repeat(3 + secret.below(2) * 7);
    let mut inside = String::new();
    for _ in 0..1 + secret.below(3) {
        let part = match secret.below(14) {
            0 => format!("```\n{word}\n```\n"),
            1 => format!("~~~\n{word}\n:::\n~~~\n"),
            2 => format!("- {word}\n  - {word}\n"),
            3 => format!("<br>\n{word}\n"),
            4 => format!("<div>\n\n{word}\n\n</div>\n"),
            5 => format!("[{word}]: /x\n"),
            6 => format!("x[^z]\n\n[^z]: {word}\n"),
            7 => format!("    {word}\n"),
            8 => format!("| {word} |\n|---|\n| c |\n"),
            9 => format!("`{word}\n"),
            10 => format!("<!-- {word} -->\n"),
            11 => format!("```\n{word}\n"),
            12 => format!("## {word}\n"),
            _ => format!("{word} and more words of the desk\n"),
        };
        inside.push_str(&part);
        inside.push('\n');
    }
    format!("{fence}{opening}\n{inside}{fence}")
}
