//! Calendars: when a service is open. Conditions `within` and `outside` are decided by `flow::calendar`.

use jiff::civil::{Date, Time, Weekday};

use crate::diagnostic::catalogue;
use crate::source::Spanned;
use crate::yaml::{Context, Fields, FromYaml, Node, read_choice};

/// Opening days and hours in one time zone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Calendar {
    pub(crate) weekdays: Vec<Weekday>,
    pub(crate) hours: Vec<Hours>,
    /// Days on which it is closed whatever the weekday.
    pub(crate) holidays: Vec<Date>,
    /// IANA name, such as `America/Sao_Paulo`.
    pub(crate) timezone: Spanned<String>,
}

/// From the first minute to the last, both included; `to` before `from` crosses midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hours {
    pub(crate) from: Time,
    pub(crate) to: Time,
}

/// Every weekday by the word an editor writes.
pub(crate) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

impl FromYaml for Calendar {
    fn from_yaml(_: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::of("calendar", node, context)?;
        let utc = Spanned { value: "UTC".to_owned(), span: node.span };
        let calendar = Self {
            weekdays: fields.optional("weekdays").unwrap_or_else(|| WEEKDAYS.map(|(_, day)| day).to_vec()),
            hours: fields.optional("hours").unwrap_or_else(|| vec![Hours::ALL_DAY]),
            holidays: fields.optional("holidays").unwrap_or_default(),
            timezone: fields.optional("timezone").unwrap_or(utc),
        };
        fields.finish();
        if jiff::tz::TimeZone::get(&calendar.timezone.value).is_err() {
            return context
                .refuse(calendar.timezone.span, catalogue::yaml::unknown_time_zone(&calendar.timezone.value));
        }
        Some(calendar)
    }
}

impl Hours {
    /// Every minute of a day.
    pub(crate) const ALL_DAY: Self = Self { from: Time::constant(0, 0, 0, 0), to: Time::constant(23, 59, 0, 0) };

    /// Reads `08:00-18:00`.
    fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        Some(Self { from: parse_time(from.trim())?, to: parse_time(to.trim())? })
    }
}

/// Reads `08:00`.
fn parse_time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

impl FromYaml for Hours {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        match node.as_text().and_then(Self::parse) {
            Some(hours) => Some(hours),
            None => context.refuse(node.span, catalogue::yaml::expected_hours(key)),
        }
    }
}

impl FromYaml for Weekday {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        read_choice(key, node, &WEEKDAYS, context)
    }
}
