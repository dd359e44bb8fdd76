//! Ignores of a page: HTML comments in its text, YAML comments in its front matter.
//!
//! A comment alone on its line holds for the block that follows, up to the next empty line; one that shares its line with text
//! holds for that line; one in the front matter, for the whole front matter. In code it is text.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Options, Parser};
use regex::Regex;

use super::{Note, line_at, yaml};
use crate::content::front_matter::find_yaml;
use crate::source::FileId;

/// The comment, and what it says where it ends on its line.
static COMMENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<!--[ \t]*vereda-ignore\b(?:([^\n]*?)-->)?").expect("the pattern is valid"));

/// A line without text, also inside a quotation.
static EMPTY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[\s>]*$").expect("the pattern is valid"));

/// Every note of a page, wherever it would hold.
pub(super) fn find_notes(text: &str, file: FileId) -> Vec<Note<'_>> {
    let front_matter = find_yaml(text);
    let body = front_matter.as_ref().map_or(0, |yaml| yaml.end);
    let mut notes = match front_matter {
        None => Vec::new(),
        Some(yaml) => yaml::find_notes(text, yaml, file),
    };
    for note in &mut notes {
        note.covers = 0..body;
    }
    let parts = Parser::new_ext(&text[body..], Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES).into_offset_iter();
    for (event, range) in parts {
        if matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
            notes.extend(find_comments(text, body + range.start..body + range.end));
        }
    }
    notes
}

/// The notes of raw HTML. One that does not end on its line says nothing.
fn find_comments(text: &str, html: Range<usize>) -> impl Iterator<Item = Note<'_>> {
    COMMENT.captures_iter(&text[html.clone()]).map(move |found| {
        let place = |part: regex::Match<'_>| html.start + part.start()..html.start + part.end();
        let comment = found.get(0).map(place).expect("a match has a place");
        let said = found.get(1).map_or(comment.end..comment.end, place);
        Note { text: &text[said.clone()], start: said.start, covers: find_cover(text, comment) }
    })
}

/// The block below a comment that is alone on its line; else its line.
fn find_cover(text: &str, comment: Range<usize>) -> Range<usize> {
    let line = line_at(text, comment.start);
    let is_alone = EMPTY.is_match(&text[line.start..comment.start]) && EMPTY.is_match(&text[comment.end..line.end]);
    if !is_alone {
        return line;
    }
    let mut end = line.end;
    let mut has_begun = false;
    for below in text[line.end..].split_inclusive('\n') {
        let is_empty = EMPTY.is_match(below);
        if has_begun && is_empty {
            break;
        }
        has_begun |= !is_empty;
        end += below.len();
    }
    line.end..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    /// What each note says, and the text it covers.
    fn read(text: &str) -> Vec<(String, String)> {
        let file = Sources::default().add("a.md", text);
        let notes = find_notes(text, file);
        notes.into_iter().map(|note| (note.text.trim().to_owned(), text[note.covers].to_owned())).collect()
    }

    fn pair(said: &str, covered: &str) -> (String, String) {
        (said.to_owned(), covered.to_owned())
    }

    #[test]
    fn a_comment_alone_covers_the_block_below() {
        let text = "a\n\n<!-- vereda-ignore x: y -->\num\ndois\n\nfora\n";
        assert_eq!(read(text), [pair("x: y", "um\ndois\n")]);
        assert_eq!(read("<!-- vereda-ignore x: y -->\n\n\num\n"), [pair("x: y", "\n\num\n")]);
        assert_eq!(read("1. a\n\n   <!--vereda-ignore x: y-->\n   b\n\n2. c\n"), [pair("x: y", "   b\n")]);
        assert_eq!(read("> <!-- vereda-ignore x: y -->\n> b\n>\n> c\n"), [pair("x: y", "> b\n")]);
    }

    #[test]
    fn a_comment_beside_text_covers_its_line() {
        assert_eq!(read("um <!-- vereda-ignore x: y -->\ndois\n"), [pair("x: y", "um <!-- vereda-ignore x: y -->\n")]);
        let row = "| b <!-- vereda-ignore x: y --> |\n";
        assert_eq!(read(&format!("| a |\n|---|\n{row}")), [pair("x: y", row)]);
    }

    #[test]
    fn a_comment_of_the_front_matter_covers_all_of_it() {
        let front_matter = "---\ntitle: A # vereda-ignore x: y\n";
        assert_eq!(read(&format!("{front_matter}---\n\ntexto\n")), [pair("x: y", front_matter)]);
        assert_eq!(read("---\ntitle: 'A # vereda-ignore x: y'\n---\n"), []);
    }

    #[test]
    fn code_is_text() {
        assert_eq!(read("```html\n<!-- vereda-ignore x: y -->\n```\n\n`<!-- vereda-ignore x: y -->`\n"), []);
        assert_eq!(read("    <!-- vereda-ignore x: y -->\n"), []);
    }

    proptest::proptest! {
        #[test]
        fn takes_any_text(text in r"(---\n|[ -~áé\n]|<!-- vereda-ignore |-->|# vereda-ignore |: |> )*") {
            let file = Sources::default().add("a.md", text.clone());
            for note in find_notes(&text, file) {
                assert!(text.get(note.covers).is_some());
            }
        }
    }
}
