//! Random walks: random answers and values, the outcome of each walk, and where a walk was stuck.
//!
//! The same flow and the same seed give the same walks.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::FlowSet;
use super::sample_values::sample_values;
use super::walk::{NodeAnswer, Walk, WalkEnd, WalkPosition, WalkState, find_input, walk};
use crate::site::flow::{FlowId, NodeId, NodeKind};

/// Times a walk may return to an earlier node before it counts as an endless loop.
const MOST_LOOPS: usize = 100;

/// Results of many walks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RandomWalkCounts {
    /// Number of walks that ended at each outcome.
    pub(crate) outcomes: IndexMap<NodeId, usize>,
    /// Number of stuck walks, by the key of the node and the reason.
    pub(crate) stuck: IndexMap<(String, StuckReason), usize>,
}

/// Why a walk could not go on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum StuckReason {
    /// No rule holds.
    NoRule,
    /// The walk returned to earlier nodes more than `MOST_LOOPS` times.
    EndlessLoop,
    /// The target does not exist, or the question has no options.
    NoTarget,
    /// The input with this name has no known value: it has no example.
    NoValue(String),
}

/// Makes `count` random walks through a flow.
pub(crate) fn random_walks(flow_set: FlowSet<'_>, flow: FlowId, count: usize, seed: u64) -> RandomWalkCounts {
    let mut walker = RandomWalker::new(flow_set, flow, seed);
    let mut counts = RandomWalkCounts::default();
    for _ in 0..count {
        match walker.walk_once() {
            Ok((_, outcome)) => *counts.outcomes.entry(outcome).or_default() += 1,
            Err(trap) => *counts.stuck.entry(trap).or_default() += 1,
        }
    }
    counts
}

/// Removes the answers and inputs since the node to which a walk returned, so that it can be left by another option.
pub(crate) fn clear_loop(flow_set: FlowSet<'_>, state: &mut WalkState, walk: &Walk) {
    let Some(key) = walk.current.as_ref().map(|position| &position.key) else { return };
    for step in walk.path.iter().skip_while(|step| step.position.key != *key) {
        state.answers.shift_remove(&step.position.key);
        for name in &step.position.resolve(flow_set).ask {
            state.inputs.shift_remove(&name.value);
        }
    }
}

/// Generator of random walks.
pub(crate) struct RandomWalker<'a> {
    flow_set: FlowSet<'a>,
    flow: FlowId,
    random: Random,
    /// Values to type, by the flow that asks and the input's name.
    values: HashMap<(FlowId, String), Vec<String>>,
}

impl<'a> RandomWalker<'a> {
    pub(crate) fn new(flow_set: FlowSet<'a>, flow: FlowId, seed: u64) -> Self {
        Self { flow_set, flow, random: Random(seed), values: HashMap::new() }
    }

    /// Walks until an outcome; returns the answers and inputs with it.
    pub(crate) fn walk_once(&mut self) -> Result<(WalkState, NodeId), (String, StuckReason)> {
        let mut state = WalkState { is_scenario: true, ..WalkState::default() };
        let mut loops = 0;
        loop {
            let walk = walk(self.flow_set, self.flow, &state);
            let Some(position) = walk.current.clone() else { return Err((String::new(), StuckReason::NoTarget)) };
            let said = match &walk.end {
                WalkEnd::Outcome => return Ok((state, position.node)),
                WalkEnd::Unanswered => self.answer(&position, &mut state),
                WalkEnd::RefusedInputs(refused) => {
                    refused.iter().try_for_each(|(name, _)| self.fill(&position, name, &mut state))
                }
                WalkEnd::Loop if loops < MOST_LOOPS => {
                    loops += 1;
                    clear_loop(self.flow_set, &mut state, &walk);
                    Ok(())
                }
                WalkEnd::NoRule => Err(StuckReason::NoRule),
                WalkEnd::Loop | WalkEnd::TooLong => Err(StuckReason::EndlessLoop),
                WalkEnd::NoTarget | WalkEnd::NotPassed => Err(StuckReason::NoTarget),
            };
            said.map_err(|trap| (position.key, trap))?;
        }
    }

