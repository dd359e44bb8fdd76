//! The filters of a placeholder: `{name|filter}`.

use super::input::{InputValue, Reading, read_value, written_date};
use super::number::write_money;
use crate::config::InputType;
use crate::content::template::Filter;
use crate::url::encode_component;

/// The text of a reading as a filter writes it. What a filter cannot read comes back as it was.
pub(crate) fn apply(filter: Filter, reading: &Reading) -> String {
    let text = &reading.text;
    match filter {
        Filter::Digits => digits(reading),
        Filter::Upper => text.to_uppercase(),
        Filter::Url => encode_component(text),
        Filter::Brl => amount(reading).map_or_else(|| text.clone(), write_money),
        Filter::Date => written_day(reading).unwrap_or_else(|| text.clone()),
    }
}

/// Letters too in a CNPJ, which may have them.
fn digits(reading: &Reading) -> String {
    match reading.input_type() {
        Some(InputType::Cnpj) => {
            let text = reading.text.to_uppercase();
            text.chars().filter(|c| c.is_ascii_digit() || c.is_ascii_uppercase()).collect()
        }
        _ => reading.text.chars().filter(char::is_ascii_digit).collect(),
    }
}

fn amount(reading: &Reading) -> Option<f64> {
    let typed = || read_value(InputType::Money, &reading.text, "UTC").ok();
    let number = |value| match value {
        InputValue::Number(amount) => Some(amount),
        _ => None,
    };
    reading.value.clone().and_then(number).or_else(|| typed().and_then(number))
}

fn written_day(reading: &Reading) -> Option<String> {
    let typed = reading.value.as_ref().and_then(written_date);
    let of_kind = |kind| read_value(kind, &reading.text, "UTC").ok().as_ref().and_then(written_date);
    typed.or_else(|| of_kind(InputType::Date)).or_else(|| of_kind(InputType::Datetime))
}
