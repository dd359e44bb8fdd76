//! The filters of a placeholder: `{name|filter}`.

use std::fmt::Write;

use super::input::{InputValue, Reading, read_value, written_date};
use super::number::write_money;
use crate::config::InputType;
use crate::content::template::Filter;

/// The text of a reading as a filter writes it. What a filter cannot read comes back as it was.
pub(crate) fn apply(filter: Filter, reading: &Reading) -> String {
    let text = &reading.text;
    match filter {
        Filter::Digits => digits(reading),
        Filter::Upper => text.to_uppercase(),
        Filter::Url => encode(text),
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

/// Everything but the unreserved characters of RFC 3986 is percent-encoded.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a string takes any text");
        }
    }
    encoded
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
