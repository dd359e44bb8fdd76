//! Declarations of inputs (limits, choices, examples) and inputs in addresses without encoding.

use super::place_of;
use crate::config::{Input, InputType};
use crate::content::template::{Piece, Placeholder, Template};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, catalogue};
use crate::flow::FlowSet;
use crate::flow::input::{read, read_limit};
use crate::site::flow::{Flow, Node};
use crate::site::links::LinkKind;
use crate::source::{Sources, Span, Spanned};
use crate::words::Words;

pub(super) fn check(flow_set: FlowSet<'_>, sources: &Sources, diagnostics: &mut Diagnostics) {
    let mut checker = InputChecker { flow_set, sources, diagnostics };
    for input in &flow_set.config.inputs {
        checker.check_input(input, Code::CONFIG_INVALID_VALUE);
    }
    for flow in flow_set.flows {
        for input in flow.inputs.iter().filter(|input| input.name.span.file == flow.file) {
            checker.check_input(input, Code::FLOW_INVALID_VALUE);
        }
        for node in &flow.nodes {
            checker.check_addresses(flow, node);
        }
    }
}

struct InputChecker<'a, 'd> {
    flow_set: FlowSet<'a>,
    sources: &'a Sources,
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

    fn check_addresses(&mut self, flow: &Flow, node: &Node) {
        for source in node.all_links().filter(|link| link.kind == LinkKind::Link).filter_map(|link| link.source) {
            self.check_address(flow, &source.text, source.span);
        }
    }

    /// An address may begin with an input of type `url`. Every other input in it must be encoded.
    fn check_address(&mut self, flow: &Flow, template: &Template, span: Span) {
        for (index, piece) in template.pieces.iter().enumerate() {
            let Piece::Placeholder(placeholder) = piece else { continue };
            let Some(input) = flow.find_input(&placeholder.name).filter(|_| placeholder.value_name().is_none()) else {
                continue;
            };
            let is_whole = index == 0 && input.kind == InputType::Url && placeholder.filter.is_none();
            let is_encoded = matches!(placeholder.filter.as_deref(), Some("url" | "digits"));
            if !is_whole && !is_encoded {
                let place = place_of(&placeholder.written(), span, self.sources);
                let finding = catalogue::flow::unencoded_input(place, &placeholder.name);
                self.diagnostics.push(finding.suggest(Some(encoded(placeholder, input.kind))));
            }
        }
    }
}

/// The placeholder with the filter it needs: `digits` for numbers with punctuation, otherwise `url`.
fn encoded(placeholder: &Placeholder, kind: InputType) -> String {
    let is_number = matches!(kind, InputType::Cnpj | InputType::Cpf | InputType::Phone);
    format!("{{{}|{}}}", placeholder.name, if is_number { "digits" } else { "url" })
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
        check(fixture.flow_set(), &fixture.sources, &mut diagnostics);
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

    #[test]
    fn reports_unencoded_input_in_address() {
        let link = |kind: &str, url: &str| {
            let link = format!("links: [{{ label: L, url: '{url}' }}]");
            found(&format!("type: {kind}"), &format!("  s: {{ title: S, next: fim, {link} }}\n"))
        };
        assert_eq!(link("text", "https://a.b/{x}"), ["5 flow/unencoded-input"]);
        assert_eq!(link("text", "https://a.b/{x|upper}"), ["5 flow/unencoded-input"]);
        assert!(link("text", "https://a.b/{x|url}").is_empty());
        assert!(link("cnpj", "https://a.b/{x|digits}").is_empty());
        let text = "  s: { title: S, next: fim, text: 'Abra [isto](https://a.b/{x}).' }\n";
        assert_eq!(found("type: text", text), ["5 flow/unencoded-input"]);
    }
}
