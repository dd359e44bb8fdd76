//! Splices: replacements of parts of a text, applied together.
//!
//! In: a text and the parts to replace, with offsets of that text. Out: the new text. Entry points: [`apply`] and [`invert`].

use std::ops::Range;

/// A part of a text, and what replaces it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Splice {
    /// First byte of the part.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The new text.
    pub text: String,
}

impl Splice {
    /// Replaces a range.
    pub fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { start: range.start, end: range.end, text: text.into() }
    }

    /// Inserts a text at an offset.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::new(at..at, text)
    }

    /// Removes a range.
    pub fn remove(range: Range<usize>) -> Self {
        Self::new(range, "")
    }

    /// The replaced range.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Applies splices to the text that their offsets refer to. Insertions at one offset keep their order. `None` if two
/// splices overlap or if a splice is not inside the text.
pub fn apply(text: &str, splices: &[Splice]) -> Option<String> {
    let mut sorted: Vec<&Splice> = splices.iter().collect();
    sorted.sort_by_key(|splice| (splice.start, splice.end));
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for splice in sorted {
        result.push_str(text.get(at..splice.start)?);
        text.get(splice.range())?;
        result.push_str(&splice.text);
        at = splice.end;
    }
    result.push_str(text.get(at..)?);
    Some(result)
}

/// The splices of the new text that give back the old one. The splices do not overlap.
pub fn invert(text: &str, splices: &[Splice]) -> Vec<Splice> {
    let mut sorted: Vec<&Splice> = splices.iter().collect();
    sorted.sort_by_key(|splice| (splice.start, splice.end));
    let (mut added, mut removed) = (0, 0);
    let invert = |splice: &Splice| {
        let start = splice.start + added - removed;
        added += splice.text.len();
        removed += splice.range().len();
        Splice::new(start..start + splice.text.len(), &text[splice.range()])
    };
    sorted.into_iter().map(invert).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn applies_splices_in_the_order_of_the_text() {
        let splices = [Splice::remove(4..6), Splice::insert(0, "a"), Splice::new(1..3, "xyz"), Splice::insert(0, "b")];
        let after = apply("012345", &splices).unwrap();
        assert_eq!(after, "ab0xyz3");
        assert_eq!(apply(&after, &invert("012345", &splices)).unwrap(), "012345");
    }

    #[test]
    fn refuses_overlaps_and_parts_of_characters() {
        assert_eq!(apply("0123", &[Splice::remove(0..2), Splice::remove(1..3)]), None);
        assert_eq!(apply("á", &[Splice::remove(0..1)]), None);
        assert_eq!(apply("a", &[Splice::insert(2, "b")]), None);
    }
}
