//! A script without comments, and without the white space that separates no tokens.

use super::tokens::{ScriptToken, TokenKind, tokenize};

/// The script with the same code tokens; `None` where its tokens are not known.
pub(super) fn minify(text: &str) -> Option<String> {
    let mut minified = String::with_capacity(text.len());
    let mut last: Option<ScriptToken<'_>> = None;
    let (mut has_gap, mut has_newline) = (false, false);
    for token in tokenize(text)? {
        if !token.is_code() {
            has_gap = true;
            has_newline |= token.has_newline();
            continue;
        }
        match last {
            Some(last) if has_newline && needs_newline(&last, &token) => minified.push('\n'),
            Some(last) if has_gap && needs_space(&last, &token) => minified.push(' '),
            _ => {}
        }
        minified.push_str(token.text);
        last = Some(token);
        (has_gap, has_newline) = (false, false);
    }
    minified.push('\n');
    Some(minified)
}

/// A line break may end a statement, except beside a token that neither ends nor begins one.
fn needs_newline(left: &ScriptToken<'_>, right: &ScriptToken<'_>) -> bool {
    let is_any = |token: &ScriptToken<'_>, marks: &[&str]| marks.iter().any(|mark| token.is(mark));
    !is_any(left, &["{", "(", "[", ",", ";"]) && !is_any(right, &["}", ")", "]", ",", ";"])
}

/// Without a space, two words or two operators could become one; a bracket, comma or semicolon joins nothing.
fn needs_space(left: &ScriptToken<'_>, right: &ScriptToken<'_>) -> bool {
    let is_operator = |token: &ScriptToken<'_>| {
        token.kind == TokenKind::Punctuator && !["{", "}", "(", ")", "[", "]", ",", ";"].contains(&token.text)
    };
    let is_word = |token: &ScriptToken<'_>| matches!(token.kind, TokenKind::Word | TokenKind::Regex);
    match (is_operator(left), is_operator(right)) {
        (true, true) => true,
        (true, false) => right.kind == TokenKind::Regex || right.text.starts_with('.'),
        (false, true) => right.is(".") && left.text.starts_with(|c: char| c.is_ascii_digit()),
        (false, false) => is_word(left) && is_word(right),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_comments_and_needless_space() {
        let text = "// @ts-check\n/** A\n * b. */\nexport const a = 'https://x'; // kept\n\n  /* c */ b(1, 2);\nif (a) {\n  c(/** @type {z} */ (y));\n}\n";
        assert_eq!(minify(text).unwrap(), "export const a='https://x';b(1,2);if(a){c((y));}\n");
    }

    #[test]
    fn keeps_line_breaks_that_end_statements() {
        for kept in ["a=b\n++c\n", "return\n1\n", "a\n(b)\n", "let x=1\nlet y\n", "class A{a=1\n[b]=2}\n"] {
            assert_eq!(minify(kept).unwrap(), kept);
        }
        assert_eq!(minify("return /*\n*/ 1").unwrap(), "return\n1\n");
    }

    #[test]
    fn keeps_tokens_apart() {
        for kept in [
            "a+ ++b\n",
            "a- -b\n",
            "1 .a\n",
            "a? .5:b\n",
            "a< !--b\n",
            "typeof x\n",
            "x=y/ /re/.exec(z)\n",
            "/a/ in b\n",
        ] {
            assert_eq!(minify(kept).unwrap(), kept);
        }
    }

    #[test]
    fn keeps_literals() {
        let text = "x=`\n  first\n  // second\n  /* third */\n  fourth`+\"a /** @b */ c\".match(/[/*]  /)\n";
        assert_eq!(minify(text).unwrap(), text);
    }

    proptest::proptest! {
        #[test]
        fn keeps_every_code_token(text in r#"([a-c1. \n/'"`\{\}()\[\]+=<!;-]|return |//|/\*|\*/|\$\{|\?){0,30}"#) {
            let Some(tokens) = tokenize(&text) else { return Ok(()) };
            let code = |tokens: Vec<ScriptToken<'_>>| -> Vec<String> {
                tokens.iter().filter(|token| token.is_code()).map(|token| token.text.to_owned()).collect()
            };
            let minified = minify(&text).unwrap();
            let again = tokenize(&minified);
            proptest::prop_assert!(again.is_some(), "{minified}");
            proptest::prop_assert_eq!(code(again.unwrap()), code(tokens));
        }
    }
}
