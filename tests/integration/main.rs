//! The real binary on small sites in temporary folders: what a user types, and what a user sees.
//!
//! A file an area, a test a small [`site::Site`]. The day is always 2026-11-22, the environment's language English.

#![expect(clippy::unwrap_used, reason = "a test may fail")]
#![expect(clippy::disallowed_methods, reason = "tests prepare folders and read results")]

mod addresses;
mod architecture;
mod bad_input;
mod baseline;
mod campaign;
mod cli;
mod diff;
mod documentation;
mod exact_texts;
mod explain;
mod external;
mod fix;
mod graph;
mod guide;
mod hosting;
mod ignore;
mod import;
mod import_html;
mod import_trees;
mod import_words;
mod init;
mod link_graph;
mod links;
mod lint;
mod misbehaving;
mod navigation;
mod new;
mod offline;
mod output;
mod pages;
mod plain_english;
mod preview;
mod progress;
mod project;
mod published;
mod rename;
mod reports;
mod reproducible;
mod schema;
mod search;
mod secure;
mod serve;
mod single_file;
mod site;
mod suggest;
mod theme;
mod walk;
mod watching;
