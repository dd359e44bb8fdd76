//! Report of an import: what changed, what was left out, and what an editor must check, by page and place.
//!
//! Sources add [`Note`]s; equal ones are counted. The report has no clock time, and the same import gives the same bytes.

use serde::Serialize;

use crate::diagnostic::{Language, Text, catalogue::import as texts};

/// How much a note asks of the editors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// For information.
    Note,
    /// The page has a caution in this place.
    Gap,
}

/// A line of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The file of the page below the site's root; empty for the whole import.
    pub page: String,
    /// The section in which it stands; empty at the beginning.
    pub place: String,
    /// A name for programs, such as `image/no-alt`.
    pub code: &'static str,
    /// What it asks for.
    pub level: Level,
    /// The sentence.
    pub text: Text,
    /// How often it occurred in this place.
    pub count: usize,
}

/// The report of an import.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// By page, in the order of the source.
    pub notes: Vec<Note>,
    /// Number of pages, drafts included.
    pub pages: usize,
    /// Number of drafts.
    pub drafts: usize,
    /// Number of copied files.
    pub files: usize,
}

impl Report {
    /// Adds a note about the whole import, or about a page.
    pub(crate) fn add(&mut self, page: &str, code: &'static str, text: Text) {
        let (page, place) = (page.to_owned(), String::new());
        self.push(Note { page, place, code, level: Level::Note, text, count: 1 });
    }

    /// Adds notes.
    pub(crate) fn extend(&mut self, notes: impl IntoIterator<Item = Note>) {
        for note in notes {
            self.push(note);
        }
    }

    /// Adds a note; one that is there is counted.
    pub(crate) fn push(&mut self, note: Note) {
        let is_same =
            |other: &&mut Note| (&other.place, other.code, &other.text) == (&note.place, note.code, &note.text);
        let of_page = self.notes.iter_mut().rev().take_while(|other| other.page == note.page);
        match of_page.into_iter().find(is_same) {
            Some(other) => other.count += note.count,
            None => self.notes.push(note),
        }
    }

    /// The report as Markdown. `found` has the lines of the check of the written pages.
    pub fn write_markdown(&self, language: Language, found: &[String]) -> String {
        let say = |text: Text| text.in_language(language).to_owned();
        let mut out = format!(
            "# {}\n\n{}\n",
            say(texts::report_title()),
            say(texts::report_counts(self.pages, self.drafts, self.files))
        );
        if self.notes.is_empty() && found.is_empty() {
            out.extend(["\n", &say(texts::report_clean()), "\n"]);
        }
        let mut page: Option<&str> = None;
        for note in &self.notes {
            if page != Some(&note.page) {
                page = Some(&note.page);
                let title =
                    if note.page.is_empty() { say(texts::report_general()) } else { format!("`{}`", note.page) };
                out.extend(["\n## ", &title, "\n\n"]);
            }
            out += &line_of(note, language);
        }
        if !found.is_empty() {
            out.extend(["\n## ", &say(texts::report_check()), "\n\n"]);
            out.extend(found.iter().flat_map(|line| ["- ", line, "\n"]));
        }
        out
    }

    /// The report as JSON, one object a line: the counts, then the notes.
    pub fn write_json(&self, language: Language) -> String {
        let counts = serde_json::json!({ "pages": self.pages, "drafts": self.drafts, "files": self.files });
        let lines = self.notes.iter().map(|note| {
            serde_json::json!({
                "page": note.page,
                "place": note.place,
                "code": note.code,
                "level": note.level,
                "message": note.text.in_language(language),
                "count": note.count,
            })
        });
        let lines = std::iter::once(counts).chain(lines).map(|line| line.to_string());
        lines.flat_map(|line| [line, "\n".to_owned()]).collect()
    }
}

fn line_of(note: &Note, language: Language) -> String {
    let place = match note.place.as_str() {
        "" if note.page.is_empty() => String::new(),
        "" => format!("{}: ", texts::at_start().in_language(language)),
        place => format!("“{place}”: "),
    };
    let text = match note.count {
        1 => note.text.clone(),
        count => texts::repeated(note.text.in_language(language), count),
    };
    let mark = if note.level == Level::Gap { "**" } else { "" };
    format!("- {place}{mark}{}{mark} ({})\n", text.in_language(language), note.code)
}
