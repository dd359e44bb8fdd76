//! Normal form of a tree: what Markdown can hold, with the same words.
//!
//! Blanks collapse and move out of styles; nested styles and links become one; empty parts go. Markdown that is written from
//! a normal tree is parsed to the same tree. Entry point: [`normalize`].

use super::tree::{Block, Cell, Directive, DirectiveKind, Inline, Item, List, Style, Table};

/// Characters without a width, which readers do not see.
const INVISIBLE: [char; 6] = ['\u{AD}', '\u{200B}', '\u{2060}', '\u{FEFF}', '\u{200E}', '\u{200F}'];

/// What may stand in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// A paragraph or a cell.
    Lines,
    /// A footnote, which has no footnotes.
    Note,
    /// A heading: one line.
    Heading,
    /// The title of a directive: one line without links.
    Title,
}

/// Gives blocks their normal form.
pub(crate) fn normalize(blocks: Vec<Block>) -> Vec<Block> {
    blocks.into_iter().filter_map(normalize_block).collect()
}

fn normalize_block(block: Block) -> Option<Block> {
    match block {
        Block::Paragraph(inlines) => {
            let inlines = normalize_text(inlines, Place::Lines);
            (!inlines.is_empty()).then_some(Block::Paragraph(inlines))
        }
        Block::Heading { level, id, text } => {
            let text = normalize_text(text, Place::Heading);
            (!text.is_empty()).then_some(Block::Heading { level: level.clamp(2, 6), id, text })
        }
        Block::List(list) => normalize_list(list).map(Block::List),
        Block::Quote(blocks) => {
            let blocks = normalize(blocks);
            (!blocks.is_empty()).then_some(Block::Quote(blocks))
        }
        Block::Code { language, text } => Some(normalize_code(&language, &text)),
        Block::Table(table) => normalize_table(table).map(Block::Table),
        Block::Directive(directive) => normalize_directive(directive).map(Block::Directive),
        Block::Named { id, blocks } => normalize_named(id, normalize(blocks)),
        Block::Rule | Block::Include(_) => Some(block),
    }
}

/// A name of one paragraph stands in it.
fn normalize_named(id: String, mut blocks: Vec<Block>) -> Option<Block> {
    if let [Block::Paragraph(inlines)] = blocks.as_mut_slice() {
        inlines.insert(0, Inline::Anchor(id));
        return blocks.pop();
    }
    (!blocks.is_empty()).then_some(Block::Named { id, blocks })
}

fn normalize_code(language: &str, text: &str) -> Block {
    let is_word = |c: char| c.is_ascii_alphanumeric() || "+#-_.".contains(c);
    let language = language.chars().filter(|c| is_word(*c)).collect();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text.chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control()).collect();
    Block::Code { language, text: text.trim_end_matches('\n').to_owned() }
}

fn normalize_list(list: List) -> Option<List> {
    let items: Vec<Item> = list.items.into_iter().filter_map(normalize_item).collect();
    let last = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let start = list.start.map(|start| if start.saturating_add(last) > 999_999_999 { 1 } else { start });
    (!items.is_empty()).then_some(List { start, items })
}

/// An id stands at the end of an item's first line, and the box of a task before it. Other items have them as text.
fn normalize_item(item: Item) -> Option<Item> {
    let Item { mut id, mut is_done, blocks } = item;
    let mut blocks = normalize(blocks);
    let first = match blocks.first() {
        Some(Block::Paragraph(first)) => Some(first),
        _ => None,
    };
    let is_line = first.is_some_and(|first| !has_break(first) && !matches!(first.last(), Some(Inline::Anchor(_))));
    let mut before = Vec::new();
    if !is_line && let Some(id) = id.take() {
        before.push(Inline::Anchor(id));
    }
    if first.is_none()
        && !blocks.is_empty()
        && let Some(is_done) = is_done.take()
    {
        before.push(Inline::text(if is_done { "☑" } else { "☐" }));
    }
    hide_first_id(&mut blocks);
    match blocks.first_mut() {
        _ if before.is_empty() => {}
        Some(Block::Paragraph(first)) => drop(first.splice(..0, before)),
        _ => blocks.insert(0, Block::Paragraph(before)),
    }
    (!blocks.is_empty()).then_some(Item { id, is_done, blocks })
}

/// An id at the end of an item's first line is that of the item, so one of a block inside becomes a place.
fn hide_first_id(blocks: &mut Vec<Block>) {
    match blocks.first_mut() {
        Some(Block::Heading { id, .. }) => {
            if let Some(id) = id.take() {
                blocks.insert(0, Block::Paragraph(vec![Inline::Anchor(id)]));
            }
        }
        Some(Block::Quote(inner)) => hide_first_id(inner),
        Some(Block::List(list)) => {
            let Some(item) = list.items.first_mut() else { return };
            match (item.id.take(), item.blocks.first_mut()) {
                (Some(id), Some(Block::Paragraph(text))) => text.insert(0, Inline::Anchor(id)),
                _ => hide_first_id(&mut item.blocks),
            }
        }
        _ => {}
    }
}

