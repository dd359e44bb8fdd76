//! Single nodes: missing titles, questions without a real choice, equal options, equal outcomes.

use std::collections::{HashMap, HashSet};

use crate::content::body::HoleKind;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::flow::FlowSet;
use crate::site::flow::{AnswerOption, Flow, Node, NodeKind};
use crate::site::target::ResolvedBody;
use crate::source::Span;
use crate::yaml::is_invisible;

pub(super) fn check(flow_set: FlowSet<'_>, diagnostics: &mut Diagnostics) {
    for flow in flow_set.flows {
        let named = NamedNodes::of(flow);
        for node in &flow.nodes {
            check_title(node, diagnostics);
            if let NodeKind::Question { options, multiple } = &node.kind {
                check_options(flow, node, options, *multiple || named.has(node), diagnostics);
                check_labels(options, diagnostics);
            }
        }
        check_twins(flow, diagnostics);
    }
}

/// A branch and a call have no screen of their own, so they need no title.
fn check_title(node: &Node, diagnostics: &mut Diagnostics) {
    let needs_title = matches!(node.kind, NodeKind::Question { .. } | NodeKind::Step { .. } | NodeKind::Outcome { .. });
    let has_title = node.title.as_ref().is_some_and(|title| !is_invisible(title));
    if needs_title && !has_title {
        diagnostics.push(catalogue::flow::missing_title(node.id.span, &node.id.value));
    }
}

/// The names that the rules of a flow compare: inputs, and questions by id or alias.
pub(super) struct NamedNodes<'a>(HashSet<&'a str>);

impl<'a> NamedNodes<'a> {
    pub(super) fn of(flow: &'a Flow) -> Self {
        Self(flow.tests().map(|test| test.name.value.as_str()).collect())
    }

    pub(super) fn has(&self, node: &Node) -> bool {
        [&node.id].into_iter().chain(&node.aliases).any(|id| self.0.contains(id.value.as_str()))
    }
}

/// Reports a question with one option, or with one target for all options. `is_kept` means that the answer is used
/// later.
fn check_options(flow: &Flow, node: &Node, options: &[AnswerOption], is_kept: bool, diagnostics: &mut Diagnostics) {
    if let [only] = options {
        diagnostics.push(catalogue::flow::single_option(only.id.span, &node.id.value));
    } else if let Some(target) = idle_target(options).filter(|_| !is_kept) {
        let target = &flow.node(target).id.value;
        diagnostics.push(catalogue::flow::idle_question(node.id.span, &node.id.value, target));
    }
}

/// The common target of all options, when none of them sets an input.
pub(super) fn idle_target(options: &[AnswerOption]) -> Option<crate::site::flow::NodeId> {
    let target = options.first()?.next?;
    options.iter().all(|option| option.next == Some(target) && option.set.is_empty()).then_some(target)
}

/// Reports options with the same label and hint.
fn check_labels(options: &[AnswerOption], diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<(String, Option<&str>), &AnswerOption> = HashMap::new();
    for option in options {
        let key = (option.label.value.trim().to_lowercase(), option.hint.as_deref());
        if let Some(first) = seen.get(&key) {
            let (id, other) = (&option.id.value, &first.id.value);
            let diagnostic = catalogue::flow::duplicate_option(option.label.span, id, other, &option.label.value);
            diagnostics.push(diagnostic.label(first.label.span, catalogue::help::first_here()));
        } else {
            seen.insert(key, option);
        }
    }
}

fn check_twins(flow: &Flow, diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<String, (&str, Span)> = HashMap::new();
    for node in &flow.nodes {
        let Some(content) = content_key(node) else { continue };
        if let Some((other, span)) = seen.get(&content) {
            let diagnostic = catalogue::flow::twin_outcomes(node.id.span, &node.id.value, other);
            diagnostics.push(diagnostic.label(*span, catalogue::flow::twin_is_here()));
        } else {
            seen.insert(content, (&node.id.value, node.id.span));
        }
    }
}

/// Everything that an outcome shows, as one comparable text. The title counts only when the outcome shows nothing else.
fn content_key(node: &Node) -> Option<String> {
    let NodeKind::Outcome { result, status, record } = &node.kind else { return None };
    let content = node.content.as_ref().map(|content| (content.page, &content.anchor));
    let text = node.text.as_ref().map(written_in);
    let copies: Vec<_> = node.copy.iter().map(|copy| (&copy.label, &copy.template)).collect();
    let links: Vec<_> = node.links.iter().map(|link| &link.source.text).collect();
    let tasks: Vec<_> = node.checklist.iter().map(|task| &task.source).collect();
    let is_empty = content.is_none() && text.is_none() && copies.is_empty() && links.is_empty() && tasks.is_empty();
    let title = node.title.as_deref().filter(|_| is_empty);
    Some(format!("{:?}", (title, content, text, copies, links, tasks, &node.ask.len(), (result, status, record))))
}

