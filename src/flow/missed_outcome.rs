//! Why a walk missed the expected outcome: the last node from which it was still reachable.

use super::FlowSet;
use super::graph::Graph;
use super::walk::{PathStep, Walk, find_mapping};
use crate::site::flow::{AnswerOption, CallOutcome, FlowId, NodeId, NodeKind};

/// Why a walk did not end at the expected outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum MissedOutcome<'a> {
    /// The walk left the last node from which the outcome was reachable. `alternatives` are its options that lead
    /// there.
    LeftAt { step: &'a PathStep, alternatives: Vec<String> },
    /// The walk stopped while the outcome was still reachable.
    Stopped,
    /// No path leads to the outcome.
    Unreachable,
}

/// Finds the last node from which `wanted` was reachable; inside a call, the node of the called flow.
pub(crate) fn explain_missed_outcome<'a>(
    flow_set: FlowSet<'_>,
    flow: FlowId,
    walk: &'a Walk,
    wanted: NodeId,
) -> MissedOutcome<'a> {
    let mut frame = CallFrame { flow, depth: 0, from: 0, to: walk.path.len() };
    let mut wanted = vec![wanted.0];
    let mut cause = MissedOutcome::Unreachable;
    loop {
        let can_reach = Graph::of(flow_set.flow(frame.flow)).nodes_reaching(wanted);
        if frame.is_current(walk) && walk.current.as_ref().is_some_and(|position| can_reach[position.node.0]) {
            return MissedOutcome::Stopped;
        }
        let Some(index) = frame.indices(walk).rfind(|index| can_reach[walk.path[*index].position.node.0]) else {
            return cause;
        };
        let step = &walk.path[index];
        cause = MissedOutcome::LeftAt { step, alternatives: options_to(flow_set, step, &can_reach) };
        let NodeKind::Call { flow: Some(called), outcomes } = &step.position.resolve(flow_set).kind else {
            return cause;
        };
        wanted = wanted_inside(flow_set, *called, outcomes, &can_reach);
        let to = frame.indices(walk).find(|later| *later > index).unwrap_or(frame.to);
        frame = CallFrame { flow: *called, depth: frame.depth + 1, from: index + 1, to };
    }
}

/// The part of a walk inside one flow, including its calls: indices `from..to` of the path.
struct CallFrame {
    flow: FlowId,
    depth: usize,
    from: usize,
    to: usize,
}

impl CallFrame {
    /// Indices of the steps in this flow itself, without its calls.
    fn indices(&self, walk: &Walk) -> impl DoubleEndedIterator<Item = usize> {
        (self.from..self.to).filter(|index| walk.path[*index].position.depth == self.depth)
    }

    /// True when the walk ended in this flow.
    fn is_current(&self, walk: &Walk) -> bool {
        self.to == walk.path.len() && walk.current.as_ref().is_some_and(|position| position.depth == self.depth)
    }
}

/// Options of a question from which the wanted node is reachable.
fn options_to(flow_set: FlowSet<'_>, step: &PathStep, can_reach: &[bool]) -> Vec<String> {
    let NodeKind::Question { options, .. } = &step.position.resolve(flow_set).kind else { return Vec::new() };
    let leads_there = |option: &&AnswerOption| option.next.is_some_and(|next| can_reach[next.0]);
    options.iter().filter(leads_there).map(|option| option.id.value.clone()).collect()
}

/// Outcomes of a called flow after which the caller can reach the wanted node.
fn wanted_inside(flow_set: FlowSet<'_>, called: FlowId, outcomes: &[CallOutcome], can_reach: &[bool]) -> Vec<usize> {
    let leads_there = |node: &crate::site::flow::Node| {
        let next = find_mapping(outcomes, node).and_then(|mapping| mapping.next);
        matches!(node.kind, NodeKind::Outcome { .. }) && next.is_some_and(|next| can_reach[next.0])
    };
    let nodes = &flow_set.flow(called).nodes;
    (0..nodes.len()).filter(|index| leads_there(&nodes[*index])).collect()
}
