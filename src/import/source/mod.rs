//! Sources of an import, one folder or file for each kind: files → pages as Markdown, with a report.
//!
//! [`Kind::of`] recognises a kind by content. A source plans the paths of its pages, reads each page into the tree, and
//! writes it. Entry point: [`read`].

pub(crate) mod confluence;
mod docx;
mod html;
mod markdown;
pub(crate) mod xml;
mod zendesk;

use std::path::Path;

use crate::error::Result;
use crate::project::archive::Archive;
use crate::words::words;

use super::report::Report;

words! {
    /// A kind of source.
    pub enum Kind {
        ConfluencePage "confluence-page" "pages of Confluence: storage format, or the JSON of the REST API",
        ConfluenceSpace "confluence-space" "a space of Confluence, exported as XML",
        ConfluenceHtml "confluence-html" "a space of Confluence, exported as HTML",
        ZendeskArticles "zendesk-articles" "articles of Zendesk Guide: the JSON of the API",
        Docx "docx" "a document of Word",
        Mkdocs "mkdocs" "a tree of MkDocs: `mkdocs.yml` and its pages",
        Docusaurus "docusaurus" "a tree of Docusaurus: pages in Markdown or MDX",
        Vitepress "vitepress" "a tree of VitePress",
        Hugo "hugo" "a tree of Hugo: `content` and its pages",
        Mdbook "mdbook" "a book of mdBook: `SUMMARY.md` and its pages",
        Markdown "markdown" "a file or a folder of Markdown",
    }
}

/// What a source is read into. Paths are below the folder of the import.
#[derive(Debug, Default)]
pub(crate) struct Imported {
    pub(crate) pages: Vec<PageText>,
    pub(crate) files: Vec<FileCopy>,
    pub(crate) report: Report,
}

/// A page as it is written.
#[derive(Debug)]
pub(crate) struct PageText {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A file of the source that is copied.
#[derive(Debug)]
pub(crate) struct FileCopy {
    pub(crate) path: String,
    /// Its name in the archive.
    pub(crate) name: String,
}

/// What the caller wants of a source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted<'a> {
    /// The folder of the import below the site's root, for the report.
    pub(crate) folder: &'a str,
    /// Titles or ids of pages; all if it is empty.
    pub(crate) pages: &'a [String],
    /// The old address of the source, without a slash at its end.
    pub(crate) base: Option<&'a str>,
    /// The folder of included files that are not in the source.
    pub(crate) include_root: Option<&'a Path>,
    pub(crate) language: crate::diagnostic::Language,
}

impl Kind {
    /// Recognises the kind of a source.
    pub(crate) fn of(archive: &mut Archive) -> Option<Self> {
        if confluence::find_entities(archive).is_some() {
            return Some(Self::ConfluenceSpace);
        }
        if confluence::is_space(archive) {
            return Some(Self::ConfluenceHtml);
        }
        if zendesk::is_articles(archive) {
            return Some(Self::ZendeskArticles);
        }
        if confluence::is_page(archive) {
            return Some(Self::ConfluencePage);
        }
        if docx::is_document(archive) {
            return Some(Self::Docx);
        }
        markdown::kind_of(archive)
    }
}

/// Reads a source of a known kind.
pub(crate) fn read(kind: Kind, archive: &mut Archive, wanted: &Wanted<'_>) -> Result<Imported> {
    match kind {
        Kind::ConfluencePage => confluence::read_pages(archive, wanted),
        Kind::ConfluenceSpace => confluence::read_space(archive, wanted),
        Kind::ConfluenceHtml => confluence::read_space_html(archive, wanted),
        Kind::ZendeskArticles => Ok(confluence::import(zendesk::read(archive), archive, wanted)),
        Kind::Docx => docx::read(archive, wanted),
        Kind::Mkdocs | Kind::Docusaurus | Kind::Vitepress | Kind::Hugo | Kind::Mdbook | Kind::Markdown => {
            markdown::read(kind, archive, wanted)
        }
    }
}
