//! What of a text an edition must not see.

use std::ops::Range;

use super::comments;
use crate::config::roles::CUSTOMER;
use crate::config::{Audience, Config, Edition};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::markdown::{self, BlockAudience, Include, RoleBlock, RoleWords};
use crate::mutation::{Filter, off};

/// What decides what an edition sees of a text.
pub struct Eyes<'a> {
    /// The edition that looks.
    pub edition: &'a Edition,
    /// The configuration.
    pub config: &'a Config,
    words: RoleWords,
}

/// A text as an edition sees it.
#[derive(Debug, Default)]
pub struct Sight {
    /// What is cut, in bytes of the text, ascending and apart.
    pub cuts: Vec<Range<usize>>,
    /// Lines in the rest that stand for snippets.
    pub includes: Vec<Include>,
    /// What is wrong with the blocks of the text.
    pub problems: Vec<Diagnostic>,
}

impl<'a> Eyes<'a> {
    /// The eyes of an edition.
    pub fn new(edition: &'a Edition, config: &'a Config) -> Self {
        Eyes { edition, config, words: RoleWords::new(config) }
    }

    /// Finds the blocks that the edition must not see: in the text itself, before anything reads
    /// it. `place` says where a span of the text stands.
    pub fn look(&self, text: &str, place: &dyn Fn(&Range<usize>) -> Place) -> Sight {
        let markdown::Outline { blocks, includes, comments } = markdown::outline(text, &self.words);
        let mut sight = Sight { includes, ..Sight::default() };
        for block in blocks {
            // The parser never sees what is cut, so what is wrong with it is said here.
            if let Some(unclosed) = &block.unclosed
                && !off(Filter::UnclosedReported)
            {
                sight.problems.push(
                    at(Code::UnclosedContainer, place(&unclosed.opening))
                        .with("name", &unclosed.name)
                        .with("fence", &unclosed.fence),
                );
            }
            let is_shown = self.shows(&block, place, &mut sight.problems);
            let is_inside_cut = sight.cuts.last().is_some_and(|last| block.span.start < last.end);
            if !is_shown && !is_inside_cut {
                sight.cuts.push(block.span);
            }
        }
        comments::cut(comments, place, &mut sight);
        let cuts = &sight.cuts;
        let is_cut = |at: usize| {
            let before = cuts.partition_point(|cut| cut.start <= at);
            before > 0 && at < cuts[before - 1].end
        };
        sight.includes.retain(|include| !is_cut(include.opening.start));
        sight
    }

    fn shows(
        &self,
        block: &RoleBlock,
        place: &dyn Fn(&Range<usize>) -> Place,
        problems: &mut Vec<Diagnostic>,
    ) -> bool {
        let report = |code| at(code, place(&block.opening));
        match &block.audience {
            Ok(BlockAudience::Internal) => self.shows_internal() || off(Filter::InternalBlocks),
            Ok(BlockAudience::Roles(roles)) => {
                let unknown = |role: &&String| {
                    self.config.role(role).is_none() && !off(Filter::KnownBlockRoles)
                };
                for role in roles.iter().filter(unknown) {
                    problems.push(
                        report(Code::UnknownRole)
                            .with("role", role)
                            .with("allowed", self.config.role_names()),
                    );
                }
                self.edition.shows(roles) || off(Filter::OnlyBlocks)
            }
            Err(reason) => {
                let (en, zh) = reason.words();
                problems.push(report(Code::UnclearRoles).with_both("reason", en, zh));
                off(Filter::UnclearBlocks)
            }
        }
    }

    /// Whether the edition shows `:::internal`: somebody other than customers reads it, and it is
    /// not the public one, which anybody may read, also where other roles have pages in it.
    fn shows_internal(&self) -> bool {
        match &self.edition.audience {
            Audience::All => true,
            Audience::Roles(_) if self.edition.is_public() && !off(Filter::PublicIsPublic) => false,
            Audience::Roles(roles) => roles.iter().any(|role| role != CUSTOMER),
        }
    }
}

fn at(code: Code, place: Place) -> Diagnostic {
    Diagnostic::at(code, &place.path, place.span)
}
