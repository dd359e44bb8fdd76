//! Renaming of a node, an option, an anchor, a setting, a page or a folder, with every reference to it.
//!
//! 1. `subject` reads the renamed item, and refuses names that do not exist, exist already or are no names.
//! 2. `references` finds the names in flows, scenarios and settings; `placeholders` those in braces; `addresses` the links.
//! 3. `aliases` keeps the old name reachable, or removes the new name from the former ones.
//!
//! In: a resolved site. Out: the [`Plan`], splices of texts and moves of files. Nothing is written here.

mod addresses;
mod aliases;
mod placeholders;
mod references;
mod subject;

use std::collections::{BTreeMap, BTreeSet};

use crate::content::flow::RawFlow;
use crate::content::section::Section;
use crate::diagnostic::Text;
use crate::site::{Entry, Site};
use crate::source::{FileId, Sources, Span};
use crate::splice::Splice;

pub(crate) use subject::Subject;

/// A site with its unresolved flows.
#[derive(Clone, Copy)]
pub(crate) struct RenamedSite<'a> {
    pub(crate) site: &'a Site,
    pub(crate) flows: &'a [RawFlow],
    pub(crate) sections: &'a [Section],
    pub(crate) sources: &'a Sources,
    pub(crate) config: FileId,
    /// Files below `content/` that are copied.
    pub(crate) assets: &'a BTreeSet<String>,
}

/// What a renaming changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// Of each text, with offsets of the present text.
    pub(crate) splices: BTreeMap<FileId, BTreeSet<Splice>>,
    /// Paths of a file or folder below the root: the present one and the new one.
    pub(crate) moved: Option<(String, String)>,
}

impl Plan {
    fn add(&mut self, file: FileId, splice: Splice) {
        self.splices.entry(file).or_default().insert(splice);
    }
}

impl RenamedSite<'_> {
    /// The page or flow of a file.
    fn entry_of(self, file: FileId) -> Option<Entry> {
        let published = self.site.navigation.sequence.iter().copied();
        published.chain(self.site.part_entries()).find(|entry| self.site.file_of(*entry) == file)
    }

    /// Replaces a word of a scalar that is written at a span: the part between slashes with this index.
    fn replace_part(self, plan: &mut Plan, span: Span, index: usize, old: &str, new: &str) {
        let written = self.sources.slice(span);
        let quotes = written.len() - written.trim_start_matches(['\'', '"']).len();
        let inner = written.trim_matches(['\'', '"']);
        let mut at = span.range().start + quotes;
        for (nth, part) in inner.split('/').enumerate() {
            if nth == index && part == old {
                plan.add(span.file, Splice::new(at..at + part.len(), new));
            }
            at += part.len() + 1;
        }
    }

    /// Replaces the whole name that is written at a span.
    fn replace_name(self, plan: &mut Plan, span: Span, old: &str, new: &str) {
        self.replace_part(plan, span, 0, old, new);
    }
}

/// Plans a renaming, or refuses it with a reason.
pub(crate) fn plan(site: RenamedSite<'_>, old: &str, new: &str) -> Result<Plan, Text> {
    let subject = Subject::find(site, old)?;
    let new = subject.check_new_name(site, new)?;
    let mut plan = Plan::default();
    references::rename(site, &subject, &new, &mut plan);
    placeholders::rename(site, &subject, &new, &mut plan);
    addresses::rename(site, &subject, &new, &mut plan);
    aliases::rename(site, &subject, &new, &mut plan)?;
    if let Subject::Path { path, .. } = &subject {
        plan.moved = Some((format!("content/{path}"), format!("content/{new}")));
    }
    Ok(plan)
}
