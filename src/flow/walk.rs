//! The walk through a flow: from its start, along the given answers, to the first node that cannot be left.
//!
//! The browser's walker follows the same rules. A node is passed once, and a loop ends where it closes. Answers off
//! the
//! path are ignored. Only inputs that the path asks for have a value. Entry point: [`walk`].

use std::collections::HashSet;

use indexmap::IndexMap;

use super::FlowSet;
use super::condition::{Bindings, holds};
use super::input::{ParsedValue, Refusal, parse_set_constant, read};
use crate::config::{Calendar, Input};
use crate::site::flow::{AnswerOption, CallOutcome, Flow, FlowId, Node, NodeId, NodeKind};

/// Limit of nested calls: stops flows that call each other.
const DEEPEST_CALL: usize = 20;

/// Limit of nodes: stops flows whose calls multiply.
const LONGEST_WALK: usize = 100_000;

/// Answers and inputs of one session.
#[derive(Clone, Debug, Default)]
pub(crate) struct WalkState {
    /// By node key, `node` or `call/node`.
    pub(crate) answers: IndexMap<String, NodeAnswer>,
    /// As typed, by name.
    pub(crate) inputs: IndexMap<String, String>,
    /// True for scenarios: steps and forms pass without confirmation, and bare ids of questions in called flows count
    /// as keys.
    pub(crate) is_scenario: bool,
}

/// The answer at one node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NodeAnswer {
    /// Ids of options.
    Options(Vec<String>),
    /// A step or form was confirmed.
    Passed,
}

/// A node on the path, in the walked flow or in a called one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WalkPosition {
    /// `node`, or `call/node` in a called flow.
    pub(crate) key: String,
    /// Length of the prefix of the key that names the calls.
    prefix: usize,
    pub(crate) flow: FlowId,
    pub(crate) node: NodeId,
    /// Depth of the call; 0 in the walked flow.
    pub(crate) depth: usize,
}

impl WalkPosition {
    /// Prefix of the key that names the calls: empty, or `call/`.
    pub(crate) fn prefix(&self) -> &str {
        &self.key[..self.prefix]
    }

    /// True for its key and, in a called flow, its bare id; old ids count.
    pub(crate) fn is_called(&self, name: &str, flow_set: FlowSet<'_>) -> bool {
        let node = self.resolve(flow_set);
        let mut ids = std::iter::once(&node.id).chain(&node.aliases);
        ids.any(|id| name == id.value || name.strip_prefix(self.prefix()) == Some(&id.value))
    }

    /// The node itself.
    pub(crate) fn resolve<'a>(&self, flow_set: FlowSet<'a>) -> &'a Node {
        flow_set.flow(self.flow).node(self.node)
    }
}

/// A node that was passed, and the edge by which it was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathStep {
    pub(crate) position: WalkPosition,
    pub(crate) exit: Exit,
}

/// How a node was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// By options. `chosen` are indices in the order of the question, of which the first decides the target; `given`
    /// are ids.
    Options { chosen: Vec<usize>, given: Vec<String> },
    /// By the rule with this index.
    Rule(usize),
    /// Into a called flow, out of one, or on from a step.
    Next,
}

/// Result of a walk.
#[derive(Clone, Debug)]
pub(crate) struct Walk {
    /// The passed nodes, in order.
    pub(crate) path: Vec<PathStep>,
    /// The node at which the walk ended; `None` in a flow without nodes.
    pub(crate) current: Option<WalkPosition>,
    pub(crate) end: WalkEnd,
    /// Values of inputs on the path, by name.
    pub(crate) values: IndexMap<String, ParsedValue>,
}

