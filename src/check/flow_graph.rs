//! The graph of a flow: unreachable nodes, traps, loops, and paths with too many questions.

use super::calls::call_graph;
use super::flow_nodes::{NamedNodes, idle_target};
use crate::diagnostic::{Diagnostic, Diagnostics, catalogue};
use crate::flow::FlowSet;
use crate::flow::graph::{Components, Graph};
use crate::site::flow::{Flow, Node, NodeKind};

pub(super) fn check(flow_set: FlowSet<'_>, diagnostics: &mut Diagnostics) {
    let has_choice = flows_with_choice(flow_set);
    for flow in flow_set.flows {
        let graph = FlowGraph::of(flow, &has_choice);
        graph.check_reach(diagnostics);
        graph.check_ends(diagnostics);
        graph.check_loops(diagnostics);
    }
    if let Some(most) = flow_set.config.check.max_questions {
        check_length(flow_set, most, diagnostics);
    }
}

/// A flow as a graph, with properties of its nodes by index.
struct FlowGraph<'a> {
    flow: &'a Flow,
    graph: Graph,
    components: Components,
    /// The reader's answer decides, or may decide, the next node.
    is_choice: Vec<bool>,
    /// Some path leads from here to an outcome, or to a target that was reported.
    can_end: Vec<bool>,
    /// On a cycle without a choice.
    is_stuck: Vec<bool>,
}

impl<'a> FlowGraph<'a> {
    fn of(flow: &'a Flow, has_choice: &[bool]) -> Self {
        let graph = Graph::of(flow);
        let named = NamedNodes::of(flow);
        let is_choice: Vec<bool> = flow.nodes.iter().map(|node| is_choice(node, &named, has_choice)).collect();
        let ends = (0..flow.nodes.len()).filter(|index| is_end(&flow.nodes[*index]));
        let can_end = graph.nodes_reaching(ends);
        let without_choices = graph.induced_by(|node| !is_choice[node]);
        let components = without_choices.components();
        let is_stuck = (0..flow.nodes.len()).map(|node| without_choices.is_on_cycle(node, &components)).collect();
        Self { flow, components: graph.components(), graph, is_choice, can_end, is_stuck }
    }

    fn id(&self, node: usize) -> &str {
        &self.flow.nodes[node].id.value
    }

    fn written(&self, path: &[usize]) -> String {
        path.iter().map(|node| self.id(*node)).collect::<Vec<_>>().join(" → ")
    }

    /// Each unknown target, already reported, explains one group of unreachable nodes. More groups than that are
    /// reported.
    fn check_reach(&self, diagnostics: &mut Diagnostics) {
        let Some(start) = self.flow.start else { return };
        let is_reached = self.graph.reachable_from([start.0]);
        let missing: usize = self.flow.nodes.iter().map(count_missing).sum();
        if self.count_islands(&is_reached) <= missing {
            return;
        }
        for node in self.flow.nodes.iter().zip(is_reached).filter(|(_, is_reached)| !is_reached).map(|(node, _)| node) {
            diagnostics.push(catalogue::flow::unreachable_node(node.id.span, &node.id.value, self.id(start.0)));
        }
    }

    /// The smallest number of added edges that would make every node reachable.
    fn count_islands(&self, is_reached: &[bool]) -> usize {
        let mut is_entered = vec![false; self.components.members.len()];
        for node in (0..is_reached.len()).filter(|node| !is_reached[*node]) {
            for target in self.graph.next(node) {
                let component = self.components.of[*target];
                is_entered[component] |= component != self.components.of[node];
            }
        }
        let is_island =
            |component: &usize| !is_reached[self.components.members[*component][0]] && !is_entered[*component];
        (0..is_entered.len()).filter(is_island).count()
    }

