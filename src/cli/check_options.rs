//! Values of the options `--format` and `--deny` of `vereda check`.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use vereda::diagnostic::{Code, Diagnostic, Severity, nearest_code};
use vereda::report::Format;
use vereda::words::Words;

/// Diagnostics that are raised to errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Denied {
    Warnings,
    Code(Code),
}

impl Denied {
    /// Reads `warnings` or a code.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if text == "warnings" {
            return Ok(Self::Warnings);
        }
        let refuse = || match nearest_code(text) {
            Some(code) => format!("there is no such diagnostic; did you mean {}?", code.as_str()),
            None => "`warnings` or the code of a diagnostic, such as link/empty, is expected".to_owned(),
        };
        Code::from_name(text).map(Self::Code).ok_or_else(refuse)
    }

    /// True for a diagnostic that is raised to an error.
    pub(crate) fn covers(self, found: &Diagnostic) -> bool {
        match self {
            Self::Warnings => found.severity == Severity::Warning,
            Self::Code(code) => found.code == code,
        }
    }
}

/// A report format, and its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReportTarget {
    pub(crate) format: Format,
    /// `None` for the standard output, or the file of `--output`.
    pub(crate) file: Option<PathBuf>,
}

/// Reads `FORMAT` or `FORMAT=FILE`.
#[derive(Clone)]
pub(crate) struct ReportTargetParser;

impl TypedValueParser for ReportTargetParser {
    type Value = ReportTarget;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<ReportTarget, clap::Error> {
        let text = value.to_string_lossy();
        let (name, file) = match text.split_once('=') {
            Some((name, file)) if !file.is_empty() => (name, Some(PathBuf::from(file))),
            _ => (text.as_ref(), None),
        };
        let name = possible().parse_ref(command, argument, OsStr::new(name))?;
        let format = Format::from_name(&name).expect("only names of formats are possible");
        Ok(ReportTarget { format, file })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(values()))
    }
}

fn values() -> impl Iterator<Item = PossibleValue> {
    Format::ALL.iter().map(|format| PossibleValue::new(format.as_str()).help(format.description()))
}

fn possible() -> PossibleValuesParser {
    PossibleValuesParser::new(values())
}
