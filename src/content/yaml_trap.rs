//! Plain scalars of a flow that a YAML 1.1 tool reads as another type than text.
//!
//! In: the tree of a flow file, and what its values are meant to be. Out: a warning at each of them. Entry point: [`report`]. No
//! warning stands at a date, a number or a truth value that is meant as one.

use crate::diagnostic::{Diagnostic, Diagnostics, catalogue};
use crate::source::{Sources, Span};
use crate::yaml::{Meaning, Node, Value};

/// The type that YAML 1.1 gives to a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ReadAs {
    Boolean,
    Null,
    Octal,
    Sexagesimal,
    Date,
}

/// Reports every trap of a flow.
pub(super) fn report(root: &Node, meaning: Meaning, sources: &Sources, diagnostics: &mut Diagnostics) {
    let mut waiting = vec![(root, meaning)];
    while let Some((node, meaning)) = waiting.pop() {
        match &node.value {
            Value::List(items) => waiting.extend(items.iter().map(|item| (item, meaning))),
            Value::Map(entries) => {
                for entry in entries {
                    if has_chosen_keys(meaning) {
                        report_scalar(entry.key.span, Meaning::Text, sources, diagnostics);
                    }
                    waiting.push((&entry.value, find_inside(meaning, &entry.key.value)));
                }
            }
            Value::Null => report_scalar(node.span, meaning, sources, diagnostics),
            Value::Scalar { is_plain, .. } if *is_plain => report_scalar(node.span, meaning, sources, diagnostics),
            Value::Scalar { .. } => {}
        }
    }
}

/// True for a map whose keys the editor chooses: they are texts.
fn has_chosen_keys(meaning: Meaning) -> bool {
    !matches!(meaning, Meaning::Map(_) | Meaning::TextOr(_) | Meaning::Other)
}

/// What stands under a key.
fn find_inside(meaning: Meaning, key: &str) -> Meaning {
    match meaning {
        Meaning::Map(meaning_of) => meaning_of(key).unwrap_or(Meaning::Other),
        Meaning::TextOr(map) => find_inside(*map, key),
        Meaning::Named(value) => *value,
        Meaning::Text | Meaning::Constant | Meaning::Other => meaning,
    }
}

fn report_scalar(span: Span, meaning: Meaning, sources: &Sources, diagnostics: &mut Diagnostics) {
    let written = sources.slice(span);
    let read_as = match meaning {
        Meaning::Text | Meaning::TextOr(_) => read_as_other(written).or_else(|| read_as_value(written)),
        Meaning::Constant => read_as_other(written),
        _ => None,
    };
    if let Some(read_as) = read_as {
        diagnostics.push(read_as.finding(span, written).help(catalogue::help::quote_it()));
    }
}

impl ReadAs {
    fn finding(self, span: Span, written: &str) -> Diagnostic {
        match self {
            Self::Boolean => catalogue::flow::read_as_boolean(span, written),
            Self::Null => catalogue::flow::read_as_nothing(span, written),
            Self::Octal => catalogue::flow::read_as_octal(span, written),
            Self::Sexagesimal => catalogue::flow::read_as_sexagesimal(span, written),
            Self::Date => catalogue::flow::read_as_date(span, written),
        }
    }
}

/// The type of a scalar that is meant neither as a text nor as a constant.
fn read_as_other(written: &str) -> Option<ReadAs> {
    if is_word(written, &["y", "n", "yes", "no", "on", "off"]) {
        return Some(ReadAs::Boolean);
    }
    if written == "~" || is_word(written, &["null"]) {
        return Some(ReadAs::Null);
    }
    if is_octal(written) {
        return Some(ReadAs::Octal);
    }
    is_sexagesimal(written).then_some(ReadAs::Sexagesimal)
}

/// The type of a scalar that is a trap only where a text is meant.
fn read_as_value(written: &str) -> Option<ReadAs> {
    if is_word(written, &["true", "false"]) {
        return Some(ReadAs::Boolean);
    }
    is_date(written).then_some(ReadAs::Date)
}

/// In lower case, in upper case or capitalised, as YAML 1.1 has them.
fn is_word(written: &str, words: &[&str]) -> bool {
    let capitalised = |word: &str| word[..1].to_uppercase() + &word[1..];
    words.iter().any(|word| written == *word || written == word.to_uppercase() || written == capitalised(word))
}

fn without_sign(written: &str) -> &str {
    written.strip_prefix(['-', '+']).unwrap_or(written)
}

/// `0123`, or `0o123` of YAML 1.2.
fn is_octal(written: &str) -> bool {
    let digits = without_sign(written).strip_prefix('0').unwrap_or_default();
    let digits = digits.strip_prefix('o').unwrap_or(digits);
    !digits.is_empty() && digits.bytes().all(|byte| (b'0'..b'8').contains(&byte) || byte == b'_')
}

