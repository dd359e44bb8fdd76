//! Vereda: a documentation site generator whose procedures can be walked.

#![cfg_attr(test, expect(clippy::disallowed_methods, reason = "tests prepare folders and read results"))]

pub(crate) mod check;
pub(crate) mod config;
pub(crate) mod content;
pub(crate) mod copies;
pub mod diagnostic;
pub(crate) mod diagram;
pub mod diff;
pub mod edit;
pub mod error;
pub(crate) mod external;
pub(crate) mod flow;
pub(crate) mod html;
pub mod import;
pub mod inspect;
#[expect(clippy::disallowed_methods, reason = "the only writer")]
pub mod output;
pub mod pipeline;
pub mod progress;
#[expect(clippy::disallowed_methods, reason = "the only reader")]
pub mod project;
pub(crate) mod published;
pub(crate) mod rename;
pub(crate) mod render;
pub mod report;
pub mod schema;
pub mod search;
pub mod serve;
pub(crate) mod single_file;
pub(crate) mod site;
pub mod source;
pub mod splice;
pub(crate) mod suppression;
#[cfg(any(test, fuzzing))]
pub mod testing;
pub(crate) mod theme;
pub(crate) mod url;
pub mod words;
pub(crate) mod yaml;
