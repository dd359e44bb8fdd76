//! Property test of the writer: a written tree is parsed to the same tree.
//!
//! The parser gives HTML with holes, which is read as a tree here.

use proptest::prelude::*;

use super::write_body;
use crate::content::body::{Body, HoleKind};
use crate::content::markdown;
use crate::content::slug::slugify;
use crate::diagnostic::{Diagnostics, Severity};
use crate::html::{self, HtmlToken};
use crate::import::normal::normalize;
use crate::import::tree::{Block, Cell, Directive, DirectiveKind, Inline, Item, List, Style, Table, plain};
use crate::source::Sources;

/// An element with what is in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    fn find(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    fn is(&self, name: &str, class: &str) -> bool {
        self.name == name && self.find("class").unwrap_or_default() == class
    }

    fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    fn text(&self) -> String {
        let text = |node: &Node| match node {
            Node::Element(element) => element.text(),
            Node::Text(text) => text.clone(),
        };
        self.children.iter().map(text).collect()
    }
}

fn decode(text: &str) -> String {
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    signs.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}

/// The HTML of a body; each hole is markup that `read_blocks` knows.
fn fill(body: &Body) -> String {
    let mut html = String::new();
    let mut at = 0;
    let quoted = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    for hole in &body.holes {
        html.push_str(&body.html[at..hole.at]);
        at = hole.at;
        let markup = match &hole.kind {
            HoleKind::Id(attribute) => attribute.clone(),
            HoleKind::Link(link) => format!(" href=\"{}\"", quoted(&link.written)),
            HoleKind::Image(link) => format!(" src=\"{}\"", quoted(&link.written)),
            HoleKind::Include(link) => format!("<include>{}</include>", quoted(&link.written)),
            HoleKind::Code { language, text } => format!("<pre data-language=\"{language}\">{}</pre>", quoted(text)),
            HoleKind::NoteMark(mark) => format!("<mark>{}</mark>", mark.note),
            HoleKind::Placeholder(placeholder) => format!("<placeholder>{}</placeholder>", placeholder.value.written()),
            _ => String::new(),
        };
        html.push_str(&markup);
    }
    html + &body.html[at..]
}

fn parse_html(text: &str) -> Element {
    let mut stack = vec![Element::default()];
    html::read(text, |token| match token {
        HtmlToken::StartTag(tag) => {
            let attributes = tag.attributes.iter().map(|one| (one.name.clone(), one.value.clone())).collect();
            let element = Element { name: tag.name.clone(), attributes, children: Vec::new() };
            if html::VOID_ELEMENTS.contains(&tag.name.as_str()) {
                stack.last_mut().unwrap().children.push(Node::Element(element));
            } else {
                stack.push(element);
            }
        }
        HtmlToken::EndTag(_) if stack.len() > 1 => {
            let element = stack.pop().unwrap();
            stack.last_mut().unwrap().children.push(Node::Element(element));
        }
        HtmlToken::Text(range) => stack.last_mut().unwrap().children.push(Node::Text(decode(&text[range]))),
        _ => {}
    });
    stack.swap_remove(0)
}

/// Footnotes of the page, by number.
type Notes = Vec<Vec<Inline>>;

fn read_blocks(nodes: &[Node], notes: &Notes) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut line: Vec<&Node> = Vec::new();
    for node in nodes {
        let block = match node {
            Node::Element(element) => read_block(element, notes),
            Node::Text(_) => None,
        };
        match block {
            Some(read) => {
                blocks.extend(read_line(&std::mem::take(&mut line), notes));
                blocks.extend(read);
            }
            None => line.push(node),
        }
    }
    blocks.extend(read_line(&line, notes));
    blocks
}

fn read_line(nodes: &[&Node], notes: &Notes) -> Option<Block> {
    let inlines: Vec<Inline> = nodes.iter().flat_map(|node| read_inline(node, notes)).collect();
    let is_blank = inlines.iter().all(|inline| matches!(inline, Inline::Text(text) if text.trim().is_empty()));
    (!is_blank).then_some(Block::Paragraph(inlines))
}

