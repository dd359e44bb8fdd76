//! Changes of a node's edges: options, rules, outcomes of a call, the target of a step.

use super::Change;
use super::kind::{self, ChangeKind};
use super::pair::{NodePair, find_option};
use super::text_change::push_changed;
use crate::content::condition::Condition;
use crate::site::Entry;
use crate::site::flow::{AnswerOption, CallOutcome, FlowId, NodeId, NodeKind, Rule};
use crate::words::Words;

/// Changes of the edges of a node whose kind did not change.
pub(super) fn compare(pair: NodePair<'_>) -> Vec<Change> {
    let (old, new) = pair.nodes();
    match (&old.kind, &new.kind) {
        (NodeKind::Question { options, multiple }, NodeKind::Question { options: now, multiple: several }) => {
            let mut changes = Vec::new();
            if multiple != several {
                changes.push(Change::new(if *several {
                    ChangeKind::NodeSeveralAnswers
                } else {
                    ChangeKind::NodeOneAnswer
                }));
            }
            compare_options(pair, options, now, &mut changes);
            changes
        }
        (NodeKind::Step { next }, NodeKind::Step { next: now }) => {
            compare_target(pair, ChangeKind::NodeNext, None, (*next, *now)).into_iter().collect()
        }
        (NodeKind::Branch { rules }, NodeKind::Branch { rules: now }) => compare_rules(pair, rules, now),
        (NodeKind::Call { flow, outcomes }, NodeKind::Call { flow: callee, outcomes: now }) => {
            compare_call(pair, (*flow, outcomes), (*callee, now))
        }
        _ => Vec::new(),
    }
}

/// An edge of one version.
struct EdgeView {
    /// Identifies the edge in both versions.
    key: String,
    label: String,
    next: Option<NodeId>,
}

/// Kinds of change for one type of edge.
struct EdgeKinds {
    added: ChangeKind,
    removed: ChangeKind,
    next: ChangeKind,
    order: Option<ChangeKind>,
}

const OPTIONS: EdgeKinds = EdgeKinds {
    added: ChangeKind::OptionAdded,
    removed: ChangeKind::OptionRemoved,
    next: ChangeKind::OptionNext,
    order: Some(ChangeKind::OptionOrder),
};

const RULES: EdgeKinds = EdgeKinds {
    added: ChangeKind::RuleAdded,
    removed: ChangeKind::RuleRemoved,
    next: ChangeKind::RuleNext,
    order: Some(ChangeKind::RuleOrder),
};

const OUTCOMES: EdgeKinds = EdgeKinds {
    added: ChangeKind::CallAdded,
    removed: ChangeKind::CallRemoved,
    next: ChangeKind::CallNext,
    order: None,
};

fn compare_edges(pair: NodePair<'_>, kinds: &EdgeKinds, old: &[EdgeView], new: &[EdgeView]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for (index, way) in old.iter().enumerate() {
        let is_it = |other: usize| new[other].key == way.key && !kept.iter().any(|(_, taken)| *taken == other);
        if let Some(other) = (0..new.len()).find(|other| is_it(*other)) {
            changes.extend(compare_target(pair, kinds.next, Some(&new[other].label), (way.next, new[other].next)));
            kept.push((index, other));
        } else {
            let (leads_to, _) = pair.flow.name_targets(way.next, None);
            changes.push(Change::new(kinds.removed).item(&way.label).old(leads_to));
        }
    }
    for (_, way) in new.iter().enumerate().filter(|(index, _)| !kept.iter().any(|(_, taken)| taken == index)) {
        let (_, leads_to) = pair.flow.name_targets(None, way.next);
        changes.push(Change::new(kinds.added).item(&way.label).new_text(leads_to));
    }
    let is_reordered = !kept.is_sorted_by_key(|(_, other)| *other);
    if let Some(kind) = kinds.order.filter(|_| is_reordered) {
        let labels = |ways: &[EdgeView]| ways.iter().map(|way| way.label.as_str()).collect::<Vec<_>>().join(" · ");
        changes.push(Change::new(kind).old(labels(old)).new_text(labels(new)));
    }
    changes
}

fn compare_target(
    pair: NodePair<'_>,
    kind: ChangeKind,
    item: Option<&str>,
    (old, new): (Option<NodeId>, Option<NodeId>),
) -> Option<Change> {
    if pair.flow.is_same_target(old, new) {
        return None;
    }
    let (old, new) = pair.flow.name_targets(old, new);
    Some(Change { item: item.map(str::to_owned), ..Change::new(kind).old(old).new_text(new) })
}

