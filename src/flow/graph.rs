//! Directed graphs over the nodes of a flow, by node index.
//!
//! No function recurses. Each is linear in nodes and edges, except `shortest_cycle`, which searches once per
//! successor.

use std::collections::VecDeque;

use petgraph::algo::{dominators, kosaraju_scc};
use petgraph::graph::{DiGraph, NodeIndex};

use crate::site::flow::Flow;

/// Adjacency lists of a directed graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Graph {
    next: Vec<Vec<usize>>,
}

/// Strongly connected components.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Components {
    /// Component of each node. A component has a higher number than every component it leads to.
    pub(crate) of: Vec<usize>,
    /// Nodes of each component, in ascending order.
    pub(crate) members: Vec<Vec<usize>>,
}

/// Dominators of the nodes that are reachable from a start.
#[derive(Clone, Debug)]
pub(crate) struct Dominators(dominators::Dominators<NodeIndex<usize>>);

impl Dominators {
    /// True when every path from the start to `node` passes `other`. A node dominates itself.
    pub(crate) fn is_dominated(&self, node: usize, other: usize) -> bool {
        self.0.dominators(NodeIndex::new(node)).is_some_and(|mut all| all.any(|found| found.index() == other))
    }
}

impl Graph {
    /// The graph of a flow's nodes.
    pub(crate) fn of(flow: &Flow) -> Self {
        let targets = |node: &crate::site::flow::Node| node.targets().iter().map(|target| target.0).collect();
        Self { next: flow.nodes.iter().map(targets).collect() }
    }

    pub(crate) fn from_edges(next: Vec<Vec<usize>>) -> Self {
        Self { next }
    }

    /// Targets of a node's edges, with repetitions.
    pub(crate) fn next(&self, node: usize) -> &[usize] {
        &self.next[node]
    }

    /// The graph with every edge reversed.
    pub(crate) fn reversed(&self) -> Self {
        let mut reversed = vec![Vec::new(); self.next.len()];
        for (node, targets) in self.next.iter().enumerate() {
            for target in targets {
                reversed[*target].push(node);
            }
        }
        Self { next: reversed }
    }

    /// The subgraph induced by the kept nodes. The other nodes stay, without edges.
    pub(crate) fn induced_by(&self, is_kept: impl Fn(usize) -> bool) -> Self {
        let targets_kept = |targets: &Vec<usize>| targets.iter().copied().filter(|target| is_kept(*target)).collect();
        let kept = |(node, targets)| if is_kept(node) { targets_kept(targets) } else { Vec::new() };
        Self { next: self.next.iter().enumerate().map(kept).collect() }
    }

    /// True for each node that is reachable from one of the starts; the starts are included.
    pub(crate) fn reachable_from(&self, starts: impl IntoIterator<Item = usize>) -> Vec<bool> {
        let mut is_reached = vec![false; self.next.len()];
        let mut pending: Vec<usize> = starts.into_iter().collect();
        while let Some(node) = pending.pop() {
            if !std::mem::replace(&mut is_reached[node], true) {
                pending.extend(self.next[node].iter().copied());
            }
        }
        is_reached
    }

    /// True for each node from which one of the ends is reachable; the ends are included.
    pub(crate) fn nodes_reaching(&self, ends: impl IntoIterator<Item = usize>) -> Vec<bool> {
        self.reversed().reachable_from(ends)
    }

    /// Shortest path between two nodes, both included. The path from a node to itself is that node alone.
    pub(crate) fn shortest_path(&self, from: usize, to: usize) -> Option<Vec<usize>> {
        let mut before: Vec<Option<usize>> = vec![None; self.next.len()];
        let mut pending = VecDeque::from([from]);
        before[from] = Some(from);
        while let Some(node) = pending.pop_front().filter(|node| *node != to) {
            for target in &self.next[node] {
                if before[*target].is_none() {
                    before[*target] = Some(node);
                    pending.push_back(*target);
                }
            }
        }
        before[to]?;
        let step = |node: &usize| before[*node].filter(|earlier| *earlier != *node);
        let mut path: Vec<usize> = std::iter::successors(Some(to), step).collect();
        path.reverse();
        Some(path)
    }

