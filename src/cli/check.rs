//! `vereda check`: everything that is wrong or doubtful, on the standard output.

use vereda::pipeline::{Options, check};

use super::Outcome;
use super::arguments::CheckArguments;
use super::report::{Showing, judge, show};
use super::session::Session;
use super::terminal::Stream;

/// Checks the site and shows the report.
pub(crate) fn run(arguments: &CheckArguments, session: &Session) -> Outcome {
    let report = check(&Options { drafts: arguments.drafts, ..session.options() })?;
    show(&report, Showing { format: arguments.format, stream: Stream::Output, has_coverage: true }, session)?;
    Ok(judge(&report, arguments.strict, session))
}
