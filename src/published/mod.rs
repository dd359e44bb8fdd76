//! What is published → what is broken in it, whoever wrote it: a template, a theme, raw HTML, a copied file.
//!
//! In: every [`OutputFile`] of a site, or of any folder of HTML. Out: diagnostics at their place in the output. Entry points:
//! [`check`], [`unused::check`], [`find_outward`].
//!
//! 1. [`scan`] reads each file once, in parallel: the addresses and ids in it, with their places; [`css`] reads style sheets.
//! 2. [`address`] says what each address means below the site's own; [`index`] what stands there, as common hosts answer.
//! 3. What is wrong alike in many files is told once: it is one mistake of a template.
//!
//! Other sites are not asked: [`outward`] tells `external` where their addresses stand. Nothing is known here of Markdown, flows or themes.

pub(crate) mod address;
mod css;
mod index;
mod outward;
mod scan;
pub(crate) mod unused;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use rayon::prelude::*;

use crate::config::BaseUrl;
use crate::diagnostic::{Diagnostic, Diagnostics, Text, catalogue, nearest};
use crate::output::{Contents, OutputFile};
use crate::progress::{Observer, Stage};
use crate::project::read_copied;
use crate::source::{FileId, Sources, Span};

pub(crate) use index::is_of_a_script;
pub(crate) use outward::{Outward, find_outward};

use index::Index;
use scan::{Scanned, scan};

/// What is wrong alike in more files than this is told once.
const TOLD_ONE_BY_ONE: usize = 10;

/// Findings with suggestions: finding what was meant takes longer than finding what is wrong.
const SUGGESTIONS: usize = 100;

/// What is checked.
pub(crate) struct Published<'a> {
    pub(crate) outputs: &'a [OutputFile],
    pub(crate) base_url: &'a BaseUrl,
    /// The theme leads to the home page from everywhere; a site that has none yet may be checked all the same.
    pub(crate) needs_home: bool,
    /// How a file is called in a report.
    pub(crate) name_of: &'a (dyn Fn(&OutputFile) -> String + Sync),
    /// A report names every file that was read, also those with nothing wrong.
    pub(crate) names_all: bool,
    /// Texts in which an id that stands twice was reported already.
    pub(crate) with_duplicates: HashSet<FileId>,
    pub(crate) observer: &'a Observer,
}

/// What was counted, and which files something leads to.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) pages: usize,
    pub(crate) links: usize,
    /// By output.
    pub(crate) reached: Vec<bool>,
    /// Every file that was read, where all of them are to be named.
    pub(crate) files: Vec<FileId>,
}

/// What is wrong with one place of an output.
#[derive(Clone, Debug)]
struct Fault {
    place: Range<usize>,
    kind: FaultKind,
}

/// What can be wrong. The first text is what was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum FaultKind {
    MissingFile { written: String, path: String },
    MissingAnchor { anchor: String, path: String },
    OutsideRoot { written: String },
    InvalidUrl { written: String },
    Empty { attribute: String },
    MissingId { attribute: String, id: String },
    DuplicateId { id: String },
}

/// What is wrong alike, with each file and place of it.
type Faults = BTreeMap<FaultKind, Vec<(usize, Fault)>>;

/// Checks everything that is published.
pub(crate) fn check(published: &Published<'_>, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Seen {
    let outputs = published.outputs;
    let steps = published.observer.steps(Stage::Inspecting, outputs.len());
    let scan = |output: &OutputFile| {
        let scanned = scan_output(output);
        steps.step();
        scanned
    };
    let scanned: Vec<Option<Scanned>> = outputs.par_iter().map(scan).collect();
    let index = Index::new(published, &scanned);
    let checked: Vec<Vec<Fault>> = scanned
        .par_iter()
        .zip(outputs)
        .map(|(scanned, output)| scanned.as_ref().map(|scanned| index.check(scanned, output)).unwrap_or_default())
        .collect();
    let mut seen = Seen { reached: index.into_reached(), ..Seen::default() };
    let mut faults: Faults = BTreeMap::new();
    for (position, (checked, scanned)) in checked.into_iter().zip(&scanned).enumerate() {
        seen.pages += usize::from(is_page(&outputs[position].path));
        seen.links += scanned.as_ref().map_or(0, |scanned| scanned.references.len());
        let was_told = outputs[position].source.is_some_and(|source| published.with_duplicates.contains(&source));
        for fault in checked {
            if !(was_told && matches!(fault.kind, FaultKind::DuplicateId { .. })) {
                faults.entry(key_of(&fault.kind)).or_default().push((position, fault));
            }
        }
    }
    let mut teller = Teller { published, sources, files: HashMap::new(), left: SUGGESTIONS };
    if published.names_all {
        seen.files = teller.name_all(&faults, &scanned);
    }
    teller.tell(faults, diagnostics);
    seen
}

