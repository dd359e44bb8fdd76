//! Changes of texts and of lists of lines.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Change;
use super::kind::ChangeKind;

/// Adds a change when two texts differ; `None` is a missing text.
pub(super) fn push_changed(changes: &mut Vec<Change>, kind: ChangeKind, old: Option<&str>, new: Option<&str>) {
    if old != new {
        changes.push(Change { old: old.map(str::to_owned), new: new.map(str::to_owned), ..Change::new(kind) });
    }
}

/// Adds a change with the removed and the added lines when two texts differ.
pub(super) fn push_lines(changes: &mut Vec<Change>, kind: ChangeKind, old: &[String], new: &[String]) {
    let (mut gone, mut came) = (Vec::new(), Vec::new());
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        if !matches!(op, DiffOp::Equal { .. }) {
            gone.extend_from_slice(&old[op.old_range()]);
            came.extend_from_slice(&new[op.new_range()]);
        }
    }
    let text = |lines: Vec<String>| (!lines.is_empty()).then(|| lines.join("\n"));
    push_changed(changes, kind, text(gone).as_deref(), text(came).as_deref());
}
