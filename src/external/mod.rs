//! Addresses of other sites → what is wrong with them: the only part that asks the network, and only when `check --external` wants it.
//!
//! In: every [`Mention`] of an address, and how to ask ([`Asking`]). Out: diagnostics at each mention, in their order whatever order
//! hosts answer in. Entry point: [`check`].
//!
//! 1. [`collect`] finds where addresses stand; [`address`] reads them as browsers do.
//! 2. [`cache`] knows what was asked not long ago.
//! 3. [`queue`] leaves hosts in peace, [`visit`] takes an address a request further, [`client`] makes the request. [`lawful`] and
//!    [`robots`] know what a host does not want, [`closed`] which hosts are not worth asking, [`private`] what is no part of the internet, [`page`] what a page tells.
//! 4. [`tell`] says what came of it.
//!
//! The environment and the time of day come in with [`Asking`]. Nothing is written but the cache.

mod address;
mod ask;
mod cache;
mod client;
mod closed;
mod collect;
mod headers;
mod lawful;
mod outcome;
mod page;
mod private;
mod proxies;
mod queue;
mod robots;
mod tell;
mod visit;
mod wait;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;
use std::time::Instant;

use jiff::Timestamp;
use jiff::civil::Date;
use url::Url;

pub(crate) use collect::{Mention, Rendered, find_in_rendered, find_in_site};

use crate::config::ExternalSettings;
use crate::diagnostic::{Diagnostics, Text, catalogue};
use crate::progress::{Observer, Stage};

use address::Address;
use cache::Cache;
use client::Client;
use closed::Closed;
use headers::Headers;
use lawful::Lawful;
use outcome::{End, Outcome};
use proxies::Proxies;
use visit::{Visit, Visitor};

/// Where answers are kept, below the root of a site.
pub(crate) const CACHE: &str = ".vereda/links.json";

/// What came of asking other sites, by address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskedLinks {
    /// Different addresses, those that are excluded left out.
    pub addresses: usize,
    /// Asked in this run.
    pub asked: usize,
    /// Known from an earlier run.
    pub kept: usize,
    /// Not known, because nobody was to be asked.
    pub unknown: usize,
    /// Not asked, because their hosts do not want programs there.
    pub unwanted: usize,
    /// Why the answers could not be kept for the next run.
    pub not_kept: Option<Text>,
}

/// How other sites are asked, as whoever starts a run knows it.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// No connection is opened: only what earlier runs kept is told.
    pub is_offline: bool,
    /// The time of day.
    pub now: Timestamp,
    /// A variable of the environment: proxies, and secrets in headers.
    pub lookup: &'a (dyn Fn(&str) -> Option<String> + Sync),
}

impl fmt::Debug for Asking<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Asking").field("is_offline", &self.is_offline).finish_non_exhaustive()
    }
}

/// What one run knows beside the mentions.
pub(crate) struct Run<'a> {
    pub(crate) settings: &'a ExternalSettings,
    pub(crate) asking: Asking<'a>,
    /// The day on which exclusions end.
    pub(crate) today: Date,
    /// Told of every address that is done.
    pub(crate) observer: &'a Observer,
    /// The file of the cache; `None` where nothing is kept.
    pub(crate) cache: Option<&'a Path>,
}

/// What is to be known of each address: fragments of it.
type Wanted = BTreeMap<Url, BTreeSet<String>>;

