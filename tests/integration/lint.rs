//! Lint cases in `tests/lint/*.md`: for each check, small sites that it reports and similar sites that it accepts.
//!
//! `tests/lint/README.md` has the format of a case, and how to run one of them. A reported line ends in a mark, which is removed
//! before the file is written:
//!
//! ```text
//! - { when: { valor: { lt: 0 } }, next: fim } # error[flow/dead-rule] "{ when: { valor: { lt: 0 } }, next: fim": never holds
//! ```
//!
//! The quoted text is what the finding points at; a part of its message follows. Both are optional.

use std::env;
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;
use vereda::diagnostic::Code;

use crate::site::Site;

/// ` # error[area/name] "text": message`, in a page also between `<!--` and `-->`.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    let mark = r#" *(?:#|<!--) (error|warning|note)\[([a-z/-]+)\](?: "((?:[^"\\]|\\.)*)")?(?:: ([^#<]*?))?(?: -->)?$"#;
    Regex::new(mark).unwrap()
});

/// Areas whose codes all have a section.
const AREAS: [&str; 6] = ["link/", "flow/", "scenario/", "review/", "section/", "macro/"];

/// Codes of YAML, pages and copied files that have a section too.
const PAGE_CODES: [Code; 22] = [
    Code::PAGE_LEFTOVER_MARKUP,
    Code::PAGE_TABLE_CELLS,
    Code::PAGE_FOREIGN_SYNTAX,
    Code::CONFIG_SYNTAX,
    Code::CONFIG_YAML_TRAP,
    Code::FRONT_MATTER_SYNTAX,
    Code::FRONT_MATTER_YAML_TRAP,
    Code::PAGE_CONFLICT,
    Code::PAGE_LINKS_TO_DRAFT,
    Code::PAGE_DUPLICATE_ID,
    Code::PAGE_DUPLICATE_ROUTE,
    Code::PAGE_SKIPPED_HEADING,
    Code::PAGE_MISSING_ALT,
    Code::PAGE_SAME_TITLE,
    Code::PAGE_SECOND_TITLE,
    Code::PAGE_UNCLOSED_ELEMENT,
    Code::FRONT_MATTER_UNCLOSED,
    Code::PAGE_INLINE_SCRIPT,
    Code::PAGE_INLINE_STYLE,
    Code::PAGE_BLOCKED_CONTENT,
    Code::PAGE_ORPHAN,
    Code::ASSET_COLLISION,
];

/// One site under a `### Triggers` or `### Nearly` heading.
#[derive(Default)]
struct Case {
    /// `tests/lint/FILE.md:LINE: CODE: HEADING`, which `VEREDA_LINT` is matched against.
    name: String,
    code: String,
    is_nearly: bool,
    files: Vec<(String, String)>,
    marks: Vec<Mark>,
}

/// An expected finding.
#[derive(Debug)]
struct Mark {
    severity: String,
    code: String,
    file: String,
    line: u64,
    text: Option<String>,
    message: String,
}

impl fmt::Display for Mark {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { severity, code, file, line, text, message } = self;
        write!(out, "{file}:{line}: {severity}[{code}] {text:?}: {message}")
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/lint")
}

/// Every case of a family's file.
fn read_cases(family: &str) -> Vec<Case> {
    let name = format!("{family}.md");
    let text = fs::read_to_string(folder().join(&name)).unwrap();
    let mut cases: Vec<Case> = Vec::new();
    let mut code = String::new();
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            heading.clone_into(&mut code);
        } else if let Some(heading) = line.strip_prefix("### ") {
            let is_nearly = heading.starts_with("Nearly");
            assert!(is_nearly || heading.starts_with("Triggers"), "{name}:{}: {heading}", index + 1);
            let name = format!("tests/lint/{name}:{}: {code}: {heading}", index + 1);
            cases.push(Case { name, code: code.clone(), is_nearly, ..Case::default() });
        } else if line.starts_with("```") {
            let fence: String = line.chars().take_while(|c| *c == '`').collect();
            let file = line.split_whitespace().nth(1).unwrap_or_else(|| panic!("{name}:{}: no file name", index + 1));
            let written: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != fence).collect();
            cases.last_mut().unwrap().add_file(file, &written);
        }
    }
    cases
}

impl Case {
    fn add_file(&mut self, name: &str, lines: &[&str]) {
        let is_whole = name == "vereda.yaml" || name.starts_with("static/") || name.starts_with("zendesk/");
        let path = if is_whole { name.to_owned() } else { format!("content/{name}") };
        let mut text = String::new();
        for (index, line) in lines.iter().enumerate() {
            let mut line = (*line).to_owned();
            while let Some(found) = MARK.captures(&line) {
                let part = |group| found.get(group).map_or("", |part| part.as_str()).to_owned();
                let text = found.get(3).map(|text| text.as_str().replace("\\\"", "\""));
                let (severity, code, message) = (part(1), part(2), part(4));
                self.marks.push(Mark { severity, code, file: path.clone(), line: index as u64 + 1, text, message });
                let start = found.get(0).unwrap().start();
                line.truncate(start);
            }
            text.push_str(&line);
            text.push('\n');
        }
        self.files.push((path, text));
    }

