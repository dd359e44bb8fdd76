//! Resolved flows: a [`RawFlow`](crate::content::flow::RawFlow) with indices in place of names.

use crate::config::Input;
use crate::content::body::RawLink;
use crate::content::condition::{Condition, Constant};
use crate::content::flow_node::Ending;
use crate::content::flow_text::WrittenText;
use crate::content::front_matter::Metadata;
use crate::content::template::Template;
use crate::source::{FileId, Span, Spanned};

pub(crate) use super::ids::{FlowId, NodeId, PageId};
use super::target::{ResolvedBody, Target, Transclusion};

/// A flow whose names are resolved. Nodes stand in the author's order.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    pub(crate) file: FileId,
    pub(crate) metadata: Metadata,
    /// Address below the base, `/whatsapp/auditoria/`.
    pub(crate) route: String,
    /// `None` when the flow has no node.
    pub(crate) start: Option<NodeId>,
    /// The site's inputs and then the flow's own, which win over a site's of the same name.
    pub(crate) inputs: Vec<Input>,
    pub(crate) nodes: Vec<Node>,
    /// The nodes in the order of the numbered document, each once. Reachable nodes come first.
    pub(crate) order: Vec<NodeId>,
    /// The texts that readers see, as written.
    pub(crate) texts: Vec<WrittenText>,
    pub(crate) scenarios: Vec<Scenario>,
}

/// A node of a flow.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) id: Spanned<String>,
    pub(crate) title: Option<String>,
    pub(crate) content: Option<Transclusion>,
    /// The node's own Markdown.
    pub(crate) text: Option<ResolvedBody>,
    /// Names of inputs, all declared.
    pub(crate) ask: Vec<Spanned<String>>,
    pub(crate) links: Vec<NodeLink>,
    pub(crate) copy: Vec<TemplatedText>,
    pub(crate) checklist: Vec<Task>,
    pub(crate) aliases: Vec<Spanned<String>>,
    pub(crate) may_loop: bool,
    pub(crate) kind: NodeKind,
}

/// Kind of a node, with its exits. A target that does not exist was reported and is `None`.
#[derive(Clone, Debug)]
pub(crate) enum NodeKind {
    Question {
        options: Vec<AnswerOption>,
        multiple: bool,
    },
    Step {
        next: Option<NodeId>,
    },
    Branch {
        rules: Vec<Rule>,
    },
    Call {
        flow: Option<FlowId>,
        outcomes: Vec<CallOutcome>,
    },
    Outcome {
        result: Ending,
        status: Option<String>,
        record: Option<String>,
    },
    /// A kind that could not be parsed, which was reported.
    Unknown,
}

/// An option of a question.
#[derive(Clone, Debug)]
pub(crate) struct AnswerOption {
    pub(crate) id: Spanned<String>,
    pub(crate) label: Spanned<String>,
    pub(crate) hint: Option<String>,
    pub(crate) next: Option<NodeId>,
    /// Inputs that this option sets, by name.
    pub(crate) set: Vec<(Spanned<String>, Spanned<Constant>)>,
    /// Former ids.
    pub(crate) aliases: Vec<Spanned<String>>,
}

impl AnswerOption {
    /// True for its id and for a former one.
    pub(crate) fn is_called(&self, id: &str) -> bool {
        self.id.value == id || self.aliases.iter().any(|alias| alias.value == id)
    }
}

/// A rule of a branch: condition and target.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// `None` is `otherwise`.
    pub(crate) when: Option<Condition>,
    pub(crate) next: Option<NodeId>,
    pub(crate) span: Span,
}

/// The target of an outcome of a called flow.
#[derive(Clone, Debug)]
pub(crate) struct CallOutcome {
    /// Id of an outcome of the called flow.
    pub(crate) outcome: Spanned<String>,
    pub(crate) next: Option<NodeId>,
}

/// A link of a node.
#[derive(Clone, Debug)]
pub(crate) struct NodeLink {
    pub(crate) label: String,
    pub(crate) source: RawLink,
    pub(crate) target: Target,
}

/// A label with a templated text.
#[derive(Clone, Debug)]
pub(crate) struct TemplatedText {
    pub(crate) label: String,
    pub(crate) template: Template,
    pub(crate) span: Span,
}

/// An item of a checklist.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) text: ResolvedBody,
    /// As written, for programs.
    pub(crate) source: String,
    /// In seconds.
    pub(crate) timer: Option<u32>,
}

/// A test of the flow with resolved names. Names that do not exist were reported and left out.
#[derive(Clone, Debug)]
pub(crate) struct Scenario {
    pub(crate) name: Spanned<String>,
    pub(crate) inputs: Vec<(Spanned<String>, Spanned<String>)>,
    /// By node id; `call/node` for a node of a called flow.
    pub(crate) answers: Vec<(Spanned<String>, Vec<Spanned<String>>)>,
    pub(crate) outcome: Spanned<String>,
    /// Keys of nodes that the walk passes in this order, with other nodes between them.
    pub(crate) path: Vec<Spanned<String>>,
    pub(crate) copied: Vec<(Spanned<String>, Spanned<String>)>,
    /// The whole text for the ticket.
    pub(crate) record: Option<Spanned<String>>,
    /// A name in it does not exist, so the walk is not the intended one.
    pub(crate) has_unknown_name: bool,
}

impl Flow {
    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    /// The last part of the route.
    pub(crate) fn slug(&self) -> &str {
        self.route.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
    }

    /// Finds a node by its id or by an alias.
    pub(crate) fn find_node(&self, id: &str) -> Option<NodeId> {
        let is_it = |node: &Node| node.id.value == id || node.aliases.iter().any(|alias| alias.value == id);
        self.nodes.iter().position(is_it).map(NodeId)
    }

    /// The flow's own input wins over one of the site.
    pub(crate) fn find_input(&self, name: &str) -> Option<&Input> {
        self.inputs.iter().rev().find(|input| input.name.value == name)
    }

    /// Number of a node in the numbered document, from 1.
    pub(crate) fn number_of(&self, id: NodeId) -> usize {
        self.order.iter().position(|other| *other == id).map_or(0, |index| index + 1)
    }
}

impl Node {
    /// The word for the kind of node in `flow.json` and in templates.
    pub(crate) fn kind_name(&self) -> &'static str {
        match self.kind {
            NodeKind::Question { .. } => "question",
            NodeKind::Step { .. } | NodeKind::Unknown => "step",
            NodeKind::Branch { .. } => "branch",
            NodeKind::Call { .. } => "call",
            NodeKind::Outcome { .. } => "outcome",
        }
    }
}
