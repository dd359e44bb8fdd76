//! The sample reports and the tables of keys in the editor's guide.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::site::Site;

fn path_of(page: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guia").join(page)
}

/// The report of the guide's sample site.
fn printed(format: &str) -> String {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/report");
    let mut site = Site::empty();
    for path in ["vereda.yaml", "content/index.md", "content/trocas.md", "content/troca.flow.yaml"] {
        site = site.file(path, fs::read(fixture.join(path)).unwrap());
    }
    site.run(&["check", "--format", format]).exits(1).stdout
}

#[test]
fn guide_shows_current_reports() {
    let page = fs::read_to_string(path_of("relatorios.md")).unwrap();
    for (format, language) in [("human", "text"), ("github", "text"), ("junit", "xml")] {
        let block = format!("\n```{language}\n{}```\n", printed(format));
        assert!(page.contains(&block), "content/guia/relatorios.md does not show this report ({format}):{block}");
    }
}

/// The tables that are made of the schemas: a page, the head of the table, and a map of keys or a list of words.
const TABLES: [(&str, &str, &str, &str); 5] = [
    ("pastas.md", "| Chave | O que diz |", "section", ""),
    ("paginas.md", "| Chave | O que diz |", "page", ""),
    ("fluxos.md", "| `result` | O que diz |", "flow", "/$defs/Node/properties/result"),
    ("fluxos.md", "| Chave | O que diz |", "flow", "/$defs/Input"),
    ("fluxos.md", "| `type` | O que o valor é |", "flow", "/$defs/Input/properties/type"),
];

/// Every key or word with its explanation.
fn explained(schema: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().replace("\n\n", " ").replace('|', "\\|");
    if let Some(words) = schema["enum"].as_array() {
        let meanings = schema["enumDescriptions"].as_array().unwrap().iter().map(text);
        return words.iter().map(text).zip(meanings).collect();
    }
    let explain = |property: &Value| text(property.get("markdownDescription").unwrap_or(&property["description"]));
    let properties = schema["properties"].as_object().unwrap();
    properties.iter().map(|(key, property)| (key.clone(), explain(property))).collect()
}

/// The table as it stands in a page, and as it should be: its rows keep their order, and new ones stand at its end.
fn compare(page: &str, head: &str, schema: &Value) -> (String, String) {
    let start = page.find(&format!("\n{head}\n")).unwrap_or_else(|| panic!("no table `{head}`")) + 1;
    let table = page[start..].split_once("\n\n").unwrap().0;
    let keys: Vec<_> = table.lines().skip(2).map(|row| row.split('`').nth(1).unwrap_or_default()).collect();
    let mut rows = explained(schema);
    rows.sort_by_key(|(key, _)| keys.iter().position(|known| known == key).unwrap_or(usize::MAX));
    let rows: Vec<_> = rows.iter().map(|(key, explanation)| format!("| `{key}` | {explanation} |")).collect();
    (table.to_owned(), format!("{head}\n|---|---|\n{}", rows.join("\n")))
}

#[test]
fn tables_have_the_declared_explanations() {
    for (name, head, subject, pointer) in TABLES {
        let schema: Value = serde_json::from_str(&Site::empty().run(&["schema", subject]).exits(0).stdout).unwrap();
        let page = fs::read_to_string(path_of(name)).unwrap();
        let (written, expected) = compare(&page, head, schema.pointer(pointer).unwrap());
        if std::env::var_os("VEREDA_UPDATE").is_some() {
            fs::write(path_of(name), page.replace(&written, &expected)).unwrap();
            continue;
        }
        let update = "VEREDA_UPDATE=1 cargo test --test integration guide::";
        assert_eq!(written, expected, "`content/guia/{name}` is old: run `{update}`");
    }
}
