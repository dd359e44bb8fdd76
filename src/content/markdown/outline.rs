//! Blocks of a page with their places: paragraphs, lists and their items, directives.
//!
//! In: the text of a page. Out: a tree of [`OutlineBlock`]s, with ranges of the author's text. Entry point: [`outline`].

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::events::options;
use super::mask::Mask;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading,
    /// A list; its items are its blocks.
    List,
    /// An item of a list.
    Item,
    /// A quote or an alert.
    Quote,
    /// A directive with its closing line.
    Directive,
    /// Code, a table, raw HTML, a thematic break, a footnote.
    Other,
}

/// A block with the blocks inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OutlineBlock {
    pub(crate) kind: BlockKind,
    /// Without blanks at its end.
    pub(crate) range: Range<usize>,
    pub(crate) blocks: Vec<OutlineBlock>,
}

/// The blocks of the text from `start` on.
pub(crate) fn outline(text: &str, start: usize) -> Vec<OutlineBlock> {
    let mask = Mask::new(text, start);
    let mut open = vec![OutlineBlock { kind: BlockKind::Other, range: start..text.len(), blocks: Vec::new() }];
    for (event, range) in Parser::new_ext(&mask.blocks[start..], options()).into_offset_iter() {
        let range = range.start + start..range.end + start;
        match event {
            Event::Start(tag) => {
                if let Some(kind) = kind_of(&tag) {
                    open.push(OutlineBlock { kind, range, blocks: Vec::new() });
                }
            }
            Event::End(tag) if is_block_end(tag) => {
                close_directives(&mut open, text, range.end);
                close(&mut open, text, range.end);
            }
            Event::Rule => match mask.find_line(range.start) {
                Some(line) if line.is_closing() => {
                    if open.len() > 1 && open[open.len() - 1].kind == BlockKind::Directive {
                        close(&mut open, text, range.end);
                    }
                }
                Some(_) => open.push(OutlineBlock { kind: BlockKind::Directive, range, blocks: Vec::new() }),
                None => {
                    open.push(OutlineBlock { kind: BlockKind::Other, range: range.clone(), blocks: Vec::new() });
                    close(&mut open, text, range.end);
                }
            },
            _ => {}
        }
    }
    while open.len() > 1 {
        close(&mut open, text, text.len());
    }
    open.pop().map(|page| page.blocks).unwrap_or_default()
}

/// Closes the directives that the end of an item or a quote ends.
fn close_directives(open: &mut Vec<OutlineBlock>, text: &str, end: usize) {
    while open.len() > 2 && open[open.len() - 1].kind == BlockKind::Directive {
        close(open, text, end);
    }
}

fn close(open: &mut Vec<OutlineBlock>, text: &str, end: usize) {
    let Some(mut block) = open.pop() else { return };
    let written = text[block.range.start..end.max(block.range.start)].trim_end();
    block.range.end = block.range.start + written.len();
    if let Some(parent) = open.last_mut() {
        parent.blocks.push(block);
    }
}

fn kind_of(tag: &Tag<'_>) -> Option<BlockKind> {
    Some(match tag {
        Tag::Paragraph => BlockKind::Paragraph,
        Tag::Heading { .. } => BlockKind::Heading,
        Tag::List(_) => BlockKind::List,
        Tag::Item => BlockKind::Item,
        Tag::BlockQuote(_) => BlockKind::Quote,
        Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Table(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionList => {
            BlockKind::Other
        }
        _ => return None,
    })
}

fn is_block_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Table
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
    )
}

/// The places of code and of HTML comments, in order. They do not overlap.
pub(crate) fn find_code(text: &str, start: usize) -> Vec<Range<usize>> {
    let mask = Mask::new(text, start);
    let mut found: Vec<Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(&mask.blocks[start..], options()).into_offset_iter() {
        let range = range.start + start..range.end + start;
        let is_comment = |html: &str| html.trim_start().starts_with("<!--");
        let is_code = match &event {
            Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => true,
            Event::InlineHtml(html) => is_comment(html),
            Event::Start(Tag::HtmlBlock) => is_comment(&text[range.clone()]),
            _ => false,
        };
        if is_code && found.last().is_none_or(|last| last.end <= range.start) {
            found.push(range);
        }
    }
    found
}
