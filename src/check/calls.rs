//! Calls between flows: unmapped outcomes, and flows that call themselves.

use crate::diagnostic::{Diagnostics, catalogue, nearest};
use crate::flow::FlowSet;
use crate::flow::graph::Graph;
use crate::flow::walk::find_mapping;
use crate::site::flow::{CallOutcome, Flow, FlowId, Node, NodeKind};

/// Skips calls of a flow without nodes: it could not be read, which was reported.
pub(super) fn check(flow_set: FlowSet<'_>, diagnostics: &mut Diagnostics) {
    for flow in flow_set.flows {
        for node in &flow.nodes {
            if let NodeKind::Call { flow: Some(called), outcomes } = &node.kind
                && !flow_set.flow(*called).nodes.is_empty()
            {
                check_outcomes(node, flow_set.flow(*called), outcomes, diagnostics);
            }
        }
    }
    check_recursion(flow_set, diagnostics);
}

fn check_outcomes(call: &Node, called: &Flow, outcomes: &[CallOutcome], diagnostics: &mut Diagnostics) {
    let title = &called.metadata.title.value;
    for outcome in called.outcomes().filter(|outcome| find_mapping(outcomes, outcome).is_none()) {
        let id = &outcome.id.value;
        let diagnostic = catalogue::flow::unmapped_outcome(call.id.span, id, title);
        diagnostics.push(diagnostic.label(outcome.id.span, catalogue::flow::this_outcome()));
    }
    for mapping in outcomes {
        let name = &mapping.outcome;
        if !called.outcomes().any(|outcome| find_mapping(std::slice::from_ref(mapping), outcome).is_some()) {
            let names = called.outcomes().map(|outcome| outcome.id.value.as_str());
            let diagnostic = catalogue::flow::unknown_outcome(name.span, &name.value, title);
            diagnostics.push(diagnostic.suggest_for(&name.value, nearest(&name.value, names)));
        }
    }
}

/// The graph of calls, by flow index.
pub(super) fn call_graph(flow_set: FlowSet<'_>) -> Graph {
    let called = |flow: &Flow| flow.called_flows().map(|called| called.0).collect();
    Graph::from_edges(flow_set.flows.iter().map(called).collect())
}

/// Reports each call that is part of a cycle of flows.
fn check_recursion(flow_set: FlowSet<'_>, diagnostics: &mut Diagnostics) {
    let graph = call_graph(flow_set);
    let components = graph.components();
    for (index, flow) in flow_set.flows.iter().enumerate().filter(|(index, _)| graph.is_on_cycle(*index, &components)) {
        for call in &flow.nodes {
            let Some(called) = call.called_flow().filter(|called| components.of[called.0] == components.of[index])
            else {
                continue;
            };
            let path = graph.shortest_path(called.0, index).unwrap_or_default();
            let titles: Vec<_> = [index].iter().chain(&path).map(|flow| title_of(flow_set, *flow)).collect();
            diagnostics.push(catalogue::flow::recursive_call(call.id.span, titles.join(" → ")));
        }
    }
}

fn title_of(flow_set: FlowSet<'_>, flow: usize) -> &str {
    &flow_set.flow(FlowId(flow)).metadata.title.value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::fixture::Fixture;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let mut fixture = Fixture::of(files);
        let mut diagnostics = std::mem::take(&mut fixture.diagnostics);
        check(fixture.flow_set(), &mut diagnostics);
        fixture.diagnostics = diagnostics;
        fixture.found()
    }

    const CALLED: &str =
        "title: G\nnodes:\n  a: { title: A, result: open, aliases: [velho] }\n  b: { title: B, result: open }\n";

    fn calling(outcomes: &str) -> String {
        format!(
            "title: F\nnodes:\n  c: {{ call: g.flow.yaml, outcomes: {{ {outcomes} }} }}\n  fim: {{ title: Fim, result: open }}\n"
        )
    }

    #[test]
    fn reports_unmapped_and_unknown_outcomes() {
        let codes = |outcomes: &str| found(&[("f.flow.yaml", &calling(outcomes)), ("g.flow.yaml", CALLED)]);
        assert_eq!(codes("a: fim"), ["3 flow/unmapped-outcome"]);
        assert_eq!(codes("a: fim, b: fim, d: fim"), ["3 flow/unknown-node"]);
        assert!(codes("velho: fim, b: fim").is_empty());
    }

    #[test]
    fn reports_recursive_calls() {
        let direct = calling("fim: fim").replace("g.flow", "f.flow");
        assert_eq!(found(&[("f.flow.yaml", &direct)]), ["3 flow/recursive-call"]);
        let back = calling("fim: fim").replace("g.flow", "f.flow");
        let codes = found(&[("f.flow.yaml", &calling("fim: fim")), ("g.flow.yaml", &back)]);
        assert_eq!(codes, ["3 flow/recursive-call", "3 flow/recursive-call"]);
    }
}
