//! One request and what comes of it, in the words of this module: whoever asks is an [`Ask`].

use serde::{Deserialize, Serialize};
use url::Url;

/// Something that asks hosts.
pub(super) trait Ask: Sync {
    /// Makes one request; redirects are answers.
    fn ask(&self, request: &Request<'_>) -> Result<Answer, Failure>;
}

/// One request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request<'a> {
    pub(super) url: &'a Url,
    pub(super) method: Method,
    pub(super) wants: Wants,
    /// With the headers that the settings have for this host.
    pub(super) has_headers: bool,
}

/// How it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Head,
    Get,
}

/// What of the answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wants {
    /// Only whether it is there.
    Status,
    /// The text, where it is HTML.
    Page,
    /// The text, whatever it is.
    Text,
}

/// What a host said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) location: Option<String>,
    pub(super) retry_after: Option<String>,
    /// The host's own time.
    pub(super) date: Option<String>,
    /// Where it was wanted.
    pub(super) text: Option<Text>,
}

/// The text of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) text: String,
    /// There was not more of it than is read.
    pub(super) is_whole: bool,
}

/// Why there was no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Failure {
    /// No host has this name, or nobody could be asked whether one has.
    UnknownHost,
    /// Nobody listens there.
    NoConnection,
    TooSlow,
    /// The connection was closed before there was an answer.
    Dropped,
    /// The answer ended before its end.
    Cut,
    /// No safe connection could be made: an old certificate, one of another host.
    Tls(String),
    /// It is an address of a private network.
    Private,
    /// The proxy would not.
    Proxy(String),
    /// This is no HTTP.
    Strange(String),
}

impl Failure {
    /// True where it may be otherwise in a moment.
    pub(super) fn may_pass(&self) -> bool {
        !matches!(self, Self::Tls(_) | Self::Private)
    }

    /// True for what a host does that does not know `HEAD`.
    pub(super) fn may_be_of_head(&self) -> bool {
        matches!(self, Self::Dropped | Self::Cut | Self::TooSlow | Self::Strange(_))
    }
}
