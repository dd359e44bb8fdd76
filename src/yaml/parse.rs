//! Parser of YAML text: a [`Node`] tree by `serde-saphyr`, which has exact spans and refuses alias bombs.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::budget::BudgetBreach;
use serde_saphyr::{DuplicateKeyPolicy, Options};

use super::corrected::Corrected;
use super::mend::mend;
use super::mistakes::{Mistake, find_joined_key, find_mistake, find_special_indentation, is_blank_like};
use super::text::ParsedText;
use super::{Dialect, MapEntry, Meaning, Node, Value, trap};
use crate::diagnostic::{Certainty, Diagnostic, Diagnostics, Text, catalogue};
use crate::source::{FileId, Span, Spanned, find_conflict};

/// Levels of nesting. No flow is written deeper, and reading recurses as deep.
const DEEPEST: usize = 32;

/// Events that aliases may repeat: values, and beginnings and ends of lists and maps.
const MOST_REPEATED: usize = 20_000;

/// The most mistakes of one text that are looked for: each costs several parses.
const MOST_MISTAKES: usize = 20;

/// Parses the text `file[start..start + text.len()]`, whose values have a meaning. `None` when it is empty or was refused
/// and reported.
pub(crate) fn parse(
    text: &str,
    file: FileId,
    start: usize,
    dialect: Dialect,
    meaning: Meaning,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let parsed = ParsedText { text, file, start };
    if let Some(conflict) = find_conflict(text) {
        let finding = Diagnostic::new(dialect.syntax, parsed.span(&conflict), catalogue::yaml::conflict());
        diagnostics.push(finding.help(catalogue::yaml::choose_a_side()));
        return None;
    }
    match serde_saphyr::from_str_with_options::<SpannedValue>(text, options()) {
        Ok(raw) => {
            let mut root = Some(parsed.node(raw)).filter(|node| node.value != Value::Null)?;
            if let Some(mistake) = find_hidden_mistake(&root, meaning, text) {
                diagnostics.push(parsed.report(&mistake, dialect));
                return None;
            }
            report_at_keys(&mut root);
            mend(&mut root, meaning, &parsed, dialect, diagnostics);
            trap::report(&root, meaning, &parsed, dialect, diagnostics);
            Some(root)
        }
        Err(_) if is_blank(text) => None,
        Err(error) => {
            parsed.findings(&error, dialect).into_iter().for_each(|finding| diagnostics.push(finding));
            None
        }
    }
}

/// Finds a mistake that YAML takes for a part of a text.
fn find_hidden_mistake(root: &Node, meaning: Meaning, text: &str) -> Option<Mistake> {
    match &root.value {
        Value::Scalar { .. } if matches!(meaning, Meaning::Map(_)) => find_joined_key(text),
        Value::Map(entries) if entries.iter().any(|entry| entry.key.value.starts_with(is_blank_like)) => {
            find_special_indentation(text)
        }
        _ => None,
    }
}

/// Parses a text without reports, each value with its exact place. `None` when it is empty or cannot be parsed.
pub(crate) fn parse_exact(text: &str, file: FileId, start: usize) -> Option<Node> {
    let raw = serde_saphyr::from_str_with_options::<SpannedValue>(text, options()).ok()?;
    Some(ParsedText { text, file, start }.node(raw)).filter(|node| node.value != Value::Null)
}

/// Moves the span of each list, map and unwritten value to the key above it, where findings are reported.
fn report_at_keys(node: &mut Node) {
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(report_at_keys),
        Value::Map(entries) => {
            for MapEntry { key, value } in entries {
                let is_unwritten = value.value == Value::Null && value.span.range().is_empty();
                if is_unwritten || matches!(value.value, Value::List(_) | Value::Map(_)) {
                    value.span = key.span;
                }
                report_at_keys(value);
            }
        }
        Value::Null | Value::Scalar { .. } => {}
    }
}

/// The limit that a text is over.
fn find_limit(error: &serde_saphyr::Error) -> Option<Text> {
    use serde_saphyr::Error::{AliasError, Budget};
    match error.without_snippet() {
        Budget { breach: BudgetBreach::Depth { .. }, .. } => Some(catalogue::yaml::too_deep(DEEPEST)),
        // A tree takes every value: the only alias error is a limit.
        Budget { .. } | AliasError { .. } => Some(catalogue::yaml::too_large()),
        error => {
            let is_deep = error.to_string().starts_with("recursion limit exceeded");
            is_deep.then(|| catalogue::yaml::too_deep(DEEPEST))
        }
    }
}

/// True for a text without a character that a reader sees.
pub(crate) fn is_invisible(text: &str) -> bool {
    let is_unseen = |c: char| {
        let is_format = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
        c.is_whitespace() || c.is_control() || is_format
    };
    text.chars().all(is_unseen)
}

/// True for blank lines and comments alone.
pub(crate) fn is_blank(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// `no` stays a text and `0123` keeps its zero. A repeated key stays, and is reported with its span.
fn options() -> Options {
    serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        with_snippet: false,
        budget: serde_saphyr::budget! { max_depth: DEEPEST },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: MOST_REPEATED },
    }
}

