//! Vereda: a documentation site generator whose procedures can be walked.

pub(crate) mod check;
pub(crate) mod config;
pub(crate) mod content;
pub mod diagnostic;
pub mod diff;
pub mod error;
pub(crate) mod external;
pub(crate) mod flow;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
pub(crate) mod html;
pub mod opened;
pub mod output;
pub mod pipeline;
pub mod progress;
pub(crate) mod project;
pub(crate) mod published;
pub(crate) mod render;
pub mod schema;
pub mod serve;
pub(crate) mod single;
pub(crate) mod site;
pub mod source;
pub(crate) mod yaml;
