//! Targets of resolved links, and bodies with their targets.

use std::ops::Range;

use super::ids::{Entry, PageId};
use crate::content::body::Body;
use crate::content::template::Template;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Target {
    /// A page or flow of this site, and an anchor of it.
    Entry {
        entry: Entry,
        anchor: Option<String>,
        /// The text that the browser highlights, as written: `text=…` of `#:~:text=…`.
        directive: Option<String>,
    },
    /// A copied file, by its output path, with query and fragment.
    Asset { path: String, suffix: String },
    /// Another site, a telephone number or an e-mail, as written.
    External(Template),
    /// The text of a page, shown in place.
    Text(Transclusion),
    /// A link that could not be resolved, which was reported.
    Broken,
}

/// The part of a page that another page or a node shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Transclusion {
    pub(crate) page: PageId,
    /// `None` is the whole page.
    pub(crate) anchor: Option<String>,
    /// Of the page's HTML.
    pub(crate) content: Range<usize>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ResolvedBody {
    pub(crate) body: Body,
    /// One item for each hole; `None` for a hole without a link.
    pub(crate) targets: Vec<Option<Target>>,
}
