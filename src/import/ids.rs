//! Ids of a page: each once, in the order in which the parser reads them.
//!
//! In: a tree in its normal form, with the ids that the source asks for. Out: the tree with the ids that the page has, and
//! what became of each. Entry point: [`assign_ids`].

use std::collections::{HashMap, HashSet};

use super::names::{cut, slug_of};
use super::tree::{Block, DirectiveKind, Inline, plain};
use crate::content::slug::Slugger;

/// The ids of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids {
    /// The text and the id of each heading.
    pub(crate) headings: Vec<(String, String)>,
    /// The id of each id that the source asks for; the first of equal ones.
    pub(crate) named: HashMap<String, String>,
    /// Ids that got a number.
    pub(crate) numbered: Vec<String>,
    used: HashSet<String>,
    slugger: Slugger,
}

/// Gives each place its id. Collapsible sections get one of their title.
pub(crate) fn assign_ids(blocks: &mut [Block]) -> Ids {
    let mut ids = Ids::default();
    ids.assign(blocks);
    ids
}

impl Ids {
    fn assign(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            self.assign_block(block);
        }
    }

    fn assign_block(&mut self, block: &mut Block) {
        match block {
            Block::Paragraph(inlines) => self.assign_inlines(inlines),
            Block::Heading { id, text, .. } => {
                let shown = plain(text);
                let own = match id {
                    Some(id) => {
                        *id = self.take(id);
                        id.clone()
                    }
                    None => self.slugger.slug(&shown),
                };
                self.used.insert(own.clone());
                self.headings.push((shown, own));
            }
            Block::List(list) => {
                for item in &mut list.items {
                    item.id = item.id.take().map(|id| self.take(&id));
                    self.assign(&mut item.blocks);
                }
            }
            Block::Named { id, blocks } => {
                *id = self.take_named(id);
                self.assign(blocks);
            }
            Block::Quote(blocks) => self.assign(blocks),
            Block::Table(table) => {
                table.head.iter_mut().chain(table.rows.iter_mut().flatten()).for_each(|cell| self.assign_inlines(cell));
            }
            Block::Directive(directive) => {
                if directive.kind == DirectiveKind::Details && directive.id.is_none() {
                    let slug = slug_of(&plain(&directive.title));
                    directive.id = Some(if slug.is_empty() { "detalhes".to_owned() } else { cut(&slug).to_owned() });
                }
                directive.id = directive.id.take().map(|id| self.take(&id));
                self.assign(&mut directive.blocks);
            }
            Block::Code { .. } | Block::Rule | Block::Include(_) => {}
        }
    }

    fn assign_inlines(&mut self, inlines: &mut [Inline]) {
        for inline in inlines {
            match inline {
                Inline::Anchor(id) => *id = self.take_named(id),
                Inline::Styled(_, inner) | Inline::Link { text: inner, .. } => self.assign_inlines(inner),
                _ => {}
            }
        }
    }

    /// Takes an id that links of the source can name.
    fn take_named(&mut self, wanted: &str) -> String {
        let id = self.take(wanted);
        if id != wanted {
            self.numbered.push(wanted.to_owned());
        }
        id
    }

    /// The free id that is most like the wanted one.
    fn take(&mut self, wanted: &str) -> String {
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let mut candidates = std::iter::once(wanted.to_owned()).chain(numbered);
        let id = candidates.find(|id| !self.used.contains(id)).expect("one of endless numbers is free");
        self.used.insert(id.clone());
        self.slugger.reserve(&id);
        self.named.entry(wanted.to_owned()).or_insert_with(|| id.clone());
        id
    }
}
