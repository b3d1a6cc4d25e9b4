//! tier0 turns markdown into a searchable help centre that any static web server can host.
//!
//! It is a compiler. Data flows one way through pure stages that share plain values; only the
//! two ends touch the disk:
//!
//! ```text
//!  disk      pure, per file                                             pure, whole site  per page        every file  disk
//!  source ─▶ article ─▶ syntax ─▶ edition ─▶ document ─▶ kinds ──▶ site ─────────▶ render, page,  ─▶ leak ──────▶ publish
//!  find,     front      spans of  who sees   tree,       parts     urls,            search           excluded     stage,
//!  read      matter     blocks    what: cut  headings    of each   links            html, index      text?        swap
//!    └ theme: words of the interface, templates and scripts ────────────────┘
//! ```
//!
//! `pipeline` is the plan of a site on one screen. A [`Session`] owns what is read of a project, builds
//! editions into a [`Sink`], and plans them for the preview: there is no second way to build, and none
//! around the leak gate. `ARCHITECTURE.md` tells more, and `docs/decisions/` why.
//!
//! Outside there is the command line, [`main`], and what tests build with. All else is private.

mod article;
mod attachment;
mod cli;
mod config;
mod diagnostic;
mod document;
mod edition;
mod kinds;
mod leak;
mod memo;
mod mutation;
mod page;
mod pipeline;
mod preview;
mod publish;
mod render;
mod search;
mod session;
mod site;
mod source;
mod spanned;
mod syntax;
mod text;

pub use cli::main;
pub use config::Edition;
pub use diagnostic::{Code, Diagnostic, Severity, any_error, sort};
#[cfg(debug_assertions)]
pub use mutation::{Policy, switch_off};
pub use session::{Body, Build, Nowhere, Planned, Request, Session, Sink, Swept};
pub use source::{Changed, Project};
