//! Resolution of the URLs of a page against the site's base URL (RFC 3986, 5.2).

use std::borrow::Cow;

use crate::config::BaseUrl;
use crate::url::contact::is_invalid_contact;
use crate::url::{Parts, decode, decode_exactly, folder_of, resolve_path, scheme_of};

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ResolvedUrl {
    /// A path below the site and the fragment, both decoded.
    Internal {
        path: String,
        fragment: Option<String>,
    },
    /// Another site or another program.
    External,
    /// Above the published folder.
    OutsideRoot,
    Invalid,
}

/// The base of the relative URLs of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    /// The path of the page, or of its `<base>`, below the site.
    Internal(String),
    /// A `<base>` of another site.
    External,
}

pub(crate) fn resolve(address: &str, base: &Base, base_url: &BaseUrl) -> ResolvedUrl {
    let is_dropped = |c: char| matches!(c, '\t' | '\n' | '\r');
    let address = match address.trim() {
        address if address.contains(is_dropped) => Cow::Owned(address.replace(is_dropped, "")),
        address => Cow::Borrowed(address),
    };
    if is_invalid_contact(&address) {
        return ResolvedUrl::Invalid;
    }
    let parts = Parts::of(&address);
    let id = |fragment: &str| decode_exactly(fragment.split(":~:").next().unwrap_or_default());
    let (path, fragment) = (parts.path, parts.fragment.strip_prefix('#').map(id));
    match scheme_of(path) {
        Some(scheme) if !["http", "https"].contains(&scheme.as_str()) => ResolvedUrl::External,
        Some(_) => match path.split_once(':').and_then(|(_, rest)| rest.strip_prefix("//")) {
            Some(rest) if has_host(rest) => resolve_host(rest, fragment, base_url),
            _ => ResolvedUrl::Invalid,
        },
        None => match (path.strip_prefix("//"), base) {
            (Some(rest), _) => resolve_host(rest, fragment, base_url),
            (None, Base::Internal(page)) => resolve_relative(path, page, fragment, base_url),
            (None, Base::External) => ResolvedUrl::External,
        },
    }
}

fn has_host(rest: &str) -> bool {
    let host = rest.split(['/', '\\']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    host.starts_with(|first: char| first.is_alphanumeric() || matches!(first, '[' | '_' | '%')) && !host.contains(' ')
}

/// Resolves a URL with a host, which may be that of the site.
fn resolve_host(rest: &str, fragment: Option<String>, base_url: &BaseUrl) -> ResolvedUrl {
    let (host, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
    let own = base_url.origin.split_once("://").map_or("", |(_, host)| host);
    if !host.eq_ignore_ascii_case(own) {
        return ResolvedUrl::External;
    }
    let path = if path.is_empty() { "/" } else { path };
    match path.strip_prefix(&base_url.path) {
        Some(path) => join("", path, fragment),
        None if format!("{path}/") == base_url.path => join("", "", fragment),
        None => ResolvedUrl::External,
    }
}

fn resolve_relative(path: &str, page: &str, fragment: Option<String>, base_url: &BaseUrl) -> ResolvedUrl {
    if let Some(absolute) = path.strip_prefix('/') {
        return match path.strip_prefix(&base_url.path) {
            Some(path) => join("", path, fragment),
            None if format!("/{absolute}/") == base_url.path => join("", "", fragment),
            // The host may have other sites beside this one.
            None => ResolvedUrl::External,
        };
    }
    if path.is_empty() {
        return ResolvedUrl::Internal { path: page.to_owned(), fragment };
    }
    join(folder_of(page), path, fragment)
}

/// As in browsers, `\` counts as `/`.
fn join(folder: &str, path: &str, fragment: Option<String>) -> ResolvedUrl {
    match resolve_path(folder, &decode(path).replace('\\', "/")) {
        Some(path) => ResolvedUrl::Internal { path, fragment },
        None => ResolvedUrl::OutsideRoot,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve_from(address: &str, start: &str) -> String {
        let base_url = BaseUrl::parse("https://exemplo.org/docs/").unwrap();
        match resolve(address, &Base::Internal(start.to_owned()), &base_url) {
            ResolvedUrl::Internal { path, fragment: None } => path,
            ResolvedUrl::Internal { path, fragment: Some(fragment) } => format!("{path}#{fragment}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn resolves_urls_as_browsers_do() {
        for (address, meaning) in [
            ("c.html", "a/c.html"),
            ("../c/", "c/"),
            ("./", "a/"),
            ("..", ""),
            (".", "a/"),
            ("#x%C3%A9", "a/b.html#xé"),
            ("#sec%CC%A7a%CC%83o", "a/b.html#sec\u{327}a\u{303}o"),
            ("?q=1#y", "a/b.html#y"),
            ("", "a/b.html"),
            ("/docs/c//d.png", "c/d.png"),
            ("/docs", ""),
            ("/other/", "External"),
            ("https://EXEMPLO.org/docs/a/#:~:text=x", "a/#"),
            ("//exemplo.org/docs/x", "x"),
            ("https://exemplo.com/", "External"),
            ("../../x", "OutsideRoot"),
            ("%2e%2e/%2e%2e/x", "OutsideRoot"),
            ("https:/x", "Invalid"),
            ("http://", "Invalid"),
            ("mailto:eu", "Invalid"),
            ("data:text/plain,x", "External"),
            (" c.html\n", "a/c.html"),
            ("c\\d.html", "a/c/d.html"),
        ] {
            assert_eq!(resolve_from(address, "a/b.html"), meaning, "{address}");
        }
    }
}
