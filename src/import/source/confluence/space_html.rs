//! The HTML export of a space: `index.html` with the tree of pages, one file a page, and attachments by id.

use std::collections::HashMap;

use super::export::{Attachment, Body, Export, Page};
use super::markup::{Links, find_element, has_class, line_of};
use crate::error::Result;
use crate::import::source::html;
use crate::import::source::xml::{Element, Node, visit};
use crate::project::archive::Archive;
use crate::url::{Parts, decode};

const INDEX: &str = "index.html";

/// True for a folder with the index and the pages of a space.
pub(in crate::import::source) fn is_space(archive: &mut Archive) -> bool {
    let Some(index) = find_index(archive) else { return false };
    archive.read(&index).is_ok_and(|bytes| {
        let text = String::from_utf8_lossy(&bytes);
        text.contains("id=\"main-content\"") && text.contains("id=\"title-text\"")
    })
}

/// The name of the index, which may be in the folder of the space.
fn find_index(archive: &Archive) -> Option<String> {
    let names = archive.names().filter(|name| name.rsplit('/').next() == Some(INDEX));
    names.min_by_key(|name| name.matches('/').count()).map(str::to_owned)
}

/// Reads the export.
pub(super) fn read(archive: &mut Archive) -> Result<Export> {
    let index = find_index(archive).unwrap_or_default();
    let folder = index.strip_suffix(INDEX).unwrap_or_default().to_owned();
    let read = |archive: &mut Archive, name: &str| {
        archive.read(name).map(|bytes| html::parse(&String::from_utf8_lossy(&bytes)))
    };
    let contents = read(archive, &index)?;
    let places = places_of(&contents);
    let prefix = space_name(&contents).map(|name| format!("{name} : ")).unwrap_or_default();
    let mut export = Export::default();
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    let mut bodies = Vec::new();
    for name in names.iter().filter(|name| name.ends_with(".html") && **name != index) {
        let file = name.strip_prefix(&folder).unwrap_or(name);
        let Some(id) = id_of(file).filter(|_| !file.contains('/')) else { continue };
        let page = read(archive, name)?;
        let Some(main) = find_id(&page, "main-content") else { continue };
        let title = find_id(&page, "title-text").map(|title| line_of(&title.children)).unwrap_or_default();
        let title = title.strip_prefix(&prefix).unwrap_or(&title).to_owned();
        let place = places.get(&id);
        export.pages.push(Page {
            parent: place.and_then(|place| place.parent.clone()),
            position: place.map(|place| place.position),
            title,
            id,
            ..Page::default()
        });
        bodies.push(main.children.clone());
        add_attachment_names(&page, &mut export);
    }
    add_attachments(&names, &folder, &mut export);
    for (index, body) in bodies.into_iter().enumerate() {
        let file_of = |address: &str| name_of_file(address, &export);
        let links = Links { export: &export, page_of: &page_of, file_of: &file_of };
        let nodes = links.to_storage(&body);
        export.pages[index].body = Body::Elements(nodes);
    }
    export.skipped.entries.clone_from(&archive.refused);
    Ok(export)
}

/// The place of a page in the tree of the index.
struct Place {
    parent: Option<String>,
    position: i64,
}

/// The places of the pages in the nested lists of the index.
fn places_of(index: &[Node]) -> HashMap<String, Place> {
    let mut places = HashMap::new();
    let mut lists = Vec::new();
    visit(index, &mut |element| {
        if element.name == "ul" {
            lists.push(element.clone());
        }
    });
    // An outer list comes first, and has the pages of its inner lists with their parents.
    for list in &lists {
        add_places(list, None, &mut places);
    }
    places
}

fn add_places(list: &Element, parent: Option<&str>, places: &mut HashMap<String, Place>) {
    for item in list.elements().filter(|item| item.name == "li") {
        let id = item.child("a").and_then(|link| id_of(link.find("href").unwrap_or_default()));
        if let Some(id) = &id {
            let position = i64::try_from(places.len()).unwrap_or(i64::MAX);
            places.entry(id.clone()).or_insert(Place { parent: parent.map(str::to_owned), position });
        }
        for inner in item.elements().filter(|inner| inner.name == "ul") {
            add_places(inner, id.as_deref().or(parent), places);
        }
    }
}

/// The name in `KEY (Name)`, the title of the index.
fn space_name(index: &[Node]) -> Option<String> {
    let title = find_element(index, &|element| element.name == "title")?.text();
    title.trim().strip_suffix(')')?.split_once(" (").map(|(_, name)| name.to_owned())
}

fn find_id<'n>(nodes: &'n [Node], id: &str) -> Option<&'n Element> {
    find_element(nodes, &|element| element.find("id") == Some(id))
}

/// The id in the name of a file: `Title_100002.html`, `100002.html`.
fn id_of(file: &str) -> Option<String> {
    let stem = Parts::of(file).path.strip_suffix(".html")?;
    let id = stem.rsplit(['_', '/']).next()?;
    (!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())).then(|| id.to_owned())
}

/// The id of the page of this export that an address leads to.
fn page_of(address: &str) -> Option<String> {
    id_of(address).filter(|_| !address.contains("://") && !address.starts_with('/'))
}

/// The page and the id in an address of an attachment: `attachments/100002/100010.png`.
fn parts_of_file(address: &str) -> Option<(String, String)> {
    let path = Parts::of(address).path;
    let (page, file) = path.strip_prefix("attachments/")?.split_once('/')?;
    let id = file.split('.').next()?;
    Some((page.to_owned(), id.to_owned()))
}

fn name_of_file(address: &str, export: &Export) -> Option<String> {
    let (page, id) = parts_of_file(address)?;
    let found = export.attachments.iter().find(|file| file.page == page && file.id == id);
    Some(found.map_or_else(|| decode(address), |file| file.name.clone()))
}

/// Adds the attachments that a page lists below its text, with their names.
fn add_attachment_names(page: &[Node], export: &mut Export) {
    let add = |link: &Element, export: &mut Export| {
        let Some((page, id)) = parts_of_file(link.find("href").unwrap_or_default()) else { return };
        if !export.attachments.iter().any(|file| file.page == page && file.id == id) {
            export.attachments.push(Attachment { name: link.text().trim().to_owned(), page, id, entry: None });
        }
    };
    if let Some(list) = find_element(page, &|element| has_class(element, "greybox")) {
        list.elements().filter(|child| child.name == "a").for_each(|link| add(link, export));
    }
}

/// Finds the file of each attachment, and adds those that no page lists.
fn add_attachments(names: &[String], folder: &str, export: &mut Export) {
    for name in names {
        let Some((page, id)) = name.strip_prefix(folder).and_then(parts_of_file) else { continue };
        if let Some(file) = export.attachments.iter_mut().find(|file| file.page == page && file.id == id) {
            file.entry = Some(name.clone());
        } else {
            let shown = name.rsplit('/').next().unwrap_or_default().to_owned();
            export.attachments.push(Attachment { name: shown, page, id, entry: Some(name.clone()) });
        }
    }
}
