//! Use of inputs: used before they are asked for, asked for twice, or never used.

use std::collections::HashSet;

use super::place_of;
use crate::content::body::HoleKind;
use crate::content::condition::Operator;
use crate::content::template::Template;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::flow::FlowSet;
use crate::flow::state_space::{ReachedState, StateSpace, UNANSWERED};
use crate::site::flow::{Flow, Node, NodeKind};
use crate::site::target::ResolvedBody;
use crate::source::{Sources, Span};

/// A use of an input: the node, the name and the place.
#[derive(Clone, Copy, Debug)]
pub(super) struct InputUse<'a> {
    node: usize,
    name: &'a str,
    span: Span,
}

/// Finds every use of an input in a flow: templates, texts, records and rules.
pub(super) fn uses_of<'a>(flow: &'a Flow, flow_set: FlowSet<'a>, sources: &Sources) -> Vec<InputUse<'a>> {
    let mut uses = Vec::new();
    for (index, node) in flow.nodes.iter().enumerate() {
        let mut collector = UseCollector { flow, node: index, sources, uses: &mut uses };
        collector.add_texts(node);
        collector.add_rules(node);
        collector.add_record(node, flow_set);
    }
    uses
}

struct UseCollector<'a, 'u> {
    flow: &'a Flow,
    node: usize,
    sources: &'u Sources,
    uses: &'u mut Vec<InputUse<'a>>,
}

impl<'a> UseCollector<'a, '_> {
    fn add(&mut self, name: &str, span: Span) {
        if let Some(input) = self.flow.find_input(name) {
            self.uses.push(InputUse { node: self.node, name: &input.name.value, span });
        }
    }

    fn add_texts(&mut self, node: &'a Node) {
        let title = Template::parse(node.title.as_deref().unwrap_or_default());
        title.placeholders().for_each(|placeholder| self.add(&placeholder.name, node.id.span));
        for (template, span) in node.templates() {
            for placeholder in template.placeholders() {
                self.add(&placeholder.name, place_of(&placeholder.written(), span, self.sources));
            }
        }
        node.texts().for_each(|body| self.add_body(body));
    }

    fn add_body(&mut self, body: &ResolvedBody) {
        for hole in &body.body.holes {
            match &hole.kind {
                HoleKind::Placeholder(placeholder) => self.add(&placeholder.value.name, placeholder.span),
                HoleKind::Link(link) => {
                    link.text.placeholders().for_each(|placeholder| self.add(&placeholder.name, link.span));
                }
                _ => {}
            }
        }
    }

    /// A test of `answered` is no use: it is for inputs that may have no answer.
    fn add_rules(&mut self, node: &'a Node) {
        for test in node.tests().filter(|test| test.operator.value != Operator::Answered) {
            self.add(&test.name.value, test.name.span);
        }
    }

    fn add_record(&mut self, node: &'a Node, flow_set: FlowSet<'_>) {
        let NodeKind::Outcome { record: Some(name), .. } = &node.kind else { return };
        let Some(record) = flow_set.config.records.iter().find(|record| record.name.value == *name) else { return };
        let template = Template::parse(&record.value.value);
        template.placeholders().for_each(|placeholder| self.add(&placeholder.name, node.id.span));
    }
}

