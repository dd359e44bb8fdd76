//! Link definitions (`[label]: address`) that are unused or repeated, and links and footnotes without a definition.
//!
//! The parser keeps the first definition of a label and drops the others silently. Without a definition, the reader
//! sees brackets.

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
    /// Lines that look like definitions but that the parser did not keep.
    others: Vec<Definition>,
    /// Text that looks like references to footnotes.
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
    is_used: bool,
}

impl Definitions {
    pub(super) fn new<'a, F: BrokenLinkCallback<'a>>(text: &str, start: usize, events: &OffsetIter<'a, F>) -> Self {
        let parsed = events.reference_definitions();
        let (mut known, mut others) = (Vec::new(), Vec::new());
        let has_lines = text.contains("]:");
        for line in has_lines.then(|| DEFINITION.captures_iter(text)).into_iter().flatten() {
            let (Some(place), Some(address)) = (line.get(1), line.get(3).or_else(|| line.get(4))) else { continue };
            let Some(definition) = parsed.get(&line[2]) else { continue };
            let list = if definition.span.start == place.start() { &mut known } else { &mut others };
            let (label, address) = (normalize(&line[2]), address.range());
            list.push(Definition { label, place: place.range(), address, is_used: false });
        }
        let has_notes = text.contains("[^");
        let notes = has_notes.then(|| FOOTNOTE.find_iter(text)).into_iter().flatten();
        // A class of characters, `[^a-z]`, is none.
        let is_class = |note: &str| note.len() == "[^a-z]".len() && note.as_bytes()[3] == b'-';
        let is_written = |note: &regex::Match<'_>| !text[..note.start()].ends_with('\\') && !is_class(note.as_str());
        let notes = notes.filter(is_written).map(|note| note.range()).collect();
        Self { start, known, others, notes, shown: Vec::new(), is_in_code: false }
    }

    /// Records the definitions that an event uses and the text that it covers.
    pub(super) fn record(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => self.is_in_code = true,
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => self.is_in_code = false,
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) => {
                if is_by_label(*link_type) {
                    let label = normalize(id);
                    self.known.iter_mut().filter(|known| known.label == label).for_each(|known| known.is_used = true);
                }
                self.others.retain(|other| !range.contains(&other.place.start));
            }
            Event::Text(_) => {
                self.others.retain(|other| !range.contains(&other.place.start));
                if !self.is_in_code {
                    let shown = self.notes.iter().filter(|note| range.contains(&note.start));
                    self.shown.extend(shown.cloned());
                }
            }
            Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) => {
                self.others.retain(|other| !range.contains(&other.place.start));
            }
            _ => {}
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
        for known in definitions.known.iter().filter(|known| !known.is_used) {
            self.report_unused(moved(&known.place), moved(&known.address));
        }
        for other in &definitions.others {
            let finding = catalogue::link::duplicate_definition(self.span(moved(&other.place)), &other.label);
            let first = definitions.known.iter().find(|known| known.label == other.label);
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
