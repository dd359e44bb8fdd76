//! Writing of single files outside the output folder: reports, graphs, new pages, caches.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::cannot_write;
use crate::error::{Error, Result};

/// Writes a file into an existing folder.
pub fn write_file(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).map_err(cannot_write(path))
}

/// Writes a file, and creates missing folders.
pub fn write_file_and_folders(path: &Path, text: &str) -> Result<()> {
    create_folder_of(path)?;
    write_file(path, text)
}

/// Creates a file and missing folders. Fails with [`Error::Exists`] if the file exists.
pub fn create_file(path: &Path, text: &str) -> Result<()> {
    create_folder_of(path)?;
    let mut file = File::create_new(path).map_err(|cause| match cause.kind() {
        ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
        _ => Error::Write(path.to_owned(), cause),
    })?;
    file.write_all(text.as_bytes()).map_err(cannot_write(path))
}

/// Replaces a file atomically, and creates missing folders.
pub(crate) fn replace_file(path: &Path, bytes: &[u8]) -> Result<()> {
    create_folder_of(path)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(cannot_write(path))?;
    file.write_all(bytes).map_err(cannot_write(path))?;
    file.persist(path).map_err(|error| Error::Write(path.to_owned(), error.error))?;
    Ok(())
}

fn create_folder_of(path: &Path) -> Result<()> {
    path.parent().map_or(Ok(()), |folder| fs::create_dir_all(folder).map_err(cannot_write(path)))
}