/// The inputs whose state the exploration must follow: those used, and those asked for in several places.
pub(super) fn names_to_follow<'a>(flow: &'a Flow, uses: &[InputUse<'a>]) -> HashSet<&'a str> {
    let mut names: HashSet<&str> = uses.iter().map(|used| used.name).collect();
    let mut asked = HashSet::new();
    for name in flow.inputs_asked() {
        if !asked.insert(name) {
            names.insert(name);
        }
    }
    names
}

/// Reports findings that depend on the path to a node: unanswered inputs, and inputs asked for twice.
pub(super) fn check_paths(
    flow: &Flow,
    uses: &[InputUse<'_>],
    exploration: &StateSpace<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut visits: Vec<Vec<&ReachedState>> = vec![Vec::new(); flow.nodes.len()];
    exploration.states.iter().for_each(|visit| visits[visit.node].push(visit));
    for used in uses {
        let is_missing =
            |name: usize| visits[used.node].iter().any(|visit| visit.is_certain && visit.after[name] == UNANSWERED);
        if exploration.find_name(used.name).is_some_and(is_missing) {
            let id = &flow.nodes[used.node].id.value;
            diagnostics.push(catalogue::flow::unanswered_input(used.span, used.name, id));
        }
    }
    for (node, visits) in flow.nodes.iter().zip(&visits) {
        for ask in &node.ask {
            let is_known =
                |name: usize| visits.iter().all(|visit| visit.is_certain && visit.before[name] != UNANSWERED);
            if !visits.is_empty()
                && !is_set(flow, &ask.value)
                && exploration.find_name(&ask.value).is_some_and(is_known)
            {
                diagnostics.push(catalogue::flow::asked_twice(ask.span, &ask.value));
            }
        }
    }
}

/// True when an option sets the input. Asking for it again then lets the reader correct it.
fn is_set(flow: &Flow, name: &str) -> bool {
    flow.nodes.iter().flat_map(Node::inputs_set).any(|set| set == name)
}

/// Reports inputs of a flow that nothing mentions.
pub(super) fn check_names(flow: &Flow, uses: &[InputUse<'_>], diagnostics: &mut Diagnostics) {
    for input in flow.inputs.iter().filter(|input| input.name.span.file == flow.file) {
        let name = &input.name.value;
        let is_asked = flow.inputs_asked().any(|asked| asked == name);
        let is_tested = flow.tests().any(|test| test.name.value == *name);
        if !is_asked && !is_tested && !is_set(flow, name) && !uses.iter().any(|used| used.name == name) {
            diagnostics.push(catalogue::flow::unused_input(input.name.span, name));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::fixture::Fixture;

    const CONFIG: &str = "title: S\nrecords: { r: '{x}' }\n";

    fn found_in(files: &[(&str, &str)]) -> Vec<String> {
        let mut fixture = Fixture::of(files);
        let mut diagnostics = std::mem::take(&mut fixture.diagnostics);
        let is_sound = super::super::flow_conditions::check(fixture.flow_set(), &mut diagnostics);
        super::super::flow_explored::check(fixture.flow_set(), &is_sound, &fixture.sources, &mut diagnostics);
        fixture.diagnostics = diagnostics;
        fixture.found()
    }

    /// Checks a flow with these nodes, the first on line 6.
    fn found(nodes: &str) -> Vec<String> {
        let flow = format!("title: F\nowner: A\ninputs:\n  x: {{ label: X, type: number }}\nnodes:\n{nodes}");
        found_in(&[("vereda.yaml", CONFIG), ("f.flow.yaml", &flow)])
    }

    const QUESTION: &str = "  q: { title: Q, options: [{ id: a, label: A, next: s }, { id: b, label: B, next: fim }] }\n  \
                            s: { title: S, ask: [x], next: fim }\n";

    #[test]
    fn reports_input_not_asked_on_every_path() {
        for end in [
            "title: 'Fim {x}'",
            "title: Fim, copy: [{ label: C, text: '{x}' }]",
            "title: Fim, text: 'a {x}'",
            "title: Fim, record: r",
        ] {
            let codes = found(&format!("{QUESTION}  fim: {{ {end}, result: open }}\n"));
            assert_eq!(codes, ["8 flow/unanswered-input"], "{end}");
        }
        let asked = QUESTION.replace("title: Q", "title: Q, ask: [x]").replace("title: S, ask: [x]", "title: S");
        assert!(found(&format!("{asked}  fim: {{ title: 'Fim {{x}}', result: open }}\n")).is_empty());
    }

    #[test]
    fn counts_rules_as_uses_except_answered() {
        let branch = |test: &str| {
            let ends = "  um: { title: Um, result: open }\n  fim: { rules: [{ when: { x: TEST }, next: um }, { otherwise: um }] }\n";
            found(&format!("{QUESTION}{}", ends.replace("TEST", test)))
        };
        assert_eq!(branch("{ gt: 5 }"), ["9 flow/unanswered-input"]);
        assert!(branch("{ answered: true }").is_empty());
    }

    #[test]
    fn skips_paths_that_rules_exclude() {
        let nodes = format!(
            "{QUESTION}  fim: {{ rules: [{{ when: {{ q: a }}, next: um }}, {{ otherwise: dois }}] }}\n  \
             um: {{ title: 'Um {{x}}', result: open }}\n  dois: {{ title: Dois, result: open }}\n"
        );
        assert!(found(&nodes).is_empty());
        assert_eq!(found(&nodes.replace("q: a }, next", "q: b }, next")), ["9 flow/unanswered-input"]);
    }

    #[test]
    fn follows_inputs_through_calls() {
        let caller = "title: F\nowner: A\ninputs: { x: { label: X, type: number } }\nnodes:\n  \
                      c: { call: g.flow.yaml, outcomes: { fim: fim } }\n  fim: { title: 'Fim {x}', result: open }\n";
        let asking = "title: G\nowner: A\ninputs: { x: { label: X, type: number } }\nnodes:\n  \
                      s: { title: S, ask: [x], next: fim }\n  fim: { title: Fim, result: open }\n";
        assert!(found_in(&[("f.flow.yaml", caller), ("g.flow.yaml", asking)]).is_empty());
        let mute = asking.replace(", ask: [x]", "").replace("inputs: { x: { label: X, type: number } }\n", "");
        assert_eq!(found_in(&[("f.flow.yaml", caller), ("g.flow.yaml", &mute)]), ["6 flow/unanswered-input"]);
        let using = mute
            .replace("title: Fim", "title: 'Fim {x}'")
            .replace("owner: A\n", "owner: A\ninputs: { x: { label: X } }\n");
        let before = caller.replace("nodes:\n", "nodes:\n  a: { title: A, ask: [x], next: c }\n");
        assert!(found_in(&[("f.flow.yaml", &before), ("g.flow.yaml", &using)]).is_empty());
    }

    #[test]
    fn reports_input_asked_twice_on_every_path() {
        let nodes = |ask: &str| {
            format!("{QUESTION}  fim: {{ title: Fim, ask: [x], next: u }}\n  u: {{ title: U{ask}, result: open }}\n")
        };
        assert!(found(&nodes("")).is_empty());
        assert_eq!(found(&nodes(", ask: [x]")), ["9 flow/asked-twice"]);
    }

    #[test]
    fn reports_unused_input() {
        assert_eq!(found("  fim: { title: Fim, result: open }\n"), ["4 flow/unused-input"]);
    }
}
