//! Parsers and writers of dates (`2026-10-13`), times (`10:00`) and date-times (`2026-10-13T10:00`), to the minute.

use std::sync::LazyLock;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use regex::Regex;

use super::number::pattern;

static DATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}))$"));
static TIME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^([0-9]{1,2})(?::([0-9]{2})(?::[0-5][0-9](?:[.,][0-9]+)?)?[hH]?|[hH]([0-9]{2})?)$"));
static DATE_TIME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^([0-9/-]+)(?:[Tt]|,?\s+(?:[àaÀA][sS]\s+|-\s+)?)([0-9:.,hH]+?)\s*([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?$")
});

/// A date-time as typed. Without an offset it is a wall-clock time; with an offset it is also an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TypedDateTime {
    /// To the minute, in the zone for which it was read.
    pub(crate) wall: DateTime,
    pub(crate) instant: Option<jiff::Timestamp>,
}

impl TypedDateTime {
    /// The wall-clock time in a zone. A value without an offset is the same in every zone.
    pub(crate) fn in_zone(self, zone: &str) -> DateTime {
        self.instant.and_then(|instant| wall_clock(instant, zone)).unwrap_or(self.wall)
    }
}

/// Reads `13/10/2026` or `2026-10-13`.
pub(super) fn read_date(text: &str) -> Option<Date> {
    let parts = DATE.captures(text)?;
    let part = |index: usize| parts.get(index).map(|part| part.as_str());
    let (year, month, day) = match part(1) {
        Some(year) => (year, part(2)?, part(3)?),
        None => (part(6)?, part(5)?, part(4)?),
    };
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (date.year() > 0).then_some(date)
}

/// Reads `7:59`, `07:59:30`, `7h`, `7h59` and `7:59h`; seconds are dropped.
pub(super) fn read_time(text: &str) -> Option<Time> {
    let parts = TIME.captures(text)?;
    let minute = parts.get(2).or_else(|| parts.get(3)).map_or("0", |part| part.as_str());
    Time::new(parts[1].parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// Reads a date and a time separated by `T`, a space, a comma or `às`. A value with an offset is converted to `zone`.
pub(super) fn read_date_time(text: &str, zone: &str) -> Option<TypedDateTime> {
    let parts = DATE_TIME.captures(text)?;
    let wall = read_date(&parts[1])?.to_datetime(read_time(&parts[2])?);
    let Some(offset) = parts.get(3) else {
        return Some(TypedDateTime { wall, instant: None });
    };
    let instant = read_offset(offset.as_str())?.to_timestamp(wall).ok()?;
    Some(TypedDateTime { wall: wall_clock(instant, zone)?, instant: Some(instant) })
}

/// `13/10/2026`
pub(super) fn write_date(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// `10:00`
pub(super) fn write_time(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Wall-clock time of an instant in a zone, to the minute, with daylight saving time.
fn wall_clock(instant: jiff::Timestamp, zone: &str) -> Option<DateTime> {
    let wall = TimeZone::get(zone).ok()?.to_datetime(instant);
    Some(wall.date().at(wall.hour(), wall.minute(), 0, 0))
}

/// Reads `Z`, `-03`, `-0300` or `-03:00`.
fn read_offset(text: &str) -> Option<Offset> {
    if text.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let hours: i32 = digits[..2].parse().ok().filter(|hours| *hours < 24)?;
    let minutes: i32 =
        digits.get(2..4).map_or(Some(0), |minutes| minutes.parse().ok()).filter(|minutes| *minutes < 60)?;
    let sign = if text.starts_with('-') { -1 } else { 1 };
    Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_common_notations_of_dates_and_times() {
        assert_eq!(read_date("13/10/2026"), Some(jiff::civil::date(2026, 10, 13)));
        assert_eq!(read_date("2026-10-13"), Some(jiff::civil::date(2026, 10, 13)));
        assert_eq!(read_date("30/02/2026"), None);
        for text in ["7:59", "07:59:30", "7h59", "7:59h"] {
            assert_eq!(read_time(text).map(write_time).as_deref(), Some("07:59"), "{text}");
        }
        for text in ["24:00", "7", "7:60", "7:5"] {
            assert_eq!(read_time(text), None, "{text}");
        }
    }

    #[test]
    fn converts_instants_to_the_zone() {
        let wall = |text: &str| read_date_time(text, "America/Sao_Paulo").map(|moment| moment.wall.to_string());
        assert_eq!(wall("13/10/2026 às 10:00:59").as_deref(), Some("2026-10-13T10:00:00"));
        assert_eq!(wall("2026-10-13T10:00Z").as_deref(), Some("2026-10-13T07:00:00"));
        assert_eq!(wall("2018-12-13T10:00Z").as_deref(), Some("2018-12-13T08:00:00"));
        assert_eq!(wall("2026-10-13T10:00+99").as_deref(), None);
    }
}
