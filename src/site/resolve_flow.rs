//! Resolution of names in flows: nodes, called flows, texts and links become indices.
//!
//! A name that does not exist is reported and left out.

use std::collections::HashMap;

use super::flow::{AnswerOption, CallOutcome, Flow, Node, NodeId, NodeKind, NodeLink, Rule, Task, TemplatedText};
use super::resolve_link::LinkResolver;
use super::resolve_scenario::resolve_scenarios;
use super::target::{ResolvedBody, Target, Transclusion};
use super::{Entry, flow::FlowId};
use crate::config::{Config, Input};
use crate::content::body::RawLink;
use crate::content::condition::{Condition, RawRule};
use crate::content::flow::{RawCopy, RawFlow, RawNode, RawNodeLink, RawTask};
use crate::content::flow_node::{RawCall, RawNodeKind, RawOption};
use crate::content::markdown;
use crate::content::template::{Filter, Template};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Names, catalogue, nearest};
use crate::source::{Span, Spanned};

/// Diagnostics of links that a node's `content` reports under its own code.
const MISSING: [Code; 3] = [Code::LINK_MISSING_FILE, Code::LINK_MISSING_ANCHOR, Code::LINK_OUTSIDE_ROOT];

/// Resolves all flows, which may call each other.
pub(super) fn resolve_flows(
    raw: &[RawFlow],
    config: &Config,
    resolver: &LinkResolver<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Flow> {
    let resolve = |(index, flow): (usize, &RawFlow)| {
        let inputs = config.inputs.iter().chain(&flow.inputs).cloned().collect();
        let names = flow.nodes.iter().map(|node| node.id.value.as_str()).collect();
        let nodes =
            flow.nodes.iter().enumerate().map(|(index, node)| (node.id.value.as_str(), NodeId(index))).collect();
        let route = resolver.route_of(Entry::Flow(FlowId(index))).to_owned();
        FlowResolver { flow, config, resolver, inputs, nodes, names, diagnostics }.resolve(route)
    };
    let mut flows: Vec<Flow> = raw.iter().enumerate().map(resolve).collect();
    resolve_scenarios(&mut flows, raw, diagnostics);
    flows
}

struct FlowResolver<'a, 'd> {
    flow: &'a RawFlow,
    config: &'a Config,
    resolver: &'a LinkResolver<'a>,
    inputs: Vec<Input>,
    nodes: HashMap<&'a str, NodeId>,
    /// The ids of the nodes.
    names: Names<'a>,
    diagnostics: &'d mut Diagnostics,
}

impl FlowResolver<'_, '_> {
    fn resolve(mut self, route: String) -> Flow {
        let start = self.resolve_start();
        let raw = self.flow;
        let nodes: Vec<Node> = raw.nodes.iter().map(|node| self.resolve_node(node)).collect();
        let order = number_nodes(start, &nodes);
        Flow {
            file: raw.file,
            metadata: raw.metadata.clone(),
            route,
            start,
            inputs: self.inputs,
            nodes,
            order,
            texts: raw.written_texts(),
            scenarios: Vec::new(),
        }
    }

    fn resolve_start(&mut self) -> Option<NodeId> {
        match &self.flow.start {
            Some(start) => self.resolve_target(start),
            None => (!self.flow.nodes.is_empty()).then_some(NodeId(0)),
        }
    }

    fn resolve_target(&mut self, name: &Spanned<String>) -> Option<NodeId> {
        let found = self.nodes.get(name.value.as_str()).copied();
        if found.is_none() {
            let diagnostic = catalogue::flow::unknown_node(name.span, &name.value);
            self.diagnostics.push(diagnostic.suggest_for(&name.value, self.names.nearest(&name.value)));
        }
        found
    }

    fn resolve_node(&mut self, raw: &RawNode) -> Node {
        let asks = raw.ask.iter().filter(|name| self.is_input(name)).cloned().collect();
        for alias in &raw.aliases {
            if let Some(taken) = self.nodes.get(alias.value.as_str()) {
                let first = self.flow.nodes[taken.0].id.span;
                let diagnostic = catalogue::flow::duplicate_node(alias.span, &alias.value);
                self.diagnostics.push(diagnostic.label(first, catalogue::help::first_here()));
            }
        }
        Node {
            id: raw.id.clone(),
            title: raw.title.as_ref().map(|title| self.with_values(title)),
            content: raw.content.as_ref().and_then(|content| self.resolve_content(content)),
            text: raw.text.as_ref().map(|text| self.resolve_markdown(text)),
            ask: asks,
            links: raw.links.iter().map(|link| self.resolve_link(link)).collect(),
            copy: raw.copy.iter().map(|copy| self.resolve_copy(copy)).collect(),
            checklist: raw.checklist.iter().map(|task| self.resolve_task(task)).collect(),
            aliases: raw.aliases.clone(),
            may_loop: raw.may_loop,
            kind: self.resolve_kind(&raw.kind),
        }
    }

    fn is_input(&mut self, name: &Spanned<String>) -> bool {
        let is_known = self.inputs.iter().any(|input| input.name.value == name.value);
        if !is_known {
            let diagnostic = catalogue::flow::unknown_input(name.span, &name.value);
            let names = self.inputs.iter().map(|input| input.name.value.as_str());
            self.diagnostics.push(diagnostic.suggest_for(&name.value, nearest(&name.value, names)));
        }
        is_known
    }

    fn with_values(&mut self, text: &Spanned<String>) -> String {
        let template = Template::parse(&text.value);
        self.check_template(&template, text.span);
        template.fill(|placeholder| self.config.find_value(placeholder.value_name()?).map(str::to_owned))
    }

    fn resolve_content(&mut self, content: &Spanned<String>) -> Option<Transclusion> {
        let mut found = Diagnostics::default();
        let target = self.resolver.resolve_text(&raw_link(content), self.flow.file, &mut found);
        self.diagnostics.append_as(Code::FLOW_MISSING_CONTENT, &MISSING, found);
        match target {
            Target::Text(transclusion) => Some(transclusion),
            _ => None,
        }
    }

    fn resolve_markdown(&mut self, text: &Spanned<String>) -> ResolvedBody {
        self.check_template(&Template::parse(&text.value), text.span);
        let body = markdown::parse_fragment(text, self.diagnostics);
        self.resolver.resolve_fragment(body, self.flow.file, self.diagnostics)
    }

    fn resolve_link(&mut self, link: &RawNodeLink) -> NodeLink {
        let source = raw_link(&link.url);
        self.check_template(&source.text, source.span);
        let target = self.resolver.resolve_link(&source, self.flow.file, self.diagnostics);
        NodeLink { label: self.with_values(&link.label), source, target }
    }

    fn resolve_copy(&mut self, copy: &RawCopy) -> TemplatedText {
        let template = Template::parse(&copy.text.value);
        self.check_template(&template, copy.text.span);
        TemplatedText { label: self.with_values(&copy.label), template, span: copy.text.span }
    }

    fn resolve_task(&mut self, task: &RawTask) -> Task {
        Task { text: self.resolve_markdown(&task.text), source: task.text.value.clone(), timer: task.timer }
    }

    fn resolve_kind(&mut self, kind: &RawNodeKind) -> NodeKind {
        match kind {
            RawNodeKind::Question(question) => {
                self.check_option_aliases(&question.options);
                NodeKind::Question {
                    options: question.options.iter().map(|option| self.resolve_option(option)).collect(),
                    multiple: question.multiple,
                }
            }
            RawNodeKind::Step(step) => NodeKind::Step { next: self.resolve_target(&step.next) },
            RawNodeKind::Branch(branch) => {
                NodeKind::Branch { rules: branch.rules.iter().map(|rule| self.resolve_rule(rule)).collect() }
            }
            RawNodeKind::Call(call) => self.resolve_call(call),
            RawNodeKind::Outcome(outcome) => {
                let record = outcome.record.as_ref().filter(|record| self.is_record(record));
                NodeKind::Outcome {
                    result: outcome.result,
                    status: outcome.status.as_ref().map(|status| self.with_values(status)),
                    record: record.map(|name| name.value.clone()),
                }
            }
            RawNodeKind::Unknown => NodeKind::Unknown,
        }
    }

    /// Reports a former id that is the id of another option.
    fn check_option_aliases(&mut self, options: &[RawOption]) {
        for alias in options.iter().flat_map(|option| &option.aliases) {
            if let Some(taken) = options.iter().find(|option| option.id.value == alias.value) {
                let finding = catalogue::flow::duplicate_option_id(alias.span, &alias.value);
                self.diagnostics.push(finding.label(taken.id.span, catalogue::help::first_here()));
            }
        }
    }

    fn resolve_option(&mut self, option: &RawOption) -> AnswerOption {
        let set =
            option.set.iter().filter(|set| self.is_input(&set.name)).map(|set| (set.name.clone(), set.value.clone()));
        let label = option.label.as_ref().unwrap_or(&option.id);
        AnswerOption {
            set: set.collect(),
            id: option.id.clone(),
            label: Spanned { value: self.with_values(label), span: label.span },
            hint: option.hint.as_ref().map(|hint| self.with_values(hint)),
            next: option.next.as_ref().and_then(|next| self.resolve_target(next)),
            aliases: option.aliases.clone(),
        }
    }

    fn resolve_rule(&mut self, rule: &RawRule) -> Rule {
        for test in rule.when().into_iter().flat_map(Condition::tests) {
            let is_node = self.nodes.contains_key(test.name.value.as_str());
            if !is_node {
                self.is_input(&test.name);
            }
        }
        Rule { when: rule.when().cloned(), next: self.resolve_target(rule.next()), span: rule.span }
    }

    fn resolve_call(&mut self, call: &RawCall) -> NodeKind {
        let flow = &call.flow;
        let callee = self.resolver.find_flow(&flow.value, self.flow.file);
        if callee.is_none() && !self.resolver.is_refused(&flow.value, self.flow.file) {
            let diagnostic = catalogue::flow::unknown_flow(flow.span, &flow.value);
            self.diagnostics
                .push(diagnostic.suggest_for(&flow.value, self.resolver.nearest_flow(&flow.value, self.flow.file)));
        }
        let resolve = |outcome: &crate::yaml::Named<Spanned<String>>| CallOutcome {
            outcome: outcome.name.clone(),
            next: self.resolve_target(&outcome.value),
        };
        NodeKind::Call { flow: callee, outcomes: call.outcomes.iter().map(resolve).collect() }
    }

    fn is_record(&mut self, name: &Spanned<String>) -> bool {
        let is_known = self.config.records.iter().any(|record| record.name.value == name.value);
        if !is_known {
            let diagnostic = catalogue::flow::unknown_record(name.span, &name.value);
            let names = self.config.records.iter().map(|record| record.name.value.as_str());
            self.diagnostics.push(diagnostic.suggest_for(&name.value, nearest(&name.value, names)));
        }
        is_known
    }

    /// In a flow, an undeclared name in braces is an error, and so is an unknown filter.
    fn check_template(&mut self, template: &Template, span: Span) {
        for placeholder in template.placeholders() {
            let diagnostic = match placeholder.value_name() {
                Some(name) if self.config.find_value(name).is_none() => Some(self.unknown_value(name, span)),
                Some(_) => None,
                None if self.inputs.iter().any(|input| input.name.value == placeholder.name) => None,
                None => {
                    let names = self.inputs.iter().map(|input| input.name.value.as_str());
                    let diagnostic = catalogue::flow::unknown_input(span, &placeholder.name);
                    Some(diagnostic.suggest_for(&placeholder.name, nearest(&placeholder.name, names)))
                }
            };
            let filter = placeholder.filter.as_deref().filter(|filter| Filter::from_name(filter).is_none());
            let filter = filter.map(|filter| {
                let names = Filter::NAMES.iter().map(|(name, _)| *name);
                catalogue::flow::unknown_filter(span, filter).suggest_for(filter, nearest(filter, names))
            });
            for diagnostic in diagnostic.into_iter().chain(filter) {
                self.diagnostics.push(diagnostic);
            }
        }
    }

    fn unknown_value(&self, name: &str, span: Span) -> Diagnostic {
        let names = self.config.values.iter().map(|value| value.name.value.as_str());
        catalogue::flow::unknown_value(span, name).suggest_for(name, nearest(name, names))
    }
}

fn raw_link(written: &Spanned<String>) -> RawLink {
    RawLink::new(&written.value, written.span)
}

/// The order of the numbered document: a topological order of the reachable nodes, first options first, without back
/// edges. Unreachable nodes follow in the author's order.
fn number_nodes(start: Option<NodeId>, nodes: &[Node]) -> Vec<NodeId> {
    let mut is_seen = vec![false; nodes.len()];
    let mut finished = Vec::with_capacity(nodes.len());
    let mut stack = Vec::new();
    if let Some(start) = start {
        is_seen[start.0] = true;
        stack.push((start, nodes[start.0].targets()));
    }
    while let Some((node, rest)) = stack.last_mut() {
        match rest.pop() {
            Some(next) if is_seen[next.0] => {}
            Some(next) => {
                is_seen[next.0] = true;
                stack.push((next, nodes[next.0].targets()));
            }
            None => {
                finished.push(*node);
                stack.pop();
            }
        }
    }
    finished.reverse();
    finished.extend((0..nodes.len()).filter(|index| !is_seen[*index]).map(NodeId));
    finished
}
