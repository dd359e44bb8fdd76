//! The comparison as text for people: behaviour first, old and new texts below each sentence.

use std::fmt::Write;

use super::kind;
use super::{Change, FileChanges, FileKind, NodeName, SiteChanges};
use crate::diagnostic::Language;

/// Limit of shown lines of one text; the others are counted.
pub(super) const MOST_LINES: usize = 8;

/// Writes all changes and their number.
pub(super) fn write(changes: &SiteChanges) -> String {
    let comparison = &changes.comparison;
    let language = comparison.language;
    let mut text = String::new();
    if comparison.files.is_empty() {
        push_line(&mut text, 0, &kind::nothing(), language);
        return text;
    }
    push_line(&mut text, 0, &kind::heading(&changes.commit.typed, changes.commit.short()), language);
    for file in &comparison.files {
        text.push('\n');
        write_file(&mut text, file, language);
    }
    text.push('\n');
    let count = comparison.changes().count();
    let total = if count == 1 { kind::one_change() } else { kind::changes(count) };
    let behaviour = kind::of_behaviour(comparison.count_behaviour());
    writeln!(text, "{}; {}", total.in_language(language), behaviour.in_language(language))
        .expect("a String takes any text");
    text
}

/// Heading of a page, flow or the settings.
pub(super) fn title_of(file: &FileChanges, language: Language) -> String {
    let text = match file.kind {
        FileKind::Flow => kind::flow(&file.title),
        FileKind::Page => kind::page(&file.title),
        FileKind::Settings => kind::settings(),
    };
    text.in_language(language).to_owned()
}

/// Groups consecutive changes: those of the file itself, of its behaviour, and of each node.
pub(super) fn groups(changes: &[Change]) -> Vec<Vec<&Change>> {
    let key = |change: &Change| (change.kind.effect() == "behaviour", change.node.as_ref().map(|node| node.id.clone()));
    let mut groups: Vec<Vec<&Change>> = Vec::new();
    for change in changes {
        match groups.last_mut().filter(|group| key(group[0]) == key(change)) {
            Some(group) => group.push(change),
            None => groups.push(vec![change]),
        }
    }
    groups
}

/// `+`, `-` and `~`; `!` for a change of behaviour.
fn sign_of(change: &Change) -> &'static str {
    match change.kind.effect() {
        "added" => "+",
        "removed" => "-",
        "behaviour" => "!",
        _ => "~",
    }
}

fn write_file(text: &mut String, file: &FileChanges, language: Language) {
    let route = file.route.as_ref().map(|route| format!(", {route}")).unwrap_or_default();
    writeln!(text, "{} ({}{route})", title_of(file, language), file.file).expect("a String takes any text");
    for group in groups(&file.changes) {
        let indent = match (&group[0].node, group[0].kind.effect()) {
            (Some(node), _) => {
                writeln!(text, "  {}", name_of(node)).expect("a String takes any text");
                4
            }
            (None, "behaviour") => {
                push_line(text, 2, &kind::behaviour(), language);
                4
            }
            (None, _) => 2,
        };
        for change in group {
            write_change(text, indent, change, language);
        }
    }
}

/// Number, title and id of a node.
fn name_of(node: &NodeName) -> String {
    let number = node.number.map(|number| format!("{number}. ")).unwrap_or_default();
    if node.title == node.id {
        format!("{number}`{}`", node.id)
    } else {
        format!("{number}{} (`{}`)", node.title, node.id)
    }
}

fn write_change(text: &mut String, indent: usize, change: &Change, language: Language) {
    writeln!(text, "{:indent$}{} {}", "", sign_of(change), change.sentence(language)).expect("a String takes any text");
    let (old, new) = change.shown_texts();
    for (label, shown) in [(kind::before(), old), (kind::now(), new)] {
        if let Some(shown) = shown {
            write_shown(text, indent + 4, label.in_language(language), &shown, language);
        }
    }
}

fn write_shown(text: &mut String, indent: usize, label: &str, shown: &str, language: Language) {
    let lines: Vec<&str> = shown.lines().collect();
    let more = lines.len().saturating_sub(MOST_LINES);
    for (index, line) in lines.iter().take(MOST_LINES).enumerate() {
        let label = if index == 0 { format!("{label}: ") } else { " ".repeat(label.chars().count() + 2) };
        writeln!(text, "{:indent$}{label}{line}", "").expect("a String takes any text");
    }
    if more > 0 {
        push_line(text, indent + label.chars().count() + 2, &kind::more_lines(more), language);
    }
}

fn push_line(text: &mut String, indent: usize, said: &crate::diagnostic::Text, language: Language) {
    writeln!(text, "{:indent$}{}", "", said.in_language(language)).expect("a String takes any text");
}
