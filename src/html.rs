//! HTML tokens, with the place of every attribute value.
//!
//! In: any text. Out: [`HtmlToken`]s, in order, to a closure. Entry point: [`read`]. Scripts and styles count as text (WHATWG HTML,
//! 13.2.5), and syntax errors are ignored, as in browsers. [`addresses_of`] has every address that a tag contains.

use std::borrow::Cow;
use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use crate::url::AddressUse;

/// Attributes with one URL (WHATWG HTML, "Attributes"; SVG 2, 16.1).
pub(crate) const URL_ATTRIBUTES: [&str; 12] = [
    "href",
    "xlink:href",
    "src",
    "poster",
    "data",
    "action",
    "formaction",
    "cite",
    "longdesc",
    "manifest",
    "icon",
    "background",
];

/// Attributes with one URL that only old browsers read (HTML 4.01).
const OLD_URL_ATTRIBUTES: [&str; 7] = ["classid", "codebase", "code", "profile", "lowsrc", "dynsrc", "xml:base"];

/// Elements whose content is text in HTML, and markup in SVG and `MathML`.
const TEXT_ONLY: [&str; 9] =
    ["title", "textarea", "style", "script", "xmp", "iframe", "noembed", "noframes", "noscript"];

/// Elements without an end tag (WHATWG HTML, 13.1.2).
pub(crate) const VOID_ELEMENTS: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements of SVG that set an attribute of their parent.
const ANIMATIONS: [&str; 4] = ["set", "animate", "animatetransform", "animatemotion"];

pub(crate) enum HtmlToken<'a> {
    StartTag(&'a Tag),
    /// The name of an end tag.
    EndTag(&'a str),
    /// The place of a text, also of scripts and styles.
    Text(Range<usize>),
    /// The place of a comment.
    Comment(Range<usize>),
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
    fn shift(&mut self, base: usize) {
        let shift = |range: &mut Range<usize>| *range = range.start + base..range.end + base;
        self.start += base;
        for attribute in &mut self.attributes {
            shift(&mut attribute.whole);
            shift(&mut attribute.place);
        }
    }

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
    read_part(text, 0, true, &mut visit);
}

/// Reads a part of a text that begins at the offset `base`. Inside SVG and `MathML` the content of every element is
/// markup (WHATWG HTML, 13.2.6.5). So the text of a title or style is read again there, with `has_text_only` false.
fn read_part(text: &str, base: usize, has_text_only: bool, visit: &mut dyn FnMut(HtmlToken<'_>)) {
    // The tokenizer counts a line's `\r\n` as one byte; a space in place of `\r` means the same and keeps the offsets.
    let even = if text.contains('\r') { Cow::Owned(text.replace('\r', " ")) } else { Cow::Borrowed(text) };
    let even: &str = &even;
    let (mut tag, mut foreign, mut is_text_only) = (Tag::default(), 0_usize, false);
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => tag = new_tag(name, span.start),
            CallbackEvent::AttributeName { name } => tag.attributes.push(new_attribute(name, &span)),
            CallbackEvent::AttributeValue { value } => set_value(&mut tag, value, &span, even),
            CallbackEvent::CloseStartTag { self_closing } => {
                foreign += usize::from(is_foreign(tag.name.as_bytes()) && !self_closing);
                is_text_only = has_text_only && TEXT_ONLY.contains(&tag.name.as_str());
                tag.shift(base);
                visit(HtmlToken::StartTag(&tag));
            }
            CallbackEvent::EndTag { name } => {
                foreign = foreign.saturating_sub(usize::from(is_foreign(name)));
                is_text_only = false;
                visit(HtmlToken::EndTag(&String::from_utf8_lossy(name)));
            }
            CallbackEvent::String { .. } if foreign > 0 && is_text_only => {
                read_part(&even[span.start..span.end], base + span.start, false, visit);
            }
            CallbackEvent::String { .. } => visit(HtmlToken::Text(base + span.start..base + span.end)),
            CallbackEvent::Comment { .. } => visit(HtmlToken::Comment(base + span.start..base + span.end)),
            _ => {}
        }
        None
    });
    emitter.naively_switch_states(has_text_only);
    Tokenizer::new_with_emitter(even, emitter).for_each(drop);
}

/// The characters of a text without markup: its character references decoded.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::new();
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        if let CallbackEvent::String { value } = event {
            decoded.push_str(&String::from_utf8_lossy(value));
        }
        None
    });
    Tokenizer::new_with_emitter(text, emitter).for_each(drop);
    Cow::Owned(decoded)
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

/// True for an attribute with a script, such as `onclick`.
pub(crate) fn is_event(attribute: &str) -> bool {
    attribute.len() > "on".len() && attribute.starts_with("on")
}

/// True for a script that browsers run. Other types are data (WHATWG HTML, 4.12.1).
pub(crate) fn is_script(tag: &Tag) -> bool {
    let lower = tag.value_of("type").unwrap_or_default().trim().to_ascii_lowercase();
    let is_run = matches!(lower.as_str(), "" | "module" | "importmap" | "speculationrules")
        || lower.contains("javascript")
        || lower.contains("ecmascript");
    tag.name == "script" && is_run
}

