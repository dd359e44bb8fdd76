//! Runs the shared test vectors, `tests/vectors`, which the browser's walker also runs.

use std::collections::HashMap;

use serde_json::Value;

use crate::config::{Calendar, Choice, Holiday, Hours, Input, InputType, Pattern};
use crate::content::condition::{Condition, Constant, Operator, Test};
use crate::content::template::{Filter, Template};
use crate::flow::condition::{Bindings, holds};
use crate::flow::input::{InputValue, ParsedValue, Refusal, read};
use crate::flow::{calendar, filter, template};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::words::Words;

/// The failed cases of a file.
fn failures(text: &str, run: impl Fn(&Value, &Value) -> Value) -> Vec<String> {
    let file: Value = serde_json::from_str(text).expect("vectors are JSON");
    let failure = |case: &Value| {
        let found = run(&file, &case["given"]);
        (found != case["expected"]).then(|| format!("{}: {found} in place of {}", case["name"], case["expected"]))
    };
    file["cases"].as_array().expect("a file has cases").iter().filter_map(failure).collect()
}

fn assert_all(failures: &[String]) {
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn spanned<T>(value: T) -> Spanned<T> {
    let file: FileId = Sources::default().add("vectors", "");
    Spanned { value, span: Span::new(file, 0, 0) }
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().map(|items| items.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

/// A limit is a number or a text.
fn limit(value: &Value) -> Option<Spanned<String>> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(spanned(text.clone())),
        other => Some(spanned(other.to_string())),
    }
}

fn input_of(value: &Value) -> Input {
    let kind = value["type"].as_str().unwrap_or("text");
    let choice = |choice: &Value| match choice.as_str() {
        Some(id) => Choice { id: id.to_owned(), label: id.to_owned() },
        None => Choice {
            id: choice["id"].as_str().unwrap().to_owned(),
            label: choice["label"].as_str().unwrap().to_owned(),
        },
    };
    Input {
        name: spanned("x".to_owned()),
        label: value["label"].as_str().unwrap_or("X").to_owned(),
        kind: InputType::from_name(kind).unwrap(),
        pattern: value["pattern"].as_str().map(|pattern| Pattern::new(pattern).unwrap()),
        example: None,
        error: None,
        private: false,
        required: value["required"].as_bool().unwrap_or(true),
        min: limit(&value["min"]),
        max: limit(&value["max"]),
        choices: value["choices"].as_array().map(|choices| choices.iter().map(choice).collect()).unwrap_or_default(),
    }
}

fn read_typed(input: &Value, typed: &Value, zone: &Value) -> Result<ParsedValue, Refusal> {
    read(&input_of(input), typed.as_str().unwrap(), zone.as_str().unwrap_or("America/Sao_Paulo"))
}

fn value_json(value: Option<&InputValue>) -> Value {
    match value {
        None => Value::Null,
        Some(InputValue::Number(number)) => number.to_string().parse().unwrap(),
        Some(value) => Value::String(value.text()),
    }
}

fn time_of(text: &str) -> jiff::civil::Time {
    text.parse().unwrap()
}

fn calendar_of(value: &Value) -> Calendar {
    let days = jiff::civil::Weekday::Monday.cycle_forward().take(7);
    let is_open =
        |day: &jiff::civil::Weekday| value["weekdays"].as_array().unwrap().contains(&day.to_monday_one_offset().into());
    let hours =
        |hours: &Value| Hours { from: time_of(hours[0].as_str().unwrap()), to: time_of(hours[1].as_str().unwrap()) };
    Calendar {
        weekdays: days.filter(is_open).collect(),
        hours: value["hours"].as_array().unwrap().iter().map(hours).collect(),
        holidays: texts(&value["holidays"]).into_iter().map(|day| Holiday::parse(day).unwrap()).collect(),
        timezone: spanned(value["timezone"].as_str().unwrap().to_owned()),
    }
}

fn condition_of(value: &Value) -> Condition {
    let parts = |key: &str| value[key].as_array().map(|parts| parts.iter().map(condition_of).collect());
    if let Some(parts) = parts("all") {
        return Condition::All(parts);
    }
    if let Some(parts) = parts("any") {
        return Condition::Any(parts);
    }
    let operator = value["op"].as_str().unwrap();
    Condition::Test(Test {
        name: spanned(value["name"].as_str().unwrap().to_owned()),
        operator: spanned(Operator::from_name(operator).unwrap()),
        constant: spanned(constant_of(&value["value"])),
    })
}

fn constant_of(value: &Value) -> Constant {
    match value {
        Value::Bool(value) => Constant::Bool(*value),
        Value::Number(number) => Constant::Number(number.as_f64().unwrap(), number.to_string()),
        Value::Array(items) => Constant::List(items.iter().map(|item| spanned(constant_of(item))).collect()),
        other => Constant::Text(other.as_str().unwrap().to_owned()),
    }
}

/// Bindings of one case.
struct Given {
    readings: HashMap<String, ParsedValue>,
    calendars: HashMap<String, Calendar>,
}

impl Given {
    fn of(file: &Value, given: &Value) -> Self {
        let mut readings = HashMap::new();
        let none = serde_json::Map::new();
        for (name, typed) in given["inputs"].as_object().unwrap_or(&none) {
            if let Ok(parsed) = read_typed(&file["inputs"][name], typed, &Value::Null) {
                readings.insert(name.clone(), parsed);
            }
        }
        for (name, answer) in given["answers"].as_object().unwrap_or(&none) {
            let ids = answer.as_str().map_or_else(|| texts(answer), |id| vec![id]);
            readings.insert(name.clone(), ParsedValue::of_answers(ids.into_iter().map(str::to_owned).collect()));
        }
        for (name, value) in file["values"].as_object().unwrap_or(&none) {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            readings.insert(format!("values.{name}"), ParsedValue::of_text(text));
        }
        let calendars = file["calendars"].as_object().unwrap_or(&none).iter();
        Self { readings, calendars: calendars.map(|(name, value)| (name.clone(), calendar_of(value))).collect() }
    }
}

impl Bindings for Given {
    fn find(&self, name: &str) -> Option<ParsedValue> {
        self.readings.get(name).cloned()
    }

    fn find_calendar(&self, name: &str) -> Option<&Calendar> {
        self.calendars.get(name)
    }

    fn zone(&self) -> &'static str {
        "America/Sao_Paulo"
    }
}

