//! Matching of pages and flows between versions: by address, else by an old address in `aliases`.

use std::collections::HashSet;

use crate::site::flow::{FlowId, NodeId, PageId};
use crate::site::{Entry, Site};

/// Matches of all documents.
#[derive(Debug)]
pub(crate) struct Matching {
    /// By the index in the old version.
    flows: Vec<Option<FlowId>>,
    pages: Vec<Option<PageId>>,
}

impl Matching {
    /// Matches equal addresses first, so that a document that took over an old address is not matched to the wrong
    /// one.
    pub(super) fn of(old: &Site, new: &Site) -> Self {
        let mut taken = HashSet::new();
        let mut entries: Vec<(Entry, Option<Entry>)> = entries_of(old).map(|entry| (entry, None)).collect();
        for find in [find_by_route, find_by_alias] {
            for (entry, found) in entries.iter_mut().filter(|(_, found)| found.is_none()) {
                *found = find(new, old.route_of(*entry))
                    .filter(|other| is_same_kind(*entry, *other) && taken.insert(*other));
            }
        }
        let mut matching = Self { flows: vec![None; old.flows.len()], pages: vec![None; old.pages.len()] };
        for (entry, found) in entries {
            match (entry, found) {
                (Entry::Flow(id), Some(Entry::Flow(other))) => matching.flows[id.0] = Some(other),
                (Entry::Page(id), Some(Entry::Page(other))) => matching.pages[id.0] = Some(other),
                _ => {}
            }
        }
        matching
    }

    /// Finds the new version of an old document.
    pub(super) fn find_new(&self, old: Entry) -> Option<Entry> {
        match old {
            Entry::Flow(id) => self.new_flow(id).map(Entry::Flow),
            Entry::Page(id) => self.pages.get(id.0).copied().flatten().map(Entry::Page),
        }
    }

    /// Finds the new version of an old flow.
    pub(super) fn new_flow(&self, old: FlowId) -> Option<FlowId> {
        self.flows[old.0]
    }

    /// Finds the old version of a new document.
    pub(super) fn find_old(&self, new: Entry) -> Option<Entry> {
        match new {
            Entry::Flow(id) => {
                self.flows.iter().position(|found| *found == Some(id)).map(|old| Entry::Flow(FlowId(old)))
            }
            Entry::Page(id) => {
                self.pages.iter().position(|found| *found == Some(id)).map(|old| Entry::Page(PageId(old)))
            }
        }
    }

    /// Finds the new version of an old node: by its id, else by an old id.
    pub(super) fn new_node(&self, old: &Site, new: &Site, flow: FlowId, node: NodeId) -> Option<NodeId> {
        let id = &old.flow(flow).node(node).id.value;
        let flow = new.flow(self.new_flow(flow)?);
        flow.nodes.iter().position(|node| node.id.value == *id).map(NodeId).or_else(|| flow.find_node(id))
    }
}

/// Pages and flows that have files, in navigation order.
pub(super) fn entries_of(site: &Site) -> impl Iterator<Item = Entry> {
    site.navigation.sequence.iter().copied().filter(|entry| !site.is_generated(*entry))
}

fn find_by_route(site: &Site, route: &str) -> Option<Entry> {
    site.routes.find_entry(route).filter(|entry| !site.is_generated(*entry))
}

fn find_by_alias(site: &Site, route: &str) -> Option<Entry> {
    site.routes.redirects.iter().find(|redirect| redirect.from == route).map(|redirect| redirect.to)
}

fn is_same_kind(one: Entry, other: Entry) -> bool {
    matches!((one, other), (Entry::Page(_), Entry::Page(_)) | (Entry::Flow(_), Entry::Flow(_)))
}
