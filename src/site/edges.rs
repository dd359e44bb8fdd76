//! The graph of the site: where each page and flow leads, as it was written.
//!
//! A link inside a transcluded text belongs to the page it was written in. The ways inside a flow are none of this: they are its
//! nodes'. Entry points: [`edges_of`] for one page or flow, [`Destination`] for what an edge leads to.

use super::flow::{Flow, Node, NodeId, NodeKind, Transclusion};
use super::link::{ResolvedBody, Target};
use super::{Entry, Site};
use crate::content::body::HoleKind;
use crate::content::template::Template;

/// One place that leads somewhere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge<'a> {
    pub(crate) kind: EdgeKind,
    /// The node of the flow in which it stands.
    pub(crate) node: Option<NodeId>,
    pub(crate) to: Destination<'a>,
}

/// By what means one place leads to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum EdgeKind {
    /// A link of a text, raw HTML included, or one of a node's `links`.
    Link,
    /// An image, or what else raw HTML shows in a page.
    Image,
    /// `:::include`.
    Transclusion,
    /// `:::flow`.
    Flow,
    /// A node's `content`.
    Content,
    /// A node's `call`.
    Call,
}

/// What an edge leads to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Destination<'a> {
    /// A page or flow, and an anchor or node of it.
    Entry(Entry, Option<&'a str>),
    /// A copied file, by its output path.
    File(&'a str),
    /// Another site, a telephone number, an e-mail.
    External(&'a Template),
}

impl EdgeKind {
    /// The word for programs.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Image => "image",
            Self::Transclusion => "transclusion",
            Self::Flow => "flow",
            Self::Content => "content",
            Self::Call => "call",
        }
    }
}

/// Where a page or flow leads, in the order in which it says so; what is broken leads nowhere.
pub(crate) fn edges_of(site: &Site, from: Entry) -> Vec<Edge<'_>> {
    let mut edges = Vec::new();
    match from {
        Entry::Page(id) => add_body(&site.page(id).body, None, &mut edges),
        Entry::Flow(id) => add_flow(site.flow(id), &mut edges),
    }
    edges
}

fn add_flow<'a>(flow: &'a Flow, edges: &mut Vec<Edge<'a>>) {
    for (index, node) in flow.nodes.iter().enumerate() {
        add_node(node, NodeId(index), edges);
    }
}

fn add_node<'a>(node: &'a Node, id: NodeId, edges: &mut Vec<Edge<'a>>) {
    let mut add = |kind, to| edges.push(Edge { kind, node: Some(id), to });
    if let Some(content) = &node.content {
        add(EdgeKind::Content, text(content));
    }
    if let NodeKind::Call { flow: Some(flow), .. } = node.kind {
        add(EdgeKind::Call, Destination::Entry(Entry::Flow(flow), None));
    }
    node.links.iter().filter_map(|link| destination(&link.target)).for_each(|to| add(EdgeKind::Link, to));
    let bodies = node.text.iter().chain(node.checklist.iter().map(|task| &task.text));
    bodies.for_each(|body| add_body(body, Some(id), edges));
}

fn add_body<'a>(body: &'a ResolvedBody, node: Option<NodeId>, edges: &mut Vec<Edge<'a>>) {
    for (hole, target) in body.body.holes.iter().zip(&body.targets) {
        let kind = match hole.kind {
            HoleKind::Link(_) => EdgeKind::Link,
            HoleKind::Image(_) | HoleKind::Address(_) => EdgeKind::Image,
            HoleKind::Include(_) => EdgeKind::Transclusion,
            HoleKind::Flow { .. } => EdgeKind::Flow,
            _ => continue,
        };
        edges.extend(target.as_ref().and_then(destination).map(|to| Edge { kind, node, to }));
    }
}

fn destination(target: &Target) -> Option<Destination<'_>> {
    match target {
        Target::Entry { entry, anchor, .. } => Some(Destination::Entry(*entry, anchor.as_deref())),
        Target::Asset { path, .. } => Some(Destination::File(path)),
        Target::External(template) => Some(Destination::External(template)),
        Target::Text(transclusion) => Some(text(transclusion)),
        Target::Broken => None,
    }
}

fn text(transclusion: &Transclusion) -> Destination<'_> {
    Destination::Entry(Entry::Page(transclusion.page), transclusion.anchor.as_deref())
}
