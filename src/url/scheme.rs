//! Schemes of addresses: how browsers read them, and which ones a site may use.
//!
//! In: an address with the site's values filled in, its use, and the schemes that `vereda.yaml` allows. Out: the reason
//! why it is refused. Entry point: [`find_refusal`], which decides for every address of a site.

/// What a browser does with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AddressUse {
    /// Opens it, or loads it as a document, a script or a style.
    Open,
    /// Shows it as an image, in which nothing runs.
    Image,
}

/// Why a site cannot have an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It runs a script, or contains a document.
    Active,
    /// A place of one computer, or of a network of files.
    LocalPath,
    /// Another scheme that is not allowed, in lower case.
    Scheme(String),
}

/// Schemes that every site may use.
pub(crate) const COMMON_SCHEMES: [&str; 6] = ["https", "http", "mailto", "tel", "sms", "ftp"];

/// Schemes that run a script or contain a document. No setting allows them.
const ACTIVE_SCHEMES: [&str; 10] =
    ["about", "blob", "data", "filesystem", "jar", "javascript", "livescript", "mocha", "vbscript", "view-source"];

/// Schemes of files on one computer or in a network.
const LOCAL_SCHEMES: [&str; 3] = ["file", "nfs", "smb"];

/// The scheme of an absolute address in lower case, as browsers read it (WHATWG URL, 4.4). They ignore white space and
/// control characters before it, and line breaks and tabs inside it.
pub(crate) fn scheme_of(address: &str) -> Option<String> {
    let mut scheme = String::new();
    for c in address.trim_start_matches(|c: char| c <= ' ').chars() {
        match c {
            '\t' | '\n' | '\r' => {}
            ':' if !scheme.is_empty() => return Some(scheme),
            'a'..='z' | 'A'..='Z' => scheme.push(c.to_ascii_lowercase()),
            '0'..='9' | '+' | '-' | '.' if !scheme.is_empty() => scheme.push(c),
            _ => return None,
        }
    }
    None
}

/// The only decision about schemes: why an address is refused. `allowed` has further schemes, in lower case.
pub(crate) fn find_refusal(address: &str, usage: AddressUse, allowed: &[impl AsRef<str>]) -> Option<Refusal> {
    let Some(scheme) = scheme_of(address) else {
        return address.trim_start().starts_with('\\').then_some(Refusal::LocalPath);
    };
    if COMMON_SCHEMES.contains(&scheme.as_str()) || usage == AddressUse::Image && is_image_data(address) {
        return None;
    }
    if is_active_scheme(&scheme) {
        return Some(Refusal::Active);
    }
    if allowed.iter().any(|allowed| allowed.as_ref() == scheme) {
        return None;
    }
    let is_local = scheme.len() == 1 || LOCAL_SCHEMES.contains(&scheme.as_str());
    Some(if is_local { Refusal::LocalPath } else { Refusal::Scheme(scheme) })
}

/// True for a scheme that no setting allows.
pub(crate) fn is_active_scheme(scheme: &str) -> bool {
    ACTIVE_SCHEMES.contains(&scheme)
}

/// True for `data:image/…`, in which browsers ignore tabs and line breaks.
fn is_image_data(address: &str) -> bool {
    let address: String = address.trim_start().chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    address.get(.."data:image/".len()).is_some_and(|start| start.eq_ignore_ascii_case("data:image/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: [&str; 0] = [];

    fn refusal(address: &str) -> Option<Refusal> {
        find_refusal(address, AddressUse::Open, &NONE)
    }

    #[test]
    fn reads_schemes_as_browsers_do() {
        for (address, scheme) in [
            ("https://x.org", Some("https")),
            ("MailTo:a@b.c", Some("mailto")),
            (" \u{1}java\tscr\nipt:x", Some("javascript")),
            ("ms-word:ofe|u|x", Some("ms-word")),
            ("java script:x", None),
            ("a/b:c.md", None),
            ("./a:b", None),
            ("1a:b", None),
            (":a", None),
            ("#a:b", None),
            ("?a:b", None),
            ("//x.org/a:b", None),
            ("", None),
        ] {
            assert_eq!(scheme_of(address).as_deref(), scheme, "{address:?}");
        }
    }

    #[test]
    fn refuses_every_scheme_outside_the_list() {
        for address in [
            "javascript:x",
            "JaVaScRiPt:x",
            "java\tscript:x",
            "\u{1}javascript:x",
            "vbscript:x",
            "data:text/html,x",
            "data:image/svg+xml,x",
            "data:application/xhtml+xml,x",
            "data:text/xml,x",
            "data:,x",
            "blob:https://x.org/1",
            "view-source:https://x.org",
            "filesystem:https://x.org/a",
            "about:blank",
        ] {
            assert_eq!(refusal(address), Some(Refusal::Active), "{address:?}");
        }
        for address in ["C:\\x", "c:/x", "file:///etc/passwd", "smb://s/x", "\\\\server\\x", "\\x"] {
            assert_eq!(refusal(address), Some(Refusal::LocalPath), "{address:?}");
        }
        for scheme in ["ms-word", "ms-msdt", "search-ms", "intent", "htps", "localhost", "x-apple"] {
            assert_eq!(refusal(&format!("{scheme}:x")), Some(Refusal::Scheme(scheme.to_owned())));
        }
    }

    #[test]
    fn accepts_common_schemes_and_relative_addresses() {
        for address in [
            "https://x.org",
            "HTTP://x.org",
            "mailto:a@b.c",
            "tel:1",
            "sms:1",
            "a.md",
            "#javascript:x",
            "//x.org",
            "/a",
            "",
        ] {
            assert_eq!(refusal(address), None, "{address:?}");
        }
    }

    #[test]
    fn allows_listed_schemes_but_no_active_ones() {
        let listed = ["zoommtg", "file", "javascript"];
        let refusal = |address| find_refusal(address, AddressUse::Open, &listed);
        assert_eq!((refusal("ZoomMtg:1"), refusal("file:///a")), (None, None));
        assert_eq!(refusal("javascript:x"), Some(Refusal::Active));
    }

    #[test]
    fn accepts_image_data_only_as_an_image() {
        let refusal = |address| find_refusal(address, AddressUse::Image, &NONE);
        assert_eq!((refusal("data:image/png;base64,AA"), refusal(" DATA:image/svg+xml,x")), (None, None));
        assert_eq!(refusal("data:text/html,x"), Some(Refusal::Active));
    }
}
