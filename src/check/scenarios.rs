//! Scenarios: runs each one and reports how its walk differs from what it expects.

use rayon::prelude::*;

use super::coverage;
use crate::diagnostic::{Diagnostic, Diagnostics, Text, catalogue};
use crate::flow::FlowSet;
use crate::flow::coverage::measure;
use crate::flow::coverage::{FlowCoverage, ScenarioRun, Share};
use crate::flow::missed_outcome::{MissedOutcome, explain_missed_outcome};
use crate::flow::scenario::{FailedExpectation, ScenarioResult, run};
use crate::flow::walk::{Exit, PathStep, Walk, WalkEnd};
use crate::site::flow::{FlowId, NodeId, NodeKind, Scenario};
use crate::source::{Sources, Span};

/// Runs every scenario, reports those that fail, and measures what they visit.
pub(super) fn check(flow_set: FlowSet<'_>, sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<FlowCoverage> {
    let ids = 0..flow_set.flows.len();
    let checked: Vec<_> = ids.into_par_iter().map(|index| check_flow(flow_set, FlowId(index), sources)).collect();
    let keep = |(coverage, found)| {
        diagnostics.append(found);
        coverage
    };
    checked.into_iter().map(keep).collect()
}

fn check_flow(flow_set: FlowSet<'_>, id: FlowId, sources: &Sources) -> (FlowCoverage, Diagnostics) {
    let flow = flow_set.flow(id);
    let mut diagnostics = Diagnostics::default();
    let runs: Vec<ScenarioResult> = flow.scenarios.iter().map(|scenario| run(flow_set, id, scenario)).collect();
    for (scenario, run) in flow.scenarios.iter().zip(&runs).filter(|(scenario, _)| !scenario.has_unknown_name) {
        let report = FailureReport { flow_set, id, scenario, walk: &run.walk };
        run.failures.iter().filter_map(|failure| report.of(failure)).for_each(|finding| diagnostics.push(finding));
    }
    let coverage = measure(flow, runs.iter().map(|run| &run.walk));
    let has_passed = |(scenario, run): &(&Scenario, &ScenarioResult)| run.has_passed() && !scenario.has_unknown_name;
    let passed = flow.scenarios.iter().zip(&runs).filter(has_passed).count();
    // What a failed scenario was to visit counts as not visited only after it is corrected.
    if passed == runs.len() {
        coverage::report(flow_set, flow, &coverage, &mut diagnostics);
    }
    let summary = FlowCoverage {
        flow: sources.path(flow.file).to_owned(),
        route: flow.route.clone(),
        scenarios: Share { covered: passed, total: runs.len() },
        nodes: coverage.node_share(),
        options: coverage.option_share(),
        rules: coverage.rule_share(),
        runs: flow.scenarios.iter().map(scenario_run).collect(),
    };
    (summary, diagnostics)
}

/// A scenario with its span, which covers every part that a finding can point to.
fn scenario_run(scenario: &Scenario) -> ScenarioRun {
    let pairs = scenario.inputs.iter().chain(&scenario.copied).flat_map(|(name, text)| [name.span, text.span]);
    let answers = scenario.answers.iter().flat_map(|(key, ids)| ids.iter().chain([key])).map(|part| part.span);
    let others = scenario.path.iter().chain(&scenario.record).chain([&scenario.outcome]).map(|part| part.span);
    let name = scenario.name.span;
    let join = |one: Span, other: Span| Span { start: one.start.min(other.start), end: one.end.max(other.end), ..one };
    let span = pairs.chain(answers).chain(others).filter(|span| span.file == name.file).fold(name, join);
    ScenarioRun { name: scenario.name.value.clone(), span }
}

/// Writes the diagnostics of one failed scenario.
struct FailureReport<'a> {
    flow_set: FlowSet<'a>,
    id: FlowId,
    scenario: &'a Scenario,
    walk: &'a Walk,
}

