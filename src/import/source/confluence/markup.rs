//! HTML that Confluence and Zendesk Guide made → the elements of the storage format that mean the same.
//!
//! Macros are recognised by their classes. Every other element stays.

use super::export::Export;
use crate::import::source::xml::{Element, Node, text_of};
use crate::url::{Parts, decode};

/// Classes of callouts, and the macro of each.
const CALLOUTS: [(&str, &str); 5] = [
    ("confluence-information-macro-warning", "warning"),
    ("confluence-information-macro-note", "note"),
    ("confluence-information-macro-tip", "tip"),
    ("confluence-information-macro-information", "info"),
    ("callout", "info"),
];

/// Classes of what is not part of the text: icons, and lists that the server made.
const DROPPED: [&str; 4] = ["aui-icon", "expand-control-icon", "toc-macro", "table-filter"];

/// What the links of a page can mean.
pub(in crate::import::source) struct Links<'a> {
    pub(in crate::import::source) export: &'a Export,
    /// The id of the page that an address leads to.
    pub(in crate::import::source) page_of: &'a dyn Fn(&str) -> Option<String>,
    /// The name of the file that an address leads to.
    pub(in crate::import::source) file_of: &'a dyn Fn(&str) -> Option<String>,
}

impl Links<'_> {
    /// The nodes in the elements of the storage format.
    pub(in crate::import::source) fn to_storage(&self, nodes: &[Node]) -> Vec<Node> {
        nodes.iter().filter_map(|node| self.node(node)).collect()
    }

    fn node(&self, node: &Node) -> Option<Node> {
        let Node::Element(element) = node else { return Some(node.clone()) };
        let has = |class: &str| has_class(element, class);
        if DROPPED.into_iter().any(has) {
            return None;
        }
        let callout = CALLOUTS.iter().find(|(class, _)| has(class));
        Some(Node::Element(if let Some((_, name)) = callout {
            self.callout(name, element)
        } else if has("expand-container") || has("accordion__item") {
            let title = find_class(element, "expand-control-text").or(find_class(element, "accordion__item-title"));
            let body = find_class(element, "expand-content").or(find_class(element, "accordion__item-content"));
            self.titled_macro("expand", title, body)
        } else if has("code") && has("panel") {
            code_macro(element)
        } else if has("panel") {
            self.titled_macro("panel", find_class(element, "panelHeader"), find_class(element, "panelContent"))
        } else if has("status-macro") {
            macro_of("status", vec![parameter("title", element.text())])
        } else if has("inline-task-list") {
            self.task_list(element)
        } else {
            match element.name.as_str() {
                "img" => self.image(element),
                "a" => self.link(element),
                _ => self.copy(element),
            }
        }))
    }

    fn copy(&self, element: &Element) -> Element {
        Element { children: self.to_storage(&element.children), ..element.clone() }
    }

    fn callout(&self, name: &str, element: &Element) -> Element {
        let title = element.elements().find(|child| has_class(child, "title"));
        let body = find_class(element, "confluence-information-macro-body");
        match body {
            Some(body) => self.titled_macro(name, title, Some(body)),
            None => macro_of(name, vec![body_of(self.to_storage(&element.children))]),
        }
    }

    fn titled_macro(&self, name: &str, title: Option<&Element>, body: Option<&Element>) -> Element {
        let title = title.map(|title| parameter("title", title.text().trim().to_owned()));
        let body = body.map(|body| body_of(self.to_storage(&body.children)));
        macro_of(name, title.into_iter().chain(body).collect())
    }

    fn task_list(&self, list: &Element) -> Element {
        let task = |item: &Element| {
            let status = if has_class(item, "checked") { "complete" } else { "incomplete" };
            let status = of("ac:task-status", vec![Node::Text(status.to_owned())]);
            let body = of("ac:task-body", self.to_storage(&item.children));
            Node::Element(of("ac:task", vec![Node::Element(status), Node::Element(body)]))
        };
        of("ac:task-list", list.elements().map(task).collect())
    }

    fn image(&self, image: &Element) -> Element {
        if has_class(image, "emoticon") {
            let name = image.find("data-emoticon-name").or_else(|| image.find("alt")).unwrap_or_default();
            return with("ac:emoticon", &[("ac:name", name.trim_matches(['(', ')']))], Vec::new());
        }
        let source = image.find("src").unwrap_or_default();
        let named = image.find("data-linked-resource-default-alias").map(str::to_owned);
        let Some(name) = (self.file_of)(source).or(named) else { return image.clone() };
        let file = Node::Element(with("ri:attachment", &[("ri:filename", &name)], Vec::new()));
        let mut shown = of("ac:image", vec![file]);
        shown.attributes.extend(image.find("alt").map(|alt| ("ac:alt".to_owned(), alt.to_owned())));
        shown
    }

    fn link(&self, link: &Element) -> Element {
        let href = link.find("href").unwrap_or_default();
        let anchor = Parts::of(href).fragment.trim_start_matches('#').to_owned();
        let target = if let Some(name) = (self.file_of)(href) {
            Some(with("ri:attachment", &[("ri:filename", &name)], Vec::new()))
        } else {
            let page = (self.page_of)(href).filter(|id| self.export.pages.iter().any(|page| page.id == *id));
            page.map(|id| with("ri:content-entity", &[("ri:content-id", &id)], Vec::new()))
        };
        let Some(target) = target else {
            // Mentions of people lead nowhere.
            let name = if href == "#" { "span" } else { "a" };
            return Element { name: name.to_owned(), ..self.copy(link) };
        };
        let body = of("ac:link-body", self.to_storage(&link.children));
        let mut element = of("ac:link", vec![Node::Element(target), Node::Element(body)]);
        if !anchor.is_empty() {
            element.attributes.push(("ac:anchor".to_owned(), decode(&anchor)));
        }
        element
    }
}

