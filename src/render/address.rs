//! Relative addresses in pages, so that a site works below any path and on any static host.

use crate::site::target::Target;
use crate::site::{Entry, Site};
use crate::url::{encode_fragment, encode_readable_path, relative_path};

#[derive(Clone, Copy, Debug)]
pub(crate) enum Addresses<'a> {
    /// Relative to the page of a route, which begins and ends with `/`.
    From(&'a str),
    /// Below a base path, for a page without a fixed address such as `404.html`.
    Below(&'a str),
}

/// The address of a route below the base of the site, percent-encoded: begins with `/`.
pub(super) fn address_of(route: &str) -> String {
    Addresses::Below("/").of(route)
}

impl Addresses<'_> {
    /// The address of a route (`/a/`) or of an output path (`a/b.css`).
    pub(crate) fn of(self, place: &str) -> String {
        let place = place.trim_start_matches('/');
        match self {
            Addresses::From(route) => encode_readable_path(&relative_path(route.trim_start_matches('/'), place)),
            Addresses::Below(base) => encode_readable_path(&format!("{base}{place}")),
        }
    }

    /// The address of a page or flow, with an anchor.
    pub(super) fn of_entry(self, site: &Site, entry: Entry, anchor: Option<&str>) -> String {
        let route = site.route_of(entry);
        let anchor = anchor.map(|anchor| format!("#{}", encode_fragment(anchor))).unwrap_or_default();
        if !site.is_published(entry) {
            // A part has no address: its anchors are in the page that includes it.
            return anchor;
        }
        match self {
            Addresses::From(here) if here == route && !anchor.is_empty() => anchor,
            _ => self.of(route) + &anchor,
        }
    }

    /// The address of a target in this site; `None` for other sites and broken links.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_relative_addresses() {
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
