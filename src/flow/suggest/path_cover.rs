//! Minimum path cover of an acyclic graph: the fewest paths that pass all required nodes and edges.
//!
//! It is a minimum flow with lower bounds: first made feasible path by path, then reduced by residual paths.
//! Entry point: [`find_minimum_path_cover`].

use std::collections::VecDeque;

use crate::flow::graph::Graph;

/// A directed edge. Two nodes may have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CoverEdge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) is_required: bool,
}

/// An acyclic graph with required nodes and edges.
#[derive(Clone, Debug)]
pub(crate) struct CoverNetwork {
    pub(crate) edges: Vec<CoverEdge>,
    pub(crate) start: usize,
    /// By node: true when a path may end there.
    pub(crate) is_end: Vec<bool>,
    /// By node.
    pub(crate) is_required: Vec<bool>,
}

/// The fewest paths from the start to an end that pass every required node and edge on such a path. A path is a list
/// of
/// edge indices. The result is empty when nothing is required.
pub(crate) fn find_minimum_path_cover(network: &CoverNetwork) -> Vec<Vec<usize>> {
    let mut flow = NetworkFlow::new(network);
    flow.make_feasible();
    while flow.remove_one_path() {}
    flow.into_paths(network.edges.len())
}

/// An edge, or the passage through a node, with the number of paths on it.
#[derive(Clone, Copy, Debug)]
struct NetworkArc {
    from: usize,
    to: usize,
    is_required: bool,
    paths: usize,
}

/// Each node is split in two vertices: `2n` for its incoming edges, `2n + 1` for its outgoing ones. The last is the
/// sink.
struct NetworkFlow {
    arcs: Vec<NetworkArc>,
    leaving: Vec<Vec<usize>>,
    entering: Vec<Vec<usize>>,
    source: usize,
    sink: usize,
    total: usize,
}

impl NetworkFlow {
    fn new(network: &CoverNetwork) -> Self {
        let size = network.is_end.len();
        let sink = 2 * size;
        let arc = |from, to, is_required| NetworkArc { from, to, is_required, paths: 0 };
        let edges = network.edges.iter().map(|edge| arc(2 * edge.from + 1, 2 * edge.to, edge.is_required));
        let nodes = (0..size).map(|node| arc(2 * node, 2 * node + 1, network.is_required[node]));
        let ends = (0..size).filter(|node| network.is_end[*node]).map(|node| arc(2 * node + 1, sink, false));
        let arcs: Vec<NetworkArc> = edges.chain(nodes).chain(ends).collect();
        let mut flow = Self {
            leaving: vec![Vec::new(); sink + 1],
            entering: vec![Vec::new(); sink + 1],
            arcs,
            source: 2 * network.start,
            sink,
            total: 0,
        };
        for (index, arc) in flow.arcs.iter().enumerate() {
            flow.leaving[arc.from].push(index);
            flow.entering[arc.to].push(index);
        }
        flow
    }

    /// Adds paths, each through the most uncovered arcs, until none covers a new one.
    fn make_feasible(&mut self) {
        let next = self.leaving.iter().map(|arcs| arcs.iter().map(|arc| self.arcs[*arc].to).collect()).collect();
        let order: Vec<usize> = Graph::from_edges(next).components().members.concat();
        while let Some(path) = self.find_best_path(&order) {
            for arc in path {
                self.arcs[arc].paths += 1;
            }
            self.total += 1;
        }
    }

    /// `order` lists each vertex after its successors.
    fn find_best_path(&self, order: &[usize]) -> Option<Vec<usize>> {
        let mut best: Vec<Option<(usize, Option<usize>)>> = vec![None; self.leaving.len()];
        best[self.sink] = Some((0, None));
        let gain = |arc: &NetworkArc| usize::from(arc.is_required && arc.paths == 0);
        for vertex in order.iter().copied().filter(|vertex| *vertex != self.sink) {
            let gains = self.leaving[vertex].iter().filter_map(|index| {
                let arc = &self.arcs[*index];
                best[arc.to].map(|(further, _)| (further + gain(arc), *index))
            });
            best[vertex] = gains.rev().max_by_key(|(gained, _)| *gained).map(|(gained, arc)| (gained, Some(arc)));
        }
        best[self.source].filter(|(gained, _)| *gained > 0)?;
        let next = |arc: &usize| best[self.arcs[*arc].to].and_then(|(_, arc)| arc);
        Some(std::iter::successors(best[self.source].and_then(|(_, arc)| arc), next).collect())
    }

    /// Removes one path and reroutes others so that everything required stays covered.
    fn remove_one_path(&mut self) -> bool {
        let Some(turns) = self.find_residual_path() else { return false };
        for (arc, is_forward) in turns {
            let paths = &mut self.arcs[arc].paths;
            *paths = if is_forward { *paths + 1 } else { *paths - 1 };
        }
        self.total -= 1;
        true
    }

