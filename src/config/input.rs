//! Inputs: the values a reader types, declared in `vereda.yaml` for every flow or in one flow for itself.

use serde::Serialize;

use super::Pattern;
use crate::diagnostic::catalogue;
use crate::source::Spanned;
use crate::yaml::{Context, Entry, Fields, FromYaml, Node, Value, read_choice};

/// One value the reader types.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    /// Kebab-case, unique among the inputs that a flow sees.
    pub(crate) name: Spanned<String>,
    pub(crate) label: String,
    pub(crate) kind: InputType,
    /// Matches the whole value.
    pub(crate) pattern: Option<Pattern>,
    /// Shown until the reader fills the input in.
    pub(crate) example: Option<Spanned<String>>,
    /// What to tell a reader whose value is refused.
    pub(crate) error: Option<String>,
    /// Never leaves the page: not in an address, not in storage that outlives the tab, not in a request.
    pub(crate) private: bool,
    pub(crate) required: bool,
    pub(crate) min: Option<Spanned<String>>,
    pub(crate) max: Option<Spanned<String>>,
    /// Of an input of type `choice`.
    pub(crate) choices: Vec<Choice>,
}

/// One value of an input of type `choice`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Choice {
    pub(crate) id: String,
    pub(crate) label: String,
}

/// What a value is, and so how it is checked, compared and formatted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum InputType {
    Text,
    Number,
    Money,
    Date,
    Time,
    Datetime,
    Cnpj,
    Cpf,
    Phone,
    Email,
    Url,
    Choice,
}

impl InputType {
    /// Every type by the word an editor writes.
    pub(crate) const NAMES: [(&'static str, Self); 12] = [
        ("text", Self::Text),
        ("number", Self::Number),
        ("money", Self::Money),
        ("date", Self::Date),
        ("time", Self::Time),
        ("datetime", Self::Datetime),
        ("cnpj", Self::Cnpj),
        ("cpf", Self::Cpf),
        ("phone", Self::Phone),
        ("email", Self::Email),
        ("url", Self::Url),
        ("choice", Self::Choice),
    ];

    /// The word an editor writes.
    pub(crate) fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("text", |(name, _)| name)
    }
}

/// Reads a map of inputs; those that are refused are left out.
pub(crate) fn parse_inputs(node: &Node, context: &mut Context<'_>) -> Vec<Input> {
    if !matches!(node.value, Value::Map(_)) {
        context.report(node.span, catalogue::yaml::expected_map("`inputs`"));
    }
    node.entries().iter().filter_map(|entry| parse_input(entry, context)).collect()
}

fn parse_input(entry: &Entry, context: &mut Context<'_>) -> Option<Input> {
    if !is_id(&entry.key.value) {
        return context.refuse(entry.key.span, catalogue::yaml::expected_id(&entry.key.value));
    }
    let mut fields = Fields::of("input", &entry.value, context)?;
    let input = Input {
        name: entry.key.clone(),
        label: fields.required("label").unwrap_or_else(|| entry.key.value.clone()),
        kind: fields.optional("type").unwrap_or(InputType::Text),
        pattern: fields.optional("pattern"),
        example: fields.optional("example"),
        error: fields.optional("error"),
        private: fields.optional("private").unwrap_or(false),
        required: fields.optional("required").unwrap_or(true),
        min: fields.optional("min"),
        max: fields.optional("max"),
        choices: fields.optional("choices").unwrap_or_default(),
    };
    fields.finish();
    Some(input)
}

/// Kebab-case: a lower-case letter, then letters, digits and single hyphens.
pub(crate) fn is_id(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.starts_with(|first: char| first.is_ascii_lowercase()) && text.split('-').all(is_word)
}

impl FromYaml for InputType {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        read_choice(key, node, &Self::NAMES, context)
    }
}

/// A choice is an id that is its own label, or `{ id, label }`.
impl FromYaml for Choice {
    fn from_yaml(_: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        if let Some(text) = node.as_text() {
            return Some(Self { id: text.to_owned(), label: text.to_owned() });
        }
        let mut fields = Fields::of("choice", node, context)?;
        let id: Option<String> = fields.required("id");
        let label: Option<String> = fields.required("label");
        fields.finish();
        Some(Self { id: id?, label: label? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_kebab_case_ids_only() {
        for id in ["a", "nao-encontrado", "n2"] {
            assert!(is_id(id), "{id}");
        }
        for text in ["", "Não", "a_b", "-a", "a-", "a--b", "2a", "a b"] {
            assert!(!is_id(text), "{text}");
        }
    }
}
