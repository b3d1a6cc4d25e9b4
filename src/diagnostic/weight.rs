//! The error policy: which problems stop which sites.
//!
//! One slip of one writer must not cost a team its site, and nothing internal may ever get out. So it
//! matters whether a site has anything to guard. That decides only whether a build stops or goes on,
//! never which bytes it writes: else a public site would tell whether there is something internal.

use super::Severity::{self, Error, Warning};

/// What a problem may do to a site; each code has one ([`super::codes`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Weight {
    /// Nobody can tell who reads what, or the output is not what was asked for.
    Stop,
    /// It could hide something, where there is something to hide.
    Doubt,
    /// It spoils a page, and hides nothing.
    Slip,
    /// It costs nobody anything but a look.
    Hint,
}

/// What is known of a site that its problems are weighed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Standing {
    /// Whether roles, editions or role blocks stand anywhere in its sources or configuration.
    pub is_guarded: bool,
    /// Whether its owner wants slips to stop a build: `[site] strict`, or `--strict`.
    pub is_strict: bool,
}

impl Weight {
    /// The policy.
    pub(crate) fn severity(self, site: Standing) -> Severity {
        let stops = match self {
            Weight::Stop => true,
            Weight::Doubt => site.is_guarded || site.is_strict,
            Weight::Slip => site.is_strict,
            Weight::Hint => false,
        };
        if stops { Error } else { Warning }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy() {
        let sites = [(false, false), (false, true), (true, false), (true, true)];
        let sites = sites.map(|(is_guarded, is_strict)| Standing { is_guarded, is_strict });
        for (weight, stops) in [
            (Weight::Stop, [true, true, true, true]),
            (Weight::Doubt, [false, true, true, true]),
            (Weight::Slip, [false, true, false, true]),
            (Weight::Hint, [false, false, false, false]),
        ] {
            let found = sites.map(|site| weight.severity(site) == Error);
            assert_eq!(found, stops, "{weight:?}");
        }
    }
}
