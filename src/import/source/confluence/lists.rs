//! Lists, tasks and steps.

use super::reader::{Piece, Reader, blocks_of};
use crate::import::source::xml::{Element, Node};
use crate::import::tree::{Block, Directive, DirectiveKind, Item, List, plain};

/// A sentence has at least this many words.
const WORDS_OF_SENTENCE: usize = 4;

impl Reader<'_> {
    /// Reads a list. A numbered one of sentences, outside other lists and cells, is a procedure.
    pub(super) fn read_list(&mut self, element: &Element) -> Vec<Piece> {
        self.lists += 1;
        let mut items: Vec<Item> = Vec::new();
        for node in &element.children {
            match node {
                Node::Element(item) if item.name == "li" => self.add_item(item, &mut items),
                Node::Text(text) if text.trim().is_empty() => {}
                other => {
                    let mut blocks = self.read_blocks(std::slice::from_ref(other));
                    match items.last_mut() {
                        Some(last) => last.blocks.append(&mut blocks),
                        None => items.push(Item { blocks, ..Item::default() }),
                    }
                }
            }
        }
        self.lists -= 1;
        let start = element.find("start").and_then(|start| start.parse().ok()).unwrap_or(1);
        let list = List { start: (element.name == "ol").then_some(start), items };
        let is_procedure = list.start.is_some() && self.lists == 0 && self.cells == 0 && has_sentences(&list);
        vec![Piece::Block(if is_procedure { steps(list) } else { Block::List(list) })]
    }

    /// An item with only a list belongs to the item before it.
    fn add_item(&mut self, element: &Element, items: &mut Vec<Item>) {
        let mut blocks = blocks_of(self.read_pieces(&element.children));
        match (blocks.as_slice(), items.last_mut()) {
            ([Block::List(_)], Some(last)) => last.blocks.append(&mut blocks),
            _ => items.push(Item { blocks, ..Item::default() }),
        }
    }

    /// Reads a list of tasks.
    pub(super) fn read_tasks(&mut self, element: &Element) -> Block {
        self.lists += 1;
        let mut items: Vec<Item> = Vec::new();
        for task in element.elements() {
            if task.name == "ac:task" {
                let is_done = task.child("ac:task-status").is_some_and(|status| status.text().trim() == "complete");
                let body = task.child("ac:task-body").map(|body| self.read_blocks(&body.children));
                items.push(Item { is_done: Some(is_done), blocks: body.unwrap_or_default(), id: None });
            } else {
                let blocks = self.read_blocks(&task.children);
                items.push(Item { blocks, ..Item::default() });
            }
        }
        self.lists -= 1;
        Block::List(List { start: None, items })
    }
}

/// True for a list that has tasks directly in it.
pub(super) fn is_task_list(element: &Element) -> bool {
    element.elements().any(|task| task.name == "ac:task")
}

/// A list as a procedure.
pub(super) fn steps(list: List) -> Block {
    Block::Directive(Directive::new(DirectiveKind::Steps, Vec::new(), vec![Block::List(list)]))
}

fn has_sentences(list: &List) -> bool {
    let is_sentence = |item: &&Item| match item.blocks.as_slice() {
        [Block::Paragraph(text)] => plain(text).split_whitespace().count() >= WORDS_OF_SENTENCE,
        [] => false,
        _ => true,
    };
    list.items.len() > 1 && list.items.iter().filter(is_sentence).count() * 2 >= list.items.len()
}
