//! Values that are written as one word or one line, each with the form that its reader accepts.
//!
//! All of them are inlined where they are used, so that the key's own explanation is the one that is shown.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// Kebab-case, as `config::is_id` accepts it.
pub(super) const ID: &str = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

/// What is said of a name that is no id.
const ID_ERROR: &str =
    "Use letras minúsculas sem acento, números e hífens, começando por uma letra, como sem-cadastro.";

macro_rules! scalars {
    ($($(#[$doc:meta])* $name:ident $schema:tt)*) => {$(
        $(#[$doc])*
        pub(super) struct $name;

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )*};
}

scalars! {
    /// Any text; a number without quotes is one too.
    Text { "type": ["string", "number"] }

    /// A text, a number, `true` or `false`.
    Constant { "type": ["string", "number", "boolean"] }

    /// A number.
    Number { "type": "number" }

    /// How many.
    Count { "type": "integer", "minimum": 0 }

    /// A share of the whole.
    Percent { "type": "number", "minimum": 0, "maximum": 100 }

    /// The id of a node or of an option, or the name of an input.
    Id { "type": "string", "pattern": ID, "patternErrorMessage": ID_ERROR }

    /// A day.
    Date {
        "type": "string",
        "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        "patternErrorMessage": "Escreva a data como ano-mês-dia: 2026-10-13."
    }

    /// How often a text is reviewed.
    Period {
        "type": "string",
        "pattern": "^[1-9][0-9]{0,3}[dwmy]$",
        "patternErrorMessage": "Escreva um número e uma letra: 90d (dias), 2w (semanas), 6m (meses) ou 1y (anos)."
    }

    /// How long a task waits.
    Timer {
        "type": "string",
        "pattern": "^[0-9]+[smh]$",
        "patternErrorMessage": "Escreva um número e uma letra: 30s (segundos), 90m (minutos) ou 2h (horas)."
    }

    /// How long something may take, or is believed.
    Duration {
        "type": "string",
        "pattern": "^[0-9]{1,9}(ms|s|m|h|d)$",
        "patternErrorMessage": "Escreva um número e ms, s, m, h ou d: 200ms, 30s, 5m, 2h, 7d."
    }

    /// Statuses of HTTP.
    StatusRange {
        "type": ["string", "integer"],
        "pattern": "^[1-9][0-9]{2}(-[1-9][0-9]{2})?$",
        "patternErrorMessage": "Escreva uma resposta, como 403, ou da primeira à última, como '200-299'.",
        "minimum": 100,
        "maximum": 999
    }

    /// From an hour to another.
    Hours {
        "type": "string",
        "pattern": "^ *([01]?[0-9]|2[0-3]):[0-5]?[0-9] *- *([01]?[0-9]|2[0-3]):[0-5]?[0-9] *$",
        "patternErrorMessage": "Escreva as duas horas com um hífen entre elas, como '08:00-18:00'."
    }

    /// The scheme and host of another site.
    Origin {
        "type": "string",
        "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*(:[0-9]{1,5})?/?$",
        "patternErrorMessage": "Escreva só o começo do endereço, sem caminho, como https://example.com."
    }

    /// Where a site is published.
    BaseUrl {
        "type": "string",
        "pattern": "^https?://[^/?# \"<>]+(/[^?# \"<>]*)?$",
        "patternErrorMessage": "Escreva o endereço completo, como https://example.com/manual/."
    }
}

/// A map from names that the editor chooses.
pub(super) struct Named<T>(PhantomData<T>);

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Named_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<T>() })
    }
}

/// A map from ids that the editor chooses.
pub(super) struct ById<T>(PhantomData<T>);

impl<T: JsonSchema> JsonSchema for ById<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("ById_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Named::<T>::json_schema(generator);
        schema.insert("propertyNames".into(), Id::json_schema(generator).into());
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Pattern, is_id};

    #[test]
    fn the_pattern_of_ids_accepts_what_the_reader_accepts() {
        let pattern = Pattern::new(ID).unwrap();
        for text in ["a", "nao-encontrado", "n2", "", "Não", "a_b", "-a", "a-", "a--b", "2a", "a b", "á", "a-2"] {
            assert_eq!(pattern.is_match(text), is_id(text), "{text}");
        }
    }
}
