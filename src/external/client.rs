//! HTTP client on `ureq`: the only file that opens connections.
//!
//! It stores no cookies, decodes a page by its charset, follows no redirects, and reads at most [`MAX_BODY`] bytes of a body. Private addresses are rejected
//! after name resolution, so a public name cannot reach a private network.

use std::io::{self, ErrorKind, Read};

use ureq::http::header::{CONTENT_TYPE, COOKIE, DATE, HeaderMap, LOCATION, RETRY_AFTER, SET_COOKIE};
use ureq::http::{self, Uri};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error, Proxy, Timeout};
use url::{Host, Url};

use super::address::host_of;
use super::charset;
use super::headers::HostHeaders;
use super::http::{Fetch, FetchError, Method, ReadBody, Request, Response, ResponseText};
use super::private::is_private;
use super::proxies::Proxies;
use crate::config::{ExternalSettings, Wildcard};

const USER_AGENT: &str = concat!("vereda/", env!("CARGO_PKG_VERSION"), " (link check)");

/// As browsers send it.
const ACCEPT: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

/// The maximum of a body that is read, uncompressed, in bytes.
const MAX_BODY: u64 = 4 * 1024 * 1024;

/// The maximum size of the headers of a response, in bytes.
const MAX_HEADERS: usize = 64 * 1024;

/// One agent, with its connection pool, for each scheme: each may have its own proxy.
pub(super) struct Client {
    http: Agent,
    https: Agent,
    headers: HostHeaders,
    allowed: Vec<Wildcard>,
}

impl Client {
    pub(super) fn new(settings: &ExternalSettings, headers: HostHeaders, proxies: &Proxies) -> Self {
        let roots = find_roots();
        let agent = |proxy: Option<&Proxy>| {
            let config = Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .max_response_header_size(MAX_HEADERS)
                .user_agent(USER_AGENT)
                .accept(ACCEPT)
                .proxy(proxy.cloned())
                .tls_config(TlsConfig::builder().root_certs(roots.clone()).build())
                .timeout_global(Some(settings.timeout))
                .timeout_connect(Some(settings.connect_timeout))
                .build();
            let resolver = PublicResolver {
                inner: DefaultResolver::default(),
                allowed: settings.allow_private.clone(),
                proxy: proxy.map(|proxy| (proxy.host().to_ascii_lowercase(), proxy.port())),
            };
            Agent::with_parts(config, DefaultConnector::default(), resolver)
        };
        let allowed = settings.allow_private.clone();
        Self { http: agent(proxies.http.as_ref()), https: agent(proxies.https.as_ref()), headers, allowed }
    }
}

impl Fetch for Client {
    fn fetch(&self, request: &Request<'_>) -> Result<Response, FetchError> {
        let url = request.url;
        // With a proxy, names are resolved there: only addresses and `localhost` can be rejected here.
        if is_private_name(url) && !is_allowed(&self.allowed, host_of(url)) {
            return Err(FetchError::PrivateAddress);
        }
        let agent = if url.scheme() == "https" { &self.https } else { &self.http };
        let mut builder = match request.method {
            Method::Head => agent.head(url.as_str()),
            Method::Get => agent.get(url.as_str()),
        };
        for (name, value) in self.headers.of(url).filter(|_| request.has_headers) {
            builder = builder.header(name, value);
        }
        if let Some(cookie) = request.cookie {
            builder = builder.header(COOKIE, cookie);
        }
        let response = builder.call().map_err(|error| fetch_error_of(error, url))?;
        read_response(response, request.read_body)
    }
}

/// The root certificates of the machine, which include those of a company; without any, those of Mozilla.
fn find_roots() -> RootCerts {
    let found = rustls_native_certs::load_native_certs().certs;
    if found.is_empty() {
        return RootCerts::WebPki;
    }
    found.iter().map(|one| Certificate::from_der(one.as_ref()).to_owned()).collect::<Vec<_>>().into()
}

fn is_private_name(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => is_private(address.into()),
        Some(Host::Ipv6(address)) => is_private(address.into()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        None => true,
    }
}

fn is_allowed(allowed: &[Wildcard], host: &str) -> bool {
    allowed.iter().any(|one| one.matches(host))
}

fn read_response(response: http::Response<Body>, read_body: ReadBody) -> Result<Response, FetchError> {
    let (head, mut body) = response.into_parts();
    let value = |name| head.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let is_read = head.status.is_success()
        && match read_body {
            ReadBody::Never => false,
            ReadBody::IfHtml => is_html(&head.headers),
            ReadBody::Always => true,
        };
    let content_type = value(CONTENT_TYPE).unwrap_or_default();
    let text = if is_read { Some(read_text(&mut body, &content_type)?) } else { None };
    let status = head.status.as_u16();
    let cookies = head.headers.get_all(SET_COOKIE).iter();
    let cookies = cookies.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect();
    let (location, retry_after, date) = (value(LOCATION), value(RETRY_AFTER), value(DATE));
    Ok(Response { status, location, retry_after, date, cookies, text })
}

