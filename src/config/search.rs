//! Settings of the search: expectations, pinned results, and pages that rank lower.

use schemars::{Schema, SchemaGenerator, json_schema};

use crate::diagnostic::catalogue;
use crate::source::Spanned;
use crate::yaml::{ByName, Context, FromYaml, Meaning, Named, Node, Value, yaml_map};

yaml_map! {
    /// O que a busca do site deve achar.
    #[derive(Clone, Debug, Default)]
    #[owner("`search`")]
    pub(crate) struct SearchSettings {
        /// O que se espera da busca: para cada pergunta, como alguém a digita, a página que deve estar entre as três primeiras
        /// respostas. `vereda check` confere.
        ///
        /// Exemplo: `expect: { 'transferir chat': whatsapp/index.md#transferir-chat }`.
        optional expect: ByName<Spanned<String>>,
        /// A página que vem sempre em primeiro lugar, quando se digita exatamente isto.
        ///
        /// Exemplo: `pinned: { ramais: contatos/index.md }`.
        optional pinned: ByName<Spanned<String>>,
        /// Partes do site cujas páginas vêm depois das outras. Exemplo: `lower: [/guia/]`.
        optional lower: Vec<Spanned<String>>,
    }
}

/// Words and phrases that mean the same: a list of two or more texts.
pub(crate) struct Synonyms;

impl FromYaml for Synonyms {
    type Value = Vec<String>;
    const MEANING: Meaning = Meaning::Text;

    fn from_yaml(_: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Vec<String>> {
        let Value::List(items) = &node.value else {
            return context.refuse(node.span, catalogue::yaml::expected_synonyms());
        };
        let texts: Vec<String> = items.iter().filter(|item| !item.is_blank()).filter_map(Node::to_text).collect();
        let is_distinct = texts.iter().any(|text| text.to_lowercase() != texts[0].to_lowercase());
        if texts.len() < items.len() || !is_distinct {
            return context.refuse(node.span, catalogue::yaml::expected_synonyms());
        }
        Some(texts)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array", "items": { "type": "string" }, "minItems": 2 })
    }
}

/// A query with a page, as written.
pub(crate) type QueryPage = Named<Spanned<String>>;

#[cfg(test)]
mod tests {
    use crate::config::parse;
    use crate::diagnostic::Diagnostics;
    use crate::source::Sources;

    #[test]
    fn takes_groups_of_two_different_texts() {
        let groups = [
            ("[2ª via, segunda via]", true),
            ("[a, b, A]", true),
            ("nota", false),
            ("[sozinho]", false),
            ("[]", false),
            ("[a, '']", false),
            ("[b, B]", false),
            ("[a, [b, c]]", false),
        ];
        for (group, is_valid) in groups {
            let mut sources = Sources::default();
            let file = sources.add("vereda.yaml", format!("title: S\nsynonyms:\n  - {group}\n"));
            let mut diagnostics = Diagnostics::default();
            let config = parse(file, &sources, &mut diagnostics);
            assert_eq!(config.synonyms.len(), usize::from(is_valid), "{group}");
            assert_eq!(diagnostics.iter().count(), usize::from(!is_valid), "{group}");
        }
    }
}
