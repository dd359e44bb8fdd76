//! Scalars that YAML cuts or changes silently: comments, tags and anchors in a text, curly quotes, thousands.
//!
//! In: a text, and the range of a scalar's value in it. Out: the [`Mistake`], with the corrected line.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::mistakes::{Mistake, quote, regex};
use crate::diagnostic::catalogue::yaml as texts;

/// A comment whose sign touches its text, to the end of the line.
static COMMENT: LazyLock<Regex> = LazyLock::new(|| regex(r"\A[ \t]+(#[^\s#!=\-].*?)[ \t]*\r?(?:\n|\z)"));

/// A key or an item that is commented out, or a comment of Vereda.
static DISABLED: LazyLock<Regex> = LazyLock::new(|| regex(r"\A#(?:vereda-ignore|[\w-]+:(?:\s|\z)|[\[{])"));

/// A tag or an anchor at the end of a text. `!!` is a tag of YAML itself.
static PROPERTY: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?:^|[\s\[,{])((?:&|!)(?:[^\s!,\[\]{}][^\s,\[\]{}]*)?)[ \t]+\z"));

/// Thousands with points, as in Portuguese; YAML reads one point as a decimal one.
static THOUSANDS: LazyLock<Regex> = LazyLock::new(|| regex(r"\A[-+]?[1-9]\d{0,2}\.\d{3}\z"));

/// Finds the part of a text that YAML took for a comment, a tag or an anchor.
pub(super) fn find_cut(text: &str, value: &Range<usize>) -> Option<Mistake> {
    let written = &text[value.clone()];
    if written.starts_with(['"', '\'', '|', '>']) {
        return None;
    }
    if let Some(comment) = COMMENT.captures(&text[value.end..]).and_then(|found| found.get(1)) {
        let range = value.end + comment.start()..value.end + comment.end();
        if !DISABLED.is_match(comment.as_str()) {
            let whole = if written.is_empty() { range.clone() } else { value.start..range.end };
            return Some(Mistake {
                message: texts::cut_by_comment(&text[range.clone()]),
                corrected: quoted_line(text, &whole),
                range,
            });
        }
    }
    let line = &text[line_of(text, value.start).start..value.start];
    let property = PROPERTY.captures(line).and_then(|found| found.get(1)).filter(|_| !written.is_empty())?;
    let name = property.as_str();
    let is_used = name.len() > 1 && name.starts_with('&') && text.contains(&format!("*{}", &name[1..]));
    let start = value.start - line.len() + property.start();
    (!is_used).then(|| Mistake {
        range: start..start + name.len(),
        message: texts::cut_by_sign(name),
        corrected: quoted_line(text, &(start..value.end)),
    })
}

/// Finds a text that stands in curly quotes as a whole: YAML keeps them.
pub(super) fn find_curly_quotes(text: &str, value: &Range<usize>) -> Option<Mistake> {
    let written = &text[value.clone()];
    let pairs = [('“', '”'), ('‘', '’'), ('„', '“'), ('«', '»'), ('”', '”'), ('’', '’')];
    let inner = pairs.iter().find_map(|(open, close)| written.strip_prefix(*open)?.strip_suffix(*close))?;
    let has_more = inner.contains(['“', '”', '„', '«', '»']);
    (!has_more).then(|| Mistake {
        range: value.clone(),
        message: texts::curly_quotes(written),
        corrected: replaced_line(text, value, &quote(inner.trim())),
    })
}

/// Finds a number with one point and three digits after it.
pub(super) fn find_thousands(text: &str, value: &Range<usize>) -> Option<Mistake> {
    let written = &text[value.clone()];
    THOUSANDS.is_match(written).then(|| {
        let (whole, decimal) = (written.replace('.', ""), written.trim_end_matches('0'));
        let decimal = if decimal.ends_with('.') { format!("{decimal}0") } else { decimal.to_owned() };
        Mistake {
            range: value.clone(),
            message: texts::point_of_thousands(written, decimal, &whole),
            corrected: replaced_line(text, value, &whole),
        }
    })
}

/// The line of an offset, without its line break.
fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |line_break| line_break + 1);
    let end = text[at..].find('\n').map_or(text.len(), |line_break| at + line_break);
    start..end
}

/// The line of a part, with the part in quotes.
pub(super) fn quoted_line(text: &str, part: &Range<usize>) -> String {
    replaced_line(text, part, &quote(&text[part.clone()]))
}

fn replaced_line(text: &str, part: &Range<usize>, by: &str) -> String {
    let start = line_of(text, part.start).start;
    let end = line_of(text, part.end).end;
    format!("{}{by}{}", &text[start..part.start], &text[part.end..end]).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The marked part and the corrected line, of the value after `a: `.
    fn cut(text: &str, value: &str) -> Option<(String, String)> {
        let start = text.find(value).unwrap();
        let found = find_cut(text, &(start..start + value.len()))?;
        Some((text[found.range].to_owned(), found.corrected))
    }

    #[test]
    fn finds_text_that_became_a_comment() {
        let pair = |part: &str, line: &str| Some((part.to_owned(), line.to_owned()));
        assert_eq!(cut("a: Suporte #42 ok\nb: 1", "Suporte"), pair("#42 ok", "a: 'Suporte #42 ok'"));
        assert_eq!(cut("- um #oficial", "um"), pair("#oficial", "- 'um #oficial'"));
        for text in ["a: um # nota", "a: um #", "a: um#2", "a: um ### x", "a: um #next: b", "a: um #vereda-ignore x"] {
            assert_eq!(cut(text, "um"), None, "{text}");
        }
        assert_eq!(cut("a: 'um' #42", "'um'"), None);
    }

    #[test]
    fn finds_words_that_became_tags_or_anchors() {
        let pair = |part: &str, line: &str| Some((part.to_owned(), line.to_owned()));
        assert_eq!(cut("a: &nome Valor", "Valor"), pair("&nome", "a: '&nome Valor'"));
        assert_eq!(cut("a: ! texto", "texto"), pair("!", "a: '! texto'"));
        assert_eq!(cut("a: !importante texto", "texto"), pair("!importante", "a: '!importante texto'"));
        for text in ["a: !!str texto", "a: &n texto\nb: *n", "a: texto"] {
            assert_eq!(cut(text, "texto"), None, "{text}");
        }
    }

    #[test]
    fn finds_texts_in_curly_quotes() {
        let found = |text: &str| find_curly_quotes(text, &(0..text.len())).is_some();
        assert!(found("“Olá”") && found("‘Olá’") && found("«Olá»"));
        assert!(!found("“Sim” ou “não”") && !found("diga “sim”") && !found("Olá"));
    }

    #[test]
    fn finds_thousands_with_a_point() {
        let found = |text: &str| find_thousands(text, &(0..text.len())).map(|found| found.corrected);
        assert_eq!(found("1.500"), Some("1500".to_owned()));
        assert_eq!(found("10.000"), Some("10000".to_owned()));
        for number in ["1.5", "1500", "0.125", "1.5000", "1.50", "2026.10.13", "1.500.000"] {
            assert_eq!(found(number), None, "{number}");
        }
    }
}
