//! `vereda.yaml`.

use std::borrow::Cow;

use jiff::civil::Weekday;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use super::input::Input;
use super::links::Links;
use super::scalar::{BaseUrl, ById, Count, Date, Hours, Named, Origin, Percent, Text};
use super::words::Word;
use crate::config::IGNORE;
use crate::diagnostic::{Code, Language, Severity, explain_code};

/// As configurações do site. Só `title` é obrigatório.
#[derive(JsonSchema)]
#[schemars(title = "Configuração de um site da Vereda", deny_unknown_fields)]
pub(super) struct Config {
    /// O nome do site, no alto de todas as páginas. Exemplo: `title: Atendimento`.
    title: Text,
    /// O endereço em que o site será publicado. Exemplo: `base_url: https://example.com/manual/`.
    base_url: Option<BaseUrl>,
    /// A língua do conteúdo.
    #[schemars(extend("default" = "pt-BR", "examples" = ["pt-BR", "en"]))]
    language: Option<Text>,
    /// O tema, que decide a aparência do site: `orange`, ou o nome de uma pasta de `themes`.
    #[schemars(extend("default" = "orange"))]
    theme: Option<Text>,
    /// Textos usados em mais de um lugar, como um telefone ou o nome de uma macro. Escreva `{values.NOME}` onde o texto deve
    /// aparecer: uma mudança aqui vale em todas as páginas e fluxos.
    ///
    /// Exemplo: `values: { telefone: (11) 4003-0015 }`.
    values: Option<Named<Text>>,
    /// O que o leitor digita, igual em qualquer página ou fluxo. Escreva `{NOME}` onde o valor deve aparecer.
    inputs: Option<ById<Input>>,
    /// Horários de atendimento, para as condições `within` (dentro) e `outside` (fora) dos fluxos.
    calendars: Option<Named<Calendar>>,
    /// Modelos do registro, o texto que o agente cola no ticket ao chegar a um desfecho. O desfecho escolhe o modelo com
    /// `record: NOME`.
    ///
    /// Podem ter `{flow.title}`, `{outcome.title}`, `{outcome.status}`, `{path}` (o caminho percorrido), `{inputs}` (o que foi
    /// digitado), `{copy}` (o que foi copiado), `{date}` (a data e a hora em que se copia), `{code}` (o código do caminho) e
    /// entradas, como `{cnpj}`. Uma linha cujos valores estão todos vazios não aparece.
    records: Option<Named<Text>>,
    /// O que se confere nos links.
    links: Option<Links>,
    /// Outros sites de que as páginas podem mostrar imagens, sons, vídeos e quadros (`iframe`). O que vem de outro lugar o
    /// navegador não mostra.
    ///
    /// Exemplo: `embed: [https://imagens.example.com]`.
    embed: Option<Vec<Origin>>,
    /// Se o site publicado abre sem rede depois da primeira visita.
    #[schemars(extend("default" = true))]
    offline: Option<bool>,
    /// O rigor da conferência que `vereda check` faz.
    check: Option<Check>,
}

/// Um horário de atendimento.
#[derive(JsonSchema)]
#[schemars(title = "Calendário", deny_unknown_fields)]
pub(super) struct Calendar {
    /// Os dias da semana em que se atende. Sem esta chave, todos. Exemplo: `weekdays: [mon, tue, wed, thu, fri]`.
    weekdays: Option<Vec<Word<Weekday>>>,
    /// As horas em que se atende, entre aspas. As duas pontas contam: às 18:00 ainda se atende, às 18:01 não. Podem passar da
    /// meia-noite. Sem esta chave, o dia inteiro.
    ///
    /// Exemplo: `hours: ['08:00-12:00', '13:00-18:00']`.
    hours: Option<Vec<Hours>>,
    /// Os dias em que não se atende, seja qual for o dia da semana. Exemplo: `holidays: [2026-12-25]`.
    holidays: Option<Vec<Date>>,
    /// O fuso horário. Sem esta chave, UTC.
    #[schemars(extend("default" = "UTC", "examples" = ["America/Sao_Paulo"]))]
    timezone: Option<Text>,
}

/// O rigor da conferência.
#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub(super) struct Check {
    /// A gravidade de cada diagnóstico, quando não deve ser a de costume; `ignore` o cala. Exemplo:
    /// `severity: { flow/twin-outcomes: note }`.
    severity: Option<Severities>,
    /// Quanto de cada fluxo os cenários precisam percorrer, em porcentagem. Abaixo disso, o que falta é um erro.
    ///
    /// Exemplo: `coverage: { nodes: 100, options: 100, rules: 100 }`.
    coverage: Option<Coverage>,
    /// Quantas perguntas, no máximo, um caminho pode ter. Acima disso, há um aviso.
    max_questions: Option<Count>,
}

/// Quanto de um fluxo os cenários precisam percorrer.
#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub(super) struct Coverage {
    /// A porcentagem dos nós por que algum cenário passa.
    nodes: Option<Percent>,
    /// A porcentagem das opções que algum cenário escolhe.
    options: Option<Percent>,
    /// A porcentagem das regras que algum cenário cumpre.
    rules: Option<Percent>,
}

/// A severity by the name of a code.
pub(super) struct Severities;

impl JsonSchema for Severities {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Severities".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let properties: Map<String, Value> =
            Code::all().map(|code| (code.as_str().to_owned(), severity_of(code, generator))).collect();
        json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}

fn severity_of(code: Code, generator: &mut SchemaGenerator) -> Value {
    let mut schema = generator.subschema_for::<Word<Severity>>();
    if !code.is_essential() {
        let mut push = |list: &str, word: &str| {
            if let Some(Value::Array(words)) = schema.get_mut(list) {
                words.push(word.into());
            }
        };
        push("enum", IGNORE);
        push(
            "enumDescriptions",
            "Não é dito em lugar nenhum. Para um lugar só, escreva ali um comentário vereda-ignore.",
        );
    }
    schema.insert("description".into(), explain_code(code, Language::PtBr).cause.into());
    schema.insert("default".into(), code.severity().as_str().into());
    schema.into()
}