    /// Shortest cycle through a node; the node is at both ends.
    pub(crate) fn shortest_cycle(&self, node: usize) -> Option<Vec<usize>> {
        let back = |target: &usize| self.shortest_path(*target, node);
        let path = self.next[node].iter().filter_map(back).min_by_key(Vec::len)?;
        Some([node].into_iter().chain(path).collect())
    }

    /// The same nodes and edges, for the algorithms of petgraph.
    fn to_petgraph(&self) -> DiGraph<(), (), usize> {
        let mut graph = DiGraph::default();
        for _ in &self.next {
            graph.add_node(());
        }
        for (node, targets) in self.next.iter().enumerate() {
            graph.extend_with_edges(targets.iter().map(|target| (node, *target)));
        }
        graph
    }

    /// Finds the strongly connected components.
    pub(crate) fn components(&self) -> Components {
        let mut components = Components { of: vec![0; self.next.len()], members: Vec::new() };
        for found in kosaraju_scc(&self.to_petgraph()) {
            let mut members: Vec<usize> = found.into_iter().map(NodeIndex::index).collect();
            members.sort_unstable();
            for node in &members {
                components.of[*node] = components.members.len();
            }
            components.members.push(members);
        }
        components
    }

    /// Finds the nodes that lie on every path from `start` to another node.
    pub(crate) fn dominators(&self, start: usize) -> Dominators {
        Dominators(dominators::simple_fast(&self.to_petgraph(), NodeIndex::new(start)))
    }

    /// True when a cycle passes the node.
    pub(crate) fn is_on_cycle(&self, node: usize, components: &Components) -> bool {
        components.members[components.of[node]].len() > 1 || self.next[node].contains(&node)
    }

    /// The graph without the back edges of a depth-first search from `start`: what remains is acyclic.
    pub(crate) fn without_back_edges(&self, start: usize) -> Self {
        let mut acyclic = Self { next: vec![Vec::new(); self.next.len()] };
        let (mut is_seen, mut is_on_stack) = (vec![false; self.next.len()], vec![false; self.next.len()]);
        let mut path = vec![(start, 0)];
        is_seen[start] = true;
        is_on_stack[start] = true;
        while let Some((node, edge)) = path.last_mut() {
            let Some(target) = self.next[*node].get(*edge).copied() else {
                is_on_stack[*node] = false;
                path.pop();
                continue;
            };
            *edge += 1;
            if !is_on_stack[target] {
                acyclic.next[*node].push(target);
            }
            if !std::mem::replace(&mut is_seen[target], true) {
                is_on_stack[target] = true;
                path.push((target, 0));
            }
        }
        acyclic
    }

    /// Path from `start` with the largest sum of node weights, back edges left out.
    pub(crate) fn heaviest_path(&self, start: usize, weights: &[u64]) -> Vec<usize> {
        let acyclic = self.without_back_edges(start);
        let components = acyclic.components();
        let mut best: Vec<(u64, Option<usize>)> = vec![(0, None); self.next.len()];
        for node in components.members.iter().flatten().copied() {
            let heaviest = acyclic.next[node].iter().copied().rev().max_by_key(|target| best[*target].0);
            best[node] = (weights[node].saturating_add(heaviest.map_or(0, |target| best[target].0)), heaviest);
        }
        std::iter::successors(Some(start), |node| best[*node].1).collect()
    }

