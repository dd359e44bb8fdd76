//! Changes of flows: added, removed and moved ones, and the changes inside each other flow.

use super::kind::ChangeKind;
use super::matching::{Matching, entries_of};
use super::pair::FlowPair;
use super::text_change::push_changed;
use super::{Change, FileChanges, FileKind, Versions, behaviour, nodes, settings};
use crate::site::Entry;

/// Changes of all flows.
pub(super) fn compare(versions: Versions<'_>, matching: &Matching) -> Vec<FileChanges> {
    let now = entries_of(versions.new.site).filter_map(|entry| {
        let Entry::Flow(new) = entry else { return None };
        let changes = match matching.find_old(entry) {
            Some(Entry::Flow(old)) => compare_flow(FlowPair { versions, matching, old, new }),
            _ => vec![Change::new(ChangeKind::FlowAdded)],
        };
        Some(file_changes(versions, FileKind::Flow, entry, true, changes))
    });
    let gone = entries_of(versions.old.site).filter(|entry| matches!(entry, Entry::Flow(_)));
    let gone = gone
        .filter(|entry| matching.find_new(*entry).is_none())
        .map(|entry| file_changes(versions, FileKind::Flow, entry, false, vec![Change::new(ChangeKind::FlowRemoved)]));
    now.chain(gone).collect()
}

/// Changes of a page or flow, with its title and path in the new version, or in the old one when it was removed.
pub(super) fn file_changes(
    versions: Versions<'_>,
    kind: FileKind,
    entry: Entry,
    is_there: bool,
    changes: Vec<Change>,
) -> FileChanges {
    let version = if is_there { versions.new } else { versions.old };
    FileChanges {
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

#[cfg(test)]
mod tests {
    use crate::testing::diff::{list_changes, list_flow_changes};

    const END: &str = "title: F\nowner: A\nnodes:\n  fim: { title: Fim, result: resolved }\n";

    #[test]
    fn omits_unchanged_flows() {
        assert_eq!(list_changes(&[("f.flow.yaml", END)], &[("f.flow.yaml", END)]), Vec::<String>::new());
    }

    #[test]
    fn reports_added_removed_and_moved_flows() {
        let moved = END.replace("owner", "aliases: [/f/]\nowner");
        assert_eq!(list_changes(&[], &[("f.flow.yaml", END)]), ["flow/added: new flow"]);
        assert_eq!(list_changes(&[("f.flow.yaml", END)], &[]), ["flow/removed: the flow no longer exists"]);
        assert_eq!(
            list_changes(&[("f.flow.yaml", END)], &[("g.flow.yaml", &moved)]),
            ["flow/moved: the address changed from /f/ to /g/ (the old one redirects)"]
        );
        let changes = list_changes(&[("f.flow.yaml", END)], &[("g.flow.yaml", END)]);
        assert_eq!(changes, ["flow/added: new flow", "flow/removed: the flow no longer exists"]);
    }

    #[test]
    fn prefers_the_same_address_to_an_alias() {
        let other = END.replace("owner", "aliases: [/f/]\nowner").replace("Fim", "Outro");
        let old = [("f.flow.yaml", END), ("g.flow.yaml", &other.replace("aliases: [/f/]\n", ""))];
        assert_eq!(list_changes(&old, &[("g.flow.yaml", &other)]), ["flow/removed: the flow no longer exists"]);
    }

    #[test]
    fn reports_changed_start_and_inputs() {
        let nodes = "nodes:\n  a: { title: A, next: b }\n  b: { title: B, next: fim }\n  fim: { title: Fim, result: resolved }\n";
        let input = |kind: &str| format!("inputs: {{ v: {{ label: Valor, type: {kind} }} }}\n{nodes}");
        let begins = format!("start: b\n{}", input("money"));
        assert_eq!(
            list_flow_changes(&input("text"), &begins),
            [
                "flow/start: the first node changed from “A” to “B”",
                "input/changed: the input “Valor” changed [label: Valor\ntype: text → label: Valor\ntype: money]"
            ]
        );
    }
}
