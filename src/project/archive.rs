//! Files of an import's source: one file, a folder, or a zip archive, as names and bytes.
//!
//! Names never lead outside: absolute ones, `..` and links are refused. Entries have limits of size, of ratio and of depth,
//! whatever their headers claim.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;
use zip::ZipArchive;
use zip::read::ZipFile;

use super::file;
use crate::error::{Error, Result};

/// Most bytes of an entry that is streamed, and of all.
const LARGEST_STREAM: u64 = 8 << 30;
/// Most bytes of an entry that is held in memory.
const LARGEST_FILE: u64 = 256 << 20;
/// An entry may be this many times larger than it is compressed, from [`CHECKED_FROM`] bytes on.
const MOST_RATIO: u64 = 400;
const CHECKED_FROM: u64 = 64 << 20;
/// Most parts of a name.
const DEEPEST: usize = 32;
/// Most entries.
const MOST_ENTRIES: usize = 400_000;

/// The files of a source.
#[derive(Debug)]
pub(crate) struct Archive {
    path: PathBuf,
    kind: Kind,
    /// Names of regular files, with `/` between parts.
    names: BTreeMap<String, Entry>,
    /// Names that were refused.
    pub(crate) refused: Vec<String>,
    /// Bytes that were read so far.
    read: u64,
}

#[derive(Debug)]
enum Kind {
    File,
    Folder,
    Zip(Box<ZipArchive<BufReader<File>>>),
}

#[derive(Debug)]
enum Entry {
    Path(PathBuf),
    Index(usize),
}

impl Archive {
    /// Opens a file, a folder or a zip archive. A zip is recognised by its first bytes.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        if path.is_dir() {
            return Ok(Self::open_folder(path));
        }
        let mut start = [0_u8; 4];
        let length = file::open(path)?.read(&mut start).map_err(|cause| Error::Read(path.to_owned(), cause))?;
        if start[..length].starts_with(b"PK\x03\x04") || start[..length].starts_with(b"PK\x05\x06") {
            return Self::open_zip(path);
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let names = BTreeMap::from([(name, Entry::Path(path.to_owned()))]);
        Ok(Self { path: path.to_owned(), kind: Kind::File, names, refused: Vec::new(), read: 0 })
    }

    /// A source without files.
    #[cfg(any(test, fuzzing))]
    pub(crate) fn empty() -> Self {
        let (names, refused) = (BTreeMap::new(), Vec::new());
        Self { path: PathBuf::new(), kind: Kind::Folder, names, refused, read: 0 }
    }

    fn open_folder(path: &Path) -> Self {
        let mut names = BTreeMap::new();
        let mut refused = Vec::new();
        for step in WalkDir::new(path).follow_links(false).max_depth(DEEPEST).sort_by_file_name() {
            let Ok(entry) = step else { continue };
            let inside = entry.path().strip_prefix(path).unwrap_or(entry.path());
            let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            let name = parts.join("/");
            if entry.file_type().is_file() {
                names.insert(name, Entry::Path(entry.path().to_owned()));
            } else if !entry.file_type().is_dir() {
                refused.push(name);
            }
        }
        Self { path: path.to_owned(), kind: Kind::Folder, names, refused, read: 0 }
    }

    fn open_zip(path: &Path) -> Result<Self> {
        let cannot_read = |cause| Error::Read(path.to_owned(), cause);
        let reader = BufReader::new(file::open(path)?);
        let mut zip = ZipArchive::new(reader).map_err(|error| cannot_read(error.into()))?;
        let (mut names, mut refused) = (BTreeMap::new(), Vec::new());
        if zip.len() > MOST_ENTRIES {
            return Err(cannot_read(ErrorKind::FileTooLarge.into()));
        }
        for index in 0..zip.len() {
            let Ok(entry) = zip.by_index_raw(index) else { continue };
            let Ok(name) = entry.name().map(std::borrow::Cow::into_owned) else { continue };
            if is_safe(&name) && !entry.is_symlink() && !entry.encrypted() {
                if !entry.is_dir() {
                    names.insert(name, Entry::Index(index));
                }
            } else {
                refused.push(name);
            }
        }
        refused.sort();
        Ok(Self { path: path.to_owned(), kind: Kind::Zip(Box::new(zip)), names, refused, read: 0 })
    }

    /// The name of the source without its ending.
    pub(crate) fn stem(&self) -> String {
        self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// True for a single file that is no archive.
    pub(crate) fn is_file(&self) -> bool {
        matches!(self.kind, Kind::File)
    }

    /// The names of its files, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// True if it has this file.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// The length and a checksum of a file: equal files have equal ones.
    pub(crate) fn fingerprint(&mut self, name: &str) -> Option<(u64, u64)> {
        if let (Entry::Index(index), Kind::Zip(zip)) = (self.names.get(name)?, &mut self.kind) {
            let entry = zip.by_index_raw(*index).ok()?;
            return Some((entry.size(), u64::from(entry.crc32())));
        }
        let bytes = self.read(name).ok()?;
        let start: [u8; 8] = blake3::hash(&bytes).as_bytes()[..8].try_into().ok()?;
        Some((bytes.len() as u64, u64::from_le_bytes(start)))
    }

    /// Reads a whole file.
    pub(crate) fn read(&mut self, name: &str) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.stream(name, LARGEST_FILE, |reader| reader.read_to_end(&mut bytes).map(drop))?;
        Ok(bytes)
    }

    /// Passes a file to `read`, piece by piece.
    pub(crate) fn read_stream<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn Read) -> io::Result<T>,
    ) -> Result<T> {
        self.stream(name, LARGEST_STREAM, read)
    }

    fn stream<T>(&mut self, name: &str, most: u64, read: impl FnOnce(&mut dyn Read) -> io::Result<T>) -> Result<T> {
        let shown = if self.is_file() { self.path.clone() } else { self.path.join(name) };
        let cannot_read = |cause| Error::Read(shown.clone(), cause);
        let entry = self.names.get(name).ok_or_else(|| cannot_read(ErrorKind::NotFound.into()))?;
        let most = most.min(LARGEST_STREAM.saturating_sub(self.read));
        let (result, count) = match (entry, &mut self.kind) {
            (Entry::Index(index), Kind::Zip(zip)) => {
                let entry = zip.by_index(*index).map_err(|error| cannot_read(error.into()))?;
                let most = most.min(most_of_entry(&entry));
                let mut limited = Limited { inner: entry, left: most, count: 0 };
                (read(&mut limited), limited.count)
            }
            (Entry::Path(path), _) => {
                let mut limited = Limited { inner: file::open(path)?, left: most, count: 0 };
                (read(&mut limited), limited.count)
            }
            (Entry::Index(_), _) => return Err(cannot_read(ErrorKind::InvalidData.into())),
        };
        self.read += count;
        result.map_err(cannot_read)
    }
}

