//! How a node of a flow continues: the key that it has of `options`, `next`, `rules`, `call` and `result`.

use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, json};

use crate::config::{ById, Id, is_id};
use crate::content::condition::{Constant, RawRule};
use crate::diagnostic::catalogue;
use crate::source::Spanned;
use crate::words::words;
use crate::yaml::{Alternative, Context, Fields, FromYaml, KeySchemas, Meaning, Node, YamlMap, yaml_map};

/// How a node continues.
#[derive(Clone, Debug)]
pub(crate) enum RawNodeKind {
    Question(RawQuestion),
    Step(RawStep),
    Branch(RawBranch),
    Call(RawCall),
    Outcome(RawOutcome),
    /// None or several of the above, or one that was refused: reported once, and a dead end that is not reported again.
    Unknown,
}

yaml_map! {
    /// Uma pergunta.
    #[derive(Clone, Debug)]
    #[owner("node")]
    pub(crate) struct RawQuestion {
        /// As respostas da pergunta. Com esta chave, o nó é uma pergunta.
        ///
        /// Exemplo: `options: [{ id: sim, label: Sim, next: encerrar }, { id: nao, label: Não, next: seguir }]`.
        required options: OptionList,
        /// Escreva `true` quando o leitor pode marcar mais de uma opção. Só em perguntas.
        optional multiple: bool = false,
    }
}

yaml_map! {
    /// Um passo.
    #[derive(Clone, Debug)]
    #[owner("node")]
    pub(crate) struct RawStep {
        /// O nó que vem depois. Com esta chave, o nó é um passo: uma tela com um só caminho, “Continuar”.
        required next: Spanned<Id>,
    }
}

yaml_map! {
    /// Uma regra.
    #[derive(Clone, Debug)]
    #[owner("node")]
    pub(crate) struct RawBranch {
        /// As regras pelas quais o próprio fluxo decide, de cima para baixo: vale a primeira que se cumpre. Com esta chave, o nó é
        /// uma regra. Termine com `otherwise`.
        required rules: Vec<RawRule>,
    }
}

yaml_map! {
    /// Uma chamada de outro fluxo.
    #[derive(Clone, Debug)]
    #[owner("node")]
    pub(crate) struct RawCall {
        /// O arquivo de outro fluxo, que é percorrido até um desfecho e volta. Com esta chave, o nó é uma chamada, e `outcomes` diz
        /// para onde vai cada desfecho. Exemplo: `call: identificar-cliente.flow.yaml`.
        required flow("call"): Spanned<String>,
        /// Para onde vai cada desfecho do fluxo chamado em `call`. Todos precisam de um destino.
        ///
        /// Exemplo: `outcomes: { encontrado: horario, nao-encontrado: sem-cadastro }`.
        required outcomes: ById<Spanned<Id>> => |_| Vec::new(),
    }
}

yaml_map! {
    /// Um desfecho.
    #[derive(Clone, Debug)]
    #[owner("node")]
    pub(crate) struct RawOutcome {
        /// Como o atendimento termina. Com esta chave, o nó é um desfecho: o fim do fluxo.
        required result: Ending,
        /// A situação em que o ticket fica, tal como o sistema a mostra. Só em desfechos. Exemplo: `status: Resolvido`.
        optional status: Option<Spanned<String>>,
        /// O modelo do registro, de `records` em `vereda.yaml`: o texto que o agente cola no ticket. Só em desfechos.
        /// Exemplo: `record: padrao`.
        optional record: Option<Spanned<String>>,
    }
}

