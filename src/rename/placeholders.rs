//! Placeholders `{name}` and `{values.name}` in texts, outside code and comments.

use std::ops::Range;

use super::subject::SettingKind;
use super::{Plan, RenamedSite, Subject};
use crate::content::front_matter::{body_start, find_yaml};
use crate::content::markdown::outline::find_code;
use crate::content::template::find_placeholder;
use crate::project::FLOW_ENDINGS;
use crate::source::FileId;
use crate::splice::Splice;
use crate::yaml::{Node, Value, parse_exact};

/// Renames the placeholders of a value or an input.
pub(super) fn rename(site: RenamedSite<'_>, subject: &Subject, new: &str, plan: &mut Plan) {
    let (old, new) = match subject {
        Subject::Setting { kind: SettingKind::Value, name } => (format!("values.{name}"), format!("values.{new}")),
        Subject::Setting { kind: SettingKind::Input, name } | Subject::FlowInput { name, .. } => {
            (name.clone(), new.to_owned())
        }
        _ => return,
    };
    let is_meant = |file: FileId| match subject {
        Subject::FlowInput { flow, .. } => file == *flow || site.is_shown_by(file, *flow),
        Subject::Setting { kind: SettingKind::Input, name } => {
            let own = site.raw_flow(file).map(|flow| &flow.inputs);
            own.is_none_or(|inputs| inputs.iter().all(|input| input.name.value != *name))
        }
        _ => true,
    };
    for file in site.texts().filter(|file| is_meant(*file)) {
        for range in text_ranges(site.sources.path(file), site.sources.text(file)) {
            for name in find_names(site.sources.text(file), range, &old) {
                plan.add(file, Splice::new(name, &new));
            }
        }
    }
}

/// The parts of a file that can have placeholders.
fn text_ranges(path: &str, text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let is_flow = FLOW_ENDINGS.iter().any(|ending| path.ends_with(ending));
    if is_flow || path.ends_with(".yaml") {
        add_scalars(text, 0..text.len(), &mut ranges);
        return ranges;
    }
    if let Some(yaml) = find_yaml(text) {
        add_scalars(text, yaml, &mut ranges);
    }
    let mut at = body_start(text);
    for code in find_code(text, at) {
        ranges.push(at..code.start.max(at));
        at = code.end.max(at);
    }
    ranges.push(at..text.len());
    ranges
}

fn add_scalars(text: &str, range: Range<usize>, ranges: &mut Vec<Range<usize>>) {
    fn add(node: &Node, ranges: &mut Vec<Range<usize>>) {
        match &node.value {
            Value::Scalar { .. } => ranges.push(node.span.range()),
            Value::List(items) => items.iter().for_each(|item| add(item, ranges)),
            Value::Map(entries) => entries.iter().for_each(|entry| add(&entry.value, ranges)),
            Value::Null => {}
        }
    }
    let file = crate::source::Sources::default().add("", "");
    if let Some(root) = parse_exact(&text[range.clone()], file, range.start) {
        add(&root, ranges);
    }
}

/// The places of a name in the placeholders of a part of a text.
fn find_names(text: &str, range: Range<usize>, name: &str) -> Vec<Range<usize>> {
    let part = &text[..range.end];
    let braces = part[range.start..].match_indices('{').map(|(at, _)| range.start + at);
    let find = |brace: usize| {
        let is_escaped = part[..brace].ends_with('\\');
        let (placeholder, _) = find_placeholder(&part[brace..]).filter(|_| !is_escaped)?;
        let start = brace + 1 + part[brace + 1..].len() - part[brace + 1..].trim_start().len();
        (placeholder.name == name && part[start..].starts_with(name)).then_some(start..start + name.len())
    };
    braces.filter_map(find).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_placeholders_outside_code_and_comments() {
        let text = "---\ntitle: '{values.a}' # {values.a}\n---\n{values.a|upper} `{values.a}` \\{values.a} {values.ab}\n\n\
                    <!-- {values.a} -->\n\n```\n{values.a}\n```\n\n:copy[{values.a}]\n";
        let ranges = text_ranges("a.md", text);
        let found: Vec<_> = ranges.into_iter().flat_map(|range| find_names(text, range, "values.a")).collect();
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().all(|range| &text[range.clone()] == "values.a"));
    }
}
