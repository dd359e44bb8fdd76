//! A place for what is new on the file system of what is there, and what is left of it when a build dies.
//!
//! In: a folder. Out: a [`Stage`]: `new/` for what will be put in, `old/` for what is taken out, and a `lock` that its build
//! holds until it ends. It is called `.NAME.vereda-RANDOM` and stands beside the output folder, or `.vereda-RANDOM` inside it.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;

use tempfile::{Builder, TempDir};

use super::cannot_write;
use crate::error::{Error, Result};

/// How the name of a stage inside an output folder begins.
const INSIDE: &str = ".vereda-";

/// Removing a folder means waiting on some file systems (4 ms on an ext4 we measured), and waiting can be shared.
const REMOVING_THREADS: usize = 32;

/// A folder that is removed when it is dropped.
pub(super) struct Stage {
    folder: TempDir,
    /// Open as long as the build lives.
    _lock: File,
}

/// True for the name of a stage inside an output folder.
pub(super) fn is_inside(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with(INSIDE))
}

/// The stages of builds of this folder that died.
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

/// True when nobody holds the lock of a stage. A stage without a lock is being made at this moment.
fn is_dead(stage: &Path) -> bool {
    !stage.is_symlink() && File::open(stage.join("lock")).is_ok_and(|lock| lock.try_lock().is_ok())
}

fn prefix_beside(folder: &Path) -> Option<String> {
    Some(format!(".{}.vereda-", folder.file_name()?.to_string_lossy()))
}

/// Where a stage keeps what will be put in.
pub(super) fn new_tree(stage: &Path) -> PathBuf {
    stage.join("new")
}

/// Where a stage keeps what was taken out.
pub(super) fn old_tree(stage: &Path) -> PathBuf {
    stage.join("old")
}

/// Removes a stage; what cannot be removed harms nothing where it is.
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
    /// A stage beside `folder`, whose parents are made where they are missing.
    pub(super) fn beside(folder: &Path) -> Result<Self> {
        let (Some(parent), Some(prefix)) = (folder.parent(), prefix_beside(folder)) else {
            return Err(Error::UnsafeOutput(folder.to_owned()));
        };
        Self::new(parent, &prefix).map_err(cannot_write(folder))
    }

    /// A stage inside `folder`, which is made where it is missing.
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

    /// Leaves the stage for the next build, because it holds what could not be moved back.
    pub(super) fn leave(&mut self) {
        self.folder.disable_cleanup(true);
    }

    /// Removes the stage now, faster than by dropping it.
    pub(super) fn remove(self) {
        remove(self.folder.path());
    }
}
