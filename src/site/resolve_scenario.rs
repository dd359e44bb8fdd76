//! Resolution of names in scenarios: inputs, nodes, options, outcomes and labels of copies.
//!
//! A name that does not exist is reported and left out.
//!
//! A node of a called flow is named `call/node`, or `node` alone where no node of the calling flow has that id.

use super::flow::{Flow, FlowId, Node, NodeId, Scenario};
use super::node::with_called_flows;
use crate::content::flow::{Answers, RawFlow, RawScenario};
use crate::diagnostic::{Diagnostics, catalogue, nearest};
use crate::source::Spanned;
use crate::yaml::Named;

/// Resolves the scenarios of every flow.
pub(super) fn resolve_scenarios(flows: &mut [Flow], raw: &[RawFlow], diagnostics: &mut Diagnostics) {
    let resolve = |(index, flow): (usize, &RawFlow)| -> Vec<Scenario> {
        if flow.scenarios.is_empty() {
            return Vec::new();
        }
        let scope = Scope::new(FlowId(index), flows);
        flow.scenarios.iter().map(|scenario| scope.resolve(scenario, diagnostics)).collect()
    };
    let scenarios: Vec<Vec<Scenario>> = raw.iter().enumerate().map(resolve).collect();
    for (flow, scenarios) in flows.iter_mut().zip(scenarios) {
        flow.scenarios = scenarios;
    }
}

/// The flows whose names a scenario may use.
struct Scope<'a> {
    flows: &'a [Flow],
    /// The flow itself, then every flow that it calls, directly or not.
    reached: Vec<&'a Flow>,
}

impl<'a> Scope<'a> {
    fn new(flow: FlowId, flows: &'a [Flow]) -> Self {
        Self { flows, reached: with_called_flows(flows, flow).iter().map(|id| &flows[id.0]).collect() }
    }

    fn resolve(&self, raw: &RawScenario, diagnostics: &mut Diagnostics) -> Scenario {
        let outcomes = ids(self.reached[0].outcomes());
        let inputs: Vec<_> =
            self.reached.iter().flat_map(|flow| &flow.inputs).map(|input| input.name.value.as_str()).collect();
        let labels: Vec<_> = self.nodes().flat_map(|node| &node.copy).map(|copy| copy.label.as_str()).collect();
        let mut names = NameCheck { diagnostics };
        names.keep(&raw.outcome, &outcomes);
        Scenario {
            name: raw.name.clone(),
            inputs: names.keep_named(&raw.inputs, &inputs),
            answers: raw.answers.iter().filter_map(|answer| self.resolve_answer(answer, &mut names)).collect(),
            outcome: raw.outcome.clone(),
            path: raw.path.iter().filter(|key| self.is_node(key, &mut names)).cloned().collect(),
            copied: names.keep_named(&raw.copied, &labels),
            record: raw.record.clone(),
        }
    }

    fn resolve_answer(
        &self,
        answer: &Named<Answers>,
        names: &mut NameCheck<'_>,
    ) -> Option<(Spanned<String>, Vec<Spanned<String>>)> {
        let Some(node) = self.find(&answer.name.value).filter(|node| node.is_question()) else {
            names.refuse(&answer.name, &ids(self.nodes().filter(|node| node.is_question())));
            return None;
        };
        let known: Vec<&str> = node.options().iter().map(|option| option.id.value.as_str()).collect();
        let chosen = answer.value.0.iter().filter(|option| names.keep(option, &known)).cloned().collect();
        Some((answer.name.clone(), chosen))
    }

    fn is_node(&self, key: &Spanned<String>, names: &mut NameCheck<'_>) -> bool {
        let is_known = self.find(&key.value).is_some();
        if !is_known {
            names.refuse(key, &ids(self.nodes()));
        }
        is_known
    }

    fn nodes(&self) -> impl Iterator<Item = &'a Node> {
        self.reached.iter().flat_map(|flow| &flow.nodes)
    }

    /// The node of a key, through the calls that it names, or the first of that id in a called flow.
    fn find(&self, key: &str) -> Option<&'a Node> {
        let by_id = |flow: &&'a Flow| flow.find_node(key).map(|node| flow.node(node));
        self.find_through_calls(key).or_else(|| self.reached.iter().find_map(by_id))
    }

    fn find_through_calls(&self, key: &str) -> Option<&'a Node> {
        let (calls, id) = key.rsplit_once('/').unwrap_or(("", key));
        let mut flow = self.reached[0];
        for call in calls.split('/').filter(|call| !call.is_empty()) {
            flow = &self.flows[flow.node(flow.find_node(call)?).called_flow()?.0];
        }
        let found: NodeId = flow.find_node(id)?;
        Some(flow.node(found))
    }
}

fn ids<'a>(nodes: impl Iterator<Item = &'a Node>) -> Vec<&'a str> {
    nodes.map(|node| node.id.value.as_str()).collect()
}

/// Reports names that do not exist.
struct NameCheck<'d> {
    diagnostics: &'d mut Diagnostics,
}

impl NameCheck<'_> {
    fn keep(&mut self, name: &Spanned<String>, known: &[&str]) -> bool {
        let is_known = known.contains(&name.value.as_str());
        if !is_known {
            self.refuse(name, known);
        }
        is_known
    }

    fn refuse(&mut self, name: &Spanned<String>, known: &[&str]) {
        let diagnostic = catalogue::scenario::unknown_name(name.span, &name.value);
        self.diagnostics.push(diagnostic.suggest(nearest(&name.value, known.iter().copied())));
    }

    fn keep_named(
        &mut self,
        named: &[Named<Spanned<String>>],
        known: &[&str],
    ) -> Vec<(Spanned<String>, Spanned<String>)> {
        let kept = named.iter().filter(|named| self.keep(&named.name, known));
        kept.map(|named| (named.name.clone(), named.value.clone())).collect()
    }
}
