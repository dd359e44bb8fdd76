//! Mistakes in YAML that cannot be parsed: the place, the cause and the corrected line.
//!
//! In: a text and the offset at which the parser stopped. Out: the first [`Mistake`] whose correction lets the parser go
//! further. A cause is reported only if its cure works. Entry point: [`find_mistake`].

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::Text;
use crate::diagnostic::catalogue::yaml as texts;

/// Lines before the one at which the parser stopped that can have the cause.
const LINES_BEFORE: usize = 40;

/// A mistake in a line.
#[derive(Debug)]
pub(super) struct Mistake {
    /// In the text.
    pub(super) range: Range<usize>,
    pub(super) message: Text,
    /// The corrected line; empty if the line is to be deleted.
    pub(super) corrected: String,
}

/// A key and its value in one line: `- key: value`.
static PAIR: LazyLock<Regex> = LazyLock::new(|| regex(r"^(\s*(?:- +)*)([^\s:#{\[][^:#{\[]*?):[ \t]+(\S.*?)\s*$"));

/// A value in braces or brackets that a comment cuts: `{ title: Fim #2, next: a }`.
static CUT: LazyLock<Regex> =
    LazyLock::new(|| regex(r"[\[{,:]\s+([^\s'\x22,:\[\]{}#][^,\[\]{}#]*\s(#[^\s,}\]][^,}\]]*))"));

/// Two keys in braces without a comma: `{ label: Sim next: fim }`.
static COMMA: LazyLock<Regex> = LazyLock::new(|| regex(r"\{.*?[^\s,{:](\s+)[\p{L}_][\w-]*:\s"));

/// A whole map or list in one line. Quotes would hide the mistake inside it.
static COLLECTION: LazyLock<Regex> = LazyLock::new(|| regex(r"^(?:\{.*:.*\}?|\[.*\])$"));

/// An item of a list without a key.
static ITEM: LazyLock<Regex> = LazyLock::new(|| regex(r"^(\s*(?:- +)+)(\S.*?)\s*$"));

/// A comment after a value, as people write it.
static COMMENT: LazyLock<Regex> = LazyLock::new(|| regex(r"\s+#(?:\s.*)?$"));

/// A key and its value without a blank after the colon.
static TIGHT: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*(?:- +)*[\p{L}_][\w-]*(:)[^\s:/]"));

/// A key and its value with `=`.
static EQUALS: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*(?:- +)*[\p{L}_][\w-]*(\s*=\s*)\S"));

pub(super) fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is valid")
}

/// Finds the mistake at or before `stop`, and its line. `parse` gives the offset at which the parser stops in a text;
/// `None` if it does not.
pub(super) fn find_mistake(
    text: &str,
    stop: usize,
    parse: impl Fn(&str) -> Option<usize>,
) -> Option<(Mistake, Range<usize>)> {
    let lines = lines_until(text, stop);
    // Where the parser stops with a correction: `None` beyond the end.
    let parse_with = |mistake: &Mistake, line: &Range<usize>| {
        let mut cured = text.to_owned();
        cured.replace_range(line.clone(), &mistake.corrected);
        parse(&cured)
    };
    let is_cured = |mistake: &Mistake, line: &Range<usize>| {
        let shift = mistake.corrected.len();
        // Further than the corrected line and the place where it stopped.
        parse_with(mistake, line).is_none_or(|at| at + line.len() > stop + shift && at > line.start + shift)
    };
    for (index, line) in lines.iter().enumerate().rev().take(LINES_BEFORE) {
        let before = index.checked_sub(1).map_or("", |index| &text[lines[index].clone()]);
        let mut possible = indentation(&text[line.clone()], before, line.start);
        // One that cures the whole text is likelier.
        possible.sort_by_cached_key(|mistake| parse_with(mistake, line).is_some());
        possible.extend(candidates(&text[line.clone()], line.start));
        let found = possible.into_iter().find(|mistake| is_cured(mistake, line));
        if let Some(found) = found {
            return Some((found, line.clone()));
        }
    }
    None
}

/// Finds a key without a blank after its colon, or with `=`, in a text that YAML reads as a single value.
pub(super) fn find_joined_key(text: &str) -> Option<Mistake> {
    let start = text.len() - text.trim_start().len();
    joined_keys(text[start..].lines().next()?.trim_end(), start).into_iter().next()
}

