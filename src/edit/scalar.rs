//! Scalars as text: plain where that is safe in their context, else in single quotes.

use std::fmt::Write;

use crate::source::Sources;
use crate::yaml::{Value, is_other_type, parse_exact};

/// Where a scalar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A key of a map.
    Key,
    /// A value among lines.
    Block,
    /// A value in brackets or braces.
    Flow,
}

/// Writes a text of one line, or one whose breaks are escaped. `quote` is that of the scalar which it replaces.
pub(super) fn write_scalar(text: &str, place: Place, quote: Option<char>) -> String {
    let single = || format!("'{}'", text.replace('\'', "''"));
    let double = || format!("\"{}\"", escape(text));
    let candidates = match quote {
        Some('"') => [double(), single(), double()],
        Some(_) => [single(), double(), double()],
        None => [text.to_owned(), single(), double()],
    };
    let fallback = double();
    candidates.into_iter().find(|written| is_read_as(written, text, place)).unwrap_or(fallback)
}

/// Characters that a line of YAML cannot have are escaped. Accents are not.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            '\r' => escaped.push_str("\\r"),
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                write!(escaped, "\\u{:04X}", c as u32).expect("a String takes any text");
            }
            c if c.is_control() => {
                write!(escaped, "\\x{:02X}", c as u32).expect("a String takes any text");
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// True if a written scalar is this text for Vereda, and no other type for other tools.
fn is_read_as(written: &str, text: &str, place: Place) -> bool {
    if written.is_empty() || written.contains(['\n', '\r']) {
        return false;
    }
    let document = match place {
        Place::Key => format!("{written}: 1\nb: 2\n"),
        Place::Block => format!("a: {written}\nb: 2\n"),
        Place::Flow => format!("a: {{ a: {written}, b: 2 }}\nb: [{written}]\n"),
    };
    let file = Sources::default().add("", "");
    let Some(root) = parse_exact(&document, file, 0) else { return false };
    let Value::Map(entries) = &root.value else { return false };
    let is_it = |value: &Value| match value {
        Value::Scalar { text: found, is_plain } => {
            found == text && (!is_plain || (written == text && !is_other_type(text)))
        }
        _ => false,
    };
    match (place, entries.as_slice()) {
        (Place::Key, [first, _]) => first.key.value == text && !is_other_type(written),
        (Place::Block, [first, second]) => is_it(&first.value.value) && second.key.value == "b",
        (Place::Flow, [first, second]) => {
            let Value::Map(inner) = &first.value.value else { return false };
            let Value::List(items) = &second.value.value else { return false };
            let is_whole = inner.len() == 2 && inner[1].key.value == "b" && items.len() == 1;
            is_whole && is_it(&inner[0].value.value) && is_it(&items[0].value)
        }
        _ => false,
    }
}

/// Writes lines as a block with `|`, indented; `None` if a block cannot hold them.
pub(super) fn write_block(text: &str, indent: usize) -> Option<String> {
    let body = text.trim_end_matches('\n');
    let ends = text.len() - body.len();
    let is_possible = !body.is_empty()
        && body.contains('\n')
        && !body.starts_with([' ', '\t', '\n'])
        && body.lines().all(|line| !line.chars().any(|c| c.is_control() && c != '\t') && line.trim_end() == line);
    let sign = match ends {
        0 => "|-",
        1 => "|",
        _ => return None,
    };
    let line = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("\n{:indent$}{line}", "") };
    is_possible.then(|| sign.to_owned() + &body.lines().map(line).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_only_where_the_context_needs_it() {
        for (text, place, written) in [
            ("Olá, ação", Place::Block, "Olá, ação"),
            ("Olá, ação", Place::Flow, "'Olá, ação'"),
            ("a: b", Place::Block, "'a: b'"),
            ("Suporte #42", Place::Block, "'Suporte #42'"),
            ("{values.x}", Place::Block, "'{values.x}'"),
            ("no", Place::Block, "'no'"),
            ("12:30", Place::Flow, "'12:30'"),
            ("2026-10-13", Place::Block, "'2026-10-13'"),
            ("500", Place::Block, "'500'"),
            ("d'água", Place::Block, "d'água"),
            ("'a' e \"b\"", Place::Block, "'''a'' e \"b\"'"),
            ("", Place::Block, "''"),
            ("- a", Place::Flow, "'- a'"),
            ("a\nb", Place::Flow, "\"a\\nb\""),
            ("on", Place::Key, "'on'"),
            ("não", Place::Key, "não"),
        ] {
            assert_eq!(write_scalar(text, place, None), written, "{text}");
        }
    }

    #[test]
    fn keeps_the_quotes_of_the_replaced_scalar() {
        assert_eq!(write_scalar("b", Place::Block, Some('\'')), "'b'");
        assert_eq!(write_scalar("\"b\"", Place::Block, Some('"')), "\"\\\"b\\\"\"");
    }

    #[test]
    fn writes_lines_as_a_block() {
        assert_eq!(write_block("a\n\nb\n", 2).as_deref(), Some("|\n  a\n\n  b"));
        assert_eq!(write_block("a\nb", 4).as_deref(), Some("|-\n    a\n    b"));
        assert_eq!(write_block(" a\nb", 4), None);
    }
}
