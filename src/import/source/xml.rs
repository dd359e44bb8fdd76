//! XML with the entity names of HTML → a tree of elements. Mistakes of nesting are mended, and nothing is expanded.

use quick_xml::escape::{resolve_html5_entity, unescape_with};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

/// Elements that are nested deeper lose their tags, and keep their text.
const DEEPEST: usize = 64;

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

/// An element, with its names as written: `ac:link`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
}

impl Element {
    /// Finds the value of an attribute.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The elements directly in it.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Finds the first element of a name directly in it.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// Its text, with that of all elements in it.
    pub(crate) fn text(&self) -> String {
        text_of(&self.children)
    }
}

/// The text of nodes.
pub(crate) fn text_of(nodes: &[Node]) -> String {
    let text = |node: &Node| match node {
        Node::Element(element) => element.text(),
        Node::Text(text) => text.clone(),
    };
    nodes.iter().map(text).collect()
}

/// Calls `visit` for every element, outer ones first.
pub(crate) fn visit(nodes: &[Node], visitor: &mut dyn FnMut(&Element)) {
    for node in nodes {
        if let Node::Element(element) = node {
            visitor(element);
            visit(&element.children, visitor);
        }
    }
}

/// A parsed document, and whether it was well-formed.
pub(crate) struct Parsed {
    pub(crate) nodes: Vec<Node>,
    pub(crate) is_well_formed: bool,
}

/// Mistakes of syntax that are mended; what follows more of them is text.
const MOST_MISTAKES: usize = 200;

/// Parses a fragment. What cannot be read is text.
pub(crate) fn parse(text: &str) -> Parsed {
    let mut builder = Builder { stack: vec![Element::default()], too_deep: 0, is_well_formed: true };
    let mut rest = text;
    for _ in 0..MOST_MISTAKES {
        let Some(at) = read_events(rest, &mut builder) else { return builder.finish() };
        builder.is_well_formed = false;
        let sign = rest[at..].chars().next().map_or(0, char::len_utf8);
        builder.text(&rest[at..at + sign]);
        rest = &rest[at + sign..];
    }
    builder.text(rest);
    builder.finish()
}

/// Reads up to the end, or to the place of a mistake.
fn read_events(text: &str, builder: &mut Builder) -> Option<usize> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return None,
            Ok(event) => builder.add(event),
            Err(_) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(text.len());
                return text.is_char_boundary(at).then_some(at);
            }
        }
    }
}

struct Builder {
    /// The open elements; the first is the root.
    stack: Vec<Element>,
    /// Open elements that are too deep to keep.
    too_deep: usize,
    is_well_formed: bool,
}

impl Builder {
    fn add(&mut self, event: Event<'_>) {
        match event {
            Event::Start(start) if self.stack.len() > DEEPEST => {
                drop(start);
                self.too_deep += 1;
            }
            Event::Start(start) => self.stack.push(element_of(&start)),
            Event::Empty(start) => {
                let element = element_of(&start);
                self.push(Node::Element(element));
            }
            Event::End(_) if self.too_deep > 0 => self.too_deep -= 1,
            Event::End(end) => self.close(end.name().as_ref()),
            Event::Text(text) => self.text(&text),
            Event::CData(text) => self.text(&text),
            Event::GeneralRef(reference) => {
                let text = resolve(&reference);
                self.text(&text);
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Eof => {}
        }
    }

    fn close(&mut self, name: &str) {
        let Some(open) = self.stack.iter().skip(1).rposition(|element| element.name == name) else {
            self.is_well_formed = false;
            return;
        };
        self.is_well_formed &= open + 2 == self.stack.len();
        while self.stack.len() > open + 1 {
            self.close_last();
        }
    }

    fn close_last(&mut self) {
        if let Some(element) = self.stack.pop() {
            self.push(Node::Element(element));
        }
    }

    fn push(&mut self, node: Node) {
        self.stack.last_mut().expect("the root is never closed").children.push(node);
    }

    fn text(&mut self, text: &str) {
        let last = self.stack.last_mut().expect("the root is never closed");
        match last.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => last.children.push(Node::Text(text.to_owned())),
        }
    }

    fn finish(mut self) -> Parsed {
        self.is_well_formed &= self.stack.len() == 1;
        while self.stack.len() > 1 {
            self.close_last();
        }
        let root = self.stack.pop().unwrap_or_default();
        Parsed { nodes: root.children, is_well_formed: self.is_well_formed }
    }
}

fn element_of(start: &BytesStart<'_>) -> Element {
    let mut attributes = start.html_attributes();
    let attributes = attributes.with_checks(false).flatten().map(|attribute| {
        let value = unescape_with(&attribute.value, resolve_html5_entity);
        let value = value.map_or_else(|_| attribute.value.clone().into_owned(), std::borrow::Cow::into_owned);
        (attribute.key.as_ref().to_owned(), value)
    });
    let attributes = attributes.collect();
    Element { name: start.name().as_ref().to_owned(), attributes, children: Vec::new() }
}

/// The text of a reference; an unknown name stays as written.
fn resolve(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let name: &str = reference;
    resolve_html5_entity(name).map_or_else(|| format!("&{name};"), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_entities_cdata_and_empty_elements() {
        let parsed =
            parse("<p>a&nbsp;&ccedil;&#128640;<ri:page ri:content-title=\"A &amp; B\" />b</p><x><![CDATA[a<b]]></x>");
        assert!(parsed.is_well_formed);
        let Node::Element(p) = &parsed.nodes[0] else { panic!("{:?}", parsed.nodes) };
        assert_eq!(p.text(), "a\u{a0}ç🚀b");
        assert_eq!(p.child("ri:page").unwrap().find("ri:content-title"), Some("A & B"));
        assert_eq!(text_of(&parsed.nodes[1..]), "a<b");
    }

    #[test]
    fn mends_nesting_and_keeps_unknown_entities() {
        let parsed = parse("<p>a <b>b</p> c & d &nada; </i> < e");
        assert!(!parsed.is_well_formed);
        assert_eq!(text_of(&parsed.nodes).replace(' ', ""), "abc&d&nada;<e");
    }

    #[test]
    fn flattens_what_is_nested_too_deep() {
        let text = format!("{}x{}", "<b>".repeat(5_000), "</b>".repeat(5_000));
        assert_eq!(text_of(&parse(&text).nodes), "x");
    }
}
