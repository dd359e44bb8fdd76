//! HTTP requests, responses and errors, without the types of the client library.

use serde::{Deserialize, Serialize};
use url::Url;

/// An HTTP client; tests have one without a network.
pub(super) trait Fetch: Sync {
    /// Sends one request. Redirects are returned, not followed.
    fn fetch(&self, request: &Request<'_>) -> Result<Response, FetchError>;
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Request<'a> {
    pub(super) url: &'a Url,
    pub(super) method: Method,
    pub(super) read_body: ReadBody,
    /// Whether the headers of the settings for this host are sent.
    pub(super) has_headers: bool,
    /// The cookies of this chain of redirects.
    pub(super) cookie: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Head,
    Get,
}

/// When the body of a successful response is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReadBody {
    Never,
    IfHtml,
    Always,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) location: Option<String>,
    pub(super) retry_after: Option<String>,
    pub(super) date: Option<String>,
    /// The values of `Set-Cookie`.
    pub(super) cookies: Vec<String>,
    /// `None` if the body was not read.
    pub(super) text: Option<ResponseText>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ResponseText {
    pub(super) text: String,
    /// False if the body is longer than the maximum that is read.
    pub(super) is_complete: bool,
}

/// The cause of a request without a response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum FetchError {
    /// The name cannot be resolved, or there is no network.
    UnknownHost,
    ConnectionFailed,
    TimedOut,
    /// The connection was closed before the response.
    ConnectionClosed,
    /// The connection was closed within the response.
    Truncated,
    /// The TLS handshake failed, for example for an expired certificate.
    Tls(String),
    PrivateAddress,
    Proxy(String),
    /// The response is not valid HTTP.
    InvalidResponse(String),
}

impl FetchError {
    /// True if a later request may succeed.
    pub(super) fn is_transient(&self) -> bool {
        !matches!(self, Self::Tls(_) | Self::PrivateAddress)
    }

    /// True for the reactions of servers that do not implement `HEAD`.
    pub(super) fn may_be_caused_by_head(&self) -> bool {
        matches!(self, Self::ConnectionClosed | Self::Truncated | Self::TimedOut | Self::InvalidResponse(_))
    }
}
