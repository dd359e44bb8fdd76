//! Names in scenarios: inputs, nodes, options, outcomes, labels of copies. What does not exist is reported and left out.
//!
//! An answer is keyed by its node; one of a called flow's nodes by `call/node`, or by `node` alone where no node of the calling
//! flow has that id.

use super::flow::{Flow, Node, Scenario, Way};
use crate::content::flow::{RawFlow, RawScenario};
use crate::diagnostic::{Diagnostics, catalogue, nearest};
use crate::source::{Sources, Spanned};

/// Gives each flow its scenarios.
pub(super) fn resolve_scenarios(flows: &mut [Flow], raw: &[RawFlow], _: &Sources, diagnostics: &mut Diagnostics) {
    let resolve = |(index, flow): (usize, &RawFlow)| -> Vec<Scenario> {
        flow.scenarios.iter().map(|scenario| resolve_scenario(scenario, &flows[index], flows, diagnostics)).collect()
    };
    let scenarios: Vec<Vec<Scenario>> = raw.iter().enumerate().map(resolve).collect();
    for (flow, scenarios) in flows.iter_mut().zip(scenarios) {
        flow.scenarios = scenarios;
    }
}

fn resolve_scenario(raw: &RawScenario, flow: &Flow, flows: &[Flow], diagnostics: &mut Diagnostics) -> Scenario {
    let scope = Scope::new(flow, flows);
    let mut keep = |name: &Spanned<String>, known: &[&str]| {
        let is_known = known.contains(&name.value.as_str());
        if !is_known {
            let diagnostic = catalogue::scenario::unknown_name(name.span, &name.value);
            diagnostics.push(diagnostic.suggest(nearest(&name.value, known.iter().copied())));
        }
        is_known
    };
    let inputs = raw.inputs.iter().filter(|input| keep(&input.name, &scope.inputs));
    let inputs = inputs.map(|input| (input.name.clone(), input.value.clone())).collect();
    let copies = raw.copied.iter().filter(|copied| keep(&copied.name, &scope.copies));
    let copied = copies.map(|copied| (copied.name.clone(), copied.value.clone())).collect();
    keep(&raw.outcome, &scope.outcomes);
    let mut answers = Vec::new();
    for answer in &raw.answers {
        let Some((key, node)) = scope.find_question(&answer.name.value) else {
            let known: Vec<_> = scope.questions.iter().map(|(key, _)| key.as_str()).collect();
            keep(&answer.name, &known);
            continue;
        };
        let options = option_ids(node);
        let chosen = answer.value.0.iter().filter(|option| keep(option, &options)).cloned().collect();
        answers.push((Spanned { value: key.to_owned(), span: answer.name.span }, chosen));
    }
    Scenario { name: raw.name.clone(), inputs, answers, outcome: raw.outcome.clone(), copied }
}

/// The names a scenario of a flow may use.
struct Scope<'a> {
    inputs: Vec<&'a str>,
    copies: Vec<&'a str>,
    outcomes: Vec<&'a str>,
    /// Every question, by the key of its answer.
    questions: Vec<(String, &'a Node)>,
}

impl<'a> Scope<'a> {
    fn new(flow: &'a Flow, flows: &'a [Flow]) -> Self {
        let mut scope = Self { inputs: Vec::new(), copies: Vec::new(), outcomes: Vec::new(), questions: Vec::new() };
        let is_outcome = |node: &&Node| matches!(node.way, Way::Outcome { .. });
        scope.outcomes.extend(flow.nodes.iter().filter(is_outcome).map(|node| node.id.value.as_str()));
        scope.add(flow, flows, "", 0);
        scope
    }

    /// Adds a flow's names, and those of the flows it calls; a chain of calls longer than the number of flows is a cycle.
    fn add(&mut self, flow: &'a Flow, flows: &'a [Flow], prefix: &str, depth: usize) {
        self.inputs.extend(flow.inputs.iter().map(|input| input.name.value.as_str()));
        for node in &flow.nodes {
            self.copies.extend(node.copy.iter().map(|copy| copy.label.as_str()));
            match &node.way {
                Way::Question { .. } => self.questions.push((format!("{prefix}{}", node.id.value), node)),
                Way::Call { flow: Some(callee), .. } if depth < MAX_CALL_DEPTH => {
                    let prefix = format!("{prefix}{}/", node.id.value);
                    self.add(&flows[callee.0], flows, &prefix, depth + 1);
                }
                _ => {}
            }
        }
    }

    fn find_question(&self, name: &str) -> Option<(&str, &'a Node)> {
        let exact = self.questions.iter().find(|(key, _)| key == name);
        let inner = || self.questions.iter().find(|(key, _)| key.rsplit('/').next() == Some(name));
        exact.or_else(inner).map(|(key, node)| (key.as_str(), *node))
    }
}

/// Calls nested deeper than this are not looked into by scenarios.
const MAX_CALL_DEPTH: usize = 4;

fn option_ids(node: &Node) -> Vec<&str> {
    match &node.way {
        Way::Question { options, .. } => options.iter().map(|option| option.id.value.as_str()).collect(),
        _ => Vec::new(),
    }
}
