//! Errors of the machine, which an editor cannot correct. Each variant has its path or address.

use std::{fmt, io, path::PathBuf};

/// An error of reading, writing, the network or git.
#[derive(Debug)]
pub enum Error {
    /// The root is not a folder with a `vereda.yaml`.
    NotASite(PathBuf),
    /// A file or folder could not be read.
    Read(PathBuf, io::Error),
    /// The path leads to a folder, a pipe or a device where a file is expected.
    NotAFile(PathBuf),
    /// A file or folder could not be written.
    Write(PathBuf, io::Error),
    /// The output folder contains the site or files of others.
    UnsafeOutput(PathBuf),
    /// The file to create exists.
    Exists(PathBuf),
    /// The file is not the one that was read.
    Changed(PathBuf),
    /// The address cannot be bound.
    Bind(String, String),
    /// `git` could not be started.
    NoGit(io::Error),
    /// The folder is in no git repository, or in one that git refuses to read.
    NotARepository(PathBuf, String),
    /// The repository has no revision of that name.
    UnknownRevision(String),
    /// The root had no `vereda.yaml` at that revision.
    NoSiteAt(PathBuf, String),
    /// Another failure of `git`: the command and its message.
    Git(String, String),
}

/// Result with an [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The message, in Portuguese and English.
    pub fn text(&self) -> crate::diagnostic::Text {
        use crate::diagnostic::machine;
        match self {
            Error::NotASite(path) => machine::not_a_site(path.display()),
            Error::Read(path, cause) => machine::cannot_read(path.display(), cause),
            Error::NotAFile(path) => machine::not_a_file(path.display()),
            Error::Write(path, cause) => machine::cannot_write(path.display(), cause),
            Error::UnsafeOutput(path) => machine::unsafe_output(path.display()),
            Error::Exists(path) => machine::exists(path.display()),
            Error::Changed(path) => machine::changed(path.display()),
            Error::Bind(address, cause) => machine::cannot_bind(address, cause),
            Error::NoGit(cause) => machine::no_git(cause),
            Error::NotARepository(path, cause) => machine::not_a_repository(path.display(), cause),
            Error::UnknownRevision(revision) => machine::unknown_revision(revision),
            Error::NoSiteAt(path, revision) => machine::no_site_at(path.display(), revision),
            Error::Git(command, cause) => machine::git_failed(command, cause),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.text().in_language(crate::diagnostic::Language::En))
    }
}

impl std::error::Error for Error {}
