//! Edits of YAML as splices, with the oracle.

use std::ops::Range;

use super::layout::{Layout, Lines, Style};
use super::scalar::{Place, write_scalar};
use super::shape::{Shape, ValueWriter, write_flow};
use super::value::Tree;
use super::{Edit, Edited, Refused, Step, apply_if, line_break_of, rotate};
use crate::content::front_matter::{body_start, find_yaml};
use crate::source::Sources;
use crate::splice::Splice;
use crate::yaml::{Node, Value, is_blank, parse_exact};

/// Applies an edit to a YAML text.
pub fn edit_yaml(text: &str, edit: &Edit) -> Result<Edited, Refused> {
    let root = parse(text).ok_or(Refused::Unreadable)?;
    let mut meant = Tree::of(&root);
    meant.apply(edit).ok_or(Refused::NoPlace)?;
    let editor = Editor { text: Lines(text), writer: ValueWriter { line_break: line_break_of(text) }, root: &root };
    let splices = editor.splices(edit).ok_or(Refused::UnknownForm)?;
    apply_if(text, splices, |after| parse(after).is_some_and(|root| Tree::of(&root) == meant))
}

/// Applies an edit to the front matter of a page. A page without front matter gets one with a new key.
pub fn edit_front_matter(text: &str, edit: &Edit) -> Result<Edited, Refused> {
    let line_break = line_break_of(text);
    let Some(range) = find_yaml(text) else {
        let Edit::AddKey { to, key, value, .. } = edit else { return Err(Refused::NoPlace) };
        let writer = ValueWriter { line_break };
        let entry = writer.entry(key, value, &Shape::default(), 0);
        let block = format!("---{line_break}{entry}{line_break}---{line_break}{line_break}");
        let splices = vec![Splice::insert(0, block)];
        return apply_if(text, splices, |after| to.is_empty() && find_yaml(after).is_some());
    };
    let yaml = &text[range.clone()];
    if let Edit::Remove { at } = edit
        && matches!(parse(yaml).as_ref().map(Tree::of), Some(Tree::Map(entries)) if entries.len() == 1)
        && at.len() == 1
    {
        return remove_front_matter(text);
    }
    let edited = match edit {
        Edit::AddKey { to, key, value, .. } if to.is_empty() && is_blank(yaml) => {
            let entry = ValueWriter { line_break }.entry(key, value, &Shape::default(), 0);
            let splices = vec![Splice::insert(yaml.len(), entry + line_break)];
            apply_if(yaml, splices, |after| parse(after).is_some())?
        }
        edit => edit_yaml(yaml, edit)?,
    };
    let moved = |splice: Splice| Splice::new(splice.start + range.start..splice.end + range.start, splice.text);
    let splices = edited.splices.into_iter().map(moved).collect();
    let length = edited.text.len();
    apply_if(text, splices, |after| find_yaml(after).is_some_and(|yaml| yaml.len() == length))
}

/// Removes front matter whose only key is removed, with the blank line after it.
fn remove_front_matter(text: &str) -> Result<Edited, Refused> {
    let body = body_start(text);
    let blank = text[body..].split_inclusive('\n').next().filter(|line| line.trim().is_empty()).map_or(0, str::len);
    let splices = vec![Splice::remove(0..body + blank)];
    apply_if(text, splices, |after| find_yaml(after).is_none())
}

fn parse(text: &str) -> Option<Node> {
    parse_exact(text, Sources::default().add("", ""), 0)
}

/// A value in its text.
#[derive(Clone, Copy)]
struct Found<'n> {
    node: &'n Node,
    /// Where the text of the value can begin.
    from: usize,
    /// The column of its key or dash.
    column: usize,
    is_in_flow: bool,
}

struct Editor<'a> {
    text: Lines<'a>,
    writer: ValueWriter,
    root: &'a Node,
}

