//! Every way through a flow, as far as its rules can tell ways apart: what is known of each name when a node is come to.
//!
//! A walk knows one value of a name; an exploration knows its [`ValueClass`]. Two ways that come to a node with the same cases are the
//! same from there on, so the number of states is bounded by nodes and cases, not by paths. Where there are too many of them the
//! flow is left unexplored. Entry point: [`explore`].

use std::collections::{HashMap, HashSet, VecDeque};

use indexmap::IndexMap;

use super::FlowSet;
use super::assigned_inputs::{AssignedInputs, Assignment};
use super::graph::Graph;
use super::input::set_reading;
use super::value_classes::{ValueClass, answer_classes, class_of, input_classes, unanswered_class};
use crate::config::Input;
use crate::content::condition::{Condition, Test};
use crate::site::flow::{AnswerOption, Flow, FlowId, Node, NodeId, NodeKind};

/// States beyond which a flow is left unexplored.
const MOST_STATES: usize = 20_000;

/// The case of each name that nobody said anything of.
pub(crate) const UNANSWERED: u16 = 0;

/// In position of a case: something was typed or answered, and no test told yet what, or none will ask any more.
const UNDECIDED: u16 = u16::MAX;

/// What is known of each name: the index of its case.
pub(crate) type AbstractState = Box<[u16]>;

/// Everything that a flow can be found to do.
#[derive(Debug)]
pub(crate) struct StateSpace<'a> {
    pub(crate) names: Vec<TrackedName<'a>>,
    ledger: TestIndex,
    pub(crate) states: Vec<ReachedState>,
}

/// A name that the flow tests or uses.
#[derive(Debug)]
pub(crate) struct TrackedName<'a> {
    pub(crate) name: &'a str,
    /// Every test on it in the flow.
    tests: Vec<&'a Test>,
    /// First [`UNANSWERED`].
    pub(crate) cases: Vec<ValueClass>,
    /// Cases that a reader can type, by index.
    typed: Vec<u16>,
    /// Of a question: its answers as the option that leads on and the case.
    answers: Vec<(usize, u16)>,
}

/// A node come to with something known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ReachedState {
    pub(crate) node: usize,
    /// When the node is come to.
    pub(crate) before: AbstractState,
    /// When it has got what it asks for; at a branch, with a case for each name that it tests.
    pub(crate) after: AbstractState,
    /// False where some way here may not exist.
    pub(crate) is_certain: bool,
}

/// Explores a flow. `used` are the inputs of which it matters whether they were asked for, beside those that rules test. `None`
/// where there is too much to explore.
pub(crate) fn explore<'a>(
    flow_set: FlowSet<'a>,
    flow: FlowId,
    asked: &AssignedInputs<'a>,
    used: &HashSet<&'a str>,
) -> Option<StateSpace<'a>> {
    let names = track_names(flow_set, flow_set.flow(flow), used)?;
    let graph = Graph::of(flow_set.flow(flow));
    let tested = branches_testing(flow_set.flow(flow), &names);
    let mut explorer = Explorer {
        flow_set,
        id: flow,
        flow: flow_set.flow(flow),
        asked,
        ledger: TestIndex::of(&names),
        is_tested_from: tested.iter().map(|nodes| graph.nodes_reaching(nodes.iter().copied())).collect(),
        tested,
        names,
        seen: HashMap::new(),
        waiting: VecDeque::new(),
    };
    explorer.start();
    explorer.run()
}

fn track_names<'a>(flow_set: FlowSet<'a>, flow: &'a Flow, used: &HashSet<&'a str>) -> Option<Vec<TrackedName<'a>>> {
    let mut tests: IndexMap<&str, Vec<&Test>> = IndexMap::new();
    for test in flow.tests() {
        tests.entry(current_name(flow, &test.name.value)).or_default().push(test);
    }
    let mut used: Vec<&str> = used.iter().copied().collect();
    used.sort_unstable();
    for name in used {
        tests.entry(name).or_default();
    }
    tests.into_iter().map(|(name, tests)| track_name(flow_set, flow, name, tests)).collect()
}

