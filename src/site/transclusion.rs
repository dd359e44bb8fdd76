//! Limits of transclusions: cycles, and texts that grow too large, are reported and cut.
//!
//! Only pages can form a cycle. A node shows pages, but a page shows only titles or the diagram of a flow. A page that includes
//! another twice doubles it, so the limit is of bytes, of a page and of all pages, not of depth.

use std::collections::{BTreeSet, HashMap};

use super::SitePage;
use super::flow::{Flow, PageId};
use super::routes::content_path;
use super::target::{ResolvedBody, Target, Transclusion};
use crate::content::body::HoleKind;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::source::Sources;

/// A transclusion: index of a page and of a hole in its body.
type Inclusion = (usize, usize);

/// The most bytes of HTML that the transclusions of one page add to it.
const MOST_OF_PAGE: usize = 8 << 20;

/// The most that the transclusions of all pages add.
const MOST_OF_SITE: usize = 256 << 20;

/// Reports every transclusion that contains itself, or makes a page too large, and breaks it.
pub(super) fn cut_endless(pages: &mut [SitePage], sources: &Sources, diagnostics: &mut Diagnostics) {
    let (cycles, inner_first) = find_cycles(pages);
    cut_cycles(&cycles, pages, sources, diagnostics);
    for (page, hole) in find_too_large(pages, &inner_first) {
        if let HoleKind::Include(link) = &pages[page].body.body.holes[hole].kind {
            diagnostics.push(catalogue::page::transclusion_too_large(
                link.span,
                MOST_OF_PAGE >> 20,
                MOST_OF_SITE >> 20,
            ));
        }
    }
}

/// Breaks all transclusions of a page that they make too large, so that it does not make others too large. Returns the one
/// of each such page that exceeds a limit.
fn find_too_large(pages: &mut [SitePage], inner_first: &[Inclusion]) -> Vec<Inclusion> {
    let mut sizes: HashMap<Inclusion, usize> = HashMap::new();
    let mut of_pages = vec![0_usize; pages.len()];
    let (mut of_site, mut is_cut, mut found) = (0_usize, vec![false; pages.len()], Vec::new());
    for inclusion @ (page, hole) in inner_first.iter().copied() {
        let Some(Target::Text(Transclusion { content, .. })) = &pages[page].body.targets[hole] else { continue };
        let inner = inside(pages, inclusion).iter().filter_map(|inner| sizes.get(inner)).sum::<usize>();
        let size = content.len() + inner;
        let is_too_large = of_pages[page] + size > MOST_OF_PAGE || of_site + size > MOST_OF_SITE;
        if !is_cut[page] && !is_too_large {
            sizes.insert(inclusion, size);
            of_pages[page] += size;
            of_site += size;
            continue;
        }
        if !is_cut[page] && of_site <= MOST_OF_SITE {
            found.push(inclusion);
            // The limit of the site is reported once.
            of_site += if of_site + size > MOST_OF_SITE { size } else { 0 };
        }
        is_cut[page] = true;
        for index in 0..pages[page].body.targets.len() {
            if matches!(pages[page].body.targets[index], Some(Target::Text(_))) {
                sizes.insert((page, index), 0);
                pages[page].body.targets[index] = Some(Target::Broken);
            }
        }
    }
    found
}

fn cut_cycles(cycles: &[Inclusion], pages: &mut [SitePage], sources: &Sources, diagnostics: &mut Diagnostics) {
    for (page, hole) in cycles.iter().copied() {
        if let HoleKind::Include(link) = &pages[page].body.body.holes[hole].kind {
            let path = content_path(sources.path(pages[page].file));
            diagnostics.push(catalogue::page::transclusion_cycle(link.span, path));
        }
        pages[page].body.targets[hole] = Some(Target::Broken);
    }
}

/// Finds the transclusions that close a cycle, by a depth-first search, and all in an order that has inner ones first.
fn find_cycles(pages: &[SitePage]) -> (Vec<Inclusion>, Vec<Inclusion>) {
    let mut is_done: HashMap<Inclusion, bool> = HashMap::new();
    let (mut cycles, mut inner_first) = (Vec::new(), Vec::new());
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
                inner_first.push(*inclusion);
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
    (cycles, inner_first)
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

/// The pages from index `published` that published pages or flows include, directly or through each other.
pub(super) fn find_included(pages: &[SitePage], published: usize, flows: &[Flow]) -> Vec<PageId> {
    let of_body = |body: &ResolvedBody| -> Vec<PageId> {
        let texts = body.targets.iter().flatten();
        texts.filter_map(|target| matches_text(target).filter(|id| id.0 >= published)).collect()
    };
    let nodes = flows.iter().flat_map(|flow| &flow.nodes);
    let of_nodes = nodes.flat_map(|node| {
        let content = node.content.iter().map(|text| text.page).filter(|id| id.0 >= published);
        content.chain(node.texts().flat_map(of_body)).collect::<Vec<_>>()
    });
    let mut pending: Vec<PageId> = pages[..published].iter().flat_map(|page| of_body(&page.body)).collect();
    pending.extend(of_nodes);
    let mut found = BTreeSet::new();
    while let Some(id) = pending.pop() {
        if found.insert(id.0) {
            pending.extend(of_body(&pages[id.0].body));
        }
    }
    found.into_iter().map(PageId).collect()
}

fn matches_text(target: &Target) -> Option<PageId> {
    match target {
        Target::Text(text) => Some(text.page),
        _ => None,
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

#[cfg(test)]
mod tests {
    use crate::testing::fixture::Fixture;

    const LARGE: &str = "page/transclusion-too-large";

    /// Pages that each include the one before twice; the first has `bytes` of text.
    fn found(bytes: usize, doublings: usize) -> Vec<String> {
        let mut files = vec![("p0.md".to_owned(), format!("---\ntitle: T\n---\n\n{}\n", "x".repeat(bytes)))];
        for page in 1..=doublings {
            let include = format!(":::include[p{}.md]\n:::\n\n", page - 1);
            files.push((format!("p{page}.md"), format!("---\ntitle: T{page}\n---\n\n{include}{include}")));
        }
        let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let found = Fixture::of(&files).found();
        found.into_iter().filter(|finding| finding.ends_with(LARGE)).collect()
    }

    #[test]
    fn reports_pages_that_double_once() {
        assert_eq!(found(10_000, 24), [format!("8 {LARGE}")]);
    }

    #[test]
    fn accepts_large_pages() {
        assert!(found(10_000, 8).is_empty());
        assert!(found(3_000_000, 1).is_empty());
    }
}
