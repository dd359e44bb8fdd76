//! The only writer: outputs → a folder, atomically, or memory.
//!
//! In: every [`OutputFile`] of a site. Out: a folder with these files. Entry points: [`write()`], and `file` for single
//! files.
//!
//! 1. `folder`: the output folder must be new, empty, or written by an earlier build (its marker `.vereda` proves this),
//!    and not part of a site.
//! 2. `plan`: the existing files are compared with the outputs by their bytes. If nothing differs, nothing is written.
//! 3. `fill`: new files are written into a staging folder beside the output folder, on the same file system. This takes
//!    nearly all of the time, and the output folder is unchanged.
//! 4. `exchange`: the new tree and the output folder exchange their names, which is one operation. Unchanged files and those
//!    of others are in both trees, as hard links. A new output folder is one rename too, and so is a single changed file.
//! 5. `moves`: where the file system cannot exchange folders, or other programs have folders in the output folder, files are
//!    renamed one by one, and for many files their top-level folders. A failure is rolled back. A killed process leaves a
//!    journal, from which the next build rolls back before it starts.
//!
//! If no file can be renamed into the output folder (it is a mount point, or its parent is read-only), the staging folder is
//! inside it. Builds of one output folder take turns.
//!
//! Files are not synced: after a power cut, files of the last build can be missing.
//!
//! Other files in the output folder (a `CNAME`, the `.git` of a published branch) are kept.

mod edits;
mod exchange;
mod file;
mod fill;
mod folder;
mod marker;
mod memory;
mod moves;
mod plan;
mod replace;
mod stage;

use std::io;
use std::path::{Path, PathBuf};

pub use edits::{ChangedLine, FileEdit, SiteEdits};
pub(crate) use file::replace_file;
pub use file::{create_file, write_file, write_file_and_folders};
pub(crate) use memory::{Fingerprint, Held, Memory};

use crate::error::{Error, Result};
use crate::progress::{Observer, Stage};
use crate::source::FileId;

/// One file of the published site.
#[derive(Clone, Debug)]
pub struct OutputFile {
    /// Relative to the output folder, with `/` between parts: `whatsapp/index.html`.
    pub path: String,
    /// The bytes, or the file to copy.
    pub contents: Contents,
    /// The source file; `None` for outputs of the whole site.
    pub source: Option<FileId>,
}

/// Contents of an output file.
#[derive(Clone, Debug)]
pub enum Contents {
    /// Rendered in memory.
    Bytes(Vec<u8>),
    /// A file of the site, copied when the outputs are written.
    Copy(PathBuf),
}

/// Counts of files in a [`write()`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// New or changed.
    pub written: usize,
    /// Equal to the existing file.
    pub unchanged: usize,
    /// Written by an earlier build and no longer part of the site.
    pub removed: usize,
}

/// Writes the outputs to `folder`, and removes outputs of earlier builds. Other files are kept.
///
/// Fails with [`Error::UnsafeOutput`] if the folder has other contents or is part of a site, or if an output would be
/// outside it. After a failure, the folder is unchanged.
pub fn write(outputs: &[OutputFile], folder: &Path) -> Result<Written> {
    write_observed(outputs, folder, &Observer::default())
}

/// As [`write()`], with an observer of the progress.
pub fn write_observed(outputs: &[OutputFile], folder: &Path, observer: &Observer) -> Result<Written> {
    observer.begin(Stage::Writing);
    let folder = folder::open(folder)?;
    let plan = plan::compare(outputs, &folder)?;
    if plan.has_changes() {
        replace::replace(&folder, &plan, &observer.steps(Stage::Writing, plan.changed.len()))?;
    }
    Ok(plan.summary())
}

/// The error for a failed write at `path`.
fn cannot_write(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |cause| Error::Write(path, cause)
}
