//! Outputs → disk, whole or not at all, or memory: the only writer.
//!
//! In: every [`OutputFile`] of a site. Out: a folder that holds them. Entry points: [`write()`], and [`file`] for single files.
//!
//! # Whole or not at all
//!
//! 1. `folder`: the folder must be new, empty, or made by us (its marker `.vereda` says so), and no part of a site.
//! 2. `plan`: what is there is compared byte by byte with the outputs. When nothing differs, nothing is touched.
//! 3. `fill`: what is new is made in a `stage` beside the folder, on the same file system. Until here, and that is nearly
//!    all of the time, the folder is as it was, whatever happens.
//! 4. `moves`: it is moved in. A new folder is one rename. Of few files each is replaced by one rename; of many files,
//!    the uppermost folders that hold them. A failure puts everything back. A process killed in these milliseconds leaves a
//!    journal, from which the next build puts everything back before it begins.
//!
//! The folder itself is never replaced, so that whoever serves from it, or has it mounted, sees the new files. Where nothing
//! can be moved in from beside it (it is a mount point, or its parent cannot be written), the stage stands inside it.
//!
//! What this does not promise: that a power cut just after the build leaves every file on the disk, for nothing is synced.
//!
//! Files that are not ours (a `CNAME` put there by hand, the `.git` of a branch that is published) are kept.

mod file;
mod fill;
mod folder;
mod memory;
mod moves;
mod plan;
mod replace;
mod stage;

use std::io;
use std::path::{Path, PathBuf};

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

/// What [`write()`] did, in files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// New, or with other bytes than before.
    pub written: usize,
    /// There already, with the same bytes.
    pub unchanged: usize,
    /// Written by an earlier build and no longer part of the site.
    pub removed: usize,
}

/// Makes `folder` hold exactly these outputs, beside files that are not ours.
///
/// Fails with [`Error::UnsafeOutput`] where the folder holds something else or is part of a site, and where an output would
/// leave it. After any failure the folder holds what it held before.
pub fn write(outputs: &[OutputFile], folder: &Path) -> Result<Written> {
    write_observed(outputs, folder, &Observer::default())
}

/// As [`write()`], and tells how far it has come.
pub fn write_observed(outputs: &[OutputFile], folder: &Path, observer: &Observer) -> Result<Written> {
    observer.begin(Stage::Writing);
    let folder = folder::open(folder)?;
    let plan = plan::compare(outputs, &folder)?;
    if plan.has_changes() {
        replace::replace(&folder, &plan, &observer.steps(Stage::Writing, plan.changed.len()))?;
    }
    Ok(plan.summary())
}

/// The failure of writing at `path`.
fn cannot_write(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |cause| Error::Write(path, cause)
}
