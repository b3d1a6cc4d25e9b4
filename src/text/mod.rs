//! Small questions about texts that several stages ask, each answered once.
//!
//! | file | question |
//! | --- | --- |
//! | `cjk` | is this Chinese, kana, Korean; does it stand without spaces; how wide is it |
//! | `fold` | are two names the same to people, or to a disk |
//! | `html` | what is escaped, and what do entities stand for |
//! | `lines` | which lines has a text, and where do they begin |
//! | `nearest` | what did somebody mean who wrote a name that is not there |
//! | `paths` | in which folder does a path lie, and what is its last part |
//! | `reserved` | which characters may no text hold |
//! | `sentence` | where do sentences end |
//! | `tag` | what does a tag of html say |
//! | `unique` | which names are still free |
//! | `unseen` | what does nobody see |
//!
//! Everything here is a function of its arguments and knows nothing of articles, sites or
//! diagnostics. What only one stage asks stays in that stage; what the browser asks too
//! (`search/`) stays beside its twin in JavaScript.

pub(crate) mod cjk;
pub(crate) mod fold;
pub(crate) mod hiding;
pub(crate) mod html;
pub(crate) mod lines;
pub(crate) mod nearest;
pub(crate) mod paths;
pub(crate) mod reserved;
pub(crate) mod sentence;
pub(crate) mod tag;
pub(crate) mod unique;
pub(crate) mod unseen;
