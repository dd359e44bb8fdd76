//! Parsing of typed inputs: a text becomes a [`ParsedValue`] or a [`Refusal`].

mod contact_details;
mod date_time;
mod label;
mod number;
mod tax_id;

use std::cmp::Ordering;

use jiff::civil::{Date, Time};

use crate::config::{Input, InputType};
use crate::content::condition::Constant;
use crate::diagnostic::{Text, catalogue};
use crate::words::Words;
use date_time::{TypedDateTime, read_date, read_date_time, read_time, write_date, write_time};
use label::{clean, with_hyphens, without_label};
pub(super) use number::write_money;
use tax_id::{TaxIdError, read_cnpj, read_cpf};

/// A typed text with its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ParsedValue {
    pub(crate) kind: ValueKind,
    /// As typed, normalized to NFC and trimmed.
    pub(crate) text: String,
    /// `None` when an optional input was left empty.
    pub(crate) value: Option<InputValue>,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueKind {
    Input(InputType),
    /// Options chosen at a question.
    Answer,
}

/// A comparable value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum InputValue {
    /// Normal form: a CNPJ without punctuation in upper case, a telephone number as national digits.
    Text(String),
    Number(f64),
    Date(Date),
    /// To the minute.
    Time(Time),
    DateTime(TypedDateTime),
    /// Ids of options, in the order of the answer.
    Answers(Vec<String>),
}

/// Why a text is not a value of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    Required,
    Format,
    /// Wrong check digits.
    Check,
    Choice,
    Pattern,
    Min,
    Max,
}

impl Refusal {
    /// The word that the browser's walker uses.
    #[cfg(test)]
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Format => "format",
            Self::Check => "check",
            Self::Choice => "choice",
            Self::Pattern => "pattern",
            Self::Min => "min",
            Self::Max => "max",
        }
    }

    /// The reason as a message for an editor.
    pub(crate) fn reason(self, input: &Input) -> Text {
        match self {
            Self::Required => catalogue::flow::refused_empty(),
            Self::Format => catalogue::flow::refused_format(input.kind.as_str()),
            Self::Check => catalogue::flow::refused_check(input.kind.as_str()),
            Self::Choice => catalogue::flow::refused_choice(choice_ids(input)),
            Self::Pattern => {
                catalogue::flow::refused_pattern(input.pattern.as_ref().map_or("", |pattern| &pattern.text))
            }
            Self::Min => catalogue::flow::refused_min(input.min.as_ref().map_or("", |min| &min.value)),
            Self::Max => catalogue::flow::refused_max(input.max.as_ref().map_or("", |max| &max.value)),
        }
    }
}

fn choice_ids(input: &Input) -> String {
    input.choices.iter().map(|choice| choice.id.as_str()).collect::<Vec<_>>().join(", ")
}

impl InputValue {
    /// Normal form as a text; patterns are matched against it.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Time(time) => write_time(*time),
            Self::DateTime(moment) => format!("{}T{}", moment.wall.date(), write_time(moment.wall.time())),
            Self::Answers(ids) => ids.join(","),
        }
    }

    /// Compares two values of the same kind; `None` for different kinds.
    pub(crate) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => Some(one.encode_utf16().cmp(other.encode_utf16())),
            (Self::Number(one), Self::Number(other)) => one.partial_cmp(other),
            (Self::Date(one), Self::Date(other)) => Some(one.cmp(other)),
            (Self::Time(one), Self::Time(other)) => Some(one.cmp(other)),
            (Self::DateTime(one), Self::DateTime(other)) => Some(one.wall.cmp(&other.wall)),
            _ => None,
        }
    }
}

impl ParsedValue {
    /// A constant text of the site.
    pub(crate) fn of_text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { kind: ValueKind::Input(InputType::Text), value: Some(InputValue::Text(text.clone())), text }
    }

    /// Options chosen at a question, by id.
    pub(crate) fn of_answers(ids: Vec<String>) -> Self {
        Self { kind: ValueKind::Answer, text: ids.join(", "), value: Some(InputValue::Answers(ids)) }
    }

    /// Type of the input; `None` for an answer.
    pub(crate) fn input_type(&self) -> Option<InputType> {
        match self.kind {
            ValueKind::Input(kind) => Some(kind),
            ValueKind::Answer => None,
        }
    }
}

/// Parses a typed text. A date-time with an offset is converted to `zone`.
///
/// A refused text is read again with hyphens for its dashes, then without a label of the input before the value.
pub(crate) fn read(input: &Input, typed: &str, zone: &str) -> Result<ParsedValue, Refusal> {
    let text = clean(typed);
    if text.is_empty() {
        let nothing = ParsedValue { kind: ValueKind::Input(input.kind), text, value: None };
        return if input.required { Err(Refusal::Required) } else { Ok(nothing) };
    }
    let plainer = with_hyphens(&text);
    read_clean(input, text, zone).or_else(|_| read_clean(input, plainer.clone(), zone)).or_else(|refusal| {
        without_label(&plainer, input).map_or(Err(refusal), |value| read_clean(input, value.to_owned(), zone))
    })
}

