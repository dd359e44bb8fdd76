//! Generated pages without a file: the entries of a folder, and the documents of a tag.

use crate::content::front_matter::FrontMatter;
use crate::content::{Document, Generated, Page};
use crate::project::CONTENT;
use crate::source::{Sources, Span, Spanned};

/// Adds a page without a file, with the route of a folder. Its source is empty, and has the path of the folder.
pub(super) fn add_generated(
    documents: &mut Vec<Document>,
    kind: Generated,
    folder: &str,
    title: String,
    order: Option<f64>,
    sources: &mut Sources,
) {
    let file = sources.add(format!("{CONTENT}/{folder}"), "");
    let title = Spanned { value: title, span: Span::new(file, 0, 0) };
    documents.push(Document::Page(Page::generated(kind, file, FrontMatter::of_generated(title, order))));
}
