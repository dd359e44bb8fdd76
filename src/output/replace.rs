//! The new tree in place of the old one.
//!
//! In: a [`Folder`] and a [`Plan`]. Out: the folder holds the outputs, or what it held before. Entry point: [`replace`].

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::cannot_write;
use super::folder::{Folder, MARKER, marker_text};
use super::plan::Plan;
use super::stage::Stage;
use crate::error::{Error, Result};

/// Replaces the folder as a whole, or file by file where it cannot be moved.
pub(super) fn replace(folder: &Folder, plan: &Plan<'_>) -> Result<()> {
    match replace_whole(&folder.path, plan) {
        Err(Error::Write(_, cause)) if is_immovable(cause.kind()) => replace_files(folder, plan),
        result => result,
    }
}

/// True for the failures of mount points and of parents that cannot be written.
fn is_immovable(kind: ErrorKind) -> bool {
    use ErrorKind::{CrossesDevices, PermissionDenied, ReadOnlyFilesystem, ResourceBusy};
    matches!(kind, CrossesDevices | PermissionDenied | ReadOnlyFilesystem | ResourceBusy)
}

fn replace_whole(folder: &Path, plan: &Plan<'_>) -> Result<()> {
    let mut stage = Stage::beside(folder)?;
    stage.fill(plan, folder)?;
    let (old, new) = (stage.old_tree(), stage.new_tree());
    stage.attempt(|moves| {
        if folder.exists() {
            moves.rename(folder, &old)?;
        }
        moves.rename(&new, folder)
    })
}

/// Meanwhile the marker lists the files of both trees, so that whatever happens the next build knows what is ours.
fn replace_files(folder: &Folder, plan: &Plan<'_>) -> Result<()> {
    let mut stage = Stage::inside(&folder.path)?;
    stage.fill_changed(plan)?;
    let both = folder.ours.iter().map(String::as_str).chain(plan.marker.lines().skip(1));
    write_marker(folder, &marker_text(both))?;
    let (old, new) = (stage.old_tree(), stage.new_tree());
    stage.attempt(|moves| {
        plan.removed.iter().try_for_each(|path| moves.rename(&folder.path.join(path), &old.join(path)))?;
        remove_empty_folders(&plan.removed, &folder.path);
        plan.changed.iter().map(|output| Path::new(&output.path)).try_for_each(|path| {
            let place = folder.path.join(path);
            if is_file_or_link(&place) {
                moves.rename(&place, &old.join(path))?;
            }
            moves.rename(&new.join(path), &place)
        })
    })?;
    write_marker(folder, &plan.marker)
}

fn write_marker(folder: &Folder, text: &str) -> Result<()> {
    let marker = folder.path.join(MARKER);
    fs::write(&marker, text).map_err(cannot_write(&marker))
}

fn is_file_or_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| !metadata.is_dir())
}

/// Removes the folders that held only what was removed.
fn remove_empty_folders(removed: &[PathBuf], folder: &Path) {
    for path in removed.iter().rev() {
        let parents = path.ancestors().skip(1).filter(|parent| *parent != Path::new(""));
        for parent in parents {
            if fs::remove_dir(folder.join(parent)).is_err() {
                break;
            }
        }
    }
}

impl Stage {
    /// Makes some moves, all or none. What cannot be moved back stays in the stage.
    fn attempt(&mut self, make: impl FnOnce(&mut Moves) -> Result<()>) -> Result<()> {
        let mut moves = Moves::default();
        let result = make(&mut moves);
        if result.is_err() && moves.undo().is_err() {
            self.leave();
        }
        result
    }
}

/// Renames that were made, from and to.
#[derive(Default)]
struct Moves {
    made: Vec<(PathBuf, PathBuf)>,
}

impl Moves {
    fn rename(&mut self, from: &Path, to: &Path) -> Result<()> {
        make_parent(to).and_then(|()| fs::rename(from, to)).map_err(cannot_write(to))?;
        self.made.push((from.to_owned(), to.to_owned()));
        Ok(())
    }

    /// Makes them backwards, last first.
    fn undo(self) -> io::Result<()> {
        let back = |(from, to): (PathBuf, PathBuf)| make_parent(&from).and_then(|()| fs::rename(to, from));
        self.made.into_iter().rev().try_for_each(back)
    }
}

fn make_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

#[cfg(test)]
mod tests {
    use super::super::{Contents, OutputFile, folder, plan, write};
    use super::*;

    fn page(path: &str, text: &str) -> OutputFile {
        OutputFile { path: path.to_owned(), contents: Contents::Bytes(text.as_bytes().to_vec()), source: None }
    }

    /// Writes as where the folder cannot be moved.
    fn write_files(outputs: &[OutputFile], public: &Path) -> Result<()> {
        let folder = folder::open(public)?;
        replace_files(&folder, &plan::compare(outputs, &folder)?)
    }

    fn read(public: &Path, path: &str) -> Option<String> {
        fs::read_to_string(public.join(path)).ok()
    }

    #[test]
    fn replaces_files_one_by_one_in_a_folder_that_cannot_be_moved() {
        let public = tempfile::tempdir().unwrap();
        write(&[page("a.html", "a"), page("b/index.html", "b"), page("c", "file")], public.path()).unwrap();
        write_files(&[page("a.html", "A"), page("b", "file"), page("c/d.html", "d")], public.path()).unwrap();
        assert_eq!(read(public.path(), "a.html").as_deref(), Some("A"));
        assert_eq!(read(public.path(), "b").as_deref(), Some("file"));
        assert_eq!(read(public.path(), "c/d.html").as_deref(), Some("d"));
        assert_eq!(read(public.path(), MARKER).as_deref(), Some("vereda 1\na.html\nb\nc/d.html\n"));
        assert_eq!(fs::read_dir(public.path()).unwrap().count(), 4);
    }

    #[test]
    fn puts_every_file_back_when_one_cannot_be_replaced() {
        let public = tempfile::tempdir().unwrap();
        write(&[page("a.html", "a"), page("gone/index.html", "g")], public.path()).unwrap();
        fs::create_dir_all(public.path().join("z.html")).unwrap();
        fs::write(public.path().join("z.html/mine.txt"), "mine").unwrap();
        let outputs = [page("a.html", "A"), page("z.html/mine.txt/index.html", "z")];
        assert!(matches!(write_files(&outputs, public.path()), Err(Error::Write(..))));
        assert_eq!(read(public.path(), "a.html").as_deref(), Some("a"));
        assert_eq!(read(public.path(), "gone/index.html").as_deref(), Some("g"));
        assert_eq!(read(public.path(), "z.html/mine.txt").as_deref(), Some("mine"));
        assert_eq!(fs::read_dir(public.path()).unwrap().count(), 4, "no stage is left");
    }

    #[test]
    fn knows_the_failures_of_folders_that_cannot_be_moved() {
        assert!(is_immovable(ErrorKind::ResourceBusy) && is_immovable(ErrorKind::CrossesDevices));
        assert!(!is_immovable(ErrorKind::StorageFull));
    }
}
