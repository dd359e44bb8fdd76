//! Evaluation of rule conditions.

use std::cmp::Ordering;

use super::calendar::is_within;
use super::input::{InputValue, ParsedValue, ValueKind, read_constant};
use crate::config::{Calendar, Pattern};
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
fn test_holds(test: &Test, names: &impl Bindings) -> bool {
    let parsed = names.find(&test.name.value);
    let kind = parsed.as_ref().map_or(ValueKind::Answer, |parsed| parsed.kind);
    PreparedTest::new(test, kind, names.zone(), |name| names.find_calendar(name)).holds(parsed.as_ref())
}

/// A test whose constant is read, for a name of one kind.
#[derive(Debug)]
pub(crate) struct PreparedTest<'a> {
    pub(crate) test: &'a Test,
    constant: PreparedConstant<'a>,
}

/// The constant of a test as its operator needs it.
#[derive(Debug)]
enum PreparedConstant<'a> {
    /// One value or several; none if the kind has no such value.
    Values(Vec<InputValue>),
    /// `None` if the pattern is invalid: it matches nothing.
    Pattern(Option<Pattern>),
    Calendar(Option<&'a Calendar>),
    IsAnswered(bool),
}

impl<'a> PreparedTest<'a> {
    pub(crate) fn new(
        test: &'a Test,
        kind: ValueKind,
        zone: &str,
        find_calendar: impl Fn(&str) -> Option<&'a Calendar>,
    ) -> Self {
        use Operator::{Answered, Gt, Gte, In, Is, Lt, Lte, Matches, Not, Outside, Within};
        let constant = &test.constant.value;
        let read = |constant: &Constant| read_constant(kind, constant, zone);
        let constant = match (test.operator.value, constant) {
            (Is | In | Not, Constant::List(items)) => {
                PreparedConstant::Values(items.iter().filter_map(|item| read(&item.value)).collect())
            }
            (Is | In | Not | Gt | Gte | Lt | Lte, _) => PreparedConstant::Values(read(constant).into_iter().collect()),
            (Matches, _) => PreparedConstant::Pattern(Pattern::of_checked(&constant.text())),
            (Within | Outside, _) => PreparedConstant::Calendar(find_calendar(&constant.text())),
            (Answered, _) => PreparedConstant::IsAnswered(*constant != Constant::Bool(false)),
        };
        Self { test, constant }
    }

    /// Evaluates the test for a value of its kind.
    pub(crate) fn holds(&self, parsed: Option<&ParsedValue>) -> bool {
        let value = parsed.and_then(|parsed| parsed.value.as_ref());
        match (&self.constant, value) {
            (PreparedConstant::IsAnswered(wanted), value) => value.is_some() == *wanted,
            (_, None) => false,
            (PreparedConstant::Values(wanted), Some(value)) => self.compares(value, wanted),
            (PreparedConstant::Pattern(pattern), Some(value)) => {
                pattern.as_ref().is_some_and(|pattern| matches_whole(value, pattern))
            }
            (PreparedConstant::Calendar(calendar), Some(value)) => {
                let is_inside = calendar.and_then(|calendar| is_within(calendar, value));
                is_inside == Some(self.test.operator.value == Operator::Within)
            }
        }
    }

    fn compares(&self, value: &InputValue, wanted: &[InputValue]) -> bool {
        let order = wanted.first().and_then(|wanted| value.compare(wanted));
        match self.test.operator.value {
            Operator::Not => !is_among(value, wanted),
            Operator::Gt => order == Some(Ordering::Greater),
            Operator::Gte => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
            Operator::Lt => order == Some(Ordering::Less),
            Operator::Lte => matches!(order, Some(Ordering::Less | Ordering::Equal)),
            _ => is_among(value, wanted),
        }
    }
}

/// With several answers or several constants, one match is enough.
fn is_among(value: &InputValue, wanted: &[InputValue]) -> bool {
    wanted.iter().any(|wanted| match (value, wanted) {
        (InputValue::Answers(ids), InputValue::Text(wanted)) => ids.contains(wanted),
        _ => value == wanted || value.compare(wanted) == Some(Ordering::Equal),
    })
}

fn matches_whole(value: &InputValue, pattern: &Pattern) -> bool {
    match value {
        InputValue::Answers(ids) => ids.iter().any(|id| pattern.is_match(id)),
        value => pattern.is_match(&value.text()),
    }
}
