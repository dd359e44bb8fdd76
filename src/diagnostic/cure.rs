//! Cures: the replacements that correct a finding, and whether they are certain.
//!
//! A cure is declared where its finding is made, by [`Diagnostic::suggest_for`] or [`Diagnostic::cure`]. Whether the cure of
//! a code is certain is declared in [`KINDS`], which the explanation of the code shows too.
//!
//! As in ruff, a certain cure keeps what the editor means. A likely cure is a guess that a person should see before.

use unicode_normalization::UnicodeNormalization;

use super::{Code, Diagnostic, Language};
use crate::source::Span;

/// Shortest name of which one letter may be missing or exchanged.
const SHORTEST_NAME: usize = 5;

/// Whether a cure keeps what the editor means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// A guess.
    Likely,
    /// Applied without a question.
    Certain,
}

/// A replacement of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The place of the text.
    pub span: Span,
    /// The part of the text that is replaced, which must stand there once. `None` is the whole text.
    pub from: Option<String>,
    /// The new text.
    pub to: String,
}

/// The correction of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cure {
    /// Whether it is certain.
    pub certainty: Certainty,
    /// The replacements, all or none of which apply.
    pub replacements: Vec<Replacement>,
}

/// When the cure of a code is certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CureKind {
    Certain,
    /// Certain for a small misspelling of a word of a closed list.
    Word,
    /// Certain if only case, accents, separators, or one missing or exchanged letter differ.
    Name,
    Likely,
}

/// The codes that have cures.
const KINDS: &[(Code, CureKind)] = &[
    (Code::CONFIG_UNKNOWN_KEY, CureKind::Word),
    (Code::FRONT_MATTER_UNKNOWN_KEY, CureKind::Word),
    (Code::FLOW_UNKNOWN_KEY, CureKind::Word),
    (Code::CONFIG_INVALID_VALUE, CureKind::Word),
    (Code::FRONT_MATTER_INVALID_VALUE, CureKind::Word),
    (Code::FLOW_INVALID_VALUE, CureKind::Word),
    (Code::SECTION_INVALID, CureKind::Word),
    (Code::CONFIG_YAML_TRAP, CureKind::Certain),
    (Code::FRONT_MATTER_YAML_TRAP, CureKind::Certain),
    (Code::FLOW_YAML_TRAP, CureKind::Certain),
    (Code::CONFIG_SYNTAX, CureKind::Likely),
    (Code::FRONT_MATTER_SYNTAX, CureKind::Likely),
    (Code::FLOW_SYNTAX, CureKind::Likely),
    (Code::FLOW_UNKNOWN_NODE, CureKind::Name),
    (Code::FLOW_UNKNOWN_FLOW, CureKind::Name),
    (Code::FLOW_UNKNOWN_NAME, CureKind::Name),
    (Code::FLOW_MISSING_CONTENT, CureKind::Name),
    (Code::SCENARIO_UNKNOWN_NAME, CureKind::Name),
    (Code::SEARCH_UNKNOWN_PAGE, CureKind::Name),
    (Code::LINK_MISSING_FILE, CureKind::Name),
    (Code::LINK_MISSING_ANCHOR, CureKind::Name),
    (Code::LINK_OUTSIDE_ROOT, CureKind::Certain),
    (Code::LINK_INVALID_URL, CureKind::Likely),
    (Code::DIRECTIVE_UNKNOWN, CureKind::Word),
    (Code::DIRECTIVE_SYNTAX, CureKind::Certain),
    (Code::DIRECTIVE_UNKNOWN_FILTER, CureKind::Word),
    (Code::DIRECTIVE_UNKNOWN_NAME, CureKind::Name),
    (Code::IGNORE_INVALID, CureKind::Word),
];

impl Code {
    fn cure_kind(self) -> Option<CureKind> {
        KINDS.iter().find(|(code, _)| *code == self).map(|(_, kind)| *kind)
    }

