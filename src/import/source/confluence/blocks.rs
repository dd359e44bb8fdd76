//! Elements of a page: each becomes inlines, blocks, or what is in it.

use super::lists::is_task_list;
use super::reader::{Piece, Reader, blocks_of, heading_level, pieces_of, split};
use crate::diagnostic::catalogue::import as texts;
use crate::import::source::xml::{Element, Node};
use crate::import::tree::{Block, Inline, Style};

/// Colours of a style that are red.
const RED: [&str; 6] = ["red", "#ff0000", "rgb(255,0,0)", "#f00", "#bf2600", "#de350b"];

impl Reader<'_> {
    /// Reads nodes in order.
    pub(super) fn read_pieces(&mut self, nodes: &[Node]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for node in nodes {
            match node {
                Node::Text(text) => pieces.push(Piece::Inline(Inline::Text(text.clone()))),
                Node::Element(element) => pieces.append(&mut self.read_element(element)),
            }
        }
        pieces
    }

    /// Reads nodes as blocks.
    pub(super) fn read_blocks(&mut self, nodes: &[Node]) -> Vec<Block> {
        blocks_of(self.read_pieces(nodes))
    }

    fn read_element(&mut self, element: &Element) -> Vec<Piece> {
        let name = element.name.as_str();
        if let Some(level) = heading_level(name) {
            return self.read_heading(level, element);
        }
        match name {
            "ac:structured-macro" | "ac:macro" => self.read_macro(element),
            "ac:link" => self.read_link(element),
            "ac:image" => self.read_image(element),
            "ac:emoticon" => vec![Piece::Inline(super::emoticons::emoticon(element))],
            "ac:placeholder" => self.read_placeholder(element),
            "at:var" => vec![Piece::Inline(Inline::text(element.find("at:name").unwrap_or_default()))],
            "ac:adf-extension" => self.read_adf(element),
            "ac:layout-section" => self.read_layout(element),
            "ac:task-list" => vec![Piece::Block(self.read_tasks(element))],
            "ul" | "ol" if is_task_list(element) => vec![Piece::Block(self.read_tasks(element))],
            "ul" | "ol" => self.read_list(element),
            "table" => self.read_table(element),
            "p" | "div" | "center" | "section" | "article" | "ac:layout" | "ac:layout-cell" | "ac:rich-text-body"
            | "dl" | "dt" | "dd" | "figure" | "figcaption" | "ac:adf-content" => self.read_frame(element),
            "blockquote" => vec![Piece::Block(Block::Quote(self.read_blocks(&element.children)))],
            "hr" => vec![Piece::Block(Block::Rule)],
            "pre" => {
                let text = element.text();
                vec![Piece::Block(Block::Code { language: String::new(), text: text.trim_matches('\n').to_owned() })]
            }
            "a" => self.read_anchor(element),
            "img" => self.read_plain_image(element),
            "time" => {
                let day = self.date(element.find("datetime").unwrap_or_default());
                vec![Piece::Inline(Inline::Text(day))]
            }
            "br" => {
                let mut pieces = vec![Piece::Inline(Inline::Break)];
                pieces.append(&mut self.read_pieces(&element.children));
                pieces
            }
            "script" | "style" => {
                self.note("style/dropped", texts::dropped_script());
                Vec::new()
            }
            "ac:parameter" | "ac:adf-fallback" | "ac:adf-attribute" | "at:declarations" | "ac:task-id"
            | "ac:task-uuid" | "colgroup" | "title" | "head" => Vec::new(),
            _ => self.read_styled(element),
        }
    }

    fn read_heading(&mut self, level: i8, element: &Element) -> Vec<Piece> {
        let (text, blocks) = split(self.read_pieces(&element.children));
        if self.cells > 0 {
            let heading = Block::Paragraph(vec![Inline::Styled(Style::Strong, text)]);
            return pieces_of([vec![heading], blocks].concat());
        }
        self.enter_section(&text);
        let level = u8::try_from((level + self.level_shift).clamp(2, 6)).unwrap_or(2);
        // Images and anchors of a heading stand below it.
        let (below, text): (Vec<Inline>, Vec<Inline>) = text.into_iter().partition(is_hoisted);
        let anchor = below.iter().find_map(|inline| match inline {
            Inline::Anchor(id) => Some(id.clone()),
            _ => None,
        });
        let below: Vec<Inline> = below
            .into_iter()
            .filter(|inline| anchor.as_ref().is_none_or(|id| *inline != Inline::Anchor(id.clone())))
            .collect();
        let heading = Block::Heading { level, id: anchor, text };
        pieces_of([vec![heading, Block::Paragraph(below)], blocks].concat())
    }

    /// A paragraph, or another element that begins and ends a line.
    fn read_frame(&mut self, element: &Element) -> Vec<Piece> {
        let style = element.find("style").unwrap_or_default();
        if ["text-align", "margin-left", "text-indent"].iter().any(|key| style.contains(key)) {
            self.note("style/alignment", texts::dropped_alignment());
        }
        pieces_of(self.read_blocks(&element.children))
    }

    fn read_styled(&mut self, element: &Element) -> Vec<Piece> {
        let pieces = self.read_pieces(&element.children);
        let style = match element.name.as_str() {
            "strong" | "b" | "th" => Style::Strong,
            "em" | "i" | "cite" => Style::Emphasis,
            "del" | "s" | "strike" => Style::Deleted,
            "sup" => Style::Superscript,
            "sub" => Style::Subscript,
            "small" => Style::Small,
            "code" | "tt" | "kbd" | "samp" => return map_inlines(pieces, &as_code),
            "u" | "ins" => {
                self.note("style/underline", texts::dropped_underline());
                return pieces;
            }
            "span" | "font" if has_colour(element) => {
                self.note("style/colour", texts::dropped_colour());
                self.has_colours = true;
                if !is_red(element) || self.links > 0 {
                    return pieces;
                }
                Style::Strong
            }
            _ => return pieces,
        };
        wrap(pieces, style)
    }
}

