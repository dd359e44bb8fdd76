//! Checks of the output folder, and the list of its earlier outputs.
//!
//! In: the path of a folder. Out: a [`Folder`] that is safe to write. Entry point: [`open`]. A folder of an earlier build has
//! a marker, a file that lists the outputs in it.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::marker::{MARKER, listed, read_marker};
use super::stage::Turn;
use super::{cannot_write, moves, stage};
use crate::config;
use crate::error::{Error, Result};
use crate::project::{CONTENT, STATIC, THEMES};

/// A folder that is new, empty or from an earlier build.
pub(super) struct Folder {
    /// Absolute, with every link resolved.
    pub(super) path: PathBuf,
    /// What the marker lists: relative, with `/` between parts.
    pub(super) ours: BTreeSet<String>,
    /// The text of the marker, if there is one.
    pub(super) marker: Option<String>,
    _turn: Turn,
}

/// Opens the folder for a build, after the recovery from killed builds.
pub(super) fn open(folder: &Path) -> Result<Folder> {
    let unsafe_output = || Error::UnsafeOutput(folder.to_owned());
    let path = resolved(folder)?.ok_or_else(unsafe_output)?;
    if is_part_of_site(&path) {
        return Err(unsafe_output());
    }
    let turn = Turn::wait(&path);
    recover(&path, &turn)?;
    let marker = read_marker(&path.join(MARKER))?;
    if marker.is_none() && !is_absent_or_empty(&path)? {
        return Err(unsafe_output());
    }
    let ours = marker.as_deref().map(listed).unwrap_or_default();
    Ok(Folder { path, ours, marker, _turn: turn })
}

/// Rolls back the moves of killed builds, and removes their staging folders. In a folder that no build wrote, nothing moves.
///
/// A failed roll-back is ignored: the outputs are compared with the existing files in any case.
fn recover(folder: &Path, turn: &Turn) -> Result<()> {
    let has_marker = read_marker(&folder.join(MARKER))?.is_some();
    for stage in stage::find_dead(folder, turn) {
        let moved = moves::find_replaced(&stage, Path::new(MARKER));
        let has_moved_marker = || moved.is_some_and(|path| read_marker(&path).is_ok_and(|text| text.is_some()));
        let is_of_build = has_marker || !folder.exists() || has_moved_marker();
        if !moves::has_journal(&stage) || is_of_build && moves::undo(&stage, folder).is_ok() {
            stage::remove(&stage);
        }
    }
    Ok(())
}

/// The folder with every link resolved, even if it does not exist; `None` if a missing part is `..`.
fn resolved(folder: &Path) -> Result<Option<PathBuf>> {
    let absolute = std::path::absolute(folder).map_err(cannot_write(folder))?;
    let mut existing = absolute.as_path();
    let mut rest = Vec::new();
    loop {
        match existing.canonicalize() {
            Ok(path) => return Ok(Some(rest.iter().rev().fold(path, |path, name| path.join(name)))),
            Err(cause) if cause.kind() != ErrorKind::NotFound => return Err(Error::Write(folder.to_owned(), cause)),
            Err(_) => {}
        }
        let (Some(Component::Normal(name)), Some(parent)) = (existing.components().next_back(), existing.parent())
        else {
            return Ok(None);
        };
        if existing.is_symlink() {
            return Ok(None);
        }
        rest.push(name.to_owned());
        existing = parent;
    }
}

/// True for the root of a site, its folders of sources, and folders in these.
fn is_part_of_site(path: &Path) -> bool {
    let is_source = |root: &Path| [CONTENT, STATIC, THEMES].iter().any(|folder| path.starts_with(root.join(folder)));
    is_site(path) || path.ancestors().skip(1).any(|root| is_site(root) && is_source(root))
}

fn is_site(root: &Path) -> bool {
    root.join(config::FILE_NAME).exists()
}

fn is_absent_or_empty(folder: &Path) -> Result<bool> {
    match fs::read_dir(folder) {
        Ok(entries) => is_empty(entries).map_err(cannot_write(folder)),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(true),
        Err(cause) if cause.kind() == ErrorKind::NotADirectory => Ok(false),
        Err(cause) => Err(Error::Write(folder.to_owned(), cause)),
    }
}

/// Staging folders of killed builds are not counted.
fn is_empty(entries: fs::ReadDir) -> io::Result<bool> {
    for entry in entries {
        if !stage::is_inside(&entry?.file_name()) {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::super::marker::marker_text;
    use super::*;

    fn site() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("vereda.yaml"), "").unwrap();
        for folder in ["content/whatsapp", "static", "themes", "notes"] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        root
    }

    fn is_refused(folder: &Path) -> bool {
        matches!(open(folder), Err(Error::UnsafeOutput(path)) if path == folder)
    }

    #[test]
    fn takes_new_and_empty_folders() {
        let root = site();
        for folder in ["public", "notes", "a/b/c", "static-site"] {
            assert!(open(&root.path().join(folder)).is_ok(), "{folder}");
        }
    }

    #[test]
    fn refuses_the_site_and_its_sources() {
        let root = site();
        for folder in [
            "",
            "content",
            "content/whatsapp",
            "content/new",
            "static",
            "static/x",
            "themes/orange",
            "notes/../content",
        ] {
            assert!(is_refused(&root.path().join(folder)), "{folder}");
        }
        assert!(is_refused(root.path().parent().unwrap()), "a folder that holds the site");
    }

    #[test]
    fn refuses_what_it_did_not_make() {
        let root = site();
        let folder = root.path().join("notes");
        fs::write(folder.join("diary.txt"), "mine").unwrap();
        assert!(is_refused(&folder));
        fs::write(folder.join(MARKER), "another program's").unwrap();
        assert!(is_refused(&folder));
        fs::write(folder.join(MARKER), marker_text(["a.html"].into_iter())).unwrap();
        assert_eq!(open(&folder).unwrap().ours, BTreeSet::from(["a.html".to_owned()]));
        assert!(is_refused(&folder.join("diary.txt")), "a file is no folder");
    }

    #[cfg(unix)]
    #[test]
    fn resolves_links_before_it_judges() {
        let root = site();
        let link = root.path().join("out");
        std::os::unix::fs::symlink("content", &link).unwrap();
        assert!(is_refused(&link));
        let dangling = root.path().join("dangling");
        std::os::unix::fs::symlink("nowhere", &dangling).unwrap();
        assert!(is_refused(&dangling));
    }
}
