//! Words of a text: lower case, folded, and where they stand; numbers and hyphenated words are joined too.
//!
//! `themes/orange/js/search/tokens.js` is the same in the browser; `tests/vectors/search-tokens.json` holds both to the same cases.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most words of a chain that are joined.
const MOST_JOINED: usize = 6;

/// Letters that no decomposition reduces to ASCII.
const LETTERS: [(char, &str); 9] =
    [('ß', "ss"), ('æ', "ae"), ('œ', "oe"), ('ø', "o"), ('đ', "d"), ('ð', "d"), ('ł', "l"), ('ı', "i"), ('þ', "th")];

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// In lower case, with its accents.
    pub(crate) written: String,
    /// Without accents.
    pub(crate) folded: String,
    /// Bytes of the text.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The words of a text, in order.
pub(crate) fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for word in words_of(text) {
        push_word(text, word.start, word.end, &mut tokens);
    }
    tokens
}

/// The text without case, accents and all signs, for comparisons of whole texts.
pub(crate) fn squash(text: &str) -> String {
    tokenize(text).into_iter().map(|token| token.folded).collect()
}

/// The joined forms of the chains of a text: `4003-0015` → `40030015`, `e-mail` → `email`.
pub(crate) fn join(text: &str, tokens: &[Token]) -> Vec<String> {
    let mut joined = Vec::new();
    let mut start = 0;
    for at in 1..=tokens.len() {
        if at < tokens.len() && is_linked(text, &tokens[at - 1], &tokens[at]) {
            continue;
        }
        let chain = &tokens[start..at];
        start = at;
        if (2..=MOST_JOINED).contains(&chain.len()) {
            let of = |chain: &[Token]| chain.iter().map(|token| token.folded.as_str()).collect::<String>();
            let starts = if is_number(&chain[0].folded) { chain.len() - 1 } else { 1 };
            joined.extend((0..starts).map(|first| of(&chain[first..])));
        }
    }
    joined
}

/// True if the word has digits only.
pub(crate) fn is_number(folded: &str) -> bool {
    !folded.is_empty() && folded.bytes().all(|byte| byte.is_ascii_digit())
}

/// The places of the words. An ideograph is a word by itself.
pub(super) fn words_of(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let is_alone = is_ideograph(c);
        let continues = !is_alone && (c.is_alphanumeric() || start.is_some() && !c.is_ascii() && is_combining_mark(c));
        if continues {
            start = start.or(Some(at));
            continue;
        }
        words.extend(start.take().map(|start| start..at));
        if is_alone {
            words.push(at..at + c.len_utf8());
        }
    }
    words.extend(start.map(|start| start..text.len()));
    words
}

/// The parts of a text in which words may be joined: with a time, or with a sign of a number or a hyphen between words.
pub(super) fn chains_of(text: &str, words: &[Range<usize>]) -> Vec<Range<usize>> {
    let starts_with_digit = |word: &Range<usize>| text[word.start..].starts_with(char::is_numeric);
    let is_open = |pair: &[Range<usize>]| match &text[pair[0].end..pair[1].start] {
        " " | ") " => starts_with_digit(&pair[0]) && starts_with_digit(&pair[1]),
        "." | "," | ":" | "/" | "-" | "–" | "\u{2011}" | ")" => true,
        _ => false,
    };
    let mut chains = Vec::new();
    let mut start = 0;
    for at in 1..=words.len() {
        if at < words.len() && is_open(&words[at - 1..=at]) {
            continue;
        }
        let may_be_time = |word: &Range<usize>| starts_with_digit(word) && word.len() > 2;
        if at - start > 1 || may_be_time(&words[start]) {
            chains.push(words[start].start..words[at - 1].end);
        }
        start = at;
    }
    chains
}

fn push_word(text: &str, start: usize, end: usize, tokens: &mut Vec<Token>) {
    let word = &text[start..end];
    let (written, folded) = fold(word);
    if let Some((hours, minutes)) = split_time(&folded).filter(|_| word.is_ascii()) {
        let length = hours.len();
        tokens.push(Token { written: hours.clone(), folded: hours, start, end: start + length });
        if !minutes.is_empty() {
            tokens.push(Token { written: minutes.clone(), folded: minutes, start: start + length + 1, end });
        }
    } else if !folded.is_empty() {
        tokens.push(Token { written, folded, start, end });
    }
}

