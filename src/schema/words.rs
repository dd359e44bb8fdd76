//! Closed lists of words, each with what it means. The words are those of the types that are read.

use std::borrow::Cow;
use std::marker::PhantomData;

use jiff::civil::Weekday;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::config::{InputType, WEEKDAYS};
use crate::content::flow::Ending;
use crate::diagnostic::Severity;

/// A type whose values are words.
pub(super) trait Words: Copy + Sized + 'static {
    /// The name of the list.
    const NAME: &'static str;

    /// Every word.
    fn all() -> Vec<(&'static str, Self)>;

    /// What it means, in one line.
    fn meaning(self) -> &'static str;
}

/// One of the words of a type.
pub(super) struct Word<T>(PhantomData<T>);

impl<T: Words> JsonSchema for Word<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::NAME.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let (words, meanings): (Vec<_>, Vec<_>) =
            T::all().into_iter().map(|(word, value)| (word, value.meaning())).unzip();
        json_schema!({ "type": "string", "enum": words, "enumDescriptions": meanings })
    }
}

impl Words for InputType {
    const NAME: &'static str = "InputType";

    fn all() -> Vec<(&'static str, Self)> {
        Self::NAMES.to_vec()
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::Text => "Um texto qualquer. Com pattern, um texto de forma exata.",
            Self::Number => "Um número. Aceita min e max.",
            Self::Money => "Um valor em reais, como 1.234,56. Aceita min e max.",
            Self::Date => "Um dia, como 13/10/2026. Aceita min e max.",
            Self::Time => "Uma hora, como 18:30. Aceita min e max.",
            Self::Datetime => "Um dia com hora. Aceita min e max.",
            Self::Cnpj => "Um CNPJ, numérico ou alfanumérico, com ou sem pontuação. Os dígitos são conferidos.",
            Self::Cpf => "Um CPF, com ou sem pontuação. Os dígitos são conferidos.",
            Self::Phone => "Um telefone.",
            Self::Email => "Um endereço de e-mail.",
            Self::Url => "O endereço de uma página.",
            Self::Choice => "Uma escolha entre as de choices.",
        }
    }
}

impl Words for Ending {
    const NAME: &'static str = "Ending";

    fn all() -> Vec<(&'static str, Self)> {
        Self::NAMES.to_vec()
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::Resolved => "O atendimento terminou.",
            Self::Pending => "O atendimento espera alguém.",
            Self::Open => "O atendimento continua.",
            Self::Escalated => "O atendimento subiu para outra equipe.",
            Self::Transferred => "O atendimento passou a outra pessoa ou grupo.",
            Self::NotApplicable => "O procedimento não se aplica a este caso.",
        }
    }
}

impl Words for Severity {
    const NAME: &'static str = "Severity";

    fn all() -> Vec<(&'static str, Self)> {
        Self::ALL.iter().map(|severity| (severity.as_str(), *severity)).collect()
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::Error => "Errado: nada é publicado enquanto não for corrigido.",
            Self::Warning => "Duvidoso: é avisado; com --strict, também impede a publicação.",
            Self::Note => "Bom saber: é avisado e nunca impede a publicação.",
        }
    }
}

impl Words for Weekday {
    const NAME: &'static str = "Weekday";

    fn all() -> Vec<(&'static str, Self)> {
        WEEKDAYS.to_vec()
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::Monday => "Segunda-feira.",
            Self::Tuesday => "Terça-feira.",
            Self::Wednesday => "Quarta-feira.",
            Self::Thursday => "Quinta-feira.",
            Self::Friday => "Sexta-feira.",
            Self::Saturday => "Sábado.",
            Self::Sunday => "Domingo.",
        }
    }
}
