//! What the scenarios of a flow do not visit, as warnings, or as errors below the thresholds of `vereda.yaml`.

use crate::diagnostic::{Diagnostic, Diagnostics, catalogue};
use crate::flow::FlowSet;
use crate::flow::coverage::Share;
use crate::flow::coverage::{Coverage, NodeCoverage, percent};
use crate::site::flow::{Flow, Node};

/// Reports what the scenarios of a flow leave out.
pub(super) fn report(flow_set: FlowSet<'_>, flow: &Flow, coverage: &Coverage, diagnostics: &mut Diagnostics) {
    Gaps { flow_set, flow, coverage }.report(diagnostics);
}

/// What the scenarios of a flow do not visit.
struct Gaps<'a> {
    flow_set: FlowSet<'a>,
    flow: &'a Flow,
    coverage: &'a Coverage,
}

impl Gaps<'_> {
    /// A flow without nodes could not be read, and that was reported.
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

    /// A flow without scenarios is one finding, or one a threshold that it does not come up to.
    fn report_flow(&self, diagnostics: &mut Diagnostics) {
        let title = &self.flow.metadata.title;
        let (span, name) = (title.span, title.value.as_str());
        let all = [
            self.nodes().on(catalogue::scenario::uncovered_flow(span, name)),
            self.options().on(catalogue::scenario::uncovered_options(span, name)),
            self.rules().on(catalogue::scenario::uncovered_rules(span, name)),
        ];
        let is_demanded = all.iter().any(|finding| finding.is_raised);
        let said =
            all.into_iter().enumerate().filter(|(index, finding)| finding.is_raised || (*index == 0 && !is_demanded));
        said.for_each(|(_, finding)| diagnostics.push(finding));
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

    fn nodes(&self) -> Demand {
        Demand { share: self.coverage.node_share(), least: self.flow_set.config.check.coverage.nodes }
    }

    fn options(&self) -> Demand {
        Demand { share: self.coverage.option_share(), least: self.flow_set.config.check.coverage.options }
    }

    fn rules(&self) -> Demand {
        Demand { share: self.coverage.rule_share(), least: self.flow_set.config.check.coverage.rules }
    }
}

/// A share, and the least that the site wants of it, in percent.
#[derive(Clone, Copy)]
struct Demand {
    share: Share,
    least: Option<f64>,
}

impl Demand {
    /// Below the threshold, what is not covered is an error.
    fn on(self, finding: Diagnostic) -> Diagnostic {
        let percent = percent(self.share);
        match self.least.filter(|least| percent < *least) {
            Some(least) => finding.raise(true).help(catalogue::scenario::below_threshold(rounded_down(percent), least)),
            None => finding,
        }
    }
}

/// 99.96 is not 100.
fn rounded_down(percent: f64) -> f64 {
    (percent * 10.0).floor() / 10.0
}