fn compare_options(pair: NodePair<'_>, old: &[AnswerOption], new: &[AnswerOption], changes: &mut Vec<Change>) {
    for before in old {
        let Some(after) = find_option(before, old, new) else { continue };
        let label = &after.label.value;
        let mut found = Vec::new();
        push_changed(&mut found, ChangeKind::OptionRenamed, Some(&before.id.value), Some(&after.id.value));
        push_changed(&mut found, ChangeKind::OptionLabel, Some(&before.label.value), Some(label));
        push_changed(&mut found, ChangeKind::OptionHint, before.hint.as_deref(), after.hint.as_deref());
        push_changed(&mut found, ChangeKind::OptionSets, sets_of(before).as_deref(), sets_of(after).as_deref());
        changes.extend(found.into_iter().map(|change| change.item(label)));
    }
    let view = |option: &AnswerOption, key: &str| EdgeView {
        key: key.to_owned(),
        label: option.label.value.clone(),
        next: option.next,
    };
    let now_called = |option: &AnswerOption| {
        let id = find_option(option, old, new).map_or(&option.id.value, |now| &now.id.value);
        view(option, id)
    };
    let old: Vec<EdgeView> = old.iter().map(now_called).collect();
    let new: Vec<EdgeView> = new.iter().map(|option| view(option, &option.id.value)).collect();
    changes.extend(compare_edges(pair, &OPTIONS, &old, &new));
}

fn sets_of(option: &AnswerOption) -> Option<String> {
    let set = option.set.iter().map(|(name, constant)| format!("{} = {}", name.value, constant.value.text()));
    let sets: Vec<String> = set.collect();
    (!sets.is_empty()).then(|| sets.join(", "))
}

fn compare_rules(pair: NodePair<'_>, old: &[Rule], new: &[Rule]) -> Vec<Change> {
    let versions = pair.flow.versions;
    let label = |is_old: bool, index: usize| {
        let words = if is_old { versions.old.labels() } else { versions.new.labels() };
        let (flow, node) = if is_old { (pair.flow.old, pair.old) } else { (pair.flow.new, pair.new) };
        words.exit(flow, node, index)
    };
    let view = |is_old: bool, index: usize, rule: &Rule| {
        let now = |name: &str| if is_old { pair.flow.new_id(name).to_owned() } else { present_id(pair, name) };
        let key = rule.when.as_ref().map(|when| key_of(when, &now)).unwrap_or_default();
        EdgeView { key, label: label(is_old, index), next: rule.next }
    };
    let views = |is_old: bool, rules: &[Rule]| -> Vec<EdgeView> {
        rules.iter().enumerate().map(|(index, rule)| view(is_old, index, rule)).collect()
    };
    compare_edges(pair, &RULES, &views(true, old), &views(false, new))
}

/// Current id of the node that a name of the new version means; other names stay.
fn present_id(pair: NodePair<'_>, name: &str) -> String {
    let flow = pair.flow.versions.new.flow(pair.flow.new);
    flow.find_node(name).map_or(name, |node| &flow.node(node).id.value).to_owned()
}

/// Text of a condition, independent of its position in the file.
fn key_of(condition: &Condition, now: &impl Fn(&str) -> String) -> String {
    let join = |parts: &[Condition], sign: &str| {
        parts.iter().map(|part| format!("({})", key_of(part, now))).collect::<Vec<_>>().join(sign)
    };
    match condition {
        Condition::All(parts) => join(parts, "&"),
        Condition::Any(parts) => join(parts, "|"),
        Condition::Test(test) => {
            let (operator, constant) = (test.operator.value.as_str(), test.constant.value.text());
            format!("{} {operator} {constant}", now(&test.name.value))
        }
    }
}

type Called<'a> = (Option<FlowId>, &'a [CallOutcome]);