    /// The differences between expected and reported findings, a line each.
    fn run(mut self) -> Vec<String> {
        let site = self.files.iter().fold(Site::new(), |site, (path, text)| site.file(path, text));
        let found = site.run(&["check", "--format", "json", "--lang", "en"]).findings();
        let mut faults = Vec::new();
        if self.is_nearly == self.marks.iter().any(|mark| mark.code == self.code) {
            faults.push(format!("{}: the marks do not fit the heading", self.name));
        }
        for finding in found {
            match self.marks.iter().position(|mark| self.is_match(mark, &finding)) {
                Some(index) => drop(self.marks.swap_remove(index)),
                None if finding["code"] == self.code || finding["severity"] == "error" => {
                    faults.push(format!("{}: not expected: {finding}", self.name));
                }
                None => {}
            }
        }
        faults.extend(self.marks.iter().map(|mark| format!("{}: not reported: {mark}", self.name)));
        faults
    }

    fn is_match(&self, mark: &Mark, finding: &Value) -> bool {
        let message = finding["message"].as_str().unwrap_or_default();
        finding["code"] == mark.code
            && finding["severity"] == mark.severity
            && finding["file"] == mark.file
            && finding["line"] == mark.line
            && message.contains(&mark.message)
            && mark.text.as_ref().is_none_or(|text| *text == self.pointed_at(finding))
    }

    /// The part of the finding's first line that it points at.
    fn pointed_at(&self, finding: &Value) -> String {
        let number = |key: &str| usize::try_from(finding[key].as_u64().unwrap()).unwrap();
        let (_, text) = self.files.iter().find(|(path, _)| finding["file"] == *path).unwrap();
        let line = text.lines().nth(number("line") - 1).unwrap_or_default();
        let end = if finding["line"] == finding["end_line"] { number("end_column") } else { usize::MAX };
        line.chars().skip(number("column") - 1).take(end - number("column")).collect()
    }
}

/// The part of a case's name to run alone, from `VEREDA_LINT`; empty for all cases.
fn wanted() -> String {
    env::var("VEREDA_LINT").unwrap_or_default()
}

/// Runs every wanted case of a family.
fn run_family(family: &str) {
    let wanted = wanted();
    let cases = read_cases(family).into_iter().filter(|case| case.name.contains(&wanted));
    let faults: Vec<_> = cases.flat_map(Case::run).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The families, each a test below.
const FAMILIES: [&str; 15] = [
    "folders",
    "macros",
    "links",
    "shape",
    "yaml",
    "markup",
    "graph",
    "rules-and-inputs",
    "text",
    "calls",
    "life",
    "scenarios",
    "placeholders",
    "whole",
    "search",
];

#[test]
fn links() {
    run_family("links");
}

#[test]
fn shape() {
    run_family("shape");
}

#[test]
fn yaml() {
    run_family("yaml");
}

#[test]
fn markup() {
    run_family("markup");
}

#[test]
fn graph() {
    run_family("graph");
}

#[test]
fn rules_and_inputs() {
    run_family("rules-and-inputs");
}

#[test]
fn text() {
    run_family("text");
}

#[test]
fn calls() {
    run_family("calls");
}

#[test]
fn life() {
    run_family("life");
}

#[test]
fn scenarios() {
    run_family("scenarios");
}

#[test]
fn search() {
    run_family("search");
}

#[test]
fn macros() {
    run_family("macros");
}

#[test]
fn placeholders() {
    run_family("placeholders");
}

#[test]
fn whole() {
    run_family("whole");
}

#[test]
fn finds_the_wanted_case() {
    let wanted = wanted();
    let mut cases = FAMILIES.into_iter().flat_map(read_cases);
    assert!(cases.any(|case| case.name.contains(&wanted)), "no case of tests/lint has {wanted:?} in its name");
}

#[test]
fn every_code_has_both_kinds_of_case() {
    let cases: Vec<_> = FAMILIES.into_iter().flat_map(read_cases).collect();
    let needs_cases =
        |code: &Code| AREAS.iter().any(|area| code.as_str().starts_with(area)) || PAGE_CODES.contains(code);
    for code in Code::all().filter(needs_cases) {
        for is_nearly in [false, true] {
            let has_case = cases.iter().any(|case| case.code == code.as_str() && case.is_nearly == is_nearly);
            assert!(has_case, "{}: nothing under {}", code.as_str(), if is_nearly { "Nearly" } else { "Triggers" });
        }
    }
    for case in &cases {
        assert!(Code::from_name(&case.code).is_some(), "{}: there is no such code", case.name);
    }
}

#[test]
fn every_file_is_a_family() {
    let mut files: Vec<_> = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut names: Vec<_> = files.iter().map(|file| file.file_stem().unwrap().to_str().unwrap()).collect();
    names.retain(|name| *name != "README");
    let mut families = FAMILIES;
    families.sort_unstable();
    assert_eq!(names, families);
}
