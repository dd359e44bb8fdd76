//! Import of pages of other tools: a source on disk → pages as Markdown, with a report.
//!
//! 1. `project::archive` opens the source, and `source` recognises its kind by content.
//! 2. `source` reads each page into a `tree`: `normal` gives it the form that Markdown can hold, `ids` its ids.
//! 3. `write` writes the tree. One writer and one escaping function serve all sources.
//! 4. `files` writes pages and files below the folder of the import; what an editor changed since is kept.
//!
//! [`report`] has what was left out, and what an editor must check. Entry point: [`import`].

mod files;
mod ids;
mod names;
mod normal;
pub mod report;
mod source;
mod tree;
mod write;

use std::path::Path;

use crate::diagnostic::catalogue::import as texts;
use crate::diagnostic::{Language, Text};
use crate::error::{Error, Result};
use crate::project::archive::Archive;

pub use source::Kind;

use report::Report;
use source::{Wanted, read};

/// The default folder of an import below the site's root.
pub const FOLDER: &str = "content/importado";

/// Name of the report at the site's root.
pub const REPORT: &str = "import-report.md";

/// Settings of an import.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// A file or a folder.
    pub source: &'a Path,
    /// The folder of the site.
    pub root: &'a Path,
    /// The folder of the import below the root.
    pub folder: &'a str,
    /// Titles or ids of pages; all if it is empty.
    pub pages: &'a [String],
    /// The kind of the source, if it is not recognised by content.
    pub kind: Option<Kind>,
    /// The old address of the source.
    pub base: Option<&'a str>,
    /// The folder of included files that are not in the source.
    pub include_root: Option<&'a Path>,
    /// Write nothing.
    pub is_dry: bool,
    /// Write files that an editor changed too.
    pub is_forced: bool,
    /// Language of the site.
    pub language: Language,
}

/// Why nothing was imported.
#[derive(Debug)]
pub enum Failure {
    /// The machine failed.
    Machine(Error),
    /// The source, or an option, is not what it should be.
    Refused(Text),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Machine(error)
    }
}

/// Imports a source. The report is returned; the caller completes and writes it.
pub fn import(options: &Options<'_>) -> Result<Report, Failure> {
    if !is_folder_below(options.folder) {
        return Err(Failure::Refused(texts::wrong_target(options.folder)));
    }
    let mut archive = Archive::open(options.source)?;
    let unknown = || Failure::Refused(texts::unknown_source(options.source.display()));
    let kind = match options.kind {
        Some(kind) => kind,
        None => Kind::of(&mut archive).ok_or_else(unknown)?,
    };
    let wanted = Wanted {
        folder: options.folder,
        pages: options.pages,
        base: options.base.map(|base| base.trim_end_matches('/')),
        include_root: options.include_root,
        language: options.language,
    };
    let mut imported = read(kind, &mut archive, &wanted)?;
    if imported.pages.is_empty() {
        return Err(unknown());
    }
    if !options.is_dry {
        files::write(&mut imported, &mut archive, options)?;
    }
    Ok(imported.report)
}

/// Reads any bytes as each kind of source, and writes the page.
#[cfg(any(test, fuzzing))]
pub(crate) fn read_any(bytes: &[u8]) -> String {
    source::confluence::count_objects_of(bytes);
    source::confluence::write_page_of(&String::from_utf8_lossy(bytes))
}

/// True for a relative path without `..`.
fn is_folder_below(folder: &str) -> bool {
    let is_part = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':']);
    folder.trim_end_matches('/').split('/').all(is_part)
}
