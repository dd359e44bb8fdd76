//! Service worker `sw.js`, with which the published site works offline after the first visit.
//!
//! In: every output of the site. Out: a manifest of URLs with hashes, then the script of the theme; with `offline: false`, a script
//! that removes the caches of an earlier version. Entry point: [`render`]. The version is a hash of all files.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::address::Addresses;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::output::{Contents, OutputFile};
use crate::search;
use crate::site::{Assets, Site};
use crate::theme::Theme;

/// The output path. A worker controls only URLs beside it and below.
pub(crate) const PATH: &str = "sw.js";

/// A site up to this size in bytes is cached as a whole. Of a larger one, the pages of flows are, and other pages when visited.
const MAX_WHOLE_SITE: u64 = 10_000_000;

/// A larger copied file is not cached, in bytes.
const MAX_COPIED_FILE: u64 = 2_000_000;

/// Extensions of files that are cached.
const CACHED: [&str; 14] = [
    ".html", ".css", ".js", ".mjs", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".woff2", ".pdf",
];

/// Hexadecimal digits of the hash of a file.
const DIGITS: usize = 16;

/// The constant before the script of the theme.
#[derive(Serialize)]
struct Manifest {
    version: String,
    pages: BTreeMap<String, String>,
    others: BTreeMap<String, String>,
    whole: bool,
}

/// A file of the site that may be cached.
struct CachedFile {
    address: String,
    hash: String,
    length: u64,
    importance: Importance,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Importance {
    /// The theme, the home page, `404.html` and the pages of flows.
    First,
    /// Any other page.
    Page,
    /// A copied file, or a part of the search.
    Copied,
}

/// True if pages register a worker.
pub(super) fn is_enabled(site: &Site, theme: &Theme) -> bool {
    site.config.offline && theme.worker().is_some()
}

/// Reports a copied file at the path of the worker.
pub(crate) fn check_path(site: &Site, theme: &Theme, assets: Assets<'_>, diagnostics: &mut Diagnostics) {
    if is_enabled(site, theme) && assets.content.iter().chain(assets.fixed).any(|asset| asset.path == PATH) {
        diagnostics.push(catalogue::asset::worker_taken(None, PATH));
    }
}

/// The worker of a site with these outputs; `None` if the site has a file of that name. `read` returns the bytes of a copied file.
pub(crate) fn render(
    site: &Site,
    theme: &Theme,
    outputs: &[OutputFile],
    read: impl Fn(&Path) -> Option<Vec<u8>>,
) -> Option<OutputFile> {
    if outputs.iter().any(|output| output.path == PATH) {
        return None;
    }
    let text = match theme.worker().filter(|_| site.config.offline) {
        Some(worker) => {
            let files = outputs.iter().filter_map(|output| cached_file(site, output, &read)).collect();
            let manifest = serde_json::to_string(&manifest_of(files, &worker)).expect("plain values have a JSON form");
            format!("const site = {manifest};\n{worker}")
        }
        None => include_str!("no_worker.js").to_owned(),
    };
    Some(OutputFile { path: PATH.to_owned(), contents: Contents::Bytes(text.into_bytes()), source: None })
}

/// `None` for a file that is not cached, or that hosts do not serve because of its name.
fn cached_file(site: &Site, output: &OutputFile, read: impl Fn(&Path) -> Option<Vec<u8>>) -> Option<CachedFile> {
    let is_hidden = output.path.split('/').any(|part| part.starts_with(['.', '_']));
    let is_search = output.path.starts_with(search::files::FOLDER);
    let is_theme = output.path.starts_with("assets/");
    if is_hidden || !is_search && !is_theme && !CACHED.iter().any(|ending| output.path.ends_with(ending)) {
        return None;
    }
    let (hash, length, importance) = match &output.contents {
        Contents::Bytes(bytes) if is_search => (hash(bytes), bytes.len() as u64, Importance::Copied),
        Contents::Bytes(bytes) => (hash(bytes), bytes.len() as u64, importance_of(site, &output.path)),
        Contents::Copy(path) => {
            let bytes = read(path).filter(|bytes| bytes.len() as u64 <= MAX_COPIED_FILE)?;
            (hash(&bytes), bytes.len() as u64, Importance::Copied)
        }
    };
    let is_index = output.path == "index.html" || output.path.ends_with("/index.html");
    let place = if is_index { output.path.trim_end_matches("index.html") } else { &output.path };
    Some(CachedFile { address: Addresses::Below("./").of(place), hash, length, importance })
}

fn importance_of(site: &Site, path: &str) -> Importance {
    let is_of_flow =
        |route: &str| path.strip_prefix(route.trim_start_matches('/')).is_some_and(|rest| !rest.contains('/'));
    let is_first = path.starts_with("assets/")
        || matches!(path, "index.html" | "404.html")
        || site.flows.iter().any(|flow| is_of_flow(&flow.route));
    if is_first { Importance::First } else { Importance::Page }
}

fn manifest_of(files: Vec<CachedFile>, worker: &str) -> Manifest {
    let size = |least: Importance| -> u64 {
        files.iter().filter(|file| file.importance <= least).map(|file| file.length).sum()
    };
    let whole = size(Importance::Copied) <= MAX_WHOLE_SITE;
    let last = if size(Importance::Page) <= MAX_WHOLE_SITE { Importance::Page } else { Importance::First };
    let mut hasher = Sha256::new();
    hasher.update(worker);
    for file in &files {
        hasher.update(format!("{}\0{}\0", file.address, file.hash));
    }
    let version = hex(&hasher.finalize(), 8);
    let (pages, others): (Vec<CachedFile>, Vec<CachedFile>) =
        files.into_iter().partition(|file| file.importance <= last);
    let map = |files: Vec<CachedFile>| files.into_iter().map(|file| (file.address, file.hash)).collect();
    Manifest { version, pages: map(pages), others: map(others), whole }
}

fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes), DIGITS)
}

