//! Text fragments of URLs, `#:~:text=…` (URL Fragment Text Directives, WICG).

use unicode_normalization::UnicodeNormalization;

use super::decode;

/// The texts of `text=prefix-,start,end,-suffix` that the target must contain: each start and end.
pub(crate) fn quotations(directive: &str) -> Vec<String> {
    let texts = directive.split('&').filter_map(|part| part.strip_prefix("text="));
    let is_context = |part: &&str| part.ends_with('-') || part.starts_with('-');
    let parts = texts.flat_map(|text| text.split(',').filter(move |part| !is_context(part) && !part.is_empty()));
    parts.map(decode).collect()
}

/// A text without case and repeated blanks, in NFC.
pub(crate) fn normalize(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_quotations_of_a_directive() {
        assert_eq!(quotations("text=prazo%20de,fim&text=antes-,meio,-depois"), ["prazo de", "fim", "meio"]);
        assert!(quotations("outra=coisa").is_empty());
    }
}