/// The text of a file that can hold addresses.
fn scan_output(output: &OutputFile) -> Option<Scanned> {
    let language = scan::Language::of(&output.path)?;
    Some(scan(&text_of(output)?, language))
}

/// Invalid bytes are replaced; a file that cannot be read any more has no text.
pub(crate) fn text_of(output: &OutputFile) -> Option<std::borrow::Cow<'_, str>> {
    match &output.contents {
        Contents::Bytes(bytes) => Some(String::from_utf8_lossy(bytes)),
        Contents::Copy(path) => {
            let bytes = read_copied(path)?;
            Some(std::borrow::Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()))
        }
    }
}

/// True for what a browser opens as a page.
fn is_page(path: &str) -> bool {
    [".html", ".htm", ".xhtml"].iter().any(|ending| path.ends_with(ending))
}

/// The same file is missing, however each page writes its address.
fn key_of(kind: &FaultKind) -> FaultKind {
    match kind {
        FaultKind::MissingFile { path, .. } => FaultKind::MissingFile { written: path.clone(), path: path.clone() },
        other => other.clone(),
    }
}

/// Tells faults, and takes the texts they point into in.
struct Teller<'a, 'p> {
    published: &'a Published<'p>,
    sources: &'a mut Sources,
    files: HashMap<usize, FileId>,
    /// How many more suggestions there may be.
    left: usize,
}

impl Teller<'_, '_> {
    /// Takes every file that was read in by its name, in order; the text only of those that will be pointed into.
    fn name_all(&mut self, faults: &Faults, scanned: &[Option<Scanned>]) -> Vec<FileId> {
        let faulty: HashSet<usize> = faults.values().flatten().map(|(file, _)| *file).collect();
        let read = scanned.iter().enumerate().filter(|(_, scanned)| scanned.is_some()).map(|(file, _)| file);
        let name = |file: usize| {
            if faulty.contains(&file) {
                return self.file(file);
            }
            self.sources.add((self.published.name_of)(&self.published.outputs[file]), "")
        };
        read.map(name).collect()
    }

    fn tell(mut self, faults: Faults, diagnostics: &mut Diagnostics) {
        for places in faults.into_values() {
            let mut files: Vec<usize> = places.iter().map(|(file, _)| *file).collect();
            files.dedup();
            let is_many = files.len() > TOLD_ONE_BY_ONE;
            let told = if is_many { &places[..1] } else { &places[..] };
            for (file, fault) in told {
                let mut finding = self.finding(fault, *file);
                if is_many {
                    finding = finding.help(catalogue::output::in_others(files.len() - 1));
                }
                diagnostics.push(finding);
            }
        }
    }

    fn finding(&mut self, fault: &Fault, file: usize) -> Diagnostic {
        let span = Span::new(self.file(file), fault.place.start, fault.place.end);
        let finding = match &fault.kind {
            FaultKind::MissingFile { written, path } => {
                catalogue::output::missing_file(span, written, path).suggest(self.nearest(path))
            }
            FaultKind::MissingAnchor { anchor, path } => catalogue::output::missing_anchor(span, anchor, path),
            FaultKind::OutsideRoot { written } => catalogue::output::outside_root(span, written),
            FaultKind::InvalidUrl { written } => catalogue::output::invalid_url(span, written),
            FaultKind::Empty { attribute } => catalogue::output::empty(span, attribute),
            FaultKind::MissingId { attribute, id } => catalogue::output::missing_id(span, id, attribute),
            FaultKind::DuplicateId { id } => catalogue::output::duplicate_id(span, id),
        };
        match self.origin_of(file) {
            Some(origin) => finding.help(origin),
            None => finding,
        }
    }

    fn origin_of(&self, file: usize) -> Option<Text> {
        let source = self.published.outputs[file].source?;
        Some(catalogue::output::made_from(self.sources.path(source)))
    }

    fn file(&mut self, file: usize) -> FileId {
        let output = &self.published.outputs[file];
        let name = (self.published.name_of)(output);
        *self
            .files
            .entry(file)
            .or_insert_with(|| self.sources.add(name, text_of(output).unwrap_or_default().into_owned()))
    }

    fn nearest(&mut self, path: &str) -> Option<String> {
        self.left = self.left.checked_sub(1)?;
        let paths = self.published.outputs.iter().map(|output| output.path.as_str());
        nearest(path, paths).map(str::to_owned)
    }
}
