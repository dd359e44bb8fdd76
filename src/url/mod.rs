//! URLs as text: parts, scheme, percent-encoding, resolution of paths, and relative paths (RFC 3986).
//!
//! Everything works on what an editor wrote or a page contains, without a base that is known to be valid. Hosts, and
//! requests to other sites, use the `url` crate, which reads addresses as browsers do. `scheme` decides which addresses a
//! site may have.

pub(crate) mod contact;
mod encode;
mod host;
mod scheme;
pub(crate) mod text_fragment;

pub(crate) use encode::{
    decode, decode_exactly, encode_component, encode_fragment, encode_path, encode_readable_path, try_decode,
};
pub(crate) use host::{HostFault, find_host_fault, guess_address, has_whole_authority};
pub(crate) use scheme::{AddressUse, COMMON_SCHEMES, Refusal, find_refusal, is_active_scheme, scheme_of};

/// The parts of an address, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parts<'a> {
    /// Before `?` and `#`: a path, perhaps with scheme and host.
    pub(crate) path: &'a str,
    /// With its `?`; empty if there is none.
    pub(crate) query: &'a str,
    /// With its `#`; empty if there is none.
    pub(crate) fragment: &'a str,
}

impl<'a> Parts<'a> {
    /// Splits an address at its first `#`, and what precedes it at its first `?`.
    pub(crate) fn of(address: &'a str) -> Self {
        let (rest, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
        let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
        Self { path, query, fragment }
    }

    /// The decoded id in the fragment, without a text directive (`:~:text=…`); `None` without a fragment.
    pub(crate) fn anchor(self) -> Option<String> {
        self.fragment.strip_prefix('#').map(anchor_of)
    }

    /// The text after `:~:` (URL Fragment Text Directives, WICG).
    pub(crate) fn directive(self) -> Option<&'a str> {
        self.fragment.split_once(":~:").map(|(_, directive)| directive)
    }
}

/// The decoded id in a fragment without `#`, without text directives.
pub(crate) fn anchor_of(fragment: &str) -> String {
    decode(fragment.split(":~:").next().unwrap_or_default())
}

/// True for an address with a scheme, or with a host.
pub(crate) fn is_absolute(address: &str) -> bool {
    address.starts_with("//") || scheme_of(address).is_some()
}

/// An address that begins with `//`, with the scheme that browsers give it on a secure page; any other as it is.
pub(crate) fn with_scheme(address: &str) -> String {
    if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() }
}

/// Resolves a path against a folder and removes `.` and `..`; `None` if it leads above the root. The result ends with
/// `/` if the last segment of the path names a folder.
pub(crate) fn resolve_path(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut is_folder = path.is_empty() && !folder.is_empty();
    for part in path.split('/') {
        is_folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let slash = if is_folder && !parts.is_empty() { "/" } else { "" };
    Some(parts.join("/") + slash)
}

/// The path of a file without its last segment; ends with `/`, or is empty at the root.
pub(crate) fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..=slash])
}

/// The relative path from the file or folder `from` to `to`, both below one root. A folder ends with `/`. A colon in the
/// first segment would make it a scheme, so it begins with `./` then (RFC 3986, 4.2).
pub(crate) fn relative_path(from: &str, to: &str) -> String {
    let shared = from.char_indices().zip(to.chars()).take_while(|((_, one), other)| one == other).last();
    let shared = shared.map_or("", |((at, last), _)| &from[..at + last.len_utf8()]);
    let shared = folder_of(shared).len();
    let up = from[shared..].matches('/').count();
    match (up, &to[shared..]) {
        (0, "") => "./".to_owned(),
        (0, rest) if rest.split('/').next().is_some_and(|first| first.contains(':')) => format!("./{rest}"),
        (_, rest) => "../".repeat(up) + rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_path_query_and_fragment() {
        let parts = Parts::of("a/b.md?x=1#se%C3%A7%C3%A3o:~:text=a?b");
        assert_eq!((parts.path, parts.query), ("a/b.md", "?x=1"));
        assert_eq!((parts.anchor().as_deref(), parts.directive()), (Some("seção"), Some("text=a?b")));
        let parts = Parts::of("#a?b");
        assert_eq!(
            (parts.path, parts.query, parts.anchor().as_deref(), parts.directive()),
            ("", "", Some("a?b"), None)
        );
        assert_eq!(Parts::of("a").anchor(), None);
    }

    #[test]
    fn finds_absolute_addresses() {
        for address in ["https://x.org", "mailto:a@b.c", "tel:+55", "//x.org/a"] {
            assert!(is_absolute(address), "{address}");
        }
        for address in ["a.md", "../a.md#b", "/a/", "a/b:c.md", "#x", "?q", ":a", "1a:b", "#a:b"] {
            assert!(!is_absolute(address), "{address}");
        }
    }

    #[test]
    fn resolves_dot_segments() {
        for (folder, path, expected) in [
            ("a/", "b", Some("a/b")),
            ("a/", "../b/", Some("b/")),
            ("a", ".", Some("a/")),
            ("a/b", "..", Some("a/")),
            ("a/", "c//d", Some("a/c/d")),
            ("", "..", None),
            ("a", "../../b", None),
            ("", "./", Some("")),
        ] {
            assert_eq!(resolve_path(folder, path).as_deref(), expected, "{folder} + {path}");
        }
    }

    #[test]
    fn writes_relative_paths() {
        for (from, to, expected) in [
            ("", "a/", "a/"),
            ("a/b/", "a/", "../"),
            ("a/b/", "a/c/", "../c/"),
            ("a/", "", "../"),
            ("a/", "a/", "./"),
            ("ab/", "ac/", "../ac/"),
            ("a/", "a/b.png", "b.png"),
            ("", "", "./"),
            ("ação/x/", "ações/", "../../ações/"),
            ("a/b.md", "a/c.md", "c.md"),
            ("a/b.md", "d/c.md", "../d/c.md"),
            ("index.md", "d/c.md", "d/c.md"),
            ("", "javascript:x/", "./javascript:x/"),
            ("a/", "javascript:x/", "../javascript:x/"),
            ("", "a/b:c/", "a/b:c/"),
        ] {
            assert_eq!(relative_path(from, to), expected, "{from} → {to}");
        }
    }
}
