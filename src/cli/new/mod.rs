//! `vereda new page|flow PATH`: a file of the content to start from. A file that exists is never touched.

mod place;
mod title;

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use vereda::diagnostic::{Language, cli};
use vereda::error::Error;
use vereda::pipeline::find_language;

use super::arguments::{NewArguments, NewFile, NewKind};
use super::session::Session;
use super::{Failure, Outcome, Verdict};
use place::find_place;
use title::{title_of, yaml_text};

/// A kind of file that can be written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    /// Endings that a path may have already; the first is added to a path that has none of them.
    endings: &'static [&'static str],
    portuguese: &'static str,
    english: &'static str,
}

const PAGE: Kind =
    Kind { endings: &[".md"], portuguese: include_str!("pt-BR/page.md"), english: include_str!("en/page.md") };

const FLOW: Kind = Kind {
    endings: &[".flow.yaml", ".flow.yml"],
    portuguese: include_str!("pt-BR/flow.yaml"),
    english: include_str!("en/flow.yaml"),
};

/// Writes the file and says where it is.
pub(crate) fn run(arguments: &NewArguments, session: &Session) -> Outcome {
    let (kind, file) = match &arguments.kind {
        NewKind::Page(file) => (PAGE, file),
        NewKind::Flow(file) => (FLOW, file),
    };
    let Some(site_language) = find_language(&session.root) else {
        return Err(Error::NotASite(session.root.clone()).into());
    };
    let language = session.language_or(site_language);
    let fail = |failure: Failure| failure.in_language(site_language);
    let place = find_place(&file.path, kind, &session.root).map_err(fail)?;
    let shown = session.in_root(&place);
    let text = fill(kind, file, &place, site_language, session);
    create(&shown, &text).map_err(|error| fail(error.into()))?;
    session.terminal.tell(cli::created(shown.display()).in_language(language));
    Ok(Verdict::Clean)
}

/// The text of the file, in the language of the site.
fn fill(kind: Kind, file: &NewFile, place: &Path, language: Language, session: &Session) -> String {
    let template = match language {
        Language::PtBr => kind.portuguese,
        Language::En => kind.english,
    };
    let owner = file.owner.as_ref().map(|owner| format!(" {}", yaml_text(owner))).unwrap_or_default();
    template
        .replace("{title}", &yaml_text(&title_of(place)))
        .replace("{today}", &session.today.to_string())
        .replace(" {owner}", &owner)
}

/// Writes a file that must not exist, and the folders it needs.
fn create(path: &Path, text: &str) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Error::Write(folder.to_owned(), error))?;
    }
    let file = File::create_new(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
        _ => Error::Write(path.to_owned(), error),
    });
    file?.write_all(text.as_bytes()).map_err(|error| Error::Write(path.to_owned(), error))
}
