//! tier0 from the outside: sites in, exit codes, problems and html out.
//!
//! Every test builds a small site of its own with the real binary; `support/` makes that short.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    unreachable_pub,
    reason = "tests make files of their own, say what they leave out, and nobody uses them"
)]

#[path = "../support/mod.rs"]
mod support;

mod addresses;
mod attachments;
mod back_doors;
mod containers;
mod corpora;
mod determinism;
mod diagnostics;
mod doors;
mod editions;
mod edits;
mod faq;
mod first_contact;
mod folder_pages;
mod golden;
mod head_slips;
mod heads_and_names;
mod heads_elsewhere;
mod heads_of_more_systems;
mod help_centre;
mod hold_back;
mod languages;
#[cfg(unix)]
mod limits;
mod links;
mod long_lists;
mod markdown;
mod meant_elsewhere;
mod meant_hidden;
mod output;
mod policy;
mod proof;
mod scope;
mod search;
mod secret;
#[cfg(unix)]
mod serve;
mod slips;
mod static_folder;
mod structured;
mod theme;
mod times;
mod troubleshooters;
mod unseen;
