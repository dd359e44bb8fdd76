//! Where addresses of other sites stand in what is published.

use std::ops::Range;

use rayon::prelude::*;

use super::scan::{Kind, Reference};
use super::scan_output;
use crate::output::OutputFile;

/// An absolute address in an output.
#[derive(Clone, Debug)]
pub(crate) struct Outward {
    /// Index of the output.
    pub(crate) output: usize,
    pub(crate) place: Range<usize>,
    pub(crate) text: String,
}

/// Every absolute address of every output, in order. Whether one leads to the site itself is not asked here.
pub(crate) fn find_outward(outputs: &[OutputFile]) -> Vec<Outward> {
    let find = |(output, file): (usize, &OutputFile)| -> Vec<Outward> {
        let references = scan_output(file).map(|scanned| scanned.references).unwrap_or_default();
        let outward = references.into_iter().filter(is_outward);
        outward.map(|Reference { text, place, .. }| Outward { output, place, text }).collect()
    };
    outputs.par_iter().enumerate().map(find).collect::<Vec<_>>().concat()
}

fn is_outward(reference: &Reference) -> bool {
    let text = reference.text.trim();
    let begins = |with: &str| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    matches!(reference.kind, Kind::Link | Kind::File) && ["http://", "https://", "//"].into_iter().any(begins)
}
