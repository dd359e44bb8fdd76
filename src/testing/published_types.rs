//! The files that are generated from the structs of `flow.json`, `links.json` and `copies.json`: JSON Schemas and types for the browser.
//!
//! The tests compare each file with what it should hold. `VEREDA_UPDATE=1 cargo test --lib published_types` writes the files.

use std::fs;
use std::path::Path;

use schemars::generate::SchemaSettings;
use schemars::transform::transform_subschemas;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

use super::typescript;
use crate::render::{copies, flow_json, links_json};

const FLOW_TYPES_HEAD: &str = "\
// The shape of flow.json, version 1. Generated from src/render/flow_json/shape.rs by
// VEREDA_UPDATE=1 cargo test --lib published_types

";

/// The schema of a type as it is written.
fn schema_of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = SchemaGenerator::new(settings).into_root_schema_for::<T>();
    join_lines(&mut schema);
    schema.to_value()
}

/// Joins the lines of a description, which are broken for the reader of the code, and drops what no validator reads.
fn join_lines(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get("description") {
        let joined = text.replace('\n', " ");
        schema.insert("description".into(), joined.into());
    }
    schema.remove("format");
    transform_subschemas(&mut join_lines, schema);
}

/// Compares a file with what it should hold, or writes it.
#[track_caller]
fn assert_current(path: &str, expected: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("VEREDA_UPDATE").is_some() {
        return fs::write(file, expected).unwrap();
    }
    let found = fs::read_to_string(file).unwrap_or_default();
    assert!(found == expected, "{path} is not up to date: VEREDA_UPDATE=1 cargo test --lib published_types");
}

#[test]
fn flow_schema_is_current() {
    assert_current("docs/flow.schema.json", &format!("{:#}\n", schema_of::<flow_json::shape::Flow<'_>>()));
}

#[test]
fn explains_every_key_of_flow_json() {
    let mut unexplained = Vec::new();
    collect_unexplained(&schema_of::<flow_json::shape::Flow<'_>>(), &mut unexplained);
    assert!(unexplained.is_empty(), "keys without a comment: {unexplained:?}");
}

/// The keys without a description; `kind` is explained by its words.
fn collect_unexplained(schema: &Value, keys: &mut Vec<String>) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| collect_unexplained(item, keys)),
        Value::Object(entries) => {
            let properties = entries.get("properties").and_then(Value::as_object).into_iter().flatten();
            let unexplained = properties.filter(|(key, schema)| *key != "kind" && schema.get("description").is_none());
            keys.extend(unexplained.map(|(key, _)| key.clone()));
            entries.values().for_each(|value| collect_unexplained(value, keys));
        }
        _ => {}
    }
}

#[test]
fn links_schema_is_current() {
    assert_current("docs/links.schema.json", &format!("{:#}\n", schema_of::<links_json::LinkGraph<'_>>()));
}

#[test]
fn copies_schema_is_current() {
    assert_current("docs/copies.schema.json", &format!("{:#}\n", schema_of::<copies::CopyList<'_>>()));
}

#[test]
fn browser_types_are_current() {
    let types = typescript::declarations("Flow", &schema_of::<flow_json::shape::Flow<'_>>());
    assert_current("themes/orange/js/logic/flow-json.d.ts", &format!("{FLOW_TYPES_HEAD}{types}"));
}
