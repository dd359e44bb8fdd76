//! Comparison of the outputs with the output folder.
//!
//! In: the outputs and the folder. Out: a [`Plan`]. Entry point: [`compare`]. Files are compared by their bytes, not by date,
//! so that a published file that was edited is corrected.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::folder::Folder;
use super::marker::{MARKER, is_safe, marker_text};
use super::{Contents, OutputFile, Written, stage};
use crate::error::{Error, Result};
use crate::project::file;

/// The action for every file of a folder.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    /// New or changed: written.
    pub(super) changed: Vec<&'a OutputFile>,
    /// Unchanged: kept.
    pub(super) unchanged: Vec<&'a OutputFile>,
    /// Outputs of an earlier build only: removed. Relative to the folder, as are the next.
    pub(super) removed: Vec<PathBuf>,
    /// Files of others: kept.
    pub(super) foreign: Vec<PathBuf>,
    /// The existing folders with outputs, and the folder itself, which is the empty path.
    pub(super) folders: BTreeSet<PathBuf>,
    /// Another program made a folder in it, which cannot be in two trees at once.
    pub(super) has_foreign_folder: bool,
    /// The text of the new marker.
    pub(super) marker: String,
    /// It differs from the existing one.
    pub(super) marker_changes: bool,
}

/// Compares the outputs with the files of the folder.
pub(super) fn compare<'a>(outputs: &'a [OutputFile], folder: &Folder) -> Result<Plan<'a>> {
    let by_path: BTreeMap<&str, &OutputFile> = outputs.iter().map(|output| (output.path.as_str(), output)).collect();
    let there = There::read(&folder.path)?;
    refuse_unsafe(&by_path, &there)?;
    let marker = marker_text(by_path.keys().copied());
    let marker_changes = folder.marker.as_ref() != Some(&marker);
    let wanted: HashSet<&Path> = by_path.keys().map(Path::new).collect();
    let ours: HashSet<&Path> = folder.ours.iter().map(Path::new).collect();
    let of_builds: HashSet<&Path> = wanted.iter().chain(&ours).flat_map(|path| path.ancestors().skip(1)).collect();
    let has_foreign_folder = there.folders.iter().any(|path| !of_builds.contains(path.as_path()));
    let others = there.files.into_iter().filter(|path| !wanted.contains(path.as_path()));
    let (removed, foreign) = others.partition(|path| ours.contains(path.as_path()));
    let outputs: Vec<&OutputFile> = by_path.into_values().collect();
    let (unchanged, changed) = outputs.into_par_iter().partition(|output| is_same(output, &folder.path));
    let folders = there.folders;
    Ok(Plan { changed, unchanged, removed, foreign, folders, has_foreign_folder, marker, marker_changes })
}

impl Plan<'_> {
    /// False if the folder has exactly these outputs.
    pub(super) fn has_changes(&self) -> bool {
        self.marker_changes || !self.changed.is_empty() || !self.removed.is_empty()
    }

    /// Paths that are written or removed.
    pub(super) fn dirty(&self) -> impl Iterator<Item = &Path> {
        let changed = self.changed.iter().map(|output| Path::new(&output.path));
        changed.chain(self.removed.iter().map(PathBuf::as_path))
    }

    /// Paths that stay as they are.
    pub(super) fn kept(&self) -> impl Iterator<Item = &Path> {
        let unchanged = self.unchanged.iter().map(|output| Path::new(&output.path));
        unchanged.chain(self.foreign.iter().map(PathBuf::as_path))
    }

    pub(super) fn summary(&self) -> Written {
        Written { written: self.changed.len(), unchanged: self.unchanged.len(), removed: self.removed.len() }
    }
}

/// Files of a folder, relative to it.
#[derive(Default)]
struct There {
    /// Everything but folders and the marker.
    files: BTreeSet<PathBuf>,
    folders: BTreeSet<PathBuf>,
    links: BTreeSet<PathBuf>,
}

impl There {
    fn read(folder: &Path) -> Result<Self> {
        let mut there = Self::default();
        if !folder.exists() {
            return Ok(there);
        }
        let is_part = |entry: &DirEntry| entry.depth() != 1 || !stage::is_inside(entry.file_name());
        for entry in WalkDir::new(folder).into_iter().filter_entry(is_part) {
            let entry = entry.map_err(|cause| Error::Read(folder.to_owned(), cause.into()))?;
            there.add(&entry, folder);
        }
        Ok(there)
    }

    fn add(&mut self, entry: &DirEntry, folder: &Path) {
        let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        if entry.path_is_symlink() {
            self.links.insert(path.to_owned());
        }
        if entry.file_type().is_dir() {
            self.folders.insert(path.to_owned());
        } else if path != Path::new(MARKER) {
            self.files.insert(path.to_owned());
        }
    }
}

/// Refuses outputs outside the folder, by their names or by a link.
fn refuse_unsafe(outputs: &BTreeMap<&str, &OutputFile>, there: &There) -> Result<()> {
    let passes_link = |path: &str| Path::new(path).ancestors().skip(1).any(|folder| there.links.contains(folder));
    match outputs.keys().find(|path| !is_safe(path) || passes_link(path)) {
        Some(path) => Err(Error::UnsafeOutput(PathBuf::from(path))),
        None => Ok(()),
    }
}

/// True if the existing file has the same bytes. An unreadable file differs.
fn is_same(output: &OutputFile, folder: &Path) -> bool {
    let place = folder.join(&output.path);
    let Ok(metadata) = fs::symlink_metadata(&place) else { return false };
    if !metadata.is_file() {
        return false;
    }
    match &output.contents {
        Contents::Bytes(bytes) => {
            metadata.len() == bytes.len() as u64 && fs::read(&place).is_ok_and(|old| old == *bytes)
        }
        Contents::Copy(source) => {
            let same_length = fs::metadata(source).is_ok_and(|source| source.len() == metadata.len());
            same_length && have_same_bytes(&place, source).unwrap_or(false)
        }
    }
}

fn have_same_bytes(one: &Path, other: &Path) -> io::Result<bool> {
    let open = |path| file::open(path).map(|file| BufReader::with_capacity(1 << 16, file));
    let (Ok(mut one), Ok(mut other)) = (open(one), open(other)) else { return Ok(false) };
    loop {
        let (left, right) = (one.fill_buf()?, other.fill_buf()?);
        let length = left.len().min(right.len());
        if left[..length] != right[..length] || (length == 0 && left.len() != right.len()) {
            return Ok(false);
        }
        if length == 0 {
            return Ok(true);
        }
        one.consume(length);
        other.consume(length);
    }
}
