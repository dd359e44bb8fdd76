//! Parsed body of a page: HTML with holes, headings, anchors and links.
//!
//! A [`Hole`] stands where only the whole site knows what comes: the address of a link, the value of a placeholder, the
//! text of another page. So HTML, headings, anchors and links all come from one pass, a section is a slice of a body,
//! and the rest of the work on a page is copying.

use std::ops::Range;

use crate::content::template::{Placeholder, Template};
use crate::source::{Span, Spanned};
use crate::url::AddressUse;

/// HTML with holes, and its headings and anchors.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Body {
    pub(crate) html: String,
    /// By their place in `html`.
    pub(crate) holes: Vec<Hole>,
    pub(crate) headings: Vec<Heading>,
    /// Collapsible sections and steps that stand in no other block.
    pub(crate) parts: Vec<Part>,
    pub(crate) anchors: Vec<Anchor>,
    /// Addresses of definitions (`[label]: address`) that no link uses.
    pub(crate) definitions: Vec<RawLink>,
    pub(crate) has_details: bool,
    /// The texts of `:copy[…]`, by their place in `html`.
    pub(crate) copies: Vec<Copied>,
    /// The footnotes, which end the HTML.
    pub(crate) notes: Option<Notes>,
}

/// The footnotes of a body, as places in its HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Notes {
    /// Where their section begins.
    pub(crate) start: usize,
    /// The content of each, by number.
    pub(crate) contents: Vec<Range<usize>>,
}

/// A `:copy[…]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Copied {
    /// The exact text.
    pub(crate) text: Template,
    /// Byte offset of the text in the HTML.
    pub(crate) at: usize,
    /// The whole directive.
    pub(crate) span: Span,
}

/// A place in the HTML that is filled when the site is known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hole {
    /// Byte offset in the HTML.
    pub(crate) at: usize,
    pub(crate) kind: HoleKind,
}

/// Content of a hole.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum HoleKind {
    /// ` id="…"`, ready to write; left out where the text is transcluded.
    Id(String),
    /// ` href="#id"` within the page itself.
    SelfLink(String),
    /// ` href="…"` of a link.
    Link(RawLink),
    /// ` src="…"` of an image.
    Image(RawLink),
    /// The address alone, between quotes of raw HTML.
    Address(RawLink),
    /// Another attribute of raw HTML with its space, left out if one of its addresses is refused.
    Attribute { text: String, links: Vec<RawLink> },
    /// The marked-up value of a placeholder.
    Placeholder(Spanned<Placeholder>),
    /// The text of another page's anchor.
    Include(RawLink),
    /// A flow, shown in a page.
    Flow { link: RawLink, view: View },
    /// A highlighted code block.
    Code { language: String, text: String },
    /// An interface string, by its key.
    Label(&'static str),
    /// A mark of a footnote.
    NoteMark(NoteMark),
    /// The links from a footnote back to its marks.
    NoteBack { note: usize, marks: usize },
}

/// A place that refers to a footnote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoteMark {
    /// The number of the footnote, from 1.
    pub(crate) note: usize,
    /// From 1: the number of this mark among those of the footnote.
    pub(crate) nth: usize,
}

impl HoleKind {
    /// The link of the hole, if it has one.
    pub(crate) fn link(&self) -> Option<&RawLink> {
        match self {
            HoleKind::Link(link)
            | HoleKind::Image(link)
            | HoleKind::Address(link)
            | HoleKind::Include(link)
            | HoleKind::Flow { link, .. } => Some(link),
            _ => None,
        }
    }
}

/// How a flow is shown in a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum View {
    /// A link with title and description.
    #[default]
    Card,
    /// The card, which opens the walkthrough.
    Walk,
    /// The list of its nodes.
    Outline,
    /// Its diagram.
    Diagram,
}

/// A link as written. `site` resolves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawLink {
    pub(crate) text: Template,
    /// As written, placeholders included.
    pub(crate) written: String,
    pub(crate) usage: AddressUse,
    pub(crate) span: Span,
}

impl RawLink {
    /// An address that is opened.
    pub(crate) fn new(written: &str, span: Span) -> Self {
        Self { text: Template::parse(written), written: written.to_owned(), usage: AddressUse::Open, span }
    }

    /// An address with this use.
    #[must_use]
    pub(crate) fn used_as(self, usage: AddressUse) -> Self {
        Self { usage, ..self }
    }
}

/// A heading of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    /// 1 to 6.
    pub(crate) level: u8,
    pub(crate) id: String,
    /// Without markup; placeholders as written.
    pub(crate) text: Template,
    pub(crate) span: Span,
}

/// A collapsible section or a step, for the table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) kind: PartKind,
    pub(crate) id: String,
    /// Without markup; placeholders as written. Of a step, its first paragraph.
    pub(crate) text: Template,
    /// How many headings stand before it.
    pub(crate) headings: usize,
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartKind {
    /// `:::details`.
    Details,
    /// A step of `:::steps`, with its number.
    Step(u64),
}

/// An id inside the body, and the part of the HTML that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Anchor {
    pub(crate) id: String,
    /// Where the id was written, or the heading it comes from.
    pub(crate) span: Span,
    /// What a transclusion of this anchor shows: what follows a heading in its section, the inside of an
    /// item or of a directive.
    pub(crate) content: Range<usize>,
    pub(crate) kind: AnchorKind,
}

/// What an anchor is the id of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnchorKind {
    /// The section from this heading to the next of its level.
    Heading,
    /// An item of a list.
    Item,
    /// A directive.
    Directive,
    /// A callout, which is beside the text and no part of it.
    Aside,
    /// A paragraph with `<span id>` in it, or the blocks after a line `<div id>`. Empty if it names no such part.
    Named,
    /// Another element of raw HTML; it can be linked to, not transcluded.
    Element,
}

/// The id of a footnote. `place` distinguishes the texts of one page.
pub(crate) fn note_id(place: &str, number: usize) -> String {
    format!("V-note{place}-{number}")
}

impl Body {
    /// The HTML before the footnotes.
    pub(crate) fn without_notes(&self) -> Range<usize> {
        0..self.notes.as_ref().map_or(self.html.len(), |notes| notes.start)
    }

    /// Finds an anchor by its id.
    pub(crate) fn find_anchor(&self, id: &str) -> Option<&Anchor> {
        self.anchors.iter().find(|anchor| anchor.id == id)
    }

    /// Every link and image, transclusions and flows included.
    #[cfg(test)]
    pub(crate) fn links(&self) -> impl Iterator<Item = &RawLink> {
        self.holes.iter().filter_map(|hole| hole.kind.link())
    }
}
