//! Link definitions (`[label]: address`) that are unused or repeated, and links and footnotes without a definition.
//!
//! The parser keeps the first definition of a label and drops the others silently. Without a definition, the reader
//! sees brackets.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{BrokenLinkCallback, Event, LinkType, OffsetIter, Tag};
use regex::Regex;

use super::writer::Writer;
use crate::diagnostic::{Diagnostic, catalogue};

/// A line that looks like a definition: its label and its address.
static DEFINITION: LazyLock<Regex> = LazyLock::new(|| {
    let line = r"(?m)^[ >]*(\[([^\[\]^][^\[\]]*)\]):[ \t]*(?:<([^<>\n]*)>|(\S+))";
    Regex::new(line).expect("the pattern is valid")
});

/// Text that looks like a reference to a footnote.
static FOOTNOTE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\[\^([\p{L}\p{N}_-]+)\]").expect("the pattern is valid"));

/// The definitions of a text.
pub(super) struct Definitions {
    /// Where the text begins in the author's.
    start: usize,
    known: Vec<Definition>,
    /// Normalized labels that a link or an image uses.
    used: HashSet<String>,
    /// Lines that look like definitions but that the parser did not keep, by their start.
    others: BTreeMap<usize, Definition>,
    /// Text that looks like references to footnotes, by its start.
    notes: Vec<Range<usize>>,
    /// The `notes` that readers see as written.
    shown: Vec<Range<usize>>,
    is_in_code: bool,
}

struct Definition {
    label: String,
    place: Range<usize>,
    /// Of the address.
    address: Range<usize>,
}

impl Definitions {
    pub(super) fn new<'a, F: BrokenLinkCallback<'a>>(text: &str, start: usize, events: &OffsetIter<'a, F>) -> Self {
        let parsed = events.reference_definitions();
        let (mut known, mut others) = (Vec::new(), BTreeMap::new());
        let has_lines = text.contains("]:");
        for line in has_lines.then(|| DEFINITION.captures_iter(text)).into_iter().flatten() {
            let (Some(place), Some(address)) = (line.get(1), line.get(3).or_else(|| line.get(4))) else { continue };
            let Some(definition) = parsed.get(&line[2]) else { continue };
            let is_first = definition.span.start == place.start();
            let definition = Definition { label: normalize(&line[2]), place: place.range(), address: address.range() };
            if is_first {
                known.push(definition);
            } else {
                others.insert(place.start(), definition);
            }
        }
        let has_notes = text.contains("[^");
        let notes = has_notes.then(|| FOOTNOTE.find_iter(text)).into_iter().flatten();
        // A class of characters, `[^a-z]`, is none.
        let is_class = |note: &str| note.len() == "[^a-z]".len() && note.as_bytes()[3] == b'-';
        let is_written = |note: &regex::Match<'_>| !text[..note.start()].ends_with('\\') && !is_class(note.as_str());
        let notes = notes.filter(is_written).map(|note| note.range()).collect();
        Self { start, known, used: HashSet::new(), others, notes, shown: Vec::new(), is_in_code: false }
    }

    /// Records the definitions that an event uses and the text that it covers.
    pub(super) fn record(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => self.is_in_code = true,
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => self.is_in_code = false,
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) => {
                if is_by_label(*link_type) {
                    self.used.insert(normalize(id));
                }
                self.drop_others(range);
            }
            Event::Text(_) => {
                self.drop_others(range);
                if !self.is_in_code {
                    let from = self.notes.partition_point(|note| note.start < range.start);
                    let to = self.notes.partition_point(|note| note.start < range.end);
                    self.shown.extend_from_slice(&self.notes[from..to.max(from)]);
                }
            }
            Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) => {
                self.drop_others(range);
            }
            _ => {}
        }
    }

    /// Drops the lines in a range that readers see.
    fn drop_others(&mut self, range: &Range<usize>) {
        while let Some(start) = self.others.range(range.clone()).next().map(|(start, _)| *start) {
            self.others.remove(&start);
        }
    }
}

impl Writer<'_> {
    /// Reports unused and repeated definitions, and links and footnotes without one.
    pub(super) fn check_definitions(&mut self, definitions: &Definitions, missing: &[(LinkType, Range<usize>)]) {
        let start = definitions.start;
        let moved = |range: &Range<usize>| range.start + start..range.end + start;
        for (kind, range) in missing {
            // A label alone in brackets is most often meant as text.
            let is_meant = matches!(kind, LinkType::Reference | LinkType::Collapsed);
            let range = moved(range);
            let is_index = self.mask.original[..range.start].ends_with(char::is_alphanumeric);
            if is_meant && !is_index {
                let written = &self.mask.original[range.clone()];
                self.diagnostics.push(catalogue::link::missing_definition(self.span(range), written));
            }
        }
        for note in &definitions.shown {
            let range = moved(note);
            let written = &self.mask.original[range.clone()];
            self.diagnostics.push(catalogue::link::missing_footnote(self.span(range), written));
        }
        for known in definitions.known.iter().filter(|known| !definitions.used.contains(&known.label)) {
            self.report_unused(moved(&known.place), moved(&known.address));
        }
        let mut firsts: HashMap<&str, &Definition> = HashMap::new();
        for known in &definitions.known {
            firsts.entry(&known.label).or_insert(known);
        }
        for other in definitions.others.values() {
            let finding = catalogue::link::duplicate_definition(self.span(moved(&other.place)), &other.label);
            let first = firsts.get(other.label.as_str()).copied();
            let first = first.map(|first| self.span(moved(&first.place)));
            let label = |finding: Diagnostic, first| finding.label(first, catalogue::help::first_here());
            let finding = first.into_iter().fold(finding, label);
            self.diagnostics.push(finding);
            self.keep_address(moved(&other.address));
        }
    }

    /// `[//]: # (…)` is how many write a comment in Markdown.
    fn report_unused(&mut self, place: Range<usize>, address: Range<usize>) {
        let is_comment = matches!(&self.mask.original[address.clone()], "" | "#");
        if !is_comment {
            let label = &self.mask.original[place.clone()];
            self.diagnostics.push(catalogue::link::unused_definition(self.span(place), label));
            self.keep_address(address);
        }
    }

    fn keep_address(&mut self, address: Range<usize>) {
        let masked = &self.mask.blocks[address.clone()];
        let link = self.raw_link(masked, address);
        self.body.definitions.push(link);
    }
}

fn is_by_label(kind: LinkType) -> bool {
    matches!(kind, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
}

/// As labels are compared (`CommonMark`, "matches").
fn normalize(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
