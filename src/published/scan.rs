//! References and ids in a published HTML or CSS file, with their places.

use std::ops::Range;

use super::css;
use crate::html::{self, Attribute, HtmlToken, Tag, URL_ATTRIBUTES};

/// Attributes with a list of ids of the same page.
const ID_LISTS: [&str; 8] = [
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-errormessage",
    "aria-flowto",
    "aria-labelledby",
    "aria-owns",
    "headers",
];

/// Attributes with one id of the same page.
const IDS: [&str; 5] = ["aria-activedescendant", "for", "form", "list", "popovertarget"];

/// Names of `<meta>` elements whose content is a URL.
const META_URLS: [&str; 13] = [
    "og:url",
    "og:image",
    "og:image:url",
    "og:image:secure_url",
    "og:video",
    "og:video:url",
    "og:audio",
    "og:audio:url",
    "twitter:image",
    "twitter:image:src",
    "twitter:player",
    "msapplication-tileimage",
    "msapplication-config",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    Html,
    Css,
}

#[derive(Debug, Default)]
pub(super) struct Scanned {
    pub(super) references: Vec<Reference>,
    /// Ids of elements, in order.
    pub(super) ids: Vec<(String, Range<usize>)>,
    /// Other targets of fragments, and names of image maps.
    pub(super) names: Vec<String>,
    /// The `href` of its first `<base>`.
    pub(super) base: Option<String>,
    /// Attributes with an empty URL.
    pub(super) empty: Vec<(String, Range<usize>)>,
}

