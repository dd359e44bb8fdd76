//! Hosts and ports that no site has, and guesses of mistyped addresses.

use std::sync::LazyLock;

use regex::Regex;
use url::{ParseError, Url};

use super::{COMMON_SCHEMES, scheme_of, with_scheme};

/// Why no site can have an `http` or `https` address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum HostFault {
    Syntax,
    Host(String),
    Port(String),
}

/// `http` or `https`, mistyped, and the rest of the address.
static MISTYPED_WEB: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?i)([htps]{3,7})[:;.,]{0,2}[/\\]{1,3}([^/\\].*)$").expect("the pattern is valid"));

/// A host without a scheme: `www.`, or a name that ends in a usual top-level domain; perhaps a port and a path.
static BARE_HOST: LazyLock<Regex> = LazyLock::new(|| {
    let name = r"(?:www\.)?(?:[a-z0-9-]+\.)+(?:com|org|net|gov|edu|jus|leg|mil|info|app|dev|io|br|pt)";
    let local = r"localhost:[0-9]+|[0-9]{1,3}(?:\.[0-9]{1,3}){3}";
    Regex::new(&format!(r"^(?i)(?:www\.[^/@:]+|{name}|{local})(?::[0-9]+)?(?:[/?#].*)?$"))
        .expect("the pattern is valid")
});

static BARE_MAIL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[^\s/:@?#]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+$").expect("the pattern is valid"));

/// Finds the fault in the host or port of an `http` or `https` address, which browsers read (WHATWG URL).
pub(crate) fn find_host_fault(address: &str) -> Option<HostFault> {
    let address = with_scheme(address.trim());
    let rest = address.split_once(':').map_or("", |(_, rest)| rest);
    let authority = authority_of(rest.strip_prefix("//").unwrap_or_default());
    let host = authority.rsplit('@').next().unwrap_or_default();
    if host.is_empty() || host.starts_with(':') {
        return Some(HostFault::Syntax);
    }
    match Url::parse(&address) {
        Err(ParseError::InvalidPort) => {
            let port = host.rsplit(':').next().unwrap_or_default();
            Some(HostFault::Port(port.to_owned()))
        }
        Err(_) => Some(HostFault::Host(host.to_owned())),
        Ok(url) => {
            let is_fault = url.domain().is_some_and(is_impossible_domain);
            is_fault.then(|| HostFault::Host(host.to_owned()))
        }
    }
}

/// True for a name that no host can have (RFC 1035, 2.3). A host of one label is in a local network.
fn is_impossible_domain(domain: &str) -> bool {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(is_letter)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = domain.rsplit_once('.').map(|(_, last)| last);
    domain.len() > 253 || !domain.split('.').all(is_label) || last.is_some_and(|last| last.len() == 1)
}

/// The user, host and port: what stands before the path.
fn authority_of(rest: &str) -> &str {
    rest.split(['/', '?', '#', '\\']).next().unwrap_or_default()
}

/// True if the beginning of an address contains its whole scheme, user, host and port.
pub(crate) fn has_whole_authority(beginning: &str) -> bool {
    let beginning = with_scheme(beginning.trim_start());
    match scheme_of(&beginning).as_deref() {
        Some("http" | "https" | "ftp") => {
            let rest = beginning.split_once(':').map_or("", |(_, rest)| rest).trim_start_matches(['/', '\\']);
            authority_of(rest).len() < rest.len()
        }
        scheme => scheme.is_some(),
    }
}

/// The address that was probably meant; `None` for an address that may be right.
pub(crate) fn guess_address(written: &str) -> Option<String> {
    let written = written.trim();
    if let Some(found) = MISTYPED_WEB.captures(written) {
        let scheme = if found[1].to_ascii_lowercase().ends_with('s') { "https" } else { "http" };
        return Some(format!("{scheme}://{}", &found[2])).filter(|guess| guess != written);
    }
    if BARE_HOST.is_match(written) {
        return Some(format!("https://{written}"));
    }
    if BARE_MAIL.is_match(written) {
        return Some(format!("mailto:{written}"));
    }
    let scheme = scheme_of(written)?;
    let near = COMMON_SCHEMES.into_iter().find(|known| strsim::damerau_levenshtein(known, &scheme) == 1)?;
    Some(format!("{near}:{}", written.split_once(':')?.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_hosts_and_ports_that_no_site_has() {
        let host = |host: &str| Some(HostFault::Host(host.to_owned()));
        let port = |port: &str| Some(HostFault::Port(port.to_owned()));
        for (address, fault) in [
            ("https:/x.org", Some(HostFault::Syntax)),
            ("https://", Some(HostFault::Syntax)),
            ("https://.com/", host(".com")),
            ("https://exemplo..com/", host("exemplo..com")),
            ("https://exemplo.com,br/", host("exemplo.com,br")),
            ("https://-a.com", host("-a.com")),
            ("https://exem plo.com/", host("exem plo.com")),
            ("https://exemplo.c/", host("exemplo.c")),
            ("https://1.2.3.400/", host("1.2.3.400")),
            ("https://x.org:99999/", port("99999")),
            ("//x.org:porta/", port("porta")),
        ] {
            assert_eq!(find_host_fault(address), fault, "{address}");
        }
        for address in [
            "https://x.org",
            "https://x.org:8443/a:b",
            "http://intranet/",
            "http://localhost:8080",
            "https://órgão.example/",
            "https://[::1]/",
            "https://192.168.0.1/",
            "https://eu:senha@x.org/",
            "//a_b.x.org./?{x|url}#é",
        ] {
            assert_eq!(find_host_fault(address), None, "{address}");
        }
    }

    #[test]
    fn guesses_mistyped_addresses() {
        for (written, guess) in [
            ("htps://x.org/a", "https://x.org/a"),
            ("htpp://x.org", "http://x.org"),
            ("https//x.org", "https://x.org"),
            ("https:/x.org", "https://x.org"),
            ("http;//x.org", "http://x.org"),
            ("https:\\x.org", "https://x.org"),
            ("www.x.org", "https://www.x.org"),
            ("exemplo.com.br/a?b", "https://exemplo.com.br/a?b"),
            ("exemplo.com.br:8443/a", "https://exemplo.com.br:8443/a"),
            ("localhost:8080", "https://localhost:8080"),
            ("maria@exemplo.org", "mailto:maria@exemplo.org"),
            ("mailt:a@b.org", "mailto:a@b.org"),
        ] {
            assert_eq!(guess_address(written).as_deref(), Some(guess), "{written}");
        }
        for written in [
            "https://x.org",
            "http://x.org",
            "a.md",
            "pasta/x.com.md",
            "a@b/c.md",
            "zoommtg:1",
            "x.png",
            "#a",
            "httpd.conf",
        ] {
            assert_eq!(guess_address(written), None, "{written}");
        }
    }

    #[test]
    fn knows_where_the_host_ends() {
        for beginning in ["https://x.org/", "https://x.org?a=", "//x.org#", "mailto:", "tel:+55"] {
            assert!(has_whole_authority(beginning), "{beginning}");
        }
        for beginning in ["https://", "https://x.org", "https://x.org:", "https://eu:", "https:", "//", ""] {
            assert!(!has_whole_authority(beginning), "{beginning}");
        }
    }
}
