//! Resolution of names in scenarios: inputs, nodes, options, outcomes and labels of copies.
//!
//! A name that does not exist is reported and left out.
//!
//! A node of a called flow is named `call/node`, or `node` alone where no node of the calling flow has that id.

use std::collections::HashMap;

use super::flow::{Flow, FlowId, Node, NodeId, Scenario};
use super::node::with_called_flows;
use crate::content::flow::{Answers, RawFlow, RawScenario};
use crate::diagnostic::{Diagnostic, Diagnostics, Label, catalogue, nearest};
use crate::source::Spanned;
use crate::yaml::Named;

/// Most other places that the finding of a name shows.
const MOST_LABELS: usize = 20;

/// Resolves the scenarios of every flow.
pub(super) fn resolve_scenarios(flows: &mut [Flow], raw: &[RawFlow], diagnostics: &mut Diagnostics) {
    let resolve = |(index, flow): (usize, &RawFlow)| -> Vec<Scenario> {
        if flow.scenarios.is_empty() {
            return Vec::new();
        }
        let scope = Scope::new(FlowId(index), flows);
        let mut names = NameCheck::default();
        let scenarios = flow.scenarios.iter().map(|scenario| scope.resolve(scenario, &mut names)).collect();
        names.found.into_iter().for_each(|finding| diagnostics.push(finding));
        scenarios
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

    fn resolve(&self, raw: &RawScenario, names: &mut NameCheck) -> Scenario {
        let outcomes = ids(self.reached[0].outcomes());
        let inputs: Vec<_> =
            self.reached.iter().flat_map(|flow| &flow.inputs).map(|input| input.name.value.as_str()).collect();
        let labels: Vec<_> = self.nodes().flat_map(|node| &node.copy).map(|copy| copy.label.as_str()).collect();
        names.has_refused = false;
        names.keep(&raw.outcome, &outcomes);
        let scenario = Scenario {
            name: raw.name.clone(),
            inputs: names.keep_named(&raw.inputs, &inputs),
            answers: raw.answers.iter().filter_map(|answer| self.resolve_answer(answer, names)).collect(),
            outcome: raw.outcome.clone(),
            path: raw.path.iter().filter(|key| self.is_node(key, names)).cloned().collect(),
            copied: names.keep_named(&raw.copied, &labels),
            record: raw.record.clone(),
            has_unknown_name: false,
        };
        Scenario { has_unknown_name: names.has_refused, ..scenario }
    }

    fn resolve_answer(
        &self,
        answer: &Named<Answers>,
        names: &mut NameCheck,
    ) -> Option<(Spanned<String>, Vec<Spanned<String>>)> {
        let Some(node) = self.find(&answer.name.value).filter(|node| node.is_question()) else {
            names.refuse(&answer.name, &ids(self.nodes().filter(|node| node.is_question())));
            return None;
        };
        let ids = node.options().iter().flat_map(|option| std::iter::once(&option.id).chain(&option.aliases));
        let known: Vec<&str> = ids.map(|id| id.value.as_str()).collect();
        let chosen = answer.value.0.iter().filter(|option| names.keep_option(option, &known)).cloned().collect();
        Some((answer.name.clone(), chosen))
    }

    fn is_node(&self, key: &Spanned<String>, names: &mut NameCheck) -> bool {
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

/// Reports names of one flow that do not exist.
#[derive(Default)]
struct NameCheck {
    found: Vec<Diagnostic>,
    /// Index of each finding by its message and help.
    indices: HashMap<String, usize>,
    /// A name of the present scenario was refused.
    has_refused: bool,
}

impl NameCheck {
    fn keep(&mut self, name: &Spanned<String>, known: &[&str]) -> bool {
        let is_known = known.contains(&name.value.as_str());
        if !is_known {
            self.refuse(name, known);
        }
        is_known
    }

    /// Keeps an option of a question; the help of an unknown one lists all, since an id may be another word now.
    fn keep_option(&mut self, name: &Spanned<String>, known: &[&str]) -> bool {
        let is_known = known.contains(&name.value.as_str());
        if !is_known && nearest(&name.value, known.iter().copied()).is_none() {
            let options = known.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
            let finding = catalogue::scenario::unknown_name(name.span, &name.value);
            self.push(finding.help(catalogue::scenario::options_are(options)));
            return false;
        }
        self.keep(name, known)
    }

    fn refuse(&mut self, name: &Spanned<String>, known: &[&str]) {
        let diagnostic = catalogue::scenario::unknown_name(name.span, &name.value);
        self.push(diagnostic.suggest_for(&name.value, nearest(&name.value, known.iter().copied())));
    }

    /// Adds a finding. The same name in other scenarios of the flow becomes a label of the first.
    fn push(&mut self, finding: Diagnostic) {
        self.has_refused = true;
        let texts = std::iter::once(&finding.message).chain(&finding.help).map(|text| text.en.as_str());
        let index = *self.indices.entry(texts.collect()).or_insert(self.found.len());
        if let (Some(known), Some(span)) = (self.found.get_mut(index), finding.span) {
            known.cure_also(span);
        }
        match (self.found.get_mut(index), finding.span) {
            (Some(known), Some(span)) if known.labels.len() < MOST_LABELS => {
                known.labels.push(Label { span, text: catalogue::scenario::also_here() });
            }
            (Some(_), _) => {}
            (None, _) => self.found.push(finding),
        }
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
