//! Changes of behaviour: walks and scenarios that end differently with the same answers.
//!
//! Nodes are matched by id or old id, options by id or else by label. Walks with the same difference are reported
//! once,
//! with the answers of the shortest.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::generated_walks::{GeneratedWalk, generate_walks, tested_names};
use super::kind::{self, ChangeKind};
use super::pair::{FlowPair, find_option};
use super::{Change, Version, Versions};
use crate::diagnostic::Text;
use crate::flow::input::Refusal;
use crate::flow::scenario::state_of;
use crate::flow::walk::{Exit, NodeAnswer, PathStep, Walk, WalkEnd, WalkPosition, WalkState, find_input, walk};
use crate::site::flow::{FlowId, NodeId, NodeKind, Scenario};

/// Changes of walks, then of scenarios.
pub(super) fn compare(pair: FlowPair<'_>) -> Vec<Change> {
    let mut changes = compare_walks(pair);
    changes.extend(compare_scenarios(pair));
    changes
}

/// The difference between two walks; walks with the same difference are reported together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct WalkDifference {
    kind: DifferenceKind,
    /// The old outcome; `None` when walks to different outcomes are reported together.
    old: Option<NodeId>,
    new: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum DifferenceKind {
    Elsewhere,
    AskedMore,
    AnswerRemoved,
    Stopped,
}

fn compare_walks(pair: FlowPair<'_>) -> Vec<Change> {
    let Versions { old: before, new: after, language } = pair.versions;
    let tested = tested_names(before.site.flows.iter().chain(&after.site.flows));
    let mut differences: IndexMap<WalkDifference, (GeneratedWalk, String, usize)> = IndexMap::new();
    for generated in generate_walks(pair, &tested) {
        let state = translate(pair, &generated.state, &generated.walk);
        let walk = walk(after.flow_set(), pair.new, &state);
        if let Some((difference, old)) = find_difference(pair, &generated.walk, &state, &walk) {
            differences.entry(difference).or_insert((generated, old, 0)).2 += 1;
        }
    }
    let to_change = |(difference, (generated, old, count)): (WalkDifference, (GeneratedWalk, String, usize))| {
        let kind = match difference.kind {
            DifferenceKind::Elsewhere => ChangeKind::OtherOutcome,
            DifferenceKind::AskedMore => ChangeKind::NeedsAnswer,
            DifferenceKind::AnswerRemoved => ChangeKind::AnswerRemoved,
            DifferenceKind::Stopped => ChangeKind::Stops,
        };
        let answers = write_answers(pair, &generated, &tested);
        let answers = match count - 1 {
            0 => answers,
            1 => kind::and_another(answers).in_language(language).to_owned(),
            others => kind::and_others(answers, others).in_language(language).to_owned(),
        };
        Change::new(kind).item(answers).old(old).new_text(difference.new)
    };
    differences.into_iter().map(to_change).collect()
}

/// Compares the ends of two walks; the text is the name of the old outcome. `None` when they are the same.
fn find_difference(pair: FlowPair<'_>, old: &Walk, state: &WalkState, new: &Walk) -> Option<(WalkDifference, String)> {
    let after = pair.versions.new;
    let was = outcome_of(old)?;
    if let Some(now) = outcome_of(new) {
        let (old, new) = pair.name_targets(Some(was), Some(now));
        let is_same = pair.is_same_target(Some(was), Some(now));
        return (!is_same).then_some((WalkDifference { kind: DifferenceKind::Elsewhere, old: Some(was), new }, old));
    }
    let position = new.current.as_ref()?;
    let (old, _) = pair.name_targets(Some(was), None);
    let here = after.name_of(position.flow, position.node);
    let difference = match &new.end {
        WalkEnd::Unanswered if is_answered(after, pair.new, state, new) => {
            WalkDifference { kind: DifferenceKind::AnswerRemoved, old: Some(was), new: here }
        }
        WalkEnd::Unanswered => WalkDifference { kind: DifferenceKind::AskedMore, old: None, new: here },
        WalkEnd::RefusedInputs(refused) => {
            let (name, refusal) = refused.first()?;
            let input = find_input(after.flow_set(), position.flow, pair.new, name);
            let kind = if *refusal == Refusal::Required { DifferenceKind::AskedMore } else { DifferenceKind::Stopped };
            WalkDifference { kind, old: None, new: input.map_or_else(|| name.clone(), |input| input.label.clone()) }
        }
        _ => WalkDifference { kind: DifferenceKind::Stopped, old: Some(was), new: here },
    };
    Some((difference, old))
}

