//! Syntax of a directive line: `:::name[argument]{#id .class key=value flag}`.

use std::ops::Range;

/// One `:::` line, or one inline `:name[…]`, with offsets in the text it was found in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DirectiveLine {
    /// How many colons it begins with.
    pub(super) colons: usize,
    /// Empty for a closing line.
    pub(super) name: Range<usize>,
    /// Inside the brackets.
    pub(super) argument: Option<Range<usize>>,
    pub(super) attributes: Vec<DirectiveAttribute>,
    /// From the first colon to the last character.
    pub(super) range: Range<usize>,
    /// The part that could not be read, if any.
    pub(super) problem: Option<Range<usize>>,
}

/// One attribute; `#id` has the key `id`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DirectiveAttribute {
    pub(super) key: String,
    pub(super) value: Option<String>,
    pub(super) range: Range<usize>,
}

impl DirectiveLine {
    /// True for a bare `:::`.
    pub(super) fn is_closing(&self) -> bool {
        self.name.is_empty() && self.problem.is_none()
    }

    /// Finds an attribute by its key.
    pub(super) fn find(&self, key: &str) -> Option<&DirectiveAttribute> {
        self.attributes.iter().find(|attribute| attribute.key == key)
    }

    /// Reads a line that begins with three colons or more at `start`.
    pub(super) fn parse(text: &str, start: usize, end: usize) -> Self {
        let line = text[start..end].trim_end();
        let end = start + line.len();
        let colons = line.bytes().take_while(|byte| *byte == b':').count();
        let name_start = start + colons + text[start + colons..end].bytes().take_while(|byte| *byte == b' ').count();
        let name_length = text[name_start..end].find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        let name = name_start..name_length.map_or(end, |length| name_start + length);
        let mut directive =
            Self { colons, argument: None, attributes: Vec::new(), range: start..end, problem: None, name };
        directive.read_rest(text, end);
        directive
    }

    fn read_rest(&mut self, text: &str, end: usize) {
        let mut at = self.name.end;
        if text[at..end].starts_with('[') {
            let Some(close) = find_closing(text, at, end, b'[', b']') else {
                self.problem = Some(at..end);
                return;
            };
            self.argument = Some(at + 1..close);
            at = close + 1;
        }
        if text[at..end].starts_with('{') {
            let Some(close) = find_closing(text, at, end, b'{', b'}') else {
                self.problem = Some(at..end);
                return;
            };
            self.attributes = parse_attributes(text, at + 1..close);
            at = close + 1;
        }
        if !text[at..end].trim().is_empty() {
            let start = at + text[at..end].len() - text[at..end].trim_start().len();
            self.problem = Some(start..end);
        }
    }
}

/// Finds the bracket that closes the one at `open`. Nested brackets and escapes are respected.
fn find_closing(text: &str, open: usize, end: usize, opening: u8, closing: u8) -> Option<usize> {
    let mut depth = 0usize;
    let mut is_escaped = false;
    for (offset, byte) in text.as_bytes()[open..end].iter().enumerate() {
        if !is_escaped && *byte == opening {
            depth += 1;
        } else if !is_escaped && *byte == closing {
            depth -= 1;
            if depth == 0 {
                return Some(open + offset);
            }
        }
        is_escaped = *byte == b'\\' && !is_escaped;
    }
    None
}

fn parse_attributes(text: &str, range: Range<usize>) -> Vec<DirectiveAttribute> {
    let mut attributes = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let blank = rest.len() - rest.trim_start().len();
        let start = at + blank;
        let length = word_length(&text[start..range.end]);
        if length == 0 {
            break;
        }
        attributes.push(parse_attribute(&text[start..start + length], start));
        at = start + length;
    }
    attributes
}

/// Up to the next blank outside quotes.
fn word_length(text: &str) -> usize {
    let mut is_quoted = false;
    let is_end = |(_, c): &(usize, char)| {
        is_quoted ^= *c == '"';
        c.is_whitespace() && !is_quoted
    };
    text.char_indices().find(is_end).map_or(text.len(), |(offset, _)| offset)
}

fn parse_attribute(word: &str, start: usize) -> DirectiveAttribute {
    let range = start..start + word.len();
    let (key, value) = match word.strip_prefix('#') {
        Some(id) => ("id", Some(id)),
        None => match word.strip_prefix('.') {
            Some(class) => ("class", Some(class)),
            None => word.split_once('=').map_or((word, None), |(key, value)| (key, Some(value))),
        },
    };
    DirectiveAttribute { key: key.to_owned(), value: value.map(|value| value.trim_matches('"').to_owned()), range }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_name_argument_and_attributes() {
        let text = r#":::details[A [b] c]{#pendencia open view="a b"}  "#;
        let line = DirectiveLine::parse(text, 0, text.len());
        assert_eq!(&text[line.name.clone()], "details");
        assert_eq!(&text[line.argument.clone().unwrap()], "A [b] c");
        let read: Vec<_> = line.attributes.iter().map(|a| (a.key.as_str(), a.value.as_deref())).collect();
        assert_eq!(read, [("id", Some("pendencia")), ("open", None), ("view", Some("a b"))]);
        assert_eq!(line.problem, None);
    }

    #[test]
    fn recognises_closing_line() {
        assert!(DirectiveLine::parse(":::", 0, 3).is_closing());
        assert!(DirectiveLine::parse("::::  ", 0, 6).is_closing());
    }

    #[test]
    fn marks_unreadable_part() {
        for (text, problem) in [(":::details[a", "[a"), (":::note Título", "Título"), (":::x{#a", "{#a")] {
            let line = DirectiveLine::parse(text, 0, text.len());
            assert_eq!(line.problem.map(|range| &text[range]), Some(problem), "{text}");
        }
    }
}
