//! Addresses as they stand in a page: relative, so that a site works under any path and from any static host.

use std::fmt::Write;

use crate::site::link::Target;
use crate::site::{Entry, Site};

/// Addresses as seen from one page.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Addresses<'a> {
    /// From the page of a route, which begins and ends with `/`.
    From(&'a str),
    /// Below the base path: for a page that stands at any address.
    Below(&'a str),
}

impl Addresses<'_> {
    /// The address of a route (`/a/`) or of an output path (`a/b.css`).
    pub(crate) fn of(self, place: &str) -> String {
        let place = place.trim_start_matches('/');
        match self {
            Addresses::From(route) => encode(&relative(route.trim_start_matches('/'), place)),
            Addresses::Below(base) => encode(&format!("{base}{place}")),
        }
    }

    /// The address of a page or flow, and of an anchor of it.
    pub(super) fn of_entry(self, site: &Site, entry: Entry, anchor: Option<&str>) -> String {
        let route = site.route_of(entry);
        let anchor = anchor.map(|anchor| format!("#{}", encode_anchor(anchor))).unwrap_or_default();
        match self {
            Addresses::From(here) if here == route && !anchor.is_empty() => anchor,
            _ => self.of(route) + &anchor,
        }
    }

    /// The address of what a link leads to; `None` for one that was reported, or that another site owns.
    pub(super) fn of_target(self, site: &Site, target: &Target) -> Option<String> {
        match target {
            Target::Entry { entry, anchor, directive } => {
                let address = self.of_entry(site, *entry, anchor.as_deref());
                let hash = if anchor.is_none() { "#" } else { "" };
                let directive = directive.as_ref().map(|directive| format!("{hash}:~:{directive}"));
                Some(address + &directive.unwrap_or_default())
            }
            Target::Asset { path, suffix } => Some(self.of(path) + suffix),
            Target::External(_) | Target::Text(_) | Target::Broken => None,
        }
    }
}

/// From the folder `from` (empty, or ending with `/`) to `to`, both below the base.
fn relative(from: &str, to: &str) -> String {
    let shared = from.bytes().zip(to.bytes()).take_while(|(one, other)| one == other).count();
    let shared = from[..floor(from, shared)].rfind('/').map_or(0, |slash| slash + 1);
    let up = from[shared..].matches('/').count();
    let rest = &to[shared..];
    match (up, rest) {
        (0, "") => "./".to_owned(),
        _ => "../".repeat(up) + rest,
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Escapes what would end a path or a quoted attribute. Letters with accents stay: browsers encode them.
fn encode(path: &str) -> String {
    let escape = |c: char| matches!(c, ' ' | '"' | '<' | '>' | '`' | '?' | '#' | '%' | '\\' | '&' | '\'');
    encode_where(path, escape)
}

fn encode_anchor(anchor: &str) -> String {
    encode_where(anchor, |c| matches!(c, ' ' | '"' | '<' | '>' | '`' | '%' | '&' | '\''))
}

fn encode_where(text: &str, is_escaped: impl Fn(char) -> bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for c in text.chars() {
        if is_escaped(c) || c.is_control() {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                write!(encoded, "%{byte:02X}").expect("a String takes any text");
            }
        } else {
            encoded.push(c);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_from_one_folder_to_another() {
        for (from, to, expected) in [
            ("/", "/a/", "a/"),
            ("/a/b/", "/a/", "../"),
            ("/a/b/", "/a/c/", "../c/"),
            ("/a/", "/", "../"),
            ("/a/", "/a/", "./"),
            ("/ab/", "/ac/", "../ac/"),
            ("/a/", "a/b.png", "b.png"),
            ("/", "/", "./"),
            ("/ação/x/", "/ações/", "../../ações/"),
        ] {
            assert_eq!(Addresses::From(from).of(to), expected, "{from} → {to}");
        }
        assert_eq!(Addresses::Below("/docs/").of("/a b/"), "/docs/a%20b/");
    }
}
