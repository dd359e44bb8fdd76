//! Traps: scalars without quotes that YAML, or a YAML 1.1 tool, reads as something else than what an editor means.
//!
//! In: the tree of a file, and what its values are meant to be. Out: a warning at each of them. Entry point: [`report`]. No
//! warning stands at a date, a number or a truth value that is meant as one.

use super::cut::{find_curly_quotes, find_cut, find_thousands};
use super::mistakes::{Mistake, is_blank_like, name_of, quote};
use super::text::ParsedText;
use super::{Dialect, MapEntry, Meaning, Node, Value};
use crate::diagnostic::{Certainty, Diagnostic, Diagnostics, Text, catalogue};
use crate::source::Span;

/// The type that YAML 1.1 gives to a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ReadAs {
    Boolean,
    Null,
    Octal,
    Sexagesimal,
    Date,
}

/// Reports every trap of a tree.
pub(super) fn report(
    root: &Node,
    meaning: Meaning,
    parsed: &ParsedText<'_>,
    dialect: Dialect,
    diagnostics: &mut Diagnostics,
) {
    let mut waiting = vec![(root, meaning)];
    while let Some((node, meaning)) = waiting.pop() {
        match &node.value {
            Value::List(items) => waiting.extend(items.iter().map(|item| (item, meaning))),
            Value::Map(entries) => {
                for entry in entries {
                    diagnostics.extend(find_in_key(entry, meaning, parsed, dialect));
                    waiting.push((&entry.value, find_inside(meaning, &entry.key.value)));
                }
            }
            Value::Null => {}
            Value::Scalar { is_plain, .. } => {
                diagnostics.extend(find_in_value(node.span, meaning, *is_plain, parsed, dialect));
            }
        }
    }
}

fn find_in_key(entry: &MapEntry, meaning: Meaning, parsed: &ParsedText<'_>, dialect: Dialect) -> Option<Diagnostic> {
    let span = entry.key.span;
    let written = parsed.written(span);
    if let Some(blank) = written.chars().find(|c| !c.is_ascii() && is_blank_like(*c)) {
        let corrected: String = written.chars().filter(|c| c.is_ascii() || !is_blank_like(*c)).collect();
        let finding = Diagnostic::new(dialect.unknown_key, span, catalogue::yaml::blank_in_key(name_of(blank)));
        let cured = finding.cure(Certainty::Certain, span, &corrected);
        return Some(cured.help(catalogue::yaml::write_line(corrected + ":")));
    }
    let read_as = if has_chosen_keys(meaning) { find_type(written, Meaning::Text) } else { None };
    let finding = read_as.map(|read_as| trap(dialect, span, read_as.message(written), catalogue::help::quote_it()));
    finding.map(|finding| finding.cure(Certainty::Certain, span, quote(written)))
}

fn find_in_value(
    span: Span,
    meaning: Meaning,
    is_plain: bool,
    parsed: &ParsedText<'_>,
    dialect: Dialect,
) -> Option<Diagnostic> {
    let range = parsed.range(span);
    let written = parsed.written(span);
    let is_text = matches!(meaning, Meaning::Text | Meaning::TextOr(_));
    let is_number = matches!(meaning, Meaning::Constant | Meaning::Other);
    let mistake = find_cut(parsed.text, &range)
        .or_else(|| find_curly_quotes(parsed.text, &range).filter(|_| is_text))
        .or_else(|| find_thousands(parsed.text, &range).filter(|_| is_plain && is_number));
    if let Some(Mistake { range, message, corrected }) = mistake {
        let (line, cured) = cured_line(parsed, &range, &corrected);
        let finding = trap(dialect, parsed.span(&range), message, catalogue::yaml::write_line(corrected));
        return Some(finding.cure(Certainty::Likely, line, cured));
    }
    let read_as = find_type(written, meaning).filter(|_| is_plain)?;
    // A text stays the same in quotes; of a constant, they can change the type.
    let certainty = if is_text { Certainty::Certain } else { Certainty::Likely };
    let finding = trap(dialect, span, read_as.message(written), catalogue::help::quote_it());
    Some(finding.cure(certainty, span, quote(written)))
}

/// The line of a mistake without its indentation and end, and its correction.
fn cured_line(parsed: &ParsedText<'_>, range: &std::ops::Range<usize>, corrected: &str) -> (Span, String) {
    let start = parsed.text[..range.start].rfind('\n').map_or(0, |line_break| line_break + 1);
    let end = parsed.text[range.end..].find('\n').map_or(parsed.text.len(), |length| range.end + length);
    let line = &parsed.text[start..end];
    let first = start + line.len() - line.trim_start().len();
    (parsed.span(&(first..start + line.trim_end().len())), corrected.to_owned())
}

fn trap(dialect: Dialect, span: Span, message: Text, help: Text) -> Diagnostic {
    Diagnostic::new(dialect.trap, span, message).help(help)
}

/// True for a map whose keys the editor chooses: they are texts.
fn has_chosen_keys(meaning: Meaning) -> bool {
    !matches!(meaning, Meaning::Map(_) | Meaning::TextOr(_) | Meaning::Other)
}

/// What stands under a key.
pub(super) fn find_inside(meaning: Meaning, key: &str) -> Meaning {
    match meaning {
        Meaning::Map(meaning_of) => meaning_of(key).unwrap_or(Meaning::Other),
        Meaning::TextOr(map) => find_inside(*map, key),
        Meaning::Named(value) => *value,
        Meaning::Text | Meaning::Constant | Meaning::Typed | Meaning::Other => meaning,
    }
}

/// The type that another tool gives to a scalar, if it is not the intended one.
fn find_type(written: &str, meaning: Meaning) -> Option<ReadAs> {
    match meaning {
        Meaning::Text | Meaning::TextOr(_) => read_as_other(written).or_else(|| read_as_value(written)),
        Meaning::Constant | Meaning::Typed => read_as_other(written),
        _ => None,
    }
}

impl ReadAs {
    fn message(self, written: &str) -> Text {
        match self {
            Self::Boolean => catalogue::yaml::read_as_boolean(written),
            Self::Null => catalogue::yaml::read_as_nothing(written),
            Self::Octal => catalogue::yaml::read_as_octal(written),
            Self::Sexagesimal => catalogue::yaml::read_as_sexagesimal(written),
            Self::Date => catalogue::yaml::read_as_date(written),
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

/// True for a scalar without quotes that is no text for YAML 1.1 or 1.2, or whose quotes are no quotes.
pub(crate) fn is_other_type(written: &str) -> bool {
    let is_typed = read_as_other(written).or_else(|| read_as_value(written)).is_some();
    is_typed || written.parse::<f64>().is_ok() || written.starts_with(['“', '‘', '„', '«', '”', '’'])
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
    use crate::diagnostic::Diagnostics;
    use crate::source::Sources;

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
        crate::content::flow::parse(file, &sources, &mut diagnostics);
        let traps = diagnostics.iter().filter(|found| found.code.as_str() == "flow/yaml-trap");
        traps.map(|found| sources.slice(found.span.expect("a trap has a span")).to_owned()).collect()
    }

    #[test]
    fn finds_texts_that_yaml_1_1_reads_as_another_type() {
        for scalar in ["no", "Yes", "OFF", "y", "true", "007", "12:30", "1:30:00", "2026-10-13", "2026-10-13T10:00:00"]
        {
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
        crate::content::flow::parse(file, &sources, &mut diagnostics);
        let places: Vec<_> =
            diagnostics.iter().filter_map(|found| found.span).map(|span| sources.slice(span)).collect();
        assert_eq!(places.len(), 3, "{places:?}");
    }
}
