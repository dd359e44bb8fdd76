//! State machine of one external link: each step sends one request.
//!
//! In: a [`LinkCheck`]. Out: the next state with its delay, or a [`LinkStatus`]. Entry point: [`LinkChecker::step`]. `HEAD` comes
//! first, `GET` if that is refused or the page is needed. Redirects, retries and the test of `https` are steps too, so
//! [`super::queue`] can delay each one.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::address::{host_of, https_variant, resolve_redirect};
use super::cookies::Cookies;
use super::http::{Fetch, FetchError, Method, ReadBody, Request, Response, ResponseText};
use super::link_status::{LinkResult, LinkStatus};
use super::page;
use super::retry_after::read_retry_after;
use super::robots::RobotsCache;
use super::skipped_hosts::SkippedHosts;
use crate::config::ExternalSettings;

/// Statuses that are retried.
const TRANSIENT: [u16; 6] = [408, 429, 500, 502, 503, 504];

/// The state of a check between two requests.
#[derive(Clone, Debug)]
pub(super) struct LinkCheck {
    /// The position of the link in the results.
    pub(super) index: usize,
    /// The next URL to request.
    pub(super) url: Url,
    /// The URLs before it; the first is that of the link.
    redirected_from: Vec<Url>,
    /// Set by the responses before.
    cookies: Cookies,
    /// Each request before, with its cookies: a repeated one is a loop.
    sent: Vec<(Url, Option<String>)>,
    is_permanent: bool,
    fragments: BTreeSet<String>,
    method: Method,
    retries: usize,
    /// The final status, if only the `https` variant is left to request.
    accepted: Option<Box<LinkStatus>>,
}

#[derive(Debug)]
pub(super) enum Step {
    /// Another request is needed, after a delay for this link or for its whole host.
    Requeue {
        check: LinkCheck,
        delay: Duration,
        is_for_host: bool,
    },
    Done(LinkStatus),
}

/// What all checks of a run share.
pub(super) struct LinkChecker<'a, C> {
    pub(super) client: &'a C,
    pub(super) settings: &'a ExternalSettings,
    pub(super) robots: RobotsCache,
    pub(super) skipped_hosts: SkippedHosts,
    pub(super) now: &'a (dyn Fn() -> Timestamp + Sync),
}

impl LinkCheck {
    pub(super) fn new(index: usize, url: Url, fragments: BTreeSet<String>, settings: &ExternalSettings) -> Self {
        let method = first_method(&fragments, settings);
        Self {
            index,
            url,
            redirected_from: Vec::new(),
            cookies: Cookies::default(),
            sent: Vec::new(),
            is_permanent: true,
            fragments,
            method,
            retries: 0,
            accepted: None,
        }
    }

    /// The host of the next request.
    pub(super) fn host(&self) -> &str {
        host_of(&self.url)
    }

    /// Headers are secrets: they are not sent after a redirect from `https` to `http`.
    fn has_headers(&self) -> bool {
        self.url.scheme() == "https" || self.redirected_from.iter().all(|url| url.scheme() == "http")
    }

    fn requeue(self) -> Step {
        Step::Requeue { check: self, delay: Duration::ZERO, is_for_host: false }
    }
}

/// `GET` if the page is needed, for its anchors or its title.
fn first_method(fragments: &BTreeSet<String>, settings: &ExternalSettings) -> Method {
    if fragments.is_empty() && !settings.soft_404 { Method::Head } else { Method::Get }
}