/// `None` for an inline element; an empty list for a frame.
fn read_block(element: &Element, notes: &Notes) -> Option<Vec<Block>> {
    let inside = || read_blocks(&element.children, notes);
    let inlines = |element: &Element| read_inlines(element, notes);
    Some(match element.name.as_str() {
        "p" => vec![Block::Paragraph(inlines(element))],
        "h2" | "h3" | "h4" | "h5" | "h6" => {
            let level = element.name[1..].parse().unwrap();
            vec![Block::Heading { level, id: element.find("id").map(str::to_owned), text: inlines(element) }]
        }
        "ul" | "ol" => {
            let start = (element.name == "ol").then(|| element.find("start").map_or(1, |start| start.parse().unwrap()));
            vec![Block::List(List { start, items: element.elements().map(|item| read_item(item, notes)).collect() })]
        }
        "blockquote" => vec![Block::Quote(inside())],
        "pre" => {
            let text = element.text();
            let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
            vec![Block::Code { language: element.find("data-language").unwrap().to_owned(), text }]
        }
        "hr" => vec![Block::Rule],
        "include" => vec![Block::Include(element.text())],
        "section" if element.is("section", "footnotes") => Vec::new(),
        "div" if element.is("div", "table") => vec![read_table(element.elements().next().unwrap(), notes)],
        "div" if element.is("div", "details-body") => inside(),
        "div" if element.find("id").is_some() && element.find("class").is_none() => {
            vec![Block::Named { id: element.find("id").unwrap().to_owned(), blocks: inside() }]
        }
        "div" | "aside" | "details" | "section" => vec![read_directive(element, notes)],
        _ => return None,
    })
}

fn read_item(item: &Element, notes: &Notes) -> Item {
    let mut boxes = Vec::new();
    collect_boxes(item, &mut boxes);
    let is_done = boxes.first().copied();
    Item { id: written_id(item), is_done, blocks: read_blocks(&item.children, notes) }
}

fn collect_boxes(element: &Element, boxes: &mut Vec<bool>) {
    for inner in element.elements().filter(|inner| !matches!(inner.name.as_str(), "ul" | "ol")) {
        if inner.name == "input" {
            boxes.push(inner.find("checked").is_some());
        }
        collect_boxes(inner, boxes);
    }
}

/// The id of an element, unless the parser made it for the table of contents.
fn written_id(element: &Element) -> Option<String> {
    element.find("id").filter(|id| !id.starts_with("V-")).map(str::to_owned)
}

fn read_table(table: &Element, notes: &Notes) -> Block {
    let row = |row: &Element| -> Vec<Cell> { row.elements().map(|cell| read_inlines(cell, notes)).collect() };
    let parts: Vec<&Element> = table.elements().collect();
    let head = row(parts[0].elements().next().unwrap());
    let rows = parts.get(1).into_iter().flat_map(|body| body.elements()).map(row).collect();
    Block::Table(Table { head, rows })
}

fn read_directive(element: &Element, notes: &Notes) -> Block {
    let class = element.find("class").unwrap_or_default();
    let word = match element.name.as_str() {
        "details" => "details",
        "aside" => element.find("data-kind").unwrap(),
        _ => class,
    };
    let kind = DirectiveKind::ALL.into_iter().find(|kind| kind.name() == word);
    let kind = kind.unwrap_or_else(|| panic!("{element:?}"));
    let mut title = Vec::new();
    let mut rest = Vec::new();
    for node in &element.children {
        match node {
            Node::Element(inner) if inner.name == "summary" => {
                title = read_inlines(inner.elements().next().unwrap(), notes);
            }
            Node::Element(inner) if inner.is("p", "callout-title") || inner.is("p", "tab-title") => {
                title = read_inlines(inner, notes);
            }
            Node::Element(inner) if inner.is("div", "details-body") => {
                rest.extend(read_blocks(&inner.children, notes));
            }
            other => rest.extend(read_blocks(std::slice::from_ref(other), notes)),
        }
    }
    Block::Directive(Directive { kind, title, id: written_id(element), blocks: rest })
}

fn read_inlines(element: &Element, notes: &Notes) -> Vec<Inline> {
    element.children.iter().flat_map(|node| read_inline(node, notes)).collect()
}

fn read_inline(node: &Node, notes: &Notes) -> Vec<Inline> {
    let element = match node {
        Node::Text(text) => return vec![Inline::Text(text.clone())],
        Node::Element(element) => element,
    };
    let inner = || read_inlines(element, notes);
    let styles = [Style::Strong, Style::Emphasis, Style::Deleted, Style::Superscript, Style::Subscript, Style::Small];
    if let Some(style) = styles.into_iter().find(|style| style.element() == element.name) {
        return vec![Inline::Styled(style, inner())];
    }
    match element.name.as_str() {
        "br" => vec![Inline::Break],
        "code" => vec![Inline::Code(element.text())],
        "a" if element.is("a", "anchor") => Vec::new(),
        "a" => vec![Inline::Link { address: element.find("href").unwrap().to_owned(), text: inner() }],
        "img" => vec![Inline::Image {
            address: element.find("src").unwrap().to_owned(),
            alt: element.find("alt").unwrap().to_owned(),
        }],
        "span" => vec![Inline::Anchor(element.find("id").unwrap().to_owned())],
        "mark" => {
            let number: usize = element.text().parse().unwrap();
            vec![Inline::Footnote(notes.get(number - 1).cloned().unwrap_or_default())]
        }
        "input" => Vec::new(),
        other => panic!("<{other}> in {element:?}"),
    }
}

