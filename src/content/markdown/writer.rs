//! Events of the Markdown parser → HTML with holes. What each kind of block, link or table looks like stands in the files
//! beside this one; here is the dispatch and what they share.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, Event, Options, Parser, Tag, TagEnd};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::Place;
use super::blocks::Footnotes;
use super::definitions::Definitions;
use super::directives::OpenDirective;
use super::links::{OpenImage, OpenLink};
use super::mask::Mask;
use super::raw_html::RawHtml;
use super::tables::Table;
use crate::content::body::{Anchor, AnchorKind, Body, Hole, HoleKind, RawLink};
use crate::content::slug::Slugger;
use crate::content::template::Template;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::source::Span;

/// Turns events into a [`Body`].
pub(super) struct Writer<'a> {
    pub(super) mask: &'a Mask<'a>,
    place: Place,
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
    /// For each open item, its anchor.
    pub(super) items: Vec<Option<usize>>,
    /// Where the id at the end of the current item's first line begins.
    pub(super) item_id_at: Option<usize>,
    pub(super) images: Vec<OpenImage>,
    pub(super) links: Vec<OpenLink>,
    /// The block of raw HTML being read.
    pub(super) raw_html: Option<RawHtml>,
    pub(super) code: Option<(String, String)>,
    pub(super) table: Table,
    pub(super) footnotes: Footnotes,
    /// The bracket before the text, while the inside of one paragraph is written.
    pub(super) inline_bracket: Option<usize>,
}

/// A heading whose section goes on.
pub(super) struct OpenSection {
    pub(super) level: u8,
    pub(super) depth: usize,
    pub(super) anchor: usize,
}

