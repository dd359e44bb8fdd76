//! A published file → the addresses and ids in it, with their places.

use std::ops::Range;

use super::css;
use crate::html::{self, Attribute, Piece, Tag};

/// Attributes that hold one address, whatever their element (WHATWG HTML, "Attributes"; SVG 2, 16.1).
const ADDRESSES: [&str; 12] = [
    "href",
    "xlink:href",
    "src",
    "poster",
    "data",
    "action",
    "formaction",
    "cite",
    "longdesc",
    "manifest",
    "icon",
    "background",
];

/// Attributes that hold ids of the same page, with spaces between them.
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

/// Attributes that hold one id of the same page.
const IDS: [&str; 5] = ["aria-activedescendant", "for", "form", "list", "popovertarget"];

/// What `<meta>` calls an address.
const META: [&str; 13] = [
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

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Html,
    Css,
}

/// What stands in a file.
#[derive(Debug, Default)]
pub(super) struct Scanned {
    pub(super) references: Vec<Reference>,
    /// Ids of elements, in order.
    pub(super) ids: Vec<(String, Range<usize>)>,
    /// Other names that a fragment may lead to, and names of image maps.
    pub(super) names: Vec<String>,
    /// The `href` of its first `<base>`.
    pub(super) base: Option<String>,
    pub(super) empty: Vec<(String, Range<usize>)>,
}

/// One address, or id of the same page.
#[derive(Debug)]
pub(super) struct Reference {
    pub(super) text: String,
    pub(super) place: Range<usize>,
    pub(super) kind: Kind,
}

/// What a reference asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A place that one can go to: its fragment counts.
    Link,
    /// A file: what its fragment means is for its reader to know.
    File,
    /// Counted from the page, whatever its `<base>` says.
    Id(&'static str),
    /// An image map, by its name.
    Map,
}

impl Language {
    /// By the ending of a path; `None` where no address is looked for.
    pub(super) fn of(path: &str) -> Option<Self> {
        let ending = path.rsplit_once('.')?.1.to_ascii_lowercase();
        match ending.as_str() {
            "html" | "htm" | "xhtml" | "svg" => Some(Language::Html),
            "css" => Some(Language::Css),
            _ => None,
        }
    }
}

/// Reads a whole file.
pub(super) fn scan(text: &str, language: Language) -> Scanned {
    let mut scanned = Scanned::default();
    match language {
        Language::Css => scanned.add_css(text, 0),
        Language::Html => scanned.add_html(text),
    }
    scanned
}

impl Scanned {
    fn add_html(&mut self, text: &str) {
        let (mut templates, mut is_style) = (0_usize, false);
        html::read(text, |piece| match piece {
            Piece::Tag(tag) if tag.name == "template" => templates += 1,
            Piece::End("template") => templates = templates.saturating_sub(1),
            // What stands in a template is in no page before a script puts it there.
            _ if templates > 0 => {}
            Piece::Tag(tag) => {
                is_style = tag.name == "style";
                self.add_tag(tag);
            }
            Piece::Text(range) if is_style => self.add_css(text.get(range.clone()).unwrap_or_default(), range.start),
            Piece::Text(_) => {}
            Piece::End(_) => is_style = false,
        });
    }

    fn add_css(&mut self, css: &str, start: usize) {
        for (address, place) in css::addresses(css) {
            self.add_from_css(address, place.start + start..place.end + start);
        }
    }

    /// A fragment alone names a part of the page that is drawn with it.
    fn add_from_css(&mut self, address: String, place: Range<usize>) {
        if !address.starts_with('#') && !address.trim().is_empty() {
            self.references.push(Reference { text: address, place, kind: Kind::File });
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
        } else if ADDRESSES.contains(&name) && is_address(tag, name) {
            self.add_address(tag, attribute);
        } else if matches!(name, "srcset" | "imagesrcset") {
            for candidate in html::candidates(value) {
                self.push(&value[candidate], place, Kind::File);
            }
        } else if name == "ping" {
            value.split_ascii_whitespace().for_each(|address| self.push(address, place, Kind::File));
        } else if name == "usemap" {
            self.push(value.trim_start_matches('#'), place, Kind::Map);
        } else if name == "style" {
            for (address, _) in css::addresses(value) {
                self.add_from_css(address, place.clone());
            }
        } else {
            self.add_ids(tag, attribute);
        }
    }

