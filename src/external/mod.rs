//! External link check: requests the external links of a site and reports the broken ones.
//!
//! In: external links, and the settings of a run ([`ExternalCheck`]). Out: diagnostics, in the order of the links. Entry point:
//! [`check`]. No other module uses the network, and this one only for `check --external`.
//!
//! 1. [`collect`] finds external links; [`address`] parses them as browsers do.
//! 2. [`cache`] has the statuses of earlier runs. Nothing else is written.
//! 3. [`queue`] limits requests to a host, [`link_check`] decides on the next request, [`client`] sends it, with [`headers`] and
//!    [`cookies`]; [`charset`] decodes the page. [`robots`],
//!    [`skipped_hosts`] and [`private`] exclude URLs and hosts; [`page`] reads a page.
//! 4. [`report`] turns statuses into diagnostics.

mod address;
mod cache;
mod charset;
mod client;
mod collect;
mod cookies;
mod headers;
mod http;
mod link_check;
mod link_status;
mod page;
mod private;
mod proxies;
mod queue;
mod report;
mod retry_after;
mod robots;
mod skipped_hosts;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;
use std::time::Instant;

use jiff::Timestamp;
use jiff::civil::Date;
use url::Url;

pub use headers::AllowedHeader;

pub(crate) use collect::{ExternalLink, RenderedFiles, find_in_rendered, find_in_site};

use crate::config::ExternalSettings;
use crate::diagnostic::{Diagnostics, Text, catalogue};
use crate::progress::{Observer, Stage};

use address::Address;
use cache::Cache;
use client::Client;
use headers::HostHeaders;
use link_check::{LinkCheck, LinkChecker};
use link_status::{LinkResult, LinkStatus};
use proxies::Proxies;
use robots::RobotsCache;
use skipped_hosts::SkippedHosts;

/// The cache file, below the root of a site.
pub(crate) const CACHE: &str = ".vereda/links.json";

/// Counts of different URLs, without those of exclusions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExternalCounts {
    /// All URLs.
    pub urls: usize,
    /// Requested in this run.
    pub requested: usize,
    /// With the status of an earlier run.
    pub cached: usize,
    /// Without a status, because the run was offline.
    pub unknown: usize,
    /// Excluded by `robots.txt`.
    pub disallowed: usize,
    /// The error of writing the cache.
    pub cache_error: Option<Text>,
}

/// What a caller passes in from the command line, the clock and the environment.
#[derive(Clone, Copy)]
pub struct ExternalOptions<'a> {
    /// Reads the cache only, even expired entries.
    pub is_offline: bool,
    /// For the age of cached statuses, and for `Retry-After`.
    pub now: Timestamp,
    /// The variables that headers may have, each with its origin.
    pub allowed_headers: &'a [AllowedHeader],
    /// Reads an environment variable, for proxies and headers.
    pub lookup: &'a (dyn Fn(&str) -> Option<String> + Sync),
}

impl fmt::Debug for ExternalOptions<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ExternalOptions").field("is_offline", &self.is_offline).finish_non_exhaustive()
    }
}

/// The settings of one run.
pub(crate) struct ExternalCheck<'a> {
    pub(crate) settings: &'a ExternalSettings,
    pub(crate) options: ExternalOptions<'a>,
    /// For the last day of exclusions.
    pub(crate) today: Date,
    /// Gets a step for every URL that is requested.
    pub(crate) observer: &'a Observer,
    /// `None` to store nothing.
    pub(crate) cache: Option<&'a Path>,
}

/// The fragments to look up in each URL.
type FragmentsByUrl = BTreeMap<Url, BTreeSet<String>>;

