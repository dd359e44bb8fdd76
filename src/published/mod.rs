//! Check of published files: broken URLs, missing anchors and ids, empty and duplicate attributes.
//!
//! In: every [`OutputFile`] of a site, or any folder of HTML. Out: diagnostics in the outputs, whether a template, a theme, raw HTML
//! or a copied file is the cause. Entry points: [`check`], [`unused::check`], [`find_external_references`].
//!
//! 1. `scan` reads each file once, in parallel: its references and ids; [`css`] reads style sheets.
//! 2. [`address`] resolves each URL, [`index`] looks the file up as common hosts do.
//! 3. A fault in many files is reported once ([`output_sources`]).
//!
//! Markdown, flows and themes are unknown here. [`external_references`] lists the URLs of other sites for `external`.

pub(crate) mod address;
mod canonical;
mod css;
mod external_references;
mod index;
mod output_sources;
mod scan;
mod text_fragments;
pub(crate) mod unused;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use rayon::prelude::*;

use crate::config::BaseUrl;
use crate::diagnostic::{Diagnostic, Diagnostics, catalogue, nearest};
use crate::output::{Contents, OutputFile};
use crate::progress::{Observer, Stage};
use crate::project::file::read_bytes;
use crate::source::{FileId, Sources};

pub(crate) use canonical::find_base_url;
pub(crate) use external_references::{ExternalReference, find_external_references};
pub(crate) use index::is_for_script;
pub(crate) use output_sources::{MAX_FILES_REPORTED, OutputSources};

use index::Index;
use scan::{Scanned, scan};

/// The maximum of diagnostics with a suggestion, which is slow to find.
const MAX_SUGGESTIONS: usize = 100;

/// The files to check, and how.
pub(crate) struct Published<'a> {
    pub(crate) outputs: &'a [OutputFile],
    pub(crate) base_url: &'a BaseUrl,
    /// Whether links to a missing home page are reported; the theme writes them on every page.
    pub(crate) needs_home: bool,
    /// The name of a file in a report.
    pub(crate) name_of: &'a (dyn Fn(&OutputFile) -> String + Sync),
    /// Whether the report lists every file, also those without diagnostics.
    pub(crate) names_all: bool,
    /// Source files whose duplicate ids are reported already.
    pub(crate) with_duplicates: HashSet<FileId>,
    /// Whether text fragments are checked; those of content files are checked in their sources.
    pub(crate) checks_text_fragments: bool,
    pub(crate) observer: &'a Observer,
}

/// Counts, and the files that other files refer to.
#[derive(Debug, Default)]
pub(crate) struct PublishedSummary {
    pub(crate) pages: usize,
    pub(crate) links: usize,
    /// By output: whether another file refers to it.
    pub(crate) referenced: Vec<bool>,
    /// Every file that was read, with [`Published::names_all`].
    pub(crate) files: Vec<FileId>,
}

#[derive(Clone, Debug)]
struct Fault {
    place: Range<usize>,
    kind: FaultKind,
}

/// Faults are grouped by this value. `written` is the URL as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum FaultKind {
    MissingFile { written: String, path: String },
    MissingAnchor { anchor: String, path: String },
    OutsideRoot { written: String },
    InvalidUrl { written: String },
    Empty { attribute: String },
    MissingId { attribute: String, id: String },
    DuplicateId { id: String },
    MissingText { text: String, path: String },
}

/// The outputs and places of each kind.
type FaultsByKind = BTreeMap<FaultKind, Vec<(usize, Fault)>>;

pub(crate) fn check(
    published: &Published<'_>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> PublishedSummary {
    let outputs = published.outputs;
    let steps = published.observer.steps(Stage::Inspecting, outputs.len());
    let scan = |output: &OutputFile| {
        let scanned = scan_output(output);
        steps.step();
        scanned
    };
    let scanned: Vec<Option<Scanned>> = outputs.par_iter().map(scan).collect();
    let index = Index::new(published, &scanned);
    let check = |(scanned, output): (&Option<Scanned>, &OutputFile)| match scanned {
        Some(scanned) => index.check(scanned, output),
        None => Vec::new(),
    };
    let checked: Vec<Vec<Fault>> = scanned.par_iter().zip(outputs).map(check).collect();
    let missing_texts =
        if published.checks_text_fragments { text_fragments::check(&scanned, outputs, &index) } else { Vec::new() };
    let mut summary = PublishedSummary { referenced: index.into_referenced(), ..PublishedSummary::default() };
    let mut faults = FaultsByKind::new();
    for (position, (checked, scanned)) in checked.into_iter().zip(&scanned).enumerate() {
        let output = &outputs[position];
        summary.pages += usize::from(is_page(&output.path));
        summary.links += scanned.as_ref().map_or(0, |scanned| scanned.references.len());
        let skips_duplicates = output.source.is_some_and(|source| published.with_duplicates.contains(&source));
        for fault in checked {
            if !(skips_duplicates && matches!(fault.kind, FaultKind::DuplicateId { .. })) {
                faults.entry(group_of(&fault.kind)).or_default().push((position, fault));
            }
        }
    }
    for (position, fault) in missing_texts {
        faults.entry(group_of(&fault.kind)).or_default().push((position, fault));
    }
    let files = OutputSources::new(outputs, published.name_of, sources);
    let mut reporter = Reporter { outputs, files, suggestions_left: MAX_SUGGESTIONS };
    if published.names_all {
        summary.files = reporter.name_all(&faults, &scanned);
    }
    reporter.report(faults, diagnostics);
    summary
}