fn hex(bytes: &[u8], digits: usize) -> String {
    let digit = |half: &u8| char::from_digit(u32::from(*half), 16).expect("half a byte is a digit");
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).take(digits).map(|half| digit(&half)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(address: &str, length: u64, importance: Importance) -> CachedFile {
        CachedFile { address: address.to_owned(), hash: "00".to_owned(), length, importance }
    }

    fn sizes(page: u64, copied: u64) -> (Vec<String>, Vec<String>, bool) {
        let kept = vec![
            file("./", 1000, Importance::First),
            file("./a/", page, Importance::Page),
            file("./a.png", copied, Importance::Copied),
        ];
        let Manifest { pages, others, whole, .. } = manifest_of(kept, "");
        (pages.into_keys().collect(), others.into_keys().collect(), whole)
    }

    #[test]
    fn caches_small_sites_whole_and_the_main_pages_of_large_ones() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(sizes(1000, 1000), (names(&["./", "./a/"]), names(&["./a.png"]), true));
        assert_eq!(sizes(1000, MAX_WHOLE_SITE), (names(&["./", "./a/"]), names(&["./a.png"]), false));
        assert_eq!(sizes(MAX_WHOLE_SITE, 1000), (names(&["./"]), names(&["./a.png", "./a/"]), false));
    }

    #[test]
    fn version_depends_on_every_file_and_the_script() {
        let version = |hash: &str, worker| {
            let file = CachedFile { hash: hash.to_owned(), ..file("./", 1, Importance::First) };
            manifest_of(vec![file], worker).version
        };
        assert_eq!(version("aa", "w"), version("aa", "w"));
        assert_ne!(version("aa", "w"), version("ab", "w"));
        assert_ne!(version("aa", "w"), version("aa", "x"));
        assert_eq!(version("aa", "w").len(), 8);
    }
}
