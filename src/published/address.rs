//! An address in a page → what it means below the site's own address (RFC 3986, 5.2).

use std::borrow::Cow;

use crate::config::BaseUrl;
use crate::url::contact::is_invalid_contact;
use crate::url::{Parts, decode, find_scheme, folder_of, resolve_path};

/// What an address means.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A path below the site, decoded, and the fragment, decoded.
    Inside { path: String, fragment: Option<String> },
    /// Another site, another program: nothing is known of it.
    Elsewhere,
    /// It climbs above the folder that is published.
    Outside,
    /// No browser can follow it.
    Invalid,
}

/// Where relative addresses of a page count from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// A path below the site: that of the page itself, or of its `<base>`.
    Inside(String),
    /// A `<base>` of another site.
    Elsewhere,
}

/// What an address means in a page.
pub(crate) fn read(address: &str, start: &Start, base_url: &BaseUrl) -> Meaning {
    let is_dropped = |c: char| matches!(c, '\t' | '\n' | '\r');
    let address = match address.trim() {
        address if address.contains(is_dropped) => Cow::Owned(address.replace(is_dropped, "")),
        address => Cow::Borrowed(address),
    };
    if is_invalid_contact(&address) {
        return Meaning::Invalid;
    }
    let parts = Parts::of(&address);
    let (path, fragment) = (parts.path, parts.anchor());
    match find_scheme(path) {
        Some(scheme) if !["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)) => Meaning::Elsewhere,
        Some(scheme) => match path[scheme.len() + 1..].strip_prefix("//") {
            Some(rest) if has_host(rest) => of_host(rest, fragment, base_url),
            _ => Meaning::Invalid,
        },
        None => match (path.strip_prefix("//"), start) {
            (Some(rest), _) => of_host(rest, fragment, base_url),
            (None, Start::Inside(start)) => below(path, start, fragment, base_url),
            (None, Start::Elsewhere) => Meaning::Elsewhere,
        },
    }
}

fn has_host(rest: &str) -> bool {
    let host = rest.split(['/', '\\']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    host.starts_with(|first: char| first.is_alphanumeric() || matches!(first, '[' | '_' | '%')) && !host.contains(' ')
}

/// An absolute address may be one of the site itself.
fn of_host(rest: &str, fragment: Option<String>, base_url: &BaseUrl) -> Meaning {
    let (host, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
    let own = base_url.origin.split_once("://").map_or("", |(_, host)| host);
    if !host.eq_ignore_ascii_case(own) {
        return Meaning::Elsewhere;
    }
    let path = if path.is_empty() { "/" } else { path };
    match path.strip_prefix(&base_url.path) {
        Some(path) => join("", path, fragment),
        None if format!("{path}/") == base_url.path => join("", "", fragment),
        None => Meaning::Elsewhere,
    }
}

fn below(path: &str, start: &str, fragment: Option<String>, base_url: &BaseUrl) -> Meaning {
    if let Some(absolute) = path.strip_prefix('/') {
        return match path.strip_prefix(&base_url.path) {
            Some(path) => join("", path, fragment),
            None if format!("/{absolute}/") == base_url.path => join("", "", fragment),
            // Beside the site on its host there may be other things.
            None => Meaning::Elsewhere,
        };
    }
    if path.is_empty() {
        return Meaning::Inside { path: start.to_owned(), fragment };
    }
    join(folder_of(start), path, fragment)
}

/// Resolves a path as browsers do, which read `\` as `/`.
fn join(folder: &str, path: &str, fragment: Option<String>) -> Meaning {
    match resolve_path(folder, &decode(path).replace('\\', "/")) {
        Some(path) => Meaning::Inside { path, fragment },
        None => Meaning::Outside,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_from(address: &str, start: &str) -> String {
        let base_url = BaseUrl::parse("https://exemplo.org/docs/").unwrap();
        match read(address, &Start::Inside(start.to_owned()), &base_url) {
            Meaning::Inside { path, fragment: None } => path,
            Meaning::Inside { path, fragment: Some(fragment) } => format!("{path}#{fragment}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn joins_addresses_as_browsers_do() {
        for (address, meaning) in [
            ("c.html", "a/c.html"),
            ("../c/", "c/"),
            ("./", "a/"),
            ("..", ""),
            (".", "a/"),
            ("#x%C3%A9", "a/b.html#xé"),
            ("?q=1#y", "a/b.html#y"),
            ("", "a/b.html"),
            ("/docs/c//d.png", "c/d.png"),
            ("/docs", ""),
            ("/other/", "Elsewhere"),
            ("https://EXEMPLO.org/docs/a/#:~:text=x", "a/#"),
            ("//exemplo.org/docs/x", "x"),
            ("https://exemplo.com/", "Elsewhere"),
            ("../../x", "Outside"),
            ("%2e%2e/%2e%2e/x", "Outside"),
            ("https:/x", "Invalid"),
            ("http://", "Invalid"),
            ("mailto:eu", "Invalid"),
            ("data:text/plain,x", "Elsewhere"),
            (" c.html\n", "a/c.html"),
            ("c\\d.html", "a/c/d.html"),
        ] {
            assert_eq!(read_from(address, "a/b.html"), meaning, "{address}");
        }
    }
}
