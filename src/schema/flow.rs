//! A flow: nodes, options, rules and scenarios.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::input::Input;
use super::page::Metadata;
use super::scalar::{ById, Constant, Id, Named, Text, Timer};
use super::snippets;
use super::words::Word;
use crate::content::condition::Operator;
use crate::content::flow::{Ending, WAYS};

/// Um fluxo: um procedimento que se percorre, uma tela de cada vez, até um desfecho. São obrigatórios `title` e `nodes`.
#[derive(JsonSchema)]
#[schemars(title = "Fluxo da Vereda", deny_unknown_fields)]
pub(super) struct Flow {
    #[schemars(flatten)]
    metadata: Metadata,
    /// O nó em que o fluxo começa. Sem esta chave, o primeiro de `nodes`.
    start: Option<Id>,
    /// As entradas só deste fluxo: valores que o leitor digita. As que valem no site inteiro ficam em `vereda.yaml`.
    ///
    /// Exemplo: `valor: { label: Valor cobrado a mais, type: money, min: 0.01 }`.
    inputs: Option<ById<Input>>,
    /// As paradas do fluxo, cada uma com um nome seu, como `sem-cadastro`: minúsculas, sem acentos, com hífens. Não mude um
    /// nome depois: links e respostas dependem dele.
    #[schemars(extend("defaultSnippets" = snippets::of_nodes()))]
    nodes: ById<Node>,
    /// Os testes do fluxo: caminhos com o fim esperado. `vereda check` percorre todos e avisa quando algum muda.
    scenarios: Option<Vec<Scenario>>,
}

/// Um nó: uma parada do fluxo. Tem exatamente uma destas chaves: `options` (pergunta), `next` (passo), `rules` (regra),
/// `call` (chamada de outro fluxo) ou `result` (desfecho).
#[derive(JsonSchema)]
#[schemars(title = "Nó", deny_unknown_fields, transform = require_one_way)]
pub(super) struct Node {
    /// A pergunta, ou o que fazer nesta parada. Exemplo: `title: O CNPJ abre um cadastro ativo?`.
    title: Option<Text>,
    /// A página e a âncora de que vem o texto da tela: quem corrige a página corrige o fluxo.
    /// Exemplo: `content: index.md#pendencia`.
    content: Option<Text>,
    /// O texto da tela, em Markdown, para o que nenhuma página diz.
    text: Option<Text>,
    /// As entradas que o leitor digita aqui, pelo nome. Exemplo: `ask: [cnpj]`.
    ask: Option<Vec<Id>>,
    /// Botões que levam a outro sistema.
    ///
    /// Exemplo: `links: [{ label: Abrir o chat, url: 'https://example.com/{sessao|digits}' }]`.
    links: Option<Vec<Link>>,
    /// Textos que o leitor copia para colar em outro lugar.
    ///
    /// Exemplo: `copy: [{ label: Macro, text: '{values.macro-n2}' }]`.
    copy: Option<Vec<Copy>>,
    /// O que o leitor marca enquanto faz. Exemplo: `checklist: [Preencher o campo Contato]`.
    checklist: Option<Vec<Task>>,
    /// Os nomes que este nó já teve, para que links antigos continuem valendo. Exemplo: `aliases: [nome-antigo]`.
    aliases: Option<Vec<Text>>,
    /// Escreva `true` quando é de propósito que uma resposta traga o leitor de volta a este nó.
    #[schemars(rename = "loop", extend("default" = false))]
    may_loop: Option<bool>,

    /// As respostas da pergunta. Com esta chave, o nó é uma pergunta.
    ///
    /// Exemplo: `options: [{ id: sim, label: Sim, next: encerrar }, { id: nao, label: Não, next: seguir }]`.
    options: Option<Vec<Answer>>,
    /// Escreva `true` quando o leitor pode marcar mais de uma opção. Só em perguntas.
    #[schemars(extend("default" = false))]
    multiple: Option<bool>,
    /// O nó que vem depois. Com esta chave, o nó é um passo: uma tela com um só caminho, “Continuar”.
    next: Option<Id>,
    /// As regras pelas quais o próprio fluxo decide, de cima para baixo: vale a primeira que se cumpre. Com esta chave, o nó é
    /// uma regra. Termine com `otherwise`.
    rules: Option<Vec<Rule>>,
    /// O arquivo de outro fluxo, que é percorrido até um desfecho e volta. Com esta chave, o nó é uma chamada, e `outcomes` diz
    /// para onde vai cada desfecho. Exemplo: `call: identificar-cliente.flow.yaml`.
    call: Option<Text>,
    /// Para onde vai cada desfecho do fluxo chamado em `call`. Todos precisam de um destino.
    ///
    /// Exemplo: `outcomes: { encontrado: horario, nao-encontrado: sem-cadastro }`.
    outcomes: Option<ById<Id>>,
    /// Como o atendimento termina. Com esta chave, o nó é um desfecho: o fim do fluxo.
    result: Option<Word<Ending>>,
    /// A situação em que o ticket fica, tal como o sistema a mostra. Só em desfechos. Exemplo: `status: Resolvido`.
    status: Option<Text>,
    /// O modelo do registro, de `records` em `vereda.yaml`: o texto que o agente cola no ticket. Só em desfechos.
    /// Exemplo: `record: padrao`.
    record: Option<Text>,
}

