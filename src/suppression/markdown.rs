//! `vereda-ignore` comments of a page: HTML comments in its text, YAML comments in its front matter.
//!
//! A comment alone on its line covers the block below, up to the next empty line. A comment beside text covers its line.
//! A comment in the front matter covers the whole front matter. In code a comment is text.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Options, Parser};
use regex::Regex;

use super::{Comment, line_at, yaml};
use crate::content::front_matter::find_yaml;
use crate::source::FileId;

/// The comment. The text is captured only if the comment ends on its line.
static COMMENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<!--[ \t]*vereda-ignore\b(?:([^\n]*?)-->)?").expect("the pattern is valid"));

/// A line without text, also inside a block quote.
static EMPTY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[\s>]*$").expect("the pattern is valid"));

/// Finds the comments of a page.
pub(super) fn find_comments(text: &str, file: FileId) -> Vec<Comment<'_>> {
    let front_matter = find_yaml(text);
    let body = front_matter.as_ref().map_or(0, |yaml| yaml.end);
    let mut comments = match front_matter {
        None => Vec::new(),
        Some(yaml) => yaml::find_comments(text, yaml, file),
    };
    for comment in &mut comments {
        comment.covers = 0..body;
    }
    let parts = Parser::new_ext(&text[body..], Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES).into_offset_iter();
    for (event, range) in parts {
        if matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
            comments.extend(find_html_comments(text, body + range.start..body + range.end));
        }
    }
    comments
}

/// Finds the comments of raw HTML. The text of a comment that does not end on its line is empty.
fn find_html_comments(text: &str, html: Range<usize>) -> impl Iterator<Item = Comment<'_>> {
    COMMENT.captures_iter(&text[html.clone()]).map(move |found| {
        let place = |part: regex::Match<'_>| html.start + part.start()..html.start + part.end();
        let comment = found.get(0).map(place).expect("a match has a place");
        let body = found.get(1).map_or(comment.end..comment.end, place);
        Comment { text: &text[body.clone()], start: body.start, covers: find_cover(text, comment) }
    })
}

/// Finds the covered range: the block below a comment that is alone on its line, otherwise its line.
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

    /// The text of each comment, and the text it covers.
    fn read(text: &str) -> Vec<(String, String)> {
        let file = Sources::default().add("a.md", text);
        let comments = find_comments(text, file);
        comments.into_iter().map(|found| (found.text.trim().to_owned(), text[found.covers].to_owned())).collect()
    }

    fn pair(body: &str, covered: &str) -> (String, String) {
        (body.to_owned(), covered.to_owned())
    }

    #[test]
    fn covers_block_below_comment() {
        let text = "a\n\n<!-- vereda-ignore x: y -->\num\ndois\n\nfora\n";
        assert_eq!(read(text), [pair("x: y", "um\ndois\n")]);
        assert_eq!(read("<!-- vereda-ignore x: y -->\n\n\num\n"), [pair("x: y", "\n\num\n")]);
        assert_eq!(read("1. a\n\n   <!--vereda-ignore x: y-->\n   b\n\n2. c\n"), [pair("x: y", "   b\n")]);
        assert_eq!(read("> <!-- vereda-ignore x: y -->\n> b\n>\n> c\n"), [pair("x: y", "> b\n")]);
    }

    #[test]
    fn covers_line_of_comment() {
        assert_eq!(read("um <!-- vereda-ignore x: y -->\ndois\n"), [pair("x: y", "um <!-- vereda-ignore x: y -->\n")]);
        let row = "| b <!-- vereda-ignore x: y --> |\n";
        assert_eq!(read(&format!("| a |\n|---|\n{row}")), [pair("x: y", row)]);
    }

    #[test]
    fn covers_whole_front_matter() {
        let front_matter = "---\ntitle: A # vereda-ignore x: y\n";
        assert_eq!(read(&format!("{front_matter}---\n\ntexto\n")), [pair("x: y", front_matter)]);
        assert_eq!(read("---\ntitle: 'A # vereda-ignore x: y'\n---\n"), []);
    }

    #[test]
    fn skips_comments_in_code() {
        assert_eq!(read("```html\n<!-- vereda-ignore x: y -->\n```\n\n`<!-- vereda-ignore x: y -->`\n"), []);
        assert_eq!(read("    <!-- vereda-ignore x: y -->\n"), []);
    }

    proptest::proptest! {
        #[test]
        fn takes_any_text(text in r"(---\n|[ -~áé\n]|<!-- vereda-ignore |-->|# vereda-ignore |: |> )*") {
            let file = Sources::default().add("a.md", text.clone());
            for comment in find_comments(&text, file) {
                assert!(text.get(comment.covers).is_some());
            }
        }
    }
}
