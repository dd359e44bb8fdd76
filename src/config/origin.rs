//! An origin: the scheme and host of another site, as a Content-Security-Policy names it.

use crate::diagnostic::catalogue;
use crate::yaml::yaml_scalar;

/// `https://example.com`, perhaps with a port; in lower case, without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin(String);

impl Origin {
    /// Reads an origin as an editor writes it: without path, query or fragment.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix('/').unwrap_or(text);
        let origin = Self::of_address(text)?;
        (origin.0.len() == text.len()).then_some(origin)
    }

    /// The origin of an absolute address; `None` for one that no policy could name.
    pub(crate) fn of_address(address: &str) -> Option<Self> {
        let lower = address.to_ascii_lowercase();
        let (scheme, rest) = lower.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?;
        let authority = rest.split(['/', '?', '#', '\\']).next()?;
        let (host, port) = authority.split_once(':').unwrap_or((authority, "0"));
        let is_label = |label: &str| {
            !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        let is_valid = host.split('.').all(is_label) && port.parse::<u16>().is_ok();
        is_valid.then(|| Self(format!("{scheme}://{authority}")))
    }

    /// As it stands in a policy.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

yaml_scalar! {
    Origin: Text => Self,
    read: |node| Self::parse(node.as_text()?),
    message: catalogue::yaml::expected_origin,
    schema: {
        "type": "string",
        "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*(:[0-9]{1,5})?/?$",
        "patternErrorMessage": "Escreva só o começo do endereço, sem caminho, como https://example.com."
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_scheme_a_host_and_a_port_alone() {
        for (text, expected) in [
            ("https://Example.com", Some("https://example.com")),
            ("https://example.com/", Some("https://example.com")),
            ("http://localhost:8080", Some("http://localhost:8080")),
            ("https://example.com/imagens/", None),
            ("https://example.com?x", None),
            ("example.com", None),
            ("ftp://example.com", None),
            ("https://", None),
            ("https://example.com; script-src *", None),
            ("https://a@example.com", None),
            ("https://*.example.com", None),
            ("https://example.com:99999", None),
        ] {
            assert_eq!(Origin::parse(text).as_ref().map(Origin::as_str), expected, "{text}");
        }
    }

    #[test]
    fn finds_the_origin_of_an_address() {
        let found = |address| Origin::of_address(address).map(|origin| origin.0);
        assert_eq!(found("https://Example.com/a.png?b#c").as_deref(), Some("https://example.com"));
        assert_eq!(found("a.png"), None);
    }
}
