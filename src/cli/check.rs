//! `vereda check`: everything that is wrong or doubtful, on the standard output and in files; or the scenarios that a flow lacks.

use vereda::diagnostic::render::Format;
use vereda::diagnostic::{Severity, cli};
use vereda::pipeline::{Options, Report, check, check_html};

use super::arguments::CheckArguments;
use super::baseline;
use super::open::open;
use super::report::{Showing, judge, language_of, show, tell_counts, write_file};
use super::session::Session;
use super::terminal::Stream;
use super::wanted::Wanted;
use super::{Failure, Outcome, Verdict};

/// So many places are told for which no scenario was found.
const MOST_TOLD: usize = 20;

/// Checks the site and shows the report.
pub(crate) fn run(arguments: &CheckArguments, session: &Session) -> Outcome {
    if let Some(flow) = &arguments.suggest_scenarios {
        return suggest(flow, session);
    }
    let mut report = match &arguments.html {
        Some(folder) => check_html(folder, arguments.base_url.as_deref(), session.language())?,
        None => check(&Options { drafts: arguments.drafts, ..session.options() })?,
    };
    if let Some(path) = &arguments.write_baseline {
        return baseline::write(path, &report, session);
    }
    if let Some(path) = &arguments.baseline {
        baseline::apply(path, &mut report, session)?;
    }
    report.deny(|found| arguments.deny.iter().any(|denied| denied.holds(found)));
    write(&report, arguments, session)?;
    Ok(judge(&report, arguments.strict, session))
}

/// Writes each report that was asked for; one at most goes to the standard output.
fn write(report: &Report, arguments: &CheckArguments, session: &Session) -> Result<(), Failure> {
    let human = [Wanted { format: Format::Human, file: None }];
    let wanted = if arguments.format.is_empty() { &human } else { arguments.format.as_slice() };
    let (mut in_files, shown): (Vec<_>, Vec<_>) = wanted.iter().cloned().partition(|wanted| wanted.file.is_some());
    let fails_from = if arguments.strict { Severity::Warning } else { Severity::Error };
    match (shown.as_slice(), &arguments.output) {
        ([], None) => {}
        ([one], None) => {
            let showing = Showing { format: one.format, stream: Stream::Output, has_coverage: true, fails_from };
            show(report, showing, session)?;
        }
        ([one], Some(file)) => in_files.push(Wanted { file: Some(file.clone()), ..one.clone() }),
        _ => return Err(Failure::new(cli::reports_without_file()).in_language(language_of(report, session))),
    }
    in_files.iter().try_for_each(|wanted| write_file(report, wanted, fails_from, session))?;
    if shown.is_empty() || arguments.output.is_some() {
        tell_counts(report, session);
    }
    Ok(())
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
