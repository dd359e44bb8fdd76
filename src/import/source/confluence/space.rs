//! `entities.xml` of a space export, streamed: objects → [`Export`].
//!
//! A third of the `Page` objects of public exports are old versions, drafts or deleted pages. Only bodies of pages that are
//! imported are held in memory.

use std::collections::{HashMap, HashSet};
use std::io::{BufReader, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::export::{Attachment, Body, Export, Page, Space};
use crate::error::Result;
use crate::project::archive::Archive;

/// Name of the objects of an export.
const ENTITIES: &str = "entities.xml";

/// Most bytes of all bodies in memory.
const MOST_BODIES: usize = 2 << 30;

/// Finds the objects of an export, in its root or in one folder.
pub(in crate::import::source) fn find_entities(archive: &Archive) -> Option<String> {
    let is_entities = |name: &&str| {
        *name == ENTITIES || name.strip_suffix(ENTITIES).is_some_and(|folder| folder.matches('/').count() == 1)
    };
    archive.names().filter(is_entities).min_by_key(|name| name.len()).map(str::to_owned)
}

/// Reads the export of a space.
pub(super) fn read(archive: &mut Archive) -> Result<Export> {
    let name = find_entities(archive).unwrap_or_else(|| ENTITIES.to_owned());
    let mut objects = Objects::default();
    archive.read_stream(&name, |reader| {
        objects.cause = read_objects(reader, &mut |object| objects.found.add(object)).err();
        Ok(())
    })?;
    let folder = name.strip_suffix(ENTITIES).unwrap_or_default().to_owned();
    let mut export = objects.found.into_export(archive, &folder);
    export.skipped.cause = objects.cause;
    export.skipped.entries.clone_from(&archive.refused);
    Ok(export)
}

#[derive(Default)]
struct Objects {
    found: Found,
    cause: Option<String>,
}

/// An object with its texts, and the ids of other objects that it names.
#[derive(Default)]
struct Object {
    class: String,
    id: String,
    texts: HashMap<String, String>,
    references: HashMap<String, String>,
}

impl Object {
    fn take(&mut self, name: &str) -> String {
        self.texts.remove(name).unwrap_or_default()
    }

    fn refer(&mut self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.references.remove(*name)).filter(|id| !id.is_empty())
    }

    fn status(&self) -> &str {
        self.texts.get("contentStatus").map_or("current", |status| status.trim())
    }

    /// True for an old version of something.
    fn is_old(&self) -> bool {
        let has = |map: &HashMap<String, String>, name| map.get(name).is_some_and(|value| !value.trim().is_empty());
        has(&self.references, "originalVersion") || has(&self.texts, "originalVersionId")
    }
}

/// Reads objects one by one. The error is the cause why the rest cannot be read.
fn read_objects(reader: &mut dyn Read, add: &mut dyn FnMut(Object)) -> Result<(), String> {
    let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, reader));
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_dangling_amp = true;
    let (mut buffer, mut state) = (Vec::new(), State::default());
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|error| error.to_string())?;
        match event {
            Event::Eof => return Ok(()),
            Event::Start(start) => state.open(&start, false),
            Event::Empty(start) => state.open(&start, true),
            Event::End(end) => {
                if let Some(object) = state.close(end.name().as_ref()) {
                    add(object);
                }
            }
            Event::Text(text) => state.text(&text),
            Event::CData(text) => state.text(&text),
            Event::GeneralRef(reference) => {
                if let Ok(Some(c)) = reference.resolve_char_ref() {
                    state.text(c.encode_utf8(&mut [0; 4]));
                } else if let Some(text) = quick_xml::escape::resolve_html5_entity(&reference) {
                    state.text(text);
                }
            }
            _ => {}
        }
    }
}

/// The number of objects of any bytes.
#[cfg(any(test, fuzzing))]
pub(super) fn count_objects(bytes: &mut dyn Read) -> usize {
    let (mut found, mut count) = (Found::default(), 0);
    let _ = read_objects(bytes, &mut |object| {
        count += 1;
        found.add(object);
    });
    found.into_export(&Archive::empty(), "");
    count
}

/// The object that is being read.
#[derive(Default)]
struct State {
    object: Option<Object>,
    /// The open property, and its text.
    property: Option<(String, String)>,
    /// The text of an open `<id>`.
    id: Option<String>,
    collections: usize,
}

