//! `links.json`: the link graph of the site, with outgoing links and backlinks of each page.
//!
//! In: the links of every page and flow. Out: one file with an entry in each line, sorted by URL. Its schema is
//! `docs/links.schema.json`.

use std::collections::BTreeMap;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::address::address_of;
use super::{Renderer, SiteFile};
use crate::diagnostic::Diagnostics;
use crate::site::links::{Link, LinkOwner, LinkTarget};
use crate::site::{Entry, Site};

pub(super) const LINKS_JSON: SiteFile = SiteFile { path: "links.json", render };

/// Increased when a key is removed or changes its meaning.
const VERSION: u32 = 1;

const ROUTE: &str = "^/(.*/)?$";

/// The words of `EdgeKind`.
const KINDS: [&str; 6] = ["link", "image", "transclusion", "flow", "content", "call"];

/// The graph of the links of a site. The meaning of the keys is in docs/links.md.
#[derive(JsonSchema)]
#[schemars(title = "links.json, version 1", deny_unknown_fields)]
pub(crate) struct LinkGraph<'a> {
    #[schemars(extend("const" = VERSION))]
    version: u32,
    /// In the order of the addresses.
    pages: Vec<PageEntry<'a>>,
    /// The copied files that something leads to.
    files: Vec<File<'a>>,
}

/// A page or a flow.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct PageEntry<'a> {
    #[schemars(regex(pattern = ROUTE))]
    url: String,
    #[schemars(extend("enum" = ["page", "flow"]))]
    kind: &'static str,
    title: &'a str,
    #[schemars(regex(pattern = "^content/"))]
    file: &'a str,
    links: Vec<OutgoingLink<'a>>,
    #[schemars(extend("uniqueItems" = true))]
    backlinks: Vec<Backlink<'a>>,
}

/// Where a place leads.
#[derive(Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, extend("dependentRequired" = { "fragment": ["to"], "node": ["fragment"] }))]
struct OutgoingLink<'a> {
    #[schemars(extend("enum" = KINDS))]
    kind: &'static str,
    /// The node in which it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 1))]
    from_node: Option<&'a str>,
    #[serde(flatten)]
    to: Aim<'a>,
    #[serde(flatten)]
    spot: Spot<'a>,
}

/// An address below the base, or one of another site.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Aim<'a> {
    To(#[schemars(regex(pattern = ROUTE))] String),
    File(#[schemars(regex(pattern = "^[^/]"))] &'a str),
    External(#[schemars(length(min = 1))] String),
}

/// What leads to a place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, extend("dependentRequired" = { "node": ["fragment"] }))]
struct Backlink<'a> {
    #[schemars(regex(pattern = ROUTE))]
    from: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 1))]
    from_node: Option<&'a str>,
    #[schemars(extend("enum" = KINDS))]
    kind: &'static str,
    #[serde(flatten)]
    spot: Spot<'a>,
}

/// A part of a page or flow.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
struct Spot<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 1))]
    fragment: Option<&'a str>,
    /// The node of a flow that the fragment names, by its id of today.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 1))]
    node: Option<&'a str>,
}

/// A copied file that something leads to.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct File<'a> {
    #[schemars(regex(pattern = "^[^/]"))]
    file: &'a str,
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    backlinks: Vec<Backlink<'a>>,
}

#[derive(Default)]
struct Backlinks<'a> {
    entries: BTreeMap<Entry, Vec<Backlink<'a>>>,
    files: BTreeMap<&'a str, Vec<Backlink<'a>>>,
}

fn render(renderer: &Renderer<'_>, _: &mut Diagnostics) -> String {
    let site = renderer.site;
    let mut entries = site.navigation.sequence.clone();
    entries.sort_by_key(|entry| site.route_of(*entry));
    let mut backlinks = Backlinks::default();
    for (owner, link) in entries.iter().flat_map(|entry| site.links_of(*entry)) {
        backlinks.add(site, owner, &link);
    }
    let graph = LinkGraph {
        version: VERSION,
        pages: entries.par_iter().map(|entry| page_entry(renderer, *entry, &backlinks)).collect(),
        files: backlinks.files.iter().map(|(file, found)| File { file, backlinks: sorted(found) }).collect(),
    };
    graph.text()
}

