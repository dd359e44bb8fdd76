//! A page in storage format → the tree: the state of a read, and the notes that it leaves.

use super::addresses::site_date;
use super::export::Body;
use super::library::Library;
use crate::diagnostic::Text;
use crate::diagnostic::catalogue::import as texts;
use crate::import::ids::{Ids, assign_ids};
use crate::import::names::slug_of;
use crate::import::normal::normalize;
use crate::import::report::{Level, Note};
use crate::import::source::xml::{self, Element, Node};
use crate::import::tree::{Block, Directive, DirectiveKind, Inline, plain, visit_blocks};

/// A page that was read.
pub(super) struct PageRead {
    pub(super) blocks: Vec<Block>,
    pub(super) notes: Vec<Note>,
}

/// A part of a page: inlines that are neighbours are one paragraph.
#[derive(Debug)]
pub(super) enum Piece {
    Inline(Inline),
    Block(Block),
}

/// Reads a page.
pub(super) struct Reader<'r> {
    pub(super) library: &'r Library<'r>,
    pub(super) page: usize,
    /// Only the ids are wanted, so no link is resolved.
    pub(super) is_for_ids: bool,
    notes: Vec<Note>,
    /// The heading above, for the report.
    section: String,
    /// Added to the level of each heading.
    pub(super) level_shift: i8,
    pub(super) has_colours: bool,
    /// Pages that it includes.
    pub(super) includes: Vec<usize>,
    /// Depth of lists, of cells and of links.
    pub(super) lists: usize,
    pub(super) cells: usize,
    pub(super) links: usize,
}

/// Reads a page with its notes.
pub(super) fn read_page(library: &Library<'_>, page: usize) -> PageRead {
    let mut reader = Reader::new(library, page, false);
    let mut blocks = normalize(reader.read_body());
    reader.add_colour_gap(&mut blocks);
    let mut blocks = normalize(blocks);
    for id in assign_ids(&mut blocks).numbered {
        reader.note("id/repeated", texts::numbered_id(id));
    }
    PageRead { blocks, notes: reader.notes }
}

/// Reads the ids of a page.
pub(super) fn read_ids(library: &Library<'_>, page: usize) -> Ids {
    let mut blocks = normalize(Reader::new(library, page, true).read_body());
    assign_ids(&mut blocks)
}

/// The pages that a page includes.
pub(super) fn read_includes(library: &Library<'_>, page: usize) -> Vec<usize> {
    let mut reader = Reader::new(library, page, true);
    reader.read_body();
    reader.includes
}

impl<'r> Reader<'r> {
    fn new(library: &'r Library<'r>, page: usize, is_for_ids: bool) -> Self {
        Self {
            library,
            page,
            is_for_ids,
            notes: Vec::new(),
            section: String::new(),
            level_shift: 0,
            has_colours: false,
            includes: Vec::new(),
            lists: 0,
            cells: 0,
            links: 0,
        }
    }

    fn read_body(&mut self) -> Vec<Block> {
        let page = &self.library.export.pages[self.page];
        let title = page.shown_title(self.library.language);
        if page.is_draft {
            self.note("page/draft", texts::draft_page(&title));
        }
        if page.body.is_empty() {
            self.note("page/no-body", texts::no_body(&title));
        }
        match &page.body {
            Body::None | Body::List => Vec::new(),
            Body::Wiki(text) => {
                self.note("page/wiki-markup", texts::wiki_body(&title));
                let gap = self.gap("marcacao", "page/wiki-markup", texts::gap_wiki());
                vec![gap, Block::Code { language: String::new(), text: text.clone() }]
            }
            Body::Storage(text) => self.read_storage(text, &title),
            Body::Elements(nodes) => self.read_nodes(nodes),
        }
    }

    fn read_storage(&mut self, text: &str, title: &str) -> Vec<Block> {
        let is_control = |c: char| c.is_control() && !c.is_whitespace();
        if text.contains(is_control) {
            self.note("page/control-characters", texts::control_characters(title));
        }
        let parsed = xml::parse(text);
        if !parsed.is_well_formed {
            self.note("page/malformed", texts::malformed(title));
        }
        self.read_nodes(&parsed.nodes)
    }

    /// Reads the elements of a page. Its highest headings get the second level.
    fn read_nodes(&mut self, nodes: &[Node]) -> Vec<Block> {
        let mut highest = 7_i8;
        xml::visit(nodes, &mut |element| {
            highest = highest.min(heading_level(&element.name).unwrap_or(7));
        });
        self.level_shift = 2 - highest;
        blocks_of(self.read_pieces(nodes))
    }