fn most_of_entry<R: Read>(entry: &ZipFile<'_, R>) -> u64 {
    CHECKED_FROM.max(entry.compressed_size().saturating_mul(MOST_RATIO))
}

/// True for a name below the folder of the archive.
fn is_safe(name: &str) -> bool {
    let is_part = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
    let parts = name.trim_end_matches('/').split('/');
    parts.clone().count() <= DEEPEST && parts.clone().all(is_part)
}

/// A reader that fails after a number of bytes.
struct Limited<R> {
    inner: R,
    left: u64,
    count: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        let read = length as u64;
        if read > self.left {
            return Err(ErrorKind::FileTooLarge.into());
        }
        self.left -= read;
        self.count += read;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zip(entries: &[(&str, &[u8])]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut writer = ZipWriter::new(file.reopen().unwrap());
        for (name, bytes) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap();
        file
    }

    #[test]
    fn refuses_names_that_lead_outside() {
        let file = zip(&[("a/b.txt", b"b"), ("../c.txt", b"c"), ("/d.txt", b"d"), ("e\\..\\f.txt", b"f")]);
        let mut archive = Archive::open(file.path()).unwrap();
        assert_eq!(archive.names().collect::<Vec<_>>(), ["a/b.txt"]);
        assert_eq!(archive.refused.len(), 3);
        assert_eq!(archive.read("a/b.txt").unwrap(), b"b");
        assert!(archive.read("../c.txt").is_err());
    }

    #[test]
    fn refuses_an_entry_that_grows_too_much() {
        let file = zip(&[("bomb", &vec![0; 80 << 20])]);
        let mut archive = Archive::open(file.path()).unwrap();
        assert!(archive.read("bomb").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn follows_no_link_of_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "a").unwrap();
        std::os::unix::fs::symlink("/etc/hostname", folder.path().join("b.txt")).unwrap();
        let archive = Archive::open(folder.path()).unwrap();
        assert_eq!(archive.names().collect::<Vec<_>>(), ["a.txt"]);
        assert_eq!(archive.refused, ["b.txt"]);
    }
}
