//! Queue of link checks: several hosts at a time, with limits and delays for each host.
//!
//! In: checks, and a function that makes the next request of one. Out: statuses, in the order of the checks. Entry point: [`run`].
//! A worker sleeps only when no host may be requested.

use std::collections::{HashMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::link_check::{LinkCheck, Step};
use super::link_status::LinkStatus;
use crate::config::ExternalSettings;

/// The pending checks of one host.
#[derive(Debug)]
struct Host {
    /// With the earliest time of the next request.
    waiting: VecDeque<(Instant, LinkCheck)>,
    running: usize,
    /// The earliest time of the next request to the host.
    free_at: Instant,
}

#[derive(Debug)]
struct State {
    hosts: Vec<Host>,
    by_name: HashMap<String, usize>,
    /// The host to try first (round robin).
    next_host: usize,
    statuses: Vec<Option<LinkStatus>>,
    unfinished: usize,
}

struct Queue<'a> {
    state: Mutex<State>,
    changed: Condvar,
    settings: &'a ExternalSettings,
}

/// Stops all workers if one panics; they would wait for its step for ever.
struct StopOnPanic<'q, 'a>(&'q Queue<'a>);

impl Drop for StopOnPanic<'_, '_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.lock().unfinished = 0;
            self.0.changed.notify_all();
        }
    }
}

/// The next task of a worker.
enum WorkerTask {
    /// The index of the host, and one of its checks.
    Request(usize, Box<LinkCheck>),
    /// `None`: until another worker finishes a step.
    WaitUntil(Option<Instant>),
    Stop,
}

/// Runs all checks to their end. `finished` is called after each.
pub(super) fn run(
    checks: Vec<LinkCheck>,
    settings: &ExternalSettings,
    step: impl Fn(LinkCheck) -> Step + Sync,
    finished: &(dyn Fn() + Sync),
) -> Vec<LinkStatus> {
    let count = checks.len();
    let state = State {
        hosts: Vec::new(),
        by_name: HashMap::new(),
        next_host: 0,
        statuses: (0..count).map(|_| None).collect(),
        unfinished: count,
    };
    let queue = Queue { state: Mutex::new(state), changed: Condvar::new(), settings };
    {
        let (mut state, now) = (queue.lock(), Instant::now());
        for check in checks {
            state.host_of(&check, now).waiting.push_back((now, check));
        }
    }
    thread::scope(|scope| {
        for _ in 0..settings.threads.min(count) {
            scope.spawn(|| queue.work(&step, finished));
        }
    });
    let state = queue.state.into_inner().unwrap_or_else(PoisonError::into_inner);
    state.statuses.into_iter().map(|status| status.expect("workers stop when all checks are finished")).collect()
}

impl Queue<'_> {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, step: &(impl Fn(LinkCheck) -> Step + Sync), finished: &(dyn Fn() + Sync)) {
        let _stop = StopOnPanic(self);
        while let Some((host, check)) = self.next() {
            let index = check.index;
            let next = step(check);
            let mut state = self.lock();
            state.hosts[host].running -= 1;
            match next {
                Step::Requeue { check, delay, is_for_host } => state.requeue(host, check, delay, is_for_host),
                Step::Done(status) => {
                    state.statuses[index] = Some(status);
                    state.unfinished -= 1;
                    finished();
                }
            }
            drop(state);
            self.changed.notify_all();
        }
    }

    /// Waits for the next check that may be requested; `None` when all are finished.
    fn next(&self) -> Option<(usize, LinkCheck)> {
        let mut state = self.lock();
        loop {
            let now = Instant::now();
            match state.next_task(now, self.settings) {
                WorkerTask::Request(host, check) => return Some((host, *check)),
                WorkerTask::Stop => return None,
                WorkerTask::WaitUntil(until) => {
                    let longest = until.map_or(Duration::from_secs(1), |until| until.saturating_duration_since(now));
                    let waited = self.changed.wait_timeout(state, longest);
                    state = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
    }
}

impl State {
    /// The host of a check's next request, added if it is new.
    fn host_of(&mut self, check: &LinkCheck, free_at: Instant) -> &mut Host {
        let next = self.hosts.len();
        let host = *self.by_name.entry(check.host().to_owned()).or_insert(next);
        if host == next {
            self.hosts.push(Host { waiting: VecDeque::new(), running: 0, free_at });
        }
        &mut self.hosts[host]
    }

    /// Started checks come before new ones, so that an unreachable host is known early.
    fn requeue(&mut self, host: usize, check: LinkCheck, delay: Duration, is_for_host: bool) {
        let not_before = Instant::now() + delay;
        if is_for_host {
            self.hosts[host].free_at = self.hosts[host].free_at.max(not_before);
        }
        self.host_of(&check, not_before).waiting.push_front((not_before, check));
    }

    fn next_task(&mut self, now: Instant, settings: &ExternalSettings) -> WorkerTask {
        if self.unfinished == 0 {
            return WorkerTask::Stop;
        }
        let mut earliest: Option<Instant> = None;
        for step in 0..self.hosts.len() {
            let index = (self.next_host + step) % self.hosts.len();
            let host = &mut self.hosts[index];
            let is_full = host.running >= settings.per_host;
            let Some(first) = host.waiting.iter().map(|(at, _)| *at).min().filter(|_| !is_full) else { continue };
            let at = first.max(host.free_at);
            if at <= now {
                let position = host.waiting.iter().position(|(at, _)| *at <= now).expect("the earliest is among them");
                let (_, check) = host.waiting.remove(position).expect("the position is valid");
                host.running += 1;
                host.free_at = now + settings.delay;
                self.next_host = index + 1;
                return WorkerTask::Request(index, Box::new(check));
            }
            earliest = Some(earliest.map_or(at, |earliest| earliest.min(at)));
        }
        WorkerTask::WaitUntil(earliest)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::link_status::LinkResult;
    use super::*;

    fn checks(settings: &ExternalSettings) -> Vec<LinkCheck> {
        let hosts = ["https://x.org/", "https://y.org/", "https://x.org/a"];
        let check =
            |(index, url): (usize, &str)| LinkCheck::new(index, url.parse().unwrap(), BTreeSet::new(), settings);
        hosts.into_iter().enumerate().map(check).collect()
    }

    #[test]
    fn keeps_the_order_and_counts_finished_checks() {
        let settings = ExternalSettings { delay: Duration::ZERO, ..ExternalSettings::default() };
        let count = Mutex::new(0);
        let finished = || *count.lock().unwrap() += 1;
        let step = |check: LinkCheck| {
            thread::sleep(Duration::from_millis(if check.index == 0 { 20 } else { 0 }));
            Step::Done(LinkStatus::new(LinkResult::Accepted(u16::try_from(check.index).unwrap())))
        };
        let results: Vec<_> =
            run(checks(&settings), &settings, step, &finished).into_iter().map(|status| status.result).collect();
        assert_eq!(results, [LinkResult::Accepted(0), LinkResult::Accepted(1), LinkResult::Accepted(2)]);
        assert_eq!(count.into_inner().unwrap(), 3);
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn stops_when_a_step_panics() {
        let settings = ExternalSettings::default();
        run(checks(&settings), &settings, |_| panic!("on purpose"), &|| {});
    }
}
