//! Agreement of the two walkers: random flows, walked in Rust and by the browser's modules in Node.
//!
//! Needs Node 20, so `cargo test` leaves it out; `tests/run agreement` runs it.

use std::process::Command;

use serde_json::{Map, Value, json};

use crate::flow::input::{InputValue, ParsedValue};
use crate::flow::random_walk::Random;
use crate::flow::record::copied_at;
use crate::flow::walk::{Exit, NodeAnswer, PathStep, Walk, WalkEnd, WalkState, is_stop, walk};
use crate::flow::{FlowSet, record};
use crate::render::{Renderer, flow_json};
use crate::site::flow::FlowId;
use crate::testing::fixture::Fixture;
use crate::testing::random_site::{generate_site, generate_state};
use crate::theme::Theme;
use crate::words::Words;

/// How many sites are generated; `VEREDA_WALKS` overrides it.
const SITES: u64 = 300;

/// How many readers walk the first flow of each.
const READERS: usize = 4;

const FLOW: FlowId = FlowId(0);

#[test]
#[ignore = "needs Node: `tests/run agreement`"]
fn walks_alike_in_rust_and_in_the_browser() {
    let sites = std::env::var("VEREDA_WALKS").map_or(SITES, |sites| sites.parse().expect("VEREDA_WALKS is a number"));
    let fixtures: Vec<Fixture> = (0..sites).map(drawn_fixture).collect();
    let states: Vec<Vec<WalkState>> =
        fixtures.iter().zip(1..).map(|(fixture, seed)| drawn_states(fixture, seed)).collect();
    let case = |(fixture, states): (&Fixture, &Vec<WalkState>)| json!({ "flow": published(fixture), "states": states.iter().map(state_json).collect::<Vec<_>>() });
    let in_browser = walk_in_node(&fixtures.iter().zip(&states).map(case).collect());
    let mut disagreements = Vec::new();
    for (seed, (fixture, states)) in fixtures.iter().zip(&states).enumerate() {
        for (reader, state) in states.iter().enumerate() {
            let here = told(fixture.flow_set(), &walk(fixture.flow_set(), FLOW, state));
            let there = with_floats(&in_browser[seed][reader]);
            let differs = |(name, here): &(&String, &Value)| there[name.as_str()] != **here;
            let different = here.as_object().unwrap().iter().filter(differs);
            disagreements.extend(different.map(|(name, here)| {
                format!(
                    "site {seed}, reader {reader}: {name} is {here} here and {} in the browser",
                    there[name.as_str()]
                )
            }));
        }
    }
    assert!(
        disagreements.is_empty(),
        "{} disagreements\n{}",
        disagreements.len(),
        disagreements[..disagreements.len().min(20)].join("\n")
    );
}

fn drawn_fixture(seed: u64) -> Fixture {
    let files = generate_site(seed);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let fixture = Fixture::of(&files);
    assert!(
        fixture.diagnostics.is_clean(),
        "site {seed}: {:#?}",
        fixture.diagnostics.iter().map(|found| format!("{:?}", found.message)).collect::<Vec<_>>()
    );
    fixture
}

fn drawn_states(fixture: &Fixture, seed: u64) -> Vec<WalkState> {
    let mut random = Random(seed);
    (0..READERS).map(|_| generate_state(fixture.flow_set(), FLOW, &mut random)).collect()
}

fn published(fixture: &Fixture) -> Value {
    let theme = Theme::default();
    flow_json::render(&Renderer::without_templates(&fixture.site, &theme, &fixture.sources), FLOW)
}

/// Runs the browser's walker, once for all cases.
fn walk_in_node(cases: &Value) -> Value {
    let file = tempfile::NamedTempFile::new().unwrap();
    serde_json::to_writer(&file, cases).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/orange/js/test/agreement.mjs");
    let run = Command::new("node").arg(script).arg(file.path()).output();
    let run = run.unwrap_or_else(|error| {
        panic!("`node` does not start ({error}): install Node 20 or later, https://nodejs.org")
    });
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap()
}

fn state_json(state: &WalkState) -> Value {
    let answers: Map<String, Value> =
        state.answers.iter().map(|(key, answer)| (key.clone(), answer_json(answer))).collect();
    json!({ "answers": answers, "inputs": state.inputs, "passes": state.is_scenario })
}

fn answer_json(answer: &NodeAnswer) -> Value {
    match answer {
        NodeAnswer::Passed => json!(true),
        NodeAnswer::Options(ids) => ids_json(ids),
    }
}

/// One option is its id, several are a list.
fn ids_json(ids: &[String]) -> Value {
    if let [id] = ids { json!(id) } else { json!(ids) }
}

/// What a walk came to, in the words of the browser's walker.
fn told(flow_set: FlowSet<'_>, walk: &Walk) -> Value {
    let current = walk.current.as_ref().map(|place| &place.key);
    let missing = if let WalkEnd::RefusedInputs(missing) = &walk.end { missing.as_slice() } else { &[] };
    let values: Map<String, Value> =
        walk.values.iter().map(|(name, parsed)| (name.clone(), reading_json(parsed))).collect();
    let copied = walk.positions().flat_map(|place| copied_at(flow_set, walk, place));
    json!({
        "path": walk.path.iter().map(|stop| json!([stop.position.key, left_json(flow_set, stop)])).collect::<Vec<_>>(),
        "current": current,
        "outcome": current.filter(|_| walk.end == WalkEnd::Outcome),
        "missing": missing.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        "looped": walk.end == WalkEnd::Loop,
        "values": values,
        "titles": walk.positions().map(|place| record::title_of(flow_set, walk, place)).collect::<Vec<_>>(),
        "copied": copied.map(|copied| json!([copied.label, copied.text])).collect::<Vec<_>>(),
        "record": record::write(flow_set, FLOW, walk),
    })
}

fn left_json(flow_set: FlowSet<'_>, stop: &PathStep) -> Value {
    match &stop.exit {
        Exit::Options { given, .. } => ids_json(given),
        Exit::Rule(_) | Exit::Next if is_stop(&stop.position, stop.position.resolve(flow_set)) => json!(true),
        Exit::Rule(_) | Exit::Next => Value::Null,
    }
}

fn reading_json(parsed: &ParsedValue) -> Value {
    let kind = parsed.input_type().map(Words::as_str);
    let value = match &parsed.value {
        None => Value::Null,
        Some(InputValue::Number(number)) => json!(number),
        Some(value) => json!(value.text()),
    };
    let mut json = json!({ "type": kind, "text": parsed.text, "value": value });
    if let Some(InputValue::DateTime(moment)) = &parsed.value
        && let Some(instant) = moment.instant
    {
        json["instant"] = json!(instant.as_millisecond());
    }
    with_floats(&json)
}

/// With every number as a double, whether it was written with a point or not.
fn with_floats(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(items) => items.iter().map(with_floats).collect(),
        Value::Object(entries) => {
            entries.iter().map(|(key, value)| (key.clone(), with_floats(value))).collect::<Map<_, _>>().into()
        }
        value => value.clone(),
    }
}
