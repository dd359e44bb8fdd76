//! Parts of a page for its table of contents: collapsible sections and steps that stand in no other block.

use std::ops::Range;

use super::attributes::DirectiveLine;
use super::open_parts::OpenStep;
use super::writer::Writer;
use crate::content::body::{Part, PartKind};
use crate::content::template::Template;

impl Writer<'_> {
    /// True while no part of the text is set aside and no block is open around `depth`.
    fn is_outermost(&self, depth: usize) -> bool {
        self.depth == depth && self.aside.is_empty() && self.plain.is_none()
    }

    /// The id of the next part that has none of its own.
    fn next_part_id(&self) -> String {
        format!("V-part-{}", self.body.parts.len() + 1)
    }

    /// Writes the id of a collapsible section; one in no other block gets an id for the table of contents.
    pub(super) fn write_details_id(&mut self, line: &DirectiveLine) {
        let written = line.find("id").and_then(|id| id.value.clone());
        if written.is_none() && self.is_outermost(0) {
            self.write_id(&self.next_part_id());
        } else {
            self.write_directive_id(line);
        }
    }

    /// Writes the title of a collapsible section.
    pub(super) fn write_details_title(&mut self, line: &DirectiveLine, title: Range<usize>) {
        if !self.is_outermost(0) {
            self.write_inline(title);
            return;
        }
        let id = line.find("id").and_then(|id| id.value.clone()).unwrap_or_else(|| self.next_part_id());
        self.plain = Some(String::new());
        self.write_inline(title);
        let text = self.plain.take().unwrap_or_default();
        self.push_part(PartKind::Details, id, &text);
    }

    /// The number of the item that opens, if it is a step of steps in no other block.
    pub(super) fn next_step(&mut self) -> Option<u64> {
        let number = self.lists.last_mut()?.step.as_mut()?;
        *number += 1;
        let step = *number - 1;
        let is_part = self.open_directives.len() == 1 && self.is_outermost(1);
        is_part.then_some(step)
    }

    /// Begins to read the text of a step, whose id was written.
    pub(super) fn open_step(&mut self, number: u64, id: String) {
        self.step = Some(OpenStep { id, number });
        self.plain = Some(String::new());
    }

    /// Ends the text of the open step, at the end of its first paragraph.
    pub(super) fn close_step_text(&mut self) {
        if let Some(OpenStep { id, number }) = self.step.take() {
            let text = self.plain.take().unwrap_or_default();
            self.push_part(PartKind::Step(number), id, &text);
        }
    }

    /// The id that a step gets when it has none of its own.
    pub(super) fn id_of_step(&self) -> String {
        self.next_part_id()
    }

    fn push_part(&mut self, kind: PartKind, id: String, text: &str) {
        let text = Template::parse(text.trim());
        self.body.parts.push(Part { kind, id, text, headings: self.body.headings.len() });
    }
}

#[cfg(test)]
mod tests {
    use crate::content::body::{Body, PartKind};
    use crate::diagnostic::Diagnostics;
    use crate::source::Sources;

    fn parts_of(text: &str) -> Vec<(String, String, usize)> {
        let file = Sources::default().add("a.md", text);
        let body: Body = super::super::parse(text, 0, file, &mut Diagnostics::default());
        let kind = |kind: PartKind| match kind {
            PartKind::Details => "details".to_owned(),
            PartKind::Step(number) => number.to_string(),
        };
        let shown = |text: &crate::content::template::Template| text.fill(|_| Some("x".to_owned()));
        body.parts
            .iter()
            .map(|part| (format!("{} {}", kind(part.kind), part.id), shown(&part.text), part.headings))
            .collect()
    }

    fn part(what: &str, text: &str, headings: usize) -> (String, String, usize) {
        (what.to_owned(), text.to_owned(), headings)
    }

    #[test]
    fn lists_steps_with_numbers_and_first_paragraphs() {
        let text =
            ":::steps\n3. Um **novo** :copy[chat] {x}; {#um}\n\n   Mais texto.\n\n4. Dois\n   - a\n   - b\n:::\n";
        assert_eq!(parts_of(text), [part("3 um", "Um novo chat x;", 0), part("4 V-part-2", "Dois", 0)]);
    }

    #[test]
    fn lists_details_below_their_heading() {
        let text = ":::details[A `b`]\nx\n:::\n\n## T\n\n:::details[C]{#c}\nx\n:::\n";
        assert_eq!(parts_of(text), [part("details V-part-1", "A b", 0), part("details c", "C", 1)]);
    }

    #[test]
    fn skips_parts_inside_other_blocks() {
        let text =
            ":::details[A]\n:::details[B]\nx\n:::\n:::steps\n1. Um\n:::\n:::\n\n- a\n\n  :::details[C]\n  x\n  :::\n";
        assert_eq!(parts_of(text), [part("details V-part-1", "A", 0)]);
        assert_eq!(parts_of("1. um\n2. dois\n"), []);
    }
}
