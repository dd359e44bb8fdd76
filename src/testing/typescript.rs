//! TypeScript declarations from a JSON Schema, as far as schemars writes one of the structs that are published.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::{Map, Value};

/// Declares the type of the schema itself, by this name, and one for each of its `$defs`.
pub(super) fn declarations(name: &str, schema: &Value) -> String {
    let definitions = schema["$defs"].as_object().into_iter().flatten();
    let named = std::iter::once((name, schema)).chain(definitions.map(|(name, schema)| (name.as_str(), schema)));
    let declarations: Vec<String> = named.map(|(name, schema)| declaration(name, schema)).collect();
    declarations.join("\n")
}

fn declaration(name: &str, schema: &Value) -> String {
    format!("{}export type {name} = {};\n", comment(schema, ""), type_of(schema))
}

fn comment(schema: &Value, indent: &str) -> String {
    schema["description"].as_str().map_or_else(String::new, |text| format!("{indent}/** {text} */\n"))
}

fn type_of(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        return reference.trim_start_matches("#/$defs/").to_owned();
    }
    if let Some(value) = schema.get("const") {
        return value.to_string();
    }
    if let Some(words) = schema["enum"].as_array() {
        return union(words.iter().map(Value::to_string));
    }
    let choices = schema["anyOf"].as_array().or(schema["oneOf"].as_array());
    match (schema["properties"].as_object(), choices) {
        (Some(_), Some(variants)) => format!("{} & ({})", object(schema, &[]), variants_of(variants)),
        (Some(_), None) => object(schema, &[]),
        (None, Some(choices)) => union(choices.iter().map(type_of)),
        (None, None) => match &schema["type"] {
            Value::Array(types) => union(types.iter().map(|kind| simple_type(kind, schema))),
            kind => simple_type(kind, schema),
        },
    }
}

fn union(types: impl Iterator<Item = String>) -> String {
    types.collect::<Vec<_>>().join(" | ")
}

fn simple_type(kind: &Value, schema: &Value) -> String {
    match kind.as_str().expect("schemars names the type of each value") {
        "integer" => "number".to_owned(),
        "array" => array(schema),
        "object" => format!("Record<string, {}>", type_of(&schema["additionalProperties"])),
        kind => kind.to_owned(),
    }
}

/// A list, or a tuple where its length is fixed.
fn array(schema: &Value) -> String {
    let item = type_of(&schema["items"]);
    match (schema["minItems"].as_u64(), schema["maxItems"].as_u64()) {
        (Some(least), Some(most)) if least == most => {
            format!("[{}]", (0..most).map(|_| item.as_str()).collect::<Vec<_>>().join(", "))
        }
        _ => format!("{item}[]"),
    }
}

/// The keys of an object; those of `absent` are never there.
fn object(schema: &Value, absent: &[&str]) -> String {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut text = String::from("{\n");
    for (key, property) in properties(schema) {
        let mark = if required.contains(&key.as_str()) { "" } else { "?" };
        text.push_str(&comment(property, "  "));
        writeln!(text, "  {key}{mark}: {};", type_of(property)).unwrap();
    }
    for key in absent {
        writeln!(text, "  {key}?: undefined;").unwrap();
    }
    text + "}"
}

fn properties(schema: &Value) -> &Map<String, Value> {
    schema["properties"].as_object().expect("an object has properties")
}

/// Each variant also names the keys of the others, as absent: so a program may look for a key before it knows the variant.
fn variants_of(variants: &[Value]) -> String {
    let all: BTreeSet<&str> =
        variants.iter().flat_map(|variant| properties(variant).keys()).map(String::as_str).collect();
    let variant = |schema: &Value| {
        let absent: Vec<&str> = all.iter().copied().filter(|key| !properties(schema).contains_key(*key)).collect();
        object(schema, &absent)
    };
    union(variants.iter().map(variant))
}