/// A macro of code, with the title above it and the language of its colours.
fn code_macro(element: &Element) -> Element {
    let title = find_class(element, "codeHeader").map(|title| parameter("title", title.text().trim().to_owned()));
    let code = find_element(&element.children, &|found| found.name == "pre");
    let brush = code.and_then(|code| code.find("data-syntaxhighlighter-params"));
    let brush = brush.and_then(|brush| brush.split(';').find_map(|part| part.trim().strip_prefix("brush:")));
    let language = brush.map(|language| parameter("language", language.trim().to_owned()));
    let text = of("ac:plain-text-body", vec![Node::Text(code.map(Element::text).unwrap_or_default())]);
    macro_of("code", title.into_iter().chain(language).chain([Node::Element(text)]).collect())
}

/// True for an element with a class.
pub(in crate::import::source) fn has_class(element: &Element, class: &str) -> bool {
    element.find("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|own| own == class))
}

/// Finds the first element of a class inside another.
fn find_class<'e>(element: &'e Element, class: &str) -> Option<&'e Element> {
    find_element(&element.children, &|found| has_class(found, class))
}

/// Finds the first element, outer ones first.
pub(in crate::import::source) fn find_element<'n>(
    nodes: &'n [Node],
    is_found: &dyn Fn(&Element) -> bool,
) -> Option<&'n Element> {
    nodes.iter().find_map(|node| match node {
        Node::Element(element) if is_found(element) => Some(element),
        Node::Element(element) => find_element(&element.children, is_found),
        Node::Text(_) => None,
    })
}

fn macro_of(name: &str, children: Vec<Node>) -> Element {
    with("ac:structured-macro", &[("ac:name", name)], children)
}

fn parameter(name: &str, text: String) -> Node {
    Node::Element(with("ac:parameter", &[("ac:name", name)], vec![Node::Text(text)]))
}

fn body_of(children: Vec<Node>) -> Node {
    Node::Element(of("ac:rich-text-body", children))
}

/// A heading with the anchor that links name.
pub(in crate::import::source) fn with_anchor(heading: &Element, id: &str) -> Element {
    let anchor = Node::Element(macro_of("anchor", vec![parameter("", id.to_owned())]));
    let children = std::iter::once(anchor).chain(heading.children.iter().cloned()).collect();
    Element { children, ..heading.clone() }
}

fn of(name: &str, children: Vec<Node>) -> Element {
    with(name, &[], children)
}

fn with(name: &str, attributes: &[(&str, &str)], children: Vec<Node>) -> Element {
    let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Element { name: name.to_owned(), attributes, children }
}

/// The text of nodes on one line.
pub(in crate::import::source) fn line_of(nodes: &[Node]) -> String {
    text_of(nodes).split_whitespace().collect::<Vec<_>>().join(" ")
}