/// Why a walk ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WalkEnd {
    /// It reached an outcome of the walked flow.
    Outcome,
    /// Inputs of the current node are missing or refused.
    RefusedInputs(Vec<(String, Refusal)>),
    /// The current question has no answer, or one that does not exist.
    Unanswered,
    /// The current step, form or outcome of a called flow was not confirmed.
    NotPassed,
    /// No rule of the current branch holds.
    NoRule,
    /// The current node was passed before.
    Loop,
    /// The target does not exist, or calls are nested too deeply.
    NoTarget,
    /// The walk has more than `LONGEST_WALK` nodes.
    TooLong,
}

/// Walks a flow from its start to the first node that cannot be left.
pub(crate) fn walk(flow_set: FlowSet<'_>, flow: FlowId, state: &WalkState) -> Walk {
    let start = flow_set.flow(flow).start.map(|node| position_of(flow_set, flow, node, "", 0));
    let walk = Walk { path: Vec::new(), current: None, end: WalkEnd::NoTarget, values: IndexMap::new() };
    let mut walker = Walker { flow_set, flow, state, walk, calls: Vec::new() };
    walker.follow(start);
    walker.walk
}

fn position_of(flow_set: FlowSet<'_>, flow: FlowId, node: NodeId, prefix: &str, depth: usize) -> WalkPosition {
    let id = &flow_set.flow(flow).node(node).id.value;
    WalkPosition { key: format!("{prefix}{id}"), prefix: prefix.len(), flow, node, depth }
}

struct Walker<'a> {
    flow_set: FlowSet<'a>,
    flow: FlowId,
    state: &'a WalkState,
    walk: Walk,
    /// The calls that have not returned.
    calls: Vec<WalkPosition>,
}

/// The exit and the next position, or why the walk ends.
type NextStep = Result<(Exit, Option<WalkPosition>), WalkEnd>;

impl<'a> Walker<'a> {
    fn follow(&mut self, start: Option<WalkPosition>) {
        let mut passed = HashSet::new();
        let mut next = start;
        while let Some(position) = next {
            let is_repeated = !passed.insert(position.key.clone());
            let next_step = if is_repeated { Err(WalkEnd::Loop) } else { self.pass(&position) };
            self.walk.current = Some(position.clone());
            next = match next_step {
                Err(end) => return self.walk.end = end,
                Ok((left, next)) => self.advance(position, left, next),
            };
        }
    }

    fn advance(&mut self, position: WalkPosition, exit: Exit, next: Option<WalkPosition>) -> Option<WalkPosition> {
        self.walk.path.push(PathStep { position, exit });
        let is_endless = self.walk.path.len() >= LONGEST_WALK;
        self.walk.end = if is_endless { WalkEnd::TooLong } else { WalkEnd::NoTarget };
        next.filter(|_| !is_endless)
    }

    fn pass(&mut self, position: &WalkPosition) -> NextStep {
        self.ask(position)?;
        let node = position.resolve(self.flow_set);
        match &node.kind {
            NodeKind::Question { options, multiple } => self.choose(position, options, *multiple),
            NodeKind::Outcome { .. } if position.depth == 0 => Err(WalkEnd::Outcome),
            _ if is_stop(position, node) && !self.was_passed(position) => Err(WalkEnd::NotPassed),
            NodeKind::Step { next } => Ok((Exit::Next, self.position_in_same_flow(position, *next))),
            NodeKind::Branch { rules } => {
                let names = self.walk.bindings(self.flow_set, position);
                let rule = rules.iter().position(|rule| rule.when.as_ref().is_none_or(|when| holds(when, &names)));
                let rule = rule.ok_or(WalkEnd::NoRule)?;
                Ok((Exit::Rule(rule), self.position_in_same_flow(position, rules[rule].next)))
            }
            NodeKind::Call { flow, .. } => Ok((Exit::Next, self.enter(position, *flow))),
            NodeKind::Outcome { .. } => Ok((Exit::Next, self.return_from_call(node))),
            NodeKind::Unknown => Err(WalkEnd::NoTarget),
        }
    }

