//! Tables: merged cells are repeated, and a cell that Markdown cannot hold goes below its table under a name.

use super::reader::{Piece, Reader, blocks_of, pieces_of};
use crate::diagnostic::catalogue::import as texts;
use crate::import::normal::normalize;
use crate::import::source::xml::Element;
use crate::import::tree::{Block, Cell, Inline, Item, List, Style, Table, plain};

/// A cell has at most this many blocks.
const MOST_BLOCKS: usize = 3;

/// Most columns and rows that a merged cell is repeated in.
const MOST_MERGED: usize = 200;

/// A cell of the source.
struct SourceCell {
    blocks: Vec<Block>,
    is_head: bool,
    columns: usize,
    rows: usize,
}

/// A cell of the grid.
#[derive(Clone, Default)]
struct GridCell {
    blocks: Vec<Block>,
    is_head: bool,
    /// It repeats the cell at its left.
    is_continued: bool,
}

impl Reader<'_> {
    /// Reads a table.
    pub(super) fn read_table(&mut self, element: &Element) -> Vec<Piece> {
        let mut rows = Vec::new();
        collect_rows(element, &mut rows);
        self.cells += 1;
        let cells: Vec<Vec<SourceCell>> = rows.iter().map(|row| self.read_row(row)).collect();
        self.cells -= 1;
        let caption = element.child("caption").map(|caption| self.read_blocks(&caption.children));
        if cells.iter().flatten().any(|cell| cell.columns > 1 || cell.rows > 1) {
            self.note("table/merged", texts::merged_cells());
        }
        let grid = spread(cells);
        let table = self.write_grid(grid);
        pieces_of([caption.unwrap_or_default(), table].concat())
    }

    fn read_row(&mut self, row: &Element) -> Vec<SourceCell> {
        let span = |cell: &Element, name: &str| {
            cell.find(name).and_then(|count| count.trim().parse().ok()).unwrap_or(1).clamp(1, MOST_MERGED)
        };
        let cells = row.elements().filter(|cell| matches!(cell.name.as_str(), "td" | "th"));
        cells
            .map(|cell| SourceCell {
                blocks: normalize(blocks_of(self.read_pieces(&cell.children))),
                is_head: cell.name == "th",
                columns: span(cell, "colspan"),
                rows: span(cell, "rowspan"),
            })
            .collect()
    }

    fn write_grid(&mut self, grid: Vec<Vec<GridCell>>) -> Vec<Block> {
        let columns = grid.iter().map(Vec::len).max().unwrap_or(0);
        let is_head = |row: &[GridCell]| {
            let filled: Vec<_> = row.iter().filter(|cell| !cell.blocks.is_empty()).collect();
            !filled.is_empty() && filled.iter().all(|cell| cell.is_head || is_bold(&cell.blocks))
        };
        let has_head = grid.len() > 1 && grid.first().is_some_and(|row| is_head(row));
        let names: Vec<String> = (0..columns)
            .map(|column| {
                let head = grid.first().filter(|_| has_head).and_then(|row| row.get(column));
                let name = head.map(|cell| text_of(&cell.blocks)).filter(|name| !name.is_empty());
                name.unwrap_or_else(|| self.say(texts::cell_column(column + 1)))
            })
            .collect();
        let mut table = Table::default();
        let mut below = Vec::new();
        for (number, row) in grid.into_iter().enumerate() {
            let is_head_row = number == 0 && has_head;
            let cells: Vec<Cell> = row
                .into_iter()
                .enumerate()
                .map(|(column, cell)| {
                    // A row header is bold; the header row is bold by itself.
                    let is_row_head = cell.is_head && !is_head_row;
                    let line = number + usize::from(!has_head);
                    self.write_cell(cell, is_row_head, is_head_row, (line, &names[column]), &mut below)
                })
                .collect();
            if is_head_row { table.head = cells } else { table.rows.push(cells) }
        }
        let is_empty = table.head.iter().chain(table.rows.iter().flatten()).all(Vec::is_empty);
        if is_empty { below } else { [vec![Block::Table(table)], below].concat() }
    }

    fn write_cell(
        &mut self,
        cell: GridCell,
        is_row_head: bool,
        is_head_row: bool,
        (row, column): (usize, &str),
        below: &mut Vec<Block>,
    ) -> Cell {
        if cell.is_continued {
            return Cell::new();
        }
        if !fits(&cell.blocks) {
            let name = self.say(texts::cell_name(row, column));
            self.note("table/moved-cell", texts::moved_cell(&name));
            let gap = self.gap("celula", "table/moved-cell", texts::gap_cell());
            below.push(gap);
            below.push(Block::Paragraph(vec![Inline::strong(name.clone())]));
            below.extend(cell.blocks);
            return vec![Inline::Text(self.say(texts::cell_below(name)))];
        }
        let mut inlines = Cell::new();
        for block in cell.blocks {
            add_block(block, &mut inlines);
        }
        // A header is bold by itself.
        let inlines = match inlines.as_mut_slice() {
            [Inline::Styled(Style::Strong, inner)] if is_head_row => std::mem::take(inner),
            _ => inlines,
        };
        if is_row_head && !inlines.is_empty() { vec![Inline::Styled(Style::Strong, inlines)] } else { inlines }
    }
}

