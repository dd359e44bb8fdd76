//! Documents of Word (`.docx`): paragraphs, headings, lists, tables, links and pictures of the main text.
//!
//! Deleted text is not shown and not read; inserted text is. Styles have their English names whatever the language is.

use std::collections::HashMap;

use super::xml::{Element, Node, parse, visit};
use super::{FileCopy, Imported, PageText, Wanted};
use crate::diagnostic::catalogue::import as texts;
use crate::error::Result;
use crate::import::ids::assign_ids;
use crate::import::names::{cut, file_name_of, slug_of};
use crate::import::normal::normalize;
use crate::import::tree::{Block, Inline, Item, List, Style, Table, plain};
use crate::import::write::{FrontMatter, write};
use crate::project::archive::Archive;
use crate::url::{AddressUse, find_host_fault, find_refusal};

const DOCUMENT: &str = "word/document.xml";

/// True for an archive with the main text of a document.
pub(super) fn is_document(archive: &Archive) -> bool {
    archive.has(DOCUMENT)
}

/// Reads a document as one page.
pub(super) fn read(archive: &mut Archive, wanted: &Wanted<'_>) -> Result<Imported> {
    let document = String::from_utf8_lossy(&archive.read(DOCUMENT)?).into_owned();
    let mut reader = Reader::new(archive);
    let parsed = parse(&document);
    let mut blocks = Vec::new();
    visit(&parsed.nodes, &mut |element| {
        if element.name == "w:body" {
            blocks = reader.read_blocks(&element.children);
        }
    });
    let title = take_title(&mut blocks).unwrap_or_else(|| archive.stem());
    let slug = slug_of(&title);
    let stem = if slug.is_empty() { "pagina" } else { cut(&slug) };
    let mut blocks = normalize(blocks);
    assign_ids(&mut blocks);
    let front = FrontMatter { title, ..FrontMatter::default() };
    let mut imported = Imported { files: reader.files, ..Imported::default() };
    let path = format!("{stem}.md");
    for (code, text) in reader.notes {
        imported.report.add(&format!("{}/{path}", wanted.folder), code, text);
    }
    imported.report.pages = 1;
    imported.report.files = imported.files.len();
    imported.pages.push(PageText { path, text: write(&front, blocks) });
    Ok(imported)
}

/// Takes the first heading, if it begins the text.
fn take_title(blocks: &mut Vec<Block>) -> Option<String> {
    let Some(Block::Heading { level: 1, text, .. }) = blocks.first() else { return None };
    let title = plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
    blocks.remove(0);
    Some(title).filter(|title| !title.is_empty())
}

struct Reader {
    /// Targets of relationships, and whether they are outside of the archive.
    targets: HashMap<String, (String, bool)>,
    /// Levels of headings by the id of a style.
    levels: HashMap<String, u8>,
    /// Numbered levels of lists, by number and level.
    numbered: HashMap<(String, String), bool>,
    names: Vec<String>,
    files: Vec<FileCopy>,
    notes: Vec<(&'static str, crate::diagnostic::Text)>,
}

/// A paragraph with its place in lists.
struct Line {
    level: Option<(usize, bool)>,
    block: Block,
}

fn elements_of(archive: &mut Archive, name: &str, mut read: impl FnMut(&Element)) {
    let bytes = archive.read(name).unwrap_or_default();
    visit(&parse(&String::from_utf8_lossy(&bytes)).nodes, &mut read);
}

fn value(element: &Element, path: &[&str]) -> Option<String> {
    let found = path.iter().try_fold(element, |element, name| element.child(name))?;
    found.find("w:val").map(str::to_owned)
}

impl Reader {
    fn new(archive: &mut Archive) -> Self {
        let mut targets = HashMap::new();
        elements_of(archive, "word/_rels/document.xml.rels", |element| {
            if let (Some(id), Some(target)) = (element.find("Id"), element.find("Target")) {
                let is_outside = element.find("TargetMode") == Some("External");
                targets.insert(id.to_owned(), (target.to_owned(), is_outside));
            }
        });
        let mut levels = HashMap::new();
        elements_of(archive, "word/styles.xml", |element| {
            let name = value(element, &["w:name"]).unwrap_or_default().to_lowercase();
            let level =
                if name == "title" { Some(1) } else { name.strip_prefix("heading ").and_then(|n| n.parse().ok()) };
            if let (Some(id), Some(level)) = (element.find("w:styleId"), level) {
                levels.insert(id.to_owned(), level);
            }
        });
        let mut abstracts: HashMap<(String, String), bool> = HashMap::new();
        let mut numbers = Vec::new();
        elements_of(archive, "word/numbering.xml", |element| match element.name.as_str() {
            "w:abstractNum" => {
                let id = element.find("w:abstractNumId").unwrap_or_default();
                for level in element.elements().filter(|level| level.name == "w:lvl") {
                    let is_numbered = value(level, &["w:numFmt"]).is_some_and(|format| format != "bullet");
                    abstracts.insert((id.to_owned(), level.find("w:ilvl").unwrap_or("0").to_owned()), is_numbered);
                }
            }
            "w:num" => {
                let id = element.find("w:numId").unwrap_or_default().to_owned();
                numbers.push((id, value(element, &["w:abstractNumId"]).unwrap_or_default()));
            }
            _ => {}
        });
        let of = |(id, other): &(String, String)| {
            let levels = abstracts.iter().filter(|((abstract_id, _), _)| abstract_id == other);
            levels.map(|((_, level), is)| ((id.clone(), level.clone()), *is)).collect::<Vec<_>>()
        };
        let numbered = numbers.iter().flat_map(of).collect();
        let names = archive.names().map(str::to_owned).collect();
        Self { targets, levels, numbered, names, files: Vec::new(), notes: Vec::new() }
    }

