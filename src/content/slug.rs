//! Heading ids, by GitHub's rules.
//!
//! Lower case; spaces become hyphens; only letters, digits, hyphens and underscores stay. Accents stay, composed (NFC).

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

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
fn slugify(text: &str) -> String {
    let kept = |c: char| match c {
        ' ' => Some('-'),
        c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
        _ => None,
    };
    let slug: String = text.trim().to_lowercase().nfc().filter_map(kept).collect();
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
    }

    #[test]
    fn composes_decomposed_accents() {
        assert_eq!(Slugger::default().slug("du\u{301}vidas"), "d\u{fa}vidas");
    }
}
