//! One JSON object a change, then one with the summary, each on its line. `docs/diff.md` is the contract.

use serde::Serialize;

use super::{Change, Changes, Subject, SubjectKind};

/// Of the objects below; it grows only when a field goes or means something else.
const VERSION: u32 = 1;

/// A change as programs read it. The order of the fields is that of the contract.
#[derive(Serialize)]
struct Line<'a> {
    change: &'a str,
    effect: &'a str,
    subject: &'a str,
    title: &'a str,
    file: &'a str,
    url: Option<&'a str>,
    node: Option<&'a str>,
    node_title: Option<&'a str>,
    item: Option<&'a str>,
    old: Option<&'a str>,
    new: Option<&'a str>,
    message: String,
}

/// The last line.
#[derive(Serialize)]
struct Last<'a> {
    summary: Totals<'a>,
}

#[derive(Serialize)]
struct Totals<'a> {
    version: u32,
    since: &'a str,
    commit: &'a str,
    flows: usize,
    pages: usize,
    changes: usize,
    behaviour: usize,
    old_errors: usize,
}

/// Writes a line for each change and the line of the summary.
pub(super) fn write(changes: &Changes) -> String {
    let comparison = &changes.comparison;
    let mut text = String::new();
    for subject in &comparison.subjects {
        for change in &subject.changes {
            push_line(&mut text, &Line::new(subject, change, change.sentence(comparison.language)));
        }
    }
    let count = |kind| comparison.subjects.iter().filter(|subject| subject.kind == kind).count();
    let summary = Totals {
        version: VERSION,
        since: &changes.commit.typed,
        commit: &changes.commit.id,
        flows: count(SubjectKind::Flow),
        pages: count(SubjectKind::Page),
        changes: comparison.changes().count(),
        behaviour: comparison.count_behaviour(),
        old_errors: changes.old_errors,
    };
    push_line(&mut text, &Last { summary });
    text
}

fn push_line(text: &mut String, value: &impl Serialize) {
    text.push_str(&serde_json::to_string(value).expect("plain structs of texts and numbers are JSON"));
    text.push('\n');
}

impl<'a> Line<'a> {
    fn new(subject: &'a Subject, change: &'a Change, message: String) -> Self {
        Self {
            change: change.kind.as_str(),
            effect: change.kind.effect(),
            subject: subject.kind.as_str(),
            title: &subject.title,
            file: &subject.file,
            url: subject.route.as_deref(),
            node: change.node.as_ref().map(|node| node.id.as_str()),
            node_title: change.node.as_ref().map(|node| node.title.as_str()),
            item: change.item.as_deref(),
            old: change.old.as_deref(),
            new: change.new.as_deref(),
            message,
        }
    }
}
