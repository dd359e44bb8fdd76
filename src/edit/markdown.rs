//! Edits of a page, block by block, as splices with the oracle.
//!
//! A block is replaced, inserted, moved or removed. The blocks of the new text must be the old ones with the edit applied.

use std::ops::Range;

use super::{Edited, Refused, apply_if, line_break_of, rotate};
use crate::content::front_matter::body_start;
use crate::content::markdown::outline::BlockKind;
use crate::content::markdown::outline::{OutlineBlock, outline};
use crate::splice::Splice;

/// The indices that lead to a block: of the page, of the block with that index, and so on.
pub type BlockPath = Vec<usize>;

/// A block of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its place in the text.
    pub range: Range<usize>,
    /// The blocks inside it.
    pub blocks: Vec<Block>,
}

/// An edit of the blocks of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockEdit {
    /// Replaces a block by one block.
    Replace {
        /// The block.
        at: BlockPath,
        /// The new text, without indentation.
        text: String,
    },
    /// Inserts a block.
    Insert {
        /// The block that will contain it; empty for the page.
        into: BlockPath,
        /// The index of the new block.
        index: usize,
        /// Its text, without indentation; of an item, without its marker.
        text: String,
    },
    /// Moves a block among the blocks beside it. Markers of items stay.
    Move {
        /// The block that contains it.
        of: BlockPath,
        /// The present index.
        from: usize,
        /// The new index.
        to: usize,
    },
    /// Removes a block.
    Remove {
        /// The block.
        at: BlockPath,
    },
}

/// The blocks of a page, without its front matter.
pub fn find_blocks(text: &str) -> Vec<Block> {
    outline(text, body_start(text)).into_iter().map(Block::from).collect()
}

impl From<OutlineBlock> for Block {
    fn from(block: OutlineBlock) -> Self {
        let OutlineBlock { kind, range, blocks } = block;
        Self { kind, range, blocks: blocks.into_iter().map(Self::from).collect() }
    }
}

/// What a block says: its kind and its lines without indentation, or the blocks inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Content {
    kind: BlockKind,
    lines: Vec<String>,
    inside: Vec<Content>,
}

impl Content {
    fn of(block: &Block, text: &str) -> Self {
        let is_container = matches!(block.kind, BlockKind::List | BlockKind::Item | BlockKind::Quote);
        let inside: Vec<_> = block.blocks.iter().map(|inside| Self::of(inside, text)).collect();
        let own = match block.kind {
            BlockKind::Directive => text[block.range.clone()].lines().take(1).collect::<String>(),
            _ if is_container && !inside.is_empty() => String::new(),
            BlockKind::Item => text[block.range.clone()][marker_length(text, block)..].to_owned(),
            _ => text[block.range.clone()].to_owned(),
        };
        let is_whole = !is_container && block.kind != BlockKind::Directive;
        let lines = own.lines().map(|line| line.trim_start_matches([' ', '\t', '>']).trim_end().to_owned()).collect();
        Self { kind: block.kind, lines, inside: if is_whole { Vec::new() } else { inside } }
    }

    fn all(text: &str) -> Vec<Self> {
        find_blocks(text).iter().map(|block| Self::of(block, text)).collect()
    }
}

/// Applies an edit to the blocks of a page.
pub fn edit_blocks(text: &str, edit: &BlockEdit) -> Result<Edited, Refused> {
    let blocks = find_blocks(text);
    let mut meant: Vec<Content> = blocks.iter().map(|block| Content::of(block, text)).collect();
    let new = match edit {
        BlockEdit::Replace { text, .. } | BlockEdit::Insert { text, .. } => Content::all(text),
        BlockEdit::Move { .. } | BlockEdit::Remove { .. } => Vec::new(),
    };
    apply_to(&mut meant, edit, new).ok_or(Refused::NoPlace)?;
    let editor = BlockEditor { text, blocks: &blocks, line_break: line_break_of(text) };
    let splices = editor.splices(edit).ok_or(Refused::UnknownForm)?;
    apply_if(text, splices, |after| Content::all(after) == meant)
}

/// Applies an edit to the contents. A new block of a list is an item with the new blocks inside it.
fn apply_to(contents: &mut Vec<Content>, edit: &BlockEdit, mut new: Vec<Content>) -> Option<()> {
    match edit {
        BlockEdit::Replace { at, .. } => {
            let (index, parent) = at.split_last()?;
            let (list, of_list) = find_list(contents, parent)?;
            let old = list.get_mut(*index)?;
            if of_list == Some(BlockKind::List) {
                *old = Content { kind: BlockKind::Item, lines: Vec::new(), inside: new };
            } else {
                let only = new.pop().filter(|_| new.is_empty())?;
                *old = only;
            }
        }
        BlockEdit::Insert { into, index, .. } => {
            let (list, of_list) = find_list(contents, into)?;
            if *index > list.len() {
                return None;
            }
            if of_list == Some(BlockKind::List) {
                new = vec![Content { kind: BlockKind::Item, lines: Vec::new(), inside: new }];
            }
            list.splice(*index..*index, new);
        }
        BlockEdit::Move { of, from, to } => {
            let (list, _) = find_list(contents, of)?;
            if *from >= list.len() || *to >= list.len() {
                return None;
            }
            let moved = list.remove(*from);
            list.insert(*to, moved);
        }
        BlockEdit::Remove { at } => {
            let (index, parent) = at.split_last()?;
            let (list, of_list) = find_list(contents, parent)?;
            if *index >= list.len() || of_list.is_some_and(|kind| kind != BlockKind::Directive) && list.len() == 1 {
                return None;
            }
            list.remove(*index);
        }
    }
    Some(())
}

