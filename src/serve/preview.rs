//! The outputs of a build without errors, by URL path.
//!
//! In: the outputs and the base path. Out: a [`Preview`] that finds the output of a path. It finds outputs only, so no path
//! leads out of the site.

use crate::output::{Fingerprint, Held, Memory, OutputFile};
use crate::url::{encode_path, try_decode};

/// A build without errors.
#[derive(Debug)]
pub(super) struct Preview {
    pub(super) outputs: Memory,
    /// Changes with any output.
    pub(super) id: Fingerprint,
    /// Path of the home page: begins and ends with `/`.
    pub(super) base: String,
}

/// What a path leads to.
#[derive(Debug)]
pub(super) enum Target<'a> {
    /// An output with its path.
    Output(&'a str, &'a Held),
    /// Another URL.
    Elsewhere(String),
    Nothing,
}

impl Preview {
    pub(super) fn new(outputs: Vec<OutputFile>, base: String) -> Self {
        let outputs = Memory::new(outputs);
        Self { id: outputs.fingerprint(), outputs, base }
    }

    /// Finds the target of a URL path.
    pub(super) fn find(&self, url_path: &str) -> Target<'_> {
        let Some(path) = try_decode(url_path) else { return Target::Nothing };
        match path.strip_prefix(&self.base) {
            Some(path) => self.find_inside(path, url_path),
            None if path == "/" || format!("{path}/") == self.base => Target::Elsewhere(encode_path(&self.base)),
            None => Target::Nothing,
        }
    }

    fn find_inside(&self, path: &str, url_path: &str) -> Target<'_> {
        let is_folder = path.is_empty() || path.ends_with('/');
        let file = if is_folder { format!("{path}index.html") } else { path.to_owned() };
        if let Some((path, held)) = self.outputs.find(&file) {
            return Target::Output(path, held);
        }
        match self.outputs.find(&format!("{path}/index.html")) {
            Some(_) if !is_folder => Target::Elsewhere(format!("{url_path}/")),
            _ => Target::Nothing,
        }
    }

    /// The address of an output, not percent-encoded: `/whatsapp/` for `whatsapp/index.html`.
    pub(super) fn route(&self, path: &str) -> String {
        let is_index = path == "index.html" || path.ends_with("/index.html");
        let path = if is_index { path.trim_end_matches("index.html") } else { path };
        format!("{}{path}", self.base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Contents;

    fn preview(base: &str) -> Preview {
        let paths = ["index.html", "404.html", "seção/index.html", "a b.png", "..secret/x"];
        let output =
            |path: &str| OutputFile { path: path.to_owned(), contents: Contents::Bytes(vec![1]), source: None };
        Preview::new(paths.map(output).into(), base.to_owned())
    }

    fn found(base: &str, url_path: &str) -> String {
        match preview(base).find(url_path) {
            Target::Output(path, _) => path.to_owned(),
            Target::Elsewhere(address) => format!("→ {address}"),
            Target::Nothing => "nothing".to_owned(),
        }
    }

    #[test]
    fn finds_pages_files_and_folders_without_their_slash() {
        assert_eq!(found("/", "/"), "index.html");
        assert_eq!(found("/", "/index.html"), "index.html");
        assert_eq!(found("/", "/se%C3%A7%C3%A3o/"), "seção/index.html");
        assert_eq!(found("/", "/sec%CC%A7a%CC%83o/"), "seção/index.html");
        assert_eq!(found("/", "/se%C3%A7%C3%A3o"), "→ /se%C3%A7%C3%A3o/");
        assert_eq!(found("/", "/a%20b.png"), "a b.png");
        assert_eq!(found("/", "/none"), "nothing");
    }

    #[test]
    fn serves_below_a_path() {
        assert_eq!(found("/docs/", "/docs/"), "index.html");
        assert_eq!(found("/docs/", "/"), "→ /docs/");
        assert_eq!(found("/docs/", "/docs"), "→ /docs/");
        assert_eq!(found("/docs/", "/index.html"), "nothing");
        assert_eq!(preview("/docs/").route("seção/index.html"), "/docs/seção/");
        assert_eq!(preview("/docs/").route("a b.png"), "/docs/a b.png");
        assert_eq!(encode_path("/docs/seção x/"), "/docs/se%C3%A7%C3%A3o%20x/");
    }

    #[test]
    fn finds_nothing_outside_the_site() {
        for path in [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/a/../index.html",
            "//index.html",
            "/%00",
            "/%ff",
            "/%2",
            "/\\..\\x",
        ] {
            assert_eq!(found("/", path), "nothing", "{path}");
        }
    }
}
