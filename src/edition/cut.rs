//! What of a text an edition must not see.

use std::ops::Range;

use super::comments;
use crate::config::{Config, Edition};
use crate::diagnostic::{self, Code, Diagnostic, Place, Weight};
use crate::mutation::{Policy, off};
use crate::syntax::parts::Parts;
use crate::syntax::{self, BlockAudience, Include, RoleBlock, RoleWords};
use crate::text::lines::start_of_line;

/// What decides what an edition sees of a text.
pub(crate) struct Audience<'a> {
    /// The edition that looks.
    pub edition: &'a Edition,
    /// The configuration.
    pub config: &'a Config,
    pub(super) words: RoleWords,
}

/// A text as an edition sees it.
#[derive(Debug, Default)]
pub(crate) struct Visibility {
    /// What is cut, in bytes of the text, ascending and apart.
    pub cuts: Vec<Range<usize>>,
    /// Lines in the rest that stand for snippets.
    pub includes: Vec<Include>,
    /// What is wrong with the blocks of the text.
    pub problems: Vec<Diagnostic>,
    /// How the text was read; None if nothing in it looks like a fence.
    pub parts: Option<Parts>,
}

impl Visibility {
    /// Adds to what is cut.
    pub(super) fn add(&mut self, more: impl Iterator<Item = Range<usize>>) {
        let mut cuts = std::mem::take(&mut self.cuts);
        cuts.extend(more);
        cuts.sort_by_key(|cut| cut.start);
        for cut in cuts {
            match self.cuts.last_mut().filter(|last| cut.start <= last.end) {
                Some(last) => last.end = last.end.max(cut.end),
                None => self.cuts.push(cut),
            }
        }
    }
}

impl<'a> Audience<'a> {
    /// The audience of an edition.
    pub(crate) fn new(edition: &'a Edition, config: &'a Config) -> Self {
        Audience { edition, config, words: RoleWords::new(config) }
    }

    /// Finds the blocks that the edition must not see: in the text itself, before anything reads
    /// it. `place` says where a span of the text stands.
    pub(crate) fn look(&self, text: &str, place: &dyn Fn(&Range<usize>) -> Place) -> Visibility {
        let outline = syntax::outline(text, &self.words);
        let syntax::Outline { blocks, includes, comments, doubts, conflicts, unread, notes, parts } =
            outline;
        let mut visibility = Visibility { includes, parts, ..Visibility::default() };
        // What hides a fence now need not do so once a block is cut.
        if !off(Policy::FencesInHiding) {
            visibility
                .problems
                .extend(unread.iter().map(|problem| problem.at(|span| place(&span))));
        }
        for block in blocks {
            // The parser never sees what is cut, so what is wrong with it is said here.
            if let Some(unclosed) = &block.unclosed {
                visibility.problems.push(
                    at(Code::UnclosedContainer, place(&unclosed.opening))
                        .weighing(Weight::Stop)
                        .with("name", &unclosed.name)
                        .with("fence", &unclosed.fence),
                );
            }
            let is_shown = self.shows(&block, place, &mut visibility.problems);
            let is_inside_cut =
                visibility.cuts.last().is_some_and(|last| block.span.start < last.end);
            if !is_shown && !is_inside_cut {
                visibility.cuts.push(block.span);
            }
        }
        let hidden = notes.only_in(&|at| is_inside(&visibility.cuts, at));
        let line = |at: usize| start_of_line(text, at);
        visibility.add(hidden.into_iter().map(|note| line(note.start)..note.end));
        comments::cut(comments, place, &mut visibility);
        let unclear = doubts.iter().map(|span| (Code::CommentUnclear, span));
        let unclear = unclear.chain(conflicts.iter().map(|span| (Code::MergeConflict, span)));
        visibility.problems.extend(unclear.map(|(code, span)| at(code, place(span))));
        let cuts = &visibility.cuts;
        visibility.includes.retain(|include| !is_inside(cuts, include.opening.start));
        visibility.problems = diagnostic::few(visibility.problems, None, |problem| problem);
        visibility
    }

    fn shows(
        &self,
        block: &RoleBlock,
        place: &dyn Fn(&Range<usize>) -> Place,
        problems: &mut Vec<Diagnostic>,
    ) -> bool {
        let report = |code| at(code, place(&block.opening));
        match &block.audience {
            Ok(BlockAudience::Internal) => self.shows_internal() || off(Policy::InternalBlocks),
            Ok(BlockAudience::Roles(roles)) => {
                let unknown = |role: &&String| self.config.role(role).is_none();
                for role in roles.iter().filter(unknown) {
                    problems.push(
                        report(Code::UnknownRole)
                            .with("role", role)
                            .with("allowed", self.config.role_names()),
                    );
                }
                self.edition.shows(roles) || off(Policy::OnlyBlocks)
            }
            Err(reason) => {
                let (en, zh) = reason.words();
                problems.push(report(Code::UnclearRoles).with_both("reason", en, zh));
                off(Policy::UnclearBlocks)
            }
        }
    }

    fn shows_internal(&self) -> bool {
        self.edition.shows_internal()
            || off(Policy::PublicIsPublic) && self.edition.has_internal_readers()
    }
}

/// Whether a place is in one of some stretches, which are ascending and apart.
fn is_inside(stretches: &[Range<usize>], at: usize) -> bool {
    let before = stretches.partition_point(|stretch| stretch.start <= at);
    before > 0 && at < stretches[before - 1].end
}

fn at(code: Code, place: Place) -> Diagnostic {
    Diagnostic::at(code, &place.path, place.span)
}
