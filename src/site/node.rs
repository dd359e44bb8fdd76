//! Walks over one node: its exits, rules, options, conditions and texts.
//!
//! Every other module that needs one of these lists uses the methods here. None of them matches on [`NodeKind`] for it.

use std::collections::HashSet;

use super::flow::{AnswerOption, CallOutcome, Flow, Node, NodeKind, Rule};
use super::ids::{FlowId, NodeId};
use super::target::ResolvedBody;
use crate::content::condition::{Condition, Test};
use crate::content::flow_node::Ending;
use crate::content::template::Template;
use crate::source::Span;

/// An edge of the flow's graph, seen from the node that it leaves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NodeExit<'a> {
    pub(crate) kind: NodeExitKind<'a>,
    /// `None` when the target does not exist, which was reported.
    pub(crate) target: Option<NodeId>,
}

/// The part of a node that an exit belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NodeExitKind<'a> {
    Option(&'a AnswerOption),
    /// The `next` of a step.
    Next,
    Rule(&'a Rule),
    /// An outcome of the called flow, which is `None` when it does not exist.
    CallOutcome(Option<FlowId>, &'a CallOutcome),
}

impl Node {
    /// The exits in the author's order. Their positions are the indices that walks and coverage use.
    pub(crate) fn exits(&self) -> Vec<NodeExit<'_>> {
        match &self.kind {
            NodeKind::Question { options, .. } => options
                .iter()
                .map(|option| NodeExit { kind: NodeExitKind::Option(option), target: option.next })
                .collect(),
            NodeKind::Step { next } => vec![NodeExit { kind: NodeExitKind::Next, target: *next }],
            NodeKind::Branch { rules } => {
                rules.iter().map(|rule| NodeExit { kind: NodeExitKind::Rule(rule), target: rule.next }).collect()
            }
            NodeKind::Call { flow, outcomes } => outcomes
                .iter()
                .map(|outcome| NodeExit { kind: NodeExitKind::CallOutcome(*flow, outcome), target: outcome.next })
                .collect(),
            NodeKind::Outcome { .. } | NodeKind::Unknown => Vec::new(),
        }
    }

    /// The targets of the exits, repetitions included. Targets that do not exist are left out.
    pub(crate) fn targets(&self) -> Vec<NodeId> {
        self.exits().iter().filter_map(|exit| exit.target).collect()
    }

    /// The options of a question; empty for other nodes.
    pub(crate) fn options(&self) -> &[AnswerOption] {
        match &self.kind {
            NodeKind::Question { options, .. } => options,
            _ => &[],
        }
    }

    /// The rules of a branch; empty for other nodes.
    pub(crate) fn rules(&self) -> &[Rule] {
        match &self.kind {
            NodeKind::Branch { rules } => rules,
            _ => &[],
        }
    }

    /// The flow that a call enters.
    pub(crate) fn called_flow(&self) -> Option<FlowId> {
        match self.kind {
            NodeKind::Call { flow, .. } => flow,
            _ => None,
        }
    }

    /// The result of an outcome.
    pub(crate) fn result(&self) -> Option<Ending> {
        match self.kind {
            NodeKind::Outcome { result, .. } => Some(result),
            _ => None,
        }
    }

    pub(crate) fn is_question(&self) -> bool {
        matches!(self.kind, NodeKind::Question { .. })
    }

    pub(crate) fn is_outcome(&self) -> bool {
        matches!(self.kind, NodeKind::Outcome { .. })
    }

    /// The conditions of the rules, in order. An `otherwise` has none.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.rules().iter().filter_map(|rule| rule.when.as_ref())
    }

    /// The tests of all conditions, in order.
    pub(crate) fn tests(&self) -> impl Iterator<Item = &Test> {
        self.conditions().flat_map(Condition::tests)
    }

    /// The names of the inputs that the options set.
    pub(crate) fn inputs_set(&self) -> impl Iterator<Item = &str> {
        self.options().iter().flat_map(|option| &option.set).map(|(name, _)| name.value.as_str())
    }

    /// The Markdown of the node: its own text, then the items of its checklist.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &ResolvedBody> {
        self.text.iter().chain(self.checklist.iter().map(|task| &task.text))
    }

    /// The templates of the copies, then those of the link addresses, each with its place.
    pub(crate) fn templates(&self) -> impl Iterator<Item = (&Template, Span)> {
        let copies = self.copy.iter().map(|copy| (&copy.template, copy.span));
        copies.chain(self.links.iter().map(|link| (&link.source.text, link.source.span)))
    }
}

impl Flow {
    /// The conditions of all rules, in the order of the nodes.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.nodes.iter().flat_map(Node::conditions)
    }

    /// The tests of all conditions, in the order of the nodes.
    pub(crate) fn tests(&self) -> impl Iterator<Item = &Test> {
        self.nodes.iter().flat_map(Node::tests)
    }

    /// The inputs that nodes ask for, repetitions included.
    pub(crate) fn inputs_asked(&self) -> impl Iterator<Item = &str> {
        self.nodes.iter().flat_map(|node| &node.ask).map(|name| name.value.as_str())
    }

    /// The outcomes, in the author's order.
    pub(crate) fn outcomes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(|node| node.is_outcome())
    }

    /// The flows that the nodes call, one item for each call.
    pub(crate) fn called_flows(&self) -> impl Iterator<Item = FlowId> {
        self.nodes.iter().filter_map(Node::called_flow)
    }
}

/// A flow, then every flow that it calls or that those call, each once.
pub(crate) fn with_called_flows(flows: &[Flow], flow: FlowId) -> Vec<FlowId> {
    let mut seen = HashSet::from([flow]);
    let mut found = vec![flow];
    let mut index = 0;
    while index < found.len() {
        found.extend(flows[found[index].0].called_flows().filter(|called| seen.insert(*called)));
        index += 1;
    }
    found
}
