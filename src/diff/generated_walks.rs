//! Generated walks of the old version, for comparison: at least one for each option and outcome that is found.
//!
//! Walks are extended breadth-first, in rounds. In the first round each node is left by every exit once, so that a
//! long
//! flow is walked to its end. Later rounds leave it more often, because earlier answers can matter there. Typed values
//! are samples on both sides of the constants of both versions. Entry point: [`generate_walks`].

use std::collections::{HashMap, HashSet, VecDeque};

use super::pair::FlowPair;
use crate::flow::FlowSet;
use crate::flow::input::read;
use crate::flow::sample_values::sample_values;
use crate::flow::walk::{NodeAnswer, Walk, WalkEnd, WalkPosition, WalkState, find_input, walk};
use crate::site::flow::{Flow, NodeKind};

/// Limit of walks in one round.
const MOST_WALKS: usize = 2000;

/// How often each node is left by every exit, by round.
const VISITS: [usize; 3] = [1, 6, 32];

/// Limit of values for one input.
const MOST_VALUES: usize = 48;

/// A walk of the old version that ended at an outcome.
pub(super) struct GeneratedWalk {
    pub(super) state: WalkState,
    pub(super) walk: Walk,
}

/// Names tested by the rules of these flows.
pub(super) fn tested_names<'a>(flows: impl Iterator<Item = &'a Flow>) -> HashSet<&'a str> {
    flows.flat_map(Flow::tests).map(|test| test.name.value.as_str()).collect()
}

/// Generates the walks of all rounds, without repetitions; in each round the shortest come first.
pub(super) fn generate_walks(pair: FlowPair<'_>, tested: &HashSet<&str>) -> Vec<GeneratedWalk> {
    let mut values = ValueCache { pair, tested, known: HashMap::new() };
    let mut walks: Vec<GeneratedWalk> = Vec::new();
    let mut seen = HashSet::new();
    for most_visits in VISITS {
        let (found, is_cut) = run_round(pair, &mut values, most_visits);
        walks.extend(found.into_iter().filter(|generated| seen.insert(sorted_answers(&generated.state))));
        if !is_cut {
            break;
        }
    }
    walks
}

/// Answers and inputs as sorted texts, to compare states.
fn sorted_answers(state: &WalkState) -> Vec<String> {
    let answers = state.answers.iter().map(|(key, answer)| format!("{key}={answer:?}"));
    let mut said: Vec<String> =
        answers.chain(state.inputs.iter().map(|(name, typed)| format!("{name}:{typed}"))).collect();
    said.sort_unstable();
    said
}

/// Runs one round; true when some walk was not extended.
fn run_round(pair: FlowPair<'_>, values: &mut ValueCache<'_>, most_visits: usize) -> (Vec<GeneratedWalk>, bool) {
    let flow_set = pair.versions.old.flow_set();
    let (mut walks, mut is_cut) = (Vec::new(), false);
    let mut visits: HashMap<String, usize> = HashMap::new();
    let mut waiting = VecDeque::from([WalkState { is_scenario: true, ..WalkState::default() }]);
    for _ in 0..MOST_WALKS {
        let Some(state) = waiting.pop_front() else { break };
        let walk = walk(flow_set, pair.old, &state);
        let Some(position) = walk.current.clone() else { break };
        if walk.end == WalkEnd::Outcome {
            walks.push(GeneratedWalk { state, walk });
            continue;
        }
        let visits = visits.entry(position.key.clone()).or_default();
        *visits += 1;
        if *visits <= most_visits {
            waiting.extend(extend_session(&state, &walk, &position, flow_set, values));
        } else {
            is_cut = true;
        }
    }
    (walks, is_cut || !waiting.is_empty())
}

/// Extends a walk by each option of the current question, or by each value of the first missing input.
fn extend_session(
    state: &WalkState,
    walk: &Walk,
    position: &WalkPosition,
    flow_set: FlowSet<'_>,
    values: &mut ValueCache<'_>,
) -> Vec<WalkState> {
    match (&walk.end, &position.resolve(flow_set).kind) {
        (WalkEnd::Unanswered, NodeKind::Question { options, .. }) if !state.answers.contains_key(&position.key) => {
            let answered = |id: &String| {
                let mut state = state.clone();
                state.answers.insert(position.key.clone(), NodeAnswer::Options(vec![id.clone()]));
                state
            };
            options.iter().map(|option| answered(&option.id.value)).collect()
        }
        (WalkEnd::RefusedInputs(refused), _) => {
            let Some((name, _)) = refused.iter().find(|(name, _)| !state.inputs.contains_key(name)) else {
                return Vec::new();
            };
            let typed = |text: &String| {
                let mut state = state.clone();
                state.inputs.insert(name.clone(), text.clone());
                state
            };
            values.of(position, name).iter().map(typed).collect()
        }
        _ => Vec::new(),
    }
}

/// Cache of the values to type, by input.
struct ValueCache<'a> {
    pair: FlowPair<'a>,
    tested: &'a HashSet<&'a str>,
    known: HashMap<(usize, String), Vec<String>>,
}

impl ValueCache<'_> {
    fn of(&mut self, position: &WalkPosition, name: &str) -> &[String] {
        let (pair, tested) = (self.pair, self.tested);
        self.known
            .entry((position.flow.0, name.to_owned()))
            .or_insert_with(|| values_to_type(pair, tested, position, name))
    }
}

/// One value when no rule tests the input; otherwise samples around the constants of both versions.
fn values_to_type(pair: FlowPair<'_>, tested: &HashSet<&str>, position: &WalkPosition, name: &str) -> Vec<String> {
    let (before, after) = (pair.versions.old.flow_set(), pair.versions.new.flow_set());
    let Some(input) = find_input(before, position.flow, pair.old, name) else { return Vec::new() };
    let new_place = pair.matching.new_flow(position.flow).unwrap_or(pair.new);
    let now = find_input(after, new_place, pair.new, name).map(|input| sample_values(after, input)).unwrap_or_default();
    let mut values: Vec<String> = sample_values(before, input).into_iter().chain(now).collect();
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
