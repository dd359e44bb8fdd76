//! Changes of a flow's nodes: added, removed and renamed ones, and the changes inside each other node.

use super::kind::{self, ChangeKind};
use super::link_address::{address_of, old_address};
use super::pair::{FlowPair, NodePair};
use super::text_change::{push_changed, push_lines};
use super::visible_text::{lines_of_body, lines_of_transclusion, with_values};
use super::{Change, NodeName, Version, Versions, edges};
use crate::site::flow::{FlowId, Node, NodeId, NodeKind, NodeLink};

/// Changes of all nodes: new ones in document order, then removed ones.
pub(super) fn compare(flow: FlowPair<'_>) -> Vec<Change> {
    let Versions { old: before, new: after, .. } = flow.versions;
    let mut changes = Vec::new();
    let mut gone = before.flow(flow.old).order.clone();
    for new in &after.flow(flow.new).order {
        let name = name_of(after, flow.new, *new, true);
        let old = find_old(flow, *new);
        gone.retain(|other| Some(*other) != old);
        let found = if let Some(old) = old {
            compare_node(NodePair { flow, old, new: *new })
        } else {
            let kind = kind_word(after.flow(flow.new).node(*new));
            vec![Change::new(ChangeKind::NodeAdded).new_text(kind.in_language(flow.versions.language))]
        };
        changes.extend(found.into_iter().map(|change| Change { node: Some(name.clone()), ..change }));
    }
    for old in gone {
        let node = Some(name_of(before, flow.old, old, false));
        let kind = kind_word(before.flow(flow.old).node(old));
        let change = Change::new(ChangeKind::NodeRemoved).old(kind.in_language(flow.versions.language));
        changes.push(Change { node, ..change });
    }
    changes
}

/// Finds the old version of a node. When it replaced several, the one with the same id.
fn find_old(flow: FlowPair<'_>, new: NodeId) -> Option<NodeId> {
    let Versions { old: before, new: after, .. } = flow.versions;
    let was = |old: &NodeId| flow.new_node(*old) == Some(new);
    let candidates: Vec<NodeId> = before.flow(flow.old).order.iter().copied().filter(was).collect();
    let id = &after.flow(flow.new).node(new).id.value;
    let has_its_id = |old: &NodeId| before.flow(flow.old).node(*old).id.value == *id;
    candidates.iter().copied().find(has_its_id).or_else(|| candidates.first().copied())
}

fn name_of(version: Version<'_>, flow: FlowId, node: NodeId, is_there: bool) -> NodeName {
    NodeName {
        id: version.flow(flow).node(node).id.value.clone(),
        title: version.name_of(flow, node),
        number: is_there.then(|| version.flow(flow).number_of(node)),
    }
}

fn compare_node(pair: NodePair<'_>) -> Vec<Change> {
    let (old, new) = pair.nodes();
    let mut changes = Vec::new();
    push_changed(&mut changes, ChangeKind::NodeRenamed, Some(&old.id.value), Some(&new.id.value));
    push_changed(&mut changes, ChangeKind::NodeTitle, old.title.as_deref(), new.title.as_deref());
    push_lines(
        &mut changes,
        ChangeKind::NodeText,
        &text_of(pair.flow.versions.old, old),
        &text_of(pair.flow.versions.new, new),
    );
    compare_inputs_asked(pair, &mut changes);
    let (old_tasks, new_tasks) = (tasks_of(pair.flow.versions.old, old), tasks_of(pair.flow.versions.new, new));
    push_lines(&mut changes, ChangeKind::NodeChecklist, &old_tasks, &new_tasks);
    compare_copies(pair, &mut changes);
    compare_links(pair, &mut changes);
    if old.kind_name() == new.kind_name() {
        compare_outcomes(pair, &mut changes);
        changes.extend(edges::compare(pair));
    } else {
        let word = |node: &Node| kind_word(node).in_language(pair.flow.versions.language).to_owned();
        changes.push(Change::new(ChangeKind::NodeKind).old(word(old)).new_text(word(new)));
    }
    changes
}

fn kind_word(node: &Node) -> crate::diagnostic::Text {
    match node.kind_name() {
        "question" => kind::question(),
        "branch" => kind::branch(),
        "call" => kind::call(),
        "outcome" => kind::outcome(),
        _ => kind::step(),
    }
}

/// Visible text of a node: of the included page, then its own.
fn text_of(version: Version<'_>, node: &Node) -> Vec<String> {
    let content = node.content.iter().flat_map(|content| lines_of_transclusion(version.site, content));
    content.chain(node.text.iter().flat_map(|text| lines_of_body(version.site, text))).collect()
}

fn tasks_of(version: Version<'_>, node: &Node) -> Vec<String> {
    let task = |task: &crate::site::flow::Task| {
        let text = lines_of_body(version.site, &task.text).join(" ");
        task.timer.map_or(text.clone(), |seconds| format!("{text} ({} min)", seconds.div_ceil(60)))
    };
    node.checklist.iter().map(task).collect()
}

