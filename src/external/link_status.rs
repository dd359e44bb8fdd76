//! Status of an external link, in the form in which the cache stores it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::http::FetchError;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LinkStatus {
    pub(super) result: LinkResult,
    /// The target of the last redirect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) final_url: Option<String>,
    /// True if there are redirects and all of them are permanent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) is_permanent: bool,
    /// The same address with `https`, if it works too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) https_url: Option<String>,
    /// The title or heading of a soft 404: an error page with a successful status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) not_found_text: Option<String>,
    /// The fragments that were looked up in the page.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) fragments: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) missing_fragments: BTreeSet<String>,
    /// True if the page was requested, and not only its status.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) has_read_page: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LinkResult {
    /// A status that the settings accept.
    Accepted(u16),
    Rejected(u16),
    Failed(FetchError),
    /// The redirects form a loop, or there are more than the settings allow.
    RedirectLoop,
    DisallowedByRobots,
}

impl LinkStatus {
    pub(super) fn new(result: LinkResult) -> Self {
        Self {
            result,
            final_url: None,
            is_permanent: false,
            https_url: None,
            not_found_text: None,
            fragments: BTreeSet::new(),
            missing_fragments: BTreeSet::new(),
            has_read_page: false,
        }
    }
}