impl<'a> Editor<'a> {
    fn splices(&self, edit: &Edit) -> Option<Vec<Splice>> {
        match edit {
            Edit::Set { at, value } => self.set(at, value),
            Edit::Insert { into, index, value } => {
                let list = self.find(into)?;
                let layout = self.layout_of(list);
                let shape = self.shape_of(list);
                match layout {
                    Some(Layout { style: Style::Block { column }, .. }) => {
                        let item = self.writer.item(value, shape.items_or_default(), column);
                        self.insert(&layout?, *index, &item)
                    }
                    layout => self.insert(&layout?, *index, &write_flow(value)),
                }
            }
            Edit::AddKey { to, index, key, value } => {
                let map = self.find(to)?;
                let layout = self.layout_of(map)?;
                let entry = match layout.style {
                    Style::Block { column } => {
                        self.writer.entry(key, value, &self.shape_of_key(to, key, value), column)
                    }
                    Style::Flow { .. } => {
                        format!("{}: {}", write_scalar(key, Place::Key, None), write_flow(value))
                    }
                };
                self.insert(&layout, *index, &entry)
            }
            Edit::Move { of, from, to } => self.move_item(&self.layout_of(self.find(of)?)?, *from, *to),
            Edit::Remove { at } => {
                let (last, parent) = at.split_last()?;
                let parent = self.find(parent)?;
                let index = index_of(parent.node, last)?;
                self.remove(parent, &self.layout_of(parent)?, index)
            }
            Edit::Rename { at, to } => {
                let (Step::Key(key), parent) = at.split_last()? else { return None };
                let Value::Map(entries) = &self.find(parent)?.node.value else { return None };
                let range = entries.iter().find(|entry| entry.key.value == *key)?.key.span.range();
                let quote = self.quote_of(&range);
                Some(vec![Splice::new(range, write_scalar(to, Place::Key, quote))])
            }
        }
    }

    fn layout_of(&self, found: Found<'_>) -> Option<Layout> {
        Layout::of(found.node, self.text, found.from)
    }

