//! What the scenarios of a flow visit of it. Nodes of a flow that it calls count for that flow, through its own scenarios.

use super::graph::Graph;
use super::walk::{Left, Walk};
use crate::diagnostic::Share;
use crate::site::flow::{Flow, Way};

/// What was visited of a flow, node by node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Coverage {
    pub(crate) nodes: Vec<NodeCoverage>,
}

/// What was visited of a node. What nobody can reach is not there to be visited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NodeCoverage {
    pub(crate) is_reachable: bool,
    pub(crate) is_visited: bool,
    /// By the order of the question.
    pub(crate) options: Vec<bool>,
    /// By the order of the branch.
    pub(crate) rules: Vec<bool>,
}

/// Measures what walks through a flow visit of it.
pub(crate) fn measure<'a>(flow: &Flow, walks: impl IntoIterator<Item = &'a Walk>) -> Coverage {
    let is_reachable = Graph::of(flow).reachable_from(flow.start.map(|start| start.0));
    let nodes = flow.nodes.iter().zip(is_reachable).map(|(node, is_reachable)| {
        let (options, rules) = match &node.way {
            Way::Question { options, .. } => (options.len(), 0),
            Way::Branch { rules } => (0, rules.len()),
            _ => (0, 0),
        };
        NodeCoverage { is_reachable, is_visited: false, options: vec![false; options], rules: vec![false; rules] }
    });
    let mut coverage = Coverage { nodes: nodes.collect() };
    for walk in walks {
        coverage.visit(walk);
    }
    coverage
}

impl Coverage {
    fn visit(&mut self, walk: &Walk) {
        for place in walk.places().filter(|place| place.depth == 0) {
            self.nodes[place.node.0].is_visited = true;
        }
        for stop in walk.path.iter().filter(|stop| stop.place.depth == 0) {
            let node = &mut self.nodes[stop.place.node.0];
            match &stop.left {
                Left::Options { chosen, .. } => chosen.iter().for_each(|index| node.options[*index] = true),
                Left::Rule(index) => node.rules[*index] = true,
                Left::On => {}
            }
        }
    }

    /// Nodes visited.
    pub(crate) fn node_share(&self) -> Share {
        share(self.reachable().map(|node| node.is_visited))
    }

    /// Options chosen.
    pub(crate) fn option_share(&self) -> Share {
        share(self.reachable().flat_map(|node| node.options.iter().copied()))
    }

    /// Rules that led on.
    pub(crate) fn rule_share(&self) -> Share {
        share(self.reachable().flat_map(|node| node.rules.iter().copied()))
    }

    fn reachable(&self) -> impl Iterator<Item = &NodeCoverage> {
        self.nodes.iter().filter(|node| node.is_reachable)
    }
}

fn share(visited: impl Iterator<Item = bool>) -> Share {
    visited.fold(Share::default(), |share, is_visited| Share {
        covered: share.covered + usize::from(is_visited),
        total: share.total + 1,
    })
}

/// In percent; all of nothing is everything.
#[expect(clippy::cast_precision_loss, reason = "a flow has fewer than 2^52 nodes")]
pub(crate) fn percent(share: Share) -> f64 {
    if share.total == 0 { 100.0 } else { share.covered as f64 * 100.0 / share.total as f64 }
}