impl FailureReport<'_> {
    fn of(&self, failure: &FailedExpectation) -> Option<Diagnostic> {
        match failure {
            FailedExpectation::WrongOutcome { wanted } => self.of_outcome(*wanted),
            FailedExpectation::WrongCopy { index, found } => {
                let (label, expected) = &self.scenario.copied[*index];
                Some(match found {
                    None => catalogue::scenario::missing_copy(label.span, &label.value),
                    Some(found) => {
                        catalogue::scenario::wrong_copy(expected.span, &label.value, &expected.value, &found.text)
                            .label(found.span, catalogue::scenario::copy_is_here())
                    }
                })
            }
            FailedExpectation::UnusedAnswer { index } => {
                let key = &self.scenario.answers[*index].0;
                Some(catalogue::scenario::unused_answer(key.span, &key.value).help(self.path_taken()))
            }
            FailedExpectation::WrongPath { index } => {
                let key = &self.scenario.path[*index];
                let before = index.checked_sub(1).map(|before| &self.scenario.path[before].value);
                let finding = match before {
                    None => catalogue::scenario::wrong_path(key.span, &key.value),
                    Some(before) => catalogue::scenario::wrong_path_after(key.span, &key.value, before),
                };
                Some(finding.help(self.path_taken()))
            }
            FailedExpectation::WrongRecord { found } => self.of_record(found.as_deref()),
        }
    }

    fn of_record(&self, found: Option<&str>) -> Option<Diagnostic> {
        let expected = self.scenario.record.as_ref()?;
        let outcome = &self.scenario.outcome.value;
        let Some(found) = found else { return Some(catalogue::scenario::missing_record(expected.span, outcome)) };
        let (number, wanted, written) = first_difference(expected.value.trim(), found);
        let finding = catalogue::scenario::wrong_record(expected.span, number, wanted, written);
        Some(finding.help(catalogue::scenario::record_is(found)))
    }

    /// Skips walks that end at an unknown target or in endless calls: the cause was reported there.
    fn of_outcome(&self, wanted: NodeId) -> Option<Diagnostic> {
        let (name, outcome) = (&self.scenario.name.value, &self.scenario.outcome);
        let stands = self.walk.current.as_ref()?.key.as_str();
        let finding = match &self.walk.end {
            WalkEnd::NoTarget | WalkEnd::TooLong => return None,
            WalkEnd::RefusedInputs(refused) => return Some(self.of_inputs(refused)),
            WalkEnd::Outcome => {
                catalogue::scenario::wrong_outcome(outcome.span, name, &outcome.value, stands, self.path())
            }
            _ => catalogue::scenario::no_outcome(outcome.span, name, &outcome.value, stands, self.path()),
        };
        Some(self.with_decision(self.with_reason(finding, stands), wanted))
    }

    /// Points at the refused text, or at the outcome when the scenario gives no text.
    fn of_inputs(&self, refused: &[(String, crate::flow::input::Refusal)]) -> Diagnostic {
        let (scenario, outcome) = (self.scenario, &self.scenario.outcome);
        let typed = |name: &str| scenario.inputs.iter().find(|(typed, _)| typed.value == name).map(|(_, text)| text);
        if let Some((name, refusal, text)) =
            refused.iter().find_map(|(name, refusal)| Some((name, refusal, typed(name)?)))
        {
            let finding = catalogue::scenario::refused_input(text.span, &scenario.name.value, name, &text.value);
            let input = self.walk.current.as_ref().and_then(|place| self.flow_set.flow(place.flow).find_input(name));
            return input.into_iter().fold(finding, |finding, input| finding.help(refusal.reason(input)));
        }
        let place = self.walk.current.as_ref();
        let stands = place.map_or("", |place| place.key.as_str());
        let finding =
            catalogue::scenario::no_outcome(outcome.span, &scenario.name.value, &outcome.value, stands, self.path());
        let asks = place.into_iter().flat_map(|place| &place.resolve(self.flow_set).ask);
        let missing = asks.filter(|ask| refused.iter().any(|(name, _)| *name == ask.value));
        missing.fold(finding, |finding, ask| finding.label(ask.span, catalogue::scenario::no_input(&ask.value)))
    }

    fn with_reason(&self, finding: Diagnostic, stands: &str) -> Diagnostic {
        match self.walk.end {
            WalkEnd::Unanswered => finding.help(catalogue::scenario::no_answer(stands)),
            WalkEnd::NoRule => finding.help(catalogue::scenario::no_rule(stands)),
            WalkEnd::Loop => finding.help(catalogue::scenario::goes_round(stands)),
            _ => finding,
        }
    }

    fn with_decision(&self, finding: Diagnostic, wanted: NodeId) -> Diagnostic {
        let name = &self.scenario.outcome.value;
        match explain_missed_outcome(self.flow_set, self.id, self.walk, wanted) {
            MissedOutcome::Stopped => finding,
            MissedOutcome::Unreachable => finding.help(catalogue::scenario::never_leads(name)),
            MissedOutcome::LeftAt { step: stop, alternatives: others } => {
                let finding = self.label_stop(finding, stop, name);
                if others.is_empty() {
                    finding
                } else {
                    finding.help(catalogue::scenario::instead_of(others.join(", ")))
                }
            }
        }
    }

    /// Points at the option or the rule after which the outcome can no longer be reached.
    fn label_stop(&self, finding: Diagnostic, stop: &PathStep, wanted: &str) -> Diagnostic {
        let node = stop.position.resolve(self.flow_set);
        match (&stop.exit, &node.kind) {
            (Exit::Options { chosen, .. }, NodeKind::Question { options, .. }) => {
                let option = &options[chosen[0]].id;
                finding.label(option.span, catalogue::scenario::parted_by_option(&option.value, wanted))
            }
            (Exit::Rule(index), NodeKind::Branch { rules }) => {
                finding.label(rules[*index].span, catalogue::scenario::parted_by_rule(wanted))
            }
            _ => finding.label(node.id.span, catalogue::scenario::parted_at(&node.id.value, wanted)),
        }
    }

    /// The nodes of the walk, each with its answer.
    fn path(&self) -> String {
        let passed = self.walk.path.iter().map(|stop| match &stop.exit {
            Exit::Options { given, .. } => format!("{}: {}", stop.position.key, given.join(", ")),
            Exit::Rule(_) | Exit::Next => stop.position.key.clone(),
        });
        let last = self.walk.current.iter().map(|place| place.key.clone());
        passed.chain(last).collect::<Vec<_>>().join(" → ")
    }

    fn path_taken(&self) -> Text {
        catalogue::scenario::path_taken(self.path())
    }
}

