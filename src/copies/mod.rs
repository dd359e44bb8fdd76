//! Exact texts of a site: those that readers copy, and the values of `vereda.yaml`.
//!
//! In: a resolved [`Site`](crate::site::Site). Out: [`ExactTexts`], one [`ExactText`] for each text, with every place that uses it.
//! Nothing is listed twice by an editor: texts come from `values`, from `:copy[…]` and from the `copy` of nodes. [`kind`] derives what a
//! text is, such as a macro, from the labels of its copies and the names of its values. The work is linear in the texts of the site and
//! in the transcluded ones. Entry point: [`ExactTexts::of`].

mod collect;
mod kind;

use crate::content::template::Template;
use crate::site::Entry;
use crate::site::flow::NodeId;
use crate::source::{Span, Spanned};

pub(crate) use kind::fold;

/// Every exact text: macros, then those of each label, then other copies, then values that are never copied.
#[derive(Debug, Default)]
pub(crate) struct ExactTexts<'a> {
    pub(crate) texts: Vec<ExactText<'a>>,
}

/// A text that is copied, or a value of `vereda.yaml`.
#[derive(Debug)]
pub(crate) struct ExactText<'a> {
    /// With site values; inputs are names in braces.
    pub(crate) text: String,
    /// The same, as pieces.
    pub(crate) template: Template,
    pub(crate) kind: TextKind,
    /// Names of the values with this text, in the order of `vereda.yaml`.
    pub(crate) values: Vec<&'a Spanned<String>>,
    /// In reading order.
    pub(crate) uses: Vec<TextUse>,
}

/// What a text is, in the order of lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// A macro of the ticket system.
    Macro,
    /// The label of its copies.
    Labelled(String),
    /// A copy without a label.
    Copied,
    /// A value that is not copied by itself.
    Value,
}

/// A place that shows an exact text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct TextUse {
    /// `None` in a record of `vereda.yaml`.
    pub(crate) place: Option<TextPlace>,
    /// The text as written; for a text that is transcluded, the node's id or the address of the transclusion.
    pub(crate) span: Span,
    /// The reader copies the text here.
    pub(crate) is_copied: bool,
    /// The text is part of a transcluded page.
    pub(crate) is_transcluded: bool,
}

/// A page, a flow, or the part of it that a link can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct TextPlace {
    pub(crate) entry: Entry,
    /// Of a flow.
    pub(crate) node: Option<NodeId>,
    /// Of a page: index of the innermost anchor.
    pub(crate) anchor: Option<usize>,
}

impl ExactText<'_> {
    /// True if a reader can copy the text as it stands: no input is part of it.
    pub(crate) fn is_constant(&self) -> bool {
        self.template.placeholders().next().is_none()
    }
}
