//! `vereda build`: the site on disk, the report on the standard error.

use std::path::Path;

use vereda::diagnostic::{Baseline, Severity, cli};
use vereda::output::write_observed;
use vereda::pipeline::{Options, Report, build, build_since};

use super::arguments::BuildArguments;
use super::baseline;
use super::progress::watch;
use super::report::{Showing, judge, language_of, show};
use super::session::Session;
use super::terminal::Stream;
use super::{Failure, Outcome, Verdict};

/// Where the site is written by default.
const FOLDER: &str = vereda::pipeline::OUT;

/// Builds the site, shows the report, and writes the site unless something is wrong.
pub(crate) fn run(arguments: &BuildArguments, session: &Session) -> Outcome {
    let base_url = arguments.base_url.clone();
    let known = arguments.baseline.as_ref().map(|path| baseline::read(path, session)).transpose()?;
    let mut report = watch(session, |observer| {
        let known = known.clone();
        let options = Options { base_url, drafts: arguments.drafts, known, observer, ..session.options() };
        match &arguments.since {
            None => build(&options).map_err(Failure::from),
            Some(since) => build_since(&options, since).map_err(|error| super::diff::failure(error, session)),
        }
    })?;
    if let (Some(known), Some(path)) = (&known, &arguments.baseline) {
        leave_out(known, path, &mut report, session);
    }
    let stream = if arguments.format.is_for_people() { Stream::Error } else { Stream::Output };
    show(&report, Showing::of(arguments.format, stream), session)?;
    let verdict = judge(&report, arguments.strict, session);
    match verdict {
        Verdict::Clean => write_site(&report, &find_folder(arguments, session), session)?,
        Verdict::Wrong => session.terminal.tell(cli::nothing_written().in_language(language_of(&report, session))),
    }
    Ok(verdict)
}

/// Leaves out what is known, unless just that keeps the site from being made.
fn leave_out(known: &Baseline, path: &Path, report: &mut Report, session: &Session) {
    let all = report.diagnostics.clone();
    baseline::apply(known, path, report, session);
    if report.outputs.is_empty() && report.count(Severity::Error) == 0 {
        report.diagnostics = all;
    }
}

fn find_folder(arguments: &BuildArguments, session: &Session) -> std::path::PathBuf {
    arguments.out.clone().unwrap_or_else(|| session.in_root(FOLDER))
}

fn write_site(report: &Report, folder: &Path, session: &Session) -> Result<(), Failure> {
    let language = language_of(report, session);
    let written = watch(session, |observer| write_observed(&report.outputs, folder, &observer))
        .map_err(|error| Failure::from(error).in_language(report.language))?;
    let text = cli::site_written(folder.display(), report.outputs.len(), written.written);
    session.terminal.tell(text.in_language(language));
    Ok(())
}
