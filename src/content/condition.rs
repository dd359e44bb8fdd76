//! Conditions of rules, as data. A map is AND, a list is OR, and `{name: {operator: constant}}` is one test.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, json};

use crate::config::Id;
use crate::diagnostic::catalogue;
use crate::source::{Span, Spanned};
use crate::words::{Words, words};
use crate::yaml::{
    Context, Fields, FromYaml, KeySchemas, MapEntry, Meaning, Node, TypedText, Value, YamlMap, yaml_map,
};

/// When a rule holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Condition {
    /// Every one holds.
    All(Vec<Condition>),
    /// One holds.
    Any(Vec<Condition>),
    /// One name compared with a constant.
    Test(Test),
}

/// One comparison.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Test {
    /// An input, or the node of an earlier question.
    pub(crate) name: Spanned<String>,
    pub(crate) operator: Spanned<Operator>,
    pub(crate) constant: Spanned<Constant>,
}

/// What a name is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Constant {
    Bool(bool),
    /// A number without quotes; its text is kept for names that are texts.
    Number(f64, String),
    Text(String),
    List(Vec<Spanned<Constant>>),
}

words! {
    /// How a name is compared.
    pub(crate) enum Operator {
        Is "is" "O valor é este. Exemplo: `{ is: sim }`.",
        In "in" "O valor é um destes. Exemplo: `{ in: [loja, site] }`.",
        Not "not" "O valor não é este. Exemplo: `{ not: sim }`.",
        Gt "gt" "O valor é maior que este. Exemplo: `{ gt: 500 }`.",
        Gte "gte" "O valor é maior que este, ou igual. Exemplo: `{ gte: 500 }`.",
        Lt "lt" "O valor é menor que este. Exemplo: `{ lt: 500 }`.",
        Lte "lte" "O valor é menor que este, ou igual. Exemplo: `{ lte: 500 }`.",
        Matches "matches" "O valor tem esta forma, uma expressão regular. Exemplo: `{ matches: '[0-9]{6}' }`.",
        Answered "answered" "`true`: foi respondido. `false`: não foi.",
        Within "within" "A data ou a hora está dentro deste calendário de `vereda.yaml`.",
        Outside "outside" "A data ou a hora está fora deste calendário de `vereda.yaml`.",
    }
}

impl Constant {
    /// The constant as a text, as it would be typed.
    pub(crate) fn text(&self) -> String {
        match self {
            Constant::Bool(value) => value.to_string(),
            Constant::Number(_, text) | Constant::Text(text) => text.clone(),
            Constant::List(items) => items.iter().map(|item| item.value.text()).collect::<Vec<_>>().join(", "),
        }
    }
}

impl Condition {
    /// Every test inside, in order.
    pub(crate) fn tests(&self) -> Vec<&Test> {
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(Condition::tests).collect(),
            Condition::Test(test) => vec![test],
        }
    }
}

impl FromYaml for Condition {
    type Value = Self;
    const MEANING: Meaning = Meaning::Named(&Meaning::Constant);

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        match &node.value {
            Value::List(_) => Vec::<Self>::from_yaml(key, node, context).map(Self::Any),
            Value::Map(entries) => {
                let parts = entries.iter().filter_map(|entry| parse_tests(entry, context)).collect();
                Some(flatten(parts))
            }
            _ => context.refuse(node.span, catalogue::flow::expected_condition()),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Self>()
    }
}

/// A condition holds conditions, so its schema refers to itself.
impl JsonSchema for Condition {
    fn schema_name() -> Cow<'static, str> {
        "Condition".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut operators = Map::new();
        for operator in Operator::ALL {
            operators.insert(operator.as_str().to_owned(), describe_operand(*operator, generator).into());
        }
        json_schema!({
            "description": "Uma condição. Vários nomes juntos são “e”; uma lista é “ou”.",
            "anyOf": [
                {
                    "description": "Uma lista de condições: basta uma se cumprir (“ou”).",
                    "type": "array",
                    "items": generator.subschema_for::<Self>()
                },
                {
                    "description": "A condição: todas as comparações precisam se cumprir (“e”). O nome é o de uma entrada ou o \
                        do nó de uma pergunta anterior. Uma lista de condições é “ou”.\n\nExemplo: `{ valor: { gt: 500 }, \
                        gerado: { within: comercial } }`.",
                    "type": "object",
                    "additionalProperties": {
                        "description": "Com que um nome é comparado: operadores, como `{ gt: 500 }`, ou só o valor, que é o \
                            mesmo que `is`.",
                        "anyOf": [
                            {
                                "title": "Comparação",
                                "description": "O que se compara com este nome, como `{ gt: 500 }`. Quando há mais de um \
                                    operador, todos precisam se cumprir.",
                                "type": "object",
                                "properties": operators,
                                "additionalProperties": false
                            },
                            TypedText::schema(generator)
                        ]
                    }
                }
            ]
        })
    }
}

/// What an operator compares with.
fn describe_operand(operator: Operator, generator: &mut SchemaGenerator) -> Schema {
    let mut schema = match operator {
        Operator::Is | Operator::Not => TypedText::schema(generator),
        Operator::In => Vec::<TypedText>::schema(generator),
        Operator::Answered => bool::schema(generator),
        _ => String::schema(generator),
    };
    schema.insert("description".into(), operator.description().into());
    schema
}