/// The addresses of an attribute, decoded, and their use.
pub(crate) fn addresses_of(tag: &Tag, attribute: &Attribute) -> Vec<(String, AddressUse)> {
    let (value, name) = (attribute.value.as_str(), attribute.name.as_str());
    let open = |address: &str| (address.trim().to_owned(), AddressUse::Open);
    match name {
        "srcset" | "imagesrcset" => {
            let images = srcset_urls(value).into_iter();
            images.map(|range| (value[range].to_owned(), AddressUse::Image)).collect()
        }
        "ping" => value.split_ascii_whitespace().map(open).collect(),
        "content" => refresh_address(tag).map(open).into_iter().collect(),
        "srcdoc" => addresses_in(value),
        "values" | "to" | "from" | "by" if ANIMATIONS.contains(&tag.name.as_str()) && sets_address(tag) => {
            value.split(';').map(open).collect()
        }
        _ if URL_ATTRIBUTES.contains(&name) || OLD_URL_ATTRIBUTES.contains(&name) => {
            vec![(value.trim().to_owned(), use_of(tag, name))]
        }
        _ => Vec::new(),
    }
}

/// The addresses of every tag of a document.
fn addresses_in(html: &str) -> Vec<(String, AddressUse)> {
    let mut found = Vec::new();
    read(html, |token| {
        if let HtmlToken::StartTag(tag) = token {
            tag.attributes.iter().for_each(|attribute| found.extend(addresses_of(tag, attribute)));
        }
    });
    found
}

/// The URL of `<meta http-equiv="refresh" content="5; url=a.html">` (WHATWG HTML, "shared declarative refresh steps");
/// `None` if the page reloads itself.
pub(crate) fn refresh_address(tag: &Tag) -> Option<&str> {
    let is_refresh = tag.name == "meta" && tag.value_of("http-equiv")?.trim().eq_ignore_ascii_case("refresh");
    let content = tag.value_of("content").filter(|_| is_refresh)?;
    let rest = content.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
    let rest = rest.trim_start_matches([';', ',']).trim_start();
    let is_named = rest.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("url"));
    let after = if is_named { rest[3..].trim_start().strip_prefix('=').map(str::trim_start) } else { None };
    let address = after.unwrap_or(rest);
    let address = match address.chars().next() {
        Some(quote @ ('"' | '\'')) => address[1..].split(quote).next().unwrap_or_default(),
        _ => address,
    };
    Some(address.trim()).filter(|address| !address.is_empty())
}

fn is_foreign(name: &[u8]) -> bool {
    matches!(name, b"svg" | b"math")
}

fn sets_address(tag: &Tag) -> bool {
    tag.value_of("attributename").is_some_and(|name| matches!(name.trim(), "href" | "xlink:href"))
}

fn use_of(tag: &Tag, attribute: &str) -> AddressUse {
    let is_icon = || tag.value_of("rel").is_some_and(|rel| rel.to_ascii_lowercase().contains("icon"));
    let is_image = match (tag.name.as_str(), attribute) {
        ("img" | "source" | "input", "src") | ("image" | "feimage", "href" | "xlink:href") => true,
        ("link", "href") => is_icon(),
        (_, name) => matches!(name, "poster" | "background" | "lowsrc" | "dynsrc"),
    };
    if is_image { AddressUse::Image } else { AddressUse::Open }
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
            HtmlToken::Comment(_) => {}
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
    fn finds_addresses_of_every_kind() {
        for (html, expected) in [
            ("<a href=' x ' ping='p q' title=t>", "x p q"),
            ("<use xlink:href=x>", "x"),
            ("<meta http-equiv=REFRESH content='0; URL=\"x y\"'>", "x y"),
            ("<meta http-equiv=refresh content=' 5,x'>", "x"),
            ("<meta name=a content='0;url=x'>", ""),
            ("<iframe srcdoc='<a href=&quot;x&quot;><b>'>", "x"),
            ("<set attributeName=href to=x><animate attributeName='xlink:href' values='a; b'>", "x a b"),
            ("<set attributeName=fill to=x>", ""),
            ("<button formaction=x><form action=y>", "x y"),
            ("<img src=a srcset='b 2x, c'>", "image:a image:b image:c"),
            ("<link rel='shortcut icon' href=b><image href=c><iframe src=a>", "image:b image:c a"),
            ("<svg><title><a href=x></title></svg><title><a href=y></title><svg/><style><a href=z></style>", "x"),
        ] {
            let show = |(address, usage)| if usage == AddressUse::Image { format!("image:{address}") } else { address };
            let found: Vec<String> = addresses_in(html).into_iter().map(show).collect();
            assert_eq!(found.join(" "), expected, "{html}");
        }
    }

    #[test]
    fn reads_the_url_of_a_refresh() {
        for (content, address) in [
            ("0; url=a.html", Some("a.html")),
            ("5;URL='b c.html'", Some("b c.html")),
            ("3, url = \"c\"x", Some("c")),
            ("0;d.html", Some("d.html")),
            ("30", None),
            ("30;", None),
        ] {
            let html = format!("<meta http-equiv=Refresh content=\"{}\">", content.replace('"', "&quot;"));
            read(&html, |token| {
                let HtmlToken::StartTag(tag) = token else { return };
                assert_eq!(refresh_address(tag), address, "{content}");
            });
        }
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
                HtmlToken::Text(range) | HtmlToken::Comment(range) => assert!(text.get(range).is_some()),
                HtmlToken::EndTag(_) => {}
            });
        }
    }
}
