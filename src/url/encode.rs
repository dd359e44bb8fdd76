//! Percent-encoding (RFC 3986, 2.1) for each part of a URL.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

/// Everything but unreserved characters (RFC 3986, 2.3).
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A path: segments of unreserved characters between slashes.
const PATH: &AsciiSet = &COMPONENT.remove(b'/');

/// Characters that end a quoted attribute or start an escape.
const ATTRIBUTE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'%').add(b'&').add(b'\'');

/// Also characters that end a path.
const ATTRIBUTE_PATH: &AsciiSet = &ATTRIBUTE.add(b'?').add(b'#').add(b'\\');

/// Encodes a value inside a path segment or a query.
pub(crate) fn encode_component(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// Encodes a path as ASCII and keeps its slashes.
pub(crate) fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// Encodes a path for an attribute of a page. Accented letters stay as they are: browsers encode them.
pub(crate) fn encode_readable_path(path: &str) -> String {
    encode_ascii(path, ATTRIBUTE_PATH)
}

/// Encodes a fragment for an attribute of a page. Accented letters stay as they are.
pub(crate) fn encode_fragment(fragment: &str) -> String {
    encode_ascii(fragment, ATTRIBUTE)
}

/// Encodes the characters of a set, and control characters outside ASCII.
fn encode_ascii(text: &str, set: &'static AsciiSet) -> String {
    let mut encoded = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() || character.is_control() {
            encoded.extend(utf8_percent_encode(character.encode_utf8(&mut [0; 4]), set));
        } else {
            encoded.push(character);
        }
    }
    encoded
}

/// Decodes a text and composes it (NFC), as ids and paths are compared. Malformed escapes stay as they are.
pub(crate) fn decode(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii() && byte != b'%') {
        return text.to_owned();
    }
    percent_decode_str(text).decode_utf8_lossy().nfc().collect()
}

/// Decodes a text as browsers do to find an id, without composing accents.
pub(crate) fn decode_exactly(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// As [`decode`]; `None` if the bytes are not UTF-8.
pub(crate) fn try_decode(text: &str) -> Option<String> {
    Some(percent_decode_str(text).decode_utf8().ok()?.nfc().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_each_part_by_its_own_rules() {
        let text = "a b/ç?#%&'\"~\u{85}";
        assert_eq!(encode_component(text), "a%20b%2F%C3%A7%3F%23%25%26%27%22~%C2%85");
        assert_eq!(encode_path(text), "a%20b/%C3%A7%3F%23%25%26%27%22~%C2%85");
        assert_eq!(encode_readable_path(text), "a%20b/ç%3F%23%25%26%27%22~%C2%85");
        assert_eq!(encode_fragment(text), "a%20b/ç?#%25%26%27%22~%C2%85");
    }

    #[test]
    fn decodes_both_forms_of_an_accent() {
        assert_eq!(decode("se%C3%A7%C3%A3o"), "seção");
        assert_eq!(decode("sec\u{327}a\u{303}o"), "seção");
        assert_eq!(decode_exactly("sec%CC%A7a\u{303}o"), "sec\u{327}a\u{303}o");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%E7"), "\u{fffd}");
        assert_eq!((try_decode("a%20b").as_deref(), try_decode("%E7")), (Some("a b"), None));
    }
}