/// Finds the first line that a special blank indents; for YAML that blank is part of a key.
pub(super) fn find_special_indentation(text: &str) -> Option<Mistake> {
    let (mut start, mut before) = (0, "");
    for line in text.split_inclusive('\n') {
        let written = line.trim_end_matches(['\n', '\r']);
        if !written.chars().all(is_blank_like) {
            let mistake = indentation(written, before, start).into_iter().next();
            if let Some(mistake) = mistake.filter(|mistake| !text[mistake.range.clone()].starts_with('\t')) {
                return Some(mistake);
            }
        }
        (start, before) = (start + line.len(), written);
    }
    None
}

/// The lines up to the one after an offset, without their line breaks. A parser that meets a tab stops in the line before.
fn lines_until(text: &str, stop: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let is_after = at > stop;
        lines.push(at..at + line.trim_end_matches(['\n', '\r']).len());
        at += line.len();
        if is_after {
            break;
        }
    }
    lines
}

/// What can be wrong with a line that begins at `start`, the most specific first.
fn candidates(line: &str, start: usize) -> Vec<Mistake> {
    let mut found = Vec::new();
    found.extend(uneven_indentation(line, start));
    if let Some(gap) = COMMA.captures(line).and_then(|captures| captures.get(1)) {
        found.push(Mistake {
            range: start + gap.start()..start + gap.end(),
            message: texts::missing_comma(),
            corrected: format!("{},{}", &line[..gap.start()], &line[gap.start()..]),
        });
    }
    if matches!(line.trim_end(), "---" | "...") {
        found.push(Mistake {
            range: start..start + 3,
            message: texts::second_document(line.trim_end()),
            corrected: String::new(),
        });
    }
    found.extend(joined_keys(line, start));
    if let Some(cut) = CUT.captures(line)
        && let (Some(value), Some(comment)) = (cut.get(1), cut.get(2))
    {
        let comment = comment.start()..comment.start() + comment.as_str().trim_end().len();
        let quoted = quote(line[value.start()..comment.end].trim());
        found.push(Mistake {
            range: start + comment.start..start + comment.end,
            message: texts::cut_by_comment(&line[comment.clone()]),
            corrected: format!("{}{quoted}{}", &line[..value.start()], &line[comment.end..]),
        });
    }
    let pair = PAIR.captures(line).and_then(|captures| captures.get(3));
    let item = ITEM.captures(line).and_then(|captures| captures.get(2));
    for value in [pair, item].into_iter().flatten() {
        let comment = COMMENT.find(value.as_str()).map_or(value.len(), |comment| comment.start());
        found.extend(value_mistakes(line, value.start()..value.start() + comment, start));
        if comment < value.len() {
            found.extend(value_mistakes(line, value.range(), start));
        }
    }
    found
}

/// A key that no blank separates from its value, and one with `=`.
fn joined_keys(line: &str, start: usize) -> Vec<Mistake> {
    let patterns = [(&TIGHT, texts::no_space_after_colon()), (&EQUALS, texts::equals_for_colon())];
    let mistake = |(pattern, message): (&LazyLock<Regex>, Text)| {
        let sign = pattern.captures(line)?.get(1)?;
        let corrected = format!("{}: {}", &line[..sign.start()], &line[sign.end()..]);
        Some(Mistake { range: start + sign.start()..start + sign.end(), message, corrected })
    };
    patterns.into_iter().filter_map(mistake).collect()
}

/// Tabs and special blanks before the text of a line. A tab stands for two blanks, for four, or for the indentation of the
/// line before.
fn indentation(line: &str, before: &str, start: usize) -> Vec<Mistake> {
    let indent = &line[..line.len() - line.trim_start_matches(is_blank_like).len()];
    let Some((offset, wrong)) = indent.char_indices().find(|(_, c)| *c != ' ') else { return Vec::new() };
    let message = if wrong == '\t' { texts::tab_indentation() } else { texts::special_blank(name_of(wrong)) };
    let width_of = |tab: usize| -> usize {
        let width = |c: char| if c == '\t' { tab } else { usize::from(!is_invisible(c)) };
        indent.chars().map(width).sum()
    };
    let mut widths = vec![width_of(2)];
    if indent.contains('\t') {
        let is_parent = before.trim_end().ends_with(':') || before.trim_start().starts_with("- ");
        let beside = before.len() - before.trim_start_matches(' ').len() + if is_parent { 2 } else { 0 };
        widths.extend([width_of(4), beside]);
        // What fits the line before is likelier than the number of tabs alone.
        widths.sort_by_key(|width| *width != beside || (width_of(2) != beside && width_of(4) != beside));
    }
    let mistake = |width: usize| Mistake {
        range: start + offset..start + offset + wrong.len_utf8(),
        message: message.clone(),
        corrected: format!("{:width$}{}", "", &line[indent.len()..]),
    };
    widths.into_iter().map(mistake).collect()
}

