//! Keys of words: one key for all forms of a word, typed with accents or without.
//!
//! Snowball (`rust-stemmers`) knows endings with their accents, such as `-ção` and `-ência`. [`restore`] puts these on a folded word first,
//! so a word has the same key in both spellings. `themes/orange/js/search/` has the same stemmers.

use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::tokens::fold;

/// A language whose words are stemmed; words of other languages are compared as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum StemLanguage {
    /// No stemmer.
    None,
    Portuguese,
    English,
    Spanish,
}

static PORTUGUESE: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::Portuguese));
static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));
static SPANISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::Spanish));

/// Endings without accents, with those that Snowball knows; plurals that it does not know, as of `itens`, `canais` and `tickets`, with
/// their singulars; and forms of `transferir`, `conferir` and the like. The first that fits is taken.
const PORTUGUESE_ENDINGS: [(&str, &str); 34] = [
    ("ferencias", "ferir"),
    ("ferencia", "ferir"),
    ("firam", "ferir"),
    ("fira", "ferir"),
    ("encias", "ências"),
    ("encia", "ência"),
    ("ancias", "âncias"),
    ("ancia", "ância"),
    ("coes", "ções"),
    ("cao", "ção"),
    ("oes", "ões"),
    ("aes", "ães"),
    ("ao", "ão"),
    ("aveis", "ável"),
    ("iveis", "ível"),
    ("avel", "ável"),
    ("ivel", "ível"),
    ("ario", "ário"),
    ("ens", "em"),
    ("ins", "im"),
    ("ons", "om"),
    ("uns", "um"),
    ("ais", "al"),
    ("eis", "el"),
    ("bs", "b"),
    ("cs", "c"),
    ("ds", "d"),
    ("fs", "f"),
    ("gs", "g"),
    ("ks", "k"),
    ("ls", "l"),
    ("ps", "p"),
    ("rs", "r"),
    ("ts", "t"),
];

const SPANISH_ENDINGS: [(&str, &str); 3] = [("cion", "ción"), ("sion", "sión"), ("logia", "logía")];

/// Letters before an ending that is restored.
const LEAST_BEFORE_ENDING: usize = 2;

impl StemLanguage {
    /// The language of a tag such as `pt-BR`.
    pub(crate) fn of_tag(tag: &str) -> Self {
        match tag.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "pt" => Self::Portuguese,
            "en" => Self::English,
            "es" => Self::Spanish,
            _ => Self::None,
        }
    }

    /// The key of a folded word. Words with digits, and those of one or two letters, are their own keys.
    pub(crate) fn key(self, folded: &str) -> String {
        if folded.len() < 3 || !folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return folded.to_owned();
        }
        match self {
            Self::None => folded.to_owned(),
            Self::Portuguese => fold(&PORTUGUESE.stem(&restore(folded, &PORTUGUESE_ENDINGS))).1,
            Self::English => ENGLISH.stem(folded).into_owned(),
            Self::Spanish => fold(&SPANISH.stem(&restore(folded, &SPANISH_ENDINGS))).1,
        }
    }

    /// True for a stop word, which counts only in a query without other words.
    pub(crate) fn is_stop_word(self, folded: &str) -> bool {
        let words = match self {
            Self::None => "",
            Self::Portuguese => include_str!("stop_words/pt.txt"),
            Self::English => include_str!("stop_words/en.txt"),
            Self::Spanish => include_str!("stop_words/es.txt"),
        };
        words.split_whitespace().any(|word| word == folded)
    }
}

/// The word with the accents of its ending.
fn restore(folded: &str, endings: &[(&str, &str)]) -> String {
    let fits = |ending: &str| folded.ends_with(ending) && folded.len() >= ending.len() + LEAST_BEFORE_ENDING;
    match endings.iter().find(|(ending, _)| fits(ending)) {
        Some((ending, accented)) => format!("{}{accented}", &folded[..folded.len() - ending.len()]),
        None => folded.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(word: &str) -> String {
        StemLanguage::Portuguese.key(&fold(word).1)
    }

    #[test]
    fn gives_all_forms_one_key() {
        for forms in [
            &["informação", "informações", "informacao", "informacoes", "INFORMAÇÕES"][..],
            &["transferência", "transferencias", "transferências", "transferir", "transfira", "transferido"],
            &["ticket", "tickets"],
            &["atendimento", "atendimentos"],
            &["notificação", "notificacoes", "notificar"],
            &["organização", "organizacao", "organizações"],
            &["cliente", "clientes"],
            &["item", "itens"],
            &["canal", "canais"],
            &["possível", "possiveis"],
        ] {
            let keys: Vec<_> = forms.iter().map(|form| key(form)).collect();
            assert!(keys.iter().all(|other| *other == keys[0]), "{forms:?} {keys:?}");
        }
    }

    #[test]
    fn keeps_short_words_numbers_and_other_scripts() {
        assert_eq!(key("n2"), "n2");
        assert_eq!(key("40030015"), "40030015");
        assert_eq!(key("ao"), "ao");
        assert_eq!(StemLanguage::of_tag("fr").key("clients"), "clients");
        assert_eq!(StemLanguage::of_tag("EN-us").key("running"), "run");
        assert_eq!(StemLanguage::of_tag("es").key("informaciones"), StemLanguage::of_tag("es").key("informacion"));
    }
}
