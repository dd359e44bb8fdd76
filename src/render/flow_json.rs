//! `flow.json`, version 1: the resolved graph, enough for another program to run the flow. Its form is in `themes/README.md`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::Renderer;
use crate::config::{Calendar, Input};
use crate::content::condition::{Condition, Constant, Operator};
use crate::flow::input::{InputValue, ValueKind, read_constant, read_limit};
use crate::flow::usage_counts::UsageCounts;
use crate::site::flow::{Flow, FlowId, Node, NodeId, NodeKind};
use crate::site::node::with_called_flows;

/// The version of the form.
const VERSION: u32 = 1;

/// The graph of a flow, with the flows it calls and what the site declares.
pub(crate) fn render(renderer: &Renderer<'_>, id: FlowId) -> Value {
    let config = &renderer.site.config;
    let mut json = flow_value(renderer, id);
    let called = called_flows(renderer, id);
    let used = Used::by(called.iter().chain([&id]).map(|id| renderer.site.flow(*id)));
    let calendars: BTreeMap<_, _> = config
        .calendars
        .iter()
        .filter(|calendar| used.calendars.contains(calendar.name.value.as_str()))
        .map(|calendar| (&calendar.name.value, calendar_value(&calendar.value)))
        .collect();
    let records: BTreeMap<_, _> = config
        .records
        .iter()
        .filter(|record| used.records.contains(record.name.value.as_str()))
        .map(|record| (&record.name.value, &record.value.value))
        .collect();
    let is_used = |name: &str| records.values().any(|record| record.contains(&format!("{{values.{name}")));
    let values: BTreeMap<_, _> = config
        .values
        .iter()
        .filter(|value| is_used(&value.name.value))
        .map(|value| (&value.name.value, &value.value))
        .collect();
    let flows: BTreeMap<_, _> =
        called.iter().map(|id| (renderer.site.flow(*id).route.as_str(), flow_value(renderer, *id))).collect();
    json["code"] = json!(renderer.code_of(id));
    json["timezone"] = json!(renderer.flow_set().zone());
    json["calendars"] = json!(calendars);
    json["values"] = json!(values);
    json["records"] = json!(records);
    json["flows"] = json!(flows);
    json
}

/// `flow.json` as it is published, and under `counts` how often readers took what, where they were counted.
pub(crate) fn json_text(renderer: &Renderer<'_>, id: FlowId, tally: Option<&UsageCounts>) -> String {
    let mut json = render(renderer, id);
    if let Some(tally) = tally {
        json["counts"] = serde_json::json!(tally);
    }
    pretty(&json)
}

pub(super) fn pretty(json: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(json).expect("plain values have a JSON form");
    text.push('\n');
    text
}

/// What of the site's settings some flows name.
struct Used<'a> {
    calendars: BTreeSet<&'a str>,
    records: BTreeSet<&'a str>,
}

