//! Paths and random walks of a flow as plain values, for the command line.

use serde::Serialize;

use super::OpenFlow;
use crate::diagnostic::{Text, nearest, walk as words};
use crate::flow::paths::{self, NestedTransition, Transition};
use crate::flow::random_walk::{self, StuckReason};
use crate::site::flow::{Flow, FlowId, NodeId, NodeKind};

/// Limit of the exact number of paths.
const MOST_COUNTED: u64 = 1_000_000_000;

/// Paths from the start to the outcomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathList {
    /// Number of paths; `None` when there are more than 10⁹.
    pub count: Option<u64>,
    /// The first paths.
    pub paths: Vec<OutcomePath>,
}

/// A path to an outcome, or to another node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutcomePath {
    /// Nodes with an answer or an input.
    pub decisions: Vec<Decision>,
    /// Id of the last node.
    pub outcome: String,
    /// Title of the last node.
    pub title: String,
}

/// A node of a path with its answer and inputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Id of the node.
    pub node: String,
    /// Title of the node.
    pub title: String,
    /// Label of the option, rule or outcome of the call; empty at a step that only asks for inputs.
    pub answer: String,
    /// Labels of the inputs.
    pub inputs: Vec<String>,
    /// Depth of the call; 0 in the flow itself.
    pub depth: usize,
}

/// Result of the search for a shortest path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShortestPath {
    /// A shortest path.
    Found(OutcomePath),
    /// No path leads to the outcome.
    Unreachable,
    /// The flow has no outcome with that id.
    UnknownOutcome {
        /// The most similar id.
        nearest: Option<String>,
    },
}

/// Results of random walks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RandomWalks {
    /// Id of each outcome and the number of walks that ended there, in document order.
    pub outcomes: Vec<(String, usize)>,
    /// Key of the node, reason and number of stuck walks.
    pub stuck: Vec<(String, Text, usize)>,
}

impl OpenFlow {
    /// Counts the paths to outcomes, back edges left out, and lists the first `limit`.
    pub fn list_paths(&self, limit: usize) -> PathList {
        let found = paths::list(self.flow(), limit);
        let paths = found
            .listed
            .iter()
            .filter_map(|transitions| self.path_of(transitions, self.last_node(transitions)?))
            .collect();
        PathList { count: Some(found.count).filter(|count| *count <= MOST_COUNTED), paths }
    }

    /// Finds the path to an outcome with the fewest transitions, including those in called flows.
    pub fn find_shortest_path(&self, outcome: &str) -> ShortestPath {
        let flow = self.flow();
        let is_outcome = |node: &NodeId| matches!(flow.node(*node).kind, NodeKind::Outcome { .. });
        let Some(node) = flow.find_node(outcome).filter(is_outcome) else {
            let ids = flow.order.iter().filter(|node| is_outcome(node)).map(|node| flow.node(*node).id.value.as_str());
            return ShortestPath::UnknownOutcome { nearest: nearest(outcome, ids).map(str::to_owned) };
        };
        self.shortest_path_in(self.id, node).map_or(ShortestPath::Unreachable, ShortestPath::Found)
    }

    /// The path with the fewest transitions from the start of a flow to one of its nodes, including those in called flows.
    pub(super) fn shortest_path_in(&self, id: FlowId, node: NodeId) -> Option<OutcomePath> {
        let transitions = paths::shortest(self.site.flow(id), node)?;
        let nested = paths::expand_calls(self.flow_set(), id, &transitions);
        let decisions = nested
            .iter()
            .filter_map(|transition| self.decision_of(*transition))
            .chain(self.decision_at_end(id, node))
            .collect();
        Some(OutcomePath {
            decisions,
            outcome: self.site.flow(id).node(node).id.value.clone(),
            title: self.labels().title(id, node),
        })
    }

    /// Makes `count` random walks; the same seed gives the same walks.
    pub fn walk_at_random(&self, count: usize, seed: u64) -> RandomWalks {
        let flow = self.flow();
        let tally = random_walk::random_walks(self.flow_set(), self.id, count, seed);
        let outcomes = flow.order.iter().filter(|node| matches!(flow.node(**node).kind, NodeKind::Outcome { .. }));
        let row = |node: &NodeId| (flow.node(*node).id.value.clone(), tally.outcomes.get(node).copied().unwrap_or(0));
        let stuck_row =
            |((key, stuck_row), count): (&(String, StuckReason), &usize)| (key.clone(), reason(stuck_row), *count);
        RandomWalks { outcomes: outcomes.map(row).collect(), stuck: tally.stuck.iter().map(stuck_row).collect() }
    }

    fn last_node(&self, transitions: &[Transition]) -> Option<NodeId> {
        transitions.last().map(|transition| transition.to).or(self.flow().start)
    }

    fn path_of(&self, transitions: &[Transition], end: NodeId) -> Option<OutcomePath> {
        let nested = |transition: &Transition| NestedTransition { flow: self.id, depth: 0, transition: *transition };
        let decisions = transitions.iter().filter_map(|transition| self.decision_of(nested(transition))).collect();
        Some(OutcomePath {
            decisions,
            outcome: self.flow().nodes.get(end.0)?.id.value.clone(),
            title: self.labels().title(self.id, end),
        })
    }

    /// `None` for a step that asks for nothing.
    fn decision_of(&self, nested: NestedTransition) -> Option<Decision> {
        let NestedTransition { flow: id, depth, transition } = nested;
        let flow = self.site.flow(id);
        let inputs = input_labels(flow, self.flow(), transition.node);
        let answer = self.labels().exit(id, transition.node, transition.exit);
        let is_decision = !answer.is_empty() || !inputs.is_empty();
        is_decision.then(|| self.decision(id, transition.node, answer, inputs, depth))
    }

    /// The inputs that an outcome asks for.
    fn decision_at_end(&self, id: FlowId, node: NodeId) -> Option<Decision> {
        let flow = self.site.flow(id);
        let inputs = if flow.node(node).is_outcome() { input_labels(flow, flow, node) } else { Vec::new() };
        (!inputs.is_empty()).then(|| self.decision(id, node, String::new(), inputs, 0))
    }

    fn decision(&self, flow: FlowId, node: NodeId, answer: String, inputs: Vec<String>, depth: usize) -> Decision {
        let id = self.site.flow(flow).node(node).id.value.clone();
        Decision { node: id, title: self.labels().title(flow, node), answer, inputs, depth }
    }
}

fn input_labels(asking: &Flow, walked: &Flow, node: NodeId) -> Vec<String> {
    let find = |name: &str| asking.find_input(name).or_else(|| walked.find_input(name));
    asking.node(node).ask.iter().filter_map(|name| Some(find(&name.value)?.label.clone())).collect()
}

fn reason(stuck_row: &StuckReason) -> Text {
    match stuck_row {
        StuckReason::NoRule => words::no_rule(),
        StuckReason::EndlessLoop => words::goes_round(),
        StuckReason::NoTarget => words::leads_nowhere(),
        StuckReason::NoValue(name) => words::no_value(name),
    }
}
