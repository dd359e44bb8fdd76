//! Unused copied files: images, recordings and documents that no published file refers to.
//!
//! Icons and files that browsers or hosts request by themselves are skipped. So is a file whose name is part of any published text,
//! since a script may build its URL.

use std::collections::HashSet;

use rayon::prelude::*;
use regex::Regex;

use super::{PublishedSummary, text_of};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::output::{Contents, OutputFile};

/// Extensions of files that are checked.
const MEDIA: [&str; 22] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "mp4", "webm", "mov", "mp3", "ogg", "wav", "pdf", "doc",
    "docx", "xls", "xlsx", "ppt", "pptx", "zip", "csv",
];

/// Extensions of files that may name others.
const TEXTS: [&str; 10] = ["html", "htm", "css", "js", "mjs", "json", "xml", "txt", "webmanifest", "svg"];

/// Prefixes of names that browsers and other sites request by themselves.
const WELL_KNOWN: [&str; 4] = ["favicon", "apple-touch-icon", "android-chrome", "mstile"];

pub(crate) fn check(
    outputs: &[OutputFile],
    summary: &PublishedSummary,
    name_of: impl Fn(&OutputFile) -> String,
    diagnostics: &mut Diagnostics,
) {
    let mut unused = Vec::new();
    for (output, is_referenced) in outputs.iter().zip(&summary.referenced) {
        if is_media(output) && !is_referenced {
            unused.push(output);
        }
    }
    if unused.is_empty() {
        return;
    }
    let named = find_names(outputs, &unused);
    for output in unused {
        if !named.contains(name(&output.path)) {
            diagnostics.push(catalogue::asset::unused(None, name_of(output)));
        }
    }
}

fn is_media(output: &OutputFile) -> bool {
    let is_well_known = output.path.starts_with(".well-known/")
        || WELL_KNOWN.iter().any(|prefix| name(&output.path).starts_with(prefix));
    matches!(output.contents, Contents::Copy(_)) && !is_well_known && has_ending(&output.path, &MEDIA)
}

/// The names of `files` that are part of a published text.
fn find_names(outputs: &[OutputFile], files: &[&OutputFile]) -> HashSet<String> {
    let mut names: Vec<String> = files.iter().map(|file| regex::escape(name(&file.path))).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.dedup();
    let Ok(pattern) = Regex::new(&names.join("|")) else { return HashSet::new() };
    let find = |output: &OutputFile| -> HashSet<String> {
        let text = text_of(output).unwrap_or_default();
        pattern.find_iter(&text).map(|found| found.as_str().to_owned()).collect()
    };
    let texts = outputs.par_iter().filter(|output| has_ending(&output.path, &TEXTS));
    texts.map(find).reduce(HashSet::new, |mut all, found| {
        all.extend(found);
        all
    })
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn has_ending(path: &str, endings: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending.to_ascii_lowercase().as_str()))
}
