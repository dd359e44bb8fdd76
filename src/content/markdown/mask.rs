//! Masked copy of the author's text, of the same length, without syntax that `CommonMark` would misread.
//!
//! A `:::` line becomes a thematic break (`___`), which may stand wherever a directive may and can interrupt a
//! paragraph. `:copy[…]`, `:kbd[…]` and `{name|filter}` become letters, which no rule of inline Markdown or of tables
//! touches. Equal length keeps every offset. [`Mask::restore`] gives back the author's text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::attributes::DirectiveLine;
use crate::content::template::find_placeholder;

/// The inline directives, as they begin.
pub(super) const INLINE: [&str; 2] = [":copy[", ":kbd["];

/// A text with its masked copies and the masked parts.
pub(super) struct Mask<'a> {
    /// What the author wrote.
    pub(super) original: &'a str,
    /// With inline directives masked; titles of directives are parsed from here.
    pub(super) inline: Cow<'a, str>,
    /// With `:::` lines masked too; the page is parsed from here.
    pub(super) blocks: Cow<'a, str>,
    /// By their start.
    lines: Vec<DirectiveLine>,
    /// Of inline directives, by their start.
    inlines: Vec<Range<usize>>,
}

impl<'a> Mask<'a> {
    /// Masks the text from `start` on.
    pub(super) fn new(original: &'a str, start: usize) -> Self {
        let body = &original[start..];
        let needs_inline = INLINE.iter().any(|name| body.contains(name)) || body.contains('|') && body.contains('{');
        let mut inlines = Vec::new();
        let inline = if needs_inline { mask_inline(original, start, &mut inlines) } else { Cow::Borrowed(original) };
        let mut lines = Vec::new();
        let has_lines = body.contains(":::");
        let blocks = if has_lines { mask_lines(original, &inline, start, &mut lines) } else { inline.clone() };
        Self { original, inline, blocks, lines, inlines }
    }

    /// Finds the directive whose line begins at an offset.
    pub(super) fn find_line(&self, offset: usize) -> Option<&DirectiveLine> {
        let index = self.lines.binary_search_by_key(&offset, |line| line.range.start).ok()?;
        Some(&self.lines[index])
    }

    /// The inline directives that lie in a range.
    pub(super) fn inlines_in(&self, range: &Range<usize>) -> &[Range<usize>] {
        let from = self.inlines.partition_point(|inline| inline.start < range.start);
        let to = self.inlines.partition_point(|inline| inline.start < range.end);
        &self.inlines[from..to]
    }

    /// The author's text for a slice of a masked copy, with its offset. `None` when the parser changed the slice (an
    /// entity, an escape), so that it is no part of a copy.
    pub(super) fn restore(&self, slice: &str) -> Option<(&'a str, usize)> {
        let offset = offset_in(&self.blocks, slice).or_else(|| offset_in(&self.inline, slice))?;
        Some((&self.original[offset..offset + slice.len()], offset))
    }
}

/// Where `part` lies in `whole`, if it is a slice of it.
fn offset_in(whole: &str, part: &str) -> Option<usize> {
    let offset = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    (offset + part.len() <= whole.len()).then_some(offset)
}

fn mask_inline<'a>(original: &'a str, start: usize, inlines: &mut Vec<Range<usize>>) -> Cow<'a, str> {
    let mut masked = original[..start].to_owned();
    let mut at = start;
    let mut line = Line { end: start, closings: HashMap::new() };
    while let Some(found) = original[at..].find([':', '{']) {
        let begin = at + found;
        masked.push_str(&original[at..begin]);
        if begin >= line.end {
            line = Line::at(original, begin);
        }
        let end = line.find_inline_end(original, begin);
        if let Some(end) = end {
            if original[begin..].starts_with(':') {
                inlines.push(begin..end);
            }
            masked.extend(std::iter::repeat_n('x', end - begin));
        } else {
            masked.push_str(&original[begin..=begin]);
        }
        at = end.unwrap_or(begin + 1);
    }
    masked.push_str(&original[at..]);
    Cow::Owned(masked)
}

/// The rest of a line, read once however many directives it has.
struct Line {
    end: usize,
    /// The closing bracket of each opening one.
    closings: HashMap<usize, usize>,
}

