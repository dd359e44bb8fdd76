//! Texts, copies and values of parsed HTML, by the innermost place that has an anchor.
//!
//! In: a [`Body`](crate::content::body::Body) with the positions of its anchors. Out: calls of [`Sink`]. The HTML is walked once.

use std::ops::Range;

use crate::content::body::{Anchor, AnchorKind, HoleKind};
use crate::content::pieces::{HtmlPiece, HtmlPieces};
use crate::content::template::Placeholder;
use crate::site::target::{ResolvedBody, Target, Transclusion};

/// Takes what a scan finds.
pub(super) trait Sink {
    /// The content of an anchor begins; `summary` is the title of a collapsible section before it.
    fn open(&mut self, anchor: &Anchor, summary: Option<String>);
    /// The content of the anchor ends.
    fn close(&mut self, anchor: &Anchor);
    /// A text.
    fn text(&mut self, text: &str);
    /// What the placeholder shows, in a text to copy or beside one.
    fn placeholder(&mut self, placeholder: &Placeholder, is_copied: bool) -> Shown;
    /// A text to copy, complete or with inputs.
    fn copy(&mut self, text: String, is_complete: bool);
    /// The text of another page, shown here.
    fn include(&mut self, transclusion: &Transclusion);
}

/// What a placeholder shows.
pub(super) struct Shown {
    pub(super) text: String,
    /// A value of the site, not an input.
    pub(super) is_value: bool,
}

/// What happens at a position of the HTML, in this order: an empty section may end the section around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Open(usize),
    Close(usize),
    Hole(usize),
}

/// Scans a part of a body.
pub(super) fn scan(body: &ResolvedBody, range: Range<usize>, sink: &mut impl Sink) {
    let mut scanner = Scanner {
        sink,
        pieces: HtmlPieces::default(),
        heading: false,
        gaps: 0,
        summary: None,
        ended: None,
        copy: None,
    };
    let mut at = range.start;
    for (position, mark) in marks_of(body, &range) {
        scanner.push_html(&body.body.html[at..position]);
        at = position;
        match mark {
            Mark::Close(anchor) => scanner.sink.close(&body.body.anchors[anchor]),
            Mark::Open(anchor) => {
                let (summary, anchor) = (scanner.ended.take(), &body.body.anchors[anchor]);
                scanner.sink.open(anchor, summary);
                if anchor.content.is_empty() {
                    scanner.sink.close(anchor);
                }
            }
            Mark::Hole(hole) => scanner.push_hole(&body.body.holes[hole].kind, body.targets[hole].as_ref()),
        }
    }
    scanner.push_html(&body.body.html[at..range.end]);
}

/// The marks inside the range, in order.
fn marks_of(body: &ResolvedBody, range: &Range<usize>) -> Vec<(usize, Mark)> {
    let mut marks = Vec::new();
    for (index, anchor) in body.body.anchors.iter().enumerate() {
        let content = &anchor.content;
        if anchor.kind != AnchorKind::Element && range.start <= content.start && content.end <= range.end {
            marks.push((content.start, Mark::Open(index)));
            // An empty part ends where it begins.
            marks.extend((!content.is_empty()).then_some((content.end, Mark::Close(index))));
        }
    }
    let is_inside = |at: usize| range.contains(&at) || at == range.end && at == body.body.html.len();
    let holes = body.body.holes.iter().enumerate().filter(|(_, hole)| is_inside(hole.at));
    marks.extend(holes.map(|(index, hole)| (hole.at, Mark::Hole(index))));
    marks.sort_by_key(|(at, mark)| (*at, *mark));
    marks
}

struct Scanner<'s, S> {
    sink: &'s mut S,
    pieces: HtmlPieces,
    /// Inside a heading, whose text is known.
    heading: bool,
    /// How many callouts are open since one that stands for a missing text.
    gaps: usize,
    /// The text of the open summary.
    summary: Option<String>,
    /// The text of the summary that ended last.
    ended: Option<String>,
    /// The copied text, and if it is complete.
    copy: Option<(String, bool)>,
}

impl<S: Sink> Scanner<'_, S> {
    fn push_html(&mut self, html: &str) {
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.read(html, |piece| match piece {
            HtmlPiece::Tag(tag) => self.end_tag(tag),
            HtmlPiece::Text(text) => self.push_text(&text),
        });
        self.pieces = pieces;
    }

    fn end_tag(&mut self, tag: &str) {
        if tag != "div class=\"details-body\"" {
            self.keep_summary();
        }
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric() && c != '/').next().unwrap_or_default();
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = true,
            "/h1" | "/h2" | "/h3" | "/h4" | "/h5" | "/h6" => self.heading = false,
            "aside" if self.gaps > 0 || tag.contains(" data-gap") => self.gaps += 1,
            "/aside" if self.gaps > 0 => self.gaps -= 1,
            "summary" => self.summary = Some(String::new()),
            "/summary" => self.ended = self.summary.take(),
            "span" if tag.ends_with("class=\"copy-value\"") => self.copy = Some((String::new(), true)),
            "/span" => self.end_copy(),
            "b" | "strong" | "em" | "i" | "code" | "kbd" | "a" | "del" | "/b" | "/strong" | "/em" | "/i" | "/code"
            | "/kbd" | "/a" | "/del" | "span" | "sup" | "/sup" => {}
            _ => self.push_text(" "),
        }
    }

    /// The title of a collapsible section without an id belongs to the text of the enclosing place.
    fn keep_summary(&mut self) {
        if let Some(summary) = self.ended.take() {
            self.push_text(&format!(" {summary} "));
        }
    }

    fn end_copy(&mut self) {
        if let Some((text, is_complete)) = self.copy.take() {
            self.push_text(&text);
            self.sink.copy(text, is_complete);
        }
    }

    fn push_text(&mut self, text: &str) {
        if self.pieces.is_in_tag() || self.heading || self.gaps > 0 {
            return;
        }
        match (&mut self.copy, &mut self.summary) {
            (Some((copy, _)), _) => copy.push_str(text),
            (None, Some(summary)) => summary.push_str(text),
            (None, None) => self.sink.text(text),
        }
    }

    fn push_hole(&mut self, hole: &HoleKind, target: Option<&Target>) {
        match (hole, target) {
            (HoleKind::Include(_), Some(Target::Text(transclusion))) => self.sink.include(transclusion),
            (HoleKind::Placeholder(placeholder), _) if !self.pieces.is_in_tag() && !self.heading => {
                let shown = self.sink.placeholder(&placeholder.value, self.copy.is_some());
                if let Some((_, is_complete)) = &mut self.copy {
                    *is_complete &= shown.is_value;
                }
                self.push_text(&shown.text);
            }
            (HoleKind::Code { text, .. }, _) => {
                self.push_text(" ");
                self.push_text(text);
            }
            _ => {}
        }
    }
}
