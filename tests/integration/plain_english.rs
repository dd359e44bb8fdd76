//! Plain English in comments and test names, by the word list of `CONTRIBUTING.md`.

use std::fs;
use std::path::Path;

use regex::Regex;
use walkdir::{DirEntry, WalkDir};

const LONGEST_TEST_NAME: usize = 60;

const LONGEST_FIRST_SENTENCE: usize = 20;

/// The folders that are read.
const FOLDERS: [&str; 5] = ["benches", "fuzz", "src", "tests", "themes"];

/// Folders of installed packages and of results.
const IGNORED: [&str; 4] = ["artifacts", "node_modules", "report", "target"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The rejected words: the last column of the table in `CONTRIBUTING.md`, as one pattern.
fn read_rejected_words() -> Regex {
    let text = fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let table = text.split("| write | not | rejected by the test |").nth(1).expect("CONTRIBUTING.md has the word list");
    let rows = table.lines().skip(1).take_while(|row| row.starts_with('|'));
    let column: Vec<_> = rows.filter_map(|row| row.split('|').nth(3)).collect();
    let words: Vec<_> = column.iter().flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    assert!(words.len() > 10, "{words:?}");
    let patterns: Vec<_> = words.iter().map(|word| regex::escape(word).replace(r"\*", r"\w*")).collect();
    Regex::new(&format!(r"(?i)\b(?:{})\b", patterns.join("|"))).unwrap()
}

/// The comment of a source line, without the code before it.
fn comment_of(line: &str) -> Option<&str> {
    let line = line.trim_start();
    if line.starts_with("//") || line.starts_with("/*") || line.starts_with("* ") {
        return Some(line);
    }
    line.find(" // ").map(|at| &line[at..])
}

/// The first sentence of a Rust module's head.
fn first_sentence(text: &str) -> String {
    let head = text.lines().take_while(|line| line.starts_with("//!") && line.trim() != "//!");
    let head = head.map(|line| line.trim_start_matches("//!").trim()).collect::<Vec<_>>().join(" ");
    head.split_once(". ").map_or(head.as_str(), |(first, _)| first).to_owned()
}

/// What breaks a rule in a file, a line each.
fn find_faults(text: &str, is_rust: bool, rejected: &Regex) -> Vec<String> {
    let test = Regex::new(r"#\[test\]\s*(?:#\[[^\]]*\]\s*)*fn (\w+)").unwrap();
    let comments = text.lines().enumerate().filter_map(|(index, line)| Some((index + 1, comment_of(line)?)));
    let mut faults: Vec<_> = comments
        .flat_map(|(line, comment)| rejected.find_iter(comment).map(move |word| format!("{line}: {:?}", word.as_str())))
        .collect();
    if is_rust {
        let names = test.captures_iter(text).map(|found| found[1].to_owned());
        faults.extend(names.filter(|name| name.len() > LONGEST_TEST_NAME).map(|name| format!("test name: {name}")));
        let words = first_sentence(text).split_whitespace().count();
        if words > LONGEST_FIRST_SENTENCE {
            faults.push(format!("1: the first sentence of the module has {words} words"));
        }
    }
    faults
}

/// Every fault below a folder, as `FILE:LINE: FAULT`.
fn find_faults_below(top: &str, rejected: &Regex) -> Vec<String> {
    let mut faults = Vec::new();
    let is_ours = |entry: &DirEntry| !IGNORED.iter().any(|name| entry.file_name() == *name);
    let entries = WalkDir::new(root().join(top)).sort_by_file_name().into_iter().filter_entry(is_ours);
    for entry in entries.map(Result::unwrap) {
        let path = entry.path().strip_prefix(root()).unwrap();
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if entry.file_type().is_file() && ["rs", "js", "mjs"].contains(&extension) {
            let found = find_faults(&fs::read_to_string(entry.path()).unwrap(), extension == "rs", rejected);
            faults.extend(found.into_iter().map(|fault| format!("{}:{fault}", path.display())));
        }
    }
    faults
}

#[test]
fn keeps_to_the_word_list() {
    let rejected = read_rejected_words();
    let faults: Vec<_> = FOLDERS.iter().flat_map(|folder| find_faults_below(folder, &rejected)).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn finds_words_names_and_heads() {
    let rejected = Regex::new(r"(?i)\b(?:xyzzy|plugh\w*)\b").unwrap();
    let text = format!("//! {}.\n\nlet xyzzy = 1; // is xyzzy\n", "word ".repeat(21));
    assert_eq!(find_faults(&text, true, &rejected).len(), 2);
    let test = format!("#[test]\n#[ignore = \"a\"]\nfn {}() {{}}\n", "a".repeat(61));
    assert_eq!(find_faults(&test, true, &rejected).len(), 1);
    assert!(find_faults("let plughed = xyzzy();", false, &rejected).is_empty());
}
