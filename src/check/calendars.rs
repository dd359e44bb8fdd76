//! Calendars in use without a holiday in the next twelve months: they are probably out of date.

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
        if used.contains(&calendar.name.value) && !has_holiday(&calendar.value, today, last) {
            let name = &calendar.name;
            diagnostics.push(catalogue::flow::calendar_without_holidays(name.span, &name.value, today, last));
        }
    }
}

/// Both days included.
fn has_holiday(calendar: &Calendar, today: Date, last: Date) -> bool {
    calendar.holidays.iter().any(|holiday| (today..=last).contains(holiday))
}

/// The names of the calendars that the rules of a flow compare with.
fn calendars_of(flow: &Flow) -> impl Iterator<Item = String> {
    let of_calendars = flow.tests().filter(|test| matches!(test.operator.value, Operator::Within | Operator::Outside));
    of_calendars.map(|test| test.constant.value.text())
}
