//! `vereda-ignore` comments of a YAML text.
//!
//! A comment at the end of a line covers that line. A comment alone on its line covers the next line with content. If a
//! multi-line scalar begins there, the whole scalar is covered. Inside a scalar, `#` does not begin a comment.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Comment, line_at};
use crate::content::flow::DIALECT;
use crate::diagnostic::Diagnostics;
use crate::source::FileId;
use crate::yaml::{Meaning, Node, Value};

static COMMENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)(?:^|[ \t])(#[ \t]*vereda-ignore)\b([^\n]*)").expect("the pattern is valid"));

/// A scalar, and the offset of its key, item or own start.
struct Scalar {
    owner: usize,
    range: Range<usize>,
}

/// Finds the comments of the YAML in a part of a text. Invalid YAML has none: its error cannot be suppressed.
pub(super) fn find_comments(text: &str, yaml: Range<usize>, file: FileId) -> Vec<Comment<'_>> {
    let source = &text[yaml.clone()];
    let Some(root) = crate::yaml::parse(source, file, yaml.start, DIALECT, Meaning::Other, &mut Diagnostics::default())
    else {
        return Vec::new();
    };
    let mut scalars = Vec::new();
    collect(&root, root.span.range().start, &mut scalars);
    let mut comments = Vec::new();
    for found in COMMENT.captures_iter(source) {
        let place = |group| {
            found.get(group).map_or(0..0, |part: regex::Match<'_>| yaml.start + part.start()..yaml.start + part.end())
        };
        let (sign, body) = (place(1), place(2));
        if scalars.iter().any(|scalar| scalar.range.contains(&sign.start)) {
            continue;
        }
        comments.push(Comment {
            text: &text[body.clone()],
            start: body.start,
            covers: find_cover(text, sign.start, &yaml, &scalars),
        });
    }
    comments
}

fn collect(node: &Node, owner: usize, scalars: &mut Vec<Scalar>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar { .. } => scalars.push(Scalar { owner, range: node.span.range() }),
        Value::List(items) => items.iter().for_each(|item| collect(item, item.span.range().start, scalars)),
        Value::Map(entries) => {
            for entry in entries {
                collect(&entry.value, entry.key.span.range().start, scalars);
            }
        }
    }
}

fn find_cover(text: &str, sign: usize, yaml: &Range<usize>, scalars: &[Scalar]) -> Range<usize> {
    let mut line = line_at(text, sign);
    if text[line.start..sign].trim().is_empty() {
        let is_passed = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
        while line.end < yaml.end && is_passed(&text[line.clone()]) {
            line = line_at(text, line.end);
        }
    }
    let begun = scalars.iter().filter(|scalar| line.contains(&scalar.owner) || line.contains(&scalar.range.start));
    let end = begun.map(|scalar| scalar.range.end).max().map_or(line.end, |end| end.max(line.end));
    line.start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    /// The text of each comment, and the text it covers.
    fn read(text: &str) -> Vec<(&str, &str)> {
        let file = Sources::default().add("a.flow.yaml", text);
        let comments = find_comments(text, 0..text.len(), file);
        comments.into_iter().map(|found| (found.text.trim(), &text[found.covers])).collect()
    }

    #[test]
    fn covers_its_line_or_next_line() {
        assert_eq!(read("a: 1 # vereda-ignore x: y\nb: 2\n"), [("x: y", "a: 1 # vereda-ignore x: y\n")]);
        assert_eq!(read("a: 1\n# vereda-ignore x: y\n\n# porque\nb: 2\nc: 3\n"), [("x: y", "b: 2\n")]);
        assert_eq!(read("a:\n  - b # vereda-ignore x: y\r\n"), [("x: y", "  - b # vereda-ignore x: y\r\n")]);
    }

    #[test]
    fn covers_whole_multi_line_scalar() {
        let covered = "a: |\n  um\n  dois\n";
        assert_eq!(read(&format!("# vereda-ignore x: y\n{covered}b: 2\n")), [("x: y", covered)]);
    }

    #[test]
    fn skips_comments_in_scalars() {
        assert_eq!(read("a: 'b # vereda-ignore x: y'\nc: |\n  # vereda-ignore x: y\nd: e#vereda-ignore x: y\n"), []);
        assert_eq!(read("a: [\n# vereda-ignore x: y\n"), []);
    }

    #[test]
    fn finds_comment_without_text() {
        assert_eq!(read("a: 1 # vereda-ignore\n"), [("", "a: 1 # vereda-ignore\n")]);
    }
}