fn read_notes(root: &Element) -> Notes {
    let section = root.elements().find(|element| element.is("section", "footnotes"));
    let list = section.and_then(|section| section.elements().next());
    let note = |item: &Element| read_inlines(item.elements().next().unwrap(), &Notes::new());
    list.into_iter().flat_map(|list| list.elements().map(note)).collect()
}

/// A written tree as the parser reads it, and the errors found.
fn read_back(written: &str) -> (Vec<Block>, Vec<String>) {
    let mut sources = Sources::default();
    let file = sources.add("a.md", written);
    let mut diagnostics = Diagnostics::default();
    let body = markdown::parse(written, 0, file, &mut diagnostics);
    let root = parse_html(&fill(&body));
    let notes = read_notes(&root);
    let errors = diagnostics.iter().filter(|found| found.severity == Severity::Error);
    (read_blocks(&root.children, &notes), errors.map(|found| found.code.as_str().to_owned()).collect())
}

/// A tree as it is compared: an address that is its own text is a text, whichever way it is written, a blank follows
/// each footnote, and a heading has no id that is made of its text.
fn comparable(blocks: Vec<Block>) -> Vec<Block> {
    normalize(compare_blocks(blocks))
}

fn compare_blocks(blocks: Vec<Block>) -> Vec<Block> {
    blocks.into_iter().map(compare_block).collect()
}

fn compare_block(block: Block) -> Block {
    match block {
        Block::Paragraph(inlines) => Block::Paragraph(without_own_links(inlines)),
        Block::Heading { level, id, text } => {
            let text = without_own_links(text);
            let slug = slugify(&plain(&text));
            Block::Heading { level, id: id.filter(|id| !id.starts_with(&slug)), text }
        }
        Block::List(list) => {
            let item = |item: Item| Item { blocks: compare_blocks(item.blocks), ..item };
            Block::List(List { items: list.items.into_iter().map(item).collect(), ..list })
        }
        Block::Quote(blocks) => Block::Quote(compare_blocks(blocks)),
        Block::Named { id, blocks } => Block::Named { id, blocks: compare_blocks(blocks) },
        Block::Directive(directive) => {
            let title = without_own_links(directive.title);
            Block::Directive(Directive { title, blocks: compare_blocks(directive.blocks), ..directive })
        }
        Block::Table(table) => {
            let cells = |row: Vec<Cell>| row.into_iter().map(without_own_links).collect();
            Block::Table(Table { head: cells(table.head), rows: table.rows.into_iter().map(cells).collect() })
        }
        other => other,
    }
}

fn without_own_links(inlines: Vec<Inline>) -> Vec<Inline> {
    let open = |inline: Inline| match inline {
        Inline::Link { address, text } => {
            let shown = plain(&text);
            let is_own = [shown.clone(), format!("http://{shown}"), format!("mailto:{shown}")].contains(&address);
            if is_own { text } else { vec![Inline::Link { address, text: without_own_links(text) }] }
        }
        Inline::Styled(style, inner) => vec![Inline::Styled(style, without_own_links(inner))],
        Inline::Footnote(text) => vec![Inline::Footnote(without_own_links(text)), Inline::text(" ")],
        other => vec![other],
    };
    inlines.into_iter().flat_map(open).collect()
}

fn assert_same(blocks: Vec<Block>) {
    let normal = normalize(blocks);
    assert_eq!(normalize(normal.clone()), normal, "normal form");
    let written = write_body(normal.clone());
    let (read, errors) = read_back(&written);
    assert_eq!(comparable(read), comparable(normal), "{written}");
    assert!(errors.is_empty(), "{errors:?}\n{written}");
}