    /// Reports the first node of each part that cannot be left. Nodes that only lead there are not reported.
    fn check_ends(&self, diagnostics: &mut Diagnostics) {
        for (index, members) in self.components.members.iter().enumerate() {
            let leaves =
                |node: &usize| self.graph.next(*node).iter().any(|target| self.components.of[*target] != index);
            let is_caught = members.iter().all(|node| !self.can_end[*node] && !leaves(node));
            if is_caught && !members.iter().any(|node| self.is_stuck[*node]) {
                let first = &self.flow.nodes[members[0]].id;
                let diagnostic = catalogue::flow::trap(first.span, &first.value);
                diagnostics
                    .push(members[1..].iter().fold(diagnostic, |diagnostic, node| self.also_caught(diagnostic, *node)));
            }
        }
    }

    fn also_caught(&self, diagnostic: Diagnostic, node: usize) -> Diagnostic {
        let id = &self.flow.nodes[node].id;
        diagnostic.label(id.span, catalogue::flow::also_in_the_trap(&id.value))
    }

    fn check_loops(&self, diagnostics: &mut Diagnostics) {
        let without_choices = self.graph.induced_by(|node| !self.is_choice[node]);
        for members in &without_choices.components().members {
            if let Some(cycle) = Some(members[0])
                .filter(|node| self.is_stuck[*node])
                .and_then(|node| without_choices.shortest_cycle(node))
            {
                let span = self.flow.nodes[members[0]].id.span;
                diagnostics.push(catalogue::flow::loop_without_choice(span, self.written(&cycle)));
            }
        }
        self.check_back_edges(diagnostics);
    }

    /// Reports the edges of loops that lead to an earlier node of the file. Loops allowed by `loop: true` are skipped.
    fn check_back_edges(&self, diagnostics: &mut Diagnostics) {
        let is_watched = |node: usize| !self.flow.nodes[node].may_loop && self.can_end[node];
        let graph = self.graph.induced_by(is_watched);
        let components = graph.components();
        for (index, node) in self.flow.nodes.iter().enumerate() {
            let leads_back = |target: usize| {
                let is_stuck = self.is_stuck[index] && self.is_stuck[target];
                target <= index
                    && components.of[target] == components.of[index]
                    && graph.next(index).contains(&target)
                    && !is_stuck
            };
            for finding in self.find_back_edges(node, leads_back) {
                diagnostics.push(finding);
            }
        }
    }

    fn find_back_edges(&self, node: &Node, leads_back: impl Fn(usize) -> bool) -> Vec<Diagnostic> {
        let explain = |diagnostic: Diagnostic, target: usize| {
            let target = &self.flow.nodes[target].id;
            let diagnostic = diagnostic.label(target.span, catalogue::flow::leads_back_here());
            diagnostic.help(catalogue::flow::allow_loop(&target.value))
        };
        if let NodeKind::Question { options, .. } = &node.kind {
            let finding = |option: &crate::site::flow::AnswerOption| {
                let target = option.next.filter(|target| leads_back(target.0))?.0;
                let finding = catalogue::flow::option_leads_back(option.id.span, &option.id.value, self.id(target));
                Some(explain(finding, target))
            };
            return options.iter().filter_map(finding).collect();
        }
        let mut targets: Vec<usize> =
            node.targets().iter().map(|target| target.0).filter(|target| leads_back(*target)).collect();
        targets.dedup();
        let finding = |target: usize| {
            explain(catalogue::flow::node_leads_back(node.id.span, &node.id.value, self.id(target)), target)
        };
        targets.into_iter().map(finding).collect()
    }
}

/// True for an outcome, and for a node with a reported mistake: where it leads is not known.
fn is_end(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Outcome { .. } | NodeKind::Unknown)
        || count_missing(node) > 0
        || matches!(node.kind, NodeKind::Call { flow: None, .. })
}

/// The number of targets of a node that do not exist.
fn count_missing(node: &Node) -> usize {
    let is_unknown = matches!(node.kind, NodeKind::Unknown);
    usize::from(is_unknown) + node.exits().iter().filter(|exit| exit.target.is_none()).count()
}

/// True when the reader's answer decides, or may decide, the next node.
fn is_choice(node: &Node, named: &NamedNodes<'_>, has_choice: &[bool]) -> bool {
    match &node.kind {
        _ if !node.ask.is_empty() => true,
        NodeKind::Question { options, .. } => options.len() > 1 && (idle_target(options).is_none() || named.has(node)),
        NodeKind::Call { flow, .. } => flow.is_none_or(|flow| has_choice[flow.0]),
        _ => false,
    }
}