impl ParsedText<'_> {
    fn node(&self, raw: SpannedValue) -> Node {
        let range = raw.range.unwrap_or(0..0);
        let span = self.span(&range);
        let written = self.text.get(range).unwrap_or("");
        let is_plain = !written.starts_with(['"', '\'']);
        let value = match raw.value {
            SaphyrValue::Null => Value::Null,
            SaphyrValue::Typed => Value::Scalar { text: written.to_owned(), is_plain: true },
            SaphyrValue::Text(text) => Value::Scalar { is_plain: is_plain && text == written, text },
            SaphyrValue::List(items) => Value::List(items.into_iter().map(|item| self.node(item)).collect()),
            SaphyrValue::Map(entries) => Value::Map(entries.into_iter().map(|pair| self.entry(pair)).collect()),
        };
        Node { value, span }
    }

    fn entry(&self, (key, value): (SpannedValue, SpannedValue)) -> MapEntry {
        let key = self.node(key);
        let text = key.as_text().unwrap_or_default().to_owned();
        MapEntry { key: Spanned { value: text, span: key.span }, value: self.node(value) }
    }

    /// The diagnostics of a text that cannot be parsed: the first mistake, at its cause if that is known, and those after
    /// it if the text with all corrections can be parsed. A wrong indentation is reported once.
    fn findings(&self, error: &serde_saphyr::Error, dialect: Dialect) -> Vec<Diagnostic> {
        if let Some(limit) = find_limit(error) {
            return vec![Diagnostic::new(dialect.syntax, self.span_of(error), limit)];
        }
        let mut corrected = Corrected::of(self.text);
        let mut mistakes: Vec<Mistake> = Vec::new();
        let mut stop = Some(stop_of(self.text, error));
        while let Some(at) = stop.filter(|_| mistakes.len() < MOST_MISTAKES) {
            let Some((mistake, line)) = find_mistake(corrected.text(), at, find_stop) else { break };
            let Some(mistake) = corrected.apply(mistake, line) else { break };
            mistakes.push(mistake);
            stop = find_stop(corrected.text());
        }
        if mistakes.is_empty() {
            return vec![Diagnostic::new(dialect.syntax, self.span_of(error), catalogue::yaml::syntax())];
        }
        if stop.is_some() {
            mistakes.truncate(1);
        }
        let is_first = |index: usize| {
            let earlier = &mistakes[..index];
            let is_same = |other: &Mistake| self.is_indentation(other) && other.message == mistakes[index].message;
            !self.is_indentation(&mistakes[index]) || !earlier.iter().any(is_same)
        };
        let reported = (0..mistakes.len()).filter(|index| is_first(*index));
        reported.map(|index| self.report(&mistakes[index], dialect)).collect()
    }

    /// True for a mistake before the text of its line.
    fn is_indentation(&self, mistake: &Mistake) -> bool {
        let before = self.text[..mistake.range.end].rsplit('\n').next();
        before.is_some_and(|before| before.chars().all(is_blank_like))
    }

    fn report(&self, mistake: &Mistake, dialect: Dialect) -> Diagnostic {
        let span = self.span(&mistake.range);
        // The indentation is the correction where the mistake is in it.
        let is_indentation = self.is_indentation(mistake);
        let corrected = mistake.corrected.trim_end();
        let line = if is_indentation { corrected } else { corrected.trim_start() }.replace('\n', " ⏎ ");
        let help = if line.is_empty() { catalogue::yaml::delete_line() } else { catalogue::yaml::write_line(line) };
        let whole = self.span(&line_of(self.text, mistake.range.start));
        let finding = Diagnostic::new(dialect.syntax, span, mistake.message.clone()).help(help);
        finding.cure(Certainty::Likely, whole, mistake.corrected.clone())
    }

    fn span_of(&self, error: &serde_saphyr::Error) -> Span {
        let offset = stop_of(self.text, error);
        let length = self.text[offset..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
        Span::new(self.file, self.start + offset, self.start + offset + length)
    }
}

/// The offset at which the parser stops in a text; `None` if it does not.
fn find_stop(text: &str) -> Option<usize> {
    let error = serde_saphyr::from_str_with_options::<SpannedValue>(text, options()).err()?;
    Some(stop_of(text, &error))
}

/// The line of an offset, without its line break.
fn line_of(text: &str, at: usize) -> std::ops::Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |line_break| line_break + 1);
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    start..start + text[start..end].trim_end_matches('\r').len()
}

/// The offset at which the parser stopped.
fn stop_of(text: &str, error: &serde_saphyr::Error) -> usize {
    error.location().map_or(0, |place| {
        let line = usize::try_from(place.line()).unwrap_or(1).max(1);
        let column = usize::try_from(place.column()).unwrap_or(1).max(1);
        offset_of(text, line, column)
    })
}

/// Byte offset of a line and a column in characters, both from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let line_start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let rest = &text[line_start..];
    line_start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(offset, _)| offset)
}

/// A value of `serde-saphyr`, with a range in the parsed text.
struct SpannedValue {
    value: SaphyrValue,
    range: Option<std::ops::Range<usize>>,
}

