//! A flow and what was answered → how far the walk goes.
//!
//! The same rules as the browser's walker: a node is passed once, a loop ends where it closes, answers off the path are left
//! alone, and of what was typed only what the path asked for is known. Entry point: [`walk`].

use std::collections::HashSet;

use indexmap::IndexMap;

use super::FlowSet;
use super::condition::{Bindings, holds};
use super::input::{ParsedValue, Refusal, read, set_reading};
use crate::config::{Calendar, Input};
use crate::site::flow::{AnswerOption, CallOutcome, Flow, FlowId, Node, NodeId, NodeKind};

/// Calls inside calls deeper than any editor could follow: step_indices flows that call each other.
const DEEPEST_CALL: usize = 20;

/// More nodes than any walk by hand: step_indices flows whose calls multiply.
const LONGEST_WALK: usize = 100_000;

/// Everything that was said to a flow.
#[derive(Clone, Debug, Default)]
pub(crate) struct WalkState {
    /// By node key, `node` or `call/node`.
    pub(crate) answers: IndexMap<String, NodeAnswer>,
    /// As typed, by name.
    pub(crate) inputs: IndexMap<String, String>,
    /// Passes steps and forms by itself, and takes the bare id of a called flow's question for its key: scenarios do.
    pub(crate) is_scenario: bool,
}

/// What was said at one node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NodeAnswer {
    /// Ids of options.
    Options(Vec<String>),
    /// A step or a form that was passed.
    Passed,
}

/// A node on the way, in the flow or in one that it calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WalkPosition {
    /// `node`, or `call/node` in a called flow.
    pub(crate) key: String,
    /// How much of the key names the calls that lead here.
    prefix: usize,
    pub(crate) flow: FlowId,
    pub(crate) node: NodeId,
    /// 0 in the flow that is walked.
    pub(crate) depth: usize,
}

impl WalkPosition {
    /// The calls that lead here: empty, or `call/`.
    pub(crate) fn prefix(&self) -> &str {
        &self.key[..self.prefix]
    }

    /// True of its key and, in a called flow, of its bare id; old ids count.
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

/// A node left behind, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathStep {
    pub(crate) position: WalkPosition,
    pub(crate) exit: Exit,
}

/// How a node was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// By options, as indices in the order of the question; the first leads on. With the ids as they were given.
    Options { chosen: Vec<usize>, given: Vec<String> },
    /// By this rule of a branch.
    Rule(usize),
    /// Into a called flow, out of one, or on from a step.
    Next,
}

/// How far a walk went.
#[derive(Clone, Debug)]
pub(crate) struct Walk {
    /// The nodes left behind, in order.
    pub(crate) path: Vec<PathStep>,
    /// Where it stands; `None` in a flow without nodes.
    pub(crate) current: Option<WalkPosition>,
    pub(crate) end: WalkEnd,
    /// What is known, by input.
    pub(crate) values: IndexMap<String, ParsedValue>,
}

/// Why a walk goes no further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WalkEnd {
    /// At an outcome of the flow.
    Outcome,
    /// The current node waits for inputs that are missing or refused.
    RefusedInputs(Vec<(String, Refusal)>),
    /// The current question has no answer, or none that exists.
    Unanswered,
    /// The current step, form or outcome of a called flow was not passed yet.
    NotPassed,
    /// No rule of the current branch holds.
    NoRule,
    /// The current node was passed before.
    Loop,
    /// What comes next does not exist, or a call is deeper than any can be.
    NoTarget,
    /// Longer than any walk by hand.
    TooLong,
}

/// Follows a flow from its start to the first node that cannot be left.
pub(crate) fn walk(flow_set: FlowSet<'_>, flow: FlowId, state: &WalkState) -> Walk {
    let start = flow_set.flow(flow).start.map(|node| place_in(flow_set, flow, node, "", 0));
    let walk = Walk { path: Vec::new(), current: None, end: WalkEnd::NoTarget, values: IndexMap::new() };
    let mut walker = Walker { flow_set, flow, state, walk, calls: Vec::new() };
    walker.follow(start);
    walker.walk
}

fn place_in(flow_set: FlowSet<'_>, flow: FlowId, node: NodeId, prefix: &str, depth: usize) -> WalkPosition {
    let id = &flow_set.flow(flow).node(node).id.value;
    WalkPosition { key: format!("{prefix}{id}"), prefix: prefix.len(), flow, node, depth }
}

