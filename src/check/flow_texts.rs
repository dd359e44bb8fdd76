//! Texts of a flow: repeated constants, and invisible or surplus white space in copies.

use std::ops::Range;

use super::place_of;
use super::unfinished::without_code;
use crate::config::Config;
use crate::content::flow_text::{TextRole, WrittenText, used_values};
use crate::content::template::{Placeholder, Template};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::flow::FlowSet;
use crate::source::{Sources, Span};
use crate::yaml::{Named, is_invisible};

/// Minimum length of a constant in characters. A shorter one can be in a text by chance.
const SHORTEST: usize = 6;

/// Characters that are invisible or look like a space, with their Unicode names.
const INVISIBLE: [(char, &str); 16] = [
    ('\t', "U+0009 CHARACTER TABULATION"),
    ('\u{a0}', "U+00A0 NO-BREAK SPACE"),
    ('\u{ad}', "U+00AD SOFT HYPHEN"),
    ('\u{2002}', "U+2002 EN SPACE"),
    ('\u{2003}', "U+2003 EM SPACE"),
    ('\u{2007}', "U+2007 FIGURE SPACE"),
    ('\u{2009}', "U+2009 THIN SPACE"),
    ('\u{200a}', "U+200A HAIR SPACE"),
    ('\u{200b}', "U+200B ZERO WIDTH SPACE"),
    ('\u{200c}', "U+200C ZERO WIDTH NON-JOINER"),
    ('\u{200d}', "U+200D ZERO WIDTH JOINER"),
    ('\u{200e}', "U+200E LEFT-TO-RIGHT MARK"),
    ('\u{200f}', "U+200F RIGHT-TO-LEFT MARK"),
    ('\u{202f}', "U+202F NARROW NO-BREAK SPACE"),
    ('\u{2060}', "U+2060 WORD JOINER"),
    ('\u{feff}', "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
];

pub(super) fn check(flow_set: FlowSet<'_>, sources: &Sources, diagnostics: &mut Diagnostics) {
    let constants = constants_of(flow_set.config);
    let texts = || flow_set.flows.iter().flat_map(|flow| &flow.texts);
    for written in texts() {
        check_empty(written, flow_set.config, diagnostics);
        check_constants(written, &constants, sources, diagnostics);
    }
    let is_copied = |written: &&WrittenText| matches!(written.role, TextRole::Copy | TextRole::CopyLabel);
    for written in texts().filter(is_copied) {
        check_blanks(&written.text.value, written.text.span, sources, diagnostics);
    }
    let copied = used_values(texts().filter(is_copied));
    for value in flow_set.config.values.iter().filter(|value| copied.contains(&value.name.value)) {
        check_blanks(&value.value, value.name.span, sources, diagnostics);
    }
}

/// Reports a title, label or copied text that the values of the site leave without a visible character.
fn check_empty(written: &WrittenText, config: &Config, found: &mut Diagnostics) {
    let is_needed = matches!(written.role, TextRole::Title | TextRole::Label | TextRole::Copy | TextRole::CopyLabel);
    let text = &written.text.value;
    if !is_needed || !text.contains("{values.") {
        return;
    }
    let value = |placeholder: &Placeholder| config.find_value(placeholder.value_name()?).map(str::to_owned);
    if is_invisible(&Template::parse(text).fill(value)) {
        found.push(catalogue::flow::empty_text(written.text.span, text));
    }
}

/// The values that a text may repeat. The longest comes first, so that a value inside another is not reported too.
fn constants_of(config: &Config) -> Vec<&Named<String>> {
    let is_long = |value: &&Named<String>| value.value.chars().count() >= SHORTEST && !value.value.contains('{');
    let mut constants: Vec<_> = config.values.iter().filter(is_long).collect();
    constants.sort_by_key(|value| std::cmp::Reverse(value.value.len()));
    constants
}

fn check_constants(written: &WrittenText, constants: &[&Named<String>], sources: &Sources, found: &mut Diagnostics) {
    if matches!(written.role, TextRole::FlowTitle | TextRole::Hint) {
        return;
    }
    let is_markdown = written.role == TextRole::Text;
    let text = if is_markdown { without_code(&written.text.value) } else { written.text.value.clone() };
    let mut taken: Vec<Range<usize>> = Vec::new();
    for constant in constants {
        let Some(place) = find_constant(&text, &constant.value, written.role) else { continue };
        if taken.iter().any(|other| other.start < place.end && place.start < other.end) {
            continue;
        }
        taken.push(place);
        let (name, value) = (&constant.name, &constant.value);
        let finding =
            catalogue::flow::repeated_constant(place_of(value, written.text.span, sources), value, &name.value);
        found.push(finding.label(name.span, catalogue::flow::the_value_is_here()));
    }
}

/// Finds a value in a text. A single word such as `Pendente` counts only when it is the whole copied text.
fn find_constant(text: &str, value: &str, role: TextRole) -> Option<Range<usize>> {
    if value.chars().all(char::is_alphabetic) {
        return (role == TextRole::Copy && text.trim() == value).then_some(0..text.len());
    }
    let is_bounded = |at: usize| {
        let (before, after) = (text[..at].chars().next_back(), text[at + value.len()..].chars().next());
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    };
    text.match_indices(value).map(|(at, _)| at).find(|at| is_bounded(*at)).map(|at| at..at + value.len())
}

/// Reports white space that a copy would contain unnoticed, each kind once.
fn check_blanks(text: &str, span: Span, sources: &Sources, diagnostics: &mut Diagnostics) {
    for (character, name) in INVISIBLE.iter().filter(|(character, _)| text.contains(*character)) {
        let place = place_of(&character.to_string(), span, sources);
        diagnostics.push(catalogue::flow::copy_has_unseen(place, name));
    }
    if text.starts_with(' ') {
        diagnostics.push(catalogue::flow::copy_begins_with_space(span));
    }
    if text.ends_with(' ') {
        diagnostics.push(catalogue::flow::copy_ends_with_space(span));
    }
    if let Some(found) = find_two_spaces(text) {
        diagnostics.push(catalogue::flow::copy_has_two_spaces(place_of(found, span, sources)));
    }
    if has_outer_break(text) {
        diagnostics.push(catalogue::flow::copy_has_outer_break(span));
    }
}

/// Finds two or more spaces in a row, with the characters beside them. These distinguish them from indentation in the
/// file.
fn find_two_spaces(text: &str) -> Option<&str> {
    let text = text.trim();
    let start = text.find("  ")?;
    let length = text[start..].find(|c| c != ' ')?;
    let before = text[..start].chars().next_back().map_or(0, char::len_utf8);
    let after = text[start + length..].chars().next().map_or(0, char::len_utf8);
    Some(&text[start - before..start + length + after])
}

fn has_outer_break(text: &str) -> bool {
    text.starts_with(['\n', '\r']) || text.ends_with(['\n', '\r'])
}
