//! Whether the condition of a rule holds.

use std::cmp::Ordering;

use super::calendar::is_within;
use super::input::{InputValue, ParsedValue, read_constant};
use crate::config::Calendar;
use crate::content::condition::{Condition, Constant, Operator, Test};

/// What conditions may name.
pub(crate) trait Bindings {
    /// What an input holds, or what a question was answered; `None` where nobody said.
    fn find(&self, name: &str) -> Option<ParsedValue>;
    /// A calendar of the site.
    fn find_calendar(&self, name: &str) -> Option<&Calendar>;
    /// Where constant date-times with an offset are told.
    fn zone(&self) -> &str;
}

/// What has no value satisfies no test but `answered: false`.
pub(crate) fn holds(condition: &Condition, names: &impl Bindings) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(|part| holds(part, names)),
        Condition::Any(parts) => parts.iter().any(|part| holds(part, names)),
        Condition::Test(test) => test_holds(test, names),
    }
}

/// The same of one test.
pub(crate) fn test_holds(test: &Test, names: &impl Bindings) -> bool {
    let known = names.find(&test.name.value).filter(|parsed| parsed.value.is_some());
    if test.operator.value == Operator::Answered {
        return known.is_some() == (test.constant.value != Constant::Bool(false));
    }
    known.is_some_and(|parsed| compares(test, &parsed, names))
}

fn compares(test: &Test, parsed: &ParsedValue, names: &impl Bindings) -> bool {
    let Some(value) = &parsed.value else { return false };
    let constant = &test.constant.value;
    let order = || value.compare(&read_constant(parsed.kind, constant, names.zone())?);
    match test.operator.value {
        Operator::Is | Operator::In => is_among(value, parsed, constant, names.zone()),
        Operator::Not => !is_among(value, parsed, constant, names.zone()),
        Operator::Gt => order() == Some(Ordering::Greater),
        Operator::Gte => matches!(order(), Some(Ordering::Greater | Ordering::Equal)),
        Operator::Lt => order() == Some(Ordering::Less),
        Operator::Lte => matches!(order(), Some(Ordering::Less | Ordering::Equal)),
        Operator::Matches => matches_whole(value, &constant.text()),
        Operator::Within => is_inside(value, constant, names) == Some(true),
        Operator::Outside => is_inside(value, constant, names) == Some(false),
        Operator::Answered => true,
    }
}

/// Of several answers and several constants, one in common is enough.
fn is_among(value: &InputValue, parsed: &ParsedValue, constant: &Constant, zone: &str) -> bool {
    let is_it = |constant: &Constant| match (value, read_constant(parsed.kind, constant, zone)) {
        (InputValue::Answers(ids), Some(InputValue::Text(wanted))) => ids.contains(&wanted),
        (_, Some(wanted)) => *value == wanted || value.compare(&wanted) == Some(Ordering::Equal),
        (_, None) => false,
    };
    match constant {
        Constant::List(items) => items.iter().any(|item| is_it(&item.value)),
        constant => is_it(constant),
    }
}

/// A pattern that cannot be read matches nothing.
fn matches_whole(value: &InputValue, pattern: &str) -> bool {
    let Ok(pattern) = crate::config::Pattern::new(pattern) else { return false };
    match value {
        InputValue::Answers(ids) => ids.iter().any(|id| pattern.is_match(id)),
        value => pattern.is_match(&value.text()),
    }
}

fn is_inside(value: &InputValue, constant: &Constant, names: &impl Bindings) -> Option<bool> {
    is_within(names.find_calendar(&constant.text())?, value)
}
