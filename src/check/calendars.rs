//! Calendars in use with no holiday in the next twelve months, or with one: they are probably out of date.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::config::Calendar;
use crate::content::condition::Operator;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::flow::FlowSet;
use crate::site::flow::Flow;

/// Reports each calendar once, where it is declared.
pub(super) fn check(flow_set: FlowSet<'_>, today: Date, diagnostics: &mut Diagnostics) {
    let used: Vec<String> = flow_set.flows.iter().flat_map(calendars_of).collect();
    let Ok(last) = today.checked_add(1.year()).and_then(Date::yesterday) else { return };
    for calendar in &flow_set.config.calendars {
        let name = &calendar.name;
        if !used.contains(&name.value) {
            continue;
        }
        match holidays_of(&calendar.value, today, last).as_slice() {
            [] => diagnostics.push(catalogue::flow::calendar_without_holidays(name.span, &name.value, today, last)),
            [only] => diagnostics.push(catalogue::flow::calendar_with_one(name.span, &name.value, only, today, last)),
            _ => {}
        }
    }
}

/// The holidays from `today` to `last`, both included.
fn holidays_of(calendar: &Calendar, today: Date, last: Date) -> Vec<Date> {
    let days = calendar.holidays.iter().flat_map(|holiday| holiday.days(today.year(), last.year()));
    let mut days: Vec<Date> = days.filter(|day| (today..=last).contains(day)).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The names of the calendars that the rules of a flow compare with.
fn calendars_of(flow: &Flow) -> impl Iterator<Item = String> {
    let of_calendars = flow.tests().filter(|test| matches!(test.operator.value, Operator::Within | Operator::Outside));
    of_calendars.map(|test| test.constant.value.text())
}
