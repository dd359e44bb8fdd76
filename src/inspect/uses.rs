//! Uses of an exact text, and what leads to a node, as plain values for the command line.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;

use super::paths::OutcomePath;
use super::{OpenFlow, find_flow};
use crate::copies::{ExactText, ExactTexts, TextKind, TextUse, fold};
use crate::diagnostic::{Language, nearest};
use crate::diagram::Labels;
use crate::site::flow::{FlowId, NodeId};
use crate::site::{Entry, Site};
use crate::source::{Sources, Span};
use crate::theme::Theme;

/// A site that was read, with or without errors.
#[derive(Debug)]
pub struct OpenSite {
    pub(crate) sources: Sources,
    pub(crate) theme: Theme,
    pub(crate) site: Site,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UsePlace {
    /// Path below the root.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// Id of the node, in a flow.
    pub node: Option<String>,
    /// Id of the innermost section, step or block, in a page.
    pub anchor: Option<String>,
    /// The text is part of another page that is shown here.
    pub transcluded: bool,
}

/// A text with its uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UsedText {
    /// The exact text; inputs are names in braces.
    pub text: String,
    /// `macro`, or the label of its copies.
    pub kind: Option<String>,
    /// Names of the values with this text.
    pub values: Vec<String>,
    /// In reading order.
    pub uses: Vec<UsePlace>,
}

/// Result of [`OpenSite::find_uses`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UsesFound {
    /// At least one text.
    Texts(Vec<UsedText>),
    /// A node of a flow.
    Node(Box<WaysToNode>),
    /// The flow has no such node.
    UnknownNode {
        /// The most similar id.
        nearest: Option<String>,
    },
    /// No text or value.
    Unknown {
        /// The most similar text or name.
        nearest: Option<String>,
    },
}

/// What leads to a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaysToNode {
    /// The node itself.
    pub place: UsePlace,
    /// Its title.
    pub title: String,
    /// The fewest answers from the start of its flow; `None` if the start does not lead to it.
    pub path: Option<OutcomePath>,
    /// Nodes of other flows that call this one, directly or through others, nearest first.
    pub callers: Vec<Caller>,
    /// Links to the node.
    pub links: Vec<UsePlace>,
}

/// A node that calls a flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Caller {
    /// The calling node.
    pub place: UsePlace,
    /// Title of its flow.
    pub flow: String,
    /// The fewest answers from the start of that flow to the call.
    pub path: Option<OutcomePath>,
}

impl OpenSite {
    /// Language of the site.
    pub fn language(&self) -> Language {
        Language::of_tag(&self.site.config.language)
    }

    /// Finds the uses of a text or of a value by its name, or the ways to a node, which is written `flow#node`.
    pub fn find_uses(self, query: &str) -> UsesFound {
        if let Some((flow, node)) = query.rsplit_once('#')
            && let Ok(id) = find_flow(&self.site, &self.sources, flow)
        {
            let Self { sources, theme, site } = self;
            return find_ways(&OpenFlow { sources, theme, site, id }, node);
        }
        let all = ExactTexts::of(&self.site).texts;
        let found = find_texts(&all, query);
        if found.is_empty() {
            return UsesFound::Unknown { nearest: nearest_text(&all, query) };
        }
        UsesFound::Texts(found.into_iter().map(|text| self.used_text(text)).collect())
    }

    fn used_text(&self, text: &ExactText<'_>) -> UsedText {
        let kind = match &text.kind {
            TextKind::Macro => Some("macro".to_owned()),
            TextKind::Labelled(label) => Some(label.clone()),
            TextKind::Copied | TextKind::Value => None,
        };
        UsedText {
            text: text.text.clone(),
            kind,
            values: text.values.iter().map(|name| name.value.clone()).collect(),
            uses: text.uses.iter().map(|one| self.use_place(one)).collect(),
        }
    }

    fn use_place(&self, one: &TextUse) -> UsePlace {
        let mut place = place_at(&self.sources, one.span);
        place.transcluded = one.is_transcluded;
        match one.place.map(|place| (place.entry, place)) {
            Some((Entry::Flow(id), within)) => {
                place.node = within.node.map(|node| self.site.flow(id).node(node).id.value.clone());
            }
            Some((Entry::Page(id), within)) => {
                let anchors = &self.site.page(id).body.body.anchors;
                place.anchor = within.anchor.map(|anchor| anchors[anchor].id.clone());
            }
            None => {}
        }
        place
    }
}

