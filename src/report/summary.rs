//! Summary of a run: counts, and the last line of a report.
//!
//! `3 erros, 1 aviso · 12 páginas, 4 fluxos, 210 links · cobertura 100 %`

use super::Findings;
use crate::diagnostic::catalogue::report;
use crate::diagnostic::{Language, Severity, Text};
use crate::external::ExternalCounts;
use crate::flow::coverage::{FlowCoverage, Share};
use crate::source::FileId;

/// The counts of a run.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Published Markdown files.
    pub pages: usize,
    /// Published flow files.
    pub flows: usize,
    /// Links, images and transclusions.
    pub links: usize,
    /// The parsed files of the site: configuration, pages and flows.
    pub files: Vec<FileId>,
    /// The coverage of each flow by its scenarios.
    pub coverage: Vec<FlowCoverage>,
    /// The result of the external check; `None` without it.
    pub external: Option<ExternalCounts>,
}

/// A noun in the singular, with its 1, and in the plural, with its count.
struct Noun(fn() -> Text, fn(usize) -> Text);

/// Renders the summary in one line, without a line break. A site without flows has no coverage.
pub fn summary_line(findings: Findings<'_>, language: Language) -> String {
    let summary = findings.summary;
    let found = [
        (findings.count(Severity::Error), Noun(report::one_error, report::errors)),
        (findings.count(Severity::Warning), Noun(report::one_warning, report::warnings)),
        (findings.count(Severity::Note), Noun(report::one_note, report::notes)),
    ];
    let mut found: Vec<_> =
        found.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| noun.counted(*count)).collect();
    if found.is_empty() {
        found.push(report::no_problem());
    }
    let contents = [
        Noun(report::one_page, report::pages).counted(summary.pages),
        Noun(report::one_flow, report::flows).counted(summary.flows),
        Noun(report::one_link, report::links).counted(summary.links),
    ];
    let coverage = find_coverage(summary).map(report::coverage);
    let parts = [join(&found, language), join(&contents, language)].into_iter();
    parts.chain(coverage.map(|text| text.in_language(language).to_owned())).collect::<Vec<_>>().join(" · ")
}

impl Noun {
    fn counted(&self, count: usize) -> Text {
        if count == 1 { (self.0)() } else { (self.1)(count) }
    }
}

fn join(texts: &[Text], language: Language) -> String {
    texts.iter().map(|text| text.in_language(language)).collect::<Vec<_>>().join(", ")
}

/// The share of all nodes, options and rules that scenarios visit, in whole percent; 100 only if all are visited.
fn find_coverage(summary: &Summary) -> Option<usize> {
    let shares = || summary.coverage.iter().flat_map(|flow| [flow.nodes, flow.options, flow.rules]);
    let sum = |part: fn(Share) -> usize| shares().map(part).sum::<usize>();
    let (covered, total) = (sum(|share| share.covered), sum(|share| share.total));
    (total > 0).then(|| covered * 100 / total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::testing::report::Sample;

    #[test]
    fn a_clean_site_has_no_problem() {
        let mut sample = Sample::new("a.md", "");
        sample.summary.pages = 1;
        assert_eq!(summary_line(sample.findings(), Language::PtBr), "nenhum problema · 1 página, 0 fluxos, 0 links");
        assert_eq!(summary_line(sample.findings(), Language::En), "no problem · 1 page, 0 flows, 0 links");
    }

    #[test]
    fn inflects_counts_and_never_rounds_coverage_up() {
        let mut sample = Sample::new("a.md", "");
        for code in [Code::LINK_MISSING_FILE, Code::LINK_MISSING_FILE, Code::LINK_MISSING_ANCHOR, Code::LINK_EMPTY] {
            sample.add(code, None, "x");
        }
        let share = |covered, total| Share { covered, total };
        let (nodes, rules) = (share(799, 800), Share::default());
        let flow = FlowCoverage {
            flow: "a".into(),
            route: String::new(),
            scenarios: share(1, 1),
            nodes,
            options: share(200, 200),
            rules,
            runs: Vec::new(),
        };
        sample.summary = Summary { pages: 12, flows: 1, links: 210, coverage: vec![flow], ..Summary::default() };
        let expected = "3 erros, 1 aviso · 12 páginas, 1 fluxo, 210 links · cobertura 99 %";
        assert_eq!(summary_line(sample.findings(), Language::PtBr), expected);
    }
}
