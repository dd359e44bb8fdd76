//! Headers for certain hosts, with secrets from the environment: `Authorization: 'Bearer ${VEREDA_HEADER_WIKI}'`.
//!
//! Who can change `vereda.yaml`, for example by a pull request, must not read the secrets of CI. A variable is therefore
//! read only if its name begins with [`SECRET_PREFIX`] and the command line allows it, and it is sent only to the origin that the
//! command line names: scheme, host and port.

use std::str::FromStr;

use url::{Origin, Url};

use super::address::host_of;
use crate::config::{ExternalSettings, SECRET_PREFIX, Wildcard, variables_of};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::source::Spanned;

/// A variable of the environment with an origin that may get it: `NAME=ORIGIN`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowedHeader {
    variable: String,
    origin: Origin,
}

impl FromStr for AllowedHeader {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refuse = || format!("{SECRET_PREFIX}NAME=https://example.org is expected");
        let (variable, origin) = text.split_once('=').ok_or_else(refuse)?;
        let url: Url = origin.parse().map_err(|_| refuse())?;
        let is_bare =
            url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        let is_web = matches!(url.scheme(), "http" | "https") && url.password().is_none();
        let is_named = variable.strip_prefix(SECRET_PREFIX).is_some_and(|rest| !rest.is_empty());
        let allowed = Self { variable: variable.to_owned(), origin: url.origin() };
        (is_bare && is_web && is_named).then_some(allowed).ok_or_else(refuse)
    }
}

/// A header with its value. It holds a secret, so it has no `Debug`.
struct HostHeader {
    host: Wildcard,
    name: String,
    value: String,
    /// The only origins that get it; `None` for a value without variables.
    origins: Option<Vec<Origin>>,
}

/// Headers by host pattern.
#[derive(Default)]
pub(super) struct HostHeaders {
    headers: Vec<HostHeader>,
}

impl HostHeaders {
    /// Replaces variables by their values. A header with a variable that is unset or not allowed is reported and left out.
    pub(super) fn read(
        settings: &ExternalSettings,
        allowed: &[AllowedHeader],
        lookup: &dyn Fn(&str) -> Option<String>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut headers = Vec::new();
        for host in &settings.headers {
            for header in &host.value {
                if let Some((value, origins)) = fill(&header.value, allowed, lookup, diagnostics) {
                    let (host, name) = (Wildcard::new(&host.name.value), header.name.value.clone());
                    headers.push(HostHeader { host, name, value, origins });
                }
            }
        }
        Self { headers }
    }

    /// The headers that a request of this URL has.
    pub(super) fn of(&self, url: &Url) -> impl Iterator<Item = (&str, &str)> {
        let origin = url.origin();
        let is_for = move |header: &&HostHeader| {
            let is_allowed = header.origins.as_ref().is_none_or(|origins| origins.contains(&origin));
            is_allowed && header.host.matches(host_of(url))
        };
        self.headers.iter().filter(is_for).map(|header| (header.name.as_str(), header.value.as_str()))
    }
}

/// The value of a header, and the origins that all its variables have in common.
fn fill(
    written: &Spanned<String>,
    allowed: &[AllowedHeader],
    lookup: &dyn Fn(&str) -> Option<String>,
    diagnostics: &mut Diagnostics,
) -> Option<(String, Option<Vec<Origin>>)> {
    let (mut value, mut origins, mut is_whole) = (written.value.clone(), None::<Vec<Origin>>, true);
    for variable in variables_of(&written.value) {
        let of_variable: Vec<_> = allowed.iter().filter(|one| one.variable == variable).collect();
        let secret = lookup(variable).filter(|_| !of_variable.is_empty()).filter(|secret| !secret.is_empty());
        match secret {
            Some(secret) => value = value.replace(&format!("${{{variable}}}"), &secret),
            None if of_variable.is_empty() => {
                diagnostics.push(catalogue::external::forbidden_variable(written.span, variable));
                is_whole = false;
            }
            None => {
                diagnostics.push(catalogue::external::missing_variable(written.span, variable));
                is_whole = false;
            }
        }
        let is_common = |origin: &Origin| origins.as_ref().is_none_or(|known| known.contains(origin));
        origins = Some(of_variable.into_iter().map(|one| one.origin.clone()).filter(is_common).collect());
    }
    // A line break would start another header.
    is_whole.then(|| (value.replace(['\r', '\n'], ""), origins))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_variable_and_an_origin() {
        let read = |text: &str| text.parse::<AllowedHeader>().ok();
        let found = read("VEREDA_HEADER_WIKI=https://Wiki.example.org:443/").unwrap();
        assert_eq!(
            (found.variable.as_str(), found.origin.ascii_serialization()),
            ("VEREDA_HEADER_WIKI", "https://wiki.example.org".into())
        );
        for wrong in [
            "VEREDA_HEADER_WIKI",
            "VEREDA_HEADER_=https://x.org",
            "GITHUB_TOKEN=https://x.org",
            "VEREDA_HEADER_A=x.org",
            "VEREDA_HEADER_A=https://x.org/a",
            "VEREDA_HEADER_A=https://u@x.org",
            "VEREDA_HEADER_A=ftp://x.org",
            "VEREDA_HEADER_A=*",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
