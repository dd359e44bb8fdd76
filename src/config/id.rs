//! Ids that an editor chooses: of nodes, options and inputs.

use schemars::{Schema, SchemaGenerator};

use crate::diagnostic::catalogue;
use crate::source::Spanned;
use crate::yaml::{ByName, Context, FromYaml, Meaning, Node, yaml_scalar};

/// Kebab-case, as [`is_id`] accepts it.
const PATTERN: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// What an editor shows at a name that is no id.
const PATTERN_ERROR: &str = "Use letras minúsculas sem acento, números e hífens, como sem-cadastro ou 2-via.";

/// Kebab-case: lower-case letters, digits and single hyphens.
pub(crate) fn is_id(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.split('-').all(is_word)
}

/// The id of an input: one with a letter, because `{2}` in a text is no placeholder.
pub(crate) fn is_input_id(text: &str) -> bool {
    is_id(text) && has_letter(text)
}

/// True for a name that a placeholder can have.
pub(crate) fn has_letter(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// The name of something that has an id. Any text is read: a later stage reports a name that does not exist.
pub(crate) struct Id;

yaml_scalar! {
    Id: Text => String,
    read: Node::to_text,
    message: catalogue::yaml::expected_text,
    schema: { "type": "string", "pattern": PATTERN, "patternErrorMessage": PATTERN_ERROR },
}

/// A map from ids, read like [`ByName`].
pub(crate) struct ById<F>(std::marker::PhantomData<F>);

impl<F: FromYaml> FromYaml for ById<F> {
    type Value = <ByName<F> as FromYaml>::Value;
    const MEANING: Meaning = ByName::<F>::MEANING;

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Self::Value> {
        ByName::<F>::from_yaml(key, node, context)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = ByName::<F>::schema(generator);
        schema.insert("propertyNames".into(), Id::schema(generator).into());
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Pattern;

    #[test]
    fn accepts_kebab_case_alone() {
        let pattern = Pattern::new(PATTERN).unwrap();
        for id in ["a", "nao-encontrado", "n2", "a-2", "2-via", "24h", "0", "007", "1e3"] {
            assert!(is_id(id) && pattern.is_match(id), "{id}");
        }
        for text in ["", "Não", "a_b", "-a", "a-", "a--b", "2-", "2ª", "a b", "á"] {
            assert!(!is_id(text) && !pattern.is_match(text), "{text}");
        }
    }

    #[test]
    fn input_ids_have_a_letter() {
        assert!(is_input_id("2-via") && is_input_id("n2"));
        assert!(!is_input_id("24") && !is_input_id("2-3"));
    }
}
