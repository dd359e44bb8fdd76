//! Natural order of titles: accents and case aside, and numbers by their value ("Seção 2" before "Seção 10").

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;

/// A title folded for comparison, without accents and in lower case.
pub(crate) fn fold_title(title: &str) -> String {
    let is_accent = |c: &char| unicode_normalization::char::is_combining_mark(*c);
    title.to_lowercase().nfd().filter(|c| !is_accent(c)).collect()
}

/// Compares two folded titles.
pub(crate) fn compare_naturally(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one, other);
    loop {
        let (digits, others) = (number_at(one), number_at(other));
        if !digits.is_empty() && !others.is_empty() {
            let order = compare_numbers(digits, others);
            if order != Ordering::Equal {
                return order;
            }
            (one, other) = (&one[digits.len()..], &other[others.len()..]);
            continue;
        }
        let (mut first, mut second) = (one.chars(), other.chars());
        match (first.next(), second.next()) {
            (Some(c), Some(d)) if c == d => (one, other) = (first.as_str(), second.as_str()),
            (c, d) => return c.cmp(&d),
        }
    }
}

/// The ASCII digits at the beginning of a text.
fn number_at(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_digit).count()]
}

/// Compares numbers of any length by their value.
fn compare_numbers(one: &str, other: &str) -> Ordering {
    let (one, other) = (one.trim_start_matches('0'), other.trim_start_matches('0'));
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_numbers_by_value_and_ignores_accents() {
        let sorted = [
            "1. Início",
            "1.2 Área",
            "1.10 Base",
            "02 Depois",
            "10 Dez",
            "Ação",
            "acesso",
            "Seção",
            "Seção 2",
            "secao 2a",
            "SEÇÃO 10",
            "Seção 99999999999999999999998",
            "Seção 99999999999999999999999",
            "Zebra",
        ];
        let mut titles = sorted;
        titles.reverse();
        titles.sort_by(|one, other| compare_naturally(&fold_title(one), &fold_title(other)));
        assert_eq!(titles, sorted);
    }

    #[test]
    fn takes_equal_numbers_of_different_lengths_as_equal() {
        assert_eq!(compare_naturally("passo 007", "passo 7"), Ordering::Equal);
    }
}