/// The texts that are exactly the query, or have a value of that name; else those that differ in case, accents and blanks;
/// else those that contain it.
fn find_texts<'t, 's>(all: &'t [ExactText<'s>], query: &str) -> Vec<&'t ExactText<'s>> {
    let name = query.strip_prefix("values.").unwrap_or(query);
    let has_name = |text: &ExactText<'_>| text.values.iter().any(|value| value.value == name);
    let exact: Vec<_> = all.iter().filter(|text| text.text == query || has_name(text)).collect();
    let wanted = fold(query);
    if !exact.is_empty() || wanted.is_empty() {
        return exact;
    }
    let folded: Vec<(String, &ExactText<'_>)> = all.iter().map(|text| (fold(&text.text), text)).collect();
    let equal: Vec<_> = folded.iter().filter(|(text, _)| *text == wanted).map(|(_, text)| *text).collect();
    if !equal.is_empty() {
        return equal;
    }
    folded.into_iter().filter(|(text, _)| text.contains(&wanted)).map(|(_, text)| text).collect()
}

fn nearest_text(all: &[ExactText<'_>], query: &str) -> Option<String> {
    let names = all.iter().flat_map(|text| text.values.iter().map(|name| name.value.as_str()));
    nearest(query, all.iter().map(|text| text.text.as_str()).chain(names)).map(str::to_owned)
}

fn place_at(sources: &Sources, span: Span) -> UsePlace {
    let position = sources.position(span.file, span.start);
    let (file, line, column) = (sources.path(span.file).to_owned(), position.line, position.column);
    UsePlace { file, line, column, node: None, anchor: None, transcluded: false }
}

fn find_ways(open: &OpenFlow, name: &str) -> UsesFound {
    let flow = open.flow();
    let Some(node) = flow.find_node(name) else {
        let ids = flow.nodes.iter().map(|node| node.id.value.as_str());
        return UsesFound::UnknownNode { nearest: nearest(name, ids).map(str::to_owned) };
    };
    let labels = Labels { site: &open.site, theme: &open.theme };
    UsesFound::Node(Box::new(WaysToNode {
        place: node_place(open, open.id, node),
        title: labels.title(open.id, node),
        path: open.shortest_path_in(open.id, node),
        callers: find_callers(open),
        links: find_links(open, node),
    }))
}

fn node_place(open: &OpenFlow, flow: FlowId, node: NodeId) -> UsePlace {
    let id = &open.site.flow(flow).node(node).id;
    UsePlace { node: Some(id.value.clone()), ..place_at(&open.sources, id.span) }
}

/// The nodes that call the flow, then those that call their flows, and so on.
fn find_callers(open: &OpenFlow) -> Vec<Caller> {
    let mut calls: BTreeMap<FlowId, Vec<(FlowId, NodeId)>> = BTreeMap::new();
    for (index, flow) in open.site.flows.iter().enumerate() {
        for (node, called) in flow.nodes.iter().enumerate().filter_map(|(at, node)| Some((at, node.called_flow()?))) {
            calls.entry(called).or_default().push((FlowId(index), NodeId(node)));
        }
    }
    let (mut callers, mut pending) = (Vec::new(), VecDeque::from([open.id]));
    let mut is_seen = vec![false; open.site.flows.len()];
    is_seen[open.id.0] = true;
    while let Some(called) = pending.pop_front() {
        for (flow, node) in calls.get(&called).into_iter().flatten().copied() {
            callers.push(Caller {
                place: node_place(open, flow, node),
                flow: open.site.flow(flow).metadata.title.value.clone(),
                path: open.shortest_path_in(flow, node),
            });
            if !std::mem::replace(&mut is_seen[flow.0], true) {
                pending.push_back(flow);
            }
        }
    }
    callers
}

/// The links of pages and flows to a node. A fragment may have answers behind the node.
fn find_links(open: &OpenFlow, node: NodeId) -> Vec<UsePlace> {
    let (site, flow) = (&open.site, open.flow());
    let leads_here = |anchor: &str| flow.find_node(anchor.split('~').next().unwrap_or_default()) == Some(node);
    let mut places = Vec::new();
    for (owner, link) in site.links() {
        let Some((Entry::Flow(id), Some(anchor))) = link.target.entry() else { continue };
        if id == open.id && leads_here(anchor) {
            let mut place = place_at(&open.sources, link.span);
            if let (Entry::Flow(from), Some(within)) = (owner.entry, owner.node) {
                place.node = Some(site.flow(from).node(within).id.value.clone());
            }
            places.push(place);
        }
    }
    places
}
