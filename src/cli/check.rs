//! `vereda check`: all diagnostics, on the standard output and in files; or suggested scenarios of a flow.

use vereda::diagnostic::{Certainty, Severity, cli};
use vereda::pipeline::{ExternalCounts, ExternalOptions, Options, Report, SiteRoot, check, check_html, fix};
use vereda::report::Format;

use super::arguments::{CheckArguments, FixScope};
use super::baseline;
use super::check_options::ReportTarget;
use super::open::open;
use super::progress::watch;
use super::rename::changed_lines;
use super::report::{Showing, judge, log_counts, show, write_file};
use super::session::{Session, read_now, variable};
use super::terminal::Stream;
use super::{CommandResult, Failure, Verdict};

/// At most this many uncovered places are listed.
const LISTED: usize = 20;

/// Checks the site and shows the report.
pub(crate) fn run(arguments: &CheckArguments, session: &Session) -> CommandResult {
    if let Some(flow) = &arguments.suggest_scenarios {
        return suggest(flow, session);
    }
    let Some(reports) = Reports::of(arguments) else {
        return Err(Failure::new(cli::reports_without_file()));
    };
    if let Some(scope) = arguments.fix {
        run_fix(scope, arguments, session)?;
    }
    let mut report = run_check(arguments, session)?;
    if let Some(counts) = &report.summary.external {
        log_requests(counts, session);
    }
    if let Some(path) = &arguments.write_baseline {
        return baseline::write(path, &report, session);
    }
    if let Some(path) = &arguments.baseline {
        baseline::apply(&baseline::read(path)?, path, &mut report, session);
    }
    report.deny(|found| arguments.deny.iter().any(|denied| denied.covers(found)));
    reports.write(&report, arguments.strict, session)?;
    Ok(judge(&report, arguments.strict, session))
}

/// Writes the cures of findings, and shows them if some are guesses.
fn run_fix(scope: FixScope, arguments: &CheckArguments, session: &Session) -> Result<(), Failure> {
    let least = if scope == FixScope::All { Certainty::Likely } else { Certainty::Certain };
    let options = Options { drafts: arguments.drafts, ..session.options() };
    let fixed = fix(session.open_site()?, &options, least)?;
    if scope == FixScope::All {
        changed_lines(&fixed.edits, session).lines().for_each(|line| session.terminal.log(line));
    }
    fixed.edits.write()?;
    session.log(&cli::fixed(fixed.count, fixed.edits.edits.len()));
    Ok(())
}

/// Checks the site or a folder of HTML, with external links if requested.
fn run_check(arguments: &CheckArguments, session: &Session) -> Result<Report, Failure> {
    let external = ExternalOptions {
        is_offline: arguments.offline,
        now: read_now(),
        allowed_headers: &arguments.allow_header,
        lookup: &variable,
    };
    let external = arguments.external.then_some(external);
    let options = Options { drafts: arguments.drafts, base_url: arguments.base_url.clone(), ..session.options() };
    let report = if let Some(folder) = &arguments.html {
        let root = arguments.external.then(|| SiteRoot::open(&session.root).ok()).flatten();
        let language = session.language();
        watch(session, |observer| check_html(folder, root, &Options { observer, ..options }, external, language))
    } else {
        let root = session.open_site()?;
        watch(session, |observer| check(root, &Options { observer, ..options }, external))
    };
    Ok(report?)
}

/// Logs how many external links were requested, and how many have no result.
fn log_requests(counts: &ExternalCounts, session: &Session) {
    session.log(&cli::asked_links(counts.urls, counts.requested, counts.cached));
    if counts.unknown > 0 {
        session.log(&cli::unknown_links(counts.unknown));
    }
    if counts.disallowed > 0 {
        session.log(&cli::unwanted_links(counts.disallowed));
    }
    counts.cache_error.iter().for_each(|text| session.log(text));
}

/// The reports of a run.
struct Reports {
    /// Format of the report on the standard output.
    shown: Option<Format>,
    in_files: Vec<ReportTarget>,
}

impl Reports {
    /// `None` if two reports have the same target, or `--output` has no report.
    fn of(arguments: &CheckArguments) -> Option<Self> {
        let human = [ReportTarget { format: Format::Human, file: None }];
        let targets = if arguments.format.is_empty() { &human } else { arguments.format.as_slice() };
        let (mut in_files, without): (Vec<_>, Vec<_>) =
            targets.iter().cloned().partition(|target| target.file.is_some());
        match (without.as_slice(), &arguments.output) {
            ([], None) => Some(Self { shown: None, in_files }),
            ([one], None) => Some(Self { shown: Some(one.format), in_files }),
            ([one], Some(file)) => {
                in_files.push(ReportTarget { format: one.format, file: Some(file.clone()) });
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
        self.in_files.iter().try_for_each(|target| write_file(report, target, fails_from, session))?;
        if self.shown.is_none() {
            log_counts(report, session);
        }
        Ok(())
    }
}

/// Prints the suggested scenarios of a flow; messages go to the standard error, so that the output can be appended to a file.
fn suggest(flow: &str, session: &Session) -> CommandResult {
    let Some(flow) = open(flow, session)? else {
        return Ok(Verdict::Wrong);
    };
    let found = flow.suggest_scenarios();
    session.terminal.print(&found.yaml)?;
    let closing = match (found.count, found.uncovered.is_empty()) {
        (0, true) => Some(cli::nothing_to_suggest()),
        (0, false) => None,
        (count, _) => Some(cli::suggested(count)),
    };
    let rest = found.uncovered.len().checked_sub(LISTED).filter(|rest| *rest > 0).map(cli::and_more);
    closing.iter().chain(found.uncovered.iter().take(LISTED)).chain(&rest).for_each(|text| session.log(text));
    Ok(Verdict::Clean)
}
