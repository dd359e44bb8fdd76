//! Trees of Markdown of other generators: a line-based rewrite of what differs from our dialect.
//!
//! The text is not read into the tree of blocks, because a writer would change what is the same in both dialects.
//! `plan` finds the pages with their order, `front` reads front matter, `lines` rewrites blocks, and `inline` the text of a
//! line with its links.

mod code;
mod elements;
mod front;
mod inline;
mod lines;
mod plan;
mod titles;

use std::collections::HashSet;

use super::{FileCopy, Imported, Kind, PageText, Wanted};
use crate::diagnostic::Text;
use crate::diagnostic::catalogue::import as texts;
use crate::error::Result;
use crate::import::report::{Level, Note};
use crate::import::write::{write_text, yaml_text};
use crate::project::archive::Archive;

use inline::Inlines;
use lines::Lines;
use plan::{Page, Plan};

/// A generator whose Markdown is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Plain,
    Mkdocs,
    Docusaurus,
    Vitepress,
    Hugo,
    Mdbook,
}

impl Dialect {
    /// True if names of elements with a capital letter are components.
    fn has_components(self) -> bool {
        matches!(self, Self::Docusaurus | Self::Vitepress)
    }

    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Mkdocs => Self::Mkdocs,
            Kind::Docusaurus => Self::Docusaurus,
            Kind::Vitepress => Self::Vitepress,
            Kind::Hugo => Self::Hugo,
            Kind::Mdbook => Self::Mdbook,
            _ => Self::Plain,
        }
    }
}

/// Something to report about a page.
#[derive(Clone, Debug)]
pub(super) struct Remark {
    code: &'static str,
    level: Level,
    text: Text,
}

/// Is a file a sign of a generator?
type Test = fn(&str) -> bool;

/// Recognises a tree by the files of its generator.
pub(super) fn kind_of(archive: &Archive) -> Option<Kind> {
    let names: Vec<&str> = archive.names().collect();
    let has = |test: Test| names.iter().any(|name| test(name));
    if !has(plan::is_page) {
        return None;
    }
    let kinds: [(Kind, Test); 5] = [
        (Kind::Mkdocs, |name| matches!(name, "mkdocs.yml" | "mkdocs.yaml")),
        (Kind::Mdbook, |name| matches!(name, "book.toml" | "SUMMARY.md" | "src/SUMMARY.md")),
        (Kind::Vitepress, |name| name.contains(".vitepress/config") && !name.contains("node_modules/")),
        (Kind::Docusaurus, |name| {
            let file = name.rsplit('/').next().unwrap_or(name);
            name.starts_with("docusaurus.config.") || file.starts_with("_category_.")
        }),
        (Kind::Hugo, |name| {
            let is_config = matches!(name, "hugo.toml" | "hugo.yaml" | "hugo.json" | "config/_default/hugo.toml");
            is_config || (name.starts_with("content/") && name.ends_with("/_index.md"))
        }),
    ];
    let known = kinds.into_iter().find(|(_, test)| has(*test)).map(|(kind, _)| kind);
    Some(known.unwrap_or(Kind::Markdown))
}

/// Reads a tree.
pub(super) fn read(kind: Kind, archive: &mut Archive, wanted: &Wanted<'_>) -> Result<Imported> {
    let dialect = Dialect::of(kind);
    let mut plan = Plan::of(dialect, archive, wanted)?;
    let mut outside = wanted.include_root.map(Archive::open).transpose()?;
    for page in &mut plan.pages {
        rewrite_blocks(page, dialect, archive, outside.as_mut(), &plan.root, wanted);
    }
    plan.find_anchors();
    let mut imported = Imported::default();
    let mut copied = HashSet::new();
    for page in plan.pages.iter().filter(|page| plan.is_wanted(page, wanted)) {
        let mut inlines = Inlines::new(page, &plan, archive, dialect, wanted);
        let body = inlines.rewrite(&page.body);
        let remarks = [page.remarks.as_slice(), &inlines.remarks].concat();
        for (path, name) in inlines.files {
            if copied.insert(path.clone()) {
                imported.files.push(FileCopy { path, name });
            }
        }
        let shown = format!("{}/{}", wanted.folder, page.path);
        let notes = remarks.into_iter().map(|remark| Note {
            page: shown.clone(),
            place: String::new(),
            code: remark.code,
            level: remark.level,
            text: remark.text,
            count: 1,
        });
        notes.for_each(|note| imported.report.push(note));
        imported.report.drafts += usize::from(page.front.is_draft);
        imported.pages.push(PageText { path: page.path.clone(), text: write_text(&page.front, &body) });
    }
    for name in &archive.refused {
        imported.report.add("", "archive/refused", texts::refused_entry(name));
    }
    imported.report.pages = imported.pages.len();
    imported.report.files = imported.files.len();
    for (folder, section) in &plan.sections {
        let order = section.order.map(|order| format!("order: {order}\n")).unwrap_or_default();
        let title = section.title.as_ref().map(|title| format!("title: {}\n", yaml_text(title))).unwrap_or_default();
        imported.pages.push(PageText { path: format!("{folder}_section.yaml"), text: title + &order });
    }
    Ok(imported)
}

