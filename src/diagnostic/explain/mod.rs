//! What each code means: cause, example and cure, in both languages, from the Markdown beside this file.
//!
//! In: a [`Code`]. Out: its section of `pt-BR.md` or `en.md`, whole or in parts. Entry points: [`explain_code`], and
//! [`explain_all`] for the guide's list of every code.

mod list;

use super::{Code, Language, nearest};

pub use list::explain_all;

const PORTUGUESE: &str = include_str!("pt-BR.md");
const ENGLISH: &str = include_str!("en.md");

/// How the section of a code begins.
const HEADING: &str = "## ";

/// What a code means, as Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation<'a> {
    /// Everything, with its heading.
    pub section: &'a str,
    /// Everything below the heading.
    pub body: &'a str,
    /// What happened, and why it matters.
    pub cause: &'a str,
    /// What to do, without the words that open it.
    pub cure: &'a str,
}

/// The explanation of a code.
pub fn explain_code(code: Code, language: Language) -> Explanation<'static> {
    let (text, opening) = match language {
        Language::PtBr => (PORTUGUESE, "**Como corrigir**: "),
        Language::En => (ENGLISH, "**How to mend it**: "),
    };
    let section = sections(text).find(|section| name(section) == code.as_str());
    let section = section.expect("a test sees that every code is explained");
    let (_, body) = section.split_once("\n\n").unwrap_or_default();
    let (cause, _) = body.split_once("\n\n**").unwrap_or_default();
    let (_, cure) = body.split_once(opening).unwrap_or_default();
    Explanation { section, body, cause, cure }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with the words that open its parts.
    const EDITIONS: [(Language, &str, &str, &str); 2] = [
        (Language::PtBr, PORTUGUESE, "**Exemplo**\n\n```", "**Como corrigir**: "),
        (Language::En, ENGLISH, "**Example**\n\n```", "**How to mend it**: "),
    ];

    #[test]
    fn every_code_has_a_cause_an_example_and_a_cure_in_both_languages() {
        for (language, text, example, cure) in EDITIONS {
            for code in Code::ALL {
                assert!(sections(text).any(|section| name(section) == code.as_str()), "{language:?}: no `## {code:?}`");
                let section = explain_code(*code, language).section;
                let (before, after) = section.split_once(example).unwrap_or_else(|| panic!("{section}"));
                let (cause, shown) =
                    (before.lines().skip(1).collect::<String>(), after.split_once("\n```\n").unwrap().0);
                assert!(cause.len() > 40 && cause.trim_end().ends_with('.'), "{section}");
                assert!(shown.lines().count() > 1, "{section}");
                assert!(
                    after.split_once(cure).is_some_and(|(_, cure)| cure.len() > 20 && cure.ends_with('.')),
                    "{section}"
                );
            }
        }
    }

    #[test]
    fn no_section_explains_what_does_not_exist_or_twice() {
        for (language, text, ..) in EDITIONS {
            let names: Vec<_> = sections(text).map(name).collect();
            for (index, name) in names.iter().enumerate() {
                assert!(Code::from_name(name).is_some(), "{language:?}: {name}");
                assert!(!names[..index].contains(name), "{language:?}: {name}");
            }
        }
    }

    #[test]
    fn finds_the_code_that_was_meant() {
        assert_eq!(nearest_code("link/mising-anchor"), Some(Code::LinkMissingAnchor));
        assert_eq!(nearest_code("x"), None);
    }
}
