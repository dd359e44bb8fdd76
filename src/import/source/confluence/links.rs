//! Links, images and mentions: a page or a file of the import, an address, or a text with a note.

use super::addresses::{Named, read_address};
use super::blocks::wrap_with;
use super::library::AnchorLink;
use super::reader::{Piece, Reader, split};
use crate::diagnostic::catalogue::import as texts;
use crate::import::names::anchor_id;
use crate::import::source::xml::Element;
use crate::import::tree::{Inline, Style, plain};
use crate::url::{AddressUse, Parts, decode, find_host_fault, find_refusal, is_absolute, scheme_of};

/// Endings of files that browsers run.
const ACTIVE: [&str; 5] = ["html", "htm", "xhtml", "xml", "js"];

/// What a link of the source leads to.
struct LinkTarget {
    /// `None` if the link becomes text.
    address: Option<String>,
    /// Its text where the link has none of its own.
    text: String,
}

impl Reader<'_> {
    /// Reads `ac:link`.
    pub(super) fn read_link(&mut self, element: &Element) -> Vec<Piece> {
        let body = element.child("ac:link-body").or_else(|| element.child("ac:plain-text-link-body"));
        let pieces = body.map(|body| self.read_pieces(&body.children)).unwrap_or_default();
        let target = self.resolve_link(element);
        let has_text = pieces.iter().any(|piece| match piece {
            Piece::Inline(Inline::Text(text)) => !text.trim().is_empty(),
            Piece::Inline(_) | Piece::Block(_) => true,
        });
        let pieces = if has_text { pieces } else { vec![Piece::Inline(Inline::Text(target.text))] };
        match target.address {
            Some(address) => wrap_with(pieces, &|text| Inline::Link { address: address.clone(), text }),
            None => pieces,
        }
    }

    fn resolve_link(&mut self, element: &Element) -> LinkTarget {
        let anchor = element.find("ac:anchor").filter(|anchor| !anchor.is_empty());
        let Some(resource) = element.elements().find(|child| child.name.starts_with("ri:")) else {
            let text = anchor.unwrap_or_default().to_owned();
            let address = anchor.and_then(|anchor| self.resolve_anchor(self.page, anchor));
            return LinkTarget { address, text };
        };
        let find = |name: &str| resource.find(name).unwrap_or_default();
        match resource.name.as_str() {
            "ri:page" | "ri:blog-post" if find("ri:content-title").is_empty() => {
                let address = anchor.and_then(|anchor| self.resolve_anchor(self.page, anchor));
                LinkTarget { address, text: anchor.unwrap_or_default().to_owned() }
            }
            "ri:page" | "ri:blog-post" => {
                let (title, space) = (find("ri:content-title").to_owned(), resource.find("ri:space-key"));
                let address = match self.library.find_page(&title, space, self.page) {
                    Some(page) => self.link_to_page(page, anchor),
                    None => self.link_outside(&title, space),
                };
                LinkTarget { address, text: title }
            }
            "ri:content-entity" => {
                let id = find("ri:content-id");
                self.link_by_id(id, anchor)
            }
            "ri:attachment" => {
                let name = find("ri:filename").to_owned();
                let address = self.link_to_file(&name, resource);
                LinkTarget { address, text: name }
            }
            "ri:user" => LinkTarget { address: None, text: self.user_name(resource) },
            "ri:space" => {
                let key = find("ri:space-key").to_owned();
                let home = self.library.export.spaces.iter().find(|space| space.key == key);
                let home = home.and_then(|space| space.home.clone()).and_then(|id| self.library.find_id(&id));
                let address = match home {
                    Some(page) => self.link_to_page(page, None),
                    None => self.link_outside(&key, None),
                };
                LinkTarget { address, text: key }
            }
            "ri:url" => {
                let address = find("ri:value").to_owned();
                LinkTarget { text: address.clone(), address: self.check_address(&address) }
            }
            _ => {
                let text = [find("ri:parameter"), find("ri:key")].into_iter().find(|text| !text.is_empty());
                let text = text.unwrap_or_default().to_owned();
                LinkTarget { address: self.link_outside(&text, None), text }
            }
        }
    }

    fn link_by_id(&mut self, id: &str, anchor: Option<&str>) -> LinkTarget {
        match self.library.find_id(id) {
            Some(page) => {
                let text = self.library.export.pages[page].shown_title(self.library.language);
                LinkTarget { address: self.link_to_page(page, anchor), text }
            }
            None => LinkTarget { address: self.link_outside(id, None), text: id.to_owned() },
        }
    }

    /// A page outside the import: its old address if that is known.
    fn link_outside(&mut self, title: &str, space: Option<&str>) -> Option<String> {
        let address = self.library.old_address(title, space, self.page);
        match &address {
            Some(_) => self.note("link/outside", texts::outside_kept(title)),
            None => self.note("link/outside", texts::outside_link(title)),
        }
        address
    }

    /// The address of a page of the import. A draft is not published, so nothing links to it.
    pub(super) fn link_to_page(&mut self, page: usize, anchor: Option<&str>) -> Option<String> {
        if self.is_for_ids {
            return None;
        }
        let target = &self.library.export.pages[page];
        if target.is_draft && page != self.page {
            let title = target.shown_title(self.library.language);
            self.note("link/draft", texts::draft_link(title));
            return None;
        }
        match anchor {
            Some(anchor) => self.resolve_anchor(page, anchor),
            None => Some(self.library.address_of_page(self.page, page, None)),
        }
    }

    fn resolve_anchor(&mut self, page: usize, anchor: &str) -> Option<String> {
        if self.is_for_ids {
            return None;
        }
        match self.library.find_anchor(page, anchor) {
            AnchorLink::Found(id) => Some(self.library.address_of_page(self.page, page, Some(&id))),
            AnchorLink::Missing if page == self.page => {
                self.note("link/unknown-anchor", texts::unknown_own_anchor(anchor));
                None
            }
            AnchorLink::Missing => {
                self.note("link/unknown-anchor", texts::unknown_anchor(anchor));
                Some(self.library.address_of_page(self.page, page, None))
            }
        }
    }

    /// The address of an attachment, which may be of another page.
    fn link_to_file(&mut self, name: &str, resource: &Element) -> Option<String> {
        let address = self.find_file(name, resource);
        if address.is_none() {
            self.note("attachment/not-imported", texts::missing_file(name));
        }
        address
    }

    fn find_file(&mut self, name: &str, resource: &Element) -> Option<String> {
        let other = resource.child("ri:page").or_else(|| resource.child("ri:content-entity"));
        let page = match other {
            None => Some(self.page),
            Some(other) => other.find("ri:content-id").map_or_else(
                || {
                    let title = other.find("ri:content-title").unwrap_or_default();
                    self.library.find_page(title, other.find("ri:space-key"), self.page)
                },
                |id| self.library.find_id(id),
            ),
        };
        self.file_address(page?, name)
    }

    /// The address of a file of a page, which is copied.
    pub(super) fn file_address(&mut self, page: usize, name: &str) -> Option<String> {
        let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        if ACTIVE.contains(&ending.as_str()) {
            self.note("attachment/active", texts::active_file(name));
            return None;
        }
        let file = self.library.use_file(page, name)?;
        Some(self.library.address_of_file(self.page, file))
    }

    pub(super) fn user_name(&mut self, resource: &Element) -> String {
        let keys = ["ri:userkey", "ri:account-id", "ri:username"].map(|key| resource.find(key));
        let keys: Vec<&str> = keys.into_iter().flatten().collect();
        if let Some(name) = keys.iter().find_map(|key| self.library.export.users.get(*key)) {
            return format!("@{name}");
        }
        self.note("user/unknown", texts::unknown_user());
        self.say(texts::user())
    }

    /// Reads `<a href>`.
    pub(super) fn read_anchor(&mut self, element: &Element) -> Vec<Piece> {
        self.links += 1;
        let pieces = self.read_pieces(&element.children);
        self.links -= 1;
        let anchor = element.find("id").or_else(|| element.find("name")).map(anchor_id);
        let anchor = anchor.filter(|_| element.find("href").is_none());
        let Some(href) = element.find("href").map(str::trim).filter(|href| !href.is_empty()) else {
            return anchor.map(|id| Piece::Inline(Inline::Anchor(id))).into_iter().chain(pieces).collect();
        };
        let Some(address) = self.resolve_href(href) else { return pieces };
        let has_text = pieces.iter().any(|piece| match piece {
            Piece::Inline(inline) => !plain(std::slice::from_ref(inline)).trim().is_empty(),
            Piece::Block(_) => true,
        });
        if !has_text {
            let is_image = pieces.iter().any(|piece| matches!(piece, Piece::Inline(Inline::Image { .. })));
            if !is_image {
                return pieces;
            }
        }
        wrap_with(pieces, &|text| Inline::Link { address: address.clone(), text })
    }

    /// The address of a link of HTML.
    pub(super) fn resolve_href(&mut self, href: &str) -> Option<String> {
        if let Some(anchor) = href.strip_prefix('#') {
            return self.resolve_anchor(self.page, &decode(anchor));
        }
        let anchor = Parts::of(href).anchor();
        match read_address(href) {
            Some(Named::Id(id)) => {
                if let Some(page) = self.library.find_id(&id) {
                    return self.link_to_page(page, anchor.as_deref());
                }
            }
            Some(Named::Title { space, title }) => {
                let is_own = self.library.export.spaces.iter().any(|own| own.key == space);
                let page = self.library.find_page(&title, Some(&space), self.page).filter(|_| is_own);
                if let Some(page) = page {
                    return self.link_to_page(page, anchor.as_deref());
                }
            }
            Some(Named::File { page, name }) => {
                if let Some(address) = self.library.find_id(&page).and_then(|page| self.file_address(page, &name)) {
                    return Some(address);
                }
            }
            None => {}
        }
        self.check_address(href)
    }

    /// An address that a site may have. One of the old server without its host has no meaning elsewhere.
    pub(super) fn check_address(&mut self, address: &str) -> Option<String> {
        let none: [&str; 0] = [];
        let is_web = matches!(scheme_of(address).as_deref(), Some("http" | "https"));
        let is_refused = find_refusal(address, AddressUse::Open, &none).is_some()
            || is_web && find_host_fault(address).is_some()
            || scheme_of(address).as_deref() == Some("mailto") && !address.contains('@');
        if is_refused {
            self.note("link/refused", texts::refused_address(address));
            return None;
        }
        if !is_absolute(address) {
            self.note("link/server", texts::server_link(address));
            return None;
        }
        if self.library.is_on_server(address) {
            self.note("link/outside", texts::outside_kept(address));
        }
        Some(address.to_owned())
    }

    /// Reads `ac:image`.
    pub(super) fn read_image(&mut self, element: &Element) -> Vec<Piece> {
        let caption = element.child("ac:caption").map(|caption| {
            let (inlines, blocks) = split(self.read_pieces(&caption.children));
            inlines.into_iter().chain(blocks.into_iter().flat_map(inlines_of_block)).collect::<Vec<_>>()
        });
        let find = |name: &str| element.find(name).filter(|text| !text.trim().is_empty()).map(str::to_owned);
        let shown = caption.as_ref().map(|caption| plain(caption)).filter(|caption| !caption.trim().is_empty());
        let alt = find("ac:alt").or(shown).or_else(|| find("ac:title"));
        let is_thumbnail = element.find("ac:thumbnail") == Some("true");
        let mut pieces = match element.elements().find(|child| child.name.starts_with("ri:")) {
            Some(resource) if resource.name == "ri:attachment" => {
                let name = resource.find("ri:filename").unwrap_or_default().to_owned();
                let address = self.find_file(&name, resource);
                self.show_image(address, &name, alt, is_thumbnail)
            }
            Some(resource) => {
                let address = resource.find("ri:value").unwrap_or_default().to_owned();
                self.show_address(&address, alt, is_thumbnail)
            }
            None => Vec::new(),
        };
        if let Some(caption) = caption.filter(|caption| !plain(caption).trim().is_empty()) {
            pieces.push(Piece::Inline(Inline::Break));
            pieces.push(Piece::Inline(Inline::Styled(Style::Emphasis, caption)));
        }
        pieces
    }

    /// An image of the import, or a caution in its place.
    pub(super) fn show_image(
        &mut self,
        address: Option<String>,
        name: &str,
        alt: Option<String>,
        is_thumbnail: bool,
    ) -> Vec<Piece> {
        let Some(address) = address else {
            let words = texts::gap_image(name);
            let alt = alt.filter(|alt| alt != name);
            let mut text = vec![Inline::Text(self.say(words.clone()))];
            text.extend(alt.map(|alt| Inline::Text(format!(" {alt}"))));
            let gap =
                self.gap_with("imagem", "image/missing", words, vec![crate::import::tree::Block::Paragraph(text)]);
            return vec![Piece::Block(gap)];
        };
        let alt = alt.unwrap_or_else(|| {
            self.note("image/no-alt", texts::no_alt(name));
            name.to_owned()
        });
        let image = Inline::Image { address: address.clone(), alt };
        vec![Piece::Inline(if is_thumbnail { Inline::Link { address, text: vec![image] } } else { image })]
    }

    /// An image of another site, which is not requested.
    fn show_address(&mut self, address: &str, alt: Option<String>, is_thumbnail: bool) -> Vec<Piece> {
        if let Some(Named::File { page, name }) = read_address(address)
            && let Some(own) = self.library.find_id(&page).and_then(|page| self.file_address(page, &name))
        {
            return self.show_image(Some(own), &name, alt, is_thumbnail);
        }
        let name = Parts::of(address).path.rsplit('/').next().map(decode).unwrap_or_default();
        let allowed = self.check_address(address);
        if allowed.is_some() {
            self.note("image/elsewhere", texts::image_elsewhere(address));
        }
        self.show_image(allowed, &name, alt, is_thumbnail)
    }

    /// Reads `<img>`, which an `html` macro can have.
    pub(super) fn read_plain_image(&mut self, element: &Element) -> Vec<Piece> {
        let find = |name: &str| element.find(name).filter(|text| !text.trim().is_empty()).map(str::to_owned);
        match find("src") {
            Some(address) => self.show_address(&address, find("alt").or_else(|| find("title")), false),
            None => Vec::new(),
        }
    }
}

/// The inlines of a paragraph.
fn inlines_of_block(block: crate::import::tree::Block) -> Vec<Inline> {
    match block {
        crate::import::tree::Block::Paragraph(inlines) => [inlines, vec![Inline::text(" ")]].concat(),
        _ => Vec::new(),
    }
}
