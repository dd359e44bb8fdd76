//! `flow.json` as other programs read it: scenarios walked from this file alone, and its schema.
//!
//! The other program is `themes/orange/js/test/agreement.mjs`, so that test needs Node 20: `tests/run agreement` runs it. It reads
//! the published `flow.json`; the scenarios come from the YAML.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use tempfile::{NamedTempFile, TempDir};
use walkdir::WalkDir;

use crate::site::Site;

/// The sites that are published here, beside those that `vereda init` makes: this one, those of the browser tests, one with every key.
const SITES: [&str; 4] = ["", "tests/fixtures/browser/walk", "tests/fixtures/browser/live", "tests/fixtures/every-key"];

/// A flow with what was published of it.
struct Published {
    file: PathBuf,
    json: Value,
    scenarios: Vec<Scenario>,
}

#[derive(Deserialize)]
struct Written {
    #[serde(default)]
    scenarios: Vec<Scenario>,
}

#[derive(Deserialize)]
struct Scenario {
    name: String,
    #[serde(default)]
    inputs: Map<String, Value>,
    #[serde(default)]
    answers: Map<String, Value>,
    outcome: String,
    #[serde(default)]
    path: Vec<String>,
    #[serde(default)]
    copied: Map<String, Value>,
    record: Option<String>,
}

/// Builds every site and reads its flows.
fn publish() -> Vec<Published> {
    let begun = Site::empty();
    begun.run(&["init", "pt"]).exits(0);
    begun.run(&["init", "en", "--lang", "en"]).exits(0);
    let made = ["pt", "en"].map(|name| begun.path(name));
    let roots = SITES.iter().map(|site| Path::new(env!("CARGO_MANIFEST_DIR")).join(site)).chain(made);
    roots.flat_map(|root| publish_site(&root)).collect()
}

fn publish_site(root: &Path) -> Vec<Published> {
    let out = TempDir::new().unwrap();
    let to = |path: &Path| path.to_str().unwrap().to_owned();
    Site::empty().run(&["build", "--root", &to(root), "--out", &to(&out.path().join("public"))]).exits(0);
    let content = root.join("content");
    let files = WalkDir::new(&content).sort_by_file_name().into_iter().map(|file| file.unwrap().into_path());
    let flows = files.filter(|file| file.to_str().unwrap().ends_with(".flow.yaml"));
    flows.map(|file| read_published(&content, file, &out.path().join("public"))).collect()
}

fn read_published(content: &Path, file: PathBuf, public: &Path) -> Published {
    let route = file.strip_prefix(content).unwrap().to_str().unwrap().trim_end_matches(".flow.yaml");
    let json = fs::read_to_string(public.join(route).join("flow.json")).unwrap();
    let written: Written = serde_saphyr::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    Published { json: serde_json::from_str(&json).unwrap(), scenarios: written.scenarios, file }
}

impl Scenario {
    fn state(&self) -> Value {
        let typed: Map<String, Value> =
            self.inputs.iter().map(|(name, value)| (name.clone(), json!(text_of(value)))).collect();
        json!({ "answers": self.answers, "inputs": typed, "passes": true })
    }

    /// Everything in which a walk is not as the scenario says.
    fn failures(&self, walked: &Value) -> Vec<String> {
        let mut failures = Vec::new();
        let mut expect = |what: &str, expected: &Value, found: &Value| {
            if expected != found {
                failures.push(format!("{}: {what} is {found}, not {expected}", self.name));
            }
        };
        expect("the outcome", &json!(self.outcome), &walked["outcome"]);
        let stops = walked["path"].as_array().unwrap().iter().map(|stop| &stop[0]).chain([&walked["current"]]);
        let mut keys = stops.map(|key| key.as_str().unwrap());
        let is_called = |key: &str, wanted: &str| key == wanted || key.ends_with(&format!("/{wanted}"));
        let is_missed = |wanted: &&String| !keys.any(|key| is_called(key, wanted));
        expect("what is missed of the path", &Value::Null, &json!(self.path.iter().find(is_missed)));
        for (label, text) in &self.copied {
            let copied = walked["copied"].as_array().unwrap().iter().rev().find(|copied| copied[0] == **label);
            expect(label, &json!(text_of(text)), copied.map_or(&Value::Null, |copied| &copied[1]));
        }
        if let Some(record) = &self.record {
            expect("the record", &json!(record.trim()), &walked["record"]);
        }
        failures
    }
}

/// A scalar as it would be typed.
fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Walks every scenario, in one run of the other program.
fn walk(flows: &[Published]) -> Value {
    let case = |flow: &Published| json!({ "flow": flow.json, "states": flow.scenarios.iter().map(Scenario::state).collect::<Vec<_>>() });
    let file = NamedTempFile::new().unwrap();
    serde_json::to_writer(&file, &flows.iter().map(case).collect::<Vec<_>>()).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/orange/js/test/agreement.mjs");
    let run = Command::new("node").arg(script).arg(file.path()).output();
    let run = run.unwrap_or_else(|error| {
        panic!("`node` does not start ({error}): install Node 20 or later, https://nodejs.org")
    });
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap()
}

#[test]
#[ignore = "needs Node: `tests/run agreement`"]
fn passes_every_scenario_from_flow_json_alone() {
    let flows = publish();
    let walked = walk(&flows);
    let mut failures = Vec::new();
    for (flow, walked) in flows.iter().zip(walked.as_array().unwrap()) {
        let found = flow
            .scenarios
            .iter()
            .zip(walked.as_array().unwrap())
            .flat_map(|(scenario, walked)| scenario.failures(walked));
        failures.extend(found.map(|failure| format!("{}: {failure}", flow.file.display())));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(flows.iter().map(|flow| flow.scenarios.len()).sum::<usize>() > 30, "the sites have their scenarios");
}

#[test]
fn reports_a_failing_scenario() {
    let scenario: Scenario =
        serde_saphyr::from_str("{ name: s, outcome: a, path: [b, a], copied: { M: x }, record: r }").unwrap();
    let walked =
        json!({ "path": [["a", "sim"]], "current": "c", "outcome": "c", "copied": [["M", "y"]], "record": null });
    assert_eq!(scenario.failures(&walked).len(), 4);
}

/// The documented shape.
fn schema() -> Value {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/flow.schema.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn every_published_flow_matches_the_schema() {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    for flow in publish() {
        let wrong: Vec<String> =
            validator.iter_errors(&flow.json).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{}: {}", flow.file.display(), wrong.join("\n"));
    }
}

#[test]
fn every_key_of_the_schema_is_published() {
    let mut published = BTreeSet::new();
    for flow in publish() {
        collect_keys(&flow.json, &mut published);
    }
    let mut documented = BTreeSet::new();
    collect_properties(&schema(), &mut documented);
    assert!(documented.len() > 40, "{documented:?}");
    for key in documented {
        assert!(published.contains(&key), "no flow of the tests has the key `{key}`");
    }
}

/// The keys of every object inside.
fn collect_keys(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_keys(item, keys)),
        Value::Object(entries) => {
            keys.extend(entries.keys().cloned());
            entries.values().for_each(|value| collect_keys(value, keys));
        }
        _ => {}
    }
}

/// The names under every `properties` of a schema.
fn collect_properties(schema: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| collect_properties(item, names)),
        Value::Object(entries) => {
            let properties = entries.get("properties").and_then(Value::as_object);
            names.extend(properties.into_iter().flat_map(|properties| properties.keys().cloned()));
            entries.values().for_each(|value| collect_properties(value, names));
        }
        _ => {}
    }
}
