//! Parts of a node's text that other nodes of the flow show: they are left out at its end.
//!
//! The text of a question may contain the steps of its answers. Readers see those steps, and their macros, only after the answer.
//! Nothing is lost: a part is left out only if all text from there to the end is in the contents of other nodes.

use std::ops::Range;

use super::SitePage;
use super::flow::Flow;
use super::ids::PageId;
use crate::content::body::{Body, HoleKind};
use crate::html::{HtmlToken, VOID_ELEMENTS, read};

/// Elements that are content without a text.
const CONTENT: [&str; 7] = ["audio", "embed", "iframe", "img", "object", "svg", "video"];

/// Elements that name the part below them. The title of the part's node stands for them.
const TITLES: [&str; 7] = ["h1", "h2", "h3", "h4", "h5", "h6", "summary"];

/// Shortens the content of each node that ends with the contents of other nodes of its flow.
pub(super) fn leave_to_other_nodes(flows: &mut [Flow], pages: &[SitePage]) {
    for flow in flows {
        let shown = flow.nodes.iter().filter_map(|node| node.content.as_ref());
        let mut shown: Vec<(PageId, usize, usize)> =
            shown.map(|content| (content.page, content.content.start, content.content.end)).collect();
        shown.sort_unstable();
        for content in flow.nodes.iter_mut().filter_map(|node| node.content.as_mut()) {
            let whole = content.content.clone();
            let first = shown.partition_point(|(page, start, _)| (*page, *start) <= (content.page, whole.start));
            let nested =
                shown[first..].iter().take_while(|(page, start, _)| *page == content.page && *start < whole.end);
            let nested: Vec<Range<usize>> = nested.map(|(_, start, end)| *start..*end).collect();
            if !nested.is_empty() {
                content.content.end = own_end(&pages[content.page.0].body.body, &whole, &nested);
            }
        }
    }
}

/// Where the blocks begin whose whole text is in the nested parts; the end of the content if something else follows.
fn own_end(body: &Body, content: &Range<usize>, nested: &[Range<usize>]) -> usize {
    let mut scan = BlockScan { first: nested[0].start, block: content.start, depth: 0, titles: 0, pieces: Vec::new() };
    read(&body.html[content.clone()], |token| scan.add(&token, content.start, &body.html));
    let holes = body.holes.iter().filter(|hole| content.contains(&hole.at) && is_content(&hole.kind));
    let is_shown = |at: usize| nested.iter().any(|part| part.contains(&at));
    let is_left = |at: usize| at >= scan.block && !is_shown(at);
    let keeps = scan.pieces.iter().copied().chain(holes.map(|hole| hole.at)).any(is_left);
    if keeps { content.end } else { scan.block }
}

/// True for a hole that shows something by itself.
fn is_content(kind: &HoleKind) -> bool {
    !matches!(
        kind,
        HoleKind::Id(_) | HoleKind::SelfLink(_) | HoleKind::Link(_) | HoleKind::Attribute { .. } | HoleKind::Address(_)
    )
}

/// Finds the outermost block with the first nested part, and the places of all texts.
struct BlockScan {
    /// Where the first nested part begins.
    first: usize,
    /// The last outermost element before that.
    block: usize,
    depth: usize,
    /// Open titles.
    titles: usize,
    /// Where texts and pictures stand.
    pieces: Vec<usize>,
}

impl BlockScan {
    fn add(&mut self, token: &HtmlToken<'_>, base: usize, html: &str) {
        match token {
            HtmlToken::StartTag(tag) => {
                let at = base + tag.start;
                if self.depth == 0 && at < self.first {
                    self.block = at;
                }
                self.titles += usize::from(TITLES.contains(&tag.name.as_str()));
                self.depth += usize::from(!VOID_ELEMENTS.contains(&tag.name.as_str()));
                if CONTENT.contains(&tag.name.as_str()) {
                    self.pieces.push(at);
                }
            }
            HtmlToken::EndTag(name) => {
                self.titles = self.titles.saturating_sub(usize::from(TITLES.contains(name)));
                self.depth = self.depth.saturating_sub(1);
            }
            HtmlToken::Comment(_) => {}
            HtmlToken::Text(range) => {
                let text = &html[base + range.start..base + range.end];
                if self.titles == 0 && !text.trim().is_empty() {
                    self.pieces.push(base + range.start + text.len() - text.trim_start().len());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::fixture::Fixture;

    /// The text that the question `q` shows of the page's part `a`, without tags; `b` and `c` show the others.
    fn shown(page: &str) -> String {
        let flow = "title: F\nnodes:\n  q: { title: Q, content: 'p.md#a', options: [{ id: b, label: B, next: b }, { id: c, label: C, next: c }] }\n  \
                    b: { title: B, content: 'p.md#b', next: c }\n  c: { title: C, content: 'p.md#c', result: open }\n";
        let fixture = Fixture::of(&[("f.flow.yaml", flow), ("p.md", &format!("---\ntitle: P\n---\n\n{page}\n"))]);
        let content = fixture.site.flows[0].nodes[0].content.as_ref().unwrap();
        let html = &fixture.site.page(content.page).body.body.html[content.content.clone()];
        let mut text = String::new();
        crate::html::read(html, |token| {
            if let crate::html::HtmlToken::Text(range) = token {
                text.push_str(&html[range]);
            }
        });
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn leaves_nested_steps_to_their_nodes() {
        assert_eq!(shown("1. Pergunte. {#a}\n\n   Se sim:\n\n   1. Um. {#b}\n   2. Dois. {#c}\n"), "Pergunte. Se sim:");
    }

    #[test]
    fn leaves_nested_sections_with_their_headings() {
        assert_eq!(shown("## A {#a}\n\nPergunte.\n\n### B {#b}\n\nUm.\n\n### C {#c}\n\nDois.\n"), "Pergunte.");
    }

    #[test]
    fn leaves_nested_details_with_their_titles() {
        let page =
            "::::details[A]{#a}\nPergunte.\n\n:::details[B]{#b}\nUm.\n:::\n\n:::details[C]{#c}\nDois.\n:::\n::::\n";
        assert_eq!(shown(page), "Pergunte.");
    }

    #[test]
    fn keeps_parts_that_no_other_node_shows() {
        let more = "1. Pergunte. {#a}\n\n   1. Um. {#b}\n   2. Dois. {#c}\n   3. Três.\n";
        assert_eq!(shown(more), "Pergunte. Um. Dois. Três.");
        let after = "1. Pergunte. {#a}\n\n   1. Um. {#b}\n   2. Dois. {#c}\n\n   Depois.\n";
        assert_eq!(shown(after), "Pergunte. Um. Dois. Depois.");
        let picture = "1. Pergunte. {#a}\n\n   1. Um. {#b}\n   2. Dois. {#c}\n\n   ![x](https://example.com/x.png)\n";
        assert_eq!(shown(picture), "Pergunte. Um. Dois.");
    }

    #[test]
    fn keeps_what_stands_elsewhere() {
        assert_eq!(shown("1. Pergunte. {#a}\n\n   1. Nada.\n2. Um. {#b}\n3. Dois. {#c}\n"), "Pergunte. Nada.");
    }
}