impl Line {
    /// The line of an offset, from there on.
    fn at(text: &str, start: usize) -> Self {
        let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
        let (mut open, mut closings, mut is_escaped) = (Vec::new(), HashMap::new(), false);
        for (offset, byte) in text.as_bytes()[start..end].iter().enumerate() {
            match byte {
                b'[' if !is_escaped => open.push(start + offset),
                b']' if !is_escaped => _ = open.pop().and_then(|opening| closings.insert(opening, start + offset)),
                _ => {}
            }
            is_escaped = *byte == b'\\' && !is_escaped;
        }
        Self { end, closings }
    }

    /// The end of the inline directive, or of the placeholder with a filter, that begins here.
    fn find_inline_end(&self, text: &str, begin: usize) -> Option<usize> {
        let line = &text[begin..self.end];
        let slashes = text[..begin].bytes().rev().take_while(|byte| *byte == b'\\').count();
        let is_escaped = slashes % 2 == 1;
        if line.starts_with('{') {
            let (placeholder, length) = find_placeholder(line)?;
            return (placeholder.filter.is_some() && !is_escaped).then_some(begin + length);
        }
        let name = INLINE.iter().find(|name| line.starts_with(**name))?;
        let is_word_before = is_escaped || text[..begin].ends_with(|c: char| c.is_alphanumeric() || c == ':');
        let close = self.closings.get(&(begin + name.len() - 1))?;
        (!is_word_before).then_some(close + 1)
    }
}

fn mask_lines<'a>(original: &str, inline: &str, start: usize, lines: &mut Vec<DirectiveLine>) -> Cow<'a, str> {
    let mut masked = original[..start].to_owned();
    let mut at = start;
    for line in inline[start..].split_inclusive('\n') {
        match find_line_start(line) {
            Some(column) => {
                let directive = DirectiveLine::parse(original, at + column, at + line.len());
                let length = directive.range.len();
                masked.push_str(&line[..column]);
                masked.push_str("___");
                masked.extend(std::iter::repeat_n(' ', length - 3));
                masked.push_str(&line[column + length..]);
                lines.push(directive);
            }
            None => masked.push_str(line),
        }
        at += line.len();
    }
    Cow::Owned(masked)
}

/// Where the colons of a `:::` line stand, after indentation and the markers of quotes and items.
fn find_line_start(line: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = &line[at..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        at += blank;
        let rest = &line[at..];
        if rest.starts_with(":::") {
            return Some(at);
        }
        at += marker_length(rest)?;
    }
}

/// The length of a quote's or an item's marker.
fn marker_length(rest: &str) -> Option<usize> {
    if rest.starts_with('>') {
        return Some(1);
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let marker = rest.as_bytes().get(digits)?;
    let is_marker = if digits > 0 { matches!(marker, b'.' | b')') } else { matches!(marker, b'-' | b'*' | b'+') };
    let is_followed = matches!(rest.as_bytes().get(digits + 1), Some(b' ' | b'\t'));
    (is_marker && is_followed).then_some(digits + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_every_offset() {
        let text = "---\n:::details[Título]\n1. a :copy[x | y] {s|digits}\n   :::note\n   :::\n:::\n";
        let mask = Mask::new(text, 4);
        assert_eq!(mask.blocks.len(), text.len());
        assert_eq!(mask.blocks.matches("___").count(), 4);
        assert_eq!(mask.inlines.len(), 1);
        assert!(!mask.blocks.contains('|'));
        let slice = &mask.blocks[text.find(":copy").unwrap()..][..12];
        assert_eq!(mask.restore(slice).unwrap().0, ":copy[x | y]");
    }

    #[test]
    fn borrows_a_text_without_directives() {
        assert!(matches!(Mask::new("plain {name} text", 0).blocks, Cow::Borrowed(_)));
    }

    #[test]
    fn sees_colons_after_markers_only() {
        assert_eq!(find_line_start("> - :::note\n"), Some(4));
        assert_eq!(find_line_start("12. :::note\n"), Some(4));
        assert_eq!(find_line_start("a :::note\n"), None);
    }
}
