//! HTML text → its tags, with the place of every attribute's value.
//!
//! In: any text. Out: [`Piece`]s, in order, to a closure. Entry point: [`read`]. What a tag means is not known here; texts of
//! scripts and styles are told apart from tags as browsers do (WHATWG HTML, 13.2.5), errors of syntax are passed over.

use std::borrow::Cow;
use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// A part of an HTML text.
pub(crate) enum Piece<'a> {
    /// A start tag.
    Tag(&'a Tag),
    /// The name of an end tag.
    End(&'a str),
    /// Where text stands, that of scripts and styles too.
    Text(Range<usize>),
}

/// A start tag. Names are in lower case.
#[derive(Debug, Default)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<Attribute>,
    /// Where it begins.
    pub(crate) start: usize,
}

/// An attribute of a start tag.
#[derive(Debug, Default)]
pub(crate) struct Attribute {
    pub(crate) name: String,
    /// Character references decoded.
    pub(crate) value: String,
    /// From the name to the end of the value, its quote included.
    pub(crate) whole: Range<usize>,
    /// The value between its quotes; where there is none, the name.
    pub(crate) place: Range<usize>,
}

impl Tag {
    /// The first attribute of a name: browsers pass over the others.
    pub(crate) fn find(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// The value of an attribute.
    pub(crate) fn value_of(&self, name: &str) -> Option<&str> {
        self.find(name).map(|attribute| attribute.value.as_str())
    }
}

/// Reads a whole document, or a part of one.
pub(crate) fn read(text: &str, mut see: impl FnMut(Piece<'_>)) {
    // The tokenizer counts a line's `\r\n` as one byte; a space in place of `\r` means the same and keeps the offsets.
    let even = if text.contains('\r') { Cow::Owned(text.replace('\r', " ")) } else { Cow::Borrowed(text) };
    let even: &str = &even;
    let mut tag = Tag::default();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => tag = open(name, span.start),
            CallbackEvent::AttributeName { name } => tag.attributes.push(named(name, &span)),
            CallbackEvent::AttributeValue { value } => fill(&mut tag, value, &span, even),
            CallbackEvent::CloseStartTag { .. } => see(Piece::Tag(&tag)),
            CallbackEvent::EndTag { name } => see(Piece::End(&String::from_utf8_lossy(name))),
            CallbackEvent::String { .. } => see(Piece::Text(span.start..span.end)),
            _ => {}
        }
        None
    });
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(even, emitter).for_each(drop);
}

/// Where the addresses of a `srcset` stand (WHATWG HTML, 4.8.4.2.1): each up to a space or to a comma at its end.
pub(crate) fn candidates(srcset: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = srcset[at..].find(|c: char| !c.is_ascii_whitespace() && c != ',').map(|start| at + start) {
        let end = srcset[start..].find(|c: char| c.is_ascii_whitespace()).map_or(srcset.len(), |length| start + length);
        let address = srcset[start..end].trim_end_matches(',');
        found.push(start..start + address.len());
        let has_descriptor = start + address.len() == end;
        at = if has_descriptor { srcset[end..].find(',').map_or(srcset.len(), |comma| end + comma) } else { end };
    }
    found
}

fn open(name: &[u8], start: usize) -> Tag {
    Tag { name: String::from_utf8_lossy(name).into_owned(), attributes: Vec::new(), start }
}

fn named(name: &[u8], span: &Span<usize>) -> Attribute {
    let place = span.start..span.end;
    let name = String::from_utf8_lossy(name).into_owned();
    Attribute { name, value: String::new(), whole: place.clone(), place }
}

fn fill(tag: &mut Tag, value: &[u8], span: &Span<usize>, text: &str) {
    let Some(attribute) = tag.attributes.last_mut() else { return };
    attribute.value = String::from_utf8_lossy(value).into_owned();
    attribute.place = span.start..span.end;
    let is_quote = |byte: Option<&u8>| byte.is_some_and(|byte| matches!(byte, b'"' | b'\''));
    let has_quotes = is_quote(text.as_bytes().get(span.end)) && is_quote(text.as_bytes().get(span.start - 1));
    attribute.whole.end = span.end + usize::from(has_quotes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<String> {
        let mut shown = Vec::new();
        read(text, |piece| match piece {
            Piece::Tag(tag) => {
                shown.push(format!("<{} {}", tag.name, &text[tag.start..=tag.start]));
                for attribute in &tag.attributes {
                    let (whole, place) = (&text[attribute.whole.clone()], &text[attribute.place.clone()]);
                    shown.push(format!("{}={} [{place}] [{whole}]", attribute.name, attribute.value));
                }
            }
            Piece::End(name) => shown.push(format!("</{name}")),
            Piece::Text(range) => shown.push(text[range].to_owned()),
        });
        shown
    }

    #[test]
    fn gives_the_place_of_every_value() {
        let text = "é<a HREF=\"b&amp;c\" id=x title='é\"'\r\n  alt=\"\" hidden src = \"y\">ó</a><br/>";
        assert_eq!(
            show(text),
            [
                "é",
                "<a <",
                "href=b&c [b&amp;c] [HREF=\"b&amp;c\"]",
                "id=x [x] [id=x]",
                "title=é\" [é\"] [title='é\"']",
                "alt= [alt] [alt]",
                "hidden= [hidden] [hidden]",
                "src=y [y] [src = \"y\"]",
                "ó",
                "</a",
                "<br <",
            ]
        );
    }

    #[test]
    fn finds_every_address_of_a_set() {
        let text = " a.png, b,c.png 2x ,d.png 100w,\n data:image/png;base64,AA= 3x";
        let found: Vec<_> = candidates(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["a.png", "b,c.png", "d.png", "data:image/png;base64,AA="]);
    }

    #[test]
    fn knows_what_is_no_tag() {
        let text = "<script>if (a<b) '<a href=x>'</script><style>a{b:url(c)}</style><!-- <a href=y> -->";
        let shown = show(text);
        assert_eq!(shown[1], "if (a<b) '<a href=x>'");
        assert_eq!(shown[4], "a{b:url(c)}");
        assert_eq!(shown.len(), 6);
    }

    proptest::proptest! {
        #[test]
        fn places_lie_inside_any_text(
            text in r#"([ -~áé\r\n\x00日]|<a |<p>|href=|='|="|<!--|-->|&amp;|&#|<style>|</style>|<script>|/>)*"#,
        ) {
            read(&text, |piece| match piece {
                Piece::Tag(tag) => for attribute in &tag.attributes {
                    assert!(text.get(attribute.place.clone()).is_some() && text.get(attribute.whole.clone()).is_some());
                },
                Piece::Text(range) => assert!(text.get(range).is_some()),
                Piece::End(_) => {}
            });
        }
    }
}
