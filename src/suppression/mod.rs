//! What an editor asked not to be told: `<!-- vereda-ignore CODE: reason -->` in a page, `# vereda-ignore CODE: reason` in YAML, and
//! the codes that `vereda.yaml` leaves out.
//!
//! In: the texts of a site. Out: [`Ignores`], which [`Ignores::settle`] takes from the findings of the whole run, at its end:
//! an ignore that nothing needed is then a finding itself. Entry point: [`find`]. Where an ignore holds is decided by
//! [`markdown`] and [`yaml`]; a finding is covered when it begins there.

mod markdown;
mod note;
mod yaml;

use std::collections::HashMap;
use std::ops::Range;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, catalogue};
use crate::source::{FileId, Sources, Span, Spanned};

/// How an ignore begins.
const WORD: &str = "vereda-ignore";

/// Everything that is not to be told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ignores {
    by_file: HashMap<FileId, Vec<Ignore>>,
    everywhere: Vec<Code>,
}

/// One code at one place.
#[derive(Clone, Debug)]
struct Ignore {
    code: Spanned<Code>,
    /// The bytes in which a finding begins.
    covers: Range<usize>,
}

/// A note as found: what it says, and where it would hold.
#[derive(Debug)]
struct Note<'t> {
    /// What follows the word.
    text: &'t str,
    /// Of that text in the file.
    start: usize,
    covers: Range<usize>,
}

/// Finds every ignore of these files; those that are wrong are reported and ignore nothing.
pub(crate) fn find(files: &[FileId], sources: &Sources, config: &Config, diagnostics: &mut Diagnostics) -> Ignores {
    let mut ignores = Ignores { by_file: HashMap::new(), everywhere: config.ignored_codes() };
    for file in files.iter().copied().filter(|file| sources.text(*file).contains(WORD)) {
        let text = sources.text(file);
        let is_yaml = [".yaml", ".yml"].iter().any(|ending| sources.path(file).ends_with(ending));
        let notes =
            if is_yaml { yaml::find_notes(text, 0..text.len(), file) } else { markdown::find_notes(text, file) };
        for note in &notes {
            let codes = note::read_codes(note.text, note.start, file, diagnostics);
            let found = codes.into_iter().map(|code| Ignore { code, covers: note.covers.clone() });
            ignores.by_file.entry(file).or_default().extend(found);
        }
    }
    ignores
}

impl Ignores {
    /// True for a finding that is not to be told.
    pub(crate) fn covers(&self, diagnostic: &Diagnostic) -> bool {
        let is_left_out = !diagnostic.is_raised && self.everywhere.contains(&diagnostic.code);
        is_left_out || self.at_place(diagnostic).next().is_some()
    }

    /// Drops what is not to be told, and reports the ignores that nothing needed. These are not known where the run could not read
    /// everything: a file that is wrong may hide what an ignore in another one is for.
    pub(crate) fn settle(&self, diagnostics: &mut Diagnostics) {
        let needed: Vec<Span> =
            diagnostics.iter().flat_map(|found| self.at_place(found)).map(|ignore| ignore.code.span).collect();
        diagnostics.retain(|diagnostic| !self.covers(diagnostic));
        if diagnostics.iter().any(|diagnostic| diagnostic.code.is_essential()) {
            return;
        }
        // What other sites answer changes by itself, and they are not asked in every run.
        let may_be_unused = |ignore: &&Ignore| !ignore.code.value.as_str().starts_with("external/");
        let all = self.by_file.values().flatten().filter(may_be_unused);
        let unused = all.filter(|ignore| !needed.contains(&ignore.code.span));
        let unused: Vec<_> =
            unused.map(|ignore| catalogue::ignore::unused(ignore.code.span, ignore.code.value.as_str())).collect();
        unused.into_iter().filter(|found| !self.covers(found)).for_each(|found| diagnostics.push(found));
    }

    fn at_place<'a>(&'a self, diagnostic: &'a Diagnostic) -> impl Iterator<Item = &'a Ignore> {
        let of_file = diagnostic.span.and_then(|span| self.by_file.get(&span.file));
        let start = diagnostic.span.map_or(0, |span| span.start as usize);
        of_file
            .into_iter()
            .flatten()
            .filter(move |ignore| ignore.code.value == diagnostic.code && ignore.covers.contains(&start))
    }
}

/// The line of an offset, with its end.
fn line_at(text: &str, offset: usize) -> Range<usize> {
    let start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |newline| offset + newline + 1);
    start..end
}
