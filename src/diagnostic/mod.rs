//! Diagnostics: errors, warnings and notes about the content, with code, span, help and labels.
//!
//! In: a code, a span and the facts. Out: a [`Diagnostic`], which the formats of `report/` write and the preview shows.
//! Every diagnostic is declared in `catalogue/`: code, severity, messages, help and explanation.
//! Entry points: the functions of the catalogue, and [`Diagnostics::push`]. Nothing here prints.

pub(crate) mod catalogue;
mod cause;
mod code;
mod cure;
mod explain;
mod suggestion;
mod text;

pub use catalogue::{cli, import, walk};
pub use code::{Code, Severity};
pub use cure::{Certainty, Cure, Replacement};
pub use explain::{Explanation, explain_all, explain_code, nearest_code};
pub use text::{Language, Text};

pub(crate) use catalogue::machine;
pub(crate) use suggestion::{Names, nearest};

use crate::source::{FileId, Span};

/// A diagnostic: code, severity, message, place and help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The permanent code.
    pub code: Code,
    /// The severity, with the site's settings applied.
    pub severity: Severity,
    /// True if it is an error whatever severity the site configures: a threshold of the site was not met.
    pub is_raised: bool,
    /// The message, one sentence.
    pub message: Text,
    /// The place; `None` if it concerns no text of the site.
    pub span: Option<Span>,
    /// Related places.
    pub labels: Vec<Label>,
    /// What to do, one sentence each.
    pub help: Vec<Text>,
    /// The file whose mistakes can be the cause.
    pub depends_on: Option<FileId>,
    /// How many diagnostics were removed because this one is their cause.
    pub consequences: usize,
    /// The replacements that correct it.
    pub cure: Option<Cure>,
}

/// A related place, with a text that explains the relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The explanation.
    pub text: Text,
}

impl Diagnostic {
    /// Creates a diagnostic with the default severity of its code.
    pub fn new(code: Code, span: impl Into<Option<Span>>, message: Text) -> Self {
        let severity = code.severity();
        Self {
            code,
            severity,
            is_raised: false,
            message,
            span: span.into(),
            labels: Vec::new(),
            help: Vec::new(),
            depends_on: None,
            consequences: 0,
            cure: None,
        }
    }

    /// Sets the file whose mistakes can be the cause.
    #[must_use]
    pub fn depends_on(mut self, file: FileId) -> Self {
        self.depends_on = Some(file);
        self
    }

    /// Sets whether it is an error whatever severity the site configures.
    #[must_use]
    pub fn raise(mut self, is_raised: bool) -> Self {
        self.is_raised = is_raised;
        self
    }

    /// The severity, given the severities that the site configures.
    pub fn severity_where(&self, severity_of: impl Fn(Code) -> Severity) -> Severity {
        if self.is_raised { Severity::Error } else { severity_of(self.code) }
    }

    /// Adds a help text.
    #[must_use]
    pub fn help(mut self, text: Text) -> Self {
        self.help.push(text);
        self
    }

    /// Adds "did you mean" if there is a suggestion.
    #[must_use]
    pub fn suggest(self, suggestion: Option<impl std::fmt::Display>) -> Self {
        match suggestion {
            Some(name) => self.help(catalogue::help::did_you_mean(name)),
            None => self,
        }
    }

    /// Adds a related place.
    #[must_use]
    pub fn label(mut self, span: Span, text: Text) -> Self {
        self.labels.push(Label { span, text });
        self
    }
}

/// The diagnostics of a stage, in the order of creation.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds the diagnostic that a check found, if any.
    pub(crate) fn extend(&mut self, found: Option<Diagnostic>) {
        self.list.extend(found);
    }

    /// Appends the diagnostics of another stage.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.list.append(&mut other.list);
    }

    /// Appends the diagnostics of another stage, and replaces each of `codes` by `code`.
    pub(crate) fn append_as(&mut self, code: Code, codes: &[Code], other: Diagnostics) {
        self.list.extend(other.list.into_iter().map(|diagnostic| {
            let code = if codes.contains(&diagnostic.code) { code } else { diagnostic.code };
            Diagnostic { code, severity: code.severity(), ..diagnostic }
        }));
    }

    /// Applies the site's severities, sorts by file and place, and removes duplicates and consequences.
    #[must_use]
    pub fn finish(mut self, severity_of: impl Fn(Code) -> Severity) -> Vec<Diagnostic> {
        for diagnostic in &mut self.list {
            diagnostic.severity = diagnostic.severity_where(&severity_of);
        }
        self.list.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code));
        self.list.dedup();
        cause::fold(self.list)
    }

    /// Removes the diagnostics for which `is_kept` is false.
    pub(crate) fn retain(&mut self, is_kept: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(is_kept);
    }

    /// True if there is no error.
    pub fn is_clean(&self) -> bool {
        self.list.iter().all(|diagnostic| diagnostic.severity != Severity::Error)
    }

    /// Iterates over the diagnostics, to change them.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Diagnostic> {
        self.list.iter_mut()
    }

    /// Iterates over the diagnostics, in the order of creation.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }
}
