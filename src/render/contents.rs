//! Table of contents of a page: headings, and where they are few, collapsible sections and steps.

use std::collections::HashMap;

use serde::Serialize;

use super::Renderer;
use crate::content::body::{Heading, Part, PartKind};
use crate::site::Site;
use crate::site::flow::PageId;

/// Deepest heading in the table of contents.
const DEEPEST_HEADING: u8 = 3;

/// The most headings beside which collapsible sections are listed.
const FEW_FOR_DETAILS: usize = 12;

/// The most headings beside which steps are listed.
const FEW_FOR_STEPS: usize = 4;

/// The most characters of a step's text.
const LONGEST_STEP: usize = 48;

/// The titles of nodes by the page and anchor whose text they show.
pub(super) type ShownTitles<'a> = HashMap<(PageId, &'a str), &'a str>;

/// An entry of the table of contents.
#[derive(Serialize)]
pub(super) struct ContentsEntry {
    kind: &'static str,
    level: u8,
    id: String,
    title: String,
    /// Of a step.
    number: Option<u64>,
    children: Vec<ContentsEntry>,
}

/// Finds the nodes that show an anchor. Where several show the same, the first one counts.
pub(super) fn shown_titles(site: &Site) -> ShownTitles<'_> {
    let mut titles = HashMap::new();
    for node in site.flows.iter().flat_map(|flow| &flow.nodes) {
        let Some((content, title)) = node.content.as_ref().zip(node.title.as_deref()) else { continue };
        if let Some(anchor) = content.anchor.as_deref().filter(|_| !title.contains('{')) {
            titles.entry((content.page, anchor)).or_insert(title);
        }
    }
    titles
}

impl Renderer<'_> {
    /// The table of contents of a page: two levels.
    pub(super) fn contents(&self, id: PageId) -> Vec<ContentsEntry> {
        let body = &self.site.page(id).body.body;
        let is_listed = |heading: &&Heading| (2..=DEEPEST_HEADING).contains(&heading.level);
        let count = body.headings.iter().filter(is_listed).count();
        let is_few = |part: &&Part| match part.kind {
            PartKind::Details => count <= FEW_FOR_DETAILS,
            PartKind::Step(_) => count <= FEW_FOR_STEPS,
        };
        let mut parts = body.parts.iter().filter(is_few).peekable();
        let mut contents = Vec::new();
        for index in 0..=body.headings.len() {
            while let Some(part) = parts.next_if(|part| part.headings == index) {
                add(&mut contents, self.part_entry(id, part));
            }
            if let Some(heading) = body.headings.get(index).filter(is_listed) {
                add(&mut contents, self.heading_entry(heading));
            }
        }
        contents
    }

    fn heading_entry(&self, heading: &Heading) -> ContentsEntry {
        let Heading { level, id, text, .. } = heading;
        let title = self.plain_text(text);
        ContentsEntry { kind: "heading", level: *level, id: id.clone(), title, number: None, children: Vec::new() }
    }

    /// A part is one level below the headings of level 2. A step has the title of the node that shows it.
    fn part_entry(&self, page: PageId, part: &Part) -> ContentsEntry {
        let text = || self.plain_text(&part.text);
        let (kind, number, title) = match part.kind {
            PartKind::Details => ("details", None, text()),
            PartKind::Step(number) => {
                let shown = self.shown_titles.get(&(page, part.id.as_str()));
                ("step", Some(number), shown.map_or_else(|| shorten(&text()), |title| (*title).to_owned()))
            }
        };
        ContentsEntry { kind, level: DEEPEST_HEADING, id: part.id.clone(), title, number, children: Vec::new() }
    }
}

/// Adds an entry below the last one of a higher level.
fn add(contents: &mut Vec<ContentsEntry>, entry: ContentsEntry) {
    match contents.last_mut().filter(|last| last.level < entry.level) {
        Some(parent) => parent.children.push(entry),
        None => contents.push(entry),
    }
}

/// The first clause of a text, and of a long one its first words.
fn shorten(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let clause = text.find([';', ':']).map_or(text.as_str(), |end| &text[..end]);
    let clause = clause.find(". ").map_or(clause, |end| &clause[..end]).trim_end_matches('.');
    if clause.chars().count() <= LONGEST_STEP {
        return clause.to_owned();
    }
    let end = clause.char_indices().nth(LONGEST_STEP).map_or(clause.len(), |(at, _)| at);
    let cut = clause[..end].rfind(' ').map_or(end, |space| space);
    format!("{}…", clause[..cut].trim_end_matches([',', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_a_step_to_its_first_clause() {
        for (text, expected) in [
            ("Clique em Close; depois feche.", "Clique em Close"),
            ("Confirme.", "Confirme"),
            ("Abra o painel. Veja a fila.", "Abra o painel"),
            (
                "Ao receber um novo chat, verifique na caixa Informação de Sessão os campos",
                "Ao receber um novo chat, verifique na caixa…",
            ),
            ("Após isso, a versão 1.2\n  do guia", "Após isso, a versão 1.2 do guia"),
        ] {
            assert_eq!(shorten(text), expected);
        }
    }
}
