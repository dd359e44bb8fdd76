//! Baseline: the known problems of a site, so that only new ones fail.
//!
//! In: the diagnostics of a run, or the text of a baseline. Out: that text, sorted, one problem a line; or the new
//! diagnostics and the fixed problems. Entry points: [`Baseline::of`], [`Baseline::parse`], [`Baseline::remove_known`].
//! A problem is identified by file, code and message in the language of the site, not by its line. Notes are skipped.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::source::Sources;

/// The version of the file format.
const VERSION: u32 = 1;

/// Known problems, each with its number of occurrences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    problems: BTreeMap<Problem, usize>,
}

/// The identity of a problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// The path relative to the root; `None` if no text is concerned.
    pub file: Option<String>,
    /// The code, as in [`crate::diagnostic::Code::as_str`].
    pub code: String,
    /// The message in the language of the site.
    pub message: String,
}

/// The diagnostics of a run, compared with a baseline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BaselineMatch {
    /// How many diagnostics are known problems.
    pub known: usize,
    /// Problems that no longer occur, once for each missing occurrence.
    pub gone: Vec<Problem>,
}

/// A problem in the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    file: Option<String>,
    code: String,
    message: String,
    #[serde(default = "once", skip_serializing_if = "is_once")]
    count: usize,
}

/// The content of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BaselineFile {
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
    /// Creates a baseline of the diagnostics of a run.
    pub fn of(diagnostics: &[Diagnostic], sources: &Sources, language: Language) -> Self {
        let mut problems = BTreeMap::new();
        for problem in diagnostics.iter().filter_map(|found| Problem::of(found, sources, language)) {
            *problems.entry(problem).or_default() += 1;
        }
        Self { problems }
    }

    /// Parses the text of [`Baseline::write`].
    ///
    /// # Errors
    ///
    /// The reason in English, with its line, if the text is not a baseline.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: BaselineFile = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if file.version != VERSION {
            return Err(format!("version {} is not known", file.version));
        }
        let mut problems = BTreeMap::new();
        for Row { file, code, message, count } in file.problems {
            *problems.entry(Problem { file, code, message }).or_default() += count;
        }
        Ok(Self { problems })
    }

    /// Writes sorted JSON with one problem a line, so that diffs are readable.
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

    /// The number of problems.
    pub fn count(&self) -> usize {
        self.problems.values().sum()
    }

    /// Removes the known problems from the diagnostics of a run.
    pub fn remove_known(
        &self,
        diagnostics: &mut Vec<Diagnostic>,
        sources: &Sources,
        language: Language,
    ) -> BaselineMatch {
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
        BaselineMatch { known: before - diagnostics.len(), gone }
    }
}

impl Baseline {
    /// True if all these errors are known and none is essential.
    pub fn excuses(&self, mut errors: Vec<Diagnostic>, sources: &Sources, language: Language) -> bool {
        let is_essential = errors.iter().any(|found| found.code.is_essential());
        self.remove_known(&mut errors, sources, language);
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

    /// Diagnostics with these messages, one a line of one file.
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

    /// The new messages, and the numbers of known and fixed problems.
    fn part(known: &[&str], now: &[&str]) -> (Vec<String>, usize, usize) {
        let (mut found, sources) = found(now);
        let matched = baseline(known).remove_known(&mut found, &sources, Language::PtBr);
        (found.into_iter().map(|found| found.message.pt).collect(), matched.known, matched.gone.len())
    }

    #[test]
    fn keeps_only_new_problems() {
        assert_eq!(part(&["a", "b"], &["b", "c", "a"]), (vec!["c".to_owned()], 2, 0));
        assert_eq!(part(&["a"], &["a", "a"]), (vec!["a".to_owned()], 1, 0));
        assert_eq!(part(&["a", "a", "b"], &["a"]), (vec![], 1, 2));
    }

    #[test]
    fn writes_sorted_json_that_parses_again() {
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
    fn rejects_invalid_baseline_with_line() {
        assert!(Baseline::parse("{").unwrap_err().contains("line 1"));
        assert!(Baseline::parse("{\"version\": 2, \"problems\": []}").unwrap_err().contains('2'));
        assert!(Baseline::parse("{\"version\": 1, \"problems\": [], \"x\": 1}").unwrap_err().contains("`x`"));
    }

    #[test]
    fn skips_notes() {
        let (mut found, sources) = found(&["a"]);
        found[0].severity = Severity::Note;
        assert_eq!(Baseline::of(&found, &sources, Language::PtBr), Baseline::default());
        assert_eq!(baseline(&["a"]).remove_known(&mut found, &sources, Language::PtBr).gone.len(), 1);
        assert_eq!(found.len(), 1);
    }
}
