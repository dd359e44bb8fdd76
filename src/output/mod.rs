//! Outputs → disk, whole or not at all, or memory: the only writer.
//!
//! In: every [`OutputFile`] of a site. Out: a folder that holds them. Entry point: [`write()`].
//!
//! # Whole or not at all
//!
//! 1. [`folder`]: the folder must be new, empty, or made by us (its marker `.vereda` says so), and no part of a site.
//! 2. [`plan`]: what is there is compared byte by byte with the outputs. When nothing differs, nothing is touched.
//! 3. [`stage`]: the new tree is made beside the folder, on the same file system. What did not change is a hard link to the
//!    file that is there, so its date and inode stay; what changed is written.
//! 4. [`replace`]: the old tree is moved away, the new one takes its name, the old one is deleted.
//!
//! Until step 4 the previous output is untouched. Step 4 is two renames: where the second fails the first is undone, and
//! where the process dies between them the next build puts the old tree back. Where the folder cannot be moved (a mount
//! point, a parent that cannot be written), its files are replaced one by one instead and all put back at the first failure;
//! there, and only there, a process killed meanwhile leaves some files new and some old until the next build.
//!
//! Files that are not ours (a `CNAME` put there by hand, the `.git` of a branch that is published) are kept.

mod folder;
mod memory;
mod plan;
mod replace;
mod stage;

use std::io;
use std::path::{Path, PathBuf};

pub(crate) use memory::{Fingerprint, Held, Memory};

use crate::error::{Error, Result};
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
    let folder = folder::open(folder)?;
    let plan = plan::compare(outputs, &folder)?;
    if plan.has_changes() {
        replace::replace(&folder, &plan)?;
    }
    Ok(plan.summary())
}

/// The failure of writing at `path`.
fn cannot_write(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |cause| Error::Write(path, cause)
}
