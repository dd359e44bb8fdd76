//! Answers to try on two versions of a flow: for each option and each outcome of the old one, some walk that comes to it.
//!
//! Walks are tried from the shortest on, in rounds. In the first a place is left by all its ways the first time that a walk comes
//! to it, so that a long flow is tried to its end; in those that follow it is left so more often, since what was said before may
//! matter there. What is typed are the values that the rules of either version can tell apart, as far as `flow::random_walk` knows
//! them. Entry point: [`find_trials`].

use std::collections::{HashMap, HashSet, VecDeque};

use super::flows::FlowPair;
use crate::flow::FlowSet;
use crate::flow::input::read;
use crate::flow::samples::values_of;
use crate::flow::walk::{Answer, End, NodeRef, State, Walk, find_input, walk};
use crate::site::flow::{Flow, NodeKind};

/// Walks after which a round ends.
const MOST_WALKS: usize = 2000;

/// Times that one place is left by all its ways, by round.
const VISITS: [usize; 3] = [1, 6, 32];

/// Values of one input that are tried.
const MOST_VALUES: usize = 48;

/// A walk of the old version that ended at an outcome.
pub(super) struct Trial {
    pub(super) state: State,
    pub(super) walk: Walk,
}

/// The names that rules of either version test.
pub(super) fn tested_names<'a>(flows: impl Iterator<Item = &'a Flow>) -> HashSet<&'a str> {
    flows.flat_map(Flow::tests).map(|test| test.name.value.as_str()).collect()
}

/// Walks of the old version, each once; those of a round the shortest first.
pub(super) fn find_trials(pair: FlowPair<'_>, tested: &HashSet<&str>) -> Vec<Trial> {
    let mut values = Values { pair, tested, known: HashMap::new() };
    let mut trials: Vec<Trial> = Vec::new();
    let mut seen = HashSet::new();
    for most_visits in VISITS {
        let (found, is_cut) = try_round(pair, &mut values, most_visits);
        trials.extend(found.into_iter().filter(|trial| seen.insert(said_in(&trial.state))));
        if !is_cut {
            break;
        }
    }
    trials
}

/// Everything that was said, whatever the order.
fn said_in(state: &State) -> Vec<String> {
    let answers = state.answers.iter().map(|(key, answer)| format!("{key}={answer:?}"));
    let mut said: Vec<String> =
        answers.chain(state.inputs.iter().map(|(name, typed)| format!("{name}:{typed}"))).collect();
    said.sort_unstable();
    said
}

/// One round, and whether some walk was left where it stood.
fn try_round(pair: FlowPair<'_>, values: &mut Values<'_>, most_visits: usize) -> (Vec<Trial>, bool) {
    let flow_set = pair.versions.old.flow_set();
    let (mut trials, mut is_cut) = (Vec::new(), false);
    let mut visits: HashMap<String, usize> = HashMap::new();
    let mut waiting = VecDeque::from([State { is_scenario: true, ..State::default() }]);
    for _ in 0..MOST_WALKS {
        let Some(state) = waiting.pop_front() else { break };
        let walk = walk(flow_set, pair.old, &state);
        let Some(place) = walk.current.clone() else { break };
        if walk.end == End::Outcome {
            trials.push(Trial { state, walk });
            continue;
        }
        let visits = visits.entry(place.key.clone()).or_default();
        *visits += 1;
        if *visits <= most_visits {
            waiting.extend(onward(&state, &walk, &place, flow_set, values));
        } else {
            is_cut = true;
        }
    }
    (trials, is_cut || !waiting.is_empty())
}

/// What can be said where a walk waits: each option of a question, each value of the first input that is missing.
fn onward(state: &State, walk: &Walk, place: &NodeRef, flow_set: FlowSet<'_>, values: &mut Values<'_>) -> Vec<State> {
    match (&walk.end, &place.in_flows(flow_set).kind) {
        (End::Unanswered, NodeKind::Question { options, .. }) if !state.answers.contains_key(&place.key) => {
            let answered = |id: &String| {
                let mut state = state.clone();
                state.answers.insert(place.key.clone(), Answer::Options(vec![id.clone()]));
                state
            };
            options.iter().map(|option| answered(&option.id.value)).collect()
        }
        (End::Inputs(refused), _) => {
            let Some((name, _)) = refused.iter().find(|(name, _)| !state.inputs.contains_key(name)) else {
                return Vec::new();
            };
            let typed = |text: &String| {
                let mut state = state.clone();
                state.inputs.insert(name.clone(), text.clone());
                state
            };
            values.of(place, name).iter().map(typed).collect()
        }
        _ => Vec::new(),
    }
}

/// What is typed, by input.
struct Values<'a> {
    pair: FlowPair<'a>,
    tested: &'a HashSet<&'a str>,
    known: HashMap<(usize, String), Vec<String>>,
}

impl Values<'_> {
    fn of(&mut self, place: &NodeRef, name: &str) -> &[String] {
        let (pair, tested) = (self.pair, self.tested);
        self.known.entry((place.flow.0, name.to_owned())).or_insert_with(|| draw(pair, tested, place, name))
    }
}

/// One value where no rule tells values apart; else a few of each side of what the rules of both versions compare with.
fn draw(pair: FlowPair<'_>, tested: &HashSet<&str>, place: &NodeRef, name: &str) -> Vec<String> {
    let (before, after) = (pair.versions.old.flow_set(), pair.versions.new.flow_set());
    let Some(input) = find_input(before, place.flow, pair.old, name) else { return Vec::new() };
    let new_place = pair.pairs.new_flow(place.flow).unwrap_or(pair.new);
    let now = find_input(after, new_place, pair.new, name).map(|input| values_of(after, input)).unwrap_or_default();
    let mut values: Vec<String> = values_of(before, input).into_iter().chain(now).collect();
    values.retain(|text| read(input, text, before.zone()).is_ok());
    values.sort_unstable();
    values.dedup();
    if tested.contains(name) {
        let step = values.len().div_ceil(MOST_VALUES).max(1);
        return values.into_iter().step_by(step).collect();
    }
    let example = input.example.as_ref().map(|example| example.value.clone());
    let first = example.filter(|example| values.contains(example)).or_else(|| values.into_iter().next());
    first.into_iter().collect()
}
