//! Bare addresses and e-mails in text, which become links (GFM 0.29, 6.9 "Autolinks (extension)").

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A bare address in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Autolink {
    pub(super) range: Range<usize>,
    /// The scheme that makes an address of the text: `http://` or `mailto:`; empty if it has one.
    pub(super) prefix: &'static str,
}

/// The beginning of an address, or a whole e-mail.
static START: LazyLock<Regex> = LazyLock::new(|| {
    let start = r"(?i)https?://|ftp://|www\.|[a-z0-9._+-]+@[a-z0-9_-]+(?:\.[a-z0-9_-]+)+";
    Regex::new(start).expect("the pattern is valid")
});

/// Finds the bare addresses of a text.
pub(super) fn find_autolinks(text: &str) -> Vec<Autolink> {
    let mut found: Vec<Autolink> = Vec::new();
    if !text.contains("://") && !text.contains(['@']) && !text.contains("ww.") && !text.contains("WW.") {
        return found;
    }
    for start in START.find_iter(text) {
        let is_inside = found.last().is_some_and(|last| start.start() < last.range.end);
        let before = text[..start.start()].chars().next_back();
        let is_email = start.as_str().contains('@');
        let is_free = before.is_none_or(|c| c.is_whitespace() || "*_~(\"'“‘«[|>".contains(c) || c == '\u{2014}');
        if is_inside || !is_free {
            continue;
        }
        let autolink = if is_email { read_email(start.range(), text) } else { read_address(start, text) };
        found.extend(autolink);
    }
    found
}

fn read_email(range: Range<usize>, text: &str) -> Option<Autolink> {
    let is_over = !text[range.end..].starts_with(['@', '-', '_']);
    let is_email = !text[range.clone()].ends_with(['-', '_']) && is_over;
    is_email.then_some(Autolink { range, prefix: "mailto:" })
}

fn read_address(start: regex::Match<'_>, text: &str) -> Option<Autolink> {
    let is_www = !start.as_str().contains("://");
    let host_start = if is_www { start.start() } else { start.end() };
    let rest = &text[host_start..];
    let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '\0')).unwrap_or(rest.len());
    let end = host_start + trim_end(&rest[..length]);
    let host = &text[host_start..end];
    let host =
        &host[..host.find(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_')).unwrap_or(host.len())];
    let is_host = host.contains('.')
        && host.split('.').all(|part| !part.is_empty())
        && !host.rsplit('.').take(2).any(|part| part.contains('_'));
    is_host.then_some(Autolink { range: start.start()..end, prefix: if is_www { "http://" } else { "" } })
}

/// The length without punctuation at the end, without a `)` that closes nothing in it, and without an entity.
fn trim_end(address: &str) -> usize {
    let mut rest = address;
    loop {
        let Some(last) = rest.chars().next_back() else { return 0 };
        let is_unopened = last == ')' && rest.matches(')').count() > rest.matches('(').count();
        if "?!.,:*_~'\"”’»]|…".contains(last) || is_unopened {
            rest = &rest[..rest.len() - last.len_utf8()];
        } else if last == ';' {
            let entity = rest[..rest.len() - 1].rfind('&').filter(|at| {
                let name = &rest[at + 1..rest.len() - 1];
                !name.is_empty() && name.chars().all(char::is_alphanumeric)
            });
            rest = &rest[..entity.unwrap_or(rest.len() - 1)];
        } else {
            return rest.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let links = find_autolinks(text).into_iter();
        links.map(|link| format!("{}{}", link.prefix, &text[link.range])).collect()
    }

    #[test]
    fn finds_addresses_and_emails() {
        assert_eq!(
            found("Veja https://a.org/x, www.b.org e ana.b+c@d.org.br."),
            ["https://a.org/x", "http://www.b.org", "mailto:ana.b+c@d.org.br"]
        );
        assert_eq!(found("(https://a.org/x_(y)) e (www.a.org/b)"), ["https://a.org/x_(y)", "http://www.a.org/b"]);
        assert_eq!(found("https://a.org/?q=a&b=1&copy; fim"), ["https://a.org/?q=a&b=1"]);
        assert_eq!(found("“https://a.org/á”"), ["https://a.org/á"]);
    }

    #[test]
    fn leaves_other_text() {
        for text in [
            "R$ 1.500,00",
            "10:30",
            "http://localhost:8000",
            "https://",
            "awww.a.org",
            "a@b",
            "a@b.c@d",
            "a@b.c_",
            "@equipe",
            "https://a_b.org_",
            "www.",
            "xhttps://a.org",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