impl<C: Fetch> LinkChecker<'_, C> {
    /// Sends one request, unless the host is skipped or excludes robots.
    pub(super) fn step(&self, check: LinkCheck) -> Step {
        let is_disallowed = || self.settings.robots && !self.robots.allows(&check.url, self.client);
        let skipped = self.skipped_hosts.find(&check.url);
        if let Some(result) = skipped.or_else(|| is_disallowed().then_some(LinkResult::DisallowedByRobots)) {
            let accepted = check.accepted.as_deref().cloned();
            return Step::Done(accepted.unwrap_or_else(|| finish(&check, result)));
        }
        let read_body = if self.reads_page(&check) { ReadBody::IfHtml } else { ReadBody::Never };
        let cookie = check.cookies.header(&check.url);
        let (has_headers, cookie) = (check.has_headers(), cookie.as_deref());
        let request = Request { url: &check.url, method: check.method, read_body, has_headers, cookie };
        let response = self.client.fetch(&request);
        if let Some(accepted) = check.accepted {
            return Step::Done(self.with_https_variant(*accepted, &check.url, response.ok()));
        }
        match response {
            Ok(response) => self.after_response(check, &response),
            Err(error) => self.after_error(check, error),
        }
    }

    fn reads_page(&self, check: &LinkCheck) -> bool {
        let is_needed = first_method(&check.fragments, self.settings) == Method::Get;
        check.accepted.is_none() && check.method == Method::Get && is_needed
    }

    fn after_response(&self, check: LinkCheck, response: &Response) -> Step {
        let status = response.status;
        if let Some(location) = response.location.as_deref().filter(|_| matches!(status, 301 | 302 | 303 | 307 | 308)) {
            return self.redirect(check, response, location);
        }
        if self.settings.accepts(status) {
            return self.accept(check, status, response.text.as_ref());
        }
        let has_delay = matches!(status, 429 | 503) && response.retry_after.is_some();
        if check.method == Method::Head && status != 429 && !has_delay {
            return LinkCheck { method: Method::Get, ..check }.requeue();
        }
        if TRANSIENT.contains(&status)
            && let Some(step) = self.retry(&check, response)
        {
            return step;
        }
        // 405 for `GET`: the URL exists, for another method.
        let result = if status == 405 { LinkResult::Accepted(status) } else { LinkResult::Rejected(status) };
        self.skipped_hosts.record(&check.url, &result);
        Step::Done(finish(&check, result))
    }

    fn redirect(&self, mut check: LinkCheck, response: &Response, location: &str) -> Step {
        let status = response.status;
        let Some(target) = resolve_redirect(&check.url, location) else {
            // The target belongs to another program, so it cannot be requested.
            return Step::Done(finish(&check, LinkResult::Accepted(status)));
        };
        check.is_permanent &= matches!(status, 301 | 308);
        check.sent.push((check.url.clone(), check.cookies.header(&check.url)));
        check.cookies.store(&check.url, &response.cookies);
        let from = std::mem::replace(&mut check.url, target);
        check.redirected_from.push(from);
        let next = (check.url.clone(), check.cookies.header(&check.url));
        if check.sent.contains(&next) || check.redirected_from.len() > self.settings.redirects {
            return Step::Done(finish(&check, LinkResult::RedirectLoop));
        }
        check.method = first_method(&check.fragments, self.settings);
        check.retries = 0;
        check.requeue()
    }

    /// Reads the page of an accepted response, and continues with the `https` variant of an `http` link.
    fn accept(&self, check: LinkCheck, status: u16, text: Option<&ResponseText>) -> Step {
        let mut accepted = finish(&check, LinkResult::Accepted(status));
        accepted.has_read_page = self.reads_page(&check);
        if let Some(text) = text {
            let page = page::read(&text.text);
            accepted.missing_fragments = page::find_missing(&page, text, &check.fragments);
            accepted.not_found_text = page::find_not_found_text(&page);
        }
        match https_variant(check.redirected_from.first().unwrap_or(&check.url)) {
            Some(variant) if check.url == variant => {
                accepted.https_url = Some(variant.into());
                Step::Done(accepted)
            }
            Some(variant) if check.redirected_from.is_empty() => {
                let (method, accepted) = (Method::Head, Some(Box::new(accepted)));
                LinkCheck { url: variant, method, accepted, cookies: Cookies::default(), ..check }.requeue()
            }
            _ => Step::Done(accepted),
        }
    }

    /// The variant is requested once: its failure is no fault of the link.
    fn with_https_variant(&self, accepted: LinkStatus, variant: &Url, response: Option<Response>) -> LinkStatus {
        let response = response.filter(|response| self.settings.accepts(response.status));
        LinkStatus { https_url: response.map(|_| variant.to_string()), ..accepted }
    }

    fn after_error(&self, check: LinkCheck, error: FetchError) -> Step {
        if check.method == Method::Head && error.may_be_caused_by_head() {
            return LinkCheck { method: Method::Get, ..check }.requeue();
        }
        if error.is_transient()
            && let Some(step) = self.retry(&check, &Response::default())
        {
            return step;
        }
        let result = LinkResult::Failed(error);
        self.skipped_hosts.record(&check.url, &result);
        Step::Done(finish(&check, result))
    }

    /// A retry after `Retry-After`, or else after a delay that doubles each time. `None` after the last retry, or if the
    /// requested delay exceeds `longest_wait`.
    fn retry(&self, check: &LinkCheck, response: &Response) -> Option<Step> {
        if check.retries >= self.settings.retries {
            return None;
        }
        let read = |value: &str| read_retry_after(value, response.date.as_deref(), (self.now)());
        let requested = response.retry_after.as_deref().and_then(read);
        let backoff = self.settings.backoff.saturating_mul(1 << check.retries.min(16));
        let delay = requested.unwrap_or_else(|| backoff.min(self.settings.longest_wait));
        let check = LinkCheck { retries: check.retries + 1, ..check.clone() };
        let step = Step::Requeue { check, delay, is_for_host: requested.is_some() };
        (delay <= self.settings.longest_wait).then_some(step)
    }
}

