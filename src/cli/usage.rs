//! Help, and mistakes in the arguments, in Portuguese; clap writes the English texts.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::portuguese;

/// A help text; or the mistake, a suggestion, and the usage of the command.
pub(super) fn in_portuguese(error: &clap::Error) -> String {
    use ErrorKind::{DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion};
    if matches!(error.kind(), DisplayHelp | DisplayVersion | DisplayHelpOnMissingArgumentOrSubcommand) {
        return portuguese::translate_rendered(&error.render().to_string());
    }
    let context = Context(error);
    let mistake = format!("erro: {}\n", context.mistake());
    let hint = context.hint().map(|hint| format!("  dica: {hint}\n"));
    let usage = context.text(ContextKind::Usage);
    let usage = usage.map(|usage| format!("{}\n", portuguese::translate_rendered(usage.trim_end())));
    let more = "Para mais informação, use '--help'.\n".to_owned();
    let paragraphs: Vec<String> = [Some(mistake), hint, usage, Some(more)].into_iter().flatten().collect();
    paragraphs.join("\n")
}

struct Context<'a>(&'a clap::Error);

impl Context<'_> {
    fn mistake(&self) -> String {
        let argument = self.quoted(ContextKind::InvalidArg);
        let value = self.quoted(ContextKind::InvalidValue);
        match self.0.kind() {
            ErrorKind::UnknownArgument => format!("o argumento {argument} não existe"),
            ErrorKind::InvalidSubcommand => {
                format!("o comando {} não existe", self.quoted(ContextKind::InvalidSubcommand))
            }
            ErrorKind::MissingSubcommand => {
                format!("falta um comando: {}", self.list(ContextKind::ValidSubcommand))
            }
            ErrorKind::MissingRequiredArgument => {
                format!("falta o que é obrigatório: {}", self.list(ContextKind::InvalidArg))
            }
            ErrorKind::ArgumentConflict => match self.quoted(ContextKind::PriorArg) {
                prior if prior == argument => format!("{argument} só pode aparecer uma vez"),
                prior => format!("{argument} não pode ser usado com {prior}"),
            },
            ErrorKind::NoEquals => format!("falta o sinal de igual em {argument}"),
            ErrorKind::TooManyValues => format!("{value} é demais para {argument}"),
            ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
                format!("falta um valor para {argument}")
            }
            // clap reports an option without its value as an empty value.
            ErrorKind::InvalidValue if value == "''" => {
                format!("falta um valor para {argument}{}", self.valid_values())
            }
            ErrorKind::InvalidValue => format!("{value} não é um valor de {argument}{}", self.valid_values()),
            ErrorKind::ValueValidation => format!("{value} não é um valor de {argument}{}", self.reason()),
            ErrorKind::InvalidUtf8 => "um argumento não é UTF-8 válido".to_owned(),
            _ => self.0.to_string().trim_start_matches("error: ").trim_end().to_owned(),
        }
    }

    fn hint(&self) -> Option<String> {
        let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
        let suggested = suggested.into_iter().find(|kind| self.0.get(*kind).is_some())?;
        let suggested = self.list(suggested).replace(", ", " ou ");
        Some(format!("você quis dizer {suggested}?"))
    }

    fn valid_values(&self) -> String {
        match self.list(ContextKind::ValidValue) {
            values if values.is_empty() => String::new(),
            values => format!("; os valores são {values}"),
        }
    }

    /// The reason of a parser.
    fn reason(&self) -> String {
        let reason = self.0.source().map(ToString::to_string).unwrap_or_default();
        if reason.is_empty() { reason } else { format!(": {}", portuguese::translate_reason(&reason)) }
    }

    fn quoted(&self, kind: ContextKind) -> String {
        format!("'{}'", self.text(kind).unwrap_or_default())
    }

    fn list(&self, kind: ContextKind) -> String {
        match self.0.get(kind) {
            Some(ContextValue::Strings(texts)) => {
                texts.iter().map(|text| format!("'{text}'")).collect::<Vec<_>>().join(", ")
            }
            Some(ContextValue::String(text)) => format!("'{text}'"),
            _ => String::new(),
        }
    }

    fn text(&self, kind: ContextKind) -> Option<String> {
        match self.0.get(kind)? {
            ContextValue::None => None,
            value => Some(value.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::arguments::Arguments;
    use super::*;

    fn message_of(arguments: &[&str]) -> String {
        let arguments = std::iter::once(&"vereda").chain(arguments);
        let error = Arguments::command().try_get_matches_from(arguments).expect_err("the arguments have a mistake");
        in_portuguese(&error)
    }

    #[test]
    fn explains_each_kind_of_mistake_in_portuguese() {
        let cases: [(&[&str], &str, &str); 12] = [
            (&["check", "--estrito"], "o argumento '--estrito' não existe", "Uso: vereda check"),
            (&["check", "--stric"], "o argumento '--stric' não existe", "dica: você quis dizer '--strict'?"),
            (&["chek"], "o comando 'chek' não existe", "dica: você quis dizer 'schema' ou 'check'?"),
            (&["search"], "falta o que é obrigatório: '<QUERY>'", "Uso: vereda search"),
            (&["check", "--format", "xml"], "'xml' não é um valor de '--format <FORMAT[=FILE]>'", "'human', "),
            (&["check", "--format"], "falta um valor para '--format <FORMAT[=FILE]>'", "os valores são"),
            (&["schema", "flw"], "'flw' não é um valor de '<SUBJECT>'", "dica: você quis dizer 'flow'?"),
            (&["build", "--base-url", "x"], "'x' não é um valor", "esperado um endereço como"),
            (&["check", "--deny", "link/emty"], "'link/emty' não é um valor", "você quis dizer link/empty?"),
            (&["serve", "--port", "x"], "'x' não é um valor", "esperado um número inteiro"),
            (&["check", "--base-url", "https://a.org/"], "falta o que é obrigatório: '--html <DIR>'", "--help"),
            (&["check", "--root", "a", "--root", "b"], "só pode aparecer uma vez", "Uso:"),
        ];
        for (arguments, mistake, more) in cases {
            let message = message_of(arguments);
            assert!(message.starts_with("erro: ") && message.contains(mistake) && message.contains(more), "{message}");
            let english = ["error:", "tip:", "Usage:", "expected", "required", "[possible"];
            assert!(!english.iter().any(|word| message.contains(word)), "{message}");
        }
    }
}