    /// What `check --fix` does with findings of this code.
    pub fn cure_note(self, language: Language) -> Option<&'static str> {
        let [pt, en] = match self.cure_kind()? {
            CureKind::Certain => [
                "**`vereda check --fix`** corrige isto sozinho quando a mensagem diz o que escrever e o sentido não muda.",
                "**`vereda check --fix`** corrects this by itself where the message says what to write and the meaning stays.",
            ],
            CureKind::Word => [
                "**`vereda check --fix`** corrige um erro pequeno de digitação; outra sugestão, só com `--fix=all`.",
                "**`vereda check --fix`** corrects a small misspelling; another suggestion only with `--fix=all`.",
            ],
            CureKind::Name => [
                "**`vereda check --fix`** corrige quando só mudam maiúsculas, acentos, hifens ou uma letra; outra sugestão, só com `--fix=all`.",
                "**`vereda check --fix`** corrects it where only case, accents, hyphens or one letter differ; another suggestion only with `--fix=all`.",
            ],
            CureKind::Likely => [
                "**`vereda check --fix=all`** escreve a sugestão da mensagem: confira a mudança, que ele mostra.",
                "**`vereda check --fix=all`** writes the suggestion of the message: check the change, which it shows.",
            ],
        };
        Some(match language {
            Language::PtBr => pt,
            Language::En => en,
        })
    }

    /// Whether to write `name` for `written` is certain.
    fn certainty_of(self, written: &str, name: &str) -> Certainty {
        let is_certain = match self.cure_kind() {
            Some(CureKind::Certain) => true,
            Some(CureKind::Word) => {
                let length = written.chars().count().max(name.chars().count());
                strsim::damerau_levenshtein(written, name) * 100 <= length * 25 || is_misspelt(written, name)
            }
            Some(CureKind::Name) => is_misspelt(written, name),
            Some(CureKind::Likely) | None => false,
        };
        if is_certain { Certainty::Certain } else { Certainty::Likely }
    }
}

/// True for names of which only case, accents, separators, or one missing or exchanged letter differ. Digits are the same.
fn is_misspelt(written: &str, name: &str) -> bool {
    let (written, name) = (fold(written), fold(name));
    if written == name {
        return true;
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    let (one, other) = (written.chars().count(), name.chars().count());
    let is_near = strsim::damerau_levenshtein(&written, &name) == 1 && one.max(other) > SHORTEST_NAME;
    is_near && digits(&written) == digits(&name) && (one != other || sorted(&written) == sorted(&name))
}

/// Lower case, without accents, with hyphens for blanks and underscores.
fn fold(text: &str) -> String {
    let is_mark = |c: &char| unicode_normalization::char::is_combining_mark(*c);
    let letters = text.nfd().filter(|c| !is_mark(c)).flat_map(char::to_lowercase);
    letters.map(|c| if matches!(c, ' ' | '_') { '-' } else { c }).collect()
}

impl Diagnostic {
    /// Adds "did you mean", and the cure that replaces the written name at the finding and its labels.
    #[must_use]
    pub(crate) fn suggest_for(self, written: &str, suggestion: Option<impl std::fmt::Display>) -> Self {
        let Some(name) = suggestion.map(|name| name.to_string()) else { return self };
        let finding = self.suggest(Some(&name));
        finding.replace_name(written, &name, written, &name)
    }

    /// Adds the cure that replaces `from` by `to` at the finding. It is as certain as `name` for `written`.
    #[must_use]
    pub(crate) fn replace_name(self, written: &str, name: &str, from: &str, to: &str) -> Self {
        let certainty = self.code.certainty_of(written, name);
        let Some(span) = self.span else { return self };
        let replacement = Replacement { span, from: Some(from.to_owned()), to: to.to_owned() };
        Self { cure: Some(Cure { certainty, replacements: vec![replacement] }), ..self }
    }

    /// Adds the cure that writes a text at a place.
    #[must_use]
    pub(crate) fn cure(self, certainty: Certainty, span: Span, to: impl Into<String>) -> Self {
        let replacement = Replacement { span, from: None, to: to.into() };
        Self { cure: Some(Cure { certainty, replacements: vec![replacement] }), ..self }
    }

    /// Repeats the replacement of the cure at another place that has the same mistake.
    pub(crate) fn cure_also(&mut self, span: Span) {
        if let Some(cure) = &mut self.cure
            && let Some(first) = cure.replacements.first().cloned()
        {
            cure.replacements.push(Replacement { span, ..first });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_certain_of_small_differences_only() {
        let certain = |code: Code, written, name| code.certainty_of(written, name) == Certainty::Certain;
        for (written, name) in [("Pendência", "pendencia"), ("pendecia", "pendencia"), ("sem_cadastro", "sem-cadastro")]
        {
            assert!(certain(Code::LINK_MISSING_ANCHOR, written, name), "{written}");
        }
        for (written, name) in [("passo-1", "passo-2"), ("sim-a", "sim-b"), ("sim", "si"), ("estorno", "retorno")] {
            assert!(!certain(Code::LINK_MISSING_ANCHOR, written, name), "{written}");
        }
        assert!(certain(Code::FLOW_UNKNOWN_KEY, "titel", "title"));
        assert!(!certain(Code::FLOW_UNKNOWN_KEY, "opcoes", "options"));
        assert!(!certain(Code::LINK_INVALID_URL, "a", "a"));
    }

    #[test]
    fn declares_each_code_once() {
        let mut codes: Vec<_> = KINDS.iter().map(|(code, _)| code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), KINDS.len());
    }
}
