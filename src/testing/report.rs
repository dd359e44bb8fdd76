//! Sample diagnostics, for the tests of `report/`.

use crate::diagnostic::{Code, Diagnostic, Language, Severity, Text};
use crate::report::Summary;
use crate::report::{Findings, Format, Look, render};
use crate::source::{FileId, Sources, Span};

pub(crate) struct Sample {
    sources: Sources,
    file: FileId,
    diagnostics: Vec<Diagnostic>,
    pub(crate) summary: Summary,
    pub(crate) folder: &'static str,
    pub(crate) fails_from: Severity,
}

impl Sample {
    /// One file.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let mut sources = Sources::default();
        let file = sources.add(path, text);
        Self {
            sources,
            file,
            diagnostics: Vec::new(),
            summary: Summary::default(),
            folder: "",
            fails_from: Severity::Error,
        }
    }

    /// Adds another file; returns the place of `marked` in it.
    pub(crate) fn add_file(&mut self, path: &str, text: &str, marked: &str) -> Span {
        let start = text.find(marked).unwrap();
        Span::new(self.sources.add(path, text), start, start + marked.len())
    }

    /// The first place of a text in the first file.
    pub(crate) fn span(&self, marked: &str) -> Span {
        let start = self.sources.text(self.file).find(marked).unwrap();
        Span::new(self.file, start, start + marked.len())
    }

    /// Adds a diagnostic at the first place of a text, or without a place.
    pub(crate) fn add(&mut self, code: Code, marked: Option<&str>, message: &str) -> &mut Diagnostic {
        let message = Text { pt: message.to_owned(), en: message.to_owned() };
        self.diagnostics.push(Diagnostic::new(code, marked.map(|marked| self.span(marked)), message));
        self.diagnostics.last_mut().unwrap()
    }

    /// The last diagnostic.
    pub(crate) fn last(&mut self) -> &mut Diagnostic {
        self.diagnostics.last_mut().unwrap()
    }

    /// Adds a diagnostic between two offsets.
    pub(crate) fn add_at(&mut self, code: Code, start: usize, end: usize) {
        let message = Text { pt: "aqui".to_owned(), en: "here".to_owned() };
        self.diagnostics.push(Diagnostic::new(code, Span::new(self.file, start, end), message));
    }

    pub(crate) fn findings(&self) -> Findings<'_> {
        Findings {
            folder: self.folder,
            fails_from: self.fails_from,
            ..Findings::new(&self.sources, &self.diagnostics, &self.summary)
        }
    }

    pub(crate) fn render(&self, format: Format, language: Language) -> String {
        render(self.findings(), format, Look { language, is_coloured: false, width: 100 })
    }

    pub(crate) fn render_coloured(&self) -> String {
        render(self.findings(), Format::Human, Look { language: Language::PtBr, is_coloured: true, width: 100 })
    }
}