/// By name, the branches that test it.
fn branches_testing(flow: &Flow, names: &[TrackedName<'_>]) -> Vec<Vec<usize>> {
    let tests = |node: &Node, name: &TrackedName<'_>| {
        node.tests().any(|test| current_name(flow, &test.name.value) == name.name)
    };
    let branches = |name| (0..flow.nodes.len()).filter(|node| tests(&flow.nodes[*node], name)).collect();
    names.iter().map(branches).collect()
}

/// An input's name, or the id that a question has now.
fn current_name<'a>(flow: &'a Flow, name: &'a str) -> &'a str {
    match flow.find_node(name) {
        Some(node) if flow.find_input(name).is_none() => &flow.node(node).id.value,
        _ => name,
    }
}

fn track_name<'a>(
    flow_set: FlowSet<'a>,
    flow: &'a Flow,
    name: &'a str,
    tests: Vec<&'a Test>,
) -> Option<TrackedName<'a>> {
    let mut drawn = TrackedName {
        name,
        cases: vec![unanswered_class(flow_set, &tests)],
        tests,
        typed: Vec::new(),
        answers: Vec::new(),
    };
    if let Some(input) = flow.find_input(name) {
        for case in input_classes(flow_set, input, &drawn.tests)? {
            let index = drawn.add(case);
            drawn.typed.push(index);
        }
    } else if let Some(NodeKind::Question { options, multiple }) =
        flow.find_node(name).map(|node| &flow.node(node).kind)
    {
        for (first, case) in answer_classes(flow_set, options, *multiple, &drawn.tests)? {
            let index = drawn.add(case);
            drawn.answers.push((first, index));
        }
    }
    Some(drawn)
}

impl TrackedName<'_> {
    fn add(&mut self, case: ValueClass) -> u16 {
        self.cases.push(case);
        u16::try_from(self.cases.len() - 1).expect("cases are bounded")
    }

    /// The index of a case that no reader types.
    fn find_or_add(&mut self, case: ValueClass) -> u16 {
        let known = self.cases[1..].iter().position(|known| known.outcomes == case.outcomes && known.is_certain);
        match known {
            Some(index) => u16::try_from(index + 1).expect("cases are bounded"),
            None => self.add(case),
        }
    }
}

impl StateSpace<'_> {
    /// Whether a condition holds where this is known.
    pub(crate) fn holds(&self, condition: &Condition, known: &AbstractState) -> bool {
        self.ledger.holds(&self.names, condition, known)
    }

    /// The index of a name.
    pub(crate) fn find_name(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|explored| explored.name == name)
    }

    /// A value of a name for which it is known so.
    pub(crate) fn shown(&self, name: usize, known: &AbstractState) -> &str {
        self.names[name].cases.get(usize::from(known[name])).map_or("", |case| &case.shown)
    }
}

/// Where each test is kept: by its address, its name and its position among the tests on it.
#[derive(Debug, Default)]
struct TestIndex(HashMap<*const Test, (usize, usize)>);