impl State {
    fn open(&mut self, start: &BytesStart<'_>, is_empty: bool) {
        let attribute = |name: &str| {
            let found = start.try_get_attribute(name).ok().flatten();
            found.map(|attribute| attribute.value.into_owned()).unwrap_or_default()
        };
        match start.name().as_ref() {
            "object" if !is_empty => {
                *self =
                    Self { object: Some(Object { class: attribute("class"), ..Object::default() }), ..Self::default() };
            }
            "collection" if !is_empty => self.collections += 1,
            "property" if !is_empty && self.collections == 0 => {
                self.property = Some((attribute("name"), String::new()));
            }
            "id" if !is_empty => self.id = Some(String::new()),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(id) = &mut self.id {
            id.push_str(text);
        } else if let Some((_, value)) = &mut self.property {
            value.push_str(text);
        }
    }

    fn close(&mut self, name: &str) -> Option<Object> {
        match name {
            "object" => return self.object.take(),
            "collection" => self.collections = self.collections.saturating_sub(1),
            "id" => self.end_id(),
            "property" => {
                if let (Some((name, value)), Some(object)) = (self.property.take(), &mut self.object) {
                    object.texts.insert(name, value);
                }
            }
            _ => {}
        }
        None
    }

    fn end_id(&mut self) {
        let (Some(id), Some(object)) = (self.id.take(), &mut self.object) else { return };
        let id = id.trim().to_owned();
        if self.collections > 0 {
            return;
        }
        match &self.property {
            Some((name, _)) => drop(object.references.insert(name.clone(), id)),
            None => object.id = id,
        }
    }
}

/// The objects that matter, before they are put together.
#[derive(Default)]
struct Found {
    export: Export,
    /// The space of each page, by id.
    spaces_of: Vec<Option<String>>,
    bodies: HashMap<String, Body>,
    bytes: usize,
    /// Pages that are not imported, by id.
    skipped: HashSet<String>,
    attachments: Vec<(Attachment, u64)>,
    labels: HashMap<String, String>,
    /// Label and content.
    labellings: Vec<(String, String)>,
}

impl Found {
    fn add(&mut self, mut object: Object) {
        match object.class.as_str() {
            "Space" => self.add_space(object),
            "Page" | "BlogPost" => self.add_page(object),
            "BodyContent" => self.add_body(object),
            "Attachment" => self.add_attachment(object),
            "Comment" => self.export.skipped.comments += 1,
            "Label" => {
                let namespace = object.take("namespace");
                if namespace.trim() == "global" || namespace.trim().is_empty() {
                    self.labels.insert(object.id.clone(), object.take("name").trim().to_owned());
                }
            }
            "Labelling" => {
                let content = object.refer(&["content", "labelableContent"]);
                self.labellings.extend(object.refer(&["label"]).zip(content));
            }
            "ConfluenceUserImpl" => {
                let name = object.take("name").trim().to_owned();
                if !name.is_empty() {
                    self.export.users.insert(object.id, name);
                }
            }
            _ => {}
        }
    }

    fn add_space(&mut self, mut object: Object) {
        let key = object.take("key").trim().to_owned();
        let home = object.refer(&["homePage"]);
        self.export.spaces.push(Space { id: object.id, key, home });
    }

    fn add_page(&mut self, mut object: Object) {
        let title = object.take("title");
        let is_blog = object.class == "BlogPost";
        let is_old = object.is_old();
        let status = object.status().to_owned();
        let is_kept = !is_old && matches!(status.as_str(), "current" | "draft" | "");
        if !is_kept {
            self.skipped.insert(object.id.clone());
            self.bodies.remove(&object.id);
            match status.as_str() {
                _ if is_old && status == "draft" => self.export.skipped.drafts_of.push(title),
                _ if is_old => self.export.skipped.versions += 1,
                "archived" => self.export.skipped.archived.push(title),
                _ => self.export.skipped.deleted.push(title),
            }
            return;
        }
        self.spaces_of.push(object.refer(&["space"]));
        let day = object.take("creationDate");
        self.export.pages.push(Page {
            title,
            parent: object.refer(&["parent"]),
            position: object.take("position").trim().parse().ok(),
            posted: is_blog.then(|| day.trim().chars().take("2024-05-03".len()).collect()),
            is_draft: status == "draft",
            id: object.id,
            ..Page::default()
        });
    }

    fn add_body(&mut self, mut object: Object) {
        let Some(page) = object.refer(&["content"]).filter(|page| !self.skipped.contains(page)) else { return };
        // The export ends a CDATA section inside another one with a blank.
        let text = object.take("body").replace("]] >", "]]>");
        self.bytes += text.len();
        if self.bytes > MOST_BODIES {
            self.export.skipped.cause = Some(format!("{MOST_BODIES} bytes"));
            return;
        }
        let kind = object.take("bodyType");
        let is_storage = kind.trim() == "2" || kind.trim().is_empty() && text.contains("</");
        self.bodies.insert(page, if is_storage { Body::Storage(text) } else { Body::Wiki(text) });
    }

    fn add_attachment(&mut self, mut object: Object) {
        if object.is_old() || object.status() != "current" {
            self.export.skipped.attachment_versions += 1;
            return;
        }
        let titles = [object.take("title"), object.take("fileName")];
        let name = titles.into_iter().find(|title| !title.trim().is_empty()).unwrap_or_default();
        let versions = [object.take("version"), object.take("attachmentVersion")];
        let version = versions.iter().find_map(|version| version.trim().parse().ok()).unwrap_or(1);
        if let Some(page) = object.refer(&["containerContent", "content"]) {
            let attachment = Attachment { name: name.trim().to_owned(), page, id: object.id, entry: None };
            self.attachments.push((attachment, version));
        }
    }

    fn into_export(mut self, archive: &Archive, folder: &str) -> Export {
        let spaces = &self.export.spaces;
        for (page, space) in self.export.pages.iter_mut().zip(self.spaces_of) {
            page.space = space.and_then(|id| spaces.iter().position(|space| space.id == id));
            page.body = self.bodies.remove(&page.id).unwrap_or_default();
        }
        let positions: HashMap<String, usize> =
            self.export.pages.iter().enumerate().map(|(index, page)| (page.id.clone(), index)).collect();
        for (label, content) in self.labellings {
            let label = self.labels.get(&label).cloned();
            let page = positions.get(&content).map(|index| &mut self.export.pages[*index]);
            if let (Some(label), Some(page)) = (label, page) {
                page.labels.push(label);
            }
        }
        for page in &mut self.export.pages {
            page.labels.sort();
            page.labels.dedup();
        }
        for (mut attachment, version) in self.attachments {
            if positions.contains_key(&attachment.page) {
                let path = format!("{folder}attachments/{}/{}", attachment.page, attachment.id);
                let names = [format!("{path}/{version}"), format!("{path}/{version}.dat"), path];
                attachment.entry = names.into_iter().find(|name| archive.has(name));
                self.export.attachments.push(attachment);
            }
        }
        self.export
    }
}
