//! What came of asking for an address, in the form in which it is kept.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::ask::Failure;

/// What came of asking for one address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Outcome {
    pub(super) end: End,
    /// Where the redirects ended, if there were any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last: Option<String>,
    /// Every redirect said that it is for ever.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) is_permanent: bool,
    /// The same address with `https`, which answers too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) secure: Option<String>,
    /// What the page says that has nothing to show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) says_nothing: Option<String>,
    /// The fragments that were looked for, and those of them that are not there.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) fragments: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) missing: BTreeSet<String>,
    /// The whole page was asked for, and not only whether it is there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) was_read: bool,
}

/// How asking ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum End {
    /// With a status that is accepted.
    Good(u16),
    /// With another.
    Status(u16),
    Failed(Failure),
    /// An address led back to one before it, or there were too many.
    Loop,
    /// The host does not want robots there.
    Robots,
}

impl Outcome {
    /// Nothing but its end.
    pub(super) fn new(end: End) -> Self {
        Self {
            end,
            last: None,
            is_permanent: false,
            secure: None,
            says_nothing: None,
            fragments: BTreeSet::new(),
            missing: BTreeSet::new(),
            was_read: false,
        }
    }
}
