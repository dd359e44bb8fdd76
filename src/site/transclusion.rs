//! Cycles of transclusions: each is reported once and cut.
//!
//! Only pages can form a cycle. A node shows pages, but a page shows only titles or the diagram of a flow.

use std::collections::HashMap;

use super::SitePage;
use super::routes::content_path;
use super::target::{Target, Transclusion};
use crate::content::body::HoleKind;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::source::Sources;

/// A transclusion: index of a page and of a hole in its body.
type Inclusion = (usize, usize);

/// Reports every transclusion that contains itself, and breaks it.
pub(super) fn cut_cycles(pages: &mut [SitePage], sources: &Sources, diagnostics: &mut Diagnostics) {
    for (page, hole) in find_cycles(pages) {
        if let HoleKind::Include(link) = &pages[page].body.body.holes[hole].kind {
            let path = content_path(sources.path(pages[page].file));
            diagnostics.push(catalogue::page::transclusion_cycle(link.span, path));
        }
        pages[page].body.targets[hole] = Some(Target::Broken);
    }
}

/// Finds the transclusions that close a cycle, by a depth-first search.
fn find_cycles(pages: &[SitePage]) -> Vec<Inclusion> {
    let mut is_done: HashMap<Inclusion, bool> = HashMap::new();
    let mut cycles = Vec::new();
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
                Some(false) => cycles.push(next),
                None => {
                    is_done.insert(next, false);
                    stack.push((next, inside(pages, next)));
                }
            }
        }
    }
    cycles
}

/// The transclusions inside the text that a transclusion shows.
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