fn compare_inputs_asked(pair: NodePair<'_>, changes: &mut Vec<Change>) {
    let (old, new) = pair.nodes();
    let Versions { old: before, new: after, .. } = pair.flow.versions;
    let label = |version: Version<'_>, flow: FlowId, name: &str| {
        version.flow(flow).find_input(name).map_or_else(|| name.to_owned(), |input| input.label.clone())
    };
    let is_in = |node: &Node, name: &str| node.ask.iter().any(|asked| asked.value == name);
    for name in new.ask.iter().filter(|name| !is_in(old, &name.value)) {
        changes.push(Change::new(ChangeKind::InputAsked).item(label(after, pair.flow.new, &name.value)));
    }
    for name in old.ask.iter().filter(|name| !is_in(new, &name.value)) {
        changes.push(Change::new(ChangeKind::InputNoLongerAsked).item(label(before, pair.flow.old, &name.value)));
    }
}

/// Kinds of change for labelled texts.
struct LabelledTextKinds {
    added: ChangeKind,
    removed: ChangeKind,
    label: ChangeKind,
    text: ChangeKind,
}

const COPIES: LabelledTextKinds = LabelledTextKinds {
    added: ChangeKind::CopyAdded,
    removed: ChangeKind::CopyRemoved,
    label: ChangeKind::CopyLabel,
    text: ChangeKind::CopyText,
};

const LINKS: LabelledTextKinds = LabelledTextKinds {
    added: ChangeKind::LinkAdded,
    removed: ChangeKind::LinkRemoved,
    label: ChangeKind::LinkLabel,
    text: ChangeKind::LinkAddress,
};

/// A label and its text.
type LabelledText = (String, String);

fn compare_copies(pair: NodePair<'_>, changes: &mut Vec<Change>) {
    let (old, new) = pair.nodes();
    let texts = |version: Version<'_>, node: &Node| -> Vec<LabelledText> {
        node.copy.iter().map(|copy| (copy.label.clone(), with_values(version.site, &copy.template))).collect()
    };
    compare_labelled(&COPIES, texts(pair.flow.versions.old, old), texts(pair.flow.versions.new, new), changes);
}

fn compare_links(pair: NodePair<'_>, changes: &mut Vec<Change>) {
    let (old, new) = pair.nodes();
    let now =
        |link: &NodeLink| (link.label.clone(), address_of(pair.flow.versions.new, &link.target).unwrap_or_default());
    let then = |link: &NodeLink| {
        let address = old_address(pair.flow.versions, pair.flow.matching, &link.target);
        (link.label.clone(), address.unwrap_or_default())
    };
    compare_labelled(&LINKS, old.links.iter().map(then).collect(), new.links.iter().map(now).collect(), changes);
}

/// Matches texts by label, then by text. Their order does not matter.
fn compare_labelled(
    kinds: &LabelledTextKinds,
    old: Vec<LabelledText>,
    mut new: Vec<LabelledText>,
    changes: &mut Vec<Change>,
) {
    let mut take = |is_it: &dyn Fn(&LabelledText) -> bool| new.iter().position(is_it).map(|index| new.remove(index));
    let old: Vec<LabelledText> = old.into_iter().filter(|old| take(&|new| new == old).is_none()).collect();
    let mut left = Vec::new();
    for (label, text) in old {
        match take(&|new| new.0 == label) {
            Some((_, now)) => changes.push(Change::new(kinds.text).item(label).old(text).new_text(now)),
            None => left.push((label, text)),
        }
    }
    for (label, text) in left {
        match take(&|new| new.1 == text) {
            Some((now, _)) => changes.push(Change::new(kinds.label).old(label).new_text(now)),
            None => changes.push(Change::new(kinds.removed).item(label).old(text)),
        }
    }
    changes.extend(new.into_iter().map(|(label, text)| Change::new(kinds.added).item(label).new_text(text)));
}

fn compare_outcomes(pair: NodePair<'_>, changes: &mut Vec<Change>) {
    let (old, new) = pair.nodes();
    let (
        NodeKind::Outcome { result, status, record },
        NodeKind::Outcome { result: now, status: new_status, record: new_record },
    ) = (&old.kind, &new.kind)
    else {
        return;
    };
    let words = pair.flow.versions.new.labels();
    push_changed(changes, ChangeKind::NodeResult, Some(&words.result(*result)), Some(&words.result(*now)));
    push_changed(changes, ChangeKind::NodeStatus, status.as_deref(), new_status.as_deref());
    push_changed(changes, ChangeKind::NodeRecord, record.as_deref(), new_record.as_deref());
}

#[cfg(test)]
mod tests {
    use crate::testing::diff::{list_changes, list_flow_changes};

    const END: &str = "  fim: { title: Fim, result: resolved }\n";

    fn changes_of(old: &str, new: &str) -> Vec<String> {
        list_flow_changes(&format!("nodes:\n{old}{END}"), &format!("nodes:\n{new}{END}"))
    }

