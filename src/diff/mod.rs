//! Comparison of two versions of a site: changed texts, changed edges, and answers that now end elsewhere.
//!
//! 1. `matching` finds the new version of each page and flow; `pair` holds a flow or node in both versions.
//! 2. `flows`, `nodes` and `edges` compare flows node by node.
//! 3. `behaviour` walks `generated_walks` and the scenarios in both versions.
//! 4. `pages` and `settings` compare the rest; `visible_text` extracts what a reader sees.
//! 5. `human`, `json` and `page` write the comparison as text, as data, and as a page of the site.
//!
//! Entry points: `compare`, and `pipeline::compare` for the binary. Nothing here reads the disk or runs git.

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
pub(crate) mod visible_text;

use crate::diagnostic::Language;
use crate::diagram::Labels;
use crate::flow::FlowSet;
use crate::project::revision::Commit;
use crate::site::flow::{Flow, FlowId, NodeId};
use crate::site::{Entry, Site};
use crate::source::Sources;
use crate::theme::Theme;
use crate::words::words;

use kind::{ChangeKind, Facts};
use matching::Matching;

words! {
    /// Output format of a comparison.
    pub enum DiffFormat {
        Human "human" "what changed, in sentences, for people",
        Json "json" "one JSON object for each change, then the summary, for programs",
    }
}

/// Changes since a revision.
#[derive(Debug)]
pub struct SiteChanges {
    pub(crate) commit: Commit,
    pub(crate) comparison: SiteComparison,
    /// Number of errors in the old version; what they affect was not compared.
    pub old_errors: usize,
}

impl SiteChanges {
    /// Language of the texts.
    pub fn language(&self) -> Language {
        self.comparison.language
    }

    /// Writes all changes.
    pub fn write(&self, format: DiffFormat) -> String {
        match format {
            DiffFormat::Human => human::write(self),
            DiffFormat::Json => json::write(self),
        }
    }
}

/// One version of a site.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Version<'a> {
    pub(crate) site: &'a Site,
    pub(crate) sources: &'a Sources,
    /// Names of rules and results; both versions use the same theme.
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

    /// Title of a node, or its id when it has none.
    fn name_of(self, flow: FlowId, node: NodeId) -> String {
        let found = self.flow(flow).node(node);
        if found.title.is_some() { self.labels().title(flow, node) } else { found.id.value.clone() }
    }
}

/// The two versions that are compared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Versions<'a> {
    pub(crate) old: Version<'a>,
    pub(crate) new: Version<'a>,
    /// Language of the generated texts.
    pub(crate) language: Language,
}

/// All changes; unchanged documents are left out.
#[derive(Debug)]
pub(crate) struct SiteComparison {
    pub(crate) language: Language,
    /// Flows, then pages, each in navigation order with removed ones last; then the settings.
    pub(crate) files: Vec<FileChanges>,
}

/// Changes of one file: a page, a flow, or `vereda.yaml`.
#[derive(Debug)]
pub(crate) struct FileChanges {
    pub(crate) kind: FileKind,
    pub(crate) title: String,
    /// Relative to the root; in the new version when it exists there.
    pub(crate) file: String,
    /// `None` for the settings.
    pub(crate) route: Option<String>,
    /// In the new version; `None` for a removed file and for the settings.
    pub(crate) entry: Option<Entry>,
    pub(crate) changes: Vec<Change>,
}

words! {
    /// Kind of file.
    pub(crate) enum FileKind {
        Flow "flow" "a flow",
        Page "page" "a page",
        Settings "settings" "`vereda.yaml`",
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) kind: ChangeKind,
    /// `None` for a change of the whole file.
    pub(crate) node: Option<NodeName>,
    /// Option, copied text, input or scenario that changed; for a walk, its answers.
    pub(crate) item: Option<String>,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
}

/// A node of a flow, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NodeName {
    /// In the new version; the old id when the node was removed.
    pub(crate) id: String,
    pub(crate) title: String,
    /// In the numbered document; `None` for a removed node.
    pub(crate) number: Option<usize>,
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

    /// The change as one sentence.
    pub(crate) fn sentence(&self, language: Language) -> String {
        let nothing = kind::nothing_there();
        let text = |text: &'_ Option<String>| text.clone().unwrap_or_else(|| nothing.in_language(language).to_owned());
        let (item, old, new) = (text(&self.item), text(&self.old), text(&self.new));
        let facts = Facts { item: &item, old: &old, new: &new };
        self.kind.sentence(facts).in_language(language).to_owned()
    }

    /// Old and new text to show below the sentence. Copied texts are whole; long lines of prose are truncated.
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

pub(crate) fn compare(versions: Versions<'_>) -> SiteComparison {
    let matching = Matching::of(versions.old.site, versions.new.site);
    let mut files = flows::compare(versions, &matching);
    files.extend(pages::compare(versions, &matching));
    files.push(settings::compare(versions));
    files.retain(|file| !file.changes.is_empty());
    SiteComparison { language: versions.language, files }
}