    /// Reads the inputs of a node. An undeclared input is ignored, because it was reported before.
    fn ask(&mut self, position: &WalkPosition) -> Result<(), WalkEnd> {
        let mut refused = Vec::new();
        for name in &position.resolve(self.flow_set).ask {
            let Some(input) = find_input(self.flow_set, position.flow, self.flow, &name.value) else { continue };
            let typed = self.state.inputs.get(&name.value).map_or("", String::as_str);
            match read(input, typed, self.flow_set.zone()) {
                Ok(parsed) => drop(self.walk.values.insert(name.value.clone(), parsed)),
                Err(refusal) => refused.push((name.value.clone(), refusal)),
            }
        }
        if refused.is_empty() { Ok(()) } else { Err(WalkEnd::RefusedInputs(refused)) }
    }

    /// Leaves by the first chosen option; every chosen option sets its inputs.
    fn choose(&mut self, position: &WalkPosition, options: &'a [AnswerOption], multiple: bool) -> NextStep {
        let Some(NodeAnswer::Options(given)) = self.answer_to(position) else { return Err(WalkEnd::Unanswered) };
        let wanted = if multiple { given.as_slice() } else { &given[..given.len().min(1)] };
        let is_chosen = |option: &AnswerOption| wanted.iter().any(|id| option.is_called(id));
        let chosen: Vec<usize> = (0..options.len()).filter(|index| is_chosen(&options[*index])).collect();
        let first = *chosen.first().ok_or(WalkEnd::Unanswered)?;
        for index in &chosen {
            self.set(position, &options[*index]);
        }
        let given = given.iter().map(|id| present_id(options, id).to_owned()).collect();
        let left = Exit::Options { chosen, given };
        Ok((left, self.position_in_same_flow(position, options[first].next)))
    }

    fn set(&mut self, position: &WalkPosition, option: &AnswerOption) {
        for (name, constant) in &option.set {
            if let Some(input) = find_input(self.flow_set, position.flow, self.flow, &name.value) {
                let parsed = parse_set_constant(input, &constant.value, self.flow_set.zone());
                self.walk.values.insert(name.value.clone(), parsed);
            }
        }
    }

    fn was_passed(&self, position: &WalkPosition) -> bool {
        self.state.is_scenario || self.answer_to(position) == Some(&NodeAnswer::Passed)
    }

    fn answer_to(&self, position: &WalkPosition) -> Option<&'a NodeAnswer> {
        let key = self.state.find_key(position, self.flow_set, self.flow)?;
        self.state.answers.get(key)
    }

    /// The position of another node in the same flow.
    fn position_in_same_flow(&self, position: &WalkPosition, node: Option<NodeId>) -> Option<WalkPosition> {
        Some(position_of(self.flow_set, position.flow, node?, position.prefix(), position.depth))
    }

    fn enter(&mut self, position: &WalkPosition, flow: Option<FlowId>) -> Option<WalkPosition> {
        let flow = flow.filter(|_| position.depth < DEEPEST_CALL)?;
        let start = self.flow_set.flow(flow).start?;
        self.calls.push(position.clone());
        Some(position_of(self.flow_set, flow, start, &format!("{}/", position.key), position.depth + 1))
    }

    /// Returns from a called flow's outcome to the node to which the caller maps it.
    fn return_from_call(&mut self, outcome: &Node) -> Option<WalkPosition> {
        let call = self.calls.pop()?;
        let NodeKind::Call { outcomes, .. } = &call.resolve(self.flow_set).kind else { return None };
        let next = find_mapping(outcomes, outcome)?.next;
        self.position_in_same_flow(&call, next)
    }
}

/// The present id of an option.
fn present_id<'a>(options: &'a [AnswerOption], id: &'a str) -> &'a str {
    options.iter().find(|option| option.is_called(id)).map_or(id, |option| &option.id.value)
}