    fn add_address(&mut self, tag: &Tag, attribute: &Attribute) {
        let value = attribute.value.trim();
        // An empty `action` or `cite` means the page itself.
        let is_needed = !matches!(attribute.name.as_str(), "action" | "formaction" | "cite");
        if value.is_empty() {
            if is_needed {
                self.empty.push((attribute.name.clone(), attribute.place.clone()));
            }
            return;
        }
        let is_place = matches!(tag.name.as_str(), "a" | "area" | "use" | "iframe" | "form" | "blockquote" | "q");
        self.push(value, &attribute.place, if is_place { Kind::Link } else { Kind::File });
    }

    fn add_ids(&mut self, tag: &Tag, attribute: &Attribute) {
        let find = |names: &[&'static str]| names.iter().copied().find(|name| *name == attribute.name);
        // A script makes what is not open yet.
        let is_later = attribute.name == "aria-controls" && tag.value_of("aria-expanded") == Some("false");
        if let Some(name) = find(&ID_LISTS).or_else(|| find(&["for"]).filter(|_| tag.name == "output")) {
            let ids = attribute.value.split_ascii_whitespace().filter(|_| !is_later);
            ids.for_each(|id| self.push(id, &attribute.place, Kind::Id(name)));
        } else if let Some(name) = find(&IDS).filter(|name| is_id(tag, name)) {
            self.push(&attribute.value, &attribute.place, Kind::Id(name));
        }
    }

    fn add_meta(&mut self, tag: &Tag) {
        let Some(content) = tag.find("content") else { return };
        let name = tag.value_of("property").or_else(|| tag.value_of("name")).unwrap_or_default().to_ascii_lowercase();
        if META.contains(&name.as_str()) && !content.value.trim().is_empty() {
            self.push(content.value.trim(), &content.place, Kind::File);
        } else if tag.value_of("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh"))
            && let Some(address) = refresh_address(&content.value)
        {
            self.push(address, &content.place, Kind::Link);
        }
    }

    fn push(&mut self, text: &str, place: &Range<usize>, kind: Kind) {
        self.references.push(Reference { text: text.to_owned(), place: place.clone(), kind });
    }
}

/// What a reader is yet to fill in leads nowhere, hints to connect to a host name no file, and `data` and `icon` are addresses of one element each.
fn is_address(tag: &Tag, name: &str) -> bool {
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

/// `5; url=a.html` (WHATWG HTML, "shared declarative refresh steps"); none where the page only loads itself again.
fn refresh_address(content: &str) -> Option<&str> {
    let rest = content.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
    let rest = rest.trim_start_matches([';', ',']).trim_start();
    let is_named = rest.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("url"));
    let after = if is_named { rest[3..].trim_start().strip_prefix('=').map(str::trim_start) } else { None };
    let address = after.unwrap_or(rest);
    let address = match address.chars().next() {
        Some(quote @ ('"' | '\'')) => address[1..].split(quote).next().unwrap_or_default(),
        _ => address,
    };
    Some(address.trim()).filter(|address| !address.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_where_a_refresh_leads() {
        for (content, address) in [
            ("0; url=a.html", Some("a.html")),
            ("5;URL='b c.html'", Some("b c.html")),
            ("3, url = \"c\"x", Some("c")),
            ("0;d.html", Some("d.html")),
            ("30", None),
            ("30;", None),
        ] {
            assert_eq!(refresh_address(content), address, "{content}");
        }
    }
}