/// What is said of a node that goes on in no way.
const NO_WAY: &str = "Falta dizer como o nó continua: escreva options, next, rules, call ou result.";

/// What is said of a node that goes on in several.
const TWO_WAYS: &str = "Um nó só tem uma destas chaves: options, next, rules, call ou result.";

/// Exactly one of the keys that say what a node is, and beside it only what belongs to it. A `oneOf` alone could only be told as
/// "matches several": the dependent schemas add nothing to it but a sentence at the keys that are too many.
fn require_one_way(schema: &mut Schema) {
    let some: Vec<Value> = WAYS.iter().map(|way| json!({ "required": [way], "errorMessage": NO_WAY })).collect();
    let alone = |way: &&str| {
        let others: Map<String, Value> =
            WAYS.iter().filter(|other| *other != way).map(|other| ((*other).to_owned(), false.into())).collect();
        ((*way).to_owned(), json!({ "properties": others, "errorMessage": TWO_WAYS }))
    };
    schema.insert("oneOf".into(), some.into());
    schema.insert("dependentSchemas".into(), WAYS.iter().map(alone).collect::<Map<_, _>>().into());
    let owners = json!({
        "multiple": ["options"],
        "call": ["outcomes"],
        "outcomes": ["call"],
        "status": ["result"],
        "record": ["result"],
    });
    schema.insert("dependentRequired".into(), owners);
}

/// Uma resposta de uma pergunta.
#[derive(JsonSchema)]
#[schemars(title = "Opção", deny_unknown_fields)]
pub(super) struct Answer {
    /// O nome da resposta, em minúsculas, sem acentos. Não mude depois: links e cenários dependem dele. Exemplo: `id: sim`.
    id: Id,
    /// O texto do botão. Exemplo: `label: Sim`.
    label: Text,
    /// O nó a que a resposta leva.
    next: Id,
    /// Um esclarecimento, em letras menores, abaixo do texto do botão.
    hint: Option<Text>,
    /// Entradas que esta resposta preenche. Exemplo: `set: { destino: grupo }`.
    set: Option<ById<Constant>>,
}

/// Um botão que leva a outro sistema.
#[derive(JsonSchema)]
#[schemars(title = "Link", deny_unknown_fields)]
pub(super) struct Link {
    /// O texto do botão. Exemplo: `label: Abrir o chat`.
    label: Text,
    /// O endereço, entre aspas. Uma entrada vai sempre com `digits` ou `url`: `'https://example.com/{sessao|digits}'`.
    url: Text,
}

/// Um texto que o leitor copia.
#[derive(JsonSchema)]
#[schemars(title = "Cópia", deny_unknown_fields)]
pub(super) struct Copy {
    /// O nome do que se copia. Exemplo: `label: Título do ticket`.
    label: Text,
    /// O texto exato. Pode ter entradas e valores, entre aspas: `'{values.titulo} {ticket}'`.
    text: Text,
}

/// Um item da lista de conferência: um texto, ou um texto com relógio.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Task {
    /// O que o leitor marca.
    Text(Text),
    /// O que o leitor marca, com um relógio.
    Timed(TimedTask),
}

/// Um item com relógio.
#[derive(JsonSchema)]
#[schemars(title = "Item com relógio", deny_unknown_fields)]
pub(super) struct TimedTask {
    /// O que o leitor marca. Exemplo: `text: Aguardar a confirmação`.
    text: Text,
    /// Quanto tempo esperar: um relógio aparece no item. `30s` são 30 segundos; `90m`, 90 minutos; `2h`, 2 horas.
    #[schemars(extend("examples" = ["90m", "2h"]))]
    timer: Option<Timer>,
}

/// Uma regra: `when` e `next`, ou só `otherwise`.
#[derive(JsonSchema)]
#[schemars(
    title = "Regra",
    deny_unknown_fields,
    extend("oneOf" = [{ "required": ["when", "next"] }, { "required": ["otherwise"] }])
)]
pub(super) struct Rule {
    /// A condição. Vários nomes juntos são “e”; uma lista é “ou”.
    ///
    /// Exemplos: `when: { valor: { gt: 500 } }` e `when: [{ destino: grupo }, { destino: agente }]`.
    when: Option<Condition>,
    /// O nó a que a regra leva quando a condição se cumpre.
    next: Option<Id>,
    /// O nó a que se vai quando nenhuma regra acima se cumpre. É a última regra, e não tem `when`.
    otherwise: Option<Id>,
}