/// True when a node waits for the user. A called flow's outcome waits only when it has something to do.
pub(crate) fn is_stop(position: &WalkPosition, node: &Node) -> bool {
    match node.kind {
        NodeKind::Question { .. } | NodeKind::Step { .. } => true,
        NodeKind::Outcome { .. } if node.ask.is_empty() => {
            position.depth == 0 || !(node.copy.is_empty() && node.links.is_empty() && node.checklist.is_empty())
        }
        _ => !node.ask.is_empty(),
    }
}

/// The caller's mapping for an outcome of the called flow; old ids of the outcome count.
pub(crate) fn find_mapping<'a>(outcomes: &'a [CallOutcome], outcome: &Node) -> Option<&'a CallOutcome> {
    let is_it = |id: &str| outcome.id.value == id || outcome.aliases.iter().any(|alias| alias.value == id);
    outcomes.iter().find(|mapping| is_it(&mapping.outcome.value))
}

/// Finds an input of the flow that asks, or of the walked flow.
pub(crate) fn find_input<'a>(flow_set: FlowSet<'a>, asking: FlowId, walked: FlowId, name: &str) -> Option<&'a Input> {
    [asking, walked].into_iter().find_map(|flow| flow_set.flow(flow).find_input(name))
}

impl WalkState {
    /// Finds the key of a node's answer: its current key or an old one. In a scenario it can be the bare id, unless
    /// the
    /// walked flow has a node with that id.
    pub(crate) fn find_key(&self, position: &WalkPosition, flow_set: FlowSet<'_>, walked: FlowId) -> Option<&str> {
        let node = position.resolve(flow_set);
        let mut keys = vec![position.key.clone()];
        keys.extend(node.aliases.iter().map(|alias| format!("{}{}", position.prefix(), alias.value)));
        if self.is_scenario && position.depth > 0 && flow_set.flow(walked).find_node(&node.id.value).is_none() {
            keys.push(node.id.value.clone());
        }
        keys.iter().find_map(|key| self.answers.get_key_value(key)).map(|(key, _)| key.as_str())
    }
}

impl Walk {
    /// Bindings for conditions and templates of the flow at `position`.
    pub(crate) fn bindings<'a>(&'a self, flow_set: FlowSet<'a>, position: &'a WalkPosition) -> WalkBindings<'a> {
        WalkBindings { walk: self, flow_set, position }
    }

    /// The passed nodes and the current one, in order.
    pub(crate) fn positions(&self) -> impl Iterator<Item = &WalkPosition> {
        let is_new = |position: &&WalkPosition| {
            self.end != WalkEnd::Loop && self.path.last().is_none_or(|step| step.position != **position)
        };
        self.path.iter().map(|step| &step.position).chain(self.current.iter().filter(is_new))
    }

    fn find_answer(&self, key: &str) -> Option<ParsedValue> {
        let step = self.path.iter().find(|step| step.position.key == key)?;
        match &step.exit {
            Exit::Options { given, .. } => Some(ParsedValue::of_answers(given.clone())),
            Exit::Rule(_) | Exit::Next => None,
        }
    }
}

/// Bindings at a position: inputs on the path, the site's `values`, and answers by the id of their question.
pub(crate) struct WalkBindings<'a> {
    walk: &'a Walk,
    flow_set: FlowSet<'a>,
    position: &'a WalkPosition,
}