enum SaphyrValue {
    Null,
    /// A scalar that YAML reads as a number or a boolean: its text is taken from the source.
    Typed,
    Text(String),
    List(Vec<SpannedValue>),
    Map(Vec<(SpannedValue, SpannedValue)>),
}

impl<'de> Deserialize<'de> for SpannedValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = serde_saphyr::Spanned::<SaphyrValue>::deserialize(deserializer)?;
        let span = spanned.referenced.span();
        let range = span.byte_offset().zip(span.byte_len()).map(|(start, length)| {
            let start = usize::try_from(start).unwrap_or(0);
            start..start + usize::try_from(length).unwrap_or(0)
        });
        Ok(Self { value: spanned.value, range })
    }
}

impl<'de> Deserialize<'de> for SaphyrValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SaphyrVisitor)
    }
}

struct SaphyrVisitor;

impl<'de> Visitor<'de> for SaphyrVisitor {
    type Value = SaphyrValue;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("any YAML value")
    }

    fn visit_unit<E>(self) -> Result<SaphyrValue, E> {
        Ok(SaphyrValue::Null)
    }

    fn visit_none<E>(self) -> Result<SaphyrValue, E> {
        Ok(SaphyrValue::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<SaphyrValue, E> {
        Ok(SaphyrValue::Typed)
    }

    fn visit_i64<E>(self, _: i64) -> Result<SaphyrValue, E> {
        Ok(SaphyrValue::Typed)
    }

    fn visit_u64<E>(self, _: u64) -> Result<SaphyrValue, E> {
        Ok(SaphyrValue::Typed)
    }

    fn visit_i128<E>(self, _: i128) -> Result<SaphyrValue, E> {
        Ok(SaphyrValue::Typed)
    }

    fn visit_u128<E>(self, _: u128) -> Result<SaphyrValue, E> {
        Ok(SaphyrValue::Typed)
    }

    fn visit_f64<E>(self, _: f64) -> Result<SaphyrValue, E> {
        Ok(SaphyrValue::Typed)
    }

    fn visit_str<E>(self, text: &str) -> Result<SaphyrValue, E> {
        Ok(SaphyrValue::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<SaphyrValue, E> {
        Ok(SaphyrValue::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<SaphyrValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(SaphyrValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<SaphyrValue, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(SaphyrValue::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::Sources;

    const DIALECT: Dialect = Dialect {
        syntax: Code::CONFIG_SYNTAX,
        unknown_key: Code::CONFIG_UNKNOWN_KEY,
        missing_key: Code::CONFIG_MISSING_KEY,
        invalid_value: Code::CONFIG_INVALID_VALUE,
        duplicate_key: Code::CONFIG_INVALID_VALUE,
        trap: Code::CONFIG_YAML_TRAP,
    };

    fn parse_text(text: &str) -> (Sources, Option<Node>, Diagnostics) {
        let mut sources = Sources::default();
        let file = sources.add("vereda.yaml", text);
        let mut diagnostics = Diagnostics::default();
        let node = parse(text, file, 0, DIALECT, Meaning::Other, &mut diagnostics);
        (sources, node, diagnostics)
    }

    #[test]
    fn keeps_scalars_as_written_with_their_spans() {
        let (sources, node, _) = parse_text("título: no\nzero: 0123\n'q': \"a b\"\n");
        let Some(Node { value: Value::Map(entries), .. }) = node else { panic!("{node:?}") };
        let written: Vec<_> = entries.iter().map(|entry| sources.slice(entry.value.span)).collect();
        assert_eq!(written, ["no", "0123", "\"a b\""]);
        let texts: Vec<_> = entries.iter().map(|entry| entry.value.as_text().unwrap()).collect();
        assert_eq!(texts, ["no", "0123", "a b"]);
    }

    /// The message of a text that is refused whole.
    fn refusal(text: &str) -> String {
        let (_, node, diagnostics) = parse_text(text);
        assert_eq!(node, None);
        diagnostics.iter().next().unwrap().message.en.clone()
    }

    #[test]
    fn refuses_deep_nesting_without_recursing() {
        for opening in ["[", "{a: ", "- "] {
            let text = format!("a:\n  {}", opening.repeat(20_000));
            assert_eq!(refusal(&text), "lists and maps are nested more than 32 levels deep");
        }
    }

    #[test]
    fn refuses_aliases_that_multiply() {
        let mut lines = vec!["a0: &a0 [x, x, x, x, x, x, x, x, x]".to_owned()];
        for level in 1..10 {
            let alias = format!("*a{}", level - 1);
            lines.push(format!("a{level}: &a{level} [{}]", [alias.as_str(); 9].join(", ")));
        }
        assert_eq!(
            refusal(&lines.join("\n")),
            "this YAML is too large, or its aliases (`*name`) repeat too much of it"
        );
    }

    #[test]
    fn points_at_a_syntax_error() {
        let (sources, node, diagnostics) = parse_text("a: 1\nb: [2,\nc: 3\n");
        assert!(node.is_none());
        let span = diagnostics.iter().next().unwrap().span.unwrap();
        assert_eq!(sources.position(span.file, span.start).line, 2);
    }
}
