//! Confluence: pages in storage format, the JSON of the REST API, and the XML export of a space.
//!
//! 1. `space` or `page_file` reads the source into an [`Export`](export::Export), without what readers cannot see.
//! 2. `library` plans the path of each page and file, and finds what links mean.
//! 3. `reader` and the files beside it read each page into the tree.

mod addresses;
mod blocks;
mod emoticons;
mod export;
mod includes;
mod library;
mod links;
mod lists;
mod macros;
mod page_file;
mod reader;
mod space;
mod tables;

use super::{FileCopy, Imported, PageText, Wanted};
use crate::diagnostic::catalogue::import as texts;
use crate::error::Result;
use crate::import::write::{FrontMatter, write};
use crate::project::archive::Archive;

use export::{Body, Export};
use library::Library;
use reader::read_page;

pub(super) use page_file::is_page;
pub(super) use space::find_entities;

/// Reads pages without their space.
pub(super) fn read_pages(archive: &mut Archive, wanted: &Wanted<'_>) -> Result<Imported> {
    let export = page_file::read(archive)?;
    Ok(import(export, archive, wanted))
}

/// Reads the export of a space.
pub(super) fn read_space(archive: &mut Archive, wanted: &Wanted<'_>) -> Result<Imported> {
    let export = space::read(archive)?;
    Ok(import(export, archive, wanted))
}

fn import(mut export: Export, archive: &mut Archive, wanted: &Wanted<'_>) -> Imported {
    let mut imported = Imported::default();
    export.keep(wanted.pages, &mut imported.report);
    export.report_skipped(&mut imported.report);
    let library = Library::new(&export, archive, wanted, &mut imported.report);
    for index in 0..export.pages.len() {
        let page = &export.pages[index];
        let read = read_page(&library, index);
        read.notes.into_iter().for_each(|note| imported.report.push(note));
        let front_matter = FrontMatter {
            title: page.shown_title(wanted.language),
            order: library.orders[index],
            is_draft: page.is_draft,
            tags: page.labels.clone(),
            aliases: library.aliases_of(index),
            ..FrontMatter::default()
        };
        imported.report.pages += 1;
        imported.report.drafts += usize::from(page.is_draft);
        let text = write(&front_matter, read.blocks);
        imported.pages.push(PageText { path: library.paths[index].clone(), text });
    }
    let used = library.used_files();
    for (index, attachment) in export.attachments.iter().enumerate() {
        match (&attachment.entry, library.files[index].as_ref()) {
            (Some(name), Some(path)) if used.contains(&index) => {
                if !imported.files.iter().any(|file| file.path == *path) {
                    imported.files.push(FileCopy { path: path.clone(), name: name.clone() });
                }
            }
            (Some(_), _) if !used.contains(&index) => {
                imported.report.add("", "attachment/unused", texts::unused_file(&attachment.name));
            }
            _ => {}
        }
    }
    imported.report.files = imported.files.len();
    imported
}

impl Body {
    fn is_empty(&self) -> bool {
        match self {
            Body::None => true,
            Body::Storage(text) | Body::Wiki(text) => text.trim().is_empty(),
        }
    }
}
