//! Texts as readers see them before they type: values and examples in place of names.

use crate::config::{Config, Input};
use crate::content::template::{Placeholder, Template};
use crate::site::flow::Flow;

/// The most letters of the title of a step.
const LONGEST_TITLE: usize = 90;

/// The settings that texts depend on.
#[derive(Clone, Copy)]
pub(super) struct Texts<'a> {
    pub(super) config: &'a Config,
}

impl<'a> Texts<'a> {
    /// What a placeholder shows, and the name of the value.
    pub(super) fn show(self, placeholder: &Placeholder, flow: Option<&Flow>) -> (String, Option<String>) {
        let name = placeholder.value_name();
        if let Some((name, value)) = name.and_then(|name| Some((name, self.config.find_value(name)?))) {
            return (value.to_owned(), Some(name.to_owned()));
        }
        let own = flow.and_then(|flow| flow.find_input(&placeholder.name));
        let input = own.or_else(|| self.find_input(&placeholder.name));
        let example = input.map(|input| input.example.as_ref().map_or(&input.label, |example| &example.value));
        (example.cloned().unwrap_or_else(|| placeholder.written()), None)
    }

    /// A text with values and examples.
    pub(super) fn fill(self, template: &Template, flow: Option<&Flow>) -> String {
        template.fill(|placeholder| Some(self.show(placeholder, flow).0))
    }

    /// The names of the values with this text.
    pub(super) fn names_of(self, text: &str) -> String {
        let named = self.config.values.iter().filter(|value| value.value.trim() == text);
        named.map(|value| value.name.value.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn find_input(self, name: &str) -> Option<&'a Input> {
        self.config.inputs.iter().find(|input| input.name.value == name)
    }
}

/// The words of a text, each after one space.
pub(super) fn join_words(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

/// The first sentence of a text, or its first words.
pub(super) fn shorten(text: &str) -> &str {
    let limit = text.char_indices().nth(LONGEST_TITLE).map_or(text.len(), |(at, _)| at);
    let sentence = text[..limit].find([';', ':']).or_else(|| text[..limit].find(". ")).unwrap_or(limit);
    let end =
        if sentence == limit && limit < text.len() { text[..limit].rfind(' ').unwrap_or(limit) } else { sentence };
    text[..end].trim_end_matches(['.', ',', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_to_a_sentence_or_to_words() {
        assert_eq!(shorten("Copie o CNPJ; depois cole."), "Copie o CNPJ");
        assert_eq!(shorten("Feche o chat."), "Feche o chat");
        let long = "palavra ".repeat(30);
        assert_eq!(shorten(long.trim()).len(), "palavra ".len() * 11 - 1);
    }
}