fn is_html(headers: &HeaderMap) -> bool {
    let kind = headers.get("content-type").map(|kind| String::from_utf8_lossy(kind.as_bytes()).to_ascii_lowercase());
    kind.is_some_and(|kind| kind.starts_with("text/html") || kind.starts_with("application/xhtml+xml"))
}

fn read_text(body: &mut Body, content_type: &str) -> Result<ResponseText, FetchError> {
    let mut bytes = Vec::new();
    body.as_reader().take(MAX_BODY + 1).read_to_end(&mut bytes).map_err(|error| {
        let is_timeout = matches!(cause_of(&error), Some(Error::Timeout(_))) || error.kind() == ErrorKind::TimedOut;
        if is_timeout { FetchError::TimedOut } else { FetchError::Truncated }
    })?;
    let is_complete = bytes.len() as u64 <= MAX_BODY;
    Ok(ResponseText { text: charset::decode(&bytes, content_type), is_complete })
}

fn cause_of(error: &io::Error) -> Option<&Error> {
    error.get_ref()?.downcast_ref()
}

fn fetch_error_of(error: Error, url: &Url) -> FetchError {
    match error {
        Error::Other(cause) if cause.is::<PrivateAddress>() => FetchError::PrivateAddress,
        Error::HostNotFound | Error::Timeout(Timeout::Resolve) => FetchError::UnknownHost,
        Error::ConnectionFailed | Error::Timeout(Timeout::Connect) => FetchError::ConnectionFailed,
        Error::Timeout(_) => FetchError::TimedOut,
        Error::ConnectProxyFailed(cause) => FetchError::Proxy(cause),
        Error::Tls(cause) => FetchError::Tls(cause.to_owned()),
        Error::Io(error) => fetch_error_of_io(&error, url),
        error if url.scheme() == "https" && error.to_string().starts_with("rustls") => {
            FetchError::Tls(error.to_string())
        }
        error => FetchError::InvalidResponse(error.to_string()),
    }
}

fn fetch_error_of_io(error: &io::Error, url: &Url) -> FetchError {
    match error.kind() {
        ErrorKind::TimedOut => FetchError::TimedOut,
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::UnexpectedEof => FetchError::ConnectionClosed,
        // The handshake failed.
        ErrorKind::InvalidData if url.scheme() == "https" => FetchError::Tls(error.to_string()),
        ErrorKind::InvalidData => FetchError::InvalidResponse(error.to_string()),
        _ => FetchError::ConnectionFailed,
    }
}

/// Name resolution that drops private addresses, except those of allowed hosts and of the proxy.
#[derive(Debug)]
struct PublicResolver {
    inner: DefaultResolver,
    allowed: Vec<Wildcard>,
    /// Host and port. A proxy is usually in a private network.
    proxy: Option<(String, u16)>,
}

/// All addresses of a host are private.
#[derive(Debug)]
struct PrivateAddress;

impl std::fmt::Display for PrivateAddress {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("a private address")
    }
}

impl std::error::Error for PrivateAddress {}

impl Resolver for PublicResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout).map_err(|error| match error {
            // The error of an unknown name depends on the system.
            Error::Io(_) => Error::HostNotFound,
            error => error,
        })?;
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_ascii_lowercase();
        let is_proxy = self.proxy.as_ref().is_some_and(|(name, port)| *name == host && uri.port_u16() == Some(*port));
        if is_proxy || is_allowed(&self.allowed, &host) {
            return Ok(found);
        }
        let mut public = self.empty();
        for address in found.iter().filter(|address| !is_private(address.ip())) {
            public.push(*address);
        }
        if public.is_empty() { Err(Error::Other(Box::new(PrivateAddress))) } else { Ok(public) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejects_names_that_resolve_to_private_addresses() {
        let resolve = |allowed: &[&str], proxy: Option<(String, u16)>| {
            let allowed = allowed.iter().map(|host| Wildcard::new(host)).collect();
            let resolver = PublicResolver { inner: DefaultResolver::default(), allowed, proxy };
            let uri: Uri = "http://localhost:3128/".parse().unwrap();
            resolver.resolve(&uri, &ureq::config::Config::default(), no_timeout()).map(|found| found.len())
        };
        let refused = resolve(&["outro.example"], None).unwrap_err();
        assert_eq!(fetch_error_of(refused, &"http://localhost/".parse().unwrap()), FetchError::PrivateAddress);
        assert!(resolve(&["local*"], None).is_ok_and(|count| count > 0));
        assert!(resolve(&[], Some(("localhost".into(), 3128))).is_ok());
        assert!(resolve(&[], Some(("localhost".into(), 80))).is_err(), "only the proxy itself");
    }

    fn no_timeout() -> NextTimeout {
        NextTimeout {
            after: ureq::unversioned::transport::time::Duration::NotHappening,
            reason: Timeout::Resolve,
            ..NextTimeout::default()
        }
    }
}
