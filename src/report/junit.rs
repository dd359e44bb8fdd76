//! JUnit XML format, for Jenkins, GitLab and other CI.
//!
//! The first suite has a case for each file; then each flow has a suite with a case for each scenario. A diagnostic that
//! fails the run is a `failure` of its case; others are in the case's `system-out`. A diagnostic inside a scenario belongs
//! to that scenario, any other to its file, and one without a place to the case `vereda`. There are no times, so the same
//! site gives the same bytes.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Findings, Look, short};
use crate::diagnostic::catalogue::report;
use crate::diagnostic::{Diagnostic, Severity};
use crate::flow::coverage::FlowCoverage;
use crate::source::{FileId, Span};

/// A test case: a file or a scenario.
struct Case<'a> {
    name: String,
    found: Vec<&'a Diagnostic>,
}

/// A test suite.
struct Suite<'a> {
    name: String,
    cases: Vec<Case<'a>>,
}

/// Renders the document.
pub(super) fn render(findings: Findings<'_>, look: Look) -> String {
    let suites = find_suites(findings, look);
    let (tests, failures) = count(suites.iter().flat_map(|suite| &suite.cases), findings.fails_from);
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    push(
        &mut text,
        format_args!("<testsuites name=\"vereda\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n"),
    );
    for suite in &suites {
        push_suite(&mut text, suite, findings, look);
    }
    text.push_str("</testsuites>\n");
    text
}

/// Finds the suites: the files first, then each flow with scenarios.
fn find_suites(findings: Findings<'_>, look: Look) -> Vec<Suite<'_>> {
    let flows = findings.summary.coverage.iter().filter(|flow| !flow.runs.is_empty());
    let scenarios: Vec<_> = flows.map(|flow| scenario_suite(flow, findings.diagnostics)).collect();
    let is_in_scenario = |diagnostic: &Diagnostic| {
        findings.summary.coverage.iter().flat_map(|flow| &flow.runs).any(|run| is_inside(diagnostic, run.span))
    };
    let others: Vec<_> = findings.diagnostics.iter().filter(|diagnostic| !is_in_scenario(diagnostic)).collect();
    let files =
        Suite { name: report::files().in_language(look.language).to_owned(), cases: file_cases(findings, &others) };
    [files].into_iter().chain(scenarios).collect()
}

/// A case for each file that was parsed or that a diagnostic points to.
fn file_cases<'a>(findings: Findings<'a>, found: &[&'a Diagnostic]) -> Vec<Case<'a>> {
    let mut by_file: BTreeMap<FileId, Vec<&Diagnostic>> =
        findings.summary.files.iter().map(|file| (*file, Vec::new())).collect();
    let mut nowhere = Vec::new();
    for diagnostic in found.iter().copied() {
        match diagnostic.span {
            Some(span) => by_file.entry(span.file).or_default().push(diagnostic),
            None => nowhere.push(diagnostic),
        }
    }
    let case = |(file, found)| Case { name: findings.sources.path(file).to_owned(), found };
    let site = (!nowhere.is_empty()).then(|| Case { name: "vereda".to_owned(), found: nowhere });
    by_file.into_iter().map(case).chain(site).collect()
}

fn scenario_suite<'a>(flow: &'a FlowCoverage, found: &'a [Diagnostic]) -> Suite<'a> {
    let of = |span| found.iter().filter(|diagnostic| is_inside(diagnostic, span)).collect();
    let cases = flow.runs.iter().map(|run| Case { name: run.name.clone(), found: of(run.span) });
    Suite { name: flow.flow.clone(), cases: cases.collect() }
}

fn is_inside(diagnostic: &Diagnostic, outer: Span) -> bool {
    let is_within = |span: Span| span.file == outer.file && outer.start <= span.start && span.end <= outer.end;
    diagnostic.span.is_some_and(is_within)
}

/// Counts the cases, and those that fail.
fn count<'a>(cases: impl Iterator<Item = &'a Case<'a>>, fails_from: Severity) -> (usize, usize) {
    cases.fold((0, 0), |(tests, failures), case| (tests + 1, failures + usize::from(case.fails(fails_from))))
}

fn push_suite(text: &mut String, suite: &Suite<'_>, findings: Findings<'_>, look: Look) {
    let (tests, failures) = count(suite.cases.iter(), findings.fails_from);
    let name = escape(&suite.name);
    push(
        text,
        format_args!(
            "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">\n"
        ),
    );
    for case in &suite.cases {
        push_case(text, case, &name, findings, look);
    }
    text.push_str("  </testsuite>\n");
}

fn push_case(text: &mut String, case: &Case<'_>, class: &str, findings: Findings<'_>, look: Look) {
    let name = escape(&case.name);
    push(text, format_args!("    <testcase name=\"{name}\" classname=\"{class}\""));
    if case.found.is_empty() {
        text.push_str("/>\n");
        return;
    }
    text.push_str(">\n");
    let (failing, others): (Vec<&Diagnostic>, Vec<_>) =
        case.found.iter().copied().partition(|diagnostic| diagnostic.severity >= findings.fails_from);
    let render = |found: &[&Diagnostic]| escape_content(&render_lines(found, findings, look));
    if let Some(worst) =
        failing.iter().max_by_key(|diagnostic| (diagnostic.severity, std::cmp::Reverse(diagnostic.span)))
    {
        let (message, kind) = (escape(worst.message.in_language(look.language)), worst.code.as_str());
        push(
            text,
            format_args!("      <failure message=\"{message}\" type=\"{kind}\">{}</failure>\n", render(&failing)),
        );
    }
    if !others.is_empty() {
        push(text, format_args!("      <system-out>{}</system-out>\n", render(&others)));
    }
    text.push_str("    </testcase>\n");
}

/// Renders diagnostics as lines, each with its help.
fn render_lines(found: &[&Diagnostic], findings: Findings<'_>, look: Look) -> String {
    let mut text = String::new();
    for diagnostic in found {
        text += &short::render_line(diagnostic, findings.sources, look);
        for help in &diagnostic.help {
            push(
                &mut text,
                format_args!(
                    "  = {}: {}\n",
                    report::help().in_language(look.language),
                    help.in_language(look.language)
                ),
            );
        }
    }
    text
}

impl Case<'_> {
    fn fails(&self, from: Severity) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.severity >= from)
    }
}

