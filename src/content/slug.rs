//! Heading ids, by GitHub's rules.
//!
//! Lower case; spaces become hyphens; only letters, marks, decimal digits, hyphens and connectors such as `_` stay.
//! Accents stay, composed (NFC).

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use unicode_normalization::UnicodeNormalization;

/// Everything that GitHub removes. A mark stays, also the invisible U+FE0F after a symbol; `²` is no decimal digit.
static REMOVED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[^\p{L}\p{M}\p{Nd}\p{Pc} -]").expect("the pattern is valid"));

/// Gives each heading of a page its id; a repeated one gets `-1`, `-2`, …
#[derive(Clone, Debug, Default)]
pub(crate) struct Slugger {
    used: HashMap<String, usize>,
}

impl Slugger {
    /// The id of the next heading with this text.
    pub(crate) fn slug(&mut self, text: &str) -> String {
        let base = slugify(text);
        let mut id = base.clone();
        while self.used.contains_key(&id) {
            let count = self.used.get_mut(&base).expect("a base is inserted before it is repeated");
            *count += 1;
            id = format!("{base}-{count}");
        }
        self.used.insert(id.clone(), 0);
        id
    }

    /// Reserves an id that was written by hand.
    pub(crate) fn reserve(&mut self, id: &str) {
        self.used.entry(id.to_owned()).or_insert(0);
    }
}

/// The id of a text on its own.
pub(crate) fn slugify(text: &str) -> String {
    let text: String = text.trim().to_lowercase().nfc().collect();
    let slug = REMOVED.replace_all(&text, "").replace(' ', "-");
    if slug.is_empty() { "section".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_accents_and_numbers_repetitions() {
        let mut slugger = Slugger::default();
        assert_eq!(slugger.slug("Principais dúvidas"), "principais-dúvidas");
        assert_eq!(slugger.slug("Principais dúvidas!"), "principais-dúvidas-1");
        assert_eq!(slugger.slug("A / B — c_d"), "a--b--c_d");
        assert_eq!(slugger.slug("…"), "section");
        assert_eq!(slugger.slug("Área em m²"), "área-em-m");
        assert_eq!(slugger.slug("⚠\u{fe0f} Atenção"), "\u{fe0f}-atenção");
        assert_eq!(slugger.slug("Ⅷ ① ½ 3.º"), "---3º");
    }

    #[test]
    fn composes_decomposed_accents() {
        assert_eq!(Slugger::default().slug("du\u{301}vidas"), "d\u{fa}vidas");
    }
}
