//! Every way through a flow, as far as its rules can tell ways apart: what is known of each name when a node is come to.
//!
//! A walk knows one value of a name; an exploration knows its [`Case`]. Two ways that come to a node with the same cases are the
//! same from there on, so the number of states is bounded by nodes and cases, not by paths. Where there are too many of them the
//! flow is left unexplored. Entry point: [`explore`].

use std::collections::{HashMap, HashSet, VecDeque};

use indexmap::IndexMap;

use super::Surroundings;
use super::asked::{Asked, AskedInputs};
use super::cases::{Case, case_of, cases_of_answers, cases_of_input, unanswered};
use super::input::set_reading;
use crate::config::Input;
use crate::content::condition::{Condition, Test};
use crate::site::flow::{Choice, Flow, FlowId, NodeId, Way};

/// States beyond which a flow is left unexplored.
const MOST_STATES: usize = 20_000;

/// The case of each name that nobody said anything of.
pub(crate) const UNANSWERED: u16 = 0;

/// What is known of each name: the index of its case.
pub(crate) type Known = Box<[u16]>;

/// Everything that a flow can be found to do.
#[derive(Debug)]
pub(crate) struct Exploration<'a> {
    pub(crate) names: Vec<ExploredName<'a>>,
    ledger: Ledger,
    pub(crate) visits: Vec<Visit>,
}

/// A name that the flow tests or uses.
#[derive(Debug)]
pub(crate) struct ExploredName<'a> {
    pub(crate) name: &'a str,
    /// Every test on it in the flow.
    tests: Vec<&'a Test>,
    /// First [`UNANSWERED`].
    pub(crate) cases: Vec<Case>,
    /// Cases that a reader can type, by index.
    typed: Vec<u16>,
    /// Of a question: its answers as the option that leads on and the case.
    answers: Vec<(usize, u16)>,
}

/// A node come to with something known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Visit {
    pub(crate) node: usize,
    /// When the node is come to.
    pub(crate) before: Known,
    /// When it has got what it asks for.
    pub(crate) after: Known,
    /// False where some way here may not exist.
    pub(crate) is_certain: bool,
}

/// Explores a flow. `used` are the inputs of which it matters whether they were asked for, beside those that rules test. `None`
/// where there is too much to explore.
pub(crate) fn explore<'a>(
    around: Surroundings<'a>,
    flow: FlowId,
    asked: &AskedInputs<'a>,
    used: &HashSet<&'a str>,
) -> Option<Exploration<'a>> {
    let names = draw_names(around, around.flow(flow), used)?;
    let mut explorer = Explorer {
        around,
        id: flow,
        flow: around.flow(flow),
        asked,
        ledger: Ledger::of(&names),
        names,
        seen: HashMap::new(),
        waiting: VecDeque::new(),
    };
    explorer.start();
    explorer.run()
}

fn draw_names<'a>(around: Surroundings<'a>, flow: &'a Flow, used: &HashSet<&'a str>) -> Option<Vec<ExploredName<'a>>> {
    let rules =
        flow.nodes.iter().filter_map(|node| if let Way::Branch { rules } = &node.way { Some(rules) } else { None });
    let conditions = rules.flatten().filter_map(|rule| rule.when.as_ref());
    let mut tests: IndexMap<&str, Vec<&Test>> = IndexMap::new();
    for test in conditions.flat_map(Condition::tests) {
        tests.entry(present_name(flow, &test.name.value)).or_default().push(test);
    }
    let mut used: Vec<&str> = used.iter().copied().collect();
    used.sort_unstable();
    for name in used {
        tests.entry(name).or_default();
    }
    tests.into_iter().map(|(name, tests)| draw_name(around, flow, name, tests)).collect()
}

/// An input's name, or the id that a question has now.
fn present_name<'a>(flow: &'a Flow, name: &'a str) -> &'a str {
    match flow.find_node(name) {
        Some(node) if flow.find_input(name).is_none() => &flow.node(node).id.value,
        _ => name,
    }
}

fn draw_name<'a>(
    around: Surroundings<'a>,
    flow: &'a Flow,
    name: &'a str,
    tests: Vec<&'a Test>,
) -> Option<ExploredName<'a>> {
    let mut drawn =
        ExploredName { name, cases: vec![unanswered(around, &tests)], tests, typed: Vec::new(), answers: Vec::new() };
    if let Some(input) = flow.find_input(name) {
        for case in cases_of_input(around, input, &drawn.tests)? {
            let index = drawn.add(case);
            drawn.typed.push(index);
        }
    } else if let Some(Way::Question { options, multiple }) = flow.find_node(name).map(|node| &flow.node(node).way) {
        for (first, case) in cases_of_answers(around, options, *multiple, &drawn.tests)? {
            let index = drawn.add(case);
            drawn.answers.push((first, index));
        }
    }
    Some(drawn)
}

