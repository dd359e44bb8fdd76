//! External addresses, parsed as browsers do (WHATWG URL): the URL to request and the fragment to find.

use url::Url;

use crate::url::{anchor_of, with_scheme};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Without fragment, user name and password, which are never sent.
    pub(super) url: Url,
    /// Decoded; `None` if it does not name an element of the page.
    pub(super) fragment: Option<String>,
    /// The fragment as written, with its `#`.
    pub(super) suffix: String,
    /// As written, for messages, with `***` for user name and password.
    pub(super) shown: String,
}

/// Parses an `http` or `https` address. One that begins with `//` gets `https`.
pub(super) fn parse(written: &str) -> Option<Address> {
    let written = written.trim();
    let mut url = Url::parse(&with_scheme(written)).ok()?;
    if !is_web(&url) {
        return None;
    }
    let fragment = url.fragment().map(anchor_of);
    let suffix = url.fragment().map(|fragment| format!("#{fragment}")).unwrap_or_default();
    let shown = hide_password(written);
    remove_private_parts(&mut url);
    Some(Address { url, fragment: fragment.filter(|fragment| !is_virtual(fragment)), suffix, shown })
}

/// The target of a redirect; `None` if it is neither `http` nor `https`.
pub(super) fn resolve_redirect(url: &Url, location: &str) -> Option<Url> {
    let mut url = url.join(location.trim()).ok().filter(is_web)?;
    remove_private_parts(&mut url);
    Some(url)
}

/// The same address with `https`; `None` if it has `https` already, or an explicit port.
pub(super) fn https_variant(url: &Url) -> Option<Url> {
    let mut variant = url.clone();
    let is_possible = url.scheme() == "http" && url.port().is_none() && variant.set_scheme("https").is_ok();
    is_possible.then_some(variant)
}

/// The host as the settings write it: lower case, without brackets and port.
pub(super) fn host_of(url: &Url) -> &str {
    url.host_str().unwrap_or_default().trim_matches(['[', ']'])
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

fn remove_private_parts(url: &mut Url) {
    url.set_fragment(None);
    // These fail only for URLs without a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
}

/// The address with `***` in place of its user name and password.
fn hide_password(written: &str) -> String {
    let Some(start) = written.find("//").map(|slashes| slashes + 2) else { return written.to_owned() };
    let end = written[start..].find(['/', '?', '#']).map_or(written.len(), |length| start + length);
    match written[start..end].rfind('@') {
        Some(at) => format!("{}***{}", &written[..start], &written[start + at..]),
        None => written.to_owned(),
    }
}

/// True for a fragment that names no element: for a script (`#/route`, `#t=10`), or a line on a code host (`#L12-L20`).
fn is_virtual(fragment: &str) -> bool {
    let is_line =
        |part: &str| part.strip_prefix('L').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    fragment.is_empty() || crate::published::is_for_script(fragment) || fragment.split('-').all(is_line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_addresses_as_browsers_do() {
        for (written, url, fragment) in [
            ("http://X.org", "http://x.org/", None),
            ("HTTPS://x.org:443/a b#c", "https://x.org/a%20b", Some("c")),
            ("//x.org/é", "https://x.org/%C3%A9", None),
            ("https://órgão.example/", "https://xn--rgo-nla1f.example/", None),
            ("http://0x7f.1/", "http://127.0.0.1/", None),
            ("https://eu:senha@x.org/#sec%CC%A7a%CC%83o", "https://x.org/", Some("seção")),
            ("https://x.org/#:~:text=a", "https://x.org/", None),
            ("https://x.org/#a:~:text=b", "https://x.org/", Some("a")),
            ("https://x.org/#L12-L20", "https://x.org/", None),
            ("https://x.org/#Lista", "https://x.org/", Some("Lista")),
            ("https://x.org/#/route", "https://x.org/", None),
        ] {
            let address = parse(written).unwrap_or_else(|| panic!("{written}"));
            assert_eq!((address.url.as_str(), address.fragment.as_deref()), (url, fragment), "{written}");
        }
        for written in ["mailto:a@b.org", "ftp://x.org/", "a.md", "https://", "http://a b/", "https://x.org:99999/"] {
            assert_eq!(parse(written), None, "{written}");
        }
    }

    #[test]
    fn hides_passwords() {
        assert_eq!(parse("https://eu:senha@x.org/a@b").unwrap().shown, "https://***@x.org/a@b");
        assert_eq!(parse("https://x.org/a@b").unwrap().shown, "https://x.org/a@b");
        assert_eq!(parse("https://eu@x.org").unwrap().shown, "https://***@x.org");
    }

    #[test]
    fn resolves_relative_redirects() {
        let url = Url::parse("https://x.org/a/b").unwrap();
        assert_eq!(resolve_redirect(&url, "../c#d").unwrap().as_str(), "https://x.org/c");
        assert_eq!(resolve_redirect(&url, "//eu:senha@y.org").unwrap().as_str(), "https://y.org/");
        assert_eq!(resolve_redirect(&url, "app://x"), None);
    }

    #[test]
    fn has_https_variant_only_at_the_default_port() {
        let variant = |text: &str| https_variant(&Url::parse(text).unwrap()).map(String::from);
        assert_eq!(variant("http://x.org/a"), Some("https://x.org/a".into()));
        assert_eq!(variant("http://x.org:8080/a"), None);
        assert_eq!(variant("https://x.org/a"), None);
    }
}
