//! Staging folders on the file system of the output folder, and those of killed builds.
//!
//! In: the output folder. Out: a [`Stage`] with `new/` for new files, `old/` for replaced ones, and a `lock` that its build
//! holds until it ends. Its name is `.NAME.vereda-RANDOM` beside the output folder, or `.vereda-RANDOM` inside it.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;

use tempfile::{Builder, TempDir};

use super::cannot_write;
use crate::error::{Error, Result};

/// First part of the name of a stage inside an output folder.
const INSIDE: &str = ".vereda-";

/// Removing a folder takes long on some file systems (4 ms measured on an ext4), so folders are removed in parallel.
const REMOVING_THREADS: usize = 32;

/// A folder that is removed when it is dropped.
pub(super) struct Stage {
    folder: TempDir,
    /// Open until the build ends.
    _lock: File,
}

/// True for the name of a stage inside an output folder.
pub(super) fn is_inside(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with(INSIDE))
}

/// The stages of killed builds of this folder.
pub(super) fn find_dead(folder: &Path) -> Vec<PathBuf> {
    let beside = folder.parent().zip(prefix_beside(folder));
    let mut stages = beside.map(|(parent, prefix)| dead_in(parent, &prefix)).unwrap_or_default();
    stages.extend(dead_in(folder, INSIDE));
    stages
}

fn dead_in(parent: &Path, prefix: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let stages = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix));
    stages.map(|entry| entry.path()).filter(|stage| is_dead(stage)).collect()
}

/// True if the lock of a stage is free. A stage without a lock file is being created.
fn is_dead(stage: &Path) -> bool {
    !stage.is_symlink() && File::open(stage.join("lock")).is_ok_and(|lock| lock.try_lock().is_ok())
}

fn prefix_beside(folder: &Path) -> Option<String> {
    Some(format!(".{}.vereda-", folder.file_name()?.to_string_lossy()))
}

/// The new files of a stage.
pub(super) fn new_tree(stage: &Path) -> PathBuf {
    stage.join("new")
}

/// The replaced files of a stage.
pub(super) fn old_tree(stage: &Path) -> PathBuf {
    stage.join("old")
}

/// Removes a stage. Files that cannot be removed are left.
pub(super) fn remove(stage: &Path) {
    for tree in [new_tree(stage), old_tree(stage)] {
        remove_tree(&tree);
    }
    let _ = fs::remove_dir_all(stage);
}

/// Removes the folders below `tree` in parallel, down to the second level.
fn remove_tree(tree: &Path) {
    let folders = |parent: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(parent).into_iter().flatten().flatten();
        entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()).collect()
    };
    let upper = folders(tree);
    let lower: Vec<PathBuf> = upper.iter().flat_map(|folder| folders(folder)).collect();
    remove_each(&lower);
    remove_each(&upper);
}

fn remove_each(folders: &[PathBuf]) {
    let share = folders.len().div_ceil(REMOVING_THREADS).max(1);
    let remove = |folder: &PathBuf| drop(fs::remove_dir_all(folder));
    thread::scope(|scope| {
        for part in folders.chunks(share) {
            scope.spawn(move || part.iter().for_each(remove));
        }
    });
}

impl Stage {
    /// A stage beside `folder`. Creates missing parents.
    pub(super) fn beside(folder: &Path) -> Result<Self> {
        let (Some(parent), Some(prefix)) = (folder.parent(), prefix_beside(folder)) else {
            return Err(Error::UnsafeOutput(folder.to_owned()));
        };
        Self::new(parent, &prefix).map_err(cannot_write(folder))
    }

    /// A stage inside `folder`, which is created if missing.
    pub(super) fn inside(folder: &Path) -> Result<Self> {
        Self::new(folder, INSIDE).map_err(cannot_write(folder))
    }

    fn new(parent: &Path, prefix: &str) -> io::Result<Self> {
        fs::create_dir_all(parent)?;
        let folder = Builder::new().prefix(prefix).tempdir_in(parent)?;
        let lock = File::create(folder.path().join("lock"))?;
        lock.lock()?;
        fs::create_dir(new_tree(folder.path()))?;
        fs::create_dir(old_tree(folder.path()))?;
        Ok(Self { folder, _lock: lock })
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Keeps the stage for the next build, because a roll-back failed.
    pub(super) fn leave(&mut self) {
        self.folder.disable_cleanup(true);
    }

    /// Removes the stage, faster than dropping it.
    pub(super) fn remove(self) {
        remove(self.folder.path());
    }
}
