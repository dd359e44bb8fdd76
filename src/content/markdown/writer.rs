//! State and basic output of the Markdown writer: HTML, text, attributes, holes and anchors.
//!
//! Imports none of the files that write blocks, links and directives: they add methods to [`Writer`].

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::attributes::DirectiveLine;
use super::leftovers::ShownText;
use super::mask::Mask;
use super::open_parts::{ClosedList, Footnotes, OpenImage, OpenLink, OpenList, OpenSection, OpenStep, RawHtml, Table};
use crate::content::body::{Anchor, AnchorKind, Body, Hole, HoleKind, RawLink};
use crate::content::slug::Slugger;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::source::{FileId, Span};

/// A kind of block directive: all that the writer and the checks know of it.
pub(super) struct Directive {
    pub(super) names: &'static [&'static str],
    /// Attributes it takes besides `id` and `class`.
    pub(super) attributes: &'static [&'static str],
    /// Whether `[…]` must follow the name.
    pub(super) needs_argument: bool,
    /// The directive that must directly contain it.
    pub(super) parent: Option<&'static str>,
    /// What its `#id` names.
    pub(super) anchor: AnchorKind,
    /// Writes the HTML before the content.
    pub(super) open: fn(&mut Writer<'_>, &DirectiveLine),
    /// Writes the HTML after the content.
    pub(super) close: fn(&mut Writer<'_>),
}

impl Directive {
    /// The defaults of a declaration: no name, no attribute, no argument, no HTML.
    pub(super) const NAMELESS: Self = Self {
        names: &[],
        attributes: &[],
        needs_argument: false,
        parent: None,
        anchor: AnchorKind::Directive,
        open: |_, _| (),
        close: |_| (),
    };
}

/// A directive whose closing line has not been read yet.
pub(super) struct OpenDirective {
    pub(super) directive: &'static Directive,
    pub(super) line: DirectiveLine,
    /// Depth of its content.
    pub(super) depth: usize,
    /// Index of its anchor.
    pub(super) anchor: Option<usize>,
    /// How many ordered lists stand directly in it.
    pub(super) lists: usize,
}

/// The place of the text being parsed.
#[derive(Clone, Copy, Debug)]
pub(super) enum TextOrigin {
    /// A file. Offsets are those of the file.
    File(FileId),
    /// A YAML value. Offsets mean nothing outside it, so everything is reported at the whole value.
    Value(Span),
}

impl TextOrigin {
    fn span(self, start: usize, end: usize) -> Span {
        match self {
            Self::File(file) => Span::new(file, start, end),
            Self::Value(span) => span,
        }
    }
}

/// Writes a [`Body`] from the events of the parser.
pub(super) struct Writer<'a> {
    pub(super) mask: &'a Mask<'a>,
    origin: TextOrigin,
    pub(super) directives: &'static [Directive],
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) body: Body,
    pub(super) slugger: Slugger,
    /// The written id and the place of the heading being read.
    pub(super) heading: Option<(Option<String>, Range<usize>)>,
    /// Text without markup, while a heading or an image's description is read.
    pub(super) plain: Option<String>,
    /// Bodies set aside while a part whose place comes later is written.
    pub(super) aside: Vec<Body>,
    /// How many containers (items, quotes, directives) are open.
    pub(super) depth: usize,
    /// The depth inside each open item, quote or footnote.
    pub(super) containers: Vec<usize>,
    pub(super) open_headings: Vec<OpenSection>,
    pub(super) open_directives: Vec<OpenDirective>,
    /// Directives that the end of an item closed; their own closing lines come later and mean nothing.
    pub(super) closed_by_container: usize,
    /// For each open list, the number of its next item if it is the list of `:::steps`.
    pub(super) lists: Vec<OpenList>,
    pub(super) closed_list: Option<ClosedList>,
    /// The step whose text is being read.
    pub(super) step: Option<OpenStep>,
    /// For each open item, its anchor.
    pub(super) items: Vec<Option<usize>>,
    /// Where the id at the end of the current item's first line begins.
    pub(super) item_id_at: Option<usize>,
    pub(super) images: Vec<OpenImage>,
    pub(super) links: Vec<OpenLink>,
    /// Forms of other tools that were reported.
    pub(super) reported_forms: HashSet<&'static str>,
    /// Elements of raw HTML that are open, with the anchor of the part that they name.
    pub(super) open_elements: Vec<(String, Span, Option<usize>)>,
    /// Where the open paragraph begins in the HTML, and its first anchor.
    pub(super) paragraph: Option<(usize, usize)>,
    /// How many links of raw HTML are open.
    pub(super) raw_links: usize,
    /// The block of raw HTML being read.
    pub(super) raw_html: Option<RawHtml>,
    pub(super) code: Option<(String, String)>,
    pub(super) table: Table,
    pub(super) footnotes: Footnotes,
    /// The text that readers see, without code and markup.
    pub(super) shown: ShownText,
    /// Where each id of the text stands.
    ids: HashMap<String, Span>,
    /// The bracket before the text, while the inside of one paragraph is written.
    pub(super) inline_bracket: Option<usize>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        mask: &'a Mask<'a>,
        origin: TextOrigin,
        directives: &'static [Directive],
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            mask,
            origin,
            directives,
            diagnostics,
            body: Body::default(),
            slugger: Slugger::default(),
            heading: None,
            plain: None,
            aside: Vec::new(),
            depth: 0,
            containers: Vec::new(),
            open_headings: Vec::new(),
            open_directives: Vec::new(),
            closed_by_container: 0,
            lists: Vec::new(),
            closed_list: None,
            step: None,
            items: Vec::new(),
            item_id_at: None,
            images: Vec::new(),
            links: Vec::new(),
            reported_forms: HashSet::new(),
            open_elements: Vec::new(),
            paragraph: None,
            raw_links: 0,
            raw_html: None,
            code: None,
            table: Table::default(),
            footnotes: Footnotes::default(),
            shown: ShownText::new(mask.original),
            ids: HashMap::new(),
            inline_bracket: None,
        }
    }

    /// The finished body, footnotes at its end.
    pub(super) fn finish(mut self) -> Body {
        self.write_footnotes();
        self.check_footnotes();
        self.body
    }

    /// Writes markup of our own.
    pub(super) fn html(&mut self, markup: &str) {
        self.body.html.push_str(markup);
    }

    /// Writes text, escaped.
    pub(super) fn write_plain(&mut self, text: &str) {
        escape_html_body_text(&mut self.body.html, text).expect("a String takes any text");
        self.write_plain_only(text);
    }

    /// Adds to the text without markup only.
    pub(super) fn write_plain_only(&mut self, text: &str) {
        if let Some(plain) = &mut self.plain {
            plain.push_str(text);
        }
    }

    /// Writes an attribute whose value is text.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.body.html.extend([" ", name, "=\""]);
        escape_html(&mut self.body.html, value).expect("a String takes any text");
        self.body.html.push('"');
    }

    /// Leaves a hole here.
    pub(super) fn hole(&mut self, kind: HoleKind) {
        self.body.holes.push(Hole { at: self.body.html.len(), kind });
    }

    /// Sets the body aside until [`Writer::take_aside`].
    pub(super) fn open_aside(&mut self) {
        self.aside.push(std::mem::take(&mut self.body));
        self.plain = Some(String::new());
    }

    /// Gives back the body set aside, and returns what was written since, with its text.
    pub(super) fn take_aside(&mut self) -> (Body, String) {
        let outer = self.aside.pop().expect("what was set aside is taken back once");
        (std::mem::replace(&mut self.body, outer), self.plain.take().unwrap_or_default())
    }

    /// The place of a part of the text.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.origin.span(range.start, range.end)
    }

    /// A link as written, with the place of its address.
    pub(super) fn raw_link(&self, address: &str, whole: Range<usize>) -> RawLink {
        let (written, span) = match self.mask.restore(address) {
            Some((written, offset)) => (written.to_owned(), self.span(offset..offset + written.len())),
            None => (address.to_owned(), self.span(whole)),
        };
        RawLink::new(&written, span)
    }

    /// Registers an id; the second one of a page is reported.
    pub(super) fn anchor_here(&mut self, id: String, span: Span, kind: AnchorKind) -> usize {
        let at = self.body.html.len();
        if let Some(first) = self.ids.get(&id) {
            let diagnostic = catalogue::page::duplicate_id(span, &id);
            self.diagnostics.push(diagnostic.label(*first, catalogue::help::first_here()));
        } else {
            self.ids.insert(id.clone(), span);
        }
        self.slugger.reserve(&id);
        self.body.anchors.push(Anchor { id, span, content: at..at, kind });
        self.body.anchors.len() - 1
    }

    /// What an anchor names ends here.
    pub(super) fn end_content(&mut self, anchor: usize) {
        self.enclose_holes();
        self.body.anchors[anchor].content.end = self.body.html.len();
    }

    /// A hole at the very end of a part would be outside of it.
    pub(super) fn enclose_holes(&mut self) {
        if self.body.holes.last().is_some_and(|hole| hole.at == self.body.html.len()) {
            self.html("\n");
        }
    }
}
