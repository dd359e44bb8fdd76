//! Absolute URLs in published files, for the check of external links.

use std::ops::Range;

use rayon::prelude::*;

use super::scan::{Reference, ReferenceKind};
use super::scan_output;
use crate::output::OutputFile;

#[derive(Clone, Debug)]
pub(crate) struct ExternalReference {
    /// Index of the output.
    pub(crate) output: usize,
    pub(crate) place: Range<usize>,
    pub(crate) text: String,
}

/// Every absolute URL of every output, in order; URLs of the site itself too.
pub(crate) fn find_external_references(outputs: &[OutputFile]) -> Vec<ExternalReference> {
    let find = |(output, file): (usize, &OutputFile)| -> Vec<ExternalReference> {
        let references = scan_output(file).map(|scanned| scanned.references).unwrap_or_default();
        let external = references.into_iter().filter(is_absolute);
        external.map(|Reference { text, place, .. }| ExternalReference { output, place, text }).collect()
    };
    outputs.par_iter().enumerate().map(find).collect::<Vec<_>>().concat()
}

fn is_absolute(reference: &Reference) -> bool {
    let text = reference.text.trim();
    let begins = |with: &str| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    let is_url = matches!(reference.kind, ReferenceKind::Link | ReferenceKind::File);
    is_url && ["http://", "https://", "//"].into_iter().any(begins)
}
