//! Holidays of calendars: dates, and names of holidays that are computed for every year.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::diagnostic::catalogue;
use crate::yaml::yaml_scalar;

/// A day, or a set of days of every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holiday {
    Day(Date),
    Named(NamedHolidays),
}

/// A name of `holidays`, with its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NamedHolidays {
    /// National holidays of Brazil: laws 662/1949, 6.802/1980, 9.093/1995 and 14.759/2023.
    Brazil,
    /// Monday and Tuesday of carnival, on which many offices are closed.
    Carnival,
    /// The Thursday 60 days after Easter.
    CorpusChristi,
}

/// Every name, with the word in YAML and in `flow.json`.
const NAMES: [(&str, NamedHolidays); 3] = [
    ("brasil", NamedHolidays::Brazil),
    ("carnaval", NamedHolidays::Carnival),
    ("corpus-christi", NamedHolidays::CorpusChristi),
];

/// Month and day of the national holidays of Brazil with a fixed date, and the first year.
const OF_BRAZIL: [(i8, i8, i16); 9] =
    [(1, 1, 0), (4, 21, 0), (5, 1, 0), (9, 7, 0), (10, 12, 0), (11, 2, 0), (11, 15, 0), (11, 20, 2024), (12, 25, 0)];

impl Holiday {
    /// Reads `2026-12-25` or a name.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let named = NAMES.iter().find(|(name, _)| *name == text).map(|(_, named)| Self::Named(*named));
        named.or_else(|| text.parse().ok().map(Self::Day))
    }

    /// True if this is a holiday on a day.
    pub(crate) fn includes(self, day: Date) -> bool {
        match self {
            Self::Day(holiday) => holiday == day,
            Self::Named(named) => named.of_year(day.year()).contains(&day),
        }
    }

    /// Its days in the years from `first` to `last`; a single day in any year.
    pub(crate) fn days(self, first: i16, last: i16) -> Vec<Date> {
        match self {
            Self::Day(holiday) => vec![holiday],
            Self::Named(named) => (first..=last).flat_map(|year| named.of_year(year)).collect(),
        }
    }
}

impl NamedHolidays {
    /// Its days of a year.
    fn of_year(self, year: i16) -> Vec<Date> {
        let from_easter = |days: i32| -> Option<Date> { find_easter(year)?.checked_add(days.days()).ok() };
        match self {
            Self::Brazil => {
                let fixed = OF_BRAZIL.iter().filter(|(_, _, first)| year >= *first);
                let fixed = fixed.filter_map(|(month, day, _)| Date::new(year, *month, *day).ok());
                fixed.chain(from_easter(-2)).collect()
            }
            Self::Carnival => [-48, -47].into_iter().filter_map(from_easter).collect(),
            Self::CorpusChristi => from_easter(60).into_iter().collect(),
        }
    }
}

/// Easter Sunday of the Gregorian calendar (the method of Meeus, Jones and Butcher).
fn find_easter(year: i16) -> Option<Date> {
    let number = i32::from(year);
    let (golden, century, rest) = (number.rem_euclid(19), number.div_euclid(100), number.rem_euclid(100));
    let lunar = (8 * century + 13) / 25;
    let epact = (19 * golden + century - century / 4 - lunar + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 19 * weekday) / 433;
    let days = epact + weekday - 7 * late;
    Date::new(year, 3, 22).ok()?.checked_add(days.days()).ok()
}

impl fmt::Display for Holiday {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(out),
            Self::Named(named) => {
                let name = NAMES.iter().find(|(_, known)| known == named).map_or("", |(name, _)| name);
                out.write_str(name)
            }
        }
    }
}

yaml_scalar! {
    Holiday: Other => Self,
    read: |node| Self::parse(node.as_text()?),
    message: catalogue::yaml::expected_holiday,
    schema: {
        "type": "string",
        "pattern": "^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])|brasil|carnaval|corpus-christi)$",
        "patternErrorMessage": "Escreva a data como ano-mês-dia, ou brasil, carnaval ou corpus-christi."
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn named(name: &str, year: i16) -> Vec<String> {
        let mut days = Holiday::parse(name).unwrap().days(year, year);
        days.sort_unstable();
        days.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn computes_easter() {
        // Dates of the United States Census Bureau and of the Observatório Nacional.
        let known =
            [(1900, 4, 15), (1954, 4, 18), (1981, 4, 19), (2000, 4, 23), (2024, 3, 31), (2026, 4, 5), (2038, 4, 25)];
        for (year, month, day) in known {
            assert_eq!(find_easter(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn computes_the_holidays_of_brazil() {
        let of_2026 = [
            "2026-01-01",
            "2026-04-03",
            "2026-04-21",
            "2026-05-01",
            "2026-09-07",
            "2026-10-12",
            "2026-11-02",
            "2026-11-15",
            "2026-11-20",
            "2026-12-25",
        ];
        assert_eq!(named("brasil", 2026), of_2026);
        assert!(!named("brasil", 2023).contains(&"2023-11-20".to_owned()));
        assert_eq!(named("carnaval", 2027), ["2027-02-08", "2027-02-09"]);
        assert_eq!(named("corpus-christi", 2026), ["2026-06-04"]);
    }

    #[test]
    fn writes_what_it_reads() {
        for text in ["brasil", "carnaval", "corpus-christi", "2026-07-09"] {
            assert_eq!(Holiday::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Holiday::parse("Brasil"), None);
    }
}