/// The rows of a table, without those of tables in it.
fn collect_rows<'e>(element: &'e Element, rows: &mut Vec<&'e Element>) {
    for inner in element.elements() {
        match inner.name.as_str() {
            "tr" => rows.push(inner),
            "thead" | "tbody" | "tfoot" => collect_rows(inner, rows),
            _ => {}
        }
    }
}

/// Repeats a merged value downward, and leaves it once across.
fn spread(rows: Vec<Vec<SourceCell>>) -> Vec<Vec<GridCell>> {
    let count = rows.len();
    let mut grid: Vec<Vec<Option<GridCell>>> = vec![Vec::new(); count];
    for (number, row) in rows.into_iter().enumerate() {
        let mut column = 0;
        for mut cell in row {
            while grid[number].get(column).is_some_and(Option::is_some) {
                column += 1;
            }
            if column + cell.columns > MOST_MERGED {
                (cell.columns, cell.rows) = (1, 1);
            }
            for below in grid.iter_mut().take((number + cell.rows).min(count)).skip(number) {
                if below.len() < column + cell.columns {
                    below.resize(column + cell.columns, None);
                }
                for across in 0..cell.columns {
                    let (blocks, is_head) = (cell.blocks.clone(), cell.is_head);
                    let is_continued = across > 0;
                    below[column + across] = Some(GridCell { blocks, is_head, is_continued });
                }
            }
            column += cell.columns;
        }
    }
    let columns = grid.iter().map(Vec::len).max().unwrap_or(0);
    let filled = grid.into_iter().map(|mut row| {
        row.resize(columns, None);
        row.into_iter().map(Option::unwrap_or_default).collect()
    });
    filled.collect()
}

/// True if a cell of Markdown can hold the blocks.
fn fits(blocks: &[Block]) -> bool {
    fn is_simple(block: &Block) -> bool {
        match block {
            Block::Paragraph(_) => true,
            Block::List(list) => list.items.iter().all(|item| item.blocks.iter().all(is_simple)),
            _ => false,
        }
    }
    blocks.len() <= MOST_BLOCKS && blocks.iter().all(is_simple)
}

/// Adds a block to a cell, with breaks and bullets.
fn add_block(block: Block, out: &mut Cell) {
    match block {
        Block::Paragraph(inlines) => {
            if !out.is_empty() {
                out.push(Inline::Break);
            }
            out.extend(inlines);
        }
        Block::List(List { start, items }) => {
            for (at, Item { is_done, blocks, .. }) in items.into_iter().enumerate() {
                let mark = match (is_done, start) {
                    (Some(true), _) => "☑ ".to_owned(),
                    (Some(false), _) => "☐ ".to_owned(),
                    (None, Some(start)) => format!("{}. ", start + at as u64),
                    (None, None) => "• ".to_owned(),
                };
                let mut inner = Cell::new();
                for block in blocks {
                    add_block(block, &mut inner);
                }
                if !out.is_empty() {
                    out.push(Inline::Break);
                }
                out.push(Inline::Text(mark));
                out.extend(inner);
            }
        }
        _ => {}
    }
}

fn is_bold(blocks: &[Block]) -> bool {
    matches!(blocks, [Block::Paragraph(text)] if matches!(text.as_slice(), [Inline::Styled(Style::Strong, _)]))
}

fn text_of(blocks: &[Block]) -> String {
    let text = |block: &Block| match block {
        Block::Paragraph(text) => plain(text),
        _ => String::new(),
    };
    blocks.iter().map(text).collect::<Vec<_>>().join(" ").trim().to_owned()
}
