//! Texts of a flow for readers, as written: constants and inputs are names.
//!
//! In: a [`RawFlow`]. Out: every [`WrittenText`] with its span. Entry point: [`RawFlow::written_texts`].

use std::collections::HashSet;

use super::flow::{RawFlow, RawNode};
use super::flow_node::RawNodeKind;
use super::template::Template;
use crate::source::Spanned;

/// A text of a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WrittenText {
    pub(crate) role: TextRole,
    pub(crate) text: Spanned<String>,
}

/// The use of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextRole {
    /// Of the flow itself.
    FlowTitle,
    /// Of a node.
    Title,
    /// Of an option or of a link.
    Label,
    Hint,
    /// Markdown: a node's own text, or an item of its checklist.
    Text,
    /// What goes to the clipboard, exactly.
    Copy,
    CopyLabel,
    Address,
}

impl RawFlow {
    /// Every text, in the order of the file's nodes.
    pub(crate) fn written_texts(&self) -> Vec<WrittenText> {
        let mut texts = Vec::new();
        add(&mut texts, TextRole::FlowTitle, [&self.metadata.title]);
        self.nodes.iter().for_each(|node| add_texts_of(node, &mut texts));
        texts
    }
}

fn add_texts_of(node: &RawNode, texts: &mut Vec<WrittenText>) {
    add(texts, TextRole::Title, &node.title);
    add(texts, TextRole::Text, &node.text);
    add(texts, TextRole::Text, node.checklist.iter().map(|task| &task.text));
    add(texts, TextRole::Label, node.links.iter().map(|link| &link.label));
    add(texts, TextRole::Address, node.links.iter().map(|link| &link.url));
    add(texts, TextRole::CopyLabel, node.copy.iter().map(|copy| &copy.label));
    add(texts, TextRole::Copy, node.copy.iter().map(|copy| &copy.text));
    if let RawNodeKind::Question(question) = &node.kind {
        add(texts, TextRole::Label, question.options.iter().filter_map(|option| option.label.as_ref()));
        add(texts, TextRole::Hint, question.options.iter().filter_map(|option| option.hint.as_ref()));
    }
}

fn add<'a>(texts: &mut Vec<WrittenText>, role: TextRole, written: impl IntoIterator<Item = &'a Spanned<String>>) {
    texts.extend(written.into_iter().map(|text| WrittenText { role, text: text.clone() }));
}

/// The names of the values of `vereda.yaml` that texts use.
pub(crate) fn used_values<'a>(texts: impl Iterator<Item = &'a WrittenText>) -> HashSet<String> {
    let mut names = HashSet::new();
    for written in texts {
        let template = Template::parse(&written.text.value);
        names.extend(template.placeholders().filter_map(|placeholder| placeholder.value_name()).map(str::to_owned));
    }
    names
}
