//! Pages without their space: files in storage format, and answers of the REST API as JSON.

use serde_json::Value;

use super::export::{Attachment, Body, Export, Page, Space};
use crate::error::Result;
use crate::project::archive::Archive;

/// What a page in storage format has one of.
const SIGNS: [&str; 12] = ["<ac:", "<ri:", "<p>", "<p ", "<h1", "<h2", "<h3", "<table", "<ul", "<ol", "<div", "<hr"];

/// True for a file of a page, or a folder with some.
pub(in crate::import::source) fn is_page(archive: &mut Archive) -> bool {
    let names: Vec<String> = archive.names().filter(|name| is_candidate(name)).map(str::to_owned).collect();
    names.iter().any(|name| archive.read(name).is_ok_and(|bytes| !read_file(name, &bytes).is_empty()))
}

/// True for a name of a page at the top of a folder.
fn is_candidate(name: &str) -> bool {
    !name.contains('/') && [".xml", ".json", ".xhtml"].iter().any(|ending| name.to_lowercase().ends_with(ending))
}

/// Reads every page of a folder, or the one of a file. Other files of the folder are attachments of all pages.
pub(super) fn read(archive: &mut Archive) -> Result<Export> {
    let mut export = Export::default();
    let names: Vec<String> = archive.names().filter(|name| !name.contains('/')).map(str::to_owned).collect();
    let (pages, others): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| is_candidate(name));
    for name in pages {
        let bytes = archive.read(&name)?;
        for mut page in read_file(&name, &bytes) {
            if export.pages.iter().any(|other| other.id == page.page.id) {
                page.page.id.clone_from(&name);
            }
            page.page.space = page.space.map(|key| find_space(&mut export, key));
            export.pages.push(page.page);
        }
    }
    for page in &export.pages {
        for name in &others {
            let (page, id) = (page.id.clone(), format!("{}/{name}", page.id));
            export.attachments.push(Attachment { name: name.clone(), page, id, entry: Some(name.clone()) });
        }
    }
    export.skipped.entries.clone_from(&archive.refused);
    Ok(export)
}

fn find_space(export: &mut Export, key: String) -> usize {
    export.spaces.iter().position(|space| space.key == key).unwrap_or_else(|| {
        export.spaces.push(Space { id: key.clone(), key, home: None });
        export.spaces.len() - 1
    })
}

/// A page with the key of its space.
struct PageOfSpace {
    page: Page,
    space: Option<String>,
}

/// The pages of a file; none if it is something else.
fn read_file(name: &str, bytes: &[u8]) -> Vec<PageOfSpace> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{FEFF}');
    if text.trim_start().starts_with(['{', '[']) {
        return serde_json::from_str(text).map(|value: Value| pages_of(&value)).unwrap_or_default();
    }
    let start = text.trim_start();
    let is_storage = start.starts_with('<')
        && SIGNS.iter().any(|sign| text.contains(sign))
        && !["<html", "<!doctype", "<hibernate"].iter().any(|other| start.to_lowercase().starts_with(other))
        && !start.contains("<hibernate-generic");
    if !is_storage {
        return Vec::new();
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let page =
        Page { id: name.to_owned(), title: title_of(stem), body: Body::Storage(text.to_owned()), ..Page::default() };
    vec![PageOfSpace { page, space: None }]
}

/// The title of a page without one: the name of its file.
fn title_of(stem: &str) -> String {
    let words = stem.replace(['-', '_', '+'], " ");
    let mut letters = words.trim().chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The pages of an answer: one page, a list, or `results`.
fn pages_of(value: &Value) -> Vec<PageOfSpace> {
    match value {
        Value::Array(list) => list.iter().flat_map(pages_of).collect(),
        Value::Object(object) if object.contains_key("results") && !object.contains_key("body") => {
            pages_of(&object["results"])
        }
        Value::Object(_) => page_of(value).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn page_of(value: &Value) -> Option<PageOfSpace> {
    let text = value.pointer("/body/storage/value")?.as_str()?;
    let word = |path: &str| match value.pointer(path) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let list = |path: &str| value.pointer(path).and_then(Value::as_array).cloned().unwrap_or_default();
    let named = |entry: &Value| entry.get("name").and_then(Value::as_str).map(str::to_owned);
    let labels = [list("/metadata/labels/results"), list("/labels/results")].concat();
    let parent = list("/ancestors").last().and_then(|last| match last.get("id") {
        Some(Value::String(id)) => Some(id.clone()),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    });
    let page = Page {
        id: word("/id").unwrap_or_default(),
        title: word("/title").unwrap_or_default(),
        parent: parent.or_else(|| word("/parentId")),
        position: word("/extensions/position").or_else(|| word("/position")).and_then(|text| text.parse().ok()),
        is_draft: word("/status").is_some_and(|status| status == "draft"),
        labels: labels.iter().filter_map(named).collect(),
        body: Body::Storage(text.to_owned()),
        ..Page::default()
    };
    Some(PageOfSpace { page, space: word("/space/key") })
}
