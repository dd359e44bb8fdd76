//! Navigation tree of pages and flows: parents, sorted children, and the order of "previous" and "next".

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::Entry;
use super::flow::{FlowId, PageId};
use super::routes::Routes;
use crate::content::Page;
use crate::content::flow::RawFlow;
use crate::content::front_matter::Metadata;

/// The tree, and every entry in reading order.
#[derive(Debug, Default)]
pub(crate) struct Navigation {
    parents: HashMap<Entry, Entry>,
    children: HashMap<Entry, Vec<Entry>>,
    /// Every entry, a parent before its children.
    pub(crate) sequence: Vec<Entry>,
    positions: HashMap<Entry, usize>,
    /// The sections of the header.
    pub(crate) sections: Vec<Section>,
    /// Entries without a parent: the home page, or all top entries when there is none.
    roots: Vec<Entry>,
}

/// A link of the header: a page or flow below the home page, or a folder without a page of its own.
#[derive(Debug)]
pub(crate) struct Section {
    /// Of a folder, its first page or flow.
    pub(crate) entry: Entry,
    /// The name of a folder, and its route.
    pub(crate) folder: Option<(String, String)>,
}

impl Navigation {
    /// Builds the tree from the routes.
    pub(crate) fn new(pages: &[Page], flows: &[RawFlow], routes: &Routes) -> Self {
        let entries = entries_with_metadata(pages, flows);
        let mut navigation = Self::default();
        for (entry, _) in &entries {
            match find_parent(routes.route_of(*entry), routes).filter(|parent| parent != entry) {
                Some(parent) => {
                    navigation.parents.insert(*entry, parent);
                    navigation.children.entry(parent).or_default().push(*entry);
                }
                None => navigation.roots.push(*entry),
            }
        }
        let keys: HashMap<Entry, SortKey> =
            entries.iter().map(|(entry, metadata)| (*entry, SortKey::of(metadata, routes.route_of(*entry)))).collect();
        for children in navigation.children.values_mut().chain(std::iter::once(&mut navigation.roots)) {
            children.sort_by(|one, other| keys[one].compare(&keys[other]));
        }
        navigation.fill_sequence();
        navigation.sections = navigation.find_sections(routes);
        navigation
    }

    /// The children of the home page, where all those in one folder without a page are one section.
    fn find_sections(&self, routes: &Routes) -> Vec<Section> {
        let children = routes.find_entry("/").map_or(&[][..], |home| self.children_of(home));
        let mut seen = HashSet::new();
        let section = |entry: &Entry| {
            let route = routes.route_of(*entry);
            let (name, rest) = route[1..].split_once('/').unwrap_or_default();
            let folder = (!rest.is_empty()).then(|| (title_of_folder(name), format!("/{name}/")));
            (folder.is_none() || seen.insert(name)).then_some(Section { entry: *entry, folder })
        };
        children.iter().filter_map(section).collect()
    }

    fn fill_sequence(&mut self) {
        let mut stack: Vec<Entry> = self.roots.iter().rev().copied().collect();
        while let Some(entry) = stack.pop() {
            self.positions.insert(entry, self.sequence.len());
            self.sequence.push(entry);
            stack.extend(self.children_of(entry).iter().rev());
        }
    }

    /// The children of an entry, in order.
    pub(crate) fn children_of(&self, entry: Entry) -> &[Entry] {
        self.children.get(&entry).map_or(&[], Vec::as_slice)
    }

    /// The ancestors of an entry, from the home page to its parent.
    pub(crate) fn ancestors_of(&self, entry: Entry) -> Vec<Entry> {
        let mut ancestors: Vec<Entry> =
            std::iter::successors(self.parents.get(&entry), |entry| self.parents.get(*entry)).copied().collect();
        ancestors.reverse();
        ancestors
    }

    /// The entry before this one in the sequence.
    pub(crate) fn previous_of(&self, entry: Entry) -> Option<Entry> {
        let position = *self.positions.get(&entry)?;
        self.sequence.get(position.checked_sub(1)?).copied()
    }

    /// The entry after this one in the sequence.
    pub(crate) fn next_of(&self, entry: Entry) -> Option<Entry> {
        self.sequence.get(self.positions.get(&entry)? + 1).copied()
    }
}

/// Sort key of entries with the same parent: order, title without accents, route.
struct SortKey {
    order: f64,
    title: String,
    route: String,
}

impl SortKey {
    fn of(metadata: &Metadata, route: &str) -> Self {
        let is_accent = |c: &char| unicode_normalization::char::is_combining_mark(*c);
        let title = metadata.nav_title().to_lowercase().nfd().filter(|c| !is_accent(c)).collect();
        Self { order: metadata.order.unwrap_or(f64::INFINITY), title, route: route.to_owned() }
    }

    fn compare(&self, other: &Self) -> std::cmp::Ordering {
        let order = self.order.total_cmp(&other.order);
        order.then_with(|| self.title.cmp(&other.title)).then_with(|| self.route.cmp(&other.route))
    }
}

/// `perguntas-frequentes` as a title: `Perguntas frequentes`.
fn title_of_folder(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters.clone()).collect()
}

fn entries_with_metadata<'a>(pages: &'a [Page], flows: &'a [RawFlow]) -> Vec<(Entry, &'a Metadata)> {
    let pages = pages.iter().enumerate().map(|(index, page)| (Entry::Page(PageId(index)), &page.front_matter.metadata));
    let flows = flows.iter().enumerate().map(|(index, flow)| (Entry::Flow(FlowId(index)), &flow.metadata));
    pages.chain(flows).collect()
}

/// Finds the nearest folder above a route that has a page. Folders without a page are skipped.
fn find_parent(route: &str, routes: &Routes) -> Option<Entry> {
    let mut route = route.trim_end_matches('/');
    while let Some(slash) = route.rfind('/') {
        route = &route[..slash];
        if let Some(entry) = routes.find_entry(&format!("{route}/")) {
            return Some(entry);
        }
    }
    None
}
