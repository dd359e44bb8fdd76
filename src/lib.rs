//! Vereda: a documentation site generator whose procedures can be walked.

pub(crate) mod check;
pub(crate) mod config;
pub(crate) mod content;
pub mod diagnostic;
pub(crate) mod diagram;
pub mod diff;
pub mod error;
pub(crate) mod external;
pub(crate) mod flow;
pub(crate) mod html;
pub mod inspect;
pub mod output;
pub mod pipeline;
pub mod progress;
pub(crate) mod project;
pub(crate) mod published;
pub(crate) mod render;
pub mod report;
pub mod schema;
pub mod serve;
pub(crate) mod single_file;
pub(crate) mod site;
pub mod source;
pub(crate) mod suppression;
#[cfg(any(test, fuzzing))]
pub mod testing;
pub(crate) mod theme;
pub(crate) mod url;
pub mod words;
pub(crate) mod yaml;
