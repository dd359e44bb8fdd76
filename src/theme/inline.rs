//! A script as the text of a `<script>` element in a page that lies anywhere.

use super::tokens::{ScriptToken, TokenKind, tokenize};

/// What scripts resolve addresses of the site against.
const BASE: [&str; 3] = ["document", ".", "baseURI"];

/// The script with `base` in place of `document.baseURI`, and without text that HTML would read: `</script` and `<!--`.
/// `None` where that would change its meaning.
pub(crate) fn inline(script: &str, base: &str) -> Option<String> {
    let tokens = tokenize(script)?;
    let (mut text, mut at) = (String::with_capacity(script.len()), 0);
    while let Some(token) = tokens.get(at) {
        let rest = &tokens[at..];
        if !token.is_attached && rest.iter().map(|token| token.text).take(BASE.len()).eq(BASE) {
            text.push_str(base);
            at += BASE.len();
            continue;
        }
        text.push_str(&escape(token)?);
        if token.is("<") && rest.get(1).is_some_and(|next| next.text.starts_with(['/', '!'])) {
            text.push(' ');
        }
        at += 1;
    }
    Some(text)
}

fn escape(token: &ScriptToken<'_>) -> Option<String> {
    let escaped = match token.kind {
        TokenKind::Comment => replace(token.text, "< /", "<! --"),
        TokenKind::String | TokenKind::Template | TokenKind::Regex => replace(token.text, "<\\/", "<\\x21--"),
        _ => return Some(token.text.to_owned()),
    };
    (!token.is_attached || escaped == token.text).then_some(escaped)
}

fn replace(text: &str, end: &str, comment: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let (mut replaced, mut at) = (String::with_capacity(text.len()), 0);
    for (found, _) in lower.match_indices("</script") {
        replaced.push_str(&text[at..found]);
        replaced.push_str(end);
        at = found + "</".len();
    }
    (replaced + &text[at..]).replace("<!--", comment)
}

#[cfg(test)]
mod tests {
    use super::inline;

    #[test]
    fn escapes_what_html_would_read() {
        for (script, inside) in [
            ("a = '</script>' + `</SCRIPT ${b} <!--`", "a = '<\\/script>' + `<\\/SCRIPT ${b} <\\x21--`"),
            ("a = /<!--|<\\/script|[</script]/u", "a = /<\\x21--|<\\/script|[<\\/script]/u"),
            ("// </script> <!-- a\nb", "// < /script> <! -- a\nb"),
            ("if (a</script/.b) c<!--d", "if (a< /script/.b) c< !--d"),
            ("a = html`<p></p>`", "a = html`<p></p>`"),
        ] {
            assert_eq!(inline(script, "x").as_deref(), Some(inside));
        }
        assert_eq!(inline("a = String.raw`</script>`", "x"), None);
        assert_eq!(inline("a = String.raw`${b}<!--`", "x"), None);
    }

    #[test]
    fn replaces_the_base_address_in_code_alone() {
        let script = "a(document.baseURI, 'document.baseURI', b.document.baseURI)";
        assert_eq!(inline(script, "x").unwrap(), "a(x, 'document.baseURI', b.document.baseURI)");
    }
}
