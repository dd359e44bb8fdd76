//! Exploration of a flow's state space: which values each name can have at each node.
//!
//! A walk knows the value of a name; an abstract state knows its [`ValueClass`]. Two paths that reach a node in the
//! same
//! abstract state continue alike. The number of states is bounded by nodes and classes, not by paths. A flow with too
//! many states is left unexplored. Entry point: [`explore`].

use std::collections::{HashMap, HashSet, VecDeque};

use indexmap::IndexMap;

use super::FlowSet;
use super::assigned_inputs::{AssignedInputs, Assignment};
use super::condition::PreparedTest;
use super::graph::Graph;
use super::input::{ValueKind, parse_set_constant};
use super::value_classes::{ValueClass, answer_classes, class_of, input_classes, prepare, unanswered_class};
use crate::config::Input;
use crate::content::condition::{Condition, Test};
use crate::site::flow::{AnswerOption, Flow, FlowId, Node, NodeId, NodeKind};

/// Limit of states for one flow.
const MOST_STATES: usize = 20_000;

/// Class of a name that has no value.
pub(crate) const UNANSWERED: u16 = 0;

/// A value whose class is not decided: no test needed it yet, or no test needs it any more.
const UNDECIDED: u16 = u16::MAX;

/// For each tracked name, the index of its class.
pub(crate) type AbstractState = Box<[u16]>;

/// All reached states of a flow.
#[derive(Debug)]
pub(crate) struct StateSpace<'a> {
    pub(crate) names: Vec<TrackedName<'a>>,
    ledger: TestIndex,
    pub(crate) states: Vec<ReachedState>,
}

/// A name that rules test or that the flow uses.
#[derive(Debug)]
pub(crate) struct TrackedName<'a> {
    pub(crate) name: &'a str,
    /// All tests of the name in the flow.
    tests: Vec<PreparedTest<'a>>,
    /// The first one is [`UNANSWERED`].
    pub(crate) classes: Vec<ValueClass>,
    /// Indices of classes that a user can type.
    typed: Vec<u16>,
    /// For a question: the option that decides the target, and the class of the answer.
    answers: Vec<(usize, u16)>,
}

/// A node with the values known on arrival.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ReachedState {
    pub(crate) node: usize,
    /// On arrival.
    pub(crate) before: AbstractState,
    /// After the node's inputs were typed; at a branch every tested name has a class.
    pub(crate) after: AbstractState,
    /// False when the path to this state may not exist.
    pub(crate) is_certain: bool,
}

/// Explores a flow. `used` are inputs to track in addition to those that rules test. Returns `None` when there are too
/// many states.
pub(crate) fn explore<'a>(
    flow_set: FlowSet<'a>,
    flow: FlowId,
    assigned: &AssignedInputs<'a>,
    used: &HashSet<&'a str>,
) -> Option<StateSpace<'a>> {
    let names = track_names(flow_set, flow_set.flow(flow), used)?;
    let graph = Graph::of(flow_set.flow(flow));
    let tested = branches_testing(flow_set.flow(flow), &names);
    let mut explorer = Explorer {
        flow_set,
        id: flow,
        flow: flow_set.flow(flow),
        assigned,
        ledger: TestIndex::of(&names),
        is_tested_from: tested.iter().map(|nodes| graph.nodes_reaching(nodes.iter().copied())).collect(),
        tested,
        names,
        seen: HashMap::new(),
        pending: VecDeque::new(),
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
    tests.into_iter().map(|(name, tests)| track_name(flow_set, flow, name, &tests)).collect()
}

/// For each name, the branches that test it.
fn branches_testing(flow: &Flow, names: &[TrackedName<'_>]) -> Vec<Vec<usize>> {
    let tests = |node: &Node, name: &TrackedName<'_>| {
        node.tests().any(|test| current_name(flow, &test.name.value) == name.name)
    };
    let branches = |name| (0..flow.nodes.len()).filter(|node| tests(&flow.nodes[*node], name)).collect();
    names.iter().map(branches).collect()
}

/// The name of an input, or the current id of a question.
fn current_name<'a>(flow: &'a Flow, name: &'a str) -> &'a str {
    match flow.find_node(name) {
        Some(node) if flow.find_input(name).is_none() => &flow.node(node).id.value,
        _ => name,
    }
}

