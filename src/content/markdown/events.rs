//! Events of the Markdown parser: each calls the method of [`Writer`] that writes its HTML.
//!
//! The methods stand in the other files of this folder, by kind of block.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::definitions::Definitions;
use super::open_parts::RawHtml;
use super::writer::Writer;
use crate::content::body::AnchorKind;

impl Writer<'_> {
    /// Writes a part of the text as blocks.
    pub(super) fn write_blocks(&mut self, range: Range<usize>) {
        let mask = self.mask;
        self.write_events(&mask.blocks[range.clone()], range.start);
        self.close_directives_from(0);
        self.close_sections(0, 0);
    }

    /// Writes a part of the text as the inside of one paragraph.
    ///
    /// The text has a bracket before it, which is parsed too. It keeps `3. Title` from becoming a list. Nothing closes
    /// the bracket, so it arrives as text and is left out.
    pub(super) fn write_inline(&mut self, range: Range<usize>) {
        let mask = self.mask;
        let bracket = range.start - 1;
        self.inline_bracket = Some(bracket);
        self.write_events(&mask.inline[bracket..range.end], bracket);
        self.inline_bracket = None;
    }

    fn write_events(&mut self, text: &str, start: usize) {
        let mut missing = Vec::new();
        let note_missing = |link: BrokenLink<'_>| {
            missing.push((link.link_type, link.span));
            None
        };
        let mut events = Parser::new_with_broken_link_callback(text, options(), Some(note_missing)).into_offset_iter();
        let mut definitions = Definitions::new(text, start, &events);
        let mut joined: Option<Range<usize>> = None;
        for (event, range) in events.by_ref() {
            definitions.record(&event, &range);
            let is_source = matches!(&event, Event::Text(shown) if text.get(range.clone()) == Some(&**shown));
            if is_source && joined.as_ref().is_some_and(|joined| joined.end == range.start) {
                joined = joined.map(|joined| joined.start..range.end);
                continue;
            }
            self.write_joined(text, start, joined.take());
            if is_source && self.code.is_none() {
                joined = Some(range);
            } else {
                self.write_event(event, range.start + start..range.end + start);
            }
        }
        self.write_joined(text, start, joined);
        drop(events);
        self.check_definitions(&definitions, &missing);
    }

    /// Writes a text that the parser gave in pieces, such as `a_b@c.org`.
    fn write_joined(&mut self, text: &str, start: usize, joined: Option<Range<usize>>) {
        if let Some(range) = joined {
            let shown = CowStr::Borrowed(&text[range.clone()]);
            self.write_event(Event::Text(shown), range.start + start..range.end + start);
        }
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
            Tag::Paragraph => self.open_paragraph(),
            Tag::Heading { id, .. } => self.open_heading(id.as_deref(), &range),
            Tag::BlockQuote(kind) => self.open_quote(kind),
            Tag::CodeBlock(kind) => self.open_code(&kind, &range),
            Tag::List(start) => self.open_list(start, &range),
            Tag::Item => self.open_item(&range),
            Tag::FootnoteDefinition(name) => self.open_footnote(&name, &range),
            Tag::DefinitionList => self.html("<dl>\n"),
            Tag::DefinitionListTitle => self.html("<dt>"),
            Tag::DefinitionListDefinition => self.open_definition(&range),
            Tag::Table(alignments) => self.open_table(alignments),
            Tag::TableHead => self.open_table_head(&range),
            Tag::TableRow => self.open_row(&range),
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
            TagEnd::Paragraph => {
                self.close_step_text();
                self.close_paragraph();
            }
            TagEnd::Heading(level) => self.close_heading(level as u8),
            TagEnd::BlockQuote(kind) => self.close_quote(kind),
            TagEnd::CodeBlock => self.close_code(),
            TagEnd::List(_) => self.close_list(),
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

    fn open_paragraph(&mut self) {
        if self.inline_bracket.is_none() {
            self.paragraph = Some((self.body.html.len(), self.body.anchors.len()));
            self.html("<p>");
        }
    }

    fn close_paragraph(&mut self) {
        if self.inline_bracket.is_none() {
            self.html("</p>\n");
        }
        let Some((start, first)) = self.paragraph.take() else { return };
        for anchor in first..self.body.anchors.len() {
            if self.body.anchors[anchor].kind == AnchorKind::Named {
                self.body.anchors[anchor].content.start = start;
                self.end_content(anchor);
            }
        }
    }
}

pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}
