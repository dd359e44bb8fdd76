//! Coverage of a flow by its scenarios: nodes, options and rules.
//!
//! Nodes of called flows are not counted here; the scenarios of the called flow cover them.

use super::graph::Graph;
use super::walk::{Exit, Walk};
use serde::Serialize;

use crate::site::flow::{Flow, NodeId};
use crate::source::Span;

/// Coverage of one flow by its scenarios.
#[derive(Clone, Debug, Serialize)]
pub struct FlowCoverage {
    /// Path of the flow's file, relative to the root.
    pub flow: String,
    /// URL path of its page below the base, `/whatsapp/auditoria/`.
    #[serde(skip)]
    pub route: String,
    /// Scenarios that passed, out of all.
    pub scenarios: Share,
    /// Visited nodes, out of those that are reachable.
    pub nodes: Share,
    /// Chosen options, out of all that a walk can take.
    pub options: Share,
    /// Decisive rules, out of all that a walk can take.
    pub rules: Share,
    /// In the order of the file.
    #[serde(skip)]
    pub runs: Vec<ScenarioRun>,
}

/// A scenario that was run. The diagnostics inside its span say why it failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioRun {
    /// Name given by the editor.
    pub name: String,
    /// From its first key to its last.
    pub span: Span,
}

/// A count out of a total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Number of covered items.
    pub covered: usize,
    /// Number of items.
    pub total: usize,
}

/// Coverage of each node of a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Coverage {
    pub(crate) nodes: Vec<NodeCoverage>,
}

/// Coverage of a node. An unreachable node does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NodeCoverage {
    pub(crate) is_reachable: bool,
    pub(crate) is_visited: bool,
    /// In the order of the question.
    pub(crate) options: Vec<ExitCoverage>,
    /// In the order of the branch.
    pub(crate) rules: Vec<ExitCoverage>,
}

/// Coverage of an option or a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ExitCoverage {
    /// True when the target dominates the node. No walk to an outcome can take such an edge.
    pub(crate) leads_back: bool,
    pub(crate) is_visited: bool,
}

impl ExitCoverage {
    /// True when a walk to an outcome could take it and none did.
    pub(crate) fn is_missing(self) -> bool {
        !self.is_visited && !self.leads_back
    }
}

/// Measures which parts of a flow the walks visit.
pub(crate) fn measure<'a>(flow: &Flow, walks: impl IntoIterator<Item = &'a Walk>) -> Coverage {
    let graph = Graph::of(flow);
    let is_reachable = graph.reachable_from(flow.start.map(|start| start.0));
    let dominators = flow.start.map(|start| graph.dominators(start.0));
    let exit = |node: usize, next: Option<NodeId>| ExitCoverage {
        leads_back: next
            .zip(dominators.as_ref())
            .is_some_and(|(next, dominators)| dominators.is_dominated(node, next.0)),
        is_visited: false,
    };
    let nodes = flow.nodes.iter().enumerate().zip(is_reachable).map(|((index, node), is_reachable)| {
        let options = node.options().iter().map(|option| exit(index, option.next)).collect();
        let rules = node.rules().iter().map(|rule| exit(index, rule.next)).collect();
        NodeCoverage { is_reachable, is_visited: false, options, rules }
    });
    let mut coverage = Coverage { nodes: nodes.collect() };
    for walk in walks {
        coverage.visit(walk);
    }
    coverage
}

impl Coverage {
    /// Adds what one more walk visits.
    pub(crate) fn visit(&mut self, walk: &Walk) {
        for position in walk.positions().filter(|position| position.depth == 0) {
            self.nodes[position.node.0].is_visited = true;
        }
        for step in walk.path.iter().filter(|step| step.position.depth == 0) {
            let node = &mut self.nodes[step.position.node.0];
            match &step.exit {
                Exit::Options { chosen, .. } => chosen.iter().for_each(|index| node.options[*index].is_visited = true),
                Exit::Rule(index) => node.rules[*index].is_visited = true,
                Exit::Next => {}
            }
        }
    }

    /// True when the node is reachable and not visited.
    pub(crate) fn lacks_node(&self, node: NodeId) -> bool {
        let node = &self.nodes[node.0];
        node.is_reachable && !node.is_visited
    }

    /// True when the option or rule with this index can be taken and was not.
    pub(crate) fn lacks_exit(&self, node: NodeId, exit: usize) -> bool {
        let node = &self.nodes[node.0];
        node.is_reachable && node.options.iter().chain(&node.rules).nth(exit).is_some_and(|exit| exit.is_missing())
    }

    /// True when everything that can be visited was visited.
    pub(crate) fn is_complete(&self) -> bool {
        [self.node_share(), self.option_share(), self.rule_share()].iter().all(|share| share.covered == share.total)
    }

    /// Visited nodes.
    pub(crate) fn node_share(&self) -> Share {
        share(self.reachable().map(|node| node.is_visited))
    }

    /// Chosen options.
    pub(crate) fn option_share(&self) -> Share {
        share(self.reachable().flat_map(|node| counted(&node.options)))
    }

    /// Decisive rules.
    pub(crate) fn rule_share(&self) -> Share {
        share(self.reachable().flat_map(|node| counted(&node.rules)))
    }

    fn reachable(&self) -> impl Iterator<Item = &NodeCoverage> {
        self.nodes.iter().filter(|node| node.is_reachable)
    }
}

fn counted(ways: &[ExitCoverage]) -> impl Iterator<Item = bool> {
    ways.iter().filter(|exit| !exit.leads_back).map(|exit| exit.is_visited)
}

fn share(visited: impl Iterator<Item = bool>) -> Share {
    visited.fold(Share::default(), |share, is_visited| Share {
        covered: share.covered + usize::from(is_visited),
        total: share.total + 1,
    })
}

/// From 0 to 100; 100 when there is nothing to cover.
#[expect(clippy::cast_precision_loss, reason = "a flow has fewer than 2^52 nodes")]
pub(crate) fn percent(share: Share) -> f64 {
    if share.total == 0 { 100.0 } else { share.covered as f64 * 100.0 / share.total as f64 }
}