    fn read_blocks(&mut self, nodes: &[Node]) -> Vec<Block> {
        let mut lines = Vec::new();
        self.collect(nodes, &mut lines);
        let mut lines = lines.into_iter().peekable();
        let mut blocks = Vec::new();
        while let Some(line) = lines.peek() {
            match line.level {
                Some((level, _)) => blocks.push(Block::List(read_list(&mut lines, level))),
                None => blocks.extend(lines.next().map(|line| line.block)),
            }
        }
        blocks
    }

    fn collect(&mut self, nodes: &[Node], lines: &mut Vec<Line>) {
        for node in nodes {
            let Node::Element(element) = node else { continue };
            match element.name.as_str() {
                "w:p" => self.read_paragraph(element, lines),
                "w:tbl" => lines.push(Line { level: None, block: self.read_table(element) }),
                "w:sdt" | "w:sdtContent" | "w:ins" => self.collect(&element.children, lines),
                _ => {}
            }
        }
    }

    fn read_paragraph(&mut self, element: &Element, lines: &mut Vec<Line>) {
        let text = self.read_inlines(&element.children);
        let style = value(element, &["w:pPr", "w:pStyle"]).unwrap_or_default();
        let heading = self.levels.get(&style).copied();
        let number = value(element, &["w:pPr", "w:numPr", "w:numId"]).filter(|id| id != "0");
        let depth = value(element, &["w:pPr", "w:numPr", "w:ilvl"]).unwrap_or_else(|| "0".to_owned());
        let level = number.filter(|_| heading.is_none()).map(|id| {
            let is_numbered = self.numbered.get(&(id, depth.clone())).copied().unwrap_or(false);
            (depth.parse().unwrap_or(0_usize).min(8), is_numbered)
        });
        let block = match heading {
            Some(1) if lines.is_empty() => Block::Heading { level: 1, id: None, text },
            Some(level) => Block::Heading { level: level.clamp(2, 6), id: None, text },
            None => Block::Paragraph(text),
        };
        lines.push(Line { level, block });
    }

    fn read_inlines(&mut self, nodes: &[Node]) -> Vec<Inline> {
        let mut out = Vec::new();
        for node in nodes {
            let Node::Element(element) = node else { continue };
            match element.name.as_str() {
                "w:r" => out.extend(self.read_run(element)),
                "w:hyperlink" => {
                    let text = self.read_inlines(&element.children);
                    match element.find("r:id").and_then(|id| self.address_of(id)) {
                        Some(address) => out.push(Inline::Link { address, text }),
                        None => out.extend(text),
                    }
                }
                "w:ins" | "w:smartTag" | "w:sdt" | "w:sdtContent" | "w:fldSimple" => {
                    out.extend(self.read_inlines(&element.children));
                }
                _ => {}
            }
        }
        out
    }

    fn address_of(&mut self, id: &str) -> Option<String> {
        let (address, is_outside) = self.targets.get(id)?.clone();
        let is_wrong =
            find_refusal(&address, AddressUse::Open, &[] as &[&str]).is_some() || find_host_fault(&address).is_some();
        if is_outside && !is_wrong {
            return Some(address);
        }
        self.notes.push(("link/refused", texts::refused_address(address)));
        None
    }

