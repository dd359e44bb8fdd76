//! Conditions and `set`: operators and constants that do not fit the input or question they are used with.

use crate::config::{Input, InputType, Pattern};
use crate::content::condition::{Constant, Operator, Test};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, catalogue, nearest};
use crate::flow::FlowSet;
use crate::flow::input::{Refusal, ValueKind, read, read_constant};
use crate::site::flow::{AnswerOption, Flow, Node};
use crate::source::{Span, Spanned};
use crate::words::Words;

/// Refusals that make a compared constant impossible to type.
const OF_VALUE: [Refusal; 4] = [Refusal::Choice, Refusal::Pattern, Refusal::Min, Refusal::Max];

/// Refusals that make an order comparison always true or always false.
const OF_ORDER: [Refusal; 2] = [Refusal::Min, Refusal::Max];

/// Checks the conditions of every flow. Gives, by flow, whether all of its conditions can be decided.
pub(super) fn check(flow_set: FlowSet<'_>, diagnostics: &mut Diagnostics) -> Vec<bool> {
    let mut check_flow = |flow: &Flow| {
        let mut found = Diagnostics::default();
        let mut conditions = Conditions { flow_set, flow, diagnostics: &mut found };
        flow.nodes.iter().for_each(|node| conditions.check_node(node));
        let is_sound = found.iter().next().is_none() && names_are_known(flow);
        diagnostics.append(found);
        is_sound
    };
    flow_set.flows.iter().map(&mut check_flow).collect()
}

fn names_are_known(flow: &Flow) -> bool {
    flow.tests()
        .all(|test| flow.find_input(&test.name.value).is_some() || find_options(flow, &test.name.value).is_some())
}

struct Conditions<'a, 'd> {
    flow_set: FlowSet<'a>,
    flow: &'a Flow,
    diagnostics: &'d mut Diagnostics,
}

impl Conditions<'_, '_> {
    fn check_node(&mut self, node: &Node) {
        node.options().iter().for_each(|option| self.check_set(option));
        node.tests().for_each(|test| self.check_test(test));
    }

    fn check_set(&mut self, option: &AnswerOption) {
        for (name, constant) in &option.set {
            let Some(input) = self.flow.find_input(&name.value) else { continue };
            if read_constant(ValueKind::Input(input.kind), &constant.value, self.flow_set.zone()).is_none() {
                let text = constant.value.text();
                let finding = catalogue::flow::constant_set(constant.span, text, &name.value, input.kind.as_str());
                self.diagnostics.push(finding);
            } else {
                self.check_range(input, constant, &OF_VALUE);
            }
        }
    }

    fn check_test(&mut self, test: &Test) {
        let is_valid = match (self.flow.find_input(&test.name.value), find_options(self.flow, &test.name.value)) {
            (Some(input), _) => self.check_operator(test, input),
            (None, Some(options)) => self.check_answer(test, options),
            (None, None) => false,
        };
        if is_valid {
            self.check_operand(test);
        }
    }

    /// Checks the operator and the constant against the input's type. Gives true when the operand is still to be
    /// checked.
    fn check_operator(&mut self, test: &Test, input: &Input) -> bool {
        let (name, kind) = (&test.name.value, input.kind.as_str());
        if !fits(test.operator.value, input.kind) {
            let (operator, span) = (test.operator.value.as_str(), test.operator.span);
            let operators = fitting(input.kind);
            self.diagnostics.push(catalogue::flow::operator_of_type(span, operator, name, kind, operators));
            return false;
        }
        if !compares(test.operator.value) {
            return true;
        }
        if is_ordering(test.operator.value) && matches!(test.constant.value, Constant::List(_)) {
            return true;
        }
        let refusals = if is_ordering(test.operator.value) { &OF_ORDER[..] } else { &OF_VALUE };
        for item in items_of(&test.constant) {
            if read_constant(ValueKind::Input(input.kind), &item.value, self.flow_set.zone()).is_none() {
                let written = item.value.text();
                self.diagnostics.push(catalogue::flow::constant_of_type(item.span, written, name, kind));
            } else {
                self.check_range(input, &item, refusals);
            }
        }
        true
    }

