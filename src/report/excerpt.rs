//! Excerpts: the source lines that show the places of a diagnostic.
//!
//! In: the places of a diagnostic. Out: [`Excerpt`]s of whole lines; places near each other share one. An excerpt is
//! small even if the file is large, so many diagnostics in one large file are cheap.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Position, Sources, Span};

/// In bytes. Places farther apart get excerpts of their own; of a longer line only the position is shown.
const LARGEST: usize = 16 * 1024;

/// A marked place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// A range of the file's text, on character boundaries, without a trailing line break.
    pub(super) range: Range<usize>,
    /// Index of the label; `None` for the place of the diagnostic.
    pub(super) label: Option<usize>,
}

/// Whole lines of one file with their marks, the most important first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) file: FileId,
    pub(super) marks: Vec<Mark>,
    range: Range<usize>,
}

/// Finds the excerpts of a diagnostic, its own place first.
pub(super) fn find_excerpts(diagnostic: &Diagnostic, sources: &Sources) -> Vec<Excerpt> {
    let labels = diagnostic.labels.iter().enumerate().map(|(index, label)| (label.span, Some(index)));
    let places = diagnostic.span.iter().map(|span| (*span, None)).chain(labels);
    let mut excerpts: Vec<Excerpt> = Vec::new();
    for (span, label) in places {
        let range = shown_range(span, sources.text(span.file));
        let mark = Mark { range: range.clone(), label };
        match excerpts.iter_mut().find(|excerpt| excerpt.is_near(&mark, span.file)) {
            Some(excerpt) => excerpt.add(mark),
            None => excerpts.push(Excerpt { file: span.file, marks: vec![mark], range }),
        }
    }
    excerpts
}

/// The smallest range that contains both.
fn span_of(one: &Range<usize>, other: &Range<usize>) -> Range<usize> {
    one.start.min(other.start)..one.end.max(other.end)
}

/// The marked part of a span: without a trailing line break, and only the first line of a very long span.
fn shown_range(span: Span, text: &str) -> Range<usize> {
    let start = text.floor_char_boundary(span.range().start);
    let end = text.floor_char_boundary(span.range().end).max(start);
    let end = if end - start > LARGEST { line_end(text, start).unwrap_or(start) } else { end };
    let marked = &text[start..end];
    let trimmed = marked.trim_end_matches(['\n', '\r']);
    start..start + if trimmed.is_empty() { 0 } else { trimmed.len() }
}

impl Excerpt {
    fn is_near(&self, mark: &Mark, file: FileId) -> bool {
        self.file == file && span_of(&self.range, &mark.range).len() <= LARGEST
    }

    fn add(&mut self, mark: Mark) {
        self.range = span_of(&self.range, &mark.range);
        self.marks.push(mark);
    }

    /// The lines as a range of the file's text; `None` if one of them is too long.
    pub(super) fn lines(&self, text: &str) -> Option<Range<usize>> {
        let (start, end) = (line_start(text, self.range.start)?, line_end(text, self.range.end)?);
        let has_return = text[self.range.end..end].ends_with('\r');
        Some(start..end - usize::from(has_return))
    }

    /// The position of the most important mark.
    pub(super) fn position(&self, sources: &Sources) -> Position {
        self.position_of(self.marks[0].range.start, sources)
    }

    /// The number of the last line.
    pub(super) fn last_line(&self, sources: &Sources) -> usize {
        self.position_of(self.range.end, sources).line
    }

    /// Line and column of an offset in the file.
    pub(super) fn position_of(&self, offset: usize, sources: &Sources) -> Position {
        sources.position(self.file, Span::new(self.file, offset, offset).start)
    }
}

/// The start of the line at an offset; `None` if it is too far to the left.
fn line_start(text: &str, offset: usize) -> Option<usize> {
    let from = text.floor_char_boundary(offset.saturating_sub(LARGEST));
    match text[from..offset].rfind('\n') {
        Some(newline) => Some(from + newline + 1),
        None => (from == 0).then_some(0),
    }
}

/// The end of the line at an offset, before its newline; `None` if it is too far to the right.
fn line_end(text: &str, offset: usize) -> Option<usize> {
    let to = text.ceil_char_boundary(offset + LARGEST);
    match text[offset..to].find('\n') {
        Some(newline) => Some(offset + newline),
        None => (to == text.len()).then_some(to),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Text};

    fn place(text: &str, start: usize, end: usize) -> (Option<String>, Range<usize>) {
        let mut sources = Sources::default();
        let file = sources.add("a.md", text);
        let message = Text { pt: String::new(), en: String::new() };
        let diagnostic = Diagnostic::new(Code::PAGE_EMPTY, Span::new(file, start, end), message);
        let excerpt = find_excerpts(&diagnostic, &sources).remove(0);
        (excerpt.lines(text).map(|lines| text[lines].to_owned()), excerpt.marks[0].range.clone())
    }

    #[test]
    fn shows_whole_lines() {
        assert_eq!(place("um\ndois três\nquatro", 8, 12), (Some("dois três".into()), 8..12));
        assert_eq!(place("um\ndois\n", 8, 8), (Some(String::new()), 8..8));
        assert_eq!(place("", 0, 0), (Some(String::new()), 0..0));
    }

    #[test]
    fn skips_line_breaks_and_accepts_wrong_spans() {
        assert_eq!(place("um\r\ndois\r\n", 0, 4).1, 0..2);
        assert_eq!(place("é", 1, 99).1, 0..2);
        assert_eq!(place("a\n\nb", 2, 3).1, 2..2);
    }

    #[test]
    fn limits_long_lines_and_long_spans() {
        let long = "x".repeat(3 * LARGEST);
        assert_eq!(place(&long, LARGEST + 1, LARGEST + 2).0, None);
        let page = "linha\n".repeat(LARGEST);
        assert_eq!(place(&page, 2, page.len()), (Some("linha".into()), 2..5));
    }
}
