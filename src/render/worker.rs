//! The service worker: the published site opens without a network after the first visit.
//!
//! In: every output of the site. Out: `sw.js`, the theme's own text after a list of addresses with their hashes; or, where the site wants none, one that
//! removes what an earlier version left. Entry point: [`render`]. The version is the hash of it all, so the same site is the same version.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::address::Addresses;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::output::{Contents, OutputFile};
use crate::site::{Assets, Site};
use crate::theme::Theme;

/// Where it is published: it can only serve what stands beside it or below.
pub(crate) const PATH: &str = "sw.js";

/// A site that is smaller is kept whole, in bytes. Of a larger one the pages of flows are, and other pages when they were visited.
const WHOLE: u64 = 10_000_000;

/// A larger file that is copied is never kept, in bytes.
const LARGEST: u64 = 2_000_000;

/// Endings of what pages show and load.
const KEPT: [&str; 14] = [
    ".html", ".css", ".js", ".mjs", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".woff2", ".pdf",
];

/// Hexadecimal digits of a hash: enough to tell one version of a file from another.
const DIGITS: usize = 16;

/// What the worker's text begins with.
#[derive(Serialize)]
struct Manifest {
    version: String,
    pages: BTreeMap<String, String>,
    others: BTreeMap<String, String>,
    whole: bool,
}

/// A file of the site that may be kept.
struct Kept {
    address: String,
    hash: String,
    length: u64,
    importance: Importance,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Importance {
    /// The theme, the home page, the pages of flows and of lost addresses.
    First,
    /// Any other page.
    Page,
    /// A copied file.
    Copied,
}

/// True where pages ask for a worker.
pub(super) fn is_on(site: &Site, theme: &Theme) -> bool {
    site.config.offline && theme.worker().is_some()
}

/// Reports a file of the site that stands where the worker must.
pub(crate) fn check_path(site: &Site, theme: &Theme, assets: Assets<'_>, diagnostics: &mut Diagnostics) {
    if is_on(site, theme) && assets.content.iter().chain(assets.fixed).any(|asset| asset.path == PATH) {
        diagnostics.push(catalogue::asset::worker_taken(None, PATH));
    }
}

/// The worker of a site with these outputs; `None` where the site has a file of that name. `read` gives the bytes of a copied file.
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
            let kept = outputs.iter().filter_map(|output| kept(site, output, &read)).collect();
            let manifest = serde_json::to_string(&list(kept, &worker)).expect("plain values have a JSON form");
            format!("const site = {manifest};\n{worker}")
        }
        None => include_str!("no_worker.js").to_owned(),
    };
    Some(OutputFile { path: PATH.to_owned(), contents: Contents::Bytes(text.into_bytes()), source: None })
}

/// What the worker knows of an output; `None` for what no page shows, or no host serves under its name.
fn kept(site: &Site, output: &OutputFile, read: impl Fn(&Path) -> Option<Vec<u8>>) -> Option<Kept> {
    let is_hidden = output.path.split('/').any(|part| part.starts_with(['.', '_']));
    if is_hidden || !KEPT.iter().any(|ending| output.path.ends_with(ending)) {
        return None;
    }
    let (hash, length, importance) = match &output.contents {
        Contents::Bytes(bytes) => (hash(bytes), bytes.len() as u64, importance_of(site, &output.path)),
        Contents::Copy(path) => {
            let bytes = read(path).filter(|bytes| bytes.len() as u64 <= LARGEST)?;
            (hash(&bytes), bytes.len() as u64, Importance::Copied)
        }
    };
    let is_index = output.path == "index.html" || output.path.ends_with("/index.html");
    let place = if is_index { output.path.trim_end_matches("index.html") } else { &output.path };
    Some(Kept { address: Addresses::Below("./").of(place), hash, length, importance })
}

fn importance_of(site: &Site, path: &str) -> Importance {
    let is_of_flow =
        |route: &str| path.strip_prefix(route.trim_start_matches('/')).is_some_and(|rest| !rest.contains('/'));
    let is_first = path.starts_with("assets/")
        || matches!(path, "index.html" | "404.html")
        || site.flows.iter().any(|flow| is_of_flow(&flow.route));
    if is_first { Importance::First } else { Importance::Page }
}

fn list(kept: Vec<Kept>, worker: &str) -> Manifest {
    let size = |least: Importance| -> u64 {
        kept.iter().filter(|file| file.importance <= least).map(|file| file.length).sum()
    };
    let whole = size(Importance::Copied) <= WHOLE;
    let last = if size(Importance::Page) <= WHOLE { Importance::Page } else { Importance::First };
    let mut hasher = Sha256::new();
    hasher.update(worker);
    for file in &kept {
        hasher.update(format!("{}\0{}\0", file.address, file.hash));
    }
    let version = hex(&hasher.finalize(), 8);
    let (pages, others): (Vec<Kept>, Vec<Kept>) = kept.into_iter().partition(|file| file.importance <= last);
    let map = |files: Vec<Kept>| files.into_iter().map(|file| (file.address, file.hash)).collect();
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

    fn file(address: &str, length: u64, importance: Importance) -> Kept {
        Kept { address: address.to_owned(), hash: "00".to_owned(), length, importance }
    }

    fn sizes(page: u64, copied: u64) -> (Vec<String>, Vec<String>, bool) {
        let kept = vec![
            file("./", 1000, Importance::First),
            file("./a/", page, Importance::Page),
            file("./a.png", copied, Importance::Copied),
        ];
        let Manifest { pages, others, whole, .. } = list(kept, "");
        (pages.into_keys().collect(), others.into_keys().collect(), whole)
    }

    #[test]
    fn a_small_site_is_kept_whole_and_of_a_large_one_what_matters_most() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(sizes(1000, 1000), (names(&["./", "./a/"]), names(&["./a.png"]), true));
        assert_eq!(sizes(1000, WHOLE), (names(&["./", "./a/"]), names(&["./a.png"]), false));
        assert_eq!(sizes(WHOLE, 1000), (names(&["./"]), names(&["./a.png", "./a/"]), false));
    }

    #[test]
    fn the_version_is_that_of_every_file_and_of_the_worker() {
        let version = |hash: &str, worker| {
            let file = Kept { hash: hash.to_owned(), ..file("./", 1, Importance::First) };
            list(vec![file], worker).version
        };
        assert_eq!(version("aa", "w"), version("aa", "w"));
        assert_ne!(version("aa", "w"), version("ab", "w"));
        assert_ne!(version("aa", "w"), version("aa", "x"));
        assert_eq!(version("aa", "w").len(), 8);
    }
}
