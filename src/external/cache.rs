//! What hosts said, kept from one run to the next: `.vereda/links.json`.
//!
//! A file that cannot be read, or is none of ours, is as good as none. Addresses stand in it without user names and passwords, and
//! nothing of pages but which of the fragments that are looked for they lack.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ask::Failure;
use super::outcome::{End, Outcome};
use crate::config::ExternalSettings;
use crate::error::Result;
use crate::output;
use crate::project::read_copied;

/// Of the form of the file.
const VERSION: u32 = 1;

/// What nothing leads to any more is forgotten after this time.
const LONGEST: Duration = Duration::from_hours(90 * 24);

/// Every answer that is kept, by address.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Cache {
    version: u32,
    links: BTreeMap<String, Entry>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    /// In seconds since 1970.
    asked: i64,
    #[serde(flatten)]
    outcome: Outcome,
}

impl Default for Cache {
    fn default() -> Self {
        Self { version: VERSION, links: BTreeMap::new() }
    }
}

impl Cache {
    /// Reads what an earlier run wrote.
    pub(super) fn read(path: &Path) -> Self {
        let read = || serde_json::from_slice(&read_copied(path)?).ok();
        read().filter(|cache: &Self| cache.version == VERSION).unwrap_or_default()
    }

    /// Writes everything but what is too old.
    pub(super) fn write(mut self, path: &Path, now: Timestamp) -> Result<()> {
        self.links.retain(|_, entry| age(entry, now).is_some_and(|age| age <= LONGEST));
        let mut text = serde_json::to_string_pretty(&self).expect("keys are texts");
        text.push('\n');
        output::keep(path, text.as_bytes())
    }

    /// What is known of an address; `None` where it is too old, or does not tell all that is asked. Whoever cannot ask takes what is old.
    pub(super) fn find(
        &self,
        url: &str,
        fragments: &BTreeSet<String>,
        settings: &ExternalSettings,
        now: Option<Timestamp>,
    ) -> Option<&Outcome> {
        let entry = self.links.get(url)?;
        let outcome = &entry.outcome;
        let is_young = now.is_none_or(|now| age(entry, now).is_some_and(|age| age < life_of(outcome, settings)));
        let is_whole = match &outcome.end {
            End::Good(_) => fragments.is_subset(&outcome.fragments) && (outcome.was_read || !settings.soft_404),
            _ => true,
        };
        let is_judged_alike = match outcome.end {
            End::Good(status) => is_accepted(status, settings) || status == 405 || (300..400).contains(&status),
            End::Status(status) => !is_accepted(status, settings),
            _ => true,
        };
        (is_young && is_whole && is_judged_alike).then_some(outcome)
    }

    /// Keeps what came of asking. What the settings refused says nothing of the address.
    pub(super) fn keep(&mut self, url: &str, outcome: &Outcome, now: Timestamp) {
        if !matches!(outcome.end, End::Robots | End::Failed(Failure::Private)) {
            self.links.insert(url.to_owned(), Entry { asked: now.as_second(), outcome: outcome.clone() });
        }
    }
}

fn is_accepted(status: u16, settings: &ExternalSettings) -> bool {
    settings.accept.iter().any(|range| range.holds(status))
}

/// `None` for what was asked in the future: the clock was wrong.
fn age(entry: &Entry, now: Timestamp) -> Option<Duration> {
    u64::try_from(now.as_second().checked_sub(entry.asked)?).ok().map(Duration::from_secs)
}

fn life_of(outcome: &Outcome, settings: &ExternalSettings) -> Duration {
    let life = settings.cache;
    match outcome.end {
        End::Good(_) if outcome.is_permanent => life.moved,
        End::Good(_) => life.good,
        End::Status(404 | 410) => life.gone,
        _ => life.failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://x.org/";

    fn found(outcome: &Outcome, fragments: &[&str], minutes: i64) -> bool {
        let mut settings = ExternalSettings::default();
        settings.cache.failed = Duration::from_mins(1);
        let asked: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let mut cache = Cache::default();
        cache.keep(URL, outcome, asked);
        let fragments = fragments.iter().map(|fragment| (*fragment).to_owned()).collect();
        cache.find(URL, &fragments, &settings, Some(asked + jiff::SignedDuration::from_mins(minutes))).is_some()
    }

    #[test]
    fn each_answer_has_its_life() {
        let good = Outcome::new(End::Good(200));
        let moved = Outcome { is_permanent: true, last: Some(URL.into()), ..good.clone() };
        let gone = Outcome::new(End::Status(404));
        let failed = Outcome::new(End::Failed(Failure::TooSlow));
        for (outcome, last) in [(good, 7 * 24 * 60), (moved, 24 * 60), (gone, 24 * 60), (failed, 1)] {
            assert!(found(&outcome, &[], last - 1) && !found(&outcome, &[], last), "{outcome:?}");
            assert!(!found(&outcome, &[], -1), "asked in the future: {outcome:?}");
        }
    }

    #[test]
    fn a_fragment_that_was_not_looked_for_is_not_known() {
        let good = Outcome { fragments: ["a".to_owned()].into(), ..Outcome::new(End::Good(200)) };
        assert!(found(&good, &["a"], 1) && !found(&good, &["b"], 1));
        assert!(found(&Outcome::new(End::Status(404)), &["b"], 1));
    }

    #[test]
    fn another_idea_of_what_is_good_asks_again() {
        assert!(!found(&Outcome::new(End::Good(404)), &[], 1));
        assert!(!found(&Outcome::new(End::Status(200)), &[], 1));
    }

    #[test]
    fn what_the_settings_refused_is_not_kept() {
        assert!(!found(&Outcome::new(End::Robots), &[], 0));
        assert!(!found(&Outcome::new(End::Failed(Failure::Private)), &[], 0));
    }
}
