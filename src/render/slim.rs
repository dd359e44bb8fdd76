//! Scripts and style sheets without what only their authors read: comments that begin a line, indentation, blank lines.
//!
//! Done line by line, so it needs no parser and cannot change what a line means; see `themes/README.md` for what it asks of a
//! theme.

/// A script without `//` lines, `/* … */` blocks that begin a line, and indentation.
pub(super) fn script(text: &str) -> String {
    slim(text, |line| line.starts_with("//"))
}

/// A style sheet without `/* … */` blocks that begin a line, and indentation.
pub(super) fn style(text: &str) -> String {
    slim(text, |_| false)
}

fn slim(text: &str, is_comment: impl Fn(&str) -> bool) -> String {
    let mut slimmed = String::with_capacity(text.len());
    let mut lines = text.lines().map(str::trim);
    while let Some(line) = lines.next() {
        let code = match line.strip_prefix("/*") {
            Some(comment) => after_comment(comment, &mut lines),
            None => line,
        };
        if !code.is_empty() && !is_comment(code) {
            slimmed.push_str(code);
            slimmed.push('\n');
        }
    }
    slimmed
}

/// What stands behind the end of a block comment, on the line on which it ends.
fn after_comment<'t>(comment: &'t str, lines: &mut impl Iterator<Item = &'t str>) -> &'t str {
    let mut line = Some(comment);
    while let Some(text) = line {
        if let Some((_, code)) = text.split_once("*/") {
            return code.trim_start();
        }
        line = lines.next();
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_code_and_drops_comments_that_begin_a_line() {
        let text = "// @ts-check\n/** A\n * b. */\nexport const a = 'https://x'; // kept\n\n  /* c */ b();\n/** @type {x} */ (y);\n";
        assert_eq!(script(text), "export const a = 'https://x'; // kept\nb();\n(y);\n");
        assert_eq!(style("/* a */\n.b {\n  color: red;\n}\n"), ".b {\ncolor: red;\n}\n");
    }
}
