//! The only escaping of a source's text: characters that our dialect would read as markup get a backslash.

use crate::url::encode_component;

/// The block of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    Paragraph,
    Heading,
    Cell,
    /// The title of a directive.
    Title,
}

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) container: Container,
    /// At the beginning of a line of a paragraph.
    pub(super) starts_line: bool,
    /// In the text of a link, a description of an image or the title of a directive.
    pub(super) is_in_brackets: bool,
}

/// Escapes a text without line breaks.
pub(super) fn escape(text: &str, place: Place) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let rest = if place.starts_line { escape_start(text, &mut out) } else { text };
    let mut before = text[..text.len() - rest.len()].chars().next_back();
    for (at, c) in rest.char_indices() {
        if needs_escape(c, before, &rest[at + c.len_utf8()..], place) {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

/// Escapes what opens a block at the beginning of a line. Returns the rest.
fn escape_start<'t>(text: &'t str, out: &mut String) -> &'t str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && text[digits..].starts_with(['.', ')']) {
        out.push_str(&text[..digits]);
        out.push('\\');
        out.push_str(&text[digits..=digits]);
        return &text[digits + 1..];
    }
    let mut rest = text;
    while rest.starts_with(':') {
        out.push_str("\\:");
        rest = &rest[1..];
    }
    match rest.chars().next() {
        Some(sign @ ('#' | '>' | '-' | '+' | '=' | '|')) if rest.len() == text.len() => {
            out.push('\\');
            out.push(sign);
            &rest[1..]
        }
        _ => rest,
    }
}

fn needs_escape(c: char, before: Option<char>, after: &str, place: Place) -> bool {
    let next = after.chars().next();
    match c {
        '*' | '`' | '[' | '{' | '~' => true,
        ']' => place.is_in_brackets,
        '}' | '#' => place.container == Container::Heading,
        '|' => place.container == Container::Cell,
        '\\' | '<' if next.is_none() => true,
        '\\' => next.is_some_and(|c| c.is_ascii_punctuation()),
        '<' => next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '_' => !(before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)),
        '&' => begins_entity(after),
        _ => false,
    }
}

/// True for what follows the `&` of an entity.
fn begins_entity(after: &str) -> bool {
    let name = after.split(';').next().unwrap_or_default();
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
    name.len() < after.len() && !name.is_empty() && is_name
}

/// Escapes a text that begins a line.
pub(crate) fn escape_line(text: &str) -> String {
    escape(text, Place { container: Container::Paragraph, starts_line: true, is_in_brackets: false })
}

/// Escapes brackets in Markdown that becomes the title of a directive.
pub(crate) fn escape_title(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut before = ' ';
    for c in markdown.chars() {
        if matches!(c, '[' | ']') && before != '\\' {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// Escapes what only our dialect reads in Markdown of another one: placeholders and directives in a line.
pub(crate) fn escape_dialect(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    for (at, c) in markdown.char_indices() {
        let rest = &markdown[at..];
        let is_placeholder = c == '{' && begins_placeholder(&rest[1..]) && !markdown[..at].ends_with(['\\', '$']);
        let is_copy = c == ':' && rest.starts_with(":copy[");
        if is_placeholder || is_copy {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// True for what follows the brace of a placeholder.
fn begins_placeholder(after: &str) -> bool {
    let name = after.split('}').next().unwrap_or_default();
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase());
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '|');
    name.len() < after.len() && is_name && name.chars().all(is_part)
}

/// An address between the parentheses of a link.
pub(super) fn escape_address(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for (at, c) in address.char_indices() {
        match c {
            ' ' => out.push_str("%20"),
            '<' | '>' | '\\' | '`' | '{' | '}' | '|' | '"' | '^' => {
                out.push_str(&encode_component(c.encode_utf8(&mut [0; 4])));
            }
            '&' if begins_entity(&address[at + 1..]) => out.push_str("&amp;"),
            c if c.is_control() || c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    if out.contains(['(', ')']) || out.is_empty() { format!("<{out}>") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: Place = Place { container: Container::Paragraph, starts_line: true, is_in_brackets: false };

    #[test]
    fn escapes_markup_only() {
        for (text, escaped) in [
            ("{chaves}, 5 * 3, :kbd[x], ::: e {#nao}", r"\{chaves}, 5 \* 3, :kbd\[x], ::: e \{#nao}"),
            ("a_b _c_ C:\\dir \\*", r"a_b \_c\_ C:\dir \\\*"),
            ("1. um", r"1\. um"),
            ("1.500 reais", r"1\.500 reais"),
            (":::note", r"\:\:\:note"),
            ("- a # b", r"\- a # b"),
            ("a < b <c &copy; & d &", r"a < b \<c \&copy; & d &"),
            ("Olá!", "Olá!"),
        ] {
            assert_eq!(escape(text, LINE), escaped);
        }
    }
}
