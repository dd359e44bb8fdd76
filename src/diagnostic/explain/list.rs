//! The guide's list of every code, from the same explanations as `vereda explain`.

use std::fmt::Write;

use super::{Explanation, explain_code};
use crate::diagnostic::catalogue::{AREAS, report};
use crate::diagnostic::{Code, Language, Severity};

/// Lists every code by area, as Markdown: anchor (`#link-missing-anchor`), severity, cause and fix.
pub fn explain_all(language: Language) -> String {
    let mut text = format!("## {}\n", report::all_codes().in_language(language));
    for area in AREAS {
        push(&mut text, format_args!("\n### {} {{#{}}}\n", area.title(language), area.name));
        for code in area.codes {
            push_code(&mut text, *code, language);
        }
    }
    text
}

fn push_code(text: &mut String, code: Code, language: Language) {
    let (name, anchor) = (code.as_str(), code.as_str().replace('/', "-"));
    let severity = match code.severity() {
        Severity::Error => report::error(),
        Severity::Warning => report::warning(),
        Severity::Note => report::note(),
    };
    let (severity, label) = (severity.in_language(language), report::how_to_fix().in_language(language).to_owned());
    let Explanation { cause, fix, .. } = explain_code(code, language);
    push(text, format_args!("\n#### `{name}` {{#{anchor}}}\n\n*{severity}* · {cause}\n\n**{label}**: {fix}\n"));
    if let Some(note) = code.cure_note(language) {
        push(text, format_args!("\n{note}\n"));
    }
}

fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments).expect("a string takes any text");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_every_code_once_with_its_anchor() {
        for language in [Language::PtBr, Language::En] {
            let list = explain_all(language);
            for code in Code::all() {
                let heading = format!("\n#### `{}` {{#{}}}\n", code.as_str(), code.as_str().replace('/', "-"));
                assert_eq!(list.matches(&heading).count(), 1, "{heading}");
            }
        }
    }
}
