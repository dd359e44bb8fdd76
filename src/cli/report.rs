//! A report → what is said of it, and the verdict.

use vereda::diagnostic::render::{Findings, Format, coverage_table, render, summary_line};
use vereda::diagnostic::{Language, Severity};
use vereda::pipeline::Report;

use super::session::Session;
use super::terminal::Stream;
use super::{Failure, Verdict};

/// What of a report is shown, and where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Showing {
    pub(crate) format: Format,
    pub(crate) stream: Stream,
    /// The table of what scenarios visit, where the format is for people.
    pub(crate) has_coverage: bool,
}

/// The language in which a report is told.
pub(crate) fn language_of(report: &Report, session: &Session) -> Language {
    session.language_or(report.language)
}

/// Shows the findings and, in formats for people, how the site stands.
pub(crate) fn show(report: &Report, showing: Showing, session: &Session) -> Result<(), Failure> {
    let look = session.terminal.look(showing.stream, language_of(report, session));
    let findings = Findings { sources: &report.sources, diagnostics: &report.diagnostics, summary: &report.summary };
    let mut text = render(findings, showing.format, look);
    if showing.format.is_for_people() && !session.terminal.is_quiet {
        if showing.has_coverage && showing.format == Format::Human {
            text += &coverage_table(&report.summary, look);
        }
        text += &summary_line(findings, look.language);
        text.push('\n');
    }
    session.terminal.write(showing.stream, &text)?;
    Ok(())
}

/// Errors are always wrong; warnings are where the run is strict.
pub(crate) fn judge(report: &Report, is_strict: bool) -> Verdict {
    let has = |severity| report.count(severity) > 0;
    let is_wrong = has(Severity::Error) || (is_strict && has(Severity::Warning));
    if is_wrong { Verdict::Wrong } else { Verdict::Clean }
}
