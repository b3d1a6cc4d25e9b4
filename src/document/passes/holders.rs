//! What stands around a node: whether a block is one by itself, or a part of another.

use crate::document::{Kind, Tree, Visit};
use crate::syntax::containers;

/// What a container is to the blocks in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// They are a part of it.
    Box,
    /// They are its steps.
    Steps,
    /// It says who reads them, and has marks.
    Roles,
}

/// What is open around the nodes of a walk.
#[derive(Default)]
pub(super) struct Holders {
    containers: Vec<Holder>,
    /// How many other nodes are open.
    others: usize,
}

impl Holders {
    /// Whether a block that begins or ends here stands by itself.
    pub(super) fn stands_alone(&self) -> bool {
        self.are_none_but(&[Holder::Roles])
    }

    /// Whether a numbered list that begins here is a procedure.
    pub(super) fn is_procedure(&self) -> bool {
        self.are_none_but(&[Holder::Roles, Holder::Steps])
    }

    fn are_none_but(&self, holders: &[Holder]) -> bool {
        self.others == 0 && self.containers.iter().all(|holder| holders.contains(holder))
    }

    /// The innermost open container.
    pub(super) fn innermost(&self) -> Option<Holder> {
        self.containers.last().copied()
    }

    /// Follows a walk: told of a node behind what is asked of its begin, before what is asked of
    /// its end.
    pub(super) fn follow(&mut self, tree: &Tree, visit: Visit) {
        match visit {
            Visit::Enter(number) => match tree.node(number).kind {
                Kind::Container(container) => {
                    let holder = match tree.containers[container as usize].kind {
                        Some(kind) if kind.guards_access() && self.stands_alone() => Holder::Roles,
                        Some(containers::Kind::Steps) => Holder::Steps,
                        _ => Holder::Box,
                    };
                    self.containers.push(holder);
                }
                Kind::Step => {}
                _ => self.others += 1,
            },
            Visit::Leave(number) => match tree.node(number).kind {
                Kind::Container(_) => {
                    self.containers.pop();
                }
                Kind::Step => {}
                _ => self.others -= 1,
            },
        }
    }
}
