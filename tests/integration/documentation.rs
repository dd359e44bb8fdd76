//! The reference of the format, `docs/format.md`, held against the schemas that `vereda schema` prints.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::site::Site;

/// Adds the names of all properties, at any depth. Diagnostic codes are the keys of `check.severity`, and are left out.
fn collect_keys(schema: &Value, keys: &mut BTreeSet<String>) {
    if let Some(Value::Object(properties)) = schema.get("properties") {
        keys.extend(properties.keys().filter(|key| !key.contains('/')).cloned());
    }
    match schema {
        Value::Object(entries) => entries.values().for_each(|value| collect_keys(value, keys)),
        Value::Array(items) => items.iter().for_each(|item| collect_keys(item, keys)),
        _ => {}
    }
}

fn read_reference() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/format.md")).unwrap()
}

fn read_schema(subject: &str) -> Value {
    serde_json::from_str(&Site::empty().run(&["schema", subject]).exits(0).stdout).unwrap()
}

#[test]
fn documents_every_key() {
    let reference = read_reference();
    let mut keys = BTreeSet::new();
    for kind in ["flow", "page", "section", "config"] {
        collect_keys(&read_schema(kind), &mut keys);
    }
    assert!(keys.len() > 80, "{keys:?}");
    keys.retain(|key| !reference.contains(&format!("`{key}`")));
    assert!(keys.is_empty(), "docs/format.md does not name these keys: {keys:?}");
}

/// The tables of keys: a heading, a subject, and a pointer to the map in its schema.
const TABLES: [(&str, &str, &str); 15] = [
    ("## Folders", "section", ""),
    ("### Front matter", "page", ""),
    ("## Flows", "flow", ""),
    ("## Nodes", "flow", "/$defs/Node"),
    ("### Options", "flow", "/$defs/Option"),
    ("### Rules", "flow", "/$defs/Rule"),
    ("## Inputs", "flow", "/$defs/Input"),
    ("## Conditions", "flow", "/$defs/Condition/anyOf/1/additionalProperties/anyOf/0"),
    ("## Scenarios", "flow", "/$defs/Scenario"),
    ("## `vereda.yaml`", "config", ""),
    ("### Calendars", "config", "/$defs/Calendar"),
    ("### `search`", "config", "/properties/search"),
    ("### `check`", "config", "/properties/check"),
    ("### `links`", "config", "/properties/links"),
    ("### `links.external`", "config", "/properties/links/properties/external"),
];

/// The first table of keys or operators under a heading: the keys of each row, and its default.
fn read_table(reference: &str, heading: &str) -> Vec<(Vec<String>, Option<String>)> {
    let section = reference.split_once(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("{heading}")).1;
    let is_head = |line: &&str| line.starts_with("| key |") || line.starts_with("| operator |");
    let mut lines = section.lines().skip_while(|line| !is_head(line)).take_while(|line| line.starts_with('|'));
    let columns: Vec<_> = lines.next().unwrap().split('|').map(str::trim).collect();
    let default = columns.iter().position(|column| *column == "default");
    let row = |line: &str| {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let keys = cells[1].split_whitespace().map(|key| key.trim_matches('`').to_owned()).collect();
        (keys, default.map(|column| cells[column].to_owned()))
    };
    lines.skip(1).map(row).collect()
}

#[test]
fn tables_have_the_declared_keys() {
    let reference = read_reference();
    for (heading, subject, pointer) in TABLES {
        let schema = read_schema(subject);
        let properties = schema.pointer(&format!("{pointer}/properties")).and_then(Value::as_object).unwrap();
        let mut declared: BTreeSet<String> = properties.keys().cloned().collect();
        if heading == "## Flows" {
            // The others are those of front matter.
            let shared = read_schema("page")["properties"].clone();
            declared.retain(|key| shared.get(key).is_none());
        }
        let documented: Vec<_> = read_table(&reference, heading).into_iter().flat_map(|(keys, _)| keys).collect();
        assert_eq!(documented.iter().cloned().collect::<BTreeSet<_>>(), declared, "{heading}");
        assert_eq!(documented.len(), declared.len(), "{heading} has a key twice");
    }
}

#[test]
fn tables_have_the_declared_defaults() {
    let reference = read_reference();
    let mut compared = 0;
    for (heading, subject, pointer) in TABLES {
        let schema = read_schema(subject);
        let map = schema.pointer(pointer).unwrap();
        for (keys, written) in read_table(&reference, heading) {
            let Some(written) = written else { continue };
            for key in keys {
                let is_required = map["required"].as_array().is_some_and(|keys| keys.contains(&key.clone().into()));
                assert_eq!(written == "required", is_required, "{heading}: {key}");
                let default = &map["properties"][&key]["default"];
                let default = default.as_str().map_or_else(|| default.to_string(), str::to_owned);
                if default != "null" && !default.starts_with('[') {
                    assert!(written.contains(&format!("`{default}`")), "{heading}: {key} is {default} by default");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 20, "{compared}");
}
