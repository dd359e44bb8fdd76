//! Proxies from environment variables, with the rules of `curl`.

use ureq::Proxy;

/// The proxy of each scheme.
#[derive(Debug, Default)]
pub(super) struct Proxies {
    pub(super) http: Option<Proxy>,
    pub(super) https: Option<Proxy>,
}

impl Proxies {
    /// Reads `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, in lower or upper case. An invalid address is ignored.
    pub(super) fn read(lookup: &dyn Fn(&str) -> Option<String>) -> Self {
        let find = |name: &str| {
            let value = lookup(name).or_else(|| lookup(&name.to_ascii_uppercase()));
            value.filter(|value| !value.trim().is_empty())
        };
        let direct = direct_hosts(&find("no_proxy").unwrap_or_default());
        let proxy = |name: &str| {
            let written = find(name).or_else(|| find("all_proxy"))?;
            let proxy = Proxy::new(written.trim()).ok()?;
            let mut builder = Proxy::builder(proxy.protocol()).host(proxy.host()).port(proxy.port());
            if let Some(name) = proxy.username() {
                builder = builder.username(name).password(proxy.password().unwrap_or_default());
            }
            direct.iter().fold(builder, |builder, host| builder.no_proxy(host)).build().ok()
        };
        Self { http: proxy("http_proxy"), https: proxy("https_proxy") }
    }
}

/// Hosts without a proxy. A name includes its subdomains.
fn direct_hosts(written: &str) -> Vec<String> {
    let names = written.split([',', ' ']).map(str::trim).filter(|name| !name.is_empty());
    names.flat_map(|name| [name.to_owned(), format!(".{}", name.trim_start_matches(['*', '.']))]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_usual_variables() {
        let variables = [
            ("HTTPS_PROXY", "http://eu:senha@proxy.example:3128"),
            ("all_proxy", "http://outro.example:80"),
            ("NO_PROXY", "localhost, .interno.example,x.org"),
        ];
        let lookup = |name: &str| variables.iter().find(|(one, _)| *one == name).map(|(_, value)| (*value).to_owned());
        let proxies = Proxies::read(&lookup);
        assert_eq!(proxies.http.unwrap().host(), "outro.example");
        let proxy = proxies.https.unwrap();
        assert_eq!((proxy.host(), proxy.port(), proxy.username()), ("proxy.example", 3128, Some("eu")));
        let is_direct = |url: &str| proxy.is_no_proxy(&url.parse().unwrap());
        assert!(
            is_direct("https://x.org/") && is_direct("https://a.x.org/") && is_direct("https://a.interno.example/")
        );
        assert!(is_direct("http://localhost:80/") && !is_direct("https://xx.org/"));
    }

    #[test]
    fn has_no_proxy_without_variables() {
        let proxies = Proxies::read(&|_| None);
        assert!(proxies.http.is_none() && proxies.https.is_none());
    }
}
