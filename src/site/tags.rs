//! Tags: a page for each tag of `tags`, and one that lists them all.

use std::collections::{BTreeMap, HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::Entry;
use super::generated::add_generated;
use super::routes::Routes;
use crate::content::front_matter::Metadata;
use crate::content::slug::Slugger;
use crate::content::{Document, Generated};
use crate::diagnostic::Language;
use crate::source::Sources;

/// Every tag of a site.
#[derive(Debug, Default)]
pub(crate) struct Tags {
    /// In the order of their folded texts.
    pub(crate) all: Vec<TagEntries>,
    /// The index in `all` of each folded text.
    by_text: HashMap<String, usize>,
    /// The index in `all` of each page.
    by_page: HashMap<Entry, usize>,
}

/// What has one tag.
#[derive(Debug)]
pub(crate) struct TagEntries {
    /// Its page; `None` where another output has its address.
    pub(crate) page: Option<Entry>,
    /// In no order.
    pub(crate) entries: Vec<Entry>,
}

/// Tags that differ only in case or in the composition of accents are one.
pub(crate) fn fold(tag: &str) -> String {
    tag.trim().to_lowercase().nfc().collect()
}

/// The folder of the pages of tags, in the language of the site: `assuntos/`.
fn folder_of_tags(language: &str) -> (&'static str, &'static str) {
    match Language::of_tag(language) {
        Language::PtBr => ("assuntos/", "Assuntos"),
        Language::En => ("tags/", "Tags"),
    }
}

/// Each folded tag with its most frequent spelling, and the folder of its page.
fn folders_of<'a>(all: impl Iterator<Item = &'a Metadata>, language: &str) -> BTreeMap<String, (String, String)> {
    let mut spellings: BTreeMap<String, Vec<(&str, usize)>> = BTreeMap::new();
    for tag in all.flat_map(|metadata| &metadata.tags).filter(|tag| !tag.value.trim().is_empty()) {
        let known = spellings.entry(fold(&tag.value)).or_default();
        match known.iter_mut().find(|(text, _)| *text == tag.value.trim()) {
            Some((_, count)) => *count += 1,
            None => known.push((tag.value.trim(), 1)),
        }
    }
    let mut slugger = Slugger::default();
    let folder = folder_of_tags(language).0;
    let named = spellings.into_iter().map(|(tag, known)| {
        let most = known.iter().map(|(_, count)| *count).max().unwrap_or_default();
        let title = known.iter().find(|(_, count)| *count == most).map_or("", |(text, _)| *text).to_owned();
        let page = format!("{folder}{}/", slugger.slug(&tag));
        (tag, (title, page))
    });
    named.collect()
}

/// Adds a page for each tag, and the page of all tags. A page of the editors with the same route stays.
pub(super) fn add_pages(
    documents: &mut Vec<Document>,
    taken: &mut HashSet<String>,
    language: &str,
    sources: &mut Sources,
) {
    let folders = folders_of(documents.iter().map(Document::metadata), language);
    let (folder, title) = folder_of_tags(language);
    let index = (!folders.is_empty()).then(|| (Generated::Tags, title.to_owned(), folder.to_owned()));
    let pages = folders.into_values().map(|(title, page)| (Generated::Tag, title, page));
    for (kind, title, folder) in index.into_iter().chain(pages) {
        if taken.insert(format!("/{folder}").to_lowercase()) {
            add_generated(documents, kind, &folder, title, None, sources);
        }
    }
}

impl Tags {
    /// The tags of the documents, whose pages have routes.
    pub(super) fn new(entries: &[(Entry, &Metadata)], routes: &Routes, language: &str) -> Self {
        let mut tags = Self::default();
        for (tag, (_, folder)) in folders_of(entries.iter().map(|(_, metadata)| *metadata), language) {
            tags.by_text.insert(tag, tags.all.len());
            let page = routes.find_entry(&format!("/{folder}"));
            tags.by_page.extend(page.map(|page| (page, tags.all.len())));
            tags.all.push(TagEntries { page, entries: Vec::new() });
        }
        for (entry, metadata) in entries {
            for tag in &metadata.tags {
                let Some(index) = tags.by_text.get(&fold(&tag.value)) else { continue };
                let known = &mut tags.all[*index].entries;
                if known.last() != Some(entry) {
                    known.push(*entry);
                }
            }
        }
        tags
    }

    /// What has the tag of a page.
    pub(crate) fn of_page(&self, page: Entry) -> Option<&TagEntries> {
        self.by_page.get(&page).map(|index| &self.all[*index])
    }

    /// What has a tag.
    pub(crate) fn find(&self, tag: &str) -> Option<&TagEntries> {
        self.by_text.get(&fold(tag)).map(|index| &self.all[*index])
    }
}
