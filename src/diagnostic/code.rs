//! Diagnostic codes and severities. The name of a code never changes and is never reused.

use std::cmp::Ordering;

use serde::Serialize;

use super::catalogue::AREAS;

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Information; it fails no command.
    Note,
    /// Probably a mistake; it fails a command with `--strict`.
    Warning,
    /// A mistake; nothing is published.
    Error,
}

impl Severity {
    /// Every severity, errors first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// The word in machine formats.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// Reads the word of [`Severity::as_str`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.as_str() == name)
    }
}

/// A diagnostic code. Its constants, such as `Code::LINK_EMPTY`, are declared by the files of `catalogue/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Code {
    name: &'static str,
    severity: Severity,
    is_essential: bool,
}

impl Code {
    /// Declares a code. `essential` is empty, or the word `essential`.
    pub(super) const fn new(name: &'static str, severity: Severity, essential: &str) -> Self {
        assert!(matches!(essential.as_bytes(), b"" | b"essential"), "after the severity only `essential` can follow");
        Self { name, severity, is_essential: !essential.is_empty() }
    }

    /// Every code, by area.
    pub fn all() -> impl Iterator<Item = Code> {
        AREAS.iter().flat_map(|area| area.codes.iter().copied())
    }

    /// The name: `area/kebab-case`.
    pub fn as_str(self) -> &'static str {
        self.name
    }

    /// The severity, unless the site configures another one.
    pub fn severity(self) -> Severity {
        self.severity
    }

    /// True if the diagnostic cannot be suppressed: the file cannot be read, the site cannot be built, or publishing it
    /// could harm a reader.
    pub fn is_essential(self) -> bool {
        self.is_essential
    }

    /// Finds a code by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|code| code.name == name)
    }
}

/// Codes are in the order of the catalogue.
impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        let position = |wanted: &Code| Code::all().position(|code| code == *wanted);
        position(self).cmp(&position(other))
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