    fn answer(&mut self, position: &WalkPosition, state: &mut WalkState) -> Result<(), StuckReason> {
        let NodeKind::Question { options, multiple } = &position.resolve(self.flow_set).kind else {
            return Err(StuckReason::NoTarget);
        };
        let first = self.random.below(options.len()).ok_or(StuckReason::NoTarget)?;
        let is_chosen = |index: usize, random: &mut Random| index == first || (*multiple && random.below(2) == Some(0));
        let chosen = (0..options.len()).filter(|index| is_chosen(*index, &mut self.random));
        let ids = chosen.map(|index| options[index].id.value.clone()).collect();
        // An existing answer that leads nowhere would be replaced forever.
        match state.answers.insert(position.key.clone(), NodeAnswer::Options(ids)) {
            None => Ok(()),
            Some(_) => Err(StuckReason::NoTarget),
        }
    }

    fn fill(&mut self, position: &WalkPosition, name: &str, state: &mut WalkState) -> Result<(), StuckReason> {
        let values = self.values.entry((position.flow, name.to_owned())).or_insert_with(|| {
            find_input(self.flow_set, position.flow, self.flow, name)
                .map(|input| sample_values(self.flow_set, input))
                .unwrap_or_default()
        });
        let index = self.random.below(values.len()).ok_or_else(|| StuckReason::NoValue(name.to_owned()))?;
        state.inputs.insert(name.to_owned(), values[index].clone());
        Ok(())
    }
}

/// `SplitMix64` (Steele, Lea and Flood, 2014): small, and the same on every platform.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A random number below `count`; `None` when `count` is 0.
    fn below(&mut self, count: usize) -> Option<usize> {
        let count = u64::try_from(count).ok().filter(|count| *count > 0)?;
        usize::try_from(self.next() % count).ok()
    }

    /// A random number below `count`, which must not be 0.
    #[cfg(test)]
    pub(crate) fn index(&mut self, count: usize) -> usize {
        self.below(count).expect("there is something to choose from")
    }

    /// True with a probability of one in `one_in`.
    #[cfg(test)]
    pub(crate) fn chance(&mut self, one_in: usize) -> bool {
        self.index(one_in) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::fixture::Fixture;

    fn counts(nodes: &str) -> RandomWalkCounts {
        let text = format!(
            "title: F\ninputs:\n  v: {{ label: V, type: money }}\n  c: {{ label: C, type: text, pattern: 'K[0-9]' }}\nnodes:\n{nodes}"
        );
        random_walks(Fixture::of_flow(&text).flow_set(), FlowId(0), 200, 7)
    }

    #[test]
    fn reaches_every_outcome_and_leaves_loops() {
        let counts = counts(
            "  a:\n    title: A\n    options:\n      - { id: v, label: V, next: a }\n      - { id: x, label: X, next: b }\n  \
             b:\n    ask: [v]\n    rules:\n      - { when: { v: { gt: 500 } }, next: muito }\n      - { otherwise: pouco }\n  \
             muito: { title: M, result: open }\n  pouco: { title: P, result: resolved }\n",
        );
        assert_eq!(counts.outcomes.len(), 2, "{counts:?}");
        assert_eq!(counts.outcomes.values().sum::<usize>(), 200);
        assert!(counts.stuck.is_empty(), "{counts:?}");
    }

    #[test]
    fn reports_where_walks_are_stuck() {
        let gap = counts(
            "  b:\n    ask: [v]\n    rules:\n      - { when: { v: { gt: 500 } }, next: f }\n  f: { title: F, result: open }\n",
        );
        assert!(gap.stuck.contains_key(&("b".to_owned(), StuckReason::NoRule)), "{gap:?}");
        let round = counts("  a: { title: A, next: b }\n  b: { title: B, next: a }\n");
        assert_eq!(round.stuck[&("a".to_owned(), StuckReason::EndlessLoop)], 200);
        let mute = counts("  a: { title: A, ask: [c], next: f }\n  f: { title: F, result: open }\n");
        assert_eq!(mute.stuck[&("a".to_owned(), StuckReason::NoValue("c".to_owned()))], 200);
    }

    #[test]
    fn repeats_walks_of_the_same_seed() {
        let nodes = "  a:\n    title: A\n    options:\n      - { id: x, label: X, next: f }\n      - { id: y, label: Y, next: g }\n  \
                     f: { title: F, result: open }\n  g: { title: G, result: open }\n";
        assert_eq!(counts(nodes), counts(nodes));
    }
}
