//! Parser of a flow file: YAML → [`RawFlow`], whose names are not resolved.
//!
//! In: the text of a `*.flow.yaml`. Out: nodes, options, rules and scenarios with their spans. Entry point: [`parse`].
//! `site` decides whether the names exist; `check`, whether the flow makes sense. How a node continues is read by `flow_node`.

use schemars::{Schema, SchemaGenerator, json_schema};

use crate::config::{ById, Id, Inputs, is_id};
use crate::content::flow_node::RawNodeKind;
use crate::content::front_matter::Metadata;
use crate::diagnostic::{Code, Diagnostics, catalogue};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::yaml::{
    ByName, Context, Dialect, FromYaml, Meaning, Node, TextOr, TypedText, Value, read_file, yaml_map, yaml_scalar,
};

/// The codes of mistakes in a flow.
pub(crate) const DIALECT: Dialect = Dialect {
    syntax: Code::FLOW_SYNTAX,
    unknown_key: Code::FLOW_UNKNOWN_KEY,
    missing_key: Code::FLOW_MISSING_KEY,
    invalid_value: Code::FLOW_INVALID_VALUE,
    duplicate_key: Code::FLOW_DUPLICATE_ID,
    trap: Code::FLOW_YAML_TRAP,
};

yaml_map! {
    /// Um fluxo: um procedimento que se percorre, uma tela de cada vez, até um desfecho. São obrigatórios `title` e `nodes`.
    #[derive(Clone, Debug)]
    #[owner("flow")]
    #[title("Fluxo da Vereda")]
    pub(crate) struct RawFlow {
        derived file: FileId => |fields| fields.span().file,
        flatten metadata: Metadata,
        /// O nó em que o fluxo começa. Sem esta chave, o primeiro de `nodes`.
        optional start: Option<Spanned<Id>>,
        /// As entradas só deste fluxo: valores que o leitor digita. As que valem no site inteiro ficam em `vereda.yaml`.
        ///
        /// Exemplo: `valor: { label: Valor cobrado a mais, type: money, min: 0.01 }`.
        optional inputs: Inputs,
        /// As paradas do fluxo, cada uma com um nome seu, como `sem-cadastro`: minúsculas, sem acentos, com hífens. Não mude um
        /// nome depois: links e respostas dependem dele.
        required nodes: Nodes => |_| Vec::new(),
        /// Os testes do fluxo: caminhos com o fim esperado. `vereda check` percorre todos e avisa quando algum muda.
        optional scenarios: Vec<RawScenario>,
    }
}

yaml_map! {
    /// Um nó: uma parada do fluxo. Tem exatamente uma destas chaves: `options` (pergunta), `next` (passo), `rules` (regra),
    /// `call` (chamada de outro fluxo) ou `result` (desfecho).
    #[derive(Clone, Debug)]
    #[owner("node")]
    #[title("Nó")]
    pub(crate) struct RawNode {
        derived id: Spanned<String> => |fields| fields.key().clone(),
        /// A pergunta, ou o que fazer nesta parada. Exemplo: `title: O CNPJ abre um cadastro ativo?`.
        optional title: Option<Spanned<String>>,
        // A file link.
        /// A página e a âncora de que vem o texto da tela: quem corrige a página corrige o fluxo.
        /// Exemplo: `content: index.md#pendencia`.
        optional content: Option<Spanned<String>>,
        /// O texto da tela, em Markdown, para o que nenhuma página diz.
        optional text: Option<Spanned<String>>,
        /// As entradas que o leitor digita aqui, pelo nome. Exemplo: `ask: [cnpj]`.
        optional ask: Vec<Spanned<Id>>,
        /// Botões que levam a outro sistema.
        ///
        /// Exemplo: `links: [{ label: Abrir o chat, url: 'https://example.com/{sessao|digits}' }]`.
        optional links: Vec<RawNodeLink>,
        /// Textos que o leitor copia para colar em outro lugar.
        ///
        /// Exemplo: `copy: [{ label: Macro, text: '{values.macro-n2}' }]`.
        optional copy: Vec<RawCopy>,
        /// O que o leitor marca enquanto faz. Exemplo: `checklist: [Preencher o campo Contato]`.
        optional checklist: Vec<TextOr<RawTask>>,
        /// Os nomes que este nó já teve, para que links antigos continuem valendo. Exemplo: `aliases: [nome-antigo]`.
        optional aliases: Vec<Spanned<String>>,
        /// Escreva `true` quando é de propósito que uma resposta traga o leitor de volta a este nó.
        optional may_loop("loop"): bool = false,
        flatten kind: RawNodeKind,
    }
}

yaml_map! {
    /// Um botão que leva a outro sistema.
    #[derive(Clone, Debug, PartialEq, Eq)]
    #[owner("links")]
    #[title("Link")]
    pub(crate) struct RawNodeLink {
        /// O texto do botão. Exemplo: `label: Abrir o chat`.
        required label: Spanned<String>,
        /// O endereço, entre aspas. Uma entrada vai sempre com `digits` ou `url`: `'https://example.com/{sessao|digits}'`.
        required url: Spanned<String>,
    }
}

yaml_map! {
    /// Um texto que o leitor copia.
    #[derive(Clone, Debug, PartialEq, Eq)]
    #[owner("copy")]
    #[title("Cópia")]
    pub(crate) struct RawCopy {
        /// O nome do que se copia. Exemplo: `label: Título do ticket`.
        required label: Spanned<String>,
        /// O texto exato. Pode ter entradas e valores, entre aspas: `'{values.titulo} {ticket}'`.
        required text: Spanned<String>,
    }
}