/// Asks for every address that is mentioned, and says what is wrong.
pub(crate) fn check(mentions: &[Mention], run: &Run<'_>, diagnostics: &mut Diagnostics) -> AskedLinks {
    let mentions = leave_out(mentions, run, diagnostics);
    let headers = Headers::read(run.settings, run.asking.lookup, diagnostics);
    let wanted = gather(&mentions);
    let mut cache = run.cache.map(Cache::read).unwrap_or_default();
    let mut counts = AskedLinks { addresses: wanted.len(), ..AskedLinks::default() };
    let mut outcomes = find_kept(&wanted, &cache, run);
    counts.kept = outcomes.len();
    if run.asking.is_offline {
        counts.unknown = wanted.len() - outcomes.len();
    } else {
        let asked = ask(&wanted, &outcomes, headers, run);
        for (url, outcome) in &asked {
            cache.keep(url.as_str(), outcome, run.asking.now);
        }
        counts.asked = asked.len();
        outcomes.extend(asked);
        let written = run.cache.map(|path| cache.write(path, run.asking.now));
        counts.not_kept = written.and_then(Result::err).map(|error| error.text());
    }
    counts.unwanted = outcomes.values().filter(|outcome| outcome.end == End::Robots).count();
    for mention in mentions {
        if let Some(outcome) = outcomes.get(&mention.address.url) {
            tell::tell(mention, outcome, diagnostics);
        }
    }
    counts
}

/// The mentions that no exclusion covers; exclusions whose day is past cover none, and are told.
fn leave_out<'m>(mentions: &'m [Mention], run: &Run<'_>, diagnostics: &mut Diagnostics) -> Vec<&'m Mention> {
    let is_past = |until: Option<Date>| until.is_some_and(|until| until < run.today);
    let (past, holding): (Vec<_>, Vec<_>) = run.settings.exclude.iter().partition(|one| is_past(one.until));
    for exclusion in past {
        let until = exclusion.until.expect("what has no end is not past");
        let pattern = &exclusion.matched;
        diagnostics.push(catalogue::external::exclude_expired(
            pattern.span,
            &pattern.value.written,
            until,
            &exclusion.reason,
        ));
    }
    let covers = |address: &Address| {
        let whole = format!("{}{}", address.url, address.suffix);
        holding.iter().any(|one| one.matched.value.matches(&whole) || one.matched.value.matches(&address.shown))
    };
    mentions.iter().filter(|mention| !covers(&mention.address)).collect()
}

fn gather(mentions: &[&Mention]) -> Wanted {
    let mut wanted = Wanted::new();
    for Mention { address, .. } in mentions {
        wanted.entry(address.url.clone()).or_default().extend(address.fragment.clone());
    }
    wanted
}

fn find_kept(wanted: &Wanted, cache: &Cache, run: &Run<'_>) -> BTreeMap<Url, Outcome> {
    let now = (!run.asking.is_offline).then_some(run.asking.now);
    let find = |(url, fragments): (&Url, &BTreeSet<String>)| {
        Some((url.clone(), cache.find(url.as_str(), fragments, run.settings, now)?.clone()))
    };
    wanted.iter().filter_map(find).collect()
}

/// Asks for what is not known.
fn ask(wanted: &Wanted, known: &BTreeMap<Url, Outcome>, headers: Headers, run: &Run<'_>) -> Vec<(Url, Outcome)> {
    let (settings, begun) = (run.settings, Instant::now());
    let unknown: Vec<_> = wanted.iter().filter(|(url, _)| !known.contains_key(*url)).collect();
    if unknown.is_empty() {
        return Vec::new();
    }
    let client = Client::new(settings, headers, &Proxies::read(run.asking.lookup));
    let now = || run.asking.now.saturating_add(begun.elapsed()).unwrap_or(run.asking.now);
    let visitor = Visitor { ask: &client, settings, lawful: Lawful::default(), closed: Closed::default(), now: &now };
    let visit = |(index, (url, fragments)): (usize, &(&Url, &BTreeSet<String>))| {
        Visit::new(index, (*url).clone(), (*fragments).clone(), settings)
    };
    let visits: Vec<_> = unknown.iter().enumerate().map(visit).collect();
    let steps = run.observer.steps(Stage::Asking, visits.len());
    let outcomes = queue::run(visits, settings, |visit| visitor.step(visit), &|| steps.step());
    unknown.into_iter().map(|(url, _)| url.clone()).zip(outcomes).collect()
}
