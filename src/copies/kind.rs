//! Kind of an exact text: from the labels of its copies, else from the names of its values.
//!
//! A label with the word `macro` makes a macro, and so does such a word in the name of a value. Labels that begin with a whole other
//! label are one kind: `Catálogo de Serviços` belongs to `Catálogo`. A value belongs to the label that its name begins with:
//! `catalogo-outros`.

use std::collections::HashMap;

use indexmap::IndexMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{ExactText, TextKind};

/// The words of a label or name that mean a macro.
const MACRO_WORDS: [&str; 2] = ["macro", "macros"];

/// In lower case, without accents, with single blanks.
pub(crate) fn fold(text: &str) -> String {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    plain.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The labels of all copies of a site.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// By the folded label: as first written.
    written: IndexMap<String, String>,
}

impl Labels {
    pub(super) fn new<'t>(labels: impl Iterator<Item = &'t str>) -> Self {
        let mut all = Self::default();
        for label in labels {
            all.written.entry(words_of(label).join(" ")).or_insert_with(|| label.to_owned());
        }
        all
    }

    /// The kind of a text with these labels, the most frequent of which counts.
    pub(super) fn kind_of(&self, labels: &[&str], is_copied: bool, names: &[&str]) -> TextKind {
        let mut counts: IndexMap<String, usize> = IndexMap::new();
        for label in labels {
            *counts.entry(self.main_label(label)).or_default() += 1;
        }
        let most = counts.iter().rev().max_by_key(|(_, count)| **count).map(|(label, _)| label.clone());
        let label = most.or_else(|| names.iter().find_map(|name| self.label_of_name(name)));
        let is_macro = |text: &str| words_of(text).iter().any(|word| MACRO_WORDS.contains(&word.as_str()));
        match label {
            Some(label) if is_macro(&label) => TextKind::Macro,
            Some(label) => TextKind::Labelled(self.written.get(&label).unwrap_or(&label).clone()),
            None if names.iter().any(|name| is_macro(name)) => TextKind::Macro,
            None if is_copied => TextKind::Copied,
            None => TextKind::Value,
        }
    }

    /// The shortest label of the site with whose words a label begins.
    fn main_label(&self, label: &str) -> String {
        let words = words_of(label);
        let beginnings = (1..=words.len()).map(|count| words[..count].join(" "));
        beginnings.clone().find(|beginning| self.written.contains_key(beginning)).unwrap_or_else(|| words.join(" "))
    }

    /// The first label that begins with the first word of a value's name.
    fn label_of_name(&self, name: &str) -> Option<String> {
        let first = words_of(name).into_iter().next()?;
        let begins = |label: &&String| label.split(' ').next() == Some(first.as_str());
        self.written.keys().find(begins).map(|label| self.main_label(label))
    }
}

fn words_of(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Sorts by kind: macros, labels in their first order, copies, values. Equal kinds stay in order.
pub(super) fn sort_by_kind(texts: &mut [ExactText<'_>]) {
    let mut labels: HashMap<String, usize> = HashMap::new();
    for text in &*texts {
        if let TextKind::Labelled(label) = &text.kind {
            let next = labels.len();
            labels.entry(label.clone()).or_insert(next);
        }
    }
    texts.sort_by_key(|text| match &text.kind {
        TextKind::Macro => (0, 0),
        TextKind::Labelled(label) => (1, labels[label]),
        TextKind::Copied => (2, 0),
        TextKind::Value => (3, 0),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derives_kind_from_labels_and_names() {
        let labels = Labels::new(
            ["Macro", "Título do ticket", "Catálogo de Serviços", "Catálogo", "Título da tela"].into_iter(),
        );
        let labelled = |label: &str| TextKind::Labelled(label.to_owned());
        for (own, names, expected) in [
            (vec!["Macro"], vec![], TextKind::Macro),
            (vec!["Nome da macro"], vec![], TextKind::Macro),
            (vec!["Catálogo de Serviços"], vec![], labelled("Catálogo")),
            (vec!["Título da tela"], vec![], labelled("Título da tela")),
            (vec!["Catálogo", "Macro", "Macro"], vec![], TextKind::Macro),
            (vec![], vec!["catalogo-outros"], labelled("Catálogo")),
            (vec![], vec!["titulo-pendencia"], labelled("Título do ticket")),
            (vec![], vec!["telefone"], TextKind::Copied),
            (vec![], vec!["micro-macro"], TextKind::Macro),
            (vec![], vec!["macromolecula"], TextKind::Copied),
        ] {
            assert_eq!(labels.kind_of(&own, true, &names), expected, "{own:?} {names:?}");
        }
        assert_eq!(labels.kind_of(&[], false, &["exemplo"]), TextKind::Value);
    }
}
