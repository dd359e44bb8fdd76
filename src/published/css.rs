//! URLs in CSS with their places: `url()`, `src()`, `image-set()`, `@import` (CSS Values 4, CSS Cascade 5).

use std::ops::Range;

use cssparser::{Parser, Token};

/// Functions whose strings are URLs.
const URL_FUNCTIONS: [&str; 4] = ["url", "src", "image-set", "-webkit-image-set"];

/// The URLs of a style sheet or a `style` attribute, in order.
pub(super) fn find_urls(css: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    if css.contains("url")
        || css.contains("URL")
        || css.contains("@import")
        || css.contains("src")
        || css.contains("set(")
    {
        read(css, &mut Parser::new(css), false, &mut found);
    }
    found
}

/// Reads to the end of a block. With `is_url`, and after `@import`, a string is a URL.
fn read(css: &str, parser: &mut Parser<'_>, is_url: bool, found: &mut Vec<(String, Range<usize>)>) {
    let mut is_import = false;
    loop {
        let start = parser.position().byte_index();
        let Ok(token) = parser.next_including_whitespace_and_comments() else { return };
        let (address, inner, is_blank) = match token {
            Token::UnquotedUrl(address) => (Some(address.to_string()), None, false),
            Token::QuotedString(text) if is_url || is_import => (Some(text.to_string()), None, false),
            Token::Function(name) => {
                let has_urls = URL_FUNCTIONS.iter().any(|known| name.eq_ignore_ascii_case(known));
                (None, Some(has_urls), false)
            }
            Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => {
                (None, Some(false), false)
            }
            Token::AtKeyword(name) if name.eq_ignore_ascii_case("import") => {
                is_import = true;
                continue;
            }
            Token::WhiteSpace(_) | Token::Comment(_) => (None, None, true),
            _ => (None, None, false),
        };
        if let Some(address) = address {
            found.push((address, without_quotes(css, start..parser.position().byte_index())));
        }
        if let Some(has_urls) = inner {
            let _ = parser.parse_nested_block(|inner| -> Result<(), cssparser::ParseError<()>> {
                read(css, inner, has_urls, found);
                Ok(())
            });
        }
        is_import &= is_blank;
    }
}

/// The place without quotes, `url(` and `)`.
fn without_quotes(css: &str, token: Range<usize>) -> Range<usize> {
    let text = &css[token.clone()];
    let open = if text.starts_with(['"', '\'']) { 1 } else { text.find('(').map_or(0, |bracket| bracket + 1) };
    let rest = &text[open..];
    let address = rest.trim_start();
    let start = token.start + open + rest.len() - address.len();
    let address = match open {
        1 => address.strip_suffix(['"', '\'']).unwrap_or(address),
        _ => address.trim_end_matches(')').trim_end(),
    };
    start..start + address.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_urls() {
        let css = r#"@charset "utf-8"; @import "a.css" layer(x); @import url(b.css);
            /* url(no.png) */ p { background: url( c.png ), URL('d.png'); content: "url(no.png)" }
            @media print { q { cursor: url("e.cur"), auto; background: image-set("f.png" 1x, url(g\.png) 2x) } }
            @font-face { src: local("Nome"), url(h.woff2?#iefix) format("woff2"); }"#;
        let found: Vec<_> = find_urls(css).into_iter().map(|(address, _)| address).collect();
        assert_eq!(found, ["a.css", "b.css", "c.png", "d.png", "e.cur", "f.png", "g.png", "h.woff2?#iefix"]);
        let written: Vec<_> = find_urls(css).into_iter().map(|(_, place)| &css[place]).collect();
        assert_eq!(written, ["a.css", "b.css", "c.png", "d.png", "e.cur", "f.png", r"g\.png", "h.woff2?#iefix"]);
    }

    proptest::proptest! {
        #[test]
        fn finds_places_inside_any_text(
            css in r#"([ -~áé\n]|url\(|src\(|@import |'|"|/\*|\*/|\{|\}|\\)*"#,
        ) {
            for (_, place) in find_urls(&css) {
                assert!(css.get(place).is_some());
            }
        }
    }
}
