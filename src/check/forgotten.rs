//! Sections of a procedure that no flow shows, on pages that flows show for the most part.
//!
//! A section is what a heading, an item with an id or a directive with an id names. A callout is no section. A page is
//! checked only when flows show more than half of its sections.

use std::ops::Range;

use super::shown::ShownParts;
use crate::content::body::{Anchor, AnchorKind, Body};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::site::{Site, SitePage};
use crate::source::Sources;

pub(super) fn check(site: &Site, shown: &ShownParts<'_>, sources: &Sources, diagnostics: &mut Diagnostics) {
    for (index, page) in site.pages.iter().enumerate().filter(|(index, _)| !shown.parts[*index].is_empty()) {
        let sections = sections_of(&page.body.body);
        let is_shown = |section: &&&Anchor| meets(&section.content, &shown.parts[index]);
        let is_linked = |section: &Anchor| meets(&section.content, &shown.linked[index]);
        if sections.iter().filter(is_shown).count() * 2 > sections.len() {
            let left: Vec<_> =
                sections.iter().copied().filter(|section| !is_shown(&section) && !is_linked(section)).collect();
            report(page, &left, sources, diagnostics);
        }
    }
}

/// Reports the outermost of the forgotten sections.
fn report(page: &SitePage, left: &[&Anchor], sources: &Sources, diagnostics: &mut Diagnostics) {
    let name = sources.path(page.file).rsplit('/').next().unwrap_or_default();
    for section in left {
        if !left.iter().any(|outer| outer.id != section.id && holds(&outer.content, &section.content)) {
            let address = format!("{name}#{}", section.id);
            diagnostics.push(catalogue::flow::forgotten_section(section.span, &section.id, address));
        }
    }
}

/// The parts that a flow could show: those with a name and a text, outside of callouts.
fn sections_of(body: &Body) -> Vec<&Anchor> {
    let asides: Vec<_> = body.anchors.iter().filter(|anchor| anchor.kind == AnchorKind::Aside).collect();
    let is_section = |anchor: &&Anchor| {
        matches!(anchor.kind, AnchorKind::Heading | AnchorKind::Item | AnchorKind::Directive)
            && has_text(body, &anchor.content)
            && !asides.iter().any(|aside| holds(&aside.content, &anchor.content))
    };
    body.anchors.iter().filter(is_section).collect()
}

/// A transclusion is a hole, but counts as text.
fn has_text(body: &Body, part: &Range<usize>) -> bool {
    !body.html[part.clone()].trim().is_empty() || body.holes.iter().any(|hole| part.contains(&hole.at))
}

/// True when one of the parts contains the section or is inside it.
fn meets(section: &Range<usize>, parts: &[Range<usize>]) -> bool {
    parts.iter().any(|part| holds(part, section) || holds(section, part))
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
