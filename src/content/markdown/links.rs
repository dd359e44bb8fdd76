//! Links and images, with their raw addresses in holes that `site` resolves.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::LinkType;
use pulldown_cmark_escape::escape_html;
use regex::Regex;

use super::foreign::{TAB_FORM, is_tab};
use super::open_parts::{OpenImage, OpenLink};
use super::writer::Writer;
use crate::content::body::{HoleKind, RawLink};
use crate::diagnostic::catalogue;
use crate::url::AddressUse;

/// Link texts that do not describe their target (WCAG 2.2, failure F84), in lower case.
const VAGUE: [&str; 24] = [
    "aqui",
    "clique",
    "clique aqui",
    "clicar aqui",
    "clicando aqui",
    "acesse aqui",
    "veja aqui",
    "confira aqui",
    "link",
    "este link",
    "neste link",
    "esse link",
    "nesse link",
    "saiba mais",
    "leia mais",
    "veja mais",
    "click",
    "click here",
    "here",
    "this link",
    "read more",
    "learn more",
    "see here",
    "see more",
];

static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"<[^>]*>").expect("the pattern is valid"));

/// Markup that names a link without text.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    let names = r#"(?i)\s(?:alt|aria-label|aria-labelledby|title)\s*=\s*["']?[^"'\s]|<svg"#;
    Regex::new(names).expect("the pattern is valid")
});

impl Writer<'_> {
    pub(super) fn open_link(&mut self, link_type: LinkType, address: &str, title: &str, range: Range<usize>) {
        let span = self.span(range.clone());
        if is_tab(address) {
            self.report_foreign(&TAB_FORM, span, &self.mask.original[range]);
            let (at, holes) = (self.body.html.len(), self.body.holes.len());
            return self.links.push(OpenLink { at, holes, is_address: false, is_text: true, span });
        }
        let mut link = self.raw_link(address, range);
        if link_type == LinkType::Email {
            link = RawLink::new(&format!("mailto:{}", link.written), link.span);
        }
        let text_of = matches!(link_type, LinkType::Autolink | LinkType::Email);
        self.html("<a");
        self.hole(HoleKind::Link(link));
        if !title.is_empty() {
            self.attribute("title", title);
        }
        self.html(">");
        let (at, holes) = (self.body.html.len(), self.body.holes.len());
        self.links.push(OpenLink { at, holes, is_address: text_of, is_text: false, span });
    }

    /// Opens the link of a bare address.
    pub(super) fn open_autolink(&mut self, prefix: &str, range: Range<usize>) {
        let address = &self.mask.original[range.clone()];
        let span = self.span(range.clone());
        let link = RawLink::new(&format!("{prefix}{address}"), span);
        self.html("<a");
        self.hole(HoleKind::Link(link));
        self.html(">");
        let (at, holes) = (self.body.html.len(), self.body.holes.len());
        self.links.push(OpenLink { at, holes, is_address: true, is_text: false, span });
    }

    pub(super) fn close_link(&mut self) {
        let Some(link) = self.links.pop() else { return };
        if link.is_text {
            return;
        }
        if !link.is_address {
            self.check_link_text(&link);
        }
        self.html("</a>");
    }

    /// Reports a link text that is empty or vague. Screen readers list links without their context.
    fn check_link_text(&mut self, link: &OpenLink) {
        let html = &self.body.html[link.at..];
        let has_value = self.body.holes[link.holes..]
            .iter()
            .any(|hole| matches!(hole.kind, HoleKind::Placeholder(_) | HoleKind::Label(_) | HoleKind::Code { .. }));
        let text = TAG.replace_all(html, "");
        let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation() || "“”→»…".contains(c));
        if text.is_empty() && !has_value && !NAMED.is_match(html) && TAG.replace_all(html, "").trim().is_empty() {
            self.diagnostics.push(catalogue::link::empty_text(link.span));
        } else if !has_value && !html.contains("<code>") && VAGUE.contains(&text.to_lowercase().as_str()) {
            self.diagnostics.push(catalogue::link::vague_text(link.span, text));
        }
    }

    pub(super) fn open_image(&mut self, address: &str, title: &str, range: Range<usize>) {
        let span = self.span(range.clone());
        let link = self.raw_link(address, range).used_as(AddressUse::Image);
        let plain = self.plain.take();
        self.open_aside();
        self.images.push(OpenImage { link, title: title.to_owned(), plain, span });
    }

    pub(super) fn close_image(&mut self) {
        let (_, description) = self.take_aside();
        let Some(image) = self.images.pop() else { return };
        self.plain = image.plain;
        self.write_plain_only(&description);
        if description.trim().is_empty() {
            self.diagnostics.push(catalogue::page::missing_alt(image.span));
        }
        self.html("<img");
        self.hole(HoleKind::Image(image.link));
        self.attribute("alt", &description);
        if !image.title.is_empty() {
            self.attribute("title", &image.title);
        }
        self.html(" loading=\"lazy\">");
    }

    /// Writes ` id="…"`, which a transclusion leaves out.
    pub(super) fn write_id(&mut self, id: &str) {
        let mut attribute = String::from(" id=\"");
        escape_html(&mut attribute, id).expect("a String takes any text");
        attribute.push('"');
        self.hole(HoleKind::Id(attribute));
    }
}
