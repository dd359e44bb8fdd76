//! Debouncing: events in quick succession → one batch.
//!
//! Saving a file causes several events, and a change of branch thousands. Entry point: [`debounce`]. The clock and the
//! channel are parameters, so that tests need not wait.

use std::time::Duration;

/// A batch ends after this time without an event.
pub(super) const QUIET_PERIOD: Duration = Duration::from_millis(30);

/// A batch ends this long after its first event at the latest.
pub(super) const MAX_DURATION: Duration = Duration::from_millis(150);

/// A source of events.
pub(super) trait EventFeed<T> {
    /// The next event, or `None` after `timeout` without one.
    fn next(&mut self, timeout: Duration) -> Option<T>;

    /// Time since some fixed moment.
    fn now(&self) -> Duration;
}

/// Collects the events after the first one until the feed is quiet.
pub(super) fn debounce<T>(first: T, feed: &mut impl EventFeed<T>) -> Vec<T> {
    let end = feed.now() + MAX_DURATION;
    let mut batch = vec![first];
    loop {
        let left = end.saturating_sub(feed.now());
        if left.is_zero() {
            return batch;
        }
        match feed.next(QUIET_PERIOD.min(left)) {
            Some(event) => batch.push(event),
            None => return batch,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    /// Events at given milliseconds; time passes only by waiting.
    struct Script {
        now: u64,
        times: VecDeque<u64>,
    }

    impl EventFeed<u64> for Script {
        fn next(&mut self, timeout: Duration) -> Option<u64> {
            let end = self.now + u64::try_from(timeout.as_millis()).unwrap();
            let next = self.times.pop_front_if(|time| *time < end);
            self.now = next.unwrap_or(end).max(self.now);
            next
        }

        fn now(&self) -> Duration {
            Duration::from_millis(self.now)
        }
    }

    /// The batch that begins at 0, and the time of its end.
    fn batch(times: &[u64]) -> (Vec<u64>, u64) {
        let mut script = Script { now: 0, times: times.iter().copied().collect() };
        let batch = debounce(0, &mut script);
        (batch, script.now)
    }

    #[test]
    fn ends_after_a_quiet_period() {
        assert_eq!(batch(&[]), (vec![0], 30));
        assert_eq!(batch(&[10, 20, 60]), (vec![0, 10, 20], 50));
    }

    #[test]
    fn ends_at_the_limit_during_steady_events() {
        let steady: Vec<u64> = (1..100).map(|number| number * 10).collect();
        let (batch, end) = batch(&steady);
        assert_eq!(end, 150);
        assert_eq!(batch.last(), Some(&140));
    }

    #[test]
    fn makes_one_batch_of_a_burst() {
        let (batch, end) = batch(&[1; 1000]);
        assert_eq!((batch.len(), end), (1001, 31));
    }
}
