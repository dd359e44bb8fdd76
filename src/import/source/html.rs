//! HTML → the tree of elements that XML gives, with the ends that HTML may omit.

use super::xml::{Element, Node};
use crate::html::{self, HtmlToken, VOID_ELEMENTS};

/// Elements that end an open element of the same kind, up to the nearest element of the second list.
const ENDED_BY_NEXT: [(&[&str], &[&str]); 4] = [
    (&["li"], &["ul", "ol"]),
    (&["td", "th"], &["tr", "table"]),
    (&["tr"], &["table", "tbody", "thead", "tfoot"]),
    (&["dt", "dd"], &["dl"]),
];

/// Elements that are nested deeper lose their tags, and keep their text.
const DEEPEST: usize = 64;

/// Parses a document or a fragment.
pub(super) fn parse(text: &str) -> Vec<Node> {
    let mut open = vec![Element::default()];
    html::read(text, |token| match token {
        HtmlToken::StartTag(tag) => {
            end_previous(&mut open, &tag.name);
            let attributes = tag.attributes.iter().map(|one| (one.name.clone(), one.value.clone())).collect();
            let element = Element { name: tag.name.clone(), attributes, children: Vec::new() };
            if VOID_ELEMENTS.contains(&tag.name.as_str()) {
                push(&mut open, Node::Element(element));
            } else if open.len() <= DEEPEST {
                open.push(element);
            }
        }
        HtmlToken::EndTag(name) => {
            let last = open.iter().skip(1).rposition(|element| element.name == name);
            while last.is_some_and(|last| open.len() > last + 1) {
                close(&mut open);
            }
        }
        HtmlToken::Text(range) => push(&mut open, Node::Text(html::decode(&text[range]).into_owned())),
        HtmlToken::Comment(_) => {}
    });
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().map(|root| root.children).unwrap_or_default()
}

/// Closes what the beginning of an element ends.
fn end_previous(open: &mut Vec<Element>, name: &str) {
    let Some((kinds, bounds)) = ENDED_BY_NEXT.iter().find(|(kinds, _)| kinds.contains(&name)) else { return };
    let inside = open.iter().skip(1).rposition(|element| bounds.contains(&element.name.as_str()));
    let start = inside.map_or(1, |bound| bound + 2);
    let Some(found) = open[start.min(open.len())..].iter().position(|element| kinds.contains(&element.name.as_str()))
    else {
        return;
    };
    while open.len() > start + found {
        close(open);
    }
}

fn close(open: &mut Vec<Element>) {
    if let Some(element) = open.pop() {
        push(open, Node::Element(element));
    }
}

fn push(open: &mut [Element], node: Node) {
    let children = &mut open.last_mut().expect("the root is never closed").children;
    match (children.last_mut(), &node) {
        (Some(Node::Text(before)), Node::Text(text)) => before.push_str(text),
        _ => children.push(node),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::source::xml::text_of;

    fn names(nodes: &[Node]) -> String {
        let name = |node: &Node| match node {
            Node::Element(element) => format!("{}({})", element.name, names(&element.children)),
            Node::Text(text) => text.clone(),
        };
        nodes.iter().map(name).collect()
    }

    #[test]
    fn ends_what_html_leaves_open() {
        assert_eq!(names(&parse("<p>a<br>b<img src=x></p>c &amp; d")), "p(abr()bimg())c & d");
        assert_eq!(names(&parse("<ul><li>a<ul><li>b</ul><li>c</ul>")), "ul(li(aul(li(b)))li(c))");
        assert_eq!(names(&parse("<table><tr><td>a<td>b<tr><th>c</table>")), "table(tr(td(a)td(b))tr(th(c)))");
        assert_eq!(names(&parse("</p><b>a</i>")), "b(a)");
        assert_eq!(text_of(&parse(&"<b>x".repeat(500))), "x".repeat(500));
    }
}
