//! What each code means: cause, example and cure, in both languages, from the Markdown beside this file.
//!
//! In: a [`Code`]. Out: its section of `pt-BR.md` or `en.md`. Entry point: [`find_explanation`].

use super::{Code, Language, nearest};

const PORTUGUESE: &str = include_str!("pt-BR.md");
const ENGLISH: &str = include_str!("en.md");

/// How the section of a code begins.
const HEADING: &str = "## ";

/// The explanation of a code, as Markdown that begins with its heading.
pub fn find_explanation(code: Code, language: Language) -> Option<&'static str> {
    let text = match language {
        Language::PtBr => PORTUGUESE,
        Language::En => ENGLISH,
    };
    sections(text).find(|section| name(section) == code.as_str())
}

/// Finds the code that was probably meant.
pub fn nearest_code(name: &str) -> Option<Code> {
    nearest(name, Code::ALL.iter().map(|code| code.as_str())).and_then(Code::from_name)
}

/// The sections of a text, each with its heading.
fn sections(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.match_indices("\n## ").map(|(newline, _)| newline + 1);
    let ends = starts.clone().skip(1).chain([text.len()]);
    starts.zip(ends).map(|(start, end)| text[start..end].trim_end())
}

/// The code that a section explains.
fn name(section: &str) -> &str {
    section.lines().next().and_then(|line| line.strip_prefix(HEADING)).unwrap_or_default()
}
