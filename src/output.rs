//! Outputs → disk, whole or not at all: the only writer.

use std::path::PathBuf;

use crate::source::FileId;

/// One file of the published site.
#[derive(Clone, Debug)]
pub struct OutputFile {
    /// Relative to the output folder, with `/` between parts: `whatsapp/index.html`.
    pub path: String,
    /// What it holds.
    pub contents: Contents,
    /// The text it was made from; `None` for what belongs to the whole site.
    pub source: Option<FileId>,
}

/// What an output file holds.
#[derive(Clone, Debug)]
pub enum Contents {
    /// Rendered in memory.
    Bytes(Vec<u8>),
    /// The same as a file of the site, copied when the outputs are written.
    Copy(PathBuf),
}
