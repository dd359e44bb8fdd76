//! One flow, or one node, in both versions of a site.

use super::matching::Matching;
use super::{Versions, kind};
use crate::site::flow::{AnswerOption, FlowId, Node, NodeId};

/// A flow in both versions.
#[derive(Clone, Copy)]
pub(super) struct FlowPair<'a> {
    pub(super) versions: Versions<'a>,
    pub(super) matching: &'a Matching,
    pub(super) old: FlowId,
    pub(super) new: FlowId,
}

impl FlowPair<'_> {
    /// Finds the new version of an old node.
    pub(super) fn new_node(&self, old: NodeId) -> Option<NodeId> {
        let Versions { old: before, new: after, .. } = self.versions;
        self.matching.new_node(before.site, after.site, self.old, old)
    }

    /// New id of the node that an old id means; names that are no nodes stay.
    pub(super) fn new_id<'n>(&'n self, id: &'n str) -> &'n str {
        let node = self.versions.old.flow(self.old).find_node(id).and_then(|node| self.new_node(node));
        node.map_or(id, |node| &self.versions.new.flow(self.new).node(node).id.value)
    }

    /// True when both targets are the same node, or both are missing.
    pub(super) fn is_same_target(&self, old: Option<NodeId>, new: Option<NodeId>) -> bool {
        match old {
            None => new.is_none(),
            Some(old) => new.is_some() && self.new_node(old) == new,
        }
    }

    /// Names of two targets: their titles, with the ids when the titles are equal.
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

/// One node in both versions.
#[derive(Clone, Copy)]
pub(super) struct NodePair<'a> {
    pub(super) flow: FlowPair<'a>,
    pub(super) old: NodeId,
    pub(super) new: NodeId,
}

impl<'a> NodePair<'a> {
    pub(super) fn nodes(self) -> (&'a Node, &'a Node) {
        let Versions { old, new, .. } = self.flow.versions;
        (old.flow(self.flow.old).node(self.old), new.flow(self.flow.new).node(self.new))
    }
}

/// Finds the new version of an option: by its id, else a new option with the same label.
pub(super) fn find_option<'o>(
    old: &AnswerOption,
    olds: &[AnswerOption],
    news: &'o [AnswerOption],
) -> Option<&'o AnswerOption> {
    let has = |options: &[AnswerOption], id: &str| options.iter().any(|option| option.id.value == id);
    let came = |new: &&AnswerOption| new.label.value == old.label.value && !has(olds, &new.id.value);
    let by_id = news.iter().find(|new| new.id.value == old.id.value);
    by_id.or_else(|| news.iter().find(|new| new.is_called(&old.id.value))).or_else(|| news.iter().find(came))
}
