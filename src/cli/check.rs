//! `vereda check`: everything that is wrong or doubtful, on the standard output and in files; or the scenarios that a flow lacks.

use vereda::diagnostic::{Severity, Text, cli};
use vereda::pipeline::{ExternalCounts, ExternalOptions, Options, Report, check, check_html};
use vereda::report::Format;

use super::arguments::CheckArguments;
use super::baseline;
use super::open::open;
use super::progress::watch;
use super::report::{Showing, judge, language_of, show, tell_counts, write_file};
use super::session::{Session, read_now, variable};
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
    let Some(reports) = Reports::of(arguments) else {
        return Err(Failure::new(cli::reports_without_file()).in_language(session.language()));
    };
    let mut report = run_check(arguments, session)?;
    if let Some(asked) = &report.summary.external {
        tell_asked(asked, &report, session);
    }
    if let Some(path) = &arguments.write_baseline {
        return baseline::write(path, &report, session);
    }
    if let Some(path) = &arguments.baseline {
        baseline::apply(&baseline::read(path, session)?, path, &mut report, session);
    }
    report.deny(|found| arguments.deny.iter().any(|denied| denied.holds(found)));
    reports.write(&report, arguments.strict, session)?;
    Ok(judge(&report, arguments.strict, session))
}

/// Checks the site or a folder of HTML, other sites too where that is wanted.
fn run_check(arguments: &CheckArguments, session: &Session) -> Result<Report, Failure> {
    let asking = ExternalOptions { is_offline: arguments.offline, now: read_now(), lookup: &variable };
    let asking = arguments.external.then_some(asking);
    let report = watch(session, |observer| {
        let base_url = arguments.base_url.clone();
        let options = Options { drafts: arguments.drafts, base_url, observer, ..session.options() };
        match &arguments.html {
            Some(folder) => check_html(folder, &options, asking, session.language()),
            None => check(&options, asking),
        }
    });
    Ok(report?)
}

/// How many addresses of other sites were asked, and what could not be known.
fn tell_asked(asked: &ExternalCounts, report: &Report, session: &Session) {
    let language = language_of(report, session);
    let tell = |text: &Text| session.terminal.tell(text.in_language(language));
    tell(&cli::asked_links(asked.urls, asked.requested, asked.cached));
    if asked.unknown > 0 {
        tell(&cli::unknown_links(asked.unknown));
    }
    if asked.disallowed > 0 {
        tell(&cli::unwanted_links(asked.disallowed));
    }
    asked.cache_error.iter().for_each(tell);
}

/// The reports that were asked for.
struct Reports {
    /// On the standard output.
    shown: Option<Format>,
    in_files: Vec<Wanted>,
}

impl Reports {
    /// `None` where two would go to the same place, or `--output` has none to take.
    fn of(arguments: &CheckArguments) -> Option<Self> {
        let human = [Wanted { format: Format::Human, file: None }];
        let wanted = if arguments.format.is_empty() { &human } else { arguments.format.as_slice() };
        let (mut in_files, without): (Vec<_>, Vec<_>) =
            wanted.iter().cloned().partition(|wanted| wanted.file.is_some());
        match (without.as_slice(), &arguments.output) {
            ([], None) => Some(Self { shown: None, in_files }),
            ([one], None) => Some(Self { shown: Some(one.format), in_files }),
            ([one], Some(file)) => {
                in_files.push(Wanted { format: one.format, file: Some(file.clone()) });
                Some(Self { shown: None, in_files })
            }
            _ => None,
        }
    }

    fn write(&self, report: &Report, is_strict: bool, session: &Session) -> Result<(), Failure> {
        let fails_from = if is_strict { Severity::Warning } else { Severity::Error };
        if let Some(format) = self.shown {
            let showing = Showing { format, stream: Stream::Output, has_coverage: true, fails_from };
            show(report, showing, session)?;
        }
        self.in_files.iter().try_for_each(|wanted| write_file(report, wanted, fails_from, session))?;
        if self.shown.is_none() {
            tell_counts(report, session);
        }
        Ok(())
    }
}

/// The scenarios go to the standard output, so that they can be appended to a file; what is said of them does not.
fn suggest(flow: &str, session: &Session) -> Outcome {
    let Some(flow) = open(flow, session)? else {
        return Ok(Verdict::Wrong);
    };
    let found = flow.suggest_scenarios();
    let language = session.language_or(flow.language());
    session.terminal.print(&found.yaml)?;
    let closing = match (found.count, found.uncovered.is_empty()) {
        (0, true) => Some(cli::nothing_to_suggest()),
        (0, false) => None,
        (count, _) => Some(cli::suggested(count)),
    };
    let rest = found.uncovered.len().checked_sub(MOST_TOLD).filter(|rest| *rest > 0).map(cli::and_more);
    for text in closing.iter().chain(found.uncovered.iter().take(MOST_TOLD)).chain(&rest) {
        session.terminal.tell(text.in_language(language));
    }
    Ok(Verdict::Clean)
}