/// Uma condição. Vários nomes juntos são “e”; uma lista é “ou”.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Condition {
    /// Uma lista de condições: basta uma se cumprir (“ou”).
    Any(Vec<Condition>),
    /// A condição: todas as comparações precisam se cumprir (“e”). O nome é o de uma entrada ou o do nó de uma pergunta
    /// anterior. Uma lista de condições é “ou”.
    ///
    /// Exemplo: `{ valor: { gt: 500 }, gerado: { within: comercial } }`.
    All(Named<Comparison>),
}

/// Com que um nome é comparado: operadores, como `{ gt: 500 }`, ou só o valor, que é o mesmo que `is`.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Comparison {
    /// O que se compara com este nome, como `{ gt: 500 }`. Quando há mais de um operador, todos precisam se cumprir.
    Operators(Operators),
    /// Só o valor, o mesmo que `is`.
    Is(Constant),
}

/// Every operator with what it takes.
pub(super) struct Operators;

impl JsonSchema for Operators {
    fn schema_name() -> Cow<'static, str> {
        "Operators".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let properties: Map<String, Value> =
            Operator::NAMES.iter().map(|(word, operator)| ((*word).to_owned(), operand_of(*operator))).collect();
        json_schema!({
            "title": "Comparação",
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        })
    }
}

/// What an operator means and what it is given.
fn operand_of(operator: Operator) -> Value {
    let text = json!({ "type": ["string", "number"] });
    let constant = json!({ "type": ["string", "number", "boolean"] });
    let constants = json!({ "type": "array", "items": constant.clone() });
    let (mut schema, description) = match operator {
        Operator::Is => (constant, "O valor é este. Exemplo: `{ is: sim }`."),
        Operator::Not => (constant, "O valor não é este. Exemplo: `{ not: sim }`."),
        Operator::In => (constants, "O valor é um destes. Exemplo: `{ in: [loja, site] }`."),
        Operator::Gt => (text, "O valor é maior que este. Exemplo: `{ gt: 500 }`."),
        Operator::Gte => (text, "O valor é maior que este, ou igual. Exemplo: `{ gte: 500 }`."),
        Operator::Lt => (text, "O valor é menor que este. Exemplo: `{ lt: 500 }`."),
        Operator::Lte => (text, "O valor é menor que este, ou igual. Exemplo: `{ lte: 500 }`."),
        Operator::Matches => {
            (text, "O valor tem esta forma, uma expressão regular. Exemplo: `{ matches: '[0-9]{6}' }`.")
        }
        Operator::Answered => (json!({ "type": "boolean" }), "`true`: foi respondido. `false`: não foi."),
        Operator::Within => (text, "A data ou a hora está dentro deste calendário de `vereda.yaml`."),
        Operator::Outside => (text, "A data ou a hora está fora deste calendário de `vereda.yaml`."),
    };
    schema["description"] = description.into();
    schema
}

/// Um teste do fluxo: um caminho com o fim esperado.
#[derive(JsonSchema)]
#[schemars(title = "Cenário", deny_unknown_fields)]
pub(super) struct Scenario {
    /// O caso, em poucas palavras. Exemplo: `name: ticket com data prevista`.
    name: Text,
    /// O que o leitor digita, pelo nome da entrada. Datas com hora vão entre aspas.
    ///
    /// Exemplo: `inputs: { valor: 90, gerado: '2026-10-13T10:00' }`.
    inputs: Option<ById<Constant>>,
    /// A opção escolhida em cada pergunta, também nas de um fluxo chamado (`chamada/nó`, ou só o nó); uma lista onde se marca mais de uma.
    ///
    /// Exemplo: `answers: { organizacao: nao, caso: cliente }`.
    answers: Option<Named<Chosen>>,
    /// O nó de desfecho em que o caminho precisa terminar.
    outcome: Id,
    /// Os nós por onde o caminho passa, nesta ordem; pode haver outros entre eles. Um nó de um fluxo chamado é `chamada/nó`.
    ///
    /// Exemplo: `path: [cadastro, horario]`.
    path: Option<Vec<Text>>,
    /// O texto exato do que se copia no desfecho, pelo `label`, escrito por extenso.
    ///
    /// Exemplo: `copied: { Título do ticket: Posicionamento do ticket 482913 }`.
    copied: Option<Named<Text>>,
    /// O texto inteiro do registro que se espera, escrito por extenso.
    record: Option<Text>,
}

/// A opção escolhida, ou uma lista delas.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Chosen {
    /// A opção escolhida, pelo `id`.
    One(Id),
    /// As opções marcadas, pelos `id`.
    Several(Vec<Id>),
}
