//! Suggested scenarios: the fewest walks that visit what a flow's own scenarios do not.
//!
//! 1. A minimum path cover of the graph; each path is tried with values for which its rules hold.
//! 2. For what is still missing, the same with fixed values.
//! 3. Random walks.
//!
//! Entry point: [`suggest`].

mod combinations;
mod path_cover;

use std::collections::HashMap;

use indexmap::IndexMap;

use super::FlowSet;
use super::coverage::{Coverage, measure};
use super::graph::Graph;
use super::input::ValueKind;
use super::paths::{NestedTransition, Transition, expand_calls, transitions_from};
use super::random_walk::RandomWalker;
use super::sample_values::sample_values;
use super::scenario::run;
use super::value_classes::{input_classes, prepare};
use super::walk::{Exit, NodeAnswer, Walk, WalkEnd, WalkState, find_input, walk};
use crate::content::condition::Test;
use crate::site::flow::{Flow, FlowId, NodeId, NodeKind};
use combinations::{FixedBindings, combinations, tests_by_name};
use path_cover::{CoverEdge, CoverNetwork, find_minimum_path_cover};

/// Limit of value combinations for one path.
const MOST_TRIES: usize = 4096;

/// Limit of value combinations with which the plan is repeated.
const MOST_FIXED: usize = 256;

/// Consecutive combinations without anything new after which planning stops.
const MOST_FRUITLESS: usize = 32;

/// Number of random walks.
const RANDOM_WALKS: usize = 500;

/// A scenario that visits something new.
#[derive(Clone, Debug)]
pub(crate) struct Suggestion {
    pub(crate) state: WalkState,
    pub(crate) walk: Walk,
}

/// Scenarios to add to a flow.
#[derive(Clone, Debug)]
pub(crate) struct Suggestions {
    pub(crate) scenarios: Vec<Suggestion>,
    /// Coverage with the suggested scenarios.
    pub(crate) coverage: Coverage,
}

/// Finds scenarios for what a flow's own scenarios do not visit.
pub(crate) fn suggest(flow_set: FlowSet<'_>, flow: FlowId) -> Suggestions {
    let walks: Vec<Walk> =
        flow_set.flow(flow).scenarios.iter().map(|scenario| run(flow_set, flow, scenario).walk).collect();
    let present = measure(flow_set.flow(flow), &walks);
    let mut found = ScenarioSearch {
        flow_set,
        id: flow,
        flow: flow_set.flow(flow),
        coverage: present.clone(),
        kept: Vec::new(),
        fixed: HashMap::new(),
    };
    found.follow_plan(|_| true);
    found.plan_with_fixed_values();
    found.try_random_walks();
    let scenarios = without_redundant(&present, found.kept);
    Suggestions { scenarios, coverage: found.coverage }
}

/// A minimum path cover of what is missing, over the possible transitions without back edges.
fn plan(flow: &Flow, present: &Coverage, is_possible: impl Fn(&Transition) -> bool) -> Vec<Vec<Transition>> {
    let Some(start) = flow.start else { return Vec::new() };
    let acyclic = Graph::of(flow).without_back_edges(start.0);
    let transitions: Vec<Transition> = (0..flow.nodes.len())
        .flat_map(|node| transitions_from(flow, NodeId(node)))
        .filter(|transition| acyclic.next(transition.node.0).contains(&transition.to.0) && is_possible(transition))
        .collect();
    let edge = |transition: &Transition| CoverEdge {
        from: transition.node.0,
        to: transition.to.0,
        is_required: present.lacks_exit(transition.node, transition.exit),
    };
    let network = CoverNetwork {
        edges: transitions.iter().map(edge).collect(),
        start: start.0,
        is_end: flow.nodes.iter().map(|node| matches!(node.kind, NodeKind::Outcome { .. })).collect(),
        is_required: (0..flow.nodes.len()).map(|node| present.lacks_node(NodeId(node))).collect(),
    };
    let to_transitions = |path: Vec<usize>| path.into_iter().map(|edge| transitions[edge]).collect();
    find_minimum_path_cover(&network).into_iter().map(to_transitions).collect()
}

/// Removes, from the last, each scenario that adds nothing to the others.
fn without_redundant(present: &Coverage, mut kept: Vec<Suggestion>) -> Vec<Suggestion> {
    for index in (0..kept.len()).rev() {
        let mut without = present.clone();
        kept.iter().enumerate().filter(|(other, _)| *other != index).for_each(|(_, other)| without.visit(&other.walk));
        let mut with = without.clone();
        with.visit(&kept[index].walk);
        if with == without {
            kept.remove(index);
        }
    }
    kept
}

struct ScenarioSearch<'a> {
    flow_set: FlowSet<'a>,
    id: FlowId,
    flow: &'a Flow,
    coverage: Coverage,
    kept: Vec<Suggestion>,
    /// Fixed values, by name.
    fixed: HashMap<String, String>,
}

