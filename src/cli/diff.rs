//! `vereda diff REV`: the changes of the content since a git revision, on the standard output or in a file.

use vereda::diagnostic::cli;
use vereda::pipeline::{ComparedSite, compare};
use vereda::report::Format;

use super::arguments::DiffArguments;
use super::report::{Showing, show};
use super::session::Session;
use super::terminal::Stream;
use super::{CommandResult, Verdict};

/// Writes the changes, unless the site has errors; these are shown on the standard error.
pub(crate) fn run(arguments: &DiffArguments, session: &Session) -> CommandResult {
    let root = session.open_site()?;
    let changes = match compare(root, &session.options(), &arguments.revision, session.language())? {
        ComparedSite::Compared(changes) => changes,
        ComparedSite::HasErrors(report) => {
            show(&report, Showing::of(Format::Human, Stream::Error), session)?;
            return Ok(Verdict::Wrong);
        }
    };
    if changes.old_errors > 0 {
        session.log(&cli::old_version_has_errors(&arguments.revision, changes.old_errors));
    }
    session.write_result(&changes.write(arguments.format), arguments.output.as_deref())?;
    Ok(Verdict::Clean)
}