/// One of the maps that may stand among the other keys of a node.
struct Form {
    /// The key that chooses this map.
    key: &'static str,
    read: fn(&mut Fields<'_, '_, '_>) -> Option<RawNodeKind>,
    skip: fn(&mut Fields<'_, '_, '_>),
    describe: fn(&mut KeySchemas<'_>) -> Alternative,
    meaning_of: fn(&str) -> Option<Meaning>,
}

impl Form {
    const fn of<M: YamlMap>(key: &'static str, read: fn(&mut Fields<'_, '_, '_>) -> Option<RawNodeKind>) -> Self {
        let describe = |keys: &mut KeySchemas<'_>| keys.add_alternative::<M>();
        Self { key, read, skip: M::skip_fields, describe, meaning_of: M::meaning_of }
    }
}

/// In the order of messages.
const FORMS: [Form; 5] = [
    Form::of::<RawQuestion>("options", |fields| RawQuestion::from_fields(fields).map(RawNodeKind::Question)),
    Form::of::<RawStep>("next", |fields| RawStep::from_fields(fields).map(RawNodeKind::Step)),
    Form::of::<RawBranch>("rules", |fields| RawBranch::from_fields(fields).map(RawNodeKind::Branch)),
    Form::of::<RawCall>("call", |fields| RawCall::from_fields(fields).map(RawNodeKind::Call)),
    Form::of::<RawOutcome>("result", |fields| RawOutcome::from_fields(fields).map(RawNodeKind::Outcome)),
];

impl YamlMap for RawNodeKind {
    fn from_fields(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        let present: Vec<_> = FORMS.iter().filter(|form| fields.find(form.key).is_some()).collect();
        let kind = if let [form] = present.as_slice() {
            (form.read)(fields)
        } else {
            let keys: Vec<_> = present.iter().map(|form| form.key).collect();
            let found = if keys.is_empty() { "—".to_owned() } else { keys.join(", ") };
            let id = fields.key();
            let finding = catalogue::flow::ambiguous_node(id.span, &id.value, found);
            fields.context.diagnostics.push(finding);
            None
        };
        if kind.is_none() {
            Self::skip_fields(fields);
        }
        Some(kind.unwrap_or(Self::Unknown))
    }

    fn skip_fields(fields: &mut Fields<'_, '_, '_>) {
        for form in &FORMS {
            (form.skip)(fields);
        }
    }

    fn describe(keys: &mut KeySchemas<'_>) {
        let mut companions = Map::new();
        for form in &FORMS {
            let own = (form.describe)(keys);
            for key in own.keys {
                let others: Vec<_> = own.required.iter().filter(|other| **other != key).collect();
                if !others.is_empty() {
                    companions.insert(key, json!(others));
                }
            }
        }
        keys.rules.insert("dependentRequired".into(), companions.into());
        require_one_form(&mut keys.rules);
    }

    fn meaning_of(key: &str) -> Option<Meaning> {
        FORMS.iter().find_map(|form| (form.meaning_of)(key))
    }
}

/// What an editor shows at a node without a form.
const NO_FORM: &str = "Falta dizer como o nó continua: escreva options, next, rules, call ou result.";

/// What an editor shows at a node with several.
const SEVERAL_FORMS: &str = "Um nó só tem uma destas chaves: options, next, rules, call ou result.";

/// Requires exactly one of the keys that choose a form. Editors report a failed `oneOf` as "matches several"; the dependent
/// schemas add a sentence at the keys that are too many.
fn require_one_form(rules: &mut Map<String, serde_json::Value>) {
    let mut choices = Vec::new();
    let mut exclusions = Map::new();
    for form in &FORMS {
        choices.push(json!({ "required": [form.key], "errorMessage": NO_FORM }));
        let others =
            FORMS.iter().filter(|other| other.key != form.key).map(|other| (other.key.to_owned(), false.into()));
        let others: Map<_, _> = others.collect();
        exclusions.insert(form.key.to_owned(), json!({ "properties": others, "errorMessage": SEVERAL_FORMS }));
    }
    rules.insert("oneOf".into(), choices.into());
    rules.insert("dependentSchemas".into(), exclusions.into());
}

yaml_map! {
    /// Uma resposta de uma pergunta.
    #[derive(Clone, Debug)]
    #[owner("option")]
    #[title("Opção")]
    pub(crate) struct RawOption {
        /// O nome da resposta, em minúsculas, sem acentos. Não mude depois: links e cenários dependem dele. Exemplo: `id: sim`.
        required id: Spanned<Id>,
        // Without a label, the id is shown.
        /// O texto do botão. Exemplo: `label: Sim`.
        required label: Option<Spanned<String>> => |_| None,
        // Without a target, the option stays: its absence must not make other nodes unreachable.
        /// O nó a que a resposta leva.
        required next: Option<Spanned<Id>> => |_| None,
        /// Um esclarecimento, em letras menores, abaixo do texto do botão.
        optional hint: Option<Spanned<String>>,
        /// Entradas que esta resposta preenche. Exemplo: `set: { destino: grupo }`.
        optional set: ById<Spanned<Constant>>,
        /// Os nomes que esta resposta já teve, para que links e respostas guardadas continuem valendo. Exemplo: `aliases: [claro]`.
        optional aliases: Vec<Spanned<String>>,
    }
}

/// The options of a question. A second option of the same id is reported and dropped.
pub(crate) struct OptionList;

impl FromYaml for OptionList {
    type Value = Vec<RawOption>;
    const MEANING: Meaning = RawOption::MEANING;

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Vec<RawOption>> {
        let mut options: Vec<RawOption> = Vec::new();
        for option in Vec::<RawOption>::from_yaml(key, node, context)? {
            let id = &option.id;
            if !is_id(&id.value) {
                context.report(id.span, catalogue::yaml::expected_id(&id.value));
            }
            if let Some(first) = options.iter().find(|earlier| earlier.id.value == id.value) {
                let finding = catalogue::flow::duplicate_option_id(id.span, &id.value);
                context.diagnostics.push(finding.label(first.id.span, catalogue::help::first_here()));
            } else {
                options.push(option);
            }
        }
        Some(options)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<RawOption>::schema(generator)
    }
}

words! {
    /// How a flow ended.
    #[derive(serde::Serialize)]
    #[serde(rename_all = "snake_case")]
    pub(crate) enum Ending {
        Resolved "resolved" "O atendimento terminou.",
        Pending "pending" "O atendimento espera alguém.",
        Open "open" "O atendimento continua.",
        Escalated "escalated" "O atendimento subiu para outra equipe.",
        Transferred "transferred" "O atendimento passou a outra pessoa ou grupo.",
        NotApplicable "not_applicable" "O procedimento não se aplica a este caso.",
    }
}
