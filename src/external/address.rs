//! An address as it was written → what is asked for, as browsers read it (WHATWG URL), and what is looked for in the answer.

use url::Url;

use crate::url::{anchor_of, with_scheme};

/// An address of another site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Without fragment, user name and password: these never leave the machine.
    pub(super) url: Url,
    /// Decoded; none where no element of a page is meant.
    pub(super) fragment: Option<String>,
    /// The fragment as it was written, with its `#`.
    pub(super) suffix: String,
    /// With the password hidden, to be shown.
    pub(super) shown: String,
}

/// Reads an `http` or `https` address; one that begins with `//` is asked for by `https`.
pub(super) fn read(written: &str) -> Option<Address> {
    let written = written.trim();
    let mut url = Url::parse(&with_scheme(written)).ok()?;
    if !is_web(&url) {
        return None;
    }
    let fragment = url.fragment().map(anchor_of);
    let suffix = url.fragment().map(|fragment| format!("#{fragment}")).unwrap_or_default();
    let shown = hide_password(written);
    clean(&mut url);
    Some(Address { url, fragment: fragment.filter(|fragment| !is_of_a_script(fragment)), suffix, shown })
}

/// What an answer asks to be looked at in its place; `None` where that is no page of the web.
pub(super) fn join(url: &Url, location: &str) -> Option<Url> {
    let mut url = url.join(location.trim()).ok().filter(is_web)?;
    clean(&mut url);
    Some(url)
}

/// The same address with `https`; `None` where it is so already, or has a port of its own.
pub(super) fn secure_twin(url: &Url) -> Option<Url> {
    let mut twin = url.clone();
    let can_be = url.scheme() == "http" && url.port().is_none() && twin.set_scheme("https").is_ok();
    can_be.then_some(twin)
}

/// The host in the form in which limits and settings know it: lower case, without brackets and port.
pub(super) fn host_of(url: &Url) -> &str {
    url.host_str().unwrap_or_default().trim_matches(['[', ']'])
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

fn clean(url: &mut Url) {
    url.set_fragment(None);
    // Addresses of the web can have these, so they can be taken away.
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

/// Made or read by a script, or a line of a file as code hosts show it: `#/route`, `#t=10`, `#L12-L20`.
fn is_of_a_script(fragment: &str) -> bool {
    let is_line =
        |part: &str| part.strip_prefix('L').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    fragment.is_empty() || crate::published::is_of_a_script(fragment) || fragment.split('-').all(is_line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_addresses_as_browsers_do() {
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
            let address = read(written).unwrap_or_else(|| panic!("{written}"));
            assert_eq!((address.url.as_str(), address.fragment.as_deref()), (url, fragment), "{written}");
        }
        for written in ["mailto:a@b.org", "ftp://x.org/", "a.md", "https://", "http://a b/", "https://x.org:99999/"] {
            assert_eq!(read(written), None, "{written}");
        }
    }

    #[test]
    fn hides_passwords() {
        assert_eq!(read("https://eu:senha@x.org/a@b").unwrap().shown, "https://***@x.org/a@b");
        assert_eq!(read("https://x.org/a@b").unwrap().shown, "https://x.org/a@b");
        assert_eq!(read("https://eu@x.org").unwrap().shown, "https://***@x.org");
    }

    #[test]
    fn follows_relative_answers() {
        let url = Url::parse("https://x.org/a/b").unwrap();
        assert_eq!(join(&url, "../c#d").unwrap().as_str(), "https://x.org/c");
        assert_eq!(join(&url, "//eu:senha@y.org").unwrap().as_str(), "https://y.org/");
        assert_eq!(join(&url, "app://x"), None);
    }

    #[test]
    fn only_the_usual_port_has_a_twin() {
        let twin = |text: &str| secure_twin(&Url::parse(text).unwrap()).map(String::from);
        assert_eq!(twin("http://x.org/a"), Some("https://x.org/a".into()));
        assert_eq!(twin("http://x.org:8080/a"), None);
        assert_eq!(twin("https://x.org/a"), None);
    }
}
