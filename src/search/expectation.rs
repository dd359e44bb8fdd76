//! Expected and pinned pages of queries: `search.expect` and `search.pinned` of `vereda.yaml`.

use super::SiteSearch;
use super::record::{Place, Record};
use crate::config::QueryPage;
use crate::diagnostic::nearest;
use crate::site::routes::LinkedFile;
use crate::site::{Entry, Site};
use crate::url::encode_readable_path;

/// The page of an expectation is among so many first results.
const FIRST: usize = 3;

/// A page or a place of one, as settings name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedPlace {
    /// Below the base of the site, percent-encoded.
    url: String,
    anchor: Option<String>,
}

impl NamedPlace {
    /// Finds a page by its path below `content/` or by its address, with an anchor after `#`.
    pub(crate) fn find(site: &Site, written: &str) -> Option<Self> {
        let (page, anchor) = split_anchor(written);
        let entry = find_entry(site, page)?;
        let is_there = anchor.is_none_or(|anchor| has_anchor(site, entry, anchor));
        is_there.then(|| Self { url: encode_readable_path(site.route_of(entry)), anchor: anchor.map(str::to_owned) })
    }

    fn is_at(&self, place: &Place) -> bool {
        self.url == place.url && (self.anchor.is_none() || self.anchor == place.anchor)
    }

    /// True for a record of the place, or one whose text is there too.
    pub(super) fn is_of(&self, record: &Record) -> bool {
        self.is_at(&record.place) || record.others.iter().any(|other| self.is_at(other))
    }

    /// True for the record that stands for the place itself.
    pub(super) fn is_itself(&self, record: &Record) -> bool {
        self.url == record.place.url && self.anchor == record.place.anchor && record.copy.is_none()
    }
}

fn split_anchor(written: &str) -> (&str, Option<&str>) {
    written.split_once('#').map_or((written, None), |(page, anchor)| (page, Some(anchor)))
}

fn find_entry(site: &Site, page: &str) -> Option<Entry> {
    let entry = match site.routes.find_file(page.trim_start_matches('/')) {
        Some(LinkedFile::Document(entry)) => Some(entry),
        _ => site.routes.find_entry(&format!("/{}", page.trim_matches('/')).replace("//", "/")),
    };
    entry.or_else(|| site.routes.find_entry(&format!("/{}/", page.trim_matches('/'))))
}

/// The nearest name of a page or place that the site lacks, written in the same way.
pub(crate) fn suggest_place(site: &Site, written: &str) -> Option<String> {
    let (page, anchor) = split_anchor(written);
    let Some(entry) = find_entry(site, page) else {
        return nearest(page, site.routes.paths()).map(str::to_owned);
    };
    let ids: Vec<&str> = match entry {
        Entry::Page(id) => site.page(id).body.body.anchors.iter().map(|anchor| anchor.id.as_str()).collect(),
        Entry::Flow(id) => site.flow(id).nodes.iter().map(|node| node.id.value.as_str()).collect(),
    };
    nearest(anchor?, ids).map(|anchor| format!("{page}#{anchor}"))
}

fn has_anchor(site: &Site, entry: Entry, anchor: &str) -> bool {
    match entry {
        Entry::Page(id) => {
            let page = site.page(id);
            let is_there = |id: &str| page.body.body.find_anchor(id).is_some();
            is_there(anchor) || page.front_matter.present_anchor(anchor).is_some_and(is_there)
        }
        Entry::Flow(id) => site.flow(id).find_node(anchor).is_some(),
    }
}

/// The expectations that the search does not meet, each with the titles of the first results.
pub(crate) fn find_missed<'s>(site: &'s Site, search: &SiteSearch) -> Vec<(&'s QueryPage, Vec<String>)> {
    let missed = |expected: &'s QueryPage| {
        let place = NamedPlace::find(site, &expected.value.value)?;
        let hits = super::rank::search(&expected.name.value, FIRST, &search.index, &search.list);
        let found: Vec<&Record> = hits.iter().map(|hit| &search.index.records[hit.record]).collect();
        let is_met = found.iter().any(|record| place.is_of(record));
        (!is_met).then(|| (expected, found.iter().map(|record| record.place.title.clone()).collect()))
    };
    site.config.search.expect.iter().filter_map(missed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::fixture::Fixture;

    #[test]
    fn suggests_the_page_or_its_place() {
        let page = "---\ntitle: A\n---\n\n## Transferir o chat {#transferir-chat}\n\nTexto.\n";
        let site = Fixture::of(&[("whatsapp.md", page)]).site;
        let suggested = |written| suggest_place(&site, written);
        assert_eq!(suggested("whatsapp.md#transferir-chatt").as_deref(), Some("whatsapp.md#transferir-chat"));
        assert_eq!(suggested("whatsap.md#transferir-chat").as_deref(), Some("whatsapp.md"));
        assert_eq!(suggested("whatsapp.md#zebra"), None);
    }
}