/// A body without its spans.
fn written_in(body: &ResolvedBody) -> (&str, Vec<String>) {
    let hole = |hole: &crate::content::body::Hole| match &hole.kind {
        HoleKind::Placeholder(placeholder) => placeholder.value.written(),
        HoleKind::Code { text, .. } => text.clone(),
        other => other.link().map_or_else(|| format!("{other:?}"), |link| link.written.clone()),
    };
    (&body.body.html, body.body.holes.iter().map(hole).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::fixture::Fixture;

    fn found(nodes: &str) -> Vec<String> {
        let mut fixture =
            Fixture::of_flow(&format!("title: F\ninputs: {{ x: {{ label: X, type: text }} }}\nnodes:\n{nodes}"));
        let mut diagnostics = std::mem::take(&mut fixture.diagnostics);
        check(fixture.flow_set(), &mut diagnostics);
        fixture.diagnostics = diagnostics;
        fixture.found()
    }

    const ENDS: &str = "  fim: { title: Fim, result: resolved }\n  nada: { title: Nada, result: open }\n";

    #[test]
    fn reports_missing_title() {
        let nodes = "  s: { next: q }\n  q: { options: [{ id: a, label: A, next: b }, { id: c, label: C, next: fim }] }\n  \
                     b: { rules: [{ otherwise: fim }] }\n  fim: { result: resolved }\n";
        assert_eq!(found(nodes), ["4 flow/missing-title", "5 flow/missing-title", "7 flow/missing-title"]);
    }

    #[test]
    fn reports_single_option() {
        let nodes = format!("  q: {{ title: Q, options: [{{ id: a, label: A, next: fim }}] }}\n{ENDS}");
        assert_eq!(found(&nodes), ["4 flow/single-option"]);
    }

    #[test]
    fn reports_idle_question_unless_answer_is_used() {
        let question = |set: &str| {
            format!(
                "  q: {{ title: Q, options: [{{ id: a, label: A, next: b{set} }}, {{ id: c, label: C, next: b }}] }}\n"
            )
        };
        let branch = |when: &str| {
            format!("  b: {{ rules: [{{ when: {{ {when} }}, next: nada }}, {{ otherwise: fim }}] }}\n{ENDS}")
        };
        assert_eq!(found(&format!("{}{}", question(""), branch("x: z"))), ["4 flow/idle-question"]);
        assert!(found(&format!("{}{}", question(", set: { x: z }"), branch("x: z"))).is_empty());
        assert!(found(&format!("{}{}", question(""), branch("q: { is: a }"))).is_empty());
        let several = question("").replace("title: Q", "title: Q, multiple: true");
        assert!(found(&format!("{several}{}", branch("x: z"))).is_empty());
    }

    #[test]
    fn reports_equal_labels_without_hints() {
        let question = |hint: &str| {
            format!(
                "  q: {{ title: Q, options: [{{ id: a, label: Sim, next: fim }}, {{ id: b, label: ' sim'{hint}, next: nada }}] }}\n{ENDS}"
            )
        };
        assert_eq!(found(&question("")), ["4 flow/duplicate-option"]);
        assert!(found(&question(", hint: mas não muito")).is_empty());
    }

    #[test]
    fn reports_outcomes_with_equal_text_and_result() {
        let ends = |text: &str, result: &str| {
            let question =
                "  q: { title: Q, options: [{ id: a, label: A, next: um }, { id: b, label: B, next: dois }] }\n";
            format!(
                "{question}  um: {{ title: Um, text: Veja a., result: open }}\n  dois: {{ title: Dois, text: {text}, result: {result} }}\n"
            )
        };
        assert_eq!(found(&ends("Veja a.", "open")), ["6 flow/twin-outcomes"]);
        assert!(found(&ends("Veja b.", "open")).is_empty());
        assert!(found(&ends("Veja a.", "resolved")).is_empty());
    }

    #[test]
    fn reports_empty_outcomes_with_equal_titles() {
        let ends = |title: &str| {
            let question =
                "  q: { title: Q, options: [{ id: a, label: A, next: um }, { id: b, label: B, next: dois }] }\n";
            format!("{question}  um: {{ title: Um, result: open }}\n  dois: {{ title: {title}, result: open }}\n")
        };
        assert_eq!(found(&ends("Um")), ["6 flow/twin-outcomes"]);
        assert!(found(&ends("Dois")).is_empty());
    }
}
