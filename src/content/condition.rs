//! Conditions of rules: data, never code. A map is AND, a list is OR, `{name: {operator: constant}}` is one test.

use crate::diagnostic::{Code, Diagnostic, catalogue, nearest};
use crate::source::{Span, Spanned};
use crate::yaml::{Context, Entry, FromYaml, Node, Value};

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

/// How a name is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Is,
    In,
    Not,
    Gt,
    Gte,
    Lt,
    Lte,
    Matches,
    Answered,
    Within,
    Outside,
}

impl Operator {
    /// Every operator by the word an editor writes.
    pub(crate) const NAMES: [(&'static str, Self); 11] = [
        ("is", Self::Is),
        ("in", Self::In),
        ("not", Self::Not),
        ("gt", Self::Gt),
        ("gte", Self::Gte),
        ("lt", Self::Lt),
        ("lte", Self::Lte),
        ("matches", Self::Matches),
        ("answered", Self::Answered),
        ("within", Self::Within),
        ("outside", Self::Outside),
    ];

    /// The word an editor writes.
    pub(crate) fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(_, operator)| *operator == self).map_or("is", |(name, _)| name)
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
    fn from_yaml(_: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        match &node.value {
            Value::List(items) => {
                let parts = items.iter().filter_map(|item| Condition::from_yaml("when", item, context));
                Some(Condition::Any(parts.collect()))
            }
            Value::Map(entries) => {
                let parts = entries.iter().filter_map(|entry| parse_tests(entry, context)).collect();
                Some(flatten(parts))
            }
            _ => context.refuse(node.span, catalogue::flow::expected_condition()),
        }
    }
}

/// `name: {op: constant, …}`; several operators on one name are AND. `name: constant` is short for `is`.
fn parse_tests(entry: &Entry, context: &mut Context<'_>) -> Option<Condition> {
    let name = entry.key.clone();
    let Value::Map(operators) = &entry.value.value else {
        let constant = Constant::from_yaml(&name.value, &entry.value, context)?;
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

fn parse_test(name: &Spanned<String>, entry: &Entry, context: &mut Context<'_>) -> Option<Test> {
    let word = &entry.key.value;
    let Some((_, operator)) = Operator::NAMES.iter().find(|(known, _)| known == word) else {
        return refuse_operator(&entry.key, context);
    };
    let constant = Constant::from_yaml(word, &entry.value, context)?;
    Some(Test {
        name: name.clone(),
        operator: Spanned { value: *operator, span: entry.key.span },
        constant: Spanned { value: constant, span: entry.value.span },
    })
}

fn refuse_operator<T>(word: &Spanned<String>, context: &mut Context<'_>) -> Option<T> {
    let names = || Operator::NAMES.iter().map(|(name, _)| *name);
    let list = names().collect::<Vec<_>>().join(", ");
    let message = catalogue::yaml::expected_one_of(&word.value, list);
    let diagnostic = Diagnostic::new(Code::FLOW_INVALID_VALUE, word.span, message);
    context.diagnostics.push(diagnostic.suggest(nearest(&word.value, names())));
    None
}

fn flatten(mut parts: Vec<Condition>) -> Condition {
    if parts.len() == 1 { parts.remove(0) } else { Condition::All(parts) }
}

impl FromYaml for Constant {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
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
}

/// A rule of a branch: where to go, and when.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RawRule {
    /// `None` is `otherwise`.
    pub(crate) when: Option<Condition>,
    pub(crate) next: Spanned<String>,
    pub(crate) span: Span,
}

impl FromYaml for RawRule {
    fn from_yaml(_: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        let mut fields = crate::yaml::Fields::of("rule", node, context)?;
        let last = node.entries().iter().map(|entry| entry.value.span).max_by_key(|span| span.end);
        let span = last.map_or(fields.span(), |last| fields.span().to(last));
        if let Some(next) = fields.optional("otherwise") {
            for key in ["when", "next"] {
                if let Some(extra) = fields.find(key).map(|entry| entry.key.span) {
                    fields.context.report(extra, catalogue::flow::otherwise_alone(key));
                }
            }
            fields.finish();
            return Some(Self { when: None, next, span });
        }
        let when: Option<Condition> = fields.required("when");
        let next: Option<Spanned<String>> = fields.required("next");
        fields.finish();
        Some(Self { when: Some(when?), next: next?, span })
    }
}
