//! Suppressed diagnostics: `vereda-ignore` comments and `check.severity: ignore`.
//!
//! A page has `<!-- vereda-ignore CODE: reason -->`, YAML has `# vereda-ignore CODE: reason`. In: the texts of a site.
//! Out: [`Suppressions`]. At the end of a run, [`Suppressions::apply`] removes the suppressed diagnostics and reports
//! the comments without effect. Entry point: [`find`]. [`markdown`] and [`yaml`] decide which bytes a comment covers; a
//! diagnostic is suppressed if it begins there.

mod comment;
mod markdown;
mod yaml;

use std::collections::HashMap;
use std::ops::Range;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, catalogue};
use crate::source::{FileId, Sources, Span, Spanned};

/// The word at the beginning of a comment.
const WORD: &str = "vereda-ignore";

/// The suppressions of a site.
#[derive(Clone, Debug, Default)]
pub(crate) struct Suppressions {
    by_file: HashMap<FileId, Vec<Suppression>>,
    everywhere: Vec<Code>,
}

/// A code that is suppressed at one place.
#[derive(Clone, Debug)]
struct Suppression {
    code: Spanned<Code>,
    /// Diagnostics that begin in these bytes are suppressed.
    covers: Range<usize>,
}

/// A `vereda-ignore` comment before it is parsed.
#[derive(Debug)]
struct Comment<'t> {
    /// The text after `vereda-ignore`.
    text: &'t str,
    /// The offset of that text in the file.
    start: usize,
    covers: Range<usize>,
}

/// Finds the suppressions of these files. An invalid comment is reported and suppresses nothing.
pub(crate) fn find(
    files: &[FileId],
    sources: &Sources,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Suppressions {
    let mut suppressions = Suppressions { by_file: HashMap::new(), everywhere: config.ignored_codes() };
    for file in files.iter().copied().filter(|file| sources.text(*file).contains(WORD)) {
        let text = sources.text(file);
        let is_yaml = [".yaml", ".yml"].iter().any(|ending| sources.path(file).ends_with(ending));
        let comments =
            if is_yaml { yaml::find_comments(text, 0..text.len(), file) } else { markdown::find_comments(text, file) };
        for comment in &comments {
            let codes = comment::read_codes(comment.text, comment.start, file, diagnostics);
            let found = codes.into_iter().map(|code| Suppression { code, covers: comment.covers.clone() });
            suppressions.by_file.entry(file).or_default().extend(found);
        }
    }
    suppressions
}

impl Suppressions {
    /// True if the diagnostic is suppressed.
    pub(crate) fn covers(&self, diagnostic: &Diagnostic) -> bool {
        let is_off = !diagnostic.is_raised && self.everywhere.contains(&diagnostic.code);
        is_off || self.at_place(diagnostic).next().is_some()
    }

    /// Removes the suppressed diagnostics, and reports the suppressions without effect.
    ///
    /// After an essential error nothing is reported as unused: a file that cannot be read can hide the diagnostic that a
    /// comment in another file suppresses.
    pub(crate) fn apply(&self, diagnostics: &mut Diagnostics) {
        let needed: Vec<Span> = diagnostics
            .iter()
            .flat_map(|found| self.at_place(found))
            .map(|suppression| suppression.code.span)
            .collect();
        diagnostics.retain(|diagnostic| !self.covers(diagnostic));
        if diagnostics.iter().any(|diagnostic| diagnostic.code.is_essential()) {
            return;
        }
        for suppression in self.by_file.values().flatten() {
            let code = &suppression.code;
            // Other sites change their responses, and not every run checks them.
            let is_external = code.value.as_str().starts_with("external/");
            let unused = catalogue::ignore::unused(code.span, code.value.as_str());
            if !is_external && !needed.contains(&code.span) && !self.covers(&unused) {
                diagnostics.push(unused);
            }
        }
    }

    fn at_place<'a>(&'a self, diagnostic: &'a Diagnostic) -> impl Iterator<Item = &'a Suppression> {
        let of_file = diagnostic.span.and_then(|span| self.by_file.get(&span.file));
        let start = diagnostic.span.map_or(0, |span| span.start as usize);
        of_file
            .into_iter()
            .flatten()
            .filter(move |suppression| suppression.code.value == diagnostic.code && suppression.covers.contains(&start))
    }
}

/// The range of the line at an offset, with its line break.
fn line_at(text: &str, offset: usize) -> Range<usize> {
    let start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |newline| offset + newline + 1);
    start..end
}
