//! Cache of link statuses between runs: `.vereda/links.json`.
//!
//! An unreadable or invalid file counts as empty. The file has URLs without user names and passwords, and nothing of a page but its
//! missing fragments and the title of a soft 404.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::http::FetchError;
use super::link_status::{LinkResult, LinkStatus};
use crate::config::ExternalSettings;
use crate::error::Result;
use crate::output;
use crate::project::file::read_bytes;

/// The version of the file format.
const VERSION: u32 = 2;

/// Older entries are removed.
const MAX_AGE: Duration = Duration::from_hours(90 * 24);

/// Entries by URL.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Cache {
    version: u32,
    links: BTreeMap<String, CacheEntry>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct CacheEntry {
    /// The time of the request, in seconds since 1970.
    checked: i64,
    #[serde(flatten)]
    status: LinkStatus,
}

impl Default for Cache {
    fn default() -> Self {
        Self { version: VERSION, links: BTreeMap::new() }
    }
}

impl Cache {
    pub(super) fn read(path: &Path) -> Self {
        let read = || serde_json::from_slice(&read_bytes(path)?).ok();
        read().filter(|cache: &Self| cache.version == VERSION).unwrap_or_default()
    }

    pub(super) fn write(mut self, path: &Path, now: Timestamp) -> Result<()> {
        self.links.retain(|_, entry| age(entry, now).is_some_and(|age| age <= MAX_AGE));
        let mut text = serde_json::to_string_pretty(&self).expect("keys are texts");
        text.push('\n');
        output::replace_file(path, text.as_bytes())
    }

    /// The status of a URL; `None` if it has expired, lacks a fragment, or other settings judged it. Without `now`, none expires.
    pub(super) fn find(
        &self,
        url: &str,
        fragments: &BTreeSet<String>,
        settings: &ExternalSettings,
        now: Option<Timestamp>,
    ) -> Option<&LinkStatus> {
        let entry = self.links.get(url)?;
        let status = &entry.status;
        let is_fresh = now.is_none_or(|now| age(entry, now).is_some_and(|age| age < lifetime_of(status, settings)));
        let (is_complete, is_same_judgement) = match status.result {
            LinkResult::Accepted(code) => (
                fragments.is_subset(&status.fragments) && (status.has_read_page || !settings.soft_404),
                settings.accepts(code) || code == 405 || (300..400).contains(&code),
            ),
            LinkResult::Rejected(code) => (true, !settings.accepts(code)),
            _ => (true, true),
        };
        (is_fresh && is_complete && is_same_judgement).then_some(status)
    }

    /// Stores a status, unless the settings prevented the request.
    pub(super) fn insert(&mut self, url: &str, status: &LinkStatus, now: Timestamp) {
        if !matches!(status.result, LinkResult::DisallowedByRobots | LinkResult::Failed(FetchError::PrivateAddress)) {
            self.links.insert(url.to_owned(), CacheEntry { checked: now.as_second(), status: status.clone() });
        }
    }
}

/// `None` for a time in the future: a clock was wrong.
fn age(entry: &CacheEntry, now: Timestamp) -> Option<Duration> {
    u64::try_from(now.as_second().checked_sub(entry.checked)?).ok().map(Duration::from_secs)
}

fn lifetime_of(status: &LinkStatus, settings: &ExternalSettings) -> Duration {
    let lifetimes = settings.cache;
    match status.result {
        LinkResult::Accepted(_) if status.is_permanent => lifetimes.moved,
        LinkResult::Accepted(_) => lifetimes.good,
        LinkResult::Rejected(404 | 410) => lifetimes.gone,
        _ => lifetimes.failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://x.org/";

    fn is_found(status: &LinkStatus, fragments: &[&str], minutes: i64) -> bool {
        let mut settings = ExternalSettings::default();
        settings.cache.failed = Duration::from_mins(1);
        let checked: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let mut cache = Cache::default();
        cache.insert(URL, status, checked);
        let fragments = fragments.iter().map(|fragment| (*fragment).to_owned()).collect();
        cache.find(URL, &fragments, &settings, Some(checked + jiff::SignedDuration::from_mins(minutes))).is_some()
    }

    #[test]
    fn expires_by_kind_of_result() {
        let good = LinkStatus::new(LinkResult::Accepted(200));
        let moved = LinkStatus { is_permanent: true, final_url: Some(URL.into()), ..good.clone() };
        let gone = LinkStatus::new(LinkResult::Rejected(404));
        let failed = LinkStatus::new(LinkResult::Failed(FetchError::TimedOut));
        for (status, minutes) in [(good, 7 * 24 * 60), (moved, 24 * 60), (gone, 24 * 60), (failed, 1)] {
            assert!(is_found(&status, &[], minutes - 1) && !is_found(&status, &[], minutes), "{status:?}");
            assert!(!is_found(&status, &[], -1), "in the future: {status:?}");
        }
    }

    #[test]
    fn misses_a_fragment_that_was_not_looked_up() {
        let good = LinkStatus { fragments: ["a".to_owned()].into(), ..LinkStatus::new(LinkResult::Accepted(200)) };
        assert!(is_found(&good, &["a"], 1) && !is_found(&good, &["b"], 1));
        assert!(is_found(&LinkStatus::new(LinkResult::Rejected(404)), &["b"], 1));
    }

    #[test]
    fn misses_a_result_of_other_accept_settings() {
        assert!(!is_found(&LinkStatus::new(LinkResult::Accepted(404)), &[], 1));
        assert!(!is_found(&LinkStatus::new(LinkResult::Rejected(200)), &[], 1));
    }

    #[test]
    fn stores_no_result_without_a_request() {
        assert!(!is_found(&LinkStatus::new(LinkResult::DisallowedByRobots), &[], 0));
        assert!(!is_found(&LinkStatus::new(LinkResult::Failed(FetchError::PrivateAddress)), &[], 0));
    }
}
