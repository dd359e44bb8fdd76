//! `Retry-After` header (RFC 9110, 10.2.3).

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;

/// Reads seconds or an HTTP date. A date counts from the host's `Date` header, or else from `now`; a past date gives zero.
pub(super) fn read_retry_after(value: &str, host_date: Option<&str>, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if value.starts_with(|first: char| first.is_ascii_digit()) {
        return value.parse().ok().map(Duration::from_secs);
    }
    let read = |date: &str| Some(rfc2822::parse(date.trim()).ok()?.timestamp());
    let date = read(value)?;
    let now = host_date.and_then(read).unwrap_or(now);
    Some(Duration::try_from(date.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_seconds_and_dates() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let read = |value: &str| read_retry_after(value, None, now).map(|wait| wait.as_secs());
        assert_eq!(read("120"), Some(120));
        assert_eq!(read("Sun, 22 Nov 2026 12:00:30 GMT"), Some(30));
        assert_eq!(read("Sun, 22 Nov 2026 11:00:00 GMT"), Some(0));
        let host_date = Some("Sun, 22 Nov 2026 11:59:50 GMT");
        let wait = read_retry_after("Sun, 22 Nov 2026 12:00:30 GMT", host_date, now);
        assert_eq!(wait, Some(Duration::from_secs(40)));
        for wrong in ["", "soon", "-5", "1.5", "99999999999999999999999"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