/// Pieces that look like markup, and plain ones.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Zéã0-9 ]{1,6}",
        3 => r#"[*_`~\[\](){}<>#|\\!&:.;=+\-$^"'@/]{1,4}"#,
        1 => prop::sample::select(vec![
            ":::note", ":::", ":copy[x]", ":kbd[a+b]", "{nome}", "{nome|digits}", "{#id}", "&amp;", "&copy;", "1. ", "- ",
            "> ", "[x] ", "[ ] ", "<b>", "</b>", "<!--", "https://a.example/x_y*z", "a@b.example", "[^1]", "[a](b)", "\t",
            "\u{a0}", "\u{200b}", "---", "***", "\\", "| a |", "## ", "![a](b)", "www.a.example", ": ", "R$ 1.500,00",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat())
}

fn style() -> impl Strategy<Value = Style> {
    prop::sample::select(vec![
        Style::Strong,
        Style::Emphasis,
        Style::Deleted,
        Style::Superscript,
        Style::Subscript,
        Style::Small,
    ])
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    let address = prop::sample::select(vec![
        "a.md",
        "b/c.md#d",
        "https://a.example/?a=1&copy=2",
        "https://a.example/(x)",
        "#passos",
        "a%20b.md",
    ]);
    let leaf = prop_oneof![
        6 => text().prop_map(Inline::Text),
        1 => text().prop_map(Inline::Code),
        1 => Just(Inline::Break),
        1 => (address.clone(), text()).prop_map(|(address, alt)| Inline::Image { address: address.to_owned(), alt }),
        1 => "[a-z]{8}".prop_map(Inline::Anchor),
    ];
    let inline = leaf.prop_recursive(3, 12, 4, move |inner| {
        let inner = prop::collection::vec(inner, 1..4);
        prop_oneof![
            3 => (style(), inner.clone()).prop_map(|(style, inner)| Inline::Styled(style, inner)),
            1 => (address.clone(), inner.clone())
                .prop_map(|(address, text)| Inline::Link { address: address.to_owned(), text }),
            1 => inner.prop_map(Inline::Footnote),
        ]
    });
    prop::collection::vec(inline, 1..5)
}

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let id = || prop::option::of("[a-z]{8}");
    let code = prop::collection::vec(prop_oneof![text(), Just("```".to_owned()), Just(String::new())], 0..4);
    let rows = prop::collection::vec(prop::collection::vec(inlines(), 0..3), 0..3);
    let leaf = prop_oneof![
        5 => inlines().prop_map(Block::Paragraph),
        2 => (2_u8..7, id(), inlines()).prop_map(|(level, id, text)| Block::Heading { level, id, text }),
        1 => ("[a-z]{0,3}", code).prop_map(|(language, lines)| Block::Code { language, text: lines.join("\n") }),
        1 => (prop::collection::vec(inlines(), 0..3), rows).prop_map(|(head, rows)| Block::Table(Table { head, rows })),
        1 => Just(Block::Rule),
        1 => Just(Block::Include("a/b.md#c".to_owned())),
    ];
    let block = leaf.prop_recursive(4, 24, 4, move |inner| {
        let inner = prop::collection::vec(inner, 0..4);
        let item = (prop::option::of("[a-z]{8}"), prop::option::of(any::<bool>()), inner.clone())
            .prop_map(|(id, is_done, blocks)| Item { id, is_done, blocks });
        let list = (prop::option::of(0_u64..12), prop::collection::vec(item, 0..4));
        let kind = prop::sample::select(vec![
            DirectiveKind::Note,
            DirectiveKind::Tip,
            DirectiveKind::Caution,
            DirectiveKind::Details,
        ]);
        prop_oneof![
            2 => list.prop_map(|(start, items)| Block::List(List { start, items })),
            1 => inner.clone().prop_map(Block::Quote),
            1 => ("[a-z]{8}", inner.clone()).prop_map(|(id, blocks)| Block::Named { id, blocks }),
            1 => (kind, inlines(), prop::option::of("[a-z]{8}"), inner).prop_filter_map("a title", |(kind, title, id, blocks)| {
                let directive = Directive { kind, title, id, blocks };
                let is_titled = match normalize(vec![Block::Directive(directive.clone())]).pop() {
                    Some(Block::Directive(directive)) => !plain(&directive.title).trim().is_empty(),
                    _ => false,
                };
                is_titled.then_some(Block::Directive(directive))
            }),
        ]
    });
    prop::collection::vec(block, 1..5)
}

proptest! {
    #[test]
    fn parses_what_is_written_to_the_same_text(inlines in inlines()) {
        assert_same(vec![Block::Paragraph(inlines)]);
    }

    #[test]
    fn parses_what_is_written_to_the_same_tree(blocks in blocks()) {
        assert_same(blocks);
    }
}
