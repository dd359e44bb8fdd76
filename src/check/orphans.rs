//! Pages and flows that an index forgot.
//!
//! The menu shows everything, so nothing is ever out of reach; but where the text of a page leads to more than half of what stands
//! below it, the reader takes it for the list of all, and what no text leads to was forgotten.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostics, catalogue};
use crate::site::flow::Node;
use crate::site::link::{ResolvedBody, Target};
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
fn links_of(site: &Site, from: Entry) -> Vec<(Entry, Entry)> {
    let mut to = Vec::new();
    match from {
        Entry::Page(id) => add_body(&site.page(id).body, &mut to),
        Entry::Flow(id) => {
            site.flow(id).nodes.iter().for_each(|node| add_node(node, &mut to));
            to.extend(site.flow(id).called().map(Entry::Flow));
        }
    }
    to.into_iter().map(|to| (from, to)).collect()
}

fn add_node(node: &Node, to: &mut Vec<Entry>) {
    to.extend(node.content.iter().map(|content| Entry::Page(content.page)));
    node.links.iter().for_each(|link| add_target(&link.target, to));
    node.text.iter().chain(node.checklist.iter().map(|task| &task.text)).for_each(|body| add_body(body, to));
}

fn add_body(body: &ResolvedBody, to: &mut Vec<Entry>) {
    body.targets.iter().flatten().for_each(|target| add_target(target, to));
}

fn add_target(target: &Target, to: &mut Vec<Entry>) {
    match target {
        Target::Entry { entry, .. } => to.push(*entry),
        Target::Text(text) => to.push(Entry::Page(text.page)),
        _ => {}
    }
}