/// An odd number of blanks before a line. Files of this kind are indented by two.
fn uneven_indentation(line: &str, start: usize) -> Vec<Mistake> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    if indent.is_multiple_of(2) || indent == line.len() {
        return Vec::new();
    }
    let shifted = |to: usize| Mistake {
        range: start..start + indent,
        message: texts::uneven_indentation(),
        corrected: format!("{:to$}{}", "", &line[indent..]),
    };
    vec![shifted(indent + 1), shifted(indent - 1)]
}

/// True for blanks, and for what looks like one or like nothing.
pub(super) fn is_blank_like(c: char) -> bool {
    c != '\n' && c != '\r' && (c.is_whitespace() || is_invisible(c))
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// `U+00A0`
pub(super) fn name_of(c: char) -> String {
    format!("U+{:04X}", c as u32)
}

fn value_mistakes(line: &str, value: Range<usize>, start: usize) -> Vec<Mistake> {
    let written = &line[value.clone()];
    let quoted = |text: &str| format!("{}{}{}", &line[..value.start], quote(text), &line[value.end..]);
    let at = |range: Range<usize>| start + value.start + range.start..start + value.start + range.end;
    let first = written.chars().next().unwrap_or(' ');
    let mut found = Vec::new();
    let mut add =
        |range: Range<usize>, message, corrected| found.push(Mistake { range: at(range), message, corrected });
    if let Some(rest) = written.strip_prefix("- ") {
        let indent = line.len() - line.trim_start().len() + 2;
        let corrected = format!("{}\n{:indent$}- {rest}", line[..value.start].trim_end(), "");
        add(0..1, texts::item_beside_key(), corrected);
    }
    if matches!(first, '|' | '>') {
        add(0..1, texts::text_beside_block(first), quoted(written[1..].trim_start_matches(['-', '+']).trim()));
    }
    if let Some(quote) = ['"', '\''].into_iter().find(|quote| first == *quote) {
        let inner = written[1..].trim_end_matches(quote);
        let message = match quote {
            _ if quote == '"' && written.contains('\\') => texts::backslash_in_quotes(),
            _ if written.len() > 1 && written[1..].contains(quote) => texts::text_after_quotes(quote),
            _ => texts::unclosed_quote(quote),
        };
        add(0..1, message.clone(), quoted(inner));
        add(0..1, message, quoted(written));
    }
    if matches!(first, '[' | '{') {
        let close = if first == '[' { ']' } else { '}' };
        let is_open = written.matches(first).count() > written.matches(close).count();
        if is_open {
            add(0..1, texts::unclosed_bracket(first), format!("{}{close}", line.trim_end()));
        }
        if !COLLECTION.is_match(written) {
            add(0..1, texts::begins_with(first), quoted(written));
        }
    }
    if matches!(first, '*' | '&' | '!' | '@' | '`' | '%' | ',' | ']' | '}' | '?' | '-' | ':') {
        add(0..first.len_utf8(), texts::begins_with(first), quoted(written));
    }
    let colon = written.find(": ").or_else(|| written.ends_with(':').then(|| written.len() - 1));
    if let Some(colon) = colon.filter(|_| !matches!(first, '"' | '\'' | '{' | '[')) {
        let inner = written.trim_start_matches('“').trim_end_matches('”');
        let text = if inner.len() + '“'.len_utf8() * 2 == written.len() { inner } else { written };
        add(colon..colon + 1, texts::colon_in_text(), quoted(text));
    }
    found
}

/// A text in single quotes; a text that has quotes is quoted again.
pub(super) fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
