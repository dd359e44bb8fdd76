//! Hosts that are skipped for the rest of a run: unreachable, or limiting requests.
//!
//! Without this, a site with two hundred links to a host that is down would wait for two hundred time-outs.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use url::Url;

use super::http::FetchError;
use super::link_status::LinkResult;

/// A host is skipped after this number of URLs have timed out, each after its retries.
const MAX_TIMEOUTS: usize = 3;

/// Failures by origin.
#[derive(Debug, Default)]
pub(super) struct SkippedHosts {
    by_origin: Mutex<HashMap<String, HostFailures>>,
}

#[derive(Debug, Default)]
struct HostFailures {
    count: usize,
    /// The result of all further URLs of the host.
    result: Option<LinkResult>,
}

impl SkippedHosts {
    /// The result of a URL whose host is skipped; `None` for other hosts.
    pub(super) fn find(&self, url: &Url) -> Option<LinkResult> {
        let by_origin = self.by_origin.lock().unwrap_or_else(PoisonError::into_inner);
        by_origin.get(&origin(url))?.result.clone()
    }

    /// Records the final result of a URL, after its retries.
    pub(super) fn record(&self, url: &Url, result: &LinkResult) {
        let limit = match result {
            LinkResult::Failed(FetchError::UnknownHost | FetchError::ConnectionFailed) | LinkResult::Rejected(429) => 1,
            LinkResult::Failed(FetchError::TimedOut) => MAX_TIMEOUTS,
            _ => return,
        };
        let mut by_origin = self.by_origin.lock().unwrap_or_else(PoisonError::into_inner);
        let failures = by_origin.entry(origin(url)).or_default();
        failures.count += 1;
        if failures.count >= limit {
            failures.result.get_or_insert_with(|| result.clone());
        }
    }
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skips_a_host_that_refuses_connections() {
        let skipped = SkippedHosts::default();
        let [one, other, port] =
            ["https://x.org/a", "https://x.org/b", "https://x.org:8443/"].map(|url| url.parse().unwrap());
        skipped.record(&one, &LinkResult::Rejected(404));
        assert_eq!(skipped.find(&other), None);
        let refused = LinkResult::Failed(FetchError::ConnectionFailed);
        skipped.record(&one, &refused);
        assert_eq!((skipped.find(&other), skipped.find(&port)), (Some(refused), None));
    }

    #[test]
    fn skips_a_host_after_three_timeouts() {
        let skipped = SkippedHosts::default();
        let url = "https://x.org/".parse().unwrap();
        let timeout = LinkResult::Failed(FetchError::TimedOut);
        for _ in 1..MAX_TIMEOUTS {
            skipped.record(&url, &timeout);
            assert_eq!(skipped.find(&url), None);
        }
        skipped.record(&url, &timeout);
        assert_eq!(skipped.find(&url), Some(timeout));
    }
}
