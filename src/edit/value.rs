//! Values of YAML without their places, and what an edit makes of them.
//!
//! They are the oracle of an edit: the values of the new text must be those of the old text with the edit applied.

use super::{Edit, Step};
use crate::yaml::{Node, Value};

/// A value without place, comment and style.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// No value.
    Null,
    /// A text.
    Text(String),
    /// A number or a truth value, as written.
    Constant(String),
    /// The items of a list.
    List(Vec<Tree>),
    /// The entries of a map, in their order.
    Map(Vec<(String, Tree)>),
}

impl Tree {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A list of texts.
    pub fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    pub(super) fn of(node: &Node) -> Self {
        match &node.value {
            Value::Null => Self::Null,
            Value::Scalar { text, .. } if node.as_bool().is_some() || node.as_number().is_some() => {
                Self::Constant(text.clone())
            }
            Value::Scalar { text, .. } => Self::Text(text.clone()),
            Value::List(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Map(entries) => {
                Self::Map(entries.iter().map(|entry| (entry.key.value.clone(), Self::of(&entry.value))).collect())
            }
        }
    }

    /// The value at a path below a node.
    pub(crate) fn at(root: &Node, path: &[Step]) -> Option<Self> {
        Self::of(root).find(path).cloned()
    }

    fn find(&mut self, path: &[Step]) -> Option<&mut Self> {
        let mut found = self;
        for step in path {
            found = match (step, found) {
                (Step::Key(key), Self::Map(entries)) => &mut entries.iter_mut().find(|(name, _)| name == key)?.1,
                (Step::Index(index), Self::List(items)) => items.get_mut(*index)?,
                _ => return None,
            };
        }
        Some(found)
    }

    /// Applies an edit; `None` if its place does not exist or has another form.
    pub(super) fn apply(&mut self, edit: &Edit) -> Option<()> {
        match edit {
            Edit::Set { at, value } => self.find(at)?.clone_from(value),
            Edit::Insert { into, index, value } => match self.find(into)? {
                Self::List(items) if *index <= items.len() => items.insert(*index, value.clone()),
                _ => return None,
            },
            Edit::AddKey { to, index, key, value } => match self.find(to)? {
                Self::Map(entries) if *index <= entries.len() && entries.iter().all(|(name, _)| name != key) => {
                    entries.insert(*index, (key.clone(), value.clone()));
                }
                _ => return None,
            },
            Edit::Move { of, from, to } => match self.find(of)? {
                Self::List(items) => move_item(items, *from, *to)?,
                Self::Map(entries) => move_item(entries, *from, *to)?,
                _ => return None,
            },
            Edit::Remove { at } => {
                let (last, parent) = at.split_last()?;
                match (last, self.find(parent)?) {
                    (Step::Index(index), Self::List(items)) if *index < items.len() => drop(items.remove(*index)),
                    (Step::Key(key), Self::Map(entries)) => {
                        let index = entries.iter().position(|(name, _)| name == key)?;
                        entries.remove(index);
                    }
                    _ => return None,
                }
            }
            Edit::Rename { at, to } => {
                let (Step::Key(key), parent) = at.split_last()? else { return None };
                let Self::Map(entries) = self.find(parent)? else { return None };
                if entries.iter().any(|(name, _)| name == to) {
                    return None;
                }
                entries.iter_mut().find(|(name, _)| name == key)?.0.clone_from(to);
            }
        }
        Some(())
    }
}

fn move_item<T>(items: &mut Vec<T>, from: usize, to: usize) -> Option<()> {
    if from >= items.len() || to >= items.len() {
        return None;
    }
    let item = items.remove(from);
    items.insert(to, item);
    Some(())
}
