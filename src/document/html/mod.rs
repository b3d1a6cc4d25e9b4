//! Html that writers put into markdown.

pub(crate) mod allowed;
pub(crate) mod hidden;
pub(crate) mod nesting;
pub(crate) mod read;
