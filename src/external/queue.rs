//! Many visits at once, few on each host.
//!
//! In: visits, and what takes one a step further. Out: their outcomes, in the order of the visits. Entry point: [`run`]. A step is one
//! request; between two on the same host there is a while, and nobody sleeps who could ask another host meanwhile.

use std::collections::{HashMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::outcome::Outcome;
use super::visit::{Next, Visit};
use crate::config::ExternalSettings;

/// What is yet to be asked of one host.
#[derive(Debug)]
struct Host {
    waiting: VecDeque<(Instant, Visit)>,
    running: usize,
    /// When it may be asked again.
    free_at: Instant,
}

#[derive(Debug)]
struct State {
    hosts: Vec<Host>,
    by_name: HashMap<String, usize>,
    /// The host to look at first: each has its turn.
    turn: usize,
    done: Vec<Option<Outcome>>,
    left: usize,
}

struct Queue<'a> {
    state: Mutex<State>,
    changed: Condvar,
    settings: &'a ExternalSettings,
}

/// The other workers would wait for ever for a step that panicked.
struct EndOnPanic<'q, 'a>(&'q Queue<'a>);

impl Drop for EndOnPanic<'_, '_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.lock().left = 0;
            self.0.changed.notify_all();
        }
    }
}

/// What a worker finds.
enum Found {
    Step(usize, Visit),
    /// Nothing may be asked before.
    Wait(Option<Instant>),
    Nothing,
}

/// Takes every visit to its end.
pub(super) fn run(
    visits: Vec<Visit>,
    settings: &ExternalSettings,
    step: impl Fn(Visit) -> Next + Sync,
    finished: &(dyn Fn() + Sync),
) -> Vec<Outcome> {
    let count = visits.len();
    let state = State {
        hosts: Vec::new(),
        by_name: HashMap::new(),
        turn: 0,
        done: (0..count).map(|_| None).collect(),
        left: count,
    };
    let queue = Queue { state: Mutex::new(state), changed: Condvar::new(), settings };
    {
        let (mut state, now) = (queue.lock(), Instant::now());
        for visit in visits {
            state.host_of(&visit, now).waiting.push_back((now, visit));
        }
    }
    thread::scope(|scope| {
        for _ in 0..settings.threads.min(count) {
            scope.spawn(|| queue.work(&step, finished));
        }
    });
    let state = queue.state.into_inner().unwrap_or_else(PoisonError::into_inner);
    state.done.into_iter().map(|outcome| outcome.expect("workers go on until all is done")).collect()
}

impl Queue<'_> {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, step: &(impl Fn(Visit) -> Next + Sync), finished: &(dyn Fn() + Sync)) {
        let _end = EndOnPanic(self);
        while let Some((host, visit)) = self.next() {
            let index = visit.index;
            let next = step(visit);
            let mut state = self.lock();
            state.hosts[host].running -= 1;
            match next {
                Next::Again { visit, after, is_for_all } => state.again(host, visit, after, is_for_all),
                Next::Done(outcome) => {
                    state.done[index] = Some(outcome);
                    state.left -= 1;
                    finished();
                }
            }
            drop(state);
            self.changed.notify_all();
        }
    }

    /// The next step, when it may be made; `None` when all is done.
    fn next(&self) -> Option<(usize, Visit)> {
        let mut state = self.lock();
        loop {
            let now = Instant::now();
            match state.find(now, self.settings) {
                Found::Step(host, visit) => return Some((host, visit)),
                Found::Nothing => return None,
                Found::Wait(until) => {
                    let most = until.map_or(Duration::from_secs(1), |until| until.saturating_duration_since(now));
                    let waited = self.changed.wait_timeout(state, most);
                    state = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
    }
}

impl State {
    /// The queue of a visit's next host, which begins where it is new.
    fn host_of(&mut self, visit: &Visit, free_at: Instant) -> &mut Host {
        let next = self.hosts.len();
        let host = *self.by_name.entry(visit.host().to_owned()).or_insert(next);
        if host == next {
            self.hosts.push(Host { waiting: VecDeque::new(), running: 0, free_at });
        }
        &mut self.hosts[host]
    }

    /// What was begun goes before what was not: so it is known soon whether a host is there at all.
    fn again(&mut self, host: usize, visit: Visit, after: Duration, is_for_all: bool) {
        let not_before = Instant::now() + after;
        if is_for_all {
            self.hosts[host].free_at = self.hosts[host].free_at.max(not_before);
        }
        self.host_of(&visit, not_before).waiting.push_front((not_before, visit));
    }

    fn find(&mut self, now: Instant, settings: &ExternalSettings) -> Found {
        if self.left == 0 {
            return Found::Nothing;
        }
        let mut earliest: Option<Instant> = None;
        for step in 0..self.hosts.len() {
            let index = (self.turn + step) % self.hosts.len();
            let host = &mut self.hosts[index];
            let is_full = host.running >= settings.per_host;
            let Some(first) = host.waiting.iter().map(|(at, _)| *at).min().filter(|_| !is_full) else { continue };
            let at = first.max(host.free_at);
            if at <= now {
                let position = host.waiting.iter().position(|(at, _)| *at <= now).expect("the earliest is one of them");
                let (_, visit) = host.waiting.remove(position).expect("it was found there");
                host.running += 1;
                host.free_at = now + settings.delay;
                self.turn = index + 1;
                return Found::Step(index, visit);
            }
            earliest = Some(earliest.map_or(at, |earliest| earliest.min(at)));
        }
        Found::Wait(earliest)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::outcome::End;
    use super::*;

    fn visits(settings: &ExternalSettings) -> Vec<Visit> {
        let hosts = ["https://x.org/", "https://y.org/", "https://x.org/a"];
        let visit = |(index, url): (usize, &str)| Visit::new(index, url.parse().unwrap(), BTreeSet::new(), settings);
        hosts.into_iter().enumerate().map(visit).collect()
    }

    #[test]
    fn outcomes_come_in_the_order_of_the_visits_and_each_is_told() {
        let settings = ExternalSettings { delay: Duration::ZERO, ..ExternalSettings::default() };
        let told = Mutex::new(0);
        let finished = || *told.lock().unwrap() += 1;
        let step = |visit: Visit| {
            thread::sleep(Duration::from_millis(if visit.index == 0 { 20 } else { 0 }));
            Next::Done(Outcome::new(End::Good(u16::try_from(visit.index).unwrap())))
        };
        let ends: Vec<_> =
            run(visits(&settings), &settings, step, &finished).into_iter().map(|outcome| outcome.end).collect();
        assert_eq!(ends, [End::Good(0), End::Good(1), End::Good(2)]);
        assert_eq!(told.into_inner().unwrap(), 3);
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_ends_the_run() {
        let settings = ExternalSettings::default();
        run(visits(&settings), &settings, |_| panic!("on purpose"), &|| {});
    }
}
