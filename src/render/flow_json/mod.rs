//! `flow.json`: the resolved graph of a flow, with everything that another program needs to run it.
//!
//! In: a resolved flow. Out: the structs of [`shape`] as JSON with sorted keys. Entry points: [`render`] and [`json_text`].

pub(crate) mod shape;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Number, Value, json};

use super::Renderer;
use super::address::address_of;
use crate::config::{Calendar, Input};
use crate::content::condition::{Condition, Constant, Operator, Test};
use crate::content::template::Template;
use crate::diff::visible_text::lines_of_body;
use crate::flow::input::{InputValue, ValueKind, read_constant, read_limit};
use crate::flow::usage_counts::UsageCounts;
use crate::site::flow::{AnswerOption, Flow, FlowId, Node, NodeId, NodeKind, Rule};
use crate::site::node::with_called_flows;
use crate::source::Spanned;
use crate::words::Words;

pub(crate) fn render(renderer: &Renderer<'_>, id: FlowId) -> Value {
    // The maps of a `Value` are sorted, so the bytes do not depend on the order of struct fields.
    serde_json::to_value(flow_json(renderer, id)).expect("plain values have a JSON form")
}

/// The text of `flow.json`. Usage counts are added under `counts`.
pub(crate) fn json_text(renderer: &Renderer<'_>, id: FlowId, counts: Option<&UsageCounts>) -> String {
    let mut json = render(renderer, id);
    if let Some(counts) = counts {
        json["counts"] = json!(counts);
    }
    pretty(&json)
}

pub(super) fn pretty(json: &Value) -> String {
    let mut text = serde_json::to_string_pretty(json).expect("plain values have a JSON form");
    text.push('\n');
    text
}

fn flow_json<'a>(renderer: &'a Renderer<'a>, id: FlowId) -> shape::Flow<'a> {
    let site = renderer.site;
    let called = called_flows(renderer, id);
    let used = UsedSettings::by(called.iter().chain([&id]).map(|id| site.flow(*id)));
    let records: BTreeMap<&str, &str> = site
        .config
        .records
        .iter()
        .map(|record| (record.name.value.as_str(), record.value.value.as_str()))
        .filter(|(name, _)| used.records.contains(name))
        .collect();
    let is_in_record = |name: &str| records.values().any(|record| record.contains(&format!("{{values.{name}")));
    let values = site.config.values.iter().filter(|value| is_in_record(&value.name.value));
    let calendars =
        site.config.calendars.iter().filter(|calendar| used.calendars.contains(calendar.name.value.as_str()));
    shape::Flow {
        graph: graph(renderer, id),
        code: renderer.code_of(id),
        timezone: renderer.flow_set().zone(),
        calendars: calendars.map(|named| (named.name.value.as_str(), calendar(&named.value))).collect(),
        values: values.map(|value| (value.name.value.as_str(), value.value.as_str())).collect(),
        records,
        flows: called.iter().map(|id| (address_of(&site.flow(*id).route), graph(renderer, *id))).collect(),
    }
}

/// The names of site settings that flows use.
struct UsedSettings<'a> {
    calendars: BTreeSet<&'a str>,
    records: BTreeSet<&'a str>,
}

impl<'a> UsedSettings<'a> {
    fn by(flows: impl Iterator<Item = &'a Flow>) -> Self {
        let mut used = Self { calendars: BTreeSet::new(), records: BTreeSet::new() };
        for node in flows.flat_map(|flow| &flow.nodes) {
            if let NodeKind::Outcome { record: Some(record), .. } = &node.kind {
                used.records.insert(record.as_str());
            }
            used.calendars.extend(node.tests().filter_map(calendar_of));
        }
        used
    }
}

fn calendar_of(test: &Test) -> Option<&str> {
    match (test.operator.value, &test.constant.value) {
        (Operator::Within | Operator::Outside, Constant::Text(name)) => Some(name),
        _ => None,
    }
}

/// Every flow that is called, directly or not.
fn called_flows(renderer: &Renderer<'_>, id: FlowId) -> BTreeSet<FlowId> {
    with_called_flows(&renderer.site.flows, id).into_iter().skip(1).collect()
}

