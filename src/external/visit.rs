//! One address, a request at a time, until it is known what to say of it.
//!
//! In: a [`Visit`]. Out: the visit as it goes on, or its [`Outcome`]. Entry point: [`Visitor::step`]. Each step is one request on one
//! host, so that whoever plans them ([`super::queue`]) can leave every host in peace for as long as it should be. `HEAD` is asked
//! first, `GET` where that is refused or a page is to be read; redirects, retries and the twin with `https` are steps like others.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::address::{host_of, join, secure_twin};
use super::ask::{Answer, Ask, Failure, Method, Request, Text, Wants};
use super::closed::Closed;
use super::lawful::Lawful;
use super::outcome::{End, Outcome};
use super::page;
use super::wait::read_retry_after;
use crate::config::ExternalSettings;

/// Statuses that may be otherwise in a moment.
const PASSING: [u16; 6] = [408, 429, 500, 502, 503, 504];

/// An address on its way.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    /// Which of the addresses it is.
    pub(super) index: usize,
    /// What is asked next.
    pub(super) url: Url,
    /// What was asked before; the first is the address itself.
    hops: Vec<Url>,
    is_permanent: bool,
    /// Fragments to look for.
    fragments: BTreeSet<String>,
    method: Method,
    tries: usize,
    /// The address is good; this is its twin with `https`.
    good: Option<Box<Outcome>>,
}

/// How a visit goes on.
#[derive(Debug)]
pub(super) enum Next {
    /// It is asked again, so long after.
    Again {
        visit: Visit,
        after: Duration,
        is_for_all: bool,
    },
    Done(Outcome),
}

/// Takes visits a step further.
pub(super) struct Visitor<'a, A> {
    pub(super) ask: &'a A,
    pub(super) settings: &'a ExternalSettings,
    pub(super) lawful: Lawful,
    pub(super) closed: Closed,
    pub(super) now: &'a (dyn Fn() -> Timestamp + Sync),
}

impl Visit {
    /// Begins at an address.
    pub(super) fn new(index: usize, url: Url, fragments: BTreeSet<String>, settings: &ExternalSettings) -> Self {
        let method = if fragments.is_empty() && !settings.soft_404 { Method::Head } else { Method::Get };
        Self { index, url, hops: Vec::new(), is_permanent: true, fragments, method, tries: 0, good: None }
    }

    /// The host of the next request.
    pub(super) fn host(&self) -> &str {
        host_of(&self.url)
    }

    fn origin(&self) -> &Url {
        self.hops.first().unwrap_or(&self.url)
    }

    /// Headers are secrets: they do not follow a redirect that gives up `https`.
    fn has_headers(&self) -> bool {
        self.url.scheme() == "https" || self.hops.iter().all(|hop| hop.scheme() == "http")
    }

    /// At once.
    fn again(self) -> Next {
        Next::Again { visit: self, after: Duration::ZERO, is_for_all: false }
    }
}

