//! `vereda check --format` and `--output`.

use std::path::Path;
use std::{fs, sync::LazyLock};

use jsonschema::Validator;
use roxmltree::{Document, Node};
use serde_json::Value;

use crate::site::{PAGE, Site};

/// A diagnostic of each severity, one with a label, on a page whose name and text are not ASCII.
const PAGE_WITH_ALL: &str =
    "---\ntitle: Ação\nowner: Equipe\n---\n\nVeja 😀 [a](b.md) e [x]().\n\n# A {#a}\n\n# B {#a}\n";

/// A flow with a failing and a passing scenario.
const FLOW: &str = "\
title: Fluxo
owner: Equipe
nodes:
  qual:
    title: Qual?
    options:
      - { id: um, label: Um, next: a }
      - { id: dois, label: Dois, next: b }
  a: { title: A, result: resolved }
  b: { title: B, result: open }
scenarios:
  - { name: 'vai a \"A\" & fica', answers: { qual: um }, outcome: b }
  - { name: vai a B, answers: { qual: dois }, outcome: b }
";

static SARIF: LazyLock<Validator> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/sarif.schema.json");
    jsonschema::validator_for(&serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()).unwrap()
});

fn site() -> Site {
    Site::new()
        .config("title: Teste\ncheck: { severity: { link/empty: note } }\n")
        .page("ação 1.md", PAGE_WITH_ALL)
        .flow("fluxo.flow.yaml", FLOW)
        .page("index.md", PAGE)
}

#[track_caller]
fn read_sarif(text: &str) -> Value {
    let log: Value = serde_json::from_str(text).unwrap();
    let faults: Vec<_> = SARIF.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    log
}

/// Parses a JUnit document, and checks that it has only the elements and attributes that CI tools read, in order.
#[track_caller]
fn read_junit(text: &str) -> Document<'_> {
    let document = Document::parse(text).unwrap();
    assert_eq!(document.root_element().tag_name().name(), "testsuites");
    for node in document.descendants().filter(Node::is_element) {
        let (children, attributes): (&[&str], &[&str]) = match node.tag_name().name() {
            "testsuites" => (&["testsuite"], &["name", "tests", "failures", "errors"]),
            "testsuite" => (&["testcase"], &["name", "tests", "failures", "errors", "skipped"]),
            "testcase" => (&["failure", "system-out"], &["name", "classname"]),
            "failure" => (&[], &["message", "type"]),
            "system-out" => (&[], &[]),
            other => panic!("<{other}>"),
        };
        let names: Vec<_> = node.children().filter(Node::is_element).map(|child| child.tag_name().name()).collect();
        let place = |name: &&str| children.iter().position(|known| known == name).unwrap_or_else(|| panic!("<{name}>"));
        assert!(names.iter().map(place).is_sorted(), "{names:?}");
        let given: Vec<_> = node.attributes().map(|attribute| attribute.name()).collect();
        assert_eq!(given, attributes);
        if let Some(tests) = node.attribute("tests") {
            let count = |name| node.descendants().filter(|inner| inner.has_tag_name(name)).count().to_string();
            assert_eq!(
                (tests, node.attribute("failures")),
                (count("testcase").as_str(), Some(count("failure").as_str()))
            );
        }
    }
    document
}

#[test]
fn sarif_matches_schema_in_both_languages() {
    for language in ["pt-BR", "en"] {
        let run = site().run(&["check", "--format", "sarif", "--lang", language]).exits(1);
        let log = read_sarif(&run.stdout);
        assert_eq!(log["runs"][0]["language"], language);
        let results = log["runs"][0]["results"].as_array().unwrap();
        let levels: Vec<_> = results.iter().filter_map(|result| result["level"].as_str()).collect();
        assert!(levels.contains(&"error") && levels.contains(&"note"), "{levels:?}");
    }
    let clean = Site::new().page("index.md", PAGE).run(&["check", "--format", "sarif"]).exits(0);
    assert_eq!(read_sarif(&clean.stdout)["runs"][0]["results"].as_array().unwrap().len(), 0);
}

#[test]
fn sarif_fingerprints_stay_when_lines_move() {
    let fingerprints = |site: &Site| {
        let run = site.run(&["check", "--format", "sarif"]);
        let results = read_sarif(&run.stdout)["runs"][0]["results"].as_array().unwrap().clone();
        let line = |result: &Value| result["locations"][0]["physicalLocation"]["region"]["startLine"].clone();
        results
            .iter()
            .map(|result| (result["partialFingerprints"].clone(), line(result)))
            .unzip::<_, _, Vec<_>, Vec<_>>()
    };
    let (before, lines) = fingerprints(&site());
    let (after, moved) = fingerprints(&site().page("ação 1.md", &PAGE_WITH_ALL.replace("Veja", "Oi.\n\nVeja")));
    assert_eq!(before, after);
    assert_ne!(lines, moved);
}

