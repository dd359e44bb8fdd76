//! Any folder, as files to look at: it need not be a site.

use std::fs;
use std::path::Path;

use super::{Asset, Walk};
use crate::diagnostic::Diagnostics;
use crate::error::{Error, Result};

/// Every file below a folder, by path; hidden ones are passed over. Links out of the folder are reported.
pub(crate) fn read_folder(root: &Path, diagnostics: &mut Diagnostics) -> Result<Vec<Asset>> {
    fs::read_dir(root).map_err(|cause| Error::Read(root.to_owned(), cause))?;
    Walk::new(root)?.files("", diagnostics)
}

/// The bytes of a file that is copied; `None` when it is not there any more.
pub(crate) fn read_copied(path: &Path) -> Option<Vec<u8>> {
    fs::read(path).ok()
}
