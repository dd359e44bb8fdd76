//! Text fragments of links (`#:~:text=…`) that match no text of their published page.
//!
//! Only pages with such a link are read again. Scripts, styles and templates have no text for readers.

use std::collections::HashMap;

use super::index::Index;
use super::scan::{ReferenceKind, Scanned};
use super::{Fault, FaultKind, is_page, text_of};
use crate::html::{self, HtmlToken};
use crate::output::OutputFile;
use crate::url::Parts;
use crate::url::text_fragment::{normalize, quotations};

/// Elements whose text is not shown.
const HIDDEN: [&str; 5] = ["script", "style", "template", "noscript", "textarea"];

/// Elements inside a line, which separate no words.
const INLINE: [&str; 22] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "em", "i", "kbd", "mark", "q", "s", "samp", "small",
    "span", "strong", "sub", "sup", "u", "wbr",
];

/// The faults of each output.
pub(super) fn check(scanned: &[Option<Scanned>], outputs: &[OutputFile], index: &Index<'_>) -> Vec<(usize, Fault)> {
    let mut texts: HashMap<usize, String> = HashMap::new();
    let mut faults = Vec::new();
    for (position, (scanned, output)) in scanned.iter().zip(outputs).enumerate() {
        let references = scanned.iter().flat_map(|scanned| &scanned.references);
        for reference in references.filter(|reference| reference.kind == ReferenceKind::Link) {
            let Some(directive) = Parts::of(&reference.text).directive() else { continue };
            let base = index.base_of(scanned.as_ref().and_then(|scanned| scanned.base.as_deref()), output);
            let Some(target) = index.find_target(&reference.text, &base) else { continue };
            if !is_page(&outputs[target].path) {
                continue;
            }
            let text = texts.entry(target).or_insert_with(|| visible_text(&outputs[target]));
            let missing = quotations(directive).into_iter().filter(|quotation| !text.contains(&normalize(quotation)));
            let path = &outputs[target].path;
            let fault = |text| Fault {
                place: reference.place.clone(),
                kind: FaultKind::MissingText { text, path: path.clone() },
            };
            faults.extend(missing.map(|text| (position, fault(text))));
        }
    }
    faults
}

/// The text of a page, normalized.
fn visible_text(output: &OutputFile) -> String {
    let Some(page) = text_of(output) else { return String::new() };
    let (mut text, mut hidden) = (String::new(), 0_usize);
    html::read(&page, |token| match token {
        HtmlToken::StartTag(tag) if HIDDEN.contains(&tag.name.as_str()) => hidden += 1,
        HtmlToken::EndTag(name) if HIDDEN.contains(&name) => hidden = hidden.saturating_sub(1),
        HtmlToken::StartTag(tag) if !INLINE.contains(&tag.name.as_str()) => text.push(' '),
        HtmlToken::EndTag(name) if !INLINE.contains(&name) => text.push(' '),
        HtmlToken::Text(range) if hidden == 0 => text.push_str(&html::decode(&page[range])),
        _ => {}
    });
    normalize(&text)
}
