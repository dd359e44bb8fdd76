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

#[test]
fn documents_every_key() {
    let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/format.md");
    let reference = fs::read_to_string(reference).unwrap();
    let mut keys = BTreeSet::new();
    for kind in ["flow", "page", "config"] {
        let schema = Site::empty().run(&["schema", kind]).exits(0).stdout;
        collect_keys(&serde_json::from_str(&schema).unwrap(), &mut keys);
    }
    assert!(keys.len() > 80, "{keys:?}");
    keys.retain(|key| !reference.contains(&format!("`{key}`")));
    assert!(keys.is_empty(), "docs/format.md does not name these keys: {keys:?}");
}
