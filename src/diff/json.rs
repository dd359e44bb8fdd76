//! The comparison as JSON lines: one object for each change, then a summary. `docs/diff.md` is the contract.

use serde::Serialize;

use super::{Change, FileChanges, FileKind, SiteChanges};
use crate::words::Words;

/// Format version; it grows only when a field is removed or changes its meaning.
const VERSION: u32 = 1;

/// One change. The order of the fields is part of the contract.
#[derive(Serialize)]
struct ChangeLine<'a> {
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
struct SummaryLine<'a> {
    summary: SummaryCounts<'a>,
}

#[derive(Serialize)]
struct SummaryCounts<'a> {
    version: u32,
    since: &'a str,
    commit: &'a str,
    flows: usize,
    pages: usize,
    changes: usize,
    behaviour: usize,
    old_errors: usize,
}

/// Writes one line for each change, then the summary.
pub(super) fn write(changes: &SiteChanges) -> String {
    let comparison = &changes.comparison;
    let mut text = String::new();
    for file in &comparison.files {
        for change in &file.changes {
            push_line(&mut text, &ChangeLine::new(file, change, change.sentence(comparison.language)));
        }
    }
    let count = |kind| comparison.files.iter().filter(|file| file.kind == kind).count();
    let summary = SummaryCounts {
        version: VERSION,
        since: &changes.commit.typed,
        commit: &changes.commit.id,
        flows: count(FileKind::Flow),
        pages: count(FileKind::Page),
        changes: comparison.changes().count(),
        behaviour: comparison.count_behaviour(),
        old_errors: changes.old_errors,
    };
    push_line(&mut text, &SummaryLine { summary });
    text
}

fn push_line(text: &mut String, value: &impl Serialize) {
    text.push_str(&serde_json::to_string(value).expect("plain structs of texts and numbers are JSON"));
    text.push('\n');
}

impl<'a> ChangeLine<'a> {
    fn new(file: &'a FileChanges, change: &'a Change, message: String) -> Self {
        Self {
            change: change.kind.as_str(),
            effect: change.kind.effect(),
            subject: file.kind.as_str(),
            title: &file.title,
            file: &file.file,
            url: file.route.as_deref(),
            node: change.node.as_ref().map(|node| node.id.as_str()),
            node_title: change.node.as_ref().map(|node| node.title.as_str()),
            item: change.item.as_deref(),
            old: change.old.as_deref(),
            new: change.new.as_deref(),
            message,
        }
    }
}
