//! Syntax highlighting of code blocks: scopes of `syntect` become a dozen short CSS classes.

use std::sync::LazyLock;

use pulldown_cmark_escape::escape_html;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::escape_into;

/// Loaded at the first code block.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Longer lines are not highlighted, in bytes.
const MAX_LINE: usize = 2_000;

/// Scope prefixes with their classes. The first prefix of the innermost scope wins.
static CLASSES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    [
        ("comment", "c"),
        ("punctuation.definition.comment", "c"),
        ("string", "s"),
        ("punctuation.definition.string", "s"),
        ("constant.character.escape", "n"),
        ("constant", "n"),
        ("storage.type", "k"),
        ("storage.modifier", "k"),
        ("keyword.operator", "o"),
        ("keyword", "k"),
        ("entity.name.function", "f"),
        ("support.function", "f"),
        ("variable.function", "f"),
        ("entity.name.tag", "m"),
        ("entity.other.attribute-name", "a"),
        ("entity.name.section", "m"),
        ("entity.name", "t"),
        ("support.type", "t"),
        ("support.class", "t"),
        ("variable.parameter", "v"),
        ("variable.language", "k"),
        ("markup", "m"),
        ("punctuation", "p"),
    ]
    .into_iter()
    .map(|(scope, class)| (Scope::new(scope).expect("the scope is valid"), class))
    .collect()
});

/// A block in an unknown language is not highlighted.
pub(super) fn write_code(html: &mut String, language: &str, text: &str) {
    html.push_str("<pre class=\"code\" tabindex=\"0\"");
    if !language.is_empty() {
        html.push_str(" data-language=\"");
        escape_html(&mut *html, language).expect("a String takes any text");
        html.push('"');
    }
    html.push_str("><code>");
    match find_syntax(language) {
        Some(syntax) => write_highlighted(html, syntax, text),
        None => escape_into(html, text),
    }
    html.push_str("</code></pre>\n");
}

fn find_syntax(language: &str) -> Option<&'static SyntaxReference> {
    let token = match language {
        "" | "text" | "txt" | "plain" => return None,
        "ts" | "typescript" | "jsx" | "tsx" | "mjs" => "js",
        "jsonc" | "json5" => "json",
        "shell" | "console" | "zsh" => "bash",
        token => token,
    };
    SYNTAXES.find_syntax_by_token(token)
}

fn write_highlighted(html: &mut String, syntax: &SyntaxReference, text: &str) {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    for line in text.split_inclusive('\n') {
        let operations =
            if line.len() > MAX_LINE { Vec::new() } else { state.parse_line(line, &SYNTAXES).unwrap_or_default() };
        let mut at = 0;
        let mut open: Option<&str> = None;
        for (offset, operation) in operations {
            write_run(html, &line[at..offset], &stack, &mut open);
            at = offset;
            if stack.apply(&operation).is_err() {
                break;
            }
        }
        write_run(html, &line[at..], &stack, &mut open);
        close(html, &mut open);
    }
}

/// Writes text of one scope. Neighbours of the same class share a `<span>`.
fn write_run(html: &mut String, text: &str, stack: &ScopeStack, open: &mut Option<&str>) {
    if text.is_empty() {
        return;
    }
    let class = if text.trim().is_empty() { *open } else { class_of(stack) };
    if class != *open {
        close(html, open);
        if let Some(class) = class {
            html.push_str("<span class=\"");
            html.push_str(class);
            html.push_str("\">");
        }
        *open = class;
    }
    escape_into(html, text);
}

fn close(html: &mut String, open: &mut Option<&str>) {
    if open.take().is_some() {
        html.push_str("</span>");
    }
}

fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    let class = |scope: &Scope| CLASSES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class);
    stack.as_slice().iter().rev().find_map(class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_code_with_short_classes() {
        let mut html = String::new();
        write_code(&mut html, "rust", "let x = \"a<b\"; // c\n");
        assert!(html.contains("<span class=\"k\">let</span>"), "{html}");
        assert!(html.contains("<span class=\"s\">\"a&lt;b\"</span>"), "{html}");
        assert!(html.contains("<span class=\"c\">// c"), "{html}");
    }

    #[test]
    fn does_not_highlight_unknown_languages() {
        let mut html = String::new();
        write_code(&mut html, "klingon", "a < b\n");
        assert_eq!(
            html,
            "<pre class=\"code\" tabindex=\"0\" data-language=\"klingon\"><code>a &lt; b\n</code></pre>\n"
        );
    }
}
