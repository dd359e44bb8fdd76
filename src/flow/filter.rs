//! Filters of placeholders: `{name|filter}`.

use super::input::write_money;
use super::input::{InputValue, ParsedValue, read_value, written_date};
use crate::config::InputType;
use crate::content::template::Filter;
use crate::url::encode_component;

/// Applies a filter to a value. A value that the filter cannot read is returned as typed. `None` for `.` and `..` in an
/// address: browsers read them as folders, also when they are encoded.
pub(crate) fn apply(filter: Filter, parsed: &ParsedValue) -> Option<String> {
    let text = &parsed.text;
    Some(match filter {
        Filter::Url if matches!(text.as_str(), "." | "..") => return None,
        Filter::Digits => digits(parsed),
        Filter::Upper => text.to_uppercase(),
        Filter::Url => encode_component(text),
        Filter::Brl => amount(parsed).map_or_else(|| text.clone(), write_money),
        Filter::Date => written_day(parsed).unwrap_or_else(|| text.clone()),
    })
}

/// Keeps the letters of a CNPJ, which can be alphanumeric.
fn digits(parsed: &ParsedValue) -> String {
    match parsed.input_type() {
        Some(InputType::Cnpj) => {
            let text = parsed.text.to_uppercase();
            text.chars().filter(|c| c.is_ascii_digit() || c.is_ascii_uppercase()).collect()
        }
        _ => parsed.text.chars().filter(char::is_ascii_digit).collect(),
    }
}

fn amount(parsed: &ParsedValue) -> Option<f64> {
    let typed = || read_value(InputType::Money, &parsed.text, "UTC").ok();
    let number = |value| match value {
        InputValue::Number(amount) => Some(amount),
        _ => None,
    };
    parsed.value.clone().and_then(number).or_else(|| typed().and_then(number))
}

fn written_day(parsed: &ParsedValue) -> Option<String> {
    let typed = parsed.value.as_ref().and_then(written_date);
    let of_kind = |kind| read_value(kind, &parsed.text, "UTC").ok().as_ref().and_then(written_date);
    typed.or_else(|| of_kind(InputType::Date)).or_else(|| of_kind(InputType::Datetime))
}
