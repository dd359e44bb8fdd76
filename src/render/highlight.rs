//! Code blocks: scopes of syntect become a dozen short classes of our own.

use std::sync::LazyLock;

use pulldown_cmark_escape::escape_html_body_text;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// Loaded at the first code block; a site without code never does.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Longer lines are data, not code to read.
const LONGEST_LINE: usize = 2_000;

/// Scopes and the class of what they cover; the first that fits the innermost scope wins.
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

/// Writes a code block; a language nobody knows stays plain.
pub(super) fn write_code(html: &mut String, language: &str, text: &str) {
    html.push_str("<pre class=\"code\" tabindex=\"0\"");
    if !language.is_empty() {
        html.push_str(" data-language=\"");
        pulldown_cmark_escape::escape_html(&mut *html, language).expect("a String takes any text");
        html.push('"');
    }
    html.push_str("><code>");
    match find_syntax(language) {
        Some(syntax) => write_highlighted(html, syntax, text),
        None => escape(html, text),
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
            if line.len() > LONGEST_LINE { Vec::new() } else { state.parse_line(line, &SYNTAXES).unwrap_or_default() };
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

/// Writes text of one scope, joining neighbours of the same class.
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
    escape(html, text);
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

fn escape(html: &mut String, text: &str) {
    escape_html_body_text(html, text).expect("a String takes any text");
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
    fn leaves_an_unknown_language_plain() {
        let mut html = String::new();
        write_code(&mut html, "klingon", "a < b\n");
        assert_eq!(
            html,
            "<pre class=\"code\" tabindex=\"0\" data-language=\"klingon\"><code>a &lt; b\n</code></pre>\n"
        );
    }
}
