//! Paths from the start of a flow to its outcomes: number, list, and the shortest one.
//!
//! Only the graph is considered: every rule may hold, and a call may end at every mapped outcome. Back edges are left
//! out. No function recurses, and paths are counted without listing them.

use std::collections::{HashSet, VecDeque};

use super::FlowSet;
use super::graph::Graph;
use crate::site::flow::{Flow, FlowId, NodeId, NodeKind};

/// Limit for calls that multiply.
const MOST_TRANSITIONS: usize = 1000;

/// One edge of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Transition {
    pub(crate) node: NodeId,
    /// Index of the option, the rule or the mapped outcome; 0 for a step.
    pub(crate) exit: usize,
    pub(crate) to: NodeId,
}

/// Paths to outcomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paths {
    /// Number of paths; saturates at `u64::MAX`.
    pub(crate) count: u64,
    /// The first paths, in the author's order. An empty path means that the flow starts at an outcome.
    pub(crate) listed: Vec<Vec<Transition>>,
}

/// A transition in the walked flow or in one that it calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NestedTransition {
    pub(crate) flow: FlowId,
    /// Depth of the call; 0 in the walked flow.
    pub(crate) depth: usize,
    pub(crate) transition: Transition,
}

/// Counts the paths from the start to an outcome and lists the first `limit`.
pub(crate) fn list(flow: &Flow, limit: usize) -> Paths {
    let Some(start) = flow.start else { return Paths { count: 0, listed: Vec::new() } };
    let acyclic = Graph::of(flow).without_back_edges(start.0);
    let count = acyclic.count_paths(start.0, |node| is_outcome(flow, NodeId(node)));
    let onward = transitions_to_outcomes(flow, &acyclic);
    let mut listed = Vec::new();
    let mut path: Vec<Transition> = Vec::new();
    let mut pending = vec![(start, 0)];
    while let Some((node, index)) = pending.last_mut().filter(|_| listed.len() < limit) {
        if *index == 0 && is_outcome(flow, *node) {
            listed.push(path.clone());
        }
        let Some(transition) = onward[node.0].get(*index).copied() else {
            pending.pop();
            path.pop();
            continue;
        };
        *index += 1;
        path.push(transition);
        pending.push((transition.to, 0));
    }
    Paths { count, listed }
}

/// Transitions of each node that are not back edges and lead to an outcome.
fn transitions_to_outcomes(flow: &Flow, acyclic: &Graph) -> Vec<Vec<Transition>> {
    let ends = (0..flow.nodes.len()).filter(|node| is_outcome(flow, NodeId(*node)));
    let leads_on = acyclic.nodes_reaching(ends);
    let transitions = |node: usize| {
        let kept: HashSet<usize> = acyclic.next(node).iter().copied().collect();
        let is_kept = |transition: &Transition| kept.contains(&transition.to.0) && leads_on[transition.to.0];
        transitions_from(flow, NodeId(node)).into_iter().filter(is_kept).collect()
    };
    (0..flow.nodes.len()).map(transitions).collect()
}

/// Path with the fewest transitions from the start to a node. Between the same two nodes, the author's first edge
/// wins.
pub(crate) fn shortest(flow: &Flow, to: NodeId) -> Option<Vec<Transition>> {
    let nodes = Graph::of(flow).shortest_path(flow.start?.0, to.0)?;
    let transition = |pair: &[usize]| {
        transitions_from(flow, NodeId(pair[0])).into_iter().find(|transition| transition.to.0 == pair[1])
    };
    nodes.windows(2).map(transition).collect()
}

/// For each node, the last decision on a path with the fewest transitions from the start: an edge of a node that is no step.
///
/// The decision before it is that of its own node, so all paths are read backwards in linear time.
pub(crate) fn last_decisions(flow: &Flow) -> Vec<Option<Transition>> {
    let mut last = vec![None; flow.nodes.len()];
    let mut is_reached = vec![false; flow.nodes.len()];
    let mut pending: VecDeque<NodeId> = flow.start.into_iter().collect();
    for start in &pending {
        is_reached[start.0] = true;
    }
    while let Some(node) = pending.pop_front() {
        let is_step = matches!(flow.node(node).kind, NodeKind::Step { .. });
        for transition in transitions_from(flow, node) {
            if !std::mem::replace(&mut is_reached[transition.to.0], true) {
                last[transition.to.0] = if is_step { last[node.0] } else { Some(transition) };
                pending.push_back(transition.to);
            }
        }
    }
    last
}

/// Inserts after each call the shortest path through the called flow to the mapped outcome.
pub(crate) fn expand_calls(flow_set: FlowSet<'_>, flow: FlowId, transitions: &[Transition]) -> Vec<NestedTransition> {
    let nested = |flow, depth, transitions: &[Transition]| {
        transitions
            .iter()
            .rev()
            .map(|transition| NestedTransition { flow, depth, transition: *transition })
            .collect::<Vec<_>>()
    };
    let mut expanded = Vec::new();
    let mut pending = nested(flow, 0, transitions);
    while let Some(next) = pending.pop().filter(|_| expanded.len() < MOST_TRANSITIONS) {
        expanded.push(next);
        if let Some((called, inside)) = path_inside_call(flow_set, next) {
            pending.extend(nested(called, next.depth + 1, &inside));
        }
    }
    expanded
}

