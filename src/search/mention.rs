//! Mentions: where texts show copies and values. Equal texts become one record with all its places.

use std::collections::HashMap;

use super::record::{Place, Record, RecordKind};
use super::texts::{Texts, join_words};

/// The most further places of one text.
const MOST_PLACES: usize = 20;

/// The most bytes of hints of one text.
const MOST_HINTS: usize = 400;

/// A copy or a value in the text of a record.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) kind: MentionKind,
    pub(super) text: String,
    /// What names it: the label or the words before it, or the name of the value.
    pub(super) hint: String,
    /// Index of the record.
    pub(super) record: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MentionKind {
    Copy,
    /// A text to copy with inputs, which is not complete.
    UnfilledCopy,
    Value,
}

/// The records of copies and values, in the order of their first mentions.
pub(super) fn records_of(texts: Texts<'_>, mentions: &[Mention], records: &[Record]) -> Vec<Record> {
    let mut found: Vec<Record> = Vec::new();
    let mut by_text: HashMap<&str, usize> = HashMap::new();
    for mention in mentions {
        let text = mention.text.trim();
        if !text.chars().any(char::is_alphanumeric) {
            continue;
        }
        let owner = &records[mention.record];
        let index = *by_text.entry(text).or_insert_with(|| {
            found.push(record_of(texts, text, owner));
            found.len() - 1
        });
        add(&mut found[index], mention, owner);
    }
    for record in &mut found {
        record.text = join_words(&record.text);
    }
    found
}

fn record_of(texts: Texts<'_>, text: &str, owner: &Record) -> Record {
    let mut trail = owner.trail.clone();
    trail.push(owner.place.title.clone());
    let place = Place { title: text.to_owned(), ..owner.place.clone() };
    let hints = texts.names_of(text);
    Record {
        kind: RecordKind::Value,
        place,
        trail,
        text: String::new(),
        hints,
        copy: None,
        source: None,
        others: Vec::new(),
        ..owner.clone()
    }
}

/// Adds a place to the record of a text. A copy is more than a value.
fn add(record: &mut Record, mention: &Mention, owner: &Record) {
    if mention.kind != MentionKind::Value {
        record.kind = RecordKind::Copy;
    }
    if mention.kind != MentionKind::UnfilledCopy {
        record.copy = Some(mention.text.trim().to_owned());
    }
    let has_room = record.text.len() + mention.hint.len() <= MOST_HINTS;
    if mention.kind != MentionKind::Value && has_room && !record.text.contains(&mention.hint) {
        record.text.push_str(&mention.hint);
        record.text.push(' ');
    }
    let is_first = record.place.url == owner.place.url && record.place.anchor == owner.place.anchor;
    if !is_first && record.others.len() < MOST_PLACES && !record.others.contains(&owner.place) {
        record.others.push(owner.place.clone());
    }
    record.is_lower &= owner.is_lower;
}
