//! Where a walk left every way to the outcome that was wanted.

use super::FlowSet;
use super::graph::Graph;
use super::walk::{PathStep, Walk, find_mapping};
use crate::site::flow::{AnswerOption, CallOutcome, FlowId, NodeId, NodeKind};

/// How a walk and a wanted outcome parted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Parting<'a> {
    /// At this node, by the option or the rule it was left by; other options of it would have led there.
    At { stop: &'a PathStep, others: Vec<String> },
    /// They did not: the walk stopped on the way.
    Stopped,
    /// No walk ends there.
    Never,
}

/// Finds the last node from which `wanted` could still be reached; inside a call, the node of the called flow.
pub(crate) fn find_parting<'a>(flow_set: FlowSet<'_>, flow: FlowId, walk: &'a Walk, wanted: NodeId) -> Parting<'a> {
    let mut level = Level { flow, depth: 0, from: 0, to: walk.path.len() };
    let mut wanted = vec![wanted.0];
    let mut parting = Parting::Never;
    loop {
        let can_reach = Graph::of(flow_set.flow(level.flow)).leading_to(wanted);
        if level.is_current(walk) && walk.current.as_ref().is_some_and(|place| can_reach[place.node.0]) {
            return Parting::Stopped;
        }
        let Some(index) = level.stops(walk).rfind(|index| can_reach[walk.path[*index].place.node.0]) else {
            return parting;
        };
        let stop = &walk.path[index];
        parting = Parting::At { stop, others: options_to(flow_set, stop, &can_reach) };
        let NodeKind::Call { flow: Some(called), outcomes } = &stop.place.in_flows(flow_set).kind else {
            return parting;
        };
        wanted = wanted_inside(flow_set, *called, outcomes, &can_reach);
        let to = level.stops(walk).find(|later| *later > index).unwrap_or(level.to);
        level = Level { flow: *called, depth: level.depth + 1, from: index + 1, to };
    }
}

/// The part of a walk that runs inside one flow, its calls included.
struct Level {
    flow: FlowId,
    depth: usize,
    from: usize,
    to: usize,
}

impl Level {
    /// Indices of the nodes that are of this flow itself.
    fn stops(&self, walk: &Walk) -> impl DoubleEndedIterator<Item = usize> {
        (self.from..self.to).filter(|index| walk.path[*index].place.depth == self.depth)
    }

    /// True when the walk stands in this flow.
    fn is_current(&self, walk: &Walk) -> bool {
        self.to == walk.path.len() && walk.current.as_ref().is_some_and(|place| place.depth == self.depth)
    }
}

/// The options of a question from which the wanted node can be reached.
fn options_to(flow_set: FlowSet<'_>, stop: &PathStep, can_reach: &[bool]) -> Vec<String> {
    let NodeKind::Question { options, .. } = &stop.place.in_flows(flow_set).kind else { return Vec::new() };
    let leads_there = |option: &&AnswerOption| option.next.is_some_and(|next| can_reach[next.0]);
    options.iter().filter(leads_there).map(|option| option.id.value.clone()).collect()
}

/// Outcomes of a called flow from which its caller goes on to where it wanted.
fn wanted_inside(flow_set: FlowSet<'_>, called: FlowId, outcomes: &[CallOutcome], can_reach: &[bool]) -> Vec<usize> {
    let leads_there = |node: &crate::site::flow::Node| {
        let next = find_mapping(outcomes, node).and_then(|mapping| mapping.next);
        matches!(node.kind, NodeKind::Outcome { .. }) && next.is_some_and(|next| can_reach[next.0])
    };
    let nodes = &flow_set.flow(called).nodes;
    (0..nodes.len()).filter(|index| leads_there(&nodes[*index])).collect()
}
