//! Pages and flows that an index page does not list.
//!
//! The menu shows every page, so none is out of reach. But when the text of a page links to more than half of its
//! children, a reader takes it for the complete list. A child that no text links to was then forgotten.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostics, catalogue};
use crate::site::{Entry, Site};
use crate::source::Sources;

pub(super) fn check(site: &Site, sources: &Sources, diagnostics: &mut Diagnostics) {
    let targets = site.links().filter_map(|(owner, link)| Some((owner.entry, link.target.entry()?.0)));
    let linked: HashSet<(Entry, Entry)> = targets.collect();
    let reached: HashSet<Entry> = linked.iter().filter(|(from, to)| from != to).map(|(_, to)| *to).collect();
    for parent in &site.navigation.sequence {
        let children = site.navigation.children_of(*parent);
        let listed = children.iter().filter(|child| linked.contains(&(*parent, **child))).count();
        if listed * 2 <= children.len() || listed < 2 {
            continue;
        }
        let path = sources.path(site.file_of(*parent));
        for child in children.iter().filter(|child| !reached.contains(child) && !site.is_generated(**child)) {
            let title = &site.metadata_of(*child).title;
            diagnostics.push(catalogue::page::orphan(title.span, &title.value, path));
        }
    }
}
