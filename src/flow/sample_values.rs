//! Sample values of an input for generated walks.
//!
//! They are its example, values typed by scenarios, constants of rules with their neighbours, and a few usual values.

use super::FlowSet;
use super::input::read;
use crate::config::{Input, InputType};
use crate::content::condition::{Condition, Constant};
use crate::site::flow::Flow;

/// Valid values of an input, sorted, each once.
pub(crate) fn sample_values(flow_set: FlowSet<'_>, input: &Input) -> Vec<String> {
    let name = &input.name.value;
    let limits = [&input.example, &input.min, &input.max].into_iter().flatten().map(|text| text.value.clone());
    let choices = input.choices.iter().map(|choice| choice.id.clone());
    let typed = flow_set.flows.iter().flat_map(|flow| &flow.scenarios).flat_map(|scenario| &scenario.inputs);
    let typed = typed.filter(|(typed, _)| typed.value == *name).map(|(_, text)| text.value.clone());
    let tested = flow_set.flows.iter().flat_map(|flow| tested_values(flow, name));
    let usual = usual_values(flow_set, input.kind);
    let mut values: Vec<String> = limits.chain(choices).chain(typed).chain(tested).chain(usual).collect();
    values.retain(|text| read(input, text, flow_set.zone()).is_ok());
    values.sort_unstable();
    values.dedup();
    values
}

/// Constants with which the rules of a flow compare a name; numbers with their neighbours.
fn tested_values(flow: &Flow, name: &str) -> Vec<String> {
    let mut waiting: Vec<&Condition> = flow.conditions().collect();
    let mut constants: Vec<&Constant> = Vec::new();
    while let Some(condition) = waiting.pop() {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => waiting.extend(parts),
            Condition::Test(test) if test.name.value == name => match &test.constant.value {
                Constant::List(items) => constants.extend(items.iter().map(|item| &item.value)),
                constant => constants.push(constant),
            },
            Condition::Test(_) => {}
        }
    }
    constants.into_iter().flat_map(written).collect()
}

fn written(constant: &Constant) -> Vec<String> {
    match constant {
        Constant::Number(number, _) => {
            [number - 1.0, *number, number + 1.0].map(|number| number.to_string().replace('.', ",")).into()
        }
        constant => vec![constant.text()],
    }
}

/// The year of sample holidays.
const SAMPLE_YEAR: i16 = 2026;

/// A few usual values of a type: a working day, a weekend, a time at night, every holiday.
fn usual_values(flow_set: FlowSet<'_>, kind: InputType) -> Vec<String> {
    let all = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    let holidays = flow_set.config.calendars.iter().flat_map(|calendar| &calendar.value.holidays);
    let holidays = holidays.flat_map(|holiday| holiday.days(SAMPLE_YEAR, SAMPLE_YEAR)).map(|day| day.to_string());
    let days = || ["2026-10-13", "2026-10-17", "2026-10-18"].map(str::to_owned).into_iter().chain(holidays);
    match kind {
        InputType::Text => all(&["texto", "1", "1234", "123456", "12345678", "1234567890"]),
        InputType::Number | InputType::Money => all(&["0", "1", "10", "1000"]),
        InputType::Date => days().collect(),
        InputType::Time => all(&["03:00", "10:00", "22:00"]),
        InputType::Datetime => {
            days().flat_map(|day| ["03:00", "10:00", "22:00"].map(|time| format!("{day}T{time}"))).collect()
        }
        InputType::Cnpj => all(&["12.345.678/0001-95", "11.222.333/0001-81"]),
        InputType::Cpf => all(&["529.982.247-25"]),
        InputType::Phone => all(&["(11) 98765-4321"]),
        InputType::Email => all(&["nome@example.com"]),
        InputType::Url => all(&["https://example.com/"]),
        InputType::Choice => Vec::new(),
    }
}
