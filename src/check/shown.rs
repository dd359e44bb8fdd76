//! What the flows of a site show of its pages, and where they lead in them.
//!
//! In: a [`Site`]. Out: for each page, the parts of its HTML that some node shows, and the anchors that some node links to. What a
//! shown part includes or links to is shown or linked to as well. Entry point: [`Shown::of`].

use std::ops::Range;

use crate::content::body::HoleKind;
use crate::site::flow::{Node, PageId, Transclusion};
use crate::site::link::{ResolvedBody, Target};
use crate::site::{Entry, Site};

/// The parts of each page that flows show or lead to.
pub(super) struct Shown<'a> {
    site: &'a Site,
    /// By page: ranges of its HTML.
    pub(super) parts: Vec<Vec<Range<usize>>>,
    /// By page: what an anchor that a node links to names.
    pub(super) linked: Vec<Vec<Range<usize>>>,
    /// Parts whose insides were not looked at yet.
    pending: Vec<(PageId, Range<usize>)>,
}

impl<'a> Shown<'a> {
    pub(super) fn of(site: &'a Site) -> Self {
        let none = vec![Vec::new(); site.pages.len()];
        let mut shown = Self { site, parts: none.clone(), linked: none, pending: Vec::new() };
        site.flows.iter().flat_map(|flow| &flow.nodes).for_each(|node| shown.add_node(node));
        while let Some((page, part)) = shown.pending.pop() {
            shown.add_inside(&site.page(page).body, &part);
        }
        shown
    }

    fn add_node(&mut self, node: &Node) {
        node.content.iter().for_each(|content| self.add_part(content));
        node.links.iter().for_each(|link| self.add_target(&link.target));
        for body in node.text.iter().chain(node.checklist.iter().map(|task| &task.text)) {
            self.add_inside(body, &(0..usize::MAX));
        }
    }

    /// What is shown twice is looked into once.
    fn add_part(&mut self, part: &Transclusion) {
        let parts = &mut self.parts[part.page.0];
        if !parts.contains(&part.content) {
            parts.push(part.content.clone());
            self.pending.push((part.page, part.content.clone()));
        }
    }

    fn add_inside(&mut self, body: &ResolvedBody, part: &Range<usize>) {
        for (hole, target) in body.body.holes.iter().zip(&body.targets) {
            let is_link = matches!(hole.kind, HoleKind::Link(_) | HoleKind::Include(_));
            if let Some(target) = target.as_ref().filter(|_| is_link && part.contains(&hole.at)) {
                self.add_target(target);
            }
        }
    }

    /// A link to a whole page leads to no part of it.
    fn add_target(&mut self, target: &Target) {
        match target {
            Target::Text(part) => self.add_part(part),
            Target::Entry { entry: Entry::Page(page), anchor: Some(id), .. } => {
                let anchor = self.site.page(*page).body.body.find_anchor(id);
                self.linked[page.0].extend(anchor.map(|anchor| anchor.content.clone()));
            }
            _ => {}
        }
    }
}