impl ExploredName<'_> {
    fn add(&mut self, case: Case) -> u16 {
        self.cases.push(case);
        u16::try_from(self.cases.len() - 1).expect("cases are bounded")
    }

    /// The index of a case that no reader types.
    fn find_or_add(&mut self, case: Case) -> u16 {
        let known = self.cases[1..].iter().position(|known| known.outcomes == case.outcomes && known.is_certain);
        match known {
            Some(index) => u16::try_from(index + 1).expect("cases are bounded"),
            None => self.add(case),
        }
    }
}

impl Exploration<'_> {
    /// Whether a condition holds where this is known.
    pub(crate) fn holds(&self, condition: &Condition, known: &Known) -> bool {
        self.ledger.holds(&self.names, condition, known)
    }

    /// The index of a name.
    pub(crate) fn find_name(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|explored| explored.name == name)
    }

    /// A value of a name for which it is known so.
    pub(crate) fn shown(&self, name: usize, known: &Known) -> &str {
        &self.names[name].cases[usize::from(known[name])].shown
    }
}

/// Where each test is kept: by its address, its name and its place among the tests on it.
#[derive(Debug, Default)]
struct Ledger(HashMap<*const Test, (usize, usize)>);

impl Ledger {
    fn of(names: &[ExploredName<'_>]) -> Self {
        let places = |(name, explored): (usize, &ExploredName<'_>)| {
            let tests = explored.tests.iter().enumerate();
            tests.map(|(index, test)| (std::ptr::from_ref(*test), (name, index))).collect::<Vec<_>>()
        };
        Self(names.iter().enumerate().flat_map(places).collect())
    }

    fn holds(&self, names: &[ExploredName<'_>], condition: &Condition, known: &Known) -> bool {
        match condition {
            Condition::All(parts) => parts.iter().all(|part| self.holds(names, part, known)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(names, part, known)),
            Condition::Test(test) => {
                let place = self.0.get(&std::ptr::from_ref(test));
                place.is_some_and(|(name, index)| names[*name].cases[usize::from(known[*name])].outcomes[*index])
            }
        }
    }
}

struct Explorer<'a, 'e> {
    around: Surroundings<'a>,
    id: FlowId,
    flow: &'a Flow,
    asked: &'e AskedInputs<'a>,
    names: Vec<ExploredName<'a>>,
    ledger: Ledger,
    /// What was come to, with whether it certainly can be.
    seen: HashMap<(usize, Known), bool>,
    waiting: VecDeque<(usize, Known, bool)>,
}

impl<'a> Explorer<'a, '_> {
    /// In a flow that others call, whatever its callers ask for may be known.
    fn start(&mut self) {
        let Some(start) = self.flow.start else { return };
        let nothing: Known = vec![UNANSWERED; self.names.len()].into();
        let outside = self.asked.outside(self.id);
        let known_outside: Vec<usize> =
            (0..self.names.len()).filter(|name| outside.contains(self.names[*name].name)).collect();
        for (known, _) in self.with_typed(&nothing, &known_outside) {
            self.come_to(Some(start), known, known_outside.is_empty());
        }
        if !known_outside.is_empty() {
            self.come_to(Some(start), nothing, false);
        }
    }

    fn run(mut self) -> Option<Exploration<'a>> {
        let mut visits = Vec::new();
        while let Some((node, before, is_certain)) = self.waiting.pop_front() {
            let asked: Vec<usize> =
                self.flow.nodes[node].ask.iter().filter_map(|ask| self.find_name(&ask.value)).collect();
            for (after, is_sure) in self.with_typed(&before, &asked) {
                let is_certain = is_certain && is_sure;
                self.leave(node, &after, is_certain)?;
                visits.push(Visit { node, before: before.clone(), after, is_certain });
                if visits.len() > MOST_STATES {
                    return None;
                }
            }
        }
        Some(Exploration { names: self.names, ledger: self.ledger, visits })
    }