/// True when the current question has an answer, which is then an option that does not exist.
fn is_answered(version: Version<'_>, flow: FlowId, state: &WalkState, walk: &Walk) -> bool {
    walk.current.as_ref().is_some_and(|position| state.find_key(position, version.flow_set(), flow).is_some())
}

fn outcome_of(walk: &Walk) -> Option<NodeId> {
    walk.current.as_ref().filter(|_| walk.end == WalkEnd::Outcome).map(|position| position.node)
}

/// The same answers with the ids that nodes and options have in the new version.
fn translate(pair: FlowPair<'_>, state: &WalkState, walk: &Walk) -> WalkState {
    let mut state = state.clone();
    let mut keys: HashMap<&str, String> = HashMap::new();
    for step in &walk.path {
        let key = new_key(pair, step, &keys);
        if let Some(said) = find_key(&state, step) {
            let ids = translate_answer(pair, step).map(NodeAnswer::Options);
            if let Some(answer) = ids.or_else(|| state.answers.get(&said).cloned()) {
                state.answers.shift_remove(&said);
                state.answers.insert(key.clone(), answer);
            }
        }
        keys.insert(&step.position.key, key);
    }
    state
}

/// Key of a node in the new version, after the keys of its calls.
fn new_key(pair: FlowPair<'_>, step: &PathStep, keys: &HashMap<&str, String>) -> String {
    let Versions { old: before, new: after, .. } = pair.versions;
    let WalkPosition { flow, node, .. } = step.position;
    let now = pair.matching.new_node(before.site, after.site, flow, node).zip(pair.matching.new_flow(flow));
    let id = now.map_or(&step.position.resolve(before.flow_set()).id, |(node, flow)| &after.flow(flow).node(node).id);
    let prefix = step.position.prefix().trim_end_matches('/');
    keys.get(prefix).map_or_else(|| id.value.clone(), |call| format!("{call}/{}", id.value))
}

/// Key of the answer at a step: the whole key, or in a scenario the bare id.
fn find_key(state: &WalkState, step: &PathStep) -> Option<String> {
    let key = &step.position.key;
    let bare = &key[step.position.prefix().len()..];
    [key.as_str(), bare].into_iter().find(|key| state.answers.contains_key(*key)).map(str::to_owned)
}

fn translate_answer(pair: FlowPair<'_>, step: &PathStep) -> Option<Vec<String>> {
    let Versions { old: before, new: after, .. } = pair.versions;
    let Exit::Options { given, .. } = &step.exit else { return None };
    let node = pair.matching.new_node(before.site, after.site, step.position.flow, step.position.node)?;
    let flow = pair.matching.new_flow(step.position.flow)?;
    let old = step.position.resolve(before.flow_set());
    let (NodeKind::Question { options, .. }, NodeKind::Question { options: now, .. }) =
        (&old.kind, &after.flow(flow).node(node).kind)
    else {
        return None;
    };
    let new_id = |id: &String| {
        let option = options.iter().find(|option| option.id.value == *id)?;
        Some(find_option(option, options, now)?.id.value.clone())
    };
    Some(given.iter().map(|id| new_id(id).unwrap_or_else(|| id.clone())).collect())
}

