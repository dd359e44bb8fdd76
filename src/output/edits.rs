//! Writing of edited sources: each file is replaced whole, and only if it is the file that was read.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use similar::{Algorithm, DiffOp, capture_diff_slices};
use tempfile::NamedTempFile;

use super::cannot_write;
use crate::error::{Error, Result};

/// A byte order mark.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A file of the site with its new text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdit {
    /// Path below the root.
    pub path: String,
    /// The text that was read, without a byte order mark.
    pub before: String,
    /// The new text.
    pub after: String,
}

/// A line that an edit changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedLine {
    /// From 1, of the present text.
    pub line: usize,
    /// The present line; empty if the line is new.
    pub before: String,
    /// The new line; empty if the line is removed.
    pub after: String,
}

impl FileEdit {
    /// The lines that differ.
    pub fn changed_lines(&self) -> Vec<ChangedLine> {
        let (before, after): (Vec<&str>, Vec<&str>) = (self.before.lines().collect(), self.after.lines().collect());
        let changes = capture_diff_slices(Algorithm::Myers, &before, &after);
        let mut lines = Vec::new();
        for change in changes.iter().filter(|change| !matches!(change, DiffOp::Equal { .. })) {
            let (old, new) = (change.old_range(), change.new_range());
            let text = |lines: &[&str], range: &std::ops::Range<usize>, nth: usize| {
                range.clone().nth(nth).map(|index| lines[index].trim_end().to_owned()).unwrap_or_default()
            };
            for nth in 0..old.len().max(new.len()) {
                let (before, after) = (text(&before, &old, nth), text(&after, &new, nth));
                lines.push(ChangedLine { line: old.start + nth.min(old.len()) + 1, before, after });
            }
        }
        lines
    }
}

/// Changes of the sources of a site.
#[derive(Clone, Debug, Default)]
pub struct SiteEdits {
    /// The folder of the site.
    pub root: PathBuf,
    /// The new texts.
    pub edits: Vec<FileEdit>,
    /// A file or folder to move after the texts are written: its present and its new path below the root.
    pub moved: Option<(String, String)>,
}

impl SiteEdits {
    /// Writes the texts, then moves. Nothing is written if a file has changed since it was read.
    ///
    /// # Errors
    ///
    /// [`Error::Changed`] for a changed file, [`Error::Exists`] for a new path that exists.
    pub fn write(&self) -> Result<()> {
        let target = self.moved.as_ref().map(|(old, new)| (self.root.join(old), self.root.join(new)));
        if let Some((_, new)) = target.as_ref().filter(|(_, new)| new.exists()) {
            return Err(Error::Exists(new.clone()));
        }
        let staged: Vec<_> = self.edits.iter().map(|edit| self.stage(edit)).collect::<Result<_>>()?;
        for (file, path) in staged {
            file.persist(&path).map_err(|error| Error::Write(path.clone(), error.error))?;
        }
        let Some((old, new)) = target else { return Ok(()) };
        new.parent().map_or(Ok(()), fs::create_dir_all).map_err(cannot_write(&new))?;
        fs::rename(&old, &new).map_err(cannot_write(&new))?;
        // Folders that are empty now are no part of the site any more.
        let above = old.ancestors().skip(1).take_while(|folder| *folder != self.root);
        above.map(fs::remove_dir).take_while(Result::is_ok).for_each(drop);
        Ok(())
    }

    /// The new bytes in a temporary file beside the file, with its permissions.
    fn stage(&self, edit: &FileEdit) -> Result<(NamedTempFile, PathBuf)> {
        let path = self.root.join(&edit.path);
        let path = fs::canonicalize(&path).map_err(cannot_write(&path))?;
        let bytes = fs::read(&path).map_err(|cause| Error::Read(path.clone(), cause))?;
        let (mark, text) = bytes.strip_prefix(BOM).map_or((&[][..], bytes.as_slice()), |text| (BOM, text));
        if text != edit.before.as_bytes() {
            return Err(Error::Changed(path));
        }
        let permissions = fs::metadata(&path).map_err(cannot_write(&path))?.permissions();
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut file = NamedTempFile::new_in(folder).map_err(cannot_write(&path))?;
        file.write_all(mark).and_then(|()| file.write_all(edit.after.as_bytes())).map_err(cannot_write(&path))?;
        file.as_file().set_permissions(permissions).map_err(cannot_write(&path))?;
        Ok((file, path))
    }
}
