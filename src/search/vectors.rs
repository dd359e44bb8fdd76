//! What the shared vectors show of words, for `testing::search_vectors`.

use serde_json::{Value, json};

use super::stem::StemLanguage;
use super::tokens::{join, tokenize};

/// The words of a text: the written and the folded form of each, then the joined ones.
pub(crate) fn words_of(text: &str) -> Value {
    let tokens = tokenize(text);
    let joined = join(text, &tokens);
    json!([tokens.iter().map(|token| json!([token.written, token.folded])).collect::<Vec<_>>(), joined])
}

/// The key of a folded word.
pub(crate) fn key_of(tag: &str, folded: &str) -> String {
    StemLanguage::of_tag(tag).key(folded)
}
