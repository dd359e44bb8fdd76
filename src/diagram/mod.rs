//! The graph of one flow as a text for other programs: the published picture and `flow.json`, Mermaid and DOT.
//!
//! In: a site, a theme, a flow and a [`GraphFormat`]. Out: the text. A format a file; the pages' templates have no part in it.
//! Entry point: [`render`].

pub(crate) mod condition_text;
pub(crate) mod dot;
mod layout;
pub(crate) mod mermaid;
pub(crate) mod svg;

use crate::content::flow_node::Ending;
use crate::content::template::Template;
use crate::flow::coverage::Coverage;
use crate::flow::usage_counts::{ExitUsage, UsageCounts};
use crate::site::Site;
use crate::site::flow::{Flow, FlowId, Node, NodeId};
use crate::site::node::NodeExit;
use crate::theme::Theme;
use crate::words::Words;

use condition_text::ConditionText;

/// What no scenario visits.
const RED: &str = "#b3123c";

/// What is marked on the graph.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Marks<'a> {
    /// What no scenario visits.
    pub(crate) coverage: Option<&'a Coverage>,
    /// How often readers took what.
    pub(crate) tally: Option<&'a UsageCounts>,
}

impl Marks<'_> {
    fn lacks_node(self, node: NodeId) -> bool {
        self.coverage.is_some_and(|coverage| coverage.lacks_node(node))
    }

    fn lacks_way(self, node: NodeId, way: usize) -> bool {
        self.coverage.is_some_and(|coverage| coverage.lacks_exit(node, way))
    }

    fn taken(self, flow: &Flow, node: NodeId, way: usize) -> Option<ExitUsage> {
        self.tally?.exit(flow, node, way)
    }

    /// How often readers came to a node.
    fn visits(self, flow: &Flow, node: NodeId) -> Option<String> {
        self.tally.map(|tally| format!("{}×", tally.node(flow, node)))
    }
}

/// A label with how often its way was taken, in numbers and in parts of those who stood there.
pub(super) fn counted(label: &str, taken: Option<ExitUsage>) -> String {
    let numbers = taken.map(|taken| format!("{} ({} %)", taken.count, taken.percent()));
    [Some(label.to_owned()).filter(|label| !label.is_empty()), numbers]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

/// What nodes and their ways are called, in the language of the site.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Labels<'a> {
    pub(crate) site: &'a Site,
    pub(crate) theme: &'a Theme,
}

impl Labels<'_> {
    /// The title of a node with the site's constants put in, or the word for what it is.
    pub(crate) fn title(self, flow: FlowId, node: NodeId) -> String {
        let title = title_of(self.theme, self.site.flow(flow).node(node));
        let value = |name: &str| self.site.config.find_value(name).map(str::to_owned);
        one_line(&Template::parse(&title).fill(|placeholder| value(placeholder.value_name()?)))
    }

    /// An option, a rule or an outcome of a called flow, by its index; empty for a step.
    pub(crate) fn way(self, flow: FlowId, node: NodeId, way: usize) -> String {
        let flow = self.site.flow(flow);
        let words = ConditionText { theme: self.theme, flow, flows: &self.site.flows };
        flow.node(node).exits().get(way).map(|exit| one_line(&words.of_exit(exit))).unwrap_or_default()
    }

    /// The result of an outcome.
    pub(crate) fn result(self, ending: Ending) -> String {
        self.theme.string(&result_key(ending)).to_owned()
    }
}

/// The title of a node, or the word for what it is.
pub(crate) fn title_of(theme: &Theme, node: &Node) -> String {
    let kind = || theme.string(&format!("kind_{}", node.kind_name())).to_owned();
    node.title.clone().unwrap_or_else(kind)
}

/// The interface string of an ending.
pub(crate) fn result_key(ending: Ending) -> String {
    format!("result_{}", ending.as_str())
}

/// A flow in words, its nodes in the order of the numbered document.
#[derive(Debug)]
struct Sketch {
    title: String,
    nodes: Vec<SketchNode>,
    ways: Vec<SketchWay>,
}

#[derive(Debug)]
struct SketchNode {
    /// `question`, `step`, `branch`, `call` or `outcome`.
    kind: &'static str,
    title: String,
    /// No scenario visits it.
    is_unvisited: bool,
}

/// A way between two nodes, by their numbers from 1.
#[derive(Debug)]
struct SketchWay {
    from: usize,
    to: usize,
    /// Empty where a step goes on.
    label: String,
    /// No scenario takes it.
    is_unvisited: bool,
    /// How heavy it is drawn, where readers were counted: 0 to 4.
    weight: Option<usize>,
}

impl SketchWay {
    /// It leads to a node that stands before, or to itself.
    fn is_back(&self) -> bool {
        self.to <= self.from
    }
}

impl Sketch {
    fn new(labels: Labels<'_>, flow: &Flow, marks: Marks<'_>) -> Self {
        let node = |id: &NodeId| {
            let node = flow.node(*id);
            let is_unvisited = marks.lacks_node(*id);
            let title = one_line(&title_of(labels.theme, node));
            let title = [Some(title), marks.visits(flow, *id)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            SketchNode { kind: node.kind_name(), title, is_unvisited }
        };
        let words = ConditionText { theme: labels.theme, flow, flows: &labels.site.flows };
        let mut numbers = vec![0; flow.nodes.len()];
        for (position, id) in flow.order.iter().enumerate() {
            numbers[id.0] = position + 1;
        }
        let way = |from: NodeId, index: usize, exit: NodeExit<'_>| {
            let (is_unvisited, taken) = (marks.lacks_way(from, index), marks.taken(flow, from, index));
            let (label, weight) = (counted(&one_line(&words.of_exit(&exit)), taken), taken.map(ExitUsage::weight));
            Some(SketchWay { from: numbers[from.0], to: numbers[exit.target?.0], label, is_unvisited, weight })
        };
        let mut ways = Vec::new();
        for id in &flow.order {
            let exits = flow.node(*id).exits().into_iter().enumerate();
            ways.extend(exits.filter_map(|(index, exit)| way(*id, index, exit)));
        }
        Self { title: one_line(&flow.metadata.title.value), nodes: flow.order.iter().map(node).collect(), ways }
    }
}

/// A text without line breaks and other control characters.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
fn sample(title: &str, label: &str) -> Sketch {
    let kinds = ["question", "step", "branch", "call", "outcome"];
    let nodes = kinds.map(|kind| SketchNode { kind, title: title.to_owned(), is_unvisited: kind == "call" });
    let way = |from, to, label: &str| SketchWay {
        from,
        to,
        label: label.to_owned(),
        is_unvisited: from == 2,
        weight: (from == 1).then_some(3),
    };
    Sketch { title: title.to_owned(), nodes: nodes.into(), ways: vec![way(1, 2, label), way(2, 1, "")] }
}
