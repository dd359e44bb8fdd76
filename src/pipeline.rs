//! The stages composed.

use std::path::PathBuf;

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

/// What a run counted.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Pages, flows and links of the content.
    pub pages: usize,
    /// Flows.
    pub flows: usize,
    /// Links, images and transclusions.
    pub links: usize,
    /// How much of each flow its scenarios visit.
    pub coverage: Vec<FlowCoverage>,
}

/// What the scenarios of one flow visit, out of what there is.
#[derive(Clone, Debug, serde::Serialize)]
pub struct FlowCoverage {
    /// Path of the flow's file.
    pub flow: String,
    /// How many scenarios it has, and how many passed.
    pub scenarios: Share,
    /// Nodes that can be reached.
    pub nodes: Share,
    /// Options of all questions.
    pub options: Share,
    /// Rules of all branches.
    pub rules: Share,
}

/// Part of a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Share {
    /// Visited.
    pub covered: usize,
    /// There.
    pub total: usize,
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