struct Walker<'a> {
    flow_set: FlowSet<'a>,
    flow: FlowId,
    state: &'a WalkState,
    walk: Walk,
    /// The calls the walk is inside of.
    calls: Vec<WalkPosition>,
}

/// A node to go to, and how the current one is left.
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
            NodeKind::Step { next } => Ok((Exit::Next, self.beside(position, *next))),
            NodeKind::Branch { rules } => {
                let names = self.walk.bindings(self.flow_set, position);
                let rule = rules.iter().position(|rule| rule.when.as_ref().is_none_or(|when| holds(when, &names)));
                let rule = rule.ok_or(WalkEnd::NoRule)?;
                Ok((Exit::Rule(rule), self.beside(position, rules[rule].next)))
            }
            NodeKind::Call { flow, .. } => Ok((Exit::Next, self.enter(position, *flow))),
            NodeKind::Outcome { .. } => Ok((Exit::Next, self.come_back(node))),
            NodeKind::Unknown => Err(WalkEnd::NoTarget),
        }
    }

    /// Reads what the node asks for; an input nobody declared was reported and is not waited for.
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

    /// The first chosen option leads on; every one sets its inputs.
    fn choose(&mut self, position: &WalkPosition, options: &'a [AnswerOption], multiple: bool) -> NextStep {
        let Some(NodeAnswer::Options(given)) = self.answer_to(position) else { return Err(WalkEnd::Unanswered) };
        let wanted = if multiple { given.as_slice() } else { &given[..given.len().min(1)] };
        let is_chosen = |option: &AnswerOption| wanted.contains(&option.id.value);
        let chosen: Vec<usize> = (0..options.len()).filter(|index| is_chosen(&options[*index])).collect();
        let first = *chosen.first().ok_or(WalkEnd::Unanswered)?;
        for index in &chosen {
            self.set(position, &options[*index]);
        }
        let left = Exit::Options { chosen, given: given.clone() };
        Ok((left, self.beside(position, options[first].next)))
    }

    fn set(&mut self, position: &WalkPosition, option: &AnswerOption) {
        for (name, constant) in &option.set {
            if let Some(input) = find_input(self.flow_set, position.flow, self.flow, &name.value) {
                let parsed = set_reading(input, &constant.value, self.flow_set.zone());
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

    /// Another node of the flow where `position` stands.
    fn beside(&self, position: &WalkPosition, node: Option<NodeId>) -> Option<WalkPosition> {
        Some(place_in(self.flow_set, position.flow, node?, position.prefix(), position.depth))
    }

    fn enter(&mut self, position: &WalkPosition, flow: Option<FlowId>) -> Option<WalkPosition> {
        let flow = flow.filter(|_| position.depth < DEEPEST_CALL)?;
        let start = self.flow_set.flow(flow).start?;
        self.calls.push(position.clone());
        Some(place_in(self.flow_set, flow, start, &format!("{}/", position.key), position.depth + 1))
    }

    /// From a called flow's outcome to the node its caller maps it to.
    fn come_back(&mut self, outcome: &Node) -> Option<WalkPosition> {
        let call = self.calls.pop()?;
        let NodeKind::Call { outcomes, .. } = &call.resolve(self.flow_set).kind else { return None };
        let next = find_mapping(outcomes, outcome)?.next;
        self.beside(&call, next)
    }
}

/// Whether a node waits for the reader. A called flow's outcome does so only when it brings something to do.
pub(crate) fn is_stop(position: &WalkPosition, node: &Node) -> bool {
    match node.kind {
        NodeKind::Question { .. } | NodeKind::Step { .. } => true,
        NodeKind::Outcome { .. } if node.ask.is_empty() => {
            position.depth == 0 || !(node.copy.is_empty() && node.links.is_empty() && node.checklist.is_empty())
        }
        _ => !node.ask.is_empty(),
    }
}

/// Where a caller goes on after an outcome of the flow it called; old ids of the outcome count.
pub(crate) fn find_mapping<'a>(outcomes: &'a [CallOutcome], outcome: &Node) -> Option<&'a CallOutcome> {
    let is_it = |id: &str| outcome.id.value == id || outcome.aliases.iter().any(|alias| alias.value == id);
    outcomes.iter().find(|mapping| is_it(&mapping.outcome.value))
}

/// An input of the flow that asks, or of the one that is walked.
pub(crate) fn find_input<'a>(flow_set: FlowSet<'a>, asking: FlowId, walked: FlowId, name: &str) -> Option<&'a Input> {
    [asking, walked].into_iter().find_map(|flow| flow_set.flow(flow).find_input(name))
}

