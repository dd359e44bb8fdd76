//! The guide's list of every code, from the same text as `explain`.

use std::fmt::Write;

use super::{Explanation, explain_code};
use crate::diagnostic::catalogue::report;
use crate::diagnostic::{Code, Language, Severity};

/// Every code by area, as Markdown: an anchor a code (`#link-missing-anchor`), how bad it is, what happened and what to do.
pub fn explain_all(language: Language) -> String {
    let mut text = format!("## {}\n", report::all_codes().in_language(language));
    let mut area = "";
    for code in Code::ALL {
        let (its_area, _) = code.as_str().split_once('/').expect("a code is an area and a name");
        if its_area != area {
            area = its_area;
            push(&mut text, format_args!("\n### {} {{#{area}}}\n", find_title(area, language)));
        }
        push_code(&mut text, *code, language);
    }
    text
}

/// What an editor calls an area.
fn find_title(area: &'static str, language: Language) -> &'static str {
    let (pt, en) = match area {
        "config" => ("A configuração, `vereda.yaml`", "The settings, `vereda.yaml`"),
        "front-matter" => ("O cabeçalho de uma página", "The front matter of a page"),
        "page" => ("Páginas", "Pages"),
        "directive" => ("Blocos e valores em uma página", "Directives and values in a page"),
        "link" => ("Links", "Links"),
        "flow" => ("Fluxos", "Flows"),
        "scenario" => ("Cenários", "Scenarios"),
        "review" => ("Revisões", "Reviews"),
        "ignore" => ("Avisos ignorados", "What is ignored"),
        "asset" => ("Outros arquivos", "Other files"),
        "output" => ("O que é publicado", "What is published"),
        "external" => ("Links para outros sites", "Links to other sites"),
        "theme" => ("O tema", "The theme"),
        other => (other, other),
    };
    match language {
        Language::PtBr => pt,
        Language::En => en,
    }
}

fn push_code(text: &mut String, code: Code, language: Language) {
    let (name, anchor) = (code.as_str(), code.as_str().replace('/', "-"));
    let severity = match code.severity() {
        Severity::Error => report::error(),
        Severity::Warning => report::warning(),
        Severity::Note => report::note(),
    };
    let (severity, mend) = (severity.in_language(language), report::how_to_mend().in_language(language).to_owned());
    let Explanation { cause, cure, .. } = explain_code(code, language);
    push(text, format_args!("\n#### `{name}` {{#{anchor}}}\n\n*{severity}* · {cause}\n\n**{mend}**: {cure}\n"));
}

fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments).expect("a string takes any text");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_every_code_once_with_its_anchor() {
        for language in [Language::PtBr, Language::En] {
            let list = explain_all(language);
            for code in Code::ALL {
                let heading = format!("\n#### `{}` {{#{}}}\n", code.as_str(), code.as_str().replace('/', "-"));
                assert_eq!(list.matches(&heading).count(), 1, "{heading}");
            }
        }
    }
}