impl<'a> Used<'a> {
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

fn calendar_of(test: &crate::content::condition::Test) -> Option<&str> {
    match (test.operator.value, &test.constant.value) {
        (Operator::Within | Operator::Outside, Constant::Text(name)) => Some(name),
        _ => None,
    }
}

/// Every flow that is reached by calls.
fn called_flows(renderer: &Renderer<'_>, id: FlowId) -> BTreeSet<FlowId> {
    with_called_flows(&renderer.site.flows, id).into_iter().skip(1).collect()
}

fn flow_value(renderer: &Renderer<'_>, id: FlowId) -> Value {
    let flow = renderer.site.flow(id);
    let zone = renderer.flow_set().zone();
    let id_of = |id: NodeId| flow.node(id).id.value.clone();
    let inputs: Map<String, Value> = flow
        .inputs
        .iter()
        .filter(|input| is_named(flow, &input.name.value))
        .map(|input| (input.name.value.clone(), input_value(input, zone)))
        .collect();
    let nodes: Map<String, Value> = flow.order.iter().map(|id| (id_of(*id), node_value(renderer, flow, *id))).collect();
    let aliases: BTreeMap<_, _> =
        flow.nodes.iter().flat_map(|node| node.aliases.iter().map(|alias| (&alias.value, &node.id.value))).collect();
    json!({
        "version": VERSION,
        "id": flow.route.trim_end_matches('/').rsplit('/').next().unwrap_or_default(),
        "title": flow.metadata.title.value,
        "url": flow.route,
        "start": flow.start.map(id_of),
        "inputs": inputs,
        "order": flow.order.iter().map(|id| id_of(*id)).collect::<Vec<_>>(),
        "nodes": nodes,
        "aliases": aliases,
    })
}

/// True when a node asks for an input, sets it, decides by it or writes it.
fn is_named(flow: &Flow, name: &str) -> bool {
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

fn input_value(input: &Input, zone: &str) -> Value {
    let limit = |written: &Option<crate::source::Spanned<String>>| {
        written.as_ref().and_then(|limit| read_limit(input.kind, &limit.value, zone)).map(|value| plain(&value))
    };
    json!({
        "label": input.label,
        "type": input.kind.as_str(),
        "pattern": input.pattern.as_ref().map(|pattern| &pattern.text),
        "example": input.example.as_ref().map(|example| &example.value),
        "error": input.error,
        "private": input.private,
        "required": input.required,
        "min": limit(&input.min),
        "max": limit(&input.max),
        "choices": input.choices,
    })
}

fn calendar_value(calendar: &Calendar) -> Value {
    let time = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
    json!({
        "weekdays": calendar.weekdays.iter().map(|day| day.to_monday_one_offset()).collect::<Vec<_>>(),
        "hours": calendar.hours.iter().map(|hours| [time(hours.from), time(hours.to)]).collect::<Vec<_>>(),
        "holidays": calendar.holidays.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "timezone": calendar.timezone.value,
    })
}

fn node_value(renderer: &Renderer<'_>, flow: &Flow, id: NodeId) -> Value {
    let node = flow.node(id);
    let links =
        node.links.iter().map(|link| json!({ "label": link.label, "url": renderer.with_values(&link.source.text) }));
    let copy =
        node.copy.iter().map(|copy| json!({ "label": copy.label, "text": renderer.with_values(&copy.template) }));
    let tasks = node.checklist.iter().map(|task| json!({ "text": task.source, "timer": task.timer }));
    let mut value = json!({
        "kind": node.kind_name(),
        "number": flow.number_of(id),
        "title": node.title,
        "ask": node.ask.iter().map(|name| &name.value).collect::<Vec<_>>(),
        "links": links.collect::<Vec<_>>(),
        "copy": copy.collect::<Vec<_>>(),
        "checklist": tasks.collect::<Vec<_>>(),
    });
    add_way(&mut value, renderer, flow, node);
    value
}

fn add_way(value: &mut Value, renderer: &Renderer<'_>, flow: &Flow, node: &Node) {
    let id_of = |id: Option<NodeId>| id.map(|id| &flow.node(id).id.value);
    let constants = Constants { flow, zone: renderer.flow_set().zone() };
    match &node.kind {
        NodeKind::Question { options, multiple } => {
            let option = |option: &crate::site::flow::AnswerOption| {
                let set = option
                    .set
                    .iter()
                    .map(|(name, constant)| (name.value.clone(), constants.value(&name.value, &constant.value)));
                let set: Map<String, Value> = set.collect();
                json!({
                    "id": option.id.value,
                    "label": option.label.value,
                    "hint": option.hint,
                    "next": id_of(option.next),
                    "set": set,
                })
            };
            if *multiple {
                value["multiple"] = json!(true);
            }
            value["options"] = options.iter().map(option).collect();
        }
        NodeKind::Step { next } => value["next"] = json!(id_of(*next)),
        NodeKind::Branch { rules } => {
            let rule = |rule: &crate::site::flow::Rule| json!({ "when": rule.when.as_ref().map(|when| constants.condition(when)), "next": id_of(rule.next) });
            value["rules"] = rules.iter().map(rule).collect();
        }
        NodeKind::Call { flow: callee, outcomes } => {
            let outcomes: Map<String, Value> =
                outcomes.iter().map(|outcome| (outcome.outcome.value.clone(), json!(id_of(outcome.next)))).collect();
            value["call"] = json!(callee.map(|callee| &renderer.site.flow(callee).route));
            value["outcomes"] = Value::Object(outcomes);
        }
        NodeKind::Outcome { result, status, record } => {
            value["result"] = json!(result);
            value["status"] = json!(status);
            value["record"] = json!(record);
        }
        NodeKind::Unknown => {}
    }
}

/// Constants as the type of their input understands them: `13/10/2026` of a date is `2026-10-13`, `99` of a text a text.
struct Constants<'a> {
    flow: &'a Flow,
    zone: &'a str,
}

impl Constants<'_> {
    fn condition(&self, condition: &Condition) -> Value {
        match condition {
            Condition::All(parts) => {
                json!({ "all": parts.iter().map(|part| self.condition(part)).collect::<Vec<_>>() })
            }
            Condition::Any(parts) => {
                json!({ "any": parts.iter().map(|part| self.condition(part)).collect::<Vec<_>>() })
            }
            Condition::Test(test) => {
                let name = &test.name.value;
                let operator = test.operator.value;
                let value = match operator {
                    Operator::Matches | Operator::Within | Operator::Outside => json!(test.constant.value.text()),
                    Operator::Answered => as_written(&test.constant.value),
                    _ => self.value(name, &test.constant.value),
                };
                json!({ "name": name, "op": operator.as_str(), "value": value })
            }
        }
    }

    fn value(&self, name: &str, constant: &Constant) -> Value {
        if let Constant::List(items) = constant {
            return items.iter().map(|item| self.value(name, &item.value)).collect();
        }
        let kind = self.flow.find_input(name).map_or(ValueKind::Answer, |input| ValueKind::Input(input.kind));
        read_constant(kind, constant, self.zone).map_or_else(|| as_written(constant), |value| plain(&value))
    }
}

/// A value as JSON: numbers are numbers, everything else its text.
fn plain(value: &InputValue) -> Value {
    match value {
        InputValue::Number(number) => number_value(*number),
        value => json!(value.text()),
    }
}

fn as_written(constant: &Constant) -> Value {
    match constant {
        Constant::Bool(value) => json!(value),
        Constant::Number(number, _) => number_value(*number),
        Constant::Text(text) => json!(text),
        Constant::List(items) => items.iter().map(|item| as_written(&item.value)).collect(),
    }
}

/// `500`, not `500.0`.
fn number_value(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 1e15 { json!(whole(number)) } else { json!(number) }
}

#[expect(clippy::cast_possible_truncation, reason = "the caller checked that it is a whole number below 10^15")]
fn whole(number: f64) -> i64 {
    number as i64
}
