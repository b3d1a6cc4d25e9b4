//! tier0 turns markdown into a searchable help centre that any static web server can host.
//!
//! It is a compiler. Data flows one way through pure stages that share plain values; only the
//! two ends touch the disk:
//!
//! ```text
//!  disk      pure, per file                               pure, whole site  per page         every file  disk
//!  source ─▶ article ─▶ edition ─▶ markdown ─▶ kinds ──▶ site ──────────▶ page + search ─▶ leak ──────▶ publish
//!  find,     front      who sees   html,       parts     urls,            templates,       excluded     stage,
//!  read      matter     what       headings    of each   links            index            text?        swap
//!    │                  └ asks markdown where blocks start and end          ▲
//!    └ theme: words of the interface to markdown, templates and scripts ────┘
//! ```
//!
//! [`pipeline`] is the whole build on one screen. `preview` runs the same pipeline again with a
//! memo; there is no second way to build. `ARCHITECTURE.md` tells more, and `docs/decisions/` why.

pub mod article;
pub mod attachment;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod edition;
pub mod kinds;
pub mod leak;
pub mod markdown;
pub mod memo;
pub mod mutation;
pub mod page;
pub mod pipeline;
pub mod preview;
pub mod publish;
pub mod search;
pub mod site;
pub mod source;
pub mod spanned;
pub mod text;
