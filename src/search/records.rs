//! All records of a site, from the parse that exists: one walk over the HTML of each page.

use std::collections::HashMap;

use rayon::prelude::*;

use super::flow_records::{self, FlowRecords, text_of};
use super::mention;
use super::page_records::{self, PageRecords};
use super::record::{Place, Record, RecordKind};
use super::stem::StemLanguage;
use super::texts::Texts;
use super::tokens::squash;
use crate::site::flow::{FlowId, PageId};
use crate::site::target::Transclusion;
use crate::site::{Entry, Site};
use crate::url::encode_readable_path;
use crate::words::Words;

/// The most further places of one text.
const MOST_PLACES: usize = 20;

/// What one page or flow gives.
enum Part {
    Page(PageId, PageRecords),
    Flow(FlowRecords),
}

/// The records of a site in reading order, those that rank lower last. Pages and flows with `search: false` give none.
pub(crate) fn find_records(site: &Site) -> Vec<Record> {
    let entries = &site.navigation.sequence;
    let is_shown = |entry: &&Entry| site.metadata_of(**entry).search;
    let shown: Vec<Entry> = entries.iter().filter(is_shown).copied().collect();
    merge(site, shown.par_iter().map(|entry| read_entry(site, *entry)).collect())
}

/// The records of some flows alone.
pub(crate) fn find_records_of(site: &Site, flows: &[FlowId]) -> Vec<Record> {
    merge(site, flows.iter().map(|id| read_entry(site, Entry::Flow(*id))).collect())
}

fn read_entry(site: &Site, entry: Entry) -> Part {
    let texts = Texts { config: &site.config };
    let template = template_of(site, entry);
    match entry {
        Entry::Page(id) => Part::Page(id, page_records::records_of(texts, site.page(id), &template)),
        Entry::Flow(id) => Part::Flow(flow_records::records_of(texts, site.flow(id), &template)),
    }
}

/// The record of a page or flow without its text.
fn template_of(site: &Site, entry: Entry) -> Record {
    let route = site.route_of(entry);
    let lower = &site.config.search.lower;
    let metadata = site.metadata_of(entry);
    Record {
        kind: RecordKind::Page,
        place: Place { title: metadata.title.value.clone(), url: encode_readable_path(route), anchor: None },
        trail: Vec::new(),
        text: String::new(),
        hints: String::new(),
        copy: None,
        source: None,
        others: Vec::new(),
        language: StemLanguage::of_tag(metadata.language.as_ref().unwrap_or(&site.config.language)),
        is_lower: lower.iter().any(|folder| route.starts_with(folder.value.as_str())),
    }
}

/// Puts the parts together: texts that nodes and pages show of other pages become further places of these.
fn merge(site: &Site, parts: Vec<Part>) -> Vec<Record> {
    let mut merged = Merged::default();
    let mut includes = Vec::new();
    for part in parts {
        let first = merged.records.len();
        let (records, mentions) = match part {
            Part::Page(id, found) => {
                merged.add_anchors(id, &found.records);
                let places = found.includes.into_iter();
                includes.extend(places.map(|(text, owner)| (text, found.records[owner].place.clone(), None)));
                (found.records, found.mentions)
            }
            Part::Flow(found) => {
                let places = found.includes.into_iter();
                includes.extend(places.map(|(text, place, node)| (text, place, node.map(|node| first + node))));
                (found.records, found.mentions)
            }
        };
        merged
            .mentions
            .extend(mentions.into_iter().map(|found| mention::Mention { record: first + found.record, ..found }));
        merged.records.extend(records);
        merged.is_kept.resize(merged.records.len(), true);
    }
    for (text, place, node) in includes {
        merged.add_place(site, &text, place, node);
    }
    merged.finish(site)
}

#[derive(Default)]
struct Merged {
    records: Vec<Record>,
    /// False for a node that is only another place of a text.
    is_kept: Vec<bool>,
    mentions: Vec<mention::Mention>,
    anchors: HashMap<(PageId, Option<String>), usize>,
}

impl Merged {
    /// The index of each anchor; records of the page are added next.
    fn add_anchors(&mut self, page: PageId, records: &[Record]) {
        let first = self.records.len();
        for (index, record) in records.iter().enumerate() {
            self.anchors.insert((page, record.place.anchor.clone()), first + index);
        }
    }

    /// Adds a place of a text. A node of the same title without a text of its own is no other result.
    /// A text that is no result by itself belongs to the node.
    fn add_place(&mut self, site: &Site, text: &Transclusion, place: Place, node: Option<usize>) {
        let Some(source) = self.anchors.get(&(text.page, text.anchor.clone())).copied() else {
            if let Some(node) = node.map(|node| &mut self.records[node]) {
                let shown = text_of(Texts { config: &site.config }, site.page(text.page), text);
                if !node.text.is_empty() {
                    node.text.push(' ');
                }
                node.text.push_str(&shown);
            }
            return;
        };
        if let Some(node) = node {
            let is_same = |one: &Record, other: &Record| squash(&one.place.title) == squash(&other.place.title);
            let is_twin = self.records[node].text.is_empty() && is_same(&self.records[node], &self.records[source]);
            self.is_kept[node] &= !is_twin;
            let shown = self.records[source].place.clone();
            self.records[node].source = Some((shown.url.clone(), shown.anchor.clone()));
            self.records[node].others.push(shown);
        }
        let others = &mut self.records[source].others;
        if others.len() < MOST_PLACES && !others.contains(&place) {
            others.push(place);
        }
    }