impl TestIndex {
    fn of(names: &[TrackedName<'_>]) -> Self {
        let positions = |(name, explored): (usize, &TrackedName<'_>)| {
            let tests = explored.tests.iter().enumerate();
            tests.map(|(index, test)| (std::ptr::from_ref(*test), (name, index))).collect::<Vec<_>>()
        };
        Self(names.iter().enumerate().flat_map(positions).collect())
    }

    fn holds(&self, names: &[TrackedName<'_>], condition: &Condition, known: &AbstractState) -> bool {
        match condition {
            Condition::All(parts) => parts.iter().all(|part| self.holds(names, part, known)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(names, part, known)),
            Condition::Test(test) => {
                let position = self.0.get(&std::ptr::from_ref(test));
                let case = |name: usize| names[name].cases.get(usize::from(known[name]));
                position.is_some_and(|(name, index)| case(*name).is_some_and(|case| case.outcomes[*index]))
            }
        }
    }
}

struct Explorer<'a, 'e> {
    flow_set: FlowSet<'a>,
    id: FlowId,
    flow: &'a Flow,
    asked: &'e AssignedInputs<'a>,
    names: Vec<TrackedName<'a>>,
    ledger: TestIndex,
    /// By name, the branches that test it.
    tested: Vec<Vec<usize>>,
    /// By name and node: some branch from there on tests it.
    is_tested_from: Vec<Vec<bool>>,
    /// What was come to, with whether it certainly can be.
    seen: HashMap<(usize, AbstractState), bool>,
    waiting: VecDeque<(usize, AbstractState, bool)>,
}

impl<'a> Explorer<'a, '_> {
    /// In a flow that others call, whatever its callers ask for may be known.
    fn start(&mut self) {
        let Some(start) = self.flow.start else { return };
        let nothing: AbstractState = vec![UNANSWERED; self.names.len()].into();
        let outside = self.asked.outside(self.id);
        let known_outside: Vec<usize> =
            (0..self.names.len()).filter(|name| outside.contains(self.names[*name].name)).collect();
        let is_certain = known_outside.is_empty();
        self.enqueue(Some(start), mark_undecided(&nothing, &known_outside), is_certain);
        self.enqueue(Some(start), nothing, is_certain);
    }

    fn run(mut self) -> Option<StateSpace<'a>> {
        let mut states = Vec::new();
        while let Some((node, before, is_certain)) = self.waiting.pop_front() {
            let asked: Vec<usize> =
                self.flow.nodes[node].ask.iter().filter_map(|ask| self.find_name(&ask.value)).collect();
            for (after, is_sure) in self.with_cases(node, &mark_undecided(&before, &asked))? {
                let is_certain = is_certain && is_sure;
                self.expand(node, &after, is_certain)?;
                states.push(ReachedState { node, before: before.clone(), after, is_certain });
                if states.len() > MOST_STATES {
                    return None;
                }
            }
        }
        Some(StateSpace { names: self.names, ledger: self.ledger, states })
    }

