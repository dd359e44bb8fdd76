//! Navigation in templates: the sections of the header, and the part of the tree that is near a page.
//!
//! A page shows its ancestors with their siblings, its own siblings and its children, and of each of these levels at most
//! [`MOST_NEAR`], so its size does not depend on the size of the site.

use serde::Serialize;

use super::Renderer;
use super::address::Addresses;
use crate::config::Sidebar;
use crate::site::Entry;
use crate::words::Words;

/// The most sections in the header, those behind "more" included.
const MOST_SECTIONS: usize = 30;

/// The most entries of a level of the tree.
const MOST_NEAR: usize = 24;

/// A link to a page or flow.
#[derive(Serialize)]
pub(super) struct NavigationLink<'a> {
    pub(super) title: &'a str,
    pub(super) url: String,
    pub(super) current: bool,
}

/// One level of the tree.
#[derive(Serialize)]
pub(super) struct TreeLevel<'a> {
    items: Vec<TreeItem<'a>>,
    /// How many entries the whole level has.
    count: usize,
    /// Where the whole level is listed, if some entries are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    all: Option<String>,
}

#[derive(Serialize)]
struct TreeItem<'a> {
    #[serde(flatten)]
    link: NavigationLink<'a>,
    kind: &'static str,
    /// True for the page itself.
    here: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    below: Option<TreeLevel<'a>>,
}

impl<'a> Renderer<'a> {
    /// A link with the short title.
    pub(super) fn link(&self, entry: Entry, addresses: Addresses<'_>, current: bool) -> NavigationLink<'a> {
        let title = self.site.metadata_of(entry).nav_title();
        NavigationLink { title, url: addresses.of_entry(self.site, entry, None), current }
    }

    /// The first sections, and the current one.
    pub(super) fn section_links(&self, addresses: Addresses<'_>, path: &[Entry]) -> Vec<NavigationLink<'a>> {
        let all = &self.site.navigation.sections;
        let mut shown: Vec<Entry> = all.iter().take(MOST_SECTIONS).copied().collect();
        let current = self.below_home(path).first().copied();
        let is_left = |entry: &Entry| self.site.navigation.place_of(*entry).is_some_and(|place| place >= MOST_SECTIONS);
        if let Some(current) = current.filter(is_left) {
            shown[MOST_SECTIONS - 1] = current;
        }
        shown.into_iter().map(|entry| self.link(entry, addresses, current == Some(entry))).collect()
    }

    /// Where all sections are listed, if the header leaves some out.
    pub(super) fn all_sections(&self, addresses: Addresses<'_>) -> Option<String> {
        let home = self.site.routes.find_entry("/")?;
        (self.site.navigation.sections.len() > MOST_SECTIONS).then(|| self.list_address(home, addresses))
    }

    /// The address of the list of an entry's children. A flow and a page with its own layout may have no such list.
    fn list_address(&self, entry: Entry, addresses: Addresses<'_>) -> String {
        let has_list = matches!(entry, Entry::Page(id) if self.site.page(id).front_matter.layout.is_none());
        addresses.of(self.site.route_of(entry)) + if has_list { "#V-children" } else { "" }
    }

    /// The column of pages beside a page; none on the home page of a site that shows only the section.
    pub(super) fn sidebar(&self, path: &[Entry]) -> Option<&'static str> {
        match self.site.config.sidebar {
            Sidebar::Hidden => None,
            Sidebar::Section => {
                let section = self.below_home(path).first()?;
                self.site.navigation.place_of(*section).map(|_| Sidebar::Section.as_str())
            }
            Sidebar::Full => Some(Sidebar::Full.as_str()),
        }
    }

    /// The path to a page without the home page: a section, its descendants, the page.
    fn below_home<'p>(&self, path: &'p [Entry]) -> &'p [Entry] {
        let home = self.site.routes.find_entry("/");
        path.iter().position(|entry| Some(*entry) != home).map_or(&[][..], |first| &path[first..])
    }

    /// The tree near a page. `path` has its ancestors from the home page, and the page itself.
    pub(super) fn tree(&self, addresses: Addresses<'_>, path: &[Entry]) -> TreeLevel<'a> {
        let sections = &self.site.navigation.sections;
        let home = self.site.routes.find_entry("/");
        self.level(sections, home, self.below_home(path), path.last().copied(), addresses)
    }

    /// A level, whose first entry in `path` is open.
    fn level(
        &self,
        entries: &[Entry],
        parent: Option<Entry>,
        path: &[Entry],
        here: Option<Entry>,
        addresses: Addresses<'_>,
    ) -> TreeLevel<'a> {
        let navigation = &self.site.navigation;
        let open = path.first().copied();
        let place = open.and_then(|entry| navigation.place_of(entry)).unwrap_or_default();
        let item = |entry: &Entry| {
            let is_open = open == Some(*entry);
            let children = if is_open { navigation.children_of(*entry) } else { &[] };
            TreeItem {
                link: self.link(*entry, addresses, is_open),
                kind: kind_of(*entry),
                here: here == Some(*entry),
                below: (!children.is_empty()).then(|| self.level(children, Some(*entry), &path[1..], here, addresses)),
            }
        };
        let near = near(entries, place);
        let is_cut = near.len() < entries.len();
        TreeLevel {
            items: near.iter().map(item).collect(),
            count: entries.len(),
            all: parent.filter(|_| is_cut).map(|parent| self.list_address(parent, addresses)),
        }
    }
}

/// `page` or `flow`.
pub(super) fn kind_of(entry: Entry) -> &'static str {
    if matches!(entry, Entry::Page(_)) { "page" } else { "flow" }
}

/// At most [`MOST_NEAR`] entries around a place.
fn near(entries: &[Entry], place: usize) -> &[Entry] {
    let start = place.saturating_sub(MOST_NEAR / 2).min(entries.len().saturating_sub(MOST_NEAR));
    &entries[start..(start + MOST_NEAR).min(entries.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::flow::PageId;

    #[test]
    fn keeps_entries_around_a_place() {
        let entries: Vec<Entry> = (0..100).map(|index| Entry::Page(PageId(index))).collect();
        let range = |place| {
            let found = near(&entries, place);
            let index = |entry: &Entry| entries.iter().position(|other| other == entry).unwrap();
            (index(&found[0]), index(&found[found.len() - 1]))
        };
        assert_eq!([range(0), range(50), range(99)], [(0, 23), (38, 61), (76, 99)]);
        assert_eq!(near(&entries[..5], 2).len(), 5);
    }
}
