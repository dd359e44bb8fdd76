//! The last line of a report for people: `3 erros, 1 aviso · 12 páginas, 4 fluxos, 210 links · cobertura 100 %`.

use super::Findings;
use crate::diagnostic::catalogue::report;
use crate::diagnostic::{Language, Severity, Share, Summary, Text};

/// One line, without its end. Coverage is left out of a site without flows.
pub fn summary_line(findings: Findings<'_>, language: Language) -> String {
    let summary = findings.summary;
    let found = [
        (findings.count(Severity::Error), report::one_error as fn() -> Text, report::errors as fn(usize) -> Text),
        (findings.count(Severity::Warning), report::one_warning, report::warnings),
        (findings.count(Severity::Note), report::one_note, report::notes),
    ];
    let found: Vec<_> = found.into_iter().filter(|(count, ..)| *count > 0).map(counted).collect();
    let found = if found.is_empty() { vec![report::no_problem()] } else { found };
    let contents = [
        counted((summary.pages, report::one_page, report::pages)),
        counted((summary.flows, report::one_flow, report::flows)),
        counted((summary.links, report::one_link, report::links)),
    ];
    let coverage = find_coverage(summary).map(report::coverage);
    let parts = [join(&found, language), join(&contents, language)].into_iter();
    parts.chain(coverage.map(|text| text.in_language(language).to_owned())).collect::<Vec<_>>().join(" · ")
}

/// A number with its noun.
fn counted((count, one, many): (usize, fn() -> Text, fn(usize) -> Text)) -> Text {
    if count == 1 { one() } else { many(count) }
}

fn join(texts: &[Text], language: Language) -> String {
    texts.iter().map(|text| text.in_language(language)).collect::<Vec<_>>().join(", ")
}

/// The share of all nodes, options and rules that scenarios visit, in whole percent; 100 only when nothing is left out.
fn find_coverage(summary: &Summary) -> Option<usize> {
    let shares = || summary.coverage.iter().flat_map(|flow| [flow.nodes, flow.options, flow.rules]);
    let sum = |part: fn(Share) -> usize| shares().map(part).sum::<usize>();
    let (covered, total) = (sum(|share| share.covered), sum(|share| share.total));
    (total > 0).then(|| covered * 100 / total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::render::sample::Sample;
    use crate::diagnostic::{Code, FlowCoverage};

    #[test]
    fn a_clean_site_has_no_problem() {
        let mut sample = Sample::new("a.md", "");
        sample.summary.pages = 1;
        assert_eq!(summary_line(sample.findings(), Language::PtBr), "nenhum problema · 1 página, 0 fluxos, 0 links");
        assert_eq!(summary_line(sample.findings(), Language::En), "no problem · 1 page, 0 flows, 0 links");
    }

    #[test]
    fn counts_agree_with_their_nouns_and_coverage_is_never_rounded_up() {
        let mut sample = Sample::new("a.md", "");
        for code in [Code::LinkMissingFile, Code::LinkMissingFile, Code::LinkMissingAnchor, Code::LinkEmpty] {
            sample.add(code, None, "x");
        }
        let share = |covered, total| Share { covered, total };
        let (nodes, rules) = (share(799, 800), Share::default());
        let flow = FlowCoverage { flow: "a".into(), scenarios: share(1, 1), nodes, options: share(200, 200), rules };
        sample.summary = Summary { pages: 12, flows: 1, links: 210, coverage: vec![flow] };
        let expected = "3 erros, 1 aviso · 12 páginas, 1 fluxo, 210 links · cobertura 99 %";
        assert_eq!(summary_line(sample.findings(), Language::PtBr), expected);
    }
}
