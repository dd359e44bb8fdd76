//! site
pub(crate) mod flow;