fn track_name<'a>(flow_set: FlowSet<'a>, flow: &'a Flow, name: &'a str, tests: &[&'a Test]) -> Option<TrackedName<'a>> {
    let kind = flow.find_input(name).map_or(ValueKind::Answer, |input| ValueKind::Input(input.kind));
    let tests = prepare(flow_set, tests, kind);
    let mut tracked =
        TrackedName { name, classes: vec![unanswered_class(&tests)], tests, typed: Vec::new(), answers: Vec::new() };
    if let Some(input) = flow.find_input(name) {
        for class in input_classes(flow_set, input, &tracked.tests)? {
            let index = tracked.add(class);
            tracked.typed.push(index);
        }
    } else if let Some(NodeKind::Question { options, multiple }) =
        flow.find_node(name).map(|node| &flow.node(node).kind)
    {
        for (first, class) in answer_classes(options, *multiple, &tracked.tests)? {
            let index = tracked.add(class);
            tracked.answers.push((first, index));
        }
    }
    Some(tracked)
}

impl TrackedName<'_> {
    fn add(&mut self, class: ValueClass) -> u16 {
        self.classes.push(class);
        u16::try_from(self.classes.len() - 1).expect("classes are bounded")
    }

    /// Index of a class that no user can type.
    fn find_or_add(&mut self, class: ValueClass) -> u16 {
        let known = self.classes[1..].iter().position(|known| known.outcomes == class.outcomes && known.is_certain);
        match known {
            Some(index) => u16::try_from(index + 1).expect("classes are bounded"),
            None => self.add(class),
        }
    }
}

impl StateSpace<'_> {
    /// Evaluates a condition in a state.
    pub(crate) fn holds(&self, condition: &Condition, known: &AbstractState) -> bool {
        self.ledger.holds(&self.names, condition, known)
    }

    /// Index of a tracked name.
    pub(crate) fn find_name(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|explored| explored.name == name)
    }

    /// A sample value of a name in a state.
    pub(crate) fn shown(&self, name: usize, known: &AbstractState) -> &str {
        self.names[name].classes.get(usize::from(known[name])).map_or("", |class| &class.shown)
    }
}

/// Finds a test by its address: index of its name, and index among the tests of that name.
#[derive(Debug, Default)]
struct TestIndex(HashMap<*const Test, (usize, usize)>);