impl<'a> ScenarioSearch<'a> {
    fn follow_plan(&mut self, is_possible: impl Fn(&Transition) -> bool) {
        for transitions in plan(self.flow, &self.coverage, is_possible) {
            self.try_path(&transitions);
        }
    }

    /// Plans again for one combination of values after another.
    fn plan_with_fixed_values(&mut self) {
        let tested = tests_by_name(self.flow.nodes.iter());
        let inputs = tested.iter().filter(|(name, _)| self.flow.find_input(name).is_some());
        let choices: IndexMap<&str, Vec<String>> =
            inputs.map(|(name, tests)| (*name, self.values(self.id, name, tests))).collect();
        let mut fruitless = 0;
        for values in combinations(&choices, MOST_FIXED) {
            if self.coverage.is_complete() || fruitless == MOST_FRUITLESS {
                return;
            }
            let (known, flow, before) =
                (FixedBindings::of(self.flow_set, self.flow, &values), self.flow, self.kept.len());
            self.fixed = values.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            self.follow_plan(|transition| known.allows(flow, transition));
            fruitless = if self.kept.len() > before { 0 } else { fruitless + 1 };
        }
    }

    /// Keeps a walk that visits something new.
    fn keep(&mut self, state: WalkState, walk: Walk) {
        let mut with = self.coverage.clone();
        with.visit(&walk);
        if with != self.coverage {
            self.coverage = with;
            self.kept.push(Suggestion { state: without_unused_values(self.flow_set, state, &walk), walk });
        }
    }

    /// Looks for values with which a walk follows this path.
    fn try_path(&mut self, transitions: &[Transition]) {
        let nested = expand_calls(self.flow_set, self.id, transitions);
        let mut state = WalkState { answers: self.answers(&nested), is_scenario: true, ..WalkState::default() };
        for values in combinations(&self.values_to_try(&nested, transitions), MOST_TRIES) {
            state.inputs.extend(values.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())));
            let walk = walk(self.flow_set, self.id, &state);
            if follows_transitions(&walk, transitions) {
                return self.keep(state, walk);
            }
        }
    }

    fn answers(&self, nested: &[NestedTransition]) -> IndexMap<String, NodeAnswer> {
        let mut answers = IndexMap::new();
        let mut calls: Vec<&str> = Vec::new();
        for NestedTransition { flow, depth, transition } in nested {
            let node = self.flow_set.flow(*flow).node(transition.node);
            calls.truncate(*depth);
            match &node.kind {
                NodeKind::Question { options, .. } => {
                    let key = calls.iter().copied().chain([node.id.value.as_str()]).collect::<Vec<_>>().join("/");
                    answers.insert(key, NodeAnswer::Options(vec![options[transition.exit].id.value.clone()]));
                }
                NodeKind::Call { .. } => calls.push(&node.id.value),
                _ => {}
            }
        }
        answers
    }

    /// For each input asked on the path, one value of each class that the rules there distinguish.
    fn values_to_try(&self, nested: &[NestedTransition], transitions: &[Transition]) -> IndexMap<&'a str, Vec<String>> {
        let end = transitions
            .last()
            .map(|transition| (self.id, transition.to))
            .or(self.flow.start.map(|start| (self.id, start)));
        let nodes: Vec<(FlowId, NodeId)> =
            nested.iter().map(|transition| (transition.flow, transition.transition.node)).chain(end).collect();
        let tests = tests_by_name(nodes.iter().map(|(flow, node)| self.flow_set.flow(*flow).node(*node)));
        let asks = nodes.iter().flat_map(|(flow, node)| {
            self.flow_set.flow(*flow).node(*node).ask.iter().map(|name| (*flow, name.value.as_str()))
        });
        let values =
            asks.map(|(flow, name)| (name, self.values(flow, name, tests.get(name).map_or(&[][..], Vec::as_slice))));
        values.filter(|(_, values)| !values.is_empty()).collect()
    }

    fn values(&self, asking: FlowId, name: &str, tests: &[&Test]) -> Vec<String> {
        let Some(input) = find_input(self.flow_set, asking, self.id, name) else { return Vec::new() };
        if let Some(value) = self.fixed.get(name) {
            return vec![value.clone()];
        }
        let example = input.example.as_ref().map(|example| example.value.clone());
        let cases = Some(tests).filter(|tests| !tests.is_empty());
        let prepared = cases.map(|tests| prepare(self.flow_set, tests, ValueKind::Input(input.kind)));
        let cases = prepared.and_then(|tests| input_classes(self.flow_set, input, &tests)).unwrap_or_default();
        let sample = || example.or_else(|| sample_values(self.flow_set, input).into_iter().next());
        if cases.is_empty() {
            sample().into_iter().collect()
        } else {
            cases.into_iter().map(|case| case.shown).collect()
        }
    }

    /// Finds by random walks what depends on more than one path.
    fn try_random_walks(&mut self) {
        let mut walker = RandomWalker::new(self.flow_set, self.id, 1);
        for _ in 0..RANDOM_WALKS {
            if self.coverage.is_complete() {
                return;
            }
            if let Ok((state, _)) = walker.walk_once() {
                let walk = walk(self.flow_set, self.id, &state);
                self.keep(state, walk);
            }
        }
    }
}

