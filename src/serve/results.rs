//! Results of scenarios, which the browser shows in a corner of the page.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::catalogue::report as words;
use crate::diagnostic::{Language, Text};
use crate::flow::coverage::{FlowCoverage, Share};
use crate::pipeline::Report;

/// Results of all scenarios; empty if the site has no flow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Results {
    language: &'static str,
    all: Option<Tally>,
    /// By the address of the flow's page, not percent-encoded.
    flows: BTreeMap<String, Tally>,
}

/// Counts of scenarios, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Tally {
    passed: bool,
    text: String,
    /// Coverage.
    visited: String,
}

impl Results {
    /// The results in a report; `base` is the path of the home page.
    pub(super) fn of(report: &Report, base: &str, language: Language) -> Self {
        let coverage = &report.summary.coverage;
        if coverage.is_empty() {
            return Self::default();
        }
        let tested: Vec<&FlowCoverage> = coverage.iter().filter(|flow| flow.scenarios.total > 0).collect();
        let sum = |share: fn(&FlowCoverage) -> Share| {
            tested.iter().fold(Share::default(), |sum, flow| Share {
                covered: sum.covered + share(flow).covered,
                total: sum.total + share(flow).total,
            })
        };
        let all = FlowCoverage {
            flow: String::new(),
            route: String::new(),
            scenarios: sum(|flow| flow.scenarios),
            nodes: sum(|flow| flow.nodes),
            options: sum(|flow| flow.options),
            rules: sum(|flow| flow.rules),
            runs: Vec::new(),
        };
        let address = |flow: &FlowCoverage| format!("{base}{}", flow.route.trim_start_matches('/'));
        Self {
            language: language.tag(),
            all: (!tested.is_empty()).then(|| Tally::of(&all, language)),
            flows: coverage.iter().map(|flow| (address(flow), Tally::of(flow, language))).collect(),
        }
    }
}

impl Tally {
    fn of(flow: &FlowCoverage, language: Language) -> Self {
        let translate = |text: Text| text.in_language(language).to_owned();
        let Share { covered, total } = flow.scenarios;
        let text = if total == 0 { words::no_scenarios() } else { words::scenarios_passed(covered, total) };
        let shares = [(words::nodes(), flow.nodes), (words::options(), flow.options), (words::rules(), flow.rules)];
        let shares = shares.into_iter().filter(|(_, share)| share.total > 0);
        let visited = shares.map(|(word, share)| format!("{} {}/{}", translate(word), share.covered, share.total));
        Self {
            passed: total > 0 && covered == total,
            text: translate(text),
            visited: visited.collect::<Vec<_>>().join(" · "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Summary;
    use crate::source::Sources;

    fn flow(route: &str, scenarios: (usize, usize)) -> FlowCoverage {
        let share = |(covered, total)| Share { covered, total };
        FlowCoverage {
            flow: String::new(),
            route: route.to_owned(),
            scenarios: share(scenarios),
            nodes: share((3, 4)),
            options: share((1, 2)),
            rules: share((0, 0)),
            runs: Vec::new(),
        }
    }

    fn results(flows: Vec<FlowCoverage>) -> Results {
        let summary = Summary { coverage: flows, ..Summary::default() };
        let report = Report {
            sources: Sources::default(),
            diagnostics: Vec::new(),
            outputs: Vec::new(),
            summary,
            language: Language::En,
        };
        Results::of(&report, "/base/", Language::PtBr)
    }

    #[test]
    fn counts_each_flow_and_the_whole_site() {
        let found = results(vec![flow("/a/", (2, 2)), flow("/b/", (0, 0)), flow("/c/", (1, 3))]);
        let of = |route: &str| &found.flows[route];
        assert_eq!((of("/base/a/").passed, of("/base/a/").text.as_str()), (true, "2 de 2 cenários passam"));
        assert_eq!(of("/base/a/").visited, "nós 3/4 · opções 1/2");
        assert_eq!((of("/base/b/").passed, of("/base/b/").text.as_str()), (false, "nenhum cenário"));
        let all = found.all.as_ref().unwrap();
        assert_eq!(
            (all.passed, all.text.as_str(), all.visited.as_str()),
            (false, "3 de 5 cenários passam", "nós 6/8 · opções 2/4")
        );
    }

    #[test]
    fn a_site_without_scenarios_shows_nothing() {
        assert_eq!(results(vec![]).all, None);
        assert_eq!(results(vec![flow("/b/", (0, 0))]).all, None);
    }
}