    #[test]
    fn matches_nodes_by_id_and_alias() {
        let renamed = changes_of("  a: { title: A, next: fim }\n", "  b: { title: A, aliases: [a], next: fim }\n");
        assert_eq!(renamed, ["#b node/renamed: the id changed from `a` to `b` (the old one still works)"]);
        let other = changes_of("  a: { title: A, next: fim }\n", "  b: { title: A, next: fim }\n");
        let changes = ["flow/start: the first node changed from “A (a)” to “A (b)”", "#b node/added: new node: a step"];
        assert_eq!(other, [&changes[..], &["#a node/removed: the node no longer exists (it was a step)"]].concat());
    }

    #[test]
    fn reports_merged_node_as_removed() {
        let two = "  a: { title: A, next: b }\n  b: { title: B, next: fim }\n";
        let changes = changes_of(two, "  b: { title: B, aliases: [a], next: fim }\n");
        assert_eq!(changes, ["#a node/removed: the node no longer exists (it was a step)"]);
    }

    #[test]
    fn ignores_the_order_of_nodes() {
        let (a, b) = ("  a: { title: A, next: b }\n", "  b: { title: B, next: fim }\n");
        assert_eq!(
            list_flow_changes(&format!("start: a\nnodes:\n{a}{b}{END}"), &format!("start: a\nnodes:\n{END}{b}{a}")),
            [""; 0]
        );
    }

    #[test]
    fn reports_the_lines_that_differ() {
        let text =
            |second: &str| format!("  a:\n    title: A\n    text: |\n      Um.\n\n      {second}\n    next: fim\n");
        assert_eq!(changes_of(&text("**Dois**."), &text("Três.")), ["#a node/text: the text changed [Dois. → Três.]"]);
        let tasks = |tasks: &str| format!("  a: {{ title: A, checklist: [{tasks}], next: fim }}\n");
        let changes = changes_of(&tasks("um, { text: dois, timer: 5m }"), &tasks("um, { text: dois, timer: 6m }"));
        assert_eq!(changes, ["#a node/checklist: the checklist changed [dois (5 min) → dois (6 min)]"]);
    }

    #[test]
    fn reports_changed_text_of_included_pages() {
        let page = |text: &str| format!("---\ntitle: P\n---\n\n## X {{#x}}\n\n{text}\n");
        let flow = format!("title: F\nowner: A\nnodes:\n  a: {{ title: A, content: 'p.md#x', next: fim }}\n{END}");
        let changes = list_changes(
            &[("p.md", &page("um")), ("f.flow.yaml", &flow)],
            &[("p.md", &page("dois")), ("f.flow.yaml", &flow)],
        );
        let expected = ["#a node/text: the text changed [um → dois]", "page/text: the text changed [um → dois]"];
        assert_eq!(changes, expected);
    }

    #[test]
    fn matches_copy_texts_by_label() {
        let copies = |copies: &str| format!("  a: {{ title: A, copy: [{copies}], next: fim }}\n");
        let (x, y) = ("{ label: X, text: 'Um  {values.v}' }", "{ label: Y, text: y }");
        assert_eq!(changes_of(&copies(&format!("{x}, {y}")), &copies(&format!("{y}, {x}"))), [""; 0]);
        let now = "{ label: X, text: 'Dois' }, { label: Z, text: y }, { label: W, text: w }";
        let expected = [
            "#a copy/text: the text of the copy “X” changed [Um  {values.v} → Dois]",
            "#a copy/label: the label of the copy “Y” changed to “Z”",
            "#a copy/added: new copy: “W” [ → w]",
        ];
        assert_eq!(changes_of(&copies(&format!("{x}, {y}")), &copies(now)), expected);
        assert_eq!(changes_of(&copies(y), &copies("")), ["#a copy/removed: the copy “Y” no longer exists [y → ]"]);
    }

    #[test]
    fn reports_links_results_kinds_and_inputs() {
        let input = "inputs: { v: { label: Valor, type: money } }\nnodes:\n";
        let before = "  a: { title: A, links: [{ label: L, url: 'https://a.example' }], next: b }\n  b: { title: B, next: fim }\n  \
                      fim: { title: Fim, result: resolved, status: S }\n";
        let after = "  a: { title: AA, ask: [v], links: [{ label: L, url: 'https://b.example' }], next: b }\n  \
                     b: { title: B, rules: [{ otherwise: fim }] }\n  fim: { title: Fim, result: pending }\n";
        let expected = [
            "#a node/title: the title changed from “A” to “AA”",
            "#a input/asked: now asks for “Valor”",
            "#a link/address: the address of the link “L” changed [https://a.example → https://b.example]",
            "#b node/kind: changed from a step to a decision",
            "#fim node/result: the result changed from result_resolved to result_pending",
            "#fim node/status: the status of the ticket changed from “S” to “(nothing)”",
        ];
        let changes = list_flow_changes(&format!("{input}{before}"), &format!("{input}{after}"));
        assert_eq!(
            changes.iter().filter(|change| change.starts_with('#')).collect::<Vec<_>>(),
            expected.iter().collect::<Vec<_>>()
        );
    }
}
