//! Cookies of one chain of redirects, which are forgotten at its end.
//!
//! A cookie goes back to the host that set it, and to no other: a `Domain` has no effect. One that is `Secure`, or was set
//! by `https:`, is not sent by `http:`. Entry point: [`Cookies`].

use std::collections::BTreeMap;

use url::Url;

use super::address::host_of;

/// The most cookies of a chain, and the most bytes of one.
const MOST: usize = 50;
const LONGEST: usize = 4096;

/// The values of cookies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cookies {
    /// By host and name: the value, and whether it needs `https:`.
    by_host: BTreeMap<(String, String), (String, bool)>,
}

impl Cookies {
    /// Stores the cookies of a response: the values of its `Set-Cookie` headers.
    pub(super) fn store(&mut self, url: &Url, headers: &[String]) {
        for header in headers.iter().filter(|header| header.len() <= LONGEST) {
            let mut parts = header.split(';');
            let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { continue };
            let attributes: Vec<String> = parts.map(|part| part.trim().to_ascii_lowercase()).collect();
            let key = (host_of(url).to_owned(), name.trim().to_owned());
            let is_safe = |text: &str| !text.bytes().any(|byte| byte.is_ascii_control());
            let is_removed = attributes.iter().any(|one| one == "max-age=0" || one.starts_with("max-age=-"));
            if is_removed {
                self.by_host.remove(&key);
            } else if is_safe(name) && is_safe(value) && (self.by_host.len() < MOST || self.by_host.contains_key(&key))
            {
                let is_secure = url.scheme() == "https" || attributes.iter().any(|one| one == "secure");
                self.by_host.insert(key, (value.trim().to_owned(), is_secure));
            }
        }
    }

    /// The value of the `Cookie` header of a request.
    pub(super) fn header(&self, url: &Url) -> Option<String> {
        let (host, is_safe) = (host_of(url), url.scheme() == "https");
        let sent = self.by_host.iter().filter(|((owner, _), (_, is_secure))| owner == host && (is_safe || !is_secure));
        let pairs: Vec<String> = sent.map(|((_, name), (value, _))| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sends_a_cookie_to_its_host_only() {
        let url = |text: &str| text.parse::<Url>().unwrap();
        let mut cookies = Cookies::default();
        let set = ["a=1; Path=/; HttpOnly".to_owned(), "b=2; Secure; Domain=org".to_owned(), "ruim".to_owned()];
        cookies.store(&url("http://x.org/"), &set);
        assert_eq!(cookies.header(&url("http://x.org/b")).as_deref(), Some("a=1"));
        assert_eq!(cookies.header(&url("https://x.org/b")).as_deref(), Some("a=1; b=2"));
        assert_eq!(cookies.header(&url("http://y.org/")), None);
        cookies.store(&url("http://x.org/"), &["a=; Max-Age=0".to_owned(), "c=\u{1}".to_owned()]);
        assert_eq!(cookies.header(&url("http://x.org/")), None);
        cookies.store(&url("https://x.org/"), &["d=4".to_owned()]);
        assert_eq!(cookies.header(&url("http://x.org/")), None, "set by https");
    }
}