    fn find_name(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|explored| explored.name == name)
    }

    /// Every case of what a branch tests and nobody told yet; `None` where there are too many.
    fn with_cases(&self, node: usize, known: &AbstractState) -> Option<Vec<(AbstractState, bool)>> {
        let mut all = vec![(known.clone(), true)];
        let is_open = |name: &usize| known[*name] == UNDECIDED && self.tested[*name].contains(&node);
        for input in (0..self.names.len()).filter(is_open) {
            let name = &self.names[input];
            if all.len() * name.typed.len() > MOST_STATES {
                return None;
            }
            let with = |(known, is_certain): &(AbstractState, bool), case: u16| {
                let mut known = known.clone();
                known[input] = case;
                (known, *is_certain && name.cases[usize::from(case)].is_certain)
            };
            all = all.iter().flat_map(|state| name.typed.iter().map(move |case| with(state, *case))).collect();
        }
        Some(all)
    }

    /// Comes to a node; what was come to before matters again only when it is certain now. Of what no branch from there on
    /// tests it matters only that it is known.
    fn enqueue(&mut self, node: Option<NodeId>, mut known: AbstractState, is_certain: bool) {
        let Some(node) = node else { return };
        for (name, case) in known.iter_mut().enumerate().filter(|(_, case)| **case != UNANSWERED) {
            *case = if self.is_tested_from[name][node.0] { *case } else { UNDECIDED };
        }
        let key = (node.0, known.clone());
        if self.seen.get(&key).is_some_and(|was_certain| *was_certain || !is_certain) {
            return;
        }
        self.seen.insert(key, is_certain);
        self.waiting.push_back((node.0, known, is_certain));
    }

    /// Goes on from a node in every way there is; `None` where that cannot be said.
    fn expand(&mut self, node: usize, known: &AbstractState, is_certain: bool) -> Option<()> {
        match &self.flow.nodes[node].kind {
            NodeKind::Question { options, multiple } => self.choose(node, options, *multiple, known, is_certain)?,
            NodeKind::Step { next } => self.enqueue(*next, known.clone(), is_certain),
            NodeKind::Branch { rules } => {
                let holds = |when: &Condition| self.ledger.holds(&self.names, when, known);
                let rule = rules.iter().find(|rule| rule.when.as_ref().is_none_or(holds));
                self.enqueue(rule.and_then(|rule| rule.next), known.clone(), is_certain);
            }
            NodeKind::Call { flow, outcomes } => {
                for outcome in outcomes {
                    let (with_all, with_sure, is_sure) = self.after_call(*flow, &outcome.outcome.value, known);
                    self.enqueue(outcome.next, with_all, is_certain && is_sure);
                    self.enqueue(outcome.next, with_sure, is_certain && is_sure);
                }
            }
            NodeKind::Outcome { .. } | NodeKind::Unknown => {}
        }
        Some(())
    }

    fn choose(
        &mut self,
        node: usize,
        options: &'a [AnswerOption],
        multiple: bool,
        known: &AbstractState,
        is_certain: bool,
    ) -> Option<()> {
        let question =
            self.find_name(&self.flow.nodes[node].id.value).filter(|name| !self.names[*name].answers.is_empty());
        let sets_tested =
            |option: &AnswerOption| option.set.iter().any(|(name, _)| self.find_name(&name.value).is_some());
        if multiple && options.iter().any(sets_tested) {
            return None;
        }
        let answers = match question {
            Some(name) => self.names[name].answers.clone(),
            None => (0..options.len()).map(|option| (option, UNANSWERED)).collect(),
        };
        for (option, case) in answers {
            let mut known = known.clone();
            if let Some(name) = question {
                known[name] = case;
            }
            self.set(&options[option], &mut known);
            self.enqueue(options[option].next, known, is_certain);
        }
        Some(())
    }

    fn set(&mut self, option: &AnswerOption, known: &mut AbstractState) {
        for (name, constant) in &option.set {
            let (Some(index), Some(input)) = (self.find_name(&name.value), self.find_input(&name.value)) else {
                continue;
            };
            let parsed = set_reading(input, &constant.value, self.flow_set.zone());
            let case = class_of(self.flow_set, &self.names[index].tests, &parsed);
            known[index] = self.names[index].find_or_add(case);
        }
    }

    fn find_input(&self, name: &str) -> Option<&'a Input> {
        self.flow.find_input(name)
    }

    /// What may be known after a called flow ended so, with everything that it may have asked for and with what it surely did;
    /// and whether that is certain.
    fn after_call(
        &self,
        called: Option<FlowId>,
        outcome: &str,
        known: &AbstractState,
    ) -> (AbstractState, AbstractState, bool) {
        let Some(called) = called else { return (known.clone(), known.clone(), false) };
        let asked = |name: usize| match known[name] {
            UNANSWERED => self.asked.inside(self.flow_set, called, outcome, self.names[name].name),
            _ => Assignment::Never,
        };
        let is_told = |name: usize| asked(name) == Assignment::DefiniteAndTested && !self.tested[name].is_empty();
        let names = 0..self.names.len();
        let perhaps: Vec<usize> = names.clone().filter(|name| asked(*name) == Assignment::Possible).collect();
        let surely: Vec<usize> = names
            .clone()
            .filter(|name| matches!(asked(*name), Assignment::Definite | Assignment::DefiniteAndTested))
            .collect();
        let is_certain = perhaps.is_empty() && !names.into_iter().any(is_told);
        let with_sure = mark_undecided(known, &surely);
        (mark_undecided(&with_sure, &perhaps), with_sure, is_certain)
    }
}

/// The same, with something typed for these names; one that is known on the way stays as it is.
fn mark_undecided(known: &AbstractState, names: &[usize]) -> AbstractState {
    let mut known = known.clone();
    for name in names {
        known[*name] = if known[*name] == UNANSWERED { UNDECIDED } else { known[*name] };
    }
    known
}
