//! Diagrams of a flow: SVG, Mermaid and DOT.
//!
//! In: a site, a theme, a flow and [`Marks`]. Out: the text of a diagram. Each format has its own file, and all of them
//! draw the [`DiagramGraph`] of this file. Entry points: `write` of [`svg`], [`mermaid`] and [`dot`].

pub(crate) mod condition_text;
pub(crate) mod dot;
mod layout;
pub(crate) mod mermaid;
pub(crate) mod svg;
mod text;

use crate::content::flow_node::Ending;
use crate::content::template::Template;
use crate::flow::coverage::Coverage;
use crate::flow::usage_counts::{ExitUsage, UsageCounts};
use crate::site::Site;
use crate::site::flow::{Flow, FlowId, Node, NodeId};
use crate::site::node::{NodeExit, NodeExitKind};
use crate::theme::Theme;
use crate::words::Words;

use condition_text::{ConditionText, has_one_subject};

/// Colour of nodes and edges that no scenario visits.
const RED: &str = "#b3123c";

/// What a diagram highlights.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Marks<'a> {
    /// Nodes and edges that no scenario visits.
    pub(crate) coverage: Option<&'a Coverage>,
    /// How often readers visited each node and edge.
    pub(crate) counts: Option<&'a UsageCounts>,
}

/// The labels of nodes and edges, in the language of the site.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Labels<'a> {
    pub(crate) site: &'a Site,
    pub(crate) theme: &'a Theme,
}

impl Labels<'_> {
    /// The title of a node with site values, or the word for its kind.
    pub(crate) fn title(self, flow: FlowId, node: NodeId) -> String {
        let title = title_of(self.theme, self.site.flow(flow).node(node));
        let value = |name: &str| self.site.config.find_value(name).map(str::to_owned);
        one_line(&Template::parse(&title).fill(|placeholder| value(placeholder.value_name()?)))
    }

    /// An option, a rule or an outcome of a called flow, by its index; empty for a step.
    pub(crate) fn exit(self, flow: FlowId, node: NodeId, exit: usize) -> String {
        let flow = self.site.flow(flow);
        let words = ConditionText { theme: self.theme, flow, flows: &self.site.flows };
        flow.node(node).exits().get(exit).map(|exit| one_line(&words.of_exit(exit))).unwrap_or_default()
    }

    /// The result of an outcome.
    pub(crate) fn result(self, ending: Ending) -> String {
        self.theme.string(&result_key(ending)).to_owned()
    }
}

/// The title of a node, or the word for its kind.
pub(crate) fn title_of(theme: &Theme, node: &Node) -> String {
    let kind = || theme.string(&format!("kind_{}", node.kind_name())).to_owned();
    node.title.clone().unwrap_or_else(kind)
}

/// The key of the interface string of an ending.
pub(crate) fn result_key(ending: Ending) -> String {
    format!("result_{}", ending.as_str())
}

/// A flow as every format draws it, with its nodes in the order of the numbered document.
#[derive(Debug)]
struct DiagramGraph<'a> {
    title: String,
    nodes: Vec<GraphNode<'a>>,
    edges: Vec<GraphEdge<'a>>,
}

#[derive(Debug)]
struct GraphNode<'a> {
    id: &'a str,
    /// `question`, `step`, `branch`, `call` or `outcome`.
    kind: &'static str,
    title: String,
    /// The key of the interface string of an outcome's result.
    result: Option<String>,
    is_unvisited: bool,
    /// With counts: the number of visits, as `12×`.
    visits: Option<String>,
}

/// An edge between two nodes, by their positions from 0.
#[derive(Debug)]
struct GraphEdge<'a> {
    from: usize,
    to: usize,
    /// Empty for the `next` of a step.
    text: String,
    /// The text as the SVG shows it.
    short_text: String,
    /// The id of an option.
    option: Option<&'a str>,
    is_unvisited: bool,
    usage: Option<ExitUsage>,
}

impl GraphNode<'_> {
    fn one_line_title(&self) -> String {
        let title = one_line(&self.title);
        self.visits.iter().fold(title, |title, visits| format!("{title} · {visits}"))
    }
}

impl GraphEdge<'_> {
    /// True for an edge to an earlier node, or to the node itself.
    fn is_back(&self) -> bool {
        self.to <= self.from
    }

    /// One of the texts, and the count with its share of the visits of the node.
    fn label(&self, text: &str) -> String {
        let text = Some(one_line(text)).filter(|text| !text.is_empty());
        let usage = self.usage.map(|usage| format!("{} ({} %)", usage.count, usage.percent()));
        text.into_iter().chain(usage).collect::<Vec<_>>().join(" · ")
    }

    /// The thickness of the line, from 0 to 4, with counts.
    fn weight(&self) -> Option<usize> {
        self.usage.map(ExitUsage::weight)
    }
}

impl<'a> DiagramGraph<'a> {
    fn new(labels: Labels<'a>, flow: &'a Flow, marks: Marks<'_>) -> Self {
        let words = ConditionText { theme: labels.theme, flow, flows: &labels.site.flows };
        let mut graph = Self { title: flow.metadata.title.value.clone(), nodes: Vec::new(), edges: Vec::new() };
        let mut positions = vec![0; flow.nodes.len()];
        for (position, id) in flow.order.iter().enumerate() {
            positions[id.0] = position;
        }
        for id in flow.order.iter().copied() {
            let node = flow.node(id);
            graph.nodes.push(GraphNode {
                id: &node.id.value,
                kind: node.kind_name(),
                title: title_of(labels.theme, node),
                result: node.result().map(result_key),
                is_unvisited: marks.coverage.is_some_and(|coverage| coverage.lacks_node(id)),
                visits: marks.counts.map(|counts| format!("{}×", counts.node(flow, id))),
            });
            let has_one_subject = has_one_subject(node);
            for (index, exit) in node.exits().into_iter().enumerate() {
                let Some(target) = exit.target else { continue };
                graph.edges.push(GraphEdge {
                    from: positions[id.0],
                    to: positions[target.0],
                    text: words.of_exit(&exit),
                    short_text: if has_one_subject { words.of_exit_without_name(&exit) } else { words.of_exit(&exit) },
                    option: option_id(&exit),
                    is_unvisited: marks.coverage.is_some_and(|coverage| coverage.lacks_exit(id, index)),
                    usage: marks.counts.and_then(|counts| counts.exit(flow, id, index)),
                });
            }
        }
        graph
    }
}

fn option_id<'a>(exit: &NodeExit<'a>) -> Option<&'a str> {
    match exit.kind {
        NodeExitKind::Option(option) => Some(&option.id.value),
        _ => None,
    }
}

/// A text without line breaks and other control characters.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
fn sample(title: &str, label: &str) -> DiagramGraph<'static> {
    let kinds = ["question", "step", "branch", "call", "outcome"];
    let node = |kind| {
        let is_unvisited = kind == "call";
        GraphNode { id: "", kind, title: title.to_owned(), result: None, is_unvisited, visits: None }
    };
    let edge = |from, to, label: &str| GraphEdge {
        from,
        to,
        text: label.to_owned(),
        short_text: label.to_owned(),
        option: None,
        is_unvisited: from == 1,
        usage: (from == 0).then_some(ExitUsage { count: 2, of: 3 }),
    };
    DiagramGraph {
        title: title.to_owned(),
        nodes: kinds.map(node).into(),
        edges: vec![edge(0, 1, label), edge(1, 0, "")],
    }
}