/// Labels of the answers in the old version, and the inputs that a rule tests.
fn write_answers(pair: FlowPair<'_>, generated: &GeneratedWalk, tested: &HashSet<&str>) -> String {
    let Versions { old: before, language, .. } = pair.versions;
    let write = |question: &str, label: &str| kind::answer(question, label).in_language(language).to_owned();
    let mut parts: Vec<String> = Vec::new();
    for position in generated.walk.positions() {
        for name in position.resolve(before.flow_set()).ask.iter().filter(|name| tested.contains(name.value.as_str())) {
            let input = find_input(before.flow_set(), position.flow, pair.old, &name.value);
            let answer = input.zip(generated.state.inputs.get(&name.value));
            parts.extend(answer.map(|(input, typed)| write(&input.label, typed)));
        }
        let step = generated.walk.path.iter().find(|step| step.position == *position);
        if let (Some(Exit::Options { chosen, .. }), NodeKind::Question { options, .. }) =
            (step.map(|step| &step.exit), &position.resolve(before.flow_set()).kind)
        {
            let labels: Vec<&str> = chosen.iter().map(|index| options[*index].label.value.as_str()).collect();
            parts.push(write(&before.name_of(position.flow, position.node), &labels.join(", ")));
        }
    }
    if parts.is_empty() { kind::no_answers().in_language(language).to_owned() } else { parts.join(" → ") }
}

/// Compares scenarios by name: first with the answers of the old version, then with those of the new one.
fn compare_scenarios(pair: FlowPair<'_>) -> Vec<Change> {
    let Versions { old: before, new: after, .. } = pair.versions;
    let (old, new) = (&before.flow(pair.old).scenarios, &after.flow(pair.new).scenarios);
    let find = |scenarios: &'_ [Scenario], name: &str| scenarios.iter().find(|one| one.name.value == name).cloned();
    let mut names: Vec<&str> = new.iter().chain(old).map(|scenario| scenario.name.value.as_str()).collect();
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(*name));
    let change = |name: &str| {
        let by_old = find(old, name).and_then(|scenario| {
            let state = state_of(&scenario);
            let walk = walk(before.flow_set(), pair.old, &state);
            let now = translate(pair, &state, &walk);
            compare_results(pair, name, &state, &now)
        });
        by_old.or_else(|| {
            let state = state_of(&find(new, name)?);
            compare_results(pair, name, &translate_back(pair, &state), &state)
        })
    };
    names.into_iter().filter_map(change).collect()
}

/// Answers of a new scenario with the ids that its nodes have in the old version.
fn translate_back(pair: FlowPair<'_>, state: &WalkState) -> WalkState {
    let Versions { old: before, new: after, .. } = pair.versions;
    let (old, new) = (before.flow(pair.old), after.flow(pair.new));
    let old_id = |key: &String| {
        let node = new.find_node(key)?;
        let was = (0..old.nodes.len()).map(NodeId).find(|was| pair.new_node(*was) == Some(node))?;
        Some(old.node(was).id.value.clone())
    };
    let answers =
        state.answers.iter().map(|(key, answer)| (old_id(key).unwrap_or_else(|| key.clone()), answer.clone()));
    WalkState { answers: answers.collect(), ..state.clone() }
}

fn compare_results(pair: FlowPair<'_>, name: &str, old: &WalkState, new: &WalkState) -> Option<Change> {
    let Versions { old: before, new: after, language } = pair.versions;
    let (was, now) = (walk(before.flow_set(), pair.old, old), walk(after.flow_set(), pair.new, new));
    let is_same = match (outcome_of(&was), outcome_of(&now)) {
        (None, None) => true,
        (was, now) => was.is_some() && pair.is_same_target(was, now),
    };
    if is_same {
        return None;
    }
    let names = pair.name_targets(outcome_of(&was), outcome_of(&now));
    let describe = |version: Version<'_>, flow: FlowId, state: &WalkState, walk: &Walk, name: &str| {
        let is_gone = walk.end == WalkEnd::Unanswered && is_answered(version, flow, state, walk);
        let gone = walk.current.as_ref().filter(|_| is_gone);
        let gone = gone.map(|position| kind::no_such_answer_at(version.name_of(position.flow, position.node)));
        gone.unwrap_or_else(|| describe_end(version, flow, walk, name)).in_language(language).to_owned()
    };
    let change = Change::new(ChangeKind::ScenarioResult).item(name);
    Some(
        change
            .old(describe(before, pair.old, old, &was, &names.0))
            .new_text(describe(after, pair.new, new, &now, &names.1)),
    )
}

