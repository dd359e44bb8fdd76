//! Shape of the items beside a new one: lines or brackets, and indentation, at each key.

use std::collections::BTreeMap;

use super::layout::{Layout, Lines, Style};
use super::scalar::{Place, write_block, write_scalar};
use super::value::Tree;
use crate::yaml::{Node, Value};

/// How values of a kind are written.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    /// In brackets; `None` if no sibling has a list or map here.
    is_flow: Option<bool>,
    /// Columns from a key to the dashes of the list below it.
    dash: Option<usize>,
    keys: BTreeMap<String, Shape>,
    items: Option<Box<Shape>>,
}

impl Shape {
    /// Adds the shape of a value that begins after `from`. The first value decides.
    pub(super) fn add(&mut self, node: &Node, text: Lines<'_>, from: usize, column: usize) {
        let Some(layout) = Layout::of(node, text, from) else { return };
        if !layout.slots.is_empty() {
            self.is_flow.get_or_insert(layout.is_flow());
        }
        match &node.value {
            Value::Map(entries) => {
                for entry in entries {
                    let Some(after) = text.after_colon(entry.key.span.range().end) else { continue };
                    let column = text.column_of(entry.key.span.range().start);
                    self.keys.entry(entry.key.value.clone()).or_default().add(&entry.value, text, after, column);
                    self.items.get_or_insert_default().add(&entry.value, text, after, column);
                }
            }
            Value::List(items) => {
                if let Style::Block { column: dashes } = layout.style {
                    self.dash.get_or_insert(dashes.saturating_sub(column));
                }
                let shape = self.items.get_or_insert_default();
                for (item, slot) in items.iter().zip(&layout.slots) {
                    let start = text.skip_blank(slot.start);
                    let from = if layout.is_flow() { start } else { text.after_dash(start) };
                    shape.add(item, text, from, text.column_of(from));
                }
            }
            Value::Null | Value::Scalar { .. } => {}
        }
    }

    fn key(&self, key: &str) -> &Self {
        self.keys.get(key).unwrap_or(&NONE)
    }

    pub(super) fn items_or_default(&self) -> &Self {
        self.items.as_deref().unwrap_or(&NONE)
    }

    /// The shape of a key in the values of a map, or in the items of a list.
    pub(super) fn find_in_items(&self, key: &str) -> Option<&Self> {
        let mut inside = self.items.as_deref().into_iter().chain(self.keys.values());
        inside.find_map(|shape| shape.keys.get(key))
    }
}

static NONE: Shape = Shape { is_flow: None, dash: None, keys: BTreeMap::new(), items: None };

/// Writes values in the shape of their siblings.
pub(super) struct ValueWriter {
    pub(super) line_break: &'static str,
}

impl ValueWriter {
    /// A key with its value, at a column. Lines after the first have their indentation.
    pub(super) fn entry(&self, key: &str, value: &Tree, shape: &Shape, column: usize) -> String {
        let key = write_scalar(key, Place::Key, None);
        match value {
            Tree::Null => format!("{key}:"),
            Tree::List(items) if is_lines(value, shape) => {
                let dashes = column + shape.dash.unwrap_or(2);
                let line = |item| {
                    format!("{}{:dashes$}{}", self.line_break, "", self.item(item, shape.items_or_default(), dashes))
                };
                format!("{key}:{}", items.iter().map(line).collect::<String>())
            }
            Tree::Map(entries) if is_lines(value, shape) => {
                let inner = column + 2;
                let line = |(name, value): &(String, Tree)| {
                    let entry = self.entry(name, value, shape.key(name), inner);
                    format!("{}{:inner$}{entry}", self.line_break, "")
                };
                format!("{key}:{}", entries.iter().map(line).collect::<String>())
            }
            value => format!("{key}: {}", self.value(value, column + 2)),
        }
    }

    /// An item with its dash, at the column of the dash.
    pub(super) fn item(&self, value: &Tree, shape: &Shape, column: usize) -> String {
        match value {
            Tree::Map(entries) if is_lines(value, shape) => {
                let inner = column + 2;
                let entry = |(name, value): &(String, Tree)| self.entry(name, value, shape.key(name), inner);
                let lines: Vec<_> = entries.iter().map(entry).collect();
                format!("- {}", lines.join(&format!("{}{:inner$}", self.line_break, "")))
            }
            value => format!("- {}", self.value(value, column + 2)),
        }
    }

    /// A value beside its key or dash.
    pub(super) fn value(&self, value: &Tree, indent: usize) -> String {
        match value {
            Tree::Text(text) => match write_block(text, indent) {
                Some(block) => block.replace('\n', self.line_break),
                None => write_scalar(text, Place::Block, None),
            },
            value => write_flow(value),
        }
    }
}

/// A value in brackets, or a scalar of one line.
pub(super) fn write_flow(value: &Tree) -> String {
    match value {
        Tree::Null => "null".to_owned(),
        Tree::Constant(text) => text.clone(),
        Tree::Text(text) => write_scalar(text, Place::Flow, None),
        Tree::List(items) => {
            let items: Vec<_> = items.iter().map(write_flow).collect();
            format!("[{}]", items.join(", "))
        }
        Tree::Map(entries) if entries.is_empty() => "{}".to_owned(),
        Tree::Map(entries) => {
            let entry = |(key, value): &(String, Tree)| {
                format!("{}: {}", write_scalar(key, Place::Key, None), write_flow(value))
            };
            format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

/// True for a list or map that is written in lines. Without a sibling, lists of scalars are written in brackets.
fn is_lines(value: &Tree, shape: &Shape) -> bool {
    match value {
        Tree::List(items) if items.is_empty() => false,
        Tree::Map(entries) if entries.is_empty() => false,
        Tree::List(items) => {
            let has_parts = items.iter().any(|item| matches!(item, Tree::List(_) | Tree::Map(_)));
            !shape.is_flow.unwrap_or(!has_parts)
        }
        _ => !shape.is_flow.unwrap_or(false),
    }
}
