//! Inclusions that never end: found, reported once, and cut.
//!
//! Only pages take part. A node shows pages, but no page shows a node: of a flow it shows titles, or the picture.

use std::collections::HashMap;

use super::SitePage;
use super::flow::Transclusion;
use super::link::Target;
use super::routes::content_path;
use crate::content::body::HoleKind;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::source::Sources;

/// One inclusion: a hole of a page.
type Inclusion = (usize, usize);

/// Reports every inclusion that leads back to itself, and breaks it.
pub(super) fn cut_cycles(pages: &mut [SitePage], sources: &Sources, diagnostics: &mut Diagnostics) {
    for (page, hole) in find_endless(pages) {
        if let HoleKind::Include(link) = &pages[page].body.body.holes[hole].kind {
            let path = content_path(sources.path(pages[page].file));
            diagnostics.push(catalogue::page::transclusion_cycle(link.span, path));
        }
        pages[page].body.targets[hole] = Some(Target::Broken);
    }
}

/// The inclusions that close a cycle: those that a walk over the inclusions inside each text meets again while it is open.
fn find_endless(pages: &[SitePage]) -> Vec<Inclusion> {
    let mut is_done: HashMap<Inclusion, bool> = HashMap::new();
    let mut endless = Vec::new();
    let all =
        (0..pages.len()).flat_map(|page| inclusions_of(pages, page, 0..usize::MAX)).map(|(inclusion, _)| inclusion);
    for start in all.collect::<Vec<_>>() {
        if is_done.contains_key(&start) {
            continue;
        }
        is_done.insert(start, false);
        let mut stack = vec![(start, inside(pages, start))];
        while let Some((inclusion, rest)) = stack.last_mut() {
            let Some(next) = rest.pop() else {
                is_done.insert(*inclusion, true);
                stack.pop();
                continue;
            };
            match is_done.get(&next) {
                Some(true) => {}
                Some(false) => endless.push(next),
                None => {
                    is_done.insert(next, false);
                    stack.push((next, inside(pages, next)));
                }
            }
        }
    }
    endless
}

/// The inclusions inside the text that an inclusion shows.
fn inside(pages: &[SitePage], (page, hole): Inclusion) -> Vec<Inclusion> {
    match &pages[page].body.targets[hole] {
        Some(Target::Text(Transclusion { page, content, .. })) => {
            inclusions_of(pages, page.0, content.clone()).map(|(inclusion, _)| inclusion).collect()
        }
        _ => Vec::new(),
    }
}

fn inclusions_of(
    pages: &[SitePage],
    page: usize,
    range: std::ops::Range<usize>,
) -> impl Iterator<Item = (Inclusion, usize)> + '_ {
    let holes = pages[page].body.body.holes.iter().enumerate();
    holes
        .filter(move |(_, hole)| matches!(hole.kind, HoleKind::Include(_)) && range.contains(&hole.at))
        .map(move |(index, hole)| ((page, index), hole.at))
}