    fn find_name(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|explored| explored.name == name)
    }

    /// Every case of these inputs; one that is known on the way stays as it is.
    fn with_typed(&self, known: &Known, inputs: &[usize]) -> Vec<(Known, bool)> {
        let mut all = vec![(known.clone(), true)];
        for input in inputs.iter().copied().filter(|input| known[*input] == UNANSWERED) {
            let name = &self.names[input];
            let with = |(known, is_certain): &(Known, bool), case: u16| {
                let mut known = known.clone();
                known[input] = case;
                (known, *is_certain && name.cases[usize::from(case)].is_certain)
            };
            all = all.iter().flat_map(|state| name.typed.iter().map(move |case| with(state, *case))).collect();
            all.truncate(MOST_STATES + 1);
        }
        all
    }

    /// Comes to a node; what was come to before matters again only when it is certain now.
    fn come_to(&mut self, node: Option<NodeId>, known: Known, is_certain: bool) {
        let Some(node) = node else { return };
        let key = (node.0, known.clone());
        if self.seen.get(&key).is_some_and(|was_certain| *was_certain || !is_certain) {
            return;
        }
        self.seen.insert(key, is_certain);
        self.waiting.push_back((node.0, known, is_certain));
    }

    /// Goes on from a node in every way there is; `None` where that cannot be said.
    fn leave(&mut self, node: usize, known: &Known, is_certain: bool) -> Option<()> {
        match &self.flow.nodes[node].way {
            Way::Question { options, multiple } => self.choose(node, options, *multiple, known, is_certain)?,
            Way::Step { next } => self.come_to(*next, known.clone(), is_certain),
            Way::Branch { rules } => {
                let holds = |when: &Condition| self.ledger.holds(&self.names, when, known);
                let rule = rules.iter().find(|rule| rule.when.as_ref().is_none_or(holds));
                self.come_to(rule.and_then(|rule| rule.next), known.clone(), is_certain);
            }
            Way::Call { flow, outcomes } => {
                for outcome in outcomes {
                    for (known, is_sure) in self.after_call(*flow, &outcome.outcome.value, known) {
                        self.come_to(outcome.next, known, is_certain && is_sure);
                    }
                }
            }
            Way::Outcome { .. } | Way::Unknown => {}
        }
        Some(())
    }

    fn choose(
        &mut self,
        node: usize,
        options: &'a [Choice],
        multiple: bool,
        known: &Known,
        is_certain: bool,
    ) -> Option<()> {
        let question =
            self.find_name(&self.flow.nodes[node].id.value).filter(|name| !self.names[*name].answers.is_empty());
        let sets_tested = |option: &Choice| option.set.iter().any(|(name, _)| self.find_name(&name.value).is_some());
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
            self.come_to(options[option].next, known, is_certain);
        }
        Some(())
    }

    fn set(&mut self, option: &Choice, known: &mut Known) {
        for (name, constant) in &option.set {
            let (Some(index), Some(input)) = (self.find_name(&name.value), self.find_input(&name.value)) else {
                continue;
            };
            let reading = set_reading(input, &constant.value, self.around.zone());
            let case = case_of(self.around, &self.names[index].tests, &reading);
            known[index] = self.names[index].find_or_add(case);
        }
    }

    fn find_input(&self, name: &str) -> Option<&'a Input> {
        self.flow.find_input(name)
    }

    /// What may be known after a called flow ended so: what it asks for on every way is known, what it asks for on some may be.
    fn after_call(&self, called: Option<FlowId>, outcome: &str, known: &Known) -> Vec<(Known, bool)> {
        let Some(called) = called else { return vec![(known.clone(), false)] };
        let asked = |name: &usize| match known[*name] {
            UNANSWERED => self.asked.inside(self.around, called, outcome, self.names[*name].name),
            _ => Asked::Never,
        };
        let names_asked =
            |wanted: &[Asked]| (0..self.names.len()).filter(|name| wanted.contains(&asked(name))).collect::<Vec<_>>();
        let is_certain = names_asked(&[Asked::Perhaps, Asked::AndTested]).is_empty();
        let mut all = self.with_typed(known, &names_asked(&[Asked::Surely, Asked::Perhaps, Asked::AndTested]));
        if !names_asked(&[Asked::Perhaps]).is_empty() {
            all.extend(self.with_typed(known, &names_asked(&[Asked::Surely, Asked::AndTested])));
        }
        all.into_iter().map(|(known, is_sure)| (known, is_sure && is_certain)).collect()
    }
}
