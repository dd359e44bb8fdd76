//! YAML text with its place in a file: ranges of the text, and spans of the file.

use crate::source::{FileId, Span};

/// A text and its offset in its file.
pub(super) struct ParsedText<'a> {
    pub(super) text: &'a str,
    pub(super) file: FileId,
    pub(super) start: usize,
}

impl ParsedText<'_> {
    /// The place in the file of a range of the text.
    pub(super) fn span(&self, range: &std::ops::Range<usize>) -> Span {
        Span::new(self.file, self.start + range.start, self.start + range.end)
    }

    /// The range in the text of a place in the file.
    pub(super) fn range(&self, span: Span) -> std::ops::Range<usize> {
        span.range().start - self.start..span.range().end - self.start
    }

    pub(super) fn written(&self, span: Span) -> &str {
        &self.text[self.range(span)]
    }
}
