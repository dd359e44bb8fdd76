//! HTML of a body in pieces, as its holes cut it → tags and texts.
//!
//! A hole may stand inside a tag, so a tag may begin in one piece and end in another. Texts inside a tag are no texts of the page.

use std::borrow::Cow;

use crate::html;

/// A tag, or a text between tags.
pub(crate) enum HtmlPiece<'a> {
    /// Without `<` and `>`; attributes in holes are left out.
    Tag(&'a str),
    /// Character references decoded.
    Text(Cow<'a, str>),
}

/// The state between two pieces.
#[derive(Debug, Default)]
pub(crate) struct HtmlPieces {
    /// The open tag until now, without `<`.
    tag: Option<String>,
    /// The quote of the current attribute.
    quote: Option<char>,
}

impl HtmlPieces {
    /// True inside a tag.
    pub(crate) fn is_in_tag(&self) -> bool {
        self.tag.is_some()
    }

    /// Reads the next piece.
    pub(crate) fn read<'a>(&mut self, html: &'a str, mut visit: impl FnMut(HtmlPiece<'_>)) {
        let mut rest: &'a str = html;
        while !rest.is_empty() {
            if let Some(before) = self.tag.take() {
                let Some(end) = self.find_end(rest) else {
                    self.tag = Some(before + rest);
                    return;
                };
                let tag =
                    if before.is_empty() { Cow::Borrowed(&rest[..end]) } else { Cow::Owned(before + &rest[..end]) };
                visit(HtmlPiece::Tag(&tag));
                rest = &rest[end + 1..];
            } else if let Some(inside) = rest.strip_prefix('<') {
                self.tag = Some(String::new());
                rest = inside;
            } else {
                let end = rest.find('<').unwrap_or(rest.len());
                visit(HtmlPiece::Text(html::decode(&rest[..end])));
                rest = &rest[end..];
            }
        }
    }

    /// The place of the `>` that ends the tag.
    fn find_end(&mut self, text: &str) -> Option<usize> {
        for (at, c) in text.match_indices(['"', '\'', '>']) {
            match (self.quote, c) {
                (None, ">") => return Some(at),
                (None, quote) => self.quote = quote.chars().next(),
                (Some(quote), c) if c.starts_with(quote) => self.quote = None,
                _ => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pieces: &[&str]) -> Vec<String> {
        let (mut state, mut found) = (HtmlPieces::default(), Vec::new());
        for piece in pieces {
            state.read(piece, |piece| {
                found.push(match piece {
                    HtmlPiece::Tag(tag) => format!("<{tag}>"),
                    HtmlPiece::Text(text) => text.into_owned(),
                });
            });
        }
        found
    }

    #[test]
    fn reads_tags_that_holes_cut() {
        assert_eq!(read(&["a<b title='<>'>c &lt; &amp;lt;"]), ["a", "<b title='<>'>", "c < &lt;"]);
        assert_eq!(read(&["<a href=\"", "\" title=\">", "\">x", "</a>"]), ["<a href=\"\" title=\">\">", "x", "</a>"]);
    }
}
