//! An address in a page → what stands in its place in a file that lies anywhere.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use pulldown_cmark_escape::escape_html;

use super::{Files, Replacement};
use crate::config::BaseUrl;
use crate::html::{self, Attribute, Tag};
use crate::published::address::{Base, ResolvedUrl, resolve};

/// Pictures by their endings.
const PICTURES: [(&str, &str); 9] = [
    (".svg", "image/svg+xml"),
    (".png", "image/png"),
    (".jpg", "image/jpeg"),
    (".jpeg", "image/jpeg"),
    (".gif", "image/gif"),
    (".webp", "image/webp"),
    (".avif", "image/avif"),
    (".ico", "image/x-icon"),
    (".bmp", "image/bmp"),
];

/// What addresses of a page mean.
pub(super) struct Inside<'a> {
    pub(super) files: &'a Files<'a>,
    pub(super) base_url: &'a BaseUrl,
    /// The route of the page they stand in.
    pub(super) page: &'a str,
    /// The route of the page that the file is.
    pub(super) home: &'a str,
}

/// True where the site was given an address.
pub(super) fn has_own(base_url: &BaseUrl) -> bool {
    *base_url != BaseUrl::default()
}

impl Inside<'_> {
    /// The path of a file of the site.
    pub(super) fn path_of(&self, address: &str) -> Option<String> {
        match resolve(address, &Base::Internal(self.page.trim_start_matches('/').to_owned()), self.base_url) {
            ResolvedUrl::Internal { path, .. } => Some(path),
            _ => None,
        }
    }

    /// What changes in a tag.
    pub(super) fn replacements(&self, tag: &Tag) -> Vec<Replacement> {
        tag.attributes.iter().filter_map(|attribute| self.replacements_of(tag, attribute)).collect()
    }

    fn replacements_of(&self, tag: &Tag, attribute: &Attribute) -> Option<Replacement> {
        let value = attribute.value.as_str();
        let is_icon = tag.value_of("rel") == Some("icon");
        let put = match (tag.name.as_str(), attribute.name.as_str()) {
            ("img" | "input", "src") | ("video", "poster") => self.picture(value),
            ("link", "href") if is_icon => self.picture(value),
            ("img" | "source", "srcset") => Some(self.set(value)),
            ("a" | "area", "href") | ("video" | "audio" | "source" | "track" | "iframe", "src") => self.link(value),
            _ => return None,
        };
        Some((attribute.whole.clone(), put.map(|value| written(attribute, &value)).unwrap_or_default()))
    }

    /// Where a link leads; `None` where nothing is known to stand.
    fn link(&self, address: &str) -> Option<String> {
        let Some(path) = self.path_of(address) else { return Some(address.to_owned()) };
        let fragment = address.find('#').map_or("", |at| &address[at..]);
        if !self.home.is_empty() && path.trim_end_matches("index.html") == self.home.trim_start_matches('/') {
            return Some(if fragment.is_empty() { "#".to_owned() } else { fragment.to_owned() });
        }
        let absolute = self.base_url.join(path.trim_end_matches("index.html"));
        has_own(self.base_url).then(|| absolute + fragment)
    }

    /// A picture of the site, in the address itself; that of another site stays where it is.
    fn picture(&self, address: &str) -> Option<String> {
        let Some(path) = self.path_of(address) else { return Some(address.to_owned()) };
        let lower = path.to_ascii_lowercase();
        let kind = PICTURES.iter().find(|(ending, _)| lower.ends_with(ending)).map(|(_, kind)| *kind);
        kind.zip(self.files.bytes(&path)).map(|(kind, bytes)| format!("data:{kind};base64,{}", STANDARD.encode(bytes)))
    }

    fn set(&self, set: &str) -> String {
        let (mut text, mut at) = (String::new(), 0);
        for place in html::srcset_urls(set) {
            text.push_str(&set[at..place.start]);
            text.push_str(&self.picture(&set[place.clone()]).unwrap_or_default());
            at = place.end;
        }
        text + &set[at..]
    }
}

/// An attribute with another value.
fn written(attribute: &Attribute, value: &str) -> String {
    let mut text = format!("{}=\"", attribute.name);
    escape_html(&mut text, value).expect("a String takes any text");
    text.push('"');
    text
}
