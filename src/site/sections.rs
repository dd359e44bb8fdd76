//! Folders as sections: their settings, and the list page of a folder without a page.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Assets;
use super::generated::add_generated;
use super::routes::{IndexedFolders, content_path};
use crate::content::section::Section;
use crate::content::{Document, Generated};
use crate::project::FLOW_ENDINGS;
use crate::source::Sources;

/// The settings of folders, by the route of the folder.
#[derive(Debug, Default)]
pub(super) struct Sections<'a> {
    by_route: HashMap<String, &'a Section>,
}

impl<'a> Sections<'a> {
    pub(super) fn new(sections: &'a [Section], sources: &Sources) -> Self {
        let route = |section: &Section| {
            let path = content_path(sources.path(section.file));
            format!("/{}", path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/")))
        };
        Self { by_route: sections.iter().map(|section| (route(section), section)).collect() }
    }

    pub(super) fn find(&self, route: &str) -> Option<&'a Section> {
        self.by_route.get(route).copied()
    }
}

/// Routes that no generated page may take, in lower case: of documents, of `aliases` and of copied pages.
pub(super) fn find_taken(
    documents: &[Document],
    drafts: &[Document],
    sources: &Sources,
    assets: Assets<'_>,
) -> HashSet<String> {
    let indexed = IndexedFolders::of(documents, drafts, sources);
    let mut taken = HashSet::new();
    for document in documents {
        taken.insert(indexed.route_of(content_path(sources.path(document.file()))).to_lowercase());
        let aliases = document.metadata().aliases.iter();
        taken.extend(aliases.map(|alias| format!("/{}/", alias.value.trim_matches('/')).to_lowercase()));
    }
    let copied = assets.content.iter().chain(assets.fixed).filter_map(|asset| asset.path.strip_suffix("index.html"));
    taken.extend(copied.map(|folder| format!("/{folder}").to_lowercase()));
    taken
}

/// Adds a list page for each folder that has published documents and no page. The home page is never generated.
pub(super) fn add_pages(
    documents: &mut Vec<Document>,
    taken: &mut HashSet<String>,
    sections: &Sections<'_>,
    sources: &mut Sources,
) {
    let folders: BTreeSet<String> =
        documents.iter().flat_map(|document| folders_above(content_path(sources.path(document.file())))).collect();
    for folder in folders {
        let route = format!("/{folder}");
        if !taken.insert(route.to_lowercase()) {
            continue;
        }
        let settings = sections.find(&route).map(|section| &section.settings);
        let title = settings.and_then(|settings| settings.title.as_ref()).map(|title| title.value.clone());
        let title = title.unwrap_or_else(|| title_of_folder(&folder));
        let order = settings.and_then(|settings| settings.order.as_ref()).map(|order| order.value);
        add_generated(documents, Generated::Folder, &folder, title, order, sources);
    }
}

/// `a/b/` and `a/` for `a/b/c.md`.
fn folders_above(path: &str) -> Vec<String> {
    path.match_indices('/').map(|(at, _)| path[..=at].to_owned()).collect()
}

/// `perguntas-frequentes/` as a title: `Perguntas frequentes`.
fn title_of_folder(folder: &str) -> String {
    let name = folder.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters.clone()).collect()
}

/// The name by which `children` lists a page, a flow or a folder.
pub(super) fn name_of_child(written: &str) -> &str {
    let written = written.strip_prefix("./").unwrap_or(written).trim_end_matches('/');
    let endings = FLOW_ENDINGS.iter().copied().chain([".md"]);
    endings.into_iter().find_map(|ending| written.strip_suffix(ending)).unwrap_or(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_a_child_as_editors_write_it() {
        for written in ["cadastro", "cadastro.md", "cadastro/", "./cadastro", "cadastro.flow.yaml"] {
            assert_eq!(name_of_child(written), "cadastro");
        }
    }

    #[test]
    fn makes_a_title_of_the_last_folder() {
        assert_eq!(title_of_folder("a/perguntas-frequentes/"), "Perguntas frequentes");
        assert_eq!(title_of_folder("área_técnica/"), "Área técnica");
    }

    #[test]
    fn lists_every_folder_above_a_file() {
        assert_eq!(folders_above("a/b/c.md"), ["a/", "a/b/"]);
        assert!(folders_above("c.md").is_empty());
    }
}