#[test]
fn parses_inputs_like_the_browser() {
    assert_all(&failures(include_str!("../../tests/vectors/inputs.json"), |_, given| {
        match read_typed(&given["input"], &given["text"], &given["zone"]) {
            Ok(parsed) => serde_json::json!({ "value": value_json(parsed.value.as_ref()) }),
            Err(refusal) => serde_json::json!({ "error": refusal.as_str() }),
        }
    }));
}

#[test]
fn evaluates_calendars_like_the_browser() {
    assert_all(&failures(include_str!("../../tests/vectors/calendars.json"), |file, given| {
        let calendar = calendar_of(&file["calendars"][given["calendar"].as_str().unwrap()]);
        let input = serde_json::json!({ "type": given["type"] });
        let parsed = read_typed(&input, &given["text"], &Value::Null).unwrap();
        Value::Bool(calendar::is_within(&calendar, &parsed.value.unwrap()).unwrap_or(false))
    }));
}

#[test]
fn evaluates_conditions_like_the_browser() {
    assert_all(&failures(include_str!("../../tests/vectors/conditions.json"), |file, given| {
        let condition = &given["condition"];
        Value::Bool(condition.is_null() || holds(&condition_of(condition), &Given::of(file, given)))
    }));
}

#[test]
fn applies_filters_like_the_browser() {
    assert_all(&failures(include_str!("../../tests/vectors/filters.json"), |_, given| {
        let parsed = read_typed(&given["input"], &given["text"], &Value::Null).unwrap();
        filter::apply(Filter::from_name(given["filter"].as_str().unwrap()).unwrap(), &parsed).into()
    }));
}

#[test]
fn fills_templates_like_the_browser() {
    assert_all(&failures(include_str!("../../tests/vectors/templates.json"), |file, given| {
        let names = Given::of(file, given);
        let template = Template::parse(given["template"].as_str().unwrap());
        Value::String(template::fill(&template, |name| names.find(name)))
    }));
}
