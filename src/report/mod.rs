//! Reports: the diagnostics of a run as text, one file a format.
//!
//! In: [`Findings`]. Out: a `String`, which the caller prints or writes. Entry point: [`render`]. [`summary_line`] and
//! [`coverage_table`] are the end of a report for people; [`Baseline`] holds known problems.

mod baseline;
mod coverage;
mod excerpt;
mod fingerprint;
mod github;
mod human;
mod json;
mod junit;
mod printable;
mod sarif;
mod short;
mod summary;

pub use baseline::{Baseline, BaselineMatch, Problem};
pub use coverage::coverage_table;
pub use human::failure_line;
pub use printable::printable as one_line;
pub use summary::{Summary, summary_line};

use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::source::{FileId, Sources};
use crate::words::words;

/// The input of a renderer.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// The texts that the spans refer to.
    pub sources: &'a Sources,
    /// The diagnostics, in the order of the report.
    pub diagnostics: &'a [Diagnostic],
    /// The counts of the run.
    pub summary: &'a Summary,
    /// The folder of the site, relative to the root of the repository: empty, or ends with `/`.
    pub folder: &'a str,
    /// The lowest severity that fails the run.
    pub fails_from: Severity,
}

impl<'a> Findings<'a> {
    /// The findings of a site at the root of its repository; only errors fail the run.
    pub fn new(sources: &'a Sources, diagnostics: &'a [Diagnostic], summary: &'a Summary) -> Self {
        Self { sources, diagnostics, summary, folder: "", fails_from: Severity::Error }
    }

    /// The path of a file, relative to the root of the repository.
    fn path_in_repository(&self, file: FileId) -> String {
        format!("{}{}", self.folder, self.sources.path(file))
    }

    /// Counts the diagnostics of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }
}

/// Options of the output: language, colours, width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The language of the report.
    pub language: Language,
    /// True for ANSI colours, if the format has any.
    pub is_coloured: bool,
    /// Width in columns; longer source lines are cropped.
    pub width: usize,
}

words! {
    /// A format of reports.
    pub enum Format {
        Human "human" "the source with the exact place marked, for people",
        Short "short" "one line for each finding, for editors and grep",
        Json "json" "one JSON object for each finding, then the summary, for programs",
        Github "github" "workflow commands, which GitHub shows beside the lines of a pull request",
        Sarif "sarif" "SARIF 2.1.0, for code scanning and editors",
        Junit "junit" "JUnit XML, a test case for each file and each scenario, for the test pages of CI",
    }
}

/// Renders the findings in a format.
pub fn render(findings: Findings<'_>, format: Format, look: Look) -> String {
    match format {
        Format::Human => human::render(findings, look),
        Format::Short => short::render(findings, look),
        Format::Json => json::render(findings, look),
        Format::Github => github::render(findings, look),
        Format::Sarif => sarif::render(findings, look),
        Format::Junit => junit::render(findings, look),
    }
}

impl Format {
    /// True for formats that end with the summary line.
    pub fn is_for_people(self) -> bool {
        matches!(self, Format::Human | Format::Short)
    }
}
