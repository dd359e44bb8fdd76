//! Labels and unusual characters around a typed value: `CNPJ: 12…`, `#482913`, zero-width spaces, typographic dashes.
//!
//! The browser reads them with `themes/orange/js/logic/words.js`; both run `tests/vectors/inputs.json`.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::number::pattern;
use crate::config::{Input, InputType};

/// A dash or a point counts only before a space: `-5` is a number.
static FIRST_WORD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:[\s:=：#º°]|[-.]\s)*(\p{L}[\p{L}0-9-]*)(?:[\s:=：#º°]|[-.]\s)"));
static LEADING: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:[\s:=：#º°]|[-.]\s)*"));
static INNER_CAPITAL: LazyLock<Regex> = LazyLock::new(|| pattern("([a-z])([A-Z])"));
static MAIL: LazyLock<Regex> = LazyLock::new(|| pattern("(?i)e-mail"));

/// Words that distinguish no input from another.
const PLAIN_WORDS: [&str; 19] = [
    "a", "o", "de", "do", "da", "dos", "das", "e", "em", "id", "n", "no", "of", "the", "numero", "number", "codigo",
    "cliente", "customer",
];

/// A typed text in NFC, without invisible characters and outer spaces.
pub(super) fn clean(typed: &str) -> String {
    let text: String = typed.nfc().filter(|c| !is_invisible(*c)).collect();
    text.trim_matches(char::is_whitespace).to_owned()
}

/// Soft hyphens, zero-width characters, marks of direction and byte order marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}')
        || matches!(c, '\u{2066}'..='\u{206f}' | '\u{feff}')
}

/// The text with hyphens for typographic dashes and minus signs.
pub(super) fn with_hyphens(text: &str) -> String {
    let plain = |c: char| if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}') { '-' } else { c };
    text.chars().map(plain).collect()
}

/// The value after a label of the input; `None` without such a label, or without a value.
pub(super) fn without_label<'t>(text: &'t str, input: &Input) -> Option<&'t str> {
    let mut own: HashSet<String> = words_of(&input.label).into_iter().collect();
    own.extend(type_words(input.kind).iter().map(|word| (*word).to_owned()));
    let mut rest = text;
    let mut is_named = text.starts_with('#');
    while let Some(word) = FIRST_WORD.captures(rest).and_then(|captures| captures.get(1)) {
        let words = words_of(word.as_str());
        let is_plain = |word: &str| PLAIN_WORDS.contains(&word);
        if !words.iter().all(|word| own.contains(word) || is_plain(word)) {
            break;
        }
        is_named |= words.iter().any(|word| own.contains(word) && !is_plain(word));
        rest = &rest[word.end()..];
    }
    let value = LEADING.find(rest).map_or(rest, |found| &rest[found.end()..]).trim();
    (is_named && !value.is_empty()).then_some(value)
}

/// Other words for a type.
fn type_words(kind: InputType) -> &'static [&'static str] {
    match kind {
        InputType::Cnpj => &["cnpj"],
        InputType::Cpf => &["cpf"],
        InputType::Email => &["email", "mail", "mailto", "contato"],
        InputType::Phone => &["tel", "telefone", "fone", "celular", "contato", "whatsapp", "phone"],
        InputType::Url => &["link", "url", "endereco"],
        _ => &[],
    }
}

/// The words of a label. `TicketId` is two words; accents do not count.
fn words_of(text: &str) -> Vec<String> {
    let text = INNER_CAPITAL.replace_all(text, "$1 $2");
    let text = MAIL.replace_all(&text, "email");
    let plain: String = text.nfd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
