//! Which lines of which files show a finding: places that stand near each other share an excerpt.
//!
//! In: the places of a finding. Out: [`Excerpt`]s of whole lines, small however large the file, so that a report of many
//! findings in one large file costs what its findings cost.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Position, Sources, Span};

/// In bytes. Places farther apart than this are shown apart, and a line longer than this is named, not shown.
const LARGEST: usize = 16 * 1024;

/// A place to be marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// In the file's text, on character boundaries, without a line's end at its end.
    pub(super) range: Range<usize>,
    /// Index of the label; `None` for the finding itself.
    pub(super) label: Option<usize>,
}

/// Whole lines of one file with their marks, the first of them the most important.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) file: FileId,
    pub(super) marks: Vec<Mark>,
    range: Range<usize>,
}

/// The excerpts of a finding, its own place first.
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

/// The smallest range that holds both.
fn span_of(one: &Range<usize>, other: &Range<usize>) -> Range<usize> {
    one.start.min(other.start)..one.end.max(other.end)
}

/// The part of a span that is marked: of a very long one its first line, and never the line's end that closes it.
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

    /// The lines as a range of the file's text; `None` when one of them is too long to be shown.
    pub(super) fn lines(&self, text: &str) -> Option<Range<usize>> {
        let (start, end) = (line_start(text, self.range.start)?, line_end(text, self.range.end)?);
        let has_return = text[self.range.end..end].ends_with('\r');
        Some(start..end - usize::from(has_return))
    }

    /// Where the most important mark begins.
    pub(super) fn position(&self, sources: &Sources) -> Position {
        self.position_of(self.marks[0].range.start, sources)
    }

    /// Number of the last line.
    pub(super) fn last_line(&self, sources: &Sources) -> usize {
        self.position_of(self.range.end, sources).line
    }

    /// Line and column of an offset in the file.
    pub(super) fn position_of(&self, offset: usize, sources: &Sources) -> Position {
        sources.position(self.file, Span::new(self.file, offset, offset).start)
    }
}

/// Where the line of an offset begins; `None` when that is too far to the left.
fn line_start(text: &str, offset: usize) -> Option<usize> {
    let from = text.floor_char_boundary(offset.saturating_sub(LARGEST));
    match text[from..offset].rfind('\n') {
        Some(newline) => Some(from + newline + 1),
        None => (from == 0).then_some(0),
    }
}

/// Where the line of an offset ends, before its newline; `None` when that is too far to the right.
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
    fn leaves_the_line_end_unmarked_and_survives_wrong_spans() {
        assert_eq!(place("um\r\ndois\r\n", 0, 4).1, 0..2);
        assert_eq!(place("é", 1, 99).1, 0..2);
        assert_eq!(place("a\n\nb", 2, 3).1, 2..2);
    }

    #[test]
    fn names_a_line_that_is_too_long_and_marks_one_line_of_a_span_that_is() {
        let long = "x".repeat(3 * LARGEST);
        assert_eq!(place(&long, LARGEST + 1, LARGEST + 2).0, None);
        let page = "linha\n".repeat(LARGEST);
        assert_eq!(place(&page, 2, page.len()), (Some("linha".into()), 2..5));
    }
}