#[test]
fn paths_for_code_hosts_begin_at_repository_root() {
    let site = Site::empty().file("manual/vereda.yaml", "title: A\n").file("manual/content/index.md", PAGE_WITH_ALL);
    let absolute = site.path("manual");
    for root in ["manual", "./manual/", absolute.to_str().unwrap()] {
        let run = site.run(&["check", "--root", root, "--format", "github"]);
        run.exits(1).prints(
            "::error file=manual/content/index.md,line=6,endLine=6,col=12,endColumn=16,title=link/missing-file::",
        );
        site.run(&["check", "--root", root, "--format", "sarif"]).prints("\"uri\": \"manual/content/index.md\"");
        site.run(&["check", "--root", root, "--format", "json"]).prints("\"file\":\"content/index.md\"");
    }
}

#[test]
fn junit_has_case_for_each_file_and_scenario() {
    let run = site().run(&["check", "--format", "junit"]).exits(1);
    let document = read_junit(&run.stdout);
    let failed = |node: &Node<'_, '_>| node.children().any(|child| child.has_tag_name("failure"));
    let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
    let cases: Vec<_> = cases
        .map(|case| (case.attribute("classname").unwrap(), case.attribute("name").unwrap(), failed(&case)))
        .collect();
    let expected = [
        ("arquivos", "vereda.yaml", false),
        ("arquivos", "content/ação 1.md", true),
        ("arquivos", "content/fluxo.flow.yaml", false),
        ("arquivos", "content/index.md", false),
        ("content/fluxo.flow.yaml", "vai a \"A\" & fica", true),
        ("content/fluxo.flow.yaml", "vai a B", false),
    ];
    assert_eq!(cases, expected);
}

#[test]
fn junit_fails_for_warnings_only_with_strict() {
    let site = Site::new().page("index.md", "---\ntitle: A\nowner: E\n---\n\n[x]()\n");
    assert!(!site.run(&["check", "--format", "junit"]).exits(0).stdout.contains("<failure"));
    let strict = site.run(&["check", "--format", "junit", "--strict"]).exits(1);
    assert!(read_junit(&strict.stdout).descendants().any(|node| node.has_tag_name("failure")));
}

#[test]
fn writes_each_format_to_its_file() {
    let site = site();
    let run = site.run(&["check", "--format", "human", "--format", "sarif=out/a.sarif", "--format", "junit=out/b.xml"]);
    let run = run.exits(1).prints("erro[link/missing-file]").tells("criado: out/a.sarif").tells("criado: out/b.xml");
    assert!(!run.stdout.contains("testsuites"), "{run}");
    read_sarif(&site.read("out/a.sarif"));
    read_junit(&site.read("out/b.xml"));
}

#[test]
fn output_sets_file_of_format_without_file() {
    let site = site();
    let run = site.run(&["check", "--format", "short", "--output", "a.txt", "--color", "always"]).exits(1);
    assert_eq!(run.stdout, "");
    let run = run.tells("criado: a.txt").tells("3 erros");
    assert!(run.stderr.lines().count() <= 2, "{run}");
    let text = site.read("a.txt");
    assert!(text.contains("content/ação 1.md:6:12: erro[link/missing-file]") && !text.contains('\u{1b}'), "{text}");
    site.run(&["check", "--output", "b.txt"]).exits(1);
    assert!(site.read("b.txt").contains("6 | Veja 😀 [a](b.md)"));
    let quiet = site.run(&["check", "--quiet", "--format", "json=c.json"]).exits(1);
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
}

#[test]
fn rejects_two_formats_for_stdout_and_unwritable_file() {
    let site = site();
    site.run(&["check", "--format", "human", "--format", "json"]).exits(2).tells("--format sarif=vereda.sarif");
    site.run(&["check", "--format", "short", "--format", "json", "--output", "a"]).exits(2);
    site.run(&["check", "--format", "sarif=vereda.yaml/a"]).exits(2).tells("vereda.yaml/a");
    site.run(&["check", "--format", "xml=a"]).exits(2).tells("xml").tells("junit");
    site.run(&["build", "--format", "sarif"]).exits(2).tells("sarif");
}

#[test]
fn same_site_gives_same_bytes() {
    let reports =
        |site: &Site| ["github", "sarif", "junit"].map(|format| site.run(&["check", "--format", format]).stdout);
    assert_eq!(reports(&site()), reports(&site()));
}
