//! Opening hours: whether a date or time lies inside a calendar's weekdays, hours and holidays.

use jiff::civil::{Date, Time};

use super::input::InputValue;
use crate::config::{Calendar, Hours};

/// Compares a date-time by day and hour, a date by its day and a time by its hour. Other values give `None`.
/// A wall-clock time is taken to be in the calendar's zone; an instant is converted to that zone.
pub(crate) fn is_within(calendar: &Calendar, value: &InputValue) -> Option<bool> {
    match value {
        InputValue::Date(date) => Some(is_workday(calendar, *date)),
        InputValue::Time(time) => Some(is_within_hours(calendar, *time)),
        InputValue::DateTime(moment) => {
            let wall = moment.in_zone(&calendar.timezone.value);
            Some(is_open(calendar, wall.date(), to_minute(wall.time())))
        }
        InputValue::Text(_) | InputValue::Number(_) | InputValue::Answers(_) => None,
    }
}

/// Drops seconds, because both ends of the hours are included to the minute: 18:00:59 is still 18:00.
fn to_minute(time: Time) -> Time {
    Time::constant(time.hour(), time.minute(), 0, 0)
}

/// Hours that cross midnight belong to the day on which they begin: Saturday 03:00 is in Friday's `22:00-06:00`.
fn is_open(calendar: &Calendar, date: Date, time: Time) -> bool {
    let is_yesterday_open = || date.yesterday().is_ok_and(|yesterday| is_workday(calendar, yesterday));
    let is_today_open = is_workday(calendar, date);
    calendar.hours.iter().any(|hours| {
        if hours.crosses_midnight() {
            return (time >= hours.from && is_today_open) || (time <= hours.to && is_yesterday_open());
        }
        is_today_open && hours.contains(time)
    })
}

fn is_workday(calendar: &Calendar, date: Date) -> bool {
    calendar.weekdays.contains(&date.weekday()) && !calendar.is_holiday(date)
}

fn is_within_hours(calendar: &Calendar, time: Time) -> bool {
    calendar.hours.iter().any(|hours| hours.contains(to_minute(time)))
}

impl Hours {
    fn crosses_midnight(self) -> bool {
        self.from > self.to
    }

    /// Ignores the weekday.
    fn contains(self, time: Time) -> bool {
        let (is_after, is_before) = (self.from <= time, time <= self.to);
        if self.crosses_midnight() { is_after || is_before } else { is_after && is_before }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Holiday, InputType};
    use crate::flow::input::read_value;
    use crate::source::{FileId, Sources, Span, Spanned};
    use jiff::civil::{Weekday, date, time};

    fn some_file() -> FileId {
        Sources::default().add("vereda.yaml", "")
    }

    fn calendar(from: (i8, i8), to: (i8, i8)) -> Calendar {
        let timezone = Spanned { value: "America/Sao_Paulo".to_owned(), span: Span::new(some_file(), 0, 0) };
        Calendar {
            weekdays: Weekday::Monday.cycle_forward().take(5).collect(),
            hours: vec![Hours { from: time(from.0, from.1, 0, 0), to: time(to.0, to.1, 0, 0) }],
            holidays: vec![Holiday::Day(date(2026, 12, 25))],
            timezone,
        }
    }

    fn is_inside(calendar: &Calendar, text: &str) -> bool {
        let value = read_value(InputType::Datetime, text, "America/Sao_Paulo").unwrap();
        is_within(calendar, &value).unwrap()
    }

    #[test]
    fn includes_both_ends_to_the_minute() {
        let calendar = calendar((8, 0), (18, 0));
        for inside in ["2026-11-18T08:00", "2026-11-18T18:00", "2026-11-18T18:00:59"] {
            assert!(is_inside(&calendar, inside), "{inside}");
        }
        for outside in ["2026-11-18T07:59:59", "2026-11-18T18:01:00", "2026-11-21T10:00", "2026-12-25T10:00"] {
            assert!(!is_inside(&calendar, outside), "{outside}");
        }
    }

    #[test]
    fn assigns_night_hours_to_the_day_they_begin() {
        let calendar = calendar((22, 0), (6, 0));
        for inside in ["2026-11-20T22:00", "2026-11-21T06:00", "2026-12-25T03:00"] {
            assert!(is_inside(&calendar, inside), "{inside}");
        }
        for outside in ["2026-11-21T22:00", "2026-11-23T03:00", "2026-12-26T03:00", "2026-11-20T06:01"] {
            assert!(!is_inside(&calendar, outside), "{outside}");
        }
    }

    #[test]
    fn converts_instants_to_the_zone_of_the_calendar() {
        let calendar = calendar((8, 0), (18, 0));
        assert!(is_inside(&calendar, "2026-11-18T21:00Z"));
        assert!(!is_inside(&calendar, "2026-11-18T21:01Z"));
        assert!(is_inside(&calendar, "2018-11-20T20:00Z"), "summer time was two hours behind UTC");
        assert!(!is_inside(&calendar, "2018-11-20T20:01Z"));
    }
}