impl Bindings for WalkBindings<'_> {
    fn find(&self, name: &str) -> Option<ParsedValue> {
        if let Some(parsed) = self.walk.values.get(name) {
            return Some(parsed.clone());
        }
        if let Some(value) = name.strip_prefix("values.").and_then(|value| self.flow_set.config.find_value(value)) {
            return Some(ParsedValue::of_text(value));
        }
        let flow: &Flow = self.flow_set.flow(self.position.flow);
        let id = flow.find_node(name).map_or(name, |node| &flow.node(node).id.value);
        self.walk.find_answer(&format!("{}{id}", self.position.prefix()))
    }

    fn find_calendar(&self, name: &str) -> Option<&Calendar> {
        self.flow_set.find_calendar(name)
    }

    fn zone(&self) -> &str {
        self.flow_set.zone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::fixture::{Fixture, state};

    const ABOUT: &str = "title: F\nowner: A\n";

    fn flow(nodes: &str) -> Fixture {
        Fixture::of_flow(&format!("{ABOUT}inputs:\n  valor: {{ label: Valor, type: money }}\nnodes:\n{nodes}"))
    }

    fn walk_of(fixture: &Fixture, given_answers: &[&str]) -> Walk {
        walk(fixture.flow_set(), FlowId(0), &state(given_answers))
    }

    /// Keys of the passed nodes and the current one.
    fn keys(walk: &Walk) -> Vec<&str> {
        walk.positions().map(|position| position.key.as_str()).collect()
    }

    const QUESTION: &str = "  q:\n    title: Q\n    options:\n      - { id: a, label: A, next: fim }\n      - { id: b, label: B, next: q }\n";
    const END: &str = "  fim: { title: Fim, result: resolved }\n";

    #[test]
    fn follows_answers_to_an_outcome() {
        let fixture = flow(&format!("  s: {{ title: S, next: q }}\n{QUESTION}{END}"));
        let walk = walk_of(&fixture, &["q=a"]);
        assert_eq!((keys(&walk), walk.end.clone()), (vec!["s", "q", "fim"], WalkEnd::Outcome));
        let walk = walk_of(&fixture, &[]);
        assert_eq!((keys(&walk), walk.end.clone()), (vec!["s", "q"], WalkEnd::Unanswered));
    }

    #[test]
    fn normalizes_values_set_by_options() {
        let fixture = Fixture::of_flow(
            "title: F\nowner: A\ninputs: { dia: { label: D, type: date, min: 2026-10-17 }, valor: { label: V, type: money } }\nnodes:\n  \
             q:\n    title: Q\n    options:\n      - { id: a, label: A, next: fim, set: { dia: 13/10/2026, valor: '1.234,50' } }\n  \
             fim: { title: Fim, result: resolved }\n",
        );
        let walk = walk_of(&fixture, &["q=a"]);
        let texts: Vec<_> = walk.values.values().map(|parsed| parsed.text.as_str()).collect();
        assert_eq!(texts, ["2026-10-13", "1234,5"]);
    }

    #[test]
    fn accepts_old_ids_of_passed_steps() {
        let fixture = flow(&format!("  s: {{ title: S, aliases: [velho], next: fim }}\n{END}"));
        let answers = [("velho".to_owned(), NodeAnswer::Passed)].into_iter().collect();
        let walk = walk(fixture.flow_set(), FlowId(0), &WalkState { answers, ..WalkState::default() });
        assert_eq!(keys(&walk), ["s", "fim"]);
    }

    #[test]
    fn ends_a_loop_where_it_closes() {
        let fixture = flow(&format!("{QUESTION}{END}"));
        let walk = walk_of(&fixture, &["q=b"]);
        assert_eq!((keys(&walk), walk.end.clone()), (vec!["q"], WalkEnd::Loop));
    }

    #[test]
    fn waits_for_inputs_and_reports_refusals() {
        let fixture = flow(&format!("  s: {{ title: S, ask: [valor], next: fim }}\n{END}"));
        let refused = |refusal| WalkEnd::RefusedInputs(vec![("valor".to_owned(), refusal)]);
        assert_eq!(walk_of(&fixture, &[]).end, refused(Refusal::Required));
        assert_eq!(walk_of(&fixture, &["valor:x"]).end, refused(Refusal::Format));
        assert_eq!(walk_of(&fixture, &["valor:1"]).end, WalkEnd::Outcome);
    }

    #[test]
    fn waits_at_steps_except_in_scenarios() {
        let fixture = flow(&format!("  s: {{ title: S, next: fim }}\n{END}"));
        let mut state = WalkState::default();
        assert_eq!(walk(fixture.flow_set(), FlowId(0), &state).end, WalkEnd::NotPassed);
        state.answers.insert("s".to_owned(), NodeAnswer::Passed);
        assert_eq!(walk(fixture.flow_set(), FlowId(0), &state).end, WalkEnd::Outcome);
    }

    #[test]
    fn takes_first_rule_that_holds() {
        let rules = "  b:\n    ask: [valor]\n    rules:\n      - { when: { valor: { gt: 500 } }, next: muito }\n      \
                     - { when: { valor: { gt: 100 } }, next: fim }\n  muito: { title: M, result: open }\n";
        let fixture = flow(&format!("{rules}{END}"));
        let ends = |typed: &str| walk_of(&fixture, &[&format!("valor:{typed}")]);
        assert_eq!(keys(&ends("R$ 1.000,00")), ["b", "muito"]);
        assert_eq!(keys(&ends("500")), ["b", "fim"]);
        assert_eq!(ends("100").end, WalkEnd::NoRule);
    }

    #[test]
    fn tests_values_set_by_options() {
        let text = "  q:\n    title: Q\n    options:\n      - { id: a, label: A, next: b, set: { valor: 600 } }\n      \
                    - { id: c, label: C, next: b }\n  b:\n    rules:\n      \
                    - { when: { valor: { gt: 500 }, q: { is: a } }, next: fim }\n      - { otherwise: outro }\n  \
                    outro: { title: O, result: open }\n";
        let fixture = flow(&format!("{text}{END}"));
        assert_eq!(keys(&walk_of(&fixture, &["q=a"])), ["q", "b", "fim"]);
        assert_eq!(keys(&walk_of(&fixture, &["q=c"])), ["q", "b", "outro"]);
    }

    #[test]
    fn leaves_by_the_first_of_several_options() {
        let fixture = flow(&format!("{}{END}", QUESTION.replace("options", "multiple: true\n    options")));
        assert_eq!(keys(&walk_of(&fixture, &["q=b,a"])), ["q", "fim"]);
        let single = flow(&format!("{QUESTION}{END}"));
        assert_eq!(walk_of(&single, &["q=b,a"]).end, WalkEnd::Loop);
    }

    fn caller(outcomes: &str) -> Fixture {
        let called = format!(
            "{ABOUT}nodes:\n  q:\n    title: Q\n    aliases: [velha]\n    options:\n      \
            - {{ id: a, label: A, next: achado }}\n      - {{ id: b, label: B, next: perdido }}\n  \
            achado: {{ title: A, result: resolved, aliases: [encontrado] }}\n  perdido: {{ title: P, result: open }}\n"
        );
        let calling = format!("{ABOUT}nodes:\n  c: {{ call: g.flow.yaml, outcomes: {{ {outcomes} }} }}\n{END}");
        Fixture::of(&[("f.flow.yaml", &calling), ("g.flow.yaml", &called)])
    }

    #[test]
    fn returns_from_a_called_flow() {
        let fixture = caller("encontrado: fim");
        for answer in ["c/q=a", "c/velha=a", "q=a"] {
            let walk = walk_of(&fixture, &[answer]);
            assert_eq!(keys(&walk), ["c", "c/q", "c/achado", "fim"], "{answer}");
            assert_eq!(walk.end, WalkEnd::Outcome);
        }
        assert_eq!(walk_of(&fixture, &["c/q=b"]).end, WalkEnd::NoTarget);
    }

    #[test]
    fn ends_mutually_recursive_calls() {
        let text = format!("{ABOUT}nodes:\n  c: {{ call: f.flow.yaml, outcomes: {{ fim: fim }} }}\n{END}");
        assert_eq!(walk_of(&Fixture::of_flow(&text), &[]).end, WalkEnd::NoTarget);
    }
}
