//! Navigation tree of pages and flows: parents, sorted children, and the order of "previous" and "next".
//!
//! Every folder has an entry (`sections` adds a page where it lacks one), so the tree is that of the folders. Pages of tags
//! stand beside the tree.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::Entry;
use super::natural::{compare_naturally, fold_title};
use super::routes::Routes;
use super::sections::{Sections, name_of_child};
use crate::content::front_matter::Metadata;
use crate::content::{Generated, Page};

/// The tree, and every entry in reading order.
#[derive(Debug, Default)]
pub(crate) struct Navigation {
    parents: HashMap<Entry, Entry>,
    children: HashMap<Entry, Vec<Entry>>,
    /// The place of each entry among the children of its parent.
    places: HashMap<Entry, usize>,
    /// Every entry, a parent before its children, then the pages of tags.
    pub(crate) sequence: Vec<Entry>,
    /// Of the entries in the tree.
    positions: HashMap<Entry, usize>,
    /// The sections of the header: the children of the home page, or all top entries when there is none.
    pub(crate) sections: Vec<Entry>,
}

impl Navigation {
    /// Builds the tree from the routes.
    pub(super) fn new(
        entries: &[(Entry, &Metadata)],
        pages: &[Page],
        routes: &Routes,
        settings: &Sections<'_>,
    ) -> Self {
        let mut navigation = Self::default();
        let (mut roots, mut beside) = (Vec::new(), Vec::new());
        for (entry, _) in entries {
            let parent = find_parent(routes.route_of(*entry), routes).filter(|parent| parent != entry);
            navigation.parents.extend(parent.map(|parent| (*entry, parent)));
            match parent {
                _ if is_beside(*entry, pages) => beside.push(*entry),
                Some(parent) => navigation.children.entry(parent).or_default().push(*entry),
                None => roots.push(*entry),
            }
        }
        let keys: HashMap<Entry, SortKey<'_>> =
            entries.iter().map(|(entry, metadata)| (*entry, SortKey::of(metadata, routes.route_of(*entry)))).collect();
        for (parent, children) in &mut navigation.children {
            sort(children, &keys, &ranks_of(routes.route_of(*parent), settings));
        }
        sort(&mut roots, &keys, &ranks_of("/", settings));
        sort(&mut beside, &keys, &HashMap::new());
        for children in navigation.children.values().chain([&roots]) {
            navigation.places.extend(children.iter().enumerate().map(|(place, child)| (*child, place)));
        }
        navigation.fill_sequence(&roots);
        navigation.sequence.extend(beside);
        navigation.sections = match routes.find_entry("/") {
            Some(home) => navigation.children_of(home).to_vec(),
            None => roots,
        };
        navigation
    }

    fn fill_sequence(&mut self, roots: &[Entry]) {
        let mut stack: Vec<Entry> = roots.iter().rev().copied().collect();
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

    /// The place of an entry among the children of its parent, from 0.
    pub(crate) fn place_of(&self, entry: Entry) -> Option<usize> {
        self.places.get(&entry).copied()
    }

    /// The ancestors of an entry, from the home page to its parent.
    pub(crate) fn ancestors_of(&self, entry: Entry) -> Vec<Entry> {
        let mut ancestors: Vec<Entry> =
            std::iter::successors(self.parents.get(&entry), |entry| self.parents.get(*entry)).copied().collect();
        ancestors.reverse();
        ancestors
    }

    /// The entry before this one in the tree.
    pub(crate) fn previous_of(&self, entry: Entry) -> Option<Entry> {
        let position = *self.positions.get(&entry)?;
        self.sequence.get(position.checked_sub(1)?).copied()
    }

    /// The entry after this one in the tree.
    pub(crate) fn next_of(&self, entry: Entry) -> Option<Entry> {
        let position = self.positions.get(&entry)? + 1;
        (position < self.positions.len()).then(|| self.sequence[position])
    }
}

/// True for a page of tags, which has no place in the tree.
fn is_beside(entry: Entry, pages: &[Page]) -> bool {
    matches!(entry, Entry::Page(id) if matches!(pages[id.0].generated, Some(Generated::Tag | Generated::Tags)))
}

/// Sort key of entries with the same parent: order, title, route.
struct SortKey<'a> {
    order: f64,
    title: String,
    route: &'a str,
}

impl<'a> SortKey<'a> {
    fn of(metadata: &Metadata, route: &'a str) -> Self {
        let title = fold_title(metadata.nav_title());
        Self { order: metadata.order.unwrap_or(f64::INFINITY), title, route }
    }

    fn compare(&self, other: &Self) -> Ordering {
        let order = self.order.total_cmp(&other.order);
        order.then_with(|| compare_naturally(&self.title, &other.title)).then_with(|| self.route.cmp(other.route))
    }
}

/// The place of each child that `children` of a folder names, by its route.
fn ranks_of(route: &str, settings: &Sections<'_>) -> HashMap<String, usize> {
    let names = settings.find(route).map_or(&[][..], |section| &section.settings.children);
    let routes = names.iter().map(|name| format!("{route}{}/", name_of_child(&name.value)));
    let mut ranks = HashMap::new();
    for (rank, child) in routes.enumerate() {
        ranks.entry(child).or_insert(rank);
    }
    ranks
}

/// Sorts the children of one parent. Those with a rank come first.
fn sort(children: &mut [Entry], keys: &HashMap<Entry, SortKey<'_>>, ranks: &HashMap<String, usize>) {
    let rank = |entry: &Entry| ranks.get(keys[entry].route).copied().unwrap_or(usize::MAX);
    children.sort_by(|one, other| rank(one).cmp(&rank(other)).then_with(|| keys[one].compare(&keys[other])));
}

/// Finds the nearest folder above a route that has a page.
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
