//! Parser of source texts: each becomes a [`Document`], one page or one flow.
//!
//! Front matter, Markdown with directives, flow YAML. Every link, anchor and name is still raw and knows its place;
//! nothing is compared with another file here. Entry point: [`parse`].

pub(crate) mod body;
pub(crate) mod condition;
pub(crate) mod flow;
pub(crate) mod flow_node;
pub(crate) mod flow_text;
pub(crate) mod front_matter;
pub(crate) mod markdown;
pub(crate) mod pieces;
pub(crate) mod section;
pub(crate) mod slug;
pub(crate) mod template;

use crate::diagnostic::{Code, Diagnostics, catalogue};
use crate::project::FLOW_ENDINGS;
use crate::source::{FileId, Sources, Span, find_conflict};

use body::Body;
use flow::RawFlow;
use front_matter::{FrontMatter, Metadata};

/// One file of the content.
#[derive(Clone, Debug)]
pub(crate) enum Document {
    Page(Page),
    Flow(RawFlow),
}

/// A Markdown file.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) file: FileId,
    pub(crate) front_matter: FrontMatter,
    pub(crate) body: Body,
    /// What a page without a file shows.
    pub(crate) generated: Option<Generated>,
}

/// A page that no editor wrote: a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Generated {
    /// The entries of a folder without a page.
    Folder,
    /// Every tag.
    Tags,
    /// What has one tag.
    Tag,
}

impl Document {
    /// The file it was read from.
    pub(crate) fn file(&self) -> FileId {
        match self {
            Document::Page(page) => page.file,
            Document::Flow(flow) => flow.file,
        }
    }

    /// Title, owner, review dates and the rest of the metadata.
    pub(crate) fn metadata(&self) -> &Metadata {
        match self {
            Document::Page(page) => &page.front_matter.metadata,
            Document::Flow(flow) => &flow.metadata,
        }
    }
}

/// True for a file or folder whose name begins with `_`: texts to include, which are not published by themselves.
pub(crate) fn is_part(path: &str) -> bool {
    path.split('/').any(|name| name.starts_with('_'))
}

impl Page {
    /// A page without a file. `file` is an empty source, whose path is the folder of the page.
    pub(crate) fn generated(kind: Generated, file: FileId, front_matter: FrontMatter) -> Self {
        Self { file, front_matter, body: Body::default(), generated: Some(kind) }
    }
}

/// Parses one file of the content.
pub(crate) fn parse(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> Document {
    if FLOW_ENDINGS.iter().any(|ending| sources.path(file).ends_with(ending)) {
        return Document::Flow(flow::parse(file, sources, diagnostics));
    }
    let text = sources.text(file);
    if text.trim().is_empty() {
        diagnostics.push(catalogue::page::empty(Span::new(file, 0, 0)));
    }
    let conflict = find_conflict(text);
    let mut consequences = Diagnostics::default();
    let found = if conflict.is_some() { &mut consequences } else { &mut *diagnostics };
    let mut of_front_matter = Diagnostics::default();
    let (front_matter, start) = front_matter::parse(text, file, &mut of_front_matter);
    if is_part(sources.path(file)) {
        // A part has no page that would show its title.
        of_front_matter.retain(|finding| finding.code != Code::FRONT_MATTER_MISSING_KEY);
    }
    found.append(of_front_matter);
    let body = markdown::parse(text, start, file, found);
    if let Some(conflict) = conflict {
        diagnostics.push(catalogue::page::conflict(Span::new(file, conflict.start, conflict.end)));
    }
    Document::Page(Page { file, front_matter, body, generated: None })
}