    /// A residual path from the sink to the source: against arcs with a spare path, along any other arc.
    fn find_residual_path(&self) -> Option<Vec<(usize, bool)>> {
        let mut reached_by: Vec<Option<(usize, bool)>> = vec![None; self.leaving.len()];
        let mut pending = VecDeque::from([self.sink]);
        while let Some(vertex) = pending.pop_front().filter(|vertex| *vertex != self.source) {
            let can_lose = |arc: &&usize| self.arcs[**arc].paths > usize::from(self.arcs[**arc].is_required);
            let back = self.entering[vertex].iter().filter(can_lose).map(|arc| (self.arcs[*arc].from, (*arc, false)));
            let forth = self.leaving[vertex].iter().map(|arc| (self.arcs[*arc].to, (*arc, true)));
            for (next, turn) in back.chain(forth) {
                if next != self.sink && reached_by[next].is_none() {
                    reached_by[next] = Some(turn);
                    pending.push_back(next);
                }
            }
        }
        let transition = |(arc, is_forward): &(usize, bool)| {
            let before = if *is_forward { self.arcs[*arc].from } else { self.arcs[*arc].to };
            reached_by[before]
        };
        let turns: Vec<_> = std::iter::successors(reached_by[self.source], transition).collect();
        (!turns.is_empty()).then_some(turns)
    }

    fn into_paths(mut self, edge_count: usize) -> Vec<Vec<usize>> {
        (0..self.total).map(|_| self.take_path(edge_count)).collect()
    }

    fn take_path(&mut self, edge_count: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut vertex = self.source;
        while vertex != self.sink {
            let taken = self.leaving[vertex].iter().copied().find(|arc| self.arcs[*arc].paths > 0);
            let arc = taken.expect("as many paths leave a vertex as come to it");
            self.arcs[arc].paths -= 1;
            path.extend(Some(arc).filter(|arc| *arc < edge_count));
            vertex = self.arcs[arc].to;
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn network(size: usize, edges: &[(usize, usize)], is_required: impl Fn(usize) -> bool) -> CoverNetwork {
        let edge = |(index, (from, to)): (usize, &(usize, usize))| CoverEdge {
            from: *from,
            to: *to,
            is_required: is_required(index),
        };
        CoverNetwork {
            edges: edges.iter().enumerate().map(edge).collect(),
            start: 0,
            is_end: (0..size).map(|node| edges.iter().all(|(from, _)| *from != node)).collect(),
            is_required: vec![false; size],
        }
    }

    #[test]
    fn covers_two_diamonds_with_two_paths() {
        let edges = [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (3, 5), (4, 6), (5, 6)];
        assert_eq!(find_minimum_path_cover(&network(7, &edges, |_| true)).len(), 2);
        assert_eq!(find_minimum_path_cover(&network(7, &edges, |edge| edge == 0)).len(), 1);
        assert!(find_minimum_path_cover(&network(7, &edges, |_| false)).is_empty());
    }

    #[test]
    fn reroutes_greedy_path() {
        // The greedy path is 0→1→2→3. Then 0→2 and 1→3 need a path each; 0→1→3 and 0→2→3 leave only 1→2.
        let edges = [(0, 1), (1, 2), (2, 3), (0, 2), (1, 3)];
        assert_eq!(find_minimum_path_cover(&network(4, &edges, |edge| edge > 2)).len(), 2);
        assert_eq!(find_minimum_path_cover(&network(4, &edges, |_| true)).len(), 3);
    }

    /// Every path from 0 to an end.
    fn all_paths(network: &CoverNetwork) -> Vec<Vec<usize>> {
        let mut done = Vec::new();
        let mut pending = vec![(network.start, Vec::new())];
        while let Some((node, path)) = pending.pop() {
            if network.is_end[node] {
                done.push(path.clone());
            }
            let onward = network.edges.iter().enumerate().filter(|(_, edge)| edge.from == node);
            pending.extend(onward.map(|(index, edge)| (edge.to, [path.clone(), vec![index]].concat())));
        }
        done
    }

    proptest! {
        #[test]
        fn finds_no_smaller_cover(
            pairs in prop::collection::vec((0..5_usize, 1..5_usize), 1..9),
            wanted in prop::collection::vec(any::<bool>(), 9),
        ) {
            let edges: Vec<_> = pairs.into_iter().map(|(from, by)| (from, (from + by).min(5))).filter(|(from, to)| from < to).collect();
            let network = network(6, &edges, |edge| wanted[edge]);
            let all = all_paths(&network);
            let coverable: Vec<usize> = (0..edges.len()).filter(|edge| wanted[*edge] && all.iter().any(|path| path.contains(edge))).collect();
            let covers = |paths: &[&Vec<usize>]| coverable.iter().all(|edge| paths.iter().any(|path| path.contains(edge)));
            let found = find_minimum_path_cover(&network);
            prop_assert!(found.iter().all(|path| all.contains(path)));
            prop_assert!(covers(&found.iter().collect::<Vec<_>>()));
            if all.len() <= 12 {
                let chosen = |subset: u32| (0..all.len()).filter(move |path| subset >> path & 1 == 1);
                let is_enough = |subset: &u32| covers(&chosen(*subset).map(|path| &all[path]).collect::<Vec<_>>());
                let least = (0..1_u32 << all.len()).filter(is_enough).map(u32::count_ones).min();
                prop_assert_eq!(least, u32::try_from(found.len()).ok());
            }
        }
    }
}
