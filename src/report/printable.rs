//! Text of unknown origin → text that a terminal shows and does not obey.

use std::borrow::Cow;

/// One line, with control and direction-changing characters replaced by a mark; what comes from a file may hold any.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if is_obeyed(c) { '\u{fffd}' } else { c })
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect()
}

/// Source text, every offset kept: the controls that `annotate-snippets` lets pass (U+0080 to U+009F, two bytes each, of which a
/// terminal takes U+009B for the beginning of an escape) become a mark of two bytes.
pub(super) fn printable_source(text: &str) -> Cow<'_, str> {
    let is_passed = |c: char| ('\u{80}'..='\u{9f}').contains(&c);
    if text.contains(is_passed) { Cow::Owned(text.replace(is_passed, "\u{b7}")) } else { Cow::Borrowed(text) }
}

/// True for what moves the cursor, changes colours or turns the direction of writing.
fn is_obeyed(c: char) -> bool {
    let turns_direction = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns_direction || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_words_and_disarms_escapes() {
        assert_eq!(printable("ação — `日本`"), "ação — `日本`");
        assert_eq!(printable("a\u{1b}[31mb\nc\u{202e}d"), "a\u{fffd}[31mb c\u{fffd}d");
    }
}