impl<'a> Writer<'a> {
    pub(super) fn new(mask: &'a Mask<'a>, place: Place, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            mask,
            place,
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
            items: Vec::new(),
            item_id_at: None,
            images: Vec::new(),
            links: Vec::new(),
            raw_html: None,
            code: None,
            table: Table::default(),
            footnotes: Footnotes::default(),
            inline_bracket: None,
        }
    }

    /// Writes a part of the text as blocks.
    pub(super) fn write_blocks(&mut self, range: Range<usize>) {
        let mask = self.mask;
        self.write_events(&mask.blocks[range.clone()], range.start);
        self.close_directives_from(0);
        self.close_sections(0, 0);
    }

    /// Writes a part of the text as the inside of one paragraph. A bracket stands before it: parsed along, it keeps `3. Title`
    /// from being a list, and as nothing closes it, it is a text to leave out.
    pub(super) fn write_inline(&mut self, range: Range<usize>) {
        let mask = self.mask;
        let bracket = range.start - 1;
        self.inline_bracket = Some(bracket);
        self.write_events(&mask.inline[bracket..range.end], bracket);
        self.inline_bracket = None;
    }

    /// The finished body, footnotes at its end.
    pub(super) fn finish(mut self) -> Body {
        self.write_footnotes();
        self.check_footnotes();
        self.body
    }

    fn write_events(&mut self, text: &str, start: usize) {
        let mut missing = Vec::new();
        let note_missing = |link: BrokenLink<'_>| {
            missing.push((link.link_type, link.span));
            None
        };
        let mut events = Parser::new_with_broken_link_callback(text, options(), Some(note_missing)).into_offset_iter();
        let mut definitions = Definitions::new(text, start, &events);
        for (event, range) in events.by_ref() {
            definitions.see(&event, &range);
            self.write_event(event, range.start + start..range.end + start);
        }
        drop(events);
        self.check_definitions(&definitions, &missing);
    }

    fn write_event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => match self.code {
                Some(_) => self.write_code(&text),
                None => self.write_text(&text),
            },
            Event::Code(text) => self.write_code_span(&text, range),
            Event::Html(html) | Event::InlineHtml(html) => self.write_raw_html(&html, range.start),
            Event::SoftBreak => self.write_plain("\n"),
            Event::HardBreak => self.html("<br>\n"),
            Event::Rule => self.write_rule(&range),
            Event::TaskListMarker(is_done) => self.write_task_marker(is_done),
            Event::FootnoteReference(name) => self.write_footnote_reference(&name),
        }
    }

    fn open(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.paragraph("<p>"),
            Tag::Heading { id, .. } => self.open_heading(id.as_deref(), &range),
            Tag::BlockQuote(kind) => self.open_quote(kind),
            Tag::CodeBlock(kind) => self.open_code(&kind),
            Tag::List(start) => self.open_list(start),
            Tag::Item => self.open_item(&range),
            Tag::FootnoteDefinition(name) => self.open_footnote(&name, &range),
            Tag::DefinitionList => self.html("<dl>\n"),
            Tag::DefinitionListTitle => self.html("<dt>"),
            Tag::DefinitionListDefinition => self.html("<dd>"),
            Tag::Table(alignments) => self.open_table(alignments),
            Tag::TableHead => self.open_table_head(),
            Tag::TableRow => self.open_row(),
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.html("<em>"),
            Tag::Strong => self.html("<strong>"),
            Tag::Strikethrough => self.html("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => self.open_link(link_type, &dest_url, &title, range),
            Tag::Image { dest_url, title, .. } => self.open_image(&dest_url, &title, range),
            Tag::HtmlBlock => self.raw_html = Some(RawHtml::default()),
            Tag::MetadataBlock(_) | Tag::Superscript | Tag::Subscript => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.paragraph("</p>\n"),
            TagEnd::Heading(level) => self.close_heading(level as u8),
            TagEnd::BlockQuote(kind) => self.close_quote(kind),
            TagEnd::CodeBlock => self.close_code(),
            TagEnd::List(true) => self.html("</ol>\n"),
            TagEnd::List(false) => self.html("</ul>\n"),
            TagEnd::Item => self.close_item(),
            TagEnd::FootnoteDefinition => self.close_footnote(),
            TagEnd::DefinitionList => self.html("</dl>\n"),
            TagEnd::DefinitionListTitle => self.html("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.html("</dd>\n"),
            TagEnd::Table => self.html("</tbody></table></div>\n"),
            TagEnd::TableHead => self.close_table_head(),
            TagEnd::TableRow => self.html("</tr>\n"),
            TagEnd::TableCell => self.close_cell(),
            TagEnd::Emphasis => self.html("</em>"),
            TagEnd::Strong => self.html("</strong>"),
            TagEnd::Strikethrough => self.html("</del>"),
            TagEnd::Link => self.close_link(),
            TagEnd::Image => self.close_image(),
            TagEnd::HtmlBlock => self.close_html_block(),
            TagEnd::MetadataBlock(_) | TagEnd::Superscript | TagEnd::Subscript => {}
        }
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
        self.place.span(range.start, range.end)
    }

    /// A link as written, with the place of its address.
    pub(super) fn raw_link(&self, address: &str, whole: Range<usize>) -> RawLink {
        let (written, span) = match self.mask.restore(address) {
            Some((written, offset)) => (written.to_owned(), self.span(offset..offset + written.len())),
            None => (address.to_owned(), self.span(whole)),
        };
        RawLink { text: Template::parse(&written), written, span }
    }

    /// Registers an id; the second one of a page is reported.
    pub(super) fn anchor_here(&mut self, id: String, span: Span, kind: AnchorKind) -> usize {
        let at = self.body.html.len();
        if let Some(first) = self.body.find_anchor(&id) {
            let diagnostic = catalogue::page::duplicate_id(span, &id);
            self.diagnostics.push(diagnostic.label(first.span, catalogue::help::first_here()));
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

    fn paragraph(&mut self, tag: &str) {
        if self.inline_bracket.is_none() {
            self.html(tag);
        }
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}
