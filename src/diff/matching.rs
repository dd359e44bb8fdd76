//! Which page and flow of the old version is which of the new one: by the address, else by an address kept in `aliases`.

use std::collections::HashSet;

use crate::site::flow::{FlowId, NodeId, PageId};
use crate::site::{Entry, Site};

/// The documents of both versions, put together.
#[derive(Debug)]
pub(crate) struct Matching {
    /// By the index of the old version.
    flows: Vec<Option<FlowId>>,
    pages: Vec<Option<PageId>>,
}

impl Matching {
    /// Matching what has the same address first, so that what merely took over an old address is not taken for it.
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

    /// What a document of the old version is now.
    pub(super) fn find_new(&self, old: Entry) -> Option<Entry> {
        match old {
            Entry::Flow(id) => self.new_flow(id).map(Entry::Flow),
            Entry::Page(id) => self.pages[id.0].map(Entry::Page),
        }
    }

    /// What a flow of the old version is now.
    pub(super) fn new_flow(&self, old: FlowId) -> Option<FlowId> {
        self.flows[old.0]
    }

    /// What a document of the new version was.
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

    /// What a node of the old version is now: the one with its id, or with its id among its old ones.
    pub(super) fn new_node(&self, old: &Site, new: &Site, flow: FlowId, node: NodeId) -> Option<NodeId> {
        let id = &old.flow(flow).node(node).id.value;
        let flow = new.flow(self.new_flow(flow)?);
        flow.nodes.iter().position(|node| node.id.value == *id).map(NodeId).or_else(|| flow.find_node(id))
    }
}

/// Pages and flows, in the order of the navigation.
pub(super) fn entries_of(site: &Site) -> impl Iterator<Item = Entry> {
    site.navigation.sequence.iter().copied()
}

fn find_by_route(site: &Site, route: &str) -> Option<Entry> {
    site.routes.find_entry(route)
}

fn find_by_alias(site: &Site, route: &str) -> Option<Entry> {
    site.routes.redirects.iter().find(|redirect| redirect.from == route).map(|redirect| redirect.to)
}

fn is_same_kind(one: Entry, other: Entry) -> bool {
    matches!((one, other), (Entry::Page(_), Entry::Page(_)) | (Entry::Flow(_), Entry::Flow(_)))
}