impl LinkGraph<'_> {
    /// JSON with an entry in each line.
    fn text(&self) -> String {
        let Self { version, pages, files } = self;
        format!("{{\"version\":{version},\"pages\":[\n{}\n],\"files\":[\n{}\n]}}\n", lines(pages), lines(files))
    }
}

fn lines<T: Serialize + Sync>(entries: &[T]) -> String {
    let line = |entry: &T| serde_json::to_string(entry).expect("plain values have a JSON form");
    entries.par_iter().map(line).collect::<Vec<_>>().join(",\n")
}

fn page_entry<'a>(renderer: &Renderer<'a>, entry: Entry, backlinks: &Backlinks<'a>) -> PageEntry<'a> {
    let site = renderer.site;
    PageEntry {
        url: address_of(site.route_of(entry)),
        kind: if matches!(entry, Entry::Page(_)) { "page" } else { "flow" },
        title: &site.metadata_of(entry).title.value,
        file: renderer.sources.path(site.file_of(entry)),
        links: site.links_of(entry).filter_map(|(owner, link)| outgoing_link(renderer, owner, &link)).collect(),
        backlinks: backlinks.entries.get(&entry).map(|found| sorted(found)).unwrap_or_default(),
    }
}

/// `None` for a broken link, and for an included part, which has no address.
fn outgoing_link<'a>(renderer: &Renderer<'a>, owner: LinkOwner, link: &Link<'a>) -> Option<OutgoingLink<'a>> {
    let site = renderer.site;
    let (to, spot) = match (link.target, link.target.entry()) {
        (_, Some((entry, _))) if !site.is_published(entry) => return None,
        (_, Some((entry, anchor))) => (Aim::To(address_of(site.route_of(entry))), spot(site, entry, anchor)),
        (LinkTarget::File(path), _) => (Aim::File(path), Spot::default()),
        (LinkTarget::External(template), _) => (Aim::External(renderer.with_values(template)), Spot::default()),
        _ => return None,
    };
    Some(OutgoingLink { kind: link.kind.as_str(), from_node: node_of(site, owner), to, spot })
}

impl<'a> Backlinks<'a> {
    /// Links of a page to itself are left out.
    fn add(&mut self, site: &'a Site, owner: LinkOwner, link: &Link<'a>) {
        let backlink = |spot| Backlink {
            from: address_of(site.route_of(owner.entry)),
            from_node: node_of(site, owner),
            kind: link.kind.as_str(),
            spot,
        };
        if let Some((to, anchor)) = link.target.entry().filter(|(to, _)| *to != owner.entry) {
            self.entries.entry(to).or_default().push(backlink(spot(site, to, anchor)));
        } else if let LinkTarget::File(path) = link.target {
            self.files.entry(path).or_default().push(backlink(Spot::default()));
        }
    }
}

/// Sorted, without duplicates.
fn sorted<'a>(found: &[Backlink<'a>]) -> Vec<Backlink<'a>> {
    let mut found = found.to_vec();
    found.sort_unstable();
    found.dedup();
    found
}

fn node_of(site: &Site, owner: LinkOwner) -> Option<&str> {
    match owner.entry {
        Entry::Flow(flow) => Some(&site.flow(flow).node(owner.node?).id.value),
        Entry::Page(_) => None,
    }
}

/// A fragment may have answers (`node~question:option`) and an alias of a node.
fn spot<'a>(site: &'a Site, to: Entry, anchor: Option<&'a str>) -> Spot<'a> {
    let node = match to {
        Entry::Flow(flow) => {
            let name = anchor.and_then(|anchor| anchor.split('~').next());
            let flow = site.flow(flow);
            name.and_then(|name| flow.find_node(name)).map(|id| flow.node(id).id.value.as_str())
        }
        Entry::Page(_) => None,
    };
    Spot { fragment: anchor, node }
}