    fn read_run(&mut self, run: &Element) -> Vec<Inline> {
        let mut inner = Vec::new();
        for element in run.elements() {
            match element.name.as_str() {
                "w:t" => inner.push(Inline::text(element.text())),
                "w:tab" => inner.push(Inline::text(" ")),
                "w:br" | "w:cr" => inner.push(Inline::Break),
                "w:noBreakHyphen" => inner.push(Inline::text("-")),
                "w:drawing" | "w:pict" => inner.extend(self.read_picture(element)),
                _ => {}
            }
        }
        let is_on = |name: &str| {
            let property = run.child("w:rPr").and_then(|properties| properties.child(name));
            property.is_some_and(|property| !matches!(property.find("w:val"), Some("0" | "false" | "none")))
        };
        let styles = [("w:b", Style::Strong), ("w:i", Style::Emphasis), ("w:strike", Style::Deleted)];
        let styled = styles.into_iter().filter(|(name, _)| is_on(name));
        styled.fold(inner, |inner, (_, style)| vec![Inline::Styled(style, inner)])
    }

    fn read_picture(&mut self, element: &Element) -> Option<Inline> {
        let (mut alt, mut id) = (String::new(), None);
        visit(std::slice::from_ref(&Node::Element(element.clone())), &mut |part| match part.name.as_str() {
            "wp:docPr" => part.find("descr").unwrap_or_default().clone_into(&mut alt),
            "a:blip" => id = part.find("r:embed").map(str::to_owned),
            "v:imagedata" => id = part.find("r:id").map(str::to_owned),
            _ => {}
        });
        let (target, _) = self.targets.get(&id?)?.clone();
        let name = crate::url::resolve_path("word/", &target).filter(|name| self.names.contains(name))?;
        let path = file_name_of(name.rsplit('/').next().unwrap_or(&name));
        if alt.is_empty() {
            self.notes.push(("image/no-alt", texts::no_alt(&path)));
            alt.clone_from(&path);
        }
        if !self.files.iter().any(|file| file.path == path) {
            self.files.push(FileCopy { path: path.clone(), name });
        }
        Some(Inline::Image { address: path, alt })
    }

    /// Reads a table; the value of merged cells is repeated.
    fn read_table(&mut self, element: &Element) -> Block {
        let mut rows: Vec<Vec<Vec<Inline>>> = Vec::new();
        for row in element.elements().filter(|row| row.name == "w:tr") {
            let mut cells: Vec<Vec<Inline>> = Vec::new();
            for cell in row.elements().filter(|cell| cell.name == "w:tc") {
                let properties = cell.child("w:tcPr");
                let merge = properties.and_then(|properties| properties.child("w:vMerge"));
                let continues = merge.is_some_and(|merge| merge.find("w:val") != Some("restart"));
                let above = rows.last().and_then(|above| above.get(cells.len())).cloned();
                let text = if continues { above.unwrap_or_default() } else { self.read_cell(cell) };
                let span = value(cell, &["w:tcPr", "w:gridSpan"]).and_then(|span| span.parse().ok()).unwrap_or(1_usize);
                if continues || span > 1 {
                    self.notes.push(("table/merged", texts::merged_cells()));
                }
                cells.extend(std::iter::repeat_n(text, span.clamp(1, 64)));
            }
            rows.push(cells);
        }
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        for row in &mut rows {
            row.resize(columns, Vec::new());
        }
        let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        Block::Table(Table { head, rows })
    }

    fn read_cell(&mut self, cell: &Element) -> Vec<Inline> {
        let mut out = Vec::new();
        visit(&cell.children, &mut |part| {
            if part.name == "w:p" {
                if !out.is_empty() {
                    out.push(Inline::Break);
                }
                out.extend(self.read_inlines(&part.children));
            }
        });
        out
    }
}

/// Reads the lines of a level and of deeper ones.
fn read_list(lines: &mut std::iter::Peekable<std::vec::IntoIter<Line>>, level: usize) -> List {
    let mut list = List::default();
    while let Some((own, is_numbered)) = lines.peek().and_then(|line| line.level) {
        let Some(last) = list.items.last_mut().filter(|_| own > level) else {
            if own < level || (!list.items.is_empty() && list.start.is_some() != is_numbered) {
                break;
            }
            list.start = is_numbered.then_some(1);
            let blocks = lines.next().map(|line| line.block).into_iter().collect();
            list.items.push(Item { blocks, ..Item::default() });
            continue;
        };
        last.blocks.push(Block::List(read_list(lines, own)));
    }
    list
}
