//! Parts of pages that flows show or link to.
//!
//! In: a [`Site`]. Out: for each page, the parts of its HTML that some node shows, and the anchors that some node links
//! to. Transclusions and links inside a shown part count too. Entry point: [`ShownParts::of`].

use std::ops::Range;

use crate::site::flow::{Node, PageId};
use crate::site::links::{Link, LinkKind, LinkTarget};
use crate::site::target::Transclusion;
use crate::site::{Entry, Site};

/// The parts of each page that flows show or lead to.
pub(super) struct ShownParts<'a> {
    site: &'a Site,
    /// By page, then by part: ranges of its HTML.
    pub(super) parts: Vec<Vec<Range<usize>>>,
    /// By page: the ranges of the anchors that nodes link to.
    pub(super) linked: Vec<Vec<Range<usize>>>,
    /// Parts whose links were not followed yet.
    pending: Vec<(PageId, Range<usize>)>,
}

impl<'a> ShownParts<'a> {
    pub(super) fn of(site: &'a Site) -> Self {
        let none = vec![Vec::new(); site.id_count()];
        let mut shown = Self { site, parts: none.clone(), linked: none, pending: Vec::new() };
        site.flows.iter().flat_map(|flow| &flow.nodes).for_each(|node| shown.add_node(node));
        while let Some((page, part)) = shown.pending.pop() {
            site.page(page).body.links_in(part).for_each(|link| shown.add_link(&link));
        }
        shown
    }

    fn add_node(&mut self, node: &Node) {
        node.all_links().for_each(|link| self.add_link(&link));
    }

    /// Follows each part once.
    fn add_part(&mut self, part: &Transclusion) {
        let parts = &mut self.parts[part.page.0];
        if !parts.contains(&part.content) {
            parts.push(part.content.clone());
            self.pending.push((part.page, part.content.clone()));
        }
    }

    /// Skips links to a whole page: they name no part of it.
    fn add_link(&mut self, link: &Link<'_>) {
        match link.target {
            LinkTarget::Text(part) => self.add_part(part),
            LinkTarget::Entry(Entry::Page(page), Some(id)) if link.kind == LinkKind::Link => {
                let anchor = self.site.page(page).body.body.find_anchor(id);
                self.linked[page.0].extend(anchor.map(|anchor| anchor.content.clone()));
            }
            _ => {}
        }
    }
}
