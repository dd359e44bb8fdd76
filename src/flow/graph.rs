//! Directed graphs over the nodes of a flow, by node index.
//!
//! No function recurses. Each is linear in nodes and edges, except `shortest_cycle`, which searches once per
//! successor.

use std::collections::VecDeque;

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

    /// Finds the strongly connected components with Tarjan's algorithm.
    pub(crate) fn components(&self) -> Components {
        let mut search = TarjanSearch::new(self);
        for node in 0..self.next.len() {
            search.visit(node);
        }
        search.components
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

/// State of Tarjan's algorithm. The search path is on the heap.
struct TarjanSearch<'a> {
    graph: &'a Graph,
    /// Index and low link of each node; `None` before the first visit.
    seen: Vec<Option<(usize, usize)>>,
    count: usize,
    /// Visited nodes that belong to no component yet.
    open: Vec<usize>,
    is_on_stack: Vec<bool>,
    components: Components,
}

impl<'a> TarjanSearch<'a> {
    fn new(graph: &'a Graph) -> Self {
        let size = graph.next.len();
        let components = Components { of: vec![0; size], members: Vec::new() };
        Self { graph, seen: vec![None; size], count: 0, open: Vec::new(), is_on_stack: vec![false; size], components }
    }

    fn visit(&mut self, start: usize) {
        if self.seen[start].is_some() {
            return;
        }
        let mut path = vec![(start, 0)];
        self.push_node(start);
        while let Some((node, edge)) = path.last_mut() {
            let node = *node;
            let Some(target) = self.graph.next[node].get(*edge).copied() else {
                path.pop();
                self.leave(node, path.last().map(|(parent, _)| *parent));
                continue;
            };
            *edge += 1;
            if self.seen[target].is_none() {
                self.push_node(target);
                path.push((target, 0));
            } else if self.is_on_stack[target] {
                self.lower_link(node, self.seen[target].map_or(usize::MAX, |(order, _)| order));
            }
        }
    }

    fn push_node(&mut self, node: usize) {
        self.seen[node] = Some((self.count, self.count));
        self.count += 1;
        self.open.push(node);
        self.is_on_stack[node] = true;
    }

    fn lower_link(&mut self, node: usize, order: usize) {
        if let Some((_, earliest)) = &mut self.seen[node] {
            *earliest = order.min(*earliest);
        }
    }

    /// Passes the low link to the parent and closes the component of which the node is the root.
    fn leave(&mut self, node: usize, parent: Option<usize>) {
        let (order, earliest) = self.seen[node].expect("a node on the path was seen");
        if let Some(parent) = parent {
            self.lower_link(parent, earliest);
        }
        if order == earliest {
            self.close_component(node);
        }
    }

    fn close_component(&mut self, first: usize) {
        let at = self.open.iter().rposition(|node| *node == first).expect("an open node is on the stack");
        let mut members = self.open.split_off(at);
        members.sort_unstable();
        for node in &members {
            self.is_on_stack[*node] = false;
            self.components.of[*node] = self.components.members.len();
        }
        self.components.members.push(members);
    }
}

#[cfg(test)]
mod tests {
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
        assert_eq!(components.members, [vec![5], vec![3, 4], vec![0, 1, 2], vec![6]]);
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
}