fn has_break(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Break => true,
        Inline::Styled(_, inner) | Inline::Link { text: inner, .. } => has_break(inner),
        _ => false,
    })
}

fn normalize_table(table: Table) -> Option<Table> {
    let cells = |row: Vec<Cell>| -> Vec<Cell> {
        row.into_iter().map(|cell| without_notes(normalize_text(cell, Place::Lines))).collect()
    };
    let mut head = cells(table.head);
    let mut rows: Vec<Vec<Cell>> = table.rows.into_iter().map(cells).collect();
    let columns = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
    head.resize(columns, Cell::new());
    for row in &mut rows {
        row.resize(columns, Cell::new());
    }
    (columns > 0).then_some(Table { head, rows })
}

/// A footnote in a cell is text in parentheses.
fn without_notes(cell: Cell) -> Cell {
    if !cell.iter().any(|inline| matches!(inline, Inline::Footnote(_))) {
        return cell;
    }
    let open = |inline: Inline| match inline {
        Inline::Footnote(text) => [vec![Inline::text(" (")], text, vec![Inline::text(")")]].concat(),
        other => vec![other],
    };
    normalize_text(cell.into_iter().flat_map(open).collect(), Place::Lines)
}

fn normalize_directive(directive: Directive) -> Option<Directive> {
    let title = normalize_text(directive.title, Place::Title);
    let blocks = normalize(directive.blocks);
    let needs_blocks = matches!(directive.kind, DirectiveKind::Steps | DirectiveKind::Tabs);
    let is_empty = blocks.is_empty() && (title.is_empty() || needs_blocks);
    (!is_empty).then_some(Directive { title, blocks, ..directive })
}

fn normalize_text(inlines: Vec<Inline>, place: Place) -> Vec<Inline> {
    let mut flat = Flat { place, out: Vec::new() };
    flat.add_all(inlines, &mut Vec::new(), false);
    let mut inlines = collapse(flat.out);
    trim(&mut inlines);
    inlines
}

/// Collects inlines without what may not be nested.
struct Flat {
    place: Place,
    out: Vec<Inline>,
}

impl Flat {
    fn add_all(&mut self, inlines: Vec<Inline>, styles: &mut Vec<Style>, is_linked: bool) {
        for inline in inlines {
            self.add(inline, styles, is_linked);
        }
    }

    fn add(&mut self, inline: Inline, styles: &mut Vec<Style>, is_linked: bool) {
        match inline {
            Inline::Styled(style, inner) if styles.contains(&style) => self.add_all(inner, styles, is_linked),
            Inline::Styled(style, inner) => {
                styles.push(style);
                let inner = self.inside(inner, styles, is_linked);
                styles.pop();
                self.wrap(inner, |inner| Inline::Styled(style, inner));
            }
            Inline::Link { text, .. } if is_linked => self.add_all(text, styles, is_linked),
            Inline::Link { text, .. } if self.place == Place::Title => self.add_all(text, styles, is_linked),
            Inline::Link { address, text } => {
                let text = self.inside(text, styles, true);
                self.wrap(text, |text| Inline::Link { address, text });
            }
            Inline::Image { alt, .. } if self.is_line() => self.out.push(Inline::Text(alt)),
            Inline::Image { address, alt } => {
                let mut text = collapse(vec![Inline::Text(alt)]);
                trim(&mut text);
                self.out.push(Inline::Image { address, alt: super::tree::plain(&text) });
            }
            Inline::Break if self.is_line() => self.out.push(Inline::text(" ")),
            Inline::Anchor(_) if self.is_line() => {}
            Inline::Footnote(text) if self.place != Place::Lines || is_linked => {
                self.out.push(Inline::text(" ("));
                self.add_all(text, styles, is_linked);
                self.out.push(Inline::text(")"));
            }
            Inline::Footnote(text) => {
                let text = normalize_text(text, Place::Note);
                self.out.extend((!text.is_empty()).then_some(Inline::Footnote(text)));
            }
            Inline::Code(text) => self.add_code(&text),
            Inline::Text(_) | Inline::Break | Inline::Anchor(_) => self.out.push(inline),
        }
    }

    fn is_line(&self) -> bool {
        matches!(self.place, Place::Heading | Place::Title)
    }

    fn add_code(&mut self, text: &str) {
        let text = collapse(vec![Inline::text(text)]);
        match text.into_iter().next() {
            Some(Inline::Text(text)) if !text.trim().is_empty() => self.out.push(Inline::Code(text)),
            Some(_) => self.out.push(Inline::text(" ")),
            None => {}
        }
    }