fn graph<'a>(renderer: &'a Renderer<'a>, id: FlowId) -> shape::Graph<'a> {
    let flow = renderer.site.flow(id);
    let writer = GraphWriter { renderer, flow, zone: renderer.flow_set().zone() };
    let recorded = recorded_inputs(renderer, flow);
    let is_used = |name: &str| recorded.contains(name) || uses_input(flow, name);
    let inputs = flow.inputs.iter().filter(|input| is_used(&input.name.value));
    let aliases = flow.nodes.iter().flat_map(|node| node.aliases.iter().map(move |alias| (alias, node)));
    shape::Graph {
        version: shape::VERSION,
        id: flow.slug(),
        title: &flow.metadata.title.value,
        url: address_of(&flow.route),
        start: writer.id_of(flow.start),
        inputs: inputs.map(|input| (input.name.value.as_str(), writer.input(input))).collect(),
        order: flow.order.iter().map(|id| writer.id_of(Some(*id))).collect(),
        nodes: flow.order.iter().map(|id| (writer.id_of(Some(*id)), writer.node(*id))).collect(),
        aliases: aliases.map(|(alias, node)| (alias.value.as_str(), node.id.value.as_str())).collect(),
    }
}

/// The names that the records of a flow's outcomes show.
fn recorded_inputs(renderer: &Renderer<'_>, flow: &Flow) -> BTreeSet<String> {
    let used = UsedSettings::by(std::iter::once(flow)).records;
    let records = renderer.site.config.records.iter().filter(|record| used.contains(record.name.value.as_str()));
    let templates = records.map(|record| Template::parse(&record.value.value));
    templates.flat_map(|template| template.placeholders().map(|each| each.name.clone()).collect::<Vec<_>>()).collect()
}

/// True if a node asks for an input, sets it, tests it or shows it.
fn uses_input(flow: &Flow, name: &str) -> bool {
    flow.nodes.iter().any(|node| {
        let mut placeholders = node.templates().flat_map(|(template, _)| template.placeholders());
        let is_written = placeholders.any(|placeholder| placeholder.name == name);
        let is_tested = node.tests().any(|test| test.name.value == name);
        is_written
            || is_tested
            || node.inputs_set().any(|set| set == name)
            || node.ask.iter().any(|asked| asked.value == name)
    })
}

fn calendar(calendar: &Calendar) -> shape::Calendar<'_> {
    let time = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
    shape::Calendar {
        weekdays: calendar.weekdays.iter().map(|day| day.to_monday_one_offset()).collect(),
        hours: calendar.hours.iter().map(|hours| [time(hours.from), time(hours.to)]).collect(),
        holidays: calendar.holidays.iter().map(ToString::to_string).collect(),
        timezone: &calendar.timezone.value,
    }
}

/// Writes the parts of one flow. Constants get the type of their input: `13/10/2026` of a date is `2026-10-13`, `99` of a
/// text is a text.
struct GraphWriter<'a> {
    renderer: &'a Renderer<'a>,
    flow: &'a Flow,
    zone: &'a str,
}

