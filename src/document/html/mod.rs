//! Html that writers put into markdown: what is allowed, and what closes what.

pub(crate) mod allowed;
pub(crate) mod hidden;
pub(crate) mod names;
pub(crate) mod unread;