    /// Adds a note about this place.
    pub(super) fn note(&mut self, code: &'static str, text: Text) {
        self.push_note(code, text, Level::Note);
    }

    fn push_note(&mut self, code: &'static str, text: Text, level: Level) {
        if self.is_for_ids {
            return;
        }
        let (page, place) = (self.library.file_of(self.page), self.section.clone());
        self.notes.push(Note { page, place, code, level, text, count: 1 });
    }

    /// A caution for what cannot be imported.
    pub(super) fn gap(&mut self, id: &str, code: &'static str, text: Text) -> Block {
        let words = self.say(text.clone());
        self.gap_with(id, code, text, vec![Block::Paragraph(vec![Inline::Text(words)])])
    }

    /// A caution with blocks of its own.
    pub(super) fn gap_with(&mut self, id: &str, code: &'static str, text: Text, blocks: Vec<Block>) -> Block {
        self.push_note(code, text, Level::Gap);
        let title = vec![Inline::Text(self.say(texts::gap_title()))];
        let mut gap = Directive::new(DirectiveKind::Caution, title, blocks);
        gap.id = Some(format!("pendente-{}", slug_of(id)));
        Block::Directive(gap)
    }

    /// A text in the language of the site.
    #[expect(clippy::needless_pass_by_value, reason = "callers make the text for this call")]
    pub(super) fn say(&self, text: Text) -> String {
        text.in_language(self.library.language).to_owned()
    }

    /// Begins a section of the report.
    pub(super) fn enter_section(&mut self, heading: &[Inline]) {
        self.section = plain(heading).split_whitespace().collect::<Vec<_>>().join(" ");
    }

    /// A day as the site writes it.
    pub(super) fn date(&self, day: &str) -> String {
        site_date(day, self.library.language)
    }

    /// A caution where the text mentions colours that are gone.
    fn add_colour_gap(&mut self, blocks: &mut Vec<Block>) {
        const COLOURS: [&str; 12] = [
            "vermelh", "azul", "azuis", "verde", "amarel", "laranja", "roxo", "roxa", "cinza", "colorid", "red", "blue",
        ];
        if !self.has_colours {
            return;
        }
        let mut words: Vec<String> = Vec::new();
        visit_blocks(blocks, &mut |block| {
            if let Block::Paragraph(text) | Block::Heading { text, .. } = block {
                for word in plain(text).split(|c: char| !c.is_alphabetic()) {
                    let lower = word.to_lowercase();
                    let is_colour = |colour: &&str| match *colour {
                        "red" | "blue" => lower == **colour,
                        colour => lower.starts_with(colour),
                    };
                    if COLOURS.iter().any(is_colour) && !words.contains(&lower) {
                        words.push(lower);
                    }
                }
            }
        });
        if !words.is_empty() {
            self.section.clear();
            let gap = self.gap("cores", "style/colour-mentioned", texts::gap_colours(words.join(", ")));
            blocks.insert(0, gap);
        }
    }
}

/// The level of a heading.
pub(super) fn heading_level(name: &str) -> Option<i8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Blocks, with a paragraph for each row of inlines.
pub(super) fn blocks_of(pieces: Vec<Piece>) -> Vec<Block> {
    let (mut blocks, mut line) = (Vec::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Inline(inline) => line.push(inline),
            Piece::Block(block) => {
                push_line(&mut line, &mut blocks);
                blocks.push(block);
            }
        }
    }
    push_line(&mut line, &mut blocks);
    blocks
}

fn push_line(line: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
    let is_blank = |inline: &Inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Break => true,
        _ => false,
    };
    if line.iter().all(is_blank) {
        line.clear();
    } else {
        blocks.push(Block::Paragraph(std::mem::take(line)));
    }
}

/// The inlines of pieces, and the blocks that stood between them.
pub(super) fn split(pieces: Vec<Piece>) -> (Vec<Inline>, Vec<Block>) {
    let (mut inlines, mut blocks) = (Vec::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Inline(inline) => inlines.push(inline),
            Piece::Block(block) => blocks.push(block),
        }
    }
    (inlines, blocks)
}

/// Blocks as pieces.
pub(super) fn pieces_of(blocks: Vec<Block>) -> Vec<Piece> {
    blocks.into_iter().map(Piece::Block).collect()
}

/// The elements and texts of the body of a macro.
pub(super) fn body_of(element: &Element) -> &[Node] {
    element.child("ac:rich-text-body").map_or(&[], |body| &body.children)
}
