//! YAML → a tree with spans, and readers of maps that report every mistake.
//!
//! `Deserialize` stops at the first mistake; an editor gets a diagnostic for each. [`parse()`] makes a [`Node`] tree of a text. A type
//! that is declared with [`yaml_map!`] reads a map of it key by key, and describes the same keys as a JSON Schema. Callers
//! decide what a key means, and pass the codes of their diagnostics as a [`Dialect`].

mod corrected;
mod cut;
mod fields;
mod map;
mod mend;
mod mistakes;
mod parse;
mod text;
mod trap;
mod values;

pub(crate) use fields::{Context, Fields, FromYaml, Meaning, read_file};
pub(crate) use map::{Alternative, KeySchemas, YamlMap, describe_map, yaml_map, yaml_scalar};
pub(crate) use parse::{is_blank, is_invisible, parse, parse_exact};
pub(crate) use trap::is_other_type;
pub(crate) use values::{ByName, Named, TextOr, TypedText, WordList, describe_words, read_word};

use crate::diagnostic::Code;
use crate::source::{Span, Spanned};

/// The codes of mistakes in one kind of file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    pub(crate) syntax: Code,
    pub(crate) unknown_key: Code,
    pub(crate) missing_key: Code,
    pub(crate) invalid_value: Code,
    pub(crate) duplicate_key: Code,
    pub(crate) trap: Code,
}

/// One value with its span.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) span: Span,
}

/// Scalars keep their text as written, so that `0123` and `no` lose nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Scalar { text: String, is_plain: bool },
    List(Vec<Node>),
    Map(Vec<MapEntry>),
}

/// One pair of a map, in the author's order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MapEntry {
    pub(crate) key: Spanned<String>,
    pub(crate) value: Node,
}

impl Node {
    /// True for a scalar without a visible character.
    pub(crate) fn is_blank(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, .. } if is_invisible(text))
    }

    /// The text of a scalar.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// A copy of [`as_text`](Self::as_text).
    pub(crate) fn to_text(&self) -> Option<String> {
        self.as_text().map(str::to_owned)
    }

    /// `true` or `false` written without quotes.
    pub(crate) fn as_bool(&self) -> Option<bool> {
        match &self.value {
            Value::Scalar { text, is_plain: true } => text.parse().ok(),
            _ => None,
        }
    }

    /// A decimal number written without quotes.
    pub(crate) fn as_number(&self) -> Option<f64> {
        match &self.value {
            Value::Scalar { text, is_plain: true } => text.parse().ok().filter(|number: &f64| number.is_finite()),
            _ => None,
        }
    }
}
