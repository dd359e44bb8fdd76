//! Staging folders on the file system of the output folder, and those of killed builds.
//!
//! In: the output folder. Out: a [`Stage`] with `new/` for new files, `old/` for replaced ones, and a `lock` that its build
//! holds until it ends. Its name is `.NAME.vereda-RANDOM` beside the output folder, or `.vereda-RANDOM` inside it.
//!
//! A stage is believed only if this user made it and no other user can write into it. No link in it is followed.

use std::ffi::OsStr;
use std::fs::{self, DirEntry, File, Metadata, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::{Builder, TempDir};

use super::cannot_write;
use crate::error::{Error, Result};

/// First part of the name of a stage inside an output folder.
const INSIDE: &str = ".vereda-";

/// Removing a folder takes long on some file systems (4 ms measured on an ext4), so folders are removed in parallel.
const REMOVING_THREADS: usize = 32;

/// Longest wait for another build of a folder beside this one.
const WAIT: Duration = Duration::from_mins(1);

/// Interval of looking whether the other build has ended.
const INTERVAL: Duration = Duration::from_millis(10);

/// The right to write below a folder, until it is dropped. Builds of one output folder take turns.
pub(super) struct Turn {
    /// `None` if the system cannot lock the folder, or another build did not end in time.
    lock: Option<File>,
}

impl Turn {
    /// Waits for the end of other builds beside `folder`.
    pub(super) fn wait(folder: &Path) -> Self {
        let parent = folder.ancestors().skip(1).find(|parent| parent.is_dir());
        let lock = parent.and_then(|parent| File::open(parent).ok());
        let end = Instant::now() + WAIT;
        let is_locked = |file: &File| {
            loop {
                match file.try_lock() {
                    Ok(()) => return true,
                    Err(TryLockError::WouldBlock) if Instant::now() < end => thread::sleep(INTERVAL),
                    Err(_) => return false,
                }
            }
        };
        Self { lock: lock.filter(is_locked) }
    }

    fn is_exclusive(&self) -> bool {
        self.lock.is_some()
    }
}

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
pub(super) fn find_dead(folder: &Path, turn: &Turn) -> Vec<PathBuf> {
    let beside = folder.parent().zip(prefix_beside(folder));
    let mut stages = beside.map(|(parent, prefix)| dead_in(parent, &prefix, turn)).unwrap_or_default();
    stages.extend(dead_in(folder, INSIDE, turn));
    stages
}

fn dead_in(parent: &Path, prefix: &str, turn: &Turn) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let is_stage = |entry: &DirEntry| {
        let name = entry.file_name();
        let random = name.to_str().and_then(|name| name.strip_prefix(prefix));
        random.is_some_and(|random| !random.is_empty() && random.chars().all(|c| c.is_ascii_alphanumeric()))
    };
    entries.filter(is_stage).map(|entry| entry.path()).filter(|stage| is_own(stage) && is_dead(stage, turn)).collect()
}

/// True for a folder that this user made for no other user.
fn is_own(stage: &Path) -> bool {
    stage.symlink_metadata().is_ok_and(|found| found.is_dir() && is_private(&found))
}

#[cfg(unix)]
fn is_private(found: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    found.uid() == rustix::process::geteuid().as_raw() && found.mode() & 0o777 == 0o700
}

#[cfg(not(unix))]
fn is_private(_: &Metadata) -> bool {
    true
}

/// True if the lock of a stage is free. A stage without a lock is being created, unless no other build can run now.
fn is_dead(stage: &Path, turn: &Turn) -> bool {
    match open_without_links(&stage.join("lock")) {
        Ok(lock) => lock.try_lock().is_ok(),
        Err(cause) => cause.kind() == ErrorKind::NotFound && turn.is_exclusive(),
    }
}

/// Opens a file in a stage. Fails for a link; does not wait for a pipe.
pub(super) fn open_without_links(path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    {
        use rustix::fs::{Mode, OFlags};
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
    }
    #[cfg(not(unix))]
    File::open(path)
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

fn new_private_folder(prefix: &str, parent: &Path) -> io::Result<TempDir> {
    let mut builder = Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.prefix(prefix).tempdir_in(parent)
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
        let folder = new_private_folder(prefix, parent)?;
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