/// `12:30` or `1:30:00`; `08:00` is none, for a number does not begin with zero.
fn is_sexagesimal(written: &str) -> bool {
    let mut parts = without_sign(written).split(':');
    let is_first = |part: &str| part.starts_with(|digit: char| ('1'..='9').contains(&digit)) && is_digits(part);
    let is_next = |part: &str| is_digits(part) && part.len() <= 2 && part.parse::<u8>().is_ok_and(|number| number < 60);
    let has_first = parts.next().is_some_and(is_first);
    let rest: Vec<&str> = parts.collect();
    has_first && !rest.is_empty() && rest.into_iter().all(is_next)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `2026-10-13`, alone or with a time that has seconds.
fn is_date(written: &str) -> bool {
    let (day, time) = written.split_once(['T', 't', ' ']).unwrap_or((written, "00:00:00"));
    let parts: Vec<&str> = day.split('-').collect();
    let is_day = parts.len() == 3 && parts[0].len() == 4 && parts.iter().all(|part| is_digits(part));
    is_day && time.matches(':').count() >= 2 && time.starts_with(|digit: char| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLOW: &str = "title: TITLE
inputs:
  hora: { label: Hora, type: time, example: EXAMPLE, required: true, min: 08:00 }
reviewed: 2026-09-01
nodes:
  q:
    title: Q
    loop: true
    options:
      - { id: ID, label: LABEL, next: fim, set: { hora: SET } }
  b:
    rules:
      - { when: { hora: { is: CONSTANT, answered: true } }, next: fim }
  fim: { title: Fim, result: open, copy: [{ label: L, text: COPY }] }
scenarios:
  - { name: s, inputs: { hora: TYPED }, answers: { q: ANSWER }, outcome: fim, copied: { L: COPIED } }
";

    /// The traps that are found when a scalar replaces a word of the flow.
    fn found(word: &str, scalar: &str) -> Vec<String> {
        let mut text = FLOW.replace(word, scalar);
        for other in ["TITLE", "EXAMPLE", "ID", "LABEL", "SET", "CONSTANT", "COPY", "TYPED", "ANSWER", "COPIED"] {
            text = text.replace(other, "sim");
        }
        let mut sources = Sources::default();
        let file = sources.add("f.flow.yaml", text);
        let mut diagnostics = Diagnostics::default();
        super::super::flow::parse(file, &sources, &mut diagnostics);
        let traps = diagnostics.iter().filter(|found| found.code.as_str() == "flow/yaml-trap");
        traps.map(|found| sources.slice(found.span.expect("a trap has a span")).to_owned()).collect()
    }

    #[test]
    fn finds_texts_that_yaml_1_1_reads_as_another_type() {
        for scalar in [
            "no",
            "Yes",
            "OFF",
            "y",
            "true",
            "007",
            "12:30",
            "1:30:00",
            "2026-10-13",
            "2026-10-13T10:00:00",
            "null",
            "~",
        ] {
            for place in ["TITLE", "LABEL", "COPY", "ANSWER", "COPIED"] {
                assert_eq!(found(place, scalar), [scalar], "{place}");
            }
        }
        assert_eq!(found("ID", "n"), ["n"]);
    }

    #[test]
    fn accepts_scalars_that_are_texts_in_yaml_1_1() {
        for scalar in [
            "não",
            "nO",
            "'no'",
            "\"12:30\"",
            "08:00",
            "0",
            "089",
            "2026-10",
            "2026-10-13T10:00",
            "10/10/2026",
            "sim: '1'",
        ] {
            assert!(found("LABEL", scalar).is_empty(), "{scalar}");
        }
    }

    #[test]
    fn accepts_dates_and_truth_values_as_constants() {
        for place in ["EXAMPLE", "SET", "CONSTANT", "TYPED"] {
            for scalar in ["2026-10-13", "true", "500", "2026-10-13T10:00:00"] {
                assert!(found(place, scalar).is_empty(), "{place}: {scalar}");
            }
            assert_eq!(found(place, "12:30"), ["12:30"], "{place}");
            assert_eq!(found(place, "no"), ["no"], "{place}");
        }
    }

    #[test]
    fn finds_ids_of_nodes() {
        let mut sources = Sources::default();
        let file = sources
            .add("f.flow.yaml", "title: F\nnodes:\n  on: { title: A, next: off }\n  off: { title: B, result: open }\n");
        let mut diagnostics = Diagnostics::default();
        super::super::flow::parse(file, &sources, &mut diagnostics);
        let places: Vec<_> =
            diagnostics.iter().filter_map(|found| found.span).map(|span| sources.slice(span)).collect();
        assert_eq!(places.len(), 3, "{places:?}");
    }
}
