//! The walk over the folders of a site.
//!
//! In: a root and the name of a folder. Out: [`Walked`]: the files to read or copy, and those that are refused. Entry point:
//! [`FileWalk::files`]. Hidden names and temporary files of editors are skipped without a word.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, IntoIter, WalkDir};

use super::refused::{Cause, Refused, find_unusable, report_refused};
use super::{Asset, file, is_ignored};
use crate::diagnostic::Diagnostics;
use crate::error::{Error, Result};
use crate::source::Sources;

/// A walk over the folders of a root, and the root with its links resolved.
pub(super) struct FileWalk<'a> {
    root: &'a Path,
    canonical: PathBuf,
    /// Names become addresses, so some characters are refused.
    checks_names: bool,
}

/// What a walk found, by path.
#[derive(Default)]
pub(super) struct Walked {
    pub(super) files: Vec<Asset>,
    pub(super) refused: Vec<Refused>,
}

impl Walked {
    /// Opens each file once, so that an unreadable one is refused before the outputs are written.
    pub(super) fn check_readable(&mut self, folder: &str) {
        let open = |asset: &Asset| file::open(&asset.absolute).err();
        let failures: Vec<_> = self.files.par_iter().map(open).collect();
        let files = std::mem::take(&mut self.files).into_iter().zip(failures);
        for (asset, failure) in files {
            match failure {
                None => self.files.push(asset),
                Some(error) => self.refused.extend(refuse_unless_gone(format!("{folder}/{}", asset.path), error)),
            }
        }
    }
}

/// Lists every file below a folder, by path, except hidden ones. Links that are not followed are reported.
pub(crate) fn read_folder(root: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Result<Vec<Asset>> {
    std::fs::read_dir(root).map_err(|cause| Error::Read(root.to_owned(), cause))?;
    let walked = FileWalk::of_any_names(root)?.files("")?;
    report_refused(&walked.refused, sources, diagnostics);
    Ok(walked.files)
}

/// The file of a failed read; `None` if it was deleted since the walk.
pub(super) fn refuse_unless_gone(path: String, error: Error) -> Option<Refused> {
    let is_gone = matches!(&error, Error::Read(_, cause) if cause.kind() == ErrorKind::NotFound);
    (!is_gone).then(|| Refused::of_error(path, error))
}

impl<'a> FileWalk<'a> {
    /// A walk over the sources of a site.
    pub(super) fn new(root: &'a Path) -> Result<Self> {
        Ok(Self { checks_names: true, ..Self::of_any_names(root)? })
    }

    /// A walk that refuses no name.
    pub(super) fn of_any_names(root: &'a Path) -> Result<Self> {
        let canonical = root.canonicalize().map_err(|cause| Error::Read(root.to_owned(), cause))?;
        Ok(Self { root, canonical, checks_names: false })
    }

    /// Every file below `folder`, by path; none if it does not exist.
    pub(super) fn files(&self, folder: &str) -> Result<Walked> {
        let start = self.root.join(folder);
        let mut walked = Walked::default();
        let mut entries = WalkDir::new(&start).follow_links(true).into_iter();
        while let Some(step) = entries.next() {
            let added = match step {
                Ok(entry) => self.add(&entry, &start, &mut entries, &mut walked),
                Err(error) => self.refuse_step(error, &mut walked),
            };
            added?;
        }
        walked.files.sort_by(|one, other| one.path.cmp(&other.path));
        walked.refused.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(walked)
    }

    /// Adds an entry of the walk. The walk does not enter a folder that is skipped or refused.
    fn add(&self, entry: &DirEntry, start: &Path, entries: &mut IntoIter, walked: &mut Walked) -> Result<()> {
        let kind = entry.file_type();
        let is_part = entry.depth() == 0 || !is_ignored(&entry.file_name().to_string_lossy());
        let cause = if is_part { self.find_cause(entry) } else { None };
        if let Some(cause) = cause {
            walked.refused.push(Refused::new(self.relative(entry.path()), cause));
        } else if is_part && !leads_to_own_folder(entry) {
            walked.files.extend(if kind.is_file() { asset_of(start, entry)? } else { None });
            return Ok(());
        }
        if kind.is_dir() {
            entries.skip_current_dir();
        }
        Ok(())
    }

    /// Why an entry cannot be part of the site.
    fn find_cause(&self, entry: &DirEntry) -> Option<Cause> {
        let name = entry.file_name().to_string_lossy();
        let unusable = find_unusable(&name).filter(|_| self.checks_names && entry.depth() > 0);
        if let Some(character) = unusable {
            return Some(Cause::Name(character));
        }
        let linked = if entry.path_is_symlink() { self.find_cause_of_link(entry.path()) } else { None };
        let kind = entry.file_type();
        linked.or_else(|| (!kind.is_file() && !kind.is_dir()).then_some(Cause::NotAFile))
    }

    /// Why a link is not followed: its target is outside the root, or below a hidden or temporary name of the root.
    fn find_cause_of_link(&self, link: &Path) -> Option<Cause> {
        let Ok(target) = link.canonicalize() else { return Some(Cause::LinkBroken) };
        let Ok(inside) = target.strip_prefix(&self.canonical) else { return Some(Cause::LinkOutside) };
        let is_hidden = inside.iter().any(|name| is_ignored(&name.to_string_lossy()));
        is_hidden.then(|| Cause::LinkToHidden(slashed(inside)))
    }

    /// A failed step of the walk: a link without a target, or a folder that cannot be read.
    fn refuse_step(&self, error: walkdir::Error, walked: &mut Walked) -> Result<()> {
        let path = error.path().map(Path::to_owned).unwrap_or_default();
        let is_temporary = path.file_name().is_some_and(|name| is_ignored(&name.to_string_lossy()));
        let is_start = error.depth() == 0;
        // An error without a cause of the system is a loop of folders.
        let Some(cause) = error.into_io_error().filter(|_| !is_temporary) else { return Ok(()) };
        let relative = self.relative(&path);
        if path.is_symlink() && !path.exists() {
            walked.refused.push(Refused::new(relative, Cause::LinkBroken));
        } else if is_start && cause.kind() != ErrorKind::NotFound {
            return Err(Error::Read(path, cause));
        } else {
            walked.refused.extend(refuse_unless_gone(relative, Error::Read(path, cause)));
        }
        Ok(())
    }

    fn relative(&self, path: &Path) -> String {
        slashed(path.strip_prefix(self.root).unwrap_or(path))
    }
}

/// True for a link to one of its own parent folders.
fn leads_to_own_folder(entry: &DirEntry) -> bool {
    let parent = || entry.path().parent()?.canonicalize().ok();
    let target = entry.path_is_symlink().then(|| entry.path().canonicalize().ok()).flatten();
    target.zip(parent()).is_some_and(|(target, parent)| parent.starts_with(target))
}

/// The file of an entry; `None` if it was deleted.
fn asset_of(start: &Path, entry: &DirEntry) -> Result<Option<Asset>> {
    let path = slashed(entry.path().strip_prefix(start).unwrap_or(entry.path()));
    match entry.metadata().map_err(io::Error::from) {
        Ok(metadata) => Ok(Some(Asset { path, absolute: entry.path().to_owned(), length: metadata.len() })),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(Error::Read(entry.path().to_owned(), cause)),
    }
}

/// The path with `/` between parts, in NFC, so that equal names are equal texts on all systems.
pub(super) fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/").nfc().collect()
}
