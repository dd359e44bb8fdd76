//! Files of an import on disk: new and untouched ones are written, edited ones are kept and reported.
//!
//! `.vereda/import.json` has the hash of each file as it was written. A file with another hash was edited since.

use std::collections::BTreeMap;
use std::path::Path;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::Options;
use super::report::{Level, Note};
use super::source::Imported;
use crate::diagnostic::catalogue::import as texts;
use crate::error::Result;
use crate::output::replace_file;
use crate::project::archive::Archive;
use crate::project::file;

/// The hashes of written files, below the site's root.
const HASHES: &str = ".vereda/import.json";

/// Most lines of a difference in the report.
const MOST_LINES: usize = 12;

/// Paths below the root, and hashes.
type Hashes = BTreeMap<String, String>;

/// Writes pages and files, and adds notes about those that are kept.
pub(super) fn write(imported: &mut Imported, archive: &mut Archive, options: &Options<'_>) -> Result<()> {
    let mut hashes = read_hashes(options.root);
    let folder = options.folder.trim_end_matches('/');
    for page in std::mem::take(&mut imported.pages) {
        let path = format!("{folder}/{}", page.path);
        let note = write_file(&path, page.text.as_bytes(), &mut hashes, options)?;
        imported.report.extend(note);
    }
    for copied in std::mem::take(&mut imported.files) {
        let path = format!("{folder}/{}", copied.path);
        match archive.read(&copied.name) {
            Ok(bytes) => {
                let note = write_file(&path, &bytes, &mut hashes, options)?;
                imported.report.extend(note);
            }
            Err(_) => imported.report.add("", "attachment/unreadable", texts::unreadable_file(&copied.name)),
        }
    }
    let text = serde_json::to_string_pretty(&hashes).expect("a map of texts is JSON");
    replace_file(&options.root.join(HASHES), format!("{text}\n").as_bytes())
}

fn read_hashes(root: &Path) -> Hashes {
    let bytes = file::read_bytes(&root.join(HASHES)).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

fn hash_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().as_str()[..32].to_owned()
}

/// Writes a file unless an editor changed it.
fn write_file(path: &str, bytes: &[u8], hashes: &mut Hashes, options: &Options<'_>) -> Result<Option<Note>> {
    let target = options.root.join(path);
    let existing = file::read_bytes(&target);
    let hash = hash_of(bytes);
    if existing.as_deref() == Some(bytes) {
        hashes.insert(path.to_owned(), hash);
        return Ok(None);
    }
    let known = hashes.get(path);
    let is_untouched = existing.as_ref().is_none_or(|existing| Some(&hash_of(existing)) == known);
    if is_untouched || options.is_forced {
        replace_file(&target, bytes)?;
        hashes.insert(path.to_owned(), hash);
        return Ok(None);
    }
    let text = if known.is_some() { texts::edited(path) } else { texts::not_ours(path) };
    let difference = existing.map(|existing| difference_of(&existing, bytes)).unwrap_or_default();
    let text = match difference.as_str() {
        "" => text,
        lines => crate::diagnostic::Text {
            pt: format!("{}; {}", text.pt, texts::difference(lines).pt),
            en: format!("{}; {}", text.en, texts::difference(lines).en),
        },
    };
    let note =
        Note { page: path.to_owned(), place: String::new(), code: "file/edited", level: Level::Note, text, count: 1 };
    Ok(Some(note))
}

/// The first lines that differ, in one line; empty for files that are no text.
fn difference_of(existing: &[u8], bytes: &[u8]) -> String {
    let (Ok(existing), Ok(new)) = (std::str::from_utf8(existing), std::str::from_utf8(bytes)) else {
        return String::new();
    };
    let (old, new): (Vec<&str>, Vec<&str>) = (existing.lines().collect(), new.lines().collect());
    let changes = capture_diff_slices(Algorithm::Myers, &old, &new);
    let lines = changes.iter().filter(|change| change.tag() != DiffTag::Equal).flat_map(|change| {
        let removed = old[change.old_range()].iter().map(|line| ('-', *line));
        removed.chain(new[change.new_range()].iter().map(|line| ('+', *line)))
    });
    let written = lines.take(MOST_LINES).map(|(sign, line)| format!("`{sign} {}`", line.replace('`', "'")));
    written.collect::<Vec<_>>().join(" ")
}
