//! The only file that opens connections; it knows `ureq`.
//!
//! No cookies are kept, redirects are not followed here, and of a body no more is read than is wanted and than [`MOST_READ`]. The
//! address of a host is looked at when it is connected to, so that a name that leads to a private network leads nowhere.

use std::io::{self, ErrorKind, Read};

use ureq::http::header::{DATE, HeaderMap, LOCATION, RETRY_AFTER};
use ureq::http::{Response, Uri};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error, Proxy, Timeout};
use url::{Host, Url};

use super::address::host_of;
use super::ask::{Answer, Ask, Failure, Method, Request, Text, Wants};
use super::headers::Headers;
use super::private::is_private;
use super::proxies::Proxies;
use crate::config::{ExternalSettings, Wildcard};

/// How we are called.
const NAME: &str = concat!("vereda/", env!("CARGO_PKG_VERSION"), " (link check)");

/// What browsers ask for first.
const ACCEPT: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

/// Of a body, uncompressed, in bytes: fragments of longer pages are not looked for below.
const MOST_READ: u64 = 4 * 1024 * 1024;

/// Of the head of an answer, in bytes.
const LONGEST_HEAD: usize = 64 * 1024;

/// Asks hosts, over connections that it keeps for a while.
pub(super) struct Client {
    http: Agent,
    https: Agent,
    headers: Headers,
    allowed: Vec<Wildcard>,
}

impl Client {
    /// Asks as the settings say, through these proxies.
    pub(super) fn new(settings: &ExternalSettings, headers: Headers, proxies: &Proxies) -> Self {
        let roots = find_roots();
        let agent = |proxy: Option<&Proxy>| {
            let config = Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .max_response_header_size(LONGEST_HEAD)
                .user_agent(NAME)
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

impl Ask for Client {
    fn ask(&self, request: &Request<'_>) -> Result<Answer, Failure> {
        let url = request.url;
        // A proxy resolves names itself; what needs no resolving is refused here.
        if is_private_name(url) && !is_allowed(&self.allowed, host_of(url)) {
            return Err(Failure::Private);
        }
        let agent = if url.scheme() == "https" { &self.https } else { &self.http };
        let mut asked = match request.method {
            Method::Head => agent.head(url.as_str()),
            Method::Get => agent.get(url.as_str()),
        };
        for (name, value) in self.headers.of(host_of(url)).filter(|_| request.has_headers) {
            asked = asked.header(name, value);
        }
        let answer = asked.call().map_err(|error| failure_of(error, url))?;
        read_answer(answer, request.wants)
    }
}

/// The certificates that this machine trusts, so that a company's own are known; where it has none, those that Mozilla trusts.
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

fn read_answer(answer: Response<Body>, wants: Wants) -> Result<Answer, Failure> {
    let (head, mut body) = answer.into_parts();
    let value = |name| head.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let is_read = head.status.is_success()
        && match wants {
            Wants::Status => false,
            Wants::Page => is_html(&head.headers),
            Wants::Text => true,
        };
    let text = if is_read { Some(read_text(&mut body)?) } else { None };
    let status = head.status.as_u16();
    Ok(Answer { status, location: value(LOCATION), retry_after: value(RETRY_AFTER), date: value(DATE), text })
}

fn is_html(headers: &HeaderMap) -> bool {
    let kind = headers.get("content-type").map(|kind| String::from_utf8_lossy(kind.as_bytes()).to_ascii_lowercase());
    kind.is_some_and(|kind| kind.starts_with("text/html") || kind.starts_with("application/xhtml+xml"))
}

fn read_text(body: &mut Body) -> Result<Text, Failure> {
    let mut bytes = Vec::new();
    body.as_reader().take(MOST_READ + 1).read_to_end(&mut bytes).map_err(|error| {
        let is_timeout = matches!(inner(&error), Some(Error::Timeout(_))) || error.kind() == ErrorKind::TimedOut;
        if is_timeout { Failure::TooSlow } else { Failure::Cut }
    })?;
    let is_whole = bytes.len() as u64 <= MOST_READ;
    Ok(Text { text: String::from_utf8_lossy(&bytes).into_owned(), is_whole })
}

fn inner(error: &io::Error) -> Option<&Error> {
    error.get_ref()?.downcast_ref()
}

fn failure_of(error: Error, url: &Url) -> Failure {
    match error {
        Error::Other(cause) if cause.is::<PrivateAddress>() => Failure::Private,
        Error::HostNotFound | Error::Timeout(Timeout::Resolve) => Failure::UnknownHost,
        Error::ConnectionFailed | Error::Timeout(Timeout::Connect) => Failure::NoConnection,
        Error::Timeout(_) => Failure::TooSlow,
        Error::ConnectProxyFailed(cause) => Failure::Proxy(cause),
        Error::Tls(cause) => Failure::Tls(cause.to_owned()),
        Error::Io(error) => failure_of_io(&error, url),
        error if url.scheme() == "https" && error.to_string().starts_with("rustls") => Failure::Tls(error.to_string()),
        error => Failure::Strange(error.to_string()),
    }
}

fn failure_of_io(error: &io::Error, url: &Url) -> Failure {
    match error.kind() {
        ErrorKind::TimedOut => Failure::TooSlow,
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::UnexpectedEof => Failure::Dropped,
        // What was read does not make a safe connection.
        ErrorKind::InvalidData if url.scheme() == "https" => Failure::Tls(error.to_string()),
        ErrorKind::InvalidData => Failure::Strange(error.to_string()),
        _ => Failure::NoConnection,
    }
}

/// Finds the addresses of hosts that are on the internet, or are allowed not to be.
#[derive(Debug)]
struct PublicResolver {
    inner: DefaultResolver,
    allowed: Vec<Wildcard>,
    /// A proxy usually stands in a private network.
    proxy: Option<(String, u16)>,
}

/// A host has none but private addresses.
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
            // Systems tell in their own ways that there is no such name.
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
    fn a_name_is_looked_at_when_it_is_resolved() {
        let resolve = |allowed: &[&str], proxy: Option<(String, u16)>| {
            let allowed = allowed.iter().map(|host| Wildcard::new(host)).collect();
            let resolver = PublicResolver { inner: DefaultResolver::default(), allowed, proxy };
            let uri: Uri = "http://localhost:3128/".parse().unwrap();
            resolver.resolve(&uri, &ureq::config::Config::default(), never()).map(|found| found.len())
        };
        let refused = resolve(&["outro.example"], None).unwrap_err();
        assert_eq!(failure_of(refused, &"http://localhost/".parse().unwrap()), Failure::Private);
        assert!(resolve(&["local*"], None).is_ok_and(|count| count > 0));
        assert!(resolve(&[], Some(("localhost".into(), 3128))).is_ok());
        assert!(resolve(&[], Some(("localhost".into(), 80))).is_err(), "only the proxy itself");
    }

    fn never() -> NextTimeout {
        NextTimeout {
            after: ureq::unversioned::transport::time::Duration::NotHappening,
            reason: Timeout::Resolve,
            ..NextTimeout::default()
        }
    }
}
