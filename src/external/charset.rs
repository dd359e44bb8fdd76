//! Text of a page from its bytes, in the encoding that a browser chooses.
//!
//! In order: a byte order mark, the `Content-Type` header, a `<meta>` within the first 1,024 bytes (WHATWG HTML, 13.2.3.2),
//! UTF-8 if the bytes are valid, else windows-1252. Entry point: [`decode`].

use std::sync::LazyLock;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use regex::bytes::Regex;

/// The bytes in which a browser looks for a `<meta>`.
const META_PLACE: usize = 1024;

static CHARSET: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(?i-u)charset\s*=\s*["']?\s*([a-z0-9_:.+-]+)"#).expect("the pattern is valid"));

static META: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i-u)<meta\s[^>]*>").expect("the pattern is valid"));

pub(super) fn decode(bytes: &[u8], content_type: &str) -> String {
    let declared = find_label(content_type.as_bytes()).or_else(|| find_in_meta(bytes));
    let is_utf8 = || std::str::from_utf8(bytes).is_ok();
    let encoding = declared.unwrap_or_else(|| if is_utf8() { UTF_8 } else { WINDOWS_1252 });
    encoding.decode(bytes).0.into_owned()
}

fn find_label(text: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_label(&CHARSET.captures(text)?[1])
}

/// A `<meta>` that can be read is no UTF-16, whatever it says.
fn find_in_meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(META_PLACE)];
    let found = META.find_iter(start).find_map(|meta| find_label(meta.as_bytes()))?;
    Some(if [UTF_16BE, UTF_16LE].contains(&found) { UTF_8 } else { found })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_as_browsers_do() {
        let latin1 = b"<h2 id=se\xe7\xe3o>";
        let meta =
            [b"<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>".as_slice(), latin1].concat();
        let short = [b"<META CHARSET=latin1>".as_slice(), latin1].concat();
        let utf16 = [b"<meta charset=utf-16>".as_slice(), "<h2 id=seção>".as_bytes()].concat();
        let bom = ["\u{feff}".as_bytes(), "<h2 id=seção>".as_bytes()].concat();
        for (bytes, content_type) in [
            (latin1.as_slice(), "text/html; charset=ISO-8859-1"),
            (latin1, "text/html;charset=\"windows-1252\""),
            (latin1, "text/html"),
            (&meta, "text/html"),
            (&short, ""),
            (&utf16, "text/html"),
            (&bom, "text/html; charset=iso-8859-1"),
            ("<h2 id=seção>".as_bytes(), "text/html"),
            ("<h2 id=seção>".as_bytes(), "text/html; charset=outra"),
        ] {
            let text = decode(bytes, content_type);
            assert!(text.ends_with("<h2 id=seção>"), "{content_type}: {text}");
        }
        // The first mark that a browser reads decides, even if it is wrong.
        assert!(decode("ã".as_bytes(), "text/html; charset=iso-8859-1").starts_with('Ã'));
    }
}
