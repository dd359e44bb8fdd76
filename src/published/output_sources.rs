//! Source texts of published files, loaded when a diagnostic points into one.

use std::collections::HashMap;
use std::ops::Range;

use super::text_of;
use crate::diagnostic::{Text, catalogue};
use crate::output::OutputFile;
use crate::source::{FileId, Sources, Span};

/// A problem in more files than this is reported at its first place only: it is one mistake of a template.
pub(crate) const MAX_FILES_REPORTED: usize = 10;

/// A shorter text, in bytes, is found anywhere.
const SHORTEST: usize = 4;

pub(crate) struct OutputSources<'a> {
    outputs: &'a [OutputFile],
    /// The name of a file in a report.
    name_of: &'a dyn Fn(&OutputFile) -> String,
    sources: &'a mut Sources,
    ids: HashMap<usize, FileId>,
}

impl<'a> OutputSources<'a> {
    pub(crate) fn new(
        outputs: &'a [OutputFile],
        name_of: &'a dyn Fn(&OutputFile) -> String,
        sources: &'a mut Sources,
    ) -> Self {
        Self { outputs, name_of, sources, ids: HashMap::new() }
    }

    /// The place of a part of an output: in the text that the page was made from, if the part is written there.
    pub(crate) fn span(&mut self, output: usize, place: &Range<usize>) -> Span {
        let of_source = self.find_in_source(output, place);
        of_source.unwrap_or_else(|| Span::new(self.file_id(output), place.start, place.end))
    }

    fn find_in_source(&self, output: usize, place: &Range<usize>) -> Option<Span> {
        let source = self.outputs[output].source?;
        let published = text_of(&self.outputs[output])?;
        let written = published.get(place.clone()).filter(|written| written.len() >= SHORTEST)?;
        let start = self.sources.text(source).find(written)?;
        Some(Span::new(source, start, start + written.len()))
    }

    pub(super) fn file_id(&mut self, output: usize) -> FileId {
        *self.ids.entry(output).or_insert_with(|| {
            let file = &self.outputs[output];
            let name = (self.name_of)(file);
            let id = self.sources.find(&name);
            id.unwrap_or_else(|| self.sources.add(name, text_of(file).unwrap_or_default().into_owned()))
        })
    }

    /// Adds a file without its text, if no diagnostic points into it.
    pub(super) fn add_name(&mut self, output: usize) -> FileId {
        self.sources.add((self.name_of)(&self.outputs[output]), "")
    }

    /// The help that names the source of an output, or the output of a place in its source.
    pub(crate) fn origin_help(&self, output: usize, span: Span) -> Option<Text> {
        let source = self.outputs[output].source?;
        if span.file == source {
            return Some(catalogue::output::seen_in((self.name_of)(&self.outputs[output])));
        }
        Some(catalogue::output::made_from(self.sources.path(source)))
    }
}
