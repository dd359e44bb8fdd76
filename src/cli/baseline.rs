//! `--baseline FILE` of `check` and `build`, and `check --write-baseline FILE`: known problems.

use std::path::Path;

use vereda::diagnostic::cli;
use vereda::output::write_file_and_folders;
use vereda::pipeline::Report;
use vereda::project::file::read_text;
use vereda::report::{Baseline, Problem};

use super::session::Session;
use super::{CommandResult, Failure, Verdict};

/// At most this many corrected problems are listed.
const LISTED: usize = 10;

/// Writes the diagnostics of a report as known problems.
pub(crate) fn write(path: &Path, report: &Report, session: &Session) -> CommandResult {
    let baseline = Baseline::of(&report.diagnostics, &report.sources, report.language);
    write_file_and_folders(path, &baseline.write())?;
    session.log(&cli::baseline_written(path.display(), baseline.count()));
    Ok(Verdict::Clean)
}

/// Reads the known problems.
pub(crate) fn read(path: &Path) -> Result<Baseline, Failure> {
    let text = read_text(path)?;
    Baseline::parse(&text).map_err(|cause| Failure::new(cli::no_baseline(path.display(), cause)))
}

/// Removes the known problems from a report, and logs how many are known and how many are corrected.
pub(crate) fn apply(baseline: &Baseline, path: &Path, report: &mut Report, session: &Session) {
    let mut parted = baseline.remove_known(&mut report.diagnostics, &report.sources, report.language);
    if report.summary.external.is_none() {
        // Without requests, it is not known which external links are corrected.
        parted.gone.retain(|problem| !problem.code.starts_with("external/"));
    }
    if parted.known > 0 {
        session.log(&cli::known_problems(path.display(), parted.known));
    }
    if !parted.gone.is_empty() {
        session.log(&cli::gone_problems(path.display(), parted.gone.len()));
        parted.gone.iter().take(LISTED).for_each(|problem| session.terminal.log(&problem_line(problem)));
    }
}

fn problem_line(problem: &Problem) -> String {
    let Problem { file, code, message } = problem;
    let file = file.as_ref().map(|file| format!("{file}: ")).unwrap_or_default();
    vereda::report::one_line(&format!("  {file}[{code}]: {message}"))
}
