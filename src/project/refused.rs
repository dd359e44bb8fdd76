//! Files that exist and are not read, each with its cause.
//!
//! A link to such a file is no second mistake: `site` resolves it to a broken target without a diagnostic.

use std::io::ErrorKind;

use crate::diagnostic::catalogue::page;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::error::Error;
use crate::source::{Sources, Span};

/// A file or folder below the root that is not read.
#[derive(Debug)]
pub(crate) struct Refused {
    /// Relative to the root, with `/` between parts.
    pub(crate) path: String,
    cause: Cause,
}

/// Why a file is not read.
#[derive(Debug)]
pub(super) enum Cause {
    /// A symbolic link to a place outside the root.
    LinkOutside,
    /// A symbolic link to a hidden or temporary file of the root, which is this path.
    LinkToHidden(String),
    /// A symbolic link without a target.
    LinkBroken,
    /// A pipe, a socket or a device.
    NotAFile,
    /// The user has no permission.
    NoPermission,
    /// The message of the system.
    Unreadable(String),
    /// The name has a character that no address can have.
    Name(char),
}

impl Refused {
    pub(super) fn new(path: String, cause: Cause) -> Self {
        Self { path, cause }
    }

    /// From a failure to open or read the file at `path`.
    pub(super) fn of_error(path: String, error: Error) -> Self {
        let cause = match error {
            Error::Read(_, cause) if cause.kind() == ErrorKind::PermissionDenied => Cause::NoPermission,
            Error::Read(_, cause) => Cause::Unreadable(cause.to_string()),
            _ => Cause::NotAFile,
        };
        Self { path, cause }
    }

    fn report(&self, span: Span) -> Diagnostic {
        let path = self.path.escape_debug();
        match &self.cause {
            Cause::LinkOutside => page::symlink_outside(span, path),
            Cause::LinkToHidden(target) => page::symlink_to_hidden(span, path, target),
            Cause::LinkBroken => page::symlink_broken(span, path),
            Cause::NotAFile => page::not_a_file(span, path),
            Cause::NoPermission => page::no_permission(span, path),
            Cause::Unreadable(cause) => page::unreadable(span, path, cause),
            Cause::Name(character) => page::file_name(span, path, shown(*character), portable_name(&self.path)),
        }
    }
}

/// Reports each refused file at its beginning.
pub(super) fn report_refused(refused: &[Refused], sources: &mut Sources, diagnostics: &mut Diagnostics) {
    for one in refused {
        let path: String = one.path.escape_debug().collect();
        diagnostics.push(one.report(Span::new(sources.add(path, ""), 0, 0)));
    }
}

/// The first character of a file's name that cannot be in an address on every host and disk.
pub(super) fn find_unusable(name: &str) -> Option<char> {
    name.chars().find(|character| is_unusable(*character))
}

/// Control characters; `:` and `\`, which begin a scheme or a folder; bytes that are no UTF-8.
fn is_unusable(character: char) -> bool {
    character.is_control() || matches!(character, ':' | '\\' | char::REPLACEMENT_CHARACTER)
}

/// The last part of a path with `-` in place of characters that cannot be in an address.
fn portable_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().replace(is_unusable, "-")
}

/// `\t` for a tab; other characters as they are.
fn shown(character: char) -> String {
    if character == '\\' { character.to_string() } else { character.escape_debug().collect() }
}