fn finish(check: &LinkCheck, result: LinkResult) -> LinkStatus {
    // A page that sets a cookie may redirect to itself.
    let has_redirects = check.redirected_from.first().is_some_and(|first| *first != check.url);
    let is_permanent = has_redirects && check.is_permanent;
    let mut url = check.url.clone();
    if !is_permanent && url.query().is_some() {
        // The query of a temporary redirect may have a secret, such as a session key.
        url.set_query(Some("***"));
    }
    LinkStatus {
        is_permanent,
        final_url: has_redirects.then(|| url.into()),
        fragments: check.fragments.clone(),
        ..LinkStatus::new(result)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::Mutex;

    use super::*;

    /// Responses by URL, each used once, the last repeated. A status of 0 is a TLS error.
    #[derive(Default)]
    struct Web {
        responses: HashMap<&'static str, Vec<Response>>,
        /// The URL of every request, and whether it had headers.
        requests: Mutex<Vec<(String, bool)>>,
        /// The cookies of every request.
        cookies: Mutex<Vec<Option<String>>>,
    }

    impl Fetch for Web {
        fn fetch(&self, request: &Request<'_>) -> Result<Response, FetchError> {
            let mut requests = self.requests.lock().unwrap();
            let earlier = requests.iter().filter(|(url, _)| url == request.url.as_str()).count();
            requests.push((request.url.to_string(), request.has_headers));
            self.cookies.lock().unwrap().push(request.cookie.map(str::to_owned));
            let responses = self.responses.get(request.url.as_str()).map(Vec::as_slice).unwrap_or_default();
            match responses.get(earlier).or(responses.last()) {
                Some(Response { status: 0, .. }) => Err(FetchError::Tls("old".into())),
                Some(response) => Ok(response.clone()),
                None => Err(FetchError::UnknownHost),
            }
        }
    }

    fn status(status: u16) -> Response {
        Response { status, ..Response::default() }
    }

    fn redirect(status: u16, location: &str) -> Response {
        Response { status, location: Some(location.into()), ..Response::default() }
    }

    fn web(responses: &[(&'static str, &[Response])]) -> Web {
        Web {
            responses: responses.iter().map(|(url, responses)| (*url, responses.to_vec())).collect(),
            ..Web::default()
        }
    }

    /// The status of a URL, and the delays between its requests.
    fn check(web: &Web, url: &str, settings: &ExternalSettings) -> (LinkStatus, Vec<Duration>) {
        let now = || "2026-11-22T12:00:00Z".parse().unwrap();
        let (robots, skipped_hosts) = (RobotsCache::default(), SkippedHosts::default());
        let checker = LinkChecker { client: web, settings, robots, skipped_hosts, now: &now };
        let mut check = LinkCheck::new(0, url.parse().unwrap(), BTreeSet::new(), settings);
        let mut delays = Vec::new();
        loop {
            match checker.step(check) {
                Step::Done(status) => return (status, delays),
                Step::Requeue { check: next, delay, .. } => {
                    delays.extend((!delay.is_zero()).then_some(delay));
                    check = next;
                }
            }
        }
    }

    #[test]
    fn requests_the_https_variant_once() {
        let settings = ExternalSettings::default();
        let secure = |web: &Web| check(web, "http://x.org/a", &settings).0.https_url;
        let both = web(&[("http://x.org/a", &[status(200)]), ("https://x.org/a", &[status(200)])]);
        assert_eq!(secure(&both).as_deref(), Some("https://x.org/a"));
        assert_eq!(secure(&web(&[("http://x.org/a", &[status(200)])])), None, "no https");
        let back = web(&[("http://x.org/a", &[status(200)]), ("https://x.org/a", &[redirect(301, "http://x.org/a")])]);
        assert_eq!(secure(&back), None, "https redirects to http");
        let sent = web(&[("http://x.org/a", &[redirect(302, "https://x.org/a")]), ("https://x.org/a", &[status(200)])]);
        assert_eq!(secure(&sent).as_deref(), Some("https://x.org/a"));
        assert_eq!(sent.requests.lock().unwrap().len(), 2);
    }

    #[test]
    fn sends_no_headers_after_a_redirect_to_http() {
        let web = web(&[
            ("https://x.org/", &[redirect(302, "/b")]),
            ("https://x.org/b", &[redirect(302, "http://x.org/c")]),
            ("http://x.org/c", &[status(200)]),
        ]);
        check(&web, "https://x.org/", &ExternalSettings::default());
        let with: Vec<_> = web.requests.lock().unwrap().iter().map(|(_, has_headers)| *has_headers).collect();
        assert_eq!(with, [true, true, false]);
    }

    #[test]
    fn doubles_the_delay_of_each_retry() {
        let settings = ExternalSettings { retries: 3, ..ExternalSettings::default() };
        let down = web(&[("https://x.org/", &[status(500)])]);
        let (last, delays) = check(&down, "https://x.org/", &settings);
        assert_eq!(last.result, LinkResult::Rejected(500));
        assert_eq!(delays.iter().map(Duration::as_secs).collect::<Vec<_>>(), [1, 2, 4]);
        let refused = web(&[("https://x.org/", &[status(0)])]);
        assert!(check(&refused, "https://x.org/", &settings).1.is_empty(), "a TLS error is permanent");
    }

    #[test]
    fn does_not_retry_after_more_than_the_longest_wait() {
        let wait = |seconds: &str| Response { status: 503, retry_after: Some(seconds.into()), ..Response::default() };
        let settings = ExternalSettings::default();
        let short = web(&[("https://x.org/", &[wait("60"), status(200)])]);
        let (last, delays) = check(&short, "https://x.org/", &settings);
        assert_eq!((last.result, delays), (LinkResult::Accepted(200), vec![Duration::from_mins(1)]));
        let long = web(&[("https://x.org/", &[wait("61"), status(200)])]);
        assert_eq!(check(&long, "https://x.org/", &settings).0.result, LinkResult::Rejected(503));
        assert_eq!(long.requests.lock().unwrap().len(), 1);
    }

    #[test]
    fn hides_the_query_of_a_temporary_redirect() {
        let last = |status: u16| {
            let web = web(&[
                ("https://x.org/", &[redirect(status, "/a?key=1")]),
                ("https://x.org/a?key=1", &[self::status(200)]),
            ]);
            check(&web, "https://x.org/", &ExternalSettings::default()).0.final_url
        };
        assert_eq!(last(302).as_deref(), Some("https://x.org/a?***"));
        assert_eq!(last(301).as_deref(), Some("https://x.org/a?key=1"));
    }

    #[test]
    fn keeps_cookies_within_a_chain_of_redirects() {
        let set = |location: &str, cookie: &str| Response { cookies: vec![cookie.into()], ..redirect(302, location) };
        let settings = ExternalSettings::default();
        let once = web(&[("https://x.org/", &[set("/", "a=1"), status(200)])]);
        let (last, _) = check(&once, "https://x.org/", &settings);
        assert_eq!((last.result, last.final_url), (LinkResult::Accepted(200), None));
        assert_eq!(*once.cookies.lock().unwrap(), [None, Some("a=1".to_owned())]);
        let loops =
            |first: Response| check(&web(&[("https://x.org/", &[first])]), "https://x.org/", &settings).0.result;
        assert_eq!(loops(set("/", "a=1")), LinkResult::RedirectLoop, "the same cookie again");
        assert_eq!(loops(redirect(302, "/")), LinkResult::RedirectLoop);
        let other = web(&[("https://x.org/", &[set("https://y.org/", "a=1")]), ("https://y.org/", &[status(200)])]);
        check(&other, "https://x.org/", &settings);
        assert_eq!(*other.cookies.lock().unwrap(), [None, None], "another host");
    }

    #[test]
    fn accepts_a_redirect_to_another_program() {
        let web = web(&[("https://x.org/", &[redirect(302, "whatsapp://send")])]);
        assert_eq!(check(&web, "https://x.org/", &ExternalSettings::default()).0.result, LinkResult::Accepted(302));
    }
}