fn describe_end(version: Version<'_>, flow: FlowId, walk: &Walk, outcome: &str) -> Text {
    let Some(position) = &walk.current else { return kind::does_not_begin() };
    let here = version.name_of(position.flow, position.node);
    match &walk.end {
        WalkEnd::Outcome => kind::comes_to(outcome),
        WalkEnd::Unanswered => kind::waits_at(here),
        WalkEnd::RefusedInputs(refused) => {
            let name = refused.first().map_or("", |(name, _)| name.as_str());
            let input = find_input(version.flow_set(), position.flow, flow, name);
            kind::waits_at(input.map_or(here, |input| input.label.clone()))
        }
        _ => kind::stops_at(here),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::diff::{list_changes, list_flow_changes};

    const ENDS: &str = "  x: { title: X, result: resolved }\n  y: { title: Y, result: open }\n";

    fn behaviour(old: &str, new: &str) -> Vec<String> {
        let changes = list_flow_changes(&format!("{old}{ENDS}"), &format!("{new}{ENDS}"));
        changes.into_iter().filter(|change| change.starts_with("behaviour") || change.starts_with("scenario")).collect()
    }

    fn question(a: &str, b: &str) -> String {
        format!(
            "nodes:\n  q:\n    title: Q\n    options:\n      - {{ id: a, label: A, next: {a} }}\n      - {{ id: b, label: B, next: {b} }}\n"
        )
    }

    #[test]
    fn reports_answers_that_end_at_another_outcome() {
        let changes = behaviour(&question("x", "y"), &question("y", "y"));
        assert_eq!(changes, ["behaviour/ends-elsewhere: with “Q”: A, the flow ended at “X” and now ends at “Y”"]);
    }

    #[test]
    fn follows_renamed_outcomes_and_options() {
        let new =
            question("z", "y").replace("id: a", "id: aa") + "  z: { title: XX, aliases: [x], result: resolved }\n";
        let old = question("x", "y") + "  x: { title: X, result: resolved }\n";
        let end = "  y: { title: Y, result: open }\n";
        let changes = list_flow_changes(&format!("{old}{end}"), &format!("{new}{end}"));
        assert!(changes.iter().all(|change| !change.starts_with("behaviour")), "{changes:?}");
    }

    #[test]
    fn reports_equal_differences_once() {
        let old = "nodes:\n  p: { title: P, options: [{ id: s, label: S, next: q }, { id: n, label: N, next: q }] }\n  \
                   q: { title: Q, options: [{ id: a, label: A, next: x }, { id: b, label: B, next: y }] }\n";
        let changes = behaviour(old, &old.replace("label: A, next: x", "label: A, next: y"));
        assert_eq!(
            changes,
            [
                "behaviour/ends-elsewhere: with “P”: S → “Q”: A (and another walk), the flow ended at “X” and now ends at “Y”"
            ]
        );
    }

    #[test]
    fn finds_values_between_the_old_and_new_limit() {
        let rules = |limit: u32| {
            format!(
                "inputs: {{ v: {{ label: Valor, type: money }} }}\nnodes:\n  r: {{ ask: [v], rules: [{{ when: {{ v: {{ gt: {limit} }} }}, next: x }}, {{ otherwise: y }}] }}\n"
            )
        };
        let changes = behaviour(&rules(500), &rules(300));
        let [changes] = changes.as_slice() else { panic!("{changes:?}") };
        assert!(changes.contains("“Valor”: 301") && changes.ends_with("ended at “Y” and now ends at “X”"), "{changes}");
    }

    #[test]
    fn walks_a_long_flow_to_its_end() {
        let question = |node: usize| {
            let next = if node == 59 { "r".to_owned() } else { format!("q{}", node + 1) };
            let option = |id: &str| format!("{{ id: {id}, label: {id}, next: {next} }}");
            format!("  q{node}: {{ title: Q, options: [{}, {}, {}] }}\n", option("a"), option("b"), option("c"))
        };
        let questions: Vec<String> = (0..60).map(question).collect();
        let text = format!("inputs: {{ v: {{ label: Valor, type: money }} }}\nnodes:\n{}", questions.concat());
        let rules = |limit: u32| {
            format!(
                "{text}  r: {{ ask: [v], rules: [{{ when: {{ v: {{ gt: {limit} }} }}, next: x }}, {{ otherwise: y }}] }}\n"
            )
        };
        let changes = behaviour(&rules(500), &rules(300));
        assert!(changes.len() == 1 && changes[0].ends_with("ended at “Y” and now ends at “X”"), "{changes:?}");
    }

    #[test]
    fn tries_early_values_at_later_rules() {
        let flow = |limit: u32| {
            format!(
                "inputs: {{ v: {{ label: Valor, type: money }} }}\nnodes:\n  f: {{ title: F, ask: [v], next: q }}\n  \
                 q: {{ title: Q, options: [{{ id: a, label: A, next: r }}, {{ id: b, label: B, next: r }}] }}\n  \
                 r: {{ rules: [{{ when: {{ v: {{ gt: {limit} }}, q: {{ is: b }} }}, next: x }}, {{ otherwise: y }}] }}\n"
            )
        };
        let changes = behaviour(&flow(500), &flow(300));
        assert!(changes.len() == 1 && changes[0].contains("“Valor”: 301 → “Q”: B"), "{changes:?}");
    }

    #[test]
    fn reports_new_questions_and_dead_ends() {
        let asked = question("x", "n") + "  n: { title: N, options: [{ id: s, label: S, next: y }] }\n";
        let changes = behaviour(&question("x", "y"), &asked);
        assert_eq!(
            changes,
            ["behaviour/is-asked-more: with “Q”: B, the flow ended at “Y” and now also needs an answer at “N”"]
        );
        let stopped = behaviour(&question("x", "y"), &(question("x", "r") + "  r: { title: R, next: q }\n"));
        assert!(stopped[0].starts_with("behaviour/is-stopped: with “Q”: B, the flow ended at “Y”"), "{stopped:?}");
    }

    #[test]
    fn reports_removed_answers() {
        let scenario = "scenarios: [{ name: c, answers: { q: b }, outcome: y }]\n";
        let without = question("x", "y").replace("      - { id: b, label: B, next: y }\n", "") + "    aliases: [p]\n";
        let changes = behaviour(&(scenario.to_owned() + &question("x", "y")), &without);
        let expected = [
            "behaviour/answer-gone: with “Q”: B, the flow ended at “Y”; now “Q” has no such answer",
            "scenario/result: the scenario “c” has another result: before, it ends at “Y”; now, it stops at “Q”, which lacks the given answer",
        ];
        assert_eq!(changes, expected);
    }

    #[test]
    fn compares_scenarios_of_both_versions() {
        let scenario = |name: &str, answer: &str, outcome: &str| {
            format!("scenarios: [{{ name: {name}, answers: {{ q: {answer} }}, outcome: {outcome} }}]\n")
        };
        let changes = behaviour(
            &(scenario("antigo", "a", "x") + &question("x", "y")),
            &(scenario("novo", "b", "x") + &question("y", "x")),
        );
        let scenarios: Vec<&String> = changes.iter().filter(|change| change.starts_with("scenario")).collect();
        let expected = [
            "scenario/result: the scenario “novo” has another result: before, it ends at “Y”; now, it ends at “X”",
            "scenario/result: the scenario “antigo” has another result: before, it ends at “X”; now, it ends at “Y”",
        ];
        assert_eq!(scenarios, expected.iter().collect::<Vec<_>>());
    }

    #[test]
    fn follows_answers_through_renamed_calls() {
        let called = "title: G\nowner: A\nnodes:\n  q: { title: Q, options: [{ id: a, label: A, next: m }, { id: b, label: B, next: n }] }\n  \
                      m: { title: M, result: resolved }\n  n: { title: N, result: open }\n";
        let caller = |call: &str, n: &str| {
            format!("title: F\nowner: A\nnodes:\n  {call} call: g.flow.yaml, outcomes: {{ m: x, n: {n} }} }}\n{ENDS}")
        };
        let (old, new) = (caller("c: { title: C,", "y"), caller("d: { title: C, aliases: [c],", "x"));
        let changes = list_changes(
            &[("f.flow.yaml", &old), ("g.flow.yaml", called)],
            &[("f.flow.yaml", &new), ("g.flow.yaml", called)],
        );
        assert_eq!(changes[0], "behaviour/ends-elsewhere: with “Q”: B, the flow ended at “Y” and now ends at “X”");
        assert_eq!(changes.iter().filter(|change| change.starts_with("behaviour")).count(), 1, "{changes:?}");
    }
}
