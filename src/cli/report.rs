//! A report → what is said of it, and the verdict.

use std::fs;
use std::path::Path;

use vereda::diagnostic::{Language, Severity, cli};
use vereda::error::Error;
use vereda::pipeline::Report;
use vereda::report::{Findings, Format, Look, coverage_table, render, summary_line};

use super::session::Session;
use super::terminal::Stream;
use super::wanted::Wanted;
use super::{Failure, Verdict};

/// Columns of a report in a file.
const FILE_WIDTH: usize = 120;

/// What of a report is shown, and where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Showing {
    pub(crate) format: Format,
    pub(crate) stream: Stream,
    /// The table of what scenarios visit, where the format is for people.
    pub(crate) has_coverage: bool,
    /// The mildest findings that fail the run.
    pub(crate) fails_from: Severity,
}

impl Showing {
    /// The findings and the counts, of which errors fail.
    pub(crate) fn of(format: Format, stream: Stream) -> Self {
        Self { format, stream, has_coverage: false, fails_from: Severity::Error }
    }
}

/// The language in which a report is told.
pub(crate) fn language_of(report: &Report, session: &Session) -> Language {
    session.language_or(report.language)
}

/// Shows the findings and, in formats for people, how the site stands.
pub(crate) fn show(report: &Report, showing: Showing, session: &Session) -> Result<(), Failure> {
    let look = session.terminal.look(showing.stream, language_of(report, session));
    session.terminal.write(showing.stream, &write(report, showing, look, session))?;
    Ok(())
}

/// Writes a report to its file, whose folder is made where it is not there. It looks the same on every terminal.
pub(crate) fn write_file(
    report: &Report,
    wanted: &Wanted,
    fails_from: Severity,
    session: &Session,
) -> Result<(), Failure> {
    let Some(path) = &wanted.file else { return Ok(()) };
    let look = Look { language: language_of(report, session), is_coloured: false, width: FILE_WIDTH };
    let showing = Showing { format: wanted.format, stream: Stream::Output, has_coverage: true, fails_from };
    let text = write(report, showing, look, session);
    put(path, &text).map_err(|error| Failure::from(error).in_language(look.language))?;
    session.terminal.tell(cli::created(path.display()).in_language(look.language));
    Ok(())
}

/// Tells how the site stands, where no report that is for people does.
pub(crate) fn tell_counts(report: &Report, session: &Session) {
    let findings = Findings::new(&report.sources, &report.diagnostics, &report.summary);
    session.terminal.tell(&summary_line(findings, language_of(report, session)));
}

/// Writes a file, and its folder where it is not there.
pub(crate) fn put(path: &Path, text: &str) -> Result<(), Error> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder.and_then(|()| fs::write(path, text)).map_err(|error| Error::Write(path.to_owned(), error))
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