yaml_map! {
    /// Um item com relógio.
    #[derive(Clone, Debug, PartialEq, Eq)]
    #[owner("checklist")]
    #[title("Item com relógio")]
    pub(crate) struct RawTask {
        // Inline Markdown.
        /// O que o leitor marca. Exemplo: `text: Aguardar a confirmação`.
        required text: Spanned<String>,
        /// Quanto tempo esperar: um relógio aparece no item. `30s` são 30 segundos; `90m`, 90 minutos; `2h`, 2 horas.
        #[examples("90m", "2h")]
        optional timer: Option<Seconds>,
    }
}

impl From<Spanned<String>> for RawTask {
    fn from(text: Spanned<String>) -> Self {
        Self { text, timer: None }
    }
}

yaml_map! {
    /// Um teste do fluxo: um caminho com o fim esperado.
    #[derive(Clone, Debug)]
    #[owner("scenario")]
    #[title("Cenário")]
    pub(crate) struct RawScenario {
        /// O caso, em poucas palavras. Exemplo: `name: ticket com data prevista`.
        required name: Spanned<String>,
        /// O que o leitor digita, pelo nome da entrada. Datas com hora vão entre aspas.
        ///
        /// Exemplo: `inputs: { valor: 90, gerado: '2026-10-13T10:00' }`.
        optional inputs: ById<Spanned<TypedText>>,
        /// A opção escolhida em cada pergunta, também nas de um fluxo chamado (`chamada/nó`, ou só o nó); uma lista onde se marca mais de uma.
        ///
        /// Exemplo: `answers: { organizacao: nao, caso: cliente }`.
        optional answers: ByName<Answers>,
        /// O nó de desfecho em que o caminho precisa terminar.
        required outcome: Spanned<Id>,
        /// Os nós por onde o caminho passa, nesta ordem; pode haver outros entre eles. Um nó de um fluxo chamado é `chamada/nó`.
        ///
        /// Exemplo: `path: [cadastro, horario]`.
        optional path: Vec<Spanned<String>>,
        /// O texto exato do que se copia no desfecho, pelo `label`, escrito por extenso.
        ///
        /// Exemplo: `copied: { Título do ticket: Posicionamento do ticket 482913 }`.
        optional copied: ByName<Spanned<String>>,
        /// O texto inteiro do registro que se espera, escrito por extenso.
        optional record: Option<Spanned<String>>,
    }
}

/// Parses a flow file. Invalid values are reported and dropped.
pub(crate) fn parse(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> RawFlow {
    let text = sources.text(file);
    let root = crate::yaml::parse(text, file, 0, DIALECT, RawFlow::MEANING, diagnostics);
    let mut context = Context { dialect: DIALECT, diagnostics };
    read_file::<RawFlow>(root.as_ref(), text, Span::new(file, 0, 0), &mut context)
}

/// Nodes by id. A second node of the same id is reported and dropped.
pub(crate) struct Nodes;

impl FromYaml for Nodes {
    type Value = Vec<RawNode>;
    const MEANING: Meaning = ById::<RawNode>::MEANING;

    fn from_yaml(_: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Vec<RawNode>> {
        let Value::Map(entries) = &node.value else {
            return context.refuse(node.span, catalogue::yaml::expected_map("`nodes`"));
        };
        let mut nodes: Vec<RawNode> = Vec::new();
        for entry in entries {
            let id = &entry.key;
            if let Some(first) = nodes.iter().find(|node| node.id.value == id.value) {
                let finding = catalogue::flow::duplicate_node(id.span, &id.value);
                context.diagnostics.push(finding.label(first.id.span, catalogue::help::first_here()));
                continue;
            }
            if !is_id(&id.value) {
                context.report(id.span, catalogue::yaml::expected_id(&id.value));
            }
            nodes.extend(RawNode::from_yaml(id, &entry.value, context));
        }
        Some(nodes)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        ById::<RawNode>::schema(generator)
    }
}

/// A time such as `30s`, `90m` or `2h`.
pub(crate) struct Seconds;

impl Seconds {
    fn parse(text: &str) -> Option<u32> {
        let unit = match text.chars().last()? {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            _ => return None,
        };
        let count: u32 = text[..text.len() - 1].parse().ok()?;
        count.checked_mul(unit)
    }
}

yaml_scalar! {
    Seconds: Text => u32,
    read: |node| Self::parse(node.as_text()?),
    message: catalogue::yaml::expected_timer,
    schema: {
        "type": "string",
        "pattern": "^[0-9]+[smh]$",
        "patternErrorMessage": "Escreva um número e uma letra: 30s (segundos), 90m (minutos) ou 2h (horas)."
    },
}

/// The options chosen at one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answers(pub(crate) Vec<Spanned<String>>);

impl FromYaml for Answers {
    type Value = Self;
    const MEANING: Meaning = Meaning::Text;

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        if matches!(node.value, Value::List(_)) {
            return Some(Self(Vec::<Spanned<Id>>::from_yaml(key, node, context)?));
        }
        Some(Self(vec![Spanned::<Id>::from_yaml(key, node, context)?]))
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A opção escolhida, ou uma lista delas.",
            "anyOf": [Id::schema(generator), Vec::<Id>::schema(generator)]
        })
    }
}
