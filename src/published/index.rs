//! What stands at each address of what is published, as common hosts answer.
//!
//! `a/` is `a/index.html` (or `.htm`); `a` is the file of that name, else `a.html`, else the folder `a/`: so answer GitHub Pages,
//! Netlify, Cloudflare Pages and nginx with the usual `try_files`. Capitals count, for most hosts tell them apart.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use super::address::{self, Meaning, Start};
use super::scan::{Kind, Reference, Scanned};
use super::{Fault, FaultKind, Published};
use crate::config::BaseUrl;
use crate::output::OutputFile;

/// Every file by its path, and the ids of each page.
pub(super) struct Index<'a> {
    files: HashMap<&'a str, usize>,
    /// By file; none for a file that has no ids to know.
    ids: Vec<Option<HashSet<&'a str>>>,
    base_url: &'a BaseUrl,
    needs_home: bool,
    /// By file: whether something leads to it.
    reached: Vec<AtomicBool>,
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
        let reached = outputs.iter().map(|_| AtomicBool::new(false)).collect();
        Self { files, ids, base_url, needs_home, reached }
    }

    /// Whether something that was checked leads to each file.
    pub(super) fn into_reached(self) -> Vec<bool> {
        self.reached.into_iter().map(AtomicBool::into_inner).collect()
    }

    /// What is wrong in a file.
    pub(super) fn check(&self, scanned: &Scanned, output: &OutputFile) -> Vec<Fault> {
        let own = Start::Inside(output.path.clone());
        let start = match &scanned.base {
            Some(base) => self.start_of(base, &own),
            None => own,
        };
        let own_ids = self.files.get(output.path.as_str()).and_then(|index| self.ids[*index].as_ref());
        let fault_of = |reference: &Reference| match reference.kind {
            Kind::Id(attribute) => {
                let is_there = own_ids.is_some_and(|ids| ids.contains(reference.text.as_str()));
                missing_id(attribute, &reference.text).filter(|_| !is_there)
            }
            Kind::Map => missing_id("usemap", &reference.text).filter(|_| !scanned.names.contains(&reference.text)),
            Kind::Link | Kind::File => self.check_address(reference, &start),
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

    /// Where a page counts from that has a `<base>`.
    fn start_of(&self, base: &str, own: &Start) -> Start {
        match address::read(base, own, self.base_url) {
            Meaning::Inside { path, .. } => Start::Inside(path),
            _ => Start::Elsewhere,
        }
    }

    fn check_address(&self, reference: &Reference, start: &Start) -> Option<FaultKind> {
        let written = || reference.text.trim().to_owned();
        let (path, fragment) = match address::read(&reference.text, start, self.base_url) {
            Meaning::Elsewhere => return None,
            Meaning::Outside => return Some(FaultKind::OutsideRoot { written: written() }),
            Meaning::Invalid => return Some(FaultKind::InvalidUrl { written: written() }),
            Meaning::Inside { path, fragment } => (path, fragment),
        };
        let Some(file) = self.find(&path) else {
            let is_home = path.is_empty();
            let path = if is_home { "index.html".to_owned() } else { path };
            return (self.needs_home || !is_home).then(|| FaultKind::MissingFile { written: written(), path });
        };
        self.reached[file].store(true, Ordering::Relaxed);
        let anchor = fragment.filter(|fragment| reference.kind == Kind::Link && !fragment.is_empty())?;
        let ids = self.ids[file].as_ref()?;
        let is_there = ids.contains(anchor.as_str()) || is_of_a_script(&anchor);
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

/// The top of any page, and what scripts and viewers read: `#/route`, `#!route`, `#t=10`, `#node~question:answer`.
pub(crate) fn is_of_a_script(anchor: &str) -> bool {
    anchor.eq_ignore_ascii_case("top") || anchor.starts_with(['/', '!']) || anchor.contains(['=', '~', '('])
}
