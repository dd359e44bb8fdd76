//! The comparison as data for the page "O que mudou", which `render` writes.

use super::human::{groups, title_of};
use super::kind;
use super::{Change, FileChanges, NodeName, SiteComparison};
use crate::diagnostic::Language;
use crate::project::revision::Commit;
use crate::site::Entry;

/// The route of the page, in the language of the site.
pub(crate) fn changes_route(language: &str) -> &'static str {
    match Language::of_tag(language) {
        Language::PtBr => "/o-que-mudou/",
        Language::En => "/changes/",
    }
}

/// Content of the page.
#[derive(Clone, Debug)]
pub(crate) struct ChangesPage {
    /// Revision, as typed.
    pub(crate) since: String,
    /// Abbreviated commit id.
    pub(crate) commit: String,
    pub(crate) sections: Vec<ChangesSection>,
}

/// Changes of a page, a flow or the settings.
#[derive(Clone, Debug)]
pub(crate) struct ChangesSection {
    pub(crate) title: String,
    /// `None` for a removed file and for the settings.
    pub(crate) entry: Option<Entry>,
    pub(crate) groups: Vec<ChangesGroup>,
}

/// Changes of one node, of the behaviour, or of the whole file.
#[derive(Clone, Debug)]
pub(crate) struct ChangesGroup {
    pub(crate) title: Option<String>,
    /// Number of the node in the document.
    pub(crate) number: Option<usize>,
    /// Id of the node; `None` when it was removed.
    pub(crate) anchor: Option<String>,
    pub(crate) items: Vec<ChangeItem>,
}

/// One change.
#[derive(Clone, Debug)]
pub(crate) struct ChangeItem {
    /// `added`, `removed`, `changed` or `behaviour`.
    pub(crate) effect: &'static str,
    /// A sentence; names from the files are between backquotes.
    pub(crate) text: String,
    /// Shown below the sentence, line by line.
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
}

/// Converts a comparison, in the language of the site.
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
    // The sentence begins a line here; in a terminal it follows a sign.
    if let Some(first) = text.chars().next() {
        text = first.to_uppercase().chain(text.chars().skip(1)).collect();
    }
    ChangeItem { effect: change.kind.effect(), text, old, new }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_route_is_in_the_language_of_the_site() {
        let routes = ["pt-BR", "pt", "en", "en-GB"].map(changes_route);
        assert_eq!(routes, ["/o-que-mudou/", "/o-que-mudou/", "/changes/", "/changes/"]);
    }
}
