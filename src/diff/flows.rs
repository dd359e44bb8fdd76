//! Flows: which are new, gone or moved, and what changed in each of the others.

use super::kind::{self, ChangeKind};
use super::pairs::{Pairs, entries_of};
use super::{Change, Subject, SubjectKind, Versions, behaviour, nodes, settings};
use crate::site::Entry;
use crate::site::flow::{FlowId, NodeId};

/// A flow in both versions.
#[derive(Clone, Copy)]
pub(super) struct FlowPair<'a> {
    pub(super) versions: Versions<'a>,
    pub(super) pairs: &'a Pairs,
    pub(super) old: FlowId,
    pub(super) new: FlowId,
}

impl FlowPair<'_> {
    /// What an old node is now.
    pub(super) fn new_node(&self, old: NodeId) -> Option<NodeId> {
        let Versions { old: before, new: after, .. } = self.versions;
        self.pairs.new_node(before.site, after.site, self.old, old)
    }

    /// What an id of the old version is now: a node's, or a name that is no node's.
    pub(super) fn new_id<'n>(&'n self, id: &'n str) -> &'n str {
        let node = self.versions.old.flow(self.old).find_node(id).and_then(|node| self.new_node(node));
        node.map_or(id, |node| &self.versions.new.flow(self.new).node(node).id.value)
    }

    /// True when both lead to the same node.
    pub(super) fn is_same_target(&self, old: Option<NodeId>, new: Option<NodeId>) -> bool {
        match old {
            None => new.is_none(),
            Some(old) => new.is_some() && self.new_node(old) == new,
        }
    }

    /// Two targets as they are told: by their titles, and by their ids too where those are the same.
    pub(super) fn name_targets(&self, old: Option<NodeId>, new: Option<NodeId>) -> (String, String) {
        let Versions { old: before, new: after, language } = self.versions;
        let nowhere = || kind::nowhere().in_language(language).to_owned();
        let old_name = old.map_or_else(nowhere, |node| before.name_of(self.old, node));
        let new_name = new.map_or_else(nowhere, |node| after.name_of(self.new, node));
        match (old, new) {
            (Some(old), Some(new)) if old_name == new_name => {
                let (old, new) = (&before.flow(self.old).node(old).id.value, &after.flow(self.new).node(new).id.value);
                (format!("{old_name} ({old})"), format!("{new_name} ({new})"))
            }
            _ => (old_name, new_name),
        }
    }
}

/// Everything that changed in the flows.
pub(super) fn compare(versions: Versions<'_>, pairs: &Pairs) -> Vec<Subject> {
    let now = entries_of(versions.new.site).filter_map(|entry| {
        let Entry::Flow(new) = entry else { return None };
        let changes = match pairs.find_old(entry) {
            Some(Entry::Flow(old)) => compare_flow(FlowPair { versions, pairs, old, new }),
            _ => vec![Change::new(ChangeKind::FlowAdded)],
        };
        Some(subject_of(versions, SubjectKind::Flow, entry, true, changes))
    });
    let gone = entries_of(versions.old.site).filter(|entry| matches!(entry, Entry::Flow(_)));
    let gone = gone
        .filter(|entry| pairs.find_new(*entry).is_none())
        .map(|entry| subject_of(versions, SubjectKind::Flow, entry, false, vec![Change::new(ChangeKind::FlowRemoved)]));
    now.chain(gone).collect()
}

/// A page or flow of the new version, or of the old one when it is gone.
pub(super) fn subject_of(
    versions: Versions<'_>,
    kind: SubjectKind,
    entry: Entry,
    is_there: bool,
    changes: Vec<Change>,
) -> Subject {
    let version = if is_there { versions.new } else { versions.old };
    Subject {
        kind,
        title: version.site.metadata_of(entry).title.value.clone(),
        file: version.sources.path(version.site.file_of(entry)).to_owned(),
        route: Some(version.site.route_of(entry).to_owned()),
        entry: is_there.then_some(entry),
        changes,
    }
}