impl<'a> GraphWriter<'a> {
    /// Empty for an unknown node: a flow with an error is not published.
    fn id_of(&self, id: Option<NodeId>) -> &'a str {
        id.map_or("", |id| self.flow.node(id).id.value.as_str())
    }

    fn input(&self, input: &'a Input) -> shape::Input<'a> {
        write_input(input, self.zone)
    }

    fn node(&self, id: NodeId) -> shape::Node<'a> {
        let node = self.flow.node(id);
        let links = node.links.iter();
        let copy = node.copy.iter();
        shape::Node {
            exits: self.exits(node),
            number: self.flow.number_of(id),
            title: node.title.as_deref(),
            ask: node.ask.iter().map(|name| name.value.as_str()).collect(),
            links: links
                .map(|link| shape::Link { label: &link.label, url: self.renderer.with_values(&link.source.text) })
                .collect(),
            copy: copy
                .map(|copy| shape::CopiedText { label: &copy.label, text: self.renderer.with_values(&copy.template) })
                .collect(),
            checklist: node
                .checklist
                .iter()
                .map(|task| shape::Task {
                    text: lines_of_body(self.renderer.site, &task.text).join(" "),
                    timer: task.timer,
                })
                .collect(),
        }
    }

    fn exits(&self, node: &'a Node) -> shape::Exits<'a> {
        match &node.kind {
            NodeKind::Question { options, multiple } => shape::Exits::Question {
                options: options.iter().map(|option| self.option(option)).collect(),
                multiple: *multiple,
            },
            NodeKind::Step { next } => shape::Exits::Step { next: self.id_of(*next) },
            NodeKind::Unknown => shape::Exits::Step { next: self.id_of(None) },
            NodeKind::Branch { rules } => {
                let when = |rule: &'a Rule| rule.when.as_ref().map(|when| self.condition(when));
                let rule = |rule| shape::Rule { when: when(rule), next: self.id_of(rule.next) };
                shape::Exits::Branch { rules: rules.iter().map(rule).collect() }
            }
            NodeKind::Call { flow: callee, outcomes } => shape::Exits::Call {
                call: callee.map(|callee| address_of(&self.renderer.site.flow(callee).route)).unwrap_or_default(),
                outcomes: outcomes
                    .iter()
                    .map(|outcome| (outcome.outcome.value.as_str(), self.id_of(outcome.next)))
                    .collect(),
            },
            NodeKind::Outcome { result, status, record } => {
                shape::Exits::Outcome { result: *result, status: status.as_deref(), record: record.as_deref() }
            }
        }
    }

    fn option(&self, option: &'a AnswerOption) -> shape::AnswerOption<'a> {
        let set = option.set.iter();
        shape::AnswerOption {
            id: &option.id.value,
            label: &option.label.value,
            hint: option.hint.as_deref(),
            next: self.id_of(option.next),
            aliases: option.aliases.iter().map(|alias| alias.value.as_str()).collect(),
            set: set
                .map(|(name, constant)| (name.value.as_str(), self.constant(&name.value, &constant.value)))
                .collect(),
        }
    }

    fn condition(&self, condition: &'a Condition) -> shape::Condition<'a> {
        let conditions = |parts: &'a [Condition]| parts.iter().map(|part| self.condition(part)).collect();
        match condition {
            Condition::All(parts) => shape::Condition::All { all: conditions(parts) },
            Condition::Any(parts) => shape::Condition::Any { any: conditions(parts) },
            Condition::Test(test) => shape::Condition::Comparison(self.comparison(test)),
        }
    }

    fn comparison(&self, test: &'a Test) -> shape::Comparison<'a> {
        let (name, operator, constant) = (&test.name.value, test.operator.value, &test.constant.value);
        let value = match (operator, constant) {
            (Operator::Matches | Operator::Within | Operator::Outside, constant) => {
                shape::Operand::One(text(constant.text()))
            }
            (Operator::Answered, constant) => shape::Operand::One(as_written(constant)),
            (_, Constant::List(items)) => {
                shape::Operand::Many(items.iter().map(|item| self.constant(name, &item.value)).collect())
            }
            (_, constant) => shape::Operand::One(self.constant(name, constant)),
        };
        shape::Comparison { name, op: operator.as_str(), value }
    }

    fn constant(&self, name: &str, constant: &Constant) -> shape::Constant {
        let kind = self.flow.find_input(name).map_or(ValueKind::Answer, |input| ValueKind::Input(input.kind));
        read_constant(kind, constant, self.zone)
            .map_or_else(|| as_written(constant), |value| shape::Constant::Scalar(scalar(&value)))
    }
}

/// An input as `flow.json` has it.
pub(super) fn input_json(input: &Input, zone: &str) -> Value {
    json!(write_input(input, zone))
}

/// An input with its limits in their normal form.
fn write_input<'a>(input: &'a Input, zone: &str) -> shape::Input<'a> {
    let limit =
        |limit: Option<&Spanned<String>>| read_limit(input.kind, &limit?.value, zone).map(|value| scalar(&value));
    shape::Input {
        label: &input.label,
        r#type: input.kind.as_str(),
        pattern: input.pattern.as_ref().map(|pattern| pattern.text.as_str()),
        example: input.example.as_ref().map(|example| example.value.as_str()),
        error: input.error.as_deref(),
        private: input.private,
        required: input.required,
        min: limit(input.min.as_ref()),
        max: limit(input.max.as_ref()),
        choices: input.choices.iter().map(|choice| shape::Choice { id: &choice.id, label: &choice.label }).collect(),
    }
}

/// Numbers become JSON numbers, other values strings.
fn scalar(value: &InputValue) -> shape::Scalar {
    match value {
        InputValue::Number(value) => number(*value),
        value => shape::Scalar::Text(value.text()),
    }
}

fn text(text: String) -> shape::Constant {
    shape::Constant::Scalar(shape::Scalar::Text(text))
}

fn as_written(constant: &Constant) -> shape::Constant {
    match constant {
        Constant::Bool(value) => shape::Constant::Bool(*value),
        Constant::Number(value, _) => shape::Constant::Scalar(number(*value)),
        Constant::Text(_) | Constant::List(_) => text(constant.text()),
    }
}

/// Writes `500`, not `500.0`. JSON has no infinity, so that is a string.
fn number(value: f64) -> shape::Scalar {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return shape::Scalar::Number(Number::from(whole(value)));
    }
    Number::from_f64(value).map_or_else(|| shape::Scalar::Text(value.to_string()), shape::Scalar::Number)
}

#[expect(clippy::cast_possible_truncation, reason = "the caller checked that it is a whole number below 10^15")]
fn whole(number: f64) -> i64 {
    number as i64
}
