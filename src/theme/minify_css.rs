//! A style sheet without comments, last semicolons, and the white space that separates no tokens.

use cssparser::{Parser, Token};

/// The sheet with the same tokens. Other white space becomes one blank, because it may be a combinator or an empty value.
pub(super) fn minify_css(css: &str) -> String {
    let mut minified = String::with_capacity(css.len());
    write(css, &mut Parser::new(css), true, &mut minified);
    minified
}

/// `is_block` is true between braces and outside of all brackets, where `>` and `~` are combinators.
fn write(css: &str, parser: &mut Parser<'_>, is_block: bool, minified: &mut String) {
    let mut has_gap = false;
    loop {
        let start = parser.position().byte_index();
        let Ok(token) = parser.next_including_whitespace_and_comments().cloned() else { return };
        if matches!(token, Token::WhiteSpace(_) | Token::Comment(_)) {
            has_gap = true;
            continue;
        }
        let text = &css[start..parser.position().byte_index()];
        if has_gap && needs_blank(minified, text, is_block) {
            minified.push(' ');
        }
        has_gap = false;
        minified.push_str(text);
        let end = match token {
            Token::Function(_) | Token::ParenthesisBlock => ')',
            Token::SquareBracketBlock => ']',
            Token::CurlyBracketBlock => '}',
            _ => continue,
        };
        let _ = parser.parse_nested_block(|inner| -> Result<(), cssparser::ParseError<()>> {
            write(css, inner, end == '}', minified);
            Ok(())
        });
        if end == '}' && minified.ends_with(';') && !minified.ends_with(": ;") {
            minified.pop();
        }
        minified.push(end);
    }
}

/// A blank after a colon is needed for an empty value alone; one before a colon is a combinator.
fn needs_blank(before: &str, after: &str, is_block: bool) -> bool {
    let is_combinator = |text: &str| is_block && [">", "~"].contains(&text);
    if before.is_empty() || before.ends_with(['{', '}', ';', ',']) || ["{", ","].contains(&after) {
        return false;
    }
    if before.ends_with(':') {
        return [";", "}"].contains(&after);
    }
    let last = before.char_indices().last().map_or("", |(at, _)| &before[at..]);
    !is_combinator(after) && !is_combinator(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_comments_and_needless_white_space() {
        let css = "/* a */\n@layer x {\n  .a > b, c d {\n    color: red; /* b */\n  }\n}\n";
        assert_eq!(minify_css(css), "@layer x{.a>b,c d{color:red}}");
    }

    #[test]
    fn keeps_strings_urls_combinators_and_empty_values() {
        let kept = [
            ":root{--dark: ;}",
            "a{content:\"/* x */  y\"}",
            "a{b:url(data:x;/*y*/z)}",
            "a :hover{x:calc(1px + 2px)}",
            "@media (width >= 1px) and (scripting:enabled){a{b:c}}",
            "li:not(:last-child)::after{x:1;y:2}",
            "a:has(> b){c:d}",
            "a{x:y;&>b{c:d}}",
        ];
        for css in kept {
            assert_eq!(minify_css(css), css);
        }
    }

    #[test]
    fn separates_what_a_comment_separates() {
        assert_eq!(minify_css("a/**/b{x: 1px/**/2px;}"), "a b{x:1px 2px}");
    }
}
