//! Who may ask: pages of this server, and nobody who was led here.
//!
//! A page of another site can make a browser send requests to a server on loopback, and a name that changes its address
//! (DNS rebinding) can make it read the answers. The first is answered without `Access-Control-Allow-Origin`, the second is
//! refused by the `Host` it must send.

use std::net::IpAddr;

/// True when the `Host` of a request is a loopback name, the name that is listened on, or, where the network may ask, any
/// address: an address cannot be rebound.
pub(super) fn is_allowed_host(header: Option<&str>, bound: &str) -> bool {
    let Some(name) = header.map(name_of) else { return false };
    let is_named = |known: &str| name.eq_ignore_ascii_case(known);
    match name.parse::<IpAddr>() {
        Ok(address) => address.is_loopback() || is_named(bound) || !is_loopback(bound),
        Err(_) => is_named("localhost") || is_named(bound),
    }
}

/// True when a request comes from a page of the same server, or from no page at all.
pub(super) fn is_allowed_origin(origin: Option<&str>, host: Option<&str>) -> bool {
    let Some(origin) = origin else { return true };
    let of_page = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    of_page.zip(host).is_some_and(|(of_page, host)| of_page.eq_ignore_ascii_case(host))
}

/// True for names that only this machine can reach.
pub(super) fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// A `Host` without its port, and an IPv6 address without its brackets (RFC 9110, section 7.2).
fn name_of(header: &str) -> &str {
    if let Some((address, _)) = header.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return address;
    }
    header.rsplit_once(':').map_or(header, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_loopback_names_on_any_port() {
        for host in ["localhost", "LOCALHOST:4400", "127.0.0.1:4400", "127.0.0.1", "[::1]:4400"] {
            assert!(is_allowed_host(Some(host), "127.0.0.1"), "{host}");
        }
    }

    #[test]
    fn refuses_names_that_were_rebound() {
        for host in ["evil.example", "evil.example:4400", "localhost.evil.example", "192.168.0.7:4400", "", "[::1"] {
            assert!(!is_allowed_host(Some(host), "127.0.0.1"), "{host}");
        }
        assert!(!is_allowed_host(None, "127.0.0.1"));
    }

    #[test]
    fn answers_the_network_by_address_or_by_the_name_that_was_asked_for() {
        assert!(is_allowed_host(Some("192.168.0.7:4400"), "0.0.0.0"));
        assert!(is_allowed_host(Some("maquina.local:4400"), "maquina.local"));
        assert!(!is_allowed_host(Some("evil.example:4400"), "0.0.0.0"));
    }

    #[test]
    fn lets_only_its_own_pages_listen() {
        let host = Some("127.0.0.1:4400");
        assert!(is_allowed_origin(None, host));
        assert!(is_allowed_origin(Some("http://127.0.0.1:4400"), host));
        for origin in ["http://evil.example", "http://127.0.0.1:4401", "http://localhost:4400", "null", ""] {
            assert!(!is_allowed_origin(Some(origin), host), "{origin}");
        }
    }
}
