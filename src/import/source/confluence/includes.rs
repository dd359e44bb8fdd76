//! Excerpts and inclusions: a named part of a page, and `:::include` of it.

use super::macros::Macro;
use super::reader::{Piece, Reader, blocks_of, body_of, read_includes};
use crate::diagnostic::catalogue::import as texts;
use crate::import::names::anchor_id;
use crate::import::source::xml;
use crate::import::tree::{Block, Inline};

/// The id of an excerpt without a name.
const EXCERPT: &str = "resumo";

/// The id of an excerpt.
fn excerpt_id(name: Option<String>) -> String {
    name.map_or_else(|| EXCERPT.to_owned(), |name| format!("{EXCERPT}-{}", anchor_id(&name)))
}

impl Reader<'_> {
    /// An excerpt is shown in its place unless it is hidden.
    pub(super) fn read_excerpt(&mut self, found: &Macro<'_>) -> Vec<Piece> {
        let id = excerpt_id(found.find("name"));
        let body = body_of(found.element);
        if found.find("hidden").as_deref() == Some("true") {
            let text = xml::text_of(body).split_whitespace().collect::<Vec<_>>().join(" ");
            self.note("macro/hidden", texts::hidden_excerpt(text));
            return Vec::new();
        }
        let pieces = self.read_pieces(body);
        if pieces.iter().all(|piece| matches!(piece, Piece::Inline(_))) {
            return std::iter::once(Piece::Inline(Inline::Anchor(id))).chain(pieces).collect();
        }
        vec![Piece::Block(Block::Named { id, blocks: blocks_of(pieces) })]
    }

    /// A page, or an excerpt of one, shown here.
    pub(super) fn read_include(&mut self, found: &Macro<'_>) -> Vec<Piece> {
        let mut named = None;
        xml::visit(&found.element.children, &mut |element| {
            if matches!(element.name.as_str(), "ri:page" | "ri:blog-post" | "ri:content-entity") {
                named.get_or_insert_with(|| element.clone());
            }
        });
        let find = |key: &str| named.as_ref().and_then(|page| page.find(key)).map(str::to_owned);
        let title = find("ri:content-title").or_else(|| found.find("")).unwrap_or_default();
        let page = match find("ri:content-id") {
            Some(id) => self.library.find_id(&id),
            None => self.library.find_page(&title, find("ri:space-key").as_deref(), self.page),
        };
        let is_excerpt = found.name == "excerpt-include";
        let Some(page) = page else {
            self.note("include/missing", texts::missing_include(&title));
            let words = if is_excerpt { texts::gap_excerpt(&title) } else { texts::gap_include(&title) };
            return vec![Piece::Block(self.gap("inclusao", "include/missing", words))];
        };
        if self.is_for_ids {
            self.includes.extend((!is_excerpt).then_some(page));
            return Vec::new();
        }
        if is_excerpt { self.include_excerpt(page, found) } else { self.include_page(page) }
    }

    fn include_page(&mut self, page: usize) -> Vec<Piece> {
        let title = self.library.export.pages[page].shown_title(self.library.language);
        if page == self.page || self.is_included_by(page) {
            return vec![Piece::Block(self.gap("inclusao", "include/loop", texts::gap_include_loop(title)))];
        }
        vec![Piece::Block(Block::Include(self.library.address_of_page(self.page, page, None)))]
    }

    fn include_excerpt(&mut self, page: usize, found: &Macro<'_>) -> Vec<Piece> {
        let title = self.library.export.pages[page].shown_title(self.library.language);
        let id = excerpt_id(found.find("name"));
        let own = if page == self.page { None } else { self.library.ids_of(page).named.get(&id).cloned() };
        match own {
            Some(id) => {
                let address = self.library.address_of_page(self.page, page, Some(&id));
                vec![Piece::Block(Block::Include(address))]
            }
            None => vec![Piece::Block(self.gap("resumo", "include/no-excerpt", texts::gap_excerpt(title)))],
        }
    }

    /// True if a page includes this one, directly or through others.
    fn is_included_by(&self, page: usize) -> bool {
        let mut seen = vec![page];
        let mut pending = vec![page];
        while let Some(next) = pending.pop() {
            for included in read_includes(self.library, next) {
                if included == self.page {
                    return true;
                }
                if !seen.contains(&included) {
                    seen.push(included);
                    pending.push(included);
                }
            }
        }
        false
    }
}
