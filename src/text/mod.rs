//! Small questions about texts that several stages ask, each answered once.
//!
//! Everything here is a function of its arguments and knows nothing of articles, sites or
//! diagnostics. What only one stage asks stays in that stage; what the browser asks too
//! (`search/`) stays beside its twin in JavaScript.

pub(crate) mod cjk;
pub(crate) mod fold;
pub(crate) mod html;
pub(crate) mod lines;
pub(crate) mod nearest;
pub(crate) mod paths;
pub(crate) mod sentence;
pub(crate) mod unique;
pub(crate) mod unseen;
