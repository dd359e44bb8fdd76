//! Replacement of changed outputs from a staging folder.
//!
//! In: a [`Folder`] and a [`Plan`]. Out: the folder has the outputs, or is unchanged. Entry point: [`replace`]. The folder
//! is exchanged as a whole where that is possible; else its changed parts are moved one by one.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::fill::fill;
use super::folder::Folder;
use super::marker::MARKER;
use super::moves::{self, Move};
use super::plan::Plan;
use super::stage::{self, Stage};
use super::{cannot_write, exchange};
use crate::error::{Error, Result};
use crate::progress::Steps;

/// Up to this number, files are replaced one by one.
const FEW: usize = 100;

/// A top-level folder is replaced as a whole if it has at least this many changed files on average.
const WORTH: usize = 4;

/// Replaces changed files, from a staging folder beside the folder or, at mount points, inside it.
pub(super) fn replace(folder: &Folder, plan: &Plan<'_>, steps: &Steps<'_>) -> Result<()> {
    match Stage::beside(&folder.path).and_then(|stage| replace_from(stage, folder, plan, steps)) {
        Err(Error::Write(_, cause)) if is_immovable(cause.kind()) => replace_inside(folder, plan, steps),
        result => result,
    }
}

/// True for the errors of mount points and read-only parents.
fn is_immovable(kind: ErrorKind) -> bool {
    use ErrorKind::{CrossesDevices, PermissionDenied, ReadOnlyFilesystem, ResourceBusy};
    matches!(kind, CrossesDevices | PermissionDenied | ReadOnlyFilesystem | ResourceBusy)
}

fn replace_inside(folder: &Folder, plan: &Plan<'_>, steps: &Steps<'_>) -> Result<()> {
    replace_from(Stage::inside(&folder.path)?, folder, plan, steps)
}

fn replace_from(mut stage: Stage, folder: &Folder, plan: &Plan<'_>, steps: &Steps<'_>) -> Result<()> {
    let (new, whole) = (stage::new_tree(stage.path()), BTreeSet::from([Path::new("")]));
    if !folder.path.exists() {
        fill(&new, plan, &whole, &folder.path, steps)?;
        return fs::rename(&new, &folder.path).map_err(cannot_write(&folder.path));
    }
    let units = find_units(plan, &folder.path);
    // One file is one rename in any case.
    let is_exchanged =
        units.len() > 1 && !plan.has_foreign_folder && exchange::is_possible(stage.path(), &folder.path, &plan.folders);
    fill(&new, plan, if is_exchanged { &whole } else { &units }, &folder.path, steps)?;
    if is_exchanged && exchange::exchange(&new, &folder.path, &plan.folders).is_ok() {
        stage.remove();
        return Ok(());
    }
    let all: Vec<Move> = units.into_iter().map(|unit| Move::new(unit, &new)).collect();
    if let Err(cause) = moves::make(&all, stage.path(), &folder.path) {
        if moves::undo(stage.path(), &folder.path).is_err() {
            stage.leave();
        }
        return Err(cause);
    }
    remove_empty_folders(&plan.removed, &folder.path);
    stage.remove();
    Ok(())
}

/// The files and folders that are replaced as a whole, relative to the folder.
///
/// A few changed files are replaced one by one; many, with their top-level folders, so that there are few renames. No unit
/// is inside another.
fn find_units<'a>(plan: &'a Plan<'_>, folder: &Path) -> BTreeSet<&'a Path> {
    let dirty: Vec<&Path> = plan.dirty().collect();
    let uppermost: BTreeSet<&Path> = dirty.iter().filter_map(|path| path.iter().next()).map(Path::new).collect();
    let one_by_one = dirty.len() <= FEW || uppermost.len() * WORTH > dirty.len();
    let mut units = if one_by_one {
        outermost(&dirty.into_iter().map(|path| uppermost_missing(path, folder)).collect())
    } else {
        uppermost
    };
    if plan.marker_changes {
        units.insert(Path::new(MARKER));
    }
    units
}

