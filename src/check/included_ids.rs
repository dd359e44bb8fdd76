//! Ids of raw HTML that a transclusion repeats in a page.
//!
//! Ids of Markdown are left out of a transcluded text. Those of raw HTML stay: its scripts, labels and styles need
//! them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::content::body::AnchorKind;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::site::Site;
use crate::site::flow::{Node, PageId};
use crate::site::links::{Link, LinkKind, LinkTarget};
use crate::site::target::Transclusion;
use crate::source::{Sources, Span};

/// An id, and the page that it was written in.
type WrittenId<'a> = (&'a str, PageId);

pub(super) fn check(site: &Site, sources: &Sources, diagnostics: &mut Diagnostics) {
    for page in &site.pages {
        let mut seen: HashMap<&str, Span> =
            page.body.body.anchors.iter().map(|anchor| (anchor.id.as_str(), anchor.span)).collect();
        for (transclusion, span) in inclusions(page.body.links()) {
            report(&ids_of(site, transclusion), span, &mut seen, (site, sources), diagnostics);
        }
    }
    for flow in &site.flows {
        let mut seen: HashMap<&str, Span> =
            flow.nodes.iter().map(|node| (node.id.value.as_str(), node.id.span)).collect();
        let links = flow.nodes.iter().flat_map(Node::all_links).filter(|link| link.kind == LinkKind::Content);
        for (text, span) in inclusions(links) {
            report(&ids_of(site, text), span, &mut seen, (site, sources), diagnostics);
        }
    }
}

fn report<'a>(
    ids: &[WrittenId<'a>],
    span: Span,
    seen: &mut HashMap<&'a str, Span>,
    (site, sources): (&Site, &Sources),
    diagnostics: &mut Diagnostics,
) {
    for (id, page) in ids {
        if let Some(first) = seen.insert(id, span) {
            let path = sources.path(site.page(*page).file);
            let finding = catalogue::page::included_id(span, id, path);
            diagnostics.push(finding.label(first, catalogue::help::first_here()));
        }
    }
}

/// The ids of a transcluded text and of the texts inside it. Each text is read once.
fn ids_of<'a>(site: &'a Site, transclusion: &Transclusion) -> Vec<WrittenId<'a>> {
    let mut ids = Vec::new();
    let mut pending = vec![(transclusion.page, transclusion.content.clone())];
    let mut seen: HashSet<(PageId, Range<usize>)> = HashSet::new();
    while let Some((id, range)) = pending.pop() {
        if !seen.insert((id, range.clone())) {
            continue;
        }
        let page = site.page(id);
        let is_included = |anchor: &&crate::content::body::Anchor| {
            anchor.kind == AnchorKind::Element && range.contains(&anchor.content.start)
        };
        ids.extend(page.body.body.anchors.iter().filter(is_included).map(|anchor| (anchor.id.as_str(), id)));
        pending.extend(inclusions(page.body.links_in(range)).map(|(inner, _)| (inner.page, inner.content.clone())));
    }
    ids
}

/// The texts that links show in place, each with the place of the link.
fn inclusions<'a>(links: impl Iterator<Item = Link<'a>>) -> impl Iterator<Item = (&'a Transclusion, Span)> {
    links.filter_map(|link| match link.target {
        LinkTarget::Text(text) => Some((text, link.span)),
        _ => None,
    })
}
