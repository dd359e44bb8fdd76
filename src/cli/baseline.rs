//! `--baseline FILE` of `check` and `build`, and `check --write-baseline FILE`: the problems that are known already.

use std::fs;
use std::path::Path;

use vereda::diagnostic::cli;
use vereda::error::Error;
use vereda::pipeline::Report;
use vereda::report::{Baseline, Problem};

use super::report::{language_of, put};
use super::session::Session;
use super::{Failure, Outcome, Verdict};

/// So many of the problems that are gone are named.
const NAMED: usize = 10;

/// Writes down what was found, as known from now on.
pub(crate) fn write(path: &Path, report: &Report, session: &Session) -> Outcome {
    let language = language_of(report, session);
    let baseline = Baseline::of(&report.diagnostics, &report.sources, report.language);
    put(path, &baseline.write()).map_err(|error| Failure::from(error).in_language(language))?;
    session.terminal.tell(cli::baseline_written(path.display(), baseline.count()).in_language(language));
    Ok(Verdict::Clean)
}

/// Reads the known problems.
pub(crate) fn read(path: &Path, session: &Session) -> Result<Baseline, Failure> {
    let language = session.site_language();
    let text = fs::read_to_string(path).map_err(|error| Error::Read(path.to_owned(), error));
    let text = text.map_err(|error| Failure::from(error).in_language(language))?;
    Baseline::parse(&text).map_err(|cause| Failure::new(cli::no_baseline(path.display(), cause)).in_language(language))
}

/// Leaves in the report what is new, and tells what is known and what is gone.
pub(crate) fn apply(baseline: &Baseline, path: &Path, report: &mut Report, session: &Session) {
    let language = language_of(report, session);
    let mut parted = baseline.remove_known(&mut report.diagnostics, &report.sources, report.language);
    if report.summary.external.is_none() {
        // Other sites were not asked: what is wrong with them is not gone.
        parted.gone.retain(|problem| !problem.code.starts_with("external/"));
    }
    if parted.known > 0 {
        session.terminal.tell(cli::known_problems(path.display(), parted.known).in_language(language));
    }
    if !parted.gone.is_empty() {
        session.terminal.tell(cli::gone_problems(path.display(), parted.gone.len()).in_language(language));
        parted.gone.iter().take(NAMED).for_each(|problem| session.terminal.tell(&line(problem)));
    }
}

fn line(problem: &Problem) -> String {
    let Problem { file, code, message } = problem;
    let file = file.as_ref().map(|file| format!("{file}: ")).unwrap_or_default();
    vereda::report::one_line(&format!("  {file}[{code}]: {message}"))
}
