//! Where a walk left every way to the outcome that was wanted.

use super::FlowSet;
use super::graph::Graph;
use super::walk::{PathStep, Walk, find_mapping};
use crate::site::flow::{AnswerOption, CallOutcome, FlowId, NodeId, NodeKind};

/// How a walk and a wanted outcome parted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum MissedOutcome<'a> {
    /// At this node, by the option or the rule it was left by; other options of it would have led there.
    LeftAt { step: &'a PathStep, alternatives: Vec<String> },
    /// They did not: the walk stopped on the way.
    Stopped,
    /// No walk ends there.
    Unreachable,
}

/// Finds the last node from which `wanted` could still be reached; inside a call, the node of the called flow.
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
        let Some(index) = frame.step_indices(walk).rfind(|index| can_reach[walk.path[*index].position.node.0]) else {
            return cause;
        };
        let step = &walk.path[index];
        cause = MissedOutcome::LeftAt { step, alternatives: options_to(flow_set, step, &can_reach) };
        let NodeKind::Call { flow: Some(called), outcomes } = &step.position.resolve(flow_set).kind else {
            return cause;
        };
        wanted = wanted_inside(flow_set, *called, outcomes, &can_reach);
        let to = frame.step_indices(walk).find(|later| *later > index).unwrap_or(frame.to);
        frame = CallFrame { flow: *called, depth: frame.depth + 1, from: index + 1, to };
    }
}

/// The part of a walk that runs inside one flow, its calls included.
struct CallFrame {
    flow: FlowId,
    depth: usize,
    from: usize,
    to: usize,
}

impl CallFrame {
    /// Indices of the nodes that are of this flow itself.
    fn step_indices(&self, walk: &Walk) -> impl DoubleEndedIterator<Item = usize> {
        (self.from..self.to).filter(|index| walk.path[*index].position.depth == self.depth)
    }

    /// True when the walk stands in this flow.
    fn is_current(&self, walk: &Walk) -> bool {
        self.to == walk.path.len() && walk.current.as_ref().is_some_and(|position| position.depth == self.depth)
    }
}

/// The options of a question from which the wanted node can be reached.
fn options_to(flow_set: FlowSet<'_>, step: &PathStep, can_reach: &[bool]) -> Vec<String> {
    let NodeKind::Question { options, .. } = &step.position.resolve(flow_set).kind else { return Vec::new() };
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