impl TestIndex {
    fn of(names: &[TrackedName<'_>]) -> Self {
        let positions = |(name, explored): (usize, &TrackedName<'_>)| {
            let tests = explored.tests.iter().enumerate();
            tests.map(|(index, test)| (std::ptr::from_ref(test.test), (name, index))).collect::<Vec<_>>()
        };
        Self(names.iter().enumerate().flat_map(positions).collect())
    }

    fn holds(&self, names: &[TrackedName<'_>], condition: &Condition, known: &AbstractState) -> bool {
        match condition {
            Condition::All(parts) => parts.iter().all(|part| self.holds(names, part, known)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(names, part, known)),
            Condition::Test(test) => {
                let position = self.0.get(&std::ptr::from_ref(test));
                let class = |name: usize| names[name].classes.get(usize::from(known[name]));
                position.is_some_and(|(name, index)| class(*name).is_some_and(|class| class.outcomes.contains(*index)))
            }
        }
    }
}

struct Explorer<'a, 'e> {
    flow_set: FlowSet<'a>,
    id: FlowId,
    flow: &'a Flow,
    assigned: &'e AssignedInputs<'a>,
    names: Vec<TrackedName<'a>>,
    ledger: TestIndex,
    /// For each name, the branches that test it.
    tested: Vec<Vec<usize>>,
    /// For each name and node: a branch reachable from the node tests the name.
    is_tested_from: Vec<Vec<bool>>,
    /// Reached states, with whether each certainly exists.
    seen: HashMap<(usize, AbstractState), bool>,
    pending: VecDeque<(usize, AbstractState, bool)>,
}

impl<'a> Explorer<'a, '_> {
    /// Adds the start. In a called flow, inputs that its callers assign may already have a value.
    fn start(&mut self) {
        let Some(start) = self.flow.start else { return };
        let nothing: AbstractState = vec![UNANSWERED; self.names.len()].into();
        let outside = self.assigned.outside(self.id);
        let known_outside: Vec<usize> =
            (0..self.names.len()).filter(|name| outside.contains(self.names[*name].name)).collect();
        let is_certain = known_outside.is_empty();
        self.enqueue(Some(start), mark_undecided(&nothing, &known_outside), is_certain);
        self.enqueue(Some(start), nothing, is_certain);
    }

    fn run(mut self) -> Option<StateSpace<'a>> {
        let mut states = Vec::new();
        while let Some((node, before, is_certain)) = self.pending.pop_front() {
            let asked: Vec<usize> =
                self.flow.nodes[node].ask.iter().filter_map(|ask| self.find_name(&ask.value)).collect();
            for (after, is_sure) in self.split_by_class(node, &mark_undecided(&before, &asked))? {
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

    /// Splits a state by the classes of every undecided name that the branch tests; `None` when there are too many.
    fn split_by_class(&self, node: usize, known: &AbstractState) -> Option<Vec<(AbstractState, bool)>> {
        let mut all = vec![(known.clone(), true)];
        let is_open = |name: &usize| known[*name] == UNDECIDED && self.tested[*name].contains(&node);
        for input in (0..self.names.len()).filter(is_open) {
            let name = &self.names[input];
            if all.len() * name.typed.len() > MOST_STATES {
                return None;
            }
            let with = |(known, is_certain): &(AbstractState, bool), class: u16| {
                let mut known = known.clone();
                known[input] = class;
                (known, *is_certain && name.classes[usize::from(class)].is_certain)
            };
            all = all.iter().flat_map(|state| name.typed.iter().map(move |class| with(state, *class))).collect();
        }
        Some(all)
    }

    /// Adds a state unless it is known. A known state is added again only when it became certain. The class of a name
    /// that no reachable branch tests is dropped.
    fn enqueue(&mut self, node: Option<NodeId>, mut known: AbstractState, is_certain: bool) {
        let Some(node) = node else { return };
        for (name, class) in known.iter_mut().enumerate().filter(|(_, class)| **class != UNANSWERED) {
            *class = if self.is_tested_from[name][node.0] { *class } else { UNDECIDED };
        }
        let key = (node.0, known.clone());
        if self.seen.get(&key).is_some_and(|was_certain| *was_certain || !is_certain) {
            return;
        }
        self.seen.insert(key, is_certain);
        self.pending.push_back((node.0, known, is_certain));
    }

    /// Adds the successors of a state; `None` when they cannot be computed.
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
                    let (with_all, with_definite, is_sure) = self.after_call(*flow, &outcome.outcome.value, known);
                    self.enqueue(outcome.next, with_all, is_certain && is_sure);
                    self.enqueue(outcome.next, with_definite, is_certain && is_sure);
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
        for (option, class) in answers {
            let mut known = known.clone();
            if let Some(name) = question {
                known[name] = class;
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
            let parsed = parse_set_constant(input, &constant.value, self.flow_set.zone());
            let class = class_of(&self.names[index].tests, &parsed);
            known[index] = self.names[index].find_or_add(class);
        }
    }

    fn find_input(&self, name: &str) -> Option<&'a Input> {
        self.flow.find_input(name)
    }

    /// States after a called flow ended at an outcome: with every possible assignment, and with only the definite
    /// ones;
    /// and whether both certainly exist.
    fn after_call(
        &self,
        called: Option<FlowId>,
        outcome: &str,
        known: &AbstractState,
    ) -> (AbstractState, AbstractState, bool) {
        let Some(called) = called else { return (known.clone(), known.clone(), false) };
        let asked = |name: usize| match known[name] {
            UNANSWERED => self.assigned.inside(self.flow_set, called, outcome, self.names[name].name),
            _ => Assignment::Never,
        };
        let is_decided_by_callee =
            |name: usize| asked(name) == Assignment::DefiniteAndTested && !self.tested[name].is_empty();
        let names = 0..self.names.len();
        let possible: Vec<usize> = names.clone().filter(|name| asked(*name) == Assignment::Possible).collect();
        let definite: Vec<usize> = names
            .clone()
            .filter(|name| matches!(asked(*name), Assignment::Definite | Assignment::DefiniteAndTested))
            .collect();
        let is_certain = possible.is_empty() && !names.into_iter().any(is_decided_by_callee);
        let with_definite = mark_undecided(known, &definite);
        (mark_undecided(&with_definite, &possible), with_definite, is_certain)
    }
}

/// Marks these names as assigned, with an undecided class. A name that has a class keeps it.
fn mark_undecided(known: &AbstractState, names: &[usize]) -> AbstractState {
    let mut known = known.clone();
    for name in names {
        known[*name] = if known[*name] == UNANSWERED { UNDECIDED } else { known[*name] };
    }
    known
}
