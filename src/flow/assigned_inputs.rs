//! Definite assignment of inputs across calls: which inputs have a value after a call or before a called flow starts.
//!
//! A node that asks for an input assigns it, and so does an option that sets it.

use std::collections::HashSet;

use super::FlowSet;
use super::graph::Graph;
use super::walk::find_mapping;
use crate::site::flow::{AnswerOption, Flow, FlowId, Node, NodeId, NodeKind};

/// Whether a called flow assigns an input on its paths to one outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Assignment {
    Never,
    /// On some paths, or on paths that may not be taken.
    Possible,
    /// On every path.
    Definite,
    /// On every path, and a rule of the called flow tests the value.
    DefiniteAndTested,
}

/// Assignments of every flow.
#[derive(Debug)]
pub(crate) struct AssignedInputs<'a> {
    /// By flow: inputs assigned in it or in a flow that it calls.
    inside: Vec<HashSet<&'a str>>,
    /// By flow: inputs assigned in a flow that calls it.
    outside: Vec<HashSet<&'a str>>,
    /// By flow: names tested by rules in it or in a flow that it calls.
    tested: Vec<HashSet<&'a str>>,
    /// By flow and node: inputs assigned on every path to the node.
    definite: Vec<Vec<HashSet<&'a str>>>,
}

impl<'a> AssignedInputs<'a> {
    /// Analyses all flows. The edges of `calls` lead from each flow to those that it calls.
    pub(crate) fn of(flow_set: FlowSet<'a>, calls: &Graph) -> Self {
        let callers = calls.reversed();
        let own: Vec<HashSet<&str>> = flow_set.flows.iter().map(assigned_names).collect();
        let tests: Vec<HashSet<&str>> = flow_set.flows.iter().map(tested_names).collect();
        let flows = 0..own.len();
        let mut assigned = Self {
            inside: flows.clone().map(|flow| union_of_reached(&own, &calls.reachable_from([flow]))).collect(),
            outside: flows
                .clone()
                .map(|flow| union_of_reached(&own, &callers.reachable_from(callers.next(flow).to_vec())))
                .collect(),
            tested: flows.map(|flow| union_of_reached(&tests, &calls.reachable_from([flow]))).collect(),
            definite: flow_set.flows.iter().map(|flow| vec![HashSet::new(); flow.nodes.len()]).collect(),
        };
        for flow in calls.components().members.into_iter().flatten() {
            assigned.definite[flow] = assigned.find_definite_inputs(flow_set, FlowId(flow));
        }
        assigned
    }

    /// Inputs assigned by the flows that call this one.
    pub(crate) fn outside(&self, flow: FlowId) -> &HashSet<&'a str> {
        &self.outside[flow.0]
    }

    /// Whether a flow assigns an input on its paths to an outcome.
    pub(crate) fn inside(&self, flow_set: FlowSet<'_>, flow: FlowId, outcome: &str, name: &str) -> Assignment {
        let is_definite = |node: NodeId| self.definite[flow.0][node.0].contains(name);
        if !self.inside[flow.0].contains(name) {
            return Assignment::Never;
        }
        match flow_set.flow(flow).find_node(outcome).is_some_and(is_definite) {
            true if self.tested[flow.0].contains(name) => Assignment::DefiniteAndTested,
            true => Assignment::Definite,
            false => Assignment::Possible,
        }
    }

    /// For each node, the inputs without which it cannot be reached. The called flows must have been analysed.
    fn find_definite_inputs(&self, flow_set: FlowSet<'a>, id: FlowId) -> Vec<HashSet<&'a str>> {
        let flow = flow_set.flow(id);
        let mut definite_by_node = vec![HashSet::new(); flow.nodes.len()];
        for name in &self.inside[id.0] {
            let edges = flow.nodes.iter().map(|node| self.targets_without_assignment(flow_set, node, name)).collect();
            let is_reached = Graph::from_edges(edges).reachable_from(flow.start.map(|start| start.0));
            let is_definite = |index: &usize| !is_reached[*index] || node_asks(&flow.nodes[*index], name);
            for index in (0..definite_by_node.len()).filter(is_definite) {
                definite_by_node[index].insert(*name);
            }
        }
        definite_by_node
    }

    /// Targets of a node that are reachable without assigning the input.
    fn targets_without_assignment(&self, flow_set: FlowSet<'_>, node: &Node, name: &str) -> Vec<usize> {
        let targets: Vec<Option<NodeId>> = match &node.kind {
            _ if node_asks(node, name) => Vec::new(),
            NodeKind::Question { options, .. } => {
                options.iter().filter(|option| !option_sets(option, name)).map(|option| option.next).collect()
            }
            NodeKind::Call { flow: Some(called), outcomes } => {
                let is_silent = |outcome: &str| {
                    matches!(self.inside(flow_set, *called, outcome, name), Assignment::Never | Assignment::Possible)
                };
                let ends = flow_set.flow(*called).nodes.iter().filter(|node| is_silent(&node.id.value));
                ends.filter_map(|end| find_mapping(outcomes, end)).map(|mapping| mapping.next).collect()
            }
            _ => node.targets().into_iter().map(Some).collect(),
        };
        targets.into_iter().flatten().map(|target| target.0).collect()
    }
}

/// Union of the names of all reached flows.
fn union_of_reached<'a>(names: &[HashSet<&'a str>], is_reached: &[bool]) -> HashSet<&'a str> {
    let reached = names.iter().zip(is_reached).filter(|(_, is_reached)| **is_reached);
    reached.flat_map(|(names, _)| names.iter().copied()).collect()
}

fn node_asks(node: &Node, name: &str) -> bool {
    node.ask.iter().any(|ask| ask.value == name)
}

fn option_sets(option: &AnswerOption, name: &str) -> bool {
    option.set.iter().any(|(set, _)| set.value == name)
}

fn assigned_names(flow: &Flow) -> HashSet<&str> {
    flow.inputs_asked().chain(flow.nodes.iter().flat_map(Node::inputs_set)).collect()
}

fn tested_names(flow: &Flow) -> HashSet<&str> {
    flow.tests().map(|test| test.name.value.as_str()).collect()
}