    /// Makes equal nodes, options and outcomes of several flows one result.
    fn join_equal(&mut self) {
        let mut known: HashMap<(&'static str, String, String), usize> = HashMap::new();
        for index in 0..self.records.len() {
            let Record { kind, place, text, .. } = &self.records[index];
            let is_of_flow = matches!(kind, RecordKind::Node | RecordKind::Option | RecordKind::Outcome);
            if !is_of_flow || !self.is_kept[index] {
                continue;
            }
            let first = *known.entry((kind.as_str(), place.title.clone(), text.clone())).or_insert(index);
            if first == index {
                continue;
            }
            let place = place.clone();
            self.is_kept[index] = false;
            let others = &mut self.records[first].others;
            if others.len() < MOST_PLACES {
                others.push(place);
            }
        }
    }

    fn finish(mut self, site: &Site) -> Vec<Record> {
        self.join_equal();
        let copies = mention::records_of(Texts { config: &site.config }, &self.mentions, &self.records);
        let kept = self.records.into_iter().zip(self.is_kept).filter(|(_, is_kept)| *is_kept);
        let mut records: Vec<Record> = copies.into_iter().chain(kept.map(|(record, _)| record)).collect();
        records.sort_by_key(|record| record.is_lower);
        records
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::fixture::Fixture;

    fn found(files: &[(&str, &str)]) -> Vec<Record> {
        let fixture = Fixture::of(files);
        assert!(fixture.found().is_empty(), "{:?}", fixture.found());
        find_records(&fixture.site)
    }

    fn lines(records: &[Record]) -> Vec<String> {
        let line = |record: &Record| {
            let Place { title, url, anchor } = &record.place;
            format!("{} {url}#{} {title}: {}", record.kind.as_str(), anchor.as_deref().unwrap_or_default(), record.text)
        };
        records.iter().map(line).collect()
    }

    const PAGE: &str = "---\ntitle: A\ndescription: Do que trata.\n---\n\nComeço.\n\n:::steps\n1. Abra o chat; depois espere. {#abrir}\n\n   \
        1. Por dentro. {#dentro}\n\n   Mais.\n:::\n\n## Dúvidas\n\nTexto.\n\n:::details[Título **forte**]{#d}\nCopie :copy[x y].\n:::\n\n\
        :::details[Sem id]\n- um {#um}\n:::\n\n:::caution[Pendente]{#pendente-x}\nFalta.\n:::\n";

    #[test]
    fn gives_each_place_its_own_text() {
        assert_eq!(
            lines(&found(&[("a.md", PAGE)])),
            [
                "copy /a/#d x y: Copie",
                "page /a/# A: Do que trata. Começo.",
                "step /a/#abrir Abra o chat: Abra o chat; depois espere. Mais.",
                "step /a/#dentro Por dentro: Por dentro.",
                "heading /a/#dúvidas Dúvidas: Texto. Sem id",
                "details /a/#d Título forte: Copie x y.",
                "step /a/#um um: um",
            ]
        );
    }

    #[test]
    fn closes_sections_without_a_text() {
        let records =
            found(&[("a.md", "---\ntitle: A\n---\n\n## Um\n\n## Dois\n\n### Por dentro\n\n## Três\n\nTexto.\n")]);
        let trails: Vec<_> =
            records.iter().map(|record| (record.place.title.as_str(), record.trail.join(" "))).collect();
        let expected = [("A", ""), ("Um", "A"), ("Dois", "A"), ("Por dentro", "A Dois"), ("Três", "A")];
        assert_eq!(trails, expected.map(|(title, trail)| (title, trail.to_owned())));
    }

    #[test]
    fn names_the_places_of_a_shared_text_once() {
        let flow = "title: F\nnodes:\n  a: { title: Abra o chat, content: a.md#abrir, next: b }\n  \
            b: { title: Fim, content: a.md#d, result: resolved }\n";
        let records = found(&[("a.md", PAGE), ("f.flow.yaml", flow)]);
        let titles = |anchor: &str| {
            let record =
                records.iter().find(|record| record.place.anchor.as_deref() == Some(anchor) && record.copy.is_none());
            record.map(|record| record.others.iter().map(|place| place.url.clone()).collect::<Vec<_>>())
        };
        assert_eq!(titles("abrir"), Some(vec!["/f/".to_owned()]));
        assert_eq!(titles("a"), None);
        assert_eq!(titles("b"), Some(vec!["/a/".to_owned()]));
    }

    #[test]
    fn copies_only_complete_texts() {
        let config =
            "title: S\nvalues: { m: 'Macro | 1', t: Ticket }\ninputs: { num: { label: Número, example: '7' } }\n";
        let page = "---\ntitle: A\n---\n\nA macro :copy[{values.m}], o título :copy[{values.t} {num}] e {values.t}.\n\nDe novo :copy[{values.m}].\n";
        let records = found(&[("vereda.yaml", config), ("a.md", page)]);
        let copies: Vec<_> = records
            .iter()
            .map(|record| (record.kind.as_str(), record.place.title.as_str(), record.copy.as_deref()))
            .collect();
        assert_eq!(
            copies,
            [
                ("copy", "Macro | 1", Some("Macro | 1")),
                ("copy", "Ticket 7", None),
                ("value", "Ticket", Some("Ticket")),
                ("page", "A", None)
            ]
        );
    }

    #[test]
    fn leaves_out_pages_with_search_false() {
        let flow = "title: F\nnodes: { a: { title: Fim, content: b.md#x, result: resolved } }\n";
        let hidden = "---\ntitle: B\nsearch: false\n---\n\n## X {#x}\n\nOculto.\n";
        let records = found(&[("b.md", hidden), ("f.flow.yaml", flow)]);
        assert_eq!(lines(&records), ["page /f/# F: ", "outcome /f/#a Fim: Oculto."]);
    }
}
