//! A comparison as the page "O que mudou" of the new version: what `render` is given for it.

use super::human::{groups, title_of};
use super::kind;
use super::{Change, FileChanges, NodeName, SiteComparison};
use crate::diagnostic::Language;
use crate::project::revision::Commit;
use crate::site::Entry;

/// What changed, to be shown.
#[derive(Clone, Debug)]
pub(crate) struct ChangesPage {
    /// The revision, as typed.
    pub(crate) since: String,
    /// The beginning of its commit's id.
    pub(crate) commit: String,
    pub(crate) sections: Vec<ChangesSection>,
}

/// A page, a flow or the settings.
#[derive(Clone, Debug)]
pub(crate) struct ChangesSection {
    pub(crate) title: String,
    /// `None` of what is gone, and of the settings.
    pub(crate) entry: Option<Entry>,
    pub(crate) groups: Vec<ChangesGroup>,
}

/// The changes of a node, or of the whole under a title or none.
#[derive(Clone, Debug)]
pub(crate) struct ChangesGroup {
    pub(crate) title: Option<String>,
    /// Of the node, in the numbered document.
    pub(crate) number: Option<usize>,
    /// Of the node that is there.
    pub(crate) anchor: Option<String>,
    pub(crate) items: Vec<ChangeItem>,
}

/// One change.
#[derive(Clone, Debug)]
pub(crate) struct ChangeItem {
    /// `added`, `removed`, `changed` or `behaviour`.
    pub(crate) effect: &'static str,
    /// A sentence; what stands between backquotes is a name of the files.
    pub(crate) text: String,
    /// Shown below the sentence, line by line.
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
}

/// Tells a comparison in the language of the site.
pub(crate) fn write(comparison: &SiteComparison, commit: &Commit) -> ChangesPage {
    let language = comparison.language;
    ChangesPage {
        since: commit.typed.clone(),
        commit: commit.short().to_owned(),
        sections: comparison.files.iter().map(|file| section_of(file, language)).collect(),
    }
}

fn section_of(file: &FileChanges, language: Language) -> ChangesSection {
    ChangesSection {
        title: title_of(file, language),
        entry: file.entry,
        groups: groups(&file.changes).iter().map(|group| group_of(group, language)).collect(),
    }
}

fn group_of(changes: &[&Change], language: Language) -> ChangesGroup {
    let node = changes[0].node.as_ref();
    let is_behaviour = changes[0].kind.effect() == "behaviour";
    let behaviour = || kind::behaviour().in_language(language).to_owned();
    ChangesGroup {
        title: node.map(|node: &NodeName| node.title.clone()).or_else(|| is_behaviour.then(behaviour)),
        number: node.and_then(|node| node.number),
        anchor: node.filter(|node| node.number.is_some()).map(|node| node.id.clone()),
        items: changes.iter().map(|change| item_of(change, language)).collect(),
    }
}

fn item_of(change: &Change, language: Language) -> ChangeItem {
    let (old, new) = change.shown_texts();
    let mut text = change.sentence(language);
    // A sentence begins the line here; in a terminal it follows a sign.
    if let Some(first) = text.chars().next() {
        text = first.to_uppercase().chain(text.chars().skip(1)).collect();
    }
    ChangeItem { effect: change.kind.effect(), text, old, new }
}
