//! Two versions of a site → what an editor changed: what is said, where it leads, and where the same answers now end.
//!
//! 1. `matching`: which page and flow of the old version is which of the new one; moved ones keep their old address.
//! 2. `flows`, `nodes` and `ways`: what a flow says and where it leads, node by node.
//! 3. `behaviour`: the same answers and the same scenarios walked in both versions.
//! 4. `pages` and `settings`: the rest; `shown` is what a reader sees of a text.
//! 5. `human`, `json` and `page`: the comparison as a text, as data, as a page of the site.
//!
//! Entry points: `compare`, and `pipeline::compare` for the binary. Nothing here reads the disk or asks git.

mod behaviour;
mod edges;
mod flows;
mod generated_walks;
mod human;
mod json;
pub(crate) mod kind;
mod link_address;
mod matching;
mod nodes;
pub(crate) mod page;
mod pages;
mod pair;
mod settings;
mod text_change;
mod truncate;
mod visible_text;

use crate::diagnostic::Language;
use crate::diagram::Labels;
use crate::flow::FlowSet;
use crate::project::revision::Commit;
use crate::site::flow::{Flow, FlowId, NodeId};
use crate::site::{Entry, Site};
use crate::source::Sources;
use crate::theme::Theme;

use kind::{ChangeKind, Facts};
use matching::Matching;

/// How a comparison is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiffFormat {
    /// Sentences, for people.
    Human,
    /// One object a line.
    Json,
}

impl DiffFormat {
    /// Every format.
    pub const ALL: &[Self] = &[Self::Human, Self::Json];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
        }
    }

    /// What it is for.
    pub fn description(self) -> &'static str {
        match self {
            Self::Human => "what changed, in sentences, for people",
            Self::Json => "one JSON object for each change, then the summary, for programs",
        }
    }

    /// Finds a format by its word.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.as_str() == name)
    }
}

/// What changed since a revision.
#[derive(Debug)]
pub struct SiteChanges {
    pub(crate) commit: Commit,
    pub(crate) comparison: SiteComparison,
    /// Errors of the old version: what they concern could not be compared.
    pub old_errors: usize,
}

impl SiteChanges {
    /// The language in which it is told.
    pub fn language(&self) -> Language {
        self.comparison.language
    }

    /// Everything that changed, in a format.
    pub fn write(&self, format: DiffFormat) -> String {
        match format {
            DiffFormat::Human => human::write(self),
            DiffFormat::Json => json::write(self),
        }
    }
}

/// A version of a site.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Version<'a> {
    pub(crate) site: &'a Site,
    pub(crate) sources: &'a Sources,
    /// Whose words tell rules and results: one theme for both versions.
    pub(crate) theme: &'a Theme,
}

impl<'a> Version<'a> {
    fn flow(self, id: FlowId) -> &'a Flow {
        self.site.flow(id)
    }

    fn flow_set(self) -> FlowSet<'a> {
        FlowSet { flows: &self.site.flows, config: &self.site.config }
    }

    fn labels(self) -> Labels<'a> {
        Labels { site: self.site, theme: self.theme }
    }

    /// The title of a node, or its id in position of one.
    fn name_of(self, flow: FlowId, node: NodeId) -> String {
        let found = self.flow(flow).node(node);
        if found.title.is_some() { self.labels().title(flow, node) } else { found.id.value.clone() }
    }
}

/// The old version and the new one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Versions<'a> {
    pub(crate) old: Version<'a>,
    pub(crate) new: Version<'a>,
    /// In which is told what no version says itself.
    pub(crate) language: Language,
}

/// Everything that changed. What did not is not in it.
#[derive(Debug)]
pub(crate) struct SiteComparison {
    pub(crate) language: Language,
    /// Flows, then pages, in the order of the navigation, those that are gone after the others; then the settings.
    pub(crate) files: Vec<FileChanges>,
}

/// A page, a flow or the settings, with what changed in it.
#[derive(Debug)]
pub(crate) struct FileChanges {
    pub(crate) kind: FileKind,
    pub(crate) title: String,
    /// Path relative to the root: now, or where it was.
    pub(crate) file: String,
    /// `None` of the settings.
    pub(crate) route: Option<String>,
    /// In the new version; `None` of what is gone.
    pub(crate) entry: Option<Entry>,
    pub(crate) changes: Vec<Change>,
}

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Flow,
    Page,
    Settings,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) kind: ChangeKind,
    /// `None` of a change of the whole file.
    pub(crate) node: Option<NodeName>,
    /// The option, copy, input or scenario that changed; the answers of a walk.
    pub(crate) item: Option<String>,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
}

/// A node of a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NodeName {
    /// Now, or what it was.
    pub(crate) id: String,
    pub(crate) title: String,
    /// In the numbered document; `None` of a node that is gone.
    pub(crate) number: Option<usize>,
}

impl FileKind {
    /// The word for programs.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Flow => "flow",
            Self::Page => "page",
            Self::Settings => "settings",
        }
    }
}

impl SiteComparison {
    pub(crate) fn changes(&self) -> impl Iterator<Item = &Change> {
        self.files.iter().flat_map(|file| &file.changes)
    }

    fn count_behaviour(&self) -> usize {
        self.changes().filter(|change| change.kind.effect() == "behaviour").count()
    }
}

impl Change {
    fn new(kind: ChangeKind) -> Self {
        Self { kind, node: None, item: None, old: None, new: None }
    }

    fn item(self, item: impl Into<String>) -> Self {
        Self { item: Some(item.into()), ..self }
    }

    fn old(self, old: impl Into<String>) -> Self {
        Self { old: Some(old.into()), ..self }
    }

    fn new_text(self, new: impl Into<String>) -> Self {
        Self { new: Some(new.into()), ..self }
    }

    /// The change in one sentence.
    pub(crate) fn sentence(&self, language: Language) -> String {
        let nothing = kind::nothing_there();
        let text = |text: &'_ Option<String>| text.clone().unwrap_or_else(|| nothing.in_language(language).to_owned());
        let (item, old, new) = (text(&self.item), text(&self.old), text(&self.new));
        let facts = Facts { item: &item, old: &old, new: &new };
        self.kind.sentence(facts).in_language(language).to_owned()
    }

    /// What is shown below the sentence: the old text and the new one. What is copied is shown whole, prose where it differs.
    pub(crate) fn shown_texts(&self) -> (Option<String>, Option<String>) {
        let is_prose = matches!(self.kind, ChangeKind::NodeText | ChangeKind::NodeChecklist | ChangeKind::PageText);
        match (&self.old, &self.new) {
            _ if !self.kind.shows_texts() => (None, None),
            (Some(old), Some(new)) if is_prose => {
                let (old, new) = truncate::truncate_common(old, new);
                (Some(old), Some(new))
            }
            (old, new) => (old.clone(), new.clone()),
        }
    }
}

/// Compares two versions of a site.
pub(crate) fn compare(versions: Versions<'_>) -> SiteComparison {
    let matching = Matching::of(versions.old.site, versions.new.site);
    let mut files = flows::compare(versions, &matching);
    files.extend(pages::compare(versions, &matching));
    files.push(settings::compare(versions));
    files.retain(|file| !file.changes.is_empty());
    SiteComparison { language: versions.language, files }
}