    fn inside(&self, inlines: Vec<Inline>, styles: &mut Vec<Style>, is_linked: bool) -> Vec<Inline> {
        let mut inner = Self { place: self.place, out: Vec::new() };
        inner.add_all(inlines, styles, is_linked);
        collapse(inner.out)
    }

    /// Adds a wrapped text. Blanks, breaks and anchors at its ends come before and after it.
    fn wrap(&mut self, mut inner: Vec<Inline>, wrap: impl FnOnce(Vec<Inline>) -> Inline) {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        while let Some(edge) = take_edge(&mut inner, true) {
            before.push(edge);
        }
        while let Some(edge) = take_edge(&mut inner, false) {
            after.push(edge);
        }
        self.out.append(&mut before);
        if !inner.is_empty() {
            self.out.push(wrap(inner));
        }
        self.out.extend(after.into_iter().rev());
    }
}

/// Takes a blank, a break or an anchor from the start or the end of a text.
fn take_edge(inlines: &mut Vec<Inline>, at_start: bool) -> Option<Inline> {
    let edge = if at_start { inlines.first_mut() } else { inlines.last_mut() }?;
    if let Inline::Text(text) = edge
        && text.trim() != text.as_str()
    {
        let blank = if at_start { text.starts_with(' ') } else { text.ends_with(' ') };
        if !blank {
            return None;
        }
        *text = if at_start { text.trim_start() } else { text.trim_end() }.to_owned();
        let is_empty = text.is_empty();
        if is_empty {
            drop_edge(inlines, at_start);
        }
        return Some(Inline::text(" "));
    }
    let is_edge = matches!(edge, Inline::Break | Inline::Anchor(_) | Inline::Footnote(_));
    is_edge.then(|| drop_edge(inlines, at_start)).flatten()
}

fn drop_edge(inlines: &mut Vec<Inline>, at_start: bool) -> Option<Inline> {
    if at_start { (!inlines.is_empty()).then(|| inlines.remove(0)) } else { inlines.pop() }
}

/// Joins neighbouring texts, and collapses blanks; also those beside a break, and several breaks.
fn collapse(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for inline in inlines {
        match (inline, out.last_mut()) {
            (Inline::Text(text), Some(Inline::Text(last))) | (Inline::Code(text), Some(Inline::Code(last))) => {
                push_collapsed(last, &text);
            }
            (Inline::Text(text), last) => {
                let is_after_break = matches!(last, Some(Inline::Break));
                let mut collapsed = String::new();
                push_collapsed(&mut collapsed, &text);
                let collapsed = if is_after_break { collapsed.trim_start().to_owned() } else { collapsed };
                let is_after_note = matches!(out.last(), Some(Inline::Footnote(_)));
                let collapsed = if is_after_note && collapsed.starts_with(['(', ':', '[']) {
                    format!(" {collapsed}")
                } else {
                    collapsed
                };
                if !collapsed.is_empty() {
                    out.push(Inline::Text(collapsed));
                }
            }
            (Inline::Break, Some(Inline::Break)) => {}
            (Inline::Break, Some(Inline::Text(last))) => {
                last.truncate(last.trim_end().len());
                if last.is_empty() {
                    out.pop();
                }
                if !matches!(out.last(), Some(Inline::Break)) {
                    out.push(Inline::Break);
                }
            }
            (link @ Inline::Link { .. }, Some(Inline::Footnote(_))) => {
                // Brackets after brackets are one link.
                out.extend([Inline::text(" "), link]);
            }
            (Inline::Styled(style, inner), Some(Inline::Styled(last, before))) if style == *last => {
                let joined = [std::mem::take(before), inner].concat();
                *before = collapse(joined);
            }
            (other, _) => out.push(other),
        }
    }
    out
}

fn push_collapsed(out: &mut String, text: &str) {
    for c in text.chars().filter(|c| !INVISIBLE.contains(c)) {
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !c.is_control() {
            out.push(c);
        }
    }
}

/// Drops blanks and breaks at both ends.
fn trim(inlines: &mut Vec<Inline>) {
    for at_start in [true, false] {
        let mut kept = Vec::new();
        let is_note = |inlines: &[Inline]| {
            let edge = if at_start { inlines.first() } else { inlines.last() };
            matches!(edge, Some(Inline::Footnote(_)))
        };
        while !is_note(inlines)
            && let Some(edge) = take_edge(inlines, at_start)
        {
            if !matches!(edge, Inline::Text(_) | Inline::Break) {
                kept.push(edge);
            }
        }
        if at_start {
            inlines.splice(..0, kept);
        } else {
            inlines.extend(kept.into_iter().rev());
        }
    }
}
