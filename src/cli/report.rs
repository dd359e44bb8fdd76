//! Printing a report, and the verdict on it.

use vereda::diagnostic::{Language, Severity, cli};
use vereda::output::write_file_and_folders;
use vereda::pipeline::Report;
use vereda::report::{Findings, Format, Look, coverage_table, render, summary_line};

use super::check_options::ReportTarget;
use super::session::Session;
use super::terminal::Stream;
use super::{Failure, Verdict};

/// Columns of a report in a file.
const FILE_WIDTH: usize = 120;

/// Format, stream and parts of a printed report.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Showing {
    pub(crate) format: Format,
    pub(crate) stream: Stream,
    /// Show the coverage of scenarios, if the format is for people.
    pub(crate) has_coverage: bool,
    /// The lowest severity that fails the run.
    pub(crate) fails_from: Severity,
}

impl Showing {
    /// Findings and counts; errors fail the run.
    pub(crate) fn of(format: Format, stream: Stream) -> Self {
        Self { format, stream, has_coverage: false, fails_from: Severity::Error }
    }
}

/// Prints the findings and, in formats for people, the counts.
pub(crate) fn show(report: &Report, showing: Showing, session: &Session) -> Result<(), Failure> {
    let look = session.terminal.look(showing.stream, session.language());
    session.terminal.write(showing.stream, &write(report, showing, look, session))?;
    Ok(())
}

/// Writes a report to its file, with the same width and no colours on every terminal.
pub(crate) fn write_file(
    report: &Report,
    target: &ReportTarget,
    fails_from: Severity,
    session: &Session,
) -> Result<(), Failure> {
    let Some(path) = &target.file else { return Ok(()) };
    let look = Look { language: session.language(), is_coloured: false, width: FILE_WIDTH };
    let showing = Showing { format: target.format, stream: Stream::Output, has_coverage: true, fails_from };
    write_file_and_folders(path, &write(report, showing, look, session))?;
    session.log(&cli::created(path.display()));
    Ok(())
}

/// Logs the counts, for a run that prints no report.
pub(crate) fn log_counts(report: &Report, session: &Session) {
    let findings = Findings::new(&report.sources, &report.diagnostics, &report.summary);
    session.terminal.log(&summary_line(findings, session.language()));
}

fn write(report: &Report, showing: Showing, look: Look, session: &Session) -> String {
    let folder = session.folder();
    let findings = Findings {
        folder: &folder,
        fails_from: showing.fails_from,
        ..Findings::new(&report.sources, &report.diagnostics, &report.summary)
    };
    let mut text = render(findings, showing.format, look);
    if showing.format.is_for_people() && !session.terminal.is_quiet {
        text += &closing(findings, showing, look);
    }
    text
}

/// The text below the findings: coverage of scenarios, counts, and the command for an explanation.
fn closing(findings: Findings<'_>, showing: Showing, look: Look) -> String {
    let is_human = showing.format == Format::Human;
    let mut text = String::new();
    if is_human && showing.has_coverage {
        text += &coverage_table(findings.summary, look);
    }
    text += &summary_line(findings, look.language);
    text.push('\n');
    if is_human {
        text += &explain_hint(findings, look.language);
    }
    text
}

/// The command that explains the worst finding.
fn explain_hint(findings: Findings<'_>, language: Language) -> String {
    let worst = findings.diagnostics.iter().rev().max_by_key(|diagnostic| diagnostic.severity);
    let text = worst.map(|diagnostic| cli::explain_more(diagnostic.code.as_str()));
    text.map(|text| text.in_language(language).to_owned() + "\n").unwrap_or_default()
}

/// Errors fail the run; under `--strict`, warnings too.
pub(crate) fn judge(report: &Report, is_strict: bool, session: &Session) -> Verdict {
    let has = |severity| report.count(severity) > 0;
    match (has(Severity::Error), is_strict && has(Severity::Warning)) {
        (true, _) => Verdict::Wrong,
        (false, true) => {
            session.log(&cli::strict_refuses());
            Verdict::Wrong
        }
        (false, false) => Verdict::Clean,
    }
}
