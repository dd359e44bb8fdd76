//! Parsers of Brazilian telephone numbers, e-mail addresses and web addresses.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use regex::Regex;

use super::number::pattern;

static AREA_AND_NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[1-9][1-9](?:[2-5][0-9]{7}|9[0-9]{8})$"));
static WITHOUT_AREA: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:0[3589]00[0-9]{6,7}|[34]00[0-9]{5})$"));
static COUNTRY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:\+55|0055|55([0-9]{10,11})$|0([0-9]{10,11})$)"));
static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    let label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    pattern(&format!(r"^[A-Za-z0-9_.!#$%&'*+/=?^`{{|}}~-]+@(?:{label}\.)+{label}$"))
});
static WEB: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?i:https?)://([^\s/?#]+)\S*$"));

/// Maximum length of an address in bytes (RFC 5321).
const LONGEST_EMAIL: usize = 254;

/// Reads `(11) 4003-0015`, `+55 11 98765-4321`, `0800 123 4567` and `4003-0015`; returns the national digits.
pub(super) fn read_phone(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, '(' | ')' | '.' | '-') && !c.is_whitespace()).collect();
    if WITHOUT_AREA.is_match(&digits) {
        return Some(digits);
    }
    let national = without_country(&digits);
    AREA_AND_NUMBER.is_match(national).then(|| national.to_owned())
}

fn without_country(digits: &str) -> &str {
    let Some(parts) = COUNTRY.captures(digits) else { return digits };
    let rest = parts.get(1).or_else(|| parts.get(2)).map(|rest| rest.start());
    &digits[rest.unwrap_or_else(|| parts[0].len())..]
}

pub(super) fn read_email(text: &str) -> Option<String> {
    (text.len() <= LONGEST_EMAIL && EMAIL.is_match(text)).then(|| text.to_owned())
}

/// Accepts only `http` and `https`, so that no text from a user can bring another scheme.
pub(super) fn read_url(text: &str) -> Option<String> {
    let authority = WEB.captures(text)?.get(1)?.as_str();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    is_host_and_port(host).then(|| text.to_owned())
}

fn is_host_and_port(text: &str) -> bool {
    if let Some((address, port)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return address.parse::<Ipv6Addr>().is_ok() && port.strip_prefix(':').map_or(port.is_empty(), is_port);
    }
    let (host, port) = text.split_once(':').unwrap_or((text, ""));
    let is_address = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_port(port) && if is_address { host.parse::<Ipv4Addr>().is_ok() } else { !host.contains(is_forbidden) }
}

fn is_port(text: &str) -> bool {
    text.is_empty() || (text.parse::<u16>().is_ok() && !text.starts_with('+'))
}

/// Forbidden domain code points of the URL standard.
fn is_forbidden(c: char) -> bool {
    c.is_control() || " \"#%/:<>?@[\\]^`{|}".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_brazilian_telephone_numbers() {
        let cases = [
            ("(11) 4003-0015", "1140030015"),
            ("+55 11 98765-4321", "11987654321"),
            ("0800 123 4567", "08001234567"),
            ("4003-0015", "40030015"),
            ("011 98765-4321", "11987654321"),
            ("5511987654321", "11987654321"),
        ];
        for (text, digits) in cases {
            assert_eq!(read_phone(text).as_deref(), Some(digits), "{text}");
        }
        for text in ["", "123", "(01) 4003-0015", "11 18765-4321"] {
            assert_eq!(read_phone(text), None, "{text}");
        }
    }

    #[test]
    fn accepts_http_and_https_only() {
        for text in
            ["https://example.com", "http://a.b:8080/c?d#e", "HTTPS://x@y/", "http://[::1]:80/", "http://127.0.0.1"]
        {
            assert!(read_url(text).is_some(), "{text}");
        }
        for text in ["javascript:alert(1)", "https://", "https:///x", "http://a b", "http://a:99999", "example.com"] {
            assert!(read_url(text).is_none(), "{text}");
        }
    }

    #[test]
    fn accepts_plain_email_addresses() {
        assert!(read_email("ana.souza+x@exemplo.com.br").is_some());
        for text in ["ana", "ana@", "ana@exemplo", "ana @exemplo.com", "ana@-exemplo.com"] {
            assert!(read_email(text).is_none(), "{text}");
        }
    }
}