impl<A: Ask> Visitor<'_, A> {
    /// Makes one request.
    pub(super) fn step(&self, visit: Visit) -> Next {
        let is_unwanted = || self.settings.robots && !self.lawful.allows(&visit.url, self.ask);
        if let Some(end) = self.closed.find(&visit.url).or_else(|| is_unwanted().then_some(End::Robots)) {
            let outcome = visit.good.as_deref().cloned();
            return Next::Done(outcome.unwrap_or_else(|| conclude(&visit, end)));
        }
        let wants =
            if visit.good.is_none() && visit.method == Method::Get { self.wanted(&visit) } else { Wants::Status };
        let request = Request { url: &visit.url, method: visit.method, wants, has_headers: visit.has_headers() };
        let reply = self.ask.ask(&request);
        if let Some(good) = visit.good {
            return Next::Done(self.with_twin(*good, &visit.url, reply.ok()));
        }
        match reply {
            Ok(answer) => self.follow(visit, &answer),
            Err(failure) => self.after_failure(visit, failure),
        }
    }

    fn wanted(&self, visit: &Visit) -> Wants {
        if visit.fragments.is_empty() && !self.settings.soft_404 { Wants::Status } else { Wants::Page }
    }

    fn accepts(&self, status: u16) -> bool {
        self.settings.accept.iter().any(|range| range.holds(status))
    }

    fn follow(&self, visit: Visit, answer: &Answer) -> Next {
        let status = answer.status;
        if let Some(location) = answer.location.as_deref().filter(|_| matches!(status, 301 | 302 | 303 | 307 | 308)) {
            return self.redirect(visit, status, location);
        }
        if self.accepts(status) {
            return self.arrive(visit, status, answer.text.as_ref());
        }
        let asks_to_wait = matches!(status, 429 | 503) && answer.retry_after.is_some();
        if visit.method == Method::Head && status != 429 && !asks_to_wait {
            return Visit { method: Method::Get, ..visit }.again();
        }
        if PASSING.contains(&status)
            && let Some(next) = self.retry(&visit, answer)
        {
            return next;
        }
        // A host that answers `GET` so has the address, and wants something else to be sent there.
        let end = if status == 405 { End::Good(status) } else { End::Status(status) };
        self.closed.remember(&visit.url, &end);
        Next::Done(conclude(&visit, end))
    }

    /// Goes to where an answer points, by the method that the visit began with.
    fn redirect(&self, mut visit: Visit, status: u16, location: &str) -> Next {
        let Some(to) = join(&visit.url, location) else {
            // To another program: that is for the reader to see.
            return Next::Done(conclude(&visit, End::Good(status)));
        };
        visit.is_permanent &= matches!(status, 301 | 308);
        let from = std::mem::replace(&mut visit.url, to);
        visit.hops.push(from);
        if visit.hops.contains(&visit.url) || visit.hops.len() > self.settings.redirects {
            return Next::Done(conclude(&visit, End::Loop));
        }
        visit.method = Visit::new(visit.index, visit.url.clone(), visit.fragments.clone(), self.settings).method;
        visit.tries = 0;
        visit.again()
    }

    /// The address is good: its page is looked at, and then its twin is asked for.
    fn arrive(&self, visit: Visit, status: u16, text: Option<&Text>) -> Next {
        let mut outcome = conclude(&visit, End::Good(status));
        outcome.was_read = visit.method == Method::Get && self.wanted(&visit) == Wants::Page;
        if let Some(text) = text {
            let seen = page::read(&text.text);
            outcome.missing = page::missing(&seen, text, &visit.fragments);
            outcome.says_nothing = page::says_nothing(&seen);
        }
        let origin = visit.origin();
        match secure_twin(origin) {
            Some(twin) if visit.url == twin => {
                outcome.secure = Some(twin.into());
                Next::Done(outcome)
            }
            Some(twin) if visit.hops.is_empty() => {
                Visit { url: twin, method: Method::Head, good: Some(Box::new(outcome)), ..visit }.again()
            }
            _ => Next::Done(outcome),
        }
    }

    /// Asked once: that it does not answer is no fault of the address.
    fn with_twin(&self, good: Outcome, twin: &Url, answer: Option<Answer>) -> Outcome {
        let secure = answer.filter(|answer| self.accepts(answer.status)).map(|_| twin.to_string());
        Outcome { secure, ..good }
    }

    fn after_failure(&self, visit: Visit, failure: Failure) -> Next {
        if visit.method == Method::Head && failure.may_be_of_head() {
            return Visit { method: Method::Get, ..visit }.again();
        }
        if failure.may_pass()
            && let Some(next) = self.retry(&visit, &Answer::default())
        {
            return next;
        }
        let end = End::Failed(failure);
        self.closed.remember(&visit.url, &end);
        Next::Done(conclude(&visit, end))
    }

    /// Again after a while: as long as the host asks for, else twice as long each time. `None` where it was tried often enough, or
    /// the host asks for longer than anybody waits.
    fn retry(&self, visit: &Visit, answer: &Answer) -> Option<Next> {
        if visit.tries >= self.settings.retries {
            return None;
        }
        let wait = |value: &str| read_retry_after(value, answer.date.as_deref(), (self.now)());
        let asked = answer.retry_after.as_deref().and_then(wait);
        let doubled = self.settings.backoff.saturating_mul(1 << visit.tries.min(16));
        let after = asked.unwrap_or_else(|| doubled.min(self.settings.longest_wait));
        let visit = Visit { tries: visit.tries + 1, ..visit.clone() };
        (after <= self.settings.longest_wait).then_some(Next::Again { visit, after, is_for_all: asked.is_some() })
    }
}

