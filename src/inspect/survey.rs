//! The ways of a flow in plain values, for the command line to tell.

use super::OpenFlow;
use crate::diagnostic::{Text, nearest, walk as words};
use crate::flow::paths::{self, NestedMove, Transition};
use crate::flow::random_walk::{self, Trap};
use crate::site::flow::{Flow, FlowId, NodeId, NodeKind};

/// The largest number of ways that is told as a number.
const MOST_COUNTED: u64 = 1_000_000_000;

/// Every way to an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathList {
    /// How many there are; `None` is more than 10⁹.
    pub count: Option<u64>,
    /// The first of them.
    pub paths: Vec<Path>,
}

/// A way to an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Nodes where there is more than one way on.
    pub turns: Vec<Turn>,
    /// Its id.
    pub outcome: String,
    /// What it is called.
    pub title: String,
}

/// What was said, or decided, at a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The id of the node.
    pub node: String,
    /// What it is called.
    pub title: String,
    /// The option, the condition of the rule, or the outcome of the call; empty at a step that only asks.
    pub answer: String,
    /// Labels of what the node asks for.
    pub inputs: Vec<String>,
    /// 0 in the flow itself, 1 in one that it calls.
    pub depth: usize,
}

/// The shortest way to an outcome, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// There it is.
    Found(Path),
    /// No way leads there.
    Never,
    /// The flow has no outcome of that id.
    Unknown {
        /// The outcome that was probably meant.
        nearest: Option<String>,
    },
}

/// What walks at random came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RandomWalks {
    /// Ids of outcomes, in the order of the document, and how many walks ended there.
    pub outcomes: Vec<(String, usize)>,
    /// Keys of nodes where walks could not go on, why, and how many.
    pub traps: Vec<(String, Text, usize)>,
}

impl OpenFlow {
    /// Counts the ways to an outcome, ways back left out, and lists the first `limit`.
    pub fn list_paths(&self, limit: usize) -> PathList {
        let found = paths::list(self.flow(), limit);
        let paths = found.listed.iter().filter_map(|moves| self.path_of(moves, self.end_of(moves)?)).collect();
        PathList { count: Some(found.count).filter(|count| *count <= MOST_COUNTED), paths }
    }

    /// The fewest answers that reach an outcome, those inside called flows among them.
    pub fn find_route(&self, outcome: &str) -> Route {
        let flow = self.flow();
        let is_outcome = |node: &NodeId| matches!(flow.node(*node).kind, NodeKind::Outcome { .. });
        let Some(node) = flow.find_node(outcome).filter(is_outcome) else {
            let ids = flow.order.iter().filter(|node| is_outcome(node)).map(|node| flow.node(*node).id.value.as_str());
            return Route::Unknown { nearest: nearest(outcome, ids).map(str::to_owned) };
        };
        let Some(moves) = paths::shortest(flow, node) else { return Route::Never };
        let nested = paths::with_calls(self.flow_set(), self.id, &moves);
        let turns = nested.iter().filter_map(|step| self.turn_of(*step)).chain(self.asked_at(node)).collect();
        Route::Found(Path {
            turns,
            outcome: flow.node(node).id.value.clone(),
            title: self.labels().title(self.id, node),
        })
    }

    /// Walks at random so many times; the same seed makes the same walks.
    pub fn walk_at_random(&self, count: usize, seed: u64) -> RandomWalks {
        let flow = self.flow();
        let tally = random_walk::random_walks(self.flow_set(), self.id, count, seed);
        let outcomes = flow.order.iter().filter(|node| matches!(flow.node(**node).kind, NodeKind::Outcome { .. }));
        let told = |node: &NodeId| (flow.node(*node).id.value.clone(), tally.outcomes.get(node).copied().unwrap_or(0));
        let trap = |((key, trap), count): (&(String, Trap), &usize)| (key.clone(), reason(trap), *count);
        RandomWalks { outcomes: outcomes.map(told).collect(), traps: tally.traps.iter().map(trap).collect() }
    }

    fn end_of(&self, moves: &[Transition]) -> Option<NodeId> {
        moves.last().map(|step| step.to).or(self.flow().start)
    }

    fn path_of(&self, moves: &[Transition], end: NodeId) -> Option<Path> {
        let nested = |step: &Transition| NestedMove { flow: self.id, depth: 0, step: *step };
        let turns = moves.iter().filter_map(|step| self.turn_of(nested(step))).collect();
        Some(Path {
            turns,
            outcome: self.flow().nodes.get(end.0)?.id.value.clone(),
            title: self.labels().title(self.id, end),
        })
    }

    /// `None` of a step that asks for nothing: there is nothing to say at it.
    fn turn_of(&self, nested: NestedMove) -> Option<Turn> {
        let NestedMove { flow: id, depth, step } = nested;
        let flow = self.site.flow(id);
        let inputs = input_labels(flow, self.flow(), step.node);
        let answer = self.labels().way(id, step.node, step.exit);
        let is_turn = !answer.is_empty() || !inputs.is_empty();
        is_turn.then(|| self.turn(id, step.node, answer, inputs, depth))
    }

    /// What an outcome itself asks for.
    fn asked_at(&self, node: NodeId) -> Option<Turn> {
        let inputs = input_labels(self.flow(), self.flow(), node);
        (!inputs.is_empty()).then(|| self.turn(self.id, node, String::new(), inputs, 0))
    }

    fn turn(&self, flow: FlowId, node: NodeId, answer: String, inputs: Vec<String>, depth: usize) -> Turn {
        let id = self.site.flow(flow).node(node).id.value.clone();
        Turn { node: id, title: self.labels().title(flow, node), answer, inputs, depth }
    }
}

fn input_labels(asking: &Flow, walked: &Flow, node: NodeId) -> Vec<String> {
    let find = |name: &str| asking.find_input(name).or_else(|| walked.find_input(name));
    asking.node(node).ask.iter().filter_map(|name| Some(find(&name.value)?.label.clone())).collect()
}

fn reason(trap: &Trap) -> Text {
    match trap {
        Trap::NoRule => words::no_rule(),
        Trap::Round => words::goes_round(),
        Trap::Nowhere => words::leads_nowhere(),
        Trap::NoValue(name) => words::no_value(name),
    }
}
