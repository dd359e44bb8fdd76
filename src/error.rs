//! The machine failed: what an editor cannot mend by editing. Each variant carries the path or address it concerns.

use std::{fmt, io, path::PathBuf};

/// Why the tool could not do its work.
#[derive(Debug)]
pub enum Error {
    /// The root is not a folder with a `vereda.yaml`.
    NotASite(PathBuf),
    /// A file or folder could not be read.
    Read(PathBuf, io::Error),
    /// A file or folder could not be written.
    Write(PathBuf, io::Error),
    /// The output folder would swallow the site itself or something that is not ours.
    UnsafeOutput(PathBuf),
    /// What was to be created is there already.
    Exists(PathBuf),
    /// No address could be bound.
    Bind(String, String),
    /// The folder cannot be watched.
    Watch(PathBuf, String),
    /// `git` could not be started.
    NoGit(io::Error),
    /// The folder is in no git repository, or in one that git refuses to read.
    NotARepository(PathBuf, String),
    /// The repository has no revision of that name.
    UnknownRevision(String),
    /// The root had no `vereda.yaml` at that revision.
    NoSiteAt(PathBuf, String),
    /// `git` failed at something else; its command and what it said.
    Git(String, String),
}

/// What fallible parts of the library return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The sentence shown to a person, in Portuguese or English.
    pub fn text(&self) -> crate::diagnostic::Text {
        use crate::diagnostic::machine;
        match self {
            Error::NotASite(path) => machine::not_a_site(path.display()),
            Error::Read(path, cause) => machine::cannot_read(path.display(), cause),
            Error::Write(path, cause) => machine::cannot_write(path.display(), cause),
            Error::UnsafeOutput(path) => machine::unsafe_output(path.display()),
            Error::Exists(path) => machine::exists(path.display()),
            Error::Bind(address, cause) => machine::cannot_bind(address, cause),
            Error::Watch(path, cause) => machine::cannot_watch(path.display(), cause),
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