fn conclude(visit: &Visit, end: End) -> Outcome {
    let is_permanent = !visit.hops.is_empty() && visit.is_permanent;
    let mut last = visit.url.clone();
    if !is_permanent && last.query().is_some() {
        // For the moment a host gives keys away in queries, to who may come in.
        last.set_query(Some("***"));
    }
    Outcome {
        is_permanent,
        last: (!visit.hops.is_empty()).then(|| last.into()),
        fragments: visit.fragments.clone(),
        ..Outcome::new(end)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::Mutex;

    use super::*;

    /// A web of addresses; of several answers each is given once, the last for ever. A status of 0 is a bad certificate.
    #[derive(Default)]
    struct Web {
        answers: HashMap<&'static str, Vec<Answer>>,
        /// Every request, with whether headers went with it.
        asked: Mutex<Vec<(String, bool)>>,
    }

    impl Ask for Web {
        fn ask(&self, request: &Request<'_>) -> Result<Answer, Failure> {
            let mut asked = self.asked.lock().unwrap();
            let before = asked.iter().filter(|(asked, _)| asked == request.url.as_str()).count();
            asked.push((request.url.to_string(), request.has_headers));
            let answers = self.answers.get(request.url.as_str()).map(Vec::as_slice).unwrap_or_default();
            match answers.get(before).or(answers.last()) {
                Some(Answer { status: 0, .. }) => Err(Failure::Tls("old".into())),
                Some(answer) => Ok(answer.clone()),
                None => Err(Failure::UnknownHost),
            }
        }
    }

    fn status(status: u16) -> Answer {
        Answer { status, ..Answer::default() }
    }

    fn to(status: u16, location: &str) -> Answer {
        Answer { status, location: Some(location.into()), ..Answer::default() }
    }

    fn web(answers: &[(&'static str, &[Answer])]) -> Web {
        Web { answers: answers.iter().map(|(url, answers)| (*url, answers.to_vec())).collect(), ..Web::default() }
    }

    /// What an address comes to, and how long would have been waited between its steps.
    fn walk(web: &Web, url: &str, settings: &ExternalSettings) -> (Outcome, Vec<Duration>) {
        let now = || "2026-11-22T12:00:00Z".parse().unwrap();
        let visitor = Visitor { ask: web, settings, lawful: Lawful::default(), closed: Closed::default(), now: &now };
        let mut visit = Visit::new(0, url.parse().unwrap(), BTreeSet::new(), settings);
        let mut waited = Vec::new();
        loop {
            match visitor.step(visit) {
                Next::Done(outcome) => return (outcome, waited),
                Next::Again { visit: next, after, .. } => {
                    waited.extend((!after.is_zero()).then_some(after));
                    visit = next;
                }
            }
        }
    }

    #[test]
    fn the_twin_with_https_is_asked_for_once() {
        let settings = ExternalSettings::default();
        let secure = |web: &Web| walk(web, "http://x.org/a", &settings).0.secure;
        let both = web(&[("http://x.org/a", &[status(200)]), ("https://x.org/a", &[status(200)])]);
        assert_eq!(secure(&both).as_deref(), Some("https://x.org/a"));
        assert_eq!(secure(&web(&[("http://x.org/a", &[status(200)])])), None, "no https");
        let back = web(&[("http://x.org/a", &[status(200)]), ("https://x.org/a", &[to(301, "http://x.org/a")])]);
        assert_eq!(secure(&back), None, "https leads back to http");
        let sent = web(&[("http://x.org/a", &[to(302, "https://x.org/a")]), ("https://x.org/a", &[status(200)])]);
        assert_eq!(secure(&sent).as_deref(), Some("https://x.org/a"));
        assert_eq!(sent.asked.lock().unwrap().len(), 2);
    }

    #[test]
    fn headers_do_not_follow_a_redirect_that_gives_up_https() {
        let web = web(&[
            ("https://x.org/", &[to(302, "/b")]),
            ("https://x.org/b", &[to(302, "http://x.org/c")]),
            ("http://x.org/c", &[status(200)]),
        ]);
        walk(&web, "https://x.org/", &ExternalSettings::default());
        let with: Vec<_> = web.asked.lock().unwrap().iter().map(|(_, has_headers)| *has_headers).collect();
        assert_eq!(with, [true, true, false]);
    }

    #[test]
    fn each_wait_is_twice_the_one_before() {
        let settings = ExternalSettings { retries: 3, ..ExternalSettings::default() };
        let down = web(&[("https://x.org/", &[status(500)])]);
        let (outcome, waited) = walk(&down, "https://x.org/", &settings);
        assert_eq!(outcome.end, End::Status(500));
        assert_eq!(waited.iter().map(Duration::as_secs).collect::<Vec<_>>(), [1, 2, 4]);
        let refused = web(&[("https://x.org/", &[status(0)])]);
        assert!(walk(&refused, "https://x.org/", &settings).1.is_empty(), "a certificate does not get young again");
    }

    #[test]
    fn a_host_that_asks_for_more_than_anybody_waits_is_left_alone() {
        let wait = |seconds: &str| Answer { status: 503, retry_after: Some(seconds.into()), ..Answer::default() };
        let settings = ExternalSettings::default();
        let patient = web(&[("https://x.org/", &[wait("60"), status(200)])]);
        let (outcome, waited) = walk(&patient, "https://x.org/", &settings);
        assert_eq!((outcome.end, waited), (End::Good(200), vec![Duration::from_mins(1)]));
        let rude = web(&[("https://x.org/", &[wait("61"), status(200)])]);
        assert_eq!(walk(&rude, "https://x.org/", &settings).0.end, End::Status(503));
        assert_eq!(rude.asked.lock().unwrap().len(), 1);
    }

    #[test]
    fn keys_in_passing_redirects_are_not_kept() {
        let last = |status: u16| {
            let web =
                web(&[("https://x.org/", &[to(status, "/a?key=1")]), ("https://x.org/a?key=1", &[self::status(200)])]);
            walk(&web, "https://x.org/", &ExternalSettings::default()).0.last
        };
        assert_eq!(last(302).as_deref(), Some("https://x.org/a?***"));
        assert_eq!(last(301).as_deref(), Some("https://x.org/a?key=1"));
    }

    #[test]
    fn a_redirect_to_another_program_is_good() {
        let web = web(&[("https://x.org/", &[to(302, "whatsapp://send")])]);
        assert_eq!(walk(&web, "https://x.org/", &ExternalSettings::default()).0.end, End::Good(302));
    }
}
