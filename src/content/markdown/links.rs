//! Links and images. Their addresses stay raw: what comes in the hole is decided when the site is known.

use std::ops::Range;

use pulldown_cmark::LinkType;
use pulldown_cmark_escape::escape_html;

use super::writer::Writer;
use crate::content::body::{HoleKind, RawLink};
use crate::diagnostic::catalogue;

/// Schemes that run a script or carry a document of their own.
const ACTIVE_SCHEMES: [&str; 3] = ["javascript:", "vbscript:", "data:text/html"];

/// An image whose description is being read.
pub(super) struct OpenImage {
    link: RawLink,
    title: String,
    /// Text read before it, when it stands inside a heading.
    plain: Option<String>,
}

impl Writer<'_> {
    pub(super) fn open_link(&mut self, link_type: LinkType, address: &str, title: &str, range: Range<usize>) {
        let mut link = self.raw_link(address, range);
        if link_type == LinkType::Email {
            link.written = format!("mailto:{}", link.written);
            link.text = crate::content::template::Template::parse(&link.written);
        }
        self.html("<a");
        if self.is_safe(&link) {
            self.hole(HoleKind::Link(link));
        }
        if !title.is_empty() {
            self.attribute("title", title);
        }
        self.html(">");
    }

    pub(super) fn open_image(&mut self, address: &str, title: &str, range: Range<usize>) {
        let link = self.raw_link(address, range);
        let plain = self.plain.take();
        self.open_aside();
        self.images.push(OpenImage { link, title: title.to_owned(), plain });
    }

    pub(super) fn close_image(&mut self) {
        let (_, description) = self.take_aside();
        let Some(image) = self.images.pop() else { return };
        self.plain = image.plain;
        self.write_plain_only(&description);
        self.html("<img");
        if self.is_safe(&image.link) {
            self.hole(HoleKind::Image(image.link));
        }
        self.attribute("alt", &description);
        if !image.title.is_empty() {
            self.attribute("title", &image.title);
        }
        self.html(" loading=\"lazy\">");
    }

    /// Refuses an address that would run a script.
    fn is_safe(&mut self, link: &RawLink) -> bool {
        let compact: String = link.written.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let lower = compact.to_ascii_lowercase();
        let is_active = ACTIVE_SCHEMES.iter().any(|scheme| lower.starts_with(scheme));
        if is_active {
            self.diagnostics.push(catalogue::link::unsafe_url(link.span, &link.written));
        }
        !is_active
    }

    /// Writes ` id="…"`, which a transclusion leaves out.
    pub(super) fn write_id(&mut self, id: &str) {
        let mut attribute = String::from(" id=\"");
        escape_html(&mut attribute, id).expect("a String takes any text");
        attribute.push('"');
        self.hole(HoleKind::Id(attribute));
    }
}