    /// Number of paths from `start` to an end, back edges left out; saturates at `u64::MAX`.
    pub(crate) fn count_paths(&self, start: usize, is_end: impl Fn(usize) -> bool) -> u64 {
        let acyclic = self.without_back_edges(start);
        let components = acyclic.components();
        let mut counts = vec![0_u64; self.next.len()];
        for node in components.members.iter().flatten().copied() {
            let onward = acyclic.next[node].iter().fold(0, |sum: u64, target| sum.saturating_add(counts[*target]));
            counts[node] = onward.saturating_add(u64::from(is_end(node)));
        }
        counts[start]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn graph(edges: &[&[usize]]) -> Graph {
        Graph::from_edges(edges.iter().map(|targets| targets.to_vec()).collect())
    }

    #[test]
    fn finds_reachable_and_reaching_nodes() {
        let graph = graph(&[&[1], &[2], &[], &[2]]);
        assert_eq!(graph.reachable_from([0]), [true, true, true, false]);
        assert_eq!(graph.nodes_reaching([2]), [true, true, true, true]);
        assert_eq!(graph.nodes_reaching([1]), [true, true, false, false]);
    }

    #[test]
    fn numbers_components_after_their_successors() {
        let graph = graph(&[&[1], &[2, 3], &[0], &[4], &[3, 5], &[], &[6]]);
        let components = graph.components();
        let mut members = components.members.clone();
        members.sort_unstable();
        assert_eq!(members, [vec![0, 1, 2], vec![3, 4], vec![5], vec![6]]);
        assert!(components.of[0] > components.of[3] && components.of[3] > components.of[5]);
        let looping: Vec<_> = (0..7).filter(|node| graph.is_on_cycle(*node, &components)).collect();
        assert_eq!(looping, [0, 1, 2, 3, 4, 6]);
    }

    #[test]
    fn finds_shortest_paths_and_cycles() {
        let graph = graph(&[&[1, 2], &[3], &[3], &[0, 4], &[]]);
        assert_eq!(graph.shortest_path(0, 4), Some(vec![0, 1, 3, 4]));
        assert_eq!(graph.shortest_path(4, 0), None);
        assert_eq!(graph.shortest_path(2, 2), Some(vec![2]));
        assert_eq!(graph.shortest_cycle(3), Some(vec![3, 0, 1, 3]));
        assert_eq!(graph.shortest_cycle(4), None);
    }

    #[test]
    fn finds_heaviest_acyclic_path() {
        let graph = graph(&[&[1, 2], &[3], &[3], &[0, 4], &[]]);
        assert_eq!(graph.heaviest_path(0, &[1, 1, 5, 1, 0]), [0, 2, 3, 4]);
    }

    #[test]
    fn counts_paths_without_listing_them() {
        let mut edges: Vec<Vec<usize>> = (0..200).map(|node| vec![node + 1, node + 1]).collect();
        edges.push(Vec::new());
        let graph = Graph::from_edges(edges);
        assert_eq!(graph.count_paths(0, |node| node == 200), u64::MAX);
        assert_eq!(graph.count_paths(190, |node| node == 200), 1024);
    }

    #[test]
    fn handles_a_chain_of_300_000_nodes() {
        let size = 300_000;
        let edges = (0..size).map(|node| if node + 1 < size { vec![node + 1] } else { vec![0] }).collect();
        let graph = Graph::from_edges(edges);
        assert_eq!(graph.components().members.len(), 1);
        assert_eq!(graph.count_paths(0, |node| node + 1 == size), 1);
    }

    #[test]
    fn finds_dominators() {
        // 0 → 1 → {2, 3} → 4 → 1
        let graph = Graph::from_edges(vec![vec![1], vec![2, 3], vec![4], vec![4], vec![1]]);
        let dominators = graph.dominators(0);
        assert!(dominators.is_dominated(4, 1) && dominators.is_dominated(4, 4) && dominators.is_dominated(2, 0));
        assert!(!dominators.is_dominated(4, 2) && !dominators.is_dominated(1, 4));
    }

    proptest! {
        #[test]
        fn agrees_with_removing_each_node(edges in prop::collection::vec((0..8_usize, 0..8_usize), 0..24)) {
            let mut next = vec![Vec::new(); 8];
            for (from, to) in edges {
                next[from].push(to);
            }
            let graph = Graph::from_edges(next);
            let dominators = graph.dominators(0);
            let is_reached = graph.reachable_from([0]);
            for (node, other) in (0..8).flat_map(|node| (0..8).map(move |other| (node, other))) {
                let without = graph.induced_by(|kept| kept != other).reachable_from([0]);
                let is_cut = is_reached[node] && (other == 0 || node == other || !without[node]);
                prop_assert_eq!(dominators.is_dominated(node, other), is_cut, "{} {}", node, other);
            }
        }
    }
}
