//! Search of a site: places with their words, an index of these, and the ranking of a query's answers.
//!
//! 1. `records`: the places, from the parsed pages (`page_records`, `scan`) and flows (`flow_records`); `mention` has copies.
//! 2. `tokens` and `stem`: the words of a text, and one key for all forms of a word.
//! 3. `count` and `index`: which records have a word, as a `posting`; `word_list`: completions and typing slips.
//! 4. `query` and `rank`: the answers to a query.
//! 5. `expectation`: the queries of `search.expect` and `search.pinned`.
//! 6. `files`: the index as files that browsers load in parts.
//!
//! The browser's half is `themes/orange/js/search/`; `docs/search.md` has reasons and figures.

mod count;
pub(crate) mod expectation;
pub(crate) mod files;
mod flow_records;
mod index;
mod mention;
mod page_records;
mod posting;
mod query;
mod rank;
pub(crate) mod record;
mod records;
mod scan;
mod stem;
mod texts;
mod tokens;
#[cfg(test)]
pub(crate) mod vectors;
mod word_list;

use serde::Serialize;

use crate::site::Site;
use crate::site::flow::FlowId;
use crate::words::{Words, words};

use expectation::NamedPlace;
use index::SearchIndex;
pub use record::Place;
use record::Record;
use word_list::WordList;

/// A searchable site.
#[derive(Debug)]
pub struct SiteSearch {
    pub(crate) index: SearchIndex,
    pub(crate) list: WordList,
}

/// An answer to a query, for programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SearchResult {
    /// The query as it was typed.
    pub query: String,
    /// The page, below the base of the site: begins with `/`.
    pub url: String,
    /// The id of the place in the page.
    pub anchor: Option<String>,
    /// What readers see of the place.
    pub title: String,
    /// `page`, `heading`, `details`, `step`, `node`, `option`, `outcome`, `copy` or `value`.
    pub kind: &'static str,
    /// Higher is better.
    pub score: u64,
    /// Further places of the same text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
}

words! {
    /// Formats of results.
    pub enum SearchFormat {
        Human "human" "A line for each result: kind, title and address.",
        Json "json" "A JSON object on a line for each result.",
    }
}

impl SearchResult {
    /// The result as JSON, on one line.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("plain values have a JSON form")
    }

    /// The result for a person, on one line.
    pub fn to_line(&self) -> String {
        let Self { kind, title, url, anchor, .. } = self;
        let anchor = anchor.as_ref().map(|anchor| format!("#{anchor}")).unwrap_or_default();
        format!("{kind:8} {title}  {url}{anchor}")
    }
}

impl SiteSearch {
    /// Indexes a site.
    pub(crate) fn new(site: &Site) -> Self {
        Self::of_records(site, records::find_records(site))
    }

    /// Indexes some flows of a site alone.
    pub(crate) fn of_flows(site: &Site, flows: &[FlowId]) -> Self {
        Self::of_records(site, records::find_records_of(site, flows))
    }

    fn of_records(site: &Site, records: Vec<Record>) -> Self {
        let mut index = SearchIndex::new(records, site.config.synonyms.clone());
        for pinned in &site.config.search.pinned {
            if let Some(place) = NamedPlace::find(site, &pinned.value.value) {
                index.pin(&pinned.name.value, |record| place.is_itself(record));
            }
        }
        let list = WordList::new(&index);
        Self { index, list }
    }

    /// The answers to a query, best first.
    pub fn search(&self, query: &str, limit: usize) -> Vec<SearchResult> {
        let hits = rank::search(query, limit, &self.index, &self.list);
        hits.into_iter().map(|hit| self.result(query, hit)).collect()
    }

    fn result(&self, query: &str, hit: rank::Hit) -> SearchResult {
        let Record { place, kind, others, .. } = &self.index.records[hit.record];
        SearchResult {
            query: query.to_owned(),
            url: place.url.clone(),
            anchor: place.anchor.clone(),
            title: place.title.clone(),
            kind: kind.as_str(),
            score: hit.score,
            places: others.clone(),
        }
    }
}
