//! Nodes, options and rules that no scenario visits: warnings, or errors below the thresholds of `vereda.yaml`.

use crate::diagnostic::{Diagnostic, Diagnostics, catalogue};
use crate::flow::FlowSet;
use crate::flow::coverage::Share;
use crate::flow::coverage::{Coverage, NodeCoverage, percent};
use crate::site::flow::{Flow, Node};

/// Reports what the scenarios of a flow do not visit.
pub(super) fn report(flow_set: FlowSet<'_>, flow: &Flow, coverage: &Coverage, diagnostics: &mut Diagnostics) {
    Gaps { flow_set, flow, coverage }.report(diagnostics);
}

/// A flow with the coverage of its scenarios.
struct Gaps<'a> {
    flow_set: FlowSet<'a>,
    flow: &'a Flow,
    coverage: &'a Coverage,
}

impl Gaps<'_> {
    /// Skips a flow without nodes: it could not be read, which was reported.
    fn report(&self, diagnostics: &mut Diagnostics) {
        if self.flow.scenarios.is_empty() && !self.flow.nodes.is_empty() {
            return self.report_flow(diagnostics);
        }
        for (node, coverage) in
            self.flow.nodes.iter().zip(&self.coverage.nodes).filter(|(_, coverage)| coverage.is_reachable)
        {
            self.report_node(node, coverage, diagnostics);
        }
    }

    /// Reports a flow without scenarios once, or once for each threshold that it misses.
    fn report_flow(&self, diagnostics: &mut Diagnostics) {
        let title = &self.flow.metadata.title;
        let (span, name) = (title.span, title.value.as_str());
        let all = [
            self.nodes().on(catalogue::scenario::uncovered_flow(span, name)),
            self.options().on(catalogue::scenario::uncovered_options(span, name)),
            self.rules().on(catalogue::scenario::uncovered_rules(span, name)),
        ];
        let misses_threshold = all.iter().any(|finding| finding.is_raised);
        for (index, finding) in all.into_iter().enumerate() {
            if finding.is_raised || (index == 0 && !misses_threshold) {
                diagnostics.push(finding);
            }
        }
    }

    fn report_node(&self, node: &Node, coverage: &NodeCoverage, diagnostics: &mut Diagnostics) {
        let id = &node.id.value;
        if !coverage.is_visited {
            diagnostics.push(self.nodes().on(catalogue::scenario::uncovered_node(node.id.span, id)));
        }
        for (option, _) in node.options().iter().zip(&coverage.options).filter(|(_, way)| way.is_missing()) {
            let finding = catalogue::scenario::uncovered_option(option.id.span, &option.id.value, id);
            diagnostics.push(self.options().on(finding));
        }
        for (index, (rule, _)) in
            node.rules().iter().zip(&coverage.rules).enumerate().filter(|(_, (_, way))| way.is_missing())
        {
            diagnostics.push(self.rules().on(catalogue::scenario::uncovered_rule(rule.span, index + 1, id)));
        }
    }

    fn nodes(&self) -> ThresholdedShare {
        ThresholdedShare { share: self.coverage.node_share(), threshold: self.flow_set.config.check.coverage.nodes }
    }

    fn options(&self) -> ThresholdedShare {
        ThresholdedShare { share: self.coverage.option_share(), threshold: self.flow_set.config.check.coverage.options }
    }

    fn rules(&self) -> ThresholdedShare {
        ThresholdedShare { share: self.coverage.rule_share(), threshold: self.flow_set.config.check.coverage.rules }
    }
}

/// A share and its threshold in percent, if the site sets one.
#[derive(Clone, Copy)]
struct ThresholdedShare {
    share: Share,
    threshold: Option<f64>,
}

impl ThresholdedShare {
    /// Raises a finding to an error when the share is below the threshold.
    fn on(self, finding: Diagnostic) -> Diagnostic {
        let percent = percent(self.share);
        match self.threshold.filter(|threshold| percent < *threshold) {
            Some(threshold) => {
                let (found, wanted) = (rounded_down(percent).to_string(), threshold.to_string());
                let in_portuguese = |number: &str| number.replace('.', ",");
                let (found_pt, wanted_pt) = (in_portuguese(&found), in_portuguese(&wanted));
                let help = catalogue::scenario::below_threshold(found_pt, wanted_pt, found, wanted);
                finding.raise(true).help(help)
            }
            None => finding,
        }
    }
}

/// Rounds down to one decimal, so that 99.96 does not become 100.
fn rounded_down(percent: f64) -> f64 {
    (percent * 10.0).floor() / 10.0
}
