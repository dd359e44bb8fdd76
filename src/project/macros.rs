//! The file of macros that `zendesk.macros` names.

use std::io::ErrorKind;
use std::path::{Component, Path};

use super::{CONTENT, STATIC, add_text, file};
use crate::config::ZendeskSettings;
use crate::diagnostic::catalogue::macros;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::error::Error;
use crate::source::{Sources, Span};

/// Longest file, in MB.
const LONGEST: u64 = 32;

/// Adds the file to the sources, if one is named. A file that cannot be read is reported.
pub(super) fn read_macros(
    root: &Path,
    settings: &ZendeskSettings,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) {
    let (Some(named), Some(path)) = (&settings.macros, settings.macros_path()) else { return };
    match read(root, path, named.span) {
        Ok(bytes) => drop(add_text(sources, path.to_owned(), bytes, diagnostics)),
        Err(diagnostic) => diagnostics.push(*diagnostic),
    }
}

fn read(root: &Path, path: &str, span: Span) -> Result<Vec<u8>, Box<Diagnostic>> {
    let is_inside = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    if !Path::new(path).components().all(is_inside) {
        return Err(macros::outside(span, path).into());
    }
    let whole = root.join(path);
    let refuse = |cause: &std::io::Error| {
        Box::new(match cause.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => macros::missing_file(span, path),
            ErrorKind::FileTooLarge => macros::too_large(span, path, LONGEST),
            _ => macros::unreadable(span, path, cause),
        })
    };
    let target = whole.canonicalize().map_err(|cause| refuse(&cause))?;
    if !root.canonicalize().is_ok_and(|root| target.starts_with(root)) {
        return Err(macros::outside(span, path).into());
    }
    let length = target.metadata().map_err(|cause| refuse(&cause))?.len();
    if length > LONGEST << 20 {
        return Err(macros::too_large(span, path, LONGEST).into());
    }
    if [CONTENT, STATIC].iter().any(|folder| Path::new(path).starts_with(folder)) && target.is_file() {
        return Err(macros::published(span, path).into());
    }
    file::read(&target).map_err(|error| match error {
        Error::Read(_, cause) => refuse(&cause),
        _ => macros::not_a_file(span, path).into(),
    })
}
