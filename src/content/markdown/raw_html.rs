//! Raw HTML: passed through without its comments, with its ids as anchors and its addresses as links.

use std::ops::Range;

use super::foreign::{COMPONENT_FORM, is_component};
use super::open_parts::RawHtml;
use super::writer::Writer;
use crate::content::body::{AnchorKind, HoleKind, RawLink};
use crate::diagnostic::catalogue;
use crate::html::{self, Attribute, HtmlToken, Tag, addresses_of};
use crate::url::{AddressUse, is_active_scheme, scheme_of};

/// Elements whose `href` is a link.
const WITH_HREF: [&str; 3] = ["a", "area", "link"];

/// Elements whose `src` is loaded.
const WITH_SRC: [&str; 9] = ["img", "source", "video", "audio", "track", "iframe", "embed", "script", "input"];

/// Elements that the content security policy of the pages blocks.
const WITHOUT_EFFECT: [&str; 4] = ["base", "embed", "form", "object"];

/// Elements that an end tag must close, with an effect on all that follows (WHATWG HTML, 13.1.2.4).
const CLOSED: [&str; 47] = [
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "button",
    "center",
    "cite",
    "code",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "em",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "i",
    "ins",
    "kbd",
    "label",
    "main",
    "mark",
    "nav",
    "ol",
    "pre",
    "q",
    "s",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "u",
    "ul",
];

/// A part of the HTML that becomes a hole, or is removed.
struct Replacement {
    range: Range<usize>,
    hole: Option<HoleKind>,
}

