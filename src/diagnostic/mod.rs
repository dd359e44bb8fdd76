//! What is wrong or doubtful in the content, once, for every reader of it.
//!
//! In: a code, a span and the facts. Out: a [`Diagnostic`], which every format of `report/` writes and the preview shows over
//! the page. Every diagnostic is declared in `catalogue/`: code, severity, messages, help and explanation.
//! Entry points: the functions of the catalogue, and [`Diagnostics::push`]. Nothing here prints.

pub(crate) mod catalogue;
mod code;
mod explain;
mod suggestion;
mod text;

pub use catalogue::{cli, walk};
pub use code::{Code, Severity};
pub use explain::{Explanation, explain_all, explain_code, nearest_code};
pub use text::{Language, Text};

pub(crate) use catalogue::machine;
pub(crate) use suggestion::nearest;

use crate::source::Span;

/// One finding: what, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Permanent name of the kind of finding.
    pub code: Code,
    /// How bad it is, after the site's own settings.
    pub severity: Severity,
    /// An error whatever the site says of its code: a threshold that the site itself set was not met.
    pub is_raised: bool,
    /// One sentence.
    pub message: Text,
    /// Where; `None` where no text of the site is concerned.
    pub span: Option<Span>,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// What to do, a sentence each.
    pub help: Vec<Text>,
}

/// A second place, with what it has to do with the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub text: Text,
}

impl Diagnostic {
    /// A finding of the code's own severity.
    pub fn new(code: Code, span: impl Into<Option<Span>>, message: Text) -> Self {
        let severity = code.severity();
        Self { code, severity, is_raised: false, message, span: span.into(), labels: Vec::new(), help: Vec::new() }
    }

    /// Makes it an error, or not, whatever the site says of its code.
    #[must_use]
    pub fn raise(mut self, is_raised: bool) -> Self {
        self.is_raised = is_raised;
        self
    }

    /// How bad it is where the site wants these severities.
    pub fn severity_where(&self, severity_of: impl Fn(Code) -> Severity) -> Severity {
        if self.is_raised { Severity::Error } else { severity_of(self.code) }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: Text) -> Self {
        self.help.push(text);
        self
    }

    /// Says "did you mean" where there is something near.
    #[must_use]
    pub fn suggest(self, suggestion: Option<impl std::fmt::Display>) -> Self {
        match suggestion {
            Some(name) => self.help(catalogue::help::did_you_mean(name)),
            None => self,
        }
    }

    /// Points to another place.
    #[must_use]
    pub fn label(mut self, span: Span, text: Text) -> Self {
        self.labels.push(Label { span, text });
        self
    }
}

/// The findings of a stage, in the order they were made.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds those of another stage, after these.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.list.append(&mut other.list);
    }

    /// Adds those of another stage, those of `codes` under another code.
    pub(crate) fn append_as(&mut self, code: Code, codes: &[Code], other: Diagnostics) {
        self.list.extend(other.list.into_iter().map(|diagnostic| {
            let code = if codes.contains(&diagnostic.code) { code } else { diagnostic.code };
            Diagnostic { code, severity: code.severity(), ..diagnostic }
        }));
    }

    /// Sorts by file and place, drops exact repetitions, and gives each the severity the site wants.
    #[must_use]
    pub fn finish(mut self, severity_of: impl Fn(Code) -> Severity) -> Vec<Diagnostic> {
        for diagnostic in &mut self.list {
            diagnostic.severity = diagnostic.severity_where(&severity_of);
        }
        self.list.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code));
        self.list.dedup();
        self.list
    }

    /// Drops those that are not kept.
    pub(crate) fn retain(&mut self, is_kept: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(is_kept);
    }

    /// True when nothing of severity error was found.
    pub fn is_clean(&self) -> bool {
        self.list.iter().all(|diagnostic| diagnostic.severity != Severity::Error)
    }

    /// All of them, in the order they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }
}
