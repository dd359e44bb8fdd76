//! Inputs: the values that a reader types, declared in `vereda.yaml` for every flow or in a flow for itself.

use schemars::{Schema, SchemaGenerator};
use serde::Serialize;

use super::id::is_input_id;
use super::{ById, Pattern, is_id};
use crate::diagnostic::catalogue;
use crate::source::Spanned;
use crate::words::words;
use crate::yaml::{Context, FromYaml, Meaning, Node, TextOr, TypedText, yaml_map, yaml_scalar};

yaml_map! {
    /// Uma entrada: um valor que o leitor digita. O nome dela entre chaves, como `{cnpj}`, vale em textos, links e cópias.
    #[derive(Clone, Debug)]
    #[owner("input")]
    #[title("Entrada")]
    pub(crate) struct Input {
        // Kebab-case, unique among the inputs that a flow sees.
        derived name: Spanned<String> => |fields| fields.key().clone(),
        /// O nome do campo, mostrado ao leitor. Exemplo: `label: CNPJ do cliente`.
        required label: String => |fields| fields.key().value.clone(),
        /// O que o valor é: decide o campo que aparece, o que é aceito e como se compara. Sem esta chave, `text`.
        optional kind("type"): InputType = "text",
        // It matches the whole value.
        /// A forma exata do valor, como expressão regular, entre aspas simples. `'[0-9]{6,12}'` são de 6 a 12
        /// números; `\d` é um número de 0 a 9, e `\p{L}`, uma letra, com ou sem acento. Um padrão que pode travar o
        /// navegador, como `(\d+)+`, é um erro. Um texto de mais de 500 caracteres não é aceito por padrão nenhum.
        #[examples("[0-9]{6,12}")]
        optional pattern: Option<Pattern>,
        /// Um valor de exemplo, que precisa ser válido. Aparece no lugar do valor até que o leitor o digite.
        /// Números com zeros à esquerda vão entre aspas.
        optional example: Option<Spanned<TypedText>>,
        /// O que dizer a quem digitou errado. Exemplo: `error: Cole só os números`.
        optional error: Option<String>,
        // Never in an address, in storage that outlives the tab, or in a request.
        /// Escreva `true` para dados do cliente: não entram em endereços, não ficam guardados e não saem da página.
        optional private: bool = false,
        /// Escreva `false` quando o leitor pode seguir sem preencher.
        optional required: bool = true,
        /// O menor valor aceito, para números, valores em reais, datas e horas. Exemplo: `min: 0.01`.
        optional min: Option<Spanned<Limit>>,
        /// O maior valor aceito, para números, valores em reais, datas e horas. Exemplo: `max: 500`.
        optional max: Option<Spanned<Limit>>,
        /// As escolhas possíveis, quando `type` é `choice`. Exemplo: `choices: [loja, site]`.
        optional choices: Vec<TextOr<Choice>>,
    }
}

yaml_map! {
    /// Uma escolha com o texto que aparece.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    #[owner("choice")]
    #[title("Escolha")]
    pub(crate) struct Choice {
        /// O nome da escolha nas condições. Não mude depois.
        required id: String,
        /// O texto que o leitor vê.
        required label: String,
    }
}

/// A word alone is the id and the label.
impl From<Spanned<String>> for Choice {
    fn from(word: Spanned<String>) -> Self {
        Self { id: word.value.clone(), label: word.value }
    }
}

words! {
    /// The type of a value, which decides how it is checked, compared and formatted.
    #[derive(Serialize)]
    #[serde(rename_all = "lowercase")]
    pub(crate) enum InputType {
        Text "text" "Um texto qualquer. Com pattern, um texto de forma exata.",
        Number "number" "Um número. Aceita min e max.",
        Money "money" "Um valor em reais, como 1.234,56. Aceita min e max.",
        Date "date" "Um dia, como 13/10/2026. Aceita min e max.",
        Time "time" "Uma hora, como 18:30. Aceita min e max.",
        Datetime "datetime" "Um dia com hora. Aceita min e max.",
        Cnpj "cnpj" "Um CNPJ, numérico ou alfanumérico, com ou sem pontuação. Os dígitos são conferidos.",
        Cpf "cpf" "Um CPF, com ou sem pontuação. Os dígitos são conferidos.",
        Phone "phone" "Um telefone.",
        Email "email" "Um endereço de e-mail.",
        Url "url" "O endereço de uma página.",
        Choice "choice" "Uma escolha entre as de choices.",
    }
}

/// The text of a limit. A check compares it with the input's type.
pub(crate) struct Limit;

yaml_scalar! {
    Limit: Other => String,
    read: Node::to_text,
    message: catalogue::yaml::expected_text,
    schema: { "type": ["string", "number"] },
}

/// Inputs by name. An input whose name is no id is reported and dropped.
pub(crate) struct Inputs;

impl FromYaml for Inputs {
    type Value = Vec<Input>;
    const MEANING: Meaning = ById::<Input>::MEANING;

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Vec<Input>> {
        let mut inputs: Vec<Input> =
            ById::<Input>::from_yaml(key, node, context)?.into_iter().map(|named| named.value).collect();
        inputs.retain(|input| {
            let has_id = is_input_id(&input.name.value);
            if !has_id {
                let name = &input.name.value;
                let is_number = is_id(name);
                let message =
                    if is_number { catalogue::yaml::expected_letter(name) } else { catalogue::yaml::expected_id(name) };
                context.report(input.name.span, message);
            }
            has_id
        });
        Some(inputs)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        ById::<Input>::schema(generator)
    }
}