impl Writer<'_> {
    /// Adds a piece of HTML. A block is read when it ends, an inline tag at once.
    pub(super) fn write_raw_html(&mut self, text: &str, offset: usize) {
        let (text, offset) = self.mask.restore(text).unwrap_or((text, offset));
        if let Some(block) = &mut self.raw_html {
            return block.push(text, offset);
        }
        let lower = text.to_ascii_lowercase();
        if lower.starts_with("<a ") || lower.starts_with("<a>") {
            self.raw_links += 1;
        } else if lower.starts_with("</a") {
            self.raw_links = self.raw_links.saturating_sub(1);
        }
        let mut inline = RawHtml::default();
        inline.push(text, offset);
        self.write_whole_html(&inline);
    }

    pub(super) fn close_html_block(&mut self) {
        if let Some(block) = self.raw_html.take() {
            self.write_whole_html(&block);
        }
    }

    fn write_whole_html(&mut self, raw: &RawHtml) {
        self.check_component(raw);
        let first = self.body.anchors.len();
        let mut replacements = Vec::new();
        html::read(&raw.text, |piece| match piece {
            HtmlToken::StartTag(tag) => {
                self.open_element(tag, raw);
                self.read_tag(tag, raw, &mut replacements);
            }
            HtmlToken::EndTag(name) => self.close_element(name),
            HtmlToken::Comment(range) => {
                self.check_comment(&range, raw);
                replacements.push(Replacement { range, hole: None });
            }
            HtmlToken::Text(_) => {}
        });
        replacements.sort_by_key(|replacement| replacement.range.start);
        let mut at = 0;
        for replacement in replacements {
            self.html(&raw.text[at..replacement.range.start]);
            if let Some(hole) = replacement.hole {
                self.hole(hole);
            }
            at = replacement.range.end;
        }
        self.html(&raw.text[at..]);
        if self.paragraph.is_none() {
            // The part that a `<div id>` names begins after its line.
            let start = self.body.html.len();
            let named = self.body.anchors[first..].iter_mut().filter(|anchor| anchor.kind == AnchorKind::Named);
            named.for_each(|anchor| anchor.content = start..start);
        }
    }

    /// True for a tag that names a part: `<span id>` in a paragraph, or a line with `<div id>` alone.
    fn names_part(&self, tag: &Tag, raw: &RawHtml) -> bool {
        let is_line = self.paragraph.is_none() && raw.text.trim().matches('<').count() == 1;
        let is_part = tag.name == "span" && self.paragraph.is_some() || tag.name == "div" && is_line;
        is_part && tag.attributes.len() == 1
    }

    fn open_element(&mut self, tag: &Tag, raw: &RawHtml) {
        if CLOSED.contains(&tag.name.as_str()) {
            let span = self.span(raw.origin(tag.start)..raw.origin(tag.start + 1 + tag.name.len()));
            self.open_elements.push((tag.name.clone(), span, None));
        }
    }

    fn close_element(&mut self, name: &str) {
        let open = self.open_elements.iter().rposition(|(open, ..)| open == name);
        let closed = open.map(|index| self.open_elements.remove(index));
        if let Some((.., Some(anchor))) = closed
            && anchor < self.body.anchors.len()
        {
            self.end_content(anchor);
        }
    }

    /// Reports the elements of raw HTML that are open at the end of the text.
    pub(super) fn check_open_elements(&mut self) {
        for (name, span, _) in std::mem::take(&mut self.open_elements) {
            self.diagnostics.push(catalogue::page::unclosed_element(span, name));
        }
    }

    /// Reports a comment that nothing closes.
    fn check_comment(&mut self, range: &Range<usize>, raw: &RawHtml) {
        let written = &raw.text[range.clone()];
        if written.starts_with("<!--") && !written.ends_with("->") && !written.ends_with("--!>") {
            let span = self.span(raw.origin(range.start)..raw.origin(range.start) + "<!--".len());
            self.diagnostics.push(catalogue::page::unclosed_comment(span));
        }
    }

    /// Reports the first component of MDX or Vue: browsers ignore it.
    fn check_component(&mut self, raw: &RawHtml) {
        let start = raw.text.len() - raw.text.trim_start().len();
        if is_component(&raw.text[start..]) {
            let name =
                raw.text[start + 1..].split(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
            let span = self.span(raw.origin(start)..raw.origin(start) + 1 + name.len());
            self.report_foreign(&COMPONENT_FORM, span, format!("<{name}>"));
        }
    }

    fn read_tag(&mut self, tag: &Tag, raw: &RawHtml, replacements: &mut Vec<Replacement>) {
        for attribute in &tag.attributes {
            let is_name = attribute.name == "name" && tag.name == "a" && tag.value_of("id") != Some(&attribute.value);
            if (is_name || attribute.name == "id") && !attribute.value.is_empty() {
                let span = self.span(raw.origin(attribute.place.start)..raw.origin(attribute.place.end));
                if self.names_part(tag, raw) && attribute.name == "id" {
                    self.name_part(tag, attribute, raw, replacements);
                    continue;
                }
                self.anchor_here(attribute.value.clone(), span, AnchorKind::Element);
            }
            self.read_address(tag, attribute, raw, replacements);
            self.check_attribute(attribute, raw);
        }
        self.check_element(tag, raw);
        if tag.name == "img" && tag.find("alt").is_none() {
            let span = self.span(raw.origin(tag.start)..raw.origin(tag.start + "<img".len()));
            self.diagnostics.push(catalogue::page::missing_alt(span));
        }
    }

    /// Registers the id of a part. A transclusion leaves it out.
    fn name_part(&mut self, tag: &Tag, attribute: &Attribute, raw: &RawHtml, replacements: &mut Vec<Replacement>) {
        let span = self.span(raw.origin(attribute.place.start)..raw.origin(attribute.place.end));
        let anchor = self.anchor_here(attribute.value.clone(), span, AnchorKind::Named);
        if let Some(open) = self.open_elements.last_mut().filter(|_| tag.name == "div") {
            open.2 = Some(anchor);
        }
        let range = with_space(&raw.text, &attribute.whole);
        let hole = Some(HoleKind::Id(raw.text[range.clone()].to_owned()));
        replacements.push(Replacement { range, hole });
    }

    /// Reports scripts and styles in attributes, which the content security policy of the pages blocks.
    fn check_attribute(&mut self, attribute: &Attribute, raw: &RawHtml) {
        let name = &attribute.name;
        let is_event = html::is_event(name);
        if !is_event && name != "style" {
            return;
        }
        let span = self.span(raw.origin(attribute.whole.start)..raw.origin(attribute.whole.end));
        self.diagnostics.push(if is_event {
            catalogue::page::event_attribute(span, name)
        } else {
            catalogue::page::inline_style(span)
        });
    }

    /// Reports elements that the content security policy of the pages blocks.
    fn check_element(&mut self, tag: &Tag, raw: &RawHtml) {
        let span = self.span(raw.origin(tag.start)..raw.origin(tag.start + 1 + tag.name.len()));
        self.diagnostics.push(match (tag.name.as_str(), tag.value_of("src")) {
            ("script", Some(address)) if is_foreign(address) => catalogue::page::foreign_script(span, address),
            ("script", None) if html::is_script(tag) => catalogue::page::inline_script(span),
            ("style", _) => catalogue::page::inline_style(span),
            (name, _) if WITHOUT_EFFECT.contains(&name) => catalogue::page::blocked_element(span, name),
            _ => return,
        });
    }

    fn read_address(&mut self, tag: &Tag, attribute: &Attribute, raw: &RawHtml, replacements: &mut Vec<Replacement>) {
        let place = |range: &Range<usize>| raw.origin(range.start)..raw.origin(range.end);
        let span = self.span(place(&attribute.place));
        let links: Vec<RawLink> = addresses_of(tag, attribute)
            .into_iter()
            .map(|(address, usage)| RawLink::new(&address, span).used_as(usage))
            .collect();
        let Some(link) = links.first().cloned() else { return };
        let name = attribute.name.as_str();
        match (tag.name.as_str(), name) {
            (element, "href") if WITH_HREF.contains(&element) => {
                let hole = Some(HoleKind::Link(link));
                replacements.push(Replacement { range: with_space(&raw.text, &attribute.whole), hole });
            }
            ("script", "src") if is_foreign(&link.written) => replacements.push(hold_attribute(attribute, raw, links)),
            (element, "src") if WITH_SRC.contains(&element) => {
                let hole = Some(HoleKind::Image(link));
                replacements.push(Replacement { range: with_space(&raw.text, &attribute.whole), hole });
            }
            ("video", "poster") | ("object", "data") if is_quoted(attribute) => {
                replacements.push(Replacement { range: attribute.place.clone(), hole: Some(HoleKind::Address(link)) });
            }
            ("img" | "source", "srcset") if is_quoted(attribute) => {
                for candidate in html::srcset_urls(&raw.text[attribute.place.clone()]) {
                    let range = attribute.place.start + candidate.start..attribute.place.start + candidate.end;
                    let written = &raw.text[range.clone()];
                    let span = self.span(place(&range));
                    let link = RawLink::new(written, span).used_as(AddressUse::Image);
                    replacements.push(Replacement { range, hole: Some(HoleKind::Address(link)) });
                }
            }
            _ => replacements.push(hold_attribute(attribute, raw, links)),
        }
    }
}

/// Replaces an attribute by a hole, in which it stands only if its addresses are allowed.
fn hold_attribute(attribute: &Attribute, raw: &RawHtml, links: Vec<RawLink>) -> Replacement {
    let range = with_space(&raw.text, &attribute.whole);
    Replacement { hole: Some(HoleKind::Attribute { text: raw.text[range.clone()].to_owned(), links }), range }
}

/// True for an address of another site. One that runs a script is refused elsewhere.
fn is_foreign(address: &str) -> bool {
    let address = address.trim();
    if scheme_of(address).is_some_and(|scheme| is_active_scheme(&scheme)) {
        return false;
    }
    let before_path = address.split(['/', '?', '#']).next().unwrap_or_default();
    address.starts_with("//") || before_path.contains(':')
}

/// True when the value has quotes, so that an address can be filled in between them.
fn is_quoted(attribute: &Attribute) -> bool {
    attribute.whole.end > attribute.place.end
}

/// A hole writes the space before its attribute.
fn with_space(text: &str, whole: &Range<usize>) -> Range<usize> {
    let has_space = text[..whole.start].ends_with(char::is_whitespace);
    whole.start - usize::from(has_space)..whole.end
}
