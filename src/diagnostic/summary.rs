//! What a run counted, beside what it found: for the last line of a report and for the coverage table.

use serde::Serialize;

/// What a run counted.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Markdown files that are published.
    pub pages: usize,
    /// Flow files that are published.
    pub flows: usize,
    /// Links, images and transclusions.
    pub links: usize,
    /// How much of each flow its scenarios visit.
    pub coverage: Vec<FlowCoverage>,
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
}

/// Part of a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Visited.
    pub covered: usize,
    /// There.
    pub total: usize,
}
