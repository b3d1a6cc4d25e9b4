//! A text to spans: where containers, comments, code and snippets stand in it, and what of it speaks of
//! readers. Nothing here knows html or what a page looks like.
//!
//! 1. [`mask`] marks what CommonMark has no words for (container fences, emphasis next to Chinese
//!    punctuation) without moving a single byte, so that all spans stay true.
//! 2. pulldown-cmark parses, and [`fences`] tells container lines from text: the steps that all
//!    others go by. [`containers`] reads such a line, [`shown`] knows which code is meant as code.
//! 3. [`outline`] is what `edition` must know of a body: role blocks ([`role_marks`],
//!    [`role_words`], [`foreign_marks`]), [`comments`], [`indented`], [`conflicts`], [`notes`],
//!    lines that stand for snippets.
//! 4. [`parts`] says what each character was read as, [`snippet`] whether a text may stand in another.

mod attributes;
pub(crate) mod comments;
mod conflicts;
pub(crate) mod containers;
pub(crate) mod dialects;
pub(crate) mod edits;
mod emphasis;
pub(crate) mod fences;
mod foreign_conditions;
mod foreign_macros;
mod foreign_marks;
mod guard_words;
mod indented;
pub(crate) mod labels;
pub(crate) mod mask;
pub(crate) mod notes;
mod outline;
pub(crate) mod parts;
mod role_marks;
mod role_words;
pub(crate) mod shown;
pub(crate) mod snippet;
mod translations;

pub(crate) use attributes::{attributes, braced, is_told};
pub(crate) use containers::{BlockAudience, UnclearRoles};
pub(crate) use fences::{fence_at, fence_in};
pub(crate) use guard_words::{GuardWords, is_guard};
pub(crate) use outline::{Include, Outline, RoleBlock, outline};
pub(crate) use parts::parts;
pub(crate) use role_marks::find as role_marks;
pub(crate) use role_marks::first_role_block;
pub(crate) use role_marks::{role_block_in_copy, role_block_in_head};
pub(crate) use role_words::RoleWords;
pub(crate) use shown::{Code as ShownCode, code as shown_code};
pub(crate) use snippet::{Fitting, HOLDER, fitting};
