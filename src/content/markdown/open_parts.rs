//! Parts of a page that are being written: open sections, links, images, tables, raw HTML and footnotes.

use std::collections::HashMap;

use indexmap::IndexMap;
use pulldown_cmark::Alignment;

use crate::content::body::{Body, RawLink};
use crate::source::Span;

/// A step whose first paragraph is being read.
pub(super) struct OpenStep {
    pub(super) id: String,
    pub(super) number: u64,
}

/// A list whose items are being read.
pub(super) struct OpenList {
    /// The number of the next step, in a list of steps.
    pub(super) step: Option<u64>,
    pub(super) is_ordered: bool,
    /// Characters before the marker of its first item.
    pub(super) column: usize,
    /// Offset of its end in the text.
    pub(super) end: usize,
    /// An item with too little indentation was reported.
    pub(super) has_shallow_item: bool,
}

/// A list that ended.
pub(super) struct ClosedList {
    pub(super) list: OpenList,
    pub(super) depth: usize,
}

/// A heading whose section goes on.
pub(super) struct OpenSection {
    pub(super) level: u8,
    pub(super) depth: usize,
    pub(super) anchor: usize,
}

/// An image whose description is being read.
pub(super) struct OpenImage {
    pub(super) link: RawLink,
    pub(super) title: String,
    /// Text read before it, when it stands inside a heading.
    pub(super) plain: Option<String>,
    pub(super) span: Span,
}

/// A link whose text is being read.
pub(super) struct OpenLink {
    /// Where its text begins in the HTML, and its holes.
    pub(super) at: usize,
    pub(super) holes: usize,
    /// Its text is its address.
    pub(super) is_address: bool,
    /// Only its text is written: its address has a meaning in another tool.
    pub(super) is_text: bool,
    pub(super) span: Span,
}

/// The table being written.
#[derive(Default)]
pub(super) struct Table {
    pub(super) alignments: Vec<Alignment>,
    pub(super) column: usize,
    pub(super) is_head: bool,
}

/// HTML as the parser gives it, piece by piece, with where each piece stands in the author's text.
#[derive(Default)]
pub(super) struct RawHtml {
    pub(super) text: String,
    /// Offset in the text, and in the author's.
    pub(super) pieces: Vec<(usize, usize)>,
}

impl RawHtml {
    pub(super) fn push(&mut self, text: &str, offset: usize) {
        self.pieces.push((self.text.len(), offset));
        self.text.push_str(text);
    }

    /// Where in the author's text an offset is.
    pub(super) fn origin(&self, offset: usize) -> usize {
        let piece = self.pieces.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
        self.pieces.get(piece).map_or(0, |(start, origin)| origin + offset - start)
    }
}

/// Footnotes in the order they are first referred to, and their texts.
#[derive(Default)]
pub(super) struct Footnotes {
    /// Name, and how often it was referred to.
    pub(super) references: IndexMap<String, usize>,
    /// The open text, and those before it.
    pub(super) open: Vec<String>,
    /// The first text of each name.
    pub(super) texts: HashMap<String, Body>,
    /// Where each text begins, by its name.
    pub(super) defined: IndexMap<String, Span>,
}
