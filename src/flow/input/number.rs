//! Parsers and writers of numbers and money in Brazilian notation.

use std::sync::LazyLock;

use regex::Regex;

/// `1.234,56`, with points between thousands.
static GROUPED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?$"));
static COMMA: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[0-9]+(,[0-9]+)?$"));
static POINT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[0-9]+\.[0-9]+$"));
static MONEY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(-?)\s*(?:[Rr]\$)?\s*(-?)\s*([0-9.,]+)$"));

/// Digits that a double represents exactly.
const MOST_DIGITS: usize = 15;

pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the patterns of this module are valid")
}

/// Reads `1.234,56`, `1234,56` and `1234.56`. `1.234` is one thousand two hundred and thirty-four.
pub(super) fn read_number(text: &str) -> Option<f64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1.0, text), |digits| (-1.0, digits));
    let decimal = to_decimal(digits).filter(|decimal| decimal.replace('.', "").len() <= MOST_DIGITS)?;
    decimal.parse::<f64>().ok().map(|number| sign * number)
}

/// Reads `R$ 1.234,56` in reais, with at most two decimals.
pub(super) fn read_money(text: &str) -> Option<f64> {
    let parts = MONEY.captures(text)?;
    let (before, after, amount) = (&parts[1], &parts[2], &parts[3]);
    let decimal = to_decimal(amount)?;
    let cents = decimal.split_once('.').map_or(0, |(_, cents)| cents.len());
    if cents > 2 || !(before.is_empty() || after.is_empty()) {
        return None;
    }
    read_number(&format!("{before}{after}{amount}"))
}

/// Writes `R$ 1.234,56`, with a plain space so that it pastes as typed.
pub(in crate::flow) fn write_money(amount: f64) -> String {
    let written = write_cents(amount.abs());
    let (whole, cents) = written.split_once('.').unwrap_or((&written, "00"));
    let is_negative = amount < 0.0 && written.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
    let sign = if is_negative { "-" } else { "" };
    format!("{sign}R$ {},{cents}", group_thousands(whole))
}

/// Two decimals, halves rounded away from zero. In binary only odd multiples of 1/8 are halves, and they are exact.
fn write_cents(amount: f64) -> String {
    let is_half = (amount * 8.0).fract() == 0.0;
    let rounded = if is_half { (amount * 100.0).round() / 100.0 } else { amount };
    format!("{rounded:.2}")
}

fn group_thousands(digits: &str) -> String {
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

fn to_decimal(text: &str) -> Option<String> {
    if GROUPED.is_match(text) {
        return Some(text.replace('.', "").replace(',', "."));
    }
    if COMMA.is_match(text) {
        return Some(text.replace(',', "."));
    }
    POINT.is_match(text).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_brazilian_and_plain_notation() {
        assert_eq!(read_number("1.234,56"), Some(1234.56));
        assert_eq!(read_number("-1234.5"), Some(-1234.5));
        assert_eq!(read_number("1.234"), Some(1234.0));
        for wrong in ["", "1,2,3", "1.23,4", "0.123,4", "1e3", "1234567890123456", "--1"] {
            assert_eq!(read_number(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn reads_money_with_and_without_symbol() {
        assert_eq!(read_money("R$ 1.234,56"), Some(1234.56));
        assert_eq!(read_money("-R$ 10"), Some(-10.0));
        assert_eq!(read_money("R$ -10,5"), Some(-10.5));
        assert_eq!(read_money("10,555"), None);
        assert_eq!(read_money("-R$ -10"), None);
    }

    #[test]
    fn writes_money_in_brazilian_notation() {
        assert_eq!(write_money(1_234_567.891), "R$ 1.234.567,89");
        assert_eq!(write_money(0.125), "R$ 0,13");
        assert_eq!(write_money(-0.001), "R$ 0,00");
        assert_eq!(write_money(-100.0), "-R$ 100,00");
    }
}
