//! `vereda check`: everything that is wrong or doubtful, on the standard output; or the scenarios that a flow lacks.

use vereda::diagnostic::cli;
use vereda::pipeline::{Options, check};

use super::arguments::CheckArguments;
use super::open::open;
use super::report::{Showing, judge, show};
use super::session::Session;
use super::terminal::Stream;
use super::{Outcome, Verdict};

/// So many places are told for which no scenario was found.
const MOST_TOLD: usize = 20;

/// Checks the site and shows the report.
pub(crate) fn run(arguments: &CheckArguments, session: &Session) -> Outcome {
    if let Some(flow) = &arguments.suggest_scenarios {
        return suggest(flow, session);
    }
    let report = check(&Options { drafts: arguments.drafts, ..session.options() })?;
    show(&report, Showing { format: arguments.format, stream: Stream::Output, has_coverage: true }, session)?;
    Ok(judge(&report, arguments.strict, session))
}

/// The scenarios go to the standard output, so that they can be appended to a file; what is said of them does not.
fn suggest(flow: &str, session: &Session) -> Outcome {
    let Some(flow) = open(flow, session)? else {
        return Ok(Verdict::Wrong);
    };
    let found = flow.suggest_scenarios();
    let language = session.language_or(flow.language());
    session.terminal.print(&found.yaml)?;
    let closing = match (found.count, found.missing.is_empty()) {
        (0, true) => Some(cli::nothing_to_suggest()),
        (0, false) => None,
        (count, _) => Some(cli::suggested(count)),
    };
    let rest = found.missing.len().checked_sub(MOST_TOLD).filter(|rest| *rest > 0).map(cli::and_more);
    for text in closing.iter().chain(found.missing.iter().take(MOST_TOLD)).chain(&rest) {
        session.terminal.tell(text.in_language(language));
    }
    Ok(Verdict::Clean)
}
