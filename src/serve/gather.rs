//! Changes that come together → one batch.
//!
//! Saving a file makes several events, and changing a branch makes thousands. Entry point: [`gather`]. The clock and the
//! channel come in, so that this can be tested without waiting.

use std::time::Duration;

/// A batch ends after so long without a change.
pub(super) const QUIET: Duration = Duration::from_millis(30);

/// A batch ends so long after its first change, however many follow.
pub(super) const LIMIT: Duration = Duration::from_millis(150);

/// Something that changes come from.
pub(super) trait Feed<T> {
    /// The next change, or `None` when none came for `timeout`.
    fn next(&mut self, timeout: Duration) -> Option<T>;

    /// Time since some fixed moment.
    fn now(&self) -> Duration;
}

/// Collects what follows the first change until the feed is quiet.
pub(super) fn gather<T>(first: T, feed: &mut impl Feed<T>) -> Vec<T> {
    let end = feed.now() + LIMIT;
    let mut batch = vec![first];
    loop {
        let left = end.saturating_sub(feed.now());
        if left.is_zero() {
            return batch;
        }
        match feed.next(QUIET.min(left)) {
            Some(change) => batch.push(change),
            None => return batch,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    /// Changes at given milliseconds; time passes only by waiting.
    struct Script {
        now: u64,
        times: VecDeque<u64>,
    }

    impl Feed<u64> for Script {
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

    /// The batch that begins at 0, and when it ends.
    fn batch(times: &[u64]) -> (Vec<u64>, u64) {
        let mut script = Script { now: 0, times: times.iter().copied().collect() };
        let batch = gather(0, &mut script);
        (batch, script.now)
    }

    #[test]
    fn ends_after_a_silence() {
        assert_eq!(batch(&[]), (vec![0], 30));
        assert_eq!(batch(&[10, 20, 60]), (vec![0, 10, 20], 50));
    }

    #[test]
    fn ends_at_its_limit_under_a_steady_stream() {
        let steady: Vec<u64> = (1..100).map(|number| number * 10).collect();
        let (batch, end) = batch(&steady);
        assert_eq!(end, 150);
        assert_eq!(batch.last(), Some(&140));
    }

    #[test]
    fn takes_a_burst_as_one() {
        let (batch, end) = batch(&[1; 1000]);
        assert_eq!((batch.len(), end), (1001, 31));
    }
}
