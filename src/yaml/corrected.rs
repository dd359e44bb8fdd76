//! A text whose lines are corrected one by one, with the places of the original.

use std::borrow::Cow;
use std::ops::Range;

use super::mistakes::Mistake;

pub(super) struct Corrected<'a> {
    text: Cow<'a, str>,
    /// In the order of the corrections.
    lines: Vec<CorrectedLine>,
}

/// A line that was replaced.
struct CorrectedLine {
    start: usize,
    written: usize,
    corrected: usize,
}

impl<'a> Corrected<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), lines: Vec::new() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Corrects a line, and returns the mistake with its place in the original. `None` for a line that was corrected
    /// before: then one of the corrections is wrong.
    pub(super) fn apply(&mut self, mistake: Mistake, line: Range<usize>) -> Option<Mistake> {
        let range = self.original_of(mistake.range.start)?..self.original_of(mistake.range.end)?;
        self.text.to_mut().replace_range(line.clone(), &mistake.corrected);
        self.lines.push(CorrectedLine { start: line.start, written: line.len(), corrected: mistake.corrected.len() });
        Some(Mistake { range, ..mistake })
    }

    /// The offset in the original; `None` inside a corrected line.
    fn original_of(&self, offset: usize) -> Option<usize> {
        self.lines.iter().rev().try_fold(offset, |offset, line| match offset {
            before if before < line.start => Some(before),
            after if after > line.start + line.corrected => Some(after - line.corrected + line.written),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::catalogue;

    fn mistake(range: Range<usize>, corrected: &str) -> Mistake {
        Mistake { range, message: catalogue::yaml::syntax(), corrected: corrected.to_owned() }
    }

    #[test]
    fn keeps_places_of_the_original() {
        let mut text = Corrected::of("a\nb\nc\n");
        assert_eq!(text.apply(mistake(2..3, "long"), 2..3).unwrap().range, 2..3);
        assert_eq!(text.text(), "a\nlong\nc\n");
        assert_eq!(text.apply(mistake(7..8, ""), 7..8).unwrap().range, 4..5);
        assert_eq!(text.apply(mistake(0..1, "first"), 0..1).unwrap().range, 0..1);
        assert_eq!(text.text(), "first\nlong\n\n");
        assert!(text.apply(mistake(7..8, "x"), 6..10).is_none());
    }
}
