//! Routes of files below `content/`, and the lookup of files by route.
//!
//! `content/a/index.md` and a folder `content/a/` without one → `/a/`, `content/a/b.md` and `content/a/b.flow.yaml` → `/a/b/`; other files keep their path.

use std::collections::{HashMap, HashSet};

use super::flow::{FlowId, PageId};
use super::{Assets, Entry};
use crate::content::Document;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::project::{CONTENT, FLOW_ENDINGS};
use crate::source::{FileId, Sources, Span};

/// Every address of the site.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    /// Paths below `content/`, of documents that are published.
    documents: HashMap<String, Entry>,
    /// Paths below `content/`, of drafts and parts. A page can be included.
    drafts: HashMap<String, (FileId, Option<PageId>)>,
    /// Routes, which begin with `/`, of documents.
    entries: HashMap<String, Entry>,
    /// Pages without a file.
    generated: HashSet<Entry>,
    /// Routes of pages by index, then of flows.
    pages: Vec<String>,
    flows: Vec<String>,
    /// Output paths of copied files.
    assets: HashSet<String>,
    /// Paths below `content/` or `static/` of files and folders that are not read.
    refused: Vec<String>,
    /// Old routes with their present entries.
    pub(crate) redirects: Vec<Redirect>,
}

/// An old route that leads to an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Redirect {
    pub(crate) from: String,
    pub(crate) to: Entry,
}

/// A file that a link may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LinkedFile {
    Document(Entry),
    /// A draft or a part, which is not published. A page can be included.
    Draft(FileId, Option<PageId>),
    /// Its output path.
    Asset(String),
    /// It exists and is not read, which was reported.
    Refused,
}

impl Routes {
    /// Gives each document its route. A second document, copied file or alias with the same route is reported.
    pub(crate) fn new(
        documents: &[Document],
        drafts: &[Document],
        sources: &Sources,
        assets: Assets<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut routes = Self::default();
        let mut owners = HashMap::new();
        let indexed = IndexedFolders::of(documents, drafts, sources);
        for document in documents {
            let route = indexed.route_of(content_path(sources.path(document.file())));
            routes.add_document(document, route, sources, &mut owners, diagnostics);
        }
        for draft in drafts {
            let path = content_path(sources.path(draft.file()));
            let page = matches!(draft, Document::Page(_)).then(|| PageId(routes.pages.len()));
            // After the published pages, as in the list of all pages.
            routes.pages.extend(page.map(|_| route_of_path(path)));
            routes.drafts.insert(path.to_owned(), (draft.file(), page));
        }
        routes.add_assets(assets, diagnostics);
        let inside = |path: &str| path.split_once('/').map(|(_, inside)| inside.to_owned());
        routes.refused = assets.refused.iter().filter_map(|file| inside(&file.path)).collect();
        for document in documents {
            routes.add_aliases(document, sources, &mut owners, diagnostics);
        }
        routes
    }

    fn add_document(
        &mut self,
        document: &Document,
        route: String,
        sources: &Sources,
        owners: &mut HashMap<String, FileId>,
        diagnostics: &mut Diagnostics,
    ) {
        let path = content_path(sources.path(document.file()));
        let entry = match document {
            Document::Page(_) => Entry::Page(PageId(self.pages.len())),
            Document::Flow(_) => Entry::Flow(FlowId(self.flows.len())),
        };
        match document {
            Document::Page(_) => self.pages.push(route.clone()),
            Document::Flow(_) => self.flows.push(route.clone()),
        }
        self.documents.insert(path.to_owned(), entry);
        if let Some(folder) = folder_of_readme(path).filter(|folder| route[1..] == **folder) {
            self.documents.insert(folder.to_owned(), entry);
        }
        if matches!(document, Document::Page(page) if page.generated.is_some()) {
            self.generated.insert(entry);
        }
        match owners.insert(route.to_lowercase(), document.file()) {
            None => drop(self.entries.insert(route, entry)),
            Some(first) => {
                let start = Span::new(document.file(), 0, 0);
                let is_same = self.entries.contains_key(&route);
                diagnostics.push(if is_same {
                    catalogue::page::duplicate_route(start, route, sources.path(first))
                } else {
                    catalogue::page::route_differs_in_case(start, route, sources.path(first))
                });
            }
        }
    }

    fn add_assets(&mut self, assets: Assets<'_>, diagnostics: &mut Diagnostics) {
        let mut folded: HashMap<String, &String> = HashMap::new();
        for asset in assets.content.iter().chain(assets.fixed) {
            let is_page = asset
                .path
                .strip_suffix("index.html")
                .is_some_and(|folder| self.entries.contains_key(&format!("/{folder}")));
            if is_page || !self.assets.insert(asset.path.clone()) {
                diagnostics.push(catalogue::asset::collision(None, &asset.path));
            }
            if let Some(other) = folded.insert(asset.path.to_lowercase(), &asset.path).filter(|one| **one != asset.path)
            {
                diagnostics.push(catalogue::asset::differs_in_case(None, other, &asset.path));
            }
        }
    }

