//! Records of the search: the places of a site that a query can find.

use serde::Serialize;

use super::stem::StemLanguage;
use crate::words::words;

words! {
    /// What a record is.
    pub(crate) enum RecordKind {
        Page "page" "A page, or a flow as a whole.",
        Heading "heading" "A section of a page.",
        Details "details" "A collapsible section.",
        Step "step" "An item of a list with an id, such as a step.",
        Node "node" "A node of a flow.",
        Option "option" "An option of a question.",
        Outcome "outcome" "An outcome of a flow.",
        Copy "copy" "A text to copy: a macro, a title, a path of the catalogue.",
        Value "value" "A value of `vereda.yaml` that a text shows.",
    }
}

/// A place that has the text of a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Place {
    /// What readers see of it.
    pub title: String,
    /// Below the base of the site, percent-encoded: begins with `/`.
    pub url: String,
    /// The id of the place in the page.
    pub anchor: Option<String>,
}

/// A place of the site with its words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Record {
    pub(crate) kind: RecordKind,
    /// The first place of the text.
    pub(crate) place: Place,
    /// The titles of the page and of the sections around it.
    pub(crate) trail: Vec<String>,
    /// The text of this place alone, without the places inside it.
    pub(crate) text: String,
    /// Words that find the record and are not shown: labels, names, tags.
    pub(crate) hints: String,
    /// The exact text to copy; `None` too if it needs typed values.
    pub(crate) copy: Option<String>,
    /// The place whose text this node shows. Of the records of one text, a search shows the best.
    pub(crate) source: Option<(String, Option<String>)>,
    /// Further places of the same text.
    pub(crate) others: Vec<Place>,
    pub(crate) language: StemLanguage,
    /// Ranks below the others.
    pub(crate) is_lower: bool,
}

impl Record {
    /// What records of the same text have in common; `None` for a part of a place.
    pub(crate) fn group(&self) -> Option<(&str, Option<&str>)> {
        let is_part = matches!(self.kind, RecordKind::Copy | RecordKind::Value | RecordKind::Option);
        let own = (self.place.url.as_str(), self.place.anchor.as_deref());
        let source = self.source.as_ref().map(|(url, anchor)| (url.as_str(), anchor.as_deref()));
        (!is_part).then(|| source.unwrap_or(own))
    }
}