/// A word in lower case, and without accents.
pub(super) fn fold(word: &str) -> (String, String) {
    if word.is_ascii() {
        let written = word.to_ascii_lowercase();
        return (written.clone(), written);
    }
    let written: String = word.to_lowercase().nfc().collect();
    let mut folded = String::with_capacity(written.len());
    for c in written.nfkd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric()) {
        match LETTERS.iter().find(|(letter, _)| *letter == c) {
            Some((_, letters)) => folded.push_str(letters),
            None => folded.extend(c.to_lowercase()),
        }
    }
    (written, folded)
}

/// The digits before and after the `h` of a time: `1h30`, `18h`.
fn split_time(folded: &str) -> Option<(String, String)> {
    let (hours, minutes) = folded.split_once('h')?;
    let is_time = is_number(hours) && (minutes.is_empty() || is_number(minutes));
    is_time.then(|| (hours.to_owned(), minutes.to_owned()))
}

/// True if two neighbours are parts of one number or of one hyphenated word.
fn is_linked(text: &str, one: &Token, other: &Token) -> bool {
    let gap = &text[one.end..other.start];
    match (is_number(&one.folded), is_number(&other.folded)) {
        (true, true) => {
            matches!(gap, "." | "," | ":" | "/" | "-" | "–" | "h" | "H" | ")")
                || matches!(gap, ") " | " ") && one.folded.len() >= 2 && other.folded.len() >= 4
        }
        (false, false) => matches!(gap, "-" | "\u{2011}"),
        _ => false,
    }
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}') && c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        tokenize(text).into_iter().map(|token| token.folded).collect()
    }

    #[test]
    fn folds_accents_case_and_compatible_forms() {
        assert_eq!(folded("Pendência FINANCEIRA, 2ª via nº"), ["pendencia", "financeira", "2a", "via", "no"]);
        assert_eq!(folded("Straße d’água İstanbul"), ["strasse", "d", "agua", "istanbul"]);
        assert_eq!(
            folded("ca\u{0327}a\u{0303}o"),
            folded("ção").iter().map(|rest| format!("ca{}", &rest[1..])).collect::<Vec<_>>()
        );
    }

    #[test]
    fn keeps_the_written_form_and_the_place() {
        let tokens = tokenize("à Fila N2(oficial)");
        assert_eq!(tokens[0].written, "à");
        assert_eq!((tokens[2].written.as_str(), tokens[2].start, tokens[2].end), ("n2", 8, 10));
        assert_eq!(tokens[3].folded, "oficial");
    }

    #[test]
    fn splits_times_and_ideographs() {
        assert_eq!(folded("1h30 18:01h 24h １h30"), ["1", "30", "18", "01", "24", "1h30"]);
        assert_eq!(folded("東京 tower"), ["東", "京", "tower"]);
        assert_eq!(folded("¿¡ -- »"), Vec::<String>::new());
    }

    #[test]
    fn joins_parts_of_numbers_and_of_hyphenated_words() {
        let joined = |text: &str| join(text, &tokenize(text));
        assert_eq!(joined("(11) 4003-0015"), ["1140030015", "40030015"]);
        assert_eq!(joined("18:01 e 1h30"), ["1801", "130"]);
        assert_eq!(joined("e-mail e pós-venda"), ["email", "posvenda"]);
        assert_eq!(joined("passos 1 2 e 3"), Vec::<String>::new());
        for text in ["(11) 4003-0015", "a e-mail 18:01 1h30, x-y 12.345.678/0001-95 1 22 4444", "1,2,3,4,5,6,7"] {
            let words = words_of(text);
            let parts = chains_of(text, &words)
                .into_iter()
                .flat_map(|chain| join(&text[chain.clone()], &tokenize(&text[chain])));
            assert_eq!(parts.collect::<Vec<_>>(), joined(text), "{text}");
        }
        assert_eq!(squash(" Auditoria Whatsapp |Ticket não assumido"), "auditoriawhatsappticketnaoassumido");
    }
}