    fn add_aliases(
        &mut self,
        document: &Document,
        sources: &Sources,
        owners: &mut HashMap<String, FileId>,
        diagnostics: &mut Diagnostics,
    ) {
        let to = self.documents[content_path(sources.path(document.file()))];
        for alias in &document.metadata().aliases {
            let trimmed = alias.value.trim_matches('/');
            let is_valid = !trimmed.split('/').any(|part| part.is_empty() || part == "." || part == "..");
            if !is_valid || trimmed.contains(['?', '#', '\\']) {
                diagnostics.push(catalogue::front_matter::invalid_alias(alias.span, &alias.value));
                continue;
            }
            let from = format!("/{trimmed}/");
            let page = format!("{trimmed}/index.html");
            if self.assets.contains(&page) {
                diagnostics.push(catalogue::asset::collision(alias.span, page));
                continue;
            }
            match owners.insert(from.to_lowercase(), document.file()) {
                None => self.redirects.push(Redirect { from, to }),
                Some(first) => {
                    diagnostics.push(catalogue::page::duplicate_route(alias.span, from, sources.path(first)));
                }
            }
        }
    }

    /// True for a page without a file.
    pub(crate) fn is_generated(&self, entry: Entry) -> bool {
        self.generated.contains(&entry)
    }

    /// True for the path of a folder, with a final slash, whose page is no `index.md`.
    pub(crate) fn is_folder(&self, path: &str) -> bool {
        self.documents.contains_key(path)
    }

    /// Route of a document by its index.
    pub(crate) fn route_of(&self, entry: Entry) -> &str {
        match entry {
            Entry::Page(id) => &self.pages[id.0],
            Entry::Flow(id) => &self.flows[id.0],
        }
    }

    /// Finds the document of a route. The final slash may be missing.
    pub(crate) fn find_entry(&self, route: &str) -> Option<Entry> {
        let found = self.entries.get(route).copied();
        found.or_else(|| self.entries.get(&format!("{}/", route.trim_end_matches('/'))).copied())
    }

    /// Finds the document that had this route before. The final slash may be missing.
    pub(crate) fn find_redirect(&self, route: &str) -> Option<Entry> {
        let trimmed = route.trim_matches('/');
        self.redirects.iter().find(|redirect| redirect.from.trim_matches('/') == trimmed).map(|redirect| redirect.to)
    }

    /// Finds the file of a path below `content/`, or of an output path.
    pub(crate) fn find_file(&self, path: &str) -> Option<LinkedFile> {
        if let Some(entry) = self.documents.get(path) {
            return Some(LinkedFile::Document(*entry));
        }
        if let Some((file, page)) = self.drafts.get(path) {
            return Some(LinkedFile::Draft(*file, *page));
        }
        if self.assets.contains(path) {
            return Some(LinkedFile::Asset(path.to_owned()));
        }
        self.refused.iter().any(|refused| leads_to(path, refused)).then_some(LinkedFile::Refused)
    }

    /// Paths below `content/` of pages and flows, drafts included.
    pub(crate) fn document_paths(&self) -> impl Iterator<Item = &str> {
        self.documents.keys().chain(self.drafts.keys()).map(String::as_str)
    }

    /// Every path below `content/` that a link may name, for suggestions.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.documents.keys().chain(&self.assets).map(String::as_str)
    }
}

/// The folders with an `index.md` or an index flow, of any state.
pub(super) struct IndexedFolders<'a>(HashSet<&'a str>);

impl<'a> IndexedFolders<'a> {
    pub(super) fn of(documents: &[Document], drafts: &[Document], sources: &'a Sources) -> Self {
        let paths = documents.iter().chain(drafts).map(|document| content_path(sources.path(document.file())));
        let folder = |path: &'a str| {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            (route_of_path(name) == "/" && !name.is_empty()).then_some(folder)
        };
        Self(paths.filter_map(folder).collect())
    }

    /// The route of a document by its path below `content/`. `README.md` is the index of a folder without another.
    pub(super) fn route_of(&self, path: &str) -> String {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        match folder_of_readme(path) {
            Some(readme) if !self.0.contains(folder) => format!("/{readme}"),
            _ => route_of_path(path),
        }
    }
}

/// The index of a folder that has no `index.md`.
const README: &str = "README.md";

/// The folder of a `README.md`, with a final slash; empty at the root.
fn folder_of_readme(path: &str) -> Option<&str> {
    path.strip_suffix(README).filter(|folder| folder.is_empty() || folder.ends_with('/'))
}

/// True for the path or the route of a refused file, and for everything in a refused folder.
fn leads_to(path: &str, refused: &str) -> bool {
    let is_inside = path.strip_prefix(refused).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    is_inside || path.trim_matches('/') == route_of_path(refused).trim_matches('/')
}

/// The path of a source below `content/`.
pub(crate) fn content_path(path: &str) -> &str {
    path.strip_prefix(CONTENT).and_then(|path| path.strip_prefix('/')).unwrap_or(path)
}

/// The route of a document by its path below `content/`.
pub(crate) fn route_of_path(path: &str) -> String {
    let stem =
        FLOW_ENDINGS.iter().chain(&[".md", ".markdown"]).find_map(|ending| path.strip_suffix(ending)).unwrap_or(path);
    match stem.strip_suffix("index") {
        None if stem.ends_with('/') => format!("/{stem}"),
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{stem}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn route_follows_file_path() {
        for (path, route) in [
            ("index.md", "/"),
            ("a/index.md", "/a/"),
            ("a/b.md", "/a/b/"),
            ("a/b.flow.yaml", "/a/b/"),
            ("a/myindex.md", "/a/myindex/"),
            ("a/", "/a/"),
        ] {
            assert_eq!(route_of_path(path), route);
        }
    }
}
