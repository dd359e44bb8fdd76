//! The marker of an output folder: the list of the outputs of the last build.
//!
//! A path of a marker or a journal is believed only if it stays in the folder ([`is_safe`]).

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Component, Path};

use crate::error::{Error, Result};
use crate::project::file;

/// Name of the marker.
pub(super) const MARKER: &str = ".vereda";

/// First line of a marker.
const MARKER_HEAD: &str = "vereda 1";

/// The text of a marker with these paths.
pub(super) fn marker_text<'a>(paths: impl Iterator<Item = &'a str>) -> String {
    let mut text = format!("{MARKER_HEAD}\n");
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// True for a relative path of plain names without line breaks.
pub(super) fn is_safe(path: &str) -> bool {
    let is_plain = |name: &str| !matches!(name, "" | "." | "..") && !name.contains(['\n', '\r', '\0']);
    let is_normal = |part: Component| matches!(part, Component::Normal(_));
    path != MARKER && path.split('/').all(is_plain) && Path::new(path).components().all(is_normal)
}

/// The text of a marker; `None` if the file is missing, or is not of a build.
pub(super) fn read_marker(path: &Path) -> Result<Option<String>> {
    if !path.symlink_metadata().is_ok_and(|found| found.is_file()) {
        return Ok(None);
    }
    match file::read_text(path) {
        Ok(text) if text.lines().next() == Some(MARKER_HEAD) => Ok(Some(text)),
        Err(Error::Read(_, cause)) if !matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::InvalidData) => {
            Err(Error::Read(path.to_owned(), cause))
        }
        _ => Ok(None),
    }
}

/// The paths in a marker. Lines with paths outside the folder are ignored.
pub(super) fn listed(marker: &str) -> BTreeSet<String> {
    marker.lines().skip(1).filter(|path| is_safe(path)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_paths_that_leave_a_folder() {
        for path in ["index.html", "whatsapp/índice.html", ".well-known/x", "a..b/c"] {
            assert!(is_safe(path), "{path}");
        }
        for path in ["", "/etc/passwd", "../x", "a/../x", "a//b", "a/", "./a", "a\nb", MARKER] {
            assert!(!is_safe(path), "{path}");
        }
    }

    #[test]
    fn believes_no_marker_that_leaves_the_folder() {
        assert_eq!(listed("vereda 1\n../../etc/passwd\na.html\n"), BTreeSet::from(["a.html".to_owned()]));
    }
}
