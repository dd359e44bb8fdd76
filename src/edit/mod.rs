//! Lossless edits: an edit is a value, applied as splices over the places that the YAML reader has.
//!
//! 1. The text is parsed; `layout` finds the place of each item, with its comments.
//! 2. `yaml` turns the edit into splices. `shape` writes a new item as its siblings are written, `scalar` quotes.
//! 3. The oracle: the new text is parsed. Its values must be the old ones with the edit applied. Else nothing changes.
//!
//! `markdown` does the same with the blocks of a page. Line breaks and the last line stay as they are. Entry points:
//! [`edit_yaml`], [`edit_front_matter`] and [`edit_blocks`].

mod layout;
mod markdown;
mod scalar;
mod shape;
#[cfg(test)]
mod tests;
mod value;
mod yaml;

pub use crate::content::markdown::outline::BlockKind;
pub use markdown::{Block, BlockEdit, BlockPath, edit_blocks, find_blocks};
pub use value::Tree;
pub use yaml::{edit_front_matter, edit_yaml};

use crate::diagnostic::{Text, catalogue};
use crate::splice::{Splice, apply};

/// A part of the path to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An item of a list.
    Index(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// An edit of a YAML text.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Replaces a value.
    Set {
        /// The value.
        at: Vec<Step>,
        /// The new value.
        value: Tree,
    },
    /// Inserts an item into a list.
    Insert {
        /// The list.
        into: Vec<Step>,
        /// The index of the new item.
        index: usize,
        /// The new item.
        value: Tree,
    },
    /// Adds a key to a map.
    AddKey {
        /// The map.
        to: Vec<Step>,
        /// The index of the new entry.
        index: usize,
        /// The new key.
        key: String,
        /// Its value.
        value: Tree,
    },
    /// Moves an item of a list or an entry of a map.
    Move {
        /// The list or map.
        of: Vec<Step>,
        /// The present index.
        from: usize,
        /// The new index.
        to: usize,
    },
    /// Removes an item or an entry, with its comments.
    Remove {
        /// The item or entry.
        at: Vec<Step>,
    },
    /// Renames a key.
    Rename {
        /// The value of the key.
        at: Vec<Step>,
        /// The new key.
        to: String,
    },
}

/// A text with an edit applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// The new text.
    pub text: String,
    /// What changed, with offsets of the old text.
    pub splices: Vec<Splice>,
}

/// Why an edit was not applied. The text is unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The text cannot be parsed.
    Unreadable,
    /// The place does not exist, or the new name exists.
    NoPlace,
    /// The place is written in a form that is not edited, such as an anchor of YAML.
    UnknownForm,
    /// The new text would have another meaning.
    OtherMeaning,
}

impl Refused {
    /// The reason as a text.
    pub fn message(self) -> Text {
        match self {
            Self::Unreadable => catalogue::edit::unreadable(),
            Self::NoPlace => catalogue::edit::no_place(),
            Self::UnknownForm => catalogue::edit::unknown_form(),
            Self::OtherMeaning => catalogue::edit::other_meaning(),
        }
    }
}

/// Applies splices, and keeps the result if `is_meant` accepts it.
fn apply_if(text: &str, splices: Vec<Splice>, is_meant: impl Fn(&str) -> bool) -> Result<Edited, Refused> {
    let after = apply(text, &splices).ok_or(Refused::UnknownForm)?;
    if is_meant(&after) { Ok(Edited { text: after, splices }) } else { Err(Refused::OtherMeaning) }
}

/// Moves the first text to the end, or the last one to the beginning.
fn rotate(texts: &mut [&str], is_forward: bool) {
    if is_forward {
        texts.rotate_left(1);
    } else {
        texts.rotate_right(1);
    }
}

/// The line break of a text.
fn line_break_of(text: &str) -> &'static str {
    if text.find('\n').is_some_and(|at| text[..at].ends_with('\r')) { "\r\n" } else { "\n" }
}
