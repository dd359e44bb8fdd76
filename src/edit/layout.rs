//! Layout of a list or map: its style, and the place of each item with its comments.
//!
//! In: a text and the exact tree of it. Out: a [`Layout`]. `None` for what editors of flows do not write: tags, anchors,
//! keys with `?`. Such a collection is not edited.

use std::ops::Range;

use crate::yaml::{Node, Value};

/// The lines of a list or map, or its brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// An item a line, each at this column.
    Block { column: usize },
    /// The offsets of the brackets or braces.
    Flow { open: usize, close: usize },
}

/// The places of the items of a list or map.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) style: Style,
    /// In order. Of lines, from the first comment above the item to the comment beside its end; in brackets, without comments.
    pub(super) slots: Vec<Range<usize>>,
}

/// The text of a tree.
#[derive(Clone, Copy)]
pub(super) struct Lines<'t>(pub(super) &'t str);

impl Layout {
    /// The layout of a list or map. `from` is where its text can begin: after the key or the item above it.
    pub(super) fn of(node: &Node, text: Lines<'_>, from: usize) -> Option<Self> {
        let items = text.items_of(node, from)?;
        if let Some(open) = text.find_open(node, from) {
            let close = text.find_close(items.last().map_or(open + 1, |last| last.end))?;
            return Some(Self { style: Style::Flow { open, close }, slots: items });
        }
        let first = items.first()?;
        let column = text.column_of(first.start);
        let mut slots = Vec::with_capacity(items.len());
        let mut before = from;
        for item in &items {
            if text.column_of(item.start) != column {
                return None;
            }
            let slot = text.with_comments(item, before);
            before = slot.end;
            slots.push(slot);
        }
        Some(Self { style: Style::Block { column }, slots })
    }

    pub(super) fn is_flow(&self) -> bool {
        matches!(self.style, Style::Flow { .. })
    }
}

impl Lines<'_> {
    /// The places of the items without comments; of a list of lines, from their dash. `from` stands before a bracket.
    fn items_of(self, node: &Node, from: usize) -> Option<Vec<Range<usize>>> {
        let mut places = Vec::new();
        let open = self.find_open(node, from);
        match &node.value {
            Value::Map(entries) => {
                for entry in entries {
                    let key = entry.key.span.range();
                    places.push(key.start..self.end_of(&entry.value, self.after_colon(key.end)?)?);
                }
            }
            Value::List(items) => {
                let mut at = open.map_or(from, |open| open + 1);
                for item in items {
                    let start = self.skip_blank(self.skip_comma(at));
                    let inside = if open.is_some() { start } else { start + self.dash_at(start)? };
                    at = self.end_of(item, inside)?;
                    places.push(start..at);
                }
            }
            Value::Null | Value::Scalar { .. } => return None,
        }
        Some(places)
    }

    /// The length of a dash and of the blanks after it.
    fn dash_at(self, at: usize) -> Option<usize> {
        let rest = self.0[at..].strip_prefix('-')?;
        rest.starts_with([' ', '\n', '\r']).then(|| 1 + rest.len() - rest.trim_start_matches(' ').len())
    }

    /// The offset of an item of lines, after its dash.
    pub(super) fn after_dash(self, dash: usize) -> usize {
        dash + self.dash_at(dash).unwrap_or(1)
    }

    /// The offset after the colon of a key.
    pub(super) fn after_colon(self, key_end: usize) -> Option<usize> {
        let at = key_end + self.0[key_end..].len() - self.0[key_end..].trim_start().len();
        self.0[at..].starts_with(':').then_some(at + 1)
    }

    /// The end of a value that begins at or after `from`.
    pub(super) fn end_of(self, node: &Node, from: usize) -> Option<usize> {
        let range = node.span.range();
        match &node.value {
            Value::Null if range.is_empty() || range.start < from => Some(from),
            Value::Null => Some(range.end),
            Value::Scalar { .. } => {
                let written = self.0.get(range.clone())?;
                Some(range.start + written.trim_end().len())
            }
            Value::List(_) | Value::Map(_) => {
                let last = self.items_of(node, from)?.last().map(|last| last.end);
                match (self.find_open(node, from), last) {
                    (Some(open), last) => self.find_close(last.unwrap_or(open + 1)).map(|close| close + 1),
                    (None, last) => last,
                }
            }
        }
    }

    /// The bracket or brace of a list or map that has one. `from` stands before it.
    pub(super) fn find_open(self, node: &Node, from: usize) -> Option<usize> {
        let at = self.skip_blank(from);
        let open = if matches!(node.value, Value::List(_)) { '[' } else { '{' };
        self.0[at..].starts_with(open).then_some(at)
    }

    /// Skips blanks, line breaks and comments.
    pub(super) fn skip_blank(self, mut at: usize) -> usize {
        loop {
            let rest = &self.0[at..];
            let blank = rest.len() - rest.trim_start().len();
            at += blank;
            let is_comment = self.0[at..].starts_with('#') && (at == 0 || self.0[..at].ends_with(char::is_whitespace));
            if !is_comment {
                return at;
            }
            at += self.0[at..].find('\n').unwrap_or(self.0.len() - at);
        }
    }

    /// Skips the comma before an item in brackets.
    fn skip_comma(self, at: usize) -> usize {
        let next = self.skip_blank(at);
        if self.0[next..].starts_with(',') { next + 1 } else { at }
    }

    /// The bracket that closes a list or map after its last item, which ends at `from`.
    fn find_close(self, from: usize) -> Option<usize> {
        let mut at = self.skip_blank(from);
        if self.0[at..].starts_with(',') {
            at = self.skip_blank(at + 1);
        }
        self.0[at..].starts_with([']', '}']).then_some(at)
    }

    /// The offset of the line's beginning.
    pub(super) fn line_start(self, at: usize) -> usize {
        self.0[..at].rfind('\n').map_or(0, |line_break| line_break + 1)
    }

    /// The offset of the line's break or of the end.
    pub(super) fn line_end(self, at: usize) -> usize {
        let end = self.0[at..].find('\n').map_or(self.0.len(), |length| at + length);
        if self.0[at..end].ends_with('\r') { end - 1 } else { end }
    }

    /// Columns of a YAML text are counted in characters.
    pub(super) fn column_of(self, at: usize) -> usize {
        self.0[self.line_start(at)..at].chars().count()
    }

    /// True if only blanks stand before this offset in its line.
    pub(super) fn begins_line(self, at: usize) -> bool {
        self.0[self.line_start(at)..at].trim().is_empty()
    }

    /// An item with the comments directly above it, and with that beside its end. `before` is the end of the item above.
    fn with_comments(self, item: &Range<usize>, before: usize) -> Range<usize> {
        let rest = &self.0[item.end..self.line_end(item.end)];
        let is_comment = rest.trim_start().starts_with('#') && rest.starts_with([' ', '\t']);
        let end = if is_comment { item.end + rest.trim_end().len() } else { item.end };
        let mut start = item.start;
        let column = self.column_of(item.start);
        while self.begins_line(start) {
            let line = self.line_start(start);
            if line == 0 {
                break;
            }
            let above = self.line_start(line - 1);
            let written = &self.0[above..line];
            let indent = written.len() - written.trim_start_matches(' ').len();
            let is_comment = written[indent..].starts_with('#') && indent == column && above + indent >= before;
            if !is_comment || above < before {
                break;
            }
            start = above + indent;
        }
        // Comments at the head of a file are about the file.
        let is_head = self.0[..start].trim().is_empty() && start < item.start;
        if is_head { item.start..end } else { start..end }
    }
}
