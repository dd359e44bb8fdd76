//! Pages and flows that an index forgot.
//!
//! The menu shows everything, so nothing is ever out of reach; but where the text of a page leads to more than half of what stands
//! below it, the reader takes it for the list of all, and what no text leads to was forgotten.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostics, catalogue};
use crate::site::edges::{Destination, edges_of};
use crate::site::{Entry, Site};
use crate::source::Sources;

pub(super) fn check(site: &Site, sources: &Sources, diagnostics: &mut Diagnostics) {
    let linked: HashSet<(Entry, Entry)> =
        site.navigation.sequence.iter().flat_map(|from| links_of(site, *from)).collect();
    let reached: HashSet<Entry> = linked.iter().filter(|(from, to)| from != to).map(|(_, to)| *to).collect();
    for parent in &site.navigation.sequence {
        let children = site.navigation.children_of(*parent);
        let listed = children.iter().filter(|child| linked.contains(&(*parent, **child))).count();
        if listed * 2 <= children.len() || listed < 2 {
            continue;
        }
        let path = sources.path(site.file_of(*parent));
        for child in children.iter().filter(|child| !reached.contains(child)) {
            let title = &site.metadata_of(*child).title;
            let finding = catalogue::page::orphan(title.span, &title.value, path);
            diagnostics.push(finding.help(catalogue::page::link_from(path)));
        }
    }
}

/// Where the text of a page or flow leads, with itself.
fn links_of(site: &Site, from: Entry) -> impl Iterator<Item = (Entry, Entry)> {
    edges_of(site, from).into_iter().filter_map(move |edge| match edge.to {
        Destination::Entry(to, _) => Some((from, to)),
        _ => None,
    })
}
