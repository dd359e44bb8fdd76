//! Suggested scenarios as YAML for the `scenarios:` of a flow.

use std::collections::HashMap;
use std::fmt::Write;

use super::OpenFlow;
use crate::config::is_id;
use crate::diagnostic::{Text, cli};
use crate::flow::record::{answer_labels, title_of};
use crate::flow::suggest::{Suggestion, Suggestions, suggest};
use crate::flow::walk::{Exit, NodeAnswer, PathStep, find_input};
use crate::site::flow::Node;

/// Scenarios to add to a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestedScenarios {
    /// List items indented by two spaces; empty when nothing is missing.
    pub yaml: String,
    /// Number of scenarios.
    pub count: usize,
    /// Nodes, options and rules for which no scenario was found.
    pub uncovered: Vec<Text>,
}

impl OpenFlow {
    /// Suggests the fewest scenarios for what the flow's own scenarios do not visit.
    pub fn suggest_scenarios(&self) -> SuggestedScenarios {
        let found = suggest(self.flow_set(), self.id);
        let mut names = HashMap::new();
        let yaml = found.scenarios.iter().map(|suggestion| self.write_scenario(suggestion, &mut names)).collect();
        SuggestedScenarios { yaml, count: found.scenarios.len(), uncovered: self.uncovered(&found) }
    }

    fn write_scenario(&self, suggestion: &Suggestion, names: &mut HashMap<String, usize>) -> String {
        let state = &suggestion.state;
        let mut yaml = format!("  - name: {}\n", quoted(&self.unique_name(suggestion, names)));
        let inputs: Vec<String> =
            state.inputs.iter().map(|(name, typed)| format!("{}: {}", yaml_id(name), quoted(typed))).collect();
        let answers: Vec<String> = state.answers.iter().filter_map(|(key, answer)| write_answer(key, answer)).collect();
        for (key, items) in [("inputs", inputs), ("answers", answers)].iter().filter(|(_, items)| !items.is_empty()) {
            let _ = writeln!(yaml, "    {key}: {{ {} }}", items.join(", "));
        }
        let outcome =
            suggestion.walk.current.as_ref().map(|position| yaml_id(&position.resolve(self.flow_set()).id.value));
        yaml + &format!("    outcome: {}\n", outcome.unwrap_or_default())
    }

    /// Name from the answers, the tested inputs and the outcome; repeated names get a number.
    fn unique_name(&self, suggestion: &Suggestion, names: &mut HashMap<String, usize>) -> String {
        let walk = &suggestion.walk;
        let parts: Vec<String> = walk.path.iter().flat_map(|step| self.name_parts_at(suggestion, step)).collect();
        let end = walk.current.as_ref().map(|position| title_of(self.flow_set(), walk, position)).unwrap_or_default();
        let name = [parts.join(" · "), end].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" → ");
        let count = names.entry(name.clone()).and_modify(|count| *count += 1).or_insert(1);
        if *count == 1 { name } else { format!("{name} ({count})") }
    }

    fn name_parts_at(&self, suggestion: &Suggestion, step: &PathStep) -> Vec<String> {
        let flow_set = self.flow_set();
        match &step.exit {
            Exit::Rule(_) => {
                let node = step.position.resolve(flow_set);
                let mut names: Vec<&str> = node.tests().map(|test| test.name.value.as_str()).collect();
                names.dedup();
                let typed = |name: &&str| {
                    let label =
                        find_input(flow_set, step.position.flow, self.id, name).map_or(*name, |input| &input.label);
                    Some(format!("{label} {}", suggestion.state.inputs.get(*name)?))
                };
                names.iter().filter_map(typed).collect()
            }
            _ => answer_labels(flow_set, step).into_iter().map(str::to_owned).collect(),
        }
    }

    fn uncovered(&self, found: &Suggestions) -> Vec<Text> {
        let nodes = self.flow().nodes.iter().zip(&found.coverage.nodes).filter(|(_, coverage)| coverage.is_reachable);
        let of_node = |(node, coverage): (&Node, &crate::flow::coverage::NodeCoverage)| {
            let name = &node.id.value;
            let options = node.options().iter().zip(&coverage.options).filter(|(_, exit)| exit.is_missing());
            let rules = coverage.rules.iter().enumerate().filter(|(_, exit)| exit.is_missing());
            let visits = (!coverage.is_visited).then(|| cli::no_scenario_for_node(name));
            let visits = visits
                .into_iter()
                .chain(options.map(|(option, _)| cli::no_scenario_for_option(&option.id.value, name)));
            visits.chain(rules.map(|(index, _)| cli::no_scenario_for_rule(index + 1, name))).collect::<Vec<_>>()
        };
        nodes.flat_map(of_node).collect()
    }
}

fn write_answer(key: &str, answer: &NodeAnswer) -> Option<String> {
    let NodeAnswer::Options(ids) = answer else { return None };
    let ids: Vec<String> = ids.iter().map(|option| yaml_id(option)).collect();
    let is_plain = key.split('/').all(|part| yaml_id(part) == part);
    let key = if is_plain { key.to_owned() } else { quoted(key) };
    Some(if let [option] = ids.as_slice() {
        format!("{key}: {option}")
    } else {
        format!("{key}: [{}]", ids.join(", "))
    })
}

/// An id; quoted when YAML would read it as another type.
fn yaml_id(text: &str) -> String {
    let is_number = text.parse::<f64>().is_ok() || text.starts_with('0');
    let is_word = ["y", "n", "yes", "no", "on", "off", "null", "true", "false"].contains(&text);
    if is_id(text) && !is_word && !is_number { text.to_owned() } else { quoted(text) }
}

/// A single-quoted text; with control characters, a double-quoted one with JSON's escapes.
fn quoted(text: &str) -> String {
    if text.contains(char::is_control) {
        return serde_json::Value::from(text).to_string();
    }
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_texts_but_not_ids() {
        assert_eq!(quoted("d'água: 1"), "'d''água: 1'");
        assert_eq!(quoted("a\nb"), "\"a\\nb\"");
        assert_eq!([yaml_id("sim"), yaml_id("no")], ["sim", "'no'"]);
        assert_eq!(write_answer("c/p", &NodeAnswer::Options(vec!["a".into(), "b".into()])).unwrap(), "c/p: [a, b]");
    }
}
