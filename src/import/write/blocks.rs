//! Blocks as Markdown: lists, quotes, tables, code and directives, nested by indentation.

use super::escape::{Container, escape_address};
use super::inlines::{attribute, write_inlines};
use crate::import::tree::{Block, Cell, Directive, Inline, Item, List, Table};

/// Writes a whole page, with its footnotes at the end.
pub(super) fn write_page(blocks: &[Block]) -> String {
    let mut notes = Vec::new();
    let mut text = write_blocks(blocks, &mut notes);
    let mut at = 0;
    while at < notes.len() {
        let note = notes[at].clone();
        at += 1;
        let note = write_inlines(&note, Container::Paragraph, &mut notes).replace('\n', "\n    ");
        text.extend(["\n\n[^", &at.to_string(), "]: ", &note]);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

type Notes = Vec<Vec<Inline>>;

/// Writes blocks with an empty line between them, and no line break at the end.
fn write_blocks(blocks: &[Block], notes: &mut Notes) -> String {
    let mut out = String::new();
    let mut other_marker = false;
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 {
            out.push_str("\n\n");
        }
        other_marker = is_same_list(at.checked_sub(1).map(|before| &blocks[before]), block) && !other_marker;
        out.push_str(&write_block(block, other_marker, notes));
    }
    out
}

/// Two lists of one kind need different markers, or they would be one list.
fn is_same_list(before: Option<&Block>, block: &Block) -> bool {
    match (before, block) {
        (Some(Block::List(before)), Block::List(list)) => before.start.is_some() == list.start.is_some(),
        _ => false,
    }
}

fn write_block(block: &Block, other_marker: bool, notes: &mut Notes) -> String {
    match block {
        Block::Paragraph(inlines) => write_inlines(inlines, Container::Paragraph, notes),
        Block::Heading { level, id, text } => {
            let text = write_inlines(text, Container::Heading, notes);
            let id = id.as_ref().map(|id| format!(" {{#{id}}}")).unwrap_or_default();
            format!("{} {text}{id}", "#".repeat(usize::from(*level)))
        }
        Block::List(list) => write_list(list, other_marker, notes),
        Block::Quote(blocks) => {
            let lines = write_blocks(blocks, notes);
            let quoted = lines.lines().map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") });
            quoted.collect::<Vec<_>>().join("\n")
        }
        Block::Code { language, text } => write_code(language, text),
        Block::Table(table) => write_table(table, notes),
        Block::Rule => "***".to_owned(),
        Block::Directive(directive) => write_directive(directive, notes),
        Block::Named { id, blocks } => {
            format!("<div id=\"{}\">\n\n{}\n\n</div>", attribute(id), write_blocks(blocks, notes))
        }
        Block::Include(address) => format!(":::include[{}]\n:::", escape_include(address)),
    }
}

/// An address in the brackets of a directive.
fn escape_include(address: &str) -> String {
    escape_address(address).trim_matches(['<', '>']).replace('[', "%5B").replace(']', "%5D")
}

fn write_code(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let end = if text.is_empty() { "" } else { "\n" };
    format!("{fence}{language}\n{text}{end}{fence}")
}

fn write_list(list: &List, other_marker: bool, notes: &mut Notes) -> String {
    let is_tight = is_tight(list);
    let items = list.items.iter().enumerate().map(|(at, item)| {
        let marker = match (list.start, other_marker) {
            (None, false) => "- ".to_owned(),
            (None, true) => "+ ".to_owned(),
            (Some(start), false) => format!("{}. ", start + at as u64),
            (Some(start), true) => format!("{}) ", start + at as u64),
        };
        write_item(item, &marker, is_tight, notes)
    });
    items.collect::<Vec<_>>().join(if is_tight { "\n" } else { "\n\n" })
}

/// True if every item is a line, perhaps with a list below it that may interrupt a paragraph.
fn is_tight(list: &List) -> bool {
    let interrupts = |list: &List| list.start.is_none_or(|start| start == 1);
    list.items.iter().all(|item| match item.blocks.as_slice() {
        // The paragraph of a name has its own element.
        [Block::Paragraph(text)] => !text.iter().any(|inline| matches!(inline, Inline::Anchor(_))),
        [Block::Paragraph(_), Block::List(inner)] => interrupts(inner) && is_tight(inner),
        _ => false,
    })
}

fn write_item(item: &Item, marker: &str, is_tight: bool, notes: &mut Notes) -> String {
    let blocks = match item.blocks.as_slice() {
        [first, Block::List(inner)] if is_tight => {
            format!("{}\n{}", write_block(first, false, notes), write_list(inner, false, notes))
        }
        blocks => write_blocks(blocks, notes),
    };
    let task = match item.is_done {
        None => "",
        Some(false) => "[ ] ",
        Some(true) => "[x] ",
    };
    let indent = " ".repeat(marker.len());
    let mut out = String::new();
    for (at, line) in blocks.split('\n').enumerate() {
        match (at, line.is_empty()) {
            (0, _) => {
                out.extend([marker, task, line]);
                item.id.iter().for_each(|id| out.extend([" {#", id, "}"]));
            }
            (_, true) => out.push('\n'),
            (_, false) => out.extend(["\n", &indent, line]),
        }
    }
    out
}

fn write_table(table: &Table, notes: &mut Notes) -> String {
    let mut row = |cells: &[Cell]| {
        let cells: Vec<String> = cells.iter().map(|cell| write_inlines(cell, Container::Cell, notes)).collect();
        format!("| {} |", cells.join(" | "))
    };
    let head = row(&table.head);
    let rows: Vec<String> = table.rows.iter().map(|cells| row(cells)).collect();
    let rule = format!("|{}", "---|".repeat(table.head.len()));
    [vec![head, rule], rows].concat().join("\n")
}

fn write_directive(directive: &Directive, notes: &mut Notes) -> String {
    let title = match directive.title.as_slice() {
        [] => String::new(),
        title => format!("[{}]", write_inlines(title, Container::Title, notes)),
    };
    let id = directive.id.as_ref().map(|id| format!("{{#{id}}}")).unwrap_or_default();
    let blocks = write_blocks(&directive.blocks, notes);
    let end = match blocks.as_str() {
        "" => "",
        // Only an empty line ends a block of HTML.
        blocks if blocks.ends_with("</div>") => "\n\n",
        _ => "\n",
    };
    format!(":::{}{title}{id}\n{blocks}{end}:::", directive.kind.name())
}
