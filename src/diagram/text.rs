//! Widths of texts, and lines that fit a width.
//!
//! The widths are those of Arial Bold, which is at least as wide as the other fonts of the theme, with a margin.

use unicode_normalization::UnicodeNormalization;

/// Share of the estimated width that is added.
const MARGIN: f64 = 1.04;

/// The width of a text in pixels, for a font size in pixels.
pub(super) fn measure(text: &str, font_size: f64) -> f64 {
    text.nfd().map(width_of).sum::<f64>() * font_size * MARGIN
}

/// The width of a character, as a share of the font size.
fn width_of(character: char) -> f64 {
    match character {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0.0,
        'i' | 'j' | 'l' | 'I' | ' ' | '\'' | '.' | ',' | '/' | '\\' | '|' => 0.28,
        '!' | '(' | ')' | '[' | ']' | ':' | ';' | '-' | '`' | 'f' | 't' => 0.34,
        'r' | '*' | '{' | '}' | '"' => 0.48,
        'm' | '%' | '@' | 'W' => 0.98,
        'M' | 'w' | 'G' | 'O' | 'Q' => 0.84,
        'a'..='z' | '0'..='9' | '$' | '#' | '?' | '_' | '+' | '<' | '=' | '>' | '~' | '^' => 0.612,
        'A'..='Z' | '&' => 0.73,
        '\u{1f000}'.. => 1.4,
        '\u{1100}'.. => 1.0,
        _ => 0.85,
    }
}

/// Breaks a text into as few lines as fit the width, of similar lengths. A longer word is broken as well.
pub(super) fn wrap(text: &str, width: f64, font_size: f64) -> Vec<String> {
    let lines = fill(text, width, font_size);
    let (mut narrow, mut wide) = (0.0, width);
    let mut best = lines;
    for _ in 0..6 {
        let middle = f64::midpoint(narrow, wide);
        let lines = fill(text, middle, font_size);
        let breaks_words = lines.concat().len() + lines.len() != text.len() + 1;
        if lines.len() > best.len() || breaks_words {
            narrow = middle;
        } else {
            wide = middle;
            best = lines;
        }
    }
    best
}

/// Fills each line as far as it goes.
fn fill(text: &str, width: f64, font_size: f64) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace().flat_map(|word| split_word(word, width, font_size)) {
        let last = lines.last_mut().expect("there is a line from the start");
        if last.is_empty() {
            last.push_str(&word);
        } else if measure(last, font_size) + measure(" ", font_size) + measure(&word, font_size) <= width {
            last.push(' ');
            last.push_str(&word);
        } else {
            lines.push(word);
        }
    }
    lines
}

/// The parts of a word that fit the width, each of at least one character.
fn split_word(word: &str, width: f64, font_size: f64) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut used = 0.0;
    for character in word.chars() {
        let more = measure(character.encode_utf8(&mut [0; 4]), font_size);
        let last = parts.last_mut().expect("there is a part from the start");
        if used + more > width && !last.is_empty() && more > 0.0 {
            parts.push(character.to_string());
            used = more;
        } else {
            last.push(character);
            used += more;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn balances_lines_and_breaks_long_words() {
        let lines = wrap("Acompanhe a fila WINTHOR WHATSAPP", 210.0, 14.0);
        assert_eq!(lines, ["Acompanhe a fila", "WINTHOR WHATSAPP"]);
        assert_eq!(wrap("Sim", 172.0, 13.0), ["Sim"]);
        assert_eq!(wrap("", 172.0, 13.0), [""]);
        assert!(wrap(&"x".repeat(100), 172.0, 13.0).len() > 3);
    }

    proptest! {
        #[test]
        fn every_line_fits(text in "[a-zA-Zçã ́漢🙂]{0,60}", width in 40.0..300.0) {
            let lines = wrap(&text, width, 14.0);
            let kept = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(kept(&lines.concat()), kept(&text));
            for line in lines {
                prop_assert!(measure(&line, 14.0) <= width + 0.01, "{}", line);
            }
        }
    }
}
