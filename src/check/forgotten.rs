//! Sections of a procedure that no flow comes to, though the flows walk the page.
//!
//! A section is what a heading, an item with an id or a directive with an id names; a callout is said beside the text and is
//! none. Flows walk a page when they show more than half of its sections: of one that they take a paragraph from, nothing was forgotten.

use std::ops::Range;

use super::shown::Shown;
use crate::content::body::{Anchor, AnchorKind, Body};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::site::{Site, SitePage};
use crate::source::Sources;

pub(super) fn check(site: &Site, shown: &Shown<'_>, sources: &Sources, diagnostics: &mut Diagnostics) {
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

/// Of what is forgotten whole, the outermost.
fn report(page: &SitePage, left: &[&Anchor], sources: &Sources, diagnostics: &mut Diagnostics) {
    let name = sources.path(page.file).rsplit('/').next().unwrap_or_default();
    for section in left {
        if !left.iter().any(|outer| outer.id != section.id && holds(&outer.content, &section.content)) {
            let finding = catalogue::flow::forgotten_section(section.span, &section.id);
            diagnostics.push(finding.help(catalogue::flow::show_section(format!("{name}#{}", section.id))));
        }
    }
}

/// What a flow could show: the parts that have a name and a text, but for what is said beside it.
fn sections_of(body: &Body) -> Vec<&Anchor> {
    let asides: Vec<_> = body.anchors.iter().filter(|anchor| anchor.kind == AnchorKind::Aside).collect();
    let is_section = |anchor: &&Anchor| {
        matches!(anchor.kind, AnchorKind::Heading | AnchorKind::Item | AnchorKind::Directive)
            && has_text(body, &anchor.content)
            && !asides.iter().any(|aside| holds(&aside.content, &anchor.content))
    };
    body.anchors.iter().filter(is_section).collect()
}

/// An inclusion is a hole, and a text all the same.
fn has_text(body: &Body, part: &Range<usize>) -> bool {
    !body.html[part.clone()].trim().is_empty() || body.holes.iter().any(|hole| part.contains(&hole.at))
}

/// A part is come to with what it is in, and with what is in it.
fn meets(section: &Range<usize>, parts: &[Range<usize>]) -> bool {
    parts.iter().any(|part| holds(part, section) || holds(section, part))
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
