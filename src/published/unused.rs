//! Copied files that nothing published leads to.
//!
//! Only pictures, recordings and documents are looked at: what hosts and robots ask for by itself is none of these, nor is an
//! icon. A file whose name stands in any published text is left alone, for a script may put an address together.

use std::collections::HashSet;

use rayon::prelude::*;
use regex::Regex;

use super::{Seen, text_of};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::output::{Contents, OutputFile};

/// Endings of what is put in a site to be shown or fetched.
const MEDIA: [&str; 22] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "mp4", "webm", "mov", "mp3", "ogg", "wav", "pdf", "doc",
    "docx", "xls", "xlsx", "ppt", "pptx", "zip", "csv",
];

/// Endings of what may name a file.
const TEXTS: [&str; 10] = ["html", "htm", "css", "js", "mjs", "json", "xml", "txt", "webmanifest", "svg"];

/// Beginnings of names that browsers and other sites ask for by themselves.
const ASKED_FOR: [&str; 4] = ["favicon", "apple-touch-icon", "android-chrome", "mstile"];

/// Reports what nothing leads to.
pub(crate) fn check(
    outputs: &[OutputFile],
    seen: &Seen,
    name_of: impl Fn(&OutputFile) -> String,
    diagnostics: &mut Diagnostics,
) {
    let is_left = |(output, reached): &(&OutputFile, &bool)| is_media(output) && !**reached;
    let left: Vec<&OutputFile> = outputs.iter().zip(&seen.reached).filter(is_left).map(|(output, _)| output).collect();
    if left.is_empty() {
        return;
    }
    let named = names_in(outputs, &left);
    for output in left.into_iter().filter(|output| !named.contains(name(&output.path))) {
        diagnostics.push(catalogue::asset::unused(None, name_of(output)));
    }
}

fn is_media(output: &OutputFile) -> bool {
    let is_asked_for =
        output.path.starts_with(".well-known/") || ASKED_FOR.iter().any(|one| name(&output.path).starts_with(one));
    matches!(output.contents, Contents::Copy(_)) && !is_asked_for && has_ending(&output.path, &MEDIA)
}

/// The names of files that stand in a text.
fn names_in(outputs: &[OutputFile], files: &[&OutputFile]) -> HashSet<String> {
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
