//! Single files and folders that need not belong to a site.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use crate::error::{Error, Result};

/// Most bytes of a text.
const LONGEST_TEXT: u64 = 256 << 20;

/// Opens a regular file. Fails with [`Error::NotAFile`] for a folder, a pipe or a device, without waiting for it.
pub(crate) fn open(path: &Path) -> Result<File> {
    let cannot_read = |cause| Error::Read(path.to_owned(), cause);
    let is_file = |metadata: fs::Metadata| metadata.is_file().then_some(()).ok_or(Error::NotAFile(path.to_owned()));
    fs::metadata(path).map_err(cannot_read).and_then(is_file)?;
    let file = open_without_waiting(path).map_err(cannot_read)?;
    // The path may lead to another file by now.
    file.metadata().map_err(cannot_read).and_then(is_file)?;
    Ok(file)
}

#[cfg(unix)]
fn open_without_waiting(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

#[cfg(not(unix))]
fn open_without_waiting(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Reads a regular file of a text.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    let cannot_read = |cause| Error::Read(path.to_owned(), cause);
    let check_length = |length| if length > LONGEST_TEXT { Err(ErrorKind::FileTooLarge.into()) } else { Ok(()) };
    let (file, mut bytes) = (open(path)?, Vec::new());
    file.metadata().and_then(|metadata| check_length(metadata.len())).map_err(cannot_read)?;
    // Files of the system can have more bytes than their length.
    file.take(LONGEST_TEXT + 1).read_to_end(&mut bytes).map_err(cannot_read)?;
    check_length(bytes.len() as u64).map_err(cannot_read)?;
    Ok(bytes)
}

/// Reads a file that was there before; `None` if it is gone or cannot be read.
pub(crate) fn read_bytes(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path).ok()?.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Reads a text file in UTF-8.
pub fn read_text(path: &Path) -> Result<String> {
    let invalid = |_| Error::Read(path.to_owned(), ErrorKind::InvalidData.into());
    String::from_utf8(read(path)?).map_err(invalid)
}

/// Names of the entries of a folder, in any order.
pub fn list_names(folder: &Path) -> io::Result<Vec<OsString>> {
    fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name())).collect()
}
