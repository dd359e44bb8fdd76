//! Records of one page: the page, its headings, collapsible sections and items with ids, and what it lets readers copy.

use std::collections::HashMap;

use super::mention::{Mention, MentionKind};
use super::record::{Place, Record, RecordKind};
use super::scan::{Shown, Sink, scan};
use super::texts::{Texts, join_words, shorten};
use crate::content::body::{Anchor, AnchorKind};
use crate::content::template::Placeholder;
use crate::site::SitePage;
use crate::site::target::Transclusion;

/// How many letters before a copy are its hint.
const HINT: usize = 60;

/// What a page gives to the search.
#[derive(Default)]
pub(super) struct PageRecords {
    /// The page first.
    pub(super) records: Vec<Record>,
    /// The copies and values that it shows.
    pub(super) mentions: Vec<Mention>,
    /// The texts of other pages that it shows, each with the index of the record around it.
    pub(super) includes: Vec<(Transclusion, usize)>,
}

struct PageSink<'a> {
    texts: Texts<'a>,
    page: &'a SitePage,
    /// Titles of the headings, by id.
    titles: HashMap<&'a str, String>,
    found: PageRecords,
    /// The records around the current position, each with the id of its anchor; the page first.
    open: Vec<(usize, String)>,
}

/// The records of a page.
pub(super) fn records_of(texts: Texts<'_>, page: &SitePage, template: &Record) -> PageRecords {
    let metadata = &page.front_matter.metadata;
    let hints =
        metadata.tags.iter().map(|tag| &tag.value).chain(&metadata.nav_title).cloned().collect::<Vec<_>>().join(" ");
    let text = metadata.description.clone().unwrap_or_default();
    let headings = page.body.body.headings.iter();
    let titles = headings.map(|heading| (heading.id.as_str(), texts.fill(&heading.text, None))).collect();
    let record = Record { text, hints, ..template.clone() };
    let found = PageRecords { records: vec![record], ..PageRecords::default() };
    let mut sink = PageSink { texts, page, titles, found, open: vec![(0, String::new())] };
    scan(&page.body, 0..page.body.body.html.len(), &mut sink);
    let mut found = sink.found;
    found.records.iter_mut().for_each(finish);
    found
}

/// Tidies the text of a record. A step is named by the beginning of its text.
fn finish(record: &mut Record) {
    record.text = join_words(&record.text);
    if record.place.title.is_empty() {
        record.place.title = shorten(&record.text).to_owned();
    }
}

impl PageSink<'_> {
    fn current(&mut self) -> &mut Record {
        let (index, _) = self.open.last().expect("the page is open until the end");
        &mut self.found.records[*index]
    }

    fn title_of(&self, anchor: &Anchor, summary: Option<String>) -> Option<(RecordKind, String)> {
        match anchor.kind {
            AnchorKind::Heading => {
                let title = self.titles.get(anchor.id.as_str())?;
                (*title != self.page.front_matter.metadata.title.value).then(|| (RecordKind::Heading, title.clone()))
            }
            AnchorKind::Directive => Some((RecordKind::Details, summary?.trim().to_owned())),
            AnchorKind::Item => Some((RecordKind::Step, String::new())),
            AnchorKind::Aside | AnchorKind::Named | AnchorKind::Element => None,
        }
    }

    fn mention(&mut self, kind: MentionKind, text: String, hint: String) {
        let record = self.open.last().expect("the page is open until the end").0;
        self.found.mentions.push(Mention { kind, text, hint, record });
    }
}

impl Sink for PageSink<'_> {
    fn open(&mut self, anchor: &Anchor, summary: Option<String>) {
        let Some((kind, title)) = self.title_of(anchor, summary) else { return };
        let outer = self.open.last().expect("the page is open until the end").0;
        let outer = &self.found.records[outer];
        let mut trail = outer.trail.clone();
        if outer.kind != RecordKind::Step {
            trail.push(outer.place.title.clone());
        }
        // Field by field: a clone of the outer record would copy its text.
        let record = Record {
            kind,
            place: Place { title, anchor: Some(anchor.id.clone()), url: outer.place.url.clone() },
            trail,
            text: String::new(),
            hints: anchor.id.clone(),
            copy: None,
            source: None,
            others: Vec::new(),
            language: outer.language,
            is_lower: outer.is_lower,
        };
        self.open.push((self.found.records.len(), anchor.id.clone()));
        self.found.records.push(record);
    }

    fn close(&mut self, anchor: &Anchor) {
        if let Some(index) = self.open.iter().skip(1).position(|(_, id)| *id == anchor.id) {
            self.open.truncate(index + 1);
        }
    }

    fn text(&mut self, text: &str) {
        self.current().text.push_str(text);
    }

    fn placeholder(&mut self, placeholder: &Placeholder, is_copied: bool) -> Shown {
        let (text, value) = self.texts.show(placeholder, None);
        if let Some(name) = value.filter(|_| !is_copied) {
            self.mention(MentionKind::Value, text.clone(), name);
        }
        Shown { text, is_value: placeholder.value_name().is_some() }
    }

    fn copy(&mut self, text: String, is_complete: bool) {
        let before = self.current().text.trim_end();
        let before = before.strip_suffix(text.trim()).unwrap_or(before);
        let start = before.char_indices().rev().nth(HINT).map_or(0, |(at, _)| at);
        let hint = before[start..].split_once(' ').map_or("", |(_, hint)| hint).to_owned();
        let kind = if is_complete { MentionKind::Copy } else { MentionKind::UnfilledCopy };
        self.mention(kind, text, hint);
    }

    fn include(&mut self, transclusion: &Transclusion) {
        let record = self.open.last().expect("the page is open until the end").0;
        self.found.includes.push((transclusion.clone(), record));
    }
}
