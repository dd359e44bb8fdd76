//! Exchange of the output folder with a complete new tree, as one rename.
//!
//! In: the plan and the new tree. Out: the new tree stands in place of the folder, or nothing changed. Entry points:
//! [`is_possible`] before the tree is filled, and [`exchange`]. A reader of the folder sees the old site or the new one,
//! even if the build is killed.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::stage::{new_tree, old_tree};

/// True if the file system exchanges folders, and the new tree can have the owner and attributes of the existing folders.
pub(super) fn is_possible(stage: &Path, folder: &Path, folders: &BTreeSet<PathBuf>) -> bool {
    let new = new_tree(stage);
    let is_alike =
        |inside: &PathBuf| has_same_owner(&folder.join(inside), &new) && !has_attributes(&folder.join(inside));
    // Both trees are empty.
    folders.iter().all(is_alike) && exchange_names(&new, &old_tree(stage)).is_ok()
}

/// Exchanges the filled new tree with the folder. `folders` are the existing folders, whose modes are kept.
pub(super) fn exchange(new: &Path, folder: &Path, folders: &BTreeSet<PathBuf>) -> io::Result<()> {
    for inside in folders {
        let (from, to) = (folder.join(inside), new.join(inside));
        if to.symlink_metadata().is_ok_and(|found| found.is_dir()) {
            fs::set_permissions(to, from.symlink_metadata()?.permissions())?;
        }
    }
    exchange_names(new, folder)
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange_names(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange_names(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(unix)]
fn has_same_owner(folder: &Path, new: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let owner = |path: &Path| path.symlink_metadata().map(|found| (found.uid(), found.gid())).ok();
    owner(folder).is_some_and(|known| owner(new) == Some(known))
}

#[cfg(not(unix))]
fn has_same_owner(_: &Path, _: &Path) -> bool {
    true
}

/// True if a folder has access lists or other extended attributes, which a new folder would not have.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn has_attributes(folder: &Path) -> bool {
    // Every folder has these, and a new one gets its own.
    const OF_SYSTEM: [&[u8]; 2] = [b"security.selinux", b"com.apple.provenance"];
    let mut names = [0; 4096];
    match rustix::fs::listxattr(folder, &mut names) {
        Ok(length) => {
            names[..length].split(|byte| *byte == 0).any(|name| !name.is_empty() && !OF_SYSTEM.contains(&name))
        }
        Err(cause) => cause != rustix::io::Errno::NOTSUP,
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn has_attributes(_: &Path) -> bool {
    false
}