/// Checks all links and reports at every one.
pub(crate) fn check(links: &[ExternalLink], run: &ExternalCheck<'_>, diagnostics: &mut Diagnostics) -> ExternalCounts {
    let links = exclude(links, run, diagnostics);
    let headers = HostHeaders::read(run.settings, run.options.allowed_headers, run.options.lookup, diagnostics);
    let urls = group_by_url(&links);
    let mut cache = run.cache.map(Cache::read).unwrap_or_default();
    let mut counts = ExternalCounts { urls: urls.len(), ..ExternalCounts::default() };
    let mut statuses = find_cached(&urls, &cache, run);
    counts.cached = statuses.len();
    if run.options.is_offline {
        counts.unknown = urls.len() - statuses.len();
    } else {
        let requested = request(&urls, &statuses, headers, run);
        for (url, status) in &requested {
            cache.insert(url.as_str(), status, run.options.now);
        }
        counts.requested = requested.len();
        statuses.extend(requested);
        let written = run.cache.map(|path| cache.write(path, run.options.now));
        counts.cache_error = written.and_then(Result::err).map(|error| error.text());
    }
    counts.disallowed = statuses.values().filter(|status| status.result == LinkResult::DisallowedByRobots).count();
    for link in links {
        if let Some(status) = statuses.get(&link.address.url) {
            report::report(link, status, diagnostics);
        }
    }
    counts
}

/// The links without those of exclusions. Expired exclusions are reported and have no effect.
fn exclude<'l>(
    links: &'l [ExternalLink],
    run: &ExternalCheck<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<&'l ExternalLink> {
    let mut active = Vec::new();
    for exclusion in &run.settings.exclude {
        let pattern = &exclusion.matched;
        match exclusion.until.filter(|until| *until < run.today) {
            Some(until) => {
                let (written, reason) = (&pattern.value.written, &exclusion.reason);
                diagnostics.push(catalogue::external::exclude_expired(pattern.span, written, until, reason));
            }
            None => active.push(&pattern.value),
        }
    }
    let is_excluded = |address: &Address| {
        let whole = format!("{}{}", address.url, address.suffix);
        active.iter().any(|pattern| pattern.matches(&whole) || pattern.matches(&address.shown))
    };
    links.iter().filter(|link| !is_excluded(&link.address)).collect()
}

fn group_by_url(links: &[&ExternalLink]) -> FragmentsByUrl {
    let mut urls = FragmentsByUrl::new();
    for ExternalLink { address, .. } in links {
        urls.entry(address.url.clone()).or_default().extend(address.fragment.clone());
    }
    urls
}

fn find_cached(urls: &FragmentsByUrl, cache: &Cache, run: &ExternalCheck<'_>) -> BTreeMap<Url, LinkStatus> {
    let now = (!run.options.is_offline).then_some(run.options.now);
    let mut found = BTreeMap::new();
    for (url, fragments) in urls {
        if let Some(status) = cache.find(url.as_str(), fragments, run.settings, now) {
            found.insert(url.clone(), status.clone());
        }
    }
    found
}

/// Requests the URLs that have no status yet.
fn request(
    urls: &FragmentsByUrl,
    known: &BTreeMap<Url, LinkStatus>,
    headers: HostHeaders,
    run: &ExternalCheck<'_>,
) -> Vec<(Url, LinkStatus)> {
    let (settings, started) = (run.settings, Instant::now());
    let unknown: Vec<_> = urls.iter().filter(|(url, _)| !known.contains_key(*url)).collect();
    if unknown.is_empty() {
        return Vec::new();
    }
    let client = Client::new(settings, headers, &Proxies::read(run.options.lookup));
    let now = || run.options.now.saturating_add(started.elapsed()).unwrap_or(run.options.now);
    let (robots, skipped_hosts) = (RobotsCache::default(), SkippedHosts::default());
    let checker = LinkChecker { client: &client, settings, robots, skipped_hosts, now: &now };
    let mut checks = Vec::new();
    for (index, (url, fragments)) in unknown.iter().copied().enumerate() {
        checks.push(LinkCheck::new(index, url.clone(), fragments.clone(), settings));
    }
    let steps = run.observer.steps(Stage::Asking, checks.len());
    let statuses = queue::run(checks, settings, |check| checker.step(check), &|| steps.step());
    unknown.into_iter().map(|(url, _)| url.clone()).zip(statuses).collect()
}
