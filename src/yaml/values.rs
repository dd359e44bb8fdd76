//! Forms of values that every file has: texts, numbers, days, words, lists, maps by name.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::{Context, FromYaml, Meaning, Node, Value, yaml_scalar};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::Spanned;
use crate::words::Words;

yaml_scalar! {
    String: Text => Self,
    read: Node::to_text,
    message: catalogue::yaml::expected_text,
    schema: { "type": ["string", "number"] },
}

yaml_scalar! {
    bool: Other => Self,
    read: Node::as_bool,
    message: catalogue::yaml::expected_bool,
    schema: { "type": "boolean" },
}

yaml_scalar! {
    f64: Other => Self,
    read: Node::as_number,
    message: catalogue::yaml::expected_number,
    schema: { "type": "number" },
}

// A whole number without a sign.
yaml_scalar! {
    usize: Other => Self,
    read: |node| node.as_number().and_then(|_| node.as_text()?.parse().ok()),
    message: catalogue::yaml::expected_count,
    schema: { "type": "integer", "minimum": 0 },
}

yaml_scalar! {
    jiff::civil::Date: Other => Self,
    read: |node| node.as_text()?.parse().ok(),
    message: catalogue::yaml::expected_date,
    schema: {
        "type": "string",
        "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        "patternErrorMessage": "Escreva a data como ano-mês-dia: 2026-10-13."
    },
}

/// The text of any scalar, such as a reader types: a date, a number, a truth value.
pub(crate) struct TypedText;

yaml_scalar! {
    TypedText: Typed => String,
    read: Node::to_text,
    message: catalogue::yaml::expected_text,
    schema: { "type": ["string", "number", "boolean"] },
}

impl<F: FromYaml> FromYaml for Option<F> {
    type Value = Option<F::Value>;
    const MEANING: Meaning = F::MEANING;

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Self::Value> {
        F::from_yaml(key, node, context).map(Some)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        F::schema(generator)
    }
}

impl<F: FromYaml> FromYaml for Spanned<F> {
    type Value = Spanned<F::Value>;
    const MEANING: Meaning = F::MEANING;

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Self::Value> {
        let value = F::from_yaml(key, node, context)?;
        Some(Spanned { value, span: node.span })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        F::schema(generator)
    }
}

/// Refused items are dropped.
impl<F: FromYaml> FromYaml for Vec<F> {
    type Value = Vec<F::Value>;
    const MEANING: Meaning = F::MEANING;

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Self::Value> {
        let Value::List(items) = &node.value else {
            return context.refuse(node.span, catalogue::yaml::expected_list(&key.value));
        };
        Some(items.iter().filter_map(|item| F::from_yaml(key, item, context)).collect())
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array", "items": F::schema(generator) })
    }
}

/// A value under a name that the editor chose.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named<T> {
    pub(crate) name: Spanned<String>,
    pub(crate) value: T,
}

/// A map from names that the editor chooses. Refused entries are dropped; the others keep the author's order.
pub(crate) struct ByName<F>(std::marker::PhantomData<F>);

impl<F: FromYaml> FromYaml for ByName<F> {
    type Value = Vec<Named<F::Value>>;
    const MEANING: Meaning = Meaning::Named(&F::MEANING);

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Self::Value> {
        let mut named = Vec::new();
        for entry in context.read_entries(key, node)? {
            if let Some(value) = F::from_yaml(&entry.key, &entry.value, context) {
                named.push(Named { name: entry.key.clone(), value });
            }
        }
        Some(named)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": F::schema(generator) })
    }
}

/// A map that may be written as one text.
pub(crate) struct TextOr<F>(std::marker::PhantomData<F>);

impl<F: FromYaml<Value: From<Spanned<String>>>> FromYaml for TextOr<F> {
    type Value = F::Value;
    const MEANING: Meaning = Meaning::TextOr(&F::MEANING);

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<F::Value> {
        match node.as_text() {
            Some(_) if node.is_blank() => {
                let message = catalogue::yaml::blank_item(&key.value);
                context.diagnostics.push(Diagnostic::new(context.dialect.missing_key, node.span, message));
                None
            }
            Some(text) => Some(Spanned { value: text.to_owned(), span: node.span }.into()),
            None => F::from_yaml(key, node, context),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [String::schema(generator), F::schema(generator)] })
    }
}

impl<T: Words> FromYaml for T {
    type Value = Self;
    const MEANING: Meaning = Meaning::Other;

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        read_word(&key.value, node, &list_words(), context)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        describe_words(&list_words::<T>())
    }
}

fn list_words<T: Words>() -> Vec<(&'static str, T, &'static str)> {
    T::ALL.iter().map(|value| (value.as_str(), *value, value.description())).collect()
}

/// Words of a list, each with its value and with what it means, in one line of Portuguese.
pub(crate) type WordList<T> = [(&'static str, T, &'static str)];

/// Reads a word of a list; another one is reported with the nearest.
pub(crate) fn read_word<T: Copy>(key: &str, node: &Node, words: &WordList<T>, context: &mut Context<'_>) -> Option<T> {
    let written = node.as_text().unwrap_or_default();
    let found = words.iter().find(|(word, ..)| *word == written).map(|(_, value, _)| *value);
    if found.is_none() {
        let words: Vec<_> = words.iter().map(|(word, ..)| *word).collect();
        context.report_unknown_word(key, written, node.span, &words);
    }
    found
}

/// The schema of a word of a list.
pub(crate) fn describe_words<T>(words: &WordList<T>) -> Schema {
    let (words, meanings): (Vec<_>, Vec<_>) = words.iter().map(|(word, _, meaning)| (*word, *meaning)).unzip();
    json_schema!({ "type": "string", "enum": words, "enumDescriptions": meanings })
}