/// By flow: whether the reader decides something in it or in a flow that it calls.
fn flows_with_choice(flow_set: FlowSet<'_>) -> Vec<bool> {
    let none = vec![false; flow_set.flows.len()];
    let decides = |flow: &Flow| {
        let named = NamedNodes::of(flow);
        flow.nodes.iter().any(|node| is_choice(node, &named, &none))
    };
    let deciding = (0..flow_set.flows.len()).filter(|index| decides(&flow_set.flows[*index]));
    call_graph(flow_set).nodes_reaching(deciding)
}

/// Reports, on the longest path of each flow, the first question above the limit.
fn check_length(flow_set: FlowSet<'_>, most: usize, diagnostics: &mut Diagnostics) {
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    let calls = call_graph(flow_set);
    let mut lengths = vec![0; flow_set.flows.len()];
    for index in calls.components().members.into_iter().flatten() {
        let flow = &flow_set.flows[index];
        let Some(start) = flow.start else { continue };
        let weights: Vec<u64> = flow.nodes.iter().map(|node| questions_at(node, &lengths)).collect();
        let path = Graph::of(flow).heaviest_path(start.0, &weights);
        lengths[index] = path.iter().map(|node| weights[*node]).fold(0, u64::saturating_add);
        if lengths[index] > most {
            diagnostics.push(too_long(flow, &path, &weights, most, lengths[index]));
        }
    }
}

/// The number of questions of a node. A call counts those of the called flow.
fn questions_at(node: &Node, lengths: &[u64]) -> u64 {
    match node.kind {
        NodeKind::Question { .. } => 1,
        NodeKind::Call { flow: Some(called), .. } => lengths[called.0],
        _ => 0,
    }
}

