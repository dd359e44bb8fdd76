//! Declarations of inputs: limits, choices and examples.

use crate::config::{Input, InputType};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, catalogue};
use crate::flow::FlowSet;
use crate::flow::input::{read, read_limit};
use crate::source::Spanned;
use crate::words::Words;

pub(super) fn check(flow_set: FlowSet<'_>, diagnostics: &mut Diagnostics) {
    let mut checker = InputChecker { flow_set, diagnostics };
    for input in &flow_set.config.inputs {
        checker.check_input(input, Code::CONFIG_INVALID_VALUE);
    }
    for flow in flow_set.flows {
        for input in flow.inputs.iter().filter(|input| input.name.span.file == flow.file) {
            checker.check_input(input, Code::FLOW_INVALID_VALUE);
        }
    }
}

struct InputChecker<'a, 'd> {
    flow_set: FlowSet<'a>,
    diagnostics: &'d mut Diagnostics,
}

impl InputChecker<'_, '_> {
    /// Checks the limits, the choices and the example of an input against its type.
    fn check_input(&mut self, input: &Input, invalid: Code) {
        for (key, limit) in [("min", &input.min), ("max", &input.max)] {
            let Some(limit) = limit else { continue };
            if read_limit(input.kind, &limit.value, self.flow_set.zone()).is_none() {
                let message = catalogue::flow::unreadable_limit(key, &limit.value, input.kind.as_str());
                self.diagnostics.push(Diagnostic::new(invalid, limit.span, message));
            }
        }
        if input.kind == InputType::Choice && input.choices.is_empty() {
            let message = catalogue::flow::no_choices(&input.name.value);
            self.diagnostics.push(Diagnostic::new(invalid, input.name.span, message));
        } else if let Some(example) = &input.example {
            self.check_example(input, example);
        }
    }

    fn check_example(&mut self, input: &Input, example: &Spanned<String>) {
        if let Err(refusal) = read(input, &example.value, self.flow_set.zone()) {
            let finding = catalogue::flow::invalid_example(example.span, &input.name.value, &example.value);
            self.diagnostics.push(finding.help(refusal.reason(input)));
        }
    }
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

    #[test]
    fn rejects_example_that_cannot_be_typed() {
        assert_eq!(found("type: cnpj, example: 12.345.678/0001-96", ""), ["3 flow/invalid-example"]);
        assert_eq!(found("type: text, pattern: '[0-9]+', example: a1", ""), ["3 flow/invalid-example"]);
        assert!(found("type: text, pattern: '[0-9]+|X', example: X", "").is_empty());
        assert!(found("type: choice, choices: [a, b], example: b", "").is_empty());
    }

    #[test]
    fn rejects_limits_of_other_type_and_missing_choices() {
        assert_eq!(found("type: money, min: muito", ""), ["3 flow/invalid-value"]);
        assert_eq!(found("type: choice", ""), ["3 flow/invalid-value"]);
        assert!(found("type: date, min: 2026-01-01", "").is_empty());
    }
}
