//! Inputs, declared in `vereda.yaml` or in a flow.

use schemars::JsonSchema;

use super::scalar::Text;
use super::words::Word;
use crate::config::InputType;

/// Uma entrada: um valor que o leitor digita. O nome dela entre chaves, como `{cnpj}`, vale em textos, links e cópias.
#[derive(JsonSchema)]
#[schemars(title = "Entrada", deny_unknown_fields)]
pub(super) struct Input {
    /// O nome do campo, mostrado ao leitor. Exemplo: `label: CNPJ do cliente`.
    label: Text,
    /// O que o valor é: decide o campo que aparece, o que é aceito e como se compara. Sem esta chave, `text`.
    #[schemars(rename = "type", extend("default" = "text"))]
    kind: Option<Word<InputType>>,
    /// A forma exata do valor, como expressão regular, entre aspas simples. `'[0-9]{6,12}'` são de 6 a 12 números.
    #[schemars(extend("examples" = ["[0-9]{6,12}"]))]
    pattern: Option<Text>,
    /// Um valor de exemplo, que precisa ser válido. Aparece no lugar do valor até que o leitor o digite.
    /// Números com zeros à esquerda vão entre aspas.
    example: Option<Text>,
    /// O que dizer a quem digitou errado. Exemplo: `error: Cole só os números`.
    error: Option<Text>,
    /// Escreva `true` para dados do cliente: não entram em endereços, não ficam guardados e não saem da página.
    #[schemars(extend("default" = false))]
    private: Option<bool>,
    /// Escreva `false` quando o leitor pode seguir sem preencher.
    #[schemars(extend("default" = true))]
    required: Option<bool>,
    /// O menor valor aceito, para números, valores em reais, datas e horas. Exemplo: `min: 0.01`.
    min: Option<Text>,
    /// O maior valor aceito, para números, valores em reais, datas e horas. Exemplo: `max: 500`.
    max: Option<Text>,
    /// As escolhas possíveis, quando `type` é `choice`. Exemplo: `choices: [loja, site]`.
    choices: Option<Vec<Choice>>,
}

/// Uma escolha: uma palavra, ou um `id` com o texto que aparece.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Choice {
    /// Uma palavra, que é também o texto que aparece.
    Word(Text),
    /// Um `id` com o texto que aparece.
    Labelled(LabelledChoice),
}

/// Uma escolha com o texto que aparece.
#[derive(JsonSchema)]
#[schemars(title = "Escolha", deny_unknown_fields)]
pub(super) struct LabelledChoice {
    /// O nome da escolha nas condições. Não mude depois.
    id: Text,
    /// O texto que o leitor vê.
    label: Text,
}