/// The number of the first line in which two texts differ, from 1, with both lines. A missing line is empty.
fn first_difference<'a>(one: &'a str, other: &'a str) -> (usize, &'a str, &'a str) {
    let same = one.lines().zip(other.lines()).take_while(|(one, other)| one == other).count();
    let line_of = |text: &'a str| text.lines().nth(same).unwrap_or_default();
    (same + 1, line_of(one), line_of(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::fixture::Fixture;

    const CALLED: &str = "title: G\nowner: A\nnodes:\n  p:\n    title: P\n    options:\n      - { id: s, label: S, next: achou }\n      \
                          - { id: m, label: M, next: nada }\n  achou: { title: A, result: open }\n  nada: { title: Nada, result: open }\n\
                          scenarios:\n  - { name: s, answers: { p: s }, outcome: achou }\n  - { name: m, answers: { p: m }, outcome: nada }\n";

    /// Lines 5 to 20.
    const NODES: &str = "nodes:\n  q:\n    title: Q\n    ask: [x]\n    options:\n      - { id: a, label: A, next: c }\n      \
                         - { id: b, label: B, next: r }\n  c: { call: g.flow.yaml, outcomes: { achou: um, nada: dois } }\n  r:\n    rules:\n      \
                         - { when: { x: { gt: 5 } }, next: um }\n      - { otherwise: dois }\n  um:\n    title: Um\n    \
                         copy: [{ label: Texto, text: 'valor {x}' }]\n    result: open\n  dois: { title: Dois, result: resolved }\n";

    fn checked(coverage: &str, scenarios: &str) -> (Fixture, Vec<FlowCoverage>) {
        let config = format!("title: S\ncheck: {{ coverage: {{ {coverage} }} }}\n");
        let heading = if scenarios.is_empty() { "" } else { "scenarios:\n" };
        let flow =
            format!("title: F\nowner: A\ninputs:\n  x: {{ label: X, type: money }}\n{NODES}{heading}{scenarios}");
        let mut fixture = Fixture::of(&[("vereda.yaml", &config), ("f.flow.yaml", &flow), ("g.flow.yaml", CALLED)]);
        let mut diagnostics = std::mem::take(&mut fixture.diagnostics);
        let coverage = check(fixture.flow_set(), &fixture.sources, &mut diagnostics);
        fixture.diagnostics = diagnostics;
        (fixture, coverage)
    }

    /// The diagnostics of a scenario, without those of coverage.
    fn failures(scenario: &str) -> Vec<Diagnostic> {
        let (fixture, _) = checked("", &format!("  - {{ name: c, {scenario} }}\n"));
        let is_failure = |found: &&Diagnostic| !found.code.as_str().starts_with("scenario/uncovered");
        fixture.diagnostics.iter().filter(is_failure).cloned().collect()
    }

    const ALL: &str = "  - { name: 1, inputs: { x: '6' }, answers: { q: b }, outcome: um, copied: { Texto: valor 6 } }\n  \
                       - { name: 2, inputs: { x: '5' }, answers: { q: b }, outcome: dois }\n  \
                       - { name: 3, inputs: { x: '5' }, answers: { q: a, c/p: s }, outcome: um }\n";

    #[test]
    fn full_coverage_reports_nothing() {
        let (fixture, coverage) = checked("nodes: 100, options: 100, rules: 100", ALL);
        assert!(fixture.found().is_empty(), "{:?}", fixture.found());
        assert_eq!(coverage[0].flow, "content/f.flow.yaml");
        let shares = [coverage[0].scenarios, coverage[0].nodes, coverage[0].options, coverage[0].rules];
        assert_eq!(shares.map(|share| (share.covered, share.total)), [(3, 3), (5, 5), (2, 2), (2, 2)]);
    }

    #[test]
    fn low_coverage_is_an_error_below_the_threshold() {
        let two: String = ALL.split_inclusive('\n').take(2).collect();
        let (fixture, _) = checked("options: 100, nodes: 50", &two);
        assert_eq!(fixture.found(), ["10 scenario/uncovered-option", "12 scenario/uncovered-node"]);
        assert_eq!(fixture.diagnostics.iter().map(|found| found.is_raised).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn reports_flow_without_scenarios_once() {
        let (fixture, _) = checked("", "");
        assert_eq!(fixture.found(), ["1 scenario/uncovered-node"]);
        let (fixture, _) = checked("options: 1, rules: 1", "");
        assert_eq!(fixture.found(), ["1 scenario/uncovered-option", "1 scenario/uncovered-rule"]);
    }

    #[test]
    fn wrong_outcome_shows_path_and_decision() {
        let found = failures("inputs: { x: '5' }, answers: { q: b }, outcome: um");
        let [found] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(found.code.as_str(), "scenario/wrong-outcome");
        assert!(found.message.pt.ends_with("mas termina em `dois`: q: b → r → dois"), "{}", found.message.pt);
        assert_eq!(found.labels[0].text.en, "after this rule `um` can no longer be reached");
    }

    #[test]
    fn finds_decision_inside_called_flow() {
        let found = failures("inputs: { x: '5' }, answers: { q: a, p: m }, outcome: um");
        assert_eq!(found[0].labels[0].text.en, "after this option, `m`, `um` can no longer be reached");
        assert_eq!(found[0].help[0].en, "these options lead to it: s");
    }

    #[test]
    fn stopped_scenario_names_missing_answer() {
        let stops = |scenario: &str| failures(scenario).remove(0);
        assert_eq!(stops("inputs: { x: '5' }, outcome: um").help[0].en, "`answers` has no answer for `q`");
        assert_eq!(
            stops("answers: { q: b }, outcome: um").labels[0].text.en,
            "`inputs` has no `x`, which this node asks for"
        );
        let refused = stops("inputs: { x: cinco }, answers: { q: b }, outcome: um");
        assert_eq!(refused.help[0].en, "it is not a valid `money`");
    }

    #[test]
    fn reports_wrong_copies_and_unused_answers() {
        let codes = |scenario: &str| failures(scenario).iter().map(|found| found.code.as_str()).collect::<Vec<_>>();
        assert_eq!(
            codes("inputs: { x: '6' }, answers: { q: b }, outcome: um, copied: { Texto: valor 7 }"),
            ["scenario/wrong-copy"]
        );
        assert_eq!(
            codes("inputs: { x: '5' }, answers: { q: b }, outcome: dois, copied: { Texto: valor 5 }"),
            ["scenario/wrong-copy"]
        );
        assert_eq!(codes("inputs: { x: '6' }, answers: { q: b, p: s }, outcome: um"), ["scenario/unused-answer"]);
    }

    #[test]
    fn reports_path_in_wrong_order() {
        let found = |path: &str| {
            failures(&format!("inputs: {{ x: '5' }}, answers: {{ q: a, p: s }}, path: {path}, outcome: um"))
        };
        for right in ["[]", "[um]", "[q, c, c/p, achou, um]", "[q, p, um]"] {
            assert!(found(right).is_empty(), "{right}: {:?}", found(right));
        }
        let missed = found("[q, r, um]").remove(0);
        assert_eq!(missed.message.en, "the path of this scenario does not visit `r` after `q`");
        assert_eq!(missed.help[0].en, "the path is q: a → c → c/p: s → c/achou → um");
        assert_eq!(found("[p, q]")[0].message.en, "the path of this scenario does not visit `q` after `p`");
        assert_eq!(found("[dois]")[0].message.en, "the path of this scenario does not visit `dois`");
        assert_eq!(found("[doiss]")[0].code.as_str(), "scenario/unknown-name");
    }

    #[test]
    fn compares_record_as_whole_text() {
        let config = "title: S\nrecords: { r: \"{flow.title}\\n{path}\" }\n";
        let found = |outcome: &str, record: &str| {
            let flow = format!(
                "title: F\nowner: A\nnodes:\n  q:\n    title: Q\n    options: [{{ id: a, label: A, next: um }}, {{ id: b, label: B, next: dois }}]\n  um: {{ title: Um, result: open, record: r }}\n  dois: {{ title: Dois, result: resolved }}\nscenarios:\n  - {{ name: c, answers: {{ q: {outcome} }}, outcome: {}, record: {record} }}\n",
                if outcome == "a" { "um" } else { "dois" }
            );
            let fixture = Fixture::of(&[("vereda.yaml", config), ("f.flow.yaml", &flow)]);
            let mut diagnostics = Diagnostics::default();
            check(fixture.flow_set(), &fixture.sources, &mut diagnostics);
            let failed = diagnostics.iter().find(|found| found.code.as_str() == "scenario/wrong-record");
            failed.map(|found| found.message.en.clone())
        };
        assert_eq!(found("a", "\"F\\nQ: A\\n\""), None);
        assert_eq!(found("a", "\"F\\nQ: B\"").unwrap(), "line 2 of the record should be “Q: B”, but it is “Q: A”");
        assert_eq!(found("a", "F").unwrap(), "line 2 of the record should be “”, but it is “Q: A”");
        assert_eq!(found("b", "F").unwrap(), "the outcome `dois` has no record");
    }
}
