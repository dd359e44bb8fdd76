//! A report → what is said of it, and the verdict.

use vereda::diagnostic::render::{Findings, Format, Look, coverage_table, render, summary_line};
use vereda::diagnostic::{Language, Severity, cli};
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
        text += &closing(findings, showing, look);
    }
    session.terminal.write(showing.stream, &text)?;
    Ok(())
}

/// What stands below the findings: what scenarios visit, the counts, and how to know more.
fn closing(findings: Findings<'_>, showing: Showing, look: Look) -> String {
    let is_human = showing.format == Format::Human;
    let mut text = String::new();
    if is_human && showing.has_coverage {
        text += &coverage_table(findings.summary, look);
    }
    text += &summary_line(findings, look.language);
    text.push('\n');
    if is_human {
        text += &more(findings, look.language);
    }
    text
}

/// How to know more about the worst finding.
fn more(findings: Findings<'_>, language: Language) -> String {
    let worst = findings.diagnostics.iter().rev().max_by_key(|diagnostic| diagnostic.severity);
    let text = worst.map(|diagnostic| cli::explain_more(diagnostic.code.as_str()));
    text.map(|text| text.in_language(language).to_owned() + "\n").unwrap_or_default()
}

/// Errors are always wrong; warnings are where the run is strict, which is then said.
pub(crate) fn judge(report: &Report, is_strict: bool, session: &Session) -> Verdict {
    let has = |severity| report.count(severity) > 0;
    match (has(Severity::Error), is_strict && has(Severity::Warning)) {
        (true, _) => Verdict::Wrong,
        (false, true) => {
            session.terminal.tell(cli::strict_refuses().in_language(language_of(report, session)));
            Verdict::Wrong
        }
        (false, false) => Verdict::Clean,
    }
}
