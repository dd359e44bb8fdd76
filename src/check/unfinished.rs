//! Marks of unfinished text, in flows and in the parts of pages that flows show.
//!
//! The marks are `TODO`, `FIXME`, `XXX`, `TBD`, *lorem ipsum*, *a definir* and `???`. `TODO` is also a Portuguese word,
//! so it is no mark between words in capitals. `XXX` counts only alone, not in `XXX-XXXX`. *A definir* counts only at
//! the end of a text or clause: "ajude o cliente a definir uma senha" is finished.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::shown::ShownParts;
use crate::content::flow_text::{TextRole, WrittenText, used_values};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::site::{Site, SitePage};
use crate::source::{Sources, Span};

/// A mark, alone.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"\b(?:TODO|FIXME|XXX|TBD|tbd)\b|(?i:\blorem\s+ipsum\b|\ba\s+definir\b)|\?{3,}";
    Regex::new(words).expect("the pattern is valid")
});

/// Code blocks and code spans of Markdown, and HTML comments.
static MARKDOWN_CODE: LazyLock<Regex> = LazyLock::new(|| {
    let parts = r"(?ms:^\s*```.*?^\s*```|^\s*~~~.*?^\s*~~~|<!--.*?-->)|``[^`]+``|`[^`\n]+`";
    Regex::new(parts).expect("the pattern is valid")
});

/// Code elements, comments and tags of HTML.
static MARKUP: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s:<code>.*?</code>|<!--.*?-->)|<[^>]*>").expect("the pattern is valid"));

pub(super) fn check(site: &Site, shown: &ShownParts<'_>, sources: &Sources, diagnostics: &mut Diagnostics) {
    let texts = || site.flows.iter().flat_map(|flow| &flow.texts).filter(|text| text.role != TextRole::Address);
    texts().for_each(|text| check_text(text, sources, diagnostics));
    let named = used_values(texts());
    for value in site.config.values.iter().filter(|value| named.contains(&value.name.value)) {
        if let Some(mark) = find_marks(&value.value).first() {
            diagnostics.push(catalogue::flow::unfinished_text(value.name.span, &value.value[mark.clone()]));
        }
    }
    for (page, parts) in site.pages.iter().zip(&shown.parts).filter(|(_, parts)| !parts.is_empty()) {
        check_page(page, parts, sources, diagnostics);
    }
}

/// Reports the first mark of a text. Code in Markdown is skipped.
fn check_text(text: &WrittenText, sources: &Sources, diagnostics: &mut Diagnostics) {
    let read = |text: &str, role: TextRole| if role == TextRole::Text { without_code(text) } else { text.to_owned() };
    let value = read(&text.text.value, text.role);
    if let Some(word) = find_marks(&value).first().map(|mark| &value[mark.clone()]) {
        let span = text.text.span;
        let start = read(sources.slice(span), text.role).find(word).map(|at| span.start as usize + at);
        let place = start.map_or(span, |start| Span::new(span.file, start, start + word.len()));
        diagnostics.push(catalogue::flow::unfinished_text(place, word));
    }
}

/// Reports the marks in the shown parts of a page, at their place in the source.
fn check_page(page: &SitePage, parts: &[Range<usize>], sources: &Sources, diagnostics: &mut Diagnostics) {
    let read = blank(&MARKUP, &page.body.body.html);
    let marks = find_marks(&read);
    let places = find_places(page, sources);
    for (index, mark) in marks.iter().enumerate() {
        if parts.iter().any(|part| part.contains(&mark.start)) {
            let place = places.get(index).copied().filter(|_| places.len() == marks.len());
            let place = place.unwrap_or(Span::new(page.file, 0, 0));
            diagnostics.push(catalogue::flow::unfinished_text(place, &read[mark.clone()]));
        }
    }
}

/// The marks of a page's source, without its front matter.
fn find_places(page: &SitePage, sources: &Sources) -> Vec<Span> {
    let text = sources.text(page.file);
    let body = text.match_indices("\n---").next().filter(|_| text.starts_with("---")).map_or(0, |(at, _)| at + 4);
    let marks = find_marks(&without_code(&text[body..]));
    marks.into_iter().map(|mark| Span::new(page.file, body + mark.start, body + mark.end)).collect()
}

/// Markdown with code and comments blanked. Offsets stay the same.
pub(super) fn without_code(markdown: &str) -> String {
    blank(&MARKDOWN_CODE, markdown)
}

/// Replaces the parts by tabs of the same length in bytes. Line breaks stay.
fn blank(parts: &Regex, text: &str) -> String {
    let blank = |found: &Captures<'_>| -> String {
        found[0].bytes().map(|byte| if byte == b'\n' { '\n' } else { '\t' }).collect()
    };
    parts.replace_all(text, blank).into_owned()
}

fn find_marks(text: &str) -> Vec<Range<usize>> {
    let marks = MARK.find_iter(text).filter(|mark| is_mark(mark.as_str(), &text[..mark.start()], &text[mark.end()..]));
    marks.map(|mark| mark.range()).collect()
}

/// True when a word is a mark in its context.
fn is_mark(word: &str, before: &str, after: &str) -> bool {
    match word {
        "TODO" => {
            let is_between =
                is_upper_case(before.split_whitespace().next_back()) || is_upper_case(after.split_whitespace().next());
            after.starts_with(':') || !is_between
        }
        "XXX" => is_phrase_start(before) && is_phrase_end(after),
        _ if word.to_lowercase().ends_with("definir") => is_clause_end(after),
        _ => true,
    }
}

/// True after nothing, white space, or an opening bracket or quotation mark.
fn is_phrase_start(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| c.is_whitespace() || "([{“\"'*_".contains(c))
}

/// True before nothing, white space, or closing punctuation. A full stop counts only at the end of a sentence.
fn is_phrase_end(after: &str) -> bool {
    let mut after = after.strip_prefix('.').unwrap_or(after).chars();
    after.next().is_none_or(|c| c.is_whitespace() || ")]}”\"'*_,;:!?<".contains(c))
}

/// True before nothing, the end of a line or element, or punctuation.
fn is_clause_end(after: &str) -> bool {
    let mut after = after.trim_start_matches([' ', '*', '_']).chars();
    after.next().is_none_or(|c| c.is_control() || ".,;:!?)]}”\"<".contains(c))
}

/// True for a word in capitals; punctuation is ignored.
fn is_upper_case(word: Option<&str>) -> bool {
    let is_upper_case = |word: &str| word.contains(char::is_uppercase) && !word.contains(char::is_lowercase);
    word.is_some_and(is_upper_case)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_marks() {
        for text in [
            "TODO: ver com N2",
            "Confirmar o prazo (TODO)",
            "FIXME",
            "Ligue para XXX.",
            "Prazo: tbd",
            "Lorem  ipsum dolor",
            "Prazo a definir",
            "O prazo (a definir) é do N2",
            "Quem? ???",
        ] {
            assert_eq!(find_marks(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn skips_words_that_look_like_marks() {
        for text in [
            "Todo o histórico",
            "COPIE TODO O HISTÓRICO",
            "Método TODOS",
            "Título XXXX",
            "(11) XXX-XXXX",
            "CPF XXX.XXX.XXX-XX",
            "Ajude o cliente a definir uma senha",
            "Sim??",
        ] {
            assert!(find_marks(text).is_empty(), "{text}");
        }
        assert!(find_marks(&without_code("Use `TODO` e\n\n```\n???\n```\n")).is_empty());
    }
}