fn too_long(flow: &Flow, path: &[usize], weights: &[u64], most: u64, count: u64) -> Diagnostic {
    let mut asked = 0_u64;
    let is_too_many = |node: &&usize| {
        asked = asked.saturating_add(weights[**node]);
        asked > most
    };
    let node = path.iter().find(is_too_many).copied().unwrap_or_default();
    let asking = path.iter().filter(|node| weights[**node] > 0);
    let path: Vec<_> = asking.map(|node| flow.nodes[*node].id.value.as_str()).collect();
    catalogue::flow::too_long(flow.nodes[node].id.span, count, most, path.join(" → "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::fixture::Fixture;

    fn checked(files: &[(&str, &str)]) -> Vec<String> {
        let mut fixture = Fixture::of(files);
        let mut diagnostics = std::mem::take(&mut fixture.diagnostics);
        check(fixture.flow_set(), &mut diagnostics);
        fixture.diagnostics = diagnostics;
        fixture.found()
    }

    fn found(nodes: &str) -> Vec<String> {
        checked(&[("f.flow.yaml", &format!("title: F\ninputs: {{ x: {{ label: X, type: text }} }}\nnodes:\n{nodes}"))])
    }

    const END: &str = "  fim: { title: Fim, result: resolved }\n";

    /// A question with one option for each target.
    fn question(id: &str, targets: &[&str]) -> String {
        let option = |(index, target): (usize, &&str)| format!("{{ id: o{index}, label: O{index}, next: {target} }}");
        let options: Vec<_> = targets.iter().enumerate().map(option).collect();
        format!("  {id}: {{ title: Q, options: [{}] }}\n", options.join(", "))
    }

    #[test]
    fn reports_unreachable_nodes() {
        let nodes = format!(
            "  a: {{ title: A, next: fim }}\n  b: {{ title: B, next: c }}\n  c: {{ title: C, next: fim }}\n{END}"
        );
        assert_eq!(found(&nodes), ["5 flow/unreachable-node", "6 flow/unreachable-node"]);
    }

    #[test]
    fn unknown_target_explains_one_unreachable_group() {
        let nodes = format!(
            "  a: {{ title: A, next: bb }}\n  b: {{ title: B, next: c }}\n  c: {{ title: C, next: fim }}\n{END}"
        );
        assert_eq!(found(&nodes), ["4 flow/unknown-node"]);
        let more = format!("{nodes}  outro: {{ title: O, result: open }}\n");
        assert_eq!(found(&more).len(), 5);
    }

    #[test]
    fn reports_traps() {
        let nodes = format!(
            "{}{}{}{END}",
            question("a", &["fim", "b"]),
            question("b", &["c", "b"]),
            question("c", &["b", "c"])
        );
        assert_eq!(found(&nodes), ["5 flow/trap"]);
        assert_eq!(found("  a: { title: A, options: [] }\n"), ["4 flow/trap"]);
    }

    #[test]
    fn reports_loop_without_choice() {
        let nodes = format!(
            "{}  b: {{ title: B, next: c }}\n  c: {{ title: C, next: b }}\n{END}",
            question("a", &["fim", "b"])
        );
        assert_eq!(found(&nodes), ["5 flow/loop-without-choice"]);
        let rules = "  b: { rules: [{ when: { x: s }, next: fim }, { otherwise: c }] }\n  c: { title: C, next: b }\n";
        assert_eq!(found(&format!("{rules}{END}")), ["4 flow/loop-without-choice"]);
    }

    #[test]
    fn asking_for_an_input_is_a_choice() {
        let rules =
            "  b: { ask: [x], rules: [{ when: { x: s }, next: fim }, { otherwise: c }] }\n  c: { title: C, next: b }\n";
        assert_eq!(found(&format!("{rules}{END}")), ["5 flow/loop"]);
    }

    #[test]
    fn reports_option_that_leads_back_unless_allowed() {
        let nodes = |may: &str| {
            let question = question("b", &["fim", "a"]);
            format!("  a: {{ title: A, next: b{may} }}\n{question}{END}")
        };
        assert_eq!(found(&nodes("")), ["5 flow/loop"]);
        assert!(found(&nodes(", loop: true")).is_empty());
        assert_eq!(found(&format!("{}{END}", question("a", &["a", "fim"]))), ["4 flow/loop"]);
    }

    #[test]
    fn call_without_decisions_is_no_choice() {
        let called = |node: &str| {
            format!(
                "title: G\nnodes:\n  {node}\n  a: {{ title: A, result: open }}\n  b: {{ title: B, result: open }}\n"
            )
        };
        let calling = "title: F\nnodes:\n  c: { call: g.flow.yaml, outcomes: { a: d, b: fim } }\n  d: { title: D, next: c }\n  \
                       fim: { title: Fim, result: open }\n";
        let codes = |node: &str| checked(&[("f.flow.yaml", calling), ("g.flow.yaml", &called(node))]);
        let rules = "q: { rules: [{ when: { r: s }, next: a }, { otherwise: b }] }\n  r: { title: R, result: open }";
        assert!(codes(rules).contains(&"3 flow/loop-without-choice".to_owned()));
        let options = "q: { title: Q, options: [{ id: s, label: S, next: a }, { id: m, label: M, next: b }] }";
        assert_eq!(codes(options), ["4 flow/loop"]);
    }

    #[test]
    fn reports_first_question_above_limit() {
        let config = |most: usize| format!("title: S\ncheck: {{ max_questions: {most} }}\n");
        let nodes = format!(
            "{}{}{}{END}",
            question("a", &["b", "fim"]),
            question("b", &["c", "fim"]),
            question("c", &["fim", "a"])
        );
        let flow = format!("title: F\nnodes:\n{}", nodes.replace("c: { title", "c: { loop: true, title"));
        let calling = "title: G\nnodes:\n  c: { call: f.flow.yaml, outcomes: { fim: fim } }\n  fim: { title: Fim, result: open }\n";
        let codes = |most| checked(&[("vereda.yaml", &config(most)), ("f.flow.yaml", &flow), ("g.flow.yaml", calling)]);
        assert_eq!(codes(2), ["5 flow/too-long", "3 flow/too-long"]);
        assert!(codes(3).is_empty());
    }
}
