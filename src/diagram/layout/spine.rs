//! The main path of a flow: the longest path from the first node to an outcome.
//!
//! Back edges are no part of it, so there are no cycles. Of paths with the same length the one with fewer calls wins,
//! then the one that takes earlier options.

use super::{Edge, NodeBox};

/// The forward edges of a graph, by node.
pub(super) struct Forward {
    pub(super) targets: Vec<Vec<usize>>,
    /// By node, the length of the longest path to it.
    pub(super) ranks: Vec<usize>,
}

impl Forward {
    pub(super) fn new(count: usize, edges: &[Edge]) -> Self {
        let mut targets = vec![Vec::new(); count];
        for edge in edges.iter().filter(|edge| edge.from < edge.to) {
            targets[edge.from].push(edge.to);
        }
        let mut ranks = vec![0; count];
        for from in 0..count {
            for to in &targets[from] {
                ranks[*to] = ranks[*to].max(ranks[from] + 1);
            }
        }
        Self { targets, ranks }
    }

    /// True where no longer path reaches the target.
    pub(super) fn is_tight(&self, from: usize, to: usize) -> bool {
        self.ranks[to] == self.ranks[from] + 1
    }
}

/// The nodes of the main path, in order; to an outcome where the first node reaches one.
pub(super) fn find_spine(nodes: &[NodeBox], forward: &Forward) -> Vec<usize> {
    let next = longest(nodes, forward, |node| nodes[node].is_outcome);
    let next = if next.first().is_some_and(Option::is_some) { next } else { longest(nodes, forward, |_| true) };
    let mut path = Vec::new();
    let mut node = (!nodes.is_empty()).then_some(0);
    while let Some(current) = node {
        path.push(current);
        node = next[current].and_then(|(_, to)| to);
    }
    path
}

/// Nodes without calls, and the negative number of nodes.
type Length = (usize, isize);

/// By node the length of the longest path to an end, and the next node on it; `None` where there is no path.
fn longest(
    nodes: &[NodeBox],
    forward: &Forward,
    is_end: impl Fn(usize) -> bool,
) -> Vec<Option<(Length, Option<usize>)>> {
    let mut best: Vec<Option<(Length, Option<usize>)>> = vec![None; nodes.len()];
    for node in (0..nodes.len()).rev() {
        let mut found = is_end(node).then_some(((0, 0), None));
        for to in &forward.targets[node] {
            let Some((length, _)) = best[*to] else { continue };
            // An end that leads on, as where every node counts as one, is no end: any path is longer than (0, 0).
            if found.is_none_or(|(longest, _)| length > longest || longest == (0, 0)) {
                found = Some((length, Some(*to)));
            }
        }
        let own = usize::from(!nodes[node].is_detour);
        best[node] = found.map(|((steps, count), to)| ((steps + own, count - 1), to));
    }
    best
}