/// Escapes text in an element, and keeps its line breaks.
fn escape_content(text: &str) -> String {
    escape(text).replace("&#10;", "\n")
}

/// Escapes text in double quotes (XML 1.0, sections 2.2, 2.4 and 3.3.3). Characters that XML excludes become U+FFFD.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\r' | '\t' => push(&mut escaped, format_args!("&#{};", u32::from(c))),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments).expect("a string takes any text");
}

#[cfg(test)]
mod tests {
    use roxmltree::{Document, Node};

    use crate::diagnostic::{Code, Language, Severity, Text};
    use crate::flow::coverage::{FlowCoverage, ScenarioRun, Share};
    use crate::report::Format;
    use crate::testing::report::Sample;

    fn flow(runs: Vec<ScenarioRun>) -> FlowCoverage {
        let none = Share::default();
        let (flow, route) = ("content/a.flow.yaml".to_owned(), String::new());
        FlowCoverage { flow, route, scenarios: none, nodes: none, options: none, rules: none, runs }
    }

    fn cases(document: &Document<'_>) -> Vec<(String, &'static str)> {
        let outcome =
            |case: Node<'_, '_>| match case.children().find(Node::is_element).map(|child| child.tag_name().name()) {
                None => "passed",
                Some("failure") => "failed",
                Some(_) => "system-out",
            };
        let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
        cases.map(|case| (case.attribute("name").unwrap().to_owned(), outcome(case))).collect()
    }

    #[test]
    fn groups_diagnostics_by_file_and_scenario() {
        let mut sample = Sample::new("content/a.flow.yaml", "title: A\nscenarios:\n  - um errado\n  - dois\n");
        let page = sample.add_file("content/b.md", "b", "b").file;
        sample.summary.files = vec![sample.span("title").file, page];
        let runs = ["um errado", "dois"].map(|name| ScenarioRun { name: name.to_owned(), span: sample.span(name) });
        sample.summary.coverage = vec![flow(runs.to_vec())];
        sample.add(Code::SCENARIO_WRONG_OUTCOME, Some("errado"), "terminou em `x`");
        sample.add(Code::REVIEW_NO_OWNER, Some("title"), "ninguém");
        let text = sample.render(Format::Junit, Language::PtBr);
        let document = Document::parse(&text).unwrap();
        let expected = [
            ("content/a.flow.yaml", "system-out"),
            ("content/b.md", "passed"),
            ("um errado", "failed"),
            ("dois", "passed"),
        ];
        assert_eq!(cases(&document), expected.map(|(name, outcome)| (name.to_owned(), outcome)));
        let root = document.root_element();
        assert_eq!((root.attribute("tests"), root.attribute("failures")), (Some("4"), Some("1")));
        let failure = document.descendants().find(|node| node.has_tag_name("failure")).unwrap();
        assert_eq!(failure.attribute("type"), Some("scenario/wrong-outcome"));
        assert_eq!(failure.text(), Some("content/a.flow.yaml:3:8: erro[scenario/wrong-outcome]: terminou em `x`\n"));
    }

    #[test]
    fn strict_run_fails_for_warnings() {
        let mut sample = Sample::new("a.md", "x");
        sample.add(Code::LINK_EMPTY, Some("x"), "vazio");
        assert!(!sample.render(Format::Junit, Language::PtBr).contains("<failure"));
        sample.fails_from = Severity::Warning;
        assert!(sample.render(Format::Junit, Language::PtBr).contains("<failure"));
    }

    #[test]
    fn escapes_any_text() {
        let mut sample = Sample::new("a<&\">\u{1}.md", "x");
        sample
            .add(Code::PAGE_NO_CONTENT, None, "não há ]]> \u{1b}[31m & \u{ffff}")
            .help
            .push(Text { pt: "linha\noutra\t\"aspas\"".to_owned(), en: String::new() });
        sample.add(Code::LINK_MISSING_FILE, Some("x"), "y");
        let text = sample.render(Format::Junit, Language::PtBr);
        let document = Document::parse(&text).unwrap();
        assert_eq!(cases(&document), [("a<&\">\u{fffd}.md".to_owned(), "failed"), ("vereda".to_owned(), "failed")]);
        let failures: Vec<_> = document.descendants().filter(|node| node.has_tag_name("failure")).collect();
        assert_eq!(failures[1].attribute("message"), Some("não há ]]> \u{fffd}[31m & \u{fffd}"));
        assert!(failures[1].text().unwrap().ends_with("  = ajuda: linha\noutra\t\"aspas\"\n"));
    }
}