fn rewrite_blocks(
    page: &mut Page,
    dialect: Dialect,
    archive: &mut Archive,
    outside: Option<&mut Archive>,
    root: &str,
    wanted: &Wanted<'_>,
) {
    let folder = crate::url::folder_of(&page.name).to_owned();
    let mut outside = outside;
    let mut read_include = |path: &str| read_include(path, &folder, root, archive, outside.as_deref_mut());
    let mut lines = Lines {
        dialect,
        language: wanted.language,
        read_include: &mut read_include,
        remarks: Vec::new(),
        ids: HashSet::new(),
        depth: 0,
    };
    let body = lines.rewrite(&page.body);
    let remarks = std::mem::take(&mut lines.remarks);
    page.remarks.extend(remarks);
    page.body = body;
}

/// Reads an included file, or a part of it. Files outside of the source are read below one folder that the caller gives.
fn read_include(
    path: &str,
    folder: &str,
    root: &str,
    archive: &mut Archive,
    outside: Option<&mut Archive>,
) -> Option<String> {
    let (file, part) = match path.split_once([':', '#']) {
        Some((file, part)) => (file, Some(part)),
        None => (path, None),
    };
    let file = file.trim_start_matches("@/").trim_start_matches('@');
    let is_from_root = path.starts_with('@');
    let bases = if is_from_root { [root, ""] } else { [folder, ""] };
    let names = bases.iter().chain([&root]).filter_map(|base| crate::url::resolve_path(base, file));
    let inside = names.into_iter().find(|name| archive.has(name)).and_then(|name| archive.read(&name).ok());
    let bytes = inside.or_else(|| {
        let outside = outside?;
        let below = file.trim_start_matches("../").trim_start_matches("./");
        let starts = std::iter::once(0).chain(below.match_indices('/').map(|(at, _)| at + 1));
        let name = starts.map(|at| &below[at..]).find(|name| outside.has(name))?;
        outside.read(name).ok()
    })?;
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    match part {
        None => Some(text),
        Some(part) => part_of(&text, part),
    }
}

/// Some lines of a text: `2`, `2:5`, or those between the marks of a name.
fn part_of(text: &str, part: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if part.split(':').all(is_number) {
        let (from, to) = part.split_once(':').unwrap_or((part, part));
        let from = from.parse().unwrap_or(1_usize).max(1);
        let to = to.parse().unwrap_or(lines.len()).min(lines.len());
        return lines.get(from - 1..to).map(|lines| lines.join("\n"));
    }
    let has_mark = |line: &&str, marks: &[&str]| {
        marks.iter().any(|mark| {
            line.split_once(mark).is_some_and(|(_, name)| name.trim_matches([' ', ']', '-', '>', '*', '/']) == part)
        })
    };
    let start = lines.iter().position(|line| has_mark(line, &["ANCHOR:", "--8<-- [start:", "#region"]))?;
    let end = lines[start..].iter().position(|line| has_mark(line, &["ANCHOR_END:", "--8<-- [end:", "#endregion"]));
    let end = end.map_or(lines.len(), |end| start + end);
    let is_mark = |line: &&&str| line.contains("ANCHOR") || line.contains("--8<--");
    Some(lines[start + 1..end].iter().filter(|line| !is_mark(line)).copied().collect::<Vec<_>>().join("\n"))
}