impl WalkState {
    /// Finds the key under which a node was answered: its own, one it had before, or in a scenario its bare id, as long as
    /// the flow that is walked has no node of that id.
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
    /// What conditions and templates of the flow at `position` may name.
    pub(crate) fn bindings<'a>(&'a self, flow_set: FlowSet<'a>, position: &'a WalkPosition) -> WalkBindings<'a> {
        WalkBindings { walk: self, flow_set, position }
    }

    /// The nodes passed and the one where it stands, in order.
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

/// What is known at a position: inputs on the path, the site's `values`, and answers by the id of their question.
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

    fn walk_of(fixture: &Fixture, said: &[&str]) -> Walk {
        walk(fixture.flow_set(), FlowId(0), &state(said))
    }

    /// The keys passed, then the one where the walk stands.
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
    fn what_an_option_sets_is_in_its_normal_form() {
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
    fn a_step_passed_under_its_old_id_was_passed() {
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
    fn waits_for_inputs_and_says_why_they_are_refused() {
        let fixture = flow(&format!("  s: {{ title: S, ask: [valor], next: fim }}\n{END}"));
        let refused = |refusal| WalkEnd::RefusedInputs(vec![("valor".to_owned(), refusal)]);
        assert_eq!(walk_of(&fixture, &[]).end, refused(Refusal::Required));
        assert_eq!(walk_of(&fixture, &["valor:x"]).end, refused(Refusal::Format));
        assert_eq!(walk_of(&fixture, &["valor:1"]).end, WalkEnd::Outcome);
    }

    #[test]
    fn waits_for_the_reader_at_steps_unless_it_is_a_scenario() {
        let fixture = flow(&format!("  s: {{ title: S, next: fim }}\n{END}"));
        let mut state = WalkState::default();
        assert_eq!(walk(fixture.flow_set(), FlowId(0), &state).end, WalkEnd::NotPassed);
        state.answers.insert("s".to_owned(), NodeAnswer::Passed);
        assert_eq!(walk(fixture.flow_set(), FlowId(0), &state).end, WalkEnd::Outcome);
    }

    #[test]
    fn takes_the_first_rule_that_holds_and_stops_without_one() {
        let rules = "  b:\n    ask: [valor]\n    rules:\n      - { when: { valor: { gt: 500 } }, next: muito }\n      \
                     - { when: { valor: { gt: 100 } }, next: fim }\n  muito: { title: M, result: open }\n";
        let fixture = flow(&format!("{rules}{END}"));
        let ends = |typed: &str| walk_of(&fixture, &[&format!("valor:{typed}")]);
        assert_eq!(keys(&ends("R$ 1.000,00")), ["b", "muito"]);
        assert_eq!(keys(&ends("500")), ["b", "fim"]);
        assert_eq!(ends("100").end, WalkEnd::NoRule);
    }

    #[test]
    fn an_option_sets_inputs_and_rules_see_answers() {
        let text = "  q:\n    title: Q\n    options:\n      - { id: a, label: A, next: b, set: { valor: 600 } }\n      \
                    - { id: c, label: C, next: b }\n  b:\n    rules:\n      \
                    - { when: { valor: { gt: 500 }, q: { is: a } }, next: fim }\n      - { otherwise: outro }\n  \
                    outro: { title: O, result: open }\n";
        let fixture = flow(&format!("{text}{END}"));
        assert_eq!(keys(&walk_of(&fixture, &["q=a"])), ["q", "b", "fim"]);
        assert_eq!(keys(&walk_of(&fixture, &["q=c"])), ["q", "b", "outro"]);
    }

    #[test]
    fn of_several_answers_the_first_option_leads_on() {
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
    fn comes_back_from_a_called_flow_to_where_its_outcome_leads() {
        let fixture = caller("encontrado: fim");
        for answer in ["c/q=a", "c/velha=a", "q=a"] {
            let walk = walk_of(&fixture, &[answer]);
            assert_eq!(keys(&walk), ["c", "c/q", "c/achado", "fim"], "{answer}");
            assert_eq!(walk.end, WalkEnd::Outcome);
        }
        assert_eq!(walk_of(&fixture, &["c/q=b"]).end, WalkEnd::NoTarget);
    }

    #[test]
    fn flows_that_call_each_other_come_to_an_end() {
        let text = format!("{ABOUT}nodes:\n  c: {{ call: f.flow.yaml, outcomes: {{ fim: fim }} }}\n{END}");
        assert_eq!(walk_of(&Fixture::of_flow(&text), &[]).end, WalkEnd::NoTarget);
    }
}