/// The blocks of a block, and its kind; those of the page for an empty path.
fn find_list<'c>(contents: &'c mut Vec<Content>, path: &[usize]) -> Option<(&'c mut Vec<Content>, Option<BlockKind>)> {
    let (mut list, mut kind) = (contents, None);
    for index in path {
        let inside = list.get_mut(*index)?;
        if matches!(inside.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Other) {
            return None;
        }
        kind = Some(inside.kind);
        list = &mut inside.inside;
    }
    Some((list, kind))
}

/// The length of an item's marker with its blanks; 0 for another block.
fn marker_length(text: &str, block: &Block) -> usize {
    if block.kind != BlockKind::Item {
        return 0;
    }
    let written = &text[block.range.clone()];
    let marker = written.trim_start_matches(|c: char| c.is_ascii_digit());
    let sign = written.len() - marker.len() + marker.chars().next().map_or(0, char::len_utf8);
    let rest = &written[sign.min(written.len())..];
    let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    sign.min(written.len()) + blank
}

struct BlockEditor<'a> {
    text: &'a str,
    blocks: &'a [Block],
    line_break: &'static str,
}

impl BlockEditor<'_> {
    fn splices(&self, edit: &BlockEdit) -> Option<Vec<Splice>> {
        match edit {
            BlockEdit::Replace { at, text } => {
                let (index, parent) = at.split_last()?;
                let slot = self.slot_of(self.list(parent)?.get(*index)?);
                Some(vec![Splice::new(slot.clone(), self.indent(text, slot.start))])
            }
            BlockEdit::Insert { into, index, text } => self.insert(into, *index, text),
            BlockEdit::Move { of, from, to } => {
                let slots: Vec<_> = self.list(of)?.iter().map(|block| self.slot_of(block)).collect();
                let slots = slots.get(*from.min(to)..=*from.max(to))?;
                let mut texts: Vec<&str> = slots.iter().map(|slot| &self.text[slot.clone()]).collect();
                rotate(&mut texts, from < to);
                let changed = slots.iter().zip(texts).filter(|(slot, text)| self.text[(*slot).clone()] != **text);
                Some(changed.map(|(slot, text)| Splice::new(slot.clone(), text)).collect())
            }
            BlockEdit::Remove { at } => self.remove(at),
        }
    }

    fn list(&self, path: &[usize]) -> Option<&[Block]> {
        let mut list = self.blocks;
        for index in path {
            list = &list.get(*index)?.blocks;
        }
        Some(list)
    }

    /// A block without the marker of an item.
    fn slot_of(&self, block: &Block) -> Range<usize> {
        block.range.start + marker_length(self.text, block)..block.range.end
    }

    /// The text before the lines of a block that begins at `at`, after its first line: quotes stay, markers become blanks.
    fn prefix_of(&self, at: usize) -> String {
        let line = self.text[..at].rfind('\n').map_or(0, |line_break| line_break + 1);
        self.text[line..at].chars().map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }).collect()
    }

    fn indent(&self, text: &str, at: usize) -> String {
        let prefix = self.prefix_of(at);
        let line = |(index, line): (usize, &str)| match index {
            0 => line.to_owned(),
            _ => format!("{}{}", self.line_break, format!("{prefix}{line}").trim_end()),
        };
        text.trim_end().lines().enumerate().map(line).collect()
    }

    fn insert(&self, into: &[usize], index: usize, text: &str) -> Option<Vec<Splice>> {
        let list = self.list(into)?;
        if list.is_empty() {
            if !into.is_empty() {
                return None;
            }
            let gap = if self.text.is_empty() || self.text.ends_with("\n\n") { "" } else { self.line_break };
            let text = self.indent(text, 0);
            return Some(vec![Splice::insert(self.text.len(), format!("{gap}{text}{}", self.line_break))]);
        }
        let beside = list.get(index).or(list.last())?;
        let marker = &self.text[beside.range.start..self.slot_of(beside).start];
        let written = format!("{marker}{}", self.indent(text, self.slot_of(beside).start));
        let gap = self.gap_of(list, beside.range.start);
        Some(vec![match list.get(index) {
            Some(next) => Splice::insert(next.range.start, format!("{written}{gap}")),
            None => Splice::insert(list.last()?.range.end, format!("{gap}{written}")),
        }])
    }

    /// What stands between two blocks: in a list, what stands between its items; else a blank line.
    fn gap_of(&self, list: &[Block], at: usize) -> String {
        let prefix = self.prefix_of(at);
        let between = list.windows(2).map(|pair| &self.text[pair[0].range.end..pair[1].range.start]).next_back();
        let is_item = list.iter().any(|block| block.kind == BlockKind::Item);
        match between.filter(|gap| is_item && gap.trim_matches(['>', ' ', '\n', '\r', '\t']).is_empty()) {
            Some(gap) => gap.to_owned(),
            None if is_item => format!("{}{prefix}", self.line_break),
            None => format!("{}{}{}{prefix}", self.line_break, prefix.trim_end(), self.line_break),
        }
    }

    fn remove(&self, at: &[usize]) -> Option<Vec<Splice>> {
        let (index, parent) = at.split_last()?;
        let list = self.list(parent)?;
        let block = list.get(*index)?;
        let is_gap = |range: Range<usize>| self.text[range].trim_matches(['>', ' ', '\n', '\r', '\t']).is_empty();
        let before = index.checked_sub(1).map(|before| &list[before]);
        let range = match (before, list.get(index + 1)) {
            (_, Some(next)) if is_gap(block.range.end..next.range.start) => block.range.start..next.range.start,
            (Some(before), None) if is_gap(before.range.end..block.range.start) => before.range.end..block.range.end,
            _ => block.range.clone(),
        };
        Some(vec![Splice::remove(range)])
    }
}