    /// Reports a constant that the input refuses: no reader can type it.
    fn check_range(&mut self, input: &Input, constant: &Spanned<Constant>, refusals: &[Refusal]) {
        let written = match &constant.value {
            Constant::Number(number, _) if matches!(input.kind, InputType::Number | InputType::Money) => {
                number.to_string().replace('.', ",")
            }
            other => other.text(),
        };
        let refused = read(input, &written, self.flow_set.zone()).err().filter(|refusal| refusals.contains(refusal));
        if let Some(refusal) = refused {
            let finding =
                catalogue::flow::constant_out_of_range(constant.span, constant.value.text(), &input.name.value);
            self.diagnostics.push(finding.help(refusal.reason(input)));
        }
    }

    /// As [`Self::check_operator`], for the answer to a question.
    fn check_answer(&mut self, test: &Test, options: &[AnswerOption]) -> bool {
        let operator = test.operator.value;
        if !matches!(operator, Operator::Is | Operator::In | Operator::Not | Operator::Answered | Operator::Matches) {
            let (span, name) = (test.operator.span, &test.name.value);
            self.diagnostics.push(catalogue::flow::operator_of_answer(span, operator.as_str(), name));
            return false;
        }
        let ids = || options.iter().map(|option| option.id.value.as_str());
        for item in items_of(&test.constant).into_iter().filter(|_| compares(operator)) {
            let written = item.value.text();
            if !ids().any(|id| id == written) {
                let finding = catalogue::flow::unknown_option(item.span, &written, &test.name.value);
                self.diagnostics.push(finding.suggest_for(&written, nearest(&written, ids())));
            }
        }
        true
    }

    /// Checks the constant against the operator alone.
    fn check_operand(&mut self, test: &Test) {
        let (span, written) = (test.constant.span, test.constant.value.text());
        let operator = test.operator.value;
        let finding = match (operator, &test.constant.value) {
            (Operator::Answered, Constant::Bool(_)) => None,
            (Operator::Within | Operator::Outside, _) => self.find_unknown_calendar(&written, span),
            (Operator::Matches, _) => find_wrong_pattern(&written, span),
            (Operator::Answered, _) => Some(catalogue::flow::constant_of_operator(span, written, operator.as_str())),
            (_, Constant::List(_)) if is_ordering(operator) => {
                Some(catalogue::flow::constant_of_operator(span, written, operator.as_str()))
            }
            _ => None,
        };
        if let Some(finding) = finding {
            self.diagnostics.push(finding);
        }
    }

    fn find_unknown_calendar(&self, name: &str, span: Span) -> Option<Diagnostic> {
        let names = self.flow_set.config.calendars.iter().map(|calendar| calendar.name.value.as_str());
        let is_known = self.flow_set.find_calendar(name).is_some();
        (!is_known).then(|| catalogue::flow::unknown_calendar(span, name).suggest_for(name, nearest(name, names)))
    }
}

/// Finds the options of a question by its id.
fn find_options<'a>(flow: &'a Flow, id: &str) -> Option<&'a [AnswerOption]> {
    let node = flow.node(flow.find_node(id)?);
    node.is_question().then(|| node.options())
}

fn find_wrong_pattern(pattern: &str, span: Span) -> Option<Diagnostic> {
    let fault = Pattern::new(pattern).err()?;
    Some(Diagnostic::new(Code::FLOW_INVALID_VALUE, span, fault.message()))
}

/// The constant itself, or the items of a list.
fn items_of(constant: &Spanned<Constant>) -> Vec<Spanned<Constant>> {
    match &constant.value {
        Constant::List(items) => items.clone(),
        _ => vec![constant.clone()],
    }
}

/// True for operators whose constant is a value of the input.
fn compares(operator: Operator) -> bool {
    is_ordering(operator) || matches!(operator, Operator::Is | Operator::In | Operator::Not)
}

fn is_ordering(operator: Operator) -> bool {
    matches!(operator, Operator::Gt | Operator::Gte | Operator::Lt | Operator::Lte)
}

fn fits(operator: Operator, kind: InputType) -> bool {
    use InputType::{Date, Datetime, Money, Number, Time};
    match operator {
        Operator::Is | Operator::In | Operator::Not | Operator::Answered => true,
        Operator::Gt | Operator::Gte | Operator::Lt | Operator::Lte => {
            matches!(kind, Number | Money | Date | Time | Datetime)
        }
        Operator::Within | Operator::Outside => matches!(kind, Date | Time | Datetime),
        Operator::Matches => !matches!(kind, Number | Money | Date | Time | Datetime),
    }
}

