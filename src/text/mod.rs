//! Small questions about texts that several stages ask, each answered once.
//!
//! Everything here is a function of its arguments and knows nothing of articles, sites or
//! diagnostics. What only one stage asks stays in that stage; what the browser asks too
//! (`search/`) stays beside its twin in JavaScript.

pub mod cjk;
pub mod fold;
pub mod html;
pub mod lines;
pub mod nearest;
pub mod paths;
pub mod sentence;
pub mod unique;
pub mod unseen;
