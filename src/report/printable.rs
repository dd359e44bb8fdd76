//! Escaping of control characters in text for the terminal.

use std::borrow::Cow;

/// Puts a text on one line, and replaces control and bidirectional characters by U+FFFD.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if is_control(c) { '\u{fffd}' } else { c })
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect()
}

/// Replaces the controls that `annotate-snippets` keeps (U+0080 to U+009F) by U+00B7, which has two bytes too, so every
/// offset stays the same. Terminals read U+009B as the beginning of an escape sequence.
pub(super) fn printable_source(text: &str) -> Cow<'_, str> {
    let is_passed = |c: char| ('\u{80}'..='\u{9f}').contains(&c);
    if text.contains(is_passed) { Cow::Owned(text.replace(is_passed, "\u{b7}")) } else { Cow::Borrowed(text) }
}

/// True for characters that move the cursor, change colours or the direction of text.
fn is_control(c: char) -> bool {
    let is_bidirectional = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    is_bidirectional || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_words_and_replaces_escapes() {
        assert_eq!(printable("ação — `日本`"), "ação — `日本`");
        assert_eq!(printable("a\u{1b}[31mb\nc\u{202e}d"), "a\u{fffd}[31mb c\u{fffd}d");
    }
}