/// A URL, or an id of the same page.
#[derive(Debug)]
pub(super) struct Reference {
    pub(super) text: String,
    pub(super) place: Range<usize>,
    pub(super) kind: ReferenceKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReferenceKind {
    /// A page; its fragment is checked.
    Link,
    /// Another file; its fragment is not checked.
    File,
    /// An id in the attribute of this name. `<base>` has no effect on it.
    Id(&'static str),
    /// An image map, by its name.
    Map,
}

impl Syntax {
    /// By the extension of a path; `None` for files that are not scanned.
    pub(super) fn of(path: &str) -> Option<Self> {
        let ending = path.rsplit_once('.')?.1.to_ascii_lowercase();
        match ending.as_str() {
            "html" | "htm" | "xhtml" | "svg" => Some(Syntax::Html),
            "css" => Some(Syntax::Css),
            _ => None,
        }
    }
}

pub(super) fn scan(text: &str, syntax: Syntax) -> Scanned {
    let mut scanned = Scanned::default();
    match syntax {
        Syntax::Css => scanned.add_css(text, 0),
        Syntax::Html => scanned.add_html(text),
    }
    scanned
}

impl Scanned {
    fn add_html(&mut self, text: &str) {
        let (mut templates, mut is_style) = (0_usize, false);
        html::read(text, |piece| match piece {
            HtmlToken::StartTag(tag) if tag.name == "template" => templates += 1,
            HtmlToken::EndTag("template") => templates = templates.saturating_sub(1),
            // The contents of a template are not part of the page.
            _ if templates > 0 => {}
            HtmlToken::StartTag(tag) => {
                is_style = tag.name == "style";
                self.add_tag(tag);
            }
            HtmlToken::Text(range) if is_style => {
                self.add_css(text.get(range.clone()).unwrap_or_default(), range.start);
            }
            HtmlToken::Text(_) | HtmlToken::Comment(_) => {}
            HtmlToken::EndTag(_) => is_style = false,
        });
    }

    fn add_css(&mut self, css: &str, start: usize) {
        for (url, place) in css::find_urls(css) {
            self.add_from_css(url, place.start + start..place.end + start);
        }
    }

    /// A fragment without a path names an SVG element of the page, and is not checked.
    fn add_from_css(&mut self, url: String, place: Range<usize>) {
        if !url.starts_with('#') && !url.trim().is_empty() {
            self.references.push(Reference { text: url, place, kind: ReferenceKind::File });
        }
    }

    fn add_tag(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "base" => {
                self.base = self.base.take().or_else(|| tag.value_of("href").map(str::to_owned));
                return;
            }
            "meta" => return self.add_meta(tag),
            "a" | "map" => self.names.extend(tag.value_of("name").map(str::to_owned)),
            _ => {}
        }
        for attribute in &tag.attributes {
            self.add_attribute(tag, attribute);
        }
    }

    fn add_attribute(&mut self, tag: &Tag, attribute: &Attribute) {
        let (name, value, place) = (attribute.name.as_str(), attribute.value.as_str(), &attribute.place);
        if name == "id" && !value.is_empty() {
            self.ids.push((value.to_owned(), place.clone()));
        } else if URL_ATTRIBUTES.contains(&name) && is_url(tag, name) {
            self.add_url(tag, attribute);
        } else if matches!(name, "srcset" | "imagesrcset") {
            for candidate in html::srcset_urls(value) {
                self.push(&value[candidate], place, ReferenceKind::File);
            }
        } else if name == "ping" {
            value.split_ascii_whitespace().for_each(|address| self.push(address, place, ReferenceKind::File));
        } else if name == "usemap" {
            self.push(value.trim_start_matches('#'), place, ReferenceKind::Map);
        } else if name == "style" {
            for (url, _) in css::find_urls(value) {
                self.add_from_css(url, place.clone());
            }
        } else {
            self.add_ids(tag, attribute);
        }
    }

    fn add_url(&mut self, tag: &Tag, attribute: &Attribute) {
        let value = attribute.value.trim();
        // An empty `action` or `cite` means the page itself.
        let is_needed = !matches!(attribute.name.as_str(), "action" | "formaction" | "cite");
        if value.is_empty() {
            if is_needed {
                self.empty.push((attribute.name.clone(), attribute.place.clone()));
            }
            return;
        }
        let is_page = matches!(tag.name.as_str(), "a" | "area" | "use" | "iframe" | "form" | "blockquote" | "q");
        self.push(value, &attribute.place, if is_page { ReferenceKind::Link } else { ReferenceKind::File });
    }

    fn add_ids(&mut self, tag: &Tag, attribute: &Attribute) {
        let find = |names: &[&'static str]| names.iter().copied().find(|name| *name == attribute.name);
        // A script may create the element when it opens it.
        let is_later = attribute.name == "aria-controls" && tag.value_of("aria-expanded") == Some("false");
        if let Some(name) = find(&ID_LISTS).or_else(|| find(&["for"]).filter(|_| tag.name == "output")) {
            let ids = attribute.value.split_ascii_whitespace().filter(|_| !is_later);
            ids.for_each(|id| self.push(id, &attribute.place, ReferenceKind::Id(name)));
        } else if let Some(name) = find(&IDS).filter(|name| is_id(tag, name)) {
            self.push(&attribute.value, &attribute.place, ReferenceKind::Id(name));
        }
    }

    fn add_meta(&mut self, tag: &Tag) {
        let Some(content) = tag.find("content") else { return };
        let name = tag.value_of("property").or_else(|| tag.value_of("name")).unwrap_or_default().to_ascii_lowercase();
        if META_URLS.contains(&name.as_str()) && !content.value.trim().is_empty() {
            self.push(content.value.trim(), &content.place, ReferenceKind::File);
        } else if let Some(address) = html::refresh_address(tag) {
            self.push(address, &content.place, ReferenceKind::Link);
        }
    }

    fn push(&mut self, text: &str, place: &Range<usize>, kind: ReferenceKind) {
        self.references.push(Reference { text: text.to_owned(), place: place.clone(), kind });
    }
}

/// Excludes address templates for readers, hints to connect to a host, and attributes that are URLs on certain elements only.
fn is_url(tag: &Tag, name: &str) -> bool {
    if tag.find("data-template").is_some() {
        return false;
    }
    match (tag.name.as_str(), name) {
        (element, "data") => element == "object",
        (element, "icon") => matches!(element, "menuitem" | "command"),
        (element, "background") => matches!(element, "body" | "table" | "td" | "th"),
        (element, "manifest") => element == "html",
        ("link", "href") => {
            let relation = tag.value_of("rel").unwrap_or_default().to_ascii_lowercase();
            !relation.split_ascii_whitespace().any(|word| matches!(word, "preconnect" | "dns-prefetch"))
        }
        _ => true,
    }
}

/// `for`, `form` and `list` are ids on these elements only.
fn is_id(tag: &Tag, name: &str) -> bool {
    match name {
        "for" => tag.name == "label",
        "list" => tag.name == "input",
        "form" => {
            ["button", "fieldset", "input", "object", "output", "select", "textarea"].contains(&tag.name.as_str())
        }
        _ => true,
    }
}
