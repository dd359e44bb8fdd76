//! Host and Origin checks against DNS rebinding and requests from other sites.
//!
//! A page of another site can send requests to a server on loopback; without `Access-Control-Allow-Origin` it cannot read
//! the responses. A host name that changes its address (DNS rebinding) could read them: its `Host` is refused.

use std::net::IpAddr;

use hyper::header::{HOST, HeaderMap, HeaderName, ORIGIN};

/// True for loopback names and the bound name. A server of the network also allows every IP address, which cannot be
/// rebound.
pub(super) fn is_allowed_host(header: Option<&str>, bound: &str) -> bool {
    let Some(name) = header.map(name_of) else { return false };
    let is_named = |known: &str| name.eq_ignore_ascii_case(known);
    match name.parse::<IpAddr>() {
        Ok(address) => address.is_loopback() || is_named(bound) || !is_loopback(bound),
        Err(_) => is_named("localhost") || is_named(bound),
    }
}

/// True when a page of this server may have sent the request: its host is allowed, and its origin, if any, is the same.
pub(super) fn may_subscribe(headers: &HeaderMap, bound: &str) -> bool {
    let value = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let (host, origin) = (value(HOST), value(ORIGIN));
    is_allowed_host(host, bound) && is_allowed_origin(origin, host)
}

fn is_allowed_origin(origin: Option<&str>, host: Option<&str>) -> bool {
    let Some(origin) = origin else { return true };
    let of_page = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    of_page.zip(host).is_some_and(|(of_page, host)| of_page.eq_ignore_ascii_case(host))
}

/// True for names that only this machine can reach.
pub fn is_loopback(host: &str) -> bool {
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
    fn allows_loopback_names_on_any_port() {
        for host in ["localhost", "LOCALHOST:4400", "127.0.0.1:4400", "127.0.0.1", "[::1]:4400"] {
            assert!(is_allowed_host(Some(host), "127.0.0.1"), "{host}");
        }
    }

    #[test]
    fn refuses_rebound_names() {
        for host in ["evil.example", "evil.example:4400", "localhost.evil.example", "192.168.0.7:4400", "", "[::1"] {
            assert!(!is_allowed_host(Some(host), "127.0.0.1"), "{host}");
        }
        assert!(!is_allowed_host(None, "127.0.0.1"));
    }

    #[test]
    fn allows_addresses_and_the_bound_name_on_the_network() {
        assert!(is_allowed_host(Some("192.168.0.7:4400"), "0.0.0.0"));
        assert!(is_allowed_host(Some("maquina.local:4400"), "maquina.local"));
        assert!(!is_allowed_host(Some("evil.example:4400"), "0.0.0.0"));
    }

    #[test]
    fn allows_only_its_own_origin() {
        let host = Some("127.0.0.1:4400");
        assert!(is_allowed_origin(None, host));
        assert!(is_allowed_origin(Some("http://127.0.0.1:4400"), host));
        for origin in ["http://evil.example", "http://127.0.0.1:4401", "http://localhost:4400", "null", ""] {
            assert!(!is_allowed_origin(Some(origin), host), "{origin}");
        }
    }
}