    /// Finds a value with its place.
    fn find(&self, path: &[Step]) -> Option<Found<'a>> {
        let mut found = Found { node: self.root, from: 0, column: 0, is_in_flow: false };
        for step in path {
            let layout = self.layout_of(found)?;
            let index = index_of(found.node, step)?;
            let is_in_flow = layout.is_flow();
            found = match &found.node.value {
                Value::Map(entries) => {
                    let key = entries[index].key.span.range();
                    let from = self.text.after_colon(key.end)?;
                    Found { node: &entries[index].value, from, column: self.text.column_of(key.start), is_in_flow }
                }
                Value::List(items) => {
                    let slot = self.text.skip_blank(layout.slots[index].start);
                    let from = if is_in_flow { slot } else { self.text.after_dash(slot) };
                    Found { node: &items[index], from, column: self.text.column_of(slot), is_in_flow }
                }
                Value::Null | Value::Scalar { .. } => return None,
            };
        }
        Some(found)
    }

    fn shape_of(&self, found: Found<'_>) -> Shape {
        let mut shape = Shape::default();
        shape.add(found.node, self.text, found.from, found.column);
        shape
    }

    /// The shape of a new key: as the maps beside this one have it, else that of the values beside it if it is a map.
    fn shape_of_key(&self, map: &[Step], key: &str, value: &Tree) -> Shape {
        let beside = map.split_last().and_then(|(_, parent)| self.find(parent)).map(|parent| self.shape_of(parent));
        if let Some(of_key) = beside.as_ref().and_then(|beside| beside.find_in_items(key)) {
            return of_key.clone();
        }
        let own = self.find(map).filter(|_| matches!(value, Tree::Map(_))).map(|found| self.shape_of(found));
        own.map(|shape| shape.items_or_default().clone()).unwrap_or_default()
    }

    fn quote_of(&self, range: &Range<usize>) -> Option<char> {
        self.text.0[range.clone()].chars().next().filter(|c| matches!(c, '\'' | '"'))
    }

    /// The range of a scalar, from the sign of a block.
    fn written(&self, found: Found<'_>) -> Option<Range<usize>> {
        let start = found.node.span.range().start;
        let sign = self.text.skip_blank(found.from);
        let is_block = sign < start && self.text.0[sign..].starts_with(['|', '>']);
        Some(if is_block { sign } else { start }..self.text.end_of(found.node, found.from)?)
    }

    fn set(&self, at: &[Step], value: &Tree) -> Option<Vec<Splice>> {
        let found = self.find(at)?;
        let written = match value {
            value if found.is_in_flow => write_flow(value),
            value => self.writer.value(value, found.column + 2),
        };
        let range = found.node.span.range();
        Some(vec![match &found.node.value {
            Value::Scalar { .. } => {
                let range = self.written(found)?;
                let place = if found.is_in_flow { Place::Flow } else { Place::Block };
                let written = match value {
                    Tree::Text(text) if !text.contains('\n') => write_scalar(text, place, self.quote_of(&range)),
                    _ => written,
                };
                Splice::new(range, written)
            }
            Value::Null if range.is_empty() || range.start < found.from => {
                let gap = if self.text.0[..found.from].ends_with(' ') { "" } else { " " };
                Splice::insert(found.from, format!("{gap}{written}"))
            }
            Value::Null => Splice::new(range, written),
            Value::List(_) | Value::Map(_) if at.is_empty() => return None,
            Value::List(_) | Value::Map(_) => {
                let end = self.text.end_of(found.node, found.from)?;
                Splice::new(found.from..end, format!(" {written}"))
            }
        }])
    }

    fn insert(&self, layout: &Layout, index: usize, item: &str) -> Option<Vec<Splice>> {
        let slots = &layout.slots;
        let gap = self.gap_of(layout);
        if let Style::Flow { open, close } = layout.style
            && slots.is_empty()
        {
            let is_map = self.text.0[open..].starts_with('{');
            let item = if is_map { format!(" {item} ") } else { item.to_owned() };
            return Some(vec![Splice::new(open + 1..close, item)]);
        }
        Some(vec![match slots.get(index) {
            Some(next) => Splice::insert(next.start, format!("{item}{gap}")),
            None => Splice::insert(slots.last()?.end, format!("{gap}{item}")),
        }])
    }

    /// What stands between two items: that of the last two, if it is only blank.
    fn gap_of(&self, layout: &Layout) -> String {
        let last = layout.slots.windows(2).last().map(|pair| &self.text.0[pair[0].end..pair[1].start]);
        let is_gap = |gap: &&str| match layout.style {
            Style::Flow { .. } => gap.trim() == "," && gap.starts_with(','),
            Style::Block { .. } => gap.trim().is_empty() && gap.contains('\n'),
        };
        match (last.filter(is_gap), &layout.style) {
            (Some(gap), _) => gap.to_owned(),
            (None, Style::Flow { .. }) => ", ".to_owned(),
            (None, Style::Block { column }) => format!("{}{:column$}", self.writer.line_break, ""),
        }
    }

    /// Exchanges the texts of the items between two indices. What stands between the items stays.
    fn move_item(&self, layout: &Layout, from: usize, to: usize) -> Option<Vec<Splice>> {
        let slots = layout.slots.get(from.min(to)..=from.max(to))?;
        let mut texts: Vec<&str> = slots.iter().map(|slot| &self.text.0[slot.clone()]).collect();
        rotate(&mut texts, from < to);
        let splices = slots.iter().zip(texts).filter(|(slot, text)| self.text.0[(*slot).clone()] != **text);
        Some(splices.map(|(slot, text)| Splice::new(slot.clone(), text)).collect())
    }

    fn remove(&self, parent: Found<'_>, layout: &Layout, index: usize) -> Option<Vec<Splice>> {
        let slots = &layout.slots;
        let slot = slots.get(index)?;
        if let (Style::Flow { open, close }, 1) = (&layout.style, slots.len()) {
            return Some(vec![Splice::remove(open + 1..*close)]);
        }
        if slots.len() == 1 {
            let empty = if matches!(parent.node.value, Value::List(_)) { " []" } else { " {}" };
            return (parent.from > 0).then(|| vec![Splice::new(parent.from..slot.end, empty)]);
        }
        let is_gap = |range: Range<usize>| self.text.0[range].trim_matches(',').trim().is_empty();
        let is_flow = layout.is_flow();
        let range = match (index.checked_sub(1).map(|before| &slots[before]), slots.get(index + 1)) {
            (_, Some(next)) if is_flow || is_gap(slot.end..next.start) => slot.start..next.start,
            (Some(before), None) if is_flow || is_gap(before.end..slot.start) => before.end..slot.end,
            _ if self.text.begins_line(slot.start) => {
                let end = self.text.0[slot.end..].find('\n').map_or(self.text.0.len(), |at| slot.end + at + 1);
                self.text.line_start(slot.start)..end
            }
            _ => return None,
        };
        Some(vec![Splice::remove(range)])
    }
}

fn index_of(node: &Node, step: &Step) -> Option<usize> {
    match (&node.value, step) {
        (Value::Map(entries), Step::Key(key)) => entries.iter().position(|entry| entry.key.value == *key),
        (Value::List(items), Step::Index(index)) => (*index < items.len()).then_some(*index),
        _ => None,
    }
}
