//! The stages composed.

use std::path::PathBuf;

pub use crate::diagnostic::{FlowCoverage, Share, Summary};
use crate::diagnostic::{Code, Diagnostic, Language, Severity};
use crate::error::Result;
use crate::output::OutputFile;
use crate::source::Sources;

/// What to build and how.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The folder with `vereda.yaml`.
    pub root: PathBuf,
    /// In place of the configuration's.
    pub base_url: Option<String>,
    /// Publish drafts too.
    pub drafts: bool,
    /// The day against which reviews are overdue; the library reads no clock.
    pub today: jiff::civil::Date,
}

/// Everything a run found and made.
#[derive(Clone, Debug)]
pub struct Report {
    /// What the diagnostics point into.
    pub sources: Sources,
    /// By file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The site; empty when there are errors.
    pub outputs: Vec<OutputFile>,
    /// What was counted.
    pub summary: Summary,
    /// The language of the site, for diagnostics.
    pub language: Language,
}

impl Report {
    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// True when a finding of this code was made.
    pub fn has(&self, code: Code) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.code == code)
    }
}

/// Reads, parses, resolves and checks a site without rendering it.
pub fn check(options: &Options) -> Result<Report> {
    let _ = options;
    unimplemented!()
}

/// Does what [`check`] does, and renders the site when there is no error.
pub fn build(options: &Options) -> Result<Report> {
    let _ = options;
    unimplemented!()
}
