//! Text in memory: files by id, byte spans, lines and columns.
//!
//! In: paths relative to the root with their text. Out: [`Sources`], from which every later stage borrows. Entry point:
//! [`Sources::add`]. This module does not read the disk or interpret a text.

use std::sync::OnceLock;

/// Maximum distance in bytes between two marks of the line index. Each line also begins with a mark.
const MARK_EVERY: usize = 4096;

/// Identifies one text file of a site; an index into [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(u32);

/// A byte range of one file. Both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: narrow(start), end: narrow(end.max(start)) }
    }

    /// The range as indices of the file's text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// From the beginning of this span to the end of `other`, in the same file.
    #[must_use]
    pub fn to(self, other: Span) -> Self {
        Self { end: other.end.max(self.start), ..self }
    }
}

/// A value with the place where it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// Finds the first line of a conflict of git, `<<<<<<< HEAD`, with the lines that follow it, `=======` and `>>>>>>>`.
/// In a fenced code block of Markdown the lines are an example.
pub(crate) fn find_conflict(text: &str) -> Option<std::ops::Range<usize>> {
    let (mut first, mut has_middle, mut is_code, mut at) = (None, false, false, 0);
    for line in text.split_inclusive('\n') {
        let written = line.trim_end();
        is_code ^= ["```", "~~~"].iter().any(|fence| line.trim_start_matches([' ', '>']).starts_with(fence));
        if !is_code {
            if first.is_none() && (written == "<<<<<<<" || written.starts_with("<<<<<<< ")) {
                first = Some(at..at + written.len());
            }
            has_middle |= first.is_some() && written == "=======";
            if has_middle && written.starts_with(">>>>>>>") {
                return first;
            }
        }
        at += line.len();
    }
    None
}

/// One text file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Relative to the root, with `/` between parts.
    pub path: String,
    /// The whole text. Bytes that are not UTF-8 are replaced, and reported by the reader.
    pub text: String,
    /// Line index, made at the first use.
    marks: OnceLock<Vec<Mark>>,
}

/// A byte offset whose line and column are known.
#[derive(Clone, Copy, Debug)]
struct Mark {
    offset: usize,
    position: Position,
}

/// A line and a column, as editors count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

/// Every text file of a site.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file and gives its id.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).expect("fewer than 2^32 files"));
        self.files.push(Source { path: path.into(), text: text.into(), marks: OnceLock::new() });
        id
    }

    /// Path relative to the root.
    pub fn path(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].path
    }

    /// The whole text of a file.
    pub fn text(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].text
    }

    /// The text a span covers.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.range()).unwrap_or("")
    }

    /// Line and column of a byte offset. An offset past the end gives the end.
    pub fn position(&self, file: FileId, offset: u32) -> Position {
        self.files[file.0 as usize].position(offset as usize)
    }

    /// Finds a file by its path relative to the root.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let index = self.files.iter().position(|source| source.path == path)?;
        Some(FileId(u32::try_from(index).expect("fewer than 2^32 files")))
    }
}

impl Source {
    /// Counts from the nearest mark before the offset, so that the cost does not depend on the offset.
    fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let marks = self.marks.get_or_init(|| mark(&self.text));
        let mark = marks[marks.partition_point(|mark| mark.offset <= offset) - 1];
        let column = mark.position.column + self.text[mark.offset..offset].chars().count();
        Position { column, ..mark.position }
    }
}

/// Marks the start of the text, of each line, and of each stretch of a long line.
fn mark(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        mark_line(line, start, index + 1, &mut marks);
        start += line.len();
    }
    if text.is_empty() || text.ends_with('\n') {
        let line = marks.last().map_or(1, |mark| mark.position.line + 1);
        marks.push(Mark { offset: start, position: Position { line, column: 1 } });
    }
    marks
}

fn mark_line(text: &str, start: usize, line: usize, marks: &mut Vec<Mark>) {
    let (mut from, mut column) = (0, 1);
    while from < text.len() {
        marks.push(Mark { offset: start + from, position: Position { line, column } });
        let to = text.ceil_char_boundary(from + MARK_EVERY);
        column += text[from..to].chars().count();
        from = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let mut sources = Sources::default();
        let file = sources.add("a.md", "olá\nção x");
        assert_eq!(sources.position(file, 0), Position { line: 1, column: 1 });
        assert_eq!(sources.position(file, 4), Position { line: 1, column: 4 });
        let x = u32::try_from("olá\nção ".len()).unwrap();
        assert_eq!(sources.position(file, x), Position { line: 2, column: 5 });
        assert_eq!(sources.position(file, 999), Position { line: 2, column: 6 });
    }

    #[test]
    fn positions_agree_with_naive_count() {
        let mut sources = Sources::default();
        let text = format!("{}\n\n{}", "ação ".repeat(4_000), "日本 ".repeat(2_000));
        let file = sources.add("a.md", text.clone());
        for (offset, _) in text.char_indices().step_by(997) {
            let before = &text[..offset];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            assert_eq!(sources.position(file, u32::try_from(offset).unwrap()), Position { line, column });
        }
    }

    #[test]
    fn gives_positions_in_empty_text_and_last_line() {
        let mut sources = Sources::default();
        let empty = sources.add("a.md", "");
        let ended = sources.add("b.md", "a\n");
        assert_eq!(sources.position(empty, 0), Position { line: 1, column: 1 });
        assert_eq!(sources.position(ended, 1), Position { line: 1, column: 2 });
        assert_eq!(sources.position(ended, 2), Position { line: 2, column: 1 });
    }
}