fn compare_flow(pair: FlowPair<'_>) -> Vec<Change> {
    let Versions { old: before, new: after, .. } = pair.versions;
    let (old, new) = (before.flow(pair.old), after.flow(pair.new));
    let mut changes = Vec::new();
    push_changed(&mut changes, ChangeKind::FlowMoved, Some(&old.route), Some(&new.route));
    push_changed(&mut changes, ChangeKind::FlowTitle, Some(&old.metadata.title.value), Some(&new.metadata.title.value));
    let (old_text, new_text) = (old.metadata.description.as_deref(), new.metadata.description.as_deref());
    push_changed(&mut changes, ChangeKind::FlowDescription, old_text, new_text);
    if !pair.is_same_target(old.start, new.start) {
        let (old, new) = pair.name_targets(old.start, new.start);
        changes.push(Change::new(ChangeKind::FlowStart).old(old).new_text(new));
    }
    let own = |inputs: &'_ [crate::config::Input], shared: usize| inputs[shared.min(inputs.len())..].to_vec();
    let old_inputs = own(&old.inputs, before.site.config.inputs.len());
    changes.extend(settings::compare_inputs(&old_inputs, &own(&new.inputs, after.site.config.inputs.len())));
    changes.extend(behaviour::compare(pair));
    changes.extend(nodes::compare(pair));
    changes
}

/// Adds a change where two texts differ; one that is not there is left out.
pub(super) fn push_changed(changes: &mut Vec<Change>, kind: ChangeKind, old: Option<&str>, new: Option<&str>) {
    if old != new {
        changes.push(Change { old: old.map(str::to_owned), new: new.map(str::to_owned), ..Change::new(kind) });
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::diff::{told, told_of_flows};

    const END: &str = "title: F\nowner: A\nnodes:\n  fim: { title: Fim, result: resolved }\n";

    #[test]
    fn a_flow_that_did_not_change_is_not_told() {
        assert_eq!(told(&[("f.flow.yaml", END)], &[("f.flow.yaml", END)]), Vec::<String>::new());
    }

    #[test]
    fn flows_come_go_and_move() {
        let moved = END.replace("owner", "aliases: [/f/]\nowner");
        assert_eq!(told(&[], &[("f.flow.yaml", END)]), ["flow/added: new flow"]);
        assert_eq!(told(&[("f.flow.yaml", END)], &[]), ["flow/removed: the flow no longer exists"]);
        assert_eq!(
            told(&[("f.flow.yaml", END)], &[("g.flow.yaml", &moved)]),
            ["flow/moved: has another address: it was /f/ and is now /g/ (the old one leads to the new)"]
        );
        let told = told(&[("f.flow.yaml", END)], &[("g.flow.yaml", END)]);
        assert_eq!(told, ["flow/added: new flow", "flow/removed: the flow no longer exists"]);
    }

    #[test]
    fn a_flow_that_takes_over_an_old_address_is_not_the_old_flow() {
        let other = END.replace("owner", "aliases: [/f/]\nowner").replace("Fim", "Outro");
        let old = [("f.flow.yaml", END), ("g.flow.yaml", &other.replace("aliases: [/f/]\n", ""))];
        assert_eq!(told(&old, &[("g.flow.yaml", &other)]), ["flow/removed: the flow no longer exists"]);
    }

    #[test]
    fn the_first_node_and_the_inputs_of_a_flow_are_told() {
        let nodes = "nodes:\n  a: { title: A, next: b }\n  b: { title: B, next: fim }\n  fim: { title: Fim, result: resolved }\n";
        let input = |kind: &str| format!("inputs: {{ v: {{ label: Valor, type: {kind} }} }}\n{nodes}");
        let begins = format!("start: b\n{}", input("money"));
        assert_eq!(
            told_of_flows(&input("text"), &begins),
            [
                "flow/start: began at “A” and now begins at “B”",
                "input/changed: the input “Valor” changed [label: Valor\ntype: text → label: Valor\ntype: money]"
            ]
        );
    }
}
