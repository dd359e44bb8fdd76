//! HTML tokens, with the place of every attribute value.
//!
//! In: any text. Out: [`HtmlToken`]s, in order, to a closure. Entry point: [`read`]. Scripts and styles count as text (WHATWG HTML,
//! 13.2.5), and syntax errors are ignored, as in browsers.

use std::borrow::Cow;
use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

pub(crate) enum HtmlToken<'a> {
    StartTag(&'a Tag),
    /// The name of an end tag.
    EndTag(&'a str),
    /// The place of a text, also of scripts and styles.
    Text(Range<usize>),
}

/// A start tag, with names in lower case.
#[derive(Debug, Default)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) start: usize,
}

#[derive(Debug, Default)]
pub(crate) struct Attribute {
    pub(crate) name: String,
    /// Character references decoded.
    pub(crate) value: String,
    /// From the name to the end of the value, its quote included.
    pub(crate) whole: Range<usize>,
    /// The value between its quotes; the name if there is no value.
    pub(crate) place: Range<usize>,
}

impl Tag {
    /// The first attribute of a name; browsers ignore the others.
    pub(crate) fn find(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    pub(crate) fn value_of(&self, name: &str) -> Option<&str> {
        self.find(name).map(|attribute| attribute.value.as_str())
    }
}

/// Reads a document or a fragment.
pub(crate) fn read(text: &str, mut visit: impl FnMut(HtmlToken<'_>)) {
    // The tokenizer counts a line's `\r\n` as one byte; a space in place of `\r` means the same and keeps the offsets.
    let even = if text.contains('\r') { Cow::Owned(text.replace('\r', " ")) } else { Cow::Borrowed(text) };
    let even: &str = &even;
    let mut tag = Tag::default();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => tag = new_tag(name, span.start),
            CallbackEvent::AttributeName { name } => tag.attributes.push(new_attribute(name, &span)),
            CallbackEvent::AttributeValue { value } => set_value(&mut tag, value, &span, even),
            CallbackEvent::CloseStartTag { .. } => visit(HtmlToken::StartTag(&tag)),
            CallbackEvent::EndTag { name } => visit(HtmlToken::EndTag(&String::from_utf8_lossy(name))),
            CallbackEvent::String { .. } => visit(HtmlToken::Text(span.start..span.end)),
            _ => {}
        }
        None
    });
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(even, emitter).for_each(drop);
}

/// The places of the URLs in a `srcset` (WHATWG HTML, 4.8.4.2.1). Each ends at a space, or at a comma after it.
pub(crate) fn srcset_urls(srcset: &str) -> Vec<Range<usize>> {
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

fn new_tag(name: &[u8], start: usize) -> Tag {
    Tag { name: String::from_utf8_lossy(name).into_owned(), attributes: Vec::new(), start }
}

fn new_attribute(name: &[u8], span: &Span<usize>) -> Attribute {
    let place = span.start..span.end;
    let name = String::from_utf8_lossy(name).into_owned();
    Attribute { name, value: String::new(), whole: place.clone(), place }
}

fn set_value(tag: &mut Tag, value: &[u8], span: &Span<usize>, text: &str) {
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
            HtmlToken::StartTag(tag) => {
                shown.push(format!("<{} {}", tag.name, &text[tag.start..=tag.start]));
                for attribute in &tag.attributes {
                    let (whole, place) = (&text[attribute.whole.clone()], &text[attribute.place.clone()]);
                    shown.push(format!("{}={} [{place}] [{whole}]", attribute.name, attribute.value));
                }
            }
            HtmlToken::EndTag(name) => shown.push(format!("</{name}")),
            HtmlToken::Text(range) => shown.push(text[range].to_owned()),
        });
        shown
    }

    #[test]
    fn returns_the_place_of_every_value() {
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
    fn finds_every_url_of_a_srcset() {
        let text = " a.png, b,c.png 2x ,d.png 100w,\n data:image/png;base64,AA= 3x";
        let found: Vec<_> = srcset_urls(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["a.png", "b,c.png", "d.png", "data:image/png;base64,AA="]);
    }

    #[test]
    fn skips_text_that_looks_like_tags() {
        let text = "<script>if (a<b) '<a href=x>'</script><style>a{b:url(c)}</style><!-- <a href=y> -->";
        let shown = show(text);
        assert_eq!(shown[1], "if (a<b) '<a href=x>'");
        assert_eq!(shown[4], "a{b:url(c)}");
        assert_eq!(shown.len(), 6);
    }

    proptest::proptest! {
        #[test]
        fn finds_places_inside_any_text(
            text in r#"([ -~áé\r\n\x00日]|<a |<p>|href=|='|="|<!--|-->|&amp;|&#|<style>|</style>|<script>|/>)*"#,
        ) {
            read(&text, |piece| match piece {
                HtmlToken::StartTag(tag) => for attribute in &tag.attributes {
                    assert!(text.get(attribute.place.clone()).is_some() && text.get(attribute.whole.clone()).is_some());
                },
                HtmlToken::Text(range) => assert!(text.get(range).is_some()),
                HtmlToken::EndTag(_) => {}
            });
        }
    }
}
