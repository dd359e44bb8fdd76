//! `vereda diff REV`: what the content changes against a git revision, on the standard output or in a file.

use std::fs;
use std::path::Path;

use vereda::diagnostic::cli;
use vereda::error::Error;
use vereda::pipeline::{Comparing, compare};
use vereda::report::Format;

use super::arguments::DiffArguments;
use super::report::{Showing, show};
use super::session::Session;
use super::terminal::Stream;
use super::{Failure, Outcome, Verdict};

/// Tells what changed, unless the site has errors; these are shown on the standard error.
pub(crate) fn run(arguments: &DiffArguments, session: &Session) -> Outcome {
    let changes = match compare(&session.options(), &arguments.revision, session.asked_language())
        .map_err(|error| failure(error, session))?
    {
        Comparing::Ready(changes) => changes,
        Comparing::Wrong(report) => {
            show(&report, Showing::of(Format::Human, Stream::Error), session)?;
            return Ok(Verdict::Wrong);
        }
    };
    if changes.old_errors > 0 {
        let text = cli::old_version_has_errors(&arguments.revision, changes.old_errors);
        session.terminal.tell(text.in_language(changes.language()));
    }
    let text = changes.write(arguments.format);
    match &arguments.output {
        None => session.terminal.print(&text)?,
        Some(path) => {
            write(path, &text).map_err(|error| Failure::from(error).in_language(changes.language()))?;
            session.terminal.tell(cli::created(path.display()).in_language(changes.language()));
        }
    }
    Ok(Verdict::Clean)
}

/// In the language of the site, where there is one.
pub(super) fn failure(error: Error, session: &Session) -> Failure {
    let failure = Failure::from(error);
    match vereda::pipeline::find_language(&session.root) {
        Some(language) => failure.in_language(language),
        None => failure,
    }
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    fs::write(path, text).map_err(|error| Error::Write(path.to_owned(), error))
}
