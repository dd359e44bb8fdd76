//! The problems that a site is known to have, so that only new ones fail.
//!
//! In: the findings of a run, or the text of a baseline. Out: that text, sorted, a problem a line; or the findings that are new, and
//! the problems that are gone. Entry points: [`Baseline::of`], [`Baseline::parse`], [`Baseline::part`]. A problem is known by its
//! file, its code and its sentence in the language of the site, never by its line; notes, which fail nowhere, are left alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::source::Sources;

/// Of the form of the file.
const VERSION: u32 = 1;

/// Known problems, and how many times each is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    problems: BTreeMap<Problem, usize>,
}

/// What makes two findings the same problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// Relative to the root; `None` where no text is concerned.
    pub file: Option<String>,
    /// As in [`crate::diagnostic::Code::as_str`].
    pub code: String,
    /// In the language of the site.
    pub message: String,
}

/// The findings of a run against a baseline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parted {
    /// How many findings were known.
    pub known: usize,
    /// Problems that are no longer there, as often as they are not.
    pub gone: Vec<Problem>,
}

/// A line of the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    file: Option<String>,
    code: String,
    message: String,
    #[serde(default = "once", skip_serializing_if = "is_once")]
    count: usize,
}

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    version: u32,
    problems: Vec<Row>,
}

fn once() -> usize {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_once(count: &usize) -> bool {
    *count == 1
}

impl Baseline {
    /// What a run found.
    pub fn of(diagnostics: &[Diagnostic], sources: &Sources, language: Language) -> Self {
        let mut problems = BTreeMap::new();
        for problem in diagnostics.iter().filter_map(|found| Problem::of(found, sources, language)) {
            *problems.entry(problem).or_default() += 1;
        }
        Self { problems }
    }

    /// Reads what [`Baseline::write`] wrote; else says, in English, where and why it cannot.
    pub fn parse(text: &str) -> Result<Self, String> {
        let whole: Whole = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if whole.version != VERSION {
            return Err(format!("version {} is not known", whole.version));
        }
        let mut problems = BTreeMap::new();
        for Row { file, code, message, count } in whole.problems {
            *problems.entry(Problem { file, code, message }).or_default() += count;
        }
        Ok(Self { problems })
    }

    /// JSON with a problem a line, sorted, so that its history can be read.
    pub fn write(&self) -> String {
        let row = |(problem, count): (&Problem, &usize)| {
            let Problem { file, code, message } = problem.clone();
            let row = Row { file, code, message, count: *count };
            format!("    {}", serde_json::to_string(&row).expect("plain structs of texts and numbers are JSON"))
        };
        let rows: Vec<_> = self.problems.iter().map(row).collect();
        let rows = if rows.is_empty() { String::new() } else { format!("\n{}\n  ", rows.join(",\n")) };
        format!("{{\n  \"version\": {VERSION},\n  \"problems\": [{rows}]\n}}\n")
    }

    /// How many problems there are.
    pub fn count(&self) -> usize {
        self.problems.values().sum()
    }

    /// Takes the known problems out of the findings of a run.
    pub fn part(&self, diagnostics: &mut Vec<Diagnostic>, sources: &Sources, language: Language) -> Parted {
        let mut left = self.problems.clone();
        let before = diagnostics.len();
        diagnostics.retain(|found| {
            let count = Problem::of(found, sources, language).and_then(|problem| left.get_mut(&problem));
            match count {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            }
        });
        let gone = left.into_iter().flat_map(|(problem, count)| std::iter::repeat_n(problem, count)).collect();
        Parted { known: before - diagnostics.len(), gone }
    }
}

impl Baseline {
    /// True when all these errors are known, and none of them keeps a site from being made whole.
    pub fn excuses(&self, mut errors: Vec<Diagnostic>, sources: &Sources, language: Language) -> bool {
        let is_essential = errors.iter().any(|found| found.code.is_essential());
        self.part(&mut errors, sources, language);
        !is_essential && errors.is_empty()
    }
}

impl Problem {
    /// `None` for a note.
    fn of(found: &Diagnostic, sources: &Sources, language: Language) -> Option<Self> {
        (found.severity > Severity::Note).then(|| Self {
            file: found.span.map(|span| sources.path(span.file).to_owned()),
            code: found.code.as_str().to_owned(),
            message: found.message.in_language(language).to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Text};
    use crate::source::Span;

    /// Findings of these sentences, each further down in one file.
    fn found(messages: &[&str]) -> (Vec<Diagnostic>, Sources) {
        let mut sources = Sources::default();
        let file = sources.add("content/á.md", "\n".repeat(9));
        let finding = |(index, message): (usize, &&str)| {
            let text = Text { pt: (*message).to_owned(), en: String::new() };
            Diagnostic::new(Code::LINK_EMPTY, Span::new(file, index, index), text)
        };
        (messages.iter().enumerate().map(finding).collect(), sources)
    }

    fn baseline(messages: &[&str]) -> Baseline {
        let (found, sources) = found(messages);
        Baseline::of(&found, &sources, Language::PtBr)
    }

    /// What is new, and what [`Baseline::part`] says.
    fn part(known: &[&str], now: &[&str]) -> (Vec<String>, usize, usize) {
        let (mut found, sources) = found(now);
        let parted = baseline(known).part(&mut found, &sources, Language::PtBr);
        (found.into_iter().map(|found| found.message.pt).collect(), parted.known, parted.gone.len())
    }

    #[test]
    fn only_new_problems_stay_wherever_they_stand() {
        assert_eq!(part(&["a", "b"], &["b", "c", "a"]), (vec!["c".to_owned()], 2, 0));
        assert_eq!(part(&["a"], &["a", "a"]), (vec!["a".to_owned()], 1, 0));
        assert_eq!(part(&["a", "a", "b"], &["a"]), (vec![], 1, 2));
    }

    #[test]
    fn what_is_written_is_sorted_and_read_again() {
        let baseline = baseline(&["b \"x\"", "a", "a"]);
        let expected = r#"{
  "version": 1,
  "problems": [
    {"file":"content/á.md","code":"link/empty","message":"a","count":2},
    {"file":"content/á.md","code":"link/empty","message":"b \"x\""}
  ]
}
"#;
        assert_eq!((baseline.write().as_str(), baseline.count()), (expected, 3));
        assert_eq!(Baseline::parse(expected), Ok(baseline));
        assert_eq!(Baseline::parse(&Baseline::default().write()), Ok(Baseline::default()));
    }

    #[test]
    fn what_is_no_baseline_is_refused_with_its_place() {
        assert!(Baseline::parse("{").unwrap_err().contains("line 1"));
        assert!(Baseline::parse("{\"version\": 2, \"problems\": []}").unwrap_err().contains('2'));
        assert!(Baseline::parse("{\"version\": 1, \"problems\": [], \"x\": 1}").unwrap_err().contains("`x`"));
    }

    #[test]
    fn a_note_is_neither_known_nor_new() {
        let (mut found, sources) = found(&["a"]);
        found[0].severity = Severity::Note;
        assert_eq!(Baseline::of(&found, &sources, Language::PtBr), Baseline::default());
        assert_eq!(baseline(&["a"]).part(&mut found, &sources, Language::PtBr).gone.len(), 1);
        assert_eq!(found.len(), 1);
    }
}
