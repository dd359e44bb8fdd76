//! Markdown → [`Body`], in one pass.
//!
//! 1. [`mask`] finds what CommonMark does not know (`:::` lines, `:copy[…]`, `{name|filter}`) and puts neutral text of the same
//!    length in its place, so that every offset stays true in the author's file.
//! 2. `pulldown-cmark` parses the masked text. It decides what is code and what is nested in what; a `:::` line that it saw as
//!    code never was a directive.
//! 3. [`writer`] turns its events into HTML with holes, asking the mask what really stood at each offset, and [`directives`] for
//!    the markup of each directive.
//!
//! Links stay raw. Entry points: [`parse`] for a page, [`parse_fragment`] for Markdown that is a YAML value.

mod attributes;
mod blocks;
mod directives;
mod inline;
mod links;
mod mask;
mod raw_html;
mod tables;
mod writer;

use crate::content::body::Body;
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Span, Spanned};

use mask::Mask;
use writer::Writer;

/// Parses the Markdown that begins at byte `start` of a file.
pub(crate) fn parse(text: &str, start: usize, file: FileId, diagnostics: &mut Diagnostics) -> Body {
    let mask = Mask::new(text, start);
    let mut writer = Writer::new(&mask, Place::File(file), diagnostics);
    writer.write_blocks(start..text.len());
    writer.finish()
}

/// Parses Markdown that stands in a YAML value; what is wrong with it is reported at the whole value. A single paragraph is
/// given without its `<p>`.
pub(crate) fn parse_fragment(value: &Spanned<String>, diagnostics: &mut Diagnostics) -> Body {
    let mask = Mask::new(&value.value, 0);
    let mut writer = Writer::new(&mask, Place::Value(value.span), diagnostics);
    if value.value.trim_end().contains('\n') {
        writer.write_blocks(0..value.value.len());
    } else {
        writer.write_inline(0..value.value.len());
    }
    writer.finish()
}

/// Where the text being parsed stands.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// Offsets are those of the file.
    File(FileId),
    /// Offsets mean nothing outside; everything is reported here.
    Value(Span),
}

impl Place {
    fn span(self, start: usize, end: usize) -> Span {
        match self {
            Place::File(file) => Span::new(file, start, end),
            Place::Value(span) => span,
        }
    }
}
