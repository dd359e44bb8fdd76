//! What a run counted, beside what it found: for the last line of a report and for the coverage table.

use serde::Serialize;

use super::Text;
use crate::source::{FileId, Span};

/// What a run counted.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Markdown files that are published.
    pub pages: usize,
    /// Flow files that are published.
    pub flows: usize,
    /// Links, images and transclusions.
    pub links: usize,
    /// Every file of the site that was read and understood: the configuration, pages and flows.
    pub files: Vec<FileId>,
    /// How much of each flow its scenarios visit.
    pub coverage: Vec<FlowCoverage>,
    /// What came of asking other sites; `None` where they were not.
    pub external: Option<AskedLinks>,
}

/// What came of asking other sites, by address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskedLinks {
    /// Different addresses, those that are excluded left out.
    pub addresses: usize,
    /// Asked in this run.
    pub asked: usize,
    /// Known from an earlier run.
    pub kept: usize,
    /// Not known, because nobody was to be asked.
    pub unknown: usize,
    /// Not asked, because their hosts do not want programs there.
    pub unwanted: usize,
    /// Why the answers could not be kept for the next run.
    pub not_kept: Option<Text>,
}

/// What the scenarios of one flow visit, out of what there is.
#[derive(Clone, Debug, Serialize)]
pub struct FlowCoverage {
    /// Path of the flow's file.
    pub flow: String,
    /// Address of its page below the base, `/whatsapp/auditoria/`.
    #[serde(skip)]
    pub route: String,
    /// How many scenarios it has, and how many passed.
    pub scenarios: Share,
    /// Nodes that can be reached.
    pub nodes: Share,
    /// Options of all questions.
    pub options: Share,
    /// Rules of all branches.
    pub rules: Share,
    /// Its scenarios, in the order of the file.
    #[serde(skip)]
    pub runs: Vec<ScenarioRun>,
}

/// A scenario that was run. What is wrong with it is said by the findings inside its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioRun {
    /// As the editor calls it.
    pub name: String,
    /// From the first of its parts to the last.
    pub span: Span,
}

/// Part of a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Visited.
    pub covered: usize,
    /// There.
    pub total: usize,
}
