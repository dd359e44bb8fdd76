//! How strict `vereda check` is: `check` of `vereda.yaml`.

use std::collections::HashMap;

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Language, Severity, catalogue, explain_code, nearest};
use crate::source::Spanned;
use crate::yaml::{Context, FromYaml, Meaning, Node, WordList, describe_words, read_word, yaml_map, yaml_scalar};

yaml_map! {
    /// O rigor da conferência.
    #[derive(Clone, Debug, Default)]
    #[owner("`check`")]
    pub(crate) struct CheckSettings {
        /// A gravidade de cada diagnóstico, quando não deve ser a de costume; `ignore` o cala. Exemplo:
        /// `severity: { flow/twin-outcomes: note }`.
        optional severity: Severities,
        /// Quanto de cada fluxo os cenários precisam percorrer, em porcentagem. Abaixo disso, o que falta é um erro.
        ///
        /// Exemplo: `coverage: { nodes: 100, options: 100, rules: 100 }`.
        optional coverage: CoverageThresholds,
        /// Quantas perguntas, no máximo, um caminho pode ter. Acima disso, há um aviso.
        optional max_questions: Option<usize>,
    }
}

yaml_map! {
    /// Quanto de um fluxo os cenários precisam percorrer.
    #[derive(Clone, Copy, Debug, Default, PartialEq)]
    #[owner("`coverage`")]
    pub(crate) struct CoverageThresholds {
        /// A porcentagem dos nós por que algum cenário passa.
        optional nodes: Option<Percent>,
        /// A porcentagem das opções que algum cenário escolhe.
        optional options: Option<Percent>,
        /// A porcentagem das regras que algum cenário cumpre.
        optional rules: Option<Percent>,
    }
}

/// A share of the whole, from 0 to 100.
pub(crate) struct Percent;

yaml_scalar! {
    Percent: Other => f64,
    read: Node::as_number,
    message: catalogue::yaml::expected_number,
    schema: { "type": "number", "minimum": 0, "maximum": 100 },
}

/// A severity by code; `None` suppresses the code.
pub(crate) struct Severities;

impl FromYaml for Severities {
    type Value = HashMap<Code, Option<Severity>>;
    const MEANING: Meaning = Meaning::Other;

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Self::Value> {
        let mut severities = HashMap::new();
        for entry in context.read_entries(key, node)? {
            let Some(code) = Code::from_name(&entry.key.value) else {
                report_unknown_code(&entry.key, context);
                continue;
            };
            if let Some(severity) = read_word(&entry.key.value, &entry.value, words_of(code), context) {
                severities.insert(code, severity);
            }
        }
        Some(severities)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        let mut properties = serde_json::Map::new();
        for code in Code::all() {
            let mut schema = describe_words(words_of(code));
            schema.insert("description".into(), explain_code(code, Language::PtBr).cause.into());
            schema.insert("default".into(), code.severity().as_str().into());
            properties.insert(code.as_str().to_owned(), Value::from(schema));
        }
        json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}

const SEVERITIES: [(&str, Option<Severity>, &str); 4] = [
    ("error", Some(Severity::Error), "Errado: nada é publicado enquanto não for corrigido."),
    ("warning", Some(Severity::Warning), "Duvidoso: é avisado; com --strict, também impede a publicação."),
    ("note", Some(Severity::Note), "Bom saber: é avisado e nunca impede a publicação."),
    ("ignore", None, "Não é dito em lugar nenhum. Para um lugar só, escreva ali um comentário vereda-ignore."),
];

/// The severities that a site can give to a code. An essential code cannot be suppressed.
fn words_of(code: Code) -> &'static WordList<Option<Severity>> {
    if code.is_essential() { &SEVERITIES[..3] } else { &SEVERITIES }
}

fn report_unknown_code(name: &Spanned<String>, context: &mut Context<'_>) {
    let message = catalogue::yaml::unknown_code(&name.value);
    let diagnostic = Diagnostic::new(context.dialect.invalid_value, name.span, message);
    context.diagnostics.push(diagnostic.suggest_for(&name.value, nearest(&name.value, Code::all().map(Code::as_str))));
}