/// The path, or the topmost of its folders that does not exist.
fn uppermost_missing<'a>(path: &'a Path, folder: &Path) -> &'a Path {
    let is_folder = |ancestor: &Path| folder.join(ancestor).symlink_metadata().is_ok_and(|found| found.is_dir());
    path.ancestors().skip(1).take_while(|ancestor| !is_folder(ancestor)).last().unwrap_or(path)
}

/// The paths that are not inside another one.
fn outermost<'a>(paths: &BTreeSet<&'a Path>) -> BTreeSet<&'a Path> {
    let stands_in_another = |path: &Path| path.ancestors().skip(1).any(|folder| paths.contains(folder));
    paths.iter().copied().filter(|path| !stands_in_another(path)).collect()
}

/// Removes the folders that became empty.
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

#[cfg(test)]
mod tests {
    use super::super::{Contents, OutputFile, folder, plan, write};
    use super::*;

    fn page(path: &str, text: &str) -> OutputFile {
        OutputFile { path: path.to_owned(), contents: Contents::Bytes(text.as_bytes().to_vec()), source: None }
    }

    fn read(public: &Path, path: &str) -> Option<String> {
        fs::read_to_string(public.join(path)).ok()
    }

    fn units(before: &[OutputFile], after: &[OutputFile]) -> Vec<String> {
        let public = tempfile::tempdir().unwrap();
        write(before, public.path()).unwrap();
        let folder = folder::open(public.path()).unwrap();
        let plan = plan::compare(after, &folder).unwrap();
        find_units(&plan, &folder.path).into_iter().map(|unit| unit.display().to_string()).collect()
    }

    fn pages(folders: usize, text: &str) -> Vec<OutputFile> {
        (0..120).map(|number| page(&format!("{}/{number}/index.html", number % folders), text)).collect()
    }

    #[test]
    fn replaces_few_files_one_by_one() {
        let before = [page("index.html", "i"), page("a/index.html", "a"), page("b/c/index.html", "c")];
        let after = [page("index.html", "I"), page("a/index.html", "a"), page("n/m/index.html", "m"), page("n/x", "x")];
        assert_eq!(units(&before, &after), [".vereda", "b/c/index.html", "index.html", "n"]);
    }

    #[test]
    fn replaces_the_folders_of_many_files() {
        assert_eq!(units(&pages(3, "old"), &pages(3, "new")), ["0", "1", "2"]);
        assert_eq!(units(&pages(120, "old"), &pages(120, "new")).len(), 120);
        assert_eq!(units(&pages(120, "old"), &pages(120, "new"))[0], "0/0/index.html");
    }

    #[test]
    fn replaces_files_by_folders_and_folders_by_files() {
        let before = [page("a", "file"), page("b/index.html", "b")];
        let after = [page("a/index.html", "a"), page("b", "file")];
        assert_eq!(units(&before, &after), [".vereda", "a", "b"]);
    }

    #[test]
    fn replaces_from_inside_a_folder_that_nothing_can_be_moved_into() {
        let public = tempfile::tempdir().unwrap();
        write(&[page("a.html", "a"), page("b/index.html", "b")], public.path()).unwrap();
        let outputs = [page("a.html", "A"), page("c/d.html", "d")];
        let folder = folder::open(public.path()).unwrap();
        let observer = crate::progress::Observer::default();
        let plan = plan::compare(&outputs, &folder).unwrap();
        replace_inside(&folder, &plan, &observer.steps(crate::progress::Stage::Writing, 1)).unwrap();
        assert_eq!(read(public.path(), "a.html").as_deref(), Some("A"));
        assert_eq!(read(public.path(), "c/d.html").as_deref(), Some("d"));
        assert_eq!(read(public.path(), MARKER).as_deref(), Some("vereda 1\na.html\nc/d.html\n"));
        assert_eq!(fs::read_dir(public.path()).unwrap().count(), 3);
        assert!(is_immovable(ErrorKind::ResourceBusy) && is_immovable(ErrorKind::CrossesDevices));
        assert!(!is_immovable(ErrorKind::StorageFull));
    }
}
