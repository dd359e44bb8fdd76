//! Dominators of a flow graph: Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001).

use super::graph::Graph;

/// The immediate dominator of each node that is reachable from the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dominators {
    /// Postorder number of each node, the start's the highest; `None` when the node is unreachable.
    postorder: Vec<Option<usize>>,
    /// By node. The start dominates itself.
    immediate: Vec<Option<usize>>,
}

impl Dominators {
    /// Computes the dominators of a graph of `size` nodes with the entry `start`.
    pub(crate) fn of(graph: &Graph, size: usize, start: usize) -> Self {
        let order = list_postorder(graph, size, start);
        let mut postorder = vec![None; size];
        for (index, node) in order.iter().enumerate() {
            postorder[*node] = Some(index);
        }
        let mut dominators = Self { postorder, immediate: vec![None; size] };
        dominators.immediate[start] = Some(start);
        let before = graph.reversed();
        while dominators.update_all(&before, &order) {}
        dominators
    }

    /// True when every path from the start to `node` passes `other`. A node dominates itself.
    pub(crate) fn is_dominated(&self, node: usize, other: usize) -> bool {
        let Some(target) = self.postorder[other] else { return false };
        let mut current = node;
        while self.postorder[current].is_some_and(|postorder| postorder < target) {
            let Some(next) = self.immediate[current] else { return false };
            current = next;
        }
        current == other
    }

    /// One pass over all nodes; true when something changed.
    fn update_all(&mut self, before: &Graph, order: &[usize]) -> bool {
        let mut has_changed = false;
        for node in order.iter().rev().skip(1) {
            has_changed |= self.update(before, *node);
        }
        has_changed
    }

    fn update(&mut self, before: &Graph, node: usize) -> bool {
        let known = before.next(node).iter().copied().filter(|earlier| self.immediate[*earlier].is_some());
        let found = known.reduce(|one, other| self.find_common_dominator(one, other));
        std::mem::replace(&mut self.immediate[node], found) != found
    }

    fn find_common_dominator(&self, mut one: usize, mut other: usize) -> usize {
        while one != other {
            let lower = if self.postorder[one] < self.postorder[other] { &mut one } else { &mut other };
            *lower = self.immediate[*lower].expect("a reached node has a dominator");
        }
        one
    }
}

/// Nodes reachable from the start, in postorder of a depth-first search.
fn list_postorder(graph: &Graph, size: usize, start: usize) -> Vec<usize> {
    let mut is_seen = vec![false; size];
    let mut order = Vec::new();
    let mut path = vec![(start, 0)];
    is_seen[start] = true;
    while let Some((node, edge)) = path.last_mut() {
        let Some(target) = graph.next(*node).get(*edge).copied() else {
            order.push(*node);
            path.pop();
            continue;
        };
        *edge += 1;
        if !std::mem::replace(&mut is_seen[target], true) {
            path.push((target, 0));
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn finds_nodes_on_every_path() {
        // 0 → 1 → {2, 3} → 4 → 1
        let graph = Graph::from_edges(vec![vec![1], vec![2, 3], vec![4], vec![4], vec![1]]);
        let dominators = Dominators::of(&graph, 5, 0);
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
            let dominators = Dominators::of(&graph, 8, 0);
            let is_reached = graph.reachable_from([0]);
            for (node, other) in (0..8).flat_map(|node| (0..8).map(move |other| (node, other))) {
                let without = graph.induced_by(|kept| kept != other).reachable_from([0]);
                let is_cut = is_reached[node] && (other == 0 || node == other || !without[node]);
                prop_assert_eq!(dominators.is_dominated(node, other), is_cut, "{} {}", node, other);
            }
        }
    }
}
