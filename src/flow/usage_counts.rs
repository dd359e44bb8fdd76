//! Usage counts of a flow: how often readers took each node and option, summed over browsers.
//!
//! In: the files that flow pages save (docs/walkthrough.md). Out: [`UsageCounts`] of one flow, and the ids that the
//! flow
//! does not have. Old ids of nodes are known. Entry points: [`SavedCounts::parse`], [`UsageCounts::of`].

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::site::flow::{Flow, NodeId, NodeKind};

/// Version of the file format.
const VERSION: u32 = 1;

/// Counts of one browser, by ids.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedCounts {
    version: u32,
    /// Route of the flow.
    pub(crate) flow: String,
    walks: u64,
    nodes: BTreeMap<String, u64>,
    options: BTreeMap<String, BTreeMap<String, u64>>,
    outcomes: BTreeMap<String, u64>,
}

/// Why a text is not a file of counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountsParseError {
    /// Line, from 1.
    pub line: usize,
    /// Column in bytes, from 1.
    pub column: usize,
    /// Message of the JSON parser; empty for an unknown version.
    pub cause: String,
}

impl SavedCounts {
    /// Parses a file that a flow page saved.
    pub(crate) fn parse(text: &str) -> Result<Self, CountsParseError> {
        let saved: Self = serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line().max(1), error.column().max(1));
            let whole = error.to_string();
            let cause = whole.split(" at line ").next().unwrap_or_default().to_owned();
            CountsParseError { line, column, cause }
        })?;
        if saved.version == VERSION {
            Ok(saved)
        } else {
            Err(CountsParseError { line: 1, column: 1, cause: String::new() })
        }
    }
}

/// Counts of a flow, by current ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct UsageCounts {
    /// Walks that reached an outcome.
    pub(crate) walks: u64,
    nodes: BTreeMap<String, u64>,
    options: BTreeMap<String, BTreeMap<String, u64>>,
}

/// How often an exit was taken, out of the visits of its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ExitUsage {
    pub(crate) count: u64,
    /// The visits of the node.
    pub(crate) of: u64,
}

impl ExitUsage {
    /// Rounded, from 0 to 100.
    pub(crate) fn percent(self) -> u64 {
        (self.count * 200 + self.of).checked_div(self.of * 2).unwrap_or_default().min(100)
    }

    /// Line weight of the edge in a diagram, from 0 (never taken) to 4 (at least 75 %).
    pub(crate) fn weight(self) -> usize {
        match (self.count, self.percent()) {
            (0, _) => 0,
            (_, ..25) => 1,
            (_, ..50) => 2,
            (_, ..75) => 3,
            _ => 4,
        }
    }
}

impl UsageCounts {
    /// Sums the counts. The second value lists ids, `node` or `node:option`, that the flow does not have.
    pub(crate) fn of(flow: &Flow, files: &[SavedCounts]) -> (Self, BTreeSet<String>) {
        let (mut counts, mut unknown) = (Self::default(), BTreeSet::new());
        let find = |id: &str| flow.find_node(id).or_else(|| find_by_alias(flow, id));
        for saved in files {
            counts.walks += saved.walks;
            for (id, count) in &saved.nodes {
                match find(id) {
                    Some(node) => *counts.nodes.entry(id_of(flow, node)).or_default() += count,
                    None => drop(unknown.insert(id.clone())),
                }
            }
            unknown.extend(saved.outcomes.keys().filter(|id| find(id).is_none()).cloned());
            for (id, options) in &saved.options {
                let node = find(id);
                for (option, count) in options {
                    match node.and_then(|node| Some((node, find_option(flow, node, option)?))) {
                        Some((node, option)) => {
                            let options = counts.options.entry(id_of(flow, node)).or_default();
                            *options.entry(option.to_owned()).or_default() += count;
                        }
                        None => drop(unknown.insert(format!("{id}:{option}"))),
                    }
                }
            }
        }
        (counts, unknown)
    }