fn compare_call(pair: NodePair<'_>, (old_flow, old): Called<'_>, (new_flow, new): Called<'_>) -> Vec<Change> {
    let versions = pair.flow.versions;
    let now = old_flow.and_then(|flow| pair.flow.matching.new_flow(flow));
    if now != new_flow || (old_flow.is_some() && now.is_none()) {
        let title = |site: &crate::site::Site, flow: Option<FlowId>| match flow {
            Some(flow) => site.metadata_of(Entry::Flow(flow)).title.value.clone(),
            None => kind::nowhere().in_language(versions.language).to_owned(),
        };
        let (old, new) = (title(versions.old.site, old_flow), title(versions.new.site, new_flow));
        return vec![Change::new(ChangeKind::CallFlow).old(old).new_text(new)];
    }
    let present = |id: &str| {
        let flow = new_flow.map(|flow| versions.new.flow(flow));
        let node = flow.and_then(|flow| Some(&flow.node(flow.find_node(id)?).id.value));
        node.map_or_else(|| id.to_owned(), Clone::clone)
    };
    let view = |label: String, outcome: &CallOutcome| EdgeView {
        key: present(&outcome.outcome.value),
        label,
        next: outcome.next,
    };
    let (before, after) = (versions.old.labels(), versions.new.labels());
    let old = old.iter().enumerate().map(|(index, way)| view(before.exit(pair.flow.old, pair.old, index), way));
    let new = new.iter().enumerate().map(|(index, way)| view(after.exit(pair.flow.new, pair.new, index), way));
    compare_edges(pair, &OUTCOMES, &old.collect::<Vec<_>>(), &new.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use crate::testing::diff::{list_changes, list_flow_changes};

    const ENDS: &str = "  x: { title: X, result: resolved }\n  y: { title: Y, result: open }\n";

    /// Without the changes of behaviour.
    fn ways(changes: Vec<String>) -> Vec<String> {
        changes
            .into_iter()
            .filter(|change| !change.starts_with("behaviour") && !change.starts_with("scenario"))
            .collect()
    }

    fn changes_of(old: &str, new: &str) -> Vec<String> {
        let question = |options: &str| format!("nodes:\n  q: {{ title: Q, {options} }}\n{ENDS}");
        ways(list_flow_changes(&question(old), &question(new)))
    }

    #[test]
    fn reports_added_removed_and_rerouted_options() {
        let changes = changes_of(
            "options: [{ id: a, label: A, next: x }, { id: b, label: B, next: y }]",
            "options: [{ id: a, label: A, next: y, hint: H }, { id: c, label: C, next: x, set: { v: 1 } }]",
        );
        let expected = [
            "#q option/hint: the hint of the option “A” changed from “(nothing)” to “H”",
            "#q option/next: “A” led to “X” and now leads to “Y”",
            "#q option/removed: the option “B”, which led to “Y”, no longer exists",
            "#q option/added: new option: “C”, which leads to “X”",
        ];
        assert_eq!(changes, expected);
    }

    #[test]
    fn matches_options_by_id_then_by_label() {
        let changes = changes_of(
            "options: [{ id: a, label: A, next: x }, { id: b, label: B, next: y }], multiple: true",
            "options: [{ id: c, label: B, next: y }, { id: a, label: AA, next: x }]",
        );
        let expected = [
            "#q node/one-answer: now accepts one answer only",
            "#q option/label: the label of the option “A” changed to “AA”",
            "#q option/renamed: the id of the option “B” changed from `b` to `c`",
            "#q option/order: the order of the options changed: before, A · B; now, B · AA",
        ];
        assert_eq!(changes, expected);
    }

    #[test]
    fn matches_rules_by_condition() {
        let changes = changes_of(
            "rules: [{ when: { v: { gt: 1 } }, next: x }, { when: { v: { gt: 0 } }, next: x }, { otherwise: y }]",
            "rules: [{ when: { v: { gt: 1 } }, next: y }, { when: { v: { gt: 2 } }, next: x }, { otherwise: y }]",
        );
        let kinds: Vec<&str> = changes.iter().map(|change| change.split(':').next().unwrap()).collect();
        assert_eq!(kinds, ["#q rule/next", "#q rule/removed", "#q rule/added"], "{changes:?}");
        let before = "nodes:\n  a: { title: A, options: [{ id: s, label: S, next: r }] }\n  r: { rules: [{ when: { a: { is: s } }, next: x }, { otherwise: y }] }\n";
        let after = before.replace("  a: {", "  b: { aliases: [a],").replace("{ a: {", "{ b: {");
        let changes = list_flow_changes(&format!("{before}{ENDS}"), &format!("{after}{ENDS}"));
        assert_eq!(changes, ["#b node/renamed: the id changed from `a` to `b` (the old one still works)"]);
    }

    #[test]
    fn matches_calls_by_outcome() {
        let called = "title: G\nowner: A\nnodes:\n  q: { title: Q, options: [{ id: a, label: A, next: m }, { id: b, label: B, next: n }] }\n  \
                      m: { title: M, result: resolved }\n  n: { title: N, result: open }\n";
        let caller = |outcomes: &str| {
            format!(
                "title: F\nowner: A\nnodes:\n  c: {{ title: C, call: g.flow.yaml, outcomes: {{ {outcomes} }} }}\n{ENDS}"
            )
        };
        let (old, new) = (caller("m: x, n: x"), caller("m: y"));
        let changes = ways(list_changes(
            &[("f.flow.yaml", &old), ("g.flow.yaml", called)],
            &[("f.flow.yaml", &new), ("g.flow.yaml", called)],
        ));
        let expected = [
            "#c call/next: the outcome “M” of the called flow led to “X” and now leads to “Y”",
            "#c call/removed: the outcome “N” of the called flow, which led to “X”, is no longer mapped",
        ];
        assert_eq!(changes, expected);
    }
}
