//! Texts that YAML split for want of quotes, put together again: `{ min: 0,01 }` and `text: {values.x}`.
//!
//! In: the tree of a file, and what its values are meant to be. Out: the tree with the texts, and an error at each. The
//! rest of the file is then read without consequences. Entry point: [`mend`].

use super::cut::{find_cut, quoted_line};
use super::mistakes::quote;
use super::text::ParsedText;
use super::trap::find_inside;
use super::{Dialect, MapEntry, Meaning, Node, Value};
use crate::diagnostic::{Certainty, Diagnostic, Diagnostics, Text, catalogue};

/// Joins the split texts of a tree.
pub(super) fn mend(
    node: &mut Node,
    meaning: Meaning,
    parsed: &ParsedText<'_>,
    dialect: Dialect,
    diagnostics: &mut Diagnostics,
) {
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| mend(item, meaning, parsed, dialect, diagnostics)),
        Value::Map(entries) => {
            join_at_commas(entries, meaning, parsed, dialect, diagnostics);
            for entry in entries.iter_mut() {
                let inside = find_inside(meaning, &entry.key.value);
                diagnostics.extend(mend_value(entry, inside, parsed, dialect));
                mend(&mut entry.value, inside, parsed, dialect, diagnostics);
            }
        }
        Value::Null | Value::Scalar { .. } => {}
    }
}

/// True for a key that stands alone: `b` of `{ a: 1, b }`.
fn is_alone(entry: &MapEntry, parsed: &ParsedText<'_>) -> bool {
    let end = parsed.range(entry.key.span).end;
    is_unwritten(entry) && !parsed.text[end..].trim_start().starts_with(':')
}

fn is_unwritten(entry: &MapEntry) -> bool {
    entry.value.value == Value::Null && entry.value.span == entry.key.span
}

/// Joins a value with the keys after it that only a comma made.
fn join_at_commas(
    entries: &mut Vec<MapEntry>,
    meaning: Meaning,
    parsed: &ParsedText<'_>,
    dialect: Dialect,
    diagnostics: &mut Diagnostics,
) {
    let mut index = 1;
    while index < entries.len() {
        let is_known = matches!(meaning, Meaning::Map(meaning_of) if meaning_of(&entries[index].key.value).is_some());
        let [before, entry] = &entries[index - 1..=index] else { unreachable!("a slice of two") };
        let (start, end) = (parsed.range(before.value.span).start, parsed.range(entry.key.span).end);
        let between = parsed.text.get(parsed.range(before.value.span).end..parsed.range(entry.key.span).start);
        let is_text = matches!(&before.value.value, Value::Scalar { is_plain: true, .. });
        let is_cut = between.is_some_and(|between| between.trim() == ",");
        if is_known || !is_text || !is_cut || !is_alone(entry, parsed) {
            index += 1;
            continue;
        }
        entries.remove(index);
        let is_last = entries.get(index).is_none_or(|next| !is_alone(next, parsed));
        let whole = &mut entries[index - 1].value;
        whole.span = parsed.span(&(start..end));
        whole.value = Value::Scalar { text: parsed.text[start..end].to_owned(), is_plain: true };
        if is_last {
            diagnostics.push(split(
                parsed,
                &(start..end),
                dialect,
                catalogue::yaml::comma_splits(&parsed.text[start..end]),
            ));
        }
    }
}

/// A text in braces, and one that YAML takes for a comment as a whole.
fn mend_value(entry: &mut MapEntry, meaning: Meaning, parsed: &ParsedText<'_>, dialect: Dialect) -> Option<Diagnostic> {
    let end = parsed.range(entry.key.span).end;
    let colon = parsed.text[end..]
        .find(|c: char| !c.is_whitespace() && c != '"')
        .filter(|at| parsed.text[end + at..].starts_with(':'));
    if let (true, Some(colon)) = (is_unwritten(entry), colon) {
        let cut = find_cut(parsed.text, &(end + colon + 1..end + colon + 1))?;
        entry.value.value = Value::Scalar { text: parsed.text[cut.range.clone()].to_owned(), is_plain: false };
        entry.value.span = parsed.span(&cut.range);
        let finding = Diagnostic::new(dialect.trap, entry.value.span, cut.message);
        return Some(finding.help(catalogue::yaml::write_line(cut.corrected)));
    }
    let Value::Map(inside) = &entry.value.value else { return None };
    let is_text = matches!(meaning, Meaning::Text | Meaning::Constant | Meaning::Typed | Meaning::TextOr(_));
    let (first, last) = inside.first().zip(inside.last()).filter(|_| is_text && inside.iter().all(is_unwritten))?;
    let before = parsed.text[..parsed.range(first.key.span).start].trim_end();
    let after = parsed.range(last.key.span).end;
    let close = parsed.text[after..].find('}').filter(|at| parsed.text[after..after + at].trim().is_empty())?;
    let start = before.strip_suffix('{')?.len();
    let range = start..after + close + 1;
    let written = parsed.text[range.clone()].to_owned();
    let finding = split(parsed, &range, dialect, catalogue::yaml::braces_without_quotes(&written));
    entry.value = Node { value: Value::Scalar { text: written, is_plain: false }, span: parsed.span(&range) };
    Some(finding)
}

fn split(parsed: &ParsedText<'_>, range: &std::ops::Range<usize>, dialect: Dialect, message: Text) -> Diagnostic {
    let help = catalogue::yaml::write_line(quoted_line(parsed.text, range));
    let cured = quote(&parsed.text[range.clone()]);
    Diagnostic::new(dialect.invalid_value, parsed.span(range), message).help(help).cure(
        Certainty::Certain,
        parsed.span(range),
        cured,
    )
}
