//! Explanations of the codes: cause, example and fix, in both languages.
//!
//! In: a [`Code`]. Out: its section of the catalogue's Markdown. Entry points: [`explain_code`], and [`explain_all`] for
//! the guide's list of every code.

mod list;

use super::catalogue::AREAS;
use super::{Code, Language, nearest};

pub use list::explain_all;

/// The explanation of a code, as Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The whole explanation, without a heading.
    pub body: &'static str,
    /// What happened, and why it matters.
    pub cause: &'static str,
    /// What to do, without the label before it.
    pub fix: &'static str,
}

/// Returns the explanation of a code.
pub fn explain_code(code: Code, language: Language) -> Explanation {
    let fix_label = match language {
        Language::PtBr => "**Como corrigir**: ",
        Language::En => "**How to fix it**: ",
    };
    let body = find_body(code, language).expect("a test checks that every code is explained");
    let (cause, _) = body.split_once("\n\n**").unwrap_or_default();
    let (_, fix) = body.split_once(fix_label).unwrap_or_default();
    Explanation { body, cause, fix }
}

/// Finds what is below `### LANGUAGE` in the section `## CODE`.
fn find_body(code: Code, language: Language) -> Option<&'static str> {
    let area = AREAS.iter().find(|area| area.codes.contains(&code))?;
    let (_, section) = area.explanations.split_once(&format!("\n## {}\n", code.as_str()))?;
    // An example can have headings of its own.
    let section = section.split(&format!("\n## {}/", area.name)).next()?;
    let (_, body) = section.split_once(&format!("\n### {}\n", language.tag()))?;
    let end = body.find(&format!("\n### {}\n", language.other().tag())).unwrap_or(body.len());
    Some(body[..end].trim())
}

/// Finds the code whose name is nearest to a mistyped one.
pub fn nearest_code(name: &str) -> Option<Code> {
    nearest(name, Code::all().map(Code::as_str)).and_then(Code::from_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each language with the labels of the parts of an explanation.
    const LABELS: [(Language, &str, &str); 2] = [
        (Language::PtBr, "\n\n**Exemplo**\n\n```", "\n\n**Como corrigir**: "),
        (Language::En, "\n\n**Example**\n\n```", "\n\n**How to fix it**: "),
    ];

    fn check_body(code: Code, body: &str, example_label: &str, fix_label: &str) {
        let (cause, rest) = body.split_once(example_label).unwrap_or_else(|| panic!("{code:?}: no example"));
        let (example, _) = rest.split_once("\n```\n").unwrap_or_else(|| panic!("{code:?}: the example has no end"));
        let (_, fix) = rest.split_once(fix_label).unwrap_or_else(|| panic!("{code:?}: no fix"));
        assert!(cause.len() > 40 && cause.ends_with('.'), "{body}");
        assert!(example.lines().count() > 1, "{body}");
        assert!(fix.len() > 20 && fix.ends_with('.'), "{body}");
    }

    #[test]
    fn explains_every_code_in_both_languages() {
        for code in Code::all() {
            for (language, example_label, fix_label) in LABELS {
                let body = find_body(code, language).unwrap_or_else(|| panic!("{code:?} is not explained"));
                check_body(code, body, example_label, fix_label);
            }
        }
    }

    #[test]
    fn has_a_section_for_each_code_in_order() {
        for area in AREAS {
            let headings = area.explanations.lines().filter_map(|line| line.strip_prefix("## "));
            let sections: Vec<_> = headings.filter(|heading| heading.starts_with(&format!("{}/", area.name))).collect();
            let names: Vec<_> = area.codes.iter().map(|code| code.as_str()).collect();
            assert_eq!(sections, names);
            assert!(names.iter().all(|name| name.split_once('/').is_some_and(|(start, _)| start == area.name)));
        }
    }

    #[test]
    fn names_every_code_once() {
        let mut names: Vec<_> = Code::all().map(Code::as_str).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::all().count());
    }

    #[test]
    fn finds_nearest_code() {
        assert_eq!(nearest_code("link/mising-anchor"), Some(Code::LINK_MISSING_ANCHOR));
        assert_eq!(nearest_code("x"), None);
    }
}
