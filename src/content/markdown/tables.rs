//! Tables: each in a box that scrolls, with alignment as an attribute.

use pulldown_cmark::Alignment;

use super::open_parts::Table;
use super::writer::Writer;

impl Writer<'_> {
    pub(super) fn open_table(&mut self, alignments: Vec<Alignment>) {
        self.table = Table { alignments, column: 0, is_head: false };
        self.html("<div class=\"table\" tabindex=\"0\"><table>");
    }

    pub(super) fn open_table_head(&mut self) {
        self.table.is_head = true;
        self.open_row();
    }

    pub(super) fn close_table_head(&mut self) {
        self.table.is_head = false;
        self.html("</tr></thead><tbody>\n");
    }

    pub(super) fn open_row(&mut self) {
        self.table.column = 0;
        self.html(if self.table.is_head { "<thead><tr>" } else { "<tr>" });
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
