//! A place for the new tree on the file system of the old one, and what is left of it when a build dies.
//!
//! In: a folder and a [`Plan`]. Out: a [`Stage`] whose `new/` holds the tree. A stage is a folder
//! `.NAME.vereda-RANDOM` beside the output folder (or `.vereda-RANDOM` inside it) with a `lock` that its build holds until it
//! ends, so that the next build knows which stages are dead: [`recover`].

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File, FileTimes};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::{Builder, TempDir};

use super::folder::MARKER;
use super::plan::Plan;
use super::{Contents, OutputFile, cannot_write};
use crate::error::{Error, Result};

/// How the name of a stage inside an output folder begins.
const INSIDE: &str = ".vereda-";

/// A folder that is deleted when it is dropped.
pub(super) struct Stage {
    folder: TempDir,
    /// Open as long as the build lives.
    _lock: File,
}

/// True for the name of a stage inside an output folder.
pub(super) fn is_stage_inside(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with(INSIDE))
}

/// Puts the previous output back where a build died between its two renames, and deletes what dead builds left.
///
/// What cannot be put right is left alone: it is beside the output or hidden in it, and harms nothing.
pub(super) fn recover(folder: &Path) {
    let beside = folder.parent().zip(prefix_beside(folder));
    let beside = beside.map(|(parent, prefix)| dead_stages(parent, &prefix)).unwrap_or_default();
    for stage in beside.iter().chain(&dead_stages(folder, INSIDE)) {
        if !folder.exists() {
            let _ = fs::rename(stage.join("old"), folder);
        }
        let _ = fs::remove_dir_all(stage);
    }
}

fn dead_stages(parent: &Path, prefix: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let stages = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix));
    stages.map(|entry| entry.path()).filter(|stage| is_dead(stage)).collect()
}

/// True when nobody holds the lock of a stage. A stage without a lock is being made at this moment.
fn is_dead(stage: &Path) -> bool {
    !stage.is_symlink() && File::open(stage.join("lock")).is_ok_and(|lock| lock.try_lock().is_ok())
}

fn prefix_beside(folder: &Path) -> Option<String> {
    Some(format!(".{}.vereda-", folder.file_name()?.to_string_lossy()))
}

impl Stage {
    /// A stage beside `folder`, whose parents are made where they are missing.
    pub(super) fn beside(folder: &Path) -> Result<Self> {
        let (Some(parent), Some(prefix)) = (folder.parent(), prefix_beside(folder)) else {
            return Err(Error::UnsafeOutput(folder.to_owned()));
        };
        fs::create_dir_all(parent).and_then(|()| Self::new(parent, &prefix)).map_err(cannot_write(folder))
    }

    /// A stage inside `folder`, which is made where it is missing.
    pub(super) fn inside(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder).and_then(|()| Self::new(folder, INSIDE)).map_err(cannot_write(folder))
    }

    fn new(parent: &Path, prefix: &str) -> io::Result<Self> {
        let folder = Builder::new().prefix(prefix).tempdir_in(parent)?;
        let lock = File::create(folder.path().join("lock"))?;
        lock.lock()?;
        fs::create_dir(folder.path().join("new"))?;
        Ok(Self { folder, _lock: lock })
    }

    /// Where the new tree is made.
    pub(super) fn new_tree(&self) -> PathBuf {
        self.folder.path().join("new")
    }

    /// Where the old tree is moved to.
    pub(super) fn old_tree(&self) -> PathBuf {
        self.folder.path().join("old")
    }

    /// Leaves the stage for [`recover`]: it holds what could not be moved back.
    pub(super) fn leave(&mut self) {
        self.folder.disable_cleanup(true);
    }

    /// Makes the whole new tree: what changed, links to what did not, and the marker.
    pub(super) fn fill(&self, plan: &Plan<'_>, folder: &Path) -> Result<()> {
        let new = self.new_tree();
        let unchanged = plan.unchanged.par_iter().map(|output| Path::new(&output.path));
        let kept: Vec<&Path> = unchanged.chain(plan.foreign.par_iter().map(PathBuf::as_path)).collect();
        make_folders(kept.iter().copied().chain(paths(&plan.changed)), &new)?;
        kept.par_iter().try_for_each(|path| keep(&folder.join(path), &new.join(path)))?;
        self.fill_changed(plan)?;
        write_file(&new.join(MARKER), plan.marker.as_bytes())?;
        copy_permissions(folder, &new)
    }

    /// Makes what changed, and nothing else.
    pub(super) fn fill_changed(&self, plan: &Plan<'_>) -> Result<()> {
        let new = self.new_tree();
        make_folders(paths(&plan.changed), &new)?;
        plan.changed.par_iter().try_for_each(|output| write_output(output, &new))
    }
}

fn paths<'a>(outputs: &'a [&OutputFile]) -> impl Iterator<Item = &'a Path> {
    outputs.iter().map(|output| Path::new(&output.path))
}

/// Makes the folders of all these files below `tree`, each once.
fn make_folders<'a>(files: impl Iterator<Item = &'a Path>, tree: &Path) -> Result<()> {
    let folders: BTreeSet<&Path> = files.filter_map(Path::parent).collect();
    for folder in folders {
        let place = tree.join(folder);
        fs::create_dir_all(&place).map_err(cannot_write(&place))?;
    }
    Ok(())
}

/// Makes `place` the same file as `old`; where the file system has no hard links, a copy with the same date.
fn keep(old: &Path, place: &Path) -> Result<()> {
    match fs::hard_link(old, place) {
        Err(cause) if !matches!(cause.kind(), ErrorKind::CrossesDevices | ErrorKind::AlreadyExists) => {
            copy_with_date(old, place).map_err(cannot_write(place))
        }
        linked => linked.map_err(cannot_write(place)),
    }
}

fn copy_with_date(old: &Path, place: &Path) -> io::Result<()> {
    fs::copy(old, place)?;
    let modified = fs::metadata(old)?.modified()?;
    File::options().write(true).open(place)?.set_times(FileTimes::new().set_modified(modified))
}

fn write_output(output: &OutputFile, tree: &Path) -> Result<()> {
    let place = tree.join(&output.path);
    match &output.contents {
        Contents::Bytes(bytes) => write_file(&place, bytes),
        Contents::Copy(source) => copy(source, &place),
    }
}

fn write_file(place: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(place, bytes).map_err(cannot_write(place))
}

/// Copies the bytes and not the permissions: what only the editor may read is still published.
fn copy(source: &Path, place: &Path) -> Result<()> {
    let mut from = File::open(source).map_err(|cause| Error::Read(source.to_owned(), cause))?;
    let written = File::create_new(place).and_then(|mut to| io::copy(&mut from, &mut to));
    written.map(drop).map_err(cannot_write(place))
}

fn copy_permissions(folder: &Path, new: &Path) -> Result<()> {
    match fs::metadata(folder) {
        Ok(metadata) => fs::set_permissions(new, metadata.permissions()).map_err(cannot_write(new)),
        Err(_) => Ok(()),
    }
}