/// The operators that fit a type, separated by commas.
fn fitting(kind: InputType) -> String {
    let names = Operator::ALL.iter().filter(|operator| fits(**operator, kind)).map(|operator| operator.as_str());
    names.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::fixture::Fixture;

    fn found(inputs: &str, nodes: &str) -> Vec<String> {
        let config = "title: S\ncalendars: { comercial: { weekdays: [mon], timezone: America/Sao_Paulo } }\n";
        let flow = format!(
            "title: F\ninputs:\n  x: {{ label: X, {inputs} }}\nnodes:\n{nodes}  fim: {{ title: Fim, result: open }}\n"
        );
        let mut fixture = Fixture::of(&[("vereda.yaml", config), ("f.flow.yaml", &flow)]);
        let mut diagnostics = std::mem::take(&mut fixture.diagnostics);
        check(fixture.flow_set(), &mut diagnostics);
        fixture.diagnostics = diagnostics;
        fixture.found()
    }

    /// Checks a rule with this condition, on an input of this type.
    fn in_rule(inputs: &str, when: &str) -> Vec<String> {
        found(inputs, &format!("  b: {{ rules: [{{ when: {when}, next: fim }}, {{ otherwise: fim }}] }}\n"))
    }

    #[test]
    fn rejects_operator_of_other_type() {
        let wrong = [
            ("text", "gt: 5"),
            ("money", "within: comercial"),
            ("money", "matches: a"),
            ("date", "gt: amanhã"),
            ("money", "gt: [1, 2]"),
            ("text", "answered: talvez"),
        ];
        for (kind, test) in wrong {
            assert_eq!(
                in_rule(&format!("type: {kind}"), &format!("{{ x: {{ {test} }} }}")),
                ["5 flow/operator-type"],
                "{kind} {test}"
            );
        }
        let right = [
            ("text", "is: 5"),
            ("money", "in: [1, 2.5]"),
            ("datetime", "outside: comercial"),
            ("date", "lte: 13/10/2026"),
            ("text", "answered: false"),
            ("cnpj", "is: 12345678000195"),
        ];
        for (kind, test) in right {
            assert!(in_rule(&format!("type: {kind}"), &format!("{{ x: {{ {test} }} }}")).is_empty(), "{kind} {test}");
        }
    }

    #[test]
    fn rejects_unknown_calendar_and_invalid_pattern() {
        assert_eq!(in_rule("type: date", "{ x: { within: comercail } }"), ["5 flow/unknown-name"]);
        assert_eq!(in_rule("type: text", "{ x: { matches: '[a' } }"), ["5 flow/invalid-value"]);
    }

    #[test]
    fn rejects_constant_that_cannot_be_typed() {
        assert_eq!(in_rule("type: money, min: 1", "{ x: { lt: 0 } }"), ["5 flow/constant-out-of-range"]);
        assert_eq!(in_rule("type: choice, choices: [a]", "{ x: { in: [a, b] } }"), ["5 flow/constant-out-of-range"]);
        assert_eq!(in_rule("type: text, pattern: '[0-9]+'", "{ x: { is: a } }"), ["5 flow/constant-out-of-range"]);
        assert!(in_rule("type: money, min: 1, max: 2.5", "{ x: { gte: 2.5 } }").is_empty());
    }

    #[test]
    fn rejects_answer_that_is_no_option() {
        let rule = |test: &str| {
            let question = "  q: { title: Q, options: [{ id: a, label: A, next: b }, { id: c, label: C, next: b }] }\n";
            found(
                "type: text",
                &format!(
                    "{question}  b: {{ rules: [{{ when: {{ q: {test} }}, next: fim }}, {{ otherwise: fim }}] }}\n"
                ),
            )
        };
        assert!(rule("a").is_empty());
        assert!(rule("{ answered: true }").is_empty());
        assert_eq!(rule("{ in: [a, d] }"), ["6 flow/constant-out-of-range"]);
        assert_eq!(rule("{ gt: 1 }"), ["6 flow/operator-type"]);
    }

    #[test]
    fn rejects_set_value_of_other_type() {
        let set = |inputs: &str, value: &str| {
            found(
                inputs,
                &format!("  q: {{ title: Q, options: [{{ id: a, label: A, next: fim, set: {{ x: {value} }} }}] }}\n"),
            )
        };
        assert_eq!(set("type: money", "muito"), ["5 flow/operator-type"]);
        assert_eq!(set("type: money, max: 5", "6"), ["5 flow/constant-out-of-range"]);
        assert!(set("type: money", "600").is_empty());
    }
}
