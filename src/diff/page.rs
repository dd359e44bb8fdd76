//! A comparison as the page "O que mudou" of the new version: what `render` is given for it.

use super::human::{groups, title_of};
use super::{Change, Comparison, NodeName, Subject};
use crate::diagnostic::Language;
use crate::diagnostic::catalogue::change;
use crate::project::revision::Commit;
use crate::render::changes::{ChangeItem, ChangesGroup, ChangesPage, ChangesSection};

/// Tells a comparison in the language of the site.
pub(crate) fn write(comparison: &Comparison, commit: &Commit) -> ChangesPage {
    let language = comparison.language;
    ChangesPage {
        since: commit.typed.clone(),
        commit: commit.short().to_owned(),
        sections: comparison.subjects.iter().map(|subject| section_of(subject, language)).collect(),
    }
}

fn section_of(subject: &Subject, language: Language) -> ChangesSection {
    ChangesSection {
        title: title_of(subject, language),
        entry: subject.entry,
        groups: groups(&subject.changes).iter().map(|group| group_of(group, language)).collect(),
    }
}

fn group_of(changes: &[&Change], language: Language) -> ChangesGroup {
    let node = changes[0].node.as_ref();
    let is_behaviour = changes[0].kind.effect() == "behaviour";
    let behaviour = || change::behaviour().in_language(language).to_owned();
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
