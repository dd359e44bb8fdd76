//! Single files and folders that need not belong to a site.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

use super::{Asset, FileWalk};
use crate::diagnostic::Diagnostics;
use crate::error::{Error, Result};

/// Lists every file below a folder, by path, except hidden ones. Links out of the folder are reported.
pub(crate) fn read_folder(root: &Path, diagnostics: &mut Diagnostics) -> Result<Vec<Asset>> {
    fs::read_dir(root).map_err(|cause| Error::Read(root.to_owned(), cause))?;
    FileWalk::new(root)?.files("", diagnostics)
}

/// Reads a file that was there before; `None` if it is gone or cannot be read.
pub(crate) fn read_bytes(path: &Path) -> Option<Vec<u8>> {
    fs::read(path).ok()
}

/// Reads a text file in UTF-8.
pub fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|cause| Error::Read(path.to_owned(), cause))
}

/// Names of the entries of a folder, in any order.
pub fn list_names(folder: &Path) -> io::Result<Vec<OsString>> {
    fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name())).collect()
}