/// `None` for a file without URLs.
fn scan_output(output: &OutputFile) -> Option<Scanned> {
    let syntax = scan::Syntax::of(&output.path)?;
    Some(scan(&text_of(output)?, syntax))
}

/// Invalid bytes are replaced; `None` for a file that was removed meanwhile.
pub(crate) fn text_of(output: &OutputFile) -> Option<Cow<'_, str>> {
    match &output.contents {
        Contents::Bytes(bytes) => Some(String::from_utf8_lossy(bytes)),
        Contents::Copy(path) => Some(Cow::Owned(String::from_utf8_lossy(&read_bytes(path)?).into_owned())),
    }
}

fn is_page(path: &str) -> bool {
    [".html", ".htm", ".xhtml"].iter().any(|ending| path.ends_with(ending))
}

/// Pages write the URL of the same missing file in different ways, so it is grouped by path.
fn group_of(kind: &FaultKind) -> FaultKind {
    match kind {
        FaultKind::MissingFile { path, .. } => FaultKind::MissingFile { written: path.clone(), path: path.clone() },
        other => other.clone(),
    }
}

struct Reporter<'a> {
    outputs: &'a [OutputFile],
    files: OutputSources<'a>,
    suggestions_left: usize,
}

impl Reporter<'_> {
    /// Adds every file that was read, in order, with its text only if it has a fault.
    fn name_all(&mut self, faults: &FaultsByKind, scanned: &[Option<Scanned>]) -> Vec<FileId> {
        let faulty: HashSet<usize> = faults.values().flatten().map(|(output, _)| *output).collect();
        let mut files = Vec::new();
        for (output, scanned) in scanned.iter().enumerate() {
            if faulty.contains(&output) {
                files.push(self.files.file_id(output));
            } else if scanned.is_some() {
                files.push(self.files.add_name(output));
            }
        }
        files
    }

    fn report(mut self, faults: FaultsByKind, diagnostics: &mut Diagnostics) {
        for places in faults.into_values() {
            let mut outputs: Vec<usize> = places.iter().map(|(output, _)| *output).collect();
            outputs.dedup();
            let has_many = outputs.len() > MAX_FILES_REPORTED;
            let reported = if has_many { &places[..1] } else { &places[..] };
            for (output, fault) in reported {
                let mut diagnostic = self.diagnostic(fault, *output);
                if has_many {
                    diagnostic = diagnostic.help(catalogue::output::in_others(outputs.len() - 1));
                }
                diagnostics.push(diagnostic);
            }
        }
    }

    fn diagnostic(&mut self, fault: &Fault, output: usize) -> Diagnostic {
        let span = self.files.span(output, &fault.place);
        let mut diagnostic = match &fault.kind {
            FaultKind::MissingFile { written, path } => {
                catalogue::output::missing_file(span, written, path).suggest(self.nearest(path))
            }
            FaultKind::MissingAnchor { anchor, path } => catalogue::output::missing_anchor(span, anchor, path),
            FaultKind::OutsideRoot { written } => catalogue::output::outside_root(span, written),
            FaultKind::InvalidUrl { written } => catalogue::output::invalid_url(span, written),
            FaultKind::Empty { attribute } => catalogue::output::empty(span, attribute),
            FaultKind::MissingId { attribute, id } => catalogue::output::missing_id(span, id, attribute),
            FaultKind::DuplicateId { id } => catalogue::output::duplicate_id(span, id),
            FaultKind::MissingText { text, path } => catalogue::link::missing_text(span, text, path),
        };
        diagnostic.help.extend(self.files.origin_help(output, span));
        diagnostic
    }

    fn nearest(&mut self, path: &str) -> Option<String> {
        self.suggestions_left = self.suggestions_left.checked_sub(1)?;
        nearest(path, self.outputs.iter().map(|output| output.path.as_str())).map(str::to_owned)
    }
}
