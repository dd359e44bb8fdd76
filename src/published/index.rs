//! Index of published files and their ids, with the path lookup of common hosts.
//!
//! `a/` is `a/index.html` (or `.htm`); `a` is the file of that name, else `a.html`, else the folder `a/`. This is the behaviour of
//! GitHub Pages, Netlify, Cloudflare Pages and nginx with the usual `try_files`. Paths are case-sensitive.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use super::address::{Base, ResolvedUrl, resolve};
use super::scan::{Reference, ReferenceKind, Scanned};
use super::{Fault, FaultKind, Published};
use crate::config::BaseUrl;
use crate::output::OutputFile;

pub(super) struct Index<'a> {
    /// Outputs by path.
    files: HashMap<&'a str, usize>,
    /// By output; `None` for a file that was not scanned.
    ids: Vec<Option<HashSet<&'a str>>>,
    base_url: &'a BaseUrl,
    needs_home: bool,
    /// By output: whether another file refers to it.
    referenced: Vec<AtomicBool>,
}

impl<'a> Index<'a> {
    pub(super) fn new(published: &Published<'a>, scanned: &'a [Option<Scanned>]) -> Self {
        let Published { outputs, base_url, needs_home, .. } = *published;
        let files = outputs.iter().enumerate().map(|(index, output)| (output.path.as_str(), index)).collect();
        let ids_of = |scanned: &'a Scanned| {
            let ids = scanned.ids.iter().map(|(id, _)| id.as_str());
            ids.chain(scanned.names.iter().map(String::as_str)).collect()
        };
        let ids = scanned.iter().map(|scanned| scanned.as_ref().map(ids_of)).collect();
        let referenced = outputs.iter().map(|_| AtomicBool::new(false)).collect();
        Self { files, ids, base_url, needs_home, referenced }
    }

    pub(super) fn into_referenced(self) -> Vec<bool> {
        self.referenced.into_iter().map(AtomicBool::into_inner).collect()
    }

    pub(super) fn check(&self, scanned: &Scanned, output: &OutputFile) -> Vec<Fault> {
        let base = self.base_of(scanned.base.as_deref(), output);
        let own_ids = self.files.get(output.path.as_str()).and_then(|index| self.ids[*index].as_ref());
        let fault_of = |reference: &Reference| match reference.kind {
            ReferenceKind::Id(attribute) => {
                let is_there = own_ids.is_some_and(|ids| ids.contains(reference.text.as_str()));
                missing_id(attribute, &reference.text).filter(|_| !is_there)
            }
            ReferenceKind::Map => {
                missing_id("usemap", &reference.text).filter(|_| !scanned.names.contains(&reference.text))
            }
            ReferenceKind::Link | ReferenceKind::File => self.check_url(reference, &base),
        };
        let of = |place: &Range<usize>, kind| Fault { place: place.clone(), kind };
        let references = scanned.references.iter();
        let mut faults: Vec<Fault> =
            references.filter_map(|reference| Some(of(&reference.place, fault_of(reference)?))).collect();
        let empty = scanned.empty.iter();
        faults.extend(empty.map(|(attribute, place)| of(place, FaultKind::Empty { attribute: attribute.clone() })));
        let mut seen = HashSet::new();
        let again = scanned.ids.iter().filter(|(id, _)| !seen.insert(id));
        faults.extend(again.map(|(id, place)| of(place, FaultKind::DuplicateId { id: id.clone() })));
        faults
    }

    /// The base of the URLs of a page, perhaps with the address of its `<base>` element.
    pub(super) fn base_of(&self, element: Option<&str>, output: &OutputFile) -> Base {
        let page = Base::Internal(output.path.clone());
        let Some(element) = element else { return page };
        match resolve(element, &page, self.base_url) {
            ResolvedUrl::Internal { path, .. } => Base::Internal(path),
            _ => Base::External,
        }
    }

    /// The output that a URL leads to.
    pub(super) fn find_target(&self, url: &str, base: &Base) -> Option<usize> {
        match resolve(url, base, self.base_url) {
            ResolvedUrl::Internal { path, .. } => self.find(&path),
            _ => None,
        }
    }

    fn check_url(&self, reference: &Reference, base: &Base) -> Option<FaultKind> {
        let written = || reference.text.trim().to_owned();
        let (path, fragment) = match resolve(&reference.text, base, self.base_url) {
            ResolvedUrl::External => return None,
            ResolvedUrl::OutsideRoot => return Some(FaultKind::OutsideRoot { written: written() }),
            ResolvedUrl::Invalid => return Some(FaultKind::InvalidUrl { written: written() }),
            ResolvedUrl::Internal { path, fragment } => (path, fragment),
        };
        let Some(file) = self.find(&path) else {
            let is_home = path.is_empty();
            let path = if is_home { "index.html".to_owned() } else { path };
            return (self.needs_home || !is_home).then(|| FaultKind::MissingFile { written: written(), path });
        };
        self.referenced[file].store(true, Ordering::Relaxed);
        let anchor = fragment.filter(|fragment| reference.kind == ReferenceKind::Link && !fragment.is_empty())?;
        let ids = self.ids[file].as_ref()?;
        let is_there = ids.contains(anchor.as_str()) || is_for_script(&anchor);
        let path = if path.is_empty() { "index.html".to_owned() } else { path };
        (!is_there).then_some(FaultKind::MissingAnchor { anchor, path })
    }

    fn find(&self, path: &str) -> Option<usize> {
        let file = |path: &str| self.files.get(path).copied();
        if path.is_empty() || path.ends_with('/') {
            return file(&format!("{path}index.html")).or_else(|| file(&format!("{path}index.htm")));
        }
        file(path)
            .or_else(|| file(&format!("{path}.html")))
            .or_else(|| file(&format!("{path}/index.html")))
            .or_else(|| file(&format!("{path}/index.htm")))
    }
}

fn missing_id(attribute: &str, id: &str) -> Option<FaultKind> {
    (!id.is_empty()).then(|| FaultKind::MissingId { attribute: attribute.to_owned(), id: id.to_owned() })
}

/// True for the top of any page, and for fragments of scripts and viewers: `#/route`, `#!route`, `#t=10`, `#node~question:answer`.
pub(crate) fn is_for_script(anchor: &str) -> bool {
    anchor.eq_ignore_ascii_case("top") || anchor.starts_with(['/', '!']) || anchor.contains(['=', '~', '('])
}
