//! Evaluation of rule conditions.

use std::cmp::Ordering;

use super::calendar::is_within;
use super::input::{InputValue, ParsedValue, read_constant};
use crate::config::Calendar;
use crate::content::condition::{Condition, Constant, Operator, Test};

/// Values and calendars that a condition can refer to.
pub(crate) trait Bindings {
    /// Value of an input, or the options chosen at a question; `None` when it has no value.
    fn find(&self, name: &str) -> Option<ParsedValue>;
    fn find_calendar(&self, name: &str) -> Option<&Calendar>;
    /// Time zone to which constant date-times with an offset are converted.
    fn zone(&self) -> &str;
}

/// Evaluates a condition. A name without a value satisfies only `answered: false`.
pub(crate) fn holds(condition: &Condition, names: &impl Bindings) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(|part| holds(part, names)),
        Condition::Any(parts) => parts.iter().any(|part| holds(part, names)),
        Condition::Test(test) => test_holds(test, names),
    }
}

/// Evaluates one test.
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

/// With several answers or several constants, one match is enough.
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

/// Matches the whole text. An invalid pattern matches nothing.
fn matches_whole(value: &InputValue, pattern: &str) -> bool {
    let Some(pattern) = crate::config::Pattern::of_checked(pattern) else { return false };
    match value {
        InputValue::Answers(ids) => ids.iter().any(|id| pattern.is_match(id)),
        value => pattern.is_match(&value.text()),
    }
}

fn is_inside(value: &InputValue, constant: &Constant, names: &impl Bindings) -> Option<bool> {
    is_within(names.find_calendar(&constant.text())?, value)
}