/// What a heading cannot hold.
fn is_hoisted(inline: &Inline) -> bool {
    match inline {
        Inline::Image { .. } | Inline::Anchor(_) => true,
        Inline::Link { text, .. } => text.iter().any(is_hoisted),
        _ => false,
    }
}

fn has_colour(element: &Element) -> bool {
    let style = element.find("style").unwrap_or_default().replace(' ', "").to_lowercase();
    style.split(';').any(|rule| rule.starts_with("color:")) || element.find("color").is_some()
}

fn is_red(element: &Element) -> bool {
    let style = element.find("style").unwrap_or_default().replace(' ', "").to_lowercase();
    let colours = style.split(';').filter_map(|rule| rule.strip_prefix("color:")).map(str::to_owned);
    colours.chain(element.find("color").map(str::to_lowercase)).any(|colour| RED.contains(&colour.as_str()))
}

/// Wraps each row of inlines in a style.
pub(super) fn wrap(pieces: Vec<Piece>, style: Style) -> Vec<Piece> {
    wrap_with(pieces, &|inlines| Inline::Styled(style, inlines))
}

/// Wraps each row of inlines.
pub(super) fn wrap_with(pieces: Vec<Piece>, wrap: &dyn Fn(Vec<Inline>) -> Inline) -> Vec<Piece> {
    let (mut out, mut row) = (Vec::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Inline(inline) => row.push(inline),
            Piece::Block(block) => {
                if !row.is_empty() {
                    out.push(Piece::Inline(wrap(std::mem::take(&mut row))));
                }
                out.push(Piece::Block(block));
            }
        }
    }
    if !row.is_empty() {
        out.push(Piece::Inline(wrap(row)));
    }
    out
}

fn map_inlines(pieces: Vec<Piece>, map: &dyn Fn(Inline) -> Inline) -> Vec<Piece> {
    let piece = |piece| match piece {
        Piece::Inline(inline) => Piece::Inline(map(inline)),
        block @ Piece::Block(_) => block,
    };
    pieces.into_iter().map(piece).collect()
}

/// The texts of an inline as code.
fn as_code(inline: Inline) -> Inline {
    match inline {
        Inline::Text(text) => Inline::Code(text),
        Inline::Styled(style, inner) => Inline::Styled(style, inner.into_iter().map(as_code).collect()),
        Inline::Link { address, text } => Inline::Link { address, text: text.into_iter().map(as_code).collect() },
        other => other,
    }
}