fn read_clean(input: &Input, text: String, zone: &str) -> Result<ParsedValue, Refusal> {
    let kind = ValueKind::Input(input.kind);
    let (value, text) = match input.kind {
        InputType::Choice => read_choice(input, &text)?,
        _ => (read_value(input.kind, &text, zone)?, text),
    };
    match find_violation(input, &value, zone) {
        Some(refusal) => Err(refusal),
        None => Ok(ParsedValue { kind, text, value: Some(value) }),
    }
}

/// Accepts the id or the label of a choice. The text of the result is the label.
fn read_choice(input: &Input, text: &str) -> Result<(InputValue, String), Refusal> {
    let by_id = input.choices.iter().find(|choice| choice.id == text);
    let choice = by_id.or_else(|| input.choices.iter().find(|choice| choice.label == text)).ok_or(Refusal::Choice)?;
    Ok((InputValue::Text(choice.id.clone()), choice.label.clone()))
}

/// Parses a text as a type, without the limits and the pattern of an input.
pub(crate) fn read_value(kind: InputType, text: &str, zone: &str) -> Result<InputValue, Refusal> {
    let value = match kind {
        InputType::Text | InputType::Choice => Some(InputValue::Text(text.to_owned())),
        InputType::Number => number::read_number(text).map(InputValue::Number),
        InputType::Money => number::read_money(text).map(InputValue::Number),
        InputType::Date => read_date(text).map(InputValue::Date),
        InputType::Time => read_time(text).map(InputValue::Time),
        InputType::Datetime => read_date_time(text, zone).map(InputValue::DateTime),
        InputType::Cnpj => return read_cnpj(text).map(InputValue::Text).map_err(refusal_of_tax_id),
        InputType::Cpf => return read_cpf(text).map(InputValue::Text).map_err(refusal_of_tax_id),
        InputType::Phone => contact_details::read_phone(text).map(InputValue::Text),
        InputType::Email => contact_details::read_email(text).map(InputValue::Text),
        InputType::Url => contact_details::read_url(text).map(InputValue::Text),
    };
    value.ok_or(Refusal::Format)
}

/// Parses a constant of a flow as the type of the name it is compared with.
pub(crate) fn read_constant(kind: ValueKind, constant: &Constant, zone: &str) -> Option<InputValue> {
    let ValueKind::Input(kind) = kind else { return Some(InputValue::Text(constant.text())) };
    match (kind, constant) {
        (_, Constant::List(_)) => None,
        (InputType::Number | InputType::Money, Constant::Number(number, _)) => Some(InputValue::Number(*number)),
        _ => read_value(kind, &constant.text(), zone).ok(),
    }
}

/// The value that an option's `set` gives an input: the constant in its normal form, as in `flow.json`.
pub(crate) fn parse_set_constant(input: &Input, constant: &Constant, zone: &str) -> ParsedValue {
    let kind = ValueKind::Input(input.kind);
    let value = read_constant(kind, constant, zone).unwrap_or_else(|| InputValue::Text(constant.text()));
    let text = value.text();
    match value {
        InputValue::Number(_) => ParsedValue { kind, text: text.replace('.', ","), value: Some(value) },
        _ => read(input, &text, zone).unwrap_or_else(|_| {
            let value = read_value(input.kind, &text, zone).unwrap_or(value);
            ParsedValue { kind, text, value: Some(value) }
        }),
    }
}

/// Parses a limit (`min` or `max`), written as a number or as a user would type it.
pub(crate) fn read_limit(kind: InputType, written: &str, zone: &str) -> Option<InputValue> {
    let number = || written.parse().ok().filter(|number: &f64| number.is_finite()).map(InputValue::Number);
    match kind {
        InputType::Number | InputType::Money => number().or_else(|| read_value(kind, written, zone).ok()),
        InputType::Date | InputType::Time | InputType::Datetime => read_value(kind, written, zone).ok(),
        _ => None,
    }
}

fn refusal_of_tax_id(fault: TaxIdError) -> Refusal {
    match fault {
        TaxIdError::Format => Refusal::Format,
        TaxIdError::CheckDigits => Refusal::Check,
    }
}

fn find_violation(input: &Input, value: &InputValue, zone: &str) -> Option<Refusal> {
    if input.pattern.as_ref().is_some_and(|pattern| !pattern.is_match(&value.text())) {
        return Some(Refusal::Pattern);
    }
    let limit = |written: &Option<crate::source::Spanned<String>>| {
        written.as_ref().and_then(|written| read_limit(input.kind, &written.value, zone))
    };
    if limit(&input.min).is_some_and(|min| value.compare(&min) == Some(Ordering::Less)) {
        return Some(Refusal::Min);
    }
    limit(&input.max).is_some_and(|max| value.compare(&max) == Some(Ordering::Greater)).then_some(Refusal::Max)
}

/// A date or date-time as `13/10/2026`; `None` for other values.
pub(super) fn written_date(value: &InputValue) -> Option<String> {
    match value {
        InputValue::Date(date) => Some(write_date(*date)),
        InputValue::DateTime(moment) => Some(write_date(moment.wall.date())),
        _ => None,
    }
}
