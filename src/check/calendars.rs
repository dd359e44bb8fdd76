//! Calendars that decide rules: one without a holiday in the year to come was most likely left behind.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::config::Calendar;
use crate::content::condition::{Condition, Operator};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::flow::FlowSet;
use crate::site::flow::{Flow, NodeKind};

/// Reports each calendar once, where it is declared.
pub(super) fn check(flow_set: FlowSet<'_>, today: Date, diagnostics: &mut Diagnostics) {
    let used: Vec<String> = flow_set.flows.iter().flat_map(calendars_of).collect();
    let Ok(last) = today.checked_add(1.year()).and_then(Date::yesterday) else { return };
    for calendar in &flow_set.config.calendars {
        if used.contains(&calendar.name.value) && !has_holiday(&calendar.value, today, last) {
            let name = &calendar.name;
            let finding = catalogue::flow::calendar_without_holidays(name.span, &name.value, today, last);
            diagnostics.push(finding.help(catalogue::flow::add_holidays()));
        }
    }
}

/// Both days included.
fn has_holiday(calendar: &Calendar, today: Date, last: Date) -> bool {
    calendar.holidays.iter().any(|holiday| (today..=last).contains(holiday))
}

/// The names of the calendars that the rules of a flow compare with.
fn calendars_of(flow: &Flow) -> Vec<String> {
    let mut names = Vec::new();
    for node in &flow.nodes {
        let NodeKind::Branch { rules } = &node.kind else { continue };
        let tests = rules.iter().filter_map(|rule| rule.when.as_ref()).flat_map(Condition::tests);
        let of_calendars = tests.filter(|test| matches!(test.operator.value, Operator::Within | Operator::Outside));
        names.extend(of_calendars.map(|test| test.constant.value.text()));
    }
    names
}