fn path_inside_call(flow_set: FlowSet<'_>, call: NestedTransition) -> Option<(FlowId, Vec<Transition>)> {
    let NodeKind::Call { flow: Some(called), outcomes } = &flow_set.flow(call.flow).node(call.transition.node).kind
    else {
        return None;
    };
    let outcome = flow_set.flow(*called).find_node(&outcomes[call.transition.exit].outcome.value)?;
    Some((*called, shortest(flow_set.flow(*called), outcome)?))
}

fn is_outcome(flow: &Flow, node: NodeId) -> bool {
    flow.node(node).is_outcome()
}

/// Transitions of a node, without those whose target does not exist.
pub(crate) fn transitions_from(flow: &Flow, node: NodeId) -> Vec<Transition> {
    let exits = flow.node(node).exits().into_iter().enumerate();
    exits.filter_map(|(exit, found)| Some(Transition { node, exit, to: found.target? })).collect()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::testing::fixture::Fixture;

    const LOOP: &str = "title: F\nnodes:\n  a:\n    title: A\n    options:\n      - { id: x, label: X, next: b }\n      \
                        - { id: y, label: Y, next: fim }\n  b:\n    title: B\n    options:\n      - { id: volta, label: V, next: a }\n      \
                        - { id: p, label: P, next: fim }\n      - { id: q, label: Q, next: outro }\n  fim: { title: Fim, result: resolved }\n  \
                        outro: { title: Outro, result: open }\n";

    fn exits(path: &[Transition]) -> Vec<(usize, usize)> {
        path.iter().map(|transition| (transition.node.0, transition.exit)).collect()
    }

    #[test]
    fn lists_acyclic_paths_in_the_authors_order() {
        let fixture = Fixture::of_flow(LOOP);
        let paths = list(&fixture.site.flows[0], 10);
        let found: Vec<_> = paths.listed.iter().map(|path| exits(path)).collect();
        assert_eq!(found, [vec![(0, 0), (1, 1)], vec![(0, 0), (1, 2)], vec![(0, 1)]]);
        assert_eq!(paths.count, 3);
        assert_eq!(list(&fixture.site.flows[0], 2).listed.len(), 2);
    }

    #[test]
    fn finds_shortest_path() {
        let fixture = Fixture::of_flow(LOOP);
        let flow = &fixture.site.flows[0];
        assert_eq!(exits(&shortest(flow, NodeId(2)).unwrap()), [(0, 1)]);
        assert_eq!(exits(&shortest(flow, NodeId(3)).unwrap()), [(0, 0), (1, 2)]);
    }

    #[test]
    fn last_decisions_lead_back_to_the_start() {
        let fixture = Fixture::of_flow(LOOP);
        let last = last_decisions(&fixture.site.flows[0]);
        let found: Vec<_> = last.iter().map(|one| one.map(|one| (one.node.0, one.exit))).collect();
        assert_eq!(found, [None, Some((0, 0)), Some((0, 1)), Some((1, 2))]);
    }

    #[test]
    fn counts_many_paths_without_listing_them() {
        let mut text = "title: F\nnodes:\n".to_owned();
        for node in 0..100 {
            let next = if node == 99 { "fim".to_owned() } else { format!("n{}", node + 1) };
            writeln!(text, "  n{node}:\n    title: N\n    options:\n      - {{ id: a, label: A, next: {next} }}\n      - {{ id: b, label: B, next: {next} }}").unwrap();
        }
        text.push_str("  fim: { title: Fim, result: resolved }\n");
        let paths = list(&Fixture::of_flow(&text).site.flows[0], 5);
        assert_eq!((paths.count, paths.listed.len()), (u64::MAX, 5));
    }

    #[test]
    fn expands_calls() {
        let caller = "title: F\nnodes:\n  c:\n    title: C\n    call: g.flow.yaml\n    outcomes: { um: fim, dois: fora }\n  \
                      fim: { title: Fim, result: resolved }\n  fora: { title: Fora, result: open }\n";
        let called = "title: G\nnodes:\n  q:\n    title: Q\n    options:\n      - { id: a, label: A, next: um }\n      \
                      - { id: b, label: B, next: dois }\n  um: { title: Um, result: resolved }\n  dois: { title: Dois, result: open }\n";
        let fixture = Fixture::of(&[("f.flow.yaml", caller), ("g.flow.yaml", called)]);
        let transitions = shortest(&fixture.site.flows[0], NodeId(2)).unwrap();
        let expanded = expand_calls(fixture.flow_set(), FlowId(0), &transitions);
        let found: Vec<_> = expanded
            .iter()
            .map(|expanded| (expanded.depth, expanded.transition.node.0, expanded.transition.exit))
            .collect();
        assert_eq!(found, [(0, 0, 1), (1, 0, 1)]);
    }
}
