//! Findings as text, a file a format.
//!
//! In: [`Findings`]. Out: a `String`; where it goes is the caller's business. Entry point: [`render`]. Beside the formats:
//! [`summary_line`] and [`coverage_table`], which end a report for people.

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

pub use baseline::{Baseline, Parted, Problem};
pub use coverage::coverage_table;
pub use human::failure_line;
pub use printable::printable as one_line;
pub use summary::{Summary, summary_line};

use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::source::{FileId, Sources};

/// What a renderer is given.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// What the diagnostics point into.
    pub sources: &'a Sources,
    /// In the order in which they are shown.
    pub diagnostics: &'a [Diagnostic],
    /// What was counted.
    pub summary: &'a Summary,
    /// The folder of the site as a code host sees it from the root of the repository: empty, or ends with `/`.
    pub folder: &'a str,
    /// The mildest findings that fail the run.
    pub fails_from: Severity,
}

impl<'a> Findings<'a> {
    /// Findings of a site at the root of its repository, of which errors fail.
    pub fn new(sources: &'a Sources, diagnostics: &'a [Diagnostic], summary: &'a Summary) -> Self {
        Self { sources, diagnostics, summary, folder: "", fails_from: Severity::Error }
    }

    /// The path of a file from the root of the repository.
    fn path_in_repository(&self, file: FileId) -> String {
        format!("{}{}", self.folder, self.sources.path(file))
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }
}

/// How the text should look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Of every sentence.
    pub language: Language,
    /// With ANSI colours, where the format has any.
    pub is_coloured: bool,
    /// Columns of the terminal; longer lines of the source are cropped.
    pub width: usize,
}

/// Formats: `module Variant "name" "description";`, one a line.
macro_rules! formats {
    ($($module:ident $variant:ident $name:literal $description:literal;)*) => {
        /// A way of writing findings down.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Format { $(#[doc = $description] $variant,)* }

        impl Format {
            /// Every format.
            pub const ALL: &'static [Format] = &[$(Format::$variant,)*];

            /// The word of `--format`.
            pub fn as_str(self) -> &'static str {
                match self { $(Format::$variant => $name,)* }
            }

            /// What it is for, in English.
            pub fn description(self) -> &'static str {
                match self { $(Format::$variant => $description,)* }
            }
        }

        /// Writes the findings down in a format.
        pub fn render(findings: Findings<'_>, format: Format, look: Look) -> String {
            match format { $(Format::$variant => $module::render(findings, look),)* }
        }
    };
}

formats! {
    human Human "human" "the source with the exact place marked, for people";
    short Short "short" "one line for each finding, for editors and grep";
    json Json "json" "one JSON object for each finding, then the summary, for programs";
    github Github "github" "workflow commands, which GitHub shows beside the lines of a pull request";
    sarif Sarif "sarif" "SARIF 2.1.0, for code scanning and editors";
    junit Junit "junit" "JUnit XML, a test case for each file and each scenario, for the test pages of CI";
}

impl Format {
    /// True for formats that end with a sentence rather than with data.
    pub fn is_for_people(self) -> bool {
        matches!(self, Format::Human | Format::Short)
    }

    /// Reads the word of [`Format::as_str`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.as_str() == name)
    }
}
