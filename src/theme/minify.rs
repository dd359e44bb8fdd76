//! Scripts and style sheets without what only their authors read: comments that begin a line, indentation, blank lines.
//!
//! Done line by line, so it needs no parser and cannot change what a line means; see `themes/README.md` for what it asks of a
//! theme.

/// A script without `//` lines, `/* … */` blocks that begin a line, types in `/** @… */`, and indentation.
pub(super) fn script(text: &str) -> String {
    let lines = slim(text, |line| line.starts_with("//"));
    lines.split_inclusive('\n').map(without_types).collect()
}

/// A line without the types that stand inside it, such as `/** @type {string} */ (name)`.
fn without_types(line: &str) -> String {
    let mut parts = line.split("/** @");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once("*/") {
            Some((_, code)) => kept.push_str(code.trim_start_matches(' ')),
            None => kept.extend(["/** @", part]),
        }
    }
    kept
}

/// A style sheet without `/* … */` blocks that begin a line, indentation, and line ends where nothing needs them.
pub(super) fn style(text: &str) -> String {
    let lines = slim(text, |_| false);
    lines.replace(" {\n", "{").replace(";\n}", "}").replace(";\n", ";").replace("}\n", "}").replace(",\n", ",")
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
        let text = "// @ts-check\n/** A\n * b. */\nexport const a = 'https://x'; // kept\n\n  /* c */ b();\n/** @type {x} */ (y);\nc(/** @type {z} */ (y));\n";
        assert_eq!(script(text), "export const a = 'https://x'; // kept\nb();\n(y);\nc((y));\n");
        assert_eq!(
            style("/* a */\n.b {\n  color: red;\n  top: 0;\n}\n.c { top: 0; }\n"),
            ".b{color: red;top: 0}.c { top: 0; }"
        );
    }
}