    /// Number of walks that passed a node.
    pub(crate) fn node(&self, flow: &Flow, node: NodeId) -> u64 {
        self.nodes.get(&flow.node(node).id.value).copied().unwrap_or_default()
    }

    /// Count of an exit by its index; `None` for rules and calls, which are not counted.
    pub(crate) fn exit(&self, flow: &Flow, node: NodeId, index: usize) -> Option<ExitUsage> {
        let of = self.node(flow, node);
        match &flow.node(node).kind {
            NodeKind::Question { options, .. } => {
                let counted = self.options.get(&flow.node(node).id.value);
                let count = counted.and_then(|counted| counted.get(&options.get(index)?.id.value).copied());
                Some(ExitUsage { count: count.unwrap_or_default(), of })
            }
            NodeKind::Step { .. } => Some(ExitUsage { count: of, of }),
            _ => None,
        }
    }
}

fn find_by_alias(flow: &Flow, id: &str) -> Option<NodeId> {
    flow.nodes.iter().position(|node| node.aliases.iter().any(|alias| alias.value == id)).map(NodeId)
}

fn id_of(flow: &Flow, node: NodeId) -> String {
    flow.node(node).id.value.clone()
}

/// The present id of an option.
fn find_option<'f>(flow: &'f Flow, node: NodeId, wanted: &str) -> Option<&'f str> {
    let found = flow.node(node).options().iter().find(|option| option.is_called(wanted));
    found.map(|option| option.id.value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::flow::FlowId;
    use crate::testing::fixture::Fixture;

    const FLOW: &str = "title: F\nnodes:\n  a:\n    title: A\n    aliases: [antes]\n    options:\n      - { id: sim, label: Sim, next: b }\n      \
                        - { id: nao, label: Não, next: fim }\n  b: { title: B, next: fim }\n  fim: { title: Fim, result: resolved }\n";

    fn saved(options: &str) -> SavedCounts {
        let nodes = r#""nodes":{"antes":4,"b":3,"fim":4,"sumiu":1},"outcomes":{"fim":4}"#;
        SavedCounts::parse(&format!(r#"{{"version":1,"flow":"/f/","walks":4,{nodes},"options":{{{options}}}}}"#))
            .unwrap()
    }

    #[test]
    fn sums_files_under_current_ids() {
        let fixture = Fixture::of(&[("f.flow.yaml", FLOW)]);
        let flow = fixture.site.flow(FlowId(0));
        let one = saved(r#""antes":{"sim":3,"nao":1}"#);
        let (counts, unknown) = UsageCounts::of(flow, &[one, saved(r#""a":{"sim":3,"talvez":1}"#)]);
        let [a, b] = ["a", "b"].map(|id| flow.find_node(id).unwrap());
        assert_eq!((counts.walks, counts.node(flow, a), counts.node(flow, b)), (8, 8, 6));
        let (yes, no) = (counts.exit(flow, a, 0).unwrap(), counts.exit(flow, a, 1).unwrap());
        assert_eq!((yes.count, yes.percent(), yes.weight()), (6, 75, 4));
        assert_eq!((no.count, no.percent(), no.weight()), (1, 13, 1));
        assert_eq!(counts.exit(flow, b, 0).unwrap().count, 6);
        assert_eq!(unknown.into_iter().collect::<Vec<_>>(), ["a:talvez", "sumiu"]);
    }

    #[test]
    fn has_no_share_without_visits() {
        assert_eq!((ExitUsage { count: 0, of: 0 }.percent(), ExitUsage { count: 0, of: 0 }.weight()), (0, 0));
    }

    #[test]
    fn reports_the_position_of_invalid_files() {
        let refused = |text: &str| SavedCounts::parse(text).unwrap_err();
        assert_eq!((refused("{\n  1").line, refused("{\n  1").column), (2, 3));
        assert!(refused(r#"{"version":1}"#).cause.contains("missing field"));
        let other = r#"{"version":2,"flow":"/f/","walks":0,"nodes":{},"options":{},"outcomes":{}}"#;
        assert_eq!(refused(other).cause, "");
    }
}
