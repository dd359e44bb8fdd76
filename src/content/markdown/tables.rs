//! Tables: each in a box that scrolls, with alignment as an attribute.

use std::ops::Range;

use pulldown_cmark::Alignment;

use super::open_parts::Table;
use super::writer::Writer;
use crate::diagnostic::catalogue;

impl Writer<'_> {
    pub(super) fn open_table(&mut self, alignments: Vec<Alignment>) {
        self.table = Table { alignments, column: 0, is_head: false };
        self.html("<div class=\"table\" tabindex=\"0\"><table>");
    }

    pub(super) fn open_table_head(&mut self, range: &Range<usize>) {
        self.table.is_head = true;
        self.open_row(range);
    }

    pub(super) fn close_table_head(&mut self) {
        self.table.is_head = false;
        self.html("</tr></thead><tbody>\n");
    }

    pub(super) fn open_row(&mut self, range: &Range<usize>) {
        self.check_cells(range);
        self.table.column = 0;
        self.html(if self.table.is_head { "<thead><tr>" } else { "<tr>" });
    }

    /// Reports a row with more or fewer cells than the table has columns: the parser drops the others, or adds empty ones.
    fn check_cells(&mut self, range: &Range<usize>) {
        let row = self.mask.inline[range.clone()].trim();
        let is_bar = |(at, byte): (usize, u8)| byte == b'|' && !row[..at].ends_with('\\');
        let bars = row.bytes().enumerate().filter(|found| is_bar(*found)).count();
        let outer = usize::from(row.starts_with('|'))
            + usize::from(row.len() > 1 && row.ends_with('|') && !row.ends_with("\\|"));
        let (cells, columns) = ((bars + 1).saturating_sub(outer), self.table.alignments.len());
        if cells == columns {
            return;
        }
        let span = self.span(range.start..range.start + row.len());
        self.diagnostics.push(if cells > columns {
            catalogue::page::more_cells(span, cells, columns)
        } else {
            catalogue::page::fewer_cells(span, cells, columns)
        });
    }

    pub(super) fn open_cell(&mut self) {
        let alignment = self.table.alignments.get(self.table.column).copied().unwrap_or(Alignment::None);
        self.table.column += 1;
        self.html(if self.table.is_head { "<th scope=\"col\"" } else { "<td" });
        match alignment {
            Alignment::None => {}
            Alignment::Left => self.attribute("data-align", "left"),
            Alignment::Center => self.attribute("data-align", "center"),
            Alignment::Right => self.attribute("data-align", "right"),
        }
        self.html(">");
    }

    pub(super) fn close_cell(&mut self) {
        self.html(if self.table.is_head { "</th>" } else { "</td>" });
    }
}