/// True when a walk ends at an outcome and its own steps are these transitions.
fn follows_transitions(walk: &Walk, transitions: &[Transition]) -> bool {
    let own: Vec<_> = walk.path.iter().filter(|step| step.position.depth == 0).collect();
    let is_same = |(step, transition): (&&super::walk::PathStep, &Transition)| {
        step.position.node == transition.node
            && match &step.exit {
                Exit::Options { chosen, .. } => chosen.first() == Some(&transition.exit),
                Exit::Rule(rule) => *rule == transition.exit,
                Exit::Next => true,
            }
    };
    let ends_there = transitions
        .last()
        .is_none_or(|transition| walk.current.as_ref().is_some_and(|position| position.node == transition.to));
    walk.end == WalkEnd::Outcome
        && ends_there
        && own.len() == transitions.len()
        && own.iter().zip(transitions).all(is_same)
}

/// Removes answers and values that the walk did not use.
fn without_unused_values(flow_set: FlowSet<'_>, mut state: WalkState, walk: &Walk) -> WalkState {
    let positions: Vec<_> = walk.positions().collect();
    state.answers.retain(|key, _| positions.iter().any(|position| position.key == *key));
    state.inputs.retain(|name, typed| {
        let is_asked =
            positions.iter().any(|position| position.resolve(flow_set).ask.iter().any(|ask| ask.value == *name));
        is_asked && !typed.is_empty()
    });
    state
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::fixture::Fixture;

    const CALLED: &str = "title: G\nnodes:\n  p:\n    title: P\n    options:\n      - { id: s, label: S, next: achou }\n      \
                          - { id: m, label: M, next: nada }\n  achou: { title: A, result: open }\n  nada: { title: Nada, result: open }\n";

    const NODES: &str = "nodes:\n  q:\n    title: Q\n    options:\n      - { id: a, label: A, next: c }\n      - { id: b, label: B, next: r }\n      \
                         - { id: d, label: D, next: q }\n  c: { call: g.flow.yaml, outcomes: { achou: um, nada: r } }\n  r:\n    ask: [x]\n    rules:\n      \
                         - { when: { x: { gt: 5 } }, next: um }\n      - { when: { x: { gt: 3 } }, next: dois }\n      - { otherwise: dois }\n  \
                         um: { title: Um, result: open }\n  dois: { title: Dois, result: resolved }\n";

    fn suggested(nodes: &str, scenarios: &str) -> Vec<String> {
        let text = format!("title: F\ninputs: {{ x: {{ label: X, type: number }} }}\n{nodes}scenarios:\n{scenarios}");
        let fixture = Fixture::of(&[("f.flow.yaml", &text), ("g.flow.yaml", CALLED)]);
        let found = suggest(fixture.flow_set(), FlowId(0));
        assert!(found.coverage.is_complete(), "{found:?}");
        let path = |suggestion: &Suggestion| {
            suggestion.walk.positions().map(|position| position.key.clone()).collect::<Vec<_>>().join(" ")
        };
        found.scenarios.iter().map(path).collect()
    }

    #[test]
    fn suggests_three_scenarios_for_three_rules() {
        assert_eq!(suggested(NODES, "  []\n").len(), 3);
    }

    #[test]
    fn skips_what_scenarios_visit_already() {
        let scenarios = "  - { name: 1, inputs: { x: '6' }, answers: { q: b }, outcome: um }\n  - { name: 2, inputs: { x: '4' }, answers: { q: b }, outcome: dois }\n";
        assert_eq!(suggested(NODES, scenarios), ["q c c/p c/nada r dois"]);
    }

    #[test]
    fn plans_dependent_rules_with_fixed_values() {
        let branch = |index: usize| {
            let next = if index == 30 { "um".to_owned() } else { format!("n{}", index + 1) };
            format!(
                "  n{index}:\n    rules:\n      - {{ when: {{ x: {{ gt: {index} }} }}, next: {next} }}\n      - {{ otherwise: {next} }}\n"
            )
        };
        let branches: String = (1..=30).map(branch).collect();
        let nodes =
            format!("nodes:\n  q: {{ title: Q, ask: [x], next: n1 }}\n{branches}  um: {{ title: Um, result: open }}\n");
        assert_eq!(suggested(&nodes, "  []\n").len(), 2);
    }

    #[test]
    fn suggests_one_scenario_for_each_exclusive_rule() {
        let nodes = "nodes:\n  a:\n    ask: [x]\n    rules:\n      - { when: { x: { gt: 5 } }, next: b }\n      - { otherwise: b }\n  \
                     b:\n    rules:\n      - { when: { x: { lte: 5 } }, next: um }\n      - { otherwise: um }\n  um: { title: Um, result: open }\n";
        assert_eq!(suggested(nodes, "  []\n").len(), 2);
    }
}
