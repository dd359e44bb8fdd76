//! Front matter of other generators, in YAML or TOML, as ours.

use serde_json::{Map, Value};

use crate::import::write::FrontMatter;

/// Keys that are mapped, or that only the other generator needs.
const KNOWN: [&str; 32] = [
    "title",
    "sidebar_label",
    "linkTitle",
    "nav_title",
    "description",
    "summary",
    "sidebar_position",
    "weight",
    "nav_order",
    "order",
    "draft",
    "published",
    "tags",
    "aliases",
    "redirect_from",
    "slug",
    "id",
    "hide",
    "toc",
    "layout",
    "outline",
    "template",
    "type",
    "date",
    "lastmod",
    "last_update",
    "hide_title",
    "search",
    "pagination_next",
    "pagination_prev",
    "custom_edit_url",
    "permalink",
];

/// Front matter, with the keys that are not mapped.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) front: FrontMatter,
    pub(super) left_out: Vec<String>,
    pub(super) is_broken: bool,
}

/// Splits a page at the end of its front matter.
pub(super) fn read(text: &str) -> (Read, &str) {
    let text = text.trim_start_matches('\u{FEFF}');
    let sign = ["---", "+++"].into_iter().find(|sign| text.lines().next().is_some_and(|line| line.trim_end() == *sign));
    let Some(sign) = sign else { return (Read::default(), text) };
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == sign {
            let value = if sign == "---" { read_yaml(&text[start..at]) } else { toml::from_str(&text[start..at]).ok() };
            return (read_value(value), &text[at + line.len()..]);
        }
        at += line.len();
    }
    (Read::default(), text)
}

/// Reads YAML of another program; `None` if it is wrong.
pub(super) fn read_yaml(text: &str) -> Option<Value> {
    if text.trim().is_empty() {
        return Some(Value::Object(Map::new()));
    }
    serde_saphyr::from_str(text).ok()
}

fn read_value(value: Option<Value>) -> Read {
    let Some(Value::Object(map)) = value else { return Read { is_broken: true, ..Read::default() } };
    let text = |keys: &[&str]| keys.iter().find_map(|key| text_of(map.get(*key)?));
    let number = |keys: &[&str]| keys.iter().find_map(|key| map.get(*key)?.as_f64());
    let is = |key: &str| map.get(key).and_then(Value::as_bool);
    let list = |key: &str| map.get(key).map(list_of).unwrap_or_default();
    let front = FrontMatter {
        title: text(&["title"]).unwrap_or_default(),
        nav_title: text(&["sidebar_label", "linkTitle", "nav_title"]),
        description: text(&["description", "summary"]),
        #[expect(clippy::cast_possible_truncation, reason = "positions are small")]
        order: number(&["sidebar_position", "weight", "nav_order", "order"]).map(|order| order as i64),
        is_draft: is("draft") == Some(true) || is("published") == Some(false),
        tags: list("tags"),
        aliases: ["aliases", "redirect_from", "slug", "permalink"].into_iter().flat_map(list).collect(),
    };
    let left_out = map.keys().filter(|key| !KNOWN.contains(&key.as_str())).cloned().collect();
    Read { front, left_out, is_broken: false }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(map) => map.get("label").and_then(text_of),
        _ => None,
    }
    .filter(|text| !text.is_empty())
}

fn list_of(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().filter_map(text_of).collect(),
        other => text_of(other).into_iter().collect(),
    }
}
