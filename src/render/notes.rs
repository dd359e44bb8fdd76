//! Footnotes: marks, links back to them, and the footnotes of a transcluded text, which stand under it.
//!
//! The footnotes of a page are a part of its body. Those of a transcluded text are numbered on, with ids of their own.

use std::fmt::Write;

use super::escape_into;
use crate::content::body::note_id;

/// A footnote of a transcluded text.
#[derive(Clone, Copy, Debug)]
pub(super) struct ShownNote {
    /// In the page of the text.
    pub(super) note: usize,
    /// Where it is shown.
    pub(super) number: usize,
    /// The marks until now.
    pub(super) marks: usize,
}

impl ShownNote {
    /// Counts a mark of a footnote. The first mark of each takes the next number.
    pub(super) fn mark(notes: &mut Vec<Self>, note: usize, next: &mut usize) -> Self {
        let index = notes.iter().position(|shown| shown.note == note).unwrap_or_else(|| {
            notes.push(Self { note, number: *next, marks: 0 });
            *next += 1;
            notes.len() - 1
        });
        notes[index].marks += 1;
        notes[index]
    }
}

/// Writes a mark. `place` distinguishes the texts of one page.
pub(super) fn write_mark(html: &mut String, place: &str, number: usize, nth: usize) {
    let (note, mark) = (note_id(place, number), mark_id(place, number, nth));
    write!(html, "<sup class=\"footnote-ref\"><a href=\"#{note}\" id=\"{mark}\">{number}</a></sup>")
        .expect("a String takes any text");
}

/// Writes the beginning of the footnotes of a transcluded text.
pub(super) fn open_notes(html: &mut String, first: &ShownNote) {
    writeln!(html, "<section class=\"footnotes\"><ol start=\"{}\">", first.number).expect("a String takes any text");
}

pub(super) fn open_note(html: &mut String, place: &str, number: usize) {
    write!(html, "<li id=\"{}\" value=\"{number}\">", note_id(place, number)).expect("a String takes any text");
}

/// Writes one link for each mark. Its name for screen readers begins with `label`.
pub(super) fn write_way_back(html: &mut String, place: &str, label: &str, number: usize, marks: usize) {
    for nth in 1..=marks {
        let mark = mark_id(place, number, nth);
        let (sign, suffix) = match nth {
            1 => (String::new(), String::new()),
            _ => (format!("<sup>{nth}</sup>"), format!(" ({nth})")),
        };
        write!(html, " <a class=\"footnote-back\" href=\"#{mark}\"><span aria-hidden=\"true\">↩{sign}</span>")
            .expect("a String takes any text");
        html.push_str("<span class=\"visually-hidden\">");
        escape_into(html, label);
        write!(html, " {number}{suffix}</span></a>").expect("a String takes any text");
    }
}

fn mark_id(place: &str, number: usize, nth: usize) -> String {
    let suffix = if nth > 1 { format!("-{nth}") } else { String::new() };
    format!("V-mark{place}-{number}{suffix}")
}
