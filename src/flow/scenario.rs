//! Scenarios: their walks, and the expectations that a walk does not meet.

use super::FlowSet;
use super::record::{self, CopyText, copied_at};
use super::walk::{NodeAnswer, Walk, WalkEnd, WalkPosition, WalkState, walk};
use crate::site::flow::{FlowId, NodeId, NodeKind, Scenario};
use crate::source::Spanned;

/// Result of running a scenario.
#[derive(Clone, Debug)]
pub(crate) struct ScenarioResult {
    pub(crate) walk: Walk,
    /// Empty when the scenario passed.
    pub(crate) failures: Vec<FailedExpectation>,
}

/// One expectation that was not met. Indices refer to the scenario's own lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FailedExpectation {
    /// The walk ended at another outcome, or at none.
    WrongOutcome { wanted: NodeId },
    /// The copied text is different; `None` when no node offers that label.
    WrongCopy { index: usize, found: Option<CopyText> },
    /// The question is not on the path.
    UnusedAnswer { index: usize },
    /// The path does not pass this node, or passes it only before the preceding one.
    WrongPath { index: usize },
    /// The record is different; `None` when the outcome has none.
    WrongRecord { found: Option<String> },
}

impl ScenarioResult {
    pub(crate) fn has_passed(&self) -> bool {
        self.failures.is_empty()
    }
}

/// Runs a scenario. After a wrong outcome nothing else is compared, because the other differences are its effects.
pub(crate) fn run(flow_set: FlowSet<'_>, flow: FlowId, scenario: &Scenario) -> ScenarioResult {
    let state = state_of(scenario);
    let walk = walk(flow_set, flow, &state);
    let mut failures = Vec::new();
    if let Some(wanted) = flow_set.flow(flow).find_node(&scenario.outcome.value) {
        let is_there =
            walk.end == WalkEnd::Outcome && walk.current.as_ref().is_some_and(|position| position.node == wanted);
        if is_there {
            failures.extend(wrong_path(flow_set, scenario, &walk));
            failures.extend(wrong_copies(flow_set, scenario, &walk));
            failures.extend(wrong_record(flow_set, flow, scenario, &walk));
            failures.extend(unused_answers(flow_set, flow, scenario, &state, &walk));
        } else {
            failures.push(FailedExpectation::WrongOutcome { wanted });
        }
    }
    ScenarioResult { walk, failures }
}

/// Answers and inputs of a scenario, as the state of a walk.
pub(crate) fn state_of(scenario: &Scenario) -> WalkState {
    let ids = |ids: &[Spanned<String>]| ids.iter().map(|id| id.value.clone()).collect();
    let answers = scenario.answers.iter().map(|(key, options)| (key.value.clone(), NodeAnswer::Options(ids(options))));
    let inputs = scenario.inputs.iter().map(|(name, typed)| (name.value.clone(), typed.value.clone()));
    WalkState { answers: answers.collect(), inputs: inputs.collect(), is_scenario: true }
}

/// The copied text with this label: of the last node that offers it.
fn find_copied(flow_set: FlowSet<'_>, walk: &Walk, label: &str) -> Option<CopyText> {
    let positions: Vec<&WalkPosition> = walk.positions().collect();
    positions
        .into_iter()
        .rev()
        .flat_map(|position| copied_at(flow_set, walk, position))
        .find(|copied| copied.label == label)
}

fn wrong_copies(flow_set: FlowSet<'_>, scenario: &Scenario, walk: &Walk) -> Vec<FailedExpectation> {
    let failure = |(index, (label, expected)): (usize, &(Spanned<String>, Spanned<String>))| {
        let found = find_copied(flow_set, walk, &label.value);
        let is_right = found.as_ref().is_some_and(|found| found.text == expected.value);
        (!is_right).then_some(FailedExpectation::WrongCopy { index, found })
    };
    scenario.copied.iter().enumerate().filter_map(failure).collect()
}

/// The first node of the expected path that does not come after its predecessor.
fn wrong_path(flow_set: FlowSet<'_>, scenario: &Scenario, walk: &Walk) -> Option<FailedExpectation> {
    let mut positions = walk.positions();
    let is_missed = |wanted: &Spanned<String>| !positions.any(|position| position.is_called(&wanted.value, flow_set));
    scenario.path.iter().position(is_missed).map(|index| FailedExpectation::WrongPath { index })
}

/// Compares without leading and trailing white space.
fn wrong_record(flow_set: FlowSet<'_>, flow: FlowId, scenario: &Scenario, walk: &Walk) -> Option<FailedExpectation> {
    let expected = scenario.record.as_ref()?;
    let found = record::write(flow_set, flow, walk);
    let is_right = found.as_deref().is_some_and(|found| found == expected.value.trim());
    (!is_right).then_some(FailedExpectation::WrongRecord { found })
}

fn unused_answers(
    flow_set: FlowSet<'_>,
    flow: FlowId,
    scenario: &Scenario,
    state: &WalkState,
    walk: &Walk,
) -> Vec<FailedExpectation> {
    let is_question = |position: &&WalkPosition| matches!(position.resolve(flow_set).kind, NodeKind::Question { .. });
    let used: Vec<&str> =
        walk.positions().filter(is_question).filter_map(|position| state.find_key(position, flow_set, flow)).collect();
    let is_unused = |index: &usize| !used.contains(&scenario.answers[*index].0.value.as_str());
    (0..scenario.answers.len()).filter(is_unused).map(|index| FailedExpectation::UnusedAnswer { index }).collect()
}