/// `name: {op: constant, …}`; several operators on one name are AND. `name: constant` is short for `is`.
fn parse_tests(entry: &MapEntry, context: &mut Context<'_>) -> Option<Condition> {
    let name = entry.key.clone();
    let Value::Map(operators) = &entry.value.value else {
        let constant = Constant::from_yaml(&name, &entry.value, context)?;
        let operator = Spanned { value: Operator::Is, span: name.span };
        return Some(Condition::Test(Test {
            name,
            operator,
            constant: Spanned { value: constant, span: entry.value.span },
        }));
    };
    let tests = operators.iter().filter_map(|entry| parse_test(&name, entry, context)).map(Condition::Test).collect();
    Some(flatten(tests))
}

fn parse_test(name: &Spanned<String>, entry: &MapEntry, context: &mut Context<'_>) -> Option<Test> {
    let word = &entry.key.value;
    let Some(operator) = Operator::from_name(word) else {
        context.report_unknown_word(word, word, entry.key.span, &Operator::names());
        return None;
    };
    let constant = Constant::from_yaml(&entry.key, &entry.value, context)?;
    Some(Test {
        name: name.clone(),
        operator: Spanned { value: operator, span: entry.key.span },
        constant: Spanned { value: constant, span: entry.value.span },
    })
}

fn flatten(mut parts: Vec<Condition>) -> Condition {
    if parts.len() == 1 { parts.remove(0) } else { Condition::All(parts) }
}

impl FromYaml for Constant {
    type Value = Self;
    const MEANING: Meaning = Meaning::Constant;

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        if let Value::List(items) = &node.value {
            let read = |item: &Node| {
                let value = Constant::from_yaml(key, item, context)?;
                Some(Spanned { value, span: item.span })
            };
            return Some(Constant::List(items.iter().filter_map(read).collect()));
        }
        if let Some(value) = node.as_bool() {
            return Some(Constant::Bool(value));
        }
        let text = String::from_yaml(key, node, context)?;
        Some(match node.as_number() {
            Some(number) => Constant::Number(number, text),
            None => Constant::Text(text),
        })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        TypedText::schema(generator)
    }
}

yaml_map! {
    /// Uma regra: `when` e `next`, ou só `otherwise`.
    #[derive(Clone, Debug)]
    #[owner("rule")]
    #[title("Regra")]
    pub(crate) struct RawRule {
        derived span: Span => Fields::whole_span,
        flatten form: RuleForm,
    }
}

/// The two maps that a rule may be.
#[derive(Clone, Debug)]
pub(crate) enum RuleForm {
    Conditional(ConditionalRule),
    Last(LastRule),
}

yaml_map! {
    /// Uma regra com condição.
    #[derive(Clone, Debug)]
    #[owner("rule")]
    pub(crate) struct ConditionalRule {
        /// A condição. Vários nomes juntos são “e”; uma lista é “ou”.
        ///
        /// Exemplos: `when: { valor: { gt: 500 } }` e `when: [{ destino: grupo }, { destino: agente }]`.
        required when: Condition,
        /// O nó a que a regra leva quando a condição se cumpre.
        required next: Spanned<Id>,
    }
}

yaml_map! {
    /// A última regra.
    #[derive(Clone, Debug)]
    #[owner("rule")]
    pub(crate) struct LastRule {
        /// O nó a que se vai quando nenhuma regra acima se cumpre. É a última regra, e não tem `when`.
        required otherwise: Spanned<Id>,
    }
}

impl RawRule {
    /// `None` of the last rule.
    pub(crate) fn when(&self) -> Option<&Condition> {
        match &self.form {
            RuleForm::Conditional(rule) => Some(&rule.when),
            RuleForm::Last(_) => None,
        }
    }

    /// The node that the rule continues with.
    pub(crate) fn next(&self) -> &Spanned<String> {
        match &self.form {
            RuleForm::Conditional(rule) => &rule.next,
            RuleForm::Last(rule) => &rule.otherwise,
        }
    }
}

impl YamlMap for RuleForm {
    fn from_fields(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        if fields.find("otherwise").is_none() {
            return ConditionalRule::from_fields(fields).map(Self::Conditional);
        }
        for key in ["when", "next"] {
            if let Some(extra) = fields.find(key) {
                fields.context.report(extra.key.span, catalogue::flow::otherwise_alone(key));
            }
        }
        LastRule::from_fields(fields).map(Self::Last)
    }

    fn skip_fields(fields: &mut Fields<'_, '_, '_>) {
        ConditionalRule::skip_fields(fields);
        LastRule::skip_fields(fields);
    }

    fn describe(keys: &mut KeySchemas<'_>) {
        let forms = [keys.add_alternative::<ConditionalRule>(), keys.add_alternative::<LastRule>()];
        keys.rules.insert("oneOf".into(), json!(forms.map(|form| json!({ "required": form.required }))));
    }

    fn meaning_of(key: &str) -> Option<Meaning> {
        ConditionalRule::meaning_of(key).or_else(|| LastRule::meaning_of(key))
    }
}
